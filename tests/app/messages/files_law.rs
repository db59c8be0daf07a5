//! What the database itself refuses of the files of messages.

use sqlx::{AssertSqlSafe, Executor};

use super::{HERE, files::send, two_sides};
use crate::support::{TestSite, files::a_pdf, given};

/// The name of the rule that refuses a statement, or nothing when none does.
async fn refused_by(site: &TestSite, statements: &[&str]) -> Option<String> {
    let mut transaction = site.state.db.begin().await.unwrap();
    for statement in statements {
        if let Err(error) = transaction.execute(AssertSqlSafe((*statement).to_owned())).await {
            return Some(error.as_database_error().unwrap().constraint().unwrap_or_default().to_owned());
        }
    }
    transaction.commit().await.err().map(|error| error.as_database_error().unwrap().constraint().unwrap_or_default().to_owned())
}

async fn a_thread(site: &TestSite) {
    let (mut camille, _) = two_sides(site).await;
    send(&mut camille, HERE, "Avec un fichier.", &[a_pdf("un.pdf")]).await;
    send(&mut camille, HERE, "Sans fichier.", &[]).await;
    let person = given::a_person(site, "camille@clamart.test").await;
    let other = given::a_draft(site, &person).await;
    camille.post_files(&format!("/demandes/{}/service/fichiers", other.0), &[], &[a_pdf("maquette.pdf")]).await;
    site.letters().await;
}

#[tokio::test]
async fn files_come_with_their_message_go_with_it_and_are_about_the_same_demande() {
    let site = TestSite::new().await;
    a_thread(&site).await;
    let untied = "insert into attachments (id, object_id, line_id, application_id, name, media_type, size, sha256, scan, added_at, added_by)
        select gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), application_id, name, media_type, size, sha256, scan, added_at, added_by
        from attachments where field is null";
    let tie = |place: &str, message: &str, which: &str| {
        format!("insert into message_attachments select {message}, {place}, id, application_id from attachments where {which}")
    };
    let taken_back = "update messages set body = null, taken_back_at = posted_at where id = 1";
    let of_a_form = "field is not null";
    let loose = "field is null and not exists (select from message_attachments where attachment_id = id) order by added_at limit 1";
    for (statements, rule) in [
        (vec![untied, &tie("7", "2", loose)], "message_attachments_place_is_one_of_six"),
        (vec![untied, &tie("1", "1", loose)], "message_attachments_pkey"),
        (vec![&tie("1", "2", "field is null")], "message_attachments_are_of_one_message"),
        (vec![&tie("1", "2", of_a_form)], "message_attachments_are_of_no_field"),
        (vec!["update message_attachments set message_id = 2"], "message_attachments_follow_their_message"),
        (vec!["delete from message_attachments"], "message_attachments_follow_their_message"),
        (vec!["delete from attachments where field is null"], "message_attachments_attachment_fkey"),
        (vec![taken_back], "messages_taken_back_hold_no_file"),
        (vec![untied, taken_back, &tie("2", "1", loose)], "message_attachments_follow_their_message"),
    ] {
        assert_eq!(refused_by(&site, &statements).await.as_deref(), Some(rule), "{statements:?}");
    }
    let of_another_demande = untied.replace("gen_random_uuid(), application_id,", "gen_random_uuid(), 2,");
    let crossed = "insert into message_attachments select 2, 1, id, 1 from attachments where application_id = 2 and field is null";
    assert_eq!(refused_by(&site, &[&of_another_demande, crossed]).await.as_deref(), Some("message_attachments_attachment_fkey"));
    let with_its_files =
        [taken_back, "delete from message_attachments where message_id = 1", "delete from attachments where field is null"];
    assert_eq!(refused_by(&site, &with_its_files).await, None);
}
