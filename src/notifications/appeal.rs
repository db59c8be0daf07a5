//! How to contest a decision, in the words of every letter, paper and page.

use crate::config::DeskFacts;

/// The periods and ways of appeal (CRPA L410-1, L411-2, L411-7; CJA R421-1 to R421-5).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appeal {
    /// How long, since when.
    pub opening: String,
    /// To the author of the decision, or above.
    pub to_the_service: String,
    /// Before the judge; [`Self::on_line`] comes next.
    pub to_the_court: String,
    /// The address where the judge is seized.
    pub on_line: String,
    /// What the first does to the period of the second.
    pub afterwards: String,
}

impl Appeal {
    /// What a desk tells of a decision that binds since then: « du jour où vous recevez cette lettre ».
    pub fn of(desk: &DeskFacts, since: &str) -> Self {
        let DeskFacts { desk_service, desk_address, desk_email, desk_court, desk_court_url, .. } = desk;
        Self {
            opening: format!("Vous avez deux mois, à compter {since}, pour former l’un de ces recours\u{a0}:"),
            to_the_service: format!(
                "Demander au service de revoir sa décision (recours gracieux) ou à son supérieur hiérarchique de le faire (recours hiérarchique), par lettre à {desk_service}, {desk_address}, ou par message à {desk_email} (code des relations entre le public et l’administration, articles L.\u{a0}410-1 et L.\u{a0}411-2)."
            ),
            to_the_court: format!(
                "Saisir le {desk_court} (code de justice administrative, articles R.\u{a0}421-1 à R.\u{a0}421-5), par courrier ou en ligne\u{a0}:"
            ),
            on_line: desk_court_url.clone(),
            afterwards: "Un recours gracieux ou hiérarchique fait dans ces deux mois interrompt le délai\u{a0}: vous aurez de nouveau deux mois pour saisir le tribunal, à compter de la réponse. Sans réponse deux mois après sa réception, ce recours est rejeté (article L.\u{a0}411-7 du premier code) et les deux mois courent à partir de ce moment.".into(),
        }
    }
}
