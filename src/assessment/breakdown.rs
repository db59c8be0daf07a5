//! Facts of participants put in lines, by sector or by month; a line that would tell one participant's business is hidden from the public.

use super::{
    Row, Table, Value,
    fact::Fact,
    secrecy::{Crowd, Reader, hidden},
};
use crate::{criteria::Sector, participation::Month};

/// The name of the line of everything.
const WHOLE: &str = "Ensemble";

/// Facts that make a line.
struct Line<'a, F> {
    name: String,
    month: Option<Month>,
    facts: Vec<&'a F>,
}

impl<F: Fact> Line<'_, F> {
    fn crowd(&self) -> Crowd {
        crowd(&self.facts)
    }
}

fn crowd<F: Fact>(facts: &[&F]) -> Crowd {
    let mut crowd = Crowd::default();
    for fact in facts {
        crowd.add(fact.whose().participant, fact.weights());
    }
    crowd
}

/// What is said of facts, for a reader; a number that would tell one participant's business is hidden.
pub fn said<F: Fact>(reader: Reader, facts: &[F], of: impl Fn(&[&F]) -> Value) -> Value {
    let all: Vec<&F> = facts.iter().collect();
    let crowd = crowd(&all);
    if reader == Reader::Public && !crowd.is_empty() && !crowd.is_safe() { Value::Hidden } else { of(&all) }
}

/// A table with a line for each of the six sectors and one for them all. The first column says how many participants.
pub fn by_sector<F: Fact>(reader: Reader, caption: &str, columns: &[&str], facts: &[F], of: impl Fn(&[&F]) -> Vec<Value>) -> Table {
    let line = |sector: &Sector| Line {
        name: sector.label().to_owned(),
        month: None,
        facts: facts.iter().filter(|fact| fact.whose().sector == *sector).collect(),
    };
    let lines: Vec<Line<'_, F>> = Sector::ALL.iter().map(line).collect();
    table(reader, (caption, "Secteur", columns), &lines, &of)
}

/// A table with a line for each month from the first to the last that a fact is about, and one for them all.
pub fn by_month<F: Fact>(reader: Reader, caption: &str, columns: &[&str], facts: &[F], of: impl Fn(&[&F]) -> Vec<Value>) -> Table {
    let months = || facts.iter().filter_map(Fact::month);
    let line = |month: Month| Line {
        name: month.in_full(),
        month: Some(month),
        facts: facts.iter().filter(|fact| fact.month() == Some(month)).collect(),
    };
    let lines: Vec<Line<'_, F>> = match (months().min(), months().max()) {
        (Some(first), Some(last)) => first.until(last).map(line).collect(),
        _ => Vec::new(),
    };
    table(reader, (caption, "Mois", columns), &lines, &of)
}

fn table<F: Fact>(
    reader: Reader,
    (caption, of, columns): (&str, &str, &[&str]),
    lines: &[Line<'_, F>],
    values: &impl Fn(&[&F]) -> Vec<Value>,
) -> Table {
    let crowds: Vec<Crowd> = lines.iter().map(Line::crowd).collect();
    let hidden = if reader == Reader::Public { hidden(&crowds) } else { std::collections::BTreeSet::new() };
    let row = |name: &str, month: Option<Month>, facts: &[&F], crowd: &Crowd, is_hidden: bool| {
        let people = Value::Count(crowd.len() as u64);
        let all = values(facts);
        let shown = all.into_iter().map(|value| if is_hidden { Value::Hidden } else { value });
        Row { name: name.to_owned(), month: month.map(|month| month.to_string()), values: std::iter::once(people).chain(shown).collect() }
    };
    let mut rows: Vec<Row> = lines
        .iter()
        .zip(&crowds)
        .enumerate()
        .map(|(at, (line, crowd))| row(&line.name, line.month, &line.facts, crowd, hidden.contains(&at)))
        .collect();
    let all: Vec<&F> = lines.iter().flat_map(|line| line.facts.iter().copied()).collect();
    let everybody = crowd(&all);
    let is_hidden = reader == Reader::Public && !everybody.is_empty() && !everybody.is_safe();
    rows.push(row(WHOLE, None, &all, &everybody, is_hidden));
    let columns = std::iter::once("Participants").chain(columns.iter().copied()).map(str::to_owned).collect();
    Table { caption: caption.to_owned(), of: of.to_owned(), columns, rows }
}
