//! Names in other spellings, as a person who searches meets them.

use crate::support::world::World;

const NAMES: &[(&str, &str)] = &[
    ("a.txt", "Le président Tokaïev a ordonné l'arrestation de plusieurs opposants dans la capitale."),
    ("b.txt", "The letter was sent to President Tokayev by the organisation on the same day."),
    ("c.txt", "Президент Токаев подписал закон, и правительство немедленно опубликовало его."),
];

#[test]
fn a_name_is_found_in_its_other_spellings_which_are_named_and_can_be_dropped() {
    let mut world = World::open_at(120, 20, NAMES);
    world.press("/").write("tokaiev").rest();
    assert!(world.screen().contains("1 also tokayev (1)   2 токаев (1)"), "{}", world.screen());
    assert!(world.screen().contains("3 documents"), "{}", world.screen());
    world.press("<a-x>").rest();
    assert!(world.screen().contains("also токаев (1)"), "{}", world.screen());
    assert!(world.screen().contains("2 documents"), "{}", world.screen());
    world.press("<a-v>").rest();
    assert!(!world.screen().contains("also "), "{}", world.screen());
    assert!(world.screen().contains("1 document · 1 match"), "{}", world.screen());
    world.press("<a-v>").rest();
    assert!(world.screen().contains("3 documents"), "{}", world.screen());
}

#[test]
fn a_narrow_window_names_them_while_one_types_and_then_says_how_many_there_are() {
    let mut world = World::open_at(40, 10, NAMES);
    world.press("/").write("tokaiev").rest();
    assert!(world.screen().contains("1 also tokayev (1)   2 токаев (1)"), "{}", world.screen());
    world.press("<enter>").rest();
    assert!(world.screen().contains("+2 spellings"), "{}", world.screen());
}

#[test]
fn other_spellings_are_painted_like_the_one_that_was_typed() {
    let mut world = World::open_at(120, 20, NAMES);
    world.press("/").write("токаев").press("<enter>").rest();
    assert!(world.screen().contains("match 1/1 · document 1/3"), "{}", world.screen());
    world.press("n").rest();
    assert!(world.screen().contains("document 2/3"), "{}", world.screen());
}

#[test]
fn what_stands_in_quotes_is_found_as_it_was_typed() {
    let mut world = World::open_at(120, 20, NAMES);
    world.press("/").write("\"Tokaïev\"").rest();
    assert!(world.screen().contains("1 document · 1 match"), "{}", world.screen());
}

#[test]
fn a_zero_says_what_would_be_found_with_less() {
    let mut world = World::open_at(80, 24, NAMES);
    world.press("/").write("\"arrestation opposants\" capitale").rest();
    let screen = world.screen();
    for words in ["anywhere, in any form: 1 document", "without “arrestation opposants”: 1 document"] {
        assert!(screen.contains(words), "{words}: {screen}");
    }
    world.press("<c-u>").write("oposants ").rest();
    assert!(world.screen().contains("oposants~ with a slip of"), "{}", world.screen());
    world.press("<c-u>").write("opposants ").rest();
    assert!(!world.screen().contains("with a slip"), "{}", world.screen());
}

#[test]
fn one_document_is_searched_for_other_spellings_too() {
    let both =
        [("a.txt", "Le président Tokaïev est arrivé. Le communiqué anglais écrit Tokayev, et personne ne le corrige.")];
    let mut world = World::open_at(120, 20, &both);
    world.press("<enter>/").write("tokaiev").press("<enter>").rest();
    assert!(world.screen().contains("also tokayev (1)") && world.screen().contains("match 1/2"), "{}", world.screen());
    world.press("<a-x>").rest();
    assert!(world.screen().contains("match 1/1"), "{}", world.screen());
}

#[test]
fn words_that_stand_without_a_capital_are_no_names() {
    let mut world = World::open_at(
        120,
        20,
        &[
            ("a.txt", "Le Premier ministre hongrois Orban a parlé devant le ministre et les ministres."),
            ("b.txt", "The urban minister spoke about urban planning; Urban planning is for the minister."),
            ("c.txt", "About urban areas, and what is urban: the urban question."),
        ],
    );
    world.press("/").write("orban").rest();
    assert!(!world.screen().contains("also "), "{}", world.screen());
    world.press("<c-u>").write("ministre").rest();
    assert!(!world.screen().contains("also "), "{}", world.screen());
}

#[test]
fn a_word_with_other_accents_than_the_name_has_is_another_word() {
    let mut world = World::open_at(
        120,
        20,
        &[
            ("a.txt", "Le président Poutine a parlé."),
            ("b.txt", "President Putin spoke. PUTIN HAS SPOKEN."),
            ("c.txt", "Învățământul trebuie să fie gratuit, cel puțin cel elementar."),
        ],
    );
    world.press("/").write("poutine").rest();
    assert!(world.screen().contains("also putin (1)"), "{}", world.screen());
    assert!(world.screen().contains("2 documents · 3 matches"), "{}", world.screen());
}

#[test]
fn what_was_left_out_of_one_search_is_not_left_out_of_the_next() {
    let mut world = World::open_at(120, 20, NAMES);
    world.press("/").write("tokaiev").rest();
    world.press("<a-x><enter>").rest();
    assert!(world.screen().contains("2 documents"), "{}", world.screen());
    world.press("/").write("x").press("<esc>").rest();
    assert!(world.screen().contains("2 documents"), "Esc gives the search back as it was: {}", world.screen());
    world.press("<esc>q/").write("tokaiev").press("<enter>").rest();
    assert!(world.screen().contains("3 documents"), "{}", world.screen());
    world.press("<a-v>q/").write("tokaiev").press("<enter>").rest();
    assert!(world.screen().contains("3 documents"), "{}", world.screen());
}

#[test]
fn other_spellings_bring_no_new_documents() {
    let mut world = World::open_at(120, 20, NAMES);
    world.press("/").write("tokaiev").press("<enter><a-v><a-v>").rest();
    assert!(world.screen().contains("3 documents"), "{}", world.screen());
    assert!(!world.screen().contains("new"), "{}", world.screen());
}

#[test]
fn half_a_word_that_is_accepted_is_said_to_be_a_beginning() {
    let mut world = World::open_at(120, 20, NAMES);
    world.press("/").write("arrestat").press("<enter>").rest();
    assert_eq!(world.app.search.source(), Some("arrestat*"));
    assert!(world.screen().contains("1 document"), "{}", world.screen());
    world.press("q/").write("zzzz").press("<enter>").rest();
    assert_eq!(world.app.search.source(), Some("zzzz"));
}

#[test]
fn a_part_that_is_not_understood_is_never_dropped_in_silence() {
    let mut world = World::open_at(120, 20, NAMES);
    world.press("/").write("tokaiev date:abc").press("<enter>").rest();
    assert_eq!(world.app.list.len(), 0, "{}", world.screen());
    assert!(world.status().contains("not a date"), "{}", world.status());
    let advice = world.app.search.advice(&world.app.catalogue).join(" ");
    assert!(advice.contains("without “date:abc”: 3 documents"), "{advice}");
}
