//! Every number of the reference, typed into the desk.

use habilitation::organisations::{Choice, NotTold, Register};

use super::look_up;
use crate::support::TestSite;

/// What the desk does with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    /// The name comes back.
    Confirm,
    /// A name and a town are asked.
    Declare(NotTold),
    /// A sentence that holds these words.
    Refuse(&'static str),
}

use Answer::{Confirm, Declare, Refuse};

const CONTROL_DIGITS: Answer = Refuse("chiffres de contrôle ne correspondent pas");

const NUMBERS: [(&str, Answer); 42] = [
    ("13002526500013", Confirm),
    ("130 025 265 00013", Confirm),
    ("130\u{a0}025\u{202f}265\u{2009}00013", Confirm),
    ("130.025.265-00013", Confirm),
    ("21920023500014", Confirm),
    ("21920023500022", Refuse("fermé depuis le 20\u{a0}juin\u{a0}2002")),
    ("22690001700014", Confirm),
    ("21690123100011", Confirm),
    ("20007184300060", Confirm),
    ("11001401600015", Confirm),
    ("11002001300097", Confirm),
    ("11004301500012", Confirm),
    ("11001001400014", Confirm),
    ("35600000000048", Confirm),
    ("35600000009075", Declare(NotTold::Unknown)),
    ("35600000049837", Declare(NotTold::Unknown)),
    ("35600000000000", CONTROL_DIGITS),
    ("41816609600069", Confirm),
    ("39234600300198", Confirm),
    ("82271212100018", Confirm),
    ("32122785200019", Refuse("(Apple Europe Inc.) est fermé d’après le registre")),
    ("94957325700019", Declare(NotTold::Masked)),
    ("00557246600026", Refuse("a cessé son activité")),
    ("88087814500015", Confirm),
    ("73282932000074", Declare(NotTold::Unknown)),
    ("55203253400646", Declare(NotTold::Unknown)),
    ("12345678901234", CONTROL_DIGITS),
    ("73282932000014", CONTROL_DIGITS),
    ("73282932000079", CONTROL_DIGITS),
    ("55203253400019", CONTROL_DIGITS),
    ("88974287600009", Declare(NotTold::Unnamed)),
    ("00000000000000", CONTROL_DIGITS),
    ("300025764", Refuse("un SIREN (9 chiffres)")),
    ("351556394", Refuse("un SIREN (9 chiffres)")),
    ("839517323", Refuse("un SIREN (9 chiffres)")),
    ("775663438", Refuse("un SIREN (9 chiffres)")),
    ("FR 07 130025265", Refuse("un numéro de TVA. Il contient le SIREN 130\u{a0}025\u{a0}265")),
    ("FR 08 130025265", Refuse("un numéro de TVA, et il contient une erreur")),
    ("MONACOCONFO001", Refuse("monégasque")),
    ("1300252650001", Refuse("vous en avez saisi 13")),
    ("1300252650001O", Refuse("que des chiffres")),
    ("", Refuse("Indiquez le SIRET")),
];

#[tokio::test]
async fn every_number_of_the_reference_has_its_answer() {
    let site = TestSite::new().await;
    for (typed, expected) in NUMBERS {
        let choice = look_up(&site, typed).await;
        println!("| {typed} | {} |", in_words(&choice));
        assert_eq!(answer(&choice, expected), expected, "{typed}: {choice:?}");
    }
}

#[tokio::test]
async fn a_register_that_is_away_blocks_nobody_whose_number_is_right() {
    let site = TestSite::new().await.with_register(Register::new([]));
    for (typed, at_the_register) in NUMBERS {
        let choice = look_up(&site, typed).await;
        match at_the_register {
            // a wrong number is only believed when the register confirms it
            Declare(NotTold::Unnamed) => assert_eq!(answer(&choice, CONTROL_DIGITS), CONTROL_DIGITS),
            Refuse(words) if words.contains("activité") || words.contains("fermé") => {
                assert_eq!(answer(&choice, Confirm), Declare(NotTold::Unavailable));
            }
            Refuse(_) => assert!(matches!(choice, Choice::Refused(_)), "{typed}: {choice:?}"),
            Confirm | Declare(_) => assert_eq!(answer(&choice, Confirm), Declare(NotTold::Unavailable), "{typed}"),
        }
    }
}

fn answer(choice: &Choice, expected: Answer) -> Answer {
    match (choice, expected) {
        (Choice::Known(_), _) => Confirm,
        (Choice::ToDeclare(to_declare), _) => Declare(to_declare.because),
        (Choice::Refused(sentence), Refuse(words)) if sentence.contains(words) => expected,
        (Choice::Refused(_), _) => Refuse("another sentence"),
    }
}

fn in_words(choice: &Choice) -> String {
    match choice {
        Choice::Known(_) => {
            let identity = choice.identity().unwrap();
            format!("à confirmer : {}, {}", identity.name, identity.state)
        }
        Choice::ToDeclare(to_declare) => format!("à déclarer ({:?}) : {}", to_declare.because, to_declare.because.sentence()),
        Choice::Refused(sentence) => format!("refusé : {sentence}"),
    }
}
