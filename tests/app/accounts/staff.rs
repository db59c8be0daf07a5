//! The team: made by an operator, at the command line.

use axum::http::StatusCode;
use habilitation::{
    accounts::{EmailAddress, NewStaff, Role, StaffCreated, create_staff},
    journal::By,
    notifications::Letter,
};
use time::Duration;

use super::{count, is_signed_in, journal, last_link_to, letters_to, link};
use crate::support::{TestSite, given};

const EMAIL: &str = "sophie@dinum.test";

async fn make(site: &TestSite, email: &str, roles: &[Role]) -> StaffCreated {
    let new = NewStaff {
        email: EmailAddress::parse(email).unwrap(),
        given_name: "Sophie".into(),
        family_name: "Lambert".into(),
        roles: roles.to_vec(),
    };
    let mut transaction = site.state.db.begin().await.unwrap();
    let by = By::Operator { name: "exploitation".into() };
    let created = create_staff(&mut transaction, &by, &new, site.state.clock.now()).await.unwrap();
    transaction.commit().await.unwrap();
    created
}

#[tokio::test]
async fn a_member_of_the_team_chooses_a_password_nobody_else_knows() {
    let site = TestSite::new().await;
    assert_eq!(count(&site, "select count(*) from accounts").await, 0, "there is no account by default");
    let created = make(&site, EMAIL, &[Role::Reviewer, Role::Signatory]).await;
    assert_eq!(created.added, [Role::Reviewer, Role::Signatory]);
    assert_eq!(created.person.roles.len(), 2);
    let invitation = created.invitation.unwrap();
    let letters = letters_to(&site, EMAIL).await;
    assert_eq!(
        letters,
        [Letter::StaffInvitation {
            link: invitation,
            role: "instructeur, signataire".into(),
            expires_at: site.state.clock.now() + Duration::days(7)
        }]
    );
    let path = site.state.secret.link_path(invitation);
    let mut visitor = site.visitor();
    assert!(visitor.get(&path).await.says("16 caractères au moins"));
    let short = visitor.post(&path, &[("password", "une tasse bleue")]).await;
    assert_eq!(short.status, 422);
    assert!(short.says("il en faut au moins 16"));
    assert_eq!(visitor.post(&path, &[("password", given::PASSWORD)]).await.status, 303);
    assert_eq!(visitor.sign_in(EMAIL).await.location(), "/instruction");
    let events = ["account_created", "role_granted", "role_granted", "address_confirmed", "password_changed", "signed_in"];
    assert_eq!(journal(&site).await, events);
    assert_eq!(count(&site, "select count(*) from journal where actor_kind = 'operator'").await, 3);
    assert_eq!(letters_to(&site, EMAIL).await[1..], [Letter::PasswordChanged { at: site.state.clock.now() }]);
}

#[tokio::test]
async fn an_invitation_lasts_a_week_and_is_replaced_by_asking_again() {
    let site = TestSite::new().await;
    let first = site.state.secret.link_path(make(&site, EMAIL, &[Role::Admin]).await.invitation.unwrap());
    site.state.clock.advance(Duration::days(7) - Duration::SECOND);
    assert_eq!(site.visitor().get(&first).await.status, 200);
    let again = make(&site, EMAIL, &[Role::Admin]).await;
    assert!(again.added.is_empty());
    assert_eq!(site.visitor().get(&first).await.status, StatusCode::GONE);
    site.state.clock.advance(Duration::days(7));
    let second = site.state.secret.link_path(again.invitation.unwrap());
    let answer = site.visitor().get(&second).await;
    assert_eq!(answer.status, StatusCode::GONE);
    assert!(answer.says("Il fonctionnait pendant 7 jours"));
    let links: Vec<_> = letters_to(&site, EMAIL).await.iter().map(link).collect();
    assert_eq!(links.into_iter().map(|link| site.state.secret.link_path(link)).collect::<Vec<_>>(), [first, second]);
}

#[tokio::test]
async fn somebody_with_an_account_receives_the_role_and_signs_in_again() {
    let site = TestSite::new().await;
    given::a_person(&site, EMAIL).await;
    let mut visitor = site.visitor();
    visitor.sign_in(EMAIL).await;
    let created = make(&site, EMAIL, &[Role::Jurist]).await;
    assert_eq!(created.invitation, None);
    assert_eq!(created.person.full_name(), "Sophie Rousseau", "their own name stays");
    assert!(letters_to(&site, EMAIL).await.is_empty());
    assert!(!is_signed_in(&mut visitor).await, "a session does not outlive the rights it was opened with");
    assert_eq!(visitor.sign_in(EMAIL).await.location(), "/instruction");
    assert!(make(&site, EMAIL, &[Role::Jurist]).await.added.is_empty());
    assert!(is_signed_in(&mut visitor).await, "nothing changed");
}

#[tokio::test]
async fn a_password_too_short_for_the_team_must_be_replaced() {
    let site = TestSite::new().await;
    let short = "lac vif dune";
    let fields = [("given_name", "Sophie"), ("family_name", "Lambert"), ("email", EMAIL), ("password", short)];
    site.visitor().post("/inscription", &fields).await;
    let path = last_link_to(&site, EMAIL).await;
    assert_eq!(site.visitor().post(&path, &[("password", short)]).await.status, 303);
    make(&site, EMAIL, &[Role::Observer]).await;
    let answer = site.visitor().post("/connexion", &[("email", EMAIL), ("password", short)]).await;
    assert_eq!(answer.status, 422);
    assert!(answer.says("Votre rôle demande un mot de passe plus long"), "{}", answer.text());
}

#[tokio::test]
async fn signing_up_first_with_a_future_members_address_gives_nothing() {
    let site = TestSite::new().await;
    let fields = [("given_name", "Malo"), ("family_name", "Voleur"), ("email", EMAIL), ("password", "la phrase du larron malin")];
    site.visitor().post("/inscription", &fields).await;
    let created = make(&site, EMAIL, &[Role::Admin]).await;
    assert!(created.invitation.is_some());
    assert_eq!(count(&site, "select count(*) from accounts where password_hash is not null").await, 0);
    // Nor does signing up afterwards: the owner receives their invitation again.
    site.visitor().post("/inscription", &fields).await;
    assert_eq!(count(&site, "select count(*) from accounts where password_hash is not null").await, 0);
    assert!(matches!(letters_to(&site, EMAIL).await.last(), Some(Letter::StaffInvitation { .. })));
}
