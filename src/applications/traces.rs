//! What looks like the personal data of end users in a text: nobody needs them to decide, and a demande is kept for years. A warning beside
//! the field, never a refusal: people may have a reason, and a pattern may be wrong.

use std::sync::LazyLock;

use regex::Regex;

/// What was seen in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trace {
    /// A social security number, with its key.
    SocialSecurity,
    /// A bank account, with its key.
    Iban,
    /// Several e-mail addresses.
    Emails,
    /// Several telephone numbers.
    Phones,
    /// Names with dates of birth.
    Births,
}

/// One address may be the service's own; two may be two teams'.
const MANY_EMAILS: usize = 3;
/// One number may be a switchboard's, two its lines.
const MANY_PHONES: usize = 3;

#[expect(clippy::expect_used, reason = "the patterns are constants, compiled by a test")]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern of ours")
}

static SOCIAL_SECURITY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)\b[1278][\s.]?\d{2}[\s.]?(?:0[1-9]|1[0-2]|[2-9]\d)[\s.]?(?:\d{2}|2[ab])[\s.]?\d{3}[\s.]?\d{3}[\s.]?\d{2}\b")
});
static IBAN: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)\b[a-z]{2}\d{2}(?:[ ]?[a-z0-9]{4}){3,7}(?:[ ]?[a-z0-9]{1,3})?\b"));
static EMAIL: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+"));
static PHONE: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:\+33[\s.]?|\b0)[1-9](?:[\s.-]?\d{2}){4}\b"));
/// « Marie Dupont, née le 12/03/1985 », « Dupont Marie 12/03/1985 », « né le 3 mai 1970 ».
static BIRTH: LazyLock<Regex> = LazyLock::new(|| {
    let numbers = r"(?:0?[1-9]|[12]\d|3[01])[/.-](?:0?[1-9]|1[0-2])[/.-](?:19|20)\d{2}";
    let words = r"(?:1er|[1-9]|[12]\d|3[01])\s(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\s(?:19|20)\d{2}";
    let name = r"\p{Lu}[\p{L}’'-]+\s\p{Lu}[\p{L}’'-]+";
    // A date to come beside two capitals is the opening of a service.
    let past = r"(?:0?[1-9]|[12]\d|3[01])[/.-](?:0?[1-9]|1[0-2])[/.-](?:19\d{2}|200\d|201\d)";
    pattern(&format!(r"(?:\bn[ée]e?\sle\s(?:{numbers}|{words}))|(?:{name}[,;\s(]{{1,3}}{past})"))
});

/// What a text seems to hold, the gravest first; nothing for most.
pub fn look(text: &str) -> Option<Trace> {
    if SOCIAL_SECURITY.find_iter(text).any(|found| has_social_security_key(found.as_str())) {
        return Some(Trace::SocialSecurity);
    }
    if IBAN.find_iter(text).any(|found| has_iban_key(found.as_str())) {
        return Some(Trace::Iban);
    }
    if BIRTH.is_match(text) {
        return Some(Trace::Births);
    }
    if distinct(&EMAIL, text) >= MANY_EMAILS {
        return Some(Trace::Emails);
    }
    (distinct(&PHONE, text) >= MANY_PHONES).then_some(Trace::Phones)
}

fn distinct(pattern: &Regex, text: &str) -> usize {
    let compact = |found: &str| found.chars().filter(|c| c.is_alphanumeric() || matches!(c, '@' | '+')).collect::<String>().to_lowercase();
    pattern.find_iter(text).map(|found| compact(found.as_str())).collect::<std::collections::HashSet<_>>().len()
}

/// 97 minus the number modulo 97; Corsican departments count as numbers.
fn has_social_security_key(found: &str) -> bool {
    let compact: String = found.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_lowercase();
    let (number, key) = compact.split_at(13);
    let (digits, less) = match number.get(5..7) {
        Some("2a") => (number.replacen("2a", "20", 1), 1_000_000_u64),
        Some("2b") => (number.replacen("2b", "20", 1), 2_000_000),
        _ => (number.to_owned(), 0),
    };
    match (digits.parse::<u64>(), key.parse::<u64>()) {
        (Ok(number), Ok(key)) => 97 - (number.saturating_sub(less) % 97) == key,
        _ => false,
    }
}

/// ISO 13616: the four first characters at the end, letters as numbers, modulo 97 is 1.
fn has_iban_key(found: &str) -> bool {
    let compact: Vec<char> = found.chars().filter(char::is_ascii_alphanumeric).collect();
    if !(15..=34).contains(&compact.len()) {
        return false;
    }
    let rotated = compact[4..].iter().chain(&compact[..4]);
    rotated
        .filter_map(|c| c.to_digit(36))
        .fold(0_u32, |rest, value| if value > 9 { (rest * 100 + value) % 97 } else { (rest * 10 + value) % 97 })
        == 1
}

impl Trace {
    /// What was seen, what it means, what to do.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::SocialSecurity => {
                "Ce texte semble contenir un numéro de sécurité sociale. Aucune donnée de vos usagers n’est nécessaire ici : retirez-le, ou remplacez-le par un exemple inventé."
            }
            Self::Iban => {
                "Ce texte semble contenir un numéro de compte bancaire (IBAN). Aucune donnée de vos usagers n’est nécessaire ici : retirez-le, ou remplacez-le par un exemple inventé."
            }
            Self::Emails => {
                "Ce texte contient plusieurs adresses électroniques. Si ce sont celles de vos usagers, retirez-les : elles ne sont pas nécessaires ici."
            }
            Self::Phones => {
                "Ce texte contient plusieurs numéros de téléphone. Si ce sont ceux de vos usagers, retirez-les : ils ne sont pas nécessaires ici."
            }
            Self::Births => {
                "Ce texte semble contenir la date de naissance d’une personne. Si c’est un de vos usagers, retirez-la : elle n’est pas nécessaire ici."
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_an_end_user_is_seen() {
        for (text, trace) in [
            ("Par exemple 2 55 08 14 168 025 38 se connecte.", Trace::SocialSecurity),
            ("NIR: 255081416802538", Trace::SocialSecurity),
            ("1 84 12 76 451 089 46", Trace::SocialSecurity),
            ("Remboursé sur FR76 3000 6000 0112 3456 7890 189.", Trace::Iban),
            ("be68539007547034", Trace::Iban),
            ("a.b@exemple.fr; c.d@exemple.fr, e.f@exemple.fr", Trace::Emails),
            ("06 12 34 56 78 / 06.12.34.56.79 / +33612345680", Trace::Phones),
            ("Marie Dupont, née le 12/03/1985", Trace::Births),
            ("l’usager né le 3 mai 1970", Trace::Births),
            ("DUPONT Marie 12/03/1985", Trace::Births),
            ("Jean-Paul Le-Goff (01.02.1960)", Trace::Births),
        ] {
            assert_eq!(look(text), Some(trace), "{text}");
        }
    }

    #[test]
    fn what_people_write_of_their_service_is_not() {
        for text in [
            "",
            "Les familles inscrivent leurs enfants à la cantine et paient en ligne.",
            "Délibération n° 2026-12 du conseil municipal du 4 mars 2026",
            "Arrêté du 8 novembre 2018 relatif au téléservice dénommé « FranceConnect »",
            "Notre SIRET est 219 200 235 00014, celui de notre hébergeur 130 025 265 00013.",
            "Écrivez à contact@clamart.fr ou à dpo@clamart.fr, 01 46 62 35 35 ou 01 46 62 35 36.",
            "contact@clamart.fr, CONTACT@clamart.fr, contact@clamart.fr",
            "Mise en service le 12/03/2027, 12 000 démarches par an.",
            "Le Portail Familles 12/03/2027 ouvrira",
            "255081416802539 n’a pas la bonne clé",
            "FR76 3000 6000 0112 3456 7890 188 non plus",
            "RNCP34512, RNCP34513, RNCP34514",
            "La date de naissance sert à distinguer deux homonymes.",
            "Version 1.2.3 du 01.02.2026 ; tarif 1 250 000 00 €",
        ] {
            assert_eq!(look(text), None, "{text}");
        }
    }
}
