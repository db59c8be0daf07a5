//! The certificate of a right, as a letter: what was granted, to whom, by whom, and how to check that it still stands.

use time::OffsetDateTime;

use super::{Authorization, Proof, State};
use crate::{
    applications::{Content, Scope, how_to_answer, letter},
    calendar,
    config::DeskFacts,
    documents::{Block, Document, Fact},
};

/// What a certificate is made of.
#[derive(Clone, Copy, Debug)]
pub struct Certificate<'a> {
    /// The right.
    pub authorization: &'a Authorization,
    /// What the public page says of it on that day.
    pub proof: &'a Proof,
    /// The service that granted it.
    pub desk: &'a DeskFacts,
    /// Where the desk is on line.
    pub public_url: &'a str,
    /// When it is made out.
    pub now: OffsetDateTime,
}

/// The certificate: the day it is made out, the right as it stands that day, what was granted, and the code that tells what became of it since.
pub fn certificate(of: &Certificate<'_>) -> Document {
    let Certificate { authorization, proof, desk, .. } = of;
    let Authorization { id, organisation, content, .. } = authorization;
    let grants = if authorization.state == State::Active { "est habilité à" } else { "a été habilité à" };
    let mut blocks = vec![Block::Paragraph(format!(
        "La présente attestation certifie que l’organisme {}, numéro SIRET {}, {grants} utiliser le bouton FranceConnect pour le service «\u{a0}{}\u{a0}».",
        organisation.name, organisation.siret, content.service.name
    ))];
    blocks.push(Block::Paragraph(format!("{}. {}", proof.verdict(), proof.sentence())));
    blocks.push(Block::Heading("Ce qui est accordé".into()));
    blocks.push(Block::Facts(granted(authorization)));
    blocks.push(Block::Heading("Les données que FranceConnect transmet".into()));
    blocks.push(Block::List(data(content)));
    blocks.push(Block::Heading("La décision".into()));
    blocks.push(Block::Facts(vec![
        Fact::new("Prise le", calendar::day(authorization.granted_at)),
        Fact::new("Par", format!("{}, {}", authorization.author_name, authorization.author_quality)),
        Fact::new("Service", &authorization.author_service),
        Fact::new("Sur la demande", format!("{}, version {}", authorization.application, authorization.version)),
    ]));
    blocks.push(Block::Heading("Vérifier cette attestation".into()));
    blocks.push(Block::Paragraph(format!(
        "Une habilitation peut être remplacée, suspendue ou révoquée après ce jour. Pour savoir si elle est toujours valable, lisez ce code QR avec un téléphone, ou recopiez le code {} sur {}/verification.",
        authorization.code, of.public_url
    )));
    let says = format!("Code QR qui mène à la page de vérification de l’habilitation {id}, code {}", authorization.code);
    blocks.push(Block::Code { address: authorization.code.address(of.public_url), says });
    blocks.push(Block::Aside(format!("Pour le service\n{}\n{}", authorization.author_name, authorization.author_quality)));
    blocks.push(how_to_answer(desk));
    let names = (format!("Attestation de l’habilitation {id}"), format!("Habilitation {id}, code {}", authorization.code));
    letter(desk, organisation.addressee(None), of.now, names, blocks)
}

fn granted(authorization: &Authorization) -> Vec<Fact> {
    let Authorization { organisation, content, .. } = authorization;
    let contacts = &content.contacts;
    let person = |contact: &crate::applications::Contact| format!("{}, {}", contact.full_name(), contact.job_title);
    let url = if content.service.url.is_empty() { "Pas encore en ligne le jour de la décision" } else { &content.service.url };
    let mut facts = vec![Fact::new("Titulaire", format!("{}\nSIRET {}", organisation.name, organisation.siret))];
    if let Some(mandate) = &content.mandate {
        facts.push(Fact::new("Mandataire", format!("{}\nSIRET {}", mandate.vendor.name, mandate.vendor.siret)));
    }
    facts.extend([
        Fact::new("Service", &content.service.name),
        Fact::new("Adresse du service", url),
        Fact::new("Niveau de garantie", content.assurance_level.label()),
        Fact::new("Cadre juridique", &content.legal_basis.nature),
        Fact::new(crate::applications::DATA_CONTROLLER.title, person(&contacts.data_controller)),
        Fact::new(contacts.data_protection_role.title(), person(&contacts.data_protection_officer)),
    ]);
    facts
}

fn data(content: &Content) -> Vec<String> {
    content.requested.scopes.iter().map(|scope| Scope::label(*scope).to_owned()).collect()
}
