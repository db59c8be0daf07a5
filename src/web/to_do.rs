//! What waits for somebody besides their demandes, as their list shows it first.

/// A thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ToDo {
    /// « Rapport de mai 2027 à remettre au plus tard le 10 juin 2027 ».
    pub title: String,
    /// Of what, and what it means.
    pub says: String,
    /// Its button.
    pub label: String,
    /// Where it is done.
    pub href: String,
}
