//! `/instruction/lettres`: every automatic letter, when it leaves and to whom; each as it will be read.

use askama::Template;
use axum::extract::{Path, State};

use crate::{
    AppState,
    accounts::Staff,
    notifications::{Letterhead, Rendered, render},
    problem::Problem,
    review::letters::{Addressee, Occasion, Sample, occasion, recipient, samples},
    web::{Frame, Page},
};

#[derive(Debug, Template)]
#[template(path = "review/letters.html")]
pub(super) struct LettersPage {
    frame: Frame,
    samples: Vec<Sample>,
}

impl LettersPage {
    /// The letters to such people, with the occasion and the address of each.
    fn to<'a>(&'a self, addressee: &'a Addressee) -> impl Iterator<Item = (&'a Sample, Occasion, String)> {
        self.samples
            .iter()
            .map(|sample| (sample, occasion(&sample.letter), sample.slug(&self.samples)))
            .filter(move |(_, occasion, _)| occasion.addressee == *addressee)
    }
}

pub(super) async fn show(_: Staff, State(state): State<AppState>, frame: Frame) -> Page<LettersPage> {
    Page(LettersPage { frame, samples: samples(&state.config.desk, state.clock.now()) })
}

#[derive(Debug, Template)]
#[template(path = "review/letter.html")]
pub(super) struct LetterPage {
    frame: Frame,
    sample: Sample,
    occasion: Occasion,
    rendered: Rendered,
}

pub(super) async fn show_one(
    _: Staff,
    Path(slug): Path<String>,
    State(state): State<AppState>,
    frame: Frame,
) -> Result<Page<LetterPage>, Problem> {
    let all = samples(&state.config.desk, state.clock.now());
    let sample = all.iter().find(|sample| sample.slug(&all) == slug).cloned().ok_or(Problem::NotFound)?;
    let head = Letterhead::new(&state.config, state.secret.clone());
    let rendered = render(&head, &recipient(), &sample.letter)?;
    Ok(Page(LetterPage { frame, occasion: occasion(&sample.letter), sample, rendered }))
}
