//! What a submitted version says, complete and checked.

use serde::{Deserialize, Serialize};

use super::{
    assurance::AssuranceLevel, contacts::Contacts, draft::Draft, legal_basis::LegalBasis, mandate::Mandate, personal_data::PersonalData,
    scope::RequestedScopes, service::Service, step::Step,
};

/// A whole demande. Its JSON is what versions and authorizations freeze; the database checks it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// The service.
    pub service: Service,
    /// The legal basis.
    pub legal_basis: LegalBasis,
    /// The level.
    pub assurance_level: AssuranceLevel,
    /// The data and why.
    #[serde(flatten)]
    pub requested: RequestedScopes,
    /// Recipients and retention.
    pub personal_data: PersonalData,
    /// The people.
    pub contacts: Contacts,
    /// By which a vendor files it; nothing when the organisation does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mandate: Option<Mandate>,
}

impl Content {
    /// Whom the demande is for, as letters say it: the organisation and, when a vendor files, who that is.
    pub fn for_whom(&self, organisation: &str) -> String {
        match &self.mandate {
            Some(mandate) => format!("{organisation} (mandataire\u{a0}: {})", mandate.vendor.name),
            None => organisation.to_owned(),
        }
    }

    /// Reads a draft; the steps that are not complete otherwise.
    ///
    /// # Errors
    /// The steps that still miss something.
    pub fn from_draft(draft: &Draft) -> Result<Self, Vec<Step>> {
        let service = Service::parse(&mut draft.fields(Step::Service));
        let legal_basis = match &draft.form.campaign {
            Some(campaign) => Some(LegalBasis::of_campaign(campaign)),
            None => LegalBasis::parse(&mut draft.fields(Step::LegalBasis)),
        };
        let assurance_level = AssuranceLevel::parse(&mut draft.fields(Step::Assurance));
        let requested = RequestedScopes::parse(&mut draft.fields(Step::Scopes));
        let personal_data = PersonalData::parse(&mut draft.fields(Step::PersonalData));
        let contacts = Contacts::parse(&mut draft.fields(Step::Contacts));
        let mandate = draft.form.on_behalf.as_ref().and_then(|vendor| Mandate::parse(&mut draft.fields(Step::Mandate), vendor));
        let unfinished: Vec<Step> = draft.unfinished().collect();
        match (service, legal_basis, assurance_level, requested, personal_data, contacts) {
            (Some(service), Some(legal_basis), Some(assurance_level), Some(requested), Some(personal_data), Some(contacts))
                if unfinished.is_empty() =>
            {
                Ok(Self { service, legal_basis, assurance_level, requested, personal_data, contacts, mandate })
            }
            _ => Err(unfinished),
        }
    }
}
