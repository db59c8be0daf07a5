//! « Suis-je éligible ? »: the decision table, the pages, and what each sentence of the published page is answered by.

mod pages;
mod source_page;
mod verdicts;

use habilitation::{
    eligibility::Facts,
    experimentation::ExperimentState,
    organisations::{Answer, Register, Siret},
};
use time::{Date, macros::date};

/// Invented organisations of the extract.
const ASSOCIATION: &str = "00041287400018";
const YOUNG: &str = "00041295700011";
const SOLE_TRADER: &str = "00061502100011";
const CLOSED_WITH_ANOTHER_OPEN: &str = "00071603500019";
const COMMUNE: &str = "00081704900018";
const FOREIGN: &str = "00091805200010";
const GIP: &str = "00092007400010";
const CEASED_COMMUNE: &str = "00093108900015";

const TODAY: Date = date!(2026 - 12 - 03);

/// What the extract tells of a number on 3 December 2026.
async fn facts(siret: &str) -> Facts {
    let (siret, _) = Siret::parse(siret).unwrap();
    match Register::sample().look_up(&siret).await {
        Answer::Known(entity) => Facts { entity, day: TODAY },
        other => panic!("{other:?}"),
    }
}

/// One of each.
fn every_state() -> [ExperimentState; 6] {
    let (opens_on, closes_on, ends_on) = (date!(2027 - 01 - 11), date!(2027 - 06 - 30), date!(2028 - 01 - 10));
    [
        ExperimentState::None,
        ExperimentState::NotYetOpen { opens_on },
        ExperimentState::Open { free: 27, capacity: 100, closes_on },
        ExperimentState::Full { waiting: 3, capacity: 100, closes_on },
        ExperimentState::Closed { closed_on: closes_on, ends_on },
        ExperimentState::Ended { ended_on: ends_on },
    ]
}
