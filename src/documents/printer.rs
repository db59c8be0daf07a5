//! Documents are made off the threads that answer, few at a time.

use std::{sync::Arc, time::Duration};

use tokio::{sync::Semaphore, task};

use super::{document::Document, fault::DocumentFault, layout::lay_out, pdf::draw};
use crate::problem::Problem;

/// Documents made at once: each takes a core for some tens of milliseconds.
const AT_ONCE: usize = 2;

/// Longer than any queue we would let a visitor stand in; then they are told that the desk is busy.
const MOST_WAIT: Duration = Duration::from_secs(10);

/// Bytes of text a document may hold: ten times the longest demande.
const MOST_TEXT: usize = 1_000_000;

/// The one place where documents become PDF.
#[derive(Clone, Debug)]
pub struct Printer {
    seats: Arc<Semaphore>,
}

impl Default for Printer {
    fn default() -> Self {
        Self::new()
    }
}

impl Printer {
    /// A printer that makes two documents at once.
    pub fn new() -> Self {
        Self { seats: Arc::new(Semaphore::new(AT_ONCE)) }
    }

    /// The PDF of a document.
    ///
    /// # Errors
    /// [`Problem::Busy`] when too many wait; what [`to_pdf`] says.
    pub async fn print(&self, document: Document) -> Result<Vec<u8>, Problem> {
        let seat = tokio::time::timeout(MOST_WAIT, Arc::clone(&self.seats).acquire_owned())
            .await
            .map_err(|_| Problem::Busy("too many documents wait to be made".into()))?
            .map_err(anyhow::Error::from)?;
        // The seat goes with the work: a visitor who leaves does not let another in before the core is free.
        let made = task::spawn_blocking(move || {
            let made = to_pdf(&document);
            drop(seat);
            made
        });
        Ok(made.await.map_err(anyhow::Error::from)??)
    }
}

/// The PDF of a document; the same document always gives the same bytes.
///
/// # Errors
/// [`DocumentFault`].
pub fn to_pdf(document: &Document) -> Result<Vec<u8>, DocumentFault> {
    if document.length() > MOST_TEXT {
        return Err(DocumentFault::TooLong { most: MOST_TEXT, unit: "bytes of text" });
    }
    draw(document, &lay_out(document)?)
}
