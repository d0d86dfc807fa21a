//! Searching for documents like the one at hand, or like a passage of it.

use lutrin::search::Sort;

use crate::support::world::World;

const DOSSIER: &[(&str, &str)] = &[
    ("a.txt", "Lettre A\n\nLa torture dans les prisons est dénoncée par les avocats du barreau."),
    ("b.txt", "Lettre B\n\nLes avocats du barreau dénoncent la torture."),
    ("c.txt", "Lettre C\n\nLe prix du blé et des prisons monte."),
    ("d.txt", "Lettre D\n\nLe prix du blé baisse, disent les meuniers."),
    ("e.txt", "Lettre E\n\nRien de tel."),
];

fn first(world: &World) -> Vec<String> {
    world.titles().into_iter().take(2).collect()
}

#[test]
fn documents_about_the_same_things_are_listed_behind_the_document_itself() {
    let mut world = World::open_at(120, 30, DOSSIER);
    world.press("=");
    assert_eq!(first(&world), ["Lettre A", "Lettre B"], "{}", world.screen());
    assert_eq!(world.titles().len(), 3, "{}", world.screen());
    let source = world.app.search.source().unwrap_or_default().to_owned();
    assert!(source.contains("torture OR ") || source.contains(" OR torture"), "{source}");
}

#[test]
fn only_the_selected_passage_is_compared() {
    let mut world = World::open_at(120, 30, DOSSIER);
    world.press("jj<enter>/").write("blé").press("<enter>vw=");
    assert_eq!(world.app.search.source(), Some("blé"));
    assert_eq!(world.titles().len(), 2, "{}", world.screen());
}

#[test]
fn the_best_comes_first_whatever_the_list_was_sorted_by() {
    let mut world = World::open_at(120, 30, DOSSIER);
    world.press("s");
    world.press("=");
    assert_eq!(world.app.search.sort, Sort::Relevance);
}

#[test]
fn a_document_unlike_all_others_says_so_and_nothing_moves() {
    let mut world = World::open_at(120, 30, &[("a.txt", "Seul au monde"), ("b.txt", "Autre chose")]);
    let before = world.titles();
    world.press("=");
    assert_eq!(world.titles(), before);
    assert!(world.app.search.source().is_none());
    assert!(!world.status().is_empty());
}

#[test]
fn the_open_document_is_searched_for_the_telling_words_at_once() {
    let mut world = World::open_at(120, 30, DOSSIER);
    world.press("/").write("barreau").press("<enter>=");
    let matches = world.app.match_position().map(|(_, total)| total);
    let row = world.app.list.row(0).and_then(|row| row.matches);
    assert_eq!(matches, row, "{}", world.screen());
}
