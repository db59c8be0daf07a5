//! Which questions a demande asks: those of its kind, in their order, and no other.

use std::sync::LazyLock;

use strum::VariantArray;
use time::Date;

use super::{
    application::Kind,
    assurance::Assurance,
    behalf::Vendor,
    case::{AddressChange, Baseline, Contribution, Hosting, IdentityText, commitments, contribution},
    contacts::{self, Contacts, ProtectionRole},
    legal_basis::{self, LegalBasis},
    mandate::{self, Mandate},
    personal_data::{self, PersonalData},
    prefilled::Prefilled,
    scope::RequestedScopes,
    service::{self, Service},
    step::Step,
};
use crate::{
    experimentation::Campaign,
    fields::{Field, Fields},
};

/// The form of a demande.
#[derive(Clone, Debug)]
pub struct Form {
    /// Its kind.
    pub kind: Kind,
    /// The campaign a candidature answers.
    pub campaign: Option<Campaign>,
    /// Whether a candidate must show its years of activity: the register does not (rule E2).
    pub asks_evidence: bool,
    /// What the steps show before anybody types.
    pub prefilled: Prefilled,
    /// Who files it for a client; the organisation itself otherwise.
    pub on_behalf: Option<Vendor>,
}

/// The steps of each kind after that of the mandate.
static WITH_MANDATE: LazyLock<Vec<Vec<Step>>> = LazyLock::new(|| {
    let of = |kind: &Kind| std::iter::once(Step::Mandate).chain(Form::of(*kind).steps_of_kind().iter().copied()).collect();
    Kind::VARIANTS.iter().map(of).collect()
});

impl Form {
    /// The form of a kind outside any campaign.
    pub fn of(kind: Kind) -> Self {
        Self { kind, campaign: None, on_behalf: None, asks_evidence: false, prefilled: Prefilled::default() }
    }

    /// Its steps, in order. The organisation comes before them, the summary after.
    pub fn steps(&self) -> &'static [Step] {
        let with_mandate = || Kind::VARIANTS.iter().position(|kind| *kind == self.kind).and_then(|index| WITH_MANDATE.get(index));
        self.on_behalf.as_ref().and_then(|_| with_mandate()).map_or_else(|| self.steps_of_kind(), Vec::as_slice)
    }

    fn steps_of_kind(&self) -> &'static [Step] {
        match self.kind {
            Kind::Administration => &[Step::Service, Step::LegalBasis, Step::Assurance, Step::Scopes, Step::PersonalData, Step::Contacts],
            Kind::PrivateAddressChange => {
                &[Step::Service, Step::AddressChange, Step::LegalBasis, Step::Assurance, Step::Scopes, Step::PersonalData, Step::Contacts]
            }
            // The text that imposes the check is the legal basis.
            Kind::PrivateIdentityCheck => {
                &[Step::Service, Step::IdentityText, Step::Assurance, Step::Scopes, Step::PersonalData, Step::Contacts]
            }
            // Nor has a candidature another text to cite than its campaign's.
            Kind::Experiment => &[
                Step::Service,
                Step::Contribution,
                Step::Assurance,
                Step::Scopes,
                Step::PersonalData,
                Step::Hosting,
                Step::Baseline,
                Step::Contacts,
                Step::Commitments,
            ],
        }
    }

    /// The step at that address, when this form has it.
    pub fn step_at(&self, slug: &str) -> Option<Step> {
        Step::from_slug(slug).filter(|step| self.steps().contains(step))
    }

    /// Steps people count: the organisation, those above, the summary.
    pub fn steps_in_all(&self) -> usize {
        self.steps().len() + 2
    }

    fn index(&self, step: Step) -> usize {
        self.steps().iter().position(|own| *own == step).unwrap_or_default()
    }

    /// The rank of a step for people: the organisation is 1.
    pub fn number(&self, step: Step) -> usize {
        self.index(step) + 2
    }

    /// What comes after a step.
    pub fn next(&self, step: Step) -> Option<Step> {
        self.steps().get(self.index(step) + 1).copied()
    }

    /// What comes before a step.
    pub fn previous(&self, step: Step) -> Option<Step> {
        self.index(step).checked_sub(1).and_then(|index| self.steps().get(index)).copied()
    }

    /// The heading of what comes after a step.
    pub fn next_title(&self, step: Step) -> &'static str {
        self.next(step).map_or("Relire et déposer", Step::title)
    }

    /// What comes after the organisation.
    pub fn first(&self) -> Step {
        self.steps().first().copied().unwrap_or(Step::Service)
    }

    /// The last step before the summary.
    pub fn last(&self) -> Step {
        self.steps().last().copied().unwrap_or(Step::Contacts)
    }

    /// What a step holds before anybody types: what was chosen or told at the start, and for administrations the arrêté.
    pub fn prefilled(&self, step: Step) -> Fields {
        let mut fields = self.prefilled.of(step);
        if step == Step::LegalBasis && fields.value(legal_basis::CHOICE.name).is_empty() && self.kind == Kind::Administration {
            fields.set(legal_basis::CHOICE.name, legal_basis::ARRETE_2018);
        }
        fields
    }

    /// The fields of a step that take files, each typed field aside: another one is added here and shown with
    /// `files::upload` in the step's page, nothing else.
    pub fn file_fields(&self, step: Step) -> &'static [Field] {
        match step {
            Step::Service => &[service::MOCKUPS],
            Step::LegalBasis => &[legal_basis::DOCUMENTS],
            Step::Contribution => &[contribution::EVIDENCE_FILES],
            Step::Mandate => &[mandate::DOCUMENT],
            Step::Commitments => &[commitments::LOGIN_SCREEN],
            _ => &[],
        }
    }

    /// What the desk itself writes in a step about to be saved: the day of each commitment.
    pub fn stamp(&self, step: Step, fields: &mut Fields, before: Option<&Fields>, today: Date) {
        if step == Step::Commitments {
            commitments::stamp(fields, before, today);
        }
    }

    /// Notes everything that is missing or wrong in a step.
    pub fn check(&self, step: Step, fields: &mut Fields) {
        match step {
            Step::Service => drop(Service::parse(fields)),
            Step::AddressChange => drop(AddressChange::parse(fields)),
            Step::IdentityText => drop(IdentityText::parse(fields)),
            Step::Contribution => drop(Contribution::parse(fields)),
            Step::LegalBasis => drop(LegalBasis::parse(fields)),
            Step::Assurance => drop(Assurance::parse(fields)),
            Step::Scopes => drop(RequestedScopes::parse(fields)),
            Step::PersonalData => drop(PersonalData::parse(fields)),
            Step::Hosting => drop(Hosting::parse(fields)),
            Step::Baseline => drop(Baseline::parse(fields)),
            Step::Contacts => drop(Contacts::parse(fields)),
            Step::Commitments => drop(commitments::parse(fields, self.campaign.as_ref())),
            Step::Mandate => drop(self.on_behalf.as_ref().and_then(|vendor| Mandate::parse(fields, vendor))),
        }
        if let (Step::Contacts, Some(vendor)) = (step, &self.on_behalf) {
            vendor.refuse_its_own(fields);
        }
        self.check_of_kind(step, fields);
    }

    /// What this kind asks of a step that others leave open.
    fn check_of_kind(&self, step: Step, fields: &mut Fields) {
        let (is_candidature, typed) = (self.kind == Kind::Experiment, |name: &str, fields: &Fields| !fields.value(name).trim().is_empty());
        match step {
            Step::Service
                if is_candidature && !service::parse_url(fields.value(service::URL.name)).is_ok_and(|url| url.starts_with("https://")) =>
            {
                fields.refuse(service::URL, "Indiquez l’adresse publique du service, en https. Exemple : https://www.exemple.fr");
            }
            Step::PersonalData if is_candidature && !typed(personal_data::RETENTION_END.name, fields) => fields.refuse(
                personal_data::RETENTION_END,
                "Dites ce qui met fin à la relation avec l’utilisateur. Exemple : la fermeture de son compte, ou trois ans sans connexion.",
            ),
            Step::Contribution if self.asks_evidence && !typed(contribution::EVIDENCE.name, fields) => fields.refuse(
                contribution::EVIDENCE,
                "Le registre ne montre pas plus de trois ans d’activité : dites ce qui les montre, par exemple une reprise ou une fusion.",
            ),
            Step::Contacts if self.kind.is_private() && !typed(contacts::PROTECTION_ROLE.name, fields) => {
                fields.refuse(contacts::PROTECTION_ROLE, "Choisissez : un délégué désigné, ou un référent.");
            }
            Step::Contacts
                if !self.kind.is_private() && fields.has(contacts::PROTECTION_ROLE.name, ProtectionRole::Referent.to_string()) =>
            {
                fields.refuse(
                    contacts::PROTECTION_ROLE,
                    "Une administration désigne un délégué à la protection des données (RGPD, article\u{a0}37) : indiquez-le.",
                );
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_walks_its_steps_from_the_service_to_the_last_and_back() {
        for kind in Kind::VARIANTS {
            let form = Form::of(*kind);
            let mut walked = vec![Step::Service];
            while let Some(next) = form.next(walked[walked.len() - 1]) {
                assert_eq!(form.previous(next), walked.last().copied());
                walked.push(next);
            }
            assert_eq!(walked, form.steps(), "{kind}");
            assert_eq!(walked.last(), Some(&form.last()));
            assert_eq!(form.previous(Step::Service), None);
            assert_eq!(form.number(form.last()) + 1, form.steps_in_all());
        }
    }

    #[test]
    fn a_vendor_s_form_starts_with_the_mandate_whatever_the_kind() {
        for kind in Kind::VARIANTS {
            let own = Form::of(*kind);
            let vendor_s = Form { on_behalf: Some(Vendor::example()), ..own.clone() };
            assert_eq!(vendor_s.steps(), [&[Step::Mandate], own.steps()].concat(), "{kind}");
            assert_eq!((own.first(), vendor_s.first()), (Step::Service, Step::Mandate));
        }
    }

    #[test]
    fn a_form_knows_no_step_of_another() {
        let form = Form::of(Kind::Experiment);
        assert_eq!(form.step_at("service"), Some(Step::Service));
        assert_eq!(form.step_at("cadre"), None);
        assert_eq!(form.step_at("recapitulatif"), None);
        assert_eq!(Form::of(Kind::PrivateIdentityCheck).step_at("cadre"), None, "the text that imposes it is the basis");
        assert_eq!(Form::of(Kind::Administration).step_at("engagements"), None);
    }

    fn refused(form: &Form, step: Step, typed: &[(&str, &str)]) -> Vec<&'static str> {
        let mut fields = Fields::from_pairs(typed.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect());
        form.check(step, &mut fields);
        fields.errors().iter().map(|error| error.name).collect()
    }

    #[test]
    fn each_kind_asks_what_it_needs_and_no_more() {
        let service = [("service_name", "Portail"), ("service_description", "Les familles y inscrivent leurs enfants à la cantine.")];
        let with = |url| [&service[..], &[("service_url", url)]].concat();
        let (town_hall, candidate) = (Form::of(Kind::Administration), Form::of(Kind::Experiment));
        assert!(refused(&town_hall, Step::Service, &service).is_empty());
        for (url, expected) in [("", vec!["service_url"]), ("http://e.fr", vec!["service_url"]), ("e.fr", vec![]), ("https://e.fr", vec![])]
        {
            assert_eq!(refused(&candidate, Step::Service, &with(url)), expected, "{url:?}");
        }
        let data = [("recipients", "Le service client."), ("retention_months", "12")];
        assert!(refused(&town_hall, Step::PersonalData, &data).is_empty());
        assert_eq!(refused(&candidate, Step::PersonalData, &data), ["retention_end"]);
        let sector = [("sector", "sante"), ("sector_contribution", "La prise de rendez-vous médicaux.")];
        assert!(refused(&candidate, Step::Contribution, &sector).is_empty());
        assert_eq!(refused(&Form { asks_evidence: true, ..candidate }, Step::Contribution, &sector), ["seniority_evidence"]);
        let referent = [("data_protection_role", "referent"), ("referent_reason", "Trop petit.")];
        assert!(refused(&town_hall, Step::Contacts, &referent).contains(&"data_protection_role"));
        assert!(!refused(&Form::of(Kind::PrivateAddressChange), Step::Contacts, &referent).contains(&"data_protection_role"));
    }
}
