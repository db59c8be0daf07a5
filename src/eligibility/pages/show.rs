//! `/eligibilite`: the first question without an answer, or the verdict. Everything is in the address, nothing is kept.

use axum::{
    extract::State,
    http::Uri,
    response::{IntoResponse, Redirect, Response},
};

use super::{
    ask::{NUMBER, QuestionPage, SUBMITTED, check},
    known,
    scene::{REVIEWED, Scene},
    told::VerdictPage,
};
use crate::{
    AppState, calendar,
    eligibility::{Answers, Question, address, verdict, walk},
    experimentation,
    fields::Fields,
    problem::Problem,
    web::{ClientAddress, Frame, Page, Refused},
};

pub(super) async fn show(
    State(state): State<AppState>,
    frame: Frame,
    ClientAddress(client): ClientAddress,
    uri: Uri,
) -> Result<Response, Problem> {
    let now = state.clock.now();
    let mut form = Fields::from_query(uri.query().unwrap_or_default());
    let answers = Answers::read(&form);
    let found = known::find(&state, client, &answers, now).await?;
    let day = calendar::paris_day(now);
    let (campaign, experiment) = experimentation::find_state(&mut *state.db.acquire().await?, day).await?;
    let walk = walk(&answers, found.facts(), experiment);
    let scene = Scene { answers, found, campaign, experiment, walk };

    let submitted = form.value(SUBMITTED).to_owned();
    if !submitted.is_empty() {
        let asked = Question::named(&submitted);
        if !check(&mut form, asked, submitted == NUMBER, &scene) {
            let question = asked.or(scene.walk.next.err()).unwrap_or(Question::Who);
            return Ok(Refused(QuestionPage::new(frame, form, question, scene)).into_response());
        }
        return Ok(Redirect::to(&address(&scene.kept())).into_response());
    }
    let reviewed = Question::named(form.value(REVIEWED)).filter(|question| scene.walk.questions().contains(question));
    match (reviewed, scene.walk.next) {
        (Some(question), _) | (None, Err(question)) => Ok(Page(QuestionPage::new(frame, form, question, scene)).into_response()),
        (None, Ok(leaf)) => {
            let verdict = verdict(leaf, &scene.answers, scene.found.facts(), scene.experiment);
            Ok(Page(VerdictPage { frame, config: state.config, verdict, scene }).into_response())
        }
    }
}
