//! The rules of the house (design §2), each with its reason and a way to see it broken.

use super::source::{Source, closing, places};

/// A rule every source file obeys.
pub struct Rule {
    /// What it asks, as the test prints it.
    pub says: &'static str,
    /// Every place of the file that breaks it.
    pub broken: fn(&Source) -> Vec<usize>,
}

/// What everything may use.
const FOUNDATIONS: [&str; 14] = [
    "ids",
    "clock",
    "calendar",
    "chart",
    "text",
    "personal_traces",
    "fields",
    "secret",
    "problem",
    "config",
    "database",
    "web",
    "documents",
    "spreadsheet",
];

/// Slices, lowest first; those of one row do not know each other.
const SLICES: [&[&str]; 15] = [
    &["journal"],
    &["notifications"],
    &["accounts"],
    &["organisations"],
    &["criteria"],
    &["attachments"],
    &["messages"],
    &["experimentation"],
    &["applications"],
    &["authorizations"],
    &["participation"],
    &["review"],
    &["assessment"],
    &["webhooks", "api", "admin", "statistics", "eligibility"],
    &["welcome", "demo"],
];

/// What stands above the slices and sees them all.
const ROOF: [&str; 8] = ["main", "lib", "site", "worker", "command", "serve", "invariants", "doctor"];

/// Files that may be longer than [`MOST_LINES`], and why.
const LONG_FILES: [(&str, &str); 2] = [
    ("src/journal/event.rs", "one fact a variant: the list of everything the desk remembers is read in one place"),
    ("src/notifications/letter.rs", "one letter a variant: the list of everything the desk writes is read in one place"),
];

/// A longer file holds two things.
const MOST_LINES: usize = 300;

/// The rules of `src/`.
pub const OF_SOURCES: [Rule; 11] = [
    Rule { says: "a slice uses only what stands before it (design §2)", broken: order_of_slices },
    Rule { says: "only the pages of a slice know its pages", broken: pages_stay_on_top },
    Rule { says: "SQL stands in a store.rs", broken: sql_in_stores },
    Rule { says: "axum stands in web/, pages and api/", broken: axum_at_the_edge },
    Rule { says: "askama stands in web/, pages, api/ and the rendering of letters", broken: askama_at_the_edge },
    Rule { says: "no template switches escaping off", broken: escaping_stays_on },
    Rule { says: "only config.rs reads the environment", broken: environment_in_config },
    Rule { says: "only clock.rs knows what time it is: acts and SQL are given `now`", broken: time_in_clock },
    Rule { says: "acts never commit: whoever opened the transaction does", broken: commit_at_the_edge },
    Rule { says: "mod.rs of a slice only says what it is and names its files", broken: mod_declares },
    Rule { says: "every route says whom it is for: `Routes`, not `Router`", broken: routes_have_an_audience },
];

/// The rules of `templates/`.
pub const OF_TEMPLATES: [Rule; 4] = [
    Rule { says: "no inline style: the content security policy forbids it", broken: no_inline_style },
    Rule { says: "no inline script nor handler: the content security policy forbids them", broken: no_inline_script },
    Rule { says: "nothing leaves a template unescaped", broken: nothing_unescaped },
    Rule { says: "nothing is fetched from elsewhere", broken: nothing_from_elsewhere },
];

/// Whether the file is longer than a file should be.
pub fn too_long(source: &Source) -> Option<usize> {
    let lines = source.whole.lines().count();
    let excused = LONG_FILES.iter().any(|(path, reason)| *path == source.path && !reason.is_empty());
    (lines > MOST_LINES && !excused).then_some(lines)
}

fn rank(slice: &str) -> Option<usize> {
    SLICES.iter().position(|row| row.contains(&slice)).map(|at| at + 1).or_else(|| FOUNDATIONS.contains(&slice).then_some(0))
}

/// Every `crate::name` of the code, groups opened.
fn uses(source: &Source) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for at in source.says("crate::") {
        let start = at + "crate::".len();
        if source.code[start..].starts_with('{') {
            let end = closing(&source.code, start).unwrap_or(source.code.len());
            let mut depth = 0_i32;
            let mut begins = start + 1;
            for (place, byte) in source.code.bytes().enumerate().take(end + 1).skip(start) {
                depth += i32::from(byte == b'{') - i32::from(byte == b'}');
                if (byte == b',' && depth == 1) || place == end {
                    let item = &source.code[begins..place];
                    found.push((begins + item.len() - item.trim_start().len(), first_name(item)));
                    begins = place + 1;
                }
            }
        } else {
            found.push((at, first_name(&source.code[start..])));
        }
    }
    found.retain(|(_, name)| !name.is_empty());
    found
}

fn first_name(code: &str) -> String {
    code.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

fn order_of_slices(source: &Source) -> Vec<usize> {
    let slice = source.slice();
    if ROOF.contains(&slice) {
        return Vec::new();
    }
    // A file that stands nowhere in the order breaks it as a whole.
    let Some(own) = rank(slice) else { return vec![0] };
    let edge = is_edge(source);
    let allowed = |name: &str| match rank(name) {
        Some(0) => true,
        Some(other) => name == slice || other < own,
        // What every page can reach, and the demonstration fills; nothing else of the roof.
        None => name == "AppState" && (edge || slice == "demo"),
    };
    uses(source).into_iter().filter(|(_, name)| !allowed(name)).map(|(at, _)| at).collect()
}

/// Where requests are answered.
fn is_edge(source: &Source) -> bool {
    source.is_pages() || matches!(source.slice(), "web" | "api") || ROOF.contains(&source.slice())
}

fn pages_stay_on_top(source: &Source) -> Vec<usize> {
    if source.is_pages() || source.name() == "mod" || ROOF.contains(&source.slice()) {
        return Vec::new();
    }
    source.says("pages::")
}

/// What looks at the database itself, its settings, its processes, its schema.
fn is_about_the_database(source: &Source) -> bool {
    matches!(source.slice(), "database" | "invariants" | "doctor")
}

fn sql_in_stores(source: &Source) -> Vec<usize> {
    if is_about_the_database(source) || source.name() == "store" || source.path.contains("/store/") {
        return Vec::new();
    }
    ["sqlx::query", "sqlx::raw_sql", "query!(", "query_as!(", "query_scalar!(", "query_file", "QueryBuilder", "AssertSqlSafe"]
        .into_iter()
        .flat_map(|word| source.says(word))
        .collect()
}

fn axum_at_the_edge(source: &Source) -> Vec<usize> {
    if is_edge(source) || source.slice() == "problem" {
        return Vec::new();
    }
    ["axum::", "axum_extra::", "tower_http::", "tower_sessions::"].into_iter().flat_map(|word| source.says(word)).collect()
}

fn askama_at_the_edge(source: &Source) -> Vec<usize> {
    let writes_letters = source.slice() == "notifications" && matches!(source.name(), "letter" | "render" | "sheet");
    if is_edge(source) || writes_letters {
        return Vec::new();
    }
    [source.says("askama::"), source.says("#[template")].concat()
}

fn escaping_stays_on(source: &Source) -> Vec<usize> {
    let template_of_letters = source.slice() == "notifications";
    places(&source.spoken, "escape = \"none\"")
        .into_iter()
        // Plain texts, which are no pages.
        .filter(|at| !(template_of_letters && source.spoken[..*at].rsplit("#[template").next().is_some_and(|start| start.contains(".txt"))))
        .collect()
}

fn environment_in_config(source: &Source) -> Vec<usize> {
    if source.slice() == "config" {
        return Vec::new();
    }
    ["std::env", "env::var", "env::set_var", "dotenvy"].into_iter().flat_map(|word| source.says(word)).collect()
}

fn time_in_clock(source: &Source) -> Vec<usize> {
    if source.slice() == "clock" {
        return Vec::new();
    }
    let read = ["now_utc(", "now_local(", "SystemTime::now", "Timestamp::now", "Zoned::now"];
    let mut found: Vec<usize> = read.into_iter().flat_map(|word| source.says(word)).collect();
    if source.name() == "store" && !is_about_the_database(source) {
        let asked = ["now()", "current_timestamp", "clock_timestamp()", "current_date", "localtimestamp"];
        found.extend(asked.into_iter().flat_map(|word| places(&source.spoken, word)).filter(|at| !source.code[*at..].starts_with("now()")));
    }
    found
}

fn commit_at_the_edge(source: &Source) -> Vec<usize> {
    let may = is_edge(source) || matches!(source.slice(), "demo" | "database");
    if may { Vec::new() } else { source.says(".commit()") }
}

fn mod_declares(source: &Source) -> Vec<usize> {
    if source.name() != "mod" || source.is_pages() || ROOF.contains(&source.slice()) {
        return Vec::new();
    }
    let mut begins = 0;
    let mut found = Vec::new();
    for statement in source.code.split_inclusive(';') {
        let mut words = statement.trim();
        while let Some((_, after)) = words.strip_prefix('#').and_then(|attribute| attribute.split_once(']')) {
            words = after.trim();
        }
        let bare = words
            .strip_prefix("pub")
            .map_or(words, |rest| rest.trim_start().trim_start_matches("(crate)").trim_start_matches("(super)").trim());
        if !(words.is_empty() || bare.starts_with("mod ") || bare.starts_with("use ")) {
            found.push(begins + statement.len() - statement.trim_start().len());
        }
        begins += statement.len();
    }
    found
}

fn routes_have_an_audience(source: &Source) -> Vec<usize> {
    let own_routers = ["src/site.rs", "src/web/routes.rs", "src/web/assets.rs", "src/web/health.rs", "src/web/security.rs"];
    if own_routers.contains(&source.path.as_str()) {
        return Vec::new();
    }
    ["Router::new()", ".route("].into_iter().flat_map(|word| source.says(word)).collect()
}

/// E-mails carry their style with them: no policy of ours is there, and no style sheet.
fn is_letter(source: &Source) -> bool {
    source.slice() == "letters" || source.slice() == "notifications"
}

fn no_inline_style(source: &Source) -> Vec<usize> {
    if is_letter(source) { Vec::new() } else { [places(&source.code, "style="), places(&source.code, "<style")].concat() }
}

fn no_inline_script(source: &Source) -> Vec<usize> {
    let code = &source.code;
    let mut found = places(code, "javascript:");
    for at in places(code, "<script") {
        let tag = &code[at..];
        let end = tag.find('>').unwrap_or(tag.len());
        let empty = tag[end..].trim_start_matches('>').trim_start().starts_with("</script");
        if !(tag[..end].contains(" src=") && empty) {
            found.push(at);
        }
    }
    for (at, _) in code.match_indices(" on").chain(code.match_indices("\non")) {
        let letters = code[at + 3..].bytes().take_while(u8::is_ascii_lowercase).count();
        if letters > 0 && code[at + 3 + letters..].trim_start().starts_with('=') {
            found.push(at + 1);
        }
    }
    found
}

fn nothing_unescaped(source: &Source) -> Vec<usize> {
    let mut found = Vec::new();
    for (at, _) in source.code.match_indices('|') {
        let filter = first_name(&source.code[at + 1..]);
        let off = matches!(filter.as_str(), "e" | "escape") && source.code[at..].trim_start_matches(['|', ' ']).contains("\"none\"");
        if filter == "safe" || (off && source.code[at..].find("\"none\"").is_some_and(|distance| distance < 20)) {
            found.push(at);
        }
    }
    found
}

fn nothing_from_elsewhere(source: &Source) -> Vec<usize> {
    let fetched = ["src=\"http", "src=\"//", "srcset=\"http", "url(http", "@import", "<iframe", "<object", "<embed"];
    let mut found: Vec<usize> = fetched.into_iter().flat_map(|word| places(&source.code, word)).collect();
    for at in places(&source.code, "<link") {
        let tag = &source.code[at..];
        if tag[..tag.find('>').unwrap_or(tag.len())].contains("href=\"http") {
            found.push(at);
        }
    }
    found
}
