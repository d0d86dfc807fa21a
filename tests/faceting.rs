//! Facets as a person who searches meets them: counted, chosen, taken back, with and without a search.

use crate::support::world::World;

const LETTERS: &[(&str, &str)] = &[
    (
        "a.txt",
        "Paris, le 3 mars 2019\n\nMonsieur le Président,\n\nLa torture est interdite.\n\nVeuillez agréer, Monsieur le Président, l’expression de ma haute considération.\n\nJean Dupont\n",
    ),
    (
        "b.txt",
        "Paris, le 5 mai 2021\n\nMadame la Ministre,\n\nLa torture continue.\n\nVeuillez agréer, Madame la Ministre, l’expression de ma haute considération.\n\nJean Dupont\n",
    ),
    ("c.md", "---\ndate: 2021-06-01\n---\n\n# Rapport\n\nUn rapport sur la torture.\n"),
    ("d.txt", "Un texte sans date, qui parle de torture.\n"),
    ("e.txt", "Un autre texte, sans rien de tel.\n"),
];

/// The rows of the facets as they stand on the screen.
fn row<'a>(screen: &'a str, label: &str) -> &'a str {
    screen.lines().find(|line| line.contains(label)).unwrap_or_else(|| panic!("no {label} in\n{screen}"))
}

#[test]
fn a_value_narrows_the_search_by_as_many_as_it_says_and_is_taken_back_by_the_same_key() {
    let mut world = World::open_at(120, 30, LETTERS);
    world.press("/").write("torture ").press("<enter>").rest();
    world.press("<a-f>").rest();
    let screen = world.screen();
    for words in ["4 documents", "Letter", "undated", "2021"] {
        assert!(screen.contains(words), "{words} in\n{screen}");
    }
    assert!(row(&screen, "  Letter").contains(" 2"), "{screen}");
    world.press("/").write("letter").press("<enter>").rest();
    assert_eq!(world.app.search.source(), Some("torture kind:letter"));
    assert!(world.screen().contains("2 documents"), "{}", world.screen());
    assert!(world.screen().contains("✓ Letter"), "{}", world.screen());
    world.press("<enter>").rest();
    assert_eq!(world.app.search.source(), Some("torture"));
    assert!(world.screen().contains("4 documents"), "{}", world.screen());
    world.press("<esc>").rest();
    assert!(world.app.overlay.is_none() && world.app.search.source() == Some("torture"));
}

#[test]
fn what_has_no_date_is_named_and_can_be_asked_for() {
    let mut world = World::open_at(120, 30, LETTERS);
    world.press("f").rest();
    assert!(row(&world.screen(), "  undated").contains(" 2"), "{}", world.screen());
    world.press("/").write("undated").press("<enter>").rest();
    assert_eq!(world.app.search.source(), Some("date:none"));
    assert!(world.screen().contains("2 documents"), "{}", world.screen());
    world.press("<enter>").rest();
    assert_eq!(world.app.search.source(), None);
    assert!(world.screen().contains("5 documents"), "{}", world.screen());
}

#[test]
fn half_a_word_that_was_accepted_stays_the_beginning_of_one() {
    let mut world = World::open_at(120, 30, LETTERS);
    world.press("/").write("tort").press("<enter>").rest();
    world.press("<a-f>").rest();
    world.press("/").write("2021").press("<enter>").rest();
    assert_eq!(world.app.search.source(), Some("tort* date:2021"));
    assert!(world.screen().contains("2 documents"), "{}", world.screen());
}

#[test]
fn the_facets_fit_into_every_window() {
    for (columns, rows) in [(120, 30), (80, 24), (60, 16), (40, 10), (20, 5), (3, 3), (1, 1)] {
        let mut world = World::open_at(columns, rows, LETTERS);
        world.press("f").rest();
        if columns >= 40 {
            assert!(world.screen().contains("undated"), "{columns}x{rows}\n{}", world.screen());
        }
        world.press("jjjjGk<home>j<enter>").rest();
        assert!(world.app.search.source().is_some(), "{columns}x{rows}");
        world.press("<esc>").rest();
        assert!(world.app.overlay.is_none());
    }
}

#[test]
fn a_filter_that_nothing_passes_leaves_only_the_sentence_that_says_so() {
    let mut world = World::open_at(120, 30, LETTERS);
    world.press("f").rest();
    world.write("letter");
    assert!(world.status().contains("Enter filter") && !world.status().contains("open"), "{}", world.screen());
    world.press("<c-u>");
    assert!(world.screen().contains('▇') || world.screen().contains('█'), "{}", world.screen());
    world.write("zzz");
    let screen = world.screen();
    assert!(screen.contains("nothing matches") && !screen.contains('█') && !screen.contains('▄'), "{screen}");
    assert!(!world.status().contains("Enter"), "{screen}");
}

#[test]
fn the_facets_look_like_this() {
    let mut world = World::open_at(80, 24, LETTERS);
    world.press("f").rest();
    insta::assert_snapshot!(world.screen());
}
