//! The commands as a script sees them: words in; standard output, standard error and status out.

use std::ffi::OsString;
use std::fs;
use std::io::Write;
use std::path::PathBuf;

use serde_json::Value;

use super::*;
use crate::library::Home;
use crate::locale::{Catalogue, UiLanguage};

pub(super) struct Office {
    temporary: tempfile::TempDir,
    ui_language: UiLanguage,
}

pub(super) struct Answered {
    pub(super) out: String,
    pub(super) err: String,
    pub(super) status: u8,
}

impl Answered {
    pub(super) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {}{}", self.out, self.err))
    }
}

impl Office {
    fn new() -> Self {
        let temporary = tempfile::tempdir().unwrap();
        fs::create_dir(temporary.path().join("docs")).unwrap();
        Self { temporary, ui_language: UiLanguage::French }
    }

    pub(super) fn with(files: &[(&str, &str)]) -> Self {
        let office = Self::new();
        for (name, text) in files {
            office.write(name, text.as_bytes());
        }
        office
    }

    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.docs().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path.display().to_string()
    }

    pub(super) fn docs(&self) -> PathBuf {
        fs::canonicalize(self.temporary.path().join("docs")).unwrap()
    }

    pub(super) fn home(&self) -> Home {
        Home::under(&self.temporary.path().join("home"))
    }

    pub(super) fn ask(&self, words: &[&str]) -> Answered {
        self.ask_with(words, b"", &mut Vec::new())
    }

    pub(super) fn ask_with(&self, words: &[&str], mut input: &[u8], out: &mut Vec<u8>) -> Answered {
        let docs = self.docs().display().to_string();
        let words = words.iter().map(|word| OsString::from(word.replace("DOCS", &docs)));
        let catalogue = Catalogue::new(self.ui_language);
        let asked = cli::parse(words, &catalogue).unwrap();
        let mut err = Vec::new();
        let mut output = OutputContext {
            catalogue: &catalogue,
            home: Ok(self.home()),
            input: &mut input,
            out,
            err: &mut err,
            screen: OutputScreen::default(),
        };
        let status = answer(&asked.invocation, &mut output).unwrap();
        Answered { out: String::from_utf8(out.clone()).unwrap(), err: String::from_utf8(err).unwrap(), status }
    }
}

pub(super) fn dossier() -> Office {
    Office::with(&[
        ("a.txt", "Question sur les droits de l'homme\n\nLes droits de l’homme sont en jeu.\n"),
        ("b.md", "# Réponse\n\nLe ministre répond **longuement** sur la détention.\n"),
        ("sub/c.txt", "Lettre ouverte sur la détention arbitraire.\n"),
    ])
}

#[test]
fn a_search_brings_what_is_named_up_to_date_and_counts_only_that() {
    let office = dossier();
    let all = office.ask(&["search", "--json", "détention", "DOCS"]);
    assert_eq!(
        (all.status, all.json()["total"].as_u64(), all.json()["index"]["documents"].as_u64()),
        (0, Some(2), Some(3))
    );
    let sub = office.ask(&["search", "--json", "détention", "DOCS/sub"]).json();
    assert_eq!((sub["total"].as_u64(), sub["index"]["documents"].as_u64()), (Some(1), Some(1)));
}

#[test]
fn the_json_of_a_search_has_the_contracts_fields() {
    let office = dossier();
    let found = office.ask(&["search", "--json", "\"droits de l'homme\"", "DOCS"]).json();
    assert_eq!(found["query"], "\"droits de l'homme\"");
    assert_eq!(found["matches"], 2);
    assert_eq!(found["understood"][0]["as"], "phrase");
    assert!(found["hints"].as_array().is_some());
    let hit = &found["hits"][0];
    assert_eq!(hit["id"].as_str().map(str::len), Some(32));
    assert_eq!((&hit["member"], &hit["matches"]), (&Value::Null, &Value::from(2)));
    assert!(hit["score"].as_f64().unwrap() > 0.0);
    let best = &hit["best"];
    let text = best["text"].as_str().unwrap();
    assert_eq!((best["end"].as_u64().unwrap() - best["start"].as_u64().unwrap()) as usize, text.len());
    let mark = &best["highlights"][0];
    let words = &text[mark[0].as_u64().unwrap() as usize..mark[1].as_u64().unwrap() as usize];
    assert_eq!(words.replace('’', "'"), "droits de l'homme");
    assert!(found["index"]["updated"].as_str().unwrap().ends_with('Z'));
    assert_eq!(found["index"]["unreadable"], 0);
}

#[test]
fn a_zero_is_still_an_object_and_status_one() {
    let office = dossier();
    let none = office.ask(&["search", "--json", "xyzzy", "DOCS"]);
    assert_eq!((none.status, none.json()["total"].as_u64()), (1, Some(0)));
    assert_eq!(none.json()["hits"], Value::Array(Vec::new()));
}

#[test]
fn a_limit_shortens_the_hits_and_not_the_totals() {
    let office = dossier();
    let one = office.ask(&["search", "--json", "--limit", "1", "détention", "DOCS"]).json();
    assert_eq!((one["hits"].as_array().unwrap().len(), one["total"].as_u64()), (1, Some(2)));
}

#[test]
fn without_paths_the_library_last_opened_is_meant_and_before_that_the_built_in_one() {
    let office = dossier();
    let built_in = office.ask(&["list", "--json"]);
    assert_eq!(built_in.status, 0);
    assert!(built_in.out.lines().all(|line| line.contains("lutrin:")), "{}", built_in.out);
    office.ask(&["index", "DOCS"]);
    assert_eq!(office.ask(&["list", "--json"]).out.lines().count(), 3);
}

#[test]
fn a_list_is_one_object_a_line() {
    let office = dossier();
    let listed = office.ask(&["list", "--json", "--sort", "title", "DOCS"]);
    let titles: Vec<String> = listed
        .out
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap()["title"].as_str().unwrap().to_owned())
        .collect();
    assert!(titles.is_sorted_by_key(|title| title.to_lowercase()), "{titles:?}");
    let fields = ["id", "path", "member", "title", "genre", "language", "date", "words"];
    let first: Value = serde_json::from_str(listed.out.lines().next().unwrap()).unwrap();
    assert!(fields.iter().all(|field| first.get(field).is_some()), "{first}");
}

#[test]
fn a_document_is_shown_by_path_and_by_the_id_that_list_prints() {
    let office = dossier();
    let listed = office.ask(&["list", "--json", "DOCS/b.md"]);
    let id = listed.json()["id"].as_str().unwrap().to_owned();
    let by_path = office.ask(&["show", "--json", "DOCS/b.md"]);
    let by_id = office.ask(&["show", "--json", &id]);
    assert_eq!((by_path.status, by_path.json()), (by_id.status, by_id.json()));
    let shown = by_id.json();
    assert_eq!((&shown["format"], &shown["title"]), (&Value::from("markdown"), &Value::from("Réponse")));
    assert_eq!(shown["outline"][0]["kind"], "heading");
    assert_eq!(shown["blocks"][1]["kind"], "paragraph");
    assert_eq!(shown["metadata"]["sha256"].as_str().map(str::len), Some(64));
    for field in ["member", "genre", "language", "date", "footnotes", "acronyms", "references", "set_aside", "warnings"]
    {
        assert!(shown.get(field).is_some(), "{field}");
    }
}

#[test]
fn a_file_outside_every_root_is_shown_and_not_kept() {
    let office = dossier();
    let shown = office.ask(&["show", "--text", "DOCS/sub/c.txt"]);
    assert_eq!((shown.status, shown.out.as_str()), (0, "Lettre ouverte sur la détention arbitraire.\n"));
    assert_eq!(office.ask(&["library"]).status, 1);
}

#[test]
fn text_is_wrapped_at_the_width_that_was_asked_for() {
    let office = dossier();
    let shown = office.ask(&["show", "--width", "12", "DOCS/sub/c.txt"]);
    assert!(shown.out.lines().count() > 2, "{}", shown.out);
    assert!(shown.out.lines().all(|line| crate::text::grapheme::width(line) <= 12), "{}", shown.out);
}

#[test]
fn the_outline_and_the_original_are_shown() {
    let office = dossier();
    assert_eq!(office.ask(&["show", "--outline", "DOCS/b.md"]).out, "Réponse\n");
    assert!(office.ask(&["show", "--original", "DOCS/b.md"]).out.contains("**longuement**"));
}

#[test]
fn a_place_is_shown_alone_and_a_missing_one_is_an_error() {
    let office = dossier();
    let second = office.ask(&["show", "--text", "DOCS/b.md#@12"]);
    assert_eq!(second.out, "Le ministre répond longuement sur la détention.\n");
    let missing = office.ask(&["show", "DOCS/b.md#recital-C"]);
    assert_eq!((missing.status, missing.out.as_str()), (2, ""));
    assert!(!missing.err.is_empty());
}

#[test]
fn standard_input_is_read_shown_and_searched() {
    let office = Office::new();
    let shown = office.ask_with(&["show", "-"], "Une note.".as_bytes(), &mut Vec::new());
    assert_eq!((shown.status, shown.out.as_str()), (0, "Une note.\n"));
    let found = office.ask_with(&["search", "--json", "note", "-"], "Une note.".as_bytes(), &mut Vec::new());
    assert_eq!((found.status, found.json()["hits"][0]["path"].as_str()), (0, Some("-")));
}

#[test]
fn a_missing_path_is_told_and_the_rest_is_read() {
    let office = dossier();
    let found = office.ask(&["search", "--json", "détention", "DOCS/missing", "DOCS/sub"]);
    assert_eq!((found.status, found.json()["total"].as_u64()), (2, Some(1)));
    assert_eq!(found.err.lines().count(), 1);
    assert_eq!(office.ask(&["show", "DOCS/missing"]).status, 2);
    let nothing = office.ask(&["search", "détention", "DOCS/missing"]);
    assert_eq!((nothing.status, nothing.err.lines().count()), (2, 1), "{}", nothing.err);
}

#[test]
fn a_named_file_that_is_no_document_is_an_error_with_its_path() {
    let office = dossier();
    let binary = office.write("x.bin", b"\0\x01\x02\x03\0\0");
    office.write("empty.txt", b"");
    for words in [vec!["show", "DOCS/x.bin"], vec!["index", "DOCS/x.bin"], vec!["search", "a", "DOCS/x.bin"]] {
        let answered = office.ask(&words);
        assert_eq!(answered.status, 2, "{words:?}");
        assert!(answered.err.contains(&binary), "{words:?}: {}", answered.err);
    }
    assert_eq!(office.ask(&["show", "DOCS/empty.txt"]).status, 2);
    assert_eq!(office.ask(&["index", "DOCS"]).status, 0, "inside a folder it is only reported");
}

#[test]
fn an_index_run_says_what_gave_no_document() {
    let office = dossier();
    let binary = office.write("x.bin", b"\0\x01\x02\x03\0\0");
    let report = office.ask(&["index", "DOCS"]);
    assert_eq!(report.status, 0);
    assert_eq!(report.out.lines().count(), 2, "{}", report.out);
    assert!(report.out.lines().nth(1).unwrap().contains(&binary));
    assert_eq!(report.err, "", "no bar where there is no terminal");
}

#[test]
fn roots_are_listed_named_and_forgotten() {
    let office = dossier();
    office.ask(&["index", "DOCS"]);
    let docs = office.docs().display().to_string();
    assert!(office.ask(&["library"]).out.starts_with(&docs));
    assert_eq!(office.ask(&["library", "name", "DOCS", "Dossier"]).status, 0);
    assert!(office.ask(&["library", "list"]).out.contains("(Dossier)"));
    assert_eq!(office.ask(&["library", "forget", "Dossier"]).status, 0);
    assert_eq!(office.ask(&["library", "forget", "Dossier"]).status, 2);
    assert_eq!(office.ask(&["library"]).status, 1);
    assert!(office.docs().join("a.txt").exists());
}

#[test]
fn while_another_writes_one_reads_what_is_there_and_says_so() {
    let office = dossier();
    office.ask(&["index", "DOCS"]);
    let library = crate::library::Library::open(&office.home()).unwrap();
    let _writer = library.writer().unwrap();
    let found = office.ask(&["search", "--json", "détention", "DOCS"]);
    assert_eq!((found.status, found.json()["total"].as_u64()), (0, Some(2)));
    assert_eq!(found.err.lines().count(), 1);
}

#[test]
fn a_home_that_cannot_be_used_is_told_and_the_files_are_read_all_the_same() {
    let office = dossier();
    fs::write(office.temporary.path().join("home"), "a file").unwrap();
    let found = office.ask(&["search", "--json", "détention", "DOCS"]);
    assert_eq!((found.status, found.json()["total"].as_u64()), (0, Some(2)));
    assert_eq!(found.err.lines().count(), 2);
}

#[test]
fn a_closed_pipe_ends_quietly() {
    struct Closed;
    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let dossier = dossier();
    let catalogue = Catalogue::new(UiLanguage::English);
    let mut err = Vec::new();
    let temporary = tempfile::tempdir().unwrap();
    let mut output = OutputContext {
        catalogue: &catalogue,
        home: Ok(Home::under(temporary.path())),
        input: &mut io::empty(),
        out: &mut Closed,
        err: &mut err,
        screen: OutputScreen::default(),
    };
    let paths = vec![dossier.docs()];
    let listed = Invocation::List { paths, json: true, sort: None, not_read: false };
    assert_eq!((answer(&listed, &mut output), err.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn control_characters_of_files_never_reach_the_output() {
    let office = Office::new();
    office.write("a\u{1b}[31m.txt", "Du texte \u{1b}]0;x\u{7} rouge.".as_bytes());
    for words in [
        vec!["list", "DOCS"],
        vec!["search", "texte", "DOCS"],
        vec!["show", "DOCS/a\u{1b}[31m.txt"],
        vec!["show", "--original", "DOCS/a\u{1b}[31m.txt"],
        vec!["index", "DOCS"],
        vec!["library"],
        vec!["show", "DOCS/\u{1b}[31m"],
    ] {
        let answered = office.ask(&words);
        assert!(!(answered.out + &answered.err).contains('\u{1b}'), "{words:?}");
    }
}

#[test]
fn the_doctor_answers_on_a_fresh_home() {
    let office = Office::new();
    let said = office.ask(&["doctor"]);
    assert_eq!((said.status, said.err.as_str()), (0, ""));
    assert!(said.out.starts_with("lutrin "));
}

#[test]
fn the_five_documents_are_found_as_the_design_says() {
    let seeds = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds"));
    if !seeds.exists() {
        eprintln!("skipped: ../shared/seeds is not here");
        return;
    }
    let office = Office::new();
    let seeds = seeds.display().to_string();
    for phrase in ["\"droits de l'homme\"", "\"droits de l’homme\""] {
        let found = office.ask(&["search", "--json", phrase, &seeds]).json();
        let mut counts: Vec<(String, u64)> = found["hits"]
            .as_array()
            .unwrap()
            .iter()
            .map(|hit| {
                let path = PathBuf::from(hit["path"].as_str().unwrap());
                let name = path.file_name().unwrap().to_string_lossy()[..3].to_owned();
                (name, hit["matches"].as_u64().unwrap())
            })
            .collect();
        counts.sort();
        let expected = [("000", 2), ("001", 3), ("002", 1), ("003", 13)].map(|(name, count)| (name.to_owned(), count));
        assert_eq!(counts, expected, "{phrase}");
    }
}

#[test]
fn notes_are_places_and_entries_of_the_outline() {
    let office = Office::with(&[("n.md", "# Titre\n\nLe pays a rejoint[^1] la commission.\n\n[^1]: JO C 45.\n")]);
    let shown = office.ask(&["show", "--json", "DOCS/n.md#note-1"]).json();
    assert_eq!(shown["place"]["text"], "note 1");
    let kinds: Vec<&Value> = shown["outline"].as_array().unwrap().iter().map(|entry| &entry["kind"]).collect();
    assert_eq!(kinds, ["heading", "note"]);
    let outline = office.ask(&["show", "--outline", "DOCS/n.md"]).out;
    assert!(outline.contains("note 1  JO C 45."), "{outline}");
    let found = office.ask(&["search", "--json", "JO", "DOCS"]).json();
    assert_eq!(found["hits"][0]["best"]["place"]["text"], "note 1");
}

#[test]
fn a_search_without_words_counts_documents_and_no_matches() {
    let office = Office::with(&[("a.txt", "Une note.\n"), ("b.txt", "Une autre note.\n")]);
    let plain = office.ask(&["search", "kind:document", "DOCS"]);
    assert!(plain.err.ends_with("2 documents\n"), "{}", plain.err);
    assert!(!plain.out.contains("occurrence") && plain.out.lines().count() >= 2, "{}", plain.out);
    let json = office.ask(&["search", "--json", "kind:document", "DOCS"]).json();
    assert_eq!((&json["total"], &json["matches"]), (&Value::from(2), &Value::from(0)));
}

#[test]
fn whether_a_word_is_a_name_is_decided_by_the_documents_asked_for() {
    let office = Office::with(&[
        ("a/1.txt", "Le président Tokaïev parle.\n"),
        ("a/2.txt", "Le président Tokayev parle.\n"),
        ("a/3.txt", "le tokaïev, le tokayev\n"),
        ("b/1.txt", "le tokaïev, le tokayev\n"),
        ("b/2.txt", "un tokaïev, un tokayev\n"),
    ]);
    let total = |paths: &str| office.ask(&["search", "--json", "Tokaïev", paths]).json()["total"].as_u64();
    assert_eq!(total("DOCS/a"), Some(3));
    office.ask(&["index", "DOCS/b"]);
    assert_eq!(total("DOCS/a"), Some(3), "other roots do not decide");
    assert_eq!(total("DOCS"), Some(4), "here it is mostly no name");
    fs::remove_dir_all(office.docs().join("b")).unwrap();
    assert_eq!(total("DOCS"), Some(3), "what is gone does not decide");
}

#[test]
fn other_spellings_and_aliases_are_counted_in_the_documents_asked_for() {
    let office = Office::with(&[
        ("a/1.txt", "Monsieur Tokaïev et l'OTSC.\n"),
        ("b/1.txt", "Monsieur Tokayev et la CSTO.\n"),
        ("aliases.toml", "[[alias]]\nnames = [\"OTSC\", \"CSTO\"]\n"),
    ]);
    office.ask(&["index", "DOCS"]);
    for query in ["Tokaïev", "OTSC"] {
        let told = |paths: &str| office.ask(&["search", query, paths]).err.lines().count();
        assert_eq!((told("DOCS/a"), told("DOCS")), (1, 2), "{query}");
    }
}

#[test]
fn a_facets_value_is_written_as_the_documents_asked_for_write_it() {
    let question = |name: &str| format!("---\nauthor: {name}\n---\n\nUne note.\n");
    let office = Office::with(&[("a/1.md", &question("JEAN LÉVY")), ("b/1.md", &question("Jean Lévy"))]);
    let shown = |paths: &str| {
        let found = office.ask(&["search", "--json", "note", paths]).json();
        found["facets"]["author"].as_array().cloned().unwrap_or_default()
    };
    let alone = shown("DOCS/a");
    assert_eq!(alone.len(), 1);
    office.ask(&["index", "DOCS"]);
    assert_eq!(shown("DOCS/a"), alone);
    assert_eq!(shown("DOCS").len(), 1, "it is one value however it is written");
}

#[test]
fn what_is_gone_is_not_shown_and_an_id_shows_its_file_as_it_is_now() {
    let office = dossier();
    office.ask(&["index", "DOCS"]);
    let id = office.ask(&["list", "--json", "DOCS/a.txt"]).json()["id"].as_str().unwrap().to_owned();
    office.write("a.txt", b"Tout autre chose.");
    assert_eq!(office.ask(&["show", "--text", &id]).out, "Tout autre chose.\n");
    fs::remove_file(office.docs().join("a.txt")).unwrap();
    for name in [id.as_str(), "DOCS/a.txt"] {
        assert_eq!(office.ask(&["show", "--text", name]).status, 2, "{name}");
    }
}

#[test]
fn what_is_away_with_its_folder_is_shown_by_its_id_and_not_by_its_path() {
    let office = dossier();
    office.ask(&["index", "DOCS/sub/c.txt"]);
    let id = office.ask(&["list", "--json"]).json()["id"].as_str().unwrap().to_owned();
    fs::rename(office.docs().join("sub"), office.docs().join("away")).unwrap();
    assert_eq!(office.ask(&["show", "--text", "DOCS/sub/c.txt"]).status, 2);
    assert_eq!(office.ask(&["show", "--text", &id]).out, "Lettre ouverte sur la détention arbitraire.\n");
}
