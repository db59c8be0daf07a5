//! Who reaches what: every route of the site, asked by everybody.

mod canary;
mod doors;
mod scene;

use std::collections::BTreeMap;

use doors::DOORS;
use habilitation::{accounts::Role, site::declared_routes};
use scene::{EVERYBODY, NO_SUCH_NUMBER, Scene, Who, filled, words};

use crate::support::{Answer, Visitor, given};

/// Whom a door opens to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Door {
    /// Everybody, signed in or not.
    Open,
    /// Whoever is signed in: what lies behind is their own.
    Own,
    /// The applicant of the demande, alone. For anybody else there is nothing.
    Applicant,
    /// The applicant, and verified members of the organisation once it was handed in. For anybody else there is nothing.
    Reader,
    /// The applicant the right was granted to, verified members of the organisation, and the team.
    Granted,
    /// Verified members of the organisation. For anybody else there is nothing.
    VerifiedMember,
    /// Members of the organisation, verified or not.
    Member,
    /// Members of the organisation; those who are not verified are told that they cannot speak for it.
    Spokesperson,
    /// Whom something was offered to by a letter; anybody else who holds its link is told whose it is.
    Invited,
    /// Those a demande names as contacts, and the colleagues of an applicant who left: nobody of this scene.
    Elsewhere,
    /// The team.
    Team,
    /// Those of the team who decide.
    Deciders,
    /// Those who answer for the campaigns of experiment.
    Campaigns,
    /// Those who answer for the campaigns of experiment, for the report of a participant: there is none here.
    CampaignsElsewhere,
    /// Everybody, once an assessment is published: none is here.
    Unpublished,
    /// Those of the team who decide, for a participant of the experiment: there is none here.
    DecidersElsewhere,
    /// Administrators.
    Administrators,
    /// Whoever holds a letter of the desk with that link; nobody here does.
    Letter,
    /// Whoever speaks for the organisation and made the list; nobody here did.
    List,
    /// Nobody: the pages of a demonstration, where there is none.
    Demonstration,
}

/// What somebody who asks is answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Gets {
    /// The page, or what is wrong with the form: never an error of ours.
    Served,
    /// Asked to sign in.
    SignIn,
    /// Told that it is not for them.
    Forbidden,
    /// Nothing is there.
    Nothing,
    Unexpected(u16),
}

impl Door {
    fn answers(self, who: Who) -> Gets {
        match (self, who) {
            (Self::Open, _) => Gets::Served,
            (Self::Demonstration | Self::Letter | Self::Unpublished, _)
            | (Self::DecidersElsewhere, Who::Member(Role::Reviewer | Role::Signatory))
            | (Self::CampaignsElsewhere, Who::Member(Role::ProgrammeManager | Role::Admin)) => Gets::Nothing,
            (_, Who::Stranger) => Gets::SignIn,
            (Self::Own, _)
            | (Self::Team | Self::Granted, Who::Member(_))
            | (Self::Deciders, Who::Member(Role::Reviewer | Role::Signatory))
            | (Self::Campaigns, Who::Member(Role::ProgrammeManager | Role::Admin))
            | (Self::Administrators, Who::Member(Role::Admin))
            | (Self::Applicant, Who::Camille)
            | (Self::Invited, Who::VerifiedColleague)
            | (Self::Reader | Self::Granted | Self::VerifiedMember | Self::Spokesperson, Who::Camille | Who::VerifiedColleague)
            | (Self::Member, Who::Camille | Who::VerifiedColleague | Who::Colleague) => Gets::Served,
            (
                Self::Team
                | Self::Deciders
                | Self::DecidersElsewhere
                | Self::Campaigns
                | Self::CampaignsElsewhere
                | Self::Administrators
                | Self::Invited,
                _,
            )
            | (Self::Spokesperson | Self::List, Who::Colleague) => Gets::Forbidden,
            (
                Self::List
                | Self::Applicant
                | Self::Reader
                | Self::Granted
                | Self::VerifiedMember
                | Self::Member
                | Self::Spokesperson
                | Self::Elsewhere,
                _,
            ) => Gets::Nothing,
        }
    }
}

fn class(answer: &Answer) -> Gets {
    match answer.status.as_u16() {
        303 if answer.location().starts_with("/connexion?suite=") => Gets::SignIn,
        403 => Gets::Forbidden,
        404 => Gets::Nothing,
        200 | 303 | 400 | 409 | 422 => Gets::Served,
        other => Gets::Unexpected(other),
    }
}

async fn ask(browser: &mut Visitor, method: &str, path: &str) -> Answer {
    match method {
        "GET" => browser.get(path).await,
        "POST" => browser.post(path, &[]).await,
        other => panic!("{other}: no route is asked that way yet"),
    }
}

#[test]
fn every_route_has_been_thought_about() {
    let declared: Vec<String> = declared_routes().iter().map(|route| format!("{} {}", route.method, route.path)).collect();
    let known: Vec<&str> = DOORS.iter().map(|(_, route)| *route).collect();
    let forgotten: Vec<_> = declared.iter().filter(|route| !known.contains(&route.as_str())).collect();
    let gone: Vec<_> = known.iter().filter(|route| !declared.iter().any(|declared| declared == *route)).collect();
    assert!(forgotten.is_empty() && gone.is_empty(), "not in the table: {forgotten:?}; not on the site: {gone:?}");
    assert_eq!(known.len(), declared.len(), "each stands once");
}

#[tokio::test]
async fn every_door_opens_to_those_it_is_for_and_to_nobody_else() {
    let mut scene = Scene::new().await;
    let (mut wrong, mut answered) = (BTreeMap::new(), BTreeMap::<String, usize>::new());
    for (door, route) in DOORS {
        let (method, path) = route.split_once(' ').unwrap();
        let path = scene.camille_s(path);
        for who in EVERYBODY {
            let answer = ask(scene.browser(who), method, &path).await;
            let got = class(&answer);
            *answered.entry(format!("{got:?}")).or_default() += 1;
            if got != door.answers(who) {
                wrong.insert(format!("{route} {who:?}"), (got, answer.location().to_owned(), answer.text()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    println!("{} routes × {} people: {answered:?}", DOORS.len(), EVERYBODY.len());
    assert_eq!(
        scene.site.letters_to("camille@clamart.test").await.len(),
        6,
        "two receipts, an approval, a confirmation, a link, an answer"
    );
    assert_eq!(
        scene.site.letters().await.len(),
        19,
        "those named in the demande, the colleague who was confirmed, invited and prepared for, the team"
    );
}

#[tokio::test]
async fn what_is_somebody_else_s_is_told_as_what_does_not_exist() {
    let mut scene = Scene::new().await;
    // Camille's draft, which the team does not see either.
    let camille = given::a_person(&scene.site, "camille@clamart.test").await;
    let draft = given::a_draft(&scene.site, &camille).await;
    let private = DOORS.iter().filter(|(door, _)| {
        matches!(
            door,
            Door::Applicant | Door::Reader | Door::Granted | Door::VerifiedMember | Door::Member | Door::Spokesperson | Door::Elsewhere
        )
    });
    let of_drafts = DOORS.iter().filter(|(door, route)| matches!(door, Door::Team | Door::Deciders) && route.contains("{numero}"));
    // What a verified colleague may not do to a demande they read is told as what does not exist; so is a draft, which they may not read.
    let beyond_reading = DOORS.iter().filter(|(door, _)| matches!(door, Door::Applicant));
    let of_a_colleague_s_draft = DOORS.iter().filter(|(door, _)| matches!(door, Door::Applicant | Door::Reader));
    let asked = private
        .map(|(_, route)| (Who::Malo, *route, "1".to_owned()))
        .chain(beyond_reading.map(|(_, route)| (Who::VerifiedColleague, *route, "1".to_owned())))
        .chain(of_a_colleague_s_draft.map(|(_, route)| (Who::VerifiedColleague, *route, draft.0.to_string())))
        .chain(of_drafts.map(|(_, route)| (Who::Member(Role::Reviewer), *route, draft.0.to_string())));
    for (who, route, number) in asked.collect::<Vec<_>>() {
        let (method, path) = route.split_once(' ').unwrap();
        let path = path.replace("{fichier}", &scene.file).replace("{piece}", &scene.piece);
        let theirs = filled(&path, &number, &scene.organisation.to_string(), &scene.colleague.to_string());
        let missing = filled(&path, NO_SUCH_NUMBER, NO_SUCH_NUMBER, NO_SUCH_NUMBER);
        let (theirs, missing) = (ask(scene.browser(who), method, &theirs).await, ask(scene.browser(who), method, &missing).await);
        assert_eq!(theirs.status, 404, "{route}");
        assert_eq!(words(&theirs), words(&missing), "{route}");
        assert!(!theirs.html.contains("Portail familles") && !theirs.html.contains("Clamart"), "{route}");
    }
    assert_eq!(scene.site.letters().await.len(), 15);
}
