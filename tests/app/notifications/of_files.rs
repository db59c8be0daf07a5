//! Letters about files in which a virus was found.

use habilitation::{
    ids::{ApplicationId, AuthorizationId},
    notifications::{AboutApplication, InfectedFile, Letter, render},
};

use super::{
    camille,
    words::{head, words, words_of_html},
};

/// What somebody reads whose file is under review.
pub fn virus_found(about: &AboutApplication, say: impl Fn(&str) -> String) -> Letter {
    Letter::VirusFound { about: about.clone(), file: say("maquette.pdf"), place: InfectedFile::UnderReview, is_for_team: false }
}

#[test]
fn a_virus_found_says_where_and_what_to_do() {
    let about = AboutApplication {
        application: ApplicationId(1042),
        service: "Portail familles".into(),
        organisation: "Commune de Clamart".into(),
        version: 1,
    };
    let authorization = AuthorizationId(73);
    let of_report =
        |is_corrected| InfectedFile::OfReport { authorization, month: "de mai\u{a0}2027".into(), slug: "2027-05".into(), is_corrected };
    let of_certificate = |is_corrected| InfectedFile::OfCertificate { authorization, is_corrected };
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        for (name, place, is_for_team) in [
            ("virus_found_to_replace", InfectedFile::ToReplace, false),
            ("virus_found_decided", InfectedFile::Decided, false),
            ("virus_found_replaced", InfectedFile::Replaced, false),
            ("virus_found_sent", InfectedFile::Sent, false),
            ("virus_found_sent_by_the_team", InfectedFile::Sent, true),
            ("virus_found_received", InfectedFile::Received, false),
            ("virus_found_of_go_live", InfectedFile::OfGoLive, false),
            ("virus_found_of_a_report", of_report(false), false),
            ("virus_found_of_a_corrected_report", of_report(true), false),
            ("virus_found_of_a_certificate", of_certificate(false), false),
            ("virus_found_of_a_corrected_certificate", of_certificate(true), false),
        ] {
            let letter = Letter::VirusFound { about: about.clone(), file: "maquette.pdf".into(), place, is_for_team };
            let rendered = render(&head(), &camille(), &letter).unwrap();
            assert_eq!(words(&rendered.text), words_of_html(&rendered), "{name}");
            insta::assert_snapshot!(name, format!("{}\n\n{}", rendered.subject, rendered.text));
        }
    });
}
