//! The query line as a person meets it: what was understood stands under the prompt piece by piece, a key drops each.

use lutrin::app::{Settings, Size};
use lutrin::locale::UiLanguage;

use crate::support::world::{World, dossier};

const LETTERS: &[(&str, &str)] = &[
    ("a.txt", "Le président Tokaïev a ordonné l'arrestation de plusieurs opposants dans la prison de la capitale."),
    ("b.txt", "The letter was sent to President Tokayev by the organisation on the same day."),
    ("c.txt", "Le président Tokaïev a reçu une délégation de la société civile dans la capitale."),
];

fn line(world: &World, number: usize) -> String {
    world.screen().lines().nth(number).unwrap_or_default().to_owned()
}

#[test]
fn what_was_understood_stands_under_the_prompt_and_each_piece_can_be_dropped() {
    for (columns, rows) in [(120, 40), (80, 24)] {
        let mut world = World::open_at(columns, rows, LETTERS);
        world.press("/").write("tokaiev -prison kind:document").rest();
        let pieces = line(&world, 1);
        for piece in ["1 without prison", "2 kind: document", "3 also tokayev (1)"] {
            assert!(pieces.contains(piece), "{piece}: {pieces}");
        }
        assert!(!line(&world, 0).contains("also"), "{}", line(&world, 0));
        assert_eq!(world.app.list.len(), 2);
        world.press("<a-1>").rest();
        assert!(line(&world, 0).contains("/ tokaiev kind:document"), "{}", world.screen());
        assert_eq!(world.app.list.len(), 3);
        world.press("<a-2>").rest();
        assert_eq!(world.app.list.len(), 2, "{}", world.screen());
        world.press("<enter>").rest().press("<a-1>").rest();
        assert!(line(&world, 0).contains("/ tokaiev  ") && !line(&world, 1).contains("kind"), "{}", world.screen());
    }
}

#[test]
fn plain_words_take_no_row_and_a_row_that_is_there_stays_while_one_types() {
    let mut world = World::open_at(80, 24, LETTERS);
    world.press("/").write("opposants ").rest();
    assert!(line(&world, 1).starts_with('▌'), "{}", world.screen());
    world.write("-prison").press("<c-w>").rest();
    assert_eq!(line(&world, 1).trim(), "", "{}", world.screen());
    assert!(line(&world, 2).starts_with('▌'), "{}", world.screen());
    world.press("<enter>").rest();
    assert!(!line(&world, 1).trim().is_empty(), "{}", world.screen());
}

#[test]
fn in_a_low_window_pieces_are_there_while_one_types() {
    let mut world = World::open_at(40, 10, LETTERS);
    world.press("/").write("tokaiev -prison").rest();
    assert!(line(&world, 1).contains("1 without prison"), "{}", world.screen());
    world.press("<enter>").rest();
    assert!(!world.screen().contains("1 without"), "{}", world.screen());
}

#[test]
fn a_piece_is_dropped_from_the_reader_without_moving_the_text() {
    let mut world = World::open_at(120, 40, LETTERS);
    world.press("/").write("capitale -prison").press("<enter>").rest();
    let (title, top) = (world.title().to_owned(), world.top().to_owned());
    assert!(world.screen().contains("document 1/1"), "{}", world.screen());
    world.press("<a-1>").rest();
    assert_eq!((world.title(), world.top()), (title.as_str(), top.as_str()));
    assert!(world.screen().contains("/2"), "{}", world.screen());
    assert_eq!(world.current_match(), "capitale");
}

const QUESTIONS: &[(&str, &str)] = &[
    ("a.md", "# Lettre au ministre\n\nMonsieur le Ministre,\n\nLa torture est dénoncée dans la prison.\n"),
    ("b.txt", "The torture was reported by the organisation on the same day and nobody answered the question."),
    ("c.txt", "La torture est dénoncée par le rapporteur, et la détention dans la prison aussi, depuis des années."),
];

#[test]
fn tab_finishes_the_name_of_a_field_and_then_its_value() {
    for (columns, rows) in [(120, 40), (80, 24), (40, 10)] {
        let mut world = World::open_at(columns, rows, QUESTIONS);
        world.press("/").write("torture lang").press("<tab>").rest();
        assert!(line(&world, 0).contains("torture language:"), "{}", world.screen());
        world.press("<tab>").rest();
        assert!(line(&world, 1).contains("French 2   English 1"), "{}", world.screen());
        world.press("<tab>").rest();
        assert!(line(&world, 0).contains("language:fr"), "{}", world.screen());
        assert_eq!(world.app.list.len(), 2, "{}", world.screen());
        world.press("<tab>").rest();
        assert!(line(&world, 0).contains("language:en"), "{}", world.screen());
        world.press("<s-tab><enter>").rest();
        assert!(
            world.app.search.prompt.is_some() && line(&world, 1).contains("1 language: French"),
            "{}",
            world.screen()
        );
    }
}

#[test]
fn letters_narrow_what_fits_and_escape_gives_back_what_was_typed() {
    let mut world = World::open_at(80, 24, QUESTIONS);
    world.press("/").write("a").press("<tab>").rest();
    assert!(line(&world, 1).contains("author   asked   answered"), "{}", world.screen());
    world.press("s").rest();
    assert!(line(&world, 1).contains("asked") && !line(&world, 1).contains("author"), "{}", world.screen());
    world.press("<backspace><tab><tab>").rest();
    assert!(line(&world, 0).contains("/ asked:"), "{}", world.screen());
    world.press("<esc>").rest();
    assert!(line(&world, 0).trim_end().contains("/ a "), "{}", world.screen());
    world.press("<esc>").rest();
    assert!(world.app.search.prompt.is_none());
}

#[test]
fn in_french_fields_and_values_are_called_as_they_are_in_french() {
    let settings = Settings { ui_language: UiLanguage::French, ..Settings::default() };
    let dossier = crate::support::world::dossier(QUESTIONS);
    let mut world = World::start(dossier, settings, Size { columns: 80, rows: 24 });
    world.press("/").write("lang").press("<tab>").write("fran").press("<tab>").rest();
    assert!(line(&world, 0).contains("langue:fr"), "{}", world.screen());
    assert!(line(&world, 1).contains("1 langue : français"), "{}", world.screen());
}

#[test]
fn tab_offers_the_parts_of_documents_and_the_months_of_dates() {
    const DATED: &[(&str, &str)] = &[
        ("a.md", "---\ntitle: Kazakhstan\ndate: 2018-03-15\n---\n\nLa torture est dénoncée.\n"),
        ("b.md", "---\ntitle: Rapport\ndate: 2018-02-14\n---\n\nLe Kazakhstan et la torture.\n"),
    ];
    let mut world = World::open_at(80, 24, DATED);
    world.press("/").write("in:").press("<tab>").rest();
    assert!(line(&world, 1).contains("title   section   question"), "{}", world.screen());
    world.write("tit").press("<tab>").write(" kazakhstan").press("<enter>").rest();
    assert_eq!(world.app.search.source(), Some("in:title kazakhstan"));
    assert_eq!(world.app.list.len(), 1, "{}", world.screen());
    world.press("/").press("<c-u>").write("date:2018-0").press("<tab>").rest();
    for month in ["2018-02", "2018-03"] {
        assert!(line(&world, 1).contains(month), "{}", world.screen());
    }
}

#[test]
fn a_piece_says_fields_in_words() {
    let mut world = World::open_at(120, 40, QUESTIONS);
    world.press("/").write("kind:=letter author:\"hubert julien").rest();
    assert!(line(&world, 1).contains("1 kind: letter   2 author: hubert julien "), "{}", world.screen());
}

#[test]
fn what_nothing_begins_like_is_said() {
    let mut world = World::open_at(80, 24, QUESTIONS);
    world.press("/").write("kind:xy").press("<tab>").rest();
    assert!(world.status().starts_with("Nothing known begins so."), "{}", world.status());
}

#[test]
fn a_search_goes_on_within_what_was_found() {
    let mut world = World::open_at(80, 24, QUESTIONS);
    world.press("/").write("torture -\"same day").press("<enter>").rest();
    assert_eq!(world.app.list.len(), 2, "{}", world.screen());
    world.press("&").rest();
    assert!(line(&world, 0).contains("/ torture -\"same day\" "), "{}", world.screen());
    world.write("détention").press("<enter>").rest();
    assert_eq!(world.app.list.len(), 1, "{}", world.screen());
    world.press("/").press("<esc>").press("<a-1>").rest();
    assert!(line(&world, 0).contains("/ torture détention"), "{}", world.screen());
}

#[test]
fn within_nothing_a_search_is_a_search_of_the_dossier() {
    let mut world = World::open_at(80, 24, QUESTIONS);
    world.press("<enter>&").write("prison").rest();
    assert_eq!(world.app.list.len(), 2, "{}", world.screen());
}

#[test]
fn a_pattern_finds_the_words_that_answer_it() {
    let mut world = World::open_at(80, 24, QUESTIONS);
    world.press("/").write("re:DÉT[a-e]+ntion").press("<enter>").rest();
    assert!(
        world.screen().contains("1 re:DÉT[a-e]+ntion") && world.current_match() == "détention",
        "{}",
        world.screen()
    );
}

#[test]
fn documents_are_found_by_the_path_that_is_printed() {
    let (home, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for (name, text) in [("2019/a.txt", "La torture."), ("2020/b.md", "La torture aussi."), ("c.txt", "La torture.")] {
        let file = folder.path().join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, text).unwrap();
    }
    let above = format!("path:{}/", folder.path().file_name().unwrap().to_str().unwrap());
    for (query, expected) in [
        ("torture path:2019/", vec!["a.txt"]),
        ("chemin:*.TXT", vec!["a.txt", "c.txt"]),
        ("-path:2019/ -path:*.md", vec!["c.txt"]),
        (above.as_str(), vec!["a.txt", "b.md", "c.txt"]),
    ] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_lutrin"))
            .args(["search", "--json", "--", query, folder.path().to_str().unwrap()])
            .env("LUTRIN_HOME", home.path())
            .output()
            .unwrap();
        let found: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        let name = |hit: &serde_json::Value| hit["path"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
        let mut names: Vec<String> = found["hits"].as_array().unwrap().iter().map(name).collect();
        names.sort();
        assert_eq!(names, expected, "{query}");
    }
}

#[test]
fn a_query_that_begins_with_a_hyphen_is_told_where_to_stand() {
    let output =
        std::process::Command::new(env!("CARGO_BIN_EXE_lutrin")).args(["search", "-torture"]).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(said.contains("stands behind “--”"), "{said}");
}

#[test]
fn a_search_of_one_document_has_pieces_too() {
    let mut world = World::open_at(80, 24, LETTERS);
    world.press("<enter>/").write("\"la capitale\" OR prison").press("<enter>").rest();
    assert!(line(&world, 1).contains("1 “la capitale” or prison"), "{}", world.screen());
    world.press("<a-1>").rest();
    assert!(!world.screen().contains("1 “la"), "{}", world.screen());
    world.press("<a-1>");
    assert!(world.status().starts_with("Nothing stands there that could be dropped."), "{}", world.status());
}

#[test]
fn where_there_are_no_words_to_find_no_matches_are_counted() {
    for columns in [120, 80, 40] {
        let mut world = World::open_at(columns, 24, LETTERS);
        world.press("/").write("kind:document ").rest();
        let first = line(&world, 0);
        assert!(first.trim_end().ends_with(if columns < 60 { "3 doc." } else { "3 documents" }), "{first}");
        assert!(!world.screen().lines().any(|line| line.trim_end().ends_with(" 0")), "{}", world.screen());
        world.press("<c-u>").write("tokaiev ").rest();
        assert!(line(&world, 0).trim_end().ends_with(if columns < 60 { "3 doc. · 3" } else { "3 matches" }), "{first}");
    }
}

#[test]
fn in_ascii_the_first_line_is_ascii() {
    let settings = Settings { ascii: true, ..Settings::default() };
    let mut world = World::start(dossier(LETTERS), settings, Size { columns: 120, rows: 24 });
    world.press("/").write("capitale").press("<enter>").rest();
    let first = line(&world, 0);
    assert!(first.contains("2 documents - 2 matches") && first.is_ascii(), "{first}");
    let long = "capitale ".repeat(30);
    world.press("/").write(&long).press("<enter>").rest();
    let first = line(&world, 0);
    assert!(first.contains("...") && first.is_ascii(), "{first}");
}
