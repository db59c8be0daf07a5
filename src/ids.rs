//! Numbers that must not be taken for one another: one type per table.

/// Declares a row number; `prefix` is what people see in front of it (« D12 »).
macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, sqlx::Type)]
        #[serde(transparent)]
        #[sqlx(transparent)]
        pub struct $name(pub i64);

        impl $name {
            /// Reads a number as people write it, with or without its letter: « D12 », « d12 », « 12 ».
            pub fn parse(typed: &str) -> Option<Self> {
                let typed = typed.trim();
                let digits = typed.get(..$prefix.len()).filter(|start| start.eq_ignore_ascii_case($prefix)).map_or(typed, |start| &typed[start.len()..]);
                let is_number = (1..=18).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
                if is_number { digits.parse().ok().map(Self) } else { None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, concat!($prefix, "{}"), self.0)
            }
        }
    };
}

id!(
    /// A person's account.
    AccountId, ""
);
id!(
    /// An organisation, one per SIRET.
    OrganisationId, ""
);
id!(
    /// An e-mail domain an organisation vouched for.
    DomainId, ""
);
id!(
    /// What a vendor declared of a client.
    RepresentationId, ""
);
id!(
    /// A campaign of experiment.
    CampaignId, ""
);
id!(
    /// A change of a campaign, or a new one, that somebody proposed.
    CampaignChangeId, ""
);
id!(
    /// A passage chosen for the assessment of a campaign.
    ExcerptId, ""
);
id!(
    /// A demande, shown as « D12 ».
    ApplicationId, "D"
);
id!(
    /// A message about a demande.
    MessageId, ""
);
id!(
    /// A note of the team about a demande.
    NoteId, ""
);
id!(
    /// A granted right, shown as « H12 ».
    AuthorizationId, "H"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_people_write_it() {
        for typed in ["D12", "d12", " 12 ", "12"] {
            assert_eq!(ApplicationId::parse(typed), Some(ApplicationId(12)), "{typed:?}");
        }
        for typed in ["", "D", "H12", "-1", "1.5", "D 12", "99999999999999999999", "é12", "12é"] {
            assert_eq!(ApplicationId::parse(typed), None, "{typed:?}");
        }
    }
}
