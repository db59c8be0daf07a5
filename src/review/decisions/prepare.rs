//! Act: prepare a decision.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{super::open, approve, decision::Outcome, ground::Ground, prepared::Prepared, refuse, store};
use crate::{
    accounts::{self, Reviewer, Role},
    applications::Kind,
    ids::ApplicationId,
    journal::{self, DecisionFact, Subject},
    notifications::{self, DecisionLetter},
    problem::Problem,
};

/// What one of the team writes.
#[derive(Clone, Debug)]
pub struct Writing {
    /// The version they read.
    pub shown: i32,
    /// The revision they read of what was prepared before; 0 when nothing was.
    pub read: i32,
    /// To approve, or to refuse.
    pub outcome: Outcome,
    /// In law, for a refusal.
    pub ground: Option<Ground>,
    /// What the letter says after « En droit, », for a refusal.
    pub in_law: String,
    /// In fact, or a word to the applicant.
    pub message: String,
}

/// Writes a decision to be signed, in the place of the one they read, if any. Nothing is decided: the applicant sees no change. For a
/// candidature, which somebody else signs, the signatories are told. The revision to sign.
///
/// # Errors
/// [`Problem::NotPossible`] when somebody decided, signed or prepared meanwhile or another version arrived, or when the decision could not
/// be taken today; [`Problem::Forbidden`] for one's own demande or organisation; the database's.
pub async fn prepare(
    connection: &mut PgConnection,
    by: &Reviewer,
    id: ApplicationId,
    writing: Writing,
    now: OffsetDateTime,
) -> Result<i32, Problem> {
    let open = open::lock(connection, by, id, writing.shown, writing.outcome).await?;
    match writing.ground {
        Some(ground) => refuse::check_ground(connection, &open.application, ground, now).await?,
        None => approve::wait_for_others(connection, id).await?,
    }
    let before = store::find_prepared(connection, id).await?;
    if let Some(before) = before.filter(|before| before.version == open.version.number) {
        before.refuse_if_signed()?;
        let is_mine = before.prepared_by == by.person().account && before.returned.is_none();
        if is_mine && before.says(writing.outcome, writing.ground, &writing.in_law, &writing.message) {
            return Ok(before.revision);
        }
        refuse_unread(&before, writing.read)?;
    }
    let revision = store::save_prepared(connection, by.person().account, id, &writing, now).await?;
    let event = DecisionFact::DecisionPrepared { version: writing.shown, outcome: writing.outcome.to_string() }.into();
    let subject = Subject::application(id, open.application.organisation);
    journal::record(connection, &by.by(), subject, &event, now).await?;
    if open.application.kind == Kind::Experiment {
        let letter = DecisionLetter::DecisionToSign { about: open.version.about(id), prepared_by: by.person().full_name() }.into();
        for signatory in accounts::find_by_role(connection, Role::Signatory).await? {
            if signatory.account != by.person().account {
                let occasion = format!("{id} prepared {revision}");
                notifications::enqueue(connection, &occasion, &signatory.as_recipient(), &letter, now).await?;
            }
        }
    }
    Ok(revision)
}

/// What somebody else prepared, or sent back, is read before it is written over.
fn refuse_unread(before: &Prepared, read: i32) -> Result<(), Problem> {
    if before.revision == read {
        return Ok(());
    }
    let happened = before.returned.as_ref().map_or_else(|| before.sentence(), super::prepared::Returned::sentence);
    let sentence = format!("{happened} Relisez avant de le remplacer : rien n’a été enregistré.");
    Err(Problem::not_possible_but(sentence, "Lire ce qui est préparé", before.address()))
}
