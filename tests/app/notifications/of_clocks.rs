//! Letters about what time brings: the legal clock, the reasons of a silence, the closing of what nobody answers for.

use habilitation::{
    config::Config,
    notifications::{ClockNews, Letter, render},
    review::letters::samples,
};
use time::macros::datetime;

use super::{
    camille,
    words::{head, words, words_of_html},
};

/// The name of a snapshot: the news, the addressee, and its place among those.
fn name(news: &ClockNews, is_for_team: bool, place: usize) -> String {
    let news: &str = news.into();
    format!("{news}{}_{place}", if is_for_team { "_to_team" } else { "" })
}

#[test]
fn what_time_brings_is_told_in_full() {
    let mut names: Vec<String> = Vec::new();
    let samples_of_one = 20;
    for sample in samples(&Config::defaults().desk, datetime!(2026-12-03 09:00 UTC)) {
        let Letter::ClockNews { news, is_for_team, .. } = &sample.letter else { continue };
        let name = (1..=samples_of_one).map(|place| name(news, *is_for_team, place)).find(|name| !names.contains(name)).unwrap();
        let rendered = render(&head(), &camille(), &sample.letter).unwrap();
        assert_eq!(words(&rendered.text), words_of_html(&rendered), "{}", sample.variant);
        insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true, description => sample.variant }, {
            insta::assert_snapshot!(name.as_str(), format!("{}\n\n{}", rendered.subject, rendered.text));
        });
        names.push(name);
    }
    assert!(names.len() >= 21, "{names:?}");
}
