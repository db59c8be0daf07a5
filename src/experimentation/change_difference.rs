//! What differs between two states of a campaign, in the words people read.

use super::{Campaign, ParticipationEnd, Share};
use crate::{calendar, config::SilenceEffect, criteria::Sector};

/// Something that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// « Nombre de places ».
    pub what: String,
    /// What it was; empty in a new campaign.
    pub before: String,
    /// What it becomes.
    pub after: String,
}

impl Difference {
    /// In one line: « Nombre de places : 100, puis 120 ».
    pub fn sentence(&self) -> String {
        let Self { what, before, after } = self;
        if before.is_empty() { format!("{what}\u{a0}: {after}") } else { format!("{what}\u{a0}: {before}, puis {after}") }
    }
}

/// What differs, in the order of the form. Without a state before, everything is told.
pub fn differences(before: Option<&Campaign>, after: &Campaign) -> Vec<Difference> {
    let told = |campaign: &Campaign| campaign.told();
    match before {
        None => told(after).into_iter().map(|(what, after)| Difference { what, before: String::new(), after }).collect(),
        Some(before) => {
            let changed = told(before).into_iter().zip(told(after)).filter(|((_, before), (_, after))| before != after);
            changed.map(|((what, before), (_, after))| Difference { what, before, after }).collect()
        }
    }
}

impl Campaign {
    /// Everything it says, in the order of the form: a name and a value.
    pub fn told(&self) -> Vec<(String, String)> {
        let text = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let mut told = vec![
            text("Nom", &self.title),
            text("Base légale", &self.legal_basis),
            text("Adresse de la base légale", &self.legal_basis_url),
            text("Premier jour des candidatures", &calendar::written(self.opens_on)),
            text("Dernier jour des candidatures", &calendar::written(self.closes_on)),
            text("Dernier jour de l’expérimentation", &calendar::written(self.ends_on)),
            text("Nombre de places", &self.capacity.to_string()),
            text("Fin de la réserve des secteurs", &calendar::written(self.panel.reserved_until)),
        ];
        told.extend(Sector::ALL.iter().map(|sector| (format!("Places en {}", lower_first(sector.label())), share(self.share(*sector)))));
        told.extend([
            text("Effet du silence", self.silence_effect.map_or("non dit", silence)),
            text("Délai pour confirmer une place", &days(self.panel.answer_within_days)),
            text("Fin d’une participation", self.panel.participation_ends.label()),
            text("Cahier des charges", &self.specification.version),
            text("Adresse du cahier des charges", &self.specification.url),
            text("CGU des fournisseurs de service", &self.terms.version),
            text("Adresse des CGU", &self.terms.url),
        ]);
        told
    }

    /// The share of a sector; nothing kept and nothing forbidden where none is said.
    pub fn share(&self, sector: Sector) -> Share {
        self.panel.shares.get(&sector).copied().unwrap_or(Share { floor: 0, ceiling: self.capacity })
    }
}

impl ParticipationEnd {
    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Anniversary => "un an après l’ouverture de l’accès, ou à la fin de l’expérimentation si elle vient avant",
            Self::Campaign => "à la fin de l’expérimentation",
        }
    }
}

/// « rejet de la candidature (CRPA, article L. 231-4) ».
pub fn silence(effect: SilenceEffect) -> &'static str {
    match effect {
        SilenceEffect::Acceptance => "acceptation de la candidature",
        SilenceEffect::Rejection => "rejet de la candidature",
    }
}

fn share(share: Share) -> String {
    format!("{} gardées, {} au plus", share.floor, share.ceiling)
}

fn days(count: u16) -> String {
    if count == 1 { "1 jour".into() } else { format!("{count} jours") }
}

/// A name in the middle of a sentence.
pub(super) fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;

    #[test]
    fn only_what_differs_is_told() {
        let before = Campaign::example();
        assert_eq!(differences(Some(&before), &before), []);
        let mut after = Campaign { capacity: 120, ends_on: date!(2028 - 03 - 01), ..before.clone() };
        after.panel.shares.insert(Sector::Health, Share { floor: 10, ceiling: 30 });
        let told: Vec<String> = differences(Some(&before), &after).iter().map(Difference::sentence).collect();
        assert_eq!(
            told,
            [
                "Dernier jour de l’expérimentation\u{a0}: 10\u{a0}janvier\u{a0}2028, puis 1er\u{a0}mars\u{a0}2028",
                "Nombre de places\u{a0}: 100, puis 120",
                "Places en santé, social et médico-social\u{a0}: 8 gardées, 30 au plus, puis 10 gardées, 30 au plus",
            ]
        );
    }

    #[test]
    fn whatever_changes_is_told() {
        let before = Campaign::example();
        let mut kept = serde_json::to_value(&before).expect("written");
        for (path, value) in [
            ("/title", "Autre".into()),
            ("/legal_basis", "Autre".into()),
            ("/legal_basis_url", "https://autre.test".into()),
            ("/opens_on", "2027-01-12".into()),
            ("/closes_on", "2027-07-01".into()),
            ("/ends_on", "2028-02-10".into()),
            ("/capacity", serde_json::Value::from(99)),
            ("/silence_effect", "acceptance".into()),
            ("/panel/reserved_until", "2027-05-01".into()),
            ("/panel/shares/location/floor", 7.into()),
            ("/panel/shares/transport/ceiling", 31.into()),
            ("/panel/answer_within_days", 20.into()),
            ("/panel/participation_ends", "campaign".into()),
            ("/specification/version", "Autre".into()),
            ("/specification/url", "https://autre.test".into()),
            ("/terms/version", "Autre".into()),
            ("/terms/url", "https://autre.test".into()),
        ] {
            let was = std::mem::replace(kept.pointer_mut(path).expect("part of a campaign"), value);
            let after: Campaign = serde_json::from_value(kept.clone()).expect("a campaign");
            assert_eq!(differences(Some(&before), &after).len(), 1, "{path}");
            *kept.pointer_mut(path).expect("part of a campaign") = was;
        }
        assert_eq!(kept, serde_json::to_value(&before).expect("written"));
        assert_eq!(differences(None, &before).len(), before.told().len());
    }
}
