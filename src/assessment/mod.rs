//! The assessment of an experiment: « un bilan qualitatif et quantitatif en sera effectué avant la fin de l’expérimentation pour en tirer les
//! conclusions ». Its figures are counted from reports, participations and decisions; each says exactly what it counts. Users are quoted from
//! reports, without a name. Whoever answers for the campaign writes around them, then publishes an edition, which nothing changes any more.
//!
//! - the figures: [`Figure`], made of facts in `people`, `shares`, `growth`, `times`; what the public may not read is hidden by `secrecy`;
//! - the passages: [`choose_excerpt`], [`remove_excerpt`]; the words around: [`save_draft`]; then [`publish`].

mod assess;
mod bars;
mod breakdown;
mod choose_excerpt;
mod content;
mod document;
mod excerpt;
mod export_line;
mod fact;
mod figure;
mod growth;
pub mod pages;
mod people;
mod publish;
mod remove_excerpt;
mod save_draft;
mod secrecy;
mod shares;
mod store;
mod times;
mod value;

pub use assess::assess;
pub use bars::Bar;
pub use choose_excerpt::{Choice, choose_excerpt};
pub use content::{Content, Draft, Edition};
pub use document::document;
pub use excerpt::{Excerpt, ExcerptFault, MOST_LETTERS, Quote, Source, Tag};
pub use figure::{Figure, Headline, Key, Row, Table};
pub use publish::{Published, Publishing, publish};
pub use remove_excerpt::remove_excerpt;
pub use save_draft::{Saved, Texts, save_draft};
pub use secrecy::Reader;
pub use store::{
    editions::{find_edition, find_last_assessed},
    excerpts::{find_excerpts, find_sources},
};
pub use value::{Unknown, Value};
