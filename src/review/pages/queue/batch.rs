//! Giving several dossiers of a list to somebody at once: each is given by itself, and what became of each is told.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;

use super::{
    List,
    hand_over::{LONGEST_WORD, WORD},
    show::prepare,
};
use crate::{
    AppState,
    accounts::Reviewer,
    fields::Fields,
    ids::{AccountId, ApplicationId},
    problem::Problem,
    review::queue::{self, Handing, PAGE},
    web::{Frame, Page, tell},
};

/// A ticked row: « 12:5 », the dossier and who answered for it on the page; nobody when nothing stands after the colon.
fn picked(value: &str) -> Option<(ApplicationId, Option<AccountId>)> {
    let (id, owner) = value.split_once(':')?;
    Some((ApplicationId::parse(id)?, AccountId::parse(owner)))
}

pub(in crate::review::pages) async fn assign_ticked(
    reviewer: Reviewer,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let list = List::parse(form.value("liste"));
    let ticked: Vec<_> = form.values("d").filter_map(picked).take(PAGE).collect();
    let Some(to) = AccountId::parse(form.value("to")).filter(|_| !ticked.is_empty()) else {
        let sentence = "Rien n’a été confié\u{a0}: cochez au moins un dossier, et choisissez la personne qui en répondra.";
        return again(&state, &reviewer, (list, frame, form), StatusCode::UNPROCESSABLE_ENTITY, sentence.into()).await;
    };
    let Some(word) = form.optional_line(WORD, LONGEST_WORD) else {
        let sentence = format!("Rien n’a été confié\u{a0}: le mot tient sur une ligne, en {LONGEST_WORD}\u{a0}caractères au plus.");
        return again(&state, &reviewer, (list, frame, form), StatusCode::UNPROCESSABLE_ENTITY, sentence).await;
    };
    let mut outcomes = Outcomes::default();
    for (id, seen) in ticked {
        outcomes.add(id, give(&state, &reviewer, id, Handing { to, seen, word: word.clone() }).await)?;
    }
    if !outcomes.refused.is_empty() {
        form.set_all("d", outcomes.left.iter().map(|id| format!("{}:", id.0)));
        return again(&state, &reviewer, (list, frame, form), StatusCode::CONFLICT, outcomes.in_words()).await;
    }
    tell(&session, outcomes.in_words()).await?;
    Ok(Redirect::to(&list.address()).into_response())
}

/// The list again, with what was not done, the word that was typed and the rows that are left.
async fn again(
    state: &AppState,
    reviewer: &Reviewer,
    (list, frame, form): (List, Frame, Fields),
    status: StatusCode,
    sentence: String,
) -> Result<Response, Problem> {
    let page = prepare(state, (reviewer.person(), true), list, frame).await?;
    Ok((status, Page(page.again(sentence, form))).into_response())
}

async fn give(state: &AppState, reviewer: &Reviewer, id: ApplicationId, handing: Handing) -> Result<String, Problem> {
    let mut transaction = state.db.begin().await?;
    let name = queue::assign(&mut transaction, reviewer, id, handing, state.clock.now()).await?;
    transaction.commit().await?;
    Ok(name)
}

/// What became of each row.
#[derive(Debug, Default)]
struct Outcomes {
    given: Vec<ApplicationId>,
    to: String,
    refused: Vec<String>,
    /// Those that were not given.
    left: Vec<ApplicationId>,
}

impl Outcomes {
    /// Keeps an outcome; a fault of ours ends the whole.
    fn add(&mut self, id: ApplicationId, outcome: Result<String, Problem>) -> Result<(), Problem> {
        let sentence = match outcome {
            Ok(name) => {
                self.given.push(id);
                self.to = name;
                return Ok(());
            }
            Err(Problem::NotPossible { sentence, .. }) => sentence,
            Err(Problem::Forbidden(sentence)) => sentence.into_owned(),
            Err(Problem::NotFound) => "ce dossier n’existe pas.".into(),
            Err(problem) => return Err(problem),
        };
        self.refused.push(format!("{id}\u{a0}: {sentence}"));
        self.left.push(id);
        Ok(())
    }

    fn in_words(&self) -> String {
        let numbers: Vec<String> = self.given.iter().map(ToString::to_string).collect();
        let given = match numbers.split_last() {
            None => "Aucun dossier n’a été confié.".to_owned(),
            Some((only, [])) => format!("{only} est confié à {}.", self.to),
            Some((last, others)) => format!("{} et {last} sont confiés à {}.", others.join(", "), self.to),
        };
        [given].iter().chain(&self.refused).map(String::as_str).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_became_of_each_row_is_told() {
        let mut outcomes = Outcomes::default();
        let mut add = |number, outcome| outcomes.add(ApplicationId(number), outcome).expect("as written here");
        add(1, Ok("Samir Benali".into()));
        add(2, Err(Problem::not_possible("Hugo Lemaire a pris le dossier D2.")));
        add(3, Ok("Samir Benali".into()));
        assert_eq!(
            outcomes.in_words().replace('\u{a0}', " "),
            "D1 et D3 sont confiés à Samir Benali. D2 : Hugo Lemaire a pris le dossier D2."
        );
        assert_eq!(Outcomes::default().in_words(), "Aucun dossier n’a été confié.");
    }

    #[test]
    fn a_ticked_row_says_who_had_it() {
        assert_eq!(picked("12:5"), Some((ApplicationId(12), Some(AccountId(5)))));
        assert_eq!(picked("12:"), Some((ApplicationId(12), None)));
        assert_eq!(picked("12"), None);
    }
}
