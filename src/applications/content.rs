//! What a submitted version says, complete and checked.

use serde::{Deserialize, Serialize};

use super::{
    assurance::{Assurance, AssuranceLevel},
    case::Case,
    contacts::Contacts,
    draft::Draft,
    legal_basis::LegalBasis,
    mandate::Mandate,
    personal_data::PersonalData,
    scope::RequestedScopes,
    service::Service,
    step::Step,
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
    /// Why the substantial one; nothing for the other.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub assurance_reason: String,
    /// The data and why.
    #[serde(flatten)]
    pub requested: RequestedScopes,
    /// Recipients and retention.
    pub personal_data: PersonalData,
    /// The people.
    pub contacts: Contacts,
    /// What the kind of the demande asks besides.
    #[serde(default)]
    pub case: Case,
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
        let unfinished: Vec<Step> = draft.unfinished().collect();
        if unfinished.is_empty() { Self::of_complete(draft).ok_or(unfinished) } else { Err(unfinished) }
    }

    fn of_complete(draft: &Draft) -> Option<Self> {
        let case = Case::of_draft(draft)?;
        // A candidature has no other text to cite than its campaign's, nor a check imposed by a text another than that one.
        let legal_basis = match (&draft.form.campaign, &case) {
            (Some(campaign), _) => LegalBasis::of_campaign(campaign),
            (None, Case::PrivateIdentityCheck(text)) => text.legal_basis(),
            _ => LegalBasis::parse(&mut draft.fields(Step::LegalBasis))?,
        };
        let Assurance { level, reason } = Assurance::parse(&mut draft.fields(Step::Assurance))?;
        let mandate = match &draft.form.on_behalf {
            Some(vendor) => Some(Mandate::parse(&mut draft.fields(Step::Mandate), vendor)?),
            None => None,
        };
        Some(Self {
            service: Service::parse(&mut draft.fields(Step::Service))?,
            legal_basis,
            assurance_level: level,
            assurance_reason: reason,
            requested: RequestedScopes::parse(&mut draft.fields(Step::Scopes))?,
            personal_data: PersonalData::parse(&mut draft.fields(Step::PersonalData))?,
            contacts: Contacts::parse(&mut draft.fields(Step::Contacts))?,
            case,
            mandate,
        })
    }
}
