//! What somebody of the team may choose to be written about, and how often.

use super::{DecisionLetter, Letter, TeamLetter};

/// A kind of news of the team's work. Letters owed by law, about security or to applicants have none: they always leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::Display, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Topic {
    /// A demande arrived, or came back completed.
    Arrival,
    /// An applicant wrote.
    Message,
    /// Somebody of a client objects to a demande.
    Objection,
    /// A colleague gives them a dossier.
    Assignment,
    /// An opinion is asked of their service, or given to who asked.
    Opinion,
    /// A decision waits for a signature, or comes back.
    Signature,
    /// Silence will soon decide, or has.
    Clock,
    /// A change of a campaign is proposed, agreed or declined.
    Campaign,
}

/// How often.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, strum::EnumString, strum::Display, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Pace {
    /// A letter each time.
    #[default]
    Each,
    /// Once a working day, with the rest.
    Digest,
    /// Never: the pages of the desk tell it all.
    Never,
}

impl Topic {
    /// All, in the order of the page.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// As the page asks about it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Arrival => "Une demande arrive, ou revient complétée",
            Self::Message => "Un demandeur écrit un message",
            Self::Objection => "Le client d’un éditeur s’oppose à une demande",
            Self::Assignment => "Un collègue me confie un dossier",
            Self::Opinion => "Un avis est demandé à mon service, ou rendu à ma demande",
            Self::Signature => "Une décision attend une signature, ou revient",
            Self::Clock => "Le silence va décider, ou vient de décider",
            Self::Campaign => "Un changement de campagne est proposé, accepté ou refusé",
        }
    }
}

impl Pace {
    /// All, in the order of the page.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// As the page offers it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Each => "À chaque fois",
            Self::Digest => "Dans le résumé du jour",
            Self::Never => "Jamais",
        }
    }
}

impl Letter {
    /// What its recipient may choose about it; nothing when it always leaves.
    pub fn topic(&self) -> Option<Topic> {
        match self {
            Self::ApplicationArrived { .. } => Some(Topic::Arrival),
            Self::MessageReceived { is_for_team: true, .. } => Some(Topic::Message),
            Self::ClientObjected { to_team: true, .. } => Some(Topic::Objection),
            Self::DossierAssigned { .. } => Some(Topic::Assignment),
            Self::OpinionAsked { .. } | Self::OpinionGiven { .. } => Some(Topic::Opinion),
            Self::OfDecision(DecisionLetter::DecisionToSign { .. } | DecisionLetter::DecisionReturned { .. }) => Some(Topic::Signature),
            Self::ClockNews { is_for_team: true, .. } => Some(Topic::Clock),
            Self::OfTeam(TeamLetter::CampaignChange { .. }) => Some(Topic::Campaign),
            _ => None,
        }
    }

    /// Whether its recipient can put an end to such letters with the link it carries.
    pub fn can_be_stopped(&self) -> bool {
        self.topic().is_some() || matches!(self, Self::OfTeam(TeamLetter::DailyDigest { .. }))
    }
}
