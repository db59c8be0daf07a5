//! People at work while something goes wrong: each reads their list and saves a step of their own draft, again and again.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use sqlx::PgConnection;
use tokio::{task::JoinSet, time::sleep};
use tokio_util::sync::CancellationToken;

use crate::{
    browser::{Answer, Browser, Lost},
    given::Draft,
};

/// How somebody uses their connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// All requests on one, as browsers and proxies do.
    Kept,
    /// A new one for each request.
    Fresh,
}

/// One request and what came of it.
#[derive(Clone, Copy, Debug)]
pub struct Visit {
    /// The status, or why there is none.
    pub outcome: Result<u16, Lost>,
    /// It says when to try again.
    pub says_when: bool,
    /// How long it took.
    pub took: Duration,
}

/// What somebody did.
#[derive(Debug)]
pub struct Work {
    /// On this draft.
    pub draft: Draft,
    /// Saves answered as done.
    pub saved: i32,
    /// Saves without a sure answer.
    pub unsure: i32,
    /// Every request.
    pub visits: Vec<Visit>,
}

/// Everybody's work.
#[derive(Debug)]
pub struct Crew {
    people: JoinSet<Work>,
    home: CancellationToken,
}

impl Crew {
    /// Puts people to work, one for each draft; who leaves at the first request without an answer is told by `leaves`.
    pub fn start(applicants: &mut [Browser], drafts: &[Draft], line: Line, leaves: bool) -> Self {
        let (mut people, home) = (JoinSet::new(), CancellationToken::new());
        for draft in drafts {
            let somebody = Somebody { browser: draft.owner(applicants).another_tab(), line, revision: 0, work: Work::new(*draft) };
            let home = home.clone();
            people.spawn(async move { somebody.work(leaves, &home).await });
        }
        Self { people, home }
    }

    /// Sends everybody home once they have finished what they do.
    pub async fn go_home(self) -> Vec<Work> {
        self.home.cancel();
        self.people.join_all().await
    }

    /// Waits until everybody has left.
    pub async fn leave(self) -> Vec<Work> {
        self.people.join_all().await
    }
}

impl Work {
    fn new(draft: Draft) -> Self {
        Self { draft, saved: 0, unsure: 0, visits: Vec::new() }
    }
}

struct Somebody {
    browser: Browser,
    line: Line,
    /// Of the step, as the page showed it last.
    revision: i32,
    work: Work,
}

impl Somebody {
    async fn work(mut self, leaves: bool, home: &CancellationToken) -> Work {
        // The page is open before anything goes wrong.
        self.reread().await;
        while !home.is_cancelled() {
            let list = self.browser.get("/demandes").await;
            let read = self.note(&list);
            let saved = if read { self.save().await } else { false };
            if leaves && self.has_lost_the_site() {
                break;
            }
            // Whoever was not told that their text is kept opens the step again before writing another: nobody hammers a site that is down.
            let mut knows = saved;
            while !knows && !home.is_cancelled() {
                sleep(Duration::from_millis(50)).await;
                knows = self.reread().await || (leaves && self.has_lost_the_site());
            }
        }
        self.work
    }

    async fn save(&mut self) -> bool {
        let revision = self.revision.to_string();
        // Saving what is saved already would change nothing.
        let words = format!("Le service scolaire, à {:?}.", Instant::now());
        let typed = [("recipients", words.as_str()), ("retention_months", "24"), ("revision", revision.as_str())];
        let saved = self.browser.post(&format!("/demandes/{}/traitement", self.work.draft.id.0), &typed).await;
        self.note(&saved);
        let is_saved = saved.is_ok_and(|answer| answer.status == 303);
        if is_saved {
            self.work.saved += 1;
            self.revision += 1;
        } else {
            self.work.unsure += 1;
        }
        is_saved
    }

    fn has_lost_the_site(&self) -> bool {
        self.work.visits.last().is_some_and(|visit| visit.outcome.is_err())
    }

    /// Opens the step again, to go on from what is kept; whether it came.
    async fn reread(&mut self) -> bool {
        let page = self.browser.get(&format!("/demandes/{}/traitement", self.work.draft.id.0)).await;
        if self.note(&page)
            && let Some(revision) = page.ok().and_then(|page| revision(&page.body))
        {
            self.revision = revision;
            return true;
        }
        false
    }

    /// Writes the visit down; whether the page came.
    fn note(&mut self, outcome: &Result<Answer, Lost>) -> bool {
        let (took, says_when) =
            outcome.as_ref().map_or((Duration::ZERO, false), |answer| (answer.took, answer.header("retry-after").is_some()));
        let outcome = outcome.as_ref().map(|answer| answer.status).map_err(|lost| *lost);
        self.work.visits.push(Visit { outcome, says_when, took });
        if self.line == Line::Fresh {
            self.browser.hang_up();
        }
        outcome.is_ok_and(|status| status < 400)
    }
}

fn revision(page: &str) -> Option<i32> {
    let after = page.split("name=\"revision\"").nth(1)?;
    after.split('"').nth(1)?.parse().ok()
}

/// Revisions of that step of those drafts, as kept.
pub async fn revisions(connection: &mut PgConnection, works: &[Work]) -> BTreeMap<i64, i32> {
    let ids: Vec<i64> = works.iter().map(|work| work.draft.id.0).collect();
    let rows: Vec<(i64, i32)> =
        sqlx::query_as("select application_id, revision from draft_steps where step = 'traitement' and application_id = any($1)")
            .bind(ids)
            .fetch_all(connection)
            .await
            .unwrap();
    rows.into_iter().collect()
}

/// How many visits ended in each way.
pub fn tally(works: &[Work]) -> BTreeMap<String, usize> {
    let mut tally = BTreeMap::new();
    for visit in works.iter().flat_map(|work| &work.visits) {
        let name = visit.outcome.map_or_else(|lost| format!("{lost:?}").to_lowercase(), |status| status.to_string());
        *tally.entry(name).or_default() += 1;
    }
    tally
}
