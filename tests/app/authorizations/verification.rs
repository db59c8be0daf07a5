//! What anybody who holds a code is told, and what nobody is.

use std::collections::BTreeSet;

use habilitation::{authorizations::VerificationCode, ids::AuthorizationId};
use sqlx::{AssertSqlSafe, Executor};

use super::{a_right, a_site_with_a_right, find};
use crate::support::{Answer, TestSite, given};

async fn becomes(site: &TestSite, right: AuthorizationId, state: &str) {
    let until = if state == "suspended" { "'2027-06-30'" } else { "null" };
    let statement = format!(
        "update authorizations set state = '{state}', state_changed_at = '2027-03-01 09:00Z', suspended_until = {until} where id = {}",
        right.0
    );
    site.state.db.execute(AssertSqlSafe(statement)).await.unwrap();
}

/// Everything the demande holds about people: no word of it may stand on the page.
async fn personal(site: &TestSite) -> Vec<String> {
    let people = "select distinct value #>> '{}' from authorizations, jsonb_each(content -> 'contacts') as contact(role, about),
            jsonb_each(case when jsonb_typeof(about) = 'object' then about else '{}' end) as said(name, value)
        union select given_name from accounts union select family_name from accounts union select email from accounts
        union select phone from accounts union select job_title from accounts union select author_name from decisions";
    let said: Vec<Option<String>> = sqlx::query_scalar(people).fetch_all(&site.state.db).await.unwrap();
    said.into_iter().flatten().filter(|said| said.len() > 2).collect()
}

fn the_page(answer: &Answer) -> &str {
    let (_, main) = answer.html.split_once("<main").unwrap();
    main.split_once("</main>").unwrap().0
}

#[tokio::test]
async fn anybody_is_told_that_a_right_is_valid_and_nothing_personal() {
    let (site, right, _) = a_site_with_a_right().await;
    let code = find(&site, right).await.code;
    let mut anybody = site.visitor();
    let answer = anybody.get(&format!("/verification/{}", code.as_str())).await;
    assert_eq!(answer.status, 200);
    for said in ["Habilitation valable", "depuis le 3 décembre 2026", "H1", "Portail familles", &code.to_string()] {
        assert!(answer.says(said), "{said}: {}", answer.text());
    }
    assert!(answer.text().to_lowercase().contains("commune de clamart"));
    let personal = personal(&site).await;
    assert!(personal.len() >= 15, "{personal:?}");
    let page = the_page(&answer).to_lowercase();
    for said in personal {
        assert!(!page.contains(&said.to_lowercase()), "« {said} » is told to anybody");
    }
}

#[tokio::test]
async fn a_code_is_typed_in_any_way_and_leads_to_its_page() {
    let (site, right, _) = a_site_with_a_right().await;
    let code = find(&site, right).await.code;
    let mut anybody = site.visitor();
    assert!(anybody.get("/verification").await.says("Recopiez le code"));
    let lower = code.to_string().to_lowercase().replace('-', "+");
    let sent = anybody.get(&format!("/verification?code={lower}")).await;
    assert_eq!(sent.location(), format!("/verification/{}", code.as_str()));
    let direct = anybody.get(&format!("/verification/{}", lower.replace('+', "%20"))).await;
    assert!(direct.says("Habilitation valable"));
    for (typed, told) in [("", "16 lettres et chiffres"), ("7k2m", "et celui-ci en a 4"), ("0000000000000001", "faute de frappe")] {
        let refused = anybody.get(&format!("/verification?code={typed}")).await;
        assert_eq!(refused.status, 422, "{typed}");
        assert!(refused.says(told) && refused.attribute("#code", "value").as_deref() == Some(typed), "{}", refused.text());
    }
}

#[tokio::test]
async fn a_code_nobody_holds_is_told_with_the_form_again() {
    let (site, _, _) = a_site_with_a_right().await;
    let mut anybody = site.visitor();
    for (typed, told) in [("0000000000000000", "Aucune habilitation ne porte ce code"), ("abc", "16 lettres et chiffres")] {
        let unknown = anybody.get(&format!("/verification/{typed}")).await;
        assert_eq!(unknown.status, 404);
        assert!(unknown.says(told) && unknown.count("form #code") == 1, "{}", unknown.text());
    }
}

#[tokio::test]
async fn the_page_never_says_valid_of_what_is_not() {
    let site = TestSite::new().await;
    let nadia = given::a_reviewer(&site, "nadia@dinum.test").await;
    let mut anybody = site.visitor();
    for (state, verdict) in [("superseded", "remplacée"), ("suspended", "suspendue"), ("revoked", "révoquée"), ("expired", "expirée")] {
        let right = a_right(&site, &nadia).await;
        becomes(&site, right, state).await;
        let answer = anybody.get(&format!("/verification/{}", find(&site, right).await.code.as_str())).await;
        assert!(answer.says(&format!("Habilitation {verdict}")) && answer.says("1er mars 2027"), "{}", answer.text());
        assert!(!the_page(&answer).contains("valable"), "{}", answer.text());
    }
}

#[tokio::test]
async fn codes_are_drawn_by_the_database_and_fit_their_last_letter() {
    let (site, _, _) = a_site_with_a_right().await;
    let drawn: Vec<String> =
        sqlx::query_scalar("select fresh_verification_code() from generate_series(1, 2000)").fetch_all(&site.state.db).await.unwrap();
    let letters: BTreeSet<char> = drawn.iter().flat_map(|code| code.chars()).collect();
    assert_eq!(letters.len(), 32, "every letter is drawn");
    assert_eq!(drawn.iter().collect::<BTreeSet<_>>().len(), 2000);
    for code in &drawn {
        assert_eq!(VerificationCode::parse(code).as_ref().map(VerificationCode::as_str), Ok(code.as_str()));
    }
}

#[tokio::test]
async fn whoever_tries_codes_in_a_row_waits() {
    let (site, right, _) = a_site_with_a_right().await;
    let code = find(&site, right).await.code;
    let mut curious = site.visitor();
    for _ in 0..120 {
        assert_eq!(curious.get("/verification/0000000000000000").await.status, 404);
    }
    let stopped = curious.get(&format!("/verification/{}", code.as_str())).await;
    assert_eq!(stopped.status, 429);
    assert!(stopped.headers.contains_key("retry-after"));
    let mut elsewhere = site.visitor().at("198.51.100.9");
    assert_eq!(elsewhere.get(&format!("/verification/{}", code.as_str())).await.status, 200, "others are not stopped");
}

#[tokio::test]
async fn a_right_stays_as_it_was_granted_its_code_included() {
    let (site, right, _) = a_site_with_a_right().await;
    for change in ["verification_code = fresh_verification_code()", "content = '{}'", "granted_at = now()", "organisation = '{}'"] {
        let statement = format!("update authorizations set {change} where id = {}", right.0);
        let refused = site.state.db.execute(AssertSqlSafe(statement)).await.unwrap_err();
        assert!(refused.to_string().contains("frozen") || refused.to_string().contains("permission denied"), "{change}: {refused}");
    }
    becomes(&site, right, "revoked").await;
    let back = site.state.db.execute("update authorizations set state = 'active'").await.unwrap_err();
    assert!(back.to_string().contains("cannot go from revoked to active"), "{back}");
}
