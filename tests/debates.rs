//! Debates and the Assemblée nationale's open data on real files: kind, facts and who speaks. Skips where the shared
//! material is not there, and says so.

#![expect(clippy::print_stdout, reason = "a test that skips or measures says so")]

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use lutrin::clean::clean;
use lutrin::document::{Document, Genre, Key, PartKind};
use lutrin::extract::{ExtractError, extract};
use lutrin::genre::recognise;

/// The documents of a file of the corpora; none when it is not there.
fn documents(file: &str) -> Option<Vec<Document>> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpora")).join(file);
    let Ok(bytes) = fs::read(&path) else {
        println!("skipped: {file} is not there");
        return None;
    };
    let mut documents = Vec::new();
    let read = extract(&bytes, file, &mut |raw| {
        let mut document = clean(raw);
        recognise(&mut document);
        assert_eq!(document.check(), Vec::<String>::new(), "{file}");
        documents.push(document);
    });
    assert!(matches!(read, Ok(()) | Err(ExtractError::Empty)), "{file}: {read:?}");
    Some(documents)
}

fn document(file: &str) -> Option<Document> {
    Some(documents(file)?.remove(0))
}

/// How often each speaker speaks.
fn turns(document: &Document) -> HashMap<String, usize> {
    let mut turns = HashMap::new();
    for part in document.parts.iter().filter(|part| part.kind == PartKind::Speech) {
        let label = part.label.as_deref().unwrap_or("").to_lowercase().replace('’', "'");
        *turns.entry(label).or_insert(0) += 1;
    }
    turns
}

/// Turns that both have of each speaker.
fn agreed(one: &HashMap<String, usize>, other: &HashMap<String, usize>) -> usize {
    one.iter().map(|(who, count)| count.min(other.get(who).unwrap_or(&0))).sum()
}

#[test]
fn one_sitting_in_three_formats_has_the_same_speakers() {
    for day in ["20130118", "20130119", "20130120"] {
        let file = |kind: &str, ending: &str| document(&format!("html/an-comptes-rendus/{kind}_{day}.{ending}"));
        let (Some(html), Some(tei), Some(text)) = (file("html", "asp"), file("xml", "xml"), file("txt", "txt")) else {
            return;
        };
        for document in [&html, &tei, &text] {
            assert_eq!((document.genre, document.date.is_some()), (Genre::Debate, true), "{} {day}", document.format);
        }
        assert_eq!((html.date.as_deref(), text.date.as_deref()), (tei.date.as_deref(), tei.date.as_deref()));
        assert_eq!(html.metadata.get(Key::Institution), tei.metadata.get(Key::Institution));
        let [of_html, of_tei, of_text] = [&html, &tei, &text].map(turns);
        let all: usize = of_tei.values().sum();
        let (with_html, with_text) = (agreed(&of_tei, &of_html), agreed(&of_tei, &of_text));
        println!("{day}: {all} turns in TEI, {with_html} of them in HTML, {with_text} in text");
        assert!(with_html * 100 >= all * 97 && with_text * 100 >= all * 97, "{day}");
    }
}

#[test]
fn debates_of_other_parliaments_name_their_speakers() {
    for (file, date, turns_at_least, speaker) in [
        ("xml/parlamint-es-tei/ParlaMint-ES_2023-02-23-CD230223.xml", "2023-02-23", 74, "inés arrimadas garcía"),
        ("xml/parla-clarin/AkomaNtosoCL-Example.xml", "2005-11-08", 35, "josé ortiz"),
        ("xml/parla-clarin/Parla-CLARIN-Exemplar.xml", "2011-06-10", 7, "milan kučan"),
        ("json/hk-legco-zh/12-13-cm0131-translate-c.json", "2013-01-31", 80, "主席"),
        ("jsonl/an-seance-harcelement/corpus.jsonl", "2021-12-01", 1000, "erwan balanant"),
    ] {
        let Some(document) = document(file) else { return };
        assert_eq!((document.genre, document.date.as_deref()), (Genre::Debate, Some(date)), "{file}");
        let turns = turns(&document);
        assert!(turns.contains_key(speaker), "{file}: {turns:?}");
        assert!(turns.values().sum::<usize>() >= turns_at_least, "{file}: {turns:?}");
    }
}

#[test]
fn questions_of_the_open_data_state_their_facts() {
    let Some(written) = document("xml/an-question-xml/q14_14-47351QE.xml") else { return };
    let Some(oral) = document("json/an-open-data/QANR5L15QG1001.json") else { return };
    let kinds = |document: &Document| document.parts.iter().map(|part| part.kind).take(2).collect::<Vec<_>>();
    assert_eq!((written.genre, written.date.as_deref()), (Genre::WrittenQuestion, Some("2014-05-13")));
    assert_eq!(kinds(&written), [PartKind::Question, PartKind::Answer]);
    for (key, value) in [
        (Key::Number, "47351"),
        (Key::Author, "François Cornut-Gentille"),
        (Key::Constituency, "Haute-Marne (2e circonscription)"),
        (Key::MinistryAsked, "Défense"),
        (Key::AskedOn, "2014-01-07"),
        (Key::AskedPage, "18"),
        (Key::AnsweredPage, "3858"),
    ] {
        assert_eq!(written.metadata.get(key), Some(value));
    }
    assert_eq!((oral.genre, oral.date.as_deref()), (Genre::GovernmentQuestion, Some("2018-06-14")));
    assert_eq!(oral.metadata.get(Key::Author), Some("Adrien Morenas"));
    assert_eq!(kinds(&oral), [PartKind::Question, PartKind::Speech]);
    assert_eq!(oral.parts.iter().filter(|part| part.kind == PartKind::Answer).count(), 1);
    assert!(turns(&oral).contains_key("stéphane travert"));
}

#[test]
fn single_speeches_and_acts_are_no_debates() {
    for folder in ["txt/un-general-debate", "txt/udhr-utf8", "html/eur-lex-fr", "txt/an-questions-orales"] {
        let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpora")).join(folder);
        let Ok(entries) = fs::read_dir(&path) else { return println!("skipped: {folder} is not there") };
        for name in entries.flatten().filter_map(|entry| entry.file_name().into_string().ok()) {
            for document in documents(&format!("{folder}/{name}")).unwrap_or_default() {
                assert_ne!(document.genre, Genre::Debate, "{folder}/{name}");
            }
        }
    }
}
