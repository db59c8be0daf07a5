//! The assessment of the first campaign of the demonstration: passages chosen, words written, an edition published a few days ago.

use sqlx::PgConnection;
use time::{Duration, OffsetDateTime};

use super::private::{PARTICIPANT, PrivateExample};
use crate::{
    accounts::{CampaignManager, Person},
    assessment::{Choice, Published, Publishing, Reader, Tag, Texts, assess, choose_excerpt, find_sources, publish, save_draft},
    ids::CampaignId,
    participation::Month,
    problem::Problem,
};

/// Two other participants of the sector: with fewer than three, the public page would hide every figure.
pub(super) const OTHERS: [PrivateExample; 2] = [
    PARTICIPANT.of("00071603500027", "Rendez-vous du centre de soins"),
    PARTICIPANT.of("00041287400018", "Dossier de suivi des apprentis"),
];

/// What users told the three.
pub(super) const SAID: [&str; 3] = [
    "«\u{a0}Je n’ai plus à photographier ma carte d’identité avant l’admission.\u{a0}»",
    "«\u{a0}J’ai confiance, c’est le même bouton que pour mes impôts.\u{a0}»",
    "«\u{a0}La première fois, je suis revenu à l’accueil sans comprendre pourquoi.\u{a0}»",
];

const INTRODUCTION: &str = "Trois services de santé ont ouvert FranceConnect à leurs usagers pendant cette première campagne de démonstration. Ils ont \
                            remis chaque mois leurs chiffres et ce que leurs usagers leur en ont dit.";

const CONCLUSION: &str = "L’usage de FranceConnect progresse de mois en mois dans les trois services. Il reste à observer une année entière avant \
                          d’en tirer une conclusion pour le secteur.";

/// Chooses a passage of the reports of that month from each participant, writes, reads again and publishes.
pub(super) async fn publish_first(
    connection: &mut PgConnection,
    people: &[Person],
    (campaign, month): (CampaignId, Month),
    now: OffsetDateTime,
) -> Result<(), Problem> {
    let by = super::campaigns::manager(people, "programme@demo.test")?;
    let at = now - Duration::days(2);
    let tags = [vec![Tag::Simplicity, Tag::Speed], vec![Tag::Trust], vec![Tag::Difficulty]];
    for source in find_sources(connection, campaign, month, None).await? {
        let words = source.words.clone();
        let tags = SAID.iter().zip(&tags).find(|(said, _)| **said == words).map_or_else(Vec::new, |(_, tags)| tags.clone());
        choose_excerpt(connection, &by, campaign, &Choice { source, words, tags }, at).await?.map_err(anyhow::Error::from)?;
    }
    publish_as_read(connection, &by, campaign, at).await
}

async fn publish_as_read(
    connection: &mut PgConnection,
    by: &CampaignManager,
    campaign: CampaignId,
    at: OffsetDateTime,
) -> Result<(), Problem> {
    let texts = Texts { introduction: INTRODUCTION.into(), conclusion: CONCLUSION.into() };
    save_draft(connection, by, (campaign, 0), &texts, at).await?;
    let read = assess(connection, campaign, Reader::Public, at).await?.fingerprint().map_err(anyhow::Error::from)?;
    match publish(connection, by, campaign, &Publishing { number: 1, read, reason: String::new() }, at).await? {
        Published::Done => Ok(()),
        other => Err(anyhow::anyhow!("the assessment of the demonstration is not published: {other:?}").into()),
    }
}
