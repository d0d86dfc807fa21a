//! What a person can rely on from one day to the next: how fresh the index is and what it could not read.

use lutrin::app::{Event, FileProblem, LibraryStatus};
use lutrin::locale::Message;

use crate::support::world::World;

const LETTERS: &[(&str, &str)] = &[
    ("a.txt", "Première lettre ouverte\n\nLe ministre répond longuement sur la détention arbitraire.\n"),
    ("b.txt", "Deuxième lettre ouverte\n\nUne lettre parle de la détention des opposants.\n"),
];

fn status(unreadable: usize) -> Event {
    let updated = Some("2026-11-21T14:32".to_owned());
    Event::LibraryChanged(LibraryStatus { documents: 2, unreadable, updated, progress: None })
}

#[test]
fn the_first_line_says_how_many_files_could_not_be_read() {
    for (columns, words) in [(120, "2 documents · 3 unreadable"), (40, "2 doc. · 3 unreadable")] {
        let mut world = World::open_at(columns, 24, LETTERS);
        world.happen(status(3));
        assert!(world.screen().lines().next().is_some_and(|line| line.contains(words)), "{}", world.screen());
        world.happen(status(0));
        assert!(!world.screen().contains("unreadable"), "{}", world.screen());
    }
}

#[test]
fn a_zero_says_how_fresh_the_index_is_and_what_it_could_not_read() {
    let mut world = World::open_at(80, 24, LETTERS);
    world.happen(status(2));
    world.press("/").write("xyzzy ").rest();
    let screen = world.screen();
    for words in ["index up to date: 21 Nov 2026 14:32 · 2 unreadable files", ":unreadable names them"] {
        assert!(screen.contains(words), "{words}: {screen}");
    }
}

#[test]
fn the_files_that_could_not_be_read_are_named_with_the_reason() {
    let mut world = World::open_at(120, 20, LETTERS);
    world.press(":").write("unreadable").press("<enter>").rest();
    assert!(world.status().contains("Every file could be read."), "{}", world.screen());
    let problem = |path: &str, unreadable| FileProblem {
        path: path.to_owned(),
        reason: Message::new("problem-permission"),
        unreadable,
    };
    world.happen(Event::ProblemsListed(vec![problem("/dossier/secret.txt", true), problem("/dossier/x.bin", false)]));
    let screen = world.screen();
    for words in ["Files without a document", "You may not read this file.  /dossier/secret.txt", "/dossier/x.bin"] {
        assert!(screen.contains(words), "{words}: {screen}");
    }
    world.press("/").write("secret");
    assert!(!world.screen().contains("x.bin"), "{}", world.screen());
    world.press("<esc>");
    assert!(!world.screen().contains("secret.txt"), "{}", world.screen());
}
