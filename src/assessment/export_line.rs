//! The assessment as lines of a spreadsheet: one a value. The names and the order of columns are a promise to whoever reads them with a program.

use super::{Content, Edition, Figure, Tag, Value};
use crate::spreadsheet::{Cell, Head};

/// The columns. A new one goes last.
pub const HEADS: [Head; 9] = [
    Head { title: "Édition", width: 9 },
    Head { title: "Indicateur", width: 18 },
    Head { title: "Nom", width: 40 },
    Head { title: "Tableau", width: 36 },
    Head { title: "Ligne", width: 36 },
    Head { title: "Mesure", width: 28 },
    Head { title: "Valeur", width: 12 },
    Head { title: "Unité", width: 9 },
    Head { title: "Texte", width: 60 },
];

/// A line.
pub type Line = [Cell; 9];

/// What a line is of, before its value.
struct Place<'a> {
    edition: i32,
    key: &'a str,
    name: &'a str,
    table: &'a str,
    row: &'a str,
}

impl Place<'_> {
    fn line(&self, measure: &str, value: Cell, unit: &str, text: &str) -> Line {
        [
            Cell::Whole(self.edition.into()),
            Cell::text(self.key),
            Cell::text(self.name),
            Cell::text(self.table),
            Cell::text(self.row),
            Cell::text(measure),
            value,
            Cell::text(unit),
            Cell::text(text),
        ]
    }

    fn value(&self, measure: &str, value: Value) -> Line {
        self.line(measure, value.cell(), value.unit(), &value.remark())
    }
}

/// Every line of an edition: for each figure its definition, its first values, its tables; then the passages.
pub fn lines(edition: &Edition) -> Vec<Line> {
    let Content { figures, quotes, introduction, conclusion, counted_on, .. } = &edition.content;
    let around = |name| Place { edition: edition.number, key: "texte", name, table: "", row: "" };
    let mut lines = vec![
        around("Chiffres arrêtés le").line("", Cell::Empty, "", counted_on),
        around("Introduction").line("", Cell::Empty, "", introduction),
    ];
    lines.extend(figures.iter().flat_map(|figure| of_figure(edition.number, figure)));
    for quote in quotes {
        let tags: Vec<&str> = quote.tags.iter().copied().map(Tag::label).collect();
        let place = Place { edition: edition.number, key: "extrait", name: "Retours des utilisateurs", table: "", row: "" };
        lines.push(place.line(&tags.join(", "), Cell::Empty, "", &quote.words));
    }
    lines.push(around("Conclusion").line("", Cell::Empty, "", conclusion));
    lines
}

fn of_figure(edition: i32, figure: &Figure) -> Vec<Line> {
    let key = figure.key.to_string();
    let whole = Place { edition, key: &key, name: &figure.name, table: "", row: "" };
    let mut lines = vec![whole.line("définition", Cell::Empty, "", &figure.definition)];
    lines.extend(figure.headlines.iter().map(|headline| whole.value(&headline.name, headline.value)));
    for table in &figure.tables {
        for row in &table.rows {
            let place = Place { table: &table.caption, row: row.month.as_deref().unwrap_or(&row.name), ..whole };
            lines.extend(table.columns.iter().zip(&row.values).map(|(column, value)| place.value(column, *value)));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use time::OffsetDateTime;

    use super::*;
    use crate::assessment::content::tests::example;

    #[test]
    fn every_value_is_a_line_and_columns_stay() {
        let titles: Vec<&str> = HEADS.iter().map(|head| head.title).collect();
        assert_eq!(titles.join(";"), "Édition;Indicateur;Nom;Tableau;Ligne;Mesure;Valeur;Unité;Texte");
        let edition = Edition {
            number: 1,
            content: example(),
            reason: String::new(),
            author: "Yasmine Rousseau".into(),
            published_at: OffsetDateTime::UNIX_EPOCH,
        };
        let lines = lines(&edition);
        let of = |at: usize| lines.iter().map(move |line| line[at].clone());
        assert!(of(5).any(|cell| cell == Cell::text("définition")));
        let hidden = lines.iter().find(|line| line[8] == Cell::text("masqué")).expect("what is hidden says so");
        assert_eq!((&hidden[4], &hidden[5], &hidden[6]), (&Cell::text("Santé"), &Cell::text("En cours"), &Cell::Empty));
        assert!(of(8).any(|cell| cell == Cell::text("=plus rapide")), "as a text, which no spreadsheet computes");
        let keys: Vec<Cell> = of(1).collect();
        assert_eq!((keys.first(), keys.last()), (Some(&Cell::text("texte")), Some(&Cell::text("texte"))));
    }
}
