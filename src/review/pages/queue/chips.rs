//! What narrows a list, in words, each with the list that is left without it.

use super::List;
use crate::{
    accounts::Person,
    applications::AssuranceLevel,
    review::queue::{Filter, OwnerChoice, Standing},
};

/// A filter that is on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chip {
    /// « Type : Candidature ».
    pub words: String,
    /// The address of the list without it.
    pub without: String,
}

/// « Substantiel ».
pub(super) fn level_in_a_word(level: AssuranceLevel) -> &'static str {
    match level {
        AssuranceLevel::Low => "Faible",
        AssuranceLevel::Substantial => "Substantiel",
    }
}

/// Who an owner's filter names.
fn owner_in_words(owner: OwnerChoice, team: &[Person]) -> String {
    match owner {
        OwnerChoice::Me => "vous".into(),
        OwnerChoice::Nobody => "personne".into(),
        OwnerChoice::Colleague(account) => {
            team.iter().find(|person| person.account == account).map_or_else(|| "ancien collègue".into(), Person::full_name)
        }
    }
}

/// Every filter that is on; what a list does when nothing is chosen is one too, since it hides what was decided.
pub(super) fn chips(filter: &Filter, team: &[Person]) -> Vec<Chip> {
    let mut chips = Vec::new();
    let mut add = |words: String, without: Filter| chips.push(Chip { words, without: List::first(without).address() });
    let all = || filter.clone();
    if !filter.text.is_empty() {
        add(format!("Recherche\u{a0}: {}", filter.text), Filter { text: String::new(), ..all() });
    }
    if let Some(kind) = filter.kind {
        add(format!("Type\u{a0}: {}", kind.label()), Filter { kind: None, ..all() });
    }
    if let Some(sector) = filter.sector {
        add(format!("Secteur\u{a0}: {}", sector.label()), Filter { sector: None, ..all() });
    }
    if let Some(level) = filter.level {
        add(format!("Niveau\u{a0}: {}", level_in_a_word(level)), Filter { level: None, ..all() });
    }
    if let Some(turn) = filter.turn {
        add(format!("Chez qui\u{a0}: {}", turn.label()), Filter { turn: None, ..all() });
    }
    if let Some(owner) = filter.owner {
        add(format!("Responsable\u{a0}: {}", owner_in_words(owner, team)), Filter { owner: None, ..all() });
    }
    if let Some(place) = filter.place {
        add(place.label().into(), Filter { place: None, ..all() });
    }
    if filter.is_late {
        add("En retard".into(), Filter { is_late: false, ..all() });
    }
    match (filter.standing, filter.listed()) {
        (_, Standing::Any) => {}
        (None, standing) => add(standing.label().into(), Filter { standing: Some(Standing::Any), ..all() }),
        (Some(_), standing) => add(format!("État\u{a0}: {}", standing.label()), Filter { standing: Some(Standing::Any), ..all() }),
    }
    chips
}

/// What a list shows, in a line: the ready list it is, or what narrows it.
pub(in crate::review::pages) fn in_words(filter: &Filter, team: &[Person]) -> String {
    let chips = chips(filter, team);
    match filter.preset() {
        Some(preset) => preset.label().into(),
        None if chips.is_empty() => filter.listed().label().into(),
        None => chips.into_iter().map(|chip| chip.words).collect::<Vec<_>>().join(", "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(query: &str) -> Vec<(String, String)> {
        chips(&Filter::parse(query), &[]).into_iter().map(|chip| (chip.words.replace('\u{a0}', " "), chip.without)).collect()
    }

    #[test]
    fn each_filter_can_be_taken_away_and_the_others_stay() {
        assert_eq!(words(""), [("Sans décision".to_owned(), "/instruction?etat=toutes".to_owned())]);
        assert_eq!(words("etat=toutes"), []);
        assert_eq!(
            words("tour=avis&responsable=moi&etat=a-instruire"),
            [
                ("Chez qui : Avis attendu".to_owned(), "/instruction?responsable=moi&etat=a-instruire".to_owned()),
                ("Responsable : vous".to_owned(), "/instruction?tour=avis&etat=a-instruire".to_owned()),
                ("État : En cours d’instruction".to_owned(), "/instruction?tour=avis&responsable=moi&etat=toutes".to_owned()),
            ]
        );
        assert_eq!(
            words("place=en-attente&etat=a-completer"),
            [
                ("En attente d’une place".to_owned(), "/instruction?etat=a-completer".to_owned()),
                ("État : À compléter".to_owned(), "/instruction?place=en-attente&etat=toutes".to_owned()),
            ]
        );
        assert_eq!(words("place=accordee"), [("Place accordée".to_owned(), "/instruction".to_owned())]);
        assert_eq!(words("q=clamart"), [("Recherche : clamart".to_owned(), "/instruction".to_owned())]);
    }
}
