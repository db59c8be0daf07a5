//! Why a demande may be refused: a closed list, each ground with its consideration of law (CRPA L211-2 7°, L211-5).

use crate::{applications::Kind, criteria::Rule};

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
    /// A candidature that does not measure what FranceConnect brings.
    SelectionS1,
    /// One that does not respect the « cahier des charges ».
    SelectionS2,
    /// One that does not promote the service.
    SelectionS3,
    /// One that keeps the data longer than the contract.
    SelectionS4,
    /// One that leaves no other way to sign in.
    SelectionS5,
    /// One that sells the data or transfers them outside the Union.
    SelectionS6,
    /// One that does not stop and destroy at the end.
    SelectionS7,
    /// A candidature the campaign does not receive.
    OutOfCampaign,
    /// Its sector has all the places the panel gives it.
    PanelFull,
    /// Every place of the campaign is taken.
    CapacityReached,
}

impl Ground {
    /// All, in the order of the form.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// Those a demande of that kind may be refused for, in the order of the form.
    pub fn of(kind: Kind) -> Vec<Self> {
        Self::ALL.iter().copied().filter(|ground| kind == Kind::Experiment || !ground.is_of_an_experiment()).collect()
    }

    /// Whether only a candidature may be refused for it.
    fn is_of_an_experiment(self) -> bool {
        self.criterion().is_some() || matches!(self, Self::OutOfCampaign | Self::PanelFull | Self::CapacityReached)
    }

    /// The published selection criterion it rests on.
    fn criterion(self) -> Option<Rule> {
        match self {
            Self::SelectionS1 => Some(Rule::S1),
            Self::SelectionS2 => Some(Rule::S2),
            Self::SelectionS3 => Some(Rule::S3),
            Self::SelectionS4 => Some(Rule::S4),
            Self::SelectionS5 => Some(Rule::S5),
            Self::SelectionS6 => Some(Rule::S6),
            Self::SelectionS7 => Some(Rule::S7),
            _ => None,
        }
    }

    /// As the form and the dossier say it.
    pub fn label(self) -> String {
        if let Some(criterion) = self.criterion() {
            return format!("Critère de sélection {criterion} : {}", lower_first(criterion.title()));
        }
        match self {
            Self::NotEligible => "L’organisme ou le service n’est pas éligible",
            Self::Incomplete => "Le dossier est resté incomplet",
            Self::DataNotProportionate => "Les données demandées ne sont pas proportionnées",
            Self::LegalBasisInsufficient => "Le cadre juridique ne suffit pas",
            Self::OutOfCampaign => "La candidature est hors campagne",
            Self::PanelFull => "Le secteur a déjà toutes les places prévues pour lui",
            Self::CapacityReached => "Toutes les places de l’expérimentation sont prises",
            _ => "L’usage décrit dépasse l’identification des usagers",
        }
        .into()
    }

    /// The consideration of law, as the letter says it after « En droit, » unless its author writes another.
    pub fn in_law(self) -> String {
        if let Some(criterion) = self.criterion() {
            return format!(
                "l’appel à candidatures de l’expérimentation FranceConnect, prise dans les conditions de l’arrêté du 8 novembre 2018, écarte les dossiers qui ne remplissent pas ses critères de sélection, dont le critère {criterion} : « {} »",
                criterion.wording()
            );
        }
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
            Self::OutOfCampaign => {
                "l’arrêté d’expérimentation relatif à FranceConnect fixe les dates entre lesquelles les candidatures sont reçues et la durée de l’expérimentation."
            }
            Self::PanelFull => {
                "l’expérimentation relative à FranceConnect réunit un panel représentatif de ses secteurs d’activité, chacun dans la limite des places publiées pour lui, attribuées par ordre d’arrivée."
            }
            Self::CapacityReached => {
                "l’arrêté d’expérimentation relatif à FranceConnect limite le nombre des personnes morales qui y participent ; les places sont attribuées par ordre d’arrivée."
            }
            _ => {
                "l’arrêté du 8 novembre 2018 relatif au téléservice dénommé «\u{a0}FranceConnect\u{a0}» limite sa finalité à l’identification et à l’authentification des usagers de services en ligne."
            }
        }
        .into()
    }

    /// Whether the applicant must have been asked to complete the dossier first.
    pub fn needs_missing_items(self) -> bool {
        self == Self::Incomplete
    }
}

fn lower_first(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use strum::VariantArray;

    use super::*;

    #[test]
    fn every_ground_has_its_consideration_of_law() {
        for ground in Ground::ALL {
            let in_law = ground.in_law();
            assert!(in_law.ends_with(['.', '»']) && in_law.starts_with("l’") && in_law.chars().count() <= 2000, "{ground}: {in_law}");
            assert!(!ground.label().is_empty() && ground.to_string().parse() == Ok(*ground), "{ground}");
        }
    }

    #[test]
    fn only_a_candidature_is_refused_for_a_criterion_a_place_or_a_campaign() {
        for kind in Kind::VARIANTS {
            let grounds = Ground::of(*kind);
            assert_eq!(grounds.len(), if *kind == Kind::Experiment { 15 } else { 5 }, "{kind}");
        }
        assert!(Ground::SelectionS6.label().contains("S6") && Ground::SelectionS6.in_law().contains("Union européenne"));
        assert_eq!(Ground::SelectionS6.to_string(), "selection_s6");
    }
}
