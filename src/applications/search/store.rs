//! SQL of searches among demandes.

use sqlx::{Postgres, QueryBuilder};

use super::Search;

/// Narrows a query over `applications a` joined with `organisations o` to what was searched; `name` is the expression that names the
/// organisation for whoever searches. Each word must stand somewhere in the name of the service or of the organisation, accents aside.
pub fn push_search(query: &mut QueryBuilder<Postgres>, search: &Search, name: &'static str) {
    match search {
        Search::Nothing => {}
        Search::Number(id) => drop(query.push(" and a.id = ").push_bind(id.0)),
        Search::Authorization(id) => {
            query.push(" and a.id = (select application_id from authorizations where id = ").push_bind(id.0).push(")");
        }
        Search::Siret(siret) => drop(query.push(" and o.siret = ").push_bind(siret.clone())),
        Search::Siren(siren) => drop(query.push(" and o.siren = ").push_bind(siren.clone())),
        Search::Words(words) => {
            for word in words.split_whitespace() {
                let pattern = format!("%{}%", word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
                query.push(" and (folded(").push(name).push(") like folded(").push_bind(pattern.clone());
                query.push(") or folded(a.service_name) like folded(").push_bind(pattern).push("))");
            }
        }
    }
}
