//! The attestation of a decision of acceptance nobody wrote (CRPA L232-3), as a letter.

use time::OffsetDateTime;

use crate::{
    applications::{Application, Version, how_to_answer, letter},
    calendar,
    config::DeskFacts,
    documents::{Block, Document, Fact},
    review::clock::SilenceDecision,
};

/// What an attestation is made of.
#[derive(Clone, Copy, Debug)]
pub struct Attestation<'a> {
    /// The demande.
    pub application: &'a Application,
    /// The version silence accepted.
    pub version: &'a Version,
    /// What silence decided.
    pub decision: SilenceDecision,
    /// The service that kept silent.
    pub desk: &'a DeskFacts,
    /// When it was first asked: it is made out on that day.
    pub asked_at: OffsetDateTime,
}

/// The attestation: what is accepted, since when, and what it does not do by itself.
pub fn attestation(of: &Attestation<'_>) -> Document {
    let Attestation { application, version, decision, desk, .. } = of;
    let organisation = &version.organisation;
    let on = calendar::date_in_full(decision.on);
    let what = if decision.is_change { "la demande de modification de l’habilitation" } else { "la demande d’habilitation" };
    let next = if decision.is_change {
        "L’habilitation reste telle qu’elle a été accordée jusqu’à ce que la modification soit signée par une personne du service."
    } else {
        "Le bouton FranceConnect s’ouvre quand l’habilitation est signée par une personne du service\u{a0}: la présente attestation n’en tient pas lieu."
    };
    let mut facts = vec![
        Fact::new("Demande", format!("{}, version {}, déposée par {}", application.id, version.number, version.submitted_by)),
        Fact::new("Organisme", format!("{}\nSIRET {}", organisation.name, organisation.siret)),
        Fact::new("Service", &version.content.service.name),
        Fact::new("Type de demande", application.kind.label()),
    ];
    facts.extend(application.received_at.map(|at| Fact::new("Reçue le", calendar::day(at))));
    facts.push(Fact::new("Décision née le", &on));
    let says = [
        Block::Paragraph(format!(
            "Il est attesté que {what} désignée ci-dessous est acceptée depuis le {on}. Le silence gardé pendant deux mois par l’administration a fait naître ce jour-là une décision implicite d’acceptation (code des relations entre le public et l’administration, article L.\u{a0}231-1)."
        )),
        Block::Heading("La demande acceptée".into()),
        Block::Facts(facts),
        Block::Heading("Ce que vaut cette attestation".into()),
        Block::Paragraph(
            "Elle est établie par le guichet en ligne, à la demande de l’intéressé, en application de l’article L.\u{a0}232-3 du même code. Elle prouve la décision et sa date.".into(),
        ),
        Block::Paragraph(next.into()),
        how_to_answer(desk),
    ];
    let names = (
        format!("Attestation d’acceptation implicite de la demande {}", application.id),
        format!("Demande {}, version {}", application.id, version.number),
    );
    letter(desk, organisation.addressee(None), of.asked_at, names, says)
}
