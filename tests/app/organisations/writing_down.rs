//! One row per SIRET, whoever names it.

use std::sync::Arc;

use habilitation::organisations::{Adapter, Register, Sample, Source, State, find, find_for, find_memberships_of};
use time::macros::datetime;

use super::{CLAMART, MASKED, RHONE, UNKNOWN, at_once, facts, join, journalled, look_up};
use crate::support::{TestSite, given};

async fn people(site: &TestSite, count: usize) -> Vec<habilitation::accounts::Person> {
    let mut people = Vec::new();
    for number in 0..count {
        people.push(given::a_person(site, &format!("agent{number}@exemple.test")).await);
    }
    people
}

async fn count_organisations(site: &TestSite) -> i64 {
    sqlx::query_scalar("select count(*) from organisations").fetch_one(&site.state.db).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn twenty_people_who_join_at_once_join_one_organisation() {
    let site = Arc::new(TestSite::new().await);
    let people = people(&site, 20).await;
    for siret in [CLAMART, UNKNOWN] {
        let facts = facts(&site, siret, "Mairie de Tulle").await;
        let organisations = at_once(people.iter().cloned().map(|person| {
            let (site, facts) = (site.clone(), facts.clone());
            async move { join(&site, &person, &facts).await }
        }))
        .await;
        let first = organisations[0];
        assert!(organisations.iter().all(|organisation| *organisation == first));
        let mut connection = site.state.db.acquire().await.unwrap();
        assert_eq!(find_memberships_of(&mut connection, first).await.unwrap().len(), 20);
        assert_eq!(journalled(&site, first, "organisation_recorded").await, 1);
        assert_eq!(journalled(&site, first, "organisation_joined").await, 20);
    }
    assert_eq!(count_organisations(&site).await, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_person_who_joins_twenty_times_at_once_is_a_member_once() {
    let site = Arc::new(TestSite::new().await);
    let camille = given::a_person(&site, "camille@clamart.test").await;
    let facts = facts(&site, CLAMART, "").await;
    let organisations = at_once((0..20).map(|_| {
        let (site, camille, facts) = (site.clone(), camille.clone(), facts.clone());
        async move { join(&site, &camille, &facts).await }
    }))
    .await;
    assert_eq!(journalled(&site, organisations[0], "organisation_joined").await, 1);
    let mut connection = site.state.db.acquire().await.unwrap();
    let members = find_memberships_of(&mut connection, organisations[0]).await.unwrap();
    assert_eq!(members.len(), 1);
    assert!(!members[0].membership.is_verified());
}

#[tokio::test]
async fn what_the_register_tells_is_written_down_with_its_source() {
    let site = TestSite::new().await;
    let camille = given::a_person(&site, "camille@clamart.test").await;
    let organisation = join(&site, &camille, &facts(&site, RHONE, "").await).await;
    let rhone = find(&mut site.state.db.acquire().await.unwrap(), organisation).await.unwrap();
    assert_eq!((rhone.name.as_str(), rhone.legal_category.as_str()), ("Département du Rhône", "7220"));
    assert_eq!((rhone.state, rhone.source), (State::Open, Source::SampleRegister));
}

#[tokio::test]
async fn each_keeps_the_name_they_declared_and_nobody_names_it_for_others() {
    let site = TestSite::new().await;
    let (camille, leo) = (given::a_person(&site, "camille@tulle.test").await, given::a_person(&site, "leo@tulle.test").await);
    let organisation = join(&site, &camille, &facts(&site, UNKNOWN, "Mairie de Tulle").await).await;
    join(&site, &leo, &facts(&site, UNKNOWN, "Squatteurs réunis").await).await;
    let mut connection = site.state.db.acquire().await.unwrap();
    for (person, name) in [(&camille, "Mairie de Tulle"), (&leo, "Squatteurs réunis")] {
        let seen = find_for(&mut connection, person.account, organisation).await.unwrap().unwrap();
        assert_eq!((seen.organisation.name.as_str(), seen.organisation.town.as_str()), (name, "Tulle"));
        assert_eq!((seen.organisation.source, seen.organisation.state), (Source::Declared, State::Unknown));
    }
    assert_eq!(find(&mut connection, organisation).await.unwrap().name, "Mairie de Tulle");
    // a reviewer sees both
    let names: Vec<_> = find_memberships_of(&mut connection, organisation).await.unwrap();
    let names: Vec<_> = names.iter().filter_map(|member| member.membership.declared_name.as_deref()).collect();
    assert_eq!(names, ["Mairie de Tulle", "Squatteurs réunis"]);
    drop(connection);
    // who declares again corrects their own words
    join(&site, &leo, &facts(&site, UNKNOWN, "Commune de Tulle").await).await;
    let seen = find_for(&mut site.state.db.acquire().await.unwrap(), leo.account, organisation).await.unwrap().unwrap();
    assert_eq!(seen.organisation.name, "Commune de Tulle");
}

#[tokio::test]
async fn the_register_corrects_what_was_declared_and_never_the_other_way() {
    let site = TestSite::new().await;
    let camille = given::a_person(&site, "camille@tulle.test").await;
    let declared = facts(&site, UNKNOWN, "Mairie").await;
    let organisation = join(&site, &camille, &declared).await;

    let titles = "siret;…";
    let line = format!("{UNKNOWN};Commune de Tulle;7210;84.11Z;;;19000;Tulle;19272;;;A;;A;;;O");
    let read_on = datetime!(2026-12-02 09:00 UTC);
    let site = site.with_register(Register::new([Adapter::Sample(Arc::new(Sample::read(&format!("{titles}\n{line}"), read_on).unwrap()))]));
    join(&site, &camille, &facts(&site, UNKNOWN, "").await).await;
    join(&site, &camille, &facts(&site, UNKNOWN, "").await).await;
    join(&site, &camille, &declared).await;

    let tulle = find_for(&mut site.state.db.acquire().await.unwrap(), camille.account, organisation).await.unwrap().unwrap().organisation;
    assert_eq!((tulle.name.as_str(), tulle.postal_code.as_str(), tulle.legal_category.as_str()), ("Commune de Tulle", "19000", "7210"));
    assert_eq!((tulle.state, tulle.source, tulle.observed_at), (State::Open, Source::SampleRegister, read_on));
    assert_eq!(journalled(&site, organisation, "organisation_refreshed").await, 1, "the same reading refreshes once");

    // away, the register is remembered
    let site = site.with_register(Register::new([]));
    assert_eq!(look_up(&site, UNKNOWN).await.identity().unwrap().name, "Commune de Tulle");
}

#[tokio::test]
async fn a_masked_organisation_is_marked_and_its_mask_is_nowhere() {
    let site = TestSite::new().await;
    let camille = given::a_person(&site, "camille@menuiserie.test").await;
    let organisation = join(&site, &camille, &facts(&site, MASKED, "Menuiserie Rousseau").await).await;
    let masked = find(&mut site.state.db.acquire().await.unwrap(), organisation).await.unwrap();
    assert_eq!((masked.name.as_str(), masked.source, masked.partial_disclosure), ("Menuiserie Rousseau", Source::Declared, true));
}
