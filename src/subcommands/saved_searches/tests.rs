//! Saved searches and aliases as a script sees them.

use std::fs;

use serde_json::Value;

use crate::subcommands::tests::{Office, dossier};

fn new_of(hits: &Value) -> Vec<(String, bool)> {
    let hits = hits["hits"].as_array().unwrap().iter();
    hits.map(|hit| {
        let path = hit["path"].as_str().unwrap();
        (path.rsplit('/').next().unwrap().to_owned(), hit["new"].as_bool().unwrap())
    })
    .collect()
}

fn saved(office: &Office) {
    let kept = office.ask(&["search", "--save", "Détention", "--sort", "title", "détention", "DOCS"]);
    assert_eq!(kept.status, 0, "{}", kept.err);
    assert!(kept.err.contains("Gardée\u{a0}: «\u{a0}Détention\u{a0}»"), "{}", kept.err);
}

#[test]
fn a_saved_search_says_what_came_and_what_changed_since_it_was_looked_at() {
    let office = dossier();
    saved(&office);
    office.write("d.txt", "Encore une lettre sur la détention.\n".as_bytes());
    office.write("sub/c.txt", "Lettre ouverte sur la détention arbitraire, corrigée.\n".as_bytes());
    office.write("e.txt", b"Rien de cela.\n");
    let again = office.ask(&["search", "--saved", "Détention", "--json"]);
    assert_eq!(again.status, 0, "{}", again.err);
    let expected = [("d.txt", true), ("c.txt", true), ("b.md", false)].map(|(name, new)| (name.to_owned(), new));
    let again = again.json();
    assert_eq!((new_of(&again), &again["new"]), (expected.to_vec(), &Value::from(2)));
    let nothing = office.ask(&["search", "--saved", "Détention", "--new"]);
    assert_eq!((nothing.status, nothing.out.as_str()), (1, ""));
    assert!(nothing.err.contains("Rien n’est nouveau"), "{}", nothing.err);
}

#[test]
fn only_what_is_new_is_told_when_that_is_asked_and_what_was_not_told_stays_new() {
    let office = dossier();
    saved(&office);
    for name in ["x.txt", "y.txt"] {
        office.write(name, format!("La détention, par {name}.\n").as_bytes());
    }
    let one = office.ask(&["search", "--saved", "Détention", "--new", "--json", "--limit", "1"]).json();
    assert_eq!((&one["total"], new_of(&one).len()), (&Value::from(2), 1));
    let other = office.ask(&["search", "--saved", "Détention", "--new"]);
    assert_eq!((other.status, other.out.lines().next().unwrap().contains("nouveau")), (0, true), "{}", other.out);
    assert!(other.err.contains("1 document") && other.err.contains("1 nouveau"), "{}", other.err);
    assert_eq!(office.ask(&["search", "--saved", "Détention", "--new"]).status, 1);
}

#[test]
fn a_search_that_is_not_understood_is_marked_when_it_is_saved_and_listed() {
    let office = dossier();
    let kept = office.ask(&["search", "--save", "Drôle", "détention sujet:x", "DOCS"]);
    assert!(
        kept.err.contains("« Drôle » (pas entièrement comprise)") || kept.err.contains("(pas entièrement comprise)"),
        "{}",
        kept.err
    );
    let long = "détention ".repeat(300);
    let cut = office.ask(&["search", "--save", "Longue", &long, "DOCS"]);
    assert!(cut.err.contains("(trop longue"), "{}", cut.err);
    saved(&office);
    let listed = office.ask(&["searches"]);
    let marks: Vec<bool> =
        listed.out.lines().map(|line| line.contains("comprise") || line.contains("trop longue")).collect();
    assert_eq!(marks.iter().filter(|marked| **marked).count(), 2, "{}", listed.out);
    let json = office.ask(&["searches", "--json"]);
    let hints =
        json.out.lines().map(|line| serde_json::from_str::<Value>(line).unwrap()["hints"].as_array().unwrap().len());
    assert_eq!(hints.sum::<usize>(), 2, "{}", json.out);
}

#[test]
fn a_file_that_was_away_for_a_while_is_nothing_new() {
    let office = dossier();
    saved(&office);
    let path = office.docs().join("b.md");
    let text = fs::read(&path).unwrap();
    fs::remove_file(&path).unwrap();
    assert_eq!(new_of(&office.ask(&["search", "--saved", "Détention", "--json"]).json()).len(), 1);
    fs::write(&path, text).unwrap();
    assert_eq!(office.ask(&["search", "--saved", "Détention", "--new"]).status, 1);
}

#[test]
fn saved_searches_are_listed_with_what_is_new_and_forgotten_by_name() {
    let office = dossier();
    let none = office.ask(&["searches"]);
    assert_eq!((none.status, none.out.as_str()), (1, ""));
    saved(&office);
    office.write("d.txt", "Encore une lettre sur la détention.\n".as_bytes());
    let plain = office.ask(&["searches"]);
    assert_eq!(plain.status, 0);
    assert!(plain.out.starts_with("Détention (détention)\u{a0}: 3 documents · 1 nouveau · vue le "), "{}", plain.out);
    let listed = office.ask(&["searches", "--json"]).json();
    assert_eq!((&listed["name"], &listed["query"]), (&Value::from("Détention"), &Value::from("détention")));
    assert_eq!((&listed["documents"], &listed["new"]), (&Value::from(3), &Value::from(1)));
    assert_eq!(listed["paths"][0].as_str(), office.docs().to_str());
    assert!(listed["looked"].as_str().unwrap().ends_with('Z'));
    assert_eq!(office.ask(&["searches", "--forget", "Détention"]).status, 0);
    assert_eq!(office.ask(&["searches", "--forget", "Détention"]).status, 2);
    assert_eq!(office.ask(&["search", "--saved", "Détention"]).status, 2);
}

#[test]
fn a_name_that_is_taken_is_refused_and_nothing_is_kept_of_standard_input() {
    let office = dossier();
    saved(&office);
    let other = office.ask(&["search", "--save", "Détention", "ministre", "DOCS"]);
    assert_eq!((other.status, other.out.is_empty()), (2, false), "{}", other.err);
    assert!(other.err.contains("s’appelle déjà"), "{}", other.err);
    assert_eq!(office.ask(&["searches", "--json"]).json()["query"], "détention");
    assert_eq!(office.ask(&["search", "--save", "Détention", "détention", "DOCS"]).status, 0, "the same is kept anew");
    let input = office.ask_with(&["search", "--save", "x", "note", "-"], "Une note.".as_bytes(), &mut Vec::new());
    assert_eq!(input.status, 2, "{}", input.err);
    assert_eq!(office.ask(&["search", "--save", " ", "détention", "DOCS"]).status, 2);
}

#[test]
fn aliases_hold_on_the_command_line_and_a_wrong_file_is_told_with_its_line() {
    let office = Office::with(&[
        ("a.txt", "Le sommet de l'OTSC.\n"),
        ("b.txt", "The CSTO met in Moscow.\n"),
        ("aliases.toml", "[[alias]]\nnames = [\"OTSC\", \"CSTO\"]\n"),
    ]);
    let found = office.ask(&["search", "--json", "otsc", "DOCS"]).json();
    assert_eq!((&found["total"], &found["index"]["documents"]), (&Value::from(2), &Value::from(2)));
    let alias = &found["understood"][1];
    assert_eq!((&alias["as"], &alias["text"], &alias["forms"][0]), (&"variant".into(), &"otsc".into(), &"CSTO".into()));
    assert_eq!(office.ask(&["search", "--json", "--no-variants", "otsc", "DOCS"]).json()["total"], 1);
    assert_eq!(office.ask(&["search", "--json", "otsc", "DOCS/a.txt"]).json()["total"], 1, "and only what is named");
    let plain = office.ask(&["search", "otsc", "DOCS"]);
    assert!(plain.err.contains("aussi CSTO (1)"), "{}", plain.err);
    let file = office.write("aliases.toml", b"[[alias]]\nnames = [\"OTSC\", \"CSTO\"]\n\nname = 1\n");
    let wrong = office.ask(&["search", "--json", "otsc", "DOCS"]);
    assert_eq!((wrong.status, &wrong.json()["total"]), (0, &Value::from(1)));
    let hint = &wrong.json()["hints"][0];
    assert_eq!(hint["code"], "alias-unexpected");
    assert!(hint["message"].as_str().unwrap().contains(&format!("{file}:4")), "{hint}");
    let own = office.home().config;
    fs::create_dir_all(&own).unwrap();
    fs::write(own.join("aliases.toml"), "[[alias]]\nnames = [\"Moscou\", \"Moscow\"]\n").unwrap();
    assert_eq!(office.ask(&["search", "--json", "Moscou", "DOCS"]).json()["total"], 1, "one file holds for all");
}
