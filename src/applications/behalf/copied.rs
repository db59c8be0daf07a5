//! What a demande for another client takes over of one that was filed before, and what it leaves: a mandate, figures, commitments, evidence and
//! people are one client's and no other's.

use super::Vendor;
use crate::{
    accounts::EmailAddress,
    applications::{
        Draft,
        case::{baseline, commitments, contribution},
        contacts::{DATA_CONTROLLER, DPO, PROTECTION_ROLE, REFERENT_REASON, TECHNICAL_CONTACT},
        legal_basis::{self, OTHER},
        mandate, service,
        step::Step,
    },
    fields::{Field, Fields},
    organisations::EmailDomain,
};

/// The address of whoever copies, and for which vendor.
#[derive(Clone, Copy, Debug)]
pub(super) struct Copying<'a> {
    pub by: &'a EmailAddress,
    pub vendor: Option<&'a Vendor>,
}

/// What is one client's and no other's.
fn is_the_client_s(field: Field) -> bool {
    let own = [
        service::URL,
        service::PLANNED_ON,
        service::YEARLY_VOLUME,
        mandate::REFERENCE,
        mandate::SIGNED_ON,
        contribution::CERTIFICATES,
        contribution::EVIDENCE,
        PROTECTION_ROLE,
        REFERENT_REASON,
    ];
    own.contains(&field)
        || baseline::FIELDS.contains(&field)
        || commitments::fields().contains(&field)
        || [DATA_CONTROLLER, DPO].iter().any(|contact| contact.all().contains(&field))
}

impl Copying<'_> {
    /// What of a step serves another client: the description, the data and why, the level, how long they are kept, where, and the vendor's
    /// own technical contact. Nothing when nothing of it does. Files never do: they are the first client's.
    pub fn of(&self, step: Step, typed: &Fields) -> Option<Fields> {
        let is_ours = self.is_of_the_vendor(typed.value(TECHNICAL_CONTACT.email.name));
        let serves = |field: &Field| !is_the_client_s(*field) && (is_ours || !TECHNICAL_CONTACT.all().contains(field));
        let pairs = step.fields().into_iter().filter(serves).flat_map(|field| {
            let values: Vec<String> = typed.values(field.name).map(str::to_owned).collect();
            values.into_iter().map(move |value| (field.name.to_owned(), value))
        });
        let pairs: Vec<(String, String)> = pairs.collect();
        pairs.iter().any(|(_, value)| !value.trim().is_empty()).then(|| Fields::from_pairs(pairs))
    }

    /// Whether an address is that of somebody of the vendor: one of its people, or who has the same professional domain as whoever copies.
    fn is_of_the_vendor(&self, email: &str) -> bool {
        let domain = |email: &EmailAddress| EmailDomain::of(email).ok();
        let is_of_the_domain =
            || EmailAddress::parse(email).ok().and_then(|email| domain(&email)).is_some_and(|of| domain(self.by) == Some(of));
        self.vendor.is_some_and(|vendor| vendor.is_its_own(email)) || is_of_the_domain()
    }
}

/// What whoever made a copy must know of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CopyReview {
    /// What was left out, and why: to be filled in for this client.
    pub left: Vec<(Step, String)>,
    /// What was taken over and may not be true of this client.
    pub to_read: Vec<(Step, String)>,
}

/// What a draft that started as a copy left out of the demande of `former`, and what of it must be read again.
pub fn review_copy(draft: &Draft, former: &str) -> CopyReview {
    let has = |step: &Step| draft.form.steps().contains(step);
    let left: [(Step, String); 6] = [
        (Step::Mandate, "la référence, la date et le fichier. Chaque client signe son propre mandat.".into()),
        (Step::Service, format!("l’adresse, la date, le volume et les maquettes. Ce sont ceux du service de {former}.")),
        (
            Step::Contribution,
            format!("les numéros RNCP, ce qui montre l’ancienneté et les pièces jointes. Ils ne prouvent rien que pour {former}."),
        ),
        (Step::Baseline, format!("les chiffres. Ils mesurent le service de {former}.")),
        (Step::Contacts, people_left(draft, former)),
        (
            Step::Commitments,
            "les sept cases et la capture d’écran. Chaque candidat s’engage lui-même, après avoir lu les documents.".into(),
        ),
    ];
    let mut to_read = Vec::new();
    let speaks_of = |text: &str| !former.is_empty() && text.to_lowercase().contains(&former.to_lowercase());
    for step in draft.form.steps() {
        let fields = draft.fields(*step);
        if step.fields().iter().any(|field| fields.values(field.name).any(speaks_of)) {
            to_read.push((*step, format!("un texte nomme encore «\u{a0}{former}\u{a0}».")));
        }
    }
    if draft.fields(Step::LegalBasis).value(legal_basis::CHOICE.name) == OTHER {
        to_read.push((
            Step::LegalBasis,
            "une délibération est celle d’un seul organisme ; un texte joint en fichier est à joindre ici.".into(),
        ));
    }
    to_read.push((Step::IdentityText, "ce texte s’impose-t-il aussi à ce client ?".into()));
    to_read.push((Step::Hosting, "ce client a-t-il le même hébergeur et les mêmes sous-traitants ?".into()));
    to_read.retain(|(step, _)| has(step));
    CopyReview { left: left.into_iter().filter(|(step, _)| has(step)).collect(), to_read }
}

/// Whom the copy does not name.
fn people_left(draft: &Draft, former: &str) -> String {
    if draft.fields(Step::Contacts).value(TECHNICAL_CONTACT.email.name).is_empty() {
        "les trois contacts. Seul un contact technique de chez vous passe d’un client à l’autre.".into()
    } else {
        format!("le responsable de traitement et le délégué. Ce sont des personnes de {former}.")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::applications::{Form, Kind};

    fn copied(step: Step, typed: &[(&str, &str)]) -> Option<Fields> {
        let typed = Fields::from_pairs(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect());
        let by = EmailAddress::parse("karim@editeur.test").expect("an address");
        Copying { by: &by, vendor: Some(&Vendor::example()) }.of(step, &typed)
    }

    #[test]
    fn a_copy_keeps_what_is_the_software_s_and_leaves_what_is_the_client_s() {
        let service = [("service_name", "x"), ("service_description", "x"), ("service_url", "x"), ("yearly_volume", "x")];
        let service = copied(Step::Service, &service).expect("something serves");
        assert_eq!(["service_name", "service_url", "yearly_volume"].map(|name| service.value(name)), ["x", "", ""]);
        let scopes = copied(Step::Scopes, &[("scopes", "family_name"), ("scopes", "email")]).expect("something serves");
        assert_eq!(scopes.values("scopes").count(), 2);
        let mandate = [("mandate_reference", "x"), ("mandate_signed_on", "x"), ("mandate_role", "processor"), ("mandate_document", "0193")];
        let mandate = copied(Step::Mandate, &mandate).expect("something serves");
        assert_eq!(["mandate_reference", "mandate_role", "mandate_document"].map(|name| mandate.value(name)), ["", "processor", ""]);
        let sector = [("sector", "sante"), ("certificates", "RNCP1"), ("seniority_evidence", "x"), ("seniority_documents", "0193")];
        let sector = copied(Step::Contribution, &sector).expect("something serves");
        assert_eq!(sector.value("sector"), "sante");
        assert_eq!(["certificates", "seniority_evidence", "seniority_documents"].map(|name| sector.values(name).count()), [0; 3]);
    }

    #[test]
    fn figures_and_commitments_are_never_copied() {
        let ticked = [("commitment_s1", "oui"), ("commitment_s1_document", "Arrêté"), ("commitment_s1_on", "2027-01-12")];
        for (step, typed) in
            [(Step::Baseline, &[("monthly_connections", "4200"), ("baseline_method", "Matomo")][..]), (Step::Commitments, &ticked)]
        {
            assert!(copied(step, typed).is_none(), "the step is as if nobody had filled it");
        }
    }

    #[test]
    fn of_the_contacts_only_the_vendor_s_own_go_from_a_client_to_another() {
        for (email, kept) in [
            ("lucie@clamart.test", false),
            ("lucie@editeur.test", true),
            ("karim@exemple.test", true),
            ("lucie@exemple.test", false),
            ("", false),
        ] {
            let typed =
                [("data_controller_email", "maire@clamart.test"), ("technical_contact_email", email), ("technical_contact_phone", "06")];
            let contacts = copied(Step::Contacts, &typed);
            assert_eq!(contacts.is_some(), kept, "{email}");
            let contacts = contacts.unwrap_or_default();
            assert_eq!(
                (contacts.value("data_controller_email"), contacts.value("technical_contact_email")),
                ("", if kept { email } else { "" })
            );
        }
    }

    #[test]
    fn what_is_said_of_a_copy_is_about_the_steps_it_has() {
        for kind in <Kind as strum::VariantArray>::VARIANTS {
            let form = Form { on_behalf: Some(Vendor::example()), ..Form::of(*kind) };
            let review = review_copy(&Draft::new(form.clone(), [], Vec::new()), "Commune de Clamart");
            assert!(review.left.iter().chain(&review.to_read).all(|(step, _)| form.steps().contains(step)), "{kind}");
            let of_a_candidature =
                [Step::Contribution, Step::Baseline, Step::Commitments].map(|step| review.left.iter().any(|it| it.0 == step));
            assert_eq!(of_a_candidature, [*kind == Kind::Experiment; 3], "{kind}");
        }
    }
}
