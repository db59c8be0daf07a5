//! The kinds of demande a page that starts one offers: those the register proposes for the organisation, the others within reach.

use sqlx::PgConnection;

use crate::{
    AppState,
    applications::{Kind, PRESET, Preset},
    calendar, experimentation,
    fields::Fields,
    organisations::{Choice, LegalCategory, Nature},
    problem::Problem,
};

/// Asks for every kind, whatever the register proposes.
pub(super) const ALL: &str = "tous";

/// What may be chosen for the organisation of a page.
#[derive(Debug)]
pub(super) struct Offer {
    /// As the register classifies it.
    category: Option<LegalCategory>,
    /// The kind is chosen once the organisation is known.
    is_asked: bool,
    /// A campaign receives candidatures today.
    pub receives: bool,
    /// Every kind, not only those proposed.
    is_whole: bool,
}

impl Offer {
    /// What may be chosen for what a number leads to; what was asked in the form is chosen, or the usual kind.
    pub async fn find(
        state: &AppState,
        connection: &mut PgConnection,
        choice: Option<&Choice>,
        form: &mut Fields,
    ) -> Result<Self, Problem> {
        let receives = experimentation::find_receiving(connection, calendar::paris_day(state.clock.now())).await?.is_some();
        let category = choice.and_then(category);
        let is_asked = matches!(choice, Some(Choice::Known(_) | Choice::ToDeclare(_)));
        if Preset::named(form.value(PRESET.name)).is_none() && form.is_valid() {
            form.set(PRESET.name, if choice.is_some() { usual(category) } else { "" });
        }
        let is_proposed = Preset::named(form.value(PRESET.name))
            .is_none_or(|asked| Preset::proposed(category.map(LegalCategory::nature)).any(|preset| preset.slug == asked.slug));
        Ok(Self { category, is_asked, receives, is_whole: !is_proposed || !form.value(ALL).is_empty() })
    }

    fn nature(&self) -> Option<Nature> {
        self.category.map(LegalCategory::nature)
    }

    /// Whether the page asks for the kind.
    pub fn is_asked(&self) -> bool {
        self.is_asked
    }

    fn of(&self, presets: impl Iterator<Item = &'static Preset>) -> Vec<&'static Preset> {
        presets.filter(|preset| self.receives || preset.kind != Kind::Experiment).collect()
    }

    fn offered(&self) -> Vec<&'static Preset> {
        if self.is_whole { self.of(Preset::all().iter()) } else { self.of(Preset::proposed(self.nature())) }
    }

    /// Value, label, hint.
    pub fn presets(&self) -> Vec<(&'static str, &'static str, &'static str)> {
        self.offered().into_iter().map(|preset| (preset.slug.as_str(), preset.label.as_str(), preset.about.as_str())).collect()
    }

    /// Whether some kinds are not shown.
    pub fn has_others(&self) -> bool {
        self.offered().len() < self.of(Preset::all().iter()).len()
    }

    /// Why these.
    pub fn hint(&self) -> &'static str {
        match self.nature() {
            Some(Nature::Public) => "Le registre classe cet organisme parmi les administrations.",
            Some(Nature::Private(_)) => "Le registre classe cet organisme parmi les organismes privés : trois cas leur sont ouverts.",
            Some(Nature::ToBeChecked) | None => {
                "Le registre ne suffit pas à dire s’il s’agit d’une administration : choisissez le cas qui convient."
            }
        }
    }
}

/// The legal category of what a number leads to.
pub(super) fn category(choice: &Choice) -> Option<LegalCategory> {
    match choice {
        Choice::Known(entity) => entity.legal_category,
        Choice::ToDeclare(_) | Choice::Refused(_) => None,
    }
}

/// What is chosen unless somebody says otherwise: most of those who ask are administrations; private bodies choose.
fn usual(category: Option<LegalCategory>) -> &'static str {
    match category.map(LegalCategory::nature) {
        Some(Nature::Private(_)) => "",
        Some(Nature::Public | Nature::ToBeChecked) | None => "administration",
    }
}

/// The kind that was chosen, or the usual one where nobody had to choose.
pub(super) fn read_preset(form: &mut Fields, category: Option<LegalCategory>) -> Option<&'static Preset> {
    if form.value(PRESET.name).is_empty() {
        form.set(PRESET.name, usual(category));
    }
    form.parse(PRESET, |typed| Preset::named(typed).ok_or("Choisissez la demande qui correspond à votre cas."))
}
