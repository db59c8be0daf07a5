//! Why a document cannot be made.

use crate::problem::Problem;

/// Why there is no PDF.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DocumentFault {
    /// More text or more sheets than any document of ours has.
    #[error("a document of more than {most} {unit}")]
    TooLong {
        /// As many at most.
        most: usize,
        /// Of what.
        unit: &'static str,
    },
    /// The fonts inside the program cannot be read.
    #[error("a font inside the program cannot be read")]
    Font,
    /// An address longer than a QR code holds.
    #[error("an address too long for a QR code")]
    Code,
    /// What was drawn is no valid PDF/UA-1.
    #[error("writing the PDF: {0}")]
    Writing(String),
}

impl From<DocumentFault> for Problem {
    fn from(fault: DocumentFault) -> Self {
        match fault {
            DocumentFault::TooLong { .. } => Self::not_possible(
                "Ce document serait trop long pour être mis en pages. Rien n’est perdu : imprimez plutôt la page elle-même, depuis votre navigateur.",
            ),
            other => Self::Internal(anyhow::Error::from(other)),
        }
    }
}
