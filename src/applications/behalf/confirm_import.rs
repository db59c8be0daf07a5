//! Act: create the drafts of a list of clients.

use std::collections::BTreeMap;

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{
    Import, ImportLine,
    copy::{for_another, save},
    start_for_client,
    store::imports,
};
use crate::{
    applications::{Draft, Kind, draft, store},
    ids::ApplicationId,
    organisations::{Answer, Checksum, Choice, Declaration, Facts, NAME, Siret, TOWN, VerifiedMember, decide, hear},
    problem::Problem,
};

/// Drafts created in one transaction: the journal is everybody's, nobody waits long for it.
const AT_ONCE: usize = 25;

/// Creates the next drafts of a list; whether some remain. Each line starts one draft, however often and by however many tabs it is asked.
///
/// # Errors
/// [`Problem::NotFound`] when the list is not theirs, or the member's confirmation was taken back meanwhile; the database's.
pub async fn confirm_import(
    connection: &mut PgConnection,
    by: &VerifiedMember,
    id: Uuid,
    answers: &BTreeMap<Siret, Answer>,
    now: OffsetDateTime,
) -> Result<bool, Problem> {
    let import = imports::lock(connection, id).await?;
    if import.account != by.person().account || import.vendor != by.organisation() {
        return Err(Problem::NotFound);
    }
    if import.confirmed_at.is_some() {
        return Ok(false);
    }
    let model = match import.copied_from {
        Some(from) => Some((store::find_own(connection, from, import.account).await?, draft::store::find_draft(connection, from).await?)),
        None => None,
    };
    let kind = model.as_ref().map_or(Kind::Administration, |(application, _)| application.kind);
    let mut waiting = import.lines.iter().filter(|line| line.fault.is_none() && line.application.is_none());
    for line in waiting.by_ref().take(AT_ONCE) {
        let model = model.as_ref().map(|(_, draft)| draft);
        if let Some(application) = create(connection, by, &import, line, (kind, model), answers, now).await? {
            imports::save_draft(connection, id, line.number, application).await?;
        }
    }
    let remain = waiting.next().is_some();
    if !remain {
        imports::save_confirmation(connection, id, now).await?;
    }
    Ok(remain)
}

/// The draft of a line: what serves it of the model, then its own cells.
async fn create(
    connection: &mut PgConnection,
    by: &VerifiedMember,
    import: &Import,
    line: &ImportLine,
    (kind, model): (Kind, Option<&Draft>),
    answers: &BTreeMap<Siret, Answer>,
    now: OffsetDateTime,
) -> Result<Option<ApplicationId>, Problem> {
    let Ok((siret, checksum)) = Siret::parse(&line.siret) else { return Ok(None) };
    let Some(facts) = facts(line, &siret, checksum, answers) else { return Ok(None) };
    let Some(id) = start_for_client(connection, by, &facts, kind, import.copied_from, line.start_key, now).await? else { return Ok(None) };
    if matches!(facts, Facts::Declared(_)) {
        hear(connection, &siret, &Answer::Unavailable, now).await?;
    }
    let draft = draft::store::find_draft(connection, id).await?;
    if draft.seen() > 0 {
        return Ok(Some(id));
    }
    for step in draft.form.steps() {
        let copied = model.and_then(|model| model.saved(*step)).map(|saved| for_another(*step, &saved.fields));
        let own: Vec<_> = step.fields().into_iter().filter_map(|field| Some((field.name, line.cells.get(field.name)?))).collect();
        if copied.is_none() && own.is_empty() {
            continue;
        }
        let mut fields = copied.unwrap_or_else(|| draft.fields(*step));
        for (name, cell) in own {
            fields.set(name, cell);
        }
        save(connection, by, id, (*step, &fields), now).await?;
    }
    Ok(Some(id))
}

/// Whose number it is: as the register tells, or as the line does until the register is heard.
fn facts(line: &ImportLine, siret: &Siret, checksum: Checksum, answers: &BTreeMap<Siret, Answer>) -> Option<Facts> {
    match decide(siret.clone(), checksum, answers.get(siret).cloned().unwrap_or(Answer::Unavailable)) {
        Choice::Known(entity) => Some(Facts::Register(entity)),
        Choice::ToDeclare(_) => {
            let cell = |name: &str| line.cells.get(name).map(|cell| crate::text::made_a_line(cell, 100)).unwrap_or_default();
            let name = Some(cell(NAME.name)).filter(|name| !name.is_empty()).unwrap_or_else(|| format!("Organisme {siret}"));
            Some(Facts::Declared(Declaration { siret: siret.clone(), name, town: cell(TOWN.name), partial_disclosure: false }))
        }
        Choice::Refused(_) => None,
    }
}
