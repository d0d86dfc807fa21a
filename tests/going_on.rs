//! What a cut line leaves behind, and going on there: the next reader of the same dossier offers it, and brings back the
//! document, the place, the searches, what was being typed and the focus.

use std::fmt::Write as _;

use lutrin::app::{Event, Pane, Settings, Size};
use lutrin::dossier::Dossier;
use lutrin::locale::UiLanguage;
use lutrin::notebook::Notebook;

use crate::support::world::{World, add, dossier, refresh};

/// Each with its title and what the minister speaks about.
const LETTERS: [(&str, (&str, &str)); 2] =
    [("a.txt", ("Première lettre", "la détention")), ("b.txt", ("Seconde lettre", "la détention et du climat"))];

fn long(title: &str, word: &str) -> String {
    (1..=60).fold(format!("{title}\n"), |mut text, number| {
        let _ = write!(text, "\nParagraphe {number} : le ministre parle de {word} longuement.\n");
        text
    })
}

fn kept() -> (tempfile::TempDir, Dossier) {
    let temporary = tempfile::tempdir().unwrap();
    let notebook = Notebook::open(&temporary.path().join("notebook.sqlite")).unwrap();
    let (first, second) =
        (long("Première lettre", "la détention"), long("Seconde lettre", "la détention et du climat"));
    (temporary, dossier(&[("a.txt", &first), ("b.txt", &second)]).with_notebook(notebook))
}

/// A reader over a dossier, as when Lutrin is started again.
fn started(dossier: &Dossier) -> World {
    World::start(dossier.again().unwrap(), Settings::default(), Size { columns: 120, rows: 24 })
}

fn cut(mut world: World) {
    world.dispatch(Event::Cut);
}

fn prompt(world: &World) -> Option<&str> {
    world.app.search.prompt.as_ref().map(|prompt| prompt.input.text())
}

#[test]
fn what_was_interrupted_is_offered_and_brings_back_document_place_search_and_focus() {
    let (_temporary, dossier) = kept();
    let mut world = started(&dossier);
    world.press("/").write("climat").press("<enter>").rest().press("jjjjjjjjjjz");
    let (title, top) = (world.title().to_owned(), world.top().to_owned());
    cut(world);
    let mut world = started(&dossier);
    let offer = world.status();
    assert!(offer.starts_with("C goes on where you were cut off on ") && offer.contains(": Seconde lettre"), "{offer}");
    world.press("C").rest();
    assert_eq!((world.title(), world.top()), (title.as_str(), top.as_str()));
    assert_eq!(world.app.panes.focus, Pane::Reader);
    assert!(world.app.panes.zoomed);
    assert_eq!((world.app.search.source(), world.titles().len()), (Some("climat"), 1), "{}", world.screen());
    world.press("n");
    assert_eq!(world.current_match(), "climat");
}

#[test]
fn what_was_being_typed_is_in_the_prompt_again_above_the_search_before() {
    let (_temporary, dossier) = kept();
    let mut world = started(&dossier);
    world.press("/").write("climat").press("<enter>q/").write("ministre déten").rest();
    cut(world);
    let mut world = started(&dossier);
    world.press("C").rest();
    assert_eq!(prompt(&world), Some("ministre déten"));
    assert_eq!(world.titles().len(), 2);
    world.press("<esc>").rest();
    assert_eq!(world.app.search.source(), Some("climat"));
    assert_eq!(world.titles().len(), 1);
}

#[test]
fn a_search_of_one_document_comes_back_without_moving_the_page() {
    let (_temporary, dossier) = kept();
    let mut world = started(&dossier);
    world.press("<enter>/").write("longuem").press("<enter>nnnnn20j");
    let (title, top, at) = (world.title().to_owned(), world.top().to_owned(), world.app.match_position());
    assert_eq!(at, Some((6, 60)));
    cut(world);
    for (name, text) in LETTERS {
        let text = long(text.0, text.1).replacen("\n\n", "\n\nUn mot avant toute chose.\n\n", 1);
        add(&dossier, name, &text);
    }
    let mut world = started(&dossier);
    world.press("C").rest();
    assert_eq!((world.title(), world.top()), (title.as_str(), top.as_str()));
    assert_eq!(world.app.match_position(), at, "one is on the same match");
    world.press("<esc>/").write("seconde");
    cut(world);
    let mut world = started(&dossier);
    world.press("C").rest();
    assert_eq!(prompt(&world), Some("seconde"), "also while it is typed: {}", world.screen());
}

#[test]
fn it_is_offered_until_it_was_taken_and_the_reader_left() {
    let (_temporary, dossier) = kept();
    let mut world = started(&dossier);
    world.press("j<enter>jjj");
    cut(world);
    let offered = |world: &World| world.status().contains("C goes on");
    let mut world = started(&dossier);
    assert!(offered(&world));
    world.press("<c-z><c-l>");
    assert!(offered(&world), "nobody may have read it: {}", world.screen());
    world.press("qQ");
    let mut world = started(&dossier);
    assert!(offered(&world), "it was not taken: {}", world.screen());
    world.press("j");
    assert!(!offered(&world));
    world.press("C").rest();
    assert_eq!(world.app.panes.focus, Pane::Reader, "the command stands although the line is gone");
    world.press("C");
    assert!(world.status().contains("Nothing was cut off here."), "{}", world.screen());
    world.press("Q");
    assert!(!offered(&started(&dossier)), "it was taken");
}

#[test]
fn a_reader_that_is_cut_before_anything_was_done_forgets_nothing() {
    let (_temporary, dossier) = kept();
    cut(started(&dossier));
    let mut world = started(&dossier);
    assert!(!world.status().contains("C goes on"), "{}", world.screen());
    world.press("<enter>jjj");
    let top = world.top().to_owned();
    cut(world);
    let mut world = started(&dossier);
    world.press("?<esc>");
    cut(world);
    let mut world = started(&dossier);
    world.press("C");
    assert_eq!(world.top(), top);
    // What was gone on with is what is interrupted next.
    cut(world);
    let mut world = started(&dossier);
    world.press("C");
    assert_eq!(world.top(), top);
}

#[test]
fn a_newer_interruption_takes_the_place_of_the_one_before() {
    let (_temporary, dossier) = kept();
    for query in ["climat", "détention"] {
        let mut world = started(&dossier);
        world.press("/").write(query).press("<enter>").rest();
        cut(world);
    }
    let mut world = started(&dossier);
    world.press("C").rest();
    assert_eq!(world.app.search.source(), Some("détention"));
}

#[test]
fn a_document_that_is_gone_is_told_and_the_search_is_as_it_was() {
    let (_temporary, dossier) = kept();
    let mut world = started(&dossier);
    world.press("/").write("climat").press("<enter>").rest();
    cut(world);
    let mut world = started(&without_the_second(&dossier));
    world.press("C").rest();
    assert!(world.status().contains("“Seconde lettre” is no longer in this dossier"), "{}", world.screen());
    assert_eq!((world.app.search.source(), world.app.panes.focus), (Some("climat"), Pane::List));
}

/// The same notebook over a library that has lost a document.
fn without_the_second(before: &Dossier) -> Dossier {
    dossier(&[("a.txt", &long("Première lettre", "la détention"))]).with_notebook(before.notebook.clone())
}

#[test]
fn a_text_that_has_changed_is_told_when_its_words_are_gone() {
    let (_temporary, dossier) = kept();
    let mut world = started(&dossier);
    world.press("/").write("climat").press("<enter>").rest().press("20j");
    cut(world);
    add(&dossier, "b.txt", "Seconde lettre\n\nIl ne reste du climat que ceci.\n");
    refresh(&dossier);
    let mut world = started(&dossier);
    world.press("C").rest();
    assert!(world.status().contains("The text has changed"), "{}", world.screen());
    assert_eq!((world.title(), world.app.search.source()), ("Seconde lettre", Some("climat")));
}

#[test]
fn the_offer_says_in_french_what_was_searched_when_nothing_was_open() {
    let (_temporary, dossier) = kept();
    let narrow = Size { columns: 80, rows: 10 };
    let settings = Settings { ui_language: UiLanguage::French, ..Settings::default() };
    let mut world = World::start(dossier.again().unwrap(), settings.clone(), narrow);
    world.press("/").write("xyzzy");
    cut(world);
    let world = World::start(dossier.again().unwrap(), settings, narrow);
    let offer = world.status();
    assert!(offer.starts_with("C reprend la lecture coupée le ") && offer.contains("\u{a0}: xyzzy"), "{offer}");
}
