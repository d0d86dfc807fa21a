//! What the last line and the prompt say, and when: nothing is called done before it is done, and no answer is called a
//! zero before it has come.

use std::time::Duration;

use lutrin::app::{Effect, Event};
use lutrin::document::{DocumentKey, Locator};
use lutrin::locale::Message;
use lutrin::request::{Reply, Request};

use crate::support::world::World;

const LETTERS: &[(&str, &str)] = &[
    ("a.txt", "Première lettre ouverte\n\nLe ministre répond longuement sur la détention arbitraire.\n"),
    ("b.txt", "Deuxième lettre ouverte\n\nUne lettre parle de la détention des opposants.\n"),
];

fn first_line(world: &World) -> String {
    world.screen().lines().next().unwrap_or_default().to_owned()
}

fn pass(world: &mut World, milliseconds: u64) {
    let now = world.app.clock + Duration::from_millis(milliseconds);
    world.dispatch(Event::Clock(now));
}

#[test]
fn a_mark_is_called_set_only_once_it_is_kept() {
    let mut world = World::open(LETTERS);
    world.press("<enter>");
    let effects = world.press_unanswered("ma");
    assert!(!world.status().contains("Mark a"), "{}", world.status());
    world.answer(effects);
    assert!(world.status().contains("Mark a is set until you leave"), "{}", world.status());
    world.reply(Reply::MarkKept { name: 'b', forgotten: false });
    world.press("j");
    assert!(world.status().contains("Mark b is set."), "{}", world.status());
}

#[test]
fn what_was_not_kept_is_said_at_once_stays_for_keys_on_their_way_and_is_kept_for_leaving() {
    let mut world = World::open(LETTERS);
    world.press("<enter>n");
    assert!(world.app.notices.shown.is_some());
    let locator = Locator { offset: 0, before: String::new(), after: String::new() };
    let request = Request::KeepMark { name: 'a', key: DocumentKey(1), locator };
    let failed = Reply::Failed { request: Box::new(request), message: Message::new("worker-failed") };
    let unkept = failed.unkept().expect("a mark was not kept");
    world.reply(failed.clone());
    assert!(world.status().contains("Mark a was not kept. "), "{}", world.status());
    world.press("jjn");
    assert!(world.status().contains("Mark a was not kept"), "{}", world.status());
    pass(&mut world, 1600);
    world.press("j");
    assert!(!world.status().contains("Mark a was not kept"), "{}", world.status());
    world.reply(failed);
    assert_eq!(world.app.notices.unkept, [unkept], "once");
}

#[test]
fn a_text_too_long_for_the_clipboard_is_never_called_copied() {
    let long = format!("Titre du document\n\n{}\n", "La commission examine le rapport annuel. ".repeat(3000));
    let mut world = World::open(&[("long.txt", &long)]);
    world.press("<enter>vGy");
    assert!(world.status().contains("too long for the clipboard"), "{}", world.status());
    world.press("j");
    assert!(!world.screen().contains("copied"), "{}", world.screen());
    world.press("y");
    assert!(world.status().contains("too long") || world.status().contains("copied"), "{}", world.status());
}

#[test]
fn a_search_that_still_runs_is_never_called_a_zero() {
    let mut world = World::open_at(100, 24, LETTERS);
    world.press("<enter>");
    let effects = world.press_unanswered("/détention<enter>");
    assert!(!first_line(&world).contains("nothing found"), "{}", world.screen());
    pass(&mut world, 250);
    assert!(first_line(&world).contains("Searching"), "{}", world.screen());
    let _no_effect = world.press_unanswered("n");
    assert!(world.status().contains("Searching"), "{}", world.screen());
    pass(&mut world, 60_000);
    assert!(first_line(&world).contains("Searching") && !world.screen().contains("No match"), "{}", world.screen());
    world.answer(effects);
    assert!(first_line(&world).contains("1 match"), "{}", world.screen());
    assert!(!world.screen().contains("Searching"), "{}", world.screen());
}

#[test]
fn a_search_of_the_dossier_that_still_runs_says_so() {
    let mut world = World::open_at(100, 24, LETTERS);
    world.press("/zzz<enter>").rest();
    assert!(first_line(&world).contains("nothing found"), "{}", world.screen());
    let effects = world.press_unanswered("/détention");
    assert!(!first_line(&world).contains("nothing found"), "{}", world.screen());
    pass(&mut world, 250);
    assert!(first_line(&world).contains("Searching"), "{}", world.screen());
    world.answer(effects);
    assert!(first_line(&world).contains("2 documents"), "{}", world.screen());
}

#[test]
fn steps_from_match_to_match_wait_for_the_answer_as_if_typed_slowly() {
    let screens = [true, false].map(|quick| {
        let mut world = World::open_at(100, 24, LETTERS);
        if quick {
            let effects = world.press_unanswered("/détention<enter>nn");
            world.answer(effects);
        } else {
            world.press("/détention<enter>").rest().press("n").rest().press("n");
        }
        world.rest();
        world.screen()
    });
    assert_eq!(screens[0], screens[1]);
}

#[test]
fn a_search_that_failed_is_not_called_a_zero() {
    let mut world = World::open_at(100, 24, LETTERS);
    world.press("<enter>");
    let effects = world.press_unanswered("/détention");
    let find = effects.iter().rev().find_map(|effect| match effect {
        Effect::Ask(request @ Request::Find { .. }) => Some(request.clone()),
        _ => None,
    });
    world.reply(Reply::Failed { request: Box::new(find.unwrap()), message: Message::new("worker-failed") });
    pass(&mut world, 500);
    assert!(first_line(&world).contains("not searched"), "{}", world.screen());
}

#[test]
fn a_saved_search_is_called_forgotten_only_once_it_is_gone() {
    let mut world = World::open_at(100, 24, LETTERS);
    world.press("/détention<enter><a-s><enter>").rest();
    world.press("S").rest();
    let effects = world.press_unanswered("xx");
    assert!(!world.status().contains("Forgotten"), "{}", world.screen());
    world.answer(effects);
    assert!(world.status().contains("Forgotten"), "{}", world.screen());
}
