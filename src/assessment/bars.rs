//! Bars drawn from a column of a table, as wide as their values: the table beside says the same.

use super::{Row, Table, Value};

/// The width of the sheet, in units of the drawing.
const WIDTH: u64 = 708;

/// A bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// What it is about.
    pub name: String,
    /// How wide, in units of the drawing.
    pub width: u64,
    /// Its value.
    pub words: String,
}

/// The bars of a column, the line of everything left out; none when no line has a number above zero.
pub fn bars(table: &Table, column: usize) -> Vec<Bar> {
    let lines = table.rows.split_last().map_or(&[][..], |(_, lines)| lines);
    let most = lines.iter().map(|row| size(row, column)).max().unwrap_or_default();
    if most == 0 {
        return Vec::new();
    }
    let bar = |row: &Row| Bar {
        name: row.name.clone(),
        width: size(row, column).saturating_mul(WIDTH) / most,
        words: row.values.get(column).map_or_else(String::new, |value| in_short(*value)),
    };
    lines.iter().map(bar).collect()
}

/// Beside a bar there is room for a number; the table says why there is none.
fn in_short(value: Value) -> String {
    if matches!(value, Value::Unknown(_)) { "sans valeur".into() } else { value.to_string() }
}

fn size(row: &Row, column: usize) -> u64 {
    match row.values.get(column) {
        Some(Value::Count(count)) => *count,
        Some(Value::Share(tenths)) => tenths.0.unsigned_abs().into(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assessment::Unknown;

    #[test]
    fn the_widest_bar_fills_the_sheet_and_what_is_hidden_has_none() {
        let row = |name: &str, value| Row { name: name.into(), month: None, values: vec![value] };
        let rows = vec![
            row("Santé", Value::Count(4)),
            row("Transport", Value::Count(1)),
            row("Location", Value::Hidden),
            row("Loisirs", Value::Unknown(Unknown::NoReport)),
            row("Ensemble", Value::Count(7)),
        ];
        let table = Table { caption: "Participants".into(), of: "Secteur".into(), columns: vec!["Participants".into()], rows };
        let widths: Vec<(u64, String)> = bars(&table, 0).into_iter().map(|bar| (bar.width, bar.words)).collect();
        assert_eq!(widths, [(708, "4".into()), (177, "1".into()), (0, "masqué".into()), (0, "sans valeur".into())]);
        assert!(bars(&table, 1).is_empty(), "no such column");
        let none = Table { rows: vec![row("Santé", Value::Unknown(Unknown::NoReport)), row("Ensemble", Value::Count(0))], ..table };
        assert!(bars(&none, 0).is_empty());
    }
}
