//! The index as a whole: against the matcher, against time, against damage.

use super::*;
use crate::document::{BlockKind, Document, DocumentBuilder, Genre, Key};
use crate::search::names::aliases::Aliases;
use crate::search::{Facet, Generation, LastWord, Latest, Spelling, is_hit, parse};
use crate::text::Language;
use proptest::prelude::*;

fn document(blocks: &[&str], language: &str) -> Document {
    let mut builder = DocumentBuilder::new();
    for block in blocks {
        builder.start(BlockKind::Paragraph, 0);
        builder.push(block, None);
    }
    let mut document = builder.finish(None);
    document.language = Language::new(language);
    document
}

fn fill(index: &Index, documents: &[Document]) {
    let mut writer = index.writer().unwrap();
    for (key, document) in (0..).zip(documents) {
        writer.add(DocumentKey(key), document).unwrap();
    }
    writer.commit().unwrap();
    index.reload().unwrap();
}

fn keys(index: &Index, query: &Query) -> Vec<u64> {
    let hits = index.search(query, &Cancel::never()).unwrap().unwrap();
    let mut keys: Vec<u64> = hits.iter().map(|hit| hit.document.0).collect();
    keys.sort_unstable();
    keys
}

fn found(index: &Index, source: &str) -> Vec<u64> {
    keys(index, &parse(source, LastWord::Whole).0)
}

fn library() -> Vec<Document> {
    vec![
        document(&["Les droits de l’homme au Kazakhstan", "La torture"], "fr"),
        document(&["Human rights", "torture and torturers"], "en"),
        document(&["Les droits", "de l'homme"], "fr"),
        document(&["欧洲议会 2019/2610(RSP)"], "zh"),
    ]
}

#[test]
fn words_phrases_prefixes_and_languages_find_their_documents() {
    let index = Index::in_memory().unwrap();
    fill(&index, &library());
    for (source, expected) in [
        ("torture", &[0, 1][..]),
        ("TORTURE droits", &[0]),
        ("\"droits de l'homme\"", &[0]),
        ("droits de l'homme", &[0, 2]),
        ("tor*", &[0, 1]),
        ("torturers", &[1]),
        ("t*", &[0, 1]),
        ("human of rights", &[1]),
        ("human de rights", &[]),
        ("议会", &[3]),
        ("2019/2610(RSP)", &[3]),
        ("le", &[]),
        ("les", &[0, 2]),
        ("rien", &[]),
        ("", &[]),
        ("droits -torture", &[2]),
        ("-droits", &[1, 3]),
        ("-droits -议会", &[1]),
        ("-(droits torture)", &[1, 2, 3]),
        ("torturers OR 议会", &[1, 3]),
        ("torture droits OR rights", &[0, 1]),
        ("torture OR -droits", &[0, 1, 3]),
        ("(torture droits) OR 议会", &[0, 3]),
        ("\"kazakhstan droits\"~4", &[]),
        ("\"kazakhstan droits\"~5", &[0]),
        ("\"kazakhstan torture\"~99", &[]),
        ("hum* near:1 rights", &[1]),
        ("=torture tortur~", &[0, 1]),
    ] {
        assert_eq!(found(&index, source), expected, "{source}");
    }
    let typed = parse("\"droits de l'ho", LastWord::Prefix).0;
    assert_eq!(keys(&index, &typed), [0]);
}

#[test]
fn what_is_too_short_to_tell_its_language_has_the_forms_of_the_documents_beside_it() {
    let index = Index::in_memory().unwrap();
    let spanish = document(&["La amiga de los opositores"], "es");
    let documents = [
        document(&["Amigos"], ""),
        document(&["Ley de los pueblos"], ""),
        spanish.clone(),
        spanish,
        document(&["Les opposants arrêtés"], ""),
        document(&["La torture des opposants"], "fr"),
    ];
    fill(&index, &documents);
    let found = |source: &str, keys: &[u64]| {
        let selection = Selection::of(&keys.iter().copied().map(DocumentKey).collect::<Vec<_>>());
        let query = parse(source, LastWord::Whole).0.for_languages(index.languages(&selection).unwrap());
        let hits = self::keys(&index, &query);
        for (key, document) in (0..).zip(&documents) {
            assert_eq!(hits.contains(&key), is_hit(&query, document), "{source} {key}");
        }
        hits.into_iter().filter(|key| keys.contains(key)).collect::<Vec<_>>()
    };
    assert_eq!(found("amiga", &[0, 1, 2, 3]), [0, 2, 3]);
    assert_eq!(found("amiga", &[0, 4, 5]), [0_u64; 0], "among French documents it is no form of the word");
    assert_eq!(found("opposante", &[4]), [4], "where nothing is known it is French or English");
    assert_eq!(found("opposante", &[2, 4, 5]), [4, 5]);
    // Function words too.
    assert_eq!(found("ley del pueblo", &[1, 2, 3]), [1]);
    assert_eq!(found("ley del pueblo", &[1, 5]), [0_u64; 0]);
}

#[test]
fn words_beside_in_are_looked_for_in_such_parts() {
    let index = Index::in_memory().unwrap();
    let mut documents = vec![
        document(&["La torture en prison", "Les droits de la défense"], "fr"),
        document(&["Les droits", "La torture en prison"], "fr"),
        document(&["La torture en prison et les droits"], "fr"),
    ];
    documents[..2].iter_mut().for_each(crate::search::query::samples::halve);
    fill(&index, &documents);
    for (source, expected) in [
        ("torture in:question", &[0][..]),
        ("tor* in:answer", &[1]),
        ("torture prison in:answer", &[1]),
        ("torture droits in:answer", &[]),
        ("\"torture en prison\" in:question", &[0]),
        ("\"torture en prison\" in:answer", &[1]),
        ("\"prison torture\"~3 in:answer", &[1]),
        ("(torture in:question) droits", &[0]),
        ("torture in:question OR in:answer", &[0, 1]),
        ("in:answer", &[0, 1]),
        ("in:answer -torture", &[0]),
        ("torture -in:answer", &[2]),
        ("torture in:note", &[]),
    ] {
        assert_eq!(found(&index, source), expected, "{source}");
    }
}

#[test]
fn better_answers_come_first_and_equal_ones_by_key() {
    let index = Index::in_memory().unwrap();
    let (one, two) = (document(&["budget et autres mots"], "fr"), document(&["mots", "budget budget"], "fr"));
    fill(&index, &[one.clone(), one.clone(), two.clone(), one]);
    for source in ["budget", "budg*"] {
        let query = parse(source, LastWord::Whole).0;
        let hits = index.search(&query, &Cancel::never()).unwrap().unwrap();
        let keys: Vec<u64> = hits.iter().map(|hit| hit.document.0).collect();
        // The title of the first three is their text, with the word in it.
        assert_eq!(keys, [0, 1, 3, 2], "{source}");
    }
}

#[test]
fn a_stale_search_has_no_answer() {
    let index = Index::in_memory().unwrap();
    fill(&index, &library());
    let latest = Latest::default();
    let cancel = latest.cancel(Generation(1));
    latest.set(Generation(2));
    for source in ["torture", "t*", ""] {
        assert_eq!(index.search(&parse(source, LastWord::Whole).0, &cancel).unwrap(), None, "{source}");
    }
}

#[test]
fn what_was_committed_is_found_again_and_what_was_deleted_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let opened = Index::open(folder.path()).unwrap();
    assert!(opened.rebuilt);
    fill(&opened.index, &library());
    drop(opened);
    let opened = Index::open(folder.path()).unwrap();
    assert!(!opened.rebuilt);
    assert_eq!(opened.index.documents(), 4);
    let mut writer = opened.index.writer().unwrap();
    writer.delete(DocumentKey(0));
    writer.delete(DocumentKey(99));
    writer.add(DocumentKey(7), &document(&["torture"], "fr")).unwrap();
    assert_eq!(found(&opened.index, "torture"), [0, 1], "not before a commit");
    writer.commit().unwrap();
    assert_eq!(found(&opened.index, "torture"), [0, 1], "not before a reload");
    opened.index.reload().unwrap();
    assert_eq!(found(&opened.index, "torture"), [1, 7]);
    assert_eq!(opened.index.documents(), 4);
    writer.clear().unwrap();
    writer.commit().unwrap();
    opened.index.reload().unwrap();
    assert_eq!(opened.index.documents(), 0);
}

#[test]
fn a_second_writer_is_refused_and_readers_are_not() {
    let folder = tempfile::tempdir().unwrap();
    let first = Index::open(folder.path()).unwrap().index;
    let mut writer = first.writer().unwrap();
    let second = Index::open(folder.path()).unwrap().index;
    assert_eq!(second.writer().err(), Some(IndexError::Locked(folder.path().to_owned())));
    writer.add(DocumentKey(1), &library()[0]).unwrap();
    writer.commit().unwrap();
    second.reload().unwrap();
    assert_eq!(found(&second, "torture"), [1]);
    drop(writer);
    assert!(second.writer().is_ok());
}

#[test]
fn an_index_of_another_version_or_a_damaged_one_is_made_anew() {
    let spoil: [fn(&Path); 4] = [
        |folder| fs::write(folder.join(FORMAT_FILE), "lutrin index 0").unwrap(),
        |folder| fs::write(folder.join("meta.json"), "{").unwrap(),
        |folder| fs::remove_file(folder.join("meta.json")).unwrap(),
        |folder| {
            for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
                if entry.path().extension().is_some_and(|extension| extension == "idx") {
                    fs::remove_file(entry.path()).unwrap();
                }
            }
        },
    ];
    for (number, spoil) in spoil.iter().enumerate() {
        let folder = tempfile::tempdir().unwrap();
        fill(&Index::open(folder.path()).unwrap().index, &library());
        fs::write(folder.path().join("mine.txt"), "keep").unwrap();
        spoil(folder.path());
        let opened = Index::open(folder.path()).unwrap();
        assert!(opened.rebuilt, "{number}");
        assert_eq!(opened.index.documents(), 0);
        fill(&opened.index, &library());
        assert_eq!(found(&opened.index, "torture"), [0, 1], "{number}");
        assert!(folder.path().join("mine.txt").exists());
    }
}

#[test]
fn an_index_that_is_being_written_is_not_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let index = Index::open(folder.path()).unwrap().index;
    let writer = index.writer().unwrap();
    fs::write(folder.path().join(FORMAT_FILE), "of the future").unwrap();
    assert!(matches!(Index::open(folder.path()), Err(IndexError::Locked(_))));
    drop(writer);
    assert!(Index::open(folder.path()).unwrap().rebuilt);
}

#[test]
fn facets_are_counted_over_every_segment_without_what_was_deleted() {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    for (key, (date, author)) in (1..).zip([
        (Some("2019-03-14"), "ÉLODIE DUPONT"),
        (Some("2019"), "Élodie Dupont"),
        (None, "Jean"),
        (Some("2020-01"), "Jean"),
        (None, "Jean"),
    ]) {
        let mut document = document(&["torture"], "fr");
        document.date = date.map(str::to_owned);
        document.metadata.set(Key::Author, author);
        writer.add(DocumentKey(key), &document).unwrap();
        writer.commit().unwrap();
    }
    writer.delete(DocumentKey(5));
    writer.commit().unwrap();
    index.reload().unwrap();
    let count = |keys: &[u64]| {
        let keys: Vec<DocumentKey> = keys.iter().copied().map(DocumentKey).collect();
        let facets = index.facets(&keys, &Cancel::never()).unwrap().unwrap();
        let said = |facet| {
            let counts = facets.of(facet).iter().map(|one| format!("{} {}", one.value, one.documents));
            counts.collect::<Vec<_>>().join(", ")
        };
        format!("{}; {}; {}", said(Facet::Date), facets.undated(), said(Facet::Author))
    };
    assert_eq!(count(&[1, 2, 3, 4, 5, 99, u64::MAX]), "2019 2, 2020 1; 1; Jean 2, Élodie Dupont 2");
    assert_eq!(count(&[3]), "; 1; Jean 1");
    assert_eq!(count(&[]), "; 0; ");
    let latest = Latest::default();
    latest.set(Generation(2));
    assert_eq!(index.facets(&[DocumentKey(1)], &latest.cancel(Generation(1))).unwrap(), None);
}

proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, cases: 48, ..Default::default() })]

    #[test]
    fn a_facets_count_is_what_its_filter_finds(
        facts in proptest::collection::vec(("(a|b|ab)", "(A|[ab]( [abÀ]){0,2})", "(fr|en|fr-CA)", "(x|2019|2019-01|2020-01-31)"), 1..16),
        commits in 1_usize..4,
    ) {
        let index = Index::in_memory().unwrap();
        let mut writer = index.writer().unwrap();
        for (key, (text, author, language, date)) in (0..).zip(&facts) {
            let mut document = document(&[text.as_str()], language);
            document.metadata.set(Key::Author, author.as_str());
            document.date = Some(date.clone());
            writer.add(DocumentKey(key), &document).unwrap();
            if (key as usize).is_multiple_of(commits) { writer.commit().unwrap(); }
        }
        writer.commit().unwrap();
        index.reload().unwrap();
        for source in ["a", "-a", "a OR b", "date:none"] {
            let keys: Vec<DocumentKey> = found(&index, source).into_iter().map(DocumentKey).collect();
            let facets = index.facets(&keys, &Cancel::never()).unwrap().unwrap();
            let counts = Facet::ALL.into_iter().flat_map(|facet| facets.of(facet).iter().map(move |one| (facet, one)));
            let months = facets.months().iter().map(|one| (Facet::Date, one));
            for (facet, count) in counts.chain(months) {
                let narrow = crate::search::edit::narrowed(source, &facet.filter(&count.value), LastWord::Whole);
                prop_assert_eq!(found(&index, &narrow).len(), count.documents as usize, "{}", narrow);
            }
            let undated = crate::search::edit::narrowed(source, "date:none", LastWord::Whole);
            prop_assert_eq!(found(&index, &undated).len(), facets.undated() as usize);
        }
    }

    #[test]
    fn the_index_finds_what_the_matcher_finds(
        texts in proptest::collection::vec(
            proptest::collection::vec("((a|b|ab|abc|de|le|é|of|欧)[ '-]){1,8}", 1..4), 1..12),
        sources in proptest::collection::vec("[\"]?((a|b|ab|de|of|l'|e|欧)[ *'\"-]?){1,5}", 40),
        trees in proptest::collection::vec(crate::search::query::samples::queries(), 60),
        commits in 1_usize..4,
        cut in 0_usize..6,
    ) {
        let languages = ["fr", "en", "zh", ""];
        let mut documents: Vec<Document> = texts.iter().zip(languages.iter().cycle()).map(|(blocks, language)| {
            document(&blocks.iter().map(String::as_str).collect::<Vec<_>>(), language)
        }).collect();
        let facts = [("2019", "a b"), ("2020-01-31", "abc"), ("2020-02", "b ab a")];
        for (number, (document, (date, author))) in documents.iter_mut().zip(facts.iter().cycle()).enumerate() {
            if number % 3 > 0 {
                crate::search::query::samples::halve(document);
            }
            document.date = Some((*date).to_owned());
            document.metadata.set(Key::Author, *author);
            document.path = author.replace(' ', "/");
            document.genre = if author.len() > 3 { Genre::Letter } else { Genre::OralQuestion };
        }
        let index = Index::in_memory().unwrap();
        let mut writer = index.writer().unwrap();
        for (key, document) in (0..).zip(&documents) {
            writer.add(DocumentKey(key), document).unwrap();
            if (key as usize).is_multiple_of(commits) { writer.commit().unwrap(); }
        }
        writer.commit().unwrap();
        index.reload().unwrap();
        // Words of the texts themselves, or long phrases would never be met.
        let quotes = texts.iter().flatten().map(|block| {
            let rest: String = block.chars().skip(cut).collect();
            format!("\"{rest}")
        });
        let aliases = Aliases::parse("[[alias]]\nnames = ['ab', 'de le', 'é']\n[[alias]]\nnames = ['b a', 'abc']").unwrap();
        for source in quotes.chain(sources).chain(trees) {
            let plain = parse(source.trim_end(), LastWord::Whole).0;
            let widened = aliases.widen(plain.clone(), &Spelling::default());
            prop_assert_eq!(&widened.clone().as_typed(), &plain, "aliases leave no trace");
            let open = parse(source.trim_end(), LastWord::Prefix).0;
            let among_german = plain.clone().for_languages(Languages::of_tags(["de"]));
            for query in [plain, widened, open, among_german] {
                let expected = (0..).zip(&documents).filter(|(_, document)| is_hit(&query, document));
                let expected: Vec<u64> = expected.map(|(key, _)| key).collect();
                prop_assert_eq!(keys(&index, &query), expected, "{:?}", query);
            }
        }
    }
}
