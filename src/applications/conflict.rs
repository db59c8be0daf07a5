//! Two texts of one step: what somebody typed and what was saved meanwhile, compared field by field.

use crate::fields::{Field, Fields};

/// The value of a choice that keeps what was typed.
pub const TYPED: &str = "saisi";

/// The value of a choice that keeps what is saved.
pub const SAVED: &str = "enregistre";

/// A field whose two texts differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Which.
    pub field: Field,
    /// As typed, blank values left out.
    pub typed: Vec<String>,
    /// As saved, blank values left out.
    pub saved: Vec<String>,
}

impl Difference {
    /// The name of the choice between the two.
    pub fn choice(&self) -> String {
        format!("garde-{}", self.field.name)
    }
}

/// Every field that differs, in the order of the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conflict {
    /// They.
    pub differences: Vec<Difference>,
}

impl Conflict {
    /// Compares two texts of a step. How a browser ends its lines makes no difference, nor does a field left blank or not sent.
    pub fn between(fields: &[Field], typed: &Fields, saved: &Fields) -> Self {
        let differences = fields.iter().filter_map(|field| {
            let (typed, saved) = (written(typed, field.name), written(saved, field.name));
            (typed != saved).then_some(Difference { field: *field, typed, saved })
        });
        Self { differences: differences.collect() }
    }

    /// Whether the two say the same.
    pub fn is_empty(&self) -> bool {
        self.differences.is_empty()
    }

    /// Applies the choices a form brings with what was typed: the form then holds one text. A field without its choice is told beside it,
    /// and nothing changes before every choice is made.
    pub fn settle(&self, form: &mut Fields) {
        for difference in &self.differences {
            if !matches!(form.value(&difference.choice()), TYPED | SAVED) {
                form.refuse(difference.field, "choisissez ce que vous gardez.");
            }
        }
        if form.is_valid() {
            let taken: Vec<_> = self.differences.iter().filter(|difference| form.value(&difference.choice()) == SAVED).collect();
            for difference in taken {
                form.set_all(difference.field.name, difference.saved.iter().cloned());
            }
        }
    }
}

/// The values of a field that say something, their lines ended one way.
fn written(fields: &Fields, name: &str) -> Vec<String> {
    fields.values(name).map(|value| value.replace("\r\n", "\n")).filter(|value| !value.trim().is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NAME: Field = Field { name: "name", label: "Nom" };
    const WHY: Field = Field { name: "why", label: "Pourquoi" };
    const BOXES: Field = Field { name: "boxes", label: "Cases" };
    const ALL: [Field; 3] = [NAME, WHY, BOXES];

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        Fields::from_pairs(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn only_what_differs_is_compared() {
        let typed = fields(&[("name", "Portail A"), ("why", "Une ligne\r\nDeux"), ("boxes", "x"), ("boxes", "y"), ("other", "1")]);
        let saved = fields(&[("name", "Portail B"), ("why", "Une ligne\nDeux"), ("boxes", "x")]);
        let conflict = Conflict::between(&ALL, &typed, &saved);
        let names: Vec<_> = conflict.differences.iter().map(|difference| difference.field.name).collect();
        assert_eq!(names, ["name", "boxes"]);
        assert_eq!(conflict.differences[1].typed, ["x", "y"]);
        assert!(Conflict::between(&ALL, &fields(&[("name", " ")]), &fields(&[])).is_empty(), "blank or not sent is the same");
    }

    #[test]
    fn a_field_nobody_chose_for_is_told_and_nothing_changes() {
        let mut form = fields(&[("name", "Portail A"), ("why", "Pour A"), ("garde-why", SAVED)]);
        let conflict = Conflict::between(&ALL, &form, &fields(&[("name", "Portail B"), ("why", "Pour B")]));
        conflict.settle(&mut form);
        assert_eq!((form.value("name"), form.value("why")), ("Portail A", "Pour A"));
        assert_eq!(form.errors().len(), 1);
        assert!(form.error("name").is_some());
    }

    fn some_values() -> impl Strategy<Value = Vec<(String, String)>> {
        let name = prop_oneof![Just("name"), Just("why"), Just("boxes")].prop_map(str::to_owned);
        proptest::collection::vec((name, "[a-c \r\n]{0,3}"), 0..6)
    }

    proptest! {
        /// Each field holds one of its two texts, the chosen one, and nothing is left to compare with it.
        #[test]
        fn each_field_ends_as_chosen(typed in some_values(), saved in some_values(), choices in proptest::array::uniform3(any::<bool>())) {
            let (typed, saved) = (Fields::from_pairs(typed), Fields::from_pairs(saved));
            let conflict = Conflict::between(&ALL, &typed, &saved);
            let mut settled = typed.clone();
            for (field, keeps_typed) in ALL.iter().zip(choices) {
                settled.set(&format!("garde-{}", field.name), if keeps_typed { TYPED } else { SAVED });
            }
            conflict.settle(&mut settled);
            prop_assert!(settled.is_valid());
            for (field, keeps_typed) in ALL.iter().zip(choices) {
                let kept = if keeps_typed { &typed } else { &saved };
                prop_assert!(Conflict::between(&[*field], &settled, kept).is_empty(), "{}", field.name);
            }
        }

        /// The two sides see the same differences, and a text differs from itself in nothing.
        #[test]
        fn a_conflict_has_no_side(typed in some_values(), saved in some_values()) {
            let (typed, saved) = (Fields::from_pairs(typed), Fields::from_pairs(saved));
            let one = Conflict::between(&ALL, &typed, &saved);
            let other = Conflict::between(&ALL, &saved, &typed);
            prop_assert_eq!(one.differences.len(), other.differences.len());
            for (a, b) in one.differences.iter().zip(&other.differences) {
                prop_assert_eq!((a.field, &a.typed, &a.saved), (b.field, &b.saved, &b.typed));
            }
            prop_assert!(Conflict::between(&ALL, &typed, &typed).is_empty());
        }
    }
}
