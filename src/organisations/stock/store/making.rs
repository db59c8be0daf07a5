//! SQL of an import: tables of the same shape in a schema that lives as long as its transaction, then put in the place of those in use.

use sqlx::{AssertSqlSafe, Executor, PgConnection, Row, postgres::PgCopyIn};
use time::{Date, OffsetDateTime};

use crate::organisations::{
    Region, Spread,
    stock::{ImportFault, Report},
};

/// The two tables that hold INSEE's two files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::organisations::stock) enum Table {
    /// Legal units.
    Units,
    /// Establishments.
    Establishments,
}

impl Table {
    fn name(self) -> &'static str {
        match self {
            Self::Units => "stock_units",
            Self::Establishments => "stock_establishments",
        }
    }

    fn number(self) -> &'static str {
        match self {
            Self::Units => "siren",
            Self::Establishments => "siret",
        }
    }

    /// Digits of its numbers.
    pub(in crate::organisations::stock) fn digits(self) -> usize {
        match self {
            Self::Units => 9,
            Self::Establishments => 14,
        }
    }
}

/// Takes the one place there is for an import and makes the new tables, without their indexes yet. The owner's own limits on time do not
/// hold here: the longest statement of a whole stock takes minutes.
pub(in crate::organisations::stock) async fn begin(transaction: &mut PgConnection) -> Result<(), ImportFault> {
    let free = sqlx::query_scalar!(r#"select pg_try_advisory_xact_lock(hashtext('stock import')) as "free!""#)
        .fetch_one(&mut *transaction)
        .await?;
    if !free {
        return Err(ImportFault::AnotherOne);
    }
    transaction
        .execute(
            "set local statement_timeout = 0;
            set local idle_in_transaction_session_timeout = 0;
            set local work_mem = '128MB';
            set local maintenance_work_mem = '256MB';
            create schema stock_in_the_making;
            create table stock_in_the_making.stock_imports (like public.stock_imports including all);
            create table stock_in_the_making.stock_units (like public.stock_units including all excluding indexes);
            create table stock_in_the_making.stock_establishments (like public.stock_establishments including all excluding indexes);
            create table stock_in_the_making.stock_names (like public.stock_names including all excluding indexes);
            insert into stock_in_the_making.stock_imports select * from public.stock_imports",
        )
        .await?;
    Ok(())
}

/// Opens a table to rows.
pub(in crate::organisations::stock) async fn copy(
    transaction: &mut PgConnection,
    table: Table,
) -> sqlx::Result<PgCopyIn<&mut PgConnection>> {
    transaction.copy_in_raw(&format!("copy stock_in_the_making.{} from stdin with (format binary, freeze)", table.name())).await
}

/// Gives a table its key; false, and no key, when a number stands there twice.
pub(in crate::organisations::stock) async fn index_numbers(transaction: &mut PgConnection, table: Table) -> sqlx::Result<bool> {
    let (name, number) = (table.name(), table.number());
    let add = format!("alter table stock_in_the_making.{name} add constraint {name}_pkey primary key ({number})");
    in_doubt(transaction, &add, "23505").await
}

/// Leaves out rows whose number stood before, and tells how many of each number.
pub(in crate::organisations::stock) async fn remove_duplicates(
    transaction: &mut PgConnection,
    table: Table,
) -> sqlx::Result<Vec<(i64, i64)>> {
    let (name, number) = (table.name(), table.number());
    let remove = format!(
        "with ranked as (select ctid, row_number() over (partition by {number} order by ctid) as rank from stock_in_the_making.{name}),
            removed as (delete from stock_in_the_making.{name} as stock using ranked where ranked.rank > 1 and stock.ctid = ranked.ctid
                returning {number}::bigint as number)
        select number, count(*) as count from removed group by number order by number"
    );
    let rows = transaction.fetch_all(sqlx::raw_sql(AssertSqlSafe(remove))).await?;
    rows.iter().map(|row| Ok((row.try_get("number")?, row.try_get("count")?))).collect()
}

/// Writes what is searched by name, in the order in which it is looked for, and lets the planner know all tables.
pub(in crate::organisations::stock) async fn index_names(transaction: &mut PgConnection) -> sqlx::Result<()> {
    transaction.execute(include_str!("names.sql")).await?;
    Ok(())
}

/// Establishments whose legal unit is not there.
pub(in crate::organisations::stock) async fn count_without_unit(transaction: &mut PgConnection) -> sqlx::Result<u64> {
    let row = transaction
        .fetch_one(
            "select count(*) as count from stock_in_the_making.stock_establishments
            where not exists (select from stock_in_the_making.stock_units where siren = siret / 100000)",
        )
        .await?;
    Ok(u64::try_from(row.try_get::<i64, _>("count")?).unwrap_or_default())
}

/// Active legal units that are no natural person nor group of them, by legal category, band of headcount and department of their open head
/// office: nothing when they have none, or abroad.
pub(in crate::organisations::stock) async fn count_private_units(
    transaction: &mut PgConnection,
) -> sqlx::Result<Vec<(i16, String, String, i64)>> {
    let rows = transaction
        .fetch_all(
            "select unit.legal_category, unit.headcount_band, count(*) as count,
                coalesce(left(office.commune, case when left(office.commune, 2) in ('97', '98') then 3 else 2 end), '') as department
            from stock_in_the_making.stock_units unit left join stock_in_the_making.stock_establishments office
                on office.siret / 100000 = unit.siren and office.is_head_office and office.is_open and office.country = ''
            where unit.is_active and unit.legal_category >= 3000 group by 1, 2, 4",
        )
        .await?;
    rows.iter()
        .map(|row| Ok((row.try_get("legal_category")?, row.try_get("headcount_band")?, row.try_get("department")?, row.try_get("count")?)))
        .collect()
}

/// Writes the spread of a stock down in the place of that of the one before.
pub(in crate::organisations::stock) async fn save_spread(
    transaction: &mut PgConnection,
    spread: &Spread,
    stock_date: Date,
) -> sqlx::Result<()> {
    sqlx::query!("delete from stock_spread").execute(&mut *transaction).await?;
    let (mut sizes, mut regions, mut units) = (Vec::new(), Vec::new(), Vec::new());
    for (size, region, count) in spread.counts() {
        sizes.push(size.to_string());
        regions.push(region.map_or("", Region::name).to_owned());
        units.push(i64::try_from(count).unwrap_or(i64::MAX));
    }
    sqlx::query!(
        "insert into stock_spread (stock_date, size, region, units)
        select $1, size, region, units from unnest($2::text[], $3::text[], $4::bigint[]) as counted (size, region, units)",
        stock_date,
        &sizes,
        &regions,
        &units
    )
    .execute(transaction)
    .await?;
    Ok(())
}

/// Puts the new tables in the place of those in use, with their names, their keys and whom they are open to; false, and nothing changed,
/// when somebody holds them. Readers take `stock_imports` before anything else, and so does this: nobody waits for one another.
pub(in crate::organisations::stock) async fn replace(transaction: &mut PgConnection) -> sqlx::Result<bool> {
    in_doubt(transaction, include_str!("replace.sql"), "55P03").await
}

/// Writes down what was put in place.
pub(in crate::organisations::stock) async fn record(
    transaction: &mut PgConnection,
    [unit_file, establishment_file]: [&str; 2],
    report: &Report,
    now: OffsetDateTime,
) -> sqlx::Result<()> {
    let count = |rows: u64| i64::try_from(rows).unwrap_or(i64::MAX);
    sqlx::query!(
        "insert into stock_imports (number, imported_at, stock_date, unit_file, establishment_file, units, establishments, bad_units,
            bad_establishments, without_unit)
        select coalesce(max(number), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8, $9 from stock_imports",
        now,
        report.stock_date,
        unit_file,
        establishment_file,
        count(report.units.kept),
        count(report.establishments.kept),
        count(report.units.bad),
        count(report.establishments.bad),
        count(report.without_unit)
    )
    .execute(transaction)
    .await?;
    Ok(())
}

/// Runs what may fail with that code; then nothing of it is left, and the transaction goes on.
async fn in_doubt(transaction: &mut PgConnection, statements: &str, code: &str) -> sqlx::Result<bool> {
    transaction.execute("savepoint in_doubt").await?;
    match transaction.execute(AssertSqlSafe(statements.to_owned())).await {
        Ok(_) => {
            transaction.execute("release savepoint in_doubt").await?;
            Ok(true)
        }
        Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some(code) => {
            transaction.execute("rollback to savepoint in_doubt; release savepoint in_doubt").await?;
            Ok(false)
        }
        Err(error) => Err(error),
    }
}
