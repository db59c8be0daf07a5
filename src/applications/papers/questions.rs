//! The questions of a form, to fill in with a pen or to hand round before starting.

use super::paper;
use crate::{
    applications::{application::Kind, assurance::AssuranceLevel, form::Form, scope::Scope, step::Step},
    config::DeskFacts,
    documents::{Block, Document},
    fields::Field,
};

/// Who asks for the list: the end of its address.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Audience {
    /// `?pour=administration`, and when nothing is said.
    #[default]
    Administration,
    /// `?pour=changement-adresse`.
    ChangementAdresse,
    /// `?pour=verification-identite`.
    VerificationIdentite,
    /// `?pour=experimentation`.
    Experimentation,
}

impl Audience {
    /// The kind whose questions they are.
    pub fn kind(self) -> Kind {
        match self {
            Self::Administration => Kind::Administration,
            Self::ChangementAdresse => Kind::PrivateAddressChange,
            Self::VerificationIdentite => Kind::PrivateIdentityCheck,
            Self::Experimentation => Kind::Experiment,
        }
    }

    /// As its address says it.
    pub fn slug(self) -> &'static str {
        match self {
            Self::Administration => "administration",
            Self::ChangementAdresse => "changement-adresse",
            Self::VerificationIdentite => "verification-identite",
            Self::Experimentation => "experimentation",
        }
    }
}

/// The blank list of questions of a kind.
pub fn questions(kind: Kind, desk: &DeskFacts) -> Document {
    let mut blocks = vec![
        Block::Paragraph(
            "Cette liste contient les questions du formulaire, dans leur ordre, pour réunir les réponses avant de commencer. Elle n’est pas à envoyer\u{a0}: la demande se dépose en ligne, où chaque étape s’enregistre.".into(),
        ),
        Block::Heading("L’organisme".into()),
    ];
    ask(&mut blocks, "Numéro SIRET (14 chiffres)", "Le registre donne le reste\u{a0}: dénomination, adresse, forme juridique.", 1);
    for step in Form::of(kind).steps() {
        blocks.push(Block::Heading(step.title().into()));
        of_step(&mut blocks, kind, *step);
    }
    blocks.push(Block::Heading("Au moment de déposer".into()));
    blocks.push(Block::Boxes(vec![
        "Prendre connaissance des conditions générales d’utilisation de FranceConnect, et les accepter.".into(),
        "Informer de la demande la personne chargée de la protection des données.".into(),
        "Attester que le service propose une autre façon de se connecter, vers la même prestation.".into(),
    ]));
    let title = format!("Les questions de la demande\u{a0}: {}", kind.label());
    paper(title, format!("Liste des questions, {}", kind.label()), desk, blocks)
}

fn of_step(blocks: &mut Vec<Block>, kind: Kind, step: Step) {
    match step {
        Step::LegalBasis if kind == Kind::Administration => {
            blocks.push(Block::Paragraph(
                "L’arrêté du 8 novembre 2018 relatif au téléservice «\u{a0}FranceConnect\u{a0}» est déjà inscrit. Si vous citez un autre texte\u{a0}: sa nature, ses références et l’adresse où le lire.".into(),
            ));
            blocks.push(Block::Blank(2));
        }
        Step::Assurance => {
            let level = |level: AssuranceLevel| format!("{}\n{}", level.label(), level.hint());
            blocks.push(Block::Boxes(vec![level(AssuranceLevel::Low), level(AssuranceLevel::Substantial)]));
        }
        Step::Scopes => {
            blocks.push(Block::Paragraph(
                "Cochez seulement les données sans lesquelles le service ne peut pas fonctionner\u{a0}; pour certaines, une phrase dit pourquoi.".into(),
            ));
            for scope in Scope::ALL.iter().filter(|scope| **scope != Scope::Openid) {
                let why = if scope.needs_justification() { "\u{a0}: pourquoi\u{a0}?" } else { "" };
                blocks.push(Block::Boxes(vec![format!("{}{why}", scope.label())]));
                if scope.needs_justification() {
                    blocks.push(Block::Blank(1));
                }
            }
        }
        other => {
            for field in other.fields() {
                let (hint, lines) = about(field);
                ask(blocks, field.label, hint, lines);
            }
        }
    }
}

fn ask(blocks: &mut Vec<Block>, question: &str, hint: &str, lines: u8) {
    blocks.push(Block::Question(question.into()));
    if !hint.is_empty() {
        blocks.push(Block::Note(hint.into()));
    }
    blocks.push(Block::Blank(lines));
}

/// What helps to answer, and the lines it takes by hand.
fn about(field: Field) -> (&'static str, u8) {
    match field.name {
        "service_name" => ("Ce nom sera public si l’habilitation est accordée.", 1),
        "service_description" => ("Ce que l’usager peut y faire, et pourquoi il faut savoir qui il est.", 6),
        "service_url" => ("Si le service est déjà en ligne, ou si son adresse est connue.", 1),
        "planned_on" => ("Une date approximative convient. Facultatif.", 1),
        "yearly_volume" => ("Un ordre de grandeur. Facultatif.", 1),
        "recipients" => ("Les services, et les sous-traitants s’il y en a.", 3),
        "retention_months" => ("", 1),
        "technical_contact_phone" => ("Un portable français\u{a0}: il recevra des codes par SMS.", 1),
        name if ["_name", "_title", "_email", "_phone", "_url"].iter().any(|end| name.ends_with(end)) => ("", 1),
        _ => ("", 2),
    }
}

#[cfg(test)]
mod tests {
    use strum::VariantArray;

    use super::*;
    use crate::{config::Config, documents::to_pdf};

    #[test]
    fn every_kind_has_its_list_and_asks_what_its_form_asks() {
        for kind in Kind::VARIANTS {
            let document = questions(*kind, &Config::defaults().desk);
            let headings: Vec<&str> = document
                .blocks
                .iter()
                .filter_map(|block| if let Block::Heading(text) = block { Some(text.as_str()) } else { None })
                .collect();
            let steps: Vec<&str> = Form::of(*kind).steps().iter().map(|step| step.title()).collect();
            assert_eq!(headings[1..headings.len() - 1], steps, "{kind}");
            assert!(to_pdf(&document).is_ok_and(|pdf| pdf.len() < 80_000), "{kind}");
        }
    }

    #[test]
    fn a_list_has_an_address_for_each_kind() {
        for audience in [Audience::Administration, Audience::ChangementAdresse, Audience::VerificationIdentite, Audience::Experimentation] {
            let read: Audience = serde_json::from_value(audience.slug().into()).expect("its own word");
            assert_eq!(read, audience);
        }
    }
}
