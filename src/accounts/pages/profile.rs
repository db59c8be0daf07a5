//! `/compte`: what a person says of themself, and the way to their password and sessions.

use askama::Template;
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use tower_sessions::Session;

use crate::{
    AppState,
    accounts::{
        Applicant, Phone, Role,
        change_profile::{Profile, change_profile},
        parse_person_name,
        person::PhoneFault,
    },
    fields::{Field, Fields},
    problem::Problem,
    web::{Audience, Frame, Page, Refused, Routes, tell},
};

const GIVEN_NAME: Field = Field { name: "given_name", label: "Prénom" };
const FAMILY_NAME: Field = Field { name: "family_name", label: "Nom" };
const JOB_TITLE: Field = Field { name: "job_title", label: "Fonction" };
const PHONE: Field = Field { name: "phone", label: "Téléphone" };

pub(super) fn routes() -> Routes<AppState> {
    Routes::new().get(Audience::SignedIn, "/compte", show).post(Audience::SignedIn, "/compte", save)
}

#[derive(Template)]
#[template(path = "accounts/profile.html")]
struct ProfilePage {
    frame: Frame,
    form: Fields,
    email: String,
    roles: String,
}

impl ProfilePage {
    fn new(frame: Frame, form: Fields, by: &Applicant) -> Self {
        let person = by.person();
        let roles = Role::labels(&person.roles);
        Self { frame, form, email: person.email.to_string(), roles }
    }
}

async fn show(by: Applicant, frame: Frame) -> Response {
    let person = by.person();
    let mut form = Fields::default();
    form.set(GIVEN_NAME.name, &person.given_name);
    form.set(FAMILY_NAME.name, &person.family_name);
    form.set(JOB_TITLE.name, &person.job_title);
    form.set(PHONE.name, Phone::parse(&person.phone).map(|phone| phone.for_reading()).unwrap_or_default());
    Page(ProfilePage::new(frame, form, &by)).into_response()
}

fn check(form: &mut Fields) -> Option<Profile> {
    let given_name = form.parse(GIVEN_NAME, parse_person_name);
    let family_name = form.parse(FAMILY_NAME, parse_person_name);
    let job_title = form.optional_line(JOB_TITLE, 100);
    let phone = form.parse(PHONE, |typed| match Phone::parse(typed) {
        Err(PhoneFault::Empty) => Ok(None),
        other => other.map(Some),
    });
    Some(Profile { given_name: given_name?, family_name: family_name?, job_title: job_title?, phone: phone? })
}

async fn save(State(state): State<AppState>, by: Applicant, session: Session, frame: Frame, mut form: Fields) -> Result<Response, Problem> {
    let Some(profile) = check(&mut form) else { return Ok(Refused(ProfilePage::new(frame, form, &by)).into_response()) };
    let mut transaction = state.db.begin().await?;
    let changed = change_profile(&mut transaction, &by, profile, state.clock.now()).await?;
    transaction.commit().await?;
    tell(&session, if changed { "Votre profil est enregistré." } else { "Rien n’a changé dans votre profil." }).await?;
    Ok(Redirect::to("/compte").into_response())
}
