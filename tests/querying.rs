//! The query line as a person meets it: what was understood stands under the prompt piece by piece, a key drops each.

use crate::support::world::World;

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
        for piece in ["1 without prison", "2 kind:document", "3 also tokayev (1)"] {
            assert!(pieces.contains(piece), "{piece}: {pieces}");
        }
        assert!(!line(&world, 0).contains("also"), "{}", line(&world, 0));
        assert_eq!(world.app.shelf.len(), 2);
        world.press("<a-1>").rest();
        assert!(line(&world, 0).contains("/ tokaiev kind:document"), "{}", world.screen());
        assert_eq!(world.app.shelf.len(), 3);
        world.press("<a-2>").rest();
        assert_eq!(world.app.shelf.len(), 2, "{}", world.screen());
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
