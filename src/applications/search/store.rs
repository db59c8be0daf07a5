//! SQL of searches among demandes.

use sqlx::{PgConnection, Postgres, QueryBuilder};

use super::{Search, Word};
use crate::problem::Problem;

/// Words the index looks for at once, each in two places: four ways; the others are looked for in what these find.
const MOST_TOGETHER: usize = 2;

/// Where words are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// For the team: in the documents of received demandes, through their index, each as a whole word or by its stem.
    Words,
    /// In the same documents, inside words too.
    Parts,
    /// For an applicant, among the few they may read, drafts included: in the name of the service and in that expression, which names the
    /// organisation in the words of whoever searches. Nobody else's words are looked at.
    Names(&'static str),
}

/// Narrows a query over `applications a` joined with `organisations o` to what was searched.
pub fn push_search(query: &mut QueryBuilder<Postgres>, search: &Search, reach: Reach) {
    match search {
        Search::Nothing => {}
        Search::Number(id) => drop(query.push(" and a.id = ").push_bind(id.0)),
        Search::Authorization(id) => {
            query.push(" and a.id = (select application_id from authorizations where id = ").push_bind(id.0).push(")");
        }
        Search::Siret(siret) => drop(query.push(" and o.siret = ").push_bind(siret.clone())),
        Search::Siren(siren) => drop(query.push(" and o.siren = ").push_bind(siren.clone())),
        Search::Words(words) => match reach {
            Reach::Words => push_whole_words(query, words),
            Reach::Parts => push_parts(query, words),
            Reach::Names(name) => words.iter().for_each(|word| push_names(query, word, name)),
        },
        Search::Refused(_) => drop(query.push(" and false")),
    }
}

/// How often two words meet is beyond the planner: it would read every demande in order, to find a page of what few of them hold (504 ms where
/// the index needs 9, among 100 000). For one word its statistics are good enough.
fn end_of(words: usize) -> &'static str {
    if words > 1 { " offset 0" } else { "" }
}

fn push_whole_words(query: &mut QueryBuilder<Postgres>, words: &[Word]) {
    query.push(" and a.id in (select d.application_id from application_documents d where d.words @@ (");
    for (place, word) in words.iter().enumerate() {
        query.push(if place == 0 { "whole_word(" } else { " && whole_word(" }).push_bind(word.as_str().to_owned()).push(")");
    }
    query.push(")").push(end_of(words.len())).push(")");
}

/// Each word inside the names, or whole anywhere.
fn push_parts(query: &mut QueryBuilder<Postgres>, words: &[Word]) {
    let mut words: Vec<&Word> = words.iter().collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.as_str().chars().count()));
    let (together, others) = words.split_at(words.len().min(MOST_TOGETHER));
    query.push(" and a.id in (select d.application_id from (select * from application_documents d where false");
    for ways in 0..1_u32 << together.len() {
        push_way(query, together, ways);
    }
    query.push(end_of(words.len())).push(") as d where true");
    for word in others {
        query.push(" and (false");
        push_way(query, &[word], 0);
        push_way(query, &[word], 1);
        query.push(")");
    }
    query.push(")");
}

/// Or each of these words where its bit says: inside the names, or whole anywhere, as those too short for an index by letters always are. Written
/// out, because the index answers to words that are all asked for, and of « this or that » twice it would read both lists whole.
fn push_way(query: &mut QueryBuilder<Postgres>, words: &[&Word], ways: u32) {
    let is_whole = |position: usize| ways >> position & 1 == 1;
    if words.iter().enumerate().any(|(position, word)| matches!(word, Word::Whole(_)) && !is_whole(position)) {
        return;
    }
    query.push(" or (true");
    for (position, word) in words.iter().enumerate() {
        query.push(if is_whole(position) { " and d.words @@ whole_word(" } else { " and d.names like anywhere(" });
        query.push_bind(word.as_str().to_owned()).push(")");
    }
    query.push(")");
}

fn push_names(query: &mut QueryBuilder<Postgres>, word: &Word, name: &'static str) {
    let pattern = format!("%{}%", word.as_str().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
    query.push(" and (folded(").push(name).push(") like folded(").push_bind(pattern.clone());
    query.push(") or folded(a.service_name) like folded(").push_bind(pattern).push("))");
}

/// Writes at most so many of the documents that wait; how many were.
///
/// # Errors
/// The database's.
pub(super) async fn write_waiting(connection: &mut PgConnection, most: i32) -> Result<i64, Problem> {
    Ok(sqlx::query_scalar!(r#"select write_waiting_documents($1) as "written!""#, most).fetch_one(connection).await?)
}
