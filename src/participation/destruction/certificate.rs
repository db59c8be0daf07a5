//! What a participant certifies once its participation is over, as it is typed and as it is kept.

use jiff::civil::Date;
use time::OffsetDateTime;

use super::checks::{self, Period};
use crate::{
    attachments::Attachment,
    calendar,
    fields::{Field, Fields},
    ids::AccountId,
};

/// The day access was removed.
pub const REMOVED_ON: Field = Field { name: "acces_retire_le", label: "Jour du retrait de l’accès à FranceConnect" };
/// What became of the data.
pub const FATE: Field = Field { name: "donnees", label: "Que sont devenues les données obtenues dans le cadre de l’expérimentation ?" };
/// The day they were destroyed.
pub const DESTROYED_ON: Field = Field { name: "detruites_le", label: "Jour de la destruction des données" };
/// What is kept.
pub const KEPT: Field = Field { name: "conserve", label: "Ce qui est conservé, et jusqu’à quand" };
/// The text that founds it.
pub const LEGAL_BASIS: Field = Field { name: "fondement", label: "Le texte qui fonde cette conservation" };
/// How it was done.
pub const METHOD: Field = Field { name: "methode", label: "Comment l’accès a été retiré et les données détruites" };
/// Who signs.
pub const SIGNATORY: Field = Field { name: "signataire", label: "Prénom et nom de la personne qui signe" };
/// Their quality.
pub const QUALITY: Field = Field { name: "qualite", label: "Sa qualité" };
/// That it is certified.
pub const ATTESTS: Field = Field { name: "atteste", label: "J’atteste que ce qui précède est exact" };
/// That what looks odd is right.
pub const CONFIRM: Field = Field { name: "confirmation", label: "Votre attestation, à confirmer" };
/// Why a certificate is corrected.
pub const BECAUSE: Field = Field { name: "motif", label: "Pourquoi corrigez-vous cette attestation\u{a0}?" };

/// What became of the data obtained in the experiment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    /// All of them were destroyed.
    Destroyed {
        /// When.
        on: Date,
    },
    /// Some are kept, because a text says so; the others were destroyed.
    KeptInPart {
        /// When the others were.
        on: Date,
        /// Which are kept, and until when.
        kept: String,
        /// The text that founds it.
        legal_basis: String,
    },
    /// None was ever kept.
    NeverHeld,
}

/// The name of a fate, in a form and in the database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::Display, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub(super) enum Named {
    Destroyed,
    KeptInPart,
    NeverHeld,
}

impl Named {
    const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    fn label(self) -> &'static str {
        match self {
            Self::Destroyed => "Toutes ces données sont détruites",
            Self::KeptInPart => "Une partie est conservée parce qu’un texte le prévoit ; le reste est détruit",
            Self::NeverHeld => "Aucune de ces données n’a été conservée par le service",
        }
    }
}

impl Fate {
    /// As a form offers them: value, words, nothing more.
    pub fn choices() -> Vec<(String, &'static str, &'static str)> {
        Named::ALL.iter().map(|fate| (fate.to_string(), fate.label(), "")).collect()
    }

    /// Its name.
    pub(super) fn named(&self) -> Named {
        match self {
            Self::Destroyed { .. } => Named::Destroyed,
            Self::KeptInPart { .. } => Named::KeptInPart,
            Self::NeverHeld => Named::NeverHeld,
        }
    }

    /// From what the database keeps; nothing when it does not hold together.
    pub(super) fn from_parts(named: Named, on: Option<Date>, kept: String, legal_basis: String) -> Option<Self> {
        match (named, on) {
            (Named::Destroyed, Some(on)) => Some(Self::Destroyed { on }),
            (Named::KeptInPart, Some(on)) => Some(Self::KeptInPart { on, kept, legal_basis }),
            (Named::NeverHeld, None) => Some(Self::NeverHeld),
            _ => None,
        }
    }

    /// When data were destroyed, if some were.
    pub fn destroyed_on(&self) -> Option<Date> {
        match self {
            Self::Destroyed { on } | Self::KeptInPart { on, .. } => Some(*on),
            Self::NeverHeld => None,
        }
    }

    /// What is kept and the text that founds it, or nothing.
    pub fn kept(&self) -> Option<(&str, &str)> {
        match self {
            Self::KeptInPart { kept, legal_basis, .. } => Some((kept, legal_basis)),
            _ => None,
        }
    }

    /// In a sentence.
    pub fn sentence(&self) -> String {
        let day = self.destroyed_on().map(calendar::date_in_full).unwrap_or_default();
        match self {
            Self::Destroyed { .. } => format!("Toutes détruites le {day}"),
            Self::KeptInPart { .. } => format!("Détruites le {day}, sauf ce qui est conservé"),
            Self::NeverHeld => "Aucune n’a été conservée par le service".into(),
        }
    }
}

/// What a participant certifies.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The day the FranceConnect access was removed.
    pub removed_on: Date,
    /// What became of the data.
    pub fate: Fate,
    /// How both were done.
    pub method: String,
    /// Who signs for the legal person.
    pub signatory: String,
    /// Their quality.
    pub quality: String,
}

/// A certificate that was signed, or a correction of it.
#[derive(Clone, Debug)]
pub struct Signed {
    /// From 1; a correction has a higher one.
    pub number: i32,
    /// What it says.
    pub certificate: Certificate,
    /// What looked odd and was confirmed, or nothing.
    pub confirmed: String,
    /// Why it was corrected; nothing for the first.
    pub because: String,
    /// The account it was signed with.
    pub signed_by: AccountId,
    /// Whose, by the name of that day.
    pub author: String,
    /// When.
    pub signed_at: OffsetDateTime,
    /// The files that came with it.
    pub files: Vec<Attachment>,
}

impl Signed {
    /// Its files, for the page.
    pub fn files(&self) -> Vec<&Attachment> {
        self.files.iter().collect()
    }
}

impl Certificate {
    /// Reads the form: every mistake is noted beside its field.
    pub fn parse(fields: &mut Fields, period: Period) -> Option<Self> {
        let removed_on = fields.parse(REMOVED_ON, |typed| match calendar::parse_date_since(typed, 2018)? {
            None => Err("Indiquez le jour où le bouton et les accès techniques ont été retirés.".to_owned()),
            Some(day) => checks::removed(day, period).map(|()| day),
        });
        let fate = fate(fields, period);
        let method = fields.paragraph(METHOD, 2000);
        let signatory = fields.line(SIGNATORY, 130);
        let quality = fields.line(QUALITY, 130);
        if !fields.has(ATTESTS.name, "oui") {
            fields.refuse(ATTESTS, "Cochez cette case : sans elle, ce n’est pas une attestation.");
        }
        if !fields.is_valid() {
            return None;
        }
        Some(Self { removed_on: removed_on?, fate: fate?, method: method?, signatory: signatory?, quality: quality? })
    }

    /// As a form shows it, to correct it; it is to be attested again.
    pub fn as_fields(&self) -> Fields {
        let mut fields = Fields::default();
        fields.set(REMOVED_ON.name, self.removed_on.to_string());
        fields.set(FATE.name, self.fate.named().to_string());
        fields.set(DESTROYED_ON.name, self.fate.destroyed_on().map(|day| day.to_string()).unwrap_or_default());
        let (kept, legal_basis) = self.fate.kept().unwrap_or_default();
        for (field, value) in
            [(KEPT, kept), (LEGAL_BASIS, legal_basis), (METHOD, &self.method), (SIGNATORY, &self.signatory), (QUALITY, &self.quality)]
        {
            fields.set(field.name, value);
        }
        fields
    }
}

/// Reads what became of the data: each answer asks for its own fields, and for none of the others.
fn fate(fields: &mut Fields, period: Period) -> Option<Fate> {
    let named = fields.parse(FATE, |typed| typed.parse::<Named>().map_err(|_| "Choisissez une des trois réponses."));
    let on = fields.parse(DESTROYED_ON, |typed| match calendar::parse_date_since(typed, 2018)? {
        Some(day) => checks::destroyed(day, period).map(|()| Some(day)),
        None => Ok(None),
    });
    let kept = fields.optional_paragraph(KEPT, 2000);
    let legal_basis = fields.optional_line(LEGAL_BASIS, 300);
    let (named, on, kept, legal_basis) = (named?, on?, kept?, legal_basis?);
    if named == Named::NeverHeld && on.is_some() {
        fields.refuse(DESTROYED_ON, "Vous dites qu’aucune donnée n’a été conservée : effacez ce jour, ou changez votre réponse.");
    } else if named != Named::NeverHeld && on.is_none() {
        fields.refuse(DESTROYED_ON, "Indiquez le jour où les données ont été détruites.");
    }
    for (field, typed, missing) in [
        (KEPT, &kept, "Dites quelles données sont conservées, et jusqu’à quand."),
        (LEGAL_BASIS, &legal_basis, "Citez le texte qui impose ou permet de les conserver."),
    ] {
        match (named == Named::KeptInPart, typed.is_empty()) {
            (true, true) => fields.refuse(field, missing),
            (false, false) => fields.refuse(field, "Vous dites que rien n’est conservé : effacez ce texte, ou changez votre réponse."),
            _ => {}
        }
    }
    if fields.is_valid() { Fate::from_parts(named, on, kept, legal_basis) } else { None }
}

#[cfg(test)]
mod tests;
