//! Letters about a decision in the making, and about one that is reopened.

use habilitation::{
    ids::ApplicationId,
    notifications::{AboutApplication, Author, DecisionLetter, Letter, Returning, render},
};

use super::{
    camille,
    words::{head, words, words_of_html},
};

/// One of each kind.
pub fn of_decisions(about: &AboutApplication, say: impl Fn(&str) -> String) -> [Letter; 3] {
    let author = Author { name: say("Nadia Ferrand"), quality: say("Instructrice"), service: say("DINUM, équipe FranceConnect") };
    [
        DecisionLetter::ApplicationReopened {
            about: about.clone(),
            message: say("Le règlement que vous citez existe."),
            arrival_rank: Some(12),
            author,
        }
        .into(),
        DecisionLetter::DecisionToSign { about: about.clone(), prepared_by: say("Nadia Ferrand") }.into(),
        returned(about, Returning::SentBack, say),
    ]
}

fn returned(about: &AboutApplication, how: Returning, say: impl Fn(&str) -> String) -> Letter {
    let by = if matches!(how, Returning::SentBack | Returning::TakenBack) { say("Hélène Marchand") } else { String::new() };
    DecisionLetter::DecisionReturned { about: about.clone(), decision: say("le refus"), by, how, message: say("Citez l’article.") }.into()
}

#[test]
fn a_decision_that_comes_back_says_how_and_what_stands() {
    let about = AboutApplication {
        application: ApplicationId(1042),
        service: "Portail familles".into(),
        organisation: "Commune de Clamart".into(),
        version: 1,
    };
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        for (name, how) in [
            ("decision_taken_back", Returning::TakenBack),
            ("decision_held_back", Returning::HeldBack),
            ("decision_fell", Returning::Fell),
        ] {
            let rendered = render(&head(), &camille(), &returned(&about, how, str::to_owned)).unwrap();
            assert_eq!(words(&rendered.text), words_of_html(&rendered), "{name}");
            insta::assert_snapshot!(name, format!("{}\n\n{}", rendered.subject, rendered.text));
        }
    });
}
