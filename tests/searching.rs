//! Searching as the reader and the command line do it: on the built-in library, whose guides promise how many documents
//! and matches one will see, and, where they are, on the five real documents everything started from.

use std::path::Path;
use std::process::{Command, Output};

use lutrin::library::{Home, Library};
use serde_json::Value;

use crate::support::world::{World, add};

fn lutrin(home: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_lutrin"))
        .args(arguments)
        .env("LUTRIN_HOME", home)
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

/// The five real documents; `None`, said, when they are not there.
fn seeds() -> Option<&'static str> {
    let seeds = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds");
    let there = Path::new(seeds).is_dir();
    if !there {
        eprintln!("skipped: ../shared/seeds is not here");
    }
    there.then_some(seeds)
}

#[test]
fn the_guides_exercises_find_what_the_guides_promise() {
    for (query, documents, matches) in [
        ("barometre", 3, 4),
        ("yardstick", 3, 4),
        ("\"feuille de route\"", 2, 3),
        ("\"International Labour Organization\"", 2, 3),
        ("torture", 4, 10),
    ] {
        let mut world = World::built_in(120, 30);
        world.press("/").write(query).write(" ");
        let dossier = world.app.search.dossier.as_ref().unwrap();
        assert_eq!((world.app.list.len(), dossier.matches), (documents, Some(matches)), "{query}");
    }
}

#[test]
fn a_phrase_is_found_in_the_real_documents_with_either_apostrophe_as_often_as_it_stands_there() {
    let Some(seeds) = seeds() else { return };
    let home = tempfile::tempdir().unwrap();
    for query in ["\"droits de l'homme\"", "\"droits de l’homme\"", "\"DROITS de l'Homme\""] {
        let found = json(&lutrin(home.path(), &["search", "--json", query, seeds]));
        let hits = found["hits"].as_array().unwrap();
        let mut counts: Vec<(String, u64)> = hits
            .iter()
            .map(|hit| {
                (
                    hit["path"].as_str().unwrap().rsplit('/').next().unwrap()[..3].to_owned(),
                    hit["matches"].as_u64().unwrap(),
                )
            })
            .collect();
        counts.sort();
        let expected = [("000", 2), ("001", 3), ("002", 1), ("003", 13)].map(|(name, count)| (name.to_owned(), count));
        assert_eq!(counts, expected, "{query}");
        assert_eq!((&found["total"], &found["matches"]), (&4.into(), &19.into()));
    }
}

#[test]
fn what_is_counted_in_a_passage_is_what_is_marked_in_it() {
    let Some(seeds) = seeds() else { return };
    let home = tempfile::tempdir().unwrap();
    let found = json(&lutrin(home.path(), &["search", "--json", "torture", seeds]));
    for hit in found["hits"].as_array().unwrap() {
        let best = &hit["best"];
        let text = best["text"].as_str().unwrap();
        for mark in best["highlights"].as_array().unwrap() {
            let (start, end) = (mark[0].as_u64().unwrap() as usize, mark[1].as_u64().unwrap() as usize);
            assert_eq!(text[start..end].to_lowercase(), "torture");
        }
    }
}

#[test]
fn a_zero_prints_its_object_and_ends_with_status_one() {
    let home = tempfile::tempdir().unwrap();
    let output = lutrin(home.path(), &["search", "--json", "xyzzyx"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!((json(&output)["total"].as_u64(), json(&output)["matches"].as_u64()), (Some(0), Some(0)));
}

#[test]
fn a_path_that_is_not_there_is_named_in_one_sentence_with_status_two() {
    let home = tempfile::tempdir().unwrap();
    let output = lutrin(home.path(), &["search", "x", "/no/such/path"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2));
    assert!(said.contains("/no/such/path") && said.lines().count() == 1, "{said}");
}

#[test]
fn while_another_writes_what_nobody_has_read_yet_is_found_all_the_same() {
    let home = tempfile::tempdir().unwrap();
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("a.txt"), "La torture est dénoncée.").unwrap();
    let library = Library::open(&Home::under(home.path())).unwrap();
    let writer = library.writer().unwrap();
    let output = lutrin(home.path(), &["search", "--json", "torture", folder.path().to_str().unwrap()]);
    drop(writer);
    assert_eq!((json(&output)["total"].as_u64(), output.status.code()), (Some(1), Some(0)));
    assert!(String::from_utf8_lossy(&output.stderr).contains("Another Lutrin"), "{output:?}");
}

#[test]
fn a_pipe_that_is_closed_early_ends_the_program_quietly() {
    let home = tempfile::tempdir().unwrap();
    let command = format!("'{}' show lutrin:guide.fr.md --json | head -c 10", env!("CARGO_BIN_EXE_lutrin"));
    let output = Command::new("sh").args(["-c", &command]).env("LUTRIN_HOME", home.path()).output().unwrap();
    assert_eq!((output.stdout.len(), String::from_utf8_lossy(&output.stderr).as_ref()), (10, ""));
}

#[test]
fn bytes_that_could_not_be_decoded_are_counted_in_words() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("a.txt");
    let text = "Les libertés ont été rappelées à l’unanimité par l’assemblée réunie à Évry. ".repeat(3);
    std::fs::write(&file, [text.as_bytes(), b"cass\xe9 \xff"].concat()).unwrap();
    let shown = json(&lutrin(home.path(), &["show", "--json", file.to_str().unwrap()]));
    assert_eq!(shown["warnings"][0]["code"], "invalid-bytes");
    let message = shown["warnings"][0]["message"].as_str().unwrap();
    assert!(message.contains('2') && !message.contains('<'), "{message}");
    assert!(shown["text"].as_str().unwrap().contains("été rappelées"), "{shown}");
}

#[test]
fn the_operators_find_the_real_documents_and_say_what_they_were_taken_for() {
    let Some(seeds) = seeds() else { return };
    let home = tempfile::tempdir().unwrap();
    for (query, documents, taken_for) in [
        ("homme -détention", "002", "word not"),
        ("\"droits de l'homme\" -(détention OR torture)", "002", "phrase not not"),
        ("Tokayev OR œuvre", "000 001 002 003 004", "word variant word"),
        ("=Tokayev OR œuvre", "001 003 004", "exact word"),
        ("\"arbitraire détention\"~3", "003", "near"),
        ("-homme", "004", "not"),
        ("=homme", "000 001 002 003", "exact"),
        ("kind:question", "000 001", "field"),
        ("number:5747", "002", "field"),
        ("ministry:étrangères -date:2022", "001", "field not"),
        ("title:kazakhstan torture date:2011", "001", "field word date"),
        ("date:2019..2022-03", "000 002", "date"),
        ("institution:\"parlement européen\" OR answered:2011", "001 003", "field date"),
    ] {
        let found = json(&lutrin(home.path(), &["search", "--json", "--", query, seeds]));
        let mut names: Vec<&str> = found["hits"].as_array().unwrap().iter().map(name).collect();
        names.sort_unstable();
        let understood = found["understood"].as_array().unwrap().iter();
        let kinds: Vec<&str> = understood.map(|part| part["as"].as_str().unwrap()).collect();
        assert_eq!((names.join(" ").as_str(), kinds.join(" ").as_str()), (documents, taken_for), "{query}");
    }
}

/// The number at the start of a hit's file name.
fn name(hit: &Value) -> &str {
    &hit["path"].as_str().unwrap().rsplit('/').next().unwrap()[..3]
}

#[test]
fn a_query_with_loose_ends_is_answered_with_hints() {
    let home = tempfile::tempdir().unwrap();
    let found = json(&lutrin(home.path(), &["search", "--json", "(torture OR"]));
    let hints: Vec<&str> =
        found["hints"].as_array().unwrap().iter().map(|hint| hint["code"].as_str().unwrap()).collect();
    assert_eq!(hints, ["or-alone", "unclosed-bracket"]);
    assert!(found["total"].as_u64() > Some(0), "{found}");
}

#[test]
fn documents_that_match_equally_well_come_by_path_whichever_was_indexed_first() {
    let mut world = World::open(&[("b.txt", "Torture bleue"), ("d.txt", "Torture noire")]);
    for (name, text) in [("c.txt", "Torture verte"), ("a.txt", "Torture rouge")] {
        add(&world.dossier, name, text);
    }
    let expected = ["Torture rouge", "Torture bleue", "Torture verte", "Torture noire"];
    world.press("/torture").rest();
    assert_eq!(world.titles(), expected);
    world.press("<esc>/").write("kind:document").rest();
    assert_eq!(world.titles(), expected, "also without words");
}
