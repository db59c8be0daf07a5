//! What somebody of the team may do.

/// A role on the staff side; roles add up, and without one a person is an applicant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::EnumString, strum::Display, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Role {
    /// Reads everything, decides nothing.
    Observer,
    /// Instructs and decides.
    Reviewer,
    /// Gives the opinion of DINUM's legal service.
    Jurist,
    /// Signs decisions.
    Signatory,
    /// Answers for the experiment: its campaigns, its figures, its term.
    ProgrammeManager,
    /// Manages people and settings.
    Admin,
}

impl Role {
    /// All, in the order of the pages.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Observer => "observateur",
            Self::Reviewer => "instructeur",
            Self::Jurist => "juriste",
            Self::Signatory => "signataire",
            Self::ProgrammeManager => "responsable de programme",
            Self::Admin => "administrateur",
        }
    }

    /// What it allows, beside its tick.
    pub fn allows(self) -> &'static str {
        match self {
            Self::Observer => "Lit toutes les demandes, n’en décide aucune",
            Self::Reviewer => "Instruit les demandes, écrit aux demandeurs, décide",
            Self::Jurist => "Lit les demandes, donne l’avis juridique",
            Self::Signatory => "Instruit et signe les décisions",
            Self::ProgrammeManager => "Lit les demandes, suit l’expérimentation, propose ou accepte les changements de ses campagnes",
            Self::Admin => "Gère les personnes et les réglages du guichet",
        }
    }

    /// All, as the choices of a form: value, label, what it allows.
    pub fn choices() -> Vec<(String, &'static str, &'static str)> {
        Self::ALL.iter().map(|role| (role.to_string(), role.label(), role.allows())).collect()
    }

    /// Several, in the order of the pages: « instructeur, signataire ».
    pub fn labels(roles: &[Self]) -> String {
        let held: Vec<&str> = Self::ALL.iter().filter(|role| roles.contains(role)).map(|role| role.label()).collect();
        held.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_told_in_the_order_of_the_pages() {
        assert_eq!(Role::labels(&[Role::Admin, Role::Reviewer]), "instructeur, administrateur");
        assert_eq!(Role::labels(&[]), "");
        for role in Role::ALL {
            assert_eq!(role.to_string().parse(), Ok(*role));
        }
    }
}
