//! A refusal on paper: the decision as the letter of its notification says it, to keep, or to join to an appeal.

use super::Decision;
use crate::{
    applications::{Application, DESK, Version},
    calendar,
    config::DeskFacts,
    documents::{Block, Document},
    ids::AuthorizationId,
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
    let town = format!("{} {}", organisation.postal_code, organisation.town);
    let addressee = [&organisation.name, &version.submitted_by, &organisation.street, &town].map(|line| line.trim().to_owned());
    let mut blocks = vec![
        Block::Addressee(addressee.into_iter().filter(|line| !line.is_empty()).collect()),
        Block::Aside(format!("Le {}", calendar::day(decision.decided_at))),
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
    ];
    blocks.extend(appeals(desk));
    Document {
        title: format!("Refus de la demande {}", application.id),
        desk: DESK.into(),
        service: desk.desk_service.clone(),
        reference: format!("Demande {}, version {}, décision du {}", application.id, version.number, calendar::day(decision.decided_at)),
        blocks,
    }
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

fn appeals(desk: &DeskFacts) -> [Block; 3] {
    let DeskFacts { desk_service, desk_address, desk_email, desk_court, desk_court_url, .. } = desk;
    [
        Block::Paragraph("Vous avez deux mois, à compter du jour où cette décision vous est notifiée, pour former l’un de ces recours\u{a0}:".into()),
        Block::List(vec![
            format!("demander au service de revoir sa décision (recours gracieux) ou à son supérieur hiérarchique de le faire (recours hiérarchique), par lettre à {desk_service}, {desk_address}, ou par message à {desk_email} (code des relations entre le public et l’administration, articles L.\u{a0}410-1 et L.\u{a0}411-2)\u{a0};"),
            format!("saisir le {desk_court}, par courrier ou en ligne sur {desk_court_url} (code de justice administrative, articles R.\u{a0}421-1 et R.\u{a0}421-5)."),
        ]),
        Block::Paragraph("Un recours gracieux ou hiérarchique fait dans ces deux mois interrompt le délai\u{a0}: vous aurez de nouveau deux mois pour saisir le tribunal, à compter de la réponse. Sans réponse deux mois après sa réception, ce recours est rejeté (article L.\u{a0}411-7 du premier code) et les deux mois courent à partir de ce moment.".into()),
    ]
}
