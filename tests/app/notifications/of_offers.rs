//! Letters about a demande offered to somebody else.

use habilitation::{
    ids::ApplicationId,
    notifications::{AboutApplication, Letter, render},
};
use time::macros::datetime;
use uuid::Uuid;

use super::{
    camille,
    words::{head, words, words_of_html},
};

#[test]
fn an_offer_of_a_demande_and_its_answers_say_what_they_change() {
    let about = AboutApplication {
        application: ApplicationId(1042),
        service: "Portail familles".into(),
        organisation: "Commune de Clamart".into(),
        version: 1,
    };
    let by = "Leo Rousseau".to_owned();
    let answered =
        |is_hand_over, is_accepted| Letter::InvitationAnswered { about: about.clone(), by: by.clone(), is_hand_over, is_accepted };
    let offer = Letter::Invitation {
        about: about.clone(),
        invited_by: "Camille Rousseau".into(),
        is_hand_over: true,
        invitation: Uuid::nil(),
        expires_at: datetime!(2026-12-17 09:00 UTC),
    };
    for (letter, said) in [
        (offer, "elle devient la vôtre"),
        (answered(true, true), "Elle n’est plus la vôtre"),
        (answered(true, false), "La demande reste la vôtre"),
        (answered(false, false), "Rien n’a changé dans la demande"),
    ] {
        let rendered = render(&head(), &camille(), &letter).unwrap();
        assert!(rendered.text.contains(said), "{}", rendered.text);
        assert_eq!(words(&rendered.text), words_of_html(&rendered));
    }
    let to_team = Letter::MessageReceived { about, from: by, is_for_team: true };
    assert!(render(&head(), &camille(), &to_team).unwrap().text.contains("/instruction/1042/messages"));
}
