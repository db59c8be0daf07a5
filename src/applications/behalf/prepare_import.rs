//! Act: keep a list of clients for its preview. Nothing of it is created.

use std::collections::BTreeMap;

use sqlx::PgConnection;
use time::OffsetDateTime;
use uuid::Uuid;

use super::{FileLine, ImportLine, Model, store::imports};
use crate::{
    applications::{Kind, doubt, service},
    organisations::{self, Answer, Choice, LegalCategory, Siret, VerifiedMember, decide},
    problem::Problem,
};

/// Keeps the lines with what the register's own sources here told of each (`answers`, by SIRET); its number.
///
/// # Errors
/// The database's.
pub async fn prepare_import(
    connection: &mut PgConnection,
    by: &VerifiedMember,
    model: Model,
    lines: Vec<FileLine>,
    answers: &BTreeMap<Siret, Answer>,
    now: OffsetDateTime,
) -> Result<Uuid, Problem> {
    let own = organisations::find(connection, by.organisation()).await?.siret;
    let there = imports::find_filed(connection, by.organisation()).await?;
    let mut before: BTreeMap<(String, String), u64> = BTreeMap::new();
    let mut kept = Vec::new();
    for line in lines {
        let name = line.cells.get(service::NAME.name).cloned().unwrap_or_default();
        let mut known = look(&line, &own, model.preset.kind, answers);
        if known.fault.is_none() {
            let filed = there.iter().find(|filed| filed.siret == known.siret && (name.is_empty() || filed.service_name == name));
            let twice = before.get(&(known.siret.clone(), name.clone()));
            known.fault = match (twice, filed) {
                (Some(first), _) => Some(format!("Ce SIRET est déjà à la ligne {first}.")),
                (None, Some(filed)) => Some(format!("Une demande existe déjà pour ce client : {}.", filed.id)),
                (None, None) => None,
            };
            before.entry((known.siret.clone(), name)).or_insert(line.number);
        }
        kept.push(known);
    }
    imports::add(connection, by.person().account, by.organisation(), model, &kept, now).await
}

/// A line by itself: its SIRET, and whose it is.
fn look(line: &FileLine, own: &Siret, kind: Kind, answers: &BTreeMap<Siret, Answer>) -> ImportLine {
    let mut known = ImportLine {
        number: i32::try_from(line.number).unwrap_or(i32::MAX),
        siret: line.siret.clone(),
        cells: line.cells.iter().map(|(name, cell)| ((*name).to_owned(), cell.clone())).collect(),
        name: None,
        fault: line.fault.clone(),
        note: None,
        start_key: Uuid::new_v4(),
        application: None,
    };
    let (siret, checksum) = match Siret::parse(&line.siret) {
        Ok(parsed) => parsed,
        Err(fault) => {
            known.fault.get_or_insert(fault.to_string());
            return known;
        }
    };
    siret.as_str().clone_into(&mut known.siret);
    if siret == *own {
        known.fault.get_or_insert_with(|| "C’est le SIRET de votre propre organisme.".into());
    }
    match decide(siret.clone(), checksum, answers.get(&siret).cloned().unwrap_or(Answer::Unavailable)) {
        Choice::Known(entity) => {
            known.note = doubt(kind, entity.legal_category.map(LegalCategory::nature)).map(str::to_owned);
            known.name = entity.name;
        }
        Choice::ToDeclare(_) => {}
        Choice::Refused(sentence) => drop(known.fault.get_or_insert(sentence)),
    }
    known
}
