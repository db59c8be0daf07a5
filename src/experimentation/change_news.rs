//! Who is written to about a change of a campaign.

use sqlx::PgConnection;
use time::OffsetDateTime;

use super::{CampaignChange, ChangeState, Difference, change_difference::differences};
use crate::{
    accounts::{self, Person, Role},
    notifications::{CampaignNews, TeamLetter, enqueue},
    problem::Problem,
};

impl CampaignChange {
    /// What differs.
    pub fn differences(&self) -> Vec<Difference> {
        differences(self.before.as_ref(), &self.after)
    }

    /// The same, a line each.
    pub fn lines(&self) -> Vec<String> {
        self.differences().iter().map(Difference::sentence).collect()
    }

    fn letter(&self, news: CampaignNews, settled_by: &str) -> TeamLetter {
        TeamLetter::CampaignChange {
            title: self.title().to_owned(),
            news,
            proposed_by: self.proposed.name.clone(),
            settled_by: settled_by.to_owned(),
            reasons: self.reason.clone(),
            message: self.answer.clone(),
            changes: self.lines(),
            change: self.id,
        }
    }
}

/// To everybody who may agree: a proposal waits for one of them.
pub(super) async fn of_proposal(connection: &mut PgConnection, change: &CampaignChange, now: OffsetDateTime) -> Result<(), Problem> {
    let letter = change.letter(CampaignNews::Proposed, "").into();
    let occasion = format!("campaign change {} proposed", change.id);
    for person in who_may(connection).await?.iter().filter(|person| !change.is_of(person.account)) {
        enqueue(connection, &occasion, &person.as_recipient(), &letter, now).await?;
    }
    Ok(())
}

/// To whoever proposed it, and to the second person when it holds: what became of it.
pub(super) async fn of_outcome(
    connection: &mut PgConnection,
    change: &CampaignChange,
    by: &Person,
    state: ChangeState,
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let news = if state == ChangeState::Agreed { CampaignNews::Agreed } else { CampaignNews::Declined };
    let letter = change.letter(news, &by.full_name()).into();
    let occasion = format!("campaign change {} {state}", change.id);
    let proposer = accounts::find_person(connection, change.proposed.account).await?;
    let second = (news == CampaignNews::Agreed).then(|| by.clone());
    for person in proposer.into_iter().chain(second) {
        enqueue(connection, &occasion, &person.as_recipient(), &letter, now).await?;
    }
    Ok(())
}

/// Everybody who answers for campaigns, each once.
async fn who_may(connection: &mut PgConnection) -> Result<Vec<Person>, Problem> {
    let mut people = accounts::find_by_role(connection, Role::ProgrammeManager).await?;
    for person in accounts::find_by_role(connection, Role::Admin).await? {
        if people.iter().all(|known| known.account != person.account) {
            people.push(person);
        }
    }
    Ok(people)
}
