//! Documents that say the same, or nearly, as a person who searches meets them.

use std::path::Path;
use std::process::Command;

use crate::support::world::World;

/// A text of some length; `changed` words of it are others.
fn text(changed: usize) -> String {
    let word = |at: usize| if at * 7 % 100 < changed { format!("autre{at}") } else { format!("mot{}", at * at % 997) };
    let words: Vec<String> = (0..100).map(word).collect();
    format!("La torture. {}.", words.join(" "))
}

fn documents() -> Vec<(&'static str, String)> {
    vec![
        ("a.txt", text(0)),
        ("b.txt", "Un autre texte sur la torture et rien que la torture, la torture toujours.".to_owned()),
        ("c.txt", text(3)),
        ("d.txt", text(0).to_uppercase()),
    ]
}

fn open(columns: u16, rows: u16) -> World {
    let documents = documents();
    let borrowed: Vec<(&str, &str)> = documents.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let mut world = World::open_at(columns, rows, &borrowed);
    world.press("/").write("torture ").press("<up>").rest();
    world
}

#[test]
fn duplicates_are_folded_into_one_row_and_counted_all_the_same() {
    let mut world = open(120, 30);
    assert!(world.screen().contains("4 documents"), "{}", world.screen());
    assert!(world.screen().contains("+1 identical · +1 similar"), "{}", world.screen());
    assert_eq!(rows(&world), 2);
    world.press("<enter>qgg").rest();
    let first = (0..4).find(|row| world.app.list.fold_at(*row).is_some()).unwrap();
    if first > 0 {
        world.press("j").rest();
    }
    world.press("x").rest();
    assert_eq!(rows(&world), 4, "{}", world.screen());
    assert!(world.screen().contains("\n   La torture. autre0"), "those behind stand further in\n{}", world.screen());
    world.press("jx").rest();
    assert_eq!((rows(&world), world.app.list.selected()), (2, first), "{}", world.screen());
}

/// How many rows of the list can be gone to.
fn rows(world: &World) -> usize {
    let shelf = &world.app.list;
    std::iter::successors(Some(0), |row| Some(shelf.next(*row))).take_while(|row| *row < shelf.len()).count()
}

#[test]
fn the_next_document_is_found_inside_a_folded_group_too() {
    let mut world = open(120, 30);
    world.press("<enter>").rest();
    let mut seen = vec![world.app.reader.open.as_ref().unwrap().opened.key];
    for _ in 0..3 {
        world.press("J").rest();
        seen.push(world.app.reader.open.as_ref().unwrap().opened.key);
    }
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 4, "{}", world.screen());
}

#[test]
fn groups_are_opened_all_at_once_by_name() {
    let mut world = open(80, 24);
    world.press("<enter>q:").write("toggle-groups").press("<enter>").rest();
    assert!(world.status().contains("no longer folded"), "{}", world.status());
    assert_eq!(rows(&world), 4);
}

#[test]
fn the_command_line_names_the_document_that_each_is_a_duplicate_of() {
    let (home, folder) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    for (name, text) in documents() {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let lutrin = |arguments: &[&str]| search(home.path(), folder.path(), arguments);
    let found: serde_json::Value = serde_json::from_str(&lutrin(&["--json"])).unwrap();
    let hits = found["hits"].as_array().unwrap();
    let groups: Vec<&str> = hits.iter().filter_map(|hit| hit["group"].as_str()).collect();
    assert_eq!((hits.len(), groups.len()), (4, 3));
    assert!(groups.iter().all(|group| *group == groups[0] && hits.iter().any(|hit| hit["id"] == *group)));
    let plain = lutrin(&[]);
    assert!(plain.contains("identical to ") && plain.contains("similar to "), "{plain}");
}

fn search(home: &Path, folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_lutrin"))
        .args(["search", "torture"])
        .arg(folder)
        .args(arguments)
        .env("LUTRIN_HOME", home)
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}
