//! What the steps offer to choose from: value, label, hint.

use crate::applications::{
    AssuranceLevel, ContactFields, DATA_CONTROLLER, DPO, ProtectionRole, TECHNICAL_CONTACT, VendorRole,
    legal_basis::{ARRETE_2018, OTHER},
};

pub(super) fn legal_choices(is_private: bool) -> [(&'static str, &'static str, &'static str); 2] {
    let usual = if is_private { "Le cas permanent du changement d’adresse" } else { "Le cas de presque toutes les administrations" };
    [
        (ARRETE_2018, "L’arrêté du 8\u{a0}novembre 2018 relatif à FranceConnect", usual),
        (OTHER, "Un autre texte", "Loi, décret, arrêté ou délibération propre à votre service"),
    ]
}

pub(super) fn protection_roles() -> [(String, &'static str, &'static str); 2] {
    [
        (
            ProtectionRole::Dpo.to_string(),
            "Un délégué à la protection des données",
            "Désigné auprès de la CNIL ; il peut relever d’un autre organisme",
        ),
        (
            ProtectionRole::Referent.to_string(),
            "Un référent, car nous n’avons pas de délégué",
            "Sa désignation n’est pas toujours obligatoire pour un organisme privé (RGPD, article\u{a0}37)",
        ),
    ]
}

pub(super) fn levels() -> [(String, &'static str, &'static str); 2] {
    [AssuranceLevel::Low, AssuranceLevel::Substantial].map(|level| (level.to_string(), level.label(), level.hint()))
}

pub(super) fn vendor_roles() -> [(String, &'static str, &'static str); 2] {
    [VendorRole::Processor, VendorRole::SoftwareOnly].map(|role| (role.to_string(), role.label(), role.hint()))
}

pub(super) fn contacts() -> [ContactFields; 3] {
    [DATA_CONTROLLER, DPO, TECHNICAL_CONTACT]
}
