//! Letters about the places of the experiment: reserved, in another sector, to confirm, lost, given back.

use habilitation::{
    experimentation::{Offer, news},
    ids::AuthorizationId,
    notifications::{AboutApplication, Letter, LineNews, Passage},
    participation::words,
};
use jiff::civil::date;

/// One of each.
pub fn of_places(about: &AboutApplication, say: impl Fn(&str) -> String) -> Vec<Letter> {
    let offer =
        Offer { id: 1, application: about.application, offered_on: date(2026, 12, 3), answer_by: date(2026, 12, 18), confirmed: None };
    let said = |says: Vec<Passage>| -> Vec<Passage> {
        says.into_iter().map(|passage| Passage::new(say(&passage.title), passage.says.iter().map(|line| say(line)))).collect()
    };
    let in_line = |news, says| Letter::LineNews { about: about.clone(), news, says: said(says) };
    let of_place =
        |(news, says)| Letter::OfParticipation { about: about.clone(), authorization: AuthorizationId(12), news, says: said(says) };
    let corrected =
        news::of_sector("Santé, social et médico-social", "Le service tient un dossier de soins.", "Cette candidature attend une place.");
    vec![
        in_line(LineNews::PlaceReserved, news::of_reserved()),
        in_line(LineNews::SectorCorrected, corrected),
        of_place(words::of_place_to_confirm(&offer, date(2026, 12, 11))),
        of_place(words::of_lapsed_place(&offer)),
        of_place(words::of_place_given_back()),
    ]
}
