//! Letters about opinions.

use habilitation::notifications::{AboutApplication, Letter, render};

use super::{
    camille,
    words::{head, words, words_of_html},
};

/// What a jurist and whoever asked read.
pub fn of_opinions(about: &AboutApplication, say: impl Fn(&str) -> String) -> [Letter; 2] {
    let of = say("du service juridique de la DINUM");
    [
        Letter::OpinionAsked { about: about.clone(), of: of.clone(), service: "juridique".into(), asked_by: say("Nadia Ferrand") },
        Letter::OpinionGiven { about: about.clone(), of, given_by: say("Hugo Lemaire"), is_last: false },
    ]
}

#[test]
fn the_last_opinion_says_that_they_can_be_read() {
    let about = AboutApplication {
        application: habilitation::ids::ApplicationId(1042),
        service: "Billetterie".into(),
        organisation: "Autocars Lavergne".into(),
        version: 2,
    };
    let [_, given] = of_opinions(&about, str::to_owned);
    let Letter::OpinionGiven { about, of, given_by, .. } = given else { panic!("the second is about an opinion given") };
    let last = render(&head(), &camille(), &Letter::OpinionGiven { about, of, given_by, is_last: true }).unwrap();
    assert!(last.text.contains("vous pouvez les lire"), "{}", last.text);
    assert_eq!(words(&last.text), words_of_html(&last));
}
