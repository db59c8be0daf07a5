//! The pages the law asks for. What only the operator knows is read from the settings; what they left out is said to be missing.

use std::sync::Arc;

use askama::Template;
use axum::extract::State;

use crate::{
    AppState,
    config::Config,
    web::{Frame, Page},
};

/// Who publishes and who hosts (loi 2004-575 du 21 juin 2004 pour la confiance dans l’économie numérique).
#[derive(Debug, Template)]
#[template(path = "welcome/legal_notice.html")]
pub(super) struct LegalNotice {
    frame: Frame,
    config: Arc<Config>,
}

/// What the desk keeps about people, why, how long, and their rights (RGPD, articles 13 and 14).
#[derive(Debug, Template)]
#[template(path = "welcome/personal_data.html")]
pub(super) struct PersonalData {
    frame: Frame,
    config: Arc<Config>,
}

/// The conditions of use of the téléservice, which must be published (CRPA R112-9-2).
#[derive(Debug, Template)]
#[template(path = "welcome/terms_of_use.html")]
pub(super) struct TermsOfUse {
    frame: Frame,
    config: Arc<Config>,
}

/// The accessibility statement, in the form imposed by the RGAA (loi 2005-102, article 47).
#[derive(Debug, Template)]
#[template(path = "welcome/accessibility.html")]
pub(super) struct Accessibility {
    frame: Frame,
    config: Arc<Config>,
}

pub(super) async fn legal_notice(State(state): State<AppState>, frame: Frame) -> Page<LegalNotice> {
    Page(LegalNotice { frame, config: state.config })
}

pub(super) async fn personal_data(State(state): State<AppState>, frame: Frame) -> Page<PersonalData> {
    Page(PersonalData { frame, config: state.config })
}

pub(super) async fn terms_of_use(State(state): State<AppState>, frame: Frame) -> Page<TermsOfUse> {
    Page(TermsOfUse { frame, config: state.config })
}

pub(super) async fn accessibility(State(state): State<AppState>, frame: Frame) -> Page<Accessibility> {
    Page(Accessibility { frame, config: state.config })
}
