//! `/instruction/{numero}/pieces`: ask for the items the texts require, with a time limit that moves the legal clock.

use askama::Template;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use jiff::civil::Date;
use tower_sessions::Session;

use super::extract::Dossier;
use crate::{
    AppState,
    accounts::{self, Reviewer},
    applications::{self, Act, Application, Version},
    calendar,
    config::SilenceEffect,
    fields::{Field, Fields},
    problem::Problem,
    review::clock::{LEAST_DAYS, MOST_ITEMS, MissingItem, MissingItems, ask_missing_items},
    web::{Frame, Notice, Page, tell},
};

const LIMIT: Field = Field { name: "limit_on", label: "Dernier jour pour les envoyer" };

/// What is missing, and the text that requires it, line by line.
const ROWS: [(Field, Field); MOST_ITEMS] = [
    (Field { name: "what_1", label: "Pièce ou information 1" }, Field { name: "required_by_1", label: "Texte qui exige la pièce 1" }),
    (Field { name: "what_2", label: "Pièce ou information 2" }, Field { name: "required_by_2", label: "Texte qui exige la pièce 2" }),
    (Field { name: "what_3", label: "Pièce ou information 3" }, Field { name: "required_by_3", label: "Texte qui exige la pièce 3" }),
    (Field { name: "what_4", label: "Pièce ou information 4" }, Field { name: "required_by_4", label: "Texte qui exige la pièce 4" }),
    (Field { name: "what_5", label: "Pièce ou information 5" }, Field { name: "required_by_5", label: "Texte qui exige la pièce 5" }),
    (Field { name: "what_6", label: "Pièce ou information 6" }, Field { name: "required_by_6", label: "Texte qui exige la pièce 6" }),
];

/// Characters of one line.
const MOST: usize = 300;

#[derive(Debug, Template)]
#[template(path = "review/clock/missing_items.html")]
struct MissingItemsPage {
    frame: Frame,
    application: Application,
    version: Version,
    form: Fields,
    /// Somebody was faster: the sentence that says so.
    late: Option<String>,
    author: String,
    quality: String,
}

/// The lines of the form; those after the third are folded while empty.
fn first_rows() -> &'static [(Field, Field)] {
    &ROWS[..3]
}

fn other_rows() -> &'static [(Field, Field)] {
    &ROWS[3..]
}

impl MissingItemsPage {
    fn are_others_used(&self) -> bool {
        other_rows().iter().any(|(what, law)| !self.form.value(what.name).is_empty() || !self.form.value(law.name).is_empty())
    }

    /// What the request does to the clock of this demande.
    fn rule(&self) -> &'static str {
        match self.version.silence_effect {
            Some(SilenceEffect::Rejection) => {
                "Le délai au terme duquel le silence vaut rejet s’arrête aujourd’hui. Il reprend quand les pièces arrivent, ou après le dernier jour que vous fixez."
            }
            Some(SilenceEffect::Acceptance) => {
                "Le délai au terme duquel le silence vaut acceptation ne court plus. Les deux mois recommencent le jour où toutes les pièces sont arrivées."
            }
            None => "Aucun délai légal ne court pour une administration\u{a0}: le dernier jour que vous fixez sert à la relancer.",
        }
    }
}

fn read(form: &mut Fields, today: Date) -> Option<MissingItems> {
    let mut items = Vec::new();
    for (what, law) in ROWS {
        let (what_said, law_said) = (form.optional_line(what, MOST), form.optional_line(law, MOST));
        if let (Some(said), Some(required_by)) = (what_said, law_said) {
            match (said.is_empty(), required_by.is_empty()) {
                (true, true) => {}
                (false, false) => items.push(MissingItem { what: said, required_by }),
                (true, false) => form.refuse(what, "Dites ce qui manque, ou effacez le texte qui l’exige."),
                (false, true) => form.refuse(
                    law,
                    "Citez le texte qui l’exige. Si aucun ne l’exige, demandez plutôt des modifications\u{a0}: le délai légal ne bouge pas.",
                ),
            }
        }
    }
    let limit_on = form.parse(LIMIT, |typed| {
        let typed: Date = typed.parse().map_err(|_| "Choisissez une date.".to_owned())?;
        MissingItems::check_limit(typed, today)
    });
    if items.is_empty() && form.errors().iter().all(|error| error.name == LIMIT.name) {
        form.refuse(ROWS[0].0, "Dites ce qui manque.");
    }
    let limit_on = limit_on?;
    form.is_valid().then_some(MissingItems { items, limit_on })
}

async fn prepare(
    reviewer: &Reviewer,
    application: Application,
    form: Fields,
    state: &AppState,
    frame: Frame,
) -> Result<MissingItemsPage, Problem> {
    let mut connection = state.db.acquire().await?;
    let version = applications::find_version(&mut connection, application.id, application.version).await?;
    let author = crate::review::decisions::author(reviewer, &state.config.desk.desk_service);
    Ok(MissingItemsPage { frame, application, version, form, late: None, author: author.name, quality: author.quality })
}

pub(super) async fn show(
    reviewer: Reviewer,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    mut frame: Frame,
) -> Result<Response, Problem> {
    let dossier = format!("/instruction/{}", application.id.0);
    if !application.state.allows(Act::RequestChanges) {
        return Ok(Redirect::to(&dossier).into_response());
    }
    let mut transaction = state.db.begin().await?;
    let kept = accounts::take_kept_form(&mut transaction, reviewer.person().account, &format!("{dossier}/pieces")).await?;
    transaction.commit().await?;
    let form = kept.unwrap_or_else(|| {
        let mut form = Fields::default();
        form.set(LIMIT.name, calendar::days_after(calendar::paris_date(state.clock.now()), LEAST_DAYS).to_string());
        form
    });
    if !form.value(ROWS[0].0.name).is_empty() {
        frame.notice.get_or_insert_with(|| Notice {
            sentence: "Votre session avait expiré\u{a0}: voici ce que vous étiez en train d’écrire. Rien n’a été envoyé.".into(),
        });
    }
    Ok(Page(prepare(&reviewer, application, form, &state, frame).await?).into_response())
}

pub(super) async fn ask(
    reviewer: Reviewer,
    Dossier(application): Dossier,
    State(state): State<AppState>,
    session: Session,
    frame: Frame,
    mut form: Fields,
) -> Result<Response, Problem> {
    let shown: i32 =
        form.value("version").parse().map_err(|_| Problem::BadRequest("Rouvrez le dossier avant de demander des pièces.".into()))?;
    let now = state.clock.now();
    let Some(asked) = read(&mut form, calendar::paris_date(now)) else {
        let page = prepare(&reviewer, application, form, &state, frame).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, Page(page)).into_response());
    };
    let id = application.id;
    let mut transaction = state.db.begin().await?;
    let done = ask_missing_items(&mut transaction, &reviewer, id, shown, &asked, &state.config.desk.desk_service, now).await;
    match done {
        Ok(()) => {
            transaction.commit().await?;
            let limit = calendar::date_in_full(asked.limit_on);
            tell(&session, format!("Les pièces manquantes de {id} sont demandées au demandeur, jusqu’au {limit}.")).await?;
            Ok(Redirect::to(&format!("/instruction/{}", id.0)).into_response())
        }
        // Somebody was faster: what was typed is given back with who decided what.
        Err(Problem::NotPossible { sentence, .. }) => {
            drop(transaction);
            let application = applications::find(&mut *state.db.acquire().await?, id).await?;
            let mut page = prepare(&reviewer, application, form, &state, frame).await?;
            page.late = Some(sentence);
            Ok((StatusCode::CONFLICT, Page(page)).into_response())
        }
        Err(problem) => Err(problem),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    const TODAY: Date = date(2026, 12, 3);

    fn form(pairs: &[(&str, &str)]) -> Fields {
        Fields::from_pairs(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn only_lines_that_are_filled_are_asked_each_with_its_text() {
        let mut typed =
            form(&[("what_2", "Les statuts"), ("required_by_2", "Arrêté, article 3"), ("what_4", " "), ("limit_on", "2026-12-24")]);
        let asked = read(&mut typed, TODAY).expect("as written above");
        assert_eq!(asked.items, [MissingItem { what: "Les statuts".into(), required_by: "Arrêté, article 3".into() }]);
        assert_eq!(asked.limit_on, date(2026, 12, 24));
    }

    #[test]
    fn nothing_is_asked_without_a_text_without_a_limit_or_without_an_item() {
        for (typed, field) in [
            (vec![("what_1", "Les statuts"), ("limit_on", "2026-12-24")], "required_by_1"),
            (vec![("required_by_3", "Arrêté"), ("limit_on", "2026-12-24")], "what_3"),
            (vec![("limit_on", "2026-12-24")], "what_1"),
            (vec![("what_1", "Les statuts"), ("required_by_1", "Arrêté"), ("limit_on", "2026-12-10")], "limit_on"),
            (vec![("what_1", "Les statuts"), ("required_by_1", "Arrêté"), ("limit_on", "demain")], "limit_on"),
        ] {
            let mut form = form(&typed);
            assert_eq!(read(&mut form, TODAY), None, "{typed:?}");
            assert!(form.error(field).is_some(), "{typed:?}: {:?}", form.errors());
        }
    }
}
