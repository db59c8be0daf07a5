//! Every component in every state: what pages are made of, shown alive.

use askama::Template;
use axum::extract::State;
use time::OffsetDateTime;
use uuid::Uuid;

use crate::{
    AppState,
    attachments::{Attachment, Checksum, FileName, Kind, Scan},
    chart::{Chart, Series},
    fields::{Field, Fields},
    ids::ApplicationId,
    problem::Problem,
    web::{Frame, Page, filters},
};

const SERVICE: Field = Field { name: "service", label: "Nom du service" };
const EMAIL: Field = Field { name: "email", label: "Adresse électronique" };
const PASSWORD: Field = Field { name: "password", label: "Mot de passe" };
const MONTHS: Field = Field { name: "months", label: "Durée de conservation" };
const MOCKUPS: Field = Field { name: "mockups", label: "Maquettes ou captures d’écran" };
const MANDATE: Field = Field { name: "mandate", label: "Mandat signé" };
const CLIENTS: Field = Field { name: "clients", label: "Liste des clients" };
const NO_CLIENTS: Field = Field { name: "clients_refused", label: "Liste des clients" };
const OPENING: Field = Field { name: "opening", label: "Date prévue de mise en service" };
const PURPOSE: Field = Field { name: "purpose", label: "Ce que permet le service" };
const TERMS: Field = Field { name: "terms", label: "J’ai informé notre délégué à la protection des données" };
const LEVEL: Field = Field { name: "level", label: "Niveau de garantie" };
const ANSWER: Field = Field { name: "answer", label: "Votre organisme a-t-il un délégué à la protection des données ?" };
const GROUND: Field = Field { name: "ground", label: "Motif" };
const PUBLIC: Field = Field { name: "public", label: "À qui s’adresse le service" };
const SCOPES: Field = Field { name: "scopes", label: "Données" };
const WHY_BIRTHDATE: Field = Field { name: "birthdate_reason", label: "Date de naissance" };
const WHY_BIRTHPLACE: Field = Field { name: "birthplace_reason", label: "Ville de naissance" };
const WHY_PREFERRED: Field = Field { name: "preferred_username_reason", label: "Nom d’usage" };
const TICK_PREFERRED: Field = Field { name: "scopes-preferred_username", label: "Nom d’usage" };

const LEVELS: [(&str, &str, &str); 2] = [
    ("eidas_1", "Faible", "Recommandé, si vous n’avez pas d’exigence particulière. C’est FranceConnect."),
    ("eidas_2", "Substantiel", "Pour une démarche sensible, de santé ou bancaire. C’est FranceConnect+."),
];
const YES_OR_NO: [(&str, &str, &str); 2] = [("oui", "Oui", ""), ("non", "Non, pas encore", "")];
const GROUNDS: [(&str, &str); 2] =
    [("not_eligible", "L’organisme n’est pas une administration"), ("not_proportionate", "Une donnée n’est pas nécessaire au service")];
const PUBLICS: [(&str, &str, &str); 3] = [
    ("particuliers", "Des particuliers", ""),
    ("entreprises", "Des entreprises", ""),
    ("agents", "Des agents", "De votre administration ou d’une autre."),
];

#[derive(Debug, Template)]
#[template(path = "demo/components.html")]
pub(super) struct Components {
    frame: Frame,
    blank: Fields,
    refused: Fields,
    files: Vec<Attachment>,
    chart: Option<Chart>,
}

pub(super) async fn show(State(state): State<AppState>, frame: Frame) -> Result<Page<Components>, Problem> {
    if !state.config.demo.is_on() {
        return Err(Problem::NotFound);
    }
    let files = files(state.clock.now()).unwrap_or_default();
    Ok(Page(Components { frame, blank: Fields::default(), refused: refused(), files, chart: chart() }))
}

/// Two curves, the second one with a hole.
fn chart() -> Option<Chart> {
    let steps = [("janv.", Some(12), Some(40)), ("févr.", Some(19), None), ("mars", Some(31), Some(52))];
    let series = Series {
        title: "Connexions par mois",
        names: ("par FranceConnect", "en tout"),
        when: "de janvier à mars".into(),
        steps: steps.map(|(name, first, second)| (name.to_owned(), (first, second))).to_vec(),
        unit: 1,
        most_named: 13,
    };
    Chart::draw(&series, &|value| value.to_string(), &|value| value.to_string())
}

/// A file in each state, with what may be said of it.
fn files(now: OffsetDateTime) -> Option<Vec<Attachment>> {
    let states = [
        ("Écran d’accueil.pdf", Scan::NotScanned),
        ("Formulaire.pdf", Scan::Pending),
        ("Parcours complet.pdf", Scan::Clean),
        ("Notice.pdf", Scan::Infected),
    ];
    let made = states.into_iter().zip(1_u8..).map(|((name, scan), number)| {
        let id = Uuid::from_u128(number.into());
        Some(Attachment {
            id,
            object: id,
            line: id,
            application: ApplicationId(12),
            field: Some(MOCKUPS.name.into()),
            name: FileName::read(name, Kind::Pdf).ok()?,
            kind: Kind::Pdf,
            size: 240_000 * u64::from(number),
            checksum: Checksum([number; 32]),
            scan,
            added_at: now,
        })
    });
    made.collect()
}

/// A form given back with everything that can be wrong in it.
fn refused() -> Fields {
    let typed = [
        ("email", "camille.rousseau@belleroche"),
        ("months", "60 mois"),
        ("opening", "2026-01-15"),
        ("purpose", "Inscrire les enfants à la cantine."),
        ("scopes", "given_name"),
        ("scopes", "birthdate"),
        ("birthdate_reason", "Rapprocher le compte du dossier existant, sans homonymie."),
        ("scopes", "birthplace"),
        ("scopes", "preferred_username"),
        ("preferred_username_reason", "S’adresser aux parents par le nom qu’ils emploient."),
    ];
    let mut form = Fields::from_pairs(typed.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec());
    form.refuse(SERVICE, "Remplissez ce champ.");
    form.refuse(EMAIL, "Cette adresse est incomplète. Par exemple : nom@organisme.fr.");
    form.refuse(PASSWORD, "Choisissez au moins 12 caractères.");
    form.refuse(MONTHS, "Écrivez un nombre de mois en chiffres, de 1 à 1200.");
    form.refuse(MANDATE, "«\u{a0}mandat.docx\u{a0}» n’est ni un PDF, ni une image PNG ou JPEG. Enregistrez-le dans l’un de ces formats, puis joignez-le de nouveau.");
    form.refuse(NO_CLIENTS, "Ce fichier n’est pas du texte. Enregistrez la liste au format CSV, puis choisissez-la de nouveau.");
    form.refuse(OPENING, "Cette date est passée. Donnez une date à venir.");
    form.refuse(PURPOSE, "Décrivez le service en 30 caractères au moins.");
    form.refuse(TERMS, "Cochez cette case pour déposer la demande.");
    form.refuse(LEVEL, "Choisissez un niveau.");
    form.refuse(ANSWER, "Répondez oui ou non.");
    form.refuse(GROUND, "Choisissez un motif.");
    form.refuse(PUBLIC, "Cochez au moins une réponse.");
    form.refuse(WHY_BIRTHPLACE, "Dites en une phrase à quoi sert la ville de naissance.");
    form.refuse(TICK_PREFERRED, "Le nom d’usage ne va pas sans le nom de naissance : cochez-le, ou décochez le nom d’usage.");
    form
}
