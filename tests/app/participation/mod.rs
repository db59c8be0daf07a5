//! The year of a participant in the experiment: its months, its reports, its end.

use habilitation::{
    accounts::{Applicant, Person},
    criteria::Sector,
    experimentation::Campaign,
    ids::{ApplicationId, AuthorizationId},
    participation::{Figures, Month, Participation, Report, Sending, Tenths, find_of_application, send},
    problem::Problem,
};
use jiff::civil::Date;
use time::macros::date;

use crate::support::{
    TestSite, Visitor, given,
    participants::{Deciders, asks_to_open},
    private,
};

mod csv;
mod end_told;
mod hundred;
mod law;
mod offers;
mod reports;
mod team;
mod the_end;
mod viruses;
mod year;

/// A participant whose access opened on 3 December 2026.
struct Scene {
    site: TestSite,
    helene: Person,
    deciders: Deciders,
    id: ApplicationId,
    right: AuthorizationId,
}

impl Scene {
    /// In a campaign that lasts until the end of 2028.
    async fn new() -> Self {
        Self::in_campaign(Campaign { ends_on: date!(2028 - 12 - 31), ..private::campaign() }).await
    }

    /// Through the acts of everybody: a candidature, two opinions, a signature, the journey found to conform.
    async fn in_campaign(campaign: Campaign) -> Self {
        let scene = Self::granted(campaign).await;
        scene.opens().await;
        scene
    }

    /// Before the journey is looked at: the place waits to be confirmed.
    async fn granted(campaign: Campaign) -> Self {
        let site = TestSite::new().await;
        private::announce(&site, &campaign).await;
        let helene = given::a_person(&site, "helene@asso.test").await;
        let deciders = Deciders::new(&site).await;
        let (id, right) = deciders.grant(&site, &helene, private::ASSOCIATION, Sector::Education).await;
        site.letters().await;
        Self { site, helene, deciders, id, right }
    }

    /// Hélène asks to go to production.
    async fn asks_to_open(&self) -> Result<(), Problem> {
        asks_to_open(&self.site, &self.helene, self.right).await
    }

    /// The journey is found to conform: access opens.
    async fn opens(&self) {
        self.deciders.open(&self.site, &self.helene, self.right).await;
        self.site.letters().await;
    }

    /// The address of the reports, or of what is below them.
    fn page(&self, below: &str) -> String {
        format!("/habilitations/{}/rapports{below}", self.right.0)
    }

    /// Moves the clock to 9 o'clock on that date.
    fn on(&self, day: Date) {
        let now = habilitation::calendar::paris_hour(day, 9).unwrap();
        self.site.state.clock.advance(now - self.site.state.clock.now());
    }

    async fn visitor(&self, email: &str) -> Visitor {
        let mut visitor = self.site.visitor();
        visitor.sign_in(email).await;
        visitor
    }

    async fn participation(&self) -> Participation {
        find_of_application(&mut self.site.state.db.acquire().await.unwrap(), self.id).await.unwrap().unwrap()
    }

    /// Hélène sends the report of a month, as the act does.
    async fn sends(&self, of: &str, connections: u64) {
        let report = Report {
            figures: Figures { connections_through_fc: connections / 4, connections, accounts_through_fc: 90, accounts: 300 },
            growth: Tenths(20),
            method: "Matomo.".into(),
            words: "Aucun.".into(),
        };
        let sending = Sending { number: 1, report, confirmed: String::new(), because: String::new(), is_imported: false };
        let mut transaction = self.site.state.db.begin().await.unwrap();
        let by = Applicant::new(self.helene.clone());
        send(&mut transaction, &by, self.id, Month::parse(of).unwrap(), &sending, self.site.state.clock.now()).await.unwrap();
        transaction.commit().await.unwrap();
    }
}

/// What a whole form holds.
fn typed(act: &'static str) -> Vec<(&'static str, &'static str)> {
    vec![
        ("connexions_franceconnect", "1 050"),
        ("connexions_total", "4 300"),
        ("comptes_franceconnect", "90"),
        ("comptes_total", "320"),
        ("croissance_pourcent", "2,5"),
        ("methode", "Comparaison avec l’an dernier."),
        ("retours", "« C’est plus rapide. »"),
        ("acte", act),
        ("vu", "0"),
        ("numero", "1"),
    ]
}

/// The same with other values.
fn but(act: &'static str, changed: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let mut all = typed(act);
    all.retain(|(name, _)| !changed.iter().any(|(other, _)| other == name));
    all.extend_from_slice(changed);
    all
}
