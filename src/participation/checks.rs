//! What the figures of a month say beside those of the last one and those before FranceConnect, in sentences; and what must be confirmed.

use super::{
    Figures, Month, Report, Tenths,
    figures::grouped,
    report::{ACCOUNTS, CONNECTIONS, FC_ACCOUNTS, FC_CONNECTIONS, WORDS},
};
use crate::{
    applications::Baseline,
    fields::{Field, Fields},
    personal_traces,
};

/// Below that number a month may do anything: two connections after one are no doubling.
const FEW: u64 = 50;

/// A number that falls under its half, or rises above its double, is to be confirmed.
const JUMP: u64 = 2;

/// The month before, to compare with.
#[derive(Clone, Copy, Debug)]
pub struct Before {
    /// Which.
    pub month: Month,
    /// Its figures.
    pub figures: Figures,
    /// Both this month and that one are whole: their numbers, and not only their shares, compare.
    pub is_whole: bool,
}

/// What a month is compared with.
#[derive(Clone, Copy, Debug)]
pub struct Comparing<'a> {
    /// The month before, when its report was received.
    pub before: Option<Before>,
    /// An ordinary month before FranceConnect.
    pub baseline: &'a Baseline,
    /// The month is whole: it compares with an ordinary one.
    pub is_whole: bool,
}

/// Something that looks odd and may be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// Where.
    pub field: Field,
    /// Why, and what to do.
    pub sentence: String,
}

/// Everything odd in a report: numbers that jump, words that look like somebody's data.
pub fn doubts(report: &Report, with: &Comparing<'_>) -> Vec<Doubt> {
    let now = &report.figures;
    let mut found = Vec::new();
    let mut look = |field: Field, before: u64, after: u64, than: &str| {
        if let Some(sentence) = jump(field, before, after, than) {
            found.push(Doubt { field, sentence });
        }
    };
    match with.before {
        Some(Before { month, figures, is_whole: true }) => {
            let than = format!("en {}", month.in_full());
            look(FC_CONNECTIONS, figures.connections_through_fc, now.connections_through_fc, &than);
            look(CONNECTIONS, figures.connections, now.connections, &than);
            look(FC_ACCOUNTS, figures.accounts_through_fc, now.accounts_through_fc, &than);
            look(ACCOUNTS, figures.accounts, now.accounts, &than);
        }
        _ if with.is_whole => {
            let than = "dans un mois ordinaire avant FranceConnect";
            look(CONNECTIONS, with.baseline.monthly_connections, now.connections, than);
            look(ACCOUNTS, with.baseline.monthly_accounts, now.accounts, than);
        }
        _ => {}
    }
    if now.accounts > now.connections {
        let sentence = format!(
            "{} comptes créés pour {} connexions : qui crée un compte se connecte d’ordinaire.",
            grouped(now.accounts),
            grouped(now.connections)
        );
        found.push(Doubt { field: ACCOUNTS, sentence });
    }
    if let Some(seen) = personal_traces::seen(&report.words) {
        let sentence = format!("Ce texte semble contenir {seen}. Il peut être cité dans le bilan : retirez ce qui désigne une personne.");
        found.push(Doubt { field: WORDS, sentence });
    }
    found
}

/// What the box that confirms is worth: another doubt needs another confirmation.
pub fn confirmation(doubts: &[Doubt]) -> String {
    let mut names: Vec<&str> = doubts.iter().map(|doubt| doubt.field.name).collect();
    names.dedup();
    names.join(" ")
}

/// Whether what is odd was confirmed as it was read; when it was not, the box says so.
pub fn are_confirmed(doubts: &[Doubt], form: &mut Fields, at: Field) -> bool {
    let are_confirmed = doubts.is_empty() || form.value(at.name) == confirmation(doubts);
    if !are_confirmed {
        form.refuse(at, "Relisez ce qui est signalé\u{a0}: corrigez-le, ou cochez la case pour le confirmer.");
    }
    are_confirmed
}

/// What was odd and confirmed, as it is kept.
pub fn sentences(doubts: &[Doubt]) -> String {
    doubts.iter().map(|doubt| doubt.sentence.as_str()).collect::<Vec<_>>().join("\n")
}

fn jump(field: Field, before: u64, after: u64, than: &str) -> Option<String> {
    let (low, high) = (before.min(after), before.max(after));
    if high < FEW || high <= low.saturating_mul(JUMP) {
        return None;
    }
    let change = match Tenths::growth(before, after) {
        Some(growth) => format!(", soit {}", growth.signed()),
        None => String::new(),
    };
    let direction = if after > before { "plus du double" } else { "moins de la moitié" };
    Some(format!("{} : {}, {direction} de ce qui était compté {than} ({}{change}).", field.label, grouped(after), grouped(before)))
}

/// What the connections of a month say.
pub fn connections_say(figures: &Figures, before: Option<&Before>) -> Option<String> {
    share_says(figures.share_of_connections(), before.map(|before| (before.month, before.figures.share_of_connections())), "connexions")
}

/// What the accounts created in a month say.
pub fn accounts_say(figures: &Figures, before: Option<&Before>) -> Option<String> {
    share_says(figures.share_of_accounts(), before.map(|before| (before.month, before.figures.share_of_accounts())), "créations de compte")
}

/// « 27,9 % des connexions, 2,8 points de plus qu’en octobre. »
fn share_says(share: Option<Tenths>, before: Option<(Month, Option<Tenths>)>, what: &str) -> Option<String> {
    let share = share?;
    let said = format!("{share} des {what}");
    let Some((month, Some(earlier))) = before else { return Some(format!("{said}.")) };
    let difference = Tenths(share.0 - earlier.0);
    let points = format!("{}\u{a0}point{}", difference.points(), if difference.0.abs() < 20 { "" } else { "s" });
    Some(match difference.0 {
        0 => format!("{said}, comme en {}.", month.name()),
        1.. => format!("{said}, {points} de plus qu’en {}.", month.name()),
        _ => format!("{said}, {points} de moins qu’en {}.", month.name()),
    })
}

/// A month beside an ordinary one before FranceConnect: connections, then accounts.
pub fn beside_baseline(figures: &Figures, baseline: &Baseline) -> Vec<String> {
    let say = |now: u64, before: u64, what: &str| {
        let change = Tenths::growth(before, now).map(|growth| format!(" ({})", growth.signed())).unwrap_or_default();
        format!("{} {what}, contre {} dans un mois ordinaire avant FranceConnect{change}.", grouped(now), grouped(before))
    };
    vec![
        say(figures.connections, baseline.monthly_connections, "connexions"),
        say(figures.accounts, baseline.monthly_accounts, "comptes créés"),
    ]
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn baseline() -> Baseline {
        Baseline { monthly_connections: 15_900, monthly_accounts: 812, monthly_traffic: 40_000, method: "Matomo.".into() }
    }

    fn october(is_whole: bool) -> Before {
        let figures = Figures { connections_through_fc: 4_106, connections: 16_358, accounts_through_fc: 344, accounts: 961 };
        Before { month: Month::parse("2026-10").expect("a month"), figures, is_whole }
    }

    fn doubted(report: &Report, before: Option<Before>, is_whole: bool) -> Vec<&'static str> {
        doubts(report, &Comparing { before, baseline: &baseline(), is_whole }).iter().map(|doubt| doubt.field.name).collect()
    }

    #[test]
    fn a_month_is_told_beside_the_last_one() {
        let figures = Report::example().figures;
        let before = october(true);
        assert_eq!(
            connections_say(&figures, Some(&before)).as_deref(),
            Some("27,9\u{a0}% des connexions, 2,8\u{a0}points de plus qu’en octobre.")
        );
        assert_eq!(
            accounts_say(&figures, Some(&before)).as_deref(),
            Some("38,3\u{a0}% des créations de compte, 2,5\u{a0}points de plus qu’en octobre.")
        );
        assert_eq!(connections_say(&figures, None).as_deref(), Some("27,9\u{a0}% des connexions."));
        assert_eq!(connections_say(&before.figures, Some(&before)).as_deref(), Some("25,1\u{a0}% des connexions, comme en octobre."));
        let fewer = Figures { connections_through_fc: 3_926, ..before.figures };
        assert_eq!(
            connections_say(&fewer, Some(&before)).as_deref(),
            Some("24,0\u{a0}% des connexions, 1,1\u{a0}point de moins qu’en octobre.")
        );
        assert_eq!(connections_say(&Figures::default(), None), None);
        assert_eq!(
            beside_baseline(&figures, &baseline())[0],
            "17\u{a0}240 connexions, contre 15\u{a0}900 dans un mois ordinaire avant FranceConnect (+8,4\u{a0}%)."
        );
    }

    #[test]
    fn a_fall_under_the_half_or_a_rise_above_the_double_is_to_be_confirmed() {
        let mut report = Report::example();
        assert_eq!(doubted(&report, Some(october(true)), true), [""; 0]);
        report.figures.connections_through_fc = 2_000;
        assert_eq!(doubted(&report, Some(october(true)), true), ["connexions_franceconnect"]);
        report.figures.connections = 32_717;
        assert_eq!(doubted(&report, Some(october(true)), true), ["connexions_franceconnect", "connexions_total"]);
        assert_eq!(doubted(&report, Some(october(false)), false), [""; 0], "half a month does not compare");
        assert_eq!(doubted(&report, None, true), ["connexions_total"], "an ordinary month before FranceConnect does");
        report.figures = Figures { connections_through_fc: 1, connections: 49, accounts_through_fc: 0, accounts: 3 };
        let few = Figures { connections_through_fc: 0, connections: 3, accounts_through_fc: 0, accounts: 1 };
        assert_eq!(doubted(&report, Some(Before { figures: few, ..october(true) }), true), [""; 0], "few are no jump");
    }

    #[test]
    fn words_that_look_like_somebody_s_data_are_to_be_confirmed() {
        let report = Report { words: "Jean Dupont, né le 12/03/1987, est content.".into(), ..Report::example() };
        let found = doubts(&report, &Comparing { before: None, baseline: &baseline(), is_whole: true });
        assert_eq!(found.len(), 1);
        assert!(found[0].sentence.starts_with("Ce texte semble contenir une date de naissance."), "{}", found[0].sentence);
        assert_eq!(confirmation(&found), "retours");
    }

    proptest! {
        #[test]
        fn a_month_like_the_last_one_is_never_doubted(all in 0u64..1_000_000, through in 0u64..1_000_000, accounts in 0u64..1_000_000) {
            let connections = all.max(accounts);
            let figures = Figures { connections_through_fc: through.min(connections), connections, accounts_through_fc: through.min(accounts), accounts };
            let report = Report { figures, ..Report::example() };
            let same = Before { figures, ..october(true) };
            prop_assert!(doubted(&report, Some(same), true).is_empty());
        }
    }
}
