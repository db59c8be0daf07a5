//! A monthly report (S1), as it is typed, imported or sent by a program: one way to read it.

use time::OffsetDateTime;

use super::{Figures, Tenths, figures::grouped};
use crate::{
    attachments::Attachment,
    fields::{Field, Fields},
};

/// Connections through FranceConnect.
pub const FC_CONNECTIONS: Field = Field { name: "connexions_franceconnect", label: "Connexions par FranceConnect" };
/// Connections by any means.
pub const CONNECTIONS: Field = Field { name: "connexions_total", label: "Connexions en tout" };
/// Accounts created through FranceConnect.
pub const FC_ACCOUNTS: Field = Field { name: "comptes_franceconnect", label: "Comptes créés par FranceConnect" };
/// Accounts created by any means.
pub const ACCOUNTS: Field = Field { name: "comptes_total", label: "Comptes créés en tout" };
/// How much of the traffic's growth is due to FranceConnect.
pub const GROWTH: Field = Field { name: "croissance_pourcent", label: "Croissance du trafic due à FranceConnect, en %" };
/// How that was measured.
pub const METHOD: Field = Field { name: "methode", label: "Comment l’avez-vous mesurée ?" };
/// What users say.
pub const WORDS: Field = Field { name: "retours", label: "Retours de vos utilisateurs" };
/// That what looks odd is right.
pub const CONFIRM: Field = Field { name: "confirmation", label: "Vos chiffres, à confirmer" };
/// Why a report is corrected.
pub const BECAUSE: Field = Field { name: "motif", label: "Pourquoi corrigez-vous ce rapport\u{a0}?" };

/// The fields of every report, in the order of the page and of the file.
pub const FIELDS: [Field; 7] = [FC_CONNECTIONS, CONNECTIONS, FC_ACCOUNTS, ACCOUNTS, GROWTH, METHOD, WORDS];

/// The most a month can count.
const MOST: u64 = 100_000_000_000;

/// What a participant says of a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// What was counted.
    pub figures: Figures,
    /// The growth of traffic due to FranceConnect.
    pub growth: Tenths,
    /// How it was measured.
    pub method: String,
    /// What users say, without a name.
    pub words: String,
}

/// A report that was sent, or a correction of it.
#[derive(Clone, Debug)]
pub struct Sent {
    /// From 1; a correction has a higher one.
    pub number: i32,
    /// What it says.
    pub report: Report,
    /// What looked odd and was confirmed, or nothing.
    pub confirmed: String,
    /// Why it was corrected; nothing for the first.
    pub because: String,
    /// It came from a file.
    pub is_imported: bool,
    /// Who sent it, by the name of that day.
    pub author: String,
    /// When.
    pub sent_at: OffsetDateTime,
    /// The files that came with it.
    pub files: Vec<Attachment>,
}

impl Sent {
    /// Its files, for the page.
    pub fn files(&self) -> Vec<&Attachment> {
        self.files.iter().collect()
    }
}

impl Report {
    /// Reads a form, the line of a file, or what a program sends: every mistake is noted beside its field.
    pub fn parse(fields: &mut Fields) -> Option<Self> {
        let connections_through_fc = fields.parse(FC_CONNECTIONS, count);
        let connections = fields.parse(CONNECTIONS, count);
        within(fields, FC_CONNECTIONS, (connections_through_fc, connections), "connexions");
        let accounts_through_fc = fields.parse(FC_ACCOUNTS, count);
        let accounts = fields.parse(ACCOUNTS, count);
        within(fields, FC_ACCOUNTS, (accounts_through_fc, accounts), "comptes créés");
        let growth = fields.parse(GROWTH, Tenths::read);
        let method = fields.paragraph(METHOD, 2000);
        let words = fields.paragraph(WORDS, 5000);
        if !fields.is_valid() {
            return None;
        }
        let figures = Figures {
            connections_through_fc: connections_through_fc?,
            connections: connections?,
            accounts_through_fc: accounts_through_fc?,
            accounts: accounts?,
        };
        Some(Self { figures, growth: growth?, method: method?, words: words? })
    }

    /// As a form shows it, to correct it.
    pub fn as_fields(&self) -> Fields {
        let figures = &self.figures;
        let mut fields = Fields::default();
        for (field, number) in [
            (FC_CONNECTIONS, figures.connections_through_fc),
            (CONNECTIONS, figures.connections),
            (FC_ACCOUNTS, figures.accounts_through_fc),
            (ACCOUNTS, figures.accounts),
        ] {
            fields.set(field.name, grouped(number));
        }
        fields.set(GROWTH.name, self.growth.typed());
        fields.set(METHOD.name, self.method.as_str());
        fields.set(WORDS.name, self.words.as_str());
        fields
    }
}

/// Two numbers typed, a part and its whole, once both can be read and agree.
pub fn typed_pair(fields: &Fields, part: Field, whole: Field) -> Option<(u64, u64)> {
    let (part, whole) = (count(fields.value(part.name)).ok()?, count(fields.value(whole.name)).ok()?);
    (part <= whole).then_some((part, whole))
}

/// A part is not more than its whole.
fn within(fields: &mut Fields, part: Field, counted: (Option<u64>, Option<u64>), what: &str) {
    if let (Some(through), Some(all)) = counted
        && through > all
    {
        let (through, all) = (grouped(through), grouped(all));
        fields
            .refuse(part, format!("{through} {what} par FranceConnect, c’est plus que les {all} en tout. Corrigez l’un des deux nombres."));
    }
}

/// A whole number, digits grouped or not; nothing is not zero.
fn count(typed: &str) -> Result<u64, &'static str> {
    let digits: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    if digits.is_empty() {
        return Err("Indiquez un nombre ; 0 s’il n’y en a pas eu.");
    }
    match digits.parse::<u64>() {
        Ok(count) if count <= MOST && digits.bytes().all(|byte| byte.is_ascii_digit()) => Ok(count),
        _ => Err("Indiquez un nombre entier, sans lettre ni signe. Exemple\u{a0}: 17\u{a0}240"),
    }
}

#[cfg(test)]
impl Report {
    /// A month of a small service.
    pub(super) fn example() -> Self {
        Self {
            figures: Figures { connections_through_fc: 4_812, connections: 17_240, accounts_through_fc: 391, accounts: 1_021 },
            growth: Tenths(32),
            method: "Comparaison avec l’an dernier.".into(),
            words: "« C’est plus rapide. »".into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_sent_is_read_back_to_be_corrected() {
        let report = Report::example();
        assert_eq!(Report::parse(&mut report.as_fields()), Some(report));
    }

    #[test]
    fn a_part_is_not_more_than_its_whole() {
        let mut fields = Report::example().as_fields();
        fields.set(FC_CONNECTIONS.name, "17 241");
        fields.set(FC_ACCOUNTS.name, "5000");
        assert_eq!(Report::parse(&mut fields), None);
        let said = fields.error(FC_CONNECTIONS.name).expect("an error");
        assert_eq!(
            said,
            "17\u{a0}241 connexions par FranceConnect, c’est plus que les 17\u{a0}240 en tout. Corrigez l’un des deux nombres."
        );
        assert!(fields.error(FC_ACCOUNTS.name).is_some() && fields.errors().len() == 2);
    }

    #[test]
    fn every_mistake_is_told_at_once() {
        let mut fields = Fields::default();
        assert_eq!(Report::parse(&mut fields), None);
        assert_eq!(fields.errors().len(), FIELDS.len());
        for typed in ["-1", "12,5", "douze", "1e9", "100000000001", "99999999999999999999"] {
            assert!(count(typed).is_err(), "{typed}");
        }
        assert_eq!((count("17\u{202f}240"), count("0")), (Ok(17_240), Ok(0)));
    }
}
