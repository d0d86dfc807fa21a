//! Journeys: keys as a string through the real state machine and the real drawing. What a person does, and what is then
//! on the screen.

use lutrin::app::{Effect, Event, MouseAction, Pane, Settings, Size, update};
use lutrin::command::{Mode, parse_keys};
use lutrin::locale::Message;
use lutrin::notebook::Notebook;
use lutrin::request::{LibraryStatus, Reply, Request};

use crate::support::world::{World, add, dossier};

/// Three documents; « torture » stands in two of them, twice and once.
const DOSSIER: &[(&str, &str)] = &[
    (
        "a.md",
        "# Alerte\n\n## Texte de la question\n\nLa torture est dénoncée par les défenseurs des droits de l'homme.\n\n\
         ## Texte de la réponse\n\nLe Gouvernement condamne la torture et les mauvais traitements.\n",
    ),
    ("b.md", "# Budget\n\nLes crédits de la mission sont stables. L'œuvre commune se poursuit.\n"),
    (
        "c.md",
        "# Convention\n\nLa convention contre la torture lie les États parties. Chacun d'eux prend des mesures législatives, \
         administratives et judiciaires, forme ses agents, révise ses règles d'interrogatoire, mène des enquêtes \
         impartiales, entend les plaignants, répare les dommages et rend compte de ce qu'il a fait devant un comité \
         d'experts indépendants.\n",
    ),
];

/// A long document whose every paragraph says which it is.
fn long() -> String {
    let paragraphs = (1..=200).map(|number| format!("Paragraphe {number} du rapport annuel de la commission.\n\n"));
    paragraphs.collect::<Vec<_>>().concat()
}

#[test]
fn a_search_of_the_dossier_keeps_what_matches_and_counts_it() {
    let mut world = World::open(DOSSIER);
    world.press("/torture");
    assert_eq!(world.titles(), ["Alerte", "Convention"]);
    assert!(world.screen().contains("2 documents · 3 matches"), "{}", world.screen());
}

#[test]
fn the_list_follows_every_key_and_the_reader_follows_when_typing_rests() {
    let mut world = World::open(DOSSIER);
    world.press("/conv");
    assert_eq!(world.titles(), ["Convention"]);
    assert_eq!(world.title(), "Alerte", "the reader waits");
    world.rest();
    assert_eq!((world.title(), world.current_match()), ("Convention", "Convention"));
}

#[test]
fn enter_opens_the_hit_at_its_first_match_and_n_goes_through_it_and_on() {
    let mut world = World::open(DOSSIER);
    world.press("/torture<enter>");
    assert_eq!(world.app.panes.focus, Pane::Reader);
    assert!(world.status().contains("match 1/2 · document 1/2"), "{}", world.status());
    world.press("n");
    assert!(world.status().contains("match 2/2 · document 1/2"), "{}", world.status());
    world.press("n");
    assert_eq!(world.title(), "Convention");
    assert!(world.status().contains("match 1/1 · document 2/2"), "{}", world.status());
    world.press("N");
    assert_eq!(world.title(), "Alerte");
    assert!(world.status().contains("match 2/2"), "{}", world.status());
}

#[test]
fn after_the_last_match_of_the_last_document_comes_the_first_and_it_is_said() {
    let mut world = World::open(DOSSIER);
    world.press("/torture<enter>nnn");
    assert_eq!(world.title(), "Alerte");
    world.press("N");
    assert!(world.status().contains("At the last document"), "{}", world.status());
}

#[test]
fn n_with_a_count_goes_that_many_matches() {
    let mut world = World::open(&[("a.txt", &"torture et paix. ".repeat(30))]);
    world.press("/torture<enter>7n");
    assert!(world.status().contains("match 8/30"), "{}", world.status());
}

#[test]
fn q_leaves_the_reader_for_the_list_and_the_list_for_the_shell_with_the_query_kept() {
    let mut world = World::open(DOSSIER);
    world.press("/torture<enter>q");
    assert_eq!(world.app.mode(), Mode::List);
    assert_eq!(world.titles().len(), 2);
    assert_eq!(world.outside, []);
    world.press("q");
    assert_eq!(world.outside, [Effect::Leave]);
}

#[test]
fn esc_in_the_prompt_brings_back_where_one_was_and_never_leaves() {
    let mut world = World::open(DOSSIER);
    world.press("j").rest();
    assert_eq!(world.title(), "Budget");
    world.press("/torture").rest();
    assert_eq!(world.title(), "Alerte");
    world.press("<esc>").rest();
    assert_eq!((world.title(), world.titles().len()), ("Budget", 3));
    world.press("<esc><esc><esc>");
    assert_eq!(world.outside, []);
}

#[test]
fn esc_after_a_search_forgets_it_and_the_list_is_whole_again() {
    let mut world = World::open(DOSSIER);
    world.press("/torture<enter><esc>");
    assert_eq!(world.titles().len(), 3);
    assert!(!world.status().contains("match"), "{}", world.status());
}

#[test]
fn a_slash_in_the_reader_searches_this_document_and_n_stays_in_it() {
    let mut world = World::open(DOSSIER);
    world.press("<enter>/torture<enter>");
    assert_eq!(world.titles().len(), 3, "the list stays whole");
    assert!(world.status().contains("match 1/2"), "{}", world.status());
    world.press("nn");
    assert_eq!(world.title(), "Alerte");
    assert!(world.status().contains("Back at the first match"), "{}", world.status());
}

#[test]
fn after_a_search_of_the_document_esc_goes_back_to_the_search_of_the_dossier() {
    let mut world = World::open(DOSSIER);
    world.press("/torture<enter>/gouvernement<enter>");
    assert_eq!(world.current_match(), "Gouvernement");
    world.press("<esc>n");
    assert_eq!(world.current_match(), "torture");
}

#[test]
fn the_last_word_is_a_prefix_while_it_is_typed_and_a_whole_word_once_accepted() {
    let mut world = World::open(&[("a.txt", "Le col."), ("b.txt", "La colère.")]);
    world.press("/col");
    assert_eq!(world.titles().len(), 2);
    world.press("<enter>");
    assert_eq!(world.titles(), ["Le col."]);
}

#[test]
fn half_a_word_accepted_keeps_what_was_on_the_screen() {
    let mut world = World::open(DOSSIER);
    world.press("/tortu<enter>");
    assert_eq!((world.titles().len(), world.title()), (2, "Alerte"));
}

#[test]
fn with_searching_while_typing_off_only_enter_searches() {
    let settings = Settings { search_while_typing: false, ..Settings::default() };
    let mut world = World::start(dossier(DOSSIER), settings, Size { columns: 80, rows: 24 });
    world.press("/torture").rest();
    assert_eq!(world.titles().len(), 3);
    world.press("<enter>");
    assert_eq!((world.titles().len(), world.current_match()), (2, "torture"));
}

#[test]
fn the_wheel_scrolls_what_it_is_over_and_a_click_chooses() {
    let text = long();
    let mut world = World::open_at(120, 30, &[("a.txt", &text), ("b.md", DOSSIER[1].1), ("c.md", DOSSIER[2].1)]);
    assert_eq!(world.title(), "Budget");
    world.dispatch(Event::Mouse(MouseAction::Click, 3, 8));
    world.rest();
    assert_eq!(
        (world.title(), world.app.panes.focus),
        ("Paragraphe 1 du rapport annuel de la commission.", Pane::List)
    );
    world.dispatch(Event::Mouse(MouseAction::WheelDown, 60, 10));
    assert!(world.top().contains("Paragraphe 3 "), "{}", world.top());
    world.dispatch(Event::Mouse(MouseAction::WheelUp, 3, 8));
    assert_eq!(world.app.list.selected(), 0);
}

#[test]
fn the_hit_chosen_with_the_arrows_is_the_one_that_is_opened() {
    let mut world = World::open(DOSSIER);
    world.press("/torture<down><enter>");
    assert_eq!(world.title(), "Convention");
    assert!(world.status().contains("document 2/2"), "{}", world.status());
}

#[test]
fn a_query_that_finds_nothing_says_so_and_keeps_the_program_usable() {
    let mut world = World::open(DOSSIER);
    world.press("/xyzzy<enter>");
    assert!(world.screen().contains("Nothing matches “xyzzy”"), "{}", world.screen());
    world.press("n<esc>");
    assert_eq!(world.titles().len(), 3);
}

#[test]
fn a_query_without_a_word_says_why_it_finds_nothing() {
    let mut world = World::open(DOSSIER);
    world.press("/").write("?!");
    assert!(world.status().contains("has no letter or digit"), "{}", world.status());
    world.press("<esc>");
    assert_eq!(world.titles().len(), 3);
}

#[test]
fn a_search_that_fails_is_said_and_no_longer_waited_for() {
    let mut world = World::open(DOSSIER);
    world.press("/torture");
    let generation = world.app.list.generation;
    let failed = Request::List { generation, sort: lutrin::search::Sort::Date };
    world.reply(Reply::Failed { request: Box::new(failed), message: Message::new("worker-failed") });
    assert_eq!(world.app.search.dossier.as_ref().unwrap().outcome, lutrin::app::Outcome::Failed);
    world.press("<enter>");
    assert_eq!(world.title(), "Alerte");
}

#[test]
fn queries_come_back_with_ctrl_p() {
    let mut world = World::open(DOSSIER);
    world.press("/torture<enter>q/budget<enter>q/<c-p><c-p>");
    assert_eq!(world.titles(), ["Alerte", "Convention"]);
}

#[test]
fn accents_case_apostrophes_ligatures_and_elisions_do_not_matter() {
    let mut world = World::open(DOSSIER);
    for (typed, expected) in [
        ("oeuvre", vec!["Budget"]),
        ("HOMME", vec!["Alerte"]),
        ("denoncee", vec!["Alerte"]),
        ("\"droits de l’homme\"", vec!["Alerte"]),
        ("\"droits de l'homme\"", vec!["Alerte"]),
    ] {
        world.press("/").write(typed);
        assert_eq!(world.titles(), expected, "{typed}");
        world.press("<esc>");
    }
}

#[test]
fn a_resize_there_and_back_shows_the_same_screen() {
    let text = long();
    let mut world = World::open(&[("long.txt", &text)]);
    for keys in ["gg", "j", "j", "50gg", "j", "G", "k"] {
        world.press(keys).rest();
        let before = world.screen();
        for (columns, rows) in [(40, 10), (200, 50), (20, 5), (1, 1), (110, 20), (80, 24)] {
            world.resize(columns, rows);
        }
        assert_eq!(world.screen(), before, "after {keys}");
    }
}

#[test]
fn lines_pages_and_ends_are_reached_with_the_keys_of_vim_and_less() {
    let text = long();
    let mut world = World::open(&[("long.txt", &text)]);
    world.press("<enter>");
    let mut seen = Vec::new();
    for keys in ["3j", "<space>", "b", "<c-d>", "u", "G", "gg", "<end>", "<home>", "k"] {
        world.press(keys);
        seen.push(world.top().split_whitespace().nth(1).unwrap_or_default().to_owned());
    }
    assert_eq!(seen, ["3", "13", "3", "8", "3", "190", "1", "190", "1", "1"]);
}

#[test]
fn a_lone_g_goes_to_the_top_after_a_pause() {
    let text = long();
    let mut world = World::open(&[("long.txt", &text)]);
    world.press("<enter>Gg");
    assert!(world.top().contains("190"), "{}", world.top());
    world.rest();
    assert!(world.top().contains("Paragraphe 1 "), "{}", world.top());
}

#[test]
fn marks_and_jumps_lead_back() {
    let text = long();
    let mut world = World::open(&[("long.txt", &text)]);
    world.press("<enter>10jmaG'a");
    let marked = world.top().to_owned();
    world.press("gg''");
    assert_eq!(world.top(), marked);
    world.press("G<c-o>");
    assert_eq!(world.top(), marked);
    world.press("'z");
    assert!(world.status().contains("no mark z"), "{}", world.status());
}

#[test]
fn the_outline_leads_to_a_section_and_esc_leaves_everything_as_it_was() {
    let text = long().replace("Paragraphe 100 ", "# Cent\n\nParagraphe 100 ");
    let mut world = World::open(&[("long.md", &text)]);
    let before = world.screen();
    world.press("o");
    assert!(world.screen().contains("Outline"), "{}", world.screen());
    world.press("<esc>");
    assert_eq!(world.screen(), before);
    world.press("o<enter>");
    assert_eq!(world.top(), "Cent");
}

#[test]
fn sections_are_reached_by_brackets_and_by_alt_arrows() {
    let mut world = World::open_at(80, 16, &[("a.md", &format!("# Un\n\n{0}# Deux\n\n{0}# Trois\n\n{0}", long()))]);
    world.press("<enter>]]");
    assert_eq!(world.top(), "Deux");
    world.press("<a-down>");
    assert_eq!(world.top(), "Trois");
    world.press("{");
    assert_eq!(world.top(), "Deux");
}

#[test]
fn help_lists_what_keys_do_and_its_filter_narrows_it() {
    let mut world = World::open(DOSSIER);
    world.press("?");
    assert!(world.screen().contains("Help"), "{}", world.screen());
    world.press("/outline");
    let screen = world.screen();
    assert!(screen.contains("Open the outline."), "{screen}");
    assert!(!screen.contains("Go one page down."), "{screen}");
    world.press("<esc>");
    assert!(world.app.overlay.is_none());
}

#[test]
fn the_palette_finds_a_command_by_a_few_letters_and_runs_it() {
    let mut world = World::open(DOSSIER);
    world.press(":mouse<enter>");
    assert_eq!(world.outside, [Effect::SetMouse(true)]);
    world.press(":theme").write(" mono").press("<enter>");
    assert_eq!(world.app.settings.theme, "mono");
    world.press(":qzx<enter>");
    assert!(world.status().contains("no command"), "{}", world.status());
}

#[test]
fn the_interface_changes_its_language_without_reading_anything_again() {
    let mut world = World::open(DOSSIER);
    world.press("/torture<enter>:language").write(" fr").press("<enter>j");
    assert!(world.status().contains("occurrence 1/2 · document 1/2"), "{}", world.status());
}

#[test]
fn a_selection_is_copied_as_it_stands_in_the_text() {
    let mut world = World::open(&[("a.txt", "Le Parlement européen adopte.")]);
    world.press("<enter>vwwy");
    assert_eq!(world.outside, [Effect::Copy("Le Parlement e".to_owned())]);
    world.outside.clear();
    world.press("y");
    assert_eq!(world.outside, [Effect::Copy("Le Parlement européen adopte.".to_owned())]);
}

#[test]
fn next_and_previous_document_stay_in_the_reader() {
    let mut world = World::open(DOSSIER);
    world.press("<enter>J");
    assert_eq!((world.title(), world.app.panes.focus), ("Budget", Pane::Reader));
    world.press("K");
    assert_eq!(world.title(), "Alerte");
    world.press("K");
    assert!(world.status().contains("first document"), "{}", world.status());
}

#[test]
fn a_search_of_the_document_is_kept_in_the_next_one_when_nothing_else_was_searched() {
    let mut world = World::open(DOSSIER);
    world.press("<enter>/torture<enter>JJ");
    assert_eq!((world.title(), world.current_match()), ("Convention", "torture"));
    world.press("n");
    assert!(world.status().contains("Back at the first match"), "{}", world.status());
}

#[test]
fn a_search_of_the_document_accepted_stays_at_the_match_that_was_shown_while_typing() {
    let mut world = World::open(&[("a.txt", &long())]);
    world.press("50G/commission");
    let shown = world.app.match_position();
    assert!(shown > Some((90, 200)), "{shown:?}");
    world.press("<enter>");
    assert_eq!(world.app.match_position(), shown);
}

#[test]
fn half_a_word_accepted_in_a_document_keeps_what_was_on_the_screen() {
    let mut world = World::open(DOSSIER);
    world.press("<enter>/tortu<enter>");
    assert!(world.status().contains("match 1/2"), "{}", world.status());
    let first = world.screen().lines().next().map(str::to_owned);
    assert!(first.as_deref().is_some_and(|line| line.contains("2 matches") && !line.contains("document")), "{first:?}");
    assert_eq!(world.app.search.source(), Some("tortu*"), "a star says that it is a beginning");
    world.press("/zzyx<enter>");
    assert_eq!(world.app.search.source(), Some("zzyx"), "what is nowhere stays as it was typed");
}

#[test]
fn down_in_the_prompt_of_a_document_goes_to_its_next_match_and_not_to_another_document() {
    let mut world = World::open(DOSSIER);
    world.press("<enter>/torture<down>");
    assert_eq!(world.title(), "Alerte");
    assert!(world.status().contains("match 2/2"), "{}", world.status());
    world.press("<enter>");
    assert!(world.status().contains("match 2/2"), "{}", world.status());
}

#[test]
fn messages_that_come_together_are_shown_one_after_the_other() {
    let mut world = World::open(DOSSIER);
    for id in ["search-no-match", "search-cleared"] {
        world.dispatch(Event::Said(Message::new(id)));
    }
    assert!(world.status().contains("No match in this document."), "{}", world.status());
    world.press("j");
    assert!(world.status().contains("The search is forgotten."), "{}", world.status());
    world.press("j");
    assert!(!world.status().contains("forgotten"), "{}", world.status());
}

#[test]
fn a_long_section_name_does_not_push_out_how_far_one_is() {
    let title = "Observations de la commission des affaires étrangères et européennes sur le projet de règlement";
    let mut world = World::open_at(40, 10, &[("a.md", &format!("# {title}\n\n{}", long()))]);
    world.press("G");
    assert!(world.status().contains("… · 100%"), "{}", world.status());
}

#[test]
fn help_calls_keys_by_what_stands_on_them() {
    let mut world = World::open(DOSSIER);
    world.press("?");
    assert!(world.screen().contains("j ↓") && !world.screen().contains("<down>"), "{}", world.screen());
}

#[test]
fn the_original_is_shown_at_the_same_place_and_r_comes_back() {
    let text = format!("# Titre\n\n{}", long().replace("Paragraphe 80 ", "**Paragraphe** 80 "));
    let mut world = World::open(&[("a.md", &text)]);
    world.press("<enter>/").write("80").press("<enter>R");
    assert!(world.screen().contains("**Paragraphe** 80"), "{}", world.screen());
    world.press("R");
    assert!(world.screen().contains("Paragraphe 80"), "{}", world.screen());
    assert!(!world.screen().contains("**"), "{}", world.screen());
}

#[test]
fn hits_grow_while_indexing_and_the_chosen_document_stays_chosen() {
    let mut world = World::open(DOSSIER);
    world.press("/torture<enter>q<down>").rest();
    assert_eq!(world.title(), "Convention");
    add(&world.dossier, "d.md", "# Déclaration\n\nContre la torture, la torture et la torture.\n");
    world.reply(Reply::LibraryChanged(LibraryStatus { documents: 4, ..LibraryStatus::default() }));
    assert_eq!(world.titles().len(), 3);
    assert_eq!(world.app.list.selected_key(), world.app.reader.open.as_ref().map(|reading| reading.opened.key));
}

#[test]
fn once_a_hit_is_open_the_order_stands_still_and_new_hits_are_announced() {
    let mut world = World::open(DOSSIER);
    world.press("/torture<enter>");
    let before = world.titles();
    add(&world.dossier, "d.md", "# Déclaration\n\nContre la torture, la torture et la torture.\n");
    world.reply(Reply::LibraryChanged(LibraryStatus { documents: 4, ..LibraryStatus::default() }));
    assert_eq!(world.titles()[..2], before[..]);
    assert!(world.screen().contains("+1 new"), "{}", world.screen());
}

#[test]
fn a_late_answer_to_an_older_question_changes_nothing() {
    let mut world = World::open(DOSSIER);
    let mut effects = Vec::new();
    for key in lutrin::command::parse_keys("/torture").unwrap() {
        effects.extend(lutrin::app::update(&mut world.app, Event::Key(key)).0);
    }
    let stale =
        effects.iter().find(|effect| matches!(effect, Effect::Ask(Request::Search { source, .. }) if source == "t"));
    let Some(Effect::Ask(stale)) = stale else { panic!("{effects:?}") };
    let late = world.dossier.answer(stale, &lutrin::search::Cancel::never());
    let before = world.screen();
    for reply in late {
        world.reply(reply);
    }
    assert_eq!(world.screen(), before);
}

#[test]
fn escape_sequences_in_a_document_and_in_a_query_are_marks_on_the_screen() {
    let mut world =
        World::open(&[("evil.txt", "Titre\n\nAvant \u{1b}]0;PWNED\u{7} \u{1b}[2J\u{9b}2J \u{202e}arrière.")]);
    world.press("<enter>/").write("\u{1b}[2J");
    let screen = world.screen();
    assert!(!screen.chars().any(|c| c.is_control() && c != '\n'), "{screen:?}");
    assert!(screen.contains('␛'), "{screen}");
}

#[test]
fn at_every_size_every_view_is_drawn() {
    let mut world = World::open(DOSSIER);
    for keys in
        ["/torture<enter>", "o", "<esc>?", "<esc>:", "<esc>z", "z<tab>", "<tab>", "<esc>/gou", "<enter>v", "<esc>"]
    {
        world.press(keys);
        for (columns, rows) in
            [(1, 1), (2, 3), (5, 2), (20, 5), (40, 10), (59, 15), (60, 16), (110, 20), (300, 80), (80, 24)]
        {
            world.resize(columns, rows);
            assert_eq!(world.screen().lines().count(), usize::from(rows));
        }
    }
}

#[test]
fn random_events_never_panic() {
    let keys = [
        "j",
        "k",
        "<space>",
        "b",
        "G",
        "gg",
        "/",
        "torture",
        "<enter>",
        "<esc>",
        "n",
        "N",
        "J",
        "K",
        "o",
        "?",
        ":",
        "z",
        "<tab>",
        "v",
        "w",
        "y",
        "R",
        "ma",
        "'a",
        "<c-o>",
        "<a-right>",
        "7",
        "]]",
        "i",
        "+",
        "-",
        "s",
        "<up>",
        "<down>",
        "<c-p>",
        "f",
        "F",
        "r",
        "[[",
    ];
    let text = long();
    let noted = "# Notes\n\nUne[^1], [deux](https://a.fr) et trois[^2].\n\n[^1]: La première.\n[^2]: La seconde.\n";
    let mut world =
        World::open(&[("n.md", noted), ("a.md", DOSSIER[0].1), ("b.md", DOSSIER[1].1), ("long.txt", &text)]);
    let mut state = 1_u64;
    for _ in 0..1000 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let roll = (state >> 33) as usize;
        match roll % 40 {
            0 => world.resize((roll % 130) as u16 + 1, (roll % 37) as u16 + 1),
            1 => world.rest(),
            _ => world.press(keys[roll % keys.len()]),
        };
        world.screen();
    }
}

#[test]
fn three_panes_show_list_text_and_facts() {
    let mut world = World::open_at(112, 20, DOSSIER);
    world.press("/torture<enter>");
    insta::assert_snapshot!(world.planes());
}

#[test]
fn at_80_by_24_the_list_stands_above_the_reader() {
    let mut world = World::open_at(80, 16, DOSSIER);
    world.press("/torture").rest();
    insta::assert_snapshot!(world.planes());
}

#[test]
fn at_40_by_10_there_is_one_pane_at_a_time() {
    let mut world = World::open_at(40, 10, DOSSIER);
    world.press("/torture<enter>n");
    insta::assert_snapshot!(world.planes());
}

/// A dossier whose notebook is kept in a folder, and is opened anew with each reader.
fn reopened(folder: &std::path::Path, documents: &[(&str, &str)]) -> World {
    let notebook = Notebook::open(&folder.join("notebook.sqlite")).unwrap();
    let dossier = dossier(documents).with_notebook(notebook);
    World::start(dossier, Settings::default(), Size { columns: 80, rows: 24 })
}

#[test]
fn the_next_run_finds_the_mark_and_the_place_also_after_the_text_before_them_changed() {
    let folder = tempfile::tempdir().unwrap();
    let text = long();
    let mut world = reopened(folder.path(), &[("long.txt", &text), ("b.txt", "Une lettre.")]);
    let row = world.titles().iter().position(|title| title.contains("Paragraphe")).unwrap();
    world.press(&format!("gg{}<enter>20jma40j", "j".repeat(row)));
    let left = world.top().to_owned();
    world.press("gg20j");
    let marked = world.top().to_owned();
    world.press("40jQ");
    assert_eq!(world.top(), left);
    assert_eq!(world.outside, [Effect::Leave]);

    let longer = format!("Un avertissement tout neuf.\n\nEt un second.\n\n{text}");
    for text in [&text, &longer] {
        let mut world = reopened(folder.path(), &[("long.txt", text)]);
        world.press("<enter>");
        assert_eq!(world.top(), left);
        world.press("gg'a");
        assert_eq!(world.top(), marked);
        world.press("''");
        assert_ne!(world.top(), marked, "'' leads back from a mark");
    }
}

#[test]
fn a_mark_opens_its_document_and_a_place_is_kept_when_another_is_opened() {
    let folder = tempfile::tempdir().unwrap();
    let text = long();
    let documents = [("a.txt", text.as_str()), ("b.txt", "Une lettre.")];
    let mut world = reopened(folder.path(), &documents);
    world.press("'a");
    assert!(world.status().contains("no mark a"), "{}", world.status());
    let row = world.titles().iter().position(|title| title.contains("Paragraphe")).unwrap();
    let (there, away) = if row == 0 { ("gg<enter>", "J") } else { ("ggj<enter>", "K") };
    world.press(there).press("30jma9j");
    let left = world.top().to_owned();
    world.press(away);
    assert_eq!(world.title(), "Une lettre.");

    let mut world = reopened(folder.path(), &documents);
    world.press(there);
    assert_eq!(world.top(), left, "nothing was left, but another was opened");
    world.press(away).press("'a");
    assert!(world.top().starts_with("Paragraphe 1"), "{}", world.top());
    assert_ne!(world.top(), left);
    assert_eq!(world.app.panes.focus, Pane::Reader);
}

#[test]
fn a_look_from_the_list_does_not_change_where_a_document_was_left() {
    let folder = tempfile::tempdir().unwrap();
    let text = long();
    let mut world = reopened(folder.path(), &[("long.txt", &text)]);
    world.press("<enter>50jQ");
    let left = world.top().to_owned();
    let mut world = reopened(folder.path(), &[("long.txt", &text)]);
    world.press("<tab>/150").rest();
    world.press("<esc>").rest();
    world.dispatch(Event::Cut);
    assert_eq!(world.outside, []);
    let mut world = reopened(folder.path(), &[("long.txt", &text)]);
    world.press("<enter>");
    assert_eq!(world.top(), left);
}

#[test]
fn when_the_words_are_gone_the_document_opens_at_its_top_and_the_mark_is_said_to_be_lost() {
    let folder = tempfile::tempdir().unwrap();
    let mut world = reopened(folder.path(), &[("long.txt", &long())]);
    world.press("<enter>30jma9j");
    world.dispatch(Event::Cut);

    let other = long().replace("rapport annuel", "bilan");
    let mut world = reopened(folder.path(), &[("long.txt", &other)]);
    world.press("<enter>");
    assert!(world.top().starts_with("Paragraphe 1 "), "{}", world.top());
    world.press("'a");
    assert!(world.status().contains("Mark a is lost"), "{}", world.status());
    assert!(world.top().starts_with("Paragraphe 1 "), "{}", world.top());

    let mut world = reopened(folder.path(), &[("b.txt", "Une lettre.")]);
    world.press("'a");
    assert!(world.status().contains("long.txt, which is not in this dossier"), "{}", world.status());
}

#[test]
fn a_mark_set_in_the_original_stands_at_the_same_place_of_the_clean_text() {
    let mut world = World::open(&[("long.md", &long())]);
    world.press("<enter>30j");
    let place = world.top().to_owned();
    world.press("RmaRgg'a");
    assert_eq!(world.top(), place);
    world.press("m1");
    assert!(world.status().contains("A mark is a letter"), "{}", world.status());
}

#[test]
fn a_search_that_the_index_overtakes_still_chooses_its_first_hit() {
    let mut world = World::open(DOSSIER);
    world.press("G").rest();
    assert_eq!(world.title(), "Convention");
    world.press("/");
    for key in parse_keys("torture").expect("keys") {
        let _unanswered = update(&mut world.app, Event::Key(key));
    }
    add(&world.dossier, "d.md", "# Déclaration\n\nContre la torture, la torture et la torture.\n");
    world.reply(Reply::LibraryChanged(LibraryStatus { documents: 4, ..LibraryStatus::default() }));
    world.rest();
    assert_eq!(world.app.list.selected(), 0);
    assert_eq!(world.title(), world.titles()[0]);
}

#[test]
fn matches_in_the_original_are_those_of_its_own_text() {
    let mut world = World::open(&[("a.md", "# Titre\n\n**Un** long **chemin** mène **au** mot rare.\n")]);
    world.press("<enter>/").write("rare").press("<enter>R");
    assert_eq!(matched(&world), ["rare"]);
    let asked = update(&mut world.app, Event::Key(parse_keys("R").expect("a key")[0]));
    assert!(matches!(asked.0[..], [Effect::Ask(Request::Find { .. })]), "{asked:?}");
    assert_eq!(matched(&world), ["rare"]);
}

#[test]
fn keys_go_to_the_help_that_lies_over_a_prompt() {
    let mut world = World::open(DOSSIER);
    world.press("/tort<f1>jj");
    assert_eq!(
        world.app.overlay.as_ref().map(|overlay| (overlay.list().filter.text(), overlay.list().selected)),
        Some(("", 2))
    );
    world.press("<esc>");
    assert_eq!(world.app.search.prompt.as_ref().map(|prompt| prompt.input.text()), Some("tort"));
    assert!(world.app.overlay.is_none());
}

#[test]
fn a_click_below_a_title_of_two_lines_chooses_what_stands_there() {
    let long = "# A title that is far too long for one line of the list\n\nText.\n";
    let mut world = World::open_at(120, 30, &[("a.md", long), ("b.md", DOSSIER[1].1), ("c.md", DOSSIER[2].1)]);
    assert_eq!(world.titles()[1..], ["Budget", "Convention"]);
    world.press("gg").rest();
    let line = world.screen().lines().position(|line| line.contains("Budget")).expect("it is on the screen");
    assert_eq!(line, 6, "{}", world.screen());
    for (line, row) in [(9, 2), (8, 1), (6, 1), (5, 0), (2, 0)] {
        world.press("gg").rest();
        world.dispatch(Event::Mouse(MouseAction::Click, 3, line));
        assert_eq!(world.app.list.selected(), row, "line {line}");
    }
}

fn matched(world: &World) -> Vec<&str> {
    let reading = world.app.reader.open.as_ref().expect("a document is open");
    reading.matches.iter().map(|found| reading.opened.document.slice(*found)).collect()
}
