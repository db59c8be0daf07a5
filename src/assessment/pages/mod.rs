//! `/experimentation/bilan`: the assessment as everybody reads it; `/administration/campagnes/{campagne}/bilan`: where it is made.

mod draft;
mod preview;
mod public;
mod words;

use crate::{
    AppState,
    ids::CampaignId,
    problem::Problem,
    web::{Audience, Routes},
};

/// The routes of this slice.
pub fn routes() -> Routes<AppState> {
    Routes::new()
        .get(Audience::Anyone, "/experimentation/bilan", public::show)
        .get(Audience::Anyone, "/experimentation/bilan.csv", public::csv)
        .get(Audience::Anyone, "/experimentation/bilan.xlsx", public::xlsx)
        .get(Audience::Anyone, "/experimentation/bilan.pdf", public::pdf)
        .get(Audience::Campaigns, "/administration/campagnes/{campagne}/bilan", draft::show)
        .post(Audience::Campaigns, "/administration/campagnes/{campagne}/bilan", draft::save)
        .get(Audience::Campaigns, "/administration/campagnes/{campagne}/bilan/apercu", preview::show)
        .post(Audience::Campaigns, "/administration/campagnes/{campagne}/bilan/publication", preview::publish_it)
        .get(Audience::Campaigns, "/administration/campagnes/{campagne}/bilan/retours", words::list)
        .get(Audience::Campaigns, "/administration/campagnes/{campagne}/bilan/retours/{numero}/{mois}", words::show)
        .post(Audience::Campaigns, "/administration/campagnes/{campagne}/bilan/retours/{numero}/{mois}", words::choose)
        .post(Audience::Campaigns, "/administration/campagnes/{campagne}/bilan/extraits/{extrait}/retrait", words::remove)
}

/// The campaign a path names.
fn campaign(typed: &str) -> Result<CampaignId, Problem> {
    CampaignId::parse(typed).ok_or(Problem::NotFound)
}

/// Where the assessment of a campaign is made.
fn workshop(campaign: CampaignId) -> String {
    format!("/administration/campagnes/{campaign}/bilan")
}
