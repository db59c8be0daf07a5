//! A figure of the assessment: what it counts, exactly, and its values.

use serde::{Deserialize, Serialize};

use super::{
    Value,
    bars::{Bar, bars},
    secrecy::WHY_HIDDEN,
};
use crate::participation::{Month, Tenths};

/// The figures, by the names files and addresses keep.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, strum::Display, strum::EnumString, Serialize, Deserialize)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Key {
    /// Participants by sector.
    Participants,
    /// The share of FranceConnect in connections.
    Connections,
    /// The share of FranceConnect in the accounts created.
    Accounts,
    /// Beside an ordinary month before FranceConnect.
    Growth,
    /// What participants say FranceConnect brought.
    DeclaredGrowth,
    /// Places lost before their term.
    DropOuts,
    /// From completeness to decision.
    Delays,
    /// Monthly reports, due and received.
    Reports,
}

/// A figure: its words are kept with its values, so that what was published stays what it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// Which.
    pub key: Key,
    /// Its name.
    pub name: String,
    /// What is counted, over what, what is left out.
    pub definition: String,
    /// In what it is counted.
    pub unit: String,
    /// What is read first.
    pub headlines: Vec<Headline>,
    /// The details.
    pub tables: Vec<Table>,
}

/// A value and what it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Headline {
    /// What it is.
    pub name: String,
    /// The value.
    pub value: Value,
}

/// Values, a line each under named columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// What it shows.
    pub caption: String,
    /// What its lines are: « Secteur », « Mois ».
    pub of: String,
    /// The columns of values.
    pub columns: Vec<String>,
    /// The lines.
    pub rows: Vec<Row>,
}

/// A line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Its name.
    pub name: String,
    /// The month it is about, 2027-05, when it is about one.
    pub month: Option<String>,
    /// A value a column.
    pub values: Vec<Value>,
}

impl Figure {
    /// Whether something of it is hidden.
    pub fn hides(&self) -> bool {
        let of_tables = self.tables.iter().flat_map(|table| &table.rows).flat_map(|row| &row.values);
        of_tables.chain(self.headlines.iter().map(|headline| &headline.value)).any(|value| *value == Value::Hidden)
    }

    /// Why, when something is.
    pub fn why_hidden(&self) -> Option<&'static str> {
        self.hides().then_some(WHY_HIDDEN)
    }

    /// Bars that show the table by sector at a glance, and what they are; none when there is nothing to draw.
    pub fn bars(&self) -> Option<(&str, Vec<Bar>)> {
        let table = self.tables.iter().find(|table| table.of == "Secteur")?;
        let column = match self.key {
            Key::Participants => 0,
            Key::Connections | Key::Accounts | Key::Reports => table.columns.len().checked_sub(1)?,
            _ => return None,
        };
        let drawn = bars(table, column);
        (!drawn.is_empty()).then(|| (table.columns[column].as_str(), drawn))
    }

    /// The share of each month, from the table that has one.
    pub fn monthly_shares(&self) -> Vec<(Month, Option<Tenths>)> {
        let of_months = self.tables.iter().flat_map(|table| &table.rows);
        of_months
            .filter_map(|row| {
                let month = Month::parse(row.month.as_deref()?)?;
                Some((month, row.values.last().and_then(|value| value.tenths())))
            })
            .collect()
    }
}

impl Headline {
    /// A value and what it is.
    pub fn new(name: impl Into<String>, value: Value) -> Self {
        Self { name: name.into(), value }
    }
}
