//! Why a demande may be refused: a closed list, each ground with its consideration of law (CRPA L211-2 7°, L211-5).

/// A ground of refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::Display, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Ground {
    /// Neither an administration nor one of the cases the arrêté names.
    NotEligible,
    /// Still incomplete after the items were asked for (CRPA L114-5).
    Incomplete,
    /// More data than the service needs (RGPD art. 5.1 c).
    DataNotProportionate,
    /// No text allows the processing (RGPD art. 6).
    LegalBasisInsufficient,
    /// The use goes beyond identifying the users of an on-line service.
    ServiceOutOfScope,
}

impl Ground {
    /// All, in the order of the form.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// As the form and the dossier say it.
    pub fn label(self) -> &'static str {
        match self {
            Self::NotEligible => "L’organisme ou le service n’est pas éligible",
            Self::Incomplete => "Le dossier est resté incomplet",
            Self::DataNotProportionate => "Les données demandées ne sont pas proportionnées",
            Self::LegalBasisInsufficient => "Le cadre juridique ne suffit pas",
            Self::ServiceOutOfScope => "L’usage décrit dépasse l’identification des usagers",
        }
    }

    /// The consideration of law, as the letter says it after « En droit, ».
    pub fn in_law(self) -> &'static str {
        match self {
            Self::NotEligible => {
                "l’arrêté du 8 novembre 2018 relatif au téléservice dénommé «\u{a0}FranceConnect\u{a0}» réserve son usage aux autorités administratives et aux organismes qu’il énumère."
            }
            Self::Incomplete => {
                "l’article L. 114-5 du code des relations entre le public et l’administration prévoit que les éléments manquants sont demandés avec un délai ; ils n’ont pas été fournis."
            }
            Self::DataNotProportionate => {
                "l’article 5, paragraphe 1, point c) du règlement (UE) 2016/679 (RGPD) impose que les données soient adéquates, pertinentes et limitées à ce qui est nécessaire."
            }
            Self::LegalBasisInsufficient => {
                "l’article 6 du règlement (UE) 2016/679 (RGPD) n’autorise un traitement de données que s’il repose sur une des bases juridiques qu’il énumère."
            }
            Self::ServiceOutOfScope => {
                "l’arrêté du 8 novembre 2018 relatif au téléservice dénommé «\u{a0}FranceConnect\u{a0}» limite sa finalité à l’identification et à l’authentification des usagers de services en ligne."
            }
        }
    }

    /// Whether the applicant must have been asked to complete the dossier first.
    pub fn needs_an_earlier_request(self) -> bool {
        self == Self::Incomplete
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ground_has_its_consideration_of_law() {
        for ground in Ground::ALL {
            assert!(ground.in_law().ends_with('.') && ground.in_law().starts_with("l’"), "{ground}");
            assert_eq!(ground.to_string().parse(), Ok(*ground));
        }
    }
}
