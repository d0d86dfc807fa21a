//! The same files, the same answer, whatever happened before: random histories over a small tree (files written, changed
//! behind the clock's back, renamed, deleted; ignore files, repositories, links, aliases; paths named, shown and forgotten).
//! After every step what the home answers to `search`, `list` and `show` is what a home answers that has seen nothing.
//!
//! Histories run in this process through the commands' own use case; set `PROPTEST_CASES` for more than a few. The ignored
//! test runs them as processes, two at a time, and compares once both have ended.

use std::collections::HashSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, SystemTime};

use lutrin::cli;
use lutrin::library::{Home, LibraryError};
use lutrin::locale::{Catalogue, Message, UiLanguage};
use lutrin::subcommands::{OutputContext, OutputScreen, answer};
use proptest::prelude::*;
use serde_json::Value;

use crate::support::pty::lutrin;

/// Files that may be there, some of them hidden, some with several documents.
const FILES: [&str; 11] = [
    "a.txt",
    "b.log",
    "d/a.txt",
    "d/b.log",
    "d/.h/a.txt",
    "d/s/a.txt",
    "d/s/b.log",
    "d/s/t/c.txt",
    "e/a.txt",
    "e/.b.txt",
    "e/w.jsonl",
];
/// Folders that may hold rules, aliases or a repository, and may be named.
const FOLDERS: [&str; 6] = ["", "d", "d/s", "d/s/t", "d/.h", "e"];
/// Links that may be there, with what they lead to.
const LINKS: [(&str, &str); 3] = [("l", "d/s"), ("d/l.txt", "../e/a.txt"), ("e/m", "nowhere")];
const TEXTS: [&str; 8] = [
    "Le président Tokaïev parle du zébrule.",
    "le tokaïev et le tokayev du lac",
    "Monsieur Tokayev répond à Monsieur Tokaïev.",
    "Un zébrule dans la plaine de l'OTSC.",
    "Le sommet de la CSTO, sans animal.",
    "ELYSEE : rien de neuf sous le soleil.",
    "Question écrite n° 7 de M. Jean Dupont, publiée au JO le 3 mars 2019, au sujet du zébrule.",
    "",
];
const RULES: [&str; 6] = ["*.log\n", "s/\n", "a.txt\n", "!b.log\n", "*\n", "!.h\n"];
const QUERIES: [&str; 9] = [
    "zébrule",
    "Tokaïev",
    "tokayev",
    "OTSC",
    "path:d/s",
    "zébrule -Tokaïev",
    "zébrule introuvable",
    "kind:question",
    "\"du zébrule\"",
];

/// Something that happens. Numbers are places in the lists above.
#[derive(Clone, Debug)]
enum Step {
    Write {
        file: usize,
        text: usize,
    },
    /// Another text of the same length, and the time the file had.
    ChangeUnseen {
        file: usize,
    },
    Delete {
        file: usize,
    },
    DeleteFolder {
        folder: usize,
    },
    Rename {
        from: usize,
        to: usize,
    },
    RenameFolder {
        from: usize,
        to: usize,
    },
    Rule {
        folder: usize,
        own: bool,
        rule: Option<usize>,
    },
    Repository {
        folder: usize,
    },
    Aliases {
        folder: usize,
    },
    Link {
        link: usize,
    },
    Index {
        paths: Vec<usize>,
    },
    Search {
        paths: Vec<usize>,
        query: usize,
    },
    Show {
        path: usize,
    },
    Forget {
        path: usize,
    },
}

fn paths() -> impl Strategy<Value = Vec<usize>> {
    proptest::collection::vec(0..named().len(), 1..3)
}

fn step() -> impl Strategy<Value = Step> {
    let (file, folder) = (0..FILES.len(), 0..FOLDERS.len());
    prop_oneof![
        4 => (file.clone(), 0..TEXTS.len()).prop_map(|(file, text)| Step::Write { file, text }),
        1 => file.clone().prop_map(|file| Step::ChangeUnseen { file }),
        2 => file.clone().prop_map(|file| Step::Delete { file }),
        1 => (1..FOLDERS.len()).prop_map(|folder| Step::DeleteFolder { folder }),
        2 => (file.clone(), file).prop_map(|(from, to)| Step::Rename { from, to }),
        1 => (1..FOLDERS.len(), 1..FOLDERS.len()).prop_map(|(from, to)| Step::RenameFolder { from, to }),
        3 => (folder.clone(), any::<bool>(), proptest::option::weighted(0.7, 0..RULES.len()))
            .prop_map(|(folder, own, rule)| Step::Rule { folder, own, rule }),
        1 => folder.clone().prop_map(|folder| Step::Repository { folder }),
        1 => folder.prop_map(|folder| Step::Aliases { folder }),
        1 => (0..LINKS.len()).prop_map(|link| Step::Link { link }),
        4 => paths().prop_map(|paths| Step::Index { paths }),
        5 => (paths(), 0..QUERIES.len()).prop_map(|(paths, query)| Step::Search { paths, query }),
        1 => (0..named().len()).prop_map(|path| Step::Show { path }),
        1 => (0..named().len()).prop_map(|path| Step::Forget { path }),
    ]
}

/// What may be named.
fn named() -> Vec<&'static str> {
    FILES.into_iter().chain(FOLDERS).chain(LINKS.map(|(link, _)| link)).collect()
}

/// A tree of files, and a home that has seen all that happened to it.
struct World {
    temporary: tempfile::TempDir,
    fresh: usize,
}

impl World {
    fn new() -> Self {
        let world = Self { temporary: tempfile::tempdir().unwrap(), fresh: 0 };
        fs::create_dir(world.temporary.path().join("tree")).unwrap();
        for (number, file) in FILES.into_iter().enumerate() {
            world.write(file, &text(file, number));
        }
        world
    }

    fn tree(&self) -> PathBuf {
        fs::canonicalize(self.temporary.path()).unwrap().join("tree")
    }

    fn at(&self, name: &str) -> PathBuf {
        if name.is_empty() { self.tree() } else { self.tree().join(name) }
    }

    /// What cannot be written, because something else stands in its way, is not.
    fn write(&self, name: &str, text: &str) {
        let path = self.at(name);
        let _ = path.parent().map(fs::create_dir_all);
        let _ = fs::write(path, text);
    }

    fn home(&self) -> Home {
        Home::under(&self.temporary.path().join("home"))
    }

    /// What happens to the files; what has to be asked for it, if it is no file's business.
    fn dispatch(&self, step: &Step) -> Option<Vec<String>> {
        let named = |at: &usize| self.at(self::named()[*at]).display().to_string();
        match step {
            Step::Write { file, text } => self.write(FILES[*file], &self::text(FILES[*file], *text)),
            Step::ChangeUnseen { file } => change_unseen(&self.at(FILES[*file])),
            Step::Delete { file } => drop(fs::remove_file(self.at(FILES[*file]))),
            Step::DeleteFolder { folder } => drop(fs::remove_dir_all(self.at(FOLDERS[*folder]))),
            Step::Rename { from, to } => drop(fs::rename(self.at(FILES[*from]), self.at(FILES[*to]))),
            Step::RenameFolder { from, to } => drop(fs::rename(self.at(FOLDERS[*from]), self.at(FOLDERS[*to]))),
            Step::Rule { folder, own, rule } => {
                let name = format!("{}/{}", FOLDERS[*folder], if *own { ".ignore" } else { ".gitignore" });
                let path = self.at(name.trim_start_matches('/'));
                match rule {
                    Some(rule) if self.at(FOLDERS[*folder]).is_dir() => drop(fs::write(path, RULES[*rule])),
                    _ => drop(fs::remove_file(path)),
                }
            }
            Step::Repository { folder } => {
                let path = self.at(FOLDERS[*folder]).join(".git");
                if fs::create_dir(&path).is_err() {
                    let _ = fs::remove_dir(path);
                }
            }
            Step::Aliases { folder } => {
                let path = self.at(FOLDERS[*folder]).join("aliases.toml");
                if fs::remove_file(&path).is_err() {
                    let _ = fs::write(path, "[[alias]]\nnames = [\"OTSC\", \"CSTO\"]\n");
                }
            }
            Step::Link { link } => {
                let (name, target) = LINKS[*link];
                #[cfg(unix)]
                drop(std::os::unix::fs::symlink(target, self.at(name)));
                #[cfg(not(unix))]
                drop((name, target));
            }
            Step::Index { paths } => {
                return Some(std::iter::once("index".to_owned()).chain(paths.iter().map(named)).collect());
            }
            Step::Search { paths, query } => {
                let words = ["search".to_owned(), QUERIES[*query].to_owned()];
                return Some(words.into_iter().chain(paths.iter().map(named)).collect());
            }
            Step::Show { path } => return Some(vec!["show".to_owned(), named(path)]),
            Step::Forget { path } => return Some(vec!["library".to_owned(), "forget".to_owned(), named(path)]),
        }
        None
    }

    /// A home that has seen nothing: on the disk now and then, else in memory, which is quicker.
    fn fresh(&mut self) -> Result<Home, LibraryError> {
        if self.fresh % 8 == 7 {
            return Ok(self.fresh_on_disk());
        }
        self.fresh += 1;
        Err(LibraryError::NoHome)
    }

    fn fresh_on_disk(&mut self) -> Home {
        self.fresh += 1;
        Home::under(&self.temporary.path().join(format!("fresh-{}", self.fresh)))
    }
}

/// What a file holds: its text, for records one a record.
fn text(file: &str, text: usize) -> String {
    let text = TEXTS[text % TEXTS.len()];
    if Path::new(file).extension().is_none_or(|extension| extension != "jsonl") || text.is_empty() {
        return text.to_owned();
    }
    let record = |id: &str, text: &str| serde_json::json!({ "id": id, "text": text }).to_string() + "\n";
    record("1", text) + &record("2", "Un autre zébrule.")
}

fn change_unseen(file: &Path) {
    let Ok(text) = fs::read_to_string(file) else { return };
    let before = fs::metadata(file).unwrap().modified().unwrap();
    let old = before.min(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000));
    let changed =
        if text.contains("zébrule") { text.replace("zébrule", "bezulré") } else { text.replace("lac", "cal") };
    fs::write(file, changed).unwrap();
    fs::File::options().write(true).open(file).unwrap().set_modified(old).unwrap();
}

/// What a command wrote, and its status.
#[derive(Debug, PartialEq)]
struct Told {
    out: String,
    err: Vec<String>,
    status: u8,
}

fn ask(home: Result<Home, LibraryError>, words: &[String]) -> Told {
    let catalogue = Catalogue::new(UiLanguage::English);
    let asked = cli::parse(words.iter().map(OsString::from), &catalogue).unwrap();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut desk = OutputContext {
        catalogue: &catalogue,
        home,
        input: &mut &b""[..],
        out: &mut out,
        err: &mut err,
        screen: OutputScreen::default(),
    };
    let status = answer(&asked.invocation, &mut desk).unwrap();
    // That nothing is kept is said where nothing can be.
    let unkept =
        [LibraryError::NoHome.message(), Message::new("answer-nothing-is-kept")].map(|said| catalogue.say(&said));
    let told = String::from_utf8(err).unwrap();
    let told =
        told.lines().filter(|line| line.starts_with("lutrin: ") && !unkept.iter().any(|said| line.ends_with(said)));
    Told { out: String::from_utf8(out).unwrap(), err: told.map(str::to_owned).collect(), status }
}

/// A JSON answer without what may differ: scores, times, and the order of hits, which rest on the whole library.
fn settled(out: &str) -> Vec<Value> {
    let settle = |line: &str| {
        let mut value: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        value["index"]["updated"] = Value::Null;
        if let Some(hits) = value["hits"].as_array_mut() {
            for hit in hits.iter_mut() {
                hit["score"] = Value::Null;
                // Of a group, which document comes first.
                hit["group"] = Value::from(!hit["group"].is_null());
            }
            hits.sort_by_key(|hit| (hit["path"].to_string(), hit["member"].to_string()));
        }
        value
    };
    out.lines().map(settle).collect()
}

/// Compares what a home that has seen everything and one that has seen nothing answer about these paths.
fn compare(
    world: &mut World,
    (paths, query, shown): (&[usize], usize, usize),
    mut ask: impl FnMut(Result<Home, LibraryError>, &[String]) -> Told,
) {
    let paths: Vec<String> = paths.iter().map(|at| world.at(named()[*at]).display().to_string()).collect();
    let words =
        |first: &[&str]| first.iter().map(|word| (*word).to_owned()).chain(paths.iter().cloned()).collect::<Vec<_>>();
    let fresh = world.fresh();
    let document = world.at(named()[shown]).display().to_string();
    for words in [
        words(&["search", "--json", QUERIES[query]]),
        words(&["search", "--no-variants", QUERIES[query]]),
        words(&["search", QUERIES[query]]),
        words(&["list", "--json"]),
        vec!["show".to_owned(), "--json".to_owned(), document],
    ] {
        // What is not there may be an id, which only a home can know.
        let fresh = if words[0] == "show" && !Path::new(&words[2]).exists() {
            Ok(world.fresh_on_disk())
        } else {
            fresh.clone()
        };
        let (seen, unseen) = (ask(Ok(world.home()), &words), ask(fresh, &words));
        assert_eq!((seen.status, &seen.err), (unseen.status, &unseen.err), "{words:?}");
        if words.contains(&"--json".to_owned()) {
            assert_eq!(settled(&seen.out), settled(&unseen.out), "{words:?}");
        }
        if words[0] == "list" {
            show_by_id(world, &seen.out, shown, &mut ask);
        }
    }
}

/// Ids are all different, and what an id shows is what its file shows.
fn show_by_id(
    world: &mut World,
    listed: &str,
    pick: usize,
    ask: &mut impl FnMut(Result<Home, LibraryError>, &[String]) -> Told,
) {
    let listed = settled(listed);
    let ids: HashSet<&Value> = listed.iter().map(|one| &one["id"]).collect();
    assert_eq!(ids.len(), listed.len(), "two documents have one id");
    let Some(one) = listed.get(pick % listed.len().max(1)) else { return };
    let words = |name: &Value| ["show", "--json", name.as_str().unwrap()].map(str::to_owned);
    let by_id = settled(&ask(Ok(world.home()), &words(&one["id"])).out);
    assert_eq!((&by_id[0]["id"], &by_id[0]["path"]), (&one["id"], &one["path"]));
    if one["member"].is_null() {
        let fresh = world.fresh();
        assert_eq!(by_id, settled(&ask(fresh, &words(&one["path"])).out));
    }
}

type Question = (Vec<usize>, usize, usize);

fn history() -> impl Strategy<Value = Vec<(Step, Question)>> {
    let question = (paths(), 0..QUERIES.len(), 0..named().len());
    proptest::collection::vec((step(), question), 1..9)
}

/// A few by default: each takes half a second.
fn config(cases: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(cases);
    ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 400, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config(12))]

    #[test]
    fn answers_depend_on_the_files_named_and_on_nothing_else(history in history()) {
        let mut world = World::new();
        for (step, (paths, query, shown)) in history {
            if let Some(words) = world.dispatch(&step) {
                ask(Ok(world.home()), &words);
            }
            compare(&mut world, (&paths, query, shown), ask);
        }
    }

    #[test]
    #[ignore = "starts hundreds of processes"]
    fn two_processes_at_once_leave_a_home_that_answers_as_a_fresh_one(
        history in proptest::collection::vec((step(), step(), paths(), 0..QUERIES.len(), 0..named().len()), 1..6),
    ) {
        let mut world = World::new();
        for (one, other, paths, query, shown) in history {
            let asked = [world.dispatch(&one), world.dispatch(&other)];
            let running = asked.into_iter().flatten().map(|words| {
                command(Ok(world.home()), &words).spawn().unwrap()
            });
            for mut process in running.collect::<Vec<_>>() {
                process.wait().unwrap();
            }
            compare(&mut world, (&paths, query, shown), run);
        }
    }
}

fn command(home: Result<Home, LibraryError>, words: &[String]) -> Command {
    let mut command = Command::new(lutrin());
    command
        .args(words)
        .env("LC_ALL", "en_US.UTF-8")
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped());
    match home {
        Ok(home) => command.env("LUTRIN_HOME", home.config),
        Err(_) => command.env("LUTRIN_HOME", tempfile::tempdir().unwrap().keep()),
    };
    command
}

fn run(home: Result<Home, LibraryError>, words: &[String]) -> Told {
    let output = command(home, words).output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    let err = err.lines().filter(|line| line.starts_with("lutrin: ")).map(str::to_owned).collect();
    let status = output.status.code().and_then(|code| u8::try_from(code).ok()).unwrap_or(u8::MAX);
    Told { out: String::from_utf8(output.stdout).unwrap(), err, status }
}
