//! The words between braces that are filled with what a demande says.

/// A word a text may hold between braces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::EnumString, strum::Display, strum::VariantArray)]
#[strum(serialize_all = "snake_case")]
pub enum Placeholder {
    /// The organisation, as the version names it.
    Organisme,
    /// The name of the service.
    Service,
    /// D12.
    Numero,
    /// Who handed the version in.
    Demandeur,
    /// The number of the version.
    Version,
    /// The day the version was received.
    Depot,
    /// The day on which silence would decide, or by which the desk means to answer.
    Echeance,
    /// Who writes.
    Instructeur,
}

/// What each placeholder says of one demande, in the order of [`Placeholder::ALL`].
pub type Values = [String; 8];

impl Placeholder {
    /// All, in the order they are explained.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// What it stands for.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Organisme => "l’organisme de la demande",
            Self::Service => "le nom du service",
            Self::Numero => "le numéro de la demande",
            Self::Demandeur => "qui a déposé la demande",
            Self::Version => "le numéro de la version",
            Self::Depot => "la date du dépôt",
            Self::Echeance => "la date à laquelle une réponse est due ou visée",
            Self::Instructeur => "vous",
        }
    }

    /// An example, for the preview.
    pub fn example(self) -> &'static str {
        match self {
            Self::Organisme => "Commune de Clamart",
            Self::Service => "Portail familles",
            Self::Numero => "D1042",
            Self::Demandeur => "Camille Rousseau",
            Self::Version => "1",
            Self::Depot => "3 décembre 2026",
            Self::Echeance => "17 décembre 2026",
            Self::Instructeur => "Nadia Ferrand",
        }
    }

    /// The examples, to fill a text with.
    pub fn examples() -> Values {
        std::array::from_fn(|at| Self::ALL[at].example().to_owned())
    }
}

/// A text cut where its braces are: words, or what stands between braces.
fn pieces(text: &str) -> Vec<Result<&str, &str>> {
    let (mut found, mut rest) = (Vec::new(), text);
    while let Some(open) = rest.find('{') {
        let inside = &rest[open + 1..];
        let close = inside.find(|c: char| c == '}' || c == '{' || c.is_whitespace());
        match close {
            Some(end) if inside[end..].starts_with('}') && end > 0 => {
                found.push(Ok(&rest[..open]));
                found.push(Err(&inside[..end]));
                rest = &inside[end + 1..];
            }
            // A brace that encloses no word is a brace.
            _ => {
                found.push(Ok(&rest[..=open]));
                rest = inside;
            }
        }
    }
    found.push(Ok(rest));
    found
}

/// Whether every word between braces is a placeholder.
///
/// # Errors
/// The sentence that names the first that is not.
pub fn check_placeholders(text: &str) -> Result<(), String> {
    let unknown = pieces(text).into_iter().filter_map(Result::err).find(|name| name.parse::<Placeholder>().is_err());
    let Some(name) = unknown else { return Ok(()) };
    let known: Vec<String> = Placeholder::ALL.iter().map(|known| format!("{{{known}}}")).collect();
    Err(format!("{{{name}}} n’est pas un mot que nous savons remplacer. Ceux qui le sont : {}.", known.join(", ")))
}

/// The text with its placeholders filled.
pub fn fill(text: &str, values: &Values) -> String {
    let filled = pieces(text).into_iter().map(|piece| match piece {
        Ok(words) => words.to_owned(),
        Err(name) => match name.parse::<Placeholder>() {
            Ok(known) => values[known as usize].clone(),
            Err(_) => format!("{{{name}}}"),
        },
    });
    filled.collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn every_placeholder_is_filled_with_its_own_value() {
        for placeholder in Placeholder::ALL {
            assert_eq!(fill(&format!("« {{{placeholder}}} »"), &Placeholder::examples()), format!("« {} »", placeholder.example()));
            assert_eq!(check_placeholders(&format!("{{{placeholder}}}{{{placeholder}}}")), Ok(()));
        }
    }

    #[test]
    fn an_unknown_word_is_named() {
        for (text, name) in [("Bonjour {organsme},", "{organsme}"), ("{Organisme}", "{Organisme}"), ("{service}{x}", "{x}")] {
            assert!(check_placeholders(text).expect_err("unknown").starts_with(name), "{text}");
        }
    }

    #[test]
    fn a_brace_that_encloses_no_word_is_a_brace() {
        for text in ["{", "}", "{}", "{ service }", "a { b } c", "{{", "{a", "{\n}"] {
            assert_eq!((check_placeholders(text), fill(text, &Placeholder::examples())), (Ok(()), text.to_owned()), "{text}");
        }
        assert_eq!(fill("{{service}}", &Placeholder::examples()), "{Portail familles}");
    }

    proptest! {
        #[test]
        fn what_is_accepted_leaves_no_known_word_between_braces(text in "[a-z{} \n]{0,40}") {
            if check_placeholders(&text).is_ok() {
                let filled = fill(&text, &std::array::from_fn(|_| "·".to_owned()));
                for placeholder in Placeholder::ALL {
                    let braced = format!("{{{placeholder}}}");
                    prop_assert!(!filled.contains(&braced));
                }
            }
        }
    }
}
