//! What a person can rely on from one day to the next: how fresh the index is, what it could not read, and searches that
//! are kept and say what is new; and a dossier's own aliases.

use lutrin::app::{Settings, Size};
use lutrin::index::Index;
use lutrin::library::{Library, Scope};
use lutrin::locale::Message;
use lutrin::request::{LibraryStatus, Reply, UnreadFiles, UnreadGroup};

use lutrin::dossier::Dossier;
use lutrin::notebook::Notebook;

use crate::support::world::{World, add, dossier, refresh};

const LETTERS: &[(&str, &str)] = &[
    ("a.txt", "Première lettre ouverte\n\nLe ministre répond longuement sur la détention arbitraire.\n"),
    ("b.txt", "Deuxième lettre ouverte\n\nUne lettre parle de la détention des opposants.\n"),
];

fn group(reason: &str, format: &str, paths: &[&str]) -> UnreadGroup {
    UnreadGroup {
        reason: Message::new(reason).with("detail", format),
        failed: reason == "reason-permission",
        not_yet: reason == "reason-unsupported",
        files: paths.len(),
        paths: paths.iter().map(|path| (*path).to_owned()).collect(),
    }
}

fn not_read() -> UnreadFiles {
    let secret = group("reason-permission", "", &["/dossier/secret.txt"]);
    let acts = group("reason-unsupported", "pdf", &["/dossier/acts/loi-2019-07-01-a123.pdf", "/dossier/acts/b.pdf"]);
    UnreadFiles { groups: vec![secret, acts] }
}

fn status() -> LibraryStatus {
    let updated = Some("2026-11-21T14:32".to_owned());
    LibraryStatus { documents: 2, not_read: not_read(), updated, ..LibraryStatus::default() }
}

#[test]
fn the_first_line_says_how_many_files_were_not_read() {
    for (columns, words) in [(120, "2 documents · 3 files not read"), (40, "2 doc. · 3 not read")] {
        let mut world = World::open_at(columns, 24, LETTERS);
        world.reply(Reply::LibraryChanged(status()));
        assert!(world.screen().lines().next().is_some_and(|line| line.contains(words)), "{}", world.screen());
        world.reply(Reply::LibraryChanged(LibraryStatus { not_read: UnreadFiles::default(), ..status() }));
        assert!(!world.screen().contains("not read"), "{}", world.screen());
    }
    let mut world = World::open_at(120, 24, LETTERS);
    world.reply(Reply::LibraryChanged(status()));
    world.press("/").write("détention ").rest();
    let words = "2 documents · 2 matches · 3 files not read";
    assert!(world.screen().lines().next().is_some_and(|line| line.contains(words)), "{}", world.screen());
}

#[test]
fn a_zero_says_of_when_the_index_is_and_what_was_not_read() {
    let mut world = World::open_at(80, 24, LETTERS);
    world.reply(Reply::LibraryChanged(status()));
    world.press("/").write("xyzzy ").rest();
    let screen = world.screen();
    for words in ["index of 21 Nov 2026 14:32 · 3 files not read", ":not-read lists them"] {
        assert!(screen.contains(words), "{words}: {screen}");
    }
    assert!(!screen.contains("so far"), "{screen}");
}

#[test]
fn what_is_found_while_files_are_still_being_read_is_so_far() {
    let mut world = World::open_at(80, 24, LETTERS);
    world.reply(Reply::LibraryChanged(LibraryStatus { incomplete: true, progress: Some((0, 0)), ..status() }));
    world.press("/").write("détention ").rest();
    assert!(world.screen().contains("2 documents · 2 matches so far"), "{}", world.screen());
    world.press("<c-u>").write("xyzzy").rest();
    for words in ["nothing found so far", "Nothing matches “xyzzy” so far.", "Still reading the files."] {
        assert!(world.screen().contains(words), "{words}: {}", world.screen());
    }
    world.reply(Reply::LibraryChanged(LibraryStatus { incomplete: true, ..status() }));
    assert!(world.screen().contains("Not all files have been read."), "{}", world.screen());
    world.reply(Reply::LibraryChanged(status()));
    assert!(!world.screen().contains("so far"), "{}", world.screen());
}

#[test]
fn a_folder_of_which_nothing_could_be_read_says_that() {
    let mut world = World::open_at(80, 24, &[]);
    let acts = group("reason-unsupported", "pdf", &["/d/a.pdf", "/d/b.pdf"]);
    let nothing = LibraryStatus { not_read: UnreadFiles { groups: vec![acts] }, ..LibraryStatus::default() };
    world.reply(Reply::LibraryChanged(nothing));
    for words in ["None of the 2 files here can be read yet: pdf 2.", ":not-read lists them."] {
        assert!(world.screen().contains(words), "{words}: {}", world.screen());
    }
    assert!(!world.screen().contains("lutrin FOLDER"), "{}", world.screen());
}

#[test]
fn the_files_that_were_not_read_are_named_below_their_reason() {
    let mut world = World::open_at(120, 20, LETTERS);
    world.press(":").write("not-read").press("<enter>").rest();
    assert!(world.status().contains("Every file was read."), "{}", world.screen());
    world.reply(Reply::ProblemsListed(not_read()));
    let screen = world.screen();
    for words in ["Files not read", "no permission to read: 1", "secret.txt  /dossier/", "pdf, not read yet: 2"] {
        assert!(screen.contains(words), "{words}: {screen}");
    }
    world.press("/").write("secret");
    assert!(!world.screen().contains("pdf"), "{}", world.screen());
    world.press("<esc>");
    assert!(!world.screen().contains("secret.txt"), "{}", world.screen());
}

#[test]
fn a_name_that_is_too_long_keeps_its_beginning_and_its_end() {
    let mut world = World::open_at(40, 12, LETTERS);
    let long = "/dossier/memorial-a-numero-1234-du-douze-decembre.pdf";
    world.reply(Reply::ProblemsListed(UnreadFiles { groups: vec![group("reason-unsupported", "pdf", &[long])] }));
    let screen = world.screen();
    let row = screen.lines().find(|line| line.contains("memorial-a")).unwrap_or_else(|| panic!("{screen}"));
    assert!(row.contains('…') && row.contains(".pdf"), "{screen}");
}

#[test]
fn the_panel_is_reached_by_its_former_name_too() {
    let mut world = World::open_at(120, 20, LETTERS);
    world.press(":").write("unreadable").press("<enter>").rest();
    assert!(world.status().contains("Every file was read."), "{}", world.screen());
}

/// A reader over a dossier, as when Lutrin is started again.
fn started(dossier: &Dossier, columns: u16, rows: u16) -> World {
    World::start(dossier.again().unwrap(), Settings::default(), Size { columns, rows })
}

fn kept() -> (tempfile::TempDir, Dossier) {
    let temporary = tempfile::tempdir().unwrap();
    let notebook = Notebook::open(&temporary.path().join("notebook.sqlite")).unwrap();
    (temporary, dossier(LETTERS).with_notebook(notebook))
}

#[test]
fn a_search_is_kept_and_says_what_is_new_when_lutrin_is_started_again() {
    let (_temporary, dossier) = kept();
    let mut world = started(&dossier, 120, 24);
    world.press("/").write("détention").press("<enter>").rest();
    world.press("<a-s>");
    assert!(world.screen().contains("Save as détention"), "{}", world.screen());
    world.press("<c-u>").write("Prisonniers").press("<enter>");
    assert!(world.status().contains("Saved: “Prisonniers”."), "{}", world.screen());
    drop(world);

    add(&dossier, "c.txt", "Troisième lettre ouverte\n\nLa détention dure encore.\n");
    add(&dossier, "d.txt", "Quatrième lettre ouverte\n\nElle parle de la pluie.\n");
    add(&dossier, "a.txt", "Première lettre ouverte\n\nLe ministre ne répond plus sur la détention arbitraire.\n");
    let mut world = started(&dossier, 120, 24);
    world.press("S");
    let row = world.screen().lines().find(|line| line.contains("Prisonniers")).unwrap_or_default().to_owned();
    assert!(row.contains("3 documents · 2 new"), "{}", world.screen());
    world.press("<enter>").rest();
    let screen = world.screen();
    assert!(screen.lines().next().is_some_and(|line| line.contains("3 documents · 3 matches · 2 new")), "{screen}");
    assert_eq!(screen.matches("new · Document").count(), 2, "{screen}");
    world.press("<a-n>").rest();
    assert!(world.screen().contains("2 new of 3"), "{}", world.screen());
    assert_eq!(world.titles().len(), 2);
    world.press("<a-n>");
    assert_eq!(world.titles().len(), 3);
    // The marks stay as long as this run does, and are gone in the next one.
    world.press("<esc>S<enter>").rest();
    assert!(world.screen().contains("· 2 new"), "{}", world.screen());
    world.press("S");
    let row = world.screen().lines().find(|line| line.contains("Prisonniers  ")).unwrap_or_default().to_owned();
    assert!(row.contains("3 documents") && !row.contains("new"), "it was looked at: {}", world.screen());
    drop(world);
    let mut world = started(&dossier, 120, 24);
    world.press("S<enter>").rest();
    assert!(
        world.screen().contains("3 documents · 3 matches") && !world.screen().contains("new"),
        "{}",
        world.screen()
    );
}

#[test]
fn another_search_has_no_marks() {
    let (_temporary, dossier) = kept();
    let mut world = started(&dossier, 80, 24);
    world.press("/").write("détention").press("<a-s><enter>");
    add(&world.dossier, "c.txt", "Troisième lettre ouverte\n\nLa détention dure encore.\n");
    world.reply(Reply::LibraryChanged(LibraryStatus { documents: 3, ..LibraryStatus::default() }));
    assert!(world.screen().contains("· 1 new"), "what comes while it is shown is new: {}", world.screen());
    world.press("q/").write("lettre").rest();
    assert!(!world.screen().contains("new"), "{}", world.screen());
    world.press("<esc>").rest();
    assert!(world.screen().contains("· 1 new"), "going back shows it again: {}", world.screen());
    world.press("/").write("lettre").press("<enter>").rest();
    assert!(!world.screen().contains("new"), "{}", world.screen());
}

#[test]
fn a_narrow_window_marks_what_is_new_with_a_sign() {
    let (_temporary, dossier) = kept();
    started(&dossier, 80, 24).press("/").write("détention").press("<a-s><enter>");
    add(&dossier, "c.txt", "Troisième lettre ouverte\n\nLa détention dure encore.\n");
    let mut world = started(&dossier, 40, 10);
    world.press("S");
    assert!(world.screen().contains("détention") && world.screen().contains("+1"), "{}", world.screen());
    world.press("<enter>").rest();
    world.press("q");
    assert!(world.screen().contains("+ Troisième lettre ouverte"), "{}", world.screen());
}

#[test]
fn a_saved_search_is_forgotten_with_the_second_key_and_renamed() {
    let (_temporary, dossier) = kept();
    let mut world = started(&dossier, 120, 24);
    for query in ["détention", "opposants"] {
        world.press("/").write(query).press("<a-s><enter>q");
    }
    world.press("Sx");
    assert!(world.status().contains("x again forgets “détention”"), "{}", world.screen());
    world.press("jkx");
    assert!(world.screen().contains("▌détention"), "another key keeps it: {}", world.screen());
    world.press("x");
    assert!(!world.screen().contains("▌détention") && world.screen().contains("▌opposants"), "{}", world.screen());
    world.press("r<c-u>").write("Les opposants").press("<enter>");
    assert!(world.screen().contains("▌Les opposants  opposants"), "{}", world.screen());
}

#[test]
fn a_name_that_is_taken_can_be_changed() {
    let (_temporary, dossier) = kept();
    let mut world = started(&dossier, 120, 24);
    world.press("/").write("détention").press("<a-s><enter>");
    world.press("q/").write("opposants").press("<a-s>").write("détention").press("<enter>");
    assert!(world.status().contains("Another search is called “détention” already"), "{}", world.screen());
    assert!(world.screen().contains("Save as détention"), "{}", world.screen());
    world.write(" 2").press("<enter>");
    assert!(world.status().contains("Saved: “détention 2”."), "{}", world.screen());
}

#[test]
fn escape_behind_another_name_goes_back_to_the_list() {
    let (_temporary, dossier) = kept();
    let mut world = started(&dossier, 120, 24);
    for query in ["détention", "opposants"] {
        world.press("/").write(query).press("<a-s><enter>q");
    }
    world.press("Sjr").write("Un autre").press("<esc>");
    assert!(world.screen().contains("Saved searches") && world.screen().contains("▌opposants"), "{}", world.screen());
    world.press("<esc>");
    assert!(!world.screen().contains("Saved searches"), "{}", world.screen());
}

#[test]
fn the_end_of_a_long_name_is_in_view_while_it_is_typed() {
    let (_temporary, dossier) = kept();
    let mut world = started(&dossier, 40, 10);
    world.press("/").write("détention").press("<a-s>").write("Les lettres ouvertes sur la détention et leur fin");
    assert!(world.screen().contains("et leur fin"), "{}", world.screen());
}

#[test]
fn there_is_nothing_to_keep_without_a_search_of_the_dossier() {
    let mut world = World::open(LETTERS);
    world.press("<a-s>");
    assert!(world.status().contains("There is no search of the dossier to save"), "{}", world.screen());
    world.press("S");
    assert!(world.screen().contains("No search is saved yet: Alt-s keeps"), "{}", world.screen());
    assert!(world.status().contains("Esc close") && !world.status().contains("rename"), "{}", world.screen());
}

/// A folder with its aliases, and a reader over it.
fn with_aliases(aliases: &str, columns: u16) -> (tempfile::TempDir, World) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [
        ("a.txt", "L'OTSC se réunit à Moscou\n\nLe sommet de l'OTSC a duré un jour.\n"),
        ("b.txt", "Summit in Moscow\n\nThe CSTO met in Moscow on Monday.\n"),
        ("c.txt", "Un sommet\n\nL'Organisation du Traité de sécurité collective se réunit.\n"),
        ("aliases.toml", aliases),
    ] {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    let scope = Scope::of([folder.path().canonicalize().unwrap()]);
    let dossier = Dossier::new(Library::in_memory().unwrap(), Index::in_memory().unwrap(), scope);
    refresh(&dossier);
    let world = World::start(dossier, Settings::default(), Size { columns, rows: 24 });
    (folder, world)
}

const ORGANISATION: &str =
    "[[alias]]\nnames = [\"OTSC\", \"CSTO\", \"Organisation du traité de sécurité collective\"]\n";

#[test]
fn other_names_of_a_dossier_are_found_named_and_dropped_like_other_spellings() {
    let (folder, mut world) = with_aliases(ORGANISATION, 140);
    assert_eq!(world.titles().len(), 3, "the file of aliases is no document");
    world.press("/").write("otsc ").rest();
    let screen = world.screen();
    assert!(
        screen.contains("also CSTO (1)") && screen.contains("Organisation du traité de sécurité collective (1)"),
        "{screen}"
    );
    assert!(screen.contains("3 documents · 4 matches"), "{screen}");
    world.press("<a-x>").rest();
    assert!(!world.screen().contains("CSTO (1)") && world.screen().contains("2 documents"), "{}", world.screen());
    world.press("<a-v>").rest();
    assert!(world.screen().contains("1 document · 2 matches"), "{}", world.screen());
    world.press("<a-v><c-u>").write("=OTSC ").rest();
    assert!(world.screen().contains("1 document · 2 matches"), "{}", world.screen());
    // The file is read again when it has changed.
    std::fs::write(folder.path().join("aliases.toml"), "[[alias]]\nnames = [\"OTSC\", \"sommet\"]\n").unwrap();
    world.press("<c-u>").write("OTSC ").rest();
    assert!(world.screen().contains("also sommet (2)"), "{}", world.screen());
}

#[test]
fn one_document_is_searched_for_other_names_too() {
    let (_folder, mut world) = with_aliases("[[alias]]\nnames = [\"OTSC\", \"sommet\"]\n", 120);
    let at = world.titles().iter().position(|title| title.starts_with("L'OTSC")).unwrap();
    world.press(&format!("gg{}<enter>/", "j".repeat(at))).write("OTSC").press("<enter>").rest();
    assert!(world.screen().contains("match 1/3"), "{}", world.screen());
}

#[test]
fn a_wrong_file_of_aliases_is_told_with_its_line_and_the_search_goes_on() {
    let (folder, mut world) = with_aliases("[[alias]]\nnames = [\"OTSC\"]\n", 120);
    world.press("/").write("otsc ").rest();
    let status = world.status();
    assert!(status.contains("An alias needs two names or more; the file is left out: "), "{status}");
    assert!(world.screen().contains("1 document · 2 matches"), "{}", world.screen());
    std::fs::write(folder.path().join("aliases.toml"), ORGANISATION).unwrap();
    world.press("<c-u>").write("otsc ").rest();
    assert!(world.screen().contains("3 documents · 4 matches"), "{}", world.screen());
}
