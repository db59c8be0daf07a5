//! Letters about what becomes of a right.

use habilitation::{
    ids::AuthorizationId,
    notifications::{AboutApplication, Author, Letter, RightNews, render},
};

use super::{
    camille,
    words::{head, words, words_of_html},
};

/// Each news of a right.
pub fn about_right(about: &AboutApplication, author: &Author, say: impl Fn(&str) -> String) -> Vec<Letter> {
    let in_law = say(
        "un acte obtenu par fraude peut être, à tout moment, abrogé ou retiré (code des relations entre le public et l’administration, article L.\u{a0}241-2).",
    );
    let facts =
        say("Le 24 novembre, le bouton était présent sur un site qui n’est pas celui de la demande.\nVous ne nous aviez pas prévenus.");
    let news = [
        RightNews::ProcedureOpened {
            verb: say("révoquer"),
            in_law: in_law.clone(),
            facts: facts.clone(),
            urgency: String::new(),
            until: say("18\u{a0}décembre\u{a0}2026"),
            author: author.clone(),
        },
        RightNews::Observed { by: say("Camille Rousseau") },
        RightNews::Ruled {
            outcome: "revoked".into(),
            until: None,
            in_law,
            reasons: facts,
            urgency: String::new(),
            author: author.clone(),
            decided_on: say("21\u{a0}décembre\u{a0}2026"),
        },
        RightNews::SuspensionEnded,
        RightNews::GoLiveAsked {
            by: say("Camille Rousseau"),
            url: say("https://essai.clamart.fr/familles"),
            wished_on: say("15\u{a0}janvier\u{a0}2027"),
        },
        RightNews::JourneyChecked {
            favourable: false,
            url: say("https://essai.clamart.fr/familles"),
            to_correct: vec![say("Le bouton se voit sans chercher sur la page de connexion. Il est en bas de page.")],
            reasons: say("Remontez le bouton au-dessus du formulaire."),
            author: author.clone(),
            checked_on: say("21\u{a0}décembre\u{a0}2026"),
        },
    ];
    news.map(|news| Letter::AboutRight { about: about.clone(), authorization: AuthorizationId(12), news }).into()
}

#[test]
fn a_suspension_that_could_not_wait_and_a_procedure_closed_say_so() {
    let about = AboutApplication {
        application: habilitation::ids::ApplicationId(1042),
        service: "Portail familles".into(),
        organisation: "Commune de Clamart".into(),
        version: 1,
    };
    let author = Author { name: "Anne Delmas".into(), quality: "Cheffe du pôle".into(), service: "DINUM".into() };
    let ruled = |outcome: &str, until: Option<&str>, urgency: &str| RightNews::Ruled {
        outcome: outcome.into(),
        until: until.map(str::to_owned),
        in_law: "l’article.".into(),
        reasons: "Une faille expose les usagers.".into(),
        urgency: urgency.into(),
        author: author.clone(),
        decided_on: "3 décembre 2026".into(),
    };
    for (news, said, unsaid) in [
        (ruled("suspended", Some("30 juin 2027"), "Une faille."), "est suspendue jusqu’au 30 juin 2027 inclus", "classée"),
        (ruled("suspended", Some("30 juin 2027"), "Une faille."), "article L121-2, 1°", "classée"),
        (ruled("closed", None, ""), "est classée sans suite : rien ne change", "tribunal"),
    ] {
        let letter = Letter::AboutRight { about: about.clone(), authorization: AuthorizationId(12), news };
        let rendered = render(&head(), &camille(), &letter).unwrap();
        assert!(rendered.text.contains(said) && !rendered.text.contains(unsaid), "{said}: {}", rendered.text);
        assert_eq!(words(&rendered.text), words_of_html(&rendered));
    }
}

#[test]
fn a_change_that_is_refused_leaves_the_right_as_it_is() {
    let letter = Letter::ApplicationRefused {
        about: AboutApplication {
            application: habilitation::ids::ApplicationId(1042),
            service: "Portail familles".into(),
            organisation: "Commune de Clamart".into(),
            version: 2,
        },
        ground: "l’article 5.".into(),
        message: "Le sexe n’est pas utile.".into(),
        author: Author { name: "Nadia Ferrand".into(), quality: "Instructrice".into(), service: "DINUM".into() },
        decided_at: time::macros::datetime!(2026-12-03 09:00 UTC),
        keeps: Some(AuthorizationId(12)),
    };
    let rendered = render(&head(), &camille(), &letter).unwrap();
    assert!(rendered.text.contains("l’habilitation H12 n’a pas changé"), "{}", rendered.text);
    assert!(!rendered.text.contains("ne peut donc pas utiliser"));
    assert_eq!(words(&rendered.text), words_of_html(&rendered));
}
