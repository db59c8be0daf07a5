//! What users say, quoted exactly from a report: nobody's name, nor the participant's.

use serde::{Deserialize, Serialize};
use time::OffsetDateTime;

use crate::{
    ids::{ApplicationId, AuthorizationId, ExcerptId},
    participation::Month,
};

/// Letters of a passage at most.
pub const MOST_LETTERS: usize = 1000;

/// What a passage is about.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, strum::EnumString, strum::Display, strum::VariantArray,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Tag {
    /// It is easy.
    Simplicity,
    /// It is quick.
    Speed,
    /// It inspires trust, or does not.
    Trust,
    /// Something does not work.
    Difficulty,
    /// With a handicap, or an old device.
    Accessibility,
    /// Help that was needed, or given.
    Support,
    /// What becomes of data.
    Privacy,
}

impl Tag {
    /// All, in their order.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// Its name.
    pub fn label(self) -> &'static str {
        match self {
            Self::Simplicity => "Simplicité",
            Self::Speed => "Rapidité",
            Self::Trust => "Confiance",
            Self::Difficulty => "Difficulté technique",
            Self::Accessibility => "Accessibilité",
            Self::Support => "Accompagnement",
            Self::Privacy => "Protection des données",
        }
    }
}

/// A report's own words, to choose from: its last version.
#[derive(Clone, Debug)]
pub struct Source {
    /// Whose report.
    pub application: ApplicationId,
    /// The right in force, or the last one.
    pub authorization: AuthorizationId,
    /// The participant.
    pub holder: String,
    /// Its service.
    pub service: String,
    /// The month.
    pub month: Month,
    /// The version.
    pub number: i32,
    /// What users say.
    pub words: String,
    /// Passages of it that are chosen.
    pub chosen: i64,
}

/// A passage that was chosen.
#[derive(Clone, Debug)]
pub struct Excerpt {
    /// Its number.
    pub id: ExcerptId,
    /// Whose report.
    pub application: ApplicationId,
    /// The participant, for those who answer for campaigns alone.
    pub holder: String,
    /// The month.
    pub month: Month,
    /// The passage.
    pub words: String,
    /// What it is about.
    pub tags: Vec<Tag>,
    /// Who chose it, by the name of that day.
    pub chosen_by: String,
    /// When.
    pub chosen_at: OffsetDateTime,
    /// Whether the report still says it: a correction may have taken it out, and then it is not published.
    pub is_current: bool,
}

/// A passage as everybody reads it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// The passage.
    pub words: String,
    /// What it is about.
    pub tags: Vec<Tag>,
}

/// Why a passage cannot be chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExcerptFault {
    /// The report does not say it.
    #[error(
        "Ce passage ne se trouve pas tel quel dans le rapport. Copiez-le sans rien y changer, pas même un espace\u{a0}; vous pouvez seulement \
         en retirer le début et la fin."
    )]
    NotExact,
    /// It says whose it is.
    #[error(
        "Ce passage nomme le participant ou son service\u{a0}: le bilan public ne nomme personne. Choisissez un passage plus court, sans ce nom."
    )]
    NamesParticipant,
}

impl Source {
    /// Whether a passage may be quoted.
    ///
    /// # Errors
    /// [`ExcerptFault`].
    pub fn check(&self, passage: &str) -> Result<(), ExcerptFault> {
        if !self.words.contains(passage) {
            return Err(ExcerptFault::NotExact);
        }
        let said = plain(passage);
        let is_named = |name: &str| !plain(name).is_empty() && format!(" {said} ").contains(&format!(" {} ", plain(name)));
        if is_named(&self.holder) || is_named(&self.service) {
            return Err(ExcerptFault::NamesParticipant);
        }
        Ok(())
    }
}

/// Words in lower case, one space between them.
fn plain(text: &str) -> String {
    let letters: String = text.to_lowercase().chars().map(|letter| if letter.is_alphanumeric() { letter } else { ' ' }).collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source() -> Source {
        Source {
            application: ApplicationId(1),
            authorization: AuthorizationId(1),
            holder: "ATELIERS DU MARAIS".into(),
            service: "Espace des adhérents".into(),
            month: Month::parse("2027-05").expect("a month"),
            number: 1,
            words: "« C’est plus rapide. »\nLes Ateliers du Marais sont plus simples.\nL’espace  des adhérents aussi.".into(),
            chosen: 0,
        }
    }

    #[test]
    fn a_passage_is_exact_and_names_nobody() {
        let source = source();
        for (passage, expected) in [
            ("« C’est plus rapide. »", Ok(())),
            ("plus rapide", Ok(())),
            ("C'est plus rapide.", Err(ExcerptFault::NotExact)),
            ("plus  rapide", Err(ExcerptFault::NotExact)),
            ("Les Ateliers du Marais sont plus simples.", Err(ExcerptFault::NamesParticipant)),
            ("L’espace  des adhérents aussi.", Err(ExcerptFault::NamesParticipant)),
            ("sont plus simples", Ok(())),
        ] {
            assert_eq!(source.check(passage), expected, "{passage}");
        }
    }

    #[test]
    fn a_participant_without_a_name_is_not_found_everywhere() {
        let nameless = Source { holder: " ".into(), service: "-".into(), ..source() };
        assert_eq!(nameless.check("sont plus simples"), Ok(()));
    }

    #[test]
    fn tags_are_those_the_database_knows() {
        let migration = include_str!("../../migrations/0048_assessment.sql");
        assert!(Tag::ALL.iter().all(|tag| migration.contains(&format!("'{tag}'"))));
        assert_eq!(migration.matches("'simplicity', 'speed'").count(), 1);
    }
}
