//! The house keeps its shape: the rules of design §2, read from the sources themselves.

#[path = "architecture/rules.rs"]
mod rules;
#[path = "architecture/source.rs"]
mod source;

use rules::{OF_SOURCES, OF_TEMPLATES, Rule, too_long};
use source::{Source, below};

/// What breaks the rules, one line each: file, line, rule, what is written there.
fn broken(rules: &[Rule], source: &Source) -> Vec<String> {
    let mut found = Vec::new();
    for rule in rules {
        for at in (rule.broken)(source) {
            let line = source.line(at);
            let written = source.whole.lines().nth(line - 1).unwrap_or_default().trim();
            found.push(format!("{}:{line}: {}\n    {written}", source.path, rule.says));
        }
    }
    found.sort();
    found.dedup();
    found
}

fn assert_nothing(found: &[String]) {
    assert!(found.is_empty(), "{} places break the rules of the house:\n\n{}\n", found.len(), found.join("\n"));
}

#[test]
fn sources_obey_the_house() {
    let sources = below("src", "rs");
    assert!(sources.len() > 30, "the sources were found");
    assert_nothing(&sources.iter().flat_map(|source| broken(&OF_SOURCES, source)).collect::<Vec<_>>());
}

#[test]
fn templates_obey_the_house() {
    let templates = below("templates", "html");
    assert!(templates.len() > 3, "the templates were found");
    assert_nothing(&templates.iter().flat_map(|template| broken(&OF_TEMPLATES, template)).collect::<Vec<_>>());
}

#[test]
fn no_file_holds_two_things() {
    let long = |source: &Source| too_long(source).map(|lines| format!("{}: {lines} lines, 300 at most", source.path));
    assert_nothing(&[below("src", "rs"), below("tests", "rs")].iter().flatten().filter_map(long).collect::<Vec<_>>());
    assert_eq!(too_long(&Source::new("src/review/queue.rs", &"\n".repeat(301))), Some(301));
}

/// Snippets that break a rule, named by the beginning of its sentence; a rule that none breaks is no rule.
const BAD_SOURCES: &[(&str, &str, &str)] = &[
    ("a slice uses", "src/accounts/sign_in.rs", "use crate::applications::Status;"),
    ("a slice uses", "src/accounts/sign_in.rs", "use crate::{\n    problem::Problem,\n    review::{Decision, Opinion},\n};"),
    ("a slice uses", "src/journal/store.rs", "fn f() { crate::notifications::enqueue(); }"),
    ("a slice uses", "src/web/frame.rs", "use crate::accounts::Person;"),
    ("a slice uses", "src/ids.rs", "use crate::journal::By;"),
    ("a slice uses", "src/api/requests.rs", "use crate::admin::Setting;"),
    ("a slice uses", "src/applications/submit.rs", "use crate::AppState;"),
    ("a slice uses", "src/applications/submit.rs", "use crate::site::AppState;"),
    ("a slice uses", "src/gadgets/gadget.rs", "pub struct Gadget;"),
    ("only the pages", "src/applications/submit.rs", "use super::pages::show;"),
    ("SQL stands", "src/applications/submit.rs", "let n = sqlx::query!(\"select 1\");"),
    ("SQL stands", "src/applications/pages/show.rs", "let n = query_scalar!(\"select 1\");"),
    ("SQL stands", "src/review/queue.rs", "use sqlx::QueryBuilder;"),
    ("axum stands", "src/applications/submit.rs", "use axum::http::StatusCode;"),
    ("axum stands", "src/accounts/person.rs", "fn f(session: &tower_sessions::Session) {}"),
    ("askama stands", "src/applications/status.rs", "#[derive(askama::Template)]"),
    ("askama stands", "src/notifications/store.rs", "#[template(path = \"x.html\")]"),
    ("no template switches", "src/review/pages/queue.rs", "#[template(path = \"queue.html\", escape = \"none\")]"),
    ("only config.rs", "src/worker.rs", "let url = std::env::var(\"SMTP_URL\");"),
    ("only clock.rs", "src/applications/submit.rs", "let now = OffsetDateTime::now_utc();"),
    ("only clock.rs", "src/applications/store.rs", "query!(\"update applications set at = now()\")"),
    ("acts never commit", "src/applications/submit.rs", "transaction.commit().await?;"),
    ("acts never commit", "src/review/store.rs", "transaction.commit().await?;"),
    ("mod.rs of a slice", "src/review/mod.rs", "mod queue;\npub fn decide() {}"),
    ("mod.rs of a slice", "src/accounts/links/mod.rs", "const LIFE: u32 = 30;\nmod link;"),
    ("every route says", "src/review/pages/mod.rs", "Router::new()"),
    ("every route says", "src/review/pages/mod.rs", "routes.route(\"/instruction\", get(show))"),
];

const GOOD_SOURCES: &[(&str, &str)] = &[
    (
        "src/review/approve.rs",
        "use crate::{\n    accounts::Reviewer, applications::{Status, store},\n    authorizations, journal, problem::Problem,\n};",
    ),
    ("src/review/pages/dossier.rs", "use axum::Router; use askama::Template; use crate::AppState; fn f() { transaction.commit(); }"),
    ("src/applications/store.rs", "sqlx::query!(\"select at from applications where at < $1\", now)"),
    (
        "src/applications/submit.rs",
        "// axum::Router, sqlx::query!, now_utc() and .commit() in a comment\nlet text = \"crate::review .commit()\";",
    ),
    (
        "src/applications/submit.rs",
        "/* crate::review /* nested .commit() */ axum:: */ let a = '\"'; let b = r#\"axum:: \" .commit()\"#; fn f<'a>() {}",
    ),
    (
        "src/text.rs",
        "pub fn f() {}\n#[cfg(test)]\nmod tests {\n    use crate::review::Decision;\n    fn g() { if true { x.commit() } }\n}\n",
    ),
    (
        "src/review/mod.rs",
        "//! The desk.\n\nmod approve;\npub mod pages;\n#[cfg(test)]\nmod tests;\npub(crate) use approve::approve;\npub use store::{\n    a, b,\n};\n",
    ),
    (
        "src/review/pages/mod.rs",
        "pub fn routes() -> Routes<AppState> { Routes::new().get(Audience::Staff, \"/instruction\", queue::show) }",
    ),
    ("src/worker.rs", "use crate::{review, demo}; fn f() { transaction.commit(); }"),
    ("src/notifications/render.rs", "#[derive(askama::Template)]\n#[template(path = \"letters/a.txt\", escape = \"none\")]"),
];

const BAD_TEMPLATES: &[(&str, &str, &str)] = &[
    ("no inline style", "templates/review/queue.html", "<p style=\"color: red\">"),
    ("no inline style", "templates/review/queue.html", "<style>p { color: red }</style>"),
    ("no inline script", "templates/review/queue.html", "<script>alert(1)</script>"),
    ("no inline script", "templates/review/queue.html", "<script src=\"a.js\">alert(1)</script>"),
    ("no inline script", "templates/review/queue.html", "<script src=\"a.js\" defer>\n  go()\n</script>"),
    ("no inline script", "templates/review/queue.html", "<button onclick=\"go()\">"),
    ("no inline script", "templates/review/queue.html", "<body\nonload = 'go()'>"),
    ("no inline script", "templates/review/queue.html", "<a href=\"javascript:go()\">"),
    ("nothing leaves", "templates/review/queue.html", "{{ message|safe }}"),
    ("nothing leaves", "templates/review/queue.html", "{{ message | safe }}"),
    ("nothing leaves", "templates/letters/receipt.html", "{{ message|escape(\"none\") }}"),
    ("nothing is fetched", "templates/review/queue.html", "<img src=\"https://ailleurs.example/a.png\">"),
    ("nothing is fetched", "templates/review/queue.html", "<link rel=\"stylesheet\" href=\"https://ailleurs.example/a.css\">"),
];

const GOOD_TEMPLATES: &[(&str, &str)] = &[
    ("templates/layout.html", "<script src=\"{{ crate::web::assets::url(\"desk.js\") }}\" defer></script>"),
    (
        "templates/review/queue.html",
        "<p class=\"fr-text\">Le bouton on/off = rien ; {{ at|moment }} {{ name|e }}</p><a href=\"https://www.service-public.fr\">",
    ),
    ("templates/letters/receipt.html", "<style>p { color: #222 }</style><p style=\"margin: 0\">"),
];

fn assert_refused(rules: &[Rule], bad: &[(&str, &str, &str)]) {
    for (rule, path, snippet) in bad {
        let found = broken(rules, &Source::new(path, snippet));
        assert!(
            found.iter().any(|line| line.contains(&format!(": {rule}"))),
            "« {rule} » lets pass, in {path}:\n{snippet}\nfound: {found:?}"
        );
    }
    for rule in rules {
        assert!(bad.iter().any(|(begins, _, _)| rule.says.starts_with(begins)), "nothing shows that « {} » can be broken", rule.says);
    }
}

#[test]
fn every_rule_can_be_broken() {
    assert_refused(&OF_SOURCES, BAD_SOURCES);
    assert_refused(&OF_TEMPLATES, BAD_TEMPLATES);
}

#[test]
fn what_the_house_allows_is_let_pass() {
    for (path, snippet) in GOOD_SOURCES {
        assert_nothing(&broken(&OF_SOURCES, &Source::new(path, snippet)));
    }
    for (path, snippet) in GOOD_TEMPLATES {
        assert_nothing(&broken(&OF_TEMPLATES, &Source::new(path, snippet)));
    }
}

#[test]
fn a_broken_rule_is_told_with_its_line() {
    let source = Source::new("src/review/approve.rs", "//! Approves.\n\n/* two\nlines */ fn f() {\n    transaction.commit();\n}\n");
    let told = ["src/review/approve.rs:5: acts never commit: whoever opened the transaction does\n    transaction.commit();"];
    assert_eq!(broken(&OF_SOURCES, &source), told);
}
