//! What letters say.

use habilitation::{
    applications::Acknowledgement,
    config::{Config, SilenceEffect},
    ids::{ApplicationId, AuthorizationId},
    journal::AskedPoint,
    notifications::{AboutApplication, Author, Letter, Letterhead, Passage, Recipient, Rendered, render},
    secret::SecretKey,
};
use proptest::prelude::*;
use scraper::{Html, Selector};
use time::macros::datetime;
use uuid::Uuid;

use super::{
    camille, of_clients::of_clients, of_decisions::of_decisions, of_files::virus_found, of_opinions::of_opinions,
    of_participations::of_participations, of_places::of_places, of_rights::about_right, of_team::of_team,
};

pub fn head() -> Letterhead {
    let mut config = Config::defaults();
    config.desk.desk_phone = "01 23 45 67 89".into();
    Letterhead::new(&config, SecretKey::new(vec![7; 32]))
}

/// What the acknowledgement says, or a passage of what is `said`.
fn acknowledgement(said: Option<&str>, silence: Option<SilenceEffect>, arrival_rank: Option<i32>) -> Vec<Passage> {
    if let Some(said) = said {
        return vec![Passage::new(said, [said.to_owned()])];
    }
    let decided_by_silence_on = silence.map(|_| jiff::civil::date(2027, 2, 3));
    let received_at = datetime!(2026-12-03 09:00 UTC);
    Acknowledgement { received_at, silence, decided_by_silence_on, arrival_rank, desk: &head().desk }.passages()
}

/// Every kind of letter, each text it holds being `said`, or what a real one says.
#[expect(clippy::too_many_lines, reason = "one entry a letter")]
fn every_letter(version: i32, said: Option<&str>) -> Vec<Letter> {
    let say = |real: &str| said.unwrap_or(real).to_owned();
    let at = datetime!(2026-12-03 09:00 UTC);
    let (link, expires_at) = (Uuid::from_u128(0x0193_8c1a_0000_7000_8000_0000_0000_0001), datetime!(2026-12-04 09:00 UTC));
    let about = AboutApplication {
        application: ApplicationId(1042),
        service: say("Portail familles"),
        organisation: say("Commune de Clamart"),
        version,
    };
    let author = Author {
        name: say("Nadia Ferrand"),
        quality: say("Instructrice"),
        service: say("Direction interministérielle du numérique, équipe FranceConnect"),
    };
    let message = say(
        "1. Ville de naissance : dans quel cas en avez-vous besoin ?\n2. Durée de conservation : vous indiquez 60 mois.\n\nMerci de corriger ou de justifier.",
    );
    vec![
        Letter::ConfirmAddress { link, expires_at, return_to: None },
        Letter::AlreadyRegistered,
        Letter::ChoosePassword { link, expires_at },
        Letter::PasswordChanged { at },
        Letter::StaffInvitation { link, expires_at, role: say("instructeur") },
        Letter::MembershipConfirmed { organisation: say("Commune de Clamart"), confirmed_by: say("Leo Rousseau"), domain: None },
        Letter::VerificationWithdrawn { organisation: say("Commune de Clamart"), because: say("vous travaillez pour la commune voisine.") },
        Letter::DomainConfirmed {
            organisation: say("Commune de Clamart"),
            domain: say("clamart.fr"),
            confirmed_by: say("Leo Rousseau"),
            at,
        },
        Letter::IdleDraft {
            about: about.clone(),
            changed_on: say("3\u{a0}septembre\u{a0}2026"),
            goes_on: say("17\u{a0}décembre\u{a0}2026"),
            gone_on: say("16\u{a0}janvier\u{a0}2027"),
        },
        Letter::ApplicationReceived { about: about.clone(), received_at: at, acknowledgement: acknowledgement(said, None, None) },
        Letter::ChangesRequested {
            about: about.clone(),
            message: message.clone(),
            points: vec![AskedPoint {
                part: "donnees".into(),
                field: "scopes-gender".into(),
                about: say("Les données : sexe"),
                text: say("La civilité peut être demandée dans le formulaire.\nPrécisez, ou retirez cette donnée."),
            }],
            author: author.clone(),
        },
        Letter::ApplicationRefused {
            about: about.clone(),
            ground: say("le service n’entre pas dans le champ de l’article 2 de l’arrêté du 8 novembre 2018."),
            message: say("le service décrit est réservé aux agents de la commune."),
            author: author.clone(),
            decided_at: at,
            keeps: None,
        },
        Letter::ApplicationApproved {
            about: about.clone(),
            authorization: AuthorizationId(73),
            message: say("Bon lancement !"),
            author: author.clone(),
            technical_contact: say("Alex Morel"),
            confirm_by: Some(say("18\u{a0}décembre\u{a0}2026")),
        },
        Letter::Invitation { about: about.clone(), invited_by: say("Camille Rousseau"), is_hand_over: false, invitation: link, expires_at },
        Letter::InvitationAnswered { about: about.clone(), by: say("Leo Rousseau"), is_hand_over: false, is_accepted: true },
        Letter::DemandeHandedOver { about: about.clone(), from: say("Camille Rousseau"), because: None },
        Letter::FillingEnded { about: about.clone(), ended_by: say("Camille Rousseau") },
        Letter::DemandeTakenOver { about: about.clone(), by: say("Leo Rousseau"), because: say("Camille a quitté la mairie") },
        Letter::MessageReceived { about: about.clone(), from: say("Nadia Ferrand, équipe FranceConnect,"), is_for_team: false },
        Letter::ApplicationArrived { about: about.clone() },
        Letter::NamedAsController { about: about.clone(), named_by: say("Camille Rousseau") },
        Letter::NamedAsDpo { about: about.clone(), named_by: say("Camille Rousseau") },
        Letter::NamedAsReferent { about: about.clone(), named_by: say("Camille Rousseau") },
    ]
    .into_iter()
    .chain(of_clients(&about, link, say))
    .chain(of_decisions(&about, say))
    .chain(about_right(&about, &author, say).into_iter().chain([virus_found(&about, say)]))
    .chain(of_team(&about, say))
    .chain(of_opinions(&about, say))
    .chain(of_participations(&about, say))
    .chain(of_places(&about, say))
    .collect()
}

pub fn words(text: &str) -> Vec<String> {
    text.split_whitespace()
        .filter(|word| !word.starts_with("http") && !matches!(*word, ":" | "--") && word.trim_end_matches('.').parse::<u8>().is_err())
        .map(str::to_owned)
        .collect()
}

/// What the HTML says, without what only a page needs: its brand, its title, the address repeated below the button.
pub fn words_of_html(rendered: &Rendered) -> Vec<String> {
    let page = Html::parse_document(&rendered.html.replace("<br>", " "));
    let shown = Selector::parse("main p:not(.brand):not(.address), main h2, main li, footer p").unwrap();
    words(&page.select(&shown).flat_map(|element| element.text().chain([" "])).collect::<String>())
}

#[test]
fn every_letter_says_what_it_must() {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        for letter in every_letter(1, None) {
            let rendered = render(&head(), &camille(), &letter).unwrap();
            insta::assert_snapshot!(letter.kind(), format!("{}\n\n{}", rendered.subject, rendered.text));
        }
    });
}

#[test]
fn a_private_body_is_told_what_silence_means() {
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        for (name, silence, rank) in [
            ("application_received_acceptance", SilenceEffect::Acceptance, None),
            ("application_received_rejection", SilenceEffect::Rejection, None),
            ("application_received_candidature", SilenceEffect::Rejection, Some(12)),
        ] {
            let about = AboutApplication {
                application: ApplicationId(1043),
                service: "Je déménage".into(),
                organisation: "Énergies du Rhône".into(),
                version: 1,
            };
            let received_at = datetime!(2026-12-03 09:00 UTC);
            let letter = Letter::ApplicationReceived { about, received_at, acknowledgement: acknowledgement(None, Some(silence), rank) };
            let rendered = render(&head(), &camille(), &letter).unwrap();
            assert_eq!(words(&rendered.text), words_of_html(&rendered));
            insta::assert_snapshot!(name, format!("{}\n\n{}", rendered.subject, rendered.text));
        }
    });
}

#[test]
fn a_second_version_is_called_by_its_number() {
    for letter in every_letter(2, None) {
        let rendered = render(&head(), &camille(), &letter).unwrap();
        if matches!(letter, Letter::ApplicationReceived { .. } | Letter::ApplicationArrived { .. }) {
            assert!(rendered.text.contains("La version 2 de"), "{}", rendered.text);
            assert_eq!(words(&rendered.text), words_of_html(&rendered));
        }
    }
}

#[test]
fn a_membership_confirmed_by_an_address_says_by_which() {
    let letter = Letter::MembershipConfirmed {
        organisation: "Commune de Clamart".into(),
        confirmed_by: "Leo Rousseau".into(),
        domain: Some("clamart.fr".into()),
    };
    let rendered = render(&head(), &camille(), &letter).unwrap();
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("membership_confirmed_by_domain", format!("{}\n\n{}", rendered.subject, rendered.text));
    });
    assert_eq!(words(&rendered.text), words_of_html(&rendered));
}

#[test]
fn text_and_html_say_the_same_words() {
    for letter in every_letter(1, None) {
        let rendered = render(&head(), &camille(), &letter).unwrap();
        assert_eq!(words(&rendered.text), words_of_html(&rendered), "{}", letter.kind());
    }
}

#[test]
fn a_subject_about_a_demande_bears_its_number() {
    for letter in every_letter(1, None) {
        let rendered = render(&head(), &camille(), &letter).unwrap();
        assert_eq!(rendered.subject.contains("D1042"), letter.application().is_some(), "{}", rendered.subject);
    }
}

#[test]
fn links_lead_to_the_address_of_the_desk_and_open_there() {
    let head = head();
    for letter in every_letter(1, None) {
        let rendered = render(&head, &camille(), &letter).unwrap();
        let page = Html::parse_document(&rendered.html);
        let button = page.select(&Selector::parse("a.button").unwrap()).next().and_then(|link| link.value().attr("href"));
        if matches!(letter, Letter::NamedAsController { .. } | Letter::NamedAsDpo { .. } | Letter::NamedAsReferent { .. }) {
            assert_eq!(button, None);
            continue;
        }
        let button = button.unwrap();
        assert!(button.starts_with("http://localhost:3000/"), "{button}");
        assert_eq!(rendered.link(), Some(button));
        if let Letter::ConfirmAddress { link, .. } | Letter::ChoosePassword { link, .. } | Letter::StaffInvitation { link, .. } = letter {
            assert!(head.secret.opens(link, button.rsplit('/').next().unwrap()));
        }
        if let Letter::FiledForYou { link, .. } = letter {
            assert!(head.secret.opens_for_client(link, button.rsplit('/').next().unwrap()));
        }
    }
}

#[test]
fn nothing_in_a_letter_is_fetched_from_elsewhere() {
    for letter in every_letter(1, None) {
        let html = render(&head(), &camille(), &letter).unwrap().html;
        for fetched in ["src=", "url(", "<script", "<link", "<img", "@import", "style="] {
            assert!(!html.contains(fetched), "{} holds {fetched}", letter.kind());
        }
    }
}

#[test]
fn what_people_type_stays_text() {
    let trick = "</p><script>alert(1)</script>\" onclick=x \u{202e}\r\nBcc: all@example.org\0";
    for letter in every_letter(1, Some(trick)) {
        let to = Recipient { address: "a@b.fr".into(), name: trick.into() };
        let rendered = render(&head(), &to, &letter).unwrap();
        assert_eq!(rendered.subject.lines().count(), 1);
        assert!(!rendered.html.contains("<script"), "{}", rendered.html);
        for text in [&rendered.subject, &rendered.text, &rendered.html] {
            assert!(!text.contains(['\u{202e}', '\0', '\r']));
        }
    }
}

#[test]
fn a_very_long_letter_is_written() {
    let long = "é ".repeat(500_000);
    for letter in every_letter(1, Some(&long)) {
        assert!(render(&head(), &camille(), &letter).is_ok());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_letter_panics(said in any::<String>(), version in any::<i32>()) {
        for letter in every_letter(version, Some(&said)) {
            let rendered = render(&head(), &Recipient { address: said.clone(), name: said.clone() }, &letter);
            prop_assert!(rendered.is_ok());
        }
    }
}
