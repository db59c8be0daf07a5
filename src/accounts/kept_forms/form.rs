//! Which forms are kept, and what of them.

use serde_json::Value;

use crate::fields::Fields;

/// Bytes of a form worth keeping; the table refuses more than 256 KiB.
const MOST: usize = 240 * 1024;

/// Whether forms posted there are kept: those people work on for long.
pub fn is_kept(path: &str) -> bool {
    path.len() <= 300
        && path.bytes().all(|byte| byte.is_ascii_graphic())
        && ["/demandes/", "/instruction/", "/habilitations/"].iter().any(|start| path.starts_with(start))
}

/// What is kept of a form: never a password, nor what the database cannot hold. None when nothing is worth it.
pub fn what_is_kept(typed: impl IntoIterator<Item = (String, String)>) -> Option<Value> {
    let typed: Vec<(String, String)> = typed
        .into_iter()
        .filter(|(name, _)| !name.starts_with("password"))
        .map(|(name, value)| (name.replace('\0', ""), value.replace('\0', "")))
        .collect();
    let kept = Fields::from_pairs(typed).all_to_json();
    let is_worth_it = kept.as_object().is_some_and(|fields| !fields.is_empty()) && kept.to_string().len() <= MOST;
    is_worth_it.then_some(kept)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn kept_of(body: &str) -> Option<Value> {
        what_is_kept(url::form_urlencoded::parse(body.as_bytes()).into_owned())
    }

    #[test]
    fn a_password_is_never_kept() {
        let body = "nom=Portail+familles&password=secret&password_again=secret&scope=email&scope=openid&vide=&nul=a%00b";
        let kept = kept_of(body).expect("something to keep");
        assert_eq!(kept, json!({"nom": "Portail familles", "scope": ["email", "openid"], "vide": "", "nul": "ab"}));
        assert_eq!(kept_of("password=secret"), None);
        assert_eq!(kept_of(&format!("a={}", "x".repeat(MOST))), None);
    }

    #[test]
    fn only_long_work_is_kept() {
        for (path, kept) in [
            ("/demandes/12/service", true),
            ("/instruction/12/decision", true),
            ("/habilitations/12/rapports/2027-05", true),
            ("/demandes", false),
            ("/compte/mot-de-passe", false),
            ("/connexion", false),
            ("/demandes/\u{e9}", false),
        ] {
            assert_eq!(is_kept(path), kept, "{path}");
        }
    }
}
