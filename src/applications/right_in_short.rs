//! What became of the right a demande was granted, as a list of demandes says it. `authorizations` knows, and tells.

/// A right that does not stand as it was granted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RightInShort {
    /// « Habilitation révoquée », for a badge.
    pub label: &'static str,
    /// That badge's class.
    pub badge: &'static str,
    /// « L’habilitation est révoquée depuis le 3 mars 2027. »
    pub sentence: String,
}
