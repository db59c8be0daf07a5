//! Which questions a demande asks: those of its kind, in their order, and no other.

use std::sync::LazyLock;

use strum::VariantArray;

use super::{
    application::Kind,
    assurance::AssuranceLevel,
    behalf::Vendor,
    contacts::Contacts,
    legal_basis::{self, LegalBasis},
    mandate::Mandate,
    personal_data::PersonalData,
    scope::RequestedScopes,
    service::Service,
    step::Step,
};
use crate::{experimentation::Campaign, fields::Fields};

/// The form of a demande.
#[derive(Clone, Debug)]
pub struct Form {
    /// Its kind.
    pub kind: Kind,
    /// The campaign a candidature answers.
    pub campaign: Option<Campaign>,
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
        Self { kind, campaign: None, on_behalf: None }
    }

    /// Its steps, in order. The organisation comes before them, the summary after.
    pub fn steps(&self) -> &'static [Step] {
        let with_mandate = || Kind::VARIANTS.iter().position(|kind| *kind == self.kind).and_then(|index| WITH_MANDATE.get(index));
        self.on_behalf.as_ref().and_then(|_| with_mandate()).map_or_else(|| self.steps_of_kind(), Vec::as_slice)
    }

    fn steps_of_kind(&self) -> &'static [Step] {
        match self.kind {
            Kind::Administration | Kind::PrivateAddressChange | Kind::PrivateIdentityCheck => {
                &[Step::Service, Step::LegalBasis, Step::Assurance, Step::Scopes, Step::PersonalData, Step::Contacts]
            }
            Kind::Experiment => &[Step::Service, Step::Assurance, Step::Scopes, Step::PersonalData, Step::Contacts],
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

    /// What a step holds before anybody types: the arrêté is chosen, for administrations.
    pub fn prefilled(&self, step: Step) -> Fields {
        let mut fields = Fields::default();
        if step == Step::LegalBasis && self.kind == Kind::Administration {
            fields.set(legal_basis::CHOICE.name, legal_basis::ARRETE_2018);
        }
        fields
    }

    /// Notes everything that is missing or wrong in a step.
    pub fn check(&self, step: Step, fields: &mut Fields) {
        match step {
            Step::Service => drop(Service::parse(fields)),
            Step::LegalBasis => drop(LegalBasis::parse(fields)),
            Step::Assurance => drop(AssuranceLevel::parse(fields)),
            Step::Scopes => drop(RequestedScopes::parse(fields)),
            Step::PersonalData => drop(PersonalData::parse(fields)),
            Step::Contacts => drop(Contacts::parse(fields)),
            Step::Mandate => drop(self.on_behalf.as_ref().and_then(|vendor| Mandate::parse(fields, vendor))),
        }
        if let (Step::Contacts, Some(vendor)) = (step, &self.on_behalf) {
            vendor.refuse_its_own(fields);
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
    }
}
