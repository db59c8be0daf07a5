//! Where somebody wanted to go before they had to sign in: a path of this site and nothing else.

/// A path of this site, with its query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnPath(String);

impl ReturnPath {
    /// Reads what a link or a form brought; anything that could lead elsewhere is dropped.
    pub fn parse(typed: &str) -> Option<Self> {
        let is_path = typed.starts_with('/') && !typed.starts_with("//") && typed.len() <= 2000;
        let is_plain = typed.bytes().all(|byte| byte.is_ascii_graphic()) && !typed.contains('\\');
        let path = typed.split(['?', '#']).next().unwrap_or_default();
        // Signing in leads to none of these.
        let is_page =
            !["/connexion", "/deconnexion", "/inscription", "/mot-de-passe-oublie"].contains(&path) && !path.starts_with("/lien/");
        (is_path && is_plain && is_page).then(|| Self(typed.to_owned()))
    }

    /// As a `Location` and as a hidden field.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use url::Url;

    use super::*;

    #[test]
    fn only_paths_of_this_site_are_followed() {
        for typed in ["/demandes", "/demandes/12/service?erreur=1#nom", "/instruction?etat=submitted", "/%09/e", "/a//b"] {
            assert_eq!(ReturnPath::parse(typed).map(|path| path.0), Some(typed.to_owned()));
        }
        for typed in [
            "",
            "demandes",
            "//e.test",
            "///e.test",
            "/\\e.test",
            "\\\\e.test",
            "https:e.test",
            "https://e.test/",
            "javascript:alert(1)",
            "/\t/e.test",
            "/a\r\nSet-Cookie: x=y",
            " /demandes",
            "/é",
            "/connexion?suite=/demandes",
            "/deconnexion",
            "/lien/x/y",
            "@e.test/",
            "/a\0b",
        ] {
            assert_eq!(ReturnPath::parse(typed), None, "{typed:?}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_followed_stays_on_the_site(typed in "[/\\\\a-z@:?#.%0-9 \\t]{0,20}") {
            if let Some(path) = ReturnPath::parse(&typed) {
                let site = Url::parse("https://habilitation.test/connexion").expect("an address");
                let reached = site.join(path.as_str()).expect("a path joins");
                prop_assert_eq!(reached.origin(), site.origin());
            }
        }
    }
}
