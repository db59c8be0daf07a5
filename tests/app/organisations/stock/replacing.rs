//! One register takes the place of another: at once, alone, and leaving everything as the migrations wrote it.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use habilitation::{invariants, organisations::stock::find_imports};
use tokio::task::JoinSet;

use super::*;

/// A register of `count` establishments of one unit, whose name is the same everywhere.
fn register_named(name: &str, count: u32) -> (Vec<UnitLine>, Vec<EstablishmentLine>) {
    let lines = (1..=count).map(|nic| establishment(&format!("219200235{nic:05}")).with("libelleCommuneEtablissement", name));
    (vec![unit("219200235", name, "7210")], lines.collect())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn readers_see_the_old_register_or_the_new_one_whole() {
    let database = Arc::new(TestDatabase::new().await);
    let import_named = async |name: &str, count| {
        let (units, establishments) = register_named(name, count);
        import_rows(&database, &units, &establishments).await.unwrap();
    };
    import_named("PAIR", 200).await;
    let done = Arc::new(AtomicBool::new(false));
    let mut readers = JoinSet::new();
    for _ in 0..4 {
        let (database, done) = (Arc::clone(&database), Arc::clone(&done));
        readers.spawn(async move {
            let mut looks = 0;
            while !done.load(Ordering::Relaxed) {
                let entity = known(&database, "21920023500001").await;
                let expected = if entity.name.as_deref() == Some("PAIR") { 200 } else { 201 };
                assert_eq!(entity.name.as_deref(), Some(entity.town.as_str()), "unit and establishment are of one register");
                assert_eq!(entity.open_establishments, Some(expected), "and so are the others");
                looks += 1;
            }
            looks
        });
    }
    for _ in 0..5 {
        import_named("IMPAIR", 201).await;
        import_named("PAIR", 200).await;
    }
    done.store(true, Ordering::Relaxed);
    let looks: Vec<i32> = readers.join_all().await;
    assert!(looks.iter().all(|looks| *looks > 10), "they read meanwhile: {looks:?}");
}

#[tokio::test]
async fn the_second_of_two_imports_is_refused() {
    let database = TestDatabase::new().await;
    let (units, establishments) = clamart();
    let directory = Directory::new();
    let files = directory.files(units_csv(&units).as_bytes(), establishments_csv(&establishments).as_bytes());
    let mut owner = database.owner().await;
    let mut first = owner.begin().await.unwrap();
    let watch: Arc<dyn Watch> = Arc::new(Unwatched);
    stock::import(&mut first, &files, NOW, &watch).await.unwrap();
    let second = import(&database, &files).await.expect_err("one at a time");
    assert!(second.to_string().starts_with("another import is running on this database"), "{second}");
    first.commit().await.unwrap();
    import(&database, &files).await.unwrap();
    let numbers: Vec<i32> = find_imports(&mut database.owner().await).await.unwrap().iter().map(|import| import.number).collect();
    assert_eq!(numbers, [2, 1], "each is remembered");
}

#[tokio::test]
async fn somebody_who_holds_the_register_is_waited_for() {
    let database = TestDatabase::new().await;
    let (units, establishments) = clamart();
    let mut reader = database.desk.begin().await.unwrap();
    stock::is_there(&mut reader).await.unwrap();
    let importing = import_rows(&database, &units, &establishments);
    let letting_go = async {
        tokio::time::sleep(Duration::from_millis(1500)).await;
        // Whoever comes meanwhile is served: the import does not stand in the way for long.
        assert_eq!(look_up(&database, "21920023500014").await, Answer::Unavailable);
        reader.rollback().await.unwrap();
    };
    let (imported, ()) = tokio::join!(importing, letting_go);
    imported.unwrap();
    known(&database, "21920023500014").await;
}

#[tokio::test]
async fn an_import_leaves_the_law_and_the_rights_as_they_were() {
    let database = TestDatabase::new().await;
    let rights = "select string_agg(format('%s %s %s', relname, grantee::regrole, privilege_type), ', ' order by 1) from (
            select relname, grantee, privilege_type from pg_class, aclexplode(relacl)
            where relname like 'stock%' and relkind = 'r' and grantee <> relowner order by 1, 2, 3) as rights";
    let mut owner = database.owner().await;
    let before: Option<String> = sqlx::query_scalar(rights).fetch_one(&mut owner).await.unwrap();
    assert_eq!(before.as_deref().map(|rights| rights.matches("habilitation_desk SELECT").count()), Some(5));
    assert!(!before.as_deref().unwrap().contains("INSERT"), "{before:?}");
    let (units, establishments) = clamart();
    import_rows(&database, &units, &establishments).await.unwrap();
    let after: Option<String> = sqlx::query_scalar(rights).fetch_one(&mut owner).await.unwrap();
    assert_eq!(after, before);
    let checked = invariants::check(&mut database.owner().await, Some(&mut owner)).await.unwrap();
    let broken: Vec<String> = checked
        .iter()
        .filter_map(|checked| match &checked.outcome {
            invariants::Outcome::Broken(against) => Some(format!("{}: {against:?}", checked.invariant)),
            _ => None,
        })
        .filter(|broken| broken.contains("stock"))
        .collect();
    assert_eq!(broken, Vec::<String>::new());
}
