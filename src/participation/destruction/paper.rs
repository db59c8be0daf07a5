//! The certificate on paper: what a participant signed, to keep and to show.

use super::certificate::{Certificate, Signed};
use crate::{
    applications::letter,
    calendar::{self, date_in_full as full},
    config::DeskFacts,
    documents::{Block, Document, Fact},
    participation::{Ended, Participation},
};

/// What the paper is made of.
#[derive(Clone, Copy, Debug)]
pub struct Paper<'a> {
    /// Of which participation.
    pub participation: &'a Participation,
    /// How it ended.
    pub ended: Ended,
    /// What was signed, as it was last corrected.
    pub signed: &'a Signed,
    /// The service it is for.
    pub desk: &'a DeskFacts,
}

/// The certificate: who it is for, the day it was signed, what is certified, and by whom.
pub fn paper(of: &Paper<'_>) -> Document {
    let Paper { participation, signed, desk, .. } = of;
    let Certificate { signatory, quality, .. } = &signed.certificate;
    let mut blocks = vec![
        Block::Paragraph(format!(
            "Je soussigné(e) {signatory}, {quality}, agissant pour {}, atteste que l’accès à FranceConnect du service «\u{a0}{}\u{a0}» est retiré et que les données obtenues dans le cadre de l’expérimentation ont reçu le sort dit ci-dessous.",
            participation.holder, participation.service
        )),
        Block::Heading("Ce qui est attesté".into()),
        Block::Facts(certified(&signed.certificate)),
        Block::Heading("La participation".into()),
        Block::Facts(vec![
            Fact::new("Habilitation", format!("{} (demande {})", participation.authorization, participation.application)),
            Fact::new("Accès ouvert le", full(participation.began_on)),
            Fact::new("Terminée le", full(of.ended.on)),
            Fact::new(
                "Engagement",
                "Supprimer l’accès à FranceConnect à l’issue de l’expérimentation et détruire les données obtenues dans le cadre de l’expérimentation (critère S7).",
            ),
        ]),
    ];
    if !signed.confirmed.is_empty() {
        blocks.push(Block::Paragraph(format!("Confirmé à la signature\u{a0}: {}", signed.confirmed)));
    }
    if !signed.because.is_empty() {
        blocks.push(Block::Paragraph(format!(
            "Cette attestation remplace la précédente, qui reste lisible dans le guichet. Motif\u{a0}: {}",
            signed.because
        )));
    }
    blocks.push(Block::Aside(format!("Pour {}\n{signatory}\n{quality}", participation.holder)));
    blocks.push(Block::Note(format!(
        "Signée en ligne le {} par {}, avec son compte du guichet. La case «\u{a0}J’atteste que ce qui précède est exact\u{a0}» a été cochée.",
        calendar::moment(signed.signed_at),
        signed.author
    )));
    let title = "Attestation de retrait de l’accès et de destruction des données".to_owned();
    let reference = match signed.number {
        1 => format!("Habilitation {}, fin de la participation", participation.authorization),
        number => format!("Habilitation {}, fin de la participation, correction {}", participation.authorization, number - 1),
    };
    let to = vec![desk.desk_service.clone(), desk.desk_address.clone()];
    letter(desk, to, signed.signed_at, (title, reference), blocks)
}

/// What is certified, fact by fact.
fn certified(certificate: &Certificate) -> Vec<Fact> {
    let Certificate { removed_on, fate, method, .. } = certificate;
    let mut facts = vec![Fact::new("Accès retiré le", full(*removed_on)), Fact::new("Données obtenues", fate.sentence())];
    if let Some((kept, legal_basis)) = fate.kept() {
        facts.extend([Fact::new("Ce qui est conservé", kept), Fact::new("Texte qui le fonde", legal_basis)]);
    }
    facts.push(Fact::new("Comment", method));
    facts
}
