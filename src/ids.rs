//! Numbers that must not be taken for one another: one type per table.

/// Declares a row number; `prefix` is what people see in front of it (« D12 »).
macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $prefix:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, sqlx::Type)]
        #[serde(transparent)]
        #[sqlx(transparent)]
        pub struct $name(pub i64);

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
    /// A demande, shown as « D12 ».
    ApplicationId, "D"
);
id!(
    /// A granted right, shown as « H12 ».
    AuthorizationId, "H"
);
