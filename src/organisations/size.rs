//! How many people an organisation employs, in four sizes, from the band INSEE gives a legal unit.

/// The size of a legal unit by its employees, as `trancheEffectifsUniteLegale` tells it: about two years late, and often not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::EnumString, strum::Display, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Size {
    /// No employee, or fewer than ten.
    UnderTen,
    /// From 10 to 49.
    Tens,
    /// From 50 to 249.
    UnderTwoHundredFifty,
    /// From 250 on.
    Larger,
    /// The register does not tell.
    Unknown,
}

impl Size {
    /// All, the smallest first.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// By the code of the band; one that is empty or that INSEE does not use tells nothing.
    pub fn of_band(code: &str) -> Self {
        match code {
            "NN" | "00" | "01" | "02" | "03" => Self::UnderTen,
            "11" | "12" => Self::Tens,
            "21" | "22" | "31" => Self::UnderTwoHundredFifty,
            "32" | "41" | "42" | "51" | "52" | "53" => Self::Larger,
            _ => Self::Unknown,
        }
    }

    /// As people read it.
    pub fn label(self) -> &'static str {
        match self {
            Self::UnderTen => "0 à 9 salariés",
            Self::Tens => "10 à 49 salariés",
            Self::UnderTwoHundredFifty => "50 à 249 salariés",
            Self::Larger => "250 salariés ou plus",
            Self::Unknown => "Non connu",
        }
    }

    /// The head of a narrow column.
    pub fn short(self) -> &'static str {
        match self {
            Self::UnderTen => "0 à 9",
            Self::Tens => "10 à 49",
            Self::UnderTwoHundredFifty => "50 à 249",
            Self::Larger => "250 ou plus",
            Self::Unknown => "Non connu",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_band_of_insee_has_a_size_and_nothing_else_has() {
        for (codes, size) in [
            (vec!["NN", "00", "01", "02", "03"], Size::UnderTen),
            (vec!["11", "12"], Size::Tens),
            (vec!["21", "22", "31"], Size::UnderTwoHundredFifty),
            (vec!["32", "41", "42", "51", "52", "53"], Size::Larger),
            (vec!["", "04", "1", "99", "nn", "11 "], Size::Unknown),
        ] {
            for code in codes {
                assert_eq!(Size::of_band(code), size, "{code}");
            }
        }
    }

    #[test]
    fn a_size_is_kept_under_its_name() {
        for size in Size::ALL {
            assert_eq!(size.to_string().parse(), Ok(*size));
            assert!(!size.label().is_empty() && !size.short().is_empty());
        }
    }
}
