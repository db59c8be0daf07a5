//! Why a number is refused, in sentences.

use super::Siren;

/// Why what was typed is no SIRET; its `Display` is the sentence shown beside the field.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SiretFault {
    /// Nothing but spaces.
    #[error("Indiquez le SIRET de votre organisme : 14 chiffres.")]
    Empty,
    /// Digits only, but not fourteen.
    #[error("Un SIRET a 14 chiffres, vous en avez saisi {digits}. {}", if *digits < 14 { "Complétez-le." } else { "Retirez ceux qui sont en trop." })]
    WrongLength {
        /// Digits typed.
        digits: usize,
    },
    /// Nine digits: the organisation is named, not its establishment.
    #[error(
        "Vous avez saisi un SIREN (9 chiffres). Indiquez le SIRET de l’établissement : ces 9 chiffres suivis des 5 qui désignent l’établissement."
    )]
    Siren(Siren),
    /// A French VAT number: the SIREN is in it.
    #[error(
        "Vous avez saisi un numéro de TVA. Il contient le SIREN {0} : indiquez le SIRET de l’établissement, ces 9 chiffres suivis de 5 autres."
    )]
    Vat(Siren),
    /// A French VAT number whose key does not fit.
    #[error("Vous avez saisi un numéro de TVA, et il contient une erreur. Indiquez plutôt le SIRET de l’établissement : 14 chiffres.")]
    WrongVat,
    /// A number of the Monaco register.
    #[error(
        "Ce numéro est celui d’un organisme monégasque. FranceConnect est ouvert aux organismes établis en France : indiquez le SIRET d’un établissement en France si vous en avez un."
    )]
    Monaco,
    /// Something else than digits.
    #[error("Un SIRET ne contient que des chiffres. Retirez les lettres et les autres signes.")]
    NotDigits,
}

/// Why what was typed is no SIREN; its `Display` is the sentence shown beside the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SirenFault {
    /// Nothing but spaces.
    #[error("Indiquez un SIREN : 9 chiffres.")]
    Empty,
    /// Digits only, but not nine.
    #[error("Un SIREN a 9 chiffres, vous en avez saisi {digits}.")]
    WrongLength {
        /// Digits typed.
        digits: usize,
    },
    /// A French VAT number whose key does not fit.
    #[error("Ce numéro de TVA contient une erreur. Vérifiez-le, ou indiquez le SIREN : 9 chiffres.")]
    WrongVat,
    /// Something else than digits.
    #[error("Un SIREN ne contient que des chiffres. Retirez les lettres et les autres signes.")]
    NotDigits,
}
