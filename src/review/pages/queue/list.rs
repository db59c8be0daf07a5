//! A page of a list, as addresses carry it: the filter, and from where on it is read.

use url::form_urlencoded::{self, byte_serialize};

use crate::{
    ids::ApplicationId,
    review::queue::{Cursor, Filter},
};

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::review::pages) struct List {
    /// What is shown.
    pub filter: Filter,
    /// From where on.
    pub from: Cursor,
}

impl List {
    /// Reads the query of an address of the queue.
    pub fn parse(query: &str) -> Self {
        let mut from = Cursor::Start;
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match (name.as_ref(), ApplicationId::parse(&value)) {
                ("apres", Some(id)) => from = Cursor::After(id),
                ("avant", Some(id)) => from = Cursor::Before(id),
                _ => {}
            }
        }
        Self { filter: Filter::parse(query), from }
    }

    /// The first page of a list.
    pub fn first(filter: Filter) -> Self {
        Self { filter, from: Cursor::Start }
    }

    /// As the query of an address.
    pub fn query(&self) -> String {
        let place = match self.from {
            Cursor::Start => String::new(),
            Cursor::After(id) => format!("apres={}", id.0),
            Cursor::Before(id) => format!("avant={}", id.0),
        };
        [self.filter.query(), place].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&")
    }

    /// Its address.
    pub fn address(&self) -> String {
        let query = self.query();
        if query.is_empty() { "/instruction".into() } else { format!("/instruction?{query}") }
    }

    /// Its address, on the row of a dossier one comes from.
    pub fn back_from(&self, id: ApplicationId) -> String {
        let address = self.address();
        let joint = if address.contains('?') { '&' } else { '?' };
        format!("{address}{joint}vu={0}#d{0}", id.0)
    }

    /// What takes the list along in the address of a page about a dossier.
    pub fn carried(&self) -> String {
        format!("liste={}", byte_serialize(self.query().as_bytes()).collect::<String>())
    }

    /// The dossier, opened from this list.
    pub fn dossier(&self, id: ApplicationId) -> String {
        format!("/instruction/{}?{}", id.0, self.carried())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_travels_through_addresses() {
        for query in ["", "q=l%27%C3%A9t%C3%A9&etat=toutes", "responsable=moi&apres=12", "tour=avis&avant=7"] {
            let list = List::parse(query);
            assert_eq!(list.query(), query);
            let dossier = list.dossier(ApplicationId(3));
            let carried = form_urlencoded::parse(dossier.split_once('?').map_or("", |(_, query)| query).as_bytes())
                .find(|(name, _)| name == "liste")
                .map(|(_, carried)| List::parse(&carried));
            assert_eq!(carried, Some(list), "{dossier}");
        }
        assert_eq!(List::parse("").back_from(ApplicationId(3)), "/instruction?vu=3#d3");
        assert_eq!(List::parse("tour=avis").back_from(ApplicationId(3)), "/instruction?tour=avis&vu=3#d3");
    }
}
