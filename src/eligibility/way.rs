//! How a right may be asked for, and which of these ways this desk offers today.

/// A way to ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumIter)]
pub enum Way {
    /// An administration, for itself.
    Administration,
    /// A software vendor, for the administration it represents.
    VendorForClient,
    /// A private body, for services tied to a change of address.
    AddressChange,
    /// A private body which a text obliges to check who people are.
    IdentityCheck,
    /// A private body, as a candidate of the experiment.
    Candidature,
}

/// Whether a demande of that kind can be filed on this desk now. The only place that knows: a kind is switched on here, and verdicts lead
/// to it; until then they lead to the desk's mailbox, with the list of what to prepare.
pub fn is_open_here(way: Way) -> bool {
    match way {
        Way::Administration | Way::VendorForClient | Way::AddressChange | Way::IdentityCheck | Way::Candidature => true,
    }
}

impl Way {
    /// What the page that starts a demande calls it.
    pub fn preset(self) -> &'static str {
        match self {
            Self::Administration | Self::VendorForClient => "administration",
            Self::AddressChange => "adresse",
            Self::IdentityCheck => "identite",
            Self::Candidature => "experimentation",
        }
    }
}
