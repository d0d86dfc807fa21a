//! The bar of the list and the text beside it are one document, whatever changed the list; or the screen says that the open
//! document is not in this list.

use lutrin::app::{Effect, Pane};
use lutrin::request::{Reply, Request};
use proptest::prelude::*;
use proptest::sample::select;

use crate::support::world::{World, add};

const DOSSIER: &[(&str, &str)] = &[
    ("2019/a.txt", "Lettre sur la torture\n\nParis, le 3 mars 2019\n\nLa torture est interdite partout.\n"),
    ("2019/b.txt", "Note sur les prisons\n\nLe 5 mai 2019\n\nLes prisons sont pleines ; la torture y est niée.\n"),
    ("2020/c.txt", "Question des opposants\n\nLe 6 juin 2020\n\nLes opposants sont libres.\n"),
    ("2021/d.txt", "Rapport annuel\n\nLe 7 juillet 2021\n\nLa commission examine la torture et les prisons.\n"),
];

const STEPS: &[&str] = &[
    "j",
    "k",
    "J",
    "K",
    "<enter>",
    "<esc>",
    "<tab>",
    "<s-tab>",
    "s",
    "n",
    "N",
    "z",
    "i",
    "G",
    "gg",
    "/torture<enter>",
    "/prisons<enter>",
    "/zzz<enter>",
    "/tor",
    "<a-f>j<enter><esc>",
    "<a-f>jj<enter><enter><esc>",
    "<a-f>jjj<enter><esc>",
    "<a-s>x<enter>",
    "S<enter>",
    "<a-n>",
    "&prisons<enter>",
    "=",
    "R",
    "x",
    "ma",
    "'a",
    "<a-left>",
    "<a-right>",
    ":sort<enter>",
];

/// What is wrong with a screen at rest: the row with the bar is of another document than the text, or nothing says that
/// the text is of none of the list's.
fn parted(world: &World) -> Option<String> {
    let app = &world.app;
    let open = app.reader.open.as_ref().filter(|_| app.shows_text())?.opened.key;
    let barred = app.bar().and_then(|row| app.list.key(row));
    let listed = app.list.position(open).is_some();
    let together = if listed { barred == Some(open) } else { barred.is_none() && app.is_not_listed() };
    (!together).then(|| format!("bar {barred:?}, text {open:?}, listed {listed}"))
}

#[test]
fn a_filter_that_leaves_the_open_document_out_opens_the_chosen_one() {
    let mut world = World::open_at(120, 30, DOSSIER);
    world.press("/torture<enter>").rest();
    assert_eq!(world.app.panes.focus, Pane::Reader);
    let before = world.title().to_owned();
    world.press("<a-f>").rest();
    world.write("2021").press("<enter><esc>").rest();
    if world.titles().iter().all(|title| *title != before) {
        assert_eq!(world.titles()[0], world.title());
        world.press("<a-left>").rest();
        assert_eq!(world.title(), before, "the way back is kept");
    }
    assert_eq!(parted(&world), None, "{}", world.screen());
}

#[test]
fn a_document_that_no_search_finds_is_called_not_in_this_list() {
    let mut world = World::open_at(120, 30, DOSSIER);
    world.press("/zzz<enter>").rest();
    assert!(world.status().contains("not in this list"), "{}", world.screen());
    assert_eq!(world.app.bar(), None);
}

#[test]
fn one_pane_says_the_place_of_what_it_shows() {
    let mut world = World::open_at(40, 10, DOSSIER);
    world.press("G<enter>").rest();
    world.press("q").rest();
    world.press("/torture").rest();
    assert!(world.status().contains("1/3"), "{}", world.screen());
}

#[test]
fn the_bar_follows_a_change_of_the_library_or_the_order() {
    let mut world = World::open_at(120, 30, DOSSIER);
    world.press("/torture<enter>").rest().press("<tab><tab>").rest();
    add(&world.dossier, "2022/e.txt", "Lettre nouvelle\n\nLe 8 août 2022\n\nLa torture encore.\n");
    world.press("s").rest();
    assert_eq!(parted(&world), None, "{}", world.screen());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn bar_and_text_are_one_document_after_any_keys(
        size in select(vec![(120, 30), (80, 24), (200, 50), (40, 10)]),
        steps in prop::collection::vec(select(STEPS), 1..14),
    ) {
        let mut world = World::open_at(size.0, size.1, DOSSIER);
        for (at, step) in steps.iter().enumerate() {
            world.press(step).rest().rest();
            if world.app.leaving {
                break;
            }
            if let Some(wrong) = parted(&world) {
                prop_assert!(false, "after {:?}: {}\n{}", &steps[..=at], wrong, world.screen());
            }
        }
    }
}

/// Presses a key until it opens another document, which turns out to be gone.
fn press_and_find_gone(world: &mut World, key: &str) {
    let asked = |effects: &[Effect]| {
        effects.iter().rev().find_map(|effect| match effect {
            Effect::Ask(Request::Load { generation, .. }) => Some(*generation),
            _ => None,
        })
    };
    for _ in 0..9 {
        let effects = world.press_unanswered(key);
        if let Some(generation) = asked(&effects) {
            return world.reply(Reply::Gone { generation });
        }
        world.answer(effects);
    }
    panic!("{key} opens nothing");
}

#[test]
fn a_document_that_is_gone_is_said_once_and_passed_over() {
    let mut world = World::open_at(120, 30, DOSSIER);
    let titles = world.titles();
    world.press("<enter>").rest();
    assert_eq!(world.title(), titles[0]);
    press_and_find_gone(&mut world, "J");
    world.rest();
    assert_eq!(world.title(), titles[2]);
    assert!(world.status().contains("not in the library any more"), "{}", world.screen());
    press_and_find_gone(&mut world, "K");
    world.rest();
    assert_eq!(world.title(), titles[0]);
    world.press("q/torture<enter>").rest();
    let hits = world.titles();
    press_and_find_gone(&mut world, "n");
    world.rest();
    assert_eq!(world.title(), hits[2], "{}", world.screen());
    assert_eq!(parted(&world), None, "{}", world.screen());
}

#[test]
fn what_another_process_wrote_renews_the_list() {
    let mut world = World::open_at(120, 30, DOSSIER);
    world.press("/nouvelle<enter>").rest();
    assert!(world.status().contains("Nothing matches"), "{}", world.screen());
    add(&world.dossier, "2022/e.txt", "Lettre nouvelle\n\nLe 8 août 2022\n\nLa torture encore.\n");
    let status = world.app.library.clone();
    world.reply(Reply::LibraryRenewed(status));
    world.rest();
    assert_eq!(world.titles(), ["Lettre nouvelle"]);
    assert!(!world.screen().contains("Nothing matches"), "{}", world.screen());
}
