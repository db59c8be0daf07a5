//! The assessment on paper.

use super::{Content, Edition, Figure, Tag, secrecy::WHY_HIDDEN};
use crate::{
    applications::paper,
    calendar,
    config::DeskFacts,
    documents::{Block, Document, Fact, Table},
};

/// An edition as a document to keep.
pub fn document(edition: &Edition, desk: &DeskFacts) -> Document {
    let Content { title, legal_basis, figures, introduction, conclusion, .. } = &edition.content;
    let mut blocks = vec![Block::Facts(vec![
        Fact::new("Édition", format!("{}, publiée le {}", edition.number, calendar::day(edition.published_at))),
        Fact::new("Chiffres arrêtés", format!("le {}", edition.content.counted_on_in_full())),
        Fact::new("Fin de l’expérimentation", format!("le {}", edition.content.ends_on_in_full())),
        Fact::new("Base légale", legal_basis.as_str()),
    ])];
    if !edition.reason.is_empty() {
        blocks.push(Block::Paragraph(format!("Pourquoi cette nouvelle édition\u{a0}: {}", edition.reason)));
    }
    blocks.extend([Block::Heading("Introduction".into()), Block::Paragraph(introduction.clone())]);
    for figure in figures {
        blocks.extend(of_figure(figure));
    }
    blocks.push(Block::Heading("Ce que disent les utilisateurs".into()));
    blocks.extend(quotes(&edition.content));
    blocks.extend([Block::Heading("Conclusion".into()), Block::Paragraph(conclusion.clone())]);
    if figures.iter().any(Figure::hides) {
        blocks.push(Block::Note(WHY_HIDDEN.into()));
    }
    let reference = format!("Bilan de «\u{a0}{title}\u{a0}», édition {}", edition.number);
    paper(format!("Bilan de l’expérimentation\u{a0}: {title}"), reference, desk, blocks)
}

fn of_figure(figure: &Figure) -> Vec<Block> {
    let facts = figure.headlines.iter().map(|headline| Fact::new(headline.name.as_str(), headline.value.to_string())).collect();
    let mut blocks = vec![Block::Heading(figure.name.clone()), Block::Facts(facts)];
    for table in figure.tables.iter().filter(|table| table.rows.len() > 1) {
        let columns = std::iter::once((table.of.clone(), 4)).chain(table.columns.iter().map(|column| (column.clone(), 3)));
        let rows =
            table.rows.iter().map(|row| std::iter::once(row.name.clone()).chain(row.values.iter().map(ToString::to_string)).collect());
        blocks.push(Block::Question(table.caption.clone()));
        blocks.push(Block::Table(Table { columns: columns.collect(), rows: rows.collect() }));
    }
    blocks.push(Block::Note(format!("Définition. {}", figure.definition)));
    blocks
}

fn quotes(content: &Content) -> Vec<Block> {
    if content.quotes.is_empty() {
        return vec![Block::Paragraph("Aucun extrait des rapports n’a été retenu.".into())];
    }
    let said = |quote: &super::Quote| {
        let tags: Vec<&str> = quote.tags.iter().copied().map(Tag::label).collect();
        format!("{} ({})", quote.words, tags.join(", "))
    };
    vec![
        Block::Paragraph("Extraits exacts des rapports des participants, choisis par l’équipe. Personne n’y est nommé.".into()),
        Block::List(content.quotes.iter().map(said).collect()),
    ]
}
