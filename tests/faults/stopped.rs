//! SIGTERM while people work: what was begun is finished, and nothing stays behind.

use std::time::{Duration, Instant};

use tokio::time::sleep;

use crate::{
    browser::Lost,
    desk::Place,
    given,
    load::{Crew, Line, revisions, tally},
};

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_asked_to_stop_finishes_what_people_do_and_leaves_nothing_behind() {
    let place = Place::new().await;
    let mut desk = place.open().await;
    let mut applicants = given::applicants(&desk).await;
    let drafts = given::complete_drafts(&place, 16).await;
    let kept = Crew::start(&mut applicants, &drafts[..8], Line::Kept, true);
    let fresh = Crew::start(&mut applicants, &drafts[8..], Line::Fresh, true);
    sleep(Duration::from_secs(2)).await;
    let asked = Instant::now();
    desk.ask_to_stop();
    let (mut works, fresh) = tokio::join!(kept.leave(), fresh.leave());
    println!("SIGTERM: on kept connections {:?}, on fresh ones {:?}", tally(&works), tally(&fresh));
    works.extend(fresh);
    let status = desk.end().await;
    let lasted = asked.elapsed();
    assert!(status.success(), "{status}: {}", desk.said());
    assert_eq!(place.server_processes(), [], "its server has stopped");
    assert_eq!(place.postmaster(), None, "in order");
    desk.assert_calm();
    println!("SIGTERM: exit code 0 after {lasted:.2?}");
    for visit in works.iter().flat_map(|work| &work.visits) {
        assert!(matches!(visit.outcome, Ok(200 | 303) | Err(Lost::Refused)), "{visit:?}");
    }

    let desk = place.open().await;
    let kept = revisions(&mut place.owner().await, &works).await;
    for work in &works {
        assert_eq!(kept[&work.draft.id.0], 1 + work.saved, "what was done was answered, what was answered was done");
    }
    place.check_invariants();
    drop(desk);
}
