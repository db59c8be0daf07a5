//! What the register tells of the number a visitor typed, asked within limits: nobody has an account here.

use std::net::IpAddr;

use time::OffsetDateTime;

use crate::{
    AppState,
    accounts::limits,
    calendar,
    criteria::{self, Hint},
    eligibility::{Answers, Facts},
    organisations::{Answer, Identity, Siret},
    problem::Problem,
};

/// What is known of the visitor's organisation.
#[derive(Debug)]
pub(super) enum Found {
    /// No number was typed.
    NoNumber,
    /// The register tells.
    Known(Box<Organisation>),
    /// It does not hold that number.
    Unknown(Siret),
    /// It does not answer, or has been asked too often from there: the wizard goes on by asking.
    Away { siret: Siret, until: Option<String> },
}

/// An organisation as the page shows it.
#[derive(Debug)]
pub(super) struct Organisation {
    pub facts: Facts,
    pub identity: Identity,
    /// « Ouvert depuis le 2 septembre 2014 », or nothing.
    pub oldest: Option<(String, String)>,
    pub hint: Option<Hint>,
}

impl Found {
    pub(super) fn facts(&self) -> Option<&Facts> {
        match self {
            Self::Known(organisation) => Some(&organisation.facts),
            _ => None,
        }
    }

    /// The organisation, for pages that name it.
    pub(super) fn organisation(&self) -> Option<&Organisation> {
        match self {
            Self::Known(organisation) => Some(organisation),
            _ => None,
        }
    }
}

/// Asks the register about the number, unless it has been asked too often from that address.
pub(super) async fn find(state: &AppState, client: IpAddr, answers: &Answers, now: OffsetDateTime) -> Result<Found, Problem> {
    let Some(siret) = answers.siret.clone() else { return Ok(Found::NoNumber) };
    let mut transaction = state.db.begin().await?;
    if let Err(wait) = limits::take(&mut transaction, limits::on_look_up(client, now)).await? {
        return Ok(Found::Away { siret, until: Some(calendar::time_of_day(wait.until)) });
    }
    transaction.commit().await?;
    Ok(match state.register.look_up(&siret).await {
        Answer::Known(entity) => {
            let facts = Facts { entity, day: calendar::paris_day(now) };
            let oldest = facts.entity.oldest_establishment.as_ref().map(|oldest| {
                let town = if oldest.town.is_empty() { "En France".to_owned() } else { oldest.town.clone() };
                (town, format!("Ouvert le {}", calendar::written(oldest.created_on)))
            });
            let identity = Identity::from(facts.entity.as_ref());
            let hint = criteria::sector_hint(&facts.entity);
            Found::Known(Box::new(Organisation { facts, identity, oldest, hint }))
        }
        Answer::Unknown => Found::Unknown(siret),
        Answer::Unavailable => Found::Away { siret, until: None },
    })
}
