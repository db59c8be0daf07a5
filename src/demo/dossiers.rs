//! Example answers: a town hall's demande, filled in as its secretary would.

use crate::{
    applications::{DATA_CONTROLLER, DPO, Step, TECHNICAL_CONTACT},
    fields::Fields,
};

/// A service and what its demande says.
#[derive(Clone, Copy, Debug)]
pub(super) struct Example {
    pub siret: &'static str,
    pub service: &'static str,
    pub description: &'static str,
    pub url: &'static str,
    pub volume: &'static str,
    pub scopes: &'static [(&'static str, &'static str)],
    pub recipients: &'static str,
    pub months: &'static str,
    pub reason: &'static str,
}

/// The demandes the demonstration shows, each in the state `seed` gives it.
pub(super) const EXAMPLES: [Example; 5] = [
    Example {
        siret: "21920023500014",
        service: "Portail familles",
        description: "Les familles inscrivent leurs enfants à la cantine et au centre de loisirs, déclarent leurs revenus et paient en ligne. Il faut savoir qui demande pour rattacher chaque enfant au bon foyer.",
        url: "https://www.clamart.fr/familles",
        volume: "12 000",
        scopes: &[
            ("family_name", ""),
            ("given_name", ""),
            ("birthdate", "Distinguer deux parents qui portent le même nom."),
            ("email", "Envoyer la confirmation d’inscription et les factures."),
        ],
        recipients: "Le service scolaire de la commune et l’hébergeur du portail.",
        months: "24",
        reason: "",
    },
    Example {
        siret: "22690001700014",
        service: "Aides aux transports scolaires",
        description: "Les familles demandent une aide pour le transport scolaire de leurs enfants et suivent son versement. L’identité évite les demandes en double.",
        url: "https://www.rhone.fr/aides-transports",
        volume: "8500",
        scopes: &[
            ("family_name", ""),
            ("given_name", ""),
            ("birthdate", "Vérifier que le demandeur est majeur."),
            ("birthplace", "Rapprocher la demande du fichier des allocataires sans homonymie."),
        ],
        recipients: "La direction de l’éducation du département.",
        months: "60",
        reason: "Les aides peuvent être contrôlées pendant les cinq années qui suivent leur versement.",
    },
    Example {
        siret: "20007184300060",
        service: "Demandes de place en crèche",
        description: "Les parents demandent une place en crèche dans une des communes du territoire et suivent l’examen de leur demande par la commission.",
        url: "",
        volume: "900",
        scopes: &[
            ("family_name", ""),
            ("given_name", ""),
            ("gender", "Adresser les courriers avec la bonne civilité."),
            ("email", "Prévenir de la décision de la commission."),
        ],
        recipients: "Le service petite enfance de la communauté de communes.",
        months: "36",
        reason: "",
    },
    Example {
        siret: "13002526500013",
        service: "Espace de suivi des services publics",
        description: "Les usagers suivent au même endroit leurs démarches en cours auprès de plusieurs administrations et reçoivent les alertes qui les concernent.",
        url: "https://suivi.example.gouv.fr",
        volume: "150 000",
        scopes: &[("family_name", ""), ("given_name", ""), ("email", "Envoyer les alertes choisies par l’usager.")],
        recipients: "La direction interministérielle du numérique.",
        months: "12",
        reason: "",
    },
    Example {
        siret: "21690123100011",
        service: "Inscription sur les listes d’attente du logement étudiant municipal",
        description: "Les étudiants s’inscrivent sur la liste d’attente des résidences de la ville et déposent leurs justificatifs.",
        url: "https://logement.lyon.example",
        volume: "4 000",
        scopes: &[
            ("family_name", ""),
            ("given_name", ""),
            ("birthcountry", "Connaître l’origine des demandeurs."),
            ("birthplace", "Connaître l’origine des demandeurs."),
        ],
        recipients: "Le service du logement.",
        months: "120",
        reason: "Statistiques.",
    },
];

impl Example {
    /// The fields of a step as typed.
    pub(super) fn fields(&self, step: Step) -> Fields {
        let mut typed = match step {
            Step::Service => vec![
                ("service_name", self.service),
                ("service_description", self.description),
                ("service_url", self.url),
                ("yearly_volume", self.volume),
            ],
            Step::LegalBasis => vec![("legal_choice", "arrete_2018")],
            Step::Assurance => vec![("assurance_level", "eidas_1")],
            Step::Scopes => self.scopes.iter().map(|(scope, _)| ("scopes", *scope)).collect(),
            Step::PersonalData => {
                vec![("recipients", self.recipients), ("retention_months", self.months), ("retention_reason", self.reason)]
            }
            Step::Contacts => contacts(),
            // These file for themselves.
            Step::Mandate => Vec::new(),
        };
        let mut pairs: Vec<(String, String)> = typed.drain(..).map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        if step == Step::Scopes {
            pairs.extend(
                self.scopes.iter().filter(|(_, why)| !why.is_empty()).map(|(scope, why)| (format!("why_{scope}"), (*why).to_owned())),
            );
        }
        Fields::from_pairs(pairs)
    }
}

fn contacts() -> Vec<(&'static str, &'static str)> {
    let people = [
        (DATA_CONTROLLER, ["Jeanne", "Moreau-Dubois", "Directrice générale des services", "jeanne.moreau@demo.test", "+33146623535"]),
        (DPO, ["Karim", "Haddad", "Délégué à la protection des données mutualisé", "dpo@demo.test", "+33146623540"]),
        (TECHNICAL_CONTACT, ["Lucie", "Fontaine", "Cheffe de projet numérique", "lucie.fontaine@demo.test", "+33612345678"]),
    ];
    people.into_iter().flat_map(|(fields, values)| fields.all().map(|field| field.name).into_iter().zip(values)).collect()
}
