//! `/instruction/{numero}/presence`: a script says once a minute that the dossier is still on somebody's screen, and is told who else is there.

use axum::extract::State;

use super::List;
use crate::{
    AppState,
    accounts::Staff,
    ids::ApplicationId,
    problem::Problem,
    review::{
        pages::extract::Dossier,
        queue::{Looked, look},
    },
};

pub(in crate::review::pages) async fn stay(
    staff: Staff,
    Dossier(application): Dossier,
    State(state): State<AppState>,
) -> Result<String, Problem> {
    Ok(in_words(&seen(&state, &staff, application.id, None).await?.others))
}

/// Writes down that somebody sees the dossier, and from which list.
pub(in crate::review::pages) async fn seen(
    state: &AppState,
    staff: &Staff,
    id: ApplicationId,
    list: Option<&List>,
) -> Result<Looked, Problem> {
    let query = list.map(List::query);
    let mut transaction = state.db.begin().await?;
    let looked = look(&mut transaction, staff, id, query.as_deref(), state.clock.now()).await?;
    transaction.commit().await?;
    Ok(looked)
}

/// « Samir Benali consulte ce dossier. »
pub(in crate::review::pages) fn in_words(others: &[String]) -> String {
    match others.split_last() {
        None => String::new(),
        Some((only, [])) => format!("{only} consulte ce dossier."),
        Some((last, first)) => format!("{} et {last} consultent ce dossier.", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn those_who_are_there_are_named() {
        let names = ["Samir Benali", "Hugo Lemaire", "Nadia Ferrand"].map(String::from);
        assert_eq!(in_words(&names[..0]), "");
        assert_eq!(in_words(&names[..1]), "Samir Benali consulte ce dossier.");
        assert_eq!(in_words(&names), "Samir Benali, Hugo Lemaire et Nadia Ferrand consultent ce dossier.");
    }
}
