//! Act: create the drafts of a list of clients.

use std::collections::BTreeMap;

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{Import, ImportLine, Model, copied::Copying, copy::save, start_for_client, store::imports};
use crate::{
    accounts::Applicant,
    applications::{Draft, draft, propose, store},
    fields::Fields,
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
    let content = match import.model.copied_from {
        Some(from) => {
            store::find_own(connection, from, import.account).await?;
            Some(draft::store::find_draft(connection, from).await?)
        }
        None => None,
    };
    let mut waiting = import.lines.iter().filter(|line| line.fault.is_none() && line.application.is_none());
    for line in waiting.by_ref().take(AT_ONCE) {
        if let Some(application) = create(connection, by, &import, line, content.as_ref(), answers, now).await? {
            imports::save_draft(connection, id, line.number, application).await?;
        }
    }
    let remain = waiting.next().is_some();
    if !remain {
        imports::save_confirmation(connection, id, now).await?;
    }
    Ok(remain)
}

/// The draft of a line: what serves it of the model, or what its kind proposes, then its own cells.
async fn create(
    connection: &mut PgConnection,
    by: &VerifiedMember,
    import: &Import,
    line: &ImportLine,
    content: Option<&Draft>,
    answers: &BTreeMap<Siret, Answer>,
    now: OffsetDateTime,
) -> Result<Option<ApplicationId>, Problem> {
    let Ok((siret, checksum)) = Siret::parse(&line.siret) else { return Ok(None) };
    let Some(facts) = facts(line, &siret, checksum, answers) else { return Ok(None) };
    let Model { preset, copied_from } = import.model;
    let Some(id) = start_for_client(connection, by, &facts, preset.kind, copied_from, line.start_key, now).await? else { return Ok(None) };
    if matches!(facts, Facts::Declared(_)) {
        hear(connection, &siret, &Answer::Unavailable, now).await?;
    }
    if content.is_none() {
        let category = facts.entity(now).legal_category;
        propose(connection, &Applicant::new(by.person().clone()), id, &preset.prefilled(&Fields::default(), category)).await?;
    }
    let draft = draft::store::find_draft(connection, id).await?;
    if draft.seen() > 0 {
        return Ok(Some(id));
    }
    let copying = Copying { by: &by.person().email, vendor: draft.form.on_behalf.as_ref() };
    for step in draft.form.steps() {
        let copied = content.and_then(|content| content.saved(*step)).and_then(|saved| copying.of(*step, &saved.fields));
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
