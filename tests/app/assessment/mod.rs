//! The assessment of an experiment: counted from reports, quoted from them, published for ever.

use habilitation::{
    accounts::{Applicant, CampaignManager, Person, Role},
    assessment::{Content, Key, Reader, Table, Value, assess},
    criteria::Sector,
    experimentation::Campaign,
    ids::ApplicationId,
    participation::{Figures, Month, Report, Sending, Tenths, correct, send},
};
use jiff::civil::Date;
use time::macros::date;

use crate::support::{TestSite, Visitor, campaigns::FIRST, given, participants::Deciders, private};

mod excerpts;
mod figures;
mod publishing;

const MOUETTES: &str = "00071603500027";
const LOGICIELS: &str = "00101503100014";
const CLINIC: &str = "00051401800019";

/// Where the assessment of the campaign is made.
const WORKSHOP: &str = "/administration/campagnes/1/bilan";

/// Participants whose access opened on 3 December 2026, and Yasmine, who answers for the campaign.
struct Scene {
    site: TestSite,
    helene: Person,
    yasmine: CampaignManager,
    participants: Vec<ApplicationId>,
}

impl Scene {
    /// Three participants of education, whose accesses opened the day they were received.
    async fn new() -> Self {
        Self::of(&[(private::ASSOCIATION, Sector::Education), (MOUETTES, Sector::Education), (LOGICIELS, Sector::Education)]).await
    }

    /// Nobody takes part yet.
    async fn empty() -> Self {
        Self::of(&[]).await
    }

    async fn of(participants: &[(&str, Sector)]) -> Self {
        let site = TestSite::new().await;
        private::announce(&site, &Campaign { ends_on: date!(2027 - 12 - 31), ..private::campaign() }).await;
        let helene = given::a_person(&site, "helene@asso.test").await;
        let yasmine =
            CampaignManager::new(given::somebody_with_roles(&site, "yasmine@equipe.test", &[Role::ProgrammeManager]).await).unwrap();
        let deciders = Deciders::new(&site).await;
        let mut admitted = Vec::new();
        for (siret, sector) in participants {
            admitted.push(deciders.admit(&site, &helene, siret, *sector).await.0);
        }
        site.letters().await;
        Self { site, helene, yasmine, participants: admitted }
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

    /// A participant, by its place, sends the report of a month or a correction of it.
    async fn sends(&self, place: usize, of: &str, (through_fc, connections): (u64, u64), words: &str) {
        let report = Report {
            figures: Figures { connections_through_fc: through_fc, connections, accounts_through_fc: 90, accounts: 300 },
            growth: Tenths(20),
            method: "Matomo.".into(),
            words: words.into(),
        };
        let (id, month) = (self.participants[place], Month::parse(of).unwrap());
        let mut transaction = self.site.state.db.begin().await.unwrap();
        let by = Applicant::new(self.helene.clone());
        let known = habilitation::participation::find_reports(&mut transaction, id).await.unwrap();
        let number = known.get(&month).map_or(1, |sent| i32::try_from(sent.len()).unwrap() + 1);
        let because = if number == 1 { String::new() } else { "Un jour manquait.".to_owned() };
        let sending = Sending { number, report, confirmed: String::new(), because, is_imported: false };
        let now = self.site.state.clock.now();
        if number == 1 {
            send(&mut transaction, &by, id, month, &sending, now).await.unwrap();
        } else {
            correct(&mut transaction, &by, id, month, &sending, now).await.unwrap();
        }
        transaction.commit().await.unwrap();
    }

    async fn assessed(&self, reader: Reader) -> Content {
        assess(&mut self.site.state.db.acquire().await.unwrap(), FIRST, reader, self.site.state.clock.now()).await.unwrap()
    }

    /// What the journal keeps of the assessment: who, and what.
    async fn remembered(&self) -> Vec<(String, String)> {
        let sql = "select actor_name, event from journal where event like 'excerpt_%' or event like 'assessment_%' order by id";
        sqlx::query_as(sql).fetch_all(&self.site.state.db).await.unwrap()
    }

    /// Yasmine writes the words around the figures.
    async fn writes(&self) {
        let mut yasmine = self.visitor("yasmine@equipe.test").await;
        let seen = yasmine.get(WORKSHOP).await.attribute("input[name=vu]", "value").unwrap();
        let typed = [("introduction", "Une année d’essais."), ("conclusion", "À poursuivre."), ("vu", seen.as_str())];
        assert_eq!(yasmine.post(WORKSHOP, &typed).await.location(), WORKSHOP);
    }

    /// Yasmine reads the page as everybody would, then publishes it.
    async fn publishes(&self, reason: &str) {
        let mut yasmine = self.visitor("yasmine@equipe.test").await;
        let answer = publish(&mut yasmine, reason).await;
        assert_eq!(answer.location(), "/experimentation/bilan?campagne=1", "{}", answer.text());
    }
}

/// Opens the preview and presses its button.
async fn publish(by: &mut Visitor, reason: &str) -> crate::support::Answer {
    let preview = by.get(&format!("{WORKSHOP}/apercu")).await;
    let number = preview.attribute("input[name=numero]", "value").unwrap();
    let read = preview.attribute("input[name=empreinte]", "value").unwrap();
    by.post(&format!("{WORKSHOP}/publication"), &[("numero", &number), ("empreinte", &read), ("raison", reason)]).await
}

/// The first value of a figure.
fn first(content: &Content, key: Key) -> Value {
    content.figure(key).unwrap().headlines[0].value
}

/// The values of a line of a figure's table.
fn line<'a>(table: &'a Table, name: &str) -> &'a [Value] {
    &table.rows.iter().find(|row| row.name.replace('\u{a0}', " ") == name).unwrap().values
}
