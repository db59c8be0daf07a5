//! SQL that reads the stock. Each statement names `stock_imports` before the other tables: an import puts all four in place at once, and
//! whoever has read one table of a stock then finds the others of the same.

use sqlx::PgConnection;
use time::{Date, OffsetDateTime, Time};

use super::{Found, Import, NameSearch};
use crate::{
    organisations::{
        Answer, EstablishmentState, LegalCategory, LegalEntity, Location, OldestEstablishment, Region, Siret, Size, Source, Spread,
        UnitState,
    },
    problem::Problem,
};

pub(super) mod making;

/// Establishments looked at for one search: those that come first in the order of the table.
const MOST_CANDIDATES: i32 = 300;

/// What the stock says of a SIRET; it does not answer as long as nothing was imported.
///
/// # Errors
/// The database's.
pub async fn find_in_stock(connection: &mut PgConnection, siret: &Siret) -> sqlx::Result<Answer> {
    let Ok(number) = siret.as_str().parse::<i64>() else { return Ok(Answer::Unknown) };
    let row = sqlx::query_as!(
        EntityRow,
        r#"select latest.stock_date, e.siret as "number?", e.created_on as "created_on?", e.state_since as "state_since?", e.is_open,
            e.name as "sign?", e.street as "street?", e.postal_code as "postal_code?", e.town as "town?", e.commune as "commune?",
            e.country as "country?", e.partial_disclosure as "partly?", u.created_on as "unit_created_on?", u.is_active,
            u.legal_category as "legal_category?", u.name as "name?", u.activity_code as "activity_code?",
            u.activity_code_2025 as "activity_code_2025?", u.association_number as "association_number?",
            u.headcount_band as "headcount_band?", u.partial_disclosure as "unit_partly?",
            siblings.open as "open_establishments!", oldest.created_on as "oldest_on?", oldest.town as "oldest_town?"
        from (select stock_date from stock_imports order by number desc limit 1) as latest
            left join stock_establishments e on e.siret = $1
            left join stock_units u on u.siren = $1 / 100000
            cross join lateral (
                select count(*) filter (where is_open) as open
                from stock_establishments
                where siret between $1 / 100000 * 100000 and $1 / 100000 * 100000 + 99999
            ) as siblings
            left join lateral (
                select created_on, town
                from stock_establishments
                where siret between $1 / 100000 * 100000 and $1 / 100000 * 100000 + 99999
                    and country = '' and commune <> '' and created_on is not null
                order by created_on, siret
                limit 1
            ) as oldest on true"#,
        number
    )
    .fetch_optional(connection)
    .await?;
    Ok(match row {
        None => Answer::Unavailable,
        Some(row) if row.number.is_none() => Answer::Unknown,
        Some(row) => Answer::Known(Box::new(row.entity(siret.clone()))),
    })
}

struct EntityRow {
    stock_date: Date,
    number: Option<i64>,
    created_on: Option<Date>,
    state_since: Option<Date>,
    is_open: Option<bool>,
    sign: Option<String>,
    street: Option<String>,
    postal_code: Option<String>,
    town: Option<String>,
    commune: Option<String>,
    country: Option<String>,
    partly: Option<bool>,
    unit_created_on: Option<Date>,
    is_active: Option<bool>,
    legal_category: Option<i16>,
    name: Option<String>,
    activity_code: Option<String>,
    activity_code_2025: Option<String>,
    association_number: Option<String>,
    headcount_band: Option<String>,
    unit_partly: Option<bool>,
    open_establishments: i64,
    oldest_on: Option<Date>,
    oldest_town: Option<String>,
}

impl EntityRow {
    fn entity(self, siret: Siret) -> LegalEntity {
        let country = self.country.unwrap_or_default();
        let commune = self.commune.unwrap_or_default();
        LegalEntity {
            siret,
            name: [self.name, self.sign].into_iter().flatten().find(|name| !name.is_empty()),
            legal_category: self.legal_category.and_then(|code| LegalCategory::parse(&format!("{code:04}"))),
            activity_code: self.activity_code.unwrap_or_default(),
            activity_code_2025: self.activity_code_2025.unwrap_or_default(),
            street: self.street.unwrap_or_default(),
            postal_code: self.postal_code.unwrap_or_default(),
            town: self.town.unwrap_or_default(),
            location: match (country.is_empty(), commune.is_empty()) {
                (false, _) => Location::Abroad { country },
                (true, false) => Location::France { commune },
                (true, true) => Location::NotTold,
            },
            establishment_created_on: self.created_on,
            closed_on: self.state_since.filter(|_| self.is_open == Some(false)),
            establishment_state: self.is_open.map(|open| if open { EstablishmentState::Open } else { EstablishmentState::Closed }),
            unit_created_on: self.unit_created_on,
            unit_state: self.is_active.map(|active| if active { UnitState::Active } else { UnitState::Ceased }),
            oldest_establishment: self.oldest_on.map(|created_on| OldestEstablishment {
                created_on,
                town: self.oldest_town.unwrap_or_default(),
                among_all: true,
            }),
            open_establishments: u32::try_from(self.open_establishments).ok(),
            association_number: self.association_number.unwrap_or_default(),
            headcount_band: self.headcount_band.unwrap_or_default(),
            listings: Vec::new(),
            partial_disclosure: self.partly == Some(true) || self.unit_partly == Some(true),
            source: Source::LocalStock,
            observed_at: noon(self.stock_date),
        }
    }
}

/// How many legal persons of private law the stock in place holds of each size in each region, and the day it speaks of; nothing as long as
/// no stock was imported, or none since the desk counts them.
///
/// # Errors
/// The database's.
pub async fn find_spread(connection: &mut PgConnection) -> Result<Option<(Date, Spread)>, Problem> {
    let rows = sqlx::query!("select stock_date, size, region, units from stock_spread").fetch_all(connection).await?;
    let Some(first) = rows.first() else { return Ok(None) };
    let mut spread = Spread::default();
    for row in &rows {
        let size: Size = row.size.parse().map_err(anyhow::Error::from)?;
        spread.add(size, Region::named(&row.region), row.units.unsigned_abs());
    }
    Ok(Some((first.stock_date, spread)))
}

/// A stock is as old as the day it speaks of, whenever it was imported.
fn noon(day: Date) -> OffsetDateTime {
    day.with_time(Time::MIDNIGHT + time::Duration::hours(12)).assume_utc()
}

/// Establishments of legal persons whose names and town hold the words looked for, the best first: open head offices, then other open
/// ones, then the rest. Natural persons are not found: they cannot ask, and nobody is to be looked up here by their name.
///
/// # Errors
/// The database's.
pub async fn search_by_name(connection: &mut PgConnection, search: &NameSearch) -> sqlx::Result<Vec<Found>> {
    let rows = sqlx::query!(
        r#"select e.siret as "number!", e.name as "sign!", e.postal_code as "postal_code!", e.town as "town!", u.name as "name!",
            e.is_head_office as "is_head_office!", (e.is_open is not false and u.is_active is not false) as "is_open!",
            (u.legal_category / 1000 in (4, 7)) as is_public_law
        from (select number from stock_imports order by number desc limit 1) as latest
            cross join lateral stock_candidates($1::text::tsquery, $2) as candidate
            join stock_establishments e on e.siret = candidate
            join stock_units u on u.siren = candidate / 100000"#,
        search.tsquery(),
        MOST_CANDIDATES
    )
    .fetch_all(connection)
    .await?;
    let found = rows.into_iter().filter_map(|row| {
        Some(Found {
            siret: Siret::try_from(format!("{:014}", row.number)).ok()?,
            name: if row.name.is_empty() { row.sign.clone() } else { row.name },
            sign: row.sign,
            postal_code: row.postal_code,
            town: row.town,
            is_open: row.is_open,
            is_head_office: row.is_head_office,
            is_public_law: row.is_public_law == Some(true),
        })
    });
    Ok(search.best_first(found.collect()))
}

/// Whether a stock was ever imported.
///
/// # Errors
/// The database's.
pub async fn is_there(connection: &mut PgConnection) -> sqlx::Result<bool> {
    sqlx::query_scalar!(r#"select exists (select from stock_imports) as "exists!""#).fetch_one(connection).await
}

/// Imports so far, the one in place first.
///
/// # Errors
/// The database's.
pub async fn find_imports(connection: &mut PgConnection) -> sqlx::Result<Vec<Import>> {
    sqlx::query_as!(
        Import,
        "select number, imported_at, stock_date, unit_file, establishment_file, units, establishments, bad_units, bad_establishments,
            without_unit
        from stock_imports order by number desc limit 24"
    )
    .fetch_all(connection)
    .await
}
