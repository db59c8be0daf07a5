//! People: how they come in, stay, and leave.

mod kept_forms;
mod letters;
mod limits;
mod new_password;
mod profile;
mod sessions;
mod sign_in;
mod sign_up;
mod staff;
mod tidy;

use habilitation::notifications::Letter;
use uuid::Uuid;

use crate::support::{TestSite, Visitor};

/// The letters waiting for an address, oldest first.
async fn letters_to(site: &TestSite, email: &str) -> Vec<Letter> {
    site.outbox_of(email).await.iter().map(|letter| letter.letter().unwrap()).collect()
}

/// The path of the link in the last letter to an address.
async fn last_link_to(site: &TestSite, email: &str) -> String {
    site.state.secret.link_path(link(letters_to(site, email).await.last().unwrap()))
}

fn link(letter: &Letter) -> Uuid {
    match letter {
        Letter::ConfirmAddress { link, .. } | Letter::ChoosePassword { link, .. } | Letter::StaffInvitation { link, .. } => *link,
        other => panic!("no link in {other:?}"),
    }
}

/// What the journal says happened, in order.
async fn journal(site: &TestSite) -> Vec<String> {
    sqlx::query_scalar("select event from journal order by id").fetch_all(&site.state.db).await.unwrap()
}

/// Whether this browser may open a page of its own.
async fn is_signed_in(visitor: &mut Visitor) -> bool {
    visitor.get("/compte").await.status == 200
}

async fn count(site: &TestSite, query: &'static str) -> i64 {
    sqlx::query_scalar(query).fetch_one(&site.state.db).await.unwrap()
}
