//! The same acts at the command line: two people of the desk, by their addresses, whoever types.

use std::process::{Command, Output, Stdio};

use crate::support::{
    TestSite,
    campaigns::{marc, yasmine},
};

/// An order of a far year, whatever the day of this machine.
const NEW: &[&str] = &[
    "--title=Expérimentation 2127",
    "--legal-basis=Arrêté du 4 janvier 2127",
    "--legal-basis-url=https://www.legifrance.gouv.fr/arrete",
    "--opens-on=2127-01-11",
    "--closes-on=2127-06-30",
    "--ends-on=2128-01-10",
    "--silence-effect=rejection",
    "--sector-share=sante=10:40",
];

/// Runs the program to its end on the database of the site.
async fn run(site: &TestSite, arguments: &[&str]) -> Output {
    let (url, data) = (site.database.owner_url.clone(), site.state.config.data_dir.clone());
    let arguments: Vec<String> = arguments.iter().map(|argument| (*argument).to_owned()).collect();
    tokio::task::spawn_blocking(move || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_habilitation"));
        command.env("DATABASE_URL", url).env("DATA_DIR", data).env("DEMO", "on").stdin(Stdio::null());
        command.arg("campaign").args(arguments).output().unwrap()
    })
    .await
    .unwrap()
}

/// What it printed, once it succeeded.
async fn told(site: &TestSite, arguments: &[&str]) -> String {
    let output = run(site, arguments).await;
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What it answered, once it failed.
async fn refused(site: &TestSite, arguments: &[&str]) -> String {
    let output = run(site, arguments).await;
    assert!(!output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout)
}

#[tokio::test]
async fn an_operator_proposes_and_agrees_only_in_the_name_of_two_people() {
    let site = TestSite::new().await;
    let (_, _) = (yasmine(&site).await, marc(&site).await);
    let of_yasmine = [&["propose-new", "--by=yasmine@equipe.test", "--reason=L’arrêté est publié."], NEW].concat();
    assert!(told(&site, &of_yasmine).await.contains("proposal 1 waits for a second person"));
    assert!(!told(&site, &["list"]).await.contains("places of"), "it is not one yet");
    assert!(refused(&site, &["agree", "1", "--by=yasmine@equipe.test"]).await.contains("une autre personne doit l’accepter"));
    assert!(
        refused(&site, &["agree", "1", "--by=personne@equipe.test"]).await.contains("neither a programme manager nor an administrator")
    );
    assert!(told(&site, &["agree", "1", "--by=marc@equipe.test"]).await.contains("by Marc Rousseau"));
    assert!(told(&site, &["list"]).await.contains("1: « Expérimentation 2127 »"));
    assert!(told(&site, &["show", "1"]).await.contains("10"), "the share of a sector");

    let more = ["propose", "1", "--by=marc@equipe.test", "--reason=L’arrêté modificatif.", "--capacity=120"];
    assert!(told(&site, &more).await.contains("proposal 2 waits"));
    assert!(
        told(&site, &["decline", "2", "--by=yasmine@equipe.test", "--reason=Il n’est pas signé."]).await.contains("Il n’est pas signé.")
    );
    assert!(told(&site, &more).await.contains("proposal 3 waits"));
    assert!(told(&site, &["withdraw", "3", "--by=marc@equipe.test"]).await.contains("withdrawn"));
    let history = told(&site, &["history", "1"]).await;
    assert!(["proposal 1", "proposal 2", "proposal 3"].iter().all(|proposal| history.contains(proposal)), "{history}");

    let by: Vec<(String, String)> = sqlx::query_as("select event, actor_name from journal where event like 'campaign_change%' order by id")
        .fetch_all(&site.state.db)
        .await
        .unwrap();
    assert_eq!(by.len(), 6, "{by:?}");
    assert!(by.iter().all(|(_, name)| name.contains("Rousseau")), "{by:?}");
    site.letters().await;
}

#[tokio::test]
async fn what_cannot_be_is_refused_before_anything_waits() {
    let site = TestSite::new().await;
    yasmine(&site).await;
    let changed = |said: &'static str| {
        let name = said.split('=').next().unwrap();
        let kept = NEW.iter().copied().filter(move |argument| !argument.starts_with(name));
        [&["propose-new", "--by=yasmine@equipe.test", "--reason=Bien.", said], kept.collect::<Vec<_>>().as_slice()].concat()
    };
    for (said, answer) in [
        ("--title=Deux\nlignes", "each on one line"),
        ("--closes-on=2127-01-02", "must follow one another"),
        ("--opens-on=2025-01-02", "publiées avant son ouverture"),
        ("--reserved-until=2129-01-02", "between the opening and the end"),
    ] {
        let outcome = refused(&site, &changed(said)).await;
        assert!(outcome.contains(answer), "{said}: {outcome}");
    }
    let waiting: i64 = sqlx::query_scalar("select count(*) from campaign_changes").fetch_one(&site.state.db).await.unwrap();
    assert_eq!(waiting, 0);
}
