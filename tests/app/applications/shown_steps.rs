//! What the team sees of the steps applicants fill.

use std::collections::BTreeSet;

use habilitation::{
    accounts::Role,
    applications::{Form, Preset, Step},
};

use crate::support::{TestSite, given};

#[tokio::test]
async fn every_step_of_every_demande_is_shown_and_sends_nothing() {
    let site = TestSite::new().await;
    given::staff(&site, Role::Observer).await;
    let mut observer = site.visitor();
    observer.sign_in("observer@equipe.test").await;
    let list = observer.get("/instruction/etapes").await;
    let mut shown = BTreeSet::new();
    for preset in Preset::all() {
        for step in Form::of(preset.kind).steps().iter().chain([&Step::Mandate]) {
            let path = format!("/instruction/etapes/{}/{}", preset.slug, step.slug());
            let page = observer.get(&path).await;
            assert_eq!(page.status, 200, "{path}");
            assert!(page.says(step.title()) && page.count("main fieldset[disabled]") == 1, "{path}");
            assert_eq!(page.count("main form"), 0, "{path}: nothing is sent from here");
            assert!(*step == Step::Mandate || list.html.contains(&format!("href=\"{path}\"")), "{path}");
            shown.insert(*step);
        }
    }
    assert_eq!(shown.len(), Step::ALL.len(), "no step is forgotten");
    assert!(observer.get("/instruction/etapes/administration/service").await.says("Par exemple : Portail familles"), "with its hints");
    for nothing in ["administration/engagements", "administration/rien", "rien/service"] {
        assert_eq!(observer.get(&format!("/instruction/etapes/{nothing}")).await.status, 404, "{nothing}");
    }
}
