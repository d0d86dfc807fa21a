//! The list of the matches in a document, as a reader meets it: keys as a string, and what is then on the screen.

use lutrin::app::Overlay;

use crate::support::world::World;

const LETTER: &[(&str, &str)] = &[(
    "lettre.txt",
    "Objet : détentions\n\nLa détention de M. Massimov dure.\n\nRien de neuf.\n\nUne autre détention, sans décision de justice, \
     a été signalée ; cette détention est arbitraire.",
)];

fn rows(world: &World) -> Vec<String> {
    let screen = world.screen();
    let lines = screen.lines().skip(1).filter(|line| line.contains("étention"));
    lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// The matches that pass the filter, by their number.
fn numbers(world: &World) -> &[usize] {
    match &world.app.overlay {
        Some(Overlay::Matches(matches)) => &matches.numbers,
        _ => &[],
    }
}

#[test]
fn each_match_stands_in_its_words_and_enter_goes_there() {
    let mut world = World::open_at(60, 20, LETTER);
    world.press("/").write("détention").press("<enter>M");
    let rows = rows(&world);
    assert_eq!(rows.len(), 4, "{}", world.screen());
    assert!(rows[3].contains("cette détention est"), "{rows:?}");
    world.press("jjj<enter>");
    assert_eq!(world.app.match_position(), Some((4, 4)));
    assert!(world.app.overlay.is_none());
    world.press("<a-left>");
    assert_eq!(world.app.reader.open.as_ref().unwrap().place(), 0.into());
}

#[test]
fn matches_stand_below_each_other_in_one_column() {
    let mut world = World::open_at(60, 20, LETTER);
    world.press("/").write("détention").press("<enter>M");
    let screen = world.screen();
    let columns = screen.lines().skip(1).filter_map(|line| Some(line[..line.find("étention")?].chars().count()));
    let columns: Vec<usize> = columns.collect();
    assert_eq!(columns.len(), 4, "{screen}");
    assert!(columns.windows(2).all(|pair| pair[0] == pair[1]), "{screen}");
}

#[test]
fn letters_narrow_the_list_and_esc_gives_it_back() {
    let mut world = World::open_at(60, 20, LETTER);
    world.press("/").write("détention").press("<enter>M").write("justice");
    assert_eq!(numbers(&world), [2, 3], "{}", world.screen());
    world.press("<esc>");
    assert_eq!(numbers(&world), [0, 1, 2, 3]);
    world.press("<esc>");
    assert!(world.app.overlay.is_none());
    assert_eq!(world.app.search.source(), Some("détention"));
}

#[test]
fn the_match_one_is_on_is_chosen() {
    let mut world = World::open_at(60, 20, LETTER);
    world.press("/").write("détention").press("<enter>nnM");
    assert_eq!(world.app.overlay.as_ref().unwrap().list().selected, 2);
}

#[test]
fn without_a_search_or_a_match_it_says_what_is_missing() {
    let mut world = World::open_at(60, 20, LETTER);
    world.press("<enter>M");
    assert!(world.app.overlay.is_none());
    assert!(world.status().contains('/'), "{}", world.status());
}
