//! What is printed is what was said, whatever was typed.

use proptest::prelude::*;

use super::*;

fn document(blocks: Vec<Block>) -> Document {
    Document {
        title: "Récépissé de la demande D12".into(),
        desk: "Guichet des habilitations FranceConnect".into(),
        service: "Direction interministérielle du numérique (DINUM), équipe FranceConnect".into(),
        reference: "Demande D12, version 1".into(),
        blocks,
    }
}

/// The words of a PDF, as a reader that looks for text finds them; spaces and line breaks made one.
fn words(pdf: &[u8]) -> String {
    let read = lopdf::Document::load_mem(pdf).expect("a PDF");
    let pages: Vec<u32> = read.get_pages().keys().copied().collect();
    read.extract_text(&pages).expect("its text").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn sheets(pdf: &[u8]) -> usize {
    lopdf::Document::load_mem(pdf).expect("a PDF").get_pages().len()
}

fn every_block() -> Vec<Block> {
    vec![
        Block::Heading("Le service".into()),
        Block::Paragraph("Nous l’avons reçue le 3 décembre 2026.".into()),
        Block::Note("C’est un objectif, sans effet juridique.".into()),
        Block::Facts(vec![Fact::new("Nom du service", "Portail familles"), Fact::new("Description", "Cantine\nGarderie")]),
        Block::List(vec!["Un point".into(), "Un autre".into()]),
        Block::Boxes(vec!["Nom de naissance".into()]),
        Block::Blank(3),
        Block::Table(Table {
            columns: vec![("Règle".into(), 2), ("Résultat".into(), 1)],
            rows: vec![vec!["A1".into(), "Rempli".into()], vec!["A2".into(), "À examiner".into()]],
        }),
        Block::Aside("À Paris, le 3 décembre 2026".into()),
        Block::Code { address: "https://guichet.example/verification/7K2M-0000".into(), says: "Code QR".into() },
    ]
}

#[test]
fn every_block_is_drawn_and_read_back() {
    let pdf = to_pdf(&document(every_block())).expect("a document");
    let words = words(&pdf);
    for said in [
        "Guichet des habilitations FranceConnect",
        "Récépissé de la demande D12",
        "Le service",
        "Nous l’avons reçue",
        "objectif",
        "Portail familles",
        "Garderie",
        "Un autre",
        "Nom de naissance",
        "Règle",
        "À examiner",
        "À Paris",
        "Demande D12, version 1",
    ] {
        assert!(words.contains(said), "{said}: {words}");
    }
    assert!(pdf.len() < 60_000, "{} bytes", pdf.len());
}

#[test]
fn a_pdf_is_tagged_titled_in_french_and_says_that_it_is_accessible() {
    let pdf = to_pdf(&document(every_block())).expect("a document");
    let read = lopdf::Document::load_mem(&pdf).expect("a PDF");
    let catalog = read.catalog().expect("a catalog");
    assert_eq!(catalog.get(b"Lang").and_then(|lang| lang.as_str()).expect("a language"), b"fr-FR");
    assert!(catalog.has(b"StructTreeRoot") && catalog.has(b"Outlines"));
    let marked = read.get_dictionary(catalog.get(b"MarkInfo").and_then(lopdf::Object::as_reference).unwrap_or_default());
    let marked = marked.or_else(|_| catalog.get(b"MarkInfo").and_then(lopdf::Object::as_dict)).expect("marks");
    assert!(marked.get(b"Marked").and_then(lopdf::Object::as_bool).expect("marked"));
    let metadata = String::from_utf8_lossy(&pdf).contains("pdfuaid:part");
    assert!(metadata, "PDF/UA is declared");
}

#[test]
fn a_letter_names_whom_it_is_for_before_its_title() {
    let blocks = vec![Block::Addressee(vec!["Commune de Clamart".into(), "92140 Clamart".into()]), Block::Paragraph("Bonjour.".into())];
    let words = words(&to_pdf(&document(blocks)).expect("a document"));
    let at = |said: &str| words.find(said).unwrap_or_else(|| panic!("{said}: {words}"));
    assert!(at("92140 Clamart") < at("Récépissé de la demande D12") && at("Récépissé de la demande D12") < at("Bonjour."));
}

#[test]
fn a_code_is_drawn_as_a_path_that_says_what_it_is() {
    let code = |address: String| document(vec![Block::Code { address, says: "Code QR du certificat".into() }]);
    let pdf = to_pdf(&code("https://guichet.example/verification/7K2M".into())).expect("a document");
    let read = lopdf::Document::load_mem(&pdf).expect("a PDF");
    let figures = read.objects.values().filter_map(|object| object.as_dict().ok());
    let figures: Vec<_> =
        figures.filter(|dictionary| dictionary.get(b"S").and_then(lopdf::Object::as_name).is_ok_and(|kind| kind == b"Figure")).collect();
    assert_eq!(figures.len(), 1);
    let alternative = figures[0].get(b"Alt").and_then(lopdf::decode_text_string).expect("an alternative");
    assert_eq!(alternative, "Code QR du certificat");
    let mut streams = read.objects.values().filter_map(|object| object.as_stream().ok());
    assert!(!streams.any(|stream| stream.dict.get(b"Subtype").and_then(lopdf::Object::as_name).is_ok_and(|kind| kind == b"Image")));
    assert_eq!(to_pdf(&code("x".repeat(3000))), Err(DocumentFault::Code));
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    assert_eq!(to_pdf(&document(every_block())), to_pdf(&document(every_block())));
}

#[test]
fn a_long_document_goes_on_over_sheets_and_says_which() {
    let long = (0..40).map(|index| Fact::new(format!("Question {index}"), "réponse ".repeat(120))).collect();
    let pdf = to_pdf(&document(vec![Block::Facts(long)])).expect("a document");
    let count = sheets(&pdf);
    assert!((8..30).contains(&count), "{count} sheets");
    let words = words(&pdf);
    assert!(words.contains(&format!("sur {count}")) && words.contains("Question 39"), "{words}");
    assert_eq!(words.matches("réponse").count(), 40 * 120);
}

#[test]
fn a_document_nobody_could_read_is_refused() {
    let paragraph = |length| document(vec![Block::Paragraph("a\n".repeat(length))]);
    assert_eq!(to_pdf(&paragraph(500_001)), Err(DocumentFault::TooLong { most: 1_000_000, unit: "bytes of text" }));
    assert_eq!(to_pdf(&paragraph(50_000)), Err(DocumentFault::TooLong { most: 200, unit: "sheets" }));
}

#[test]
fn what_was_typed_is_never_markup() {
    let typed = r#"#set page(width: 1pt) *gras* $x^2$ ] [ #read("/etc/passwd") \end{document} <script>alert(1)</script> ) Tj /F1 %%EOF"#;
    let pdf = to_pdf(&document(vec![Block::Paragraph(typed.into())])).expect("a document");
    // Wherever the line is cut.
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    assert!(squeezed(&words(&pdf)).contains(&squeezed(typed)), "{}", words(&pdf));
    assert_eq!(sheets(&pdf), 1);
}

#[test]
fn what_no_font_draws_is_told() {
    let pdf = to_pdf(&document(vec![Block::Paragraph("Portail \u{1f476} familles".into())])).expect("a document");
    assert!(words(&pdf).contains("Portail □ familles") && words(&pdf).contains("ne sait pas dessiner"), "{}", words(&pdf));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn whatever_is_typed_makes_a_document_and_its_words_are_there(
        typed in "([#*$\\]\\[@_`<>\\\\/=~-]|[a-zéàç]{1,12}|\\PC|[ \n]|[א-ת]{1,5}|[ا-ي]{1,5}|😀){0,120}"
    ) {
        let blocks = vec![Block::Heading(typed.clone()), Block::Facts(vec![Fact::new(typed.clone(), typed.clone())]), Block::List(vec![typed.clone()])];
        let pdf = to_pdf(&document(blocks)).expect("a document");
        let read = words(&pdf);
        for word in typed.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| (2..=8).contains(&word.len())) {
            prop_assert!(read.contains(word), "{} in {}", word, read);
        }
    }
}

#[test]
fn five_thousand_characters_of_anything_make_a_document() {
    for typed in [
        "x".repeat(5000),
        "é ".repeat(2500),
        "محمد ".repeat(1000),
        "😀".repeat(5000),
        "a\n".repeat(2500),
        "#*$]".repeat(1250),
        "\u{301}".repeat(5000),
    ] {
        let pdf = to_pdf(&document(vec![Block::Paragraph(typed.clone()), Block::Facts(vec![Fact::new("Nom", typed)])]));
        assert!(pdf.is_ok(), "{pdf:?}");
    }
}
