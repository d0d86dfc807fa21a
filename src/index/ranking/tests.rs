//! What ranks above what: each promise on two or three small documents that differ in nothing else.

use crate::document::{BlockKind, Document, DocumentBuilder};
use crate::index::*;
use crate::search::{LastWord, Spelling, parse};
use crate::text::Language;

const FILLER: &str = "une phrase parmi toutes celles que ce rapport contient encore";

/// A document of a title and paragraphs; those that begin with `#` are headings.
fn document(title: &str, blocks: &[&str]) -> Document {
    let mut builder = DocumentBuilder::new();
    for block in blocks {
        let heading = block.strip_prefix('#');
        builder.start(heading.map_or(BlockKind::Paragraph, |_| BlockKind::Heading { level: 2 }), 0);
        builder.push(heading.unwrap_or(block), None);
    }
    let mut document = builder.finish(None);
    document.title = title.to_owned();
    document.language = Language::new("fr");
    document
}

/// The keys of the hits, best first. Other documents are added after the given ones, so that words are rare.
fn ranked(source: &str, documents: &[Document]) -> Vec<u64> {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    let others = (0..20).map(|_| document("autre", &[FILLER]));
    for (key, document) in (0..).zip(documents.iter().cloned().chain(others)) {
        writer.add(DocumentKey(key), &document).unwrap();
    }
    writer.commit().unwrap();
    index.reload().unwrap();
    let query =
        index.with_variants(parse(source, LastWord::Whole).0, &Spelling::default(), &Selection::everything()).unwrap();
    let hits = index.search(&query, &Cancel::never()).unwrap().unwrap();
    hits.iter().map(|hit| hit.document.0).collect()
}

#[test]
fn a_word_of_the_title_is_worth_more_than_one_of_the_text() {
    let text = document("rapport annuel", &["budget et finances", FILLER]);
    let title = document("budget annuel", &["rapport et finances", FILLER]);
    assert_eq!(ranked("budget", &[text, title]), [1, 0]);
}

#[test]
fn a_word_of_a_heading_is_worth_more_than_one_of_a_paragraph() {
    let paragraph = document("a", &["budget finances", FILLER]);
    let heading = document("b", &["#budget finances", FILLER]);
    let both = [paragraph, heading];
    for source in ["budget", "budgets", "bud*", "\"budget finances\"", "budget finances"] {
        assert_eq!(ranked(source, &both), [1, 0], "{source}");
    }
}

#[test]
fn the_word_as_typed_comes_before_its_relatives_and_those_before_other_spellings() {
    let with = |word: &str| document("a", &[&format!("{word} {FILLER}")]);
    for (source, better, worse) in [
        ("opposant", "opposant", "opposants"),
        ("opposants", "opposants", "opposant"),
        ("arrêté", "arrêté", "arrêtées"),
        ("arrêté", "arrêté", "arrête"),
        ("arrete", "arrêté", "arrêtées"),
        ("oppos*", "oppos", "opposition"),
        ("opposant~", "opposant", "apposant"),
        ("Tokaïev", "Tokaïev", "Tokayev"),
    ] {
        assert_eq!(ranked(source, &[with(worse), with(better)]).first(), Some(&1), "{source}");
        assert_eq!(ranked(source, &[with(better), with(worse)]).first(), Some(&0), "{source}");
    }
    let names = [with("Tokayev"), with("Tokaïevs"), with("Tokaïev")];
    assert_eq!(ranked("Tokaïev", &names), [2, 1, 0]);
}

#[test]
fn words_side_by_side_come_before_words_near_and_those_before_words_apart() {
    let apart = document("a", &[&format!("droits {FILLER} homme")]);
    let turned = document("b", &[&format!("homme droits {FILLER}")]);
    let as_typed = document("c", &[&format!("droits de l'homme {FILLER}")]);
    let both = [apart.clone(), turned, as_typed];
    for source in ["droits de l'homme", "droits OR de OR l OR homme"] {
        assert_eq!(ranked(source, &both), [2, 1, 0], "{source}");
    }
    let blocks = document("d", &["droits", "homme", FILLER]);
    let near = document("e", &["droits d'un homme", FILLER]);
    assert_eq!(ranked("droits homme", &[blocks, near]), [1, 0]);
    let title = document("droits de l'homme", &[FILLER]);
    let title_apart = document("homme et tous ses autres nombreux beaux droits", &[FILLER]);
    assert_eq!(ranked("droits de l'homme", &[apart, title_apart, title])[0], 2);
}

#[test]
fn more_of_a_word_and_a_shorter_text_come_first() {
    let long = document("a", &[&format!("budget {FILLER} {FILLER} {FILLER}")]);
    let short = document("b", &[&format!("budget {FILLER}")]);
    let dense = document("c", &[&format!("budget budget {FILLER}")]);
    assert_eq!(ranked("budget", &[long, short, dense]), [2, 1, 0]);
}

#[test]
fn function_words_hardly_count() {
    let function_words = document("a", &["le budget pour les communes et la dette publique de ce pays", FILLER]);
    let content = document("b", &["le budget du budget et de la dette publique de ce pays", FILLER]);
    assert_eq!(ranked("budget pour les", &[function_words, content]), [1, 0]);
}

#[test]
fn a_rare_word_counts_more_than_a_frequent_one() {
    let frequent = document("a", &["rapport rapport kazakhstan autrement dit"]);
    let rare = document("b", &["rapport kazakhstan kazakhstan autrement dit"]);
    assert_eq!(ranked("rapport kazakhstan", &[frequent, rare]), [1, 0]);
}

#[test]
fn equal_documents_come_in_the_order_of_their_keys() {
    let same = document("a", &["droits de l'homme", FILLER]);
    for source in ["homme", "droits homme", "dro*"] {
        assert_eq!(ranked(source, &[same.clone(), same.clone(), same.clone()]), [0, 1, 2], "{source}");
    }
}
