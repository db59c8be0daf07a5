//! SQL of searches among demandes.

use sqlx::{PgConnection, Postgres, QueryBuilder};

use super::{Search, Word};
use crate::problem::Problem;

/// Words the index looks for at once, each in two places: eight ways; the others are looked for in what these find.
const MOST_TOGETHER: usize = 3;

/// Where words are looked for.
#[derive(Clone, Copy, Debug)]
pub enum Reach {
    /// For the team: in the documents of received demandes, through their indexes.
    Documents,
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
            Reach::Documents => push_documents(query, words),
            Reach::Names(name) => words.iter().for_each(|word| push_names(query, word, name)),
        },
        Search::Refused(_) => drop(query.push(" and false")),
    }
}

/// Each word in the names or among the stems.
fn push_documents(query: &mut QueryBuilder<Postgres>, words: &[Word]) {
    let mut words: Vec<&Word> = words.iter().collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.as_str().chars().count()));
    let (together, others) = words.split_at(words.len().min(MOST_TOGETHER));
    query.push(" and a.id in (select d.application_id from (select * from application_documents d where false");
    for ways in 0..1_u32 << together.len() {
        push_way(query, together, ways);
    }
    // How often two words meet is beyond the planner: it would read every demande in order, to find a page of what few of them hold (504 ms
    // where the index needs 9, among 100 000). For one word its statistics are good enough.
    query.push(if words.len() > 1 { " offset 0) as d where true" } else { ") as d where true" });
    for word in others {
        query.push(" and (false");
        push_way(query, &[word], 0);
        push_way(query, &[word], 1);
        query.push(")");
    }
    query.push(")");
}

/// Or each of these words where its bit says: in the names, or among the stems. Written out, because the index answers to words that are all
/// asked for, and of « this or that » twice it would read both lists whole.
fn push_way(query: &mut QueryBuilder<Postgres>, words: &[&Word], ways: u32) {
    let among_stems = |position: usize| ways >> position & 1 == 1;
    if words.iter().enumerate().any(|(position, word)| matches!(word, Word::Whole(_)) && among_stems(position)) {
        return;
    }
    query.push(" or (true");
    for (position, word) in words.iter().enumerate() {
        match word {
            Word::Part(part) if among_stems(position) => query.push(" and d.words @@ stem_of(").push_bind(part.clone()).push(")"),
            Word::Part(part) => query.push(" and d.names like anywhere(").push_bind(part.clone()).push(")"),
            Word::Whole(whole) => query.push(" and d.words @@ plainto_tsquery('simple', searchable(").push_bind(whole.clone()).push("))"),
        };
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
