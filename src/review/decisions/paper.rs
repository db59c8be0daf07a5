//! A refusal on paper: the decision as the letter of its notification says it, to keep, or to join to an appeal.

use super::Decision;
use crate::{
    applications::{Application, Version, letter},
    calendar,
    config::DeskFacts,
    documents::{Block, Document},
    ids::AuthorizationId,
    notifications::Appeal,
};

/// What a refusal is made of.
#[derive(Clone, Copy, Debug)]
pub struct Refusal<'a> {
    /// The demande.
    pub application: &'a Application,
    /// The version that was refused.
    pub version: &'a Version,
    /// The decision, with its grounds.
    pub decision: &'a Decision,
    /// The right that stays as it is, when a change of it is refused.
    pub keeps: Option<AuthorizationId>,
    /// The service behind the desk.
    pub desk: &'a DeskFacts,
}

/// The decision: whom it is for, what is refused, why in law and in fact (CRPA L211-2, L211-5), by whom (L212-1), and the periods and ways
/// of appeal (CJA R421-5).
pub fn refusal_paper(of: &Refusal<'_>) -> Document {
    let Refusal { application, version, decision, desk, .. } = of;
    let organisation = &version.organisation;
    let appeal = Appeal::of(desk, "du jour où cette décision vous est notifiée");
    let says = [
        Block::Paragraph(format!(
            "La demande d’habilitation {} (version {}), déposée le {} pour {}, numéro SIRET {}, et portant sur le service «\u{a0}{}\u{a0}», est refusée. {}",
            application.id,
            version.number,
            calendar::day(version.submitted_at),
            organisation.name,
            organisation.siret,
            version.content.service.name,
            of.effect()
        )),
        Block::Heading("Les raisons de ce refus".into()),
        Block::Paragraph(format!("En droit, {}", decision.in_law)),
        Block::Paragraph(format!("En fait, {}", decision.message)),
        Block::Aside(format!("{}\n{}\n{}", decision.author.name, decision.author.quality, decision.author.service)),
        Block::Heading("Si vous contestez cette décision".into()),
        Block::Paragraph(appeal.opening),
        Block::List(vec![appeal.to_the_service, format!("{} {}", appeal.to_the_court, appeal.on_line)]),
        Block::Paragraph(appeal.afterwards),
    ];
    let reference = format!("Demande {}, version {}, décision du {}", application.id, version.number, calendar::day(decision.decided_at));
    let to = organisation.addressee(Some(&version.submitted_by));
    letter(desk, to, decision.decided_at, (format!("Refus de la demande {}", application.id), reference), says)
}

impl Refusal<'_> {
    fn effect(&self) -> String {
        match self.keeps {
            Some(right) => {
                format!("C’est la modification qui est refusée\u{a0}: l’habilitation {right} reste telle qu’elle a été accordée.")
            }
            None => "Ce service ne peut donc pas utiliser FranceConnect sur la base de cette demande.".into(),
        }
    }
}
