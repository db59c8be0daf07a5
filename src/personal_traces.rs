//! Free text in which somebody seems to have pasted the data of end users: the desk must never hold any (RGPD, article 5, minimisation).
//! It only warns: a person judges. Each sign is chosen so that an honest description seldom shows it.

use std::collections::BTreeSet;

/// A sign that a text holds data of identified people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trace {
    /// A « numéro de sécurité sociale » whose key is right.
    SocialSecurityNumber,
    /// A bank account number whose key is right.
    BankAccount,
    /// « né le 12/03/1987 ».
    BirthDate,
    /// At least three e-mail addresses: a list of people rather than a contact.
    EmailAddresses,
    /// At least three French telephone numbers.
    TelephoneNumbers,
}

/// From how many on addresses or numbers look like a list of people.
const LIST: usize = 3;

impl Trace {
    /// What was seen, within a sentence.
    fn words(self) -> &'static str {
        match self {
            Self::SocialSecurityNumber => "un numéro de sécurité sociale",
            Self::BankAccount => "un numéro de compte bancaire",
            Self::BirthDate => "une date de naissance",
            Self::EmailAddresses => "plusieurs adresses électroniques",
            Self::TelephoneNumbers => "plusieurs numéros de téléphone",
        }
    }
}

/// Every sign found in a text.
pub fn find(text: &str) -> BTreeSet<Trace> {
    let mut found = BTreeSet::new();
    if runs(text).any(|run| is_social_security_number(&run)) {
        found.insert(Trace::SocialSecurityNumber);
    }
    if runs(text).any(|run| is_bank_account(&run)) {
        found.insert(Trace::BankAccount);
    }
    if has_birth_date(text) || has_named_date(text) {
        found.insert(Trace::BirthDate);
    }
    if distinct(text.split(is_between_words).filter(|word| is_address(word))) >= LIST {
        found.insert(Trace::EmailAddresses);
    }
    if distinct(runs(text).filter(|run| is_telephone(run))) >= LIST {
        found.insert(Trace::TelephoneNumbers);
    }
    found
}

/// What was seen, within a sentence: « une date de naissance et un numéro de compte bancaire ».
pub fn seen(text: &str) -> Option<String> {
    let words: Vec<&str> = find(text).into_iter().map(Trace::words).collect();
    let (last, first) = words.split_last()?;
    Some(if first.is_empty() { (*last).to_owned() } else { format!("{} et {last}", first.join(", ")) })
}

/// The warning to show beside the text, when there is something to warn of.
pub fn warning(text: &str) -> Option<String> {
    let seen = seen(text)?;
    Some(format!(
        "Ce texte semble contenir {seen}. Si ce sont des données de vos usagers, retirez-les\u{a0}: nous ne devons pas les recevoir, et votre \
         demande n’en a pas besoin."
    ))
}

fn distinct<T: Ord>(items: impl Iterator<Item = T>) -> usize {
    items.collect::<BTreeSet<T>>().len()
}

/// Letters and digits that follow one another, whatever groups them: a number is often written with spaces, points or dashes. Each place
/// where a run may begin gives one, up to the length of the longest number looked for.
fn runs(text: &str) -> impl Iterator<Item = String> + '_ {
    const MOST: usize = 34;
    let starts = text.char_indices().scan(' ', |before, (at, c)| {
        let begins = c.is_ascii_alphanumeric() && !before.is_alphanumeric() || c == '+';
        *before = c;
        Some(begins.then_some(at))
    });
    starts.flatten().map(|at| {
        let mut run = String::new();
        let mut gap = 0;
        for c in text[at..].chars() {
            if c.is_ascii_alphanumeric() || (c == '+' && run.is_empty()) {
                run.push(c.to_ascii_uppercase());
                gap = 0;
            } else if matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '.' | '-') && gap == 0 {
                gap = 1;
            } else {
                break;
            }
            if run.len() == MOST {
                break;
            }
        }
        run
    })
}

/// Thirteen figures (2A and 2B for Corsica) and a key: 97 less their remainder by 97.
fn is_social_security_number(run: &str) -> bool {
    let Some(number) = run.get(..15) else { return false };
    if run[15..].starts_with(|c: char| c.is_ascii_digit()) || !number.starts_with(['1', '2']) {
        return false;
    }
    let month: Option<u8> = number[3..5].parse().ok();
    if !month.is_some_and(|month| (1..=12).contains(&month) || (20..=42).contains(&month)) {
        return false;
    }
    let body = number[..13].replacen("2A", "19", 1).replacen("2B", "18", 1);
    match (body.parse::<u64>(), number[13..].parse::<u64>()) {
        (Ok(body), Ok(key)) => 97 - body % 97 == key,
        _ => false,
    }
}

/// Two letters, a key of two figures, eleven to thirty characters (ISO 13616), and a remainder by 97 of one. A run may go on with the
/// next words: each length is tried.
fn is_bank_account(run: &str) -> bool {
    let bytes = run.as_bytes();
    if bytes.len() < 15 || !bytes[..2].iter().all(u8::is_ascii_uppercase) || !bytes[2..4].iter().all(u8::is_ascii_digit) {
        return false;
    }
    (15..=bytes.len()).any(|length| {
        let moved = bytes[4..length].iter().chain(&bytes[..4]);
        let remainder = moved.fold(0_u32, |remainder, byte| match byte {
            b'0'..=b'9' => (remainder * 10 + u32::from(byte - b'0')) % 97,
            b'A'..=b'Z' => (remainder * 100 + u32::from(byte - b'A') + 10) % 97,
            _ => remainder,
        });
        remainder == 1 && bytes[4..length].iter().filter(|byte| byte.is_ascii_digit()).count() >= 8
    })
}

/// « né le », « née le » or « date de naissance », and a whole date close behind.
fn has_birth_date(text: &str) -> bool {
    const NEAR: usize = 25;
    let lower = text.to_lowercase();
    ["né le", "née le", "né(e) le", "date de naissance"].iter().any(|words| {
        lower.match_indices(words).any(|(at, _)| {
            let after: String = lower[at + words.len()..].chars().take(NEAR).collect();
            let numbers: Vec<&str> = after.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).collect();
            let year = |number: &&str| number.len() == 4 && (number.starts_with("19") || number.starts_with("20"));
            match numbers.as_slice() {
                [day, month, full, ..] if day.len() <= 2 && month.len() <= 2 => year(full),
                [day, full, ..] if day.len() <= 2 => year(full) && MONTHS.iter().any(|month| after.contains(month)),
                _ => false,
            }
        })
    })
}

/// « DUPONT Marie 12/03/1985 »: two capitalised words, then a day of the past; a day to come beside a name is the opening of a service.
fn has_named_date(text: &str) -> bool {
    let words: Vec<&str> = text.split(is_between_words).filter(|word| !word.is_empty()).collect();
    let is_name = |word: &str| {
        word.chars().count() > 1 && word.starts_with(char::is_uppercase) && word.chars().all(|c| c.is_alphabetic() || c == '-')
    };
    words.windows(3).any(|run| is_name(run[0]) && is_name(run[1]) && is_past_day(run[2]))
}

/// A day, a month and a year before 2020, in figures.
fn is_past_day(word: &str) -> bool {
    let numbers: Vec<u16> = word.trim_end_matches('.').split(['/', '.', '-']).filter_map(|number| number.parse().ok()).collect();
    matches!(numbers.as_slice(), [1..=31, 1..=12, 1900..=2019])
}

const MONTHS: [&str; 12] =
    ["janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"];

fn is_between_words(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';' | '<' | '>' | '(' | ')' | '"' | '«' | '»')
}

fn is_address(word: &str) -> bool {
    let word = word.trim_end_matches(['.', ':']);
    word.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty() && !domain.contains('@') && domain.split('.').count() >= 2 && domain.split('.').all(|label| !label.is_empty())
    })
}

/// Ten figures that begin with 01 to 09, or the same with +33.
fn is_telephone(run: &str) -> bool {
    let national = run.strip_prefix("+33").map(|rest| format!("0{}", rest.strip_prefix('0').unwrap_or(rest)));
    let number = national.as_deref().unwrap_or(run);
    let figures: String = number.chars().take_while(char::is_ascii_digit).collect();
    figures.len() == 10 && figures.starts_with('0') && !figures.starts_with("00")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(text: &str) -> Vec<Trace> {
        find(text).into_iter().collect()
    }

    #[test]
    fn data_of_people_are_recognised_however_they_are_written() {
        for (text, trace) in [
            ("Exemple : 2 55 08 14 168 025 38 pour un usager", Trace::SocialSecurityNumber),
            ("255081416802538", Trace::SocialSecurityNumber),
            ("Remboursement sur FR14 2004 1010 0505 0001 3M02 606 chaque mois", Trace::BankAccount),
            ("IBAN:FR1420041010050500013M02606.", Trace::BankAccount),
            ("Jean Dupont, né le 12/03/1987 à Tulle", Trace::BirthDate),
            ("Mme Martin, née le 3 mars 1990", Trace::BirthDate),
            ("Date de naissance : 1-1-2001", Trace::BirthDate),
            ("DUPONT Marie 12/03/1985 ; MARTIN Jean 01/02/1960", Trace::BirthDate),
            ("Jean-Paul Le-Goff (01.02.1960)", Trace::BirthDate),
            ("a@b.fr; c@d.fr ; e.f@g-h.fr", Trace::EmailAddresses),
            ("06 12 34 56 78, 0712345678 et +33 6 11 22 33 44", Trace::TelephoneNumbers),
        ] {
            assert_eq!(found(text), [trace], "{text}");
        }
    }

    #[test]
    fn an_honest_description_is_let_pass() {
        for text in [
            "",
            "Les familles inscrivent leurs enfants à la cantine et paient en ligne.",
            "La commune de Clamart (SIRET 219 200 235 00014) ouvre le service le 01/03/2027.",
            "La date de naissance sert à distinguer deux parents ; le service existe depuis 2019.",
            "Contact : dpo@clamart.fr ou 01 46 62 35 35, et support@clamart.fr.",
            "Le numéro de sécurité sociale n’est jamais demandé.",
            "Le Portail Familles 12/03/2027 ouvrira ; le précédent datait du 12/03/1985.",
            "255081416802539",
            "Délibération 2026-12-03 du conseil municipal, dossier 123456789012345",
            "FR14 articles du code, 12 000 démarches par an, 36 mois",
            "Arrêté du 8 novembre 2018, JORFTEXT000037611479, NOR PRMJ1819224A",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn the_warning_says_what_was_seen_and_what_to_do() {
        let words = warning("255081416802538, né le 12/03/1987").expect("two signs");
        assert!(words.starts_with("Ce texte semble contenir un numéro de sécurité sociale et une date de naissance."), "{words}");
        assert_eq!(warning("Rien de tel."), None);
    }

    proptest! {
        #[test]
        fn no_text_is_too_strange_to_be_read(text in "\\PC{0,200}|[0-9 .+@-]{0,200}|(née? le |FR|2A|\\+33|[0-9]|é){0,60}") {
            find(&text);
        }
    }
}
