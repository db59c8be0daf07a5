//! The page of a verdict.

use std::sync::Arc;

use askama::Template;

use super::{ask::NUMBER, known::Found, scene::Scene};
use crate::{
    config::Config,
    criteria::Rule,
    eligibility::{Act, Case, Mark, Outcome, Profile, SectorAnswer, Verdict},
    web::Frame,
};

#[derive(Debug, Template)]
#[template(path = "eligibility/verdict.html")]
pub(super) struct VerdictPage {
    pub frame: Frame,
    pub config: Arc<Config>,
    pub verdict: Verdict,
    pub scene: Scene,
}

impl VerdictPage {
    /// Who it is about, above the title: « Institut Belleroche, Éducation et enseignement supérieur ».
    fn about(&self) -> Option<String> {
        let name = self.scene.found.organisation().map(|organisation| organisation.identity.name.clone());
        let sector = self
            .scene
            .answers
            .sector
            .and_then(SectorAnswer::sector)
            .filter(|_| self.verdict.leaf.is_of_the_experiment())
            .map(|sector| sector.label().to_owned());
        let parts: Vec<String> = [name, sector].into_iter().flatten().collect();
        (!parts.is_empty()).then(|| parts.join(" – "))
    }

    /// Whose questions they could prepare, as the address of the list names them.
    fn questions(&self) -> Option<&'static str> {
        if !self.verdict.way_is_open() {
            return None;
        }
        let answers = &self.scene.answers;
        let of_case = |case| match case {
            Case::AddressChange => Some("changement-adresse"),
            Case::IdentityCheck => Some("verification-identite"),
            Case::Experiment => Some("experimentation"),
            Case::Neither => None,
        };
        match answers.profile {
            Some(Profile::Administration | Profile::Vendor) => Some("administration"),
            Some(Profile::Private) => answers.case.and_then(of_case),
            Some(Profile::Individual) | None => None,
        }
    }

    /// A message to the desk, with the list to fill in.
    fn letter(&self, subject: &str) -> String {
        let list = self.verdict.to_prepare.iter().map(|item| format!("- {} :\r\n", item.title));
        let body = format!("Bonjour,\r\n\r\nMon organisme souhaite utiliser FranceConnect.\r\n\r\n{}\r\n", list.collect::<String>());
        let encode = |text: &str| url::form_urlencoded::byte_serialize(text.as_bytes()).collect::<String>().replace('+', "%20");
        format!("mailto:{}?subject={}&body={}", self.config.desk.desk_email, encode(subject), encode(&body))
    }
}
