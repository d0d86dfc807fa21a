//! What an answer rests upon: the index is whole, the built-in library answers for nobody's own, what another process has
//! not read yet is not called absent, and what was not read is counted alike wherever something is counted.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use lutrin::library::{Home, Library, Scope, Writer};
use serde_json::Value;

/// A home, and folders with documents.
struct Desk {
    home: tempfile::TempDir,
    docs: tempfile::TempDir,
}

impl Desk {
    /// Folders `a` and `b` with a document each.
    fn new() -> Self {
        let desk = Self { home: tempfile::tempdir().unwrap(), docs: tempfile::tempdir().unwrap() };
        desk.write("a/1.txt", "Un article sur la torture.\n");
        desk.write("b/2.txt", "Un article sur la liberté.\n");
        desk
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        fs::canonicalize(self.docs.path()).unwrap().join(name)
    }

    /// A path as an argument.
    fn named(&self, name: &str) -> String {
        self.path(name).display().to_string()
    }

    fn home(&self) -> Home {
        Home::under(self.home.path())
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lutrin"));
        command.args(arguments).env("LUTRIN_HOME", self.home.path()).env("LC_ALL", "C.UTF-8");
        command
    }

    fn lutrin(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    fn index(&self, names: &[&str]) {
        let paths: Vec<String> = names.iter().map(|name| self.named(name)).collect();
        let words: Vec<&str> = std::iter::once("index").chain(paths.iter().map(String::as_str)).collect();
        assert_eq!(self.lutrin(&words).status.code(), Some(0));
    }

    /// How many documents a search without a path finds, and its exit status.
    fn total(&self, query: &str) -> (Option<u64>, Option<i32>) {
        let output = self.lutrin(&["search", "--json", query]);
        (
            serde_json::from_slice::<Value>(&output.stdout).ok().and_then(|found| found["total"].as_u64()),
            output.status.code(),
        )
    }

    /// The files of the index with one of these endings.
    fn index_files(&self, ending: &str) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.home().index()).unwrap().map(|entry| entry.unwrap().path());
        entries.filter(|path| path.extension().is_some_and(|extension| extension == ending)).collect()
    }
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"))
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn lines(output: &Output) -> Vec<Value> {
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// What may become of an index.
fn spoil(desk: &Desk, how: &str) {
    match how {
        "another version" => {
            fs::write(desk.home().index().join("lutrin-format"), "lutrin index 0 analysis 0\n").unwrap();
        }
        "gone" => fs::remove_dir_all(desk.home().index()).unwrap(),
        "no list" => fs::remove_file(desk.home().index().join("meta.json")).unwrap(),
        "garbled list" => fs::write(desk.home().index().join("meta.json"), "{").unwrap(),
        "cut" => {
            for path in ["term", "idx", "pos", "store", "fast", "fieldnorm"].iter().flat_map(|it| desk.index_files(it))
            {
                fs::write(path, "").unwrap();
            }
        }
        ending => {
            let files = desk.index_files(ending);
            assert!(!files.is_empty(), "{ending}");
            for path in files {
                fs::remove_file(path).unwrap();
            }
        }
    }
}

const SPOILT: [&str; 11] =
    ["another version", "gone", "no list", "garbled list", "cut", "term", "idx", "pos", "store", "fast", "fieldnorm"];

#[test]
fn an_index_that_is_not_whole_is_filled_before_it_answers() {
    let desk = Desk::new();
    desk.index(&["a", "b"]);
    for how in SPOILT {
        spoil(&desk, how);
        assert_eq!(desk.total("\"un article\""), (Some(2), Some(0)), "{how}");
        assert_eq!(desk.total("xyzzy"), (Some(0), Some(1)), "{how}");
    }
}

#[test]
fn whoever_asks_an_index_that_is_not_whole_gets_the_whole_answer() {
    let desk = Desk::new();
    desk.index(&["a", "b"]);
    assert_eq!(desk.lutrin(&["search", "--save", "articles", "article"]).status.code(), Some(0));
    desk.write("names", "torture\nliberté\n");
    let names = desk.named("names");
    for words in [
        &["search", "article"][..],
        &["search", "--saved", "articles"],
        &["search", "--batch", &names],
        &["searches"],
        &["search", "article", &desk.named("a")],
    ] {
        spoil(&desk, "another version");
        let output = desk.lutrin(words);
        let text = format!("{}{}", String::from_utf8_lossy(&output.stdout), said(&output));
        assert_eq!(output.status.code(), Some(0), "{words:?}: {text}");
        let documents = if words.len() == 3 && words[1] == "article" { "1 document" } else { "2 documents" };
        assert!(text.contains(documents), "{words:?}: {text}");
    }
}

#[test]
fn a_saved_search_over_a_folder_that_went_fills_the_index_all_the_same() {
    let desk = Desk::new();
    desk.index(&["a"]);
    assert_eq!(desk.lutrin(&["search", "--save", "x", "article"]).status.code(), Some(0));
    fs::rename(desk.path("a"), desk.path("away")).unwrap();
    spoil(&desk, "another version");
    let output = desk.lutrin(&["searches", "--json"]);
    assert_eq!((output.status.code(), lines(&output)[0]["documents"].as_u64()), (Some(2), Some(1)), "{output:?}");
}

#[test]
fn forgetting_the_root_opened_last_leaves_the_others_to_answer() {
    for (first, gone) in [(&["a", "b"][..], "b"), (&["b", "a"], "a"), (&["b"], "b")] {
        let desk = Desk::new();
        desk.index(&["a", "b"]);
        desk.index(first);
        let output = desk.lutrin(&["library", "forget", &desk.named(gone)]);
        assert_eq!(output.status.code(), Some(0));
        let left = if gone == "a" { "liberté" } else { "torture" };
        assert_eq!(
            (desk.total("article"), desk.total(left)),
            ((Some(1), Some(0)), (Some(1), Some(0))),
            "{first:?} - {gone}"
        );
        assert_eq!(desk.lutrin(&["index"]).status.code(), Some(0));
        assert_eq!(desk.total("article"), (Some(1), Some(0)), "what was forgotten does not come back");
    }
}

#[test]
fn where_every_root_was_forgotten_nothing_answers_in_their_place() {
    let desk = Desk::new();
    desk.index(&["a"]);
    desk.lutrin(&["library", "forget", &desk.named("a")]);
    for words in [
        &["search", "--json", "torture"][..],
        &["list"],
        &["list", "--not-read"],
        &["index"],
        &["search", "--batch", "-"],
    ] {
        let output = desk.lutrin(words);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{words:?}: {output:?}");
    }
    assert!(said(&desk.lutrin(&["list"])).contains("lutrin index FOLDER"));
}

#[test]
fn the_built_in_library_answers_where_there_never_was_a_root_and_says_so() {
    let desk = Desk::new();
    for words in [&["list"][..], &["search", "torture"], &["search", "--json", "torture"]] {
        let output = desk.lutrin(words);
        assert_eq!(output.status.code(), Some(0), "{words:?}");
        assert!(said(&output).contains("built-in sample"), "{words:?}: {}", said(&output));
    }
    assert_eq!(json(&desk.lutrin(&["search", "--json", "torture"]))["index"]["built_in"], true);
    let named = desk.lutrin(&["show", "lutrin:guide.en.md"]);
    assert_eq!((named.status.code(), said(&named).as_str()), (Some(0), ""), "it was named");
}

#[test]
fn a_root_is_known_from_before_it_was_read() {
    let desk = Desk::new();
    desk.index(&["a"]);
    // What a run that is killed at its first file leaves behind.
    let library = Library::open(&desk.home()).unwrap();
    let mut writer = library.writer().unwrap();
    writer.walks(&Scope::of([desk.path("b")])).unwrap();
    drop((writer, library));
    desk.lutrin(&["library", "forget", &desk.named("a")]);
    assert_eq!(desk.total("liberté"), (Some(1), Some(0)));
}

#[test]
fn a_part_of_a_root_does_not_make_the_root_read() {
    let desk = Desk::new();
    let all = fs::canonicalize(desk.docs.path()).unwrap();
    let library = Library::open(&desk.home()).unwrap();
    let mut writer = library.writer().unwrap();
    writer.walks(&Scope::of([all.clone()])).unwrap();
    drop((writer, library));
    assert_eq!(desk.lutrin(&["search", "article", &desk.named("a")]).status.code(), Some(0));
    let library = Library::open(&desk.home()).unwrap();
    assert_eq!(library.is_read(&Scope::of([desk.path("a")])), Ok(true));
    assert_eq!(library.is_read(&Scope::of([all.clone()])), Ok(false));
    assert_eq!(desk.lutrin(&["index", all.to_str().unwrap()]).status.code(), Some(0));
    assert_eq!(library.is_read(&Scope::everything()), Ok(true));
}

/// What may become of a catalogue.
fn spoil_catalogue(desk: &Desk, how: &str) {
    let path = desk.home().catalogue();
    for beside in ["-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{beside}", path.display()));
    }
    match how {
        "garbage" => fs::write(path, "no database at all; ".repeat(400)).unwrap(),
        "empty" => fs::write(path, "").unwrap(),
        "gone" => fs::remove_file(path).unwrap(),
        _ => {
            // The number of the schema: `user_version`, four bytes at 60 (SQLite's file format, 1.3).
            let mut bytes = fs::read(&path).unwrap();
            bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
            fs::write(path, bytes).unwrap();
        }
    }
}

#[test]
fn all_roots_answer_after_a_catalogue_that_was_lost() {
    for how in ["garbage", "empty", "gone", "another version"] {
        let desk = Desk::new();
        desk.index(&["a", "b"]);
        desk.lutrin(&["library", "name", &desk.named("a"), "Dossier A"]);
        spoil_catalogue(&desk, how);
        let listed = desk.lutrin(&["list", "--json"]);
        assert_eq!((listed.status.code(), lines(&listed).len()), (Some(0), 2), "{how}: {listed:?}");
        spoil_catalogue(&desk, how);
        assert_eq!(desk.total("article"), (Some(2), Some(0)), "{how}");
        let roots = desk.lutrin(&["library"]);
        assert!(String::from_utf8_lossy(&roots.stdout).contains("(Dossier A): 1 document"), "{how}: {roots:?}");
    }
}

#[test]
fn a_document_is_shown_by_its_id_after_the_catalogue_was_lost() {
    let desk = Desk::new();
    desk.index(&["a"]);
    let id = lines(&desk.lutrin(&["list", "--json"]))[0]["id"].as_str().unwrap().to_owned();
    spoil_catalogue(&desk, "garbage");
    let shown = desk.lutrin(&["show", "--text", &id]);
    assert_eq!(String::from_utf8_lossy(&shown.stdout), "Un article sur la torture.\n", "{shown:?}");
}

#[test]
fn roots_are_taken_from_an_old_catalogue_where_there_is_no_list_yet() {
    let desk = Desk::new();
    desk.index(&["a"]);
    fs::remove_file(desk.home().roots()).unwrap();
    spoil_catalogue(&desk, "another version");
    assert_eq!(desk.total("torture"), (Some(1), Some(0)));
    fs::remove_file(desk.home().roots()).unwrap();
    spoil_catalogue(&desk, "garbage");
    assert_eq!(desk.total("torture").1, Some(2), "there were roots, and they are not known any more");
    assert_eq!(desk.total("torture").1, Some(2), "nor later");
}

#[test]
fn a_lost_root_that_is_away_is_named_and_not_passed_over() {
    let desk = Desk::new();
    desk.index(&["a"]);
    spoil_catalogue(&desk, "garbage");
    fs::rename(desk.path("a"), desk.path("away")).unwrap();
    let output = desk.lutrin(&["search", "torture"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains(&desk.named("a")), "{}", said(&output));
}

#[cfg(unix)]
#[test]
fn without_its_home_nothing_answers_for_what_was_not_named() {
    let desk = Desk::new();
    fs::write(desk.home.path().join("data"), "a file where a folder should be").unwrap();
    for words in [&["search", "torture"][..], &["list"], &["search", "--json", "torture"]] {
        let output = desk.lutrin(words);
        assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{words:?}");
        assert!(said(&output).contains("LUTRIN_HOME"), "{words:?}: {}", said(&output));
    }
    let named = desk.lutrin(&["search", "--json", "torture", &desk.named("a")]);
    assert_eq!((named.status.code(), json(&named)["total"].as_u64()), (Some(0), Some(1)), "what is named is read");
}

#[test]
fn while_another_process_reads_what_is_asked_for_the_answer_is_a_part() {
    let desk = Desk::new();
    desk.index(&["a", "b"]);
    let library = Library::open(&desk.home()).unwrap();
    let writer = library.writer().unwrap();
    writer.announce(&Scope::of([desk.path("a")]));
    let a = desk.named("a");
    let found = desk.lutrin(&["search", "--json", "torture"]);
    assert_eq!((found.status.code(), &json(&found)["index"]["complete"]), (Some(0), &Value::Bool(false)));
    assert!(said(&found).contains("Another Lutrin"), "{}", said(&found));
    let plain = said(&desk.lutrin(&["search", "torture", &a]));
    assert!(plain.contains("1 document · 1 match so far"), "{plain}");
    let zero = desk.lutrin(&["search", "--json", "xyzzy", &a]);
    assert_eq!((zero.status.code(), json(&zero)["total"].as_u64()), (Some(2), Some(0)), "it may still be found");
    assert!(said(&desk.lutrin(&["search", "xyzzy"])).contains("nothing found so far"));
    assert!(said(&desk.lutrin(&["list"])).contains("1 document so far"));
    drop(writer);
    let whole = desk.lutrin(&["search", "--json", "xyzzy"]);
    assert_eq!((whole.status.code(), &json(&whole)["index"]["complete"]), (Some(1), &Value::Bool(true)));
}

#[test]
fn what_another_process_does_elsewhere_leaves_an_answer_whole() {
    let desk = Desk::new();
    desk.index(&["b"]);
    desk.index(&["a"]);
    let library = Library::open(&desk.home()).unwrap();
    let writer = library.writer().unwrap();
    writer.announce(&Scope::of([desk.path("b")]));
    let whole = desk.lutrin(&["search", "--json", "xyzzy"]);
    assert_eq!((whole.status.code(), &json(&whole)["index"]["complete"]), (Some(1), &Value::Bool(true)));
    assert_eq!(said(&whole), "");
}

/// A command that says that it waits for the writer `held`, which ends only then: what it wrote to standard output, and its
/// status.
fn waits_for(desk: &Desk, held: Writer, arguments: &[&str]) -> (String, Option<i32>) {
    let mut process = desk.command(arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut said = BufReader::new(process.stderr.take().unwrap());
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    assert_eq!(
        line,
        "lutrin: Another Lutrin is writing the index: waiting until it is done (--no-wait: do not wait).\n"
    );
    drop(held);
    said.read_to_string(&mut line).unwrap(); // it may write as much as it likes
    let output = process.wait_with_output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), output.status.code())
}

#[test]
fn indexing_waits_for_another_process_and_keeps_what_it_adds() {
    let desk = Desk::new();
    desk.index(&["a"]);
    let library = Library::open(&desk.home()).unwrap();
    let (a, b) = (desk.named("a"), desk.named("b"));
    let (report, status) = waits_for(&desk, library.writer().unwrap(), &["index", &b]);
    assert!(report.starts_with("1 added,") && status == Some(0), "{report} {status:?}");
    assert_eq!(library.status(&Scope::everything()).unwrap().documents, 2, "added means kept");
    // A root that is known is looked at all the same.
    desk.write("a/2.txt", "Une deuxième torture.\n");
    let (report, status) = waits_for(&desk, library.writer().unwrap(), &["index", &a]);
    assert!(report.starts_with("1 added,") && status == Some(0), "{report} {status:?}");
    let (report, _) = waits_for(&desk, library.writer().unwrap(), &["index"]);
    assert!(report.starts_with("0 added,"), "{report}");
}

#[test]
fn forgetting_waits_for_another_process() {
    let desk = Desk::new();
    desk.index(&["a", "b"]);
    let library = Library::open(&desk.home()).unwrap();
    let (_, status) = waits_for(&desk, library.writer().unwrap(), &["library", "forget", &desk.named("b")]);
    assert_eq!((status, library.roots().unwrap().len()), (Some(0), 1));
}

#[test]
fn who_is_not_to_wait_is_told_that_nothing_was_done() {
    let desk = Desk::new();
    desk.index(&["a"]);
    let library = Library::open(&desk.home()).unwrap();
    let held = library.writer().unwrap();
    let (a, b) = (desk.named("a"), desk.named("b"));
    for (words, sentence) in [
        (["index", "--no-wait", &b].as_slice(), "Not indexed: another Lutrin is writing the index."),
        (&["index", "--no-wait", &a], "Not indexed: another Lutrin is writing the index."),
        (&["index", "--no-wait"], "Not indexed: another Lutrin is writing the index."),
        (&["library", "forget", "--no-wait", &a], "Not forgotten: another Lutrin is writing the index."),
    ] {
        let output = desk.lutrin(words);
        assert_eq!((output.status.code(), said(&output)), (Some(2), format!("lutrin: {sentence}\n")), "{words:?}");
        assert_eq!(String::from_utf8_lossy(&output.stdout), "", "{words:?}");
    }
    drop(held);
    assert_eq!(library.roots().unwrap().len(), 1);
}

/// A folder with two documents and a file of every kind that is none.
fn mixed() -> Desk {
    let desk = Desk::new();
    desk.write("m/acts/1.pdf", b"%PDF-1.4\n");
    desk.write("m/acts/2.pdf", b"%PDF-1.4\n");
    desk.write("m/x.bin", b"\0\x01\x02\0");
    desk.write("m/empty.txt", "");
    desk.write("m/.gitignore", "*.log\nout/\n");
    desk.write("m/a.log", "Un journal.\n");
    desk.write("m/out/1.txt", "Une torture.\n");
    desk.write("m/out/2.txt", "Une torture.\n");
    desk.write("m/.hidden/1.txt", "Une torture.\n");
    desk.write("m/one.txt", "Un article sur la torture.\n");
    desk.write("m/two.txt", "Un article.\n");
    desk
}

#[test]
fn what_was_not_read_is_counted_alike_by_all() {
    let desk = mixed();
    let m = desk.named("m");
    for part in [m.clone(), desk.named("m/acts")] {
        let index = &json(&desk.lutrin(&["search", "--json", "torture", &part]))["index"];
        let number = |key: &str| index[key].as_u64().unwrap();
        let expected = if part == m { (2, 5, 1, 0) } else { (0, 2, 0, 0) };
        let counted = (number("documents"), number("skipped"), number("without_text"), number("unreadable"));
        assert_eq!(counted, expected, "{part}");
        let named = desk.lutrin(&["list", "--not-read", "--json", &part]);
        let of_kind = |kind: &str| lines(&named).iter().filter(|one| one["kind"] == kind).count() as u64;
        assert_eq!(
            (of_kind("skipped"), of_kind("without_text"), of_kind("unreadable")),
            (expected.1, expected.2, expected.3)
        );
        let report = String::from_utf8_lossy(&desk.lutrin(&["index", &part]).stdout).into_owned();
        let words = format!("{} skipped, {} unreadable, {} without text", expected.1, expected.3, expected.2);
        assert!(report.contains(&words), "{report}");
        let all = expected.1 + expected.2 + expected.3;
        for words in [&["search", "torture", &part][..], &["search", "xyzzy", &part], &["list", &part]] {
            let said = said(&desk.lutrin(words));
            assert!(said.contains(&format!("{all} files not read")), "{words:?}: {said}");
        }
    }
}

#[test]
fn files_that_were_not_read_are_listed_with_path_code_and_reason() {
    let desk = mixed();
    let m = desk.named("m");
    let listed = desk.lutrin(&["list", "--not-read", "--json", &m]);
    assert_eq!((listed.status.code(), said(&listed).as_str()), (Some(0), ""));
    let rows = lines(&listed);
    let found: Vec<(String, &str)> = rows
        .iter()
        .map(|row| {
            let path = Path::new(row["path"].as_str().unwrap()).strip_prefix(&m).unwrap();
            (path.to_string_lossy().into_owned(), row["code"].as_str().unwrap())
        })
        .collect();
    let expected = [
        ("a.log", "ignored"),
        ("acts/1.pdf", "unsupported"),
        ("acts/2.pdf", "unsupported"),
        ("empty.txt", "empty"),
        ("out", "ignored"),
        ("x.bin", "binary"),
    ];
    assert_eq!(found, expected.map(|(path, code)| (path.to_owned(), code)));
    assert!(rows[1]["message"].as_str().unwrap().contains("pdf"), "{rows:?}");
    let plain = desk.lutrin(&["list", "--not-read", &desk.named("m/acts")]);
    assert_eq!(String::from_utf8_lossy(&plain.stdout).lines().count(), 2);
    assert_eq!(desk.lutrin(&["list", "--not-read", &desk.named("a")]).status.code(), Some(1), "none: nothing found");
    let named = desk.lutrin(&["list", "--not-read", &desk.named("m/x.bin")]);
    assert_eq!(named.status.code(), Some(0), "that it was not read is what was asked for");
    assert_eq!(desk.lutrin(&["list", "--not-read", &desk.named("nowhere")]).status.code(), Some(2));
}

#[test]
fn a_folder_of_which_nothing_could_be_read_is_told_by_its_formats() {
    let desk = mixed();
    for words in [["search", "torture"], ["list", "--json"]] {
        let output = desk.lutrin(&[words[0], words[1], &desk.named("m/acts")]);
        assert_eq!(output.status.code(), Some(1));
        for told in ["None of the 2 files here can be read yet: pdf 2.", "lutrin list --not-read"] {
            assert!(said(&output).contains(told), "{words:?}: {}", said(&output));
        }
    }
}

#[test]
fn what_a_rule_left_out_is_read_where_it_is_named_and_counted_only_where_it_is_not() {
    let desk = mixed();
    let (m, out) = (desk.named("m"), desk.named("m/out"));
    let counted = |paths: &[&str]| {
        let words: Vec<&str> = ["search", "--json", "torture"].iter().chain(paths).copied().collect();
        let found = json(&desk.lutrin(&words));
        (found["total"].as_u64().unwrap(), found["index"]["skipped"].as_u64().unwrap())
    };
    for _ in 0..2 {
        assert_eq!(counted(&[&m]), (1, 5));
        assert_eq!(counted(&[&out]), (2, 0));
        assert_eq!(counted(&[&m, &out]), (3, 4));
    }
    fs::remove_file(desk.path("m/.gitignore")).unwrap();
    assert_eq!(counted(&[&m]), (3, 3));
}
