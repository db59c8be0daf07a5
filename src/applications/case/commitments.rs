//! What a candidate commits to (rules S1 to S7): each ticked by itself, on its day, with the document that was before their eyes.

use serde::{Deserialize, Serialize};
use time::Date;

use crate::{
    calendar,
    criteria::Rule,
    experimentation::Campaign,
    fields::{Field, Fields},
};

/// S5: what shows that another way to sign in stands beside the button.
pub const LOGIN_SCREEN: Field = Field { name: "login_screen", label: "Écran de connexion, avec l’autre façon de se connecter" };

/// The three fields of a commitment.
#[derive(Clone, Copy, Debug)]
pub struct CommitmentFields {
    /// Which.
    pub rule: Rule,
    /// « oui » when it is ticked.
    pub tick: Field,
    /// The document the page showed.
    pub document: Field,
    /// The day it was ticked, written by the desk and by nobody else.
    pub on: Field,
}

macro_rules! commitment {
    ($rule:ident, $name:literal, $label:literal) => {
        CommitmentFields {
            rule: Rule::$rule,
            tick: Field { name: $name, label: $label },
            document: Field { name: concat!($name, "_document"), label: concat!($label, " : document lu") },
            on: Field { name: concat!($name, "_on"), label: concat!($label, " : coché le") },
        }
    };
}

/// The seven, in the order of the rules.
pub const COMMITMENTS: [CommitmentFields; 7] = [
    commitment!(S1, "commitment_s1", "Mesurer l’apport de FranceConnect"),
    commitment!(S2, "commitment_s2", "Respecter le cahier des charges"),
    commitment!(S3, "commitment_s3", "Promouvoir le service"),
    commitment!(S4, "commitment_s4", "Conserver les données le temps de la relation contractuelle"),
    commitment!(S5, "commitment_s5", "Laisser une autre façon de se connecter"),
    commitment!(S6, "commitment_s6", "Ne pas vendre ni transférer les données hors de l’Union européenne"),
    commitment!(S7, "commitment_s7", "Arrêter et détruire les données à la fin"),
];

/// A commitment as made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    /// S1 to S7.
    pub rule: Rule,
    /// The day it was ticked, Paris date: « 2027-01-12 ».
    pub on: String,
    /// The document that was seen, with its version.
    pub document: String,
}

/// Every field of the step.
pub fn fields() -> Vec<Field> {
    COMMITMENTS.iter().flat_map(|it| [it.tick, it.document, it.on]).collect()
}

impl CommitmentFields {
    /// The document the commitment rests on, with its version: what the page shows, and what is kept with the tick.
    pub fn document_of(&self, campaign: &Campaign) -> String {
        match self.rule {
            Rule::S2 => format!("Cahier des charges, {}", campaign.specification.version),
            Rule::S3 => format!("CGU des fournisseurs de service, {}", campaign.terms.version),
            _ => campaign.legal_basis.clone(),
        }
    }

    /// Where that document is read.
    pub fn address_of<'a>(&self, campaign: &'a Campaign) -> &'a str {
        match self.rule {
            Rule::S2 => &campaign.specification.url,
            Rule::S3 => &campaign.terms.url,
            _ => &campaign.legal_basis_url,
        }
    }

    /// Whether the box is ticked on the document as it stands today.
    pub fn is_current(&self, fields: &Fields, campaign: &Campaign) -> bool {
        fields.has(self.tick.name, "oui") && fields.value(self.document.name) == self.document_of(campaign)
    }
}

/// Dates each tick: the day it was first made on that document, whatever the page sent.
pub fn stamp(fields: &mut Fields, before: Option<&Fields>, today: Date) {
    for it in COMMITMENTS {
        let same = |before: &&Fields| before.has(it.tick.name, "oui") && before.value(it.document.name) == fields.value(it.document.name);
        let on = if fields.has(it.tick.name, "oui") {
            before.filter(same).map_or_else(|| today.to_string(), |before| before.value(it.on.name).to_owned())
        } else {
            String::new()
        };
        fields.set(it.on.name, on);
    }
}

/// Reads the step: seven ticks, each on the document as it stands today.
pub fn parse(fields: &mut Fields, campaign: Option<&Campaign>) -> Option<Vec<Commitment>> {
    let made: Vec<Commitment> = COMMITMENTS.iter().filter_map(|it| read(it, fields, campaign)).collect();
    (made.len() == COMMITMENTS.len()).then_some(made)
}

fn read(it: &CommitmentFields, fields: &mut Fields, campaign: Option<&Campaign>) -> Option<Commitment> {
    if !fields.has(it.tick.name, "oui") {
        fields.refuse(
            it.tick,
            "cochez cet engagement pour déposer. C’est un critère de sélection : un dossier qui ne le remplit pas est écarté.",
        );
        return None;
    }
    let kept = crate::text::line(fields.value(it.document.name), 500).ok().zip(parse_day(fields.value(it.on.name)));
    let Some((seen, on)) = kept else {
        fields
            .refuse(it.tick, "enregistrez de nouveau cette étape : nous n’avons pas pu lire sur quel document, ni quand, vous avez coché.");
        return None;
    };
    if let Some(now) = campaign.map(|campaign| it.document_of(campaign)).filter(|now| *now != seen) {
        fields.refuse(
            it.tick,
            format!("le document a changé depuis que vous avez coché. Lisez la version d’aujourd’hui ({now}), puis cochez de nouveau."),
        );
        return None;
    }
    Some(Commitment { rule: it.rule, on, document: seen })
}

fn parse_day(typed: &str) -> Option<String> {
    Date::parse(typed, &time::format_description::well_known::Iso8601::DATE).ok().map(|day| day.to_string())
}

/// « 12 janvier 2027 », for a day as it is kept.
pub fn day_words(kept: &str) -> String {
    Date::parse(kept, &time::format_description::well_known::Iso8601::DATE).map_or_else(|_| kept.to_owned(), calendar::written)
}

impl Commitment {
    /// « Le 12 janvier 2027, Cahier des charges, version 3 ».
    pub fn words(&self) -> String {
        format!("Pris le {}\nDocument lu\u{a0}: {}", day_words(&self.on), self.document)
    }
}

#[cfg(test)]
mod tests {
    use time::macros::date;

    use super::*;
    use crate::experimentation::Document;

    fn campaign(terms: &str) -> Campaign {
        Campaign {
            specification: Document { version: "version 3".into(), url: "https://cahier.test/".into() },
            terms: Document { version: terms.into(), url: "https://cgu.test/".into() },
            ..Campaign::example()
        }
    }

    /// The page of that campaign with every box ticked.
    fn ticked(campaign: &Campaign) -> Fields {
        let mut fields = Fields::default();
        for it in COMMITMENTS {
            fields.set(it.tick.name, "oui");
            fields.set(it.document.name, it.document_of(campaign));
        }
        fields
    }

    #[test]
    fn the_labels_are_those_of_the_rules() {
        let rules: Vec<(Rule, &str)> = COMMITMENTS.iter().map(|it| (it.rule, it.tick.label)).collect();
        assert_eq!(rules, Rule::commitments().map(|rule| (rule, rule.title())));
    }

    #[test]
    fn each_tick_keeps_its_first_day_and_no_page_writes_it() {
        let now = campaign("version 4.0");
        let mut first = ticked(&now);
        first.set("commitment_s1_on", "1999-01-01");
        first.set("commitment_s7", "");
        stamp(&mut first, None, date!(2027 - 01 - 12));
        assert_eq!((first.value("commitment_s1_on"), first.value("commitment_s7_on")), ("2027-01-12", ""));
        let mut again = ticked(&now);
        stamp(&mut again, Some(&first), date!(2027 - 01 - 20));
        assert_eq!((again.value("commitment_s1_on"), again.value("commitment_s7_on")), ("2027-01-12", "2027-01-20"));
        let made = parse(&mut again, Some(&now)).expect("seven");
        assert_eq!(made.iter().map(|it| it.rule).collect::<Vec<_>>(), Rule::commitments());
        assert_eq!(made[1].document, "Cahier des charges, version 3");
    }

    #[test]
    fn a_document_that_changed_is_read_and_ticked_again_and_the_others_stay() {
        let (before, after) = (campaign("version 4.0"), campaign("version 5.0"));
        let mut fields = ticked(&before);
        stamp(&mut fields, None, date!(2027 - 01 - 12));
        assert_eq!(parse(&mut fields, Some(&after)), None);
        assert_eq!(fields.errors().iter().map(|error| error.name).collect::<Vec<_>>(), ["commitment_s3"]);
        assert!(fields.error("commitment_s3").is_some_and(|sentence| sentence.contains("version 5.0")));
        let mut again = ticked(&after);
        stamp(&mut again, Some(&fields), date!(2027 - 02 - 01));
        let made = parse(&mut again, Some(&after)).expect("seven");
        assert_eq!((made[0].on.as_str(), made[2].on.as_str()), ("2027-01-12", "2027-02-01"));
    }

    #[test]
    fn each_one_that_misses_is_told() {
        let mut fields = Fields::default();
        assert_eq!((parse(&mut fields, None), fields.errors().len()), (None, 7));
    }
}
