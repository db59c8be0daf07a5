//! Example answers of private bodies: one demande of each kind, and the campaign that a candidature answers.

use time::{Duration, OffsetDateTime};

use crate::{
    applications::{Kind, Step},
    calendar,
    experimentation::{Campaign, Document, Panel, Share},
    fields::Fields,
};

/// A demande of a private body.
#[derive(Clone, Copy, Debug)]
pub(super) struct PrivateExample {
    pub kind: Kind,
    pub siret: &'static str,
    /// The name of its service, where several show the same answers.
    renamed: Option<&'static str>,
    /// What is typed, step by step.
    answers: &'static [(Step, &'static [(&'static str, &'static str)])],
}

const SCOPES: (Step, &[(&str, &str)]) = (
    Step::Scopes,
    &[
        ("scopes", "family_name"),
        ("scopes", "given_name"),
        ("scopes", "birthdate"),
        ("scopes", "email"),
        ("why_birthdate", "Distinguer deux personnes qui portent le même nom."),
        ("why_email", "Envoyer la confirmation et prévenir des suites."),
    ],
);

const CONTACTS: (Step, &[(&str, &str)]) = (
    Step::Contacts,
    &[
        ("data_controller_given_name", "Hélène"),
        ("data_controller_family_name", "Marchand"),
        ("data_controller_job_title", "Directrice des opérations"),
        ("data_controller_email", "entreprise@demo.test"),
        ("data_controller_phone", "+33240112233"),
        ("data_protection_role", "referent"),
        ("referent_reason", "Nous ne suivons pas de personnes à grande échelle et n’avons pas désigné de délégué."),
        ("data_protection_officer_given_name", "Samir"),
        ("data_protection_officer_family_name", "Kaci"),
        ("data_protection_officer_job_title", "Responsable qualité"),
        ("data_protection_officer_email", "samir.kaci@demo.test"),
        ("data_protection_officer_phone", "+33240112234"),
        ("technical_contact_given_name", "Nora"),
        ("technical_contact_family_name", "Petit"),
        ("technical_contact_job_title", "Développeuse"),
        ("technical_contact_email", "nora.petit@demo.test"),
        ("technical_contact_phone", "+33612345679"),
    ],
);

const USUAL_LEVEL: (Step, &[(&str, &str)]) = (Step::Assurance, &[("assurance_level", "eidas_1")]);

/// The demandes of private bodies that the demonstration shows.
pub(super) const PRIVATE_EXAMPLES: [PrivateExample; 3] = [
    PrivateExample {
        kind: Kind::PrivateAddressChange,
        siret: "39234600300198",
        renamed: None,
        answers: &[
            (
                Step::Service,
                &[
                    ("service_name", "Mon déménagement en un clic"),
                    (
                        "service_description",
                        "La personne qui déménage donne sa nouvelle adresse une fois ; le service prévient les organismes qu’elle choisit.",
                    ),
                    ("service_url", "https://demenagement.example"),
                    ("yearly_volume", "40 000"),
                ],
            ),
            (
                Step::AddressChange,
                &[
                    (
                        "address_link",
                        "Le service ne fait que transmettre la nouvelle adresse aux organismes choisis : énergie, banque, assurance.",
                    ),
                    ("address_use", "uniquement"),
                ],
            ),
            (Step::LegalBasis, &[("legal_choice", "arrete_2018")]),
            USUAL_LEVEL,
            SCOPES,
            (
                Step::PersonalData,
                &[("recipients", "Le service client et les organismes que la personne choisit."), ("retention_months", "12")],
            ),
            CONTACTS,
        ],
    },
    PrivateExample {
        kind: Kind::PrivateIdentityCheck,
        siret: "41816609600069",
        renamed: None,
        answers: &[
            (
                Step::Service,
                &[
                    ("service_name", "Recommandé électronique Plume"),
                    (
                        "service_description",
                        "Les particuliers envoient et reçoivent des lettres recommandées électroniques ; leur identité est vérifiée avant le premier envoi.",
                    ),
                    ("service_url", "https://plume.example"),
                    ("yearly_volume", "90 000"),
                ],
            ),
            (
                Step::IdentityText,
                &[
                    ("identity_text", "recommande"),
                    (
                        "identity_imposes",
                        "Vérifier l’identité de l’expéditeur avant le premier envoi, et celle du destinataire à la remise.",
                    ),
                ],
            ),
            (
                Step::Assurance,
                &[
                    ("assurance_level", "eidas_2"),
                    (
                        "assurance_reason",
                        "La remise d’un recommandé à une autre personne que son destinataire aurait des effets juridiques.",
                    ),
                ],
            ),
            SCOPES,
            (
                Step::PersonalData,
                &[
                    ("recipients", "Le service des recommandés et son hébergeur."),
                    ("retention_months", "84"),
                    ("retention_reason", "La preuve de dépôt et de distribution est conservée sept ans."),
                ],
            ),
            CONTACTS,
        ],
    },
    PrivateExample {
        kind: Kind::Experiment,
        siret: "00041287400018",
        renamed: None,
        answers: &[
            (
                Step::Service,
                &[
                    ("service_name", "Inscriptions aux formations des Ateliers du Savoir"),
                    (
                        "service_description",
                        "Les apprenants s’inscrivent aux formations, déposent leurs pièces et suivent leur dossier en ligne.",
                    ),
                    ("service_url", "https://ateliers.example/inscriptions"),
                    ("yearly_volume", "6 000"),
                ],
            ),
            (
                Step::Contribution,
                &[
                    ("sector", "education"),
                    (
                        "sector_contribution",
                        "Les inscriptions à distance ouvrent les formations à ceux qui ne peuvent se déplacer ; FranceConnect évite un dossier papier.",
                    ),
                ],
            ),
            USUAL_LEVEL,
            SCOPES,
            (
                Step::PersonalData,
                &[
                    ("recipients", "Le service des inscriptions et l’hébergeur."),
                    ("retention_months", "24"),
                    ("retention_end", "La fin de la formation, ou la fermeture du compte par l’apprenant."),
                ],
            ),
            (
                Step::Hosting,
                &[
                    ("host", "Hébergement du Marais"),
                    ("host_country", "FR"),
                    ("processors", "Courriels du Midi, France\nSupport Helvétique, Suisse"),
                ],
            ),
            (
                Step::Baseline,
                &[
                    ("monthly_connections", "4 200"),
                    ("monthly_accounts", "310"),
                    ("monthly_traffic", "18 000"),
                    ("baseline_method", "Matomo, moyenne de juin à septembre, visites uniques."),
                ],
            ),
            CONTACTS,
        ],
    },
];

/// The participant of the first campaign, some months in.
pub(super) const PARTICIPANT: PrivateExample = PrivateExample {
    kind: Kind::Experiment,
    siret: "00051401800019",
    renamed: None,
    answers: &[
        (
            Step::Service,
            &[
                ("service_name", "Rendez-vous de la Clinique des Lilas"),
                ("service_description", "Les patients prennent rendez-vous, préparent leur admission et retrouvent leurs documents."),
                ("service_url", "https://lilas.example/rendez-vous"),
                ("yearly_volume", "60 000"),
            ],
        ),
        (
            Step::Contribution,
            &[("sector", "sante"), ("sector_contribution", "L’admission se prépare en ligne, sans envoyer de copie de pièce d’identité.")],
        ),
        USUAL_LEVEL,
        SCOPES,
        (
            Step::PersonalData,
            &[
                ("recipients", "Le service des admissions."),
                ("retention_months", "24"),
                ("retention_end", "La fermeture du compte par le patient."),
            ],
        ),
        (Step::Hosting, &[("host", "Hébergement du Marais"), ("host_country", "FR"), ("processors", "Courriels du Midi, France")]),
        (
            Step::Baseline,
            &[
                ("monthly_connections", "15 900"),
                ("monthly_accounts", "812"),
                ("monthly_traffic", "52 000"),
                ("baseline_method", "Matomo, moyenne des trois mois d’avant, visites uniques."),
            ],
        ),
        CONTACTS,
    ],
};

impl PrivateExample {
    /// The same answers, of another organisation for a service of that name.
    pub(super) const fn of(self, siret: &'static str, name: &'static str) -> Self {
        Self { siret, renamed: Some(name), ..self }
    }

    /// The fields of a step as typed; the commitments are those of the campaign.
    pub(super) fn fields(&self, step: Step) -> Fields {
        let typed = self.answers.iter().find(|(own, _)| *own == step).map_or(&[][..], |(_, typed)| typed);
        let mut fields = Fields::from_pairs(typed.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect());
        if let (Step::Service, Some(name)) = (step, self.renamed) {
            fields.set("service_name", name);
        }
        fields
    }
}

/// The campaign before: it received candidatures last year, and those who take part go on.
pub(super) fn first_campaign(now: OffsetDateTime) -> Campaign {
    let day = calendar::paris_day;
    Campaign {
        title: "Première expérimentation de démonstration".into(),
        opens_on: day(now - Duration::days(300)),
        closes_on: day(now - Duration::days(200)),
        ends_on: day(now + Duration::days(200)),
        panel: Panel::even(Share { floor: 0, ceiling: 30 }, day(now - Duration::days(200))),
        ..campaign(now)
    }
}

/// A campaign that receives candidatures at that moment: opened a month ago, for half a year, and a year of experiment.
pub(super) fn campaign(now: OffsetDateTime) -> Campaign {
    let day = calendar::paris_day;
    Campaign {
        title: "Expérimentation de démonstration".into(),
        legal_basis: "Arrêté d’expérimentation (exemple de démonstration)".into(),
        legal_basis_url: "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000041897201".into(),
        opens_on: day(now - Duration::days(30)),
        closes_on: day(now + Duration::days(150)),
        ends_on: day(now + Duration::days(365)),
        capacity: 100,
        silence_effect: Some(crate::config::SilenceEffect::Rejection),
        panel: Panel::even(Share { floor: 8, ceiling: 30 }, day(now + Duration::days(90))),
        specification: Document::published_specification(),
        terms: Document::published_terms(),
    }
}
