//! What each list holds, how it is narrowed, and what is saved of it.

use axum::http::StatusCode;
use habilitation::{
    applications::Kind,
    review::queue::{self, Cursor, Filter, PAGE, Preset, Reading, Standing, Today, Whose},
};

use super::{LEVELS, Team, numbers};
use crate::support::{given, private};

/// One demande for each turn there can be: D1 the team's, D2 Nadia's, D3 her own but with its applicant, D4 to D6 awaiting opinions, D7 to be
/// signed, D8 leaving, D9 refused, D10 Samir's,
/// D11 being changed after it was granted.
async fn every_turn() -> Team {
    let team = Team::before(11).await;
    let now = team.site.state.clock.now();
    let mut transaction = team.site.state.db.begin().await.unwrap();
    for (who, id) in [(0, 1), (0, 2), (1, 9)] {
        queue::take(&mut transaction, &team.by[who], team.demandes[id], now).await.unwrap();
    }
    transaction.commit().await.unwrap();
    team.write("update applications set state = 'changes_requested' where id = 3").await;
    team.write("update applications set state = 'refused' where id = 9").await;
    team.write("update applications set state = 'approved' where id = 11").await;
    team.write("update applications set state = 'reopened', reopened_from = 1 where id = 11").await;
    team.write(
        "insert into opinion_requests select asked.id, 1, asked.service, '', accounts.id, now() from accounts,
            (values (4, 'legal'), (5, 'franceconnect'), (6, 'legal'), (6, 'franceconnect'), (7, 'legal')) as asked (id, service)
        where email = 'samir@dinum.test'",
    )
    .await;
    team.write(
        "insert into prepared_decisions (application_id, version, outcome, message, prepared_by, prepared_at,
            signed_by, author_name, author_quality, author_service, signed_at, leaves_at)
        select 7, 1, 'approved', '', id, now(), null, null, null, null, null::timestamptz, null::timestamptz
            from accounts where email = 'samir@dinum.test'
        union all select 8, 1, 'approved', '', id, now(), id, 'Samir', 'Chargé de mission', 'DINUM', now(), now()
            from accounts where email = 'samir@dinum.test'",
    )
    .await;
    team.site.letters().await;
    team
}

#[tokio::test]
async fn what_a_list_finds_by_whose_turn_it_is_is_what_the_rule_says_of_each_row() {
    let team = every_turn().await;
    let reader = team.by[0].person().account;
    let reading = Reading::new(reader, Today::at(team.site.state.clock.now(), 10));
    let mut connection = team.site.state.db.acquire().await.unwrap();
    let everything = Filter { standing: Some(Standing::Any), ..Filter::default() };
    let all = queue::find_rows(&mut connection, &everything, reading, Cursor::Start, PAGE).await.unwrap();
    assert_eq!(all.len(), 11);
    for whose in Whose::ALL {
        let filter = Filter { turn: Some(*whose), ..everything.clone() };
        let found = queue::find_rows(&mut connection, &filter, reading, Cursor::Start, PAGE).await.unwrap();
        let ruled: Vec<_> = all.iter().filter(|row| row.facts.turn(reader) == *whose).map(|row| row.id).collect();
        assert_eq!(found.iter().map(|row| row.id).collect::<Vec<_>>(), ruled, "{whose:?}");
        assert!(!ruled.is_empty(), "{whose:?} has an example");
    }
    let counts = queue::count_lists(&mut connection, reading).await.unwrap();
    for (preset, count) in &counts.lists {
        let rows = queue::find_rows(&mut connection, &preset.filter(), reading, Cursor::Start, PAGE).await.unwrap();
        assert_eq!(i64::try_from(rows.len()).unwrap(), *count, "{preset:?}");
        assert_eq!(queue::count(&mut connection, &preset.filter(), reading, None).await.unwrap(), Some(*count));
    }
    assert_eq!(queue::count(&mut connection, &everything, reading, None).await.unwrap(), None, "what was decided is not counted");
    assert_eq!(counts.lists.iter().find(|(preset, _)| *preset == Preset::All).unwrap().1, 9);
}

#[tokio::test]
async fn each_row_says_whose_turn_it_is_who_answers_for_it_and_what_was_checked() {
    let mut team = every_turn().await;
    let page = team.nadia.get("/instruction").await;
    assert_eq!(numbers(&page), [1, 2, 3, 4, 5, 6, 7, 8, 10], "what was decided has left the list");
    for words in ["Toutes 9", "Les miennes 2", "En attente du demandeur 1", "Avis attendus 3", "À signer 1", "En retard 0", "À prendre 1"]
    {
        assert!(page.says(words), "{words}: {}", page.text());
    }
    for words in ["À vous", "Avis juridique", "Avis FranceConnect", "Deux avis", "Signature", "Lettre en partance", "Demandeur", "Équipe"]
    {
        assert!(page.says(words), "{words}");
    }
    assert!(page.says("objectif 17 déc.") && page.says("sans rang") && page.says("arrêté de 2018"), "{}", page.text());
    assert!(page.says("5 sur 5") || page.says(" sur "), "{}", page.text());
    assert!(page.says("Samir Rousseau") && page.says("Vous"));
    for (query, found) in [
        ("etat=toutes&tour=personne", vec![9]),
        ("etat=refusees", vec![9]),
        ("etat=en-modification", vec![11]),
        ("etat=toutes&tour=demandeur", vec![3, 11]),
        ("etat=a-completer", vec![3]),
        ("responsable=moi", vec![2, 3]),
        ("tour=avis&responsable=personne", vec![4, 5, 6]),
        ("type=experiment", vec![]),
        ("niveau=eidas_2", vec![]),
        ("niveau=eidas_1&tour=signature", vec![7]),
        ("q=clamart&etat=a-completer", vec![3]),
    ] {
        assert_eq!(numbers(&team.nadia.get(&format!("/instruction?{query}")).await), found, "{query}");
    }
    let narrowed = team.nadia.get("/instruction?tour=avis&responsable=personne").await;
    assert_eq!(narrowed.count(".fr-tag--dismiss"), 3);
    assert_eq!(narrowed.attribute(".fr-tag--dismiss", "href").as_deref(), Some("/instruction?responsable=personne"));
    assert!(team.nadia.get("/instruction?type=experiment").await.says("Aucun dossier ici"));
}

#[tokio::test]
async fn a_page_says_which_part_of_the_list_it_is() {
    let mut team = Team::before(1).await;
    team.write(
        "insert into applications (kind, organisation_id, applicant_id, state, service_name, start_key, created_at, updated_at, received_at,
            version)
        select kind, organisation_id, applicant_id, state, service_name, gen_random_uuid(), created_at, updated_at, received_at, version
        from applications, generate_series(1, 52) where id = 1",
    )
    .await;
    team.write(
        "insert into application_versions
        select a.id, v.number, v.organisation, v.content, v.terms_accepted, v.dpo_informed, v.alternative_login, v.submitted_at,
            v.submitted_by, v.findings, v.explanation, v.silence_effect
        from applications a, application_versions v where v.application_id = 1 and a.id > 1",
    )
    .await;
    team.write(LEVELS).await;
    let first = team.nadia.get("/instruction").await;
    assert!(first.says("1 à 50 sur 53, du plus ancien au plus récent"), "{}", first.text());
    let last = team.nadia.get("/instruction?apres=50").await;
    assert!(last.says("51 à 53 sur 53"), "{}", last.text());
    assert!(team.nadia.get("/instruction?avant=51").await.says("1 à 50 sur 53"));
    let all = team.nadia.get("/instruction?etat=toutes").await;
    assert!(all.says("1 à 50 d’une liste trop longue pour être comptée"), "{}", all.text());
    assert!(team.nadia.get("/instruction?etat=toutes&responsable=personne&q=clamart&apres=50").await.says("Liste trop longue"));
}

#[tokio::test]
async fn a_candidature_shows_its_rank_its_sector_and_the_day_silence_decides() {
    let mut team = Team::before(1).await;
    private::a_campaign(&team.site).await;
    let camille = given::a_person(&team.site, "camille@clamart.test").await;
    let id = private::a_submitted(&team.site, &camille, private::ASSOCIATION, Kind::Experiment).await;
    team.write("update applications set silence_decides_on = '2026-12-06' where kind = 'experiment'").await;
    let page = team.nadia.get("/instruction?type=experiment&secteur=education").await;
    assert_eq!(numbers(&page), [id.0]);
    for words in ["rang 1", "Candidature", "6 déc., dans 3 jours", "En retard 1"] {
        assert!(page.says(words), "{words}: {}", page.text());
    }
    assert_eq!(numbers(&team.nadia.get("/instruction?echeance=retard").await), [id.0]);
    assert_eq!(numbers(&team.nadia.get("/instruction?secteur=sante").await), Vec::<i64>::new());
    team.site.letters().await;
}

#[tokio::test]
async fn a_view_is_saved_under_a_name_for_oneself_and_forgotten() {
    let mut team = Team::before(1).await;
    assert!(!team.nadia.get("/instruction?tour=avis").await.says("Enregistrer cette vue"), "a ready list has its name already");
    assert!(team.nadia.get("/instruction?tour=equipe&niveau=eidas_1").await.says("Enregistrer cette vue"));
    let nameless = team.nadia.post("/instruction/vues", &[("name", " "), ("liste", "tour=equipe")]).await;
    assert_eq!(nameless.status, StatusCode::CONFLICT);
    let saved = team.nadia.post("/instruction/vues", &[("name", "Niveau faible"), ("liste", "niveau=eidas_1&tour=equipe&apres=7")]).await;
    assert_eq!(saved.location(), "/instruction?niveau=eidas_1&tour=equipe");
    let page = team.nadia.get(saved.location()).await;
    assert!(page.says("La vue « Niveau faible » est enregistrée"), "{}", page.text());
    assert_eq!(page.attribute(".hab-presets a[aria-current]", "href").as_deref(), Some("/instruction?niveau=eidas_1&tour=equipe"));
    assert!(!team.samir.get("/instruction").await.says("Niveau faible"), "a view is its owner's");
    assert_eq!(team.samir.post("/instruction/vues/1/retrait", &[]).await.status, StatusCode::SEE_OTHER);
    assert!(team.nadia.get("/instruction").await.says("Niveau faible"), "and nobody else takes it away");
    team.nadia.post("/instruction/vues/1/retrait", &[]).await;
    let page = team.nadia.get("/instruction").await;
    assert!(page.says("La vue « Niveau faible » est supprimée.") && page.count(".hab-presets li") == Preset::ALL.len());
    for number in 0..=queue::MOST_VIEWS {
        let name = format!("Vue {number}");
        let saved = team.nadia.post("/instruction/vues", &[("name", &name), ("liste", "niveau=eidas_1")]).await;
        let expected = if number < queue::MOST_VIEWS { StatusCode::SEE_OTHER } else { StatusCode::CONFLICT };
        assert_eq!(saved.status, expected, "{name}");
    }
}
