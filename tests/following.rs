//! Parts, notes and references as a reader meets them: keys as a string, and what is then on the screen.

use lutrin::document::{
    BlockKind, Document, DocumentBuilder, Footnote, Genre, InlineKind, Key, Part, PartKind, Reference, Summary,
};
use lutrin::text::{TextRange, TextSize};

use crate::support::world::World;

const TWO: &[(&str, &str)] = &[("a.txt", "Une lettre.\n\nSon texte."), ("b.txt", "Une autre lettre.\n\nSon texte.")];

/// Adds a block and says where it stands.
fn block(builder: &mut DocumentBuilder, kind: BlockKind, words: &str) -> TextRange {
    builder.start(kind, 0);
    let start = builder.at();
    builder.push(words, None);
    TextRange::new(start, builder.at())
}

fn filler(builder: &mut DocumentBuilder, name: &str, paragraphs: usize) -> TextRange {
    let mut whole: Option<TextRange> = None;
    for number in 1..=paragraphs {
        let words = format!("{name} {number}. Le Gouvernement suit avec attention la situation dans ce pays.");
        let range = block(builder, BlockKind::Paragraph, &words);
        whole = Some(whole.map_or(range, |whole| whole.cover(range)));
    }
    whole.unwrap_or_default()
}

/// A question with its answer, each longer than a page.
fn question() -> Document {
    let mut builder = DocumentBuilder::new();
    block(&mut builder, BlockKind::Heading { level: 1 }, "Alerte");
    let question = filler(&mut builder, "Question", 30);
    let answer = filler(&mut builder, "Réponse", 30);
    builder.part(Part::new(PartKind::Question, None, 2, question));
    builder.part(Part::new(PartKind::Answer, None, 2, answer));
    let mut document = builder.finish(Some("Alerte"));
    document.genre = Genre::WrittenQuestion;
    document.metadata.set(Key::AskedOn, "2022-02-01");
    document.metadata.set(Key::AnsweredOn, "2022-03-29");
    document
}

/// A resolution: recitals, a paragraph with points, a mark in the first recital and its note at the end.
fn resolution() -> Document {
    let mut builder = DocumentBuilder::new();
    block(&mut builder, BlockKind::Heading { level: 1 }, "Résolution");
    let mut parts = Vec::new();
    let mut mark = TextRange::default();
    for label in ["A", "B", "C"] {
        let first = block(&mut builder, BlockKind::Paragraph, &format!("{label}. considérant que la détention dure"));
        if label == "A" {
            builder.open_inline(InlineKind::FootnoteReference { label: "1".to_owned() });
            let start = builder.at();
            builder.push("1", None);
            mark = TextRange::new(start, builder.at());
            builder.close_inline();
        }
        builder.push(" ; que cela dure depuis longtemps", None);
        let rest = filler(&mut builder, "Suite", 8);
        parts.push(Part::new(PartKind::Recital, Some(label.to_owned()), 2, first.cover(rest)));
    }
    let whole = block(&mut builder, BlockKind::Paragraph, "1. demande :");
    let point = block(&mut builder, BlockKind::Paragraph, "a) de libérer les détenus ;");
    parts.push(Part::new(PartKind::Paragraph, Some("1".to_owned()), 2, whole.cover(point)));
    parts.push(Part::new(PartKind::Paragraph, Some("a".to_owned()), 3, point));
    let body = block(&mut builder, BlockKind::Footnote, "JO C 45 du 5.2.2016, p. 85.");
    builder.footnote(Footnote { label: "1".to_owned(), body, references: vec![mark.start()] });
    for part in parts {
        builder.part(part);
    }
    let mut document = builder.finish(Some("Résolution"));
    document.genre = Genre::Resolution;
    document
}

fn reading(columns: u16, rows: u16, document: Document) -> World {
    let mut world = World::open_at(columns, rows, TWO);
    world.press("gg<enter>").rest();
    world.read(document, Vec::new());
    world
}

#[test]
fn places_are_said_while_one_scrolls() {
    let mut world = reading(80, 24, resolution());
    world.press("]]");
    assert!(world.status().starts_with("recital A · "), "{}", world.status());
    world.press("]]]]");
    assert!(world.status().starts_with("recital C · "), "{}", world.status());
    world.press("]]]]");
    assert!(world.status().starts_with("§ 1, a) · "), "{}", world.status());
    world.press("]]");
    assert!(world.status().starts_with("note 1 · "), "{}", world.status());
    world.press("]]");
    assert!(world.status().contains("no section after"), "{}", world.status());
    world.press("[[[[");
    assert!(world.status().starts_with("§ 1 · "), "{}", world.status());
    world.resize(40, 10);
    world.press("[[");
    assert!(world.status().starts_with("rec. C · "), "{}", world.status());
}

#[test]
fn one_key_goes_from_a_question_to_its_answer_and_back() {
    let mut world = reading(80, 24, question());
    world.press("r");
    assert!(world.top().starts_with("Réponse 1."), "{}", world.top());
    world.press("jjr");
    assert!(world.top().starts_with("Question 1."), "{}", world.top());
    world.press("<c-o>");
    assert!(world.top().starts_with("Réponse 2."), "{}", world.top());
    world.press("<a-right>");
    assert!(world.top().starts_with("Question 1."), "{}", world.top());
}

#[test]
fn a_question_without_an_answer_says_so() {
    let mut document = question();
    document.parts.pop();
    document.metadata.set(Key::AnsweredOn, "");
    let mut world = reading(120, 40, document);
    world.press("r");
    assert!(world.status().contains("no answer here"), "{}", world.status());
    assert!(world.screen().contains("no answer in this"), "{}", world.screen());
    let mut world = reading(80, 24, resolution());
    world.press("r");
    assert!(world.status().contains("no question and answer here"), "{}", world.status());
}

#[test]
fn enter_on_a_mark_shows_the_note_and_leaves_the_line_where_it_is() {
    let mut world = reading(80, 24, resolution());
    let before = world.screen();
    world.press("<enter>");
    let shown = world.screen();
    assert!(shown.contains("note 1") && shown.contains("JO C 45 du 5.2.2016, p. 85."), "{shown}");
    assert_eq!(shown.lines().take(4).collect::<Vec<_>>(), before.lines().take(4).collect::<Vec<_>>());
    for close in ["<esc><esc>", "<enter><esc>", "q<esc>"] {
        world.press(close);
        assert_eq!(world.screen(), before, "after {close}");
        world.press("<enter>");
    }
    world.press("j");
    assert!(world.screen().contains("JO C 45"), "j is the note's");
    world.press("J");
    assert!(!world.screen().contains("JO C 45"), "what is not the note's closes it");
}

#[test]
fn another_key_goes_to_the_note_and_comes_back() {
    let mut world = reading(80, 24, resolution());
    let place = world.top().to_owned();
    for back in ["r", "<enter>", "<c-o>"] {
        world.press("<enter>r");
        assert!(world.status().starts_with("note 1 · "), "{}", world.status());
        world.press(back);
        assert_eq!(world.top(), place, "by {back}");
    }
    world.press("fr");
    assert!(world.status().starts_with("note 1 · "), "{}", world.status());
}

#[test]
fn the_outline_is_filtered_by_typing_and_esc_first_shows_all_of_it_again() {
    let mut world = reading(80, 24, resolution());
    let before = world.screen();
    world.press("orecital");
    let screen = world.screen();
    assert!(screen.contains("recital B") && !screen.contains("note 1"), "{screen}");
    world.press("<c-n><esc>");
    assert!(world.screen().contains("note 1"), "{}", world.screen());
    world.press("<esc>");
    assert_eq!(world.screen(), before);
    world.press("ojj<enter>");
    assert!(world.status().starts_with("recital B · "), "{}", world.status());
    world.press("oq");
    assert!(world.app.overlay.is_none());
    world.press("o/point<esc><esc>o").write("note").press("<enter>");
    assert!(world.status().starts_with("note 1 · "), "{}", world.status());
    world.press("o12<backspace><backspace>k<enter>");
    assert!(world.status().starts_with("§ 1, a) · "), "{}", world.status());
}

#[test]
fn a_section_is_found_by_the_name_of_its_kind_and_a_filter_that_nothing_passes_says_so() {
    let mut world = reading(80, 24, resolution());
    world.press("oparagraph");
    assert!(world.screen().contains("§ 1") && !world.screen().contains("recital"), "{}", world.screen());
    world.press("zz");
    assert!(world.screen().contains("nothing matches"), "{}", world.screen());
}

#[test]
fn an_entry_of_the_sidebar_is_shown_whole_or_counted() {
    let mut document = resolution();
    document.acronyms = (0..30)
        .map(|number| lutrin::document::Acronym {
            short: format!("S{number}"),
            long: "Service interministériel de la coordination générale".to_owned(),
        })
        .collect();
    let world = reading(120, 30, document);
    let screen = world.screen();
    let (opened, closed) = (screen.matches("interministériel").count(), screen.matches("la coordination").count());
    assert!(opened > 0 && opened == closed, "{screen}");
    assert!(screen.contains(&format!("and {} more", 30 - opened)), "{screen}");
}

#[test]
fn a_reference_opens_the_document_it_names_and_back_returns() {
    let mut world = World::open_at(120, 40, TWO);
    world.press("gg<enter>").rest();
    let first = world.app.list.row(0).expect("it is listed").summary.clone();
    let mut builder = DocumentBuilder::new();
    filler(&mut builder, "Paragraphe", 30);
    let words = block(&mut builder, BlockKind::Paragraph, "Voir la question n° 43940 et la question n° 1.");
    let at = |words: TextRange, from: usize, to: usize| {
        let start = u32::from(words.start());
        TextRange::new(TextSize::new(start + from as u32), TextSize::new(start + to as u32))
    };
    let mut document = builder.finish(Some("Renvois"));
    document.references = vec![
        Reference { range: at(words, 8, 26), names: "question:43940".to_owned(), target: Some(first.id.clone()) },
        Reference { range: at(words, 33, 47), names: "question:1".to_owned(), target: None },
    ];
    let citing = Summary { title: "Réponse qui cite".to_owned(), ..first.clone() };
    world.read(document, vec![citing]);
    let screen = world.screen();
    for words in ["REFERENCES", "CITED BY", "Réponse qui cite"] {
        assert!(screen.contains(words), "{words}: {screen}");
    }
    world.press("f");
    let place = world.top().to_owned();
    world.press("<enter>");
    assert_eq!(world.title(), first.title);
    world.press("<c-o>");
    assert_ne!(world.title(), first.title);
    assert_ne!(place, "");
    world.press("<a-right>");
    assert_eq!(world.title(), first.title);
}

#[test]
fn facts_are_in_the_sidebar_with_the_delay_at_every_size() {
    let world = reading(120, 40, question());
    for words in ["WRITTEN QUESTION", "answered after 56 days", "Asked on: 1 February", "OUTLINE"] {
        assert!(world.screen().contains(words), "{words}: {}", world.screen());
    }
    for (columns, rows) in [(80, 24), (40, 10)] {
        let mut world = reading(columns, rows, question());
        let before = world.screen();
        world.press("i");
        assert!(world.screen().contains("answered after 56 days"), "{}", world.screen());
        world.press("i");
        assert_eq!(world.screen(), before);
    }
}

#[test]
fn every_line_of_the_sidebar_can_be_reached() {
    let mut document = resolution();
    document.acronyms = (0..30)
        .map(|number| lutrin::document::Acronym { short: format!("S{number}"), long: format!("Sigle {number}") })
        .collect();
    let mut world = reading(120, 30, document);
    assert!(world.screen().contains("S0  Sigle 0") && world.screen().contains("more"), "{}", world.screen());
    assert!(!world.screen().contains("Sigle 29"), "{}", world.screen());
    world.press("<tab>gg31j");
    assert!(world.screen().contains("Sigle 29"), "{}", world.screen());
    world.press("G<enter>");
    assert!(world.status().starts_with("note 1 · "), "{}", world.status());
}
