//! Acts and judgments in real files of Akoma Ntoso, Formex and EUR-Lex: kind, language, parts, facts, and that no word is
//! lost. Skips, and says so, when the files are not there.

#![expect(clippy::print_stdout, reason = "a test that skips or measures says so")]

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

use lutrin::clean::clean;
use lutrin::document::{Document, Genre, Key, PartKind};
use lutrin::extract::{extract, original};
use lutrin::genre::recognise;
use lutrin::text::Language;

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpora")).join(folder);
    let Ok(entries) = fs::read_dir(&folder) else {
        println!("skipped: {} is not there", folder.display());
        return Vec::new();
    };
    let mut found: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    found.sort();
    found
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

fn read(path: &Path) -> Document {
    let mut found = Vec::new();
    let bytes = fs::read(path).expect("a file");
    extract(&bytes, &name(path), &mut |raw| {
        let mut document = clean(raw);
        recognise(&mut document);
        found.push(document);
    })
    .expect("readable");
    let document = found.remove(0);
    assert_eq!(document.check(), Vec::<String>::new(), "{}", path.display());
    document
}

fn one(folder: &str, beginning: &str) -> Option<Document> {
    files(folder).iter().find(|path| name(path).starts_with(beginning)).map(|path| read(path))
}

fn count(document: &Document, kind: PartKind) -> usize {
    document.parts.iter().filter(|part| part.kind == kind).count()
}

#[test]
fn laws_in_akoma_ntoso_are_acts_with_their_articles() {
    for path in files("xml/lu-legilux-akn") {
        let document = read(&path);
        assert_eq!(document.genre, Genre::Act, "{}", path.display());
        assert_eq!(document.language.as_ref().map(Language::primary), Some("fr"), "{}", path.display());
        assert!(document.date.is_some() && count(&document, PartKind::Article) > 0, "{}", path.display());
        assert!(!document.title.starts_with("Version"), "{}", document.title);
        for note in &document.footnotes {
            assert!(!note.references.is_empty(), "{} {}", path.display(), note.label);
        }
    }
}

#[test]
fn the_examples_of_the_standard_have_their_kinds() {
    let kinds = [
        ("cl_", Genre::Debate, PartKind::Speech, 35),
        ("it_", Genre::Act, PartKind::Article, 6),
        ("uk_", Genre::Act, PartKind::Article, 8),
        ("us_", Genre::Act, PartKind::Article, 7),
        ("za_", Genre::Judgment, PartKind::Paragraph, 16),
    ];
    for (beginning, genre, kind, parts) in kinds {
        let Some(document) = one("xml/akomantoso-oasis", beginning) else { return };
        assert_eq!((document.genre, count(&document, kind)), (genre, parts), "{beginning}");
    }
}

#[test]
fn acts_of_the_union_say_what_they_are_in_every_format() {
    let parts = [PartKind::Citation, PartKind::Recital, PartKind::Article];
    let table = [
        ("html/eur-lex-fr", "32003l0088", "2003-11-04", "celex:32003l0088", [5, 17, 29]),
        ("html/eur-lex-fr", "32000r1346", "2000-05-29", "celex:32000r1346", [4, 33, 47]),
        ("html/eur-lex-en", "32004r2006", "2004-10-27", "celex:32004r2006", [5, 18, 22]),
        ("xml/eur-lex-xhtml-fr", "32019r1000", "2019-03-14", "celex:32019r1000", [2, 5, 2]),
        ("xml/eur-lex-formex-fr", "32004r2006", "2004-10-27", "celex:32004r2006", [5, 18, 22]),
        ("xml/eur-lex-formex-en", "32008l0001", "2008-01-15", "celex:32008l0001", [5, 32, 24]),
    ];
    for (folder, beginning, date, celex, counts) in table {
        let Some(document) = one(folder, beginning) else { return };
        assert_eq!((document.genre, document.date.as_deref()), (Genre::Act, Some(date)), "{beginning}");
        assert_eq!(document.metadata.get(Key::Country), Some("EU"));
        assert!(document.identifiers.iter().any(|name| name == celex), "{:?}", document.identifiers);
        assert_eq!(parts.map(|kind| count(&document, kind)), counts, "{beginning}");
    }
}

#[test]
fn most_pages_of_eur_lex_are_acts_and_corrigenda_are_none() {
    let (mut acts, mut all) = (0, 0);
    for path in ["html/eur-lex-fr", "html/eur-lex-en", "xml/eur-lex-xhtml-fr"].into_iter().flat_map(files) {
        let document = read(&path);
        all += 1;
        acts += usize::from(document.genre == Genre::Act);
        assert!(!name(&path).contains("r(0") || document.genre == Genre::Document, "{}", path.display());
    }
    println!("{acts} acts of {all} pages");
    assert!(acts * 100 >= all * 85, "{acts} of {all}");
}

/// How often each word of four letters or more occurs.
fn words<'a>(texts: impl Iterator<Item = &'a str>) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for text in texts {
        for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 3) {
            *counts.entry(word.to_lowercase()).or_default() += 1;
        }
    }
    counts
}

#[test]
fn no_word_of_the_body_is_lost() {
    let cases = [
        ("xml/lu-legilux-akn", "</meta>"),
        ("xml/lu-legilux-huge", "</meta>"),
        ("xml/akomantoso-oasis", "</meta>"),
        ("xml/akomantoso-oasis", "</an:meta>"),
        ("xml/eur-lex-formex-fr", "</FAM.COMP>"),
        ("xml/eur-lex-formex-en", "</FAM.COMP>"),
    ];
    for (folder, head) in cases {
        for path in files(folder) {
            let source = fs::read_to_string(&path).expect("UTF-8");
            let Some((_, body)) = source.split_once(head) else { continue };
            let document = read(&path);
            let text = document.text.to_lowercase();
            let kept = words(document.leaves().map(|leaf| document.slice(leaf.range)));
            for (word, times) in words(visible(body).iter().map(String::as_str)) {
                let alone = kept.get(&word).copied().unwrap_or(0);
                // Markup may part what is one word in the text: « II<i>quater</i> ».
                let known = if alone < times { text.matches(word.as_str()).count() } else { alone };
                assert!(known >= times, "{}: {word} stands {known} times, not {times}", path.display());
            }
        }
    }
}

/// The text of the elements of a source, without those nobody sees.
fn visible(body: &str) -> Vec<String> {
    const HIDDEN: [&str; 9] =
        ["scl:jolux", "scl:rdf", "scl:item", "script", "FORMULA.S", "BIB.INSTANCE", "BIB.DATA", "meta", "an:meta"];
    let mut found = Vec::new();
    let mut hidden: Option<String> = None;
    for piece in body.split('<').skip(1) {
        let Some((tag, text)) = piece.split_once('>') else { continue };
        let name = tag.trim_start_matches('/').split([' ', '/', '\n', '\r']).next().unwrap_or("");
        if HIDDEN.contains(&name) && !tag.ends_with('/') {
            hidden = if tag.starts_with('/') { None } else { hidden.or(Some(name.to_owned())) };
        }
        if hidden.is_none() && !tag.starts_with(['?', '!']) {
            found.push(
                text.replace("&amp;", " ")
                    .replace("&lt;", " ")
                    .replace("&gt;", " ")
                    .replace("&quot;", " ")
                    .replace("&apos;", " "),
            );
        }
    }
    found
}

#[test]
fn the_original_of_marked_text_holds_every_leaf_at_its_place() {
    for (folder, beginning) in
        [("xml/lu-legilux-akn", "loi-1996"), ("html/eur-lex-fr", "32003l0088"), ("xml/eur-lex-formex-fr", "32004r2006")]
    {
        let Some(path) = files(folder).into_iter().find(|path| name(path).starts_with(beginning)) else { return };
        let document = read(&path);
        let text = original(&fs::read(&path).expect("a file"), &name(&path), None).expect("readable").into_text();
        for segment in
            document.source_map.segments().iter().filter(|segment| segment.text().len() == segment.source().len())
        {
            assert_eq!(document.slice(segment.text()), &text[segment.source()], "{}", path.display());
        }
        assert!(document.source_map.segments().len() > 10);
    }
}
