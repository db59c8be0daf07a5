//! What the papers of a demande say: the summary, the receipt, the list of questions.

mod questions;

use time::OffsetDateTime;

use super::{acknowledgement::Acknowledgement, application::Application, reading::Section, version::Version};
use crate::{
    calendar,
    config::DeskFacts,
    criteria::Finding,
    documents::{Block, Document, Fact, Table},
    organisations::Organisation,
};

pub use questions::{Audience, questions};

/// Whose paper it is.
const DESK: &str = "Guichet des habilitations FranceConnect";

/// What a summary shows of a demande.
#[derive(Clone, Copy, Debug)]
pub enum Standing<'a> {
    /// What has been typed so far.
    Draft,
    /// A version that was handed in.
    Submitted(&'a Version),
}

/// A demande to read on paper.
#[derive(Clone, Copy, Debug)]
pub struct Sheets<'a> {
    /// Which.
    pub application: &'a Application,
    /// For whom.
    pub organisation: &'a Organisation,
    /// Draft or version.
    pub standing: Standing<'a>,
    /// Its answers.
    pub sections: &'a [Section],
    /// What the rules found, for the team; nothing for applicants, whose page shows it live.
    pub findings: &'a [Finding],
    /// The service behind the desk.
    pub desk: &'a DeskFacts,
}

/// The summary of a demande.
pub fn summary(sheets: &Sheets<'_>) -> Document {
    let Sheets { application, organisation, .. } = sheets;
    let (standing, reference) = match sheets.standing {
        Standing::Draft => ("Brouillon\u{a0}: rien n’est déposé".to_owned(), format!("Demande {}, brouillon", application.id)),
        Standing::Submitted(version) => (
            format!("Version {}, déposée le {} par {}", version.number, calendar::moment(version.submitted_at), version.submitted_by),
            format!("Demande {}, version {}", application.id, version.number),
        ),
    };
    let mut blocks = vec![Block::Facts(vec![
        Fact::new("Type de demande", application.kind.label()),
        Fact::new("État", if matches!(sheets.standing, Standing::Draft) { "Brouillon" } else { application.state.label() }),
        Fact::new("Contenu", standing),
    ])];
    blocks.push(Block::Heading("L’organisme".into()));
    blocks.push(Block::Facts(of_organisation(organisation)));
    for section in sheets.sections {
        blocks.push(Block::Heading(section.step.title().into()));
        if section.lines.is_empty() {
            blocks.push(Block::Paragraph("Rien n’est encore rempli.".into()));
        } else {
            blocks.push(Block::Facts(section.lines.iter().map(|line| Fact::new(&line.label, &line.value)).collect()));
        }
    }
    if !sheets.findings.is_empty() {
        blocks.push(Block::Heading("Ce que le guichet a relevé au dépôt".into()));
        blocks.push(Block::Table(of_findings(sheets.findings)));
    }
    if let Standing::Submitted(version) = sheets.standing
        && !version.explanation.is_empty()
    {
        blocks.push(Block::Heading("Précision du demandeur".into()));
        blocks.push(Block::Paragraph(version.explanation.clone()));
    }
    paper(format!("Demande {}\u{a0}: {}", application.id, application.title()), reference, sheets.desk, blocks)
}

/// The receipt of a version: what was received, and its acknowledgement.
pub fn receipt(application: &Application, version: &Version, acknowledgement: &Acknowledgement<'_>) -> Document {
    let mut blocks = vec![Block::Facts(vec![
        Fact::new("Service", &version.content.service.name),
        Fact::new("Organisme", format!("{}\nSIRET {}", version.organisation.name, version.organisation.siret)),
        Fact::new("Type de demande", application.kind.label()),
        Fact::new("Version", format!("{}, déposée par {}", version.number, version.submitted_by)),
    ])];
    for passage in acknowledgement.passages() {
        blocks.push(Block::Heading(passage.title));
        blocks.extend(passage.says.into_iter().map(Block::Paragraph));
    }
    let reference = format!("Demande {}, version {}", application.id, version.number);
    paper(format!("Récépissé de la demande {}", application.id), reference, acknowledgement.desk, blocks)
}

fn of_organisation(organisation: &Organisation) -> Vec<Fact> {
    vec![Fact::new("Dénomination", &organisation.name), Fact::new("SIRET", organisation.siret.to_string())]
}

fn of_findings(findings: &[Finding]) -> Table {
    let row = |finding: &Finding| {
        vec![
            format!("{} {}", finding.rule, finding.rule.title()),
            finding.outcome.label().to_owned(),
            format!("{}\n{}", finding.fact, finding.source_line()),
        ]
    };
    Table {
        columns: vec![("Règle".into(), 3), ("Résultat".into(), 2), ("Fait et source".into(), 5)],
        rows: findings.iter().map(row).collect(),
    }
}

/// A letter on paper: whom it is for, the day it is made out, what it says.
pub fn letter(
    desk: &DeskFacts,
    to: Vec<String>,
    on: OffsetDateTime,
    (title, reference): (String, String),
    says: impl IntoIterator<Item = Block>,
) -> Document {
    let head = [Block::Addressee(to), Block::Aside(format!("Le {}", calendar::day(on)))];
    paper(title, reference, desk, head.into_iter().chain(says).collect())
}

/// How to write to the service, at the end of a letter.
pub fn how_to_answer(desk: &DeskFacts) -> Block {
    Block::Note(format!("{}, {}. Courriel\u{a0}: {}", desk.desk_service, desk.desk_address, desk.desk_email))
}

/// A paper of the desk.
pub fn paper(title: String, reference: String, desk: &DeskFacts, blocks: Vec<Block>) -> Document {
    Document { title, desk: DESK.into(), service: desk.desk_service.clone(), reference, blocks }
}
