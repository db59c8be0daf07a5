//! Addresses that stay on this site: where a visitor goes after signing in, or back after a problem.

/// Characters an address to come back to may hold.
const MOST: usize = 2000;

/// The path, if following it cannot lead off this site, however a browser reads it: it starts with one slash, and neither a second one,
/// a backslash nor a control character (plain or percent-encoded) can make the first segment a host (OWASP ASVS 3.7.2).
pub fn local_path(address: &str) -> Option<&str> {
    let path = address.split(['?', '#']).next().unwrap_or_default();
    let starts_here = path.starts_with('/') && !path.contains("//");
    let is_plain = address.len() <= MOST && address.bytes().all(|byte| (0x21..=0x7e).contains(&byte) && byte != b'\\');
    (starts_here && is_plain && !hides_a_turn(path)).then_some(address)
}

/// A percent-encoded slash, backslash, dot, blank or control character: nothing of ours is addressed so.
fn hides_a_turn(path: &str) -> bool {
    path.split('%').skip(1).any(|rest| match rest.get(..2).map(|digits| u8::from_str_radix(digits, 16)) {
        Some(Ok(byte)) => byte <= b' ' || matches!(byte, b'/' | b'\\' | b'.' | 0x7f),
        _ => true,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use url::Url;

    use super::*;

    #[test]
    fn a_page_of_ours_is_come_back_to() {
        for path in ["/", "/demandes", "/demandes/12/donnees?erreur=1#email", "/instruction?recherche=a%2Fb+%C3%A9", "/lien/@x:y"] {
            assert_eq!(local_path(path), Some(path));
        }
    }

    #[test]
    fn nothing_leads_off_the_site() {
        for address in [
            "",
            "e",
            "//e",
            "///e",
            "/\\e",
            "\\\\e",
            "/demandes\\..\\e",
            "https:e",
            "https://e",
            "http:/e",
            "javascript:alert(1)",
            "data:text/html,x",
            "@e",
            " /e",
            "/\t/e",
            "/\n/e",
            "/%09/e",
            "/%0a/e",
            "/%2f/e",
            "/%2Fe",
            "/%5ce",
            "/.//e",
            "/demandes//e",
            "/a\r\nSet-Cookie: x=y",
            "/%0d%0aSet-Cookie:x",
            "/%",
            "/%e",
            "/%zz",
            "/%c",
            "/é",
            "/\u{2028}e",
            "/%2e%2e//e",
        ] {
            assert_eq!(local_path(address), None, "{address:?}");
        }
        let long = format!("/{}", "a".repeat(MOST));
        assert_eq!(local_path(&long), None);
    }

    proptest! {
        #[test]
        fn what_is_accepted_keeps_its_host(address in "[/\\\\a-z%0-9@:.?#\\t ]{0,12}") {
            if let Some(path) = local_path(&address) {
                let here = Url::parse("https://guichet.example/connexion").expect("a constant");
                let there = here.join(path).expect("a path");
                prop_assert_eq!(there.origin(), here.origin());
            }
        }
    }
}
