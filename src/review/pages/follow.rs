//! `/demandes/{numero}`: where the demande stands, whose turn it is, what was decided; for its applicant, and
//! to read for their verified colleagues.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use jiff::civil::Date;
use sqlx::PgConnection;

use crate::{
    AppState,
    applications::{
        self, Act, Application, Asked, Lineage, Objection, Proposal, Section, State as Status, Version, pages::ReadableApplication,
    },
    authorizations::{self, State as RightState},
    calendar,
    config::DeskFacts,
    experimentation::{self, Standing},
    ids::AuthorizationId,
    journal,
    messages::Side,
    notifications::Appeal,
    organisations::{self, Identity},
    problem::Problem,
    review::{
        Decision, Delay, Milestone, Moment, Outcome,
        clock::{ClockWords, SilenceDecision, find_silence_decision, told_to_applicant},
        closing::{Closing, find_closing},
        find_last_decision,
        silence::{Aftermath, find_aftermath},
        store, timeline,
    },
    web::{Frame, Page, StartKey, filters},
};

#[derive(Debug, Template)]
#[template(path = "review/follow.html")]
struct FollowPage {
    frame: Frame,
    application: Application,
    /// Where a candidature stands in the line of its campaign.
    standing: Option<Standing>,
    /// Whether the reader files it; otherwise a colleague does, and the reader only reads.
    is_own: bool,
    version: Version,
    identity: Identity,
    versions: Vec<Version>,
    sections: Vec<Section>,
    /// What the client answers to a demande filed for it.
    objections: Vec<Objection>,
    proposals: Vec<Proposal>,
    decision: Option<Decision>,
    authorization: Option<AuthorizationId>,
    /// What becomes of the right meanwhile, while it is being changed.
    right_state: Option<RightState>,
    /// What the team asks, while it waits for the answer.
    asked: Option<Asked>,
    /// Where the legal clock stands.
    clock: Option<ClockWords>,
    /// What silence decided, if it did.
    silence: Option<SilenceDecision>,
    /// What follows it.
    aftermath: Option<Aftermath>,
    /// How the demande, or the last change of it, was closed.
    closing: Option<Closing>,
    today: Date,
    line: Vec<Milestone>,
    /// What the last decisions took, when there are enough of them.
    delay: Option<Delay>,
    /// Working days left to the date the desk gives itself, while it is not past.
    days_left: u32,
    answer_expected_on: Date,
    lineage: Lineage,
    /// The key of the draft that would resume it.
    start_key: StartKey,
    desk: DeskFacts,
    /// Messages of the team the reader has not seen.
    unread: i64,
}

impl FollowPage {
    /// The Paris date, as templates hand it on.
    fn today(&self) -> Date {
        self.today
    }

    /// The address of the demande.
    fn base(&self) -> String {
        format!("/demandes/{}", self.application.id.0)
    }

    /// How to contest what was decided, since then.
    fn appeal(&self, since: &str) -> Appeal {
        Appeal::of(&self.desk, since)
    }

    /// « Répondre aux 2 points ».
    fn answer(&self) -> String {
        match self.asked.as_ref().map_or(0, |asked| asked.points.len()) {
            0 => "Répondre".into(),
            1 => "Répondre au point demandé".into(),
            count => format!("Répondre aux {count}\u{a0}points"),
        }
    }

    /// What is said of the right while a change of it is asked.
    fn right_stays(&self) -> &'static str {
        self.right_state.map_or("", RightState::while_changed)
    }

    /// The right ended: « est expirée ».
    fn right_is_over(&self) -> Option<&'static str> {
        self.right_state.filter(|state| !state.is_in_force()).map(RightState::while_changed)
    }

    /// The right may not be used for now.
    fn right_is_suspended(&self) -> bool {
        self.right_state == Some(RightState::Suspended)
    }

    /// The last day to confirm the place of a candidature, while its applicant has not.
    fn confirm_by(&self) -> Option<String> {
        self.standing.as_ref()?.answer_by.map(calendar::written)
    }

    /// Silence accepted it: it waits for a signature.
    fn is_accepted(&self) -> bool {
        self.aftermath.as_ref().is_some_and(Aftermath::waits_for_a_signature)
    }

    /// The date the desk gave itself is past.
    fn is_late(&self) -> bool {
        self.answer_expected_on < self.today
    }

    /// « , dans 6 jours ouvrés », while the date the desk gives itself is to come.
    fn in_how_long(&self) -> String {
        match self.days_left {
            0 => String::new(),
            1 => ", dans un jour ouvré".into(),
            count => format!(", dans {count}\u{a0}jours ouvrés"),
        }
    }
}

/// Where a draft leads: it has no page of its own and goes on where it was left; a withdrawn draft is only listed.
async fn of_draft(connection: &mut PgConnection, application: &Application) -> Result<Response, Problem> {
    match application.state {
        Status::Withdrawn => return Ok(Redirect::to("/demandes").into_response()),
        Status::Deleted => return Ok(Redirect::to("/demandes/corbeille").into_response()),
        _ => {}
    }
    let draft = applications::find_draft(connection, application.id).await?;
    let step = draft.first_unfinished().map_or("recapitulatif", applications::Step::slug);
    Ok(Redirect::to(&format!("/demandes/{}/{step}", application.id.0)).into_response())
}

pub(super) async fn show(readable: ReadableApplication, State(state): State<AppState>, frame: Frame) -> Result<Response, Problem> {
    let is_own = readable.is_own();
    let unread = super::messages::unread(&state, Side::Applicant, readable.reader.person(), &readable.application).await?;
    let application = readable.application;
    let mut connection = state.db.acquire().await?;
    if application.version == 0 {
        return of_draft(&mut connection, &application).await;
    }
    let versions = applications::find_versions(&mut connection, application.id).await?;
    let version = versions.iter().find(|version| version.number == application.version).cloned().ok_or(Problem::NotFound)?;
    let entries = journal::find_of_application(&mut connection, application.id).await?;
    let asked = if application.state == Status::ChangesRequested { Asked::last(&entries) } else { None };
    let delay = match application.state {
        Status::Submitted => Delay::of(&store::find_last_waits(&mut connection, application.kind).await?),
        _ => None,
    };
    let (objections, proposals) = applications::find_client_news(&mut connection, application.id).await?;
    let standing = organisations::find_standing(&mut connection, application.organisation).await?;
    let answer_expected_on =
        calendar::working_days_after(calendar::paris_date(version.submitted_at), state.config.desk.desk_target_working_days);
    let lineage = applications::find_lineage(&mut connection, application.id).await?;
    let today = calendar::paris_date(state.clock.now());
    let authorization = authorizations::find_of_application(&mut connection, application.id).await?;
    let page = FollowPage {
        frame,
        standing: experimentation::find_standing(&mut connection, application.id).await?,
        identity: Identity::of(&version.organisation, standing),
        sections: Section::of_content(&version.content),
        objections,
        proposals,
        decision: find_last_decision(&mut connection, application.id).await?,
        right_state: authorizations::find_state(&mut connection, authorization).await?,
        authorization,
        asked,
        clock: told_to_applicant(applications::find_clock(&mut connection, application.id).await?, application.is_change()),
        silence: find_silence_decision(&mut connection, application.id).await?,
        aftermath: find_aftermath(&mut connection, &application).await?,
        closing: find_closing(&mut connection, application.id).await?.filter(|closing| closing.stands(application.state, &versions)),
        today,
        line: timeline(&entries, application.state, is_own),
        delay,
        days_left: calendar::working_days_between(today, answer_expected_on),
        answer_expected_on,
        desk: state.config.desk.clone(),
        lineage: if is_own { lineage } else { lineage.as_others_know_it() },
        start_key: StartKey::fresh(),
        unread,
        application,
        is_own,
        version,
        versions,
    };
    Ok(Page(page).into_response())
}
