//! Act: save the present view of the queue under a name, for oneself. A preference: the journal keeps nothing of it.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{Filter, MOST_VIEWS, store::view};
use crate::{accounts::Staff, problem::Problem};

/// Saves a view; the one of that name is replaced.
///
/// # Errors
/// [`Problem::NotPossible`] when somebody has as many as one can find again; the database's.
pub async fn save_view(connection: &mut PgConnection, by: &Staff, name: &str, filter: &Filter, now: OffsetDateTime) -> Result<(), Problem> {
    let account = by.person().account;
    let known = view::find_views(connection, account).await?;
    if known.len() >= MOST_VIEWS && known.iter().all(|view| view.name != name) {
        let sentence = format!("Vous avez déjà {MOST_VIEWS}\u{a0}vues enregistrées\u{a0}: supprimez-en une avant d’enregistrer celle-ci.");
        return Err(Problem::not_possible_but(sentence, "Revenir à la file", format!("/instruction?{}", filter.query())));
    }
    view::save_view(connection, account, name, filter, now).await
}
