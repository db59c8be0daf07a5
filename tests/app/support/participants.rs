//! Participants of the experiment, through the acts of everybody: a candidature, two opinions, a signature, the journey found to conform.

use habilitation::{
    accounts::{Applicant, Person, Reviewer, Role, Staff},
    applications::Kind,
    attachments::Scan,
    authorizations::go_live::{self, Asking, CHECKLIST, Check, Point, PointResult},
    criteria::Sector,
    ids::{ApplicationId, AuthorizationId},
    problem::Problem,
    review::{
        Outcome, correct_sector,
        decisions::{Signed, Writing, prepare, sign},
        opinions::{self, Given, Service, View},
    },
};
use time::{Duration, macros::date};

use super::{TestSite, given, private};

/// Those who decide: Nadia examines, Paul is of the legal service, Anne signs.
pub struct Deciders {
    pub nadia: Reviewer,
    paul: Staff,
    anne: Reviewer,
}

impl Deciders {
    pub async fn new(site: &TestSite) -> Self {
        Self {
            nadia: given::a_reviewer(site, "nadia@dinum.test").await,
            paul: Staff::new(given::somebody_with_roles(site, "paul@dinum.test", &[Role::Jurist]).await).unwrap(),
            anne: Reviewer::new(given::somebody_with_roles(site, "anne@dinum.test", &[Role::Signatory]).await).unwrap(),
        }
    }

    /// Lets a legal person take part in a sector from that moment on.
    pub async fn admit(&self, site: &TestSite, holder: &Person, siret: &str, sector: Sector) -> (ApplicationId, AuthorizationId) {
        let (id, right) = self.grant(site, holder, siret, sector).await;
        self.open(site, holder, right).await;
        (id, right)
    }

    /// Grants it a right; its place is to be confirmed.
    pub async fn grant(&self, site: &TestSite, holder: &Person, siret: &str, sector: Sector) -> (ApplicationId, AuthorizationId) {
        let id = private::a_submitted(site, holder, siret, Kind::Experiment).await;
        let now = site.state.clock.now();
        let mut transaction = site.state.db.begin().await.unwrap();
        if sector != Sector::Education {
            correct_sector(&mut transaction, &self.nadia, id, sector, "L’activité du service.", now).await.unwrap();
        }
        opinions::ask(&mut transaction, &self.nadia, id, 1, Service::ALL, "", now).await.unwrap();
        let team = Staff::new(self.nadia.person().clone()).unwrap();
        for (by, service) in [(&self.paul, Service::Legal), (&team, Service::FranceConnect)] {
            let given = Given { service, view: View::Favourable, reasons: "Rien à redire.".into() };
            opinions::give(&mut transaction, by, id, 1, given, now).await.unwrap();
        }
        let writing =
            Writing { shown: 1, read: 0, outcome: Outcome::Approved, ground: None, in_law: String::new(), message: "Bienvenue.".into() };
        let revision = prepare(&mut transaction, &self.nadia, id, writing, now).await.unwrap();
        let signed = sign(&mut transaction, &self.anne, id, revision, "DINUM", Duration::ZERO, now).await.unwrap();
        let Signed::Done(Some(right)) = signed else { panic!("not granted") };
        transaction.commit().await.unwrap();
        (id, right)
    }

    /// The journey is found to conform: access opens.
    pub async fn open(&self, site: &TestSite, holder: &Person, right: AuthorizationId) {
        asks_to_open(site, holder, right).await.unwrap();
        let met = |item: &go_live::Item| Point {
            key: item.key.into(),
            title: item.title.into(),
            result: PointResult::Met,
            remark: String::new(),
        };
        let check = Check { points: CHECKLIST.iter().map(met).collect(), reasons: String::new() };
        let mut transaction = site.state.db.begin().await.unwrap();
        go_live::answer(&mut transaction, &self.nadia, right, &check, "DINUM", site.state.clock.now()).await.unwrap();
        transaction.commit().await.unwrap();
    }
}

/// The holder of a right asks to go to production.
pub async fn asks_to_open(site: &TestSite, holder: &Person, right: AuthorizationId) -> Result<(), Problem> {
    let asking = Asking {
        url: "https://essai.ateliers.test".into(),
        contact_name: "Nora Petit".into(),
        contact_email: holder.email.clone(),
        wished_on: date!(2026 - 12 - 03),
        note: String::new(),
        screens: Vec::new(),
        scan: Scan::NotScanned,
    };
    let mut transaction = site.state.db.begin().await.unwrap();
    go_live::ask(&mut transaction, &Applicant::new(holder.clone()), right, asking, site.state.clock.now()).await?;
    transaction.commit().await.unwrap();
    Ok(())
}
