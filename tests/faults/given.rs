//! What a fault finds: people signed in, demandes ready to be handed in.

use habilitation::{
    accounts::{Applicant, DEMO_PEOPLE, DemoPerson, Passwords, Person, Role, create_demo_person, hash_demo_password},
    applications::{self, Form, Kind, save_step, start},
    clock::Clock,
    fields::Fields,
    ids::ApplicationId,
    organisations::{self, Facts, Register},
};
use sqlx::{PgConnection, PgPool};
use uuid::Uuid;

use crate::{
    answers::{CLAMART, answers, attested},
    browser::{Answer, Browser, Lost},
    desk::{Desk, Place},
};

/// Those who fill the demandes in.
const APPLICANTS: [&str; 3] = ["demandeur@demo.test", "editeur@demo.test", "entreprise@demo.test"];

/// A demande with nothing missing, not yet handed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its number.
    pub id: ApplicationId,
    /// The state its owner reread.
    pub seen: i32,
    /// Whose, in the order of [`applicants`].
    owner: usize,
}

/// The applicants, signed in.
pub async fn applicants(desk: &Desk) -> Vec<Browser> {
    let mut browsers = Vec::new();
    for email in APPLICANTS {
        browsers.push(desk.browser().sign_in(email).await);
    }
    browsers
}

/// Brings them before another desk, with what their browsers keep.
pub fn move_to(applicants: &mut [Browser], desk: &Desk) {
    for browser in applicants {
        *browser = browser.at(desk.address);
    }
}

/// That many complete drafts, through the acts the pages call.
pub async fn complete_drafts(place: &Place, count: usize) -> Vec<Draft> {
    let database = place.database().await;
    let mut people = Vec::new();
    for email in APPLICANTS {
        people.push(Applicant::new(person(&database, DEMO_PEOPLE.iter().find(|person| person.email == email).unwrap()).await));
    }
    let choice = organisations::choose(&database, &Register::sample(), CLAMART, Clock::System.now()).await.unwrap();
    let facts = choice.facts(&mut Fields::default()).unwrap();
    let mut drafts = Vec::new();
    for number in 0..count {
        let owner = number % people.len();
        let mut transaction = database.begin().await.unwrap();
        let id = complete_draft(&mut transaction, &people[owner], &facts).await;
        let seen = applications::find_draft(&mut transaction, id).await.unwrap().seen();
        transaction.commit().await.unwrap();
        drafts.push(Draft { id, seen, owner });
    }
    database.close().await;
    drafts
}

async fn complete_draft(connection: &mut PgConnection, by: &Applicant, facts: &Facts) -> ApplicationId {
    let now = Clock::System.now();
    let organisation = organisations::start_for(connection, by, facts, now).await.unwrap();
    let id = start(connection, by, Kind::Administration, organisation, Uuid::new_v4(), now).await.unwrap();
    for step in Form::of(Kind::Administration).steps() {
        let typed = answers(*step).into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        save_step(connection, by, id, *step, &mut Fields::from_pairs(typed), 0, now).await.unwrap();
    }
    id
}

/// A second reviewer, beside the demonstration's: « Nadia Rousseau ».
pub async fn another_reviewer(place: &Place, email: &str) {
    let database = place.database().await;
    let nadia = DemoPerson {
        email,
        given_name: "Nadia",
        family_name: "Rousseau",
        job_title: "Chargée d’instruction",
        phone: "",
        roles: &[Role::Reviewer],
    };
    person(&database, &nadia).await;
    database.close().await;
}

/// Makes somebody whose password is the demonstration's; whoever is there already stays as they are.
async fn person(database: &PgPool, person: &DemoPerson<'_>) -> Person {
    let password = hash_demo_password(&Passwords::new()).await.unwrap();
    let mut transaction = database.begin().await.unwrap();
    let made = create_demo_person(&mut transaction, person, &password, Clock::System.now()).await.unwrap();
    transaction.commit().await.unwrap();
    made
}

impl Draft {
    /// The browser of its owner.
    pub fn owner<'a>(&self, applicants: &'a mut [Browser]) -> &'a mut Browser {
        &mut applicants[self.owner]
    }

    /// Hands it in, as the button of the summary does.
    pub async fn hand_in(&self, browser: &mut Browser) -> Result<Answer, Lost> {
        browser.post(&format!("/demandes/{}/depot", self.id.0), &attested(&self.seen.to_string())).await
    }

    /// Where its receipt is.
    pub fn receipt(&self) -> String {
        format!("/demandes/{}/recepisse", self.id.0)
    }
}
