//! Journeys of a library in a temporary folder: files come, change and go; processes die between any two steps.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use super::*;
use crate::document::DocumentKey;

struct Journey {
    temporary: tempfile::TempDir,
    home: Home,
}

impl Journey {
    fn new() -> Self {
        let temporary = tempfile::tempdir().unwrap();
        let home = Home::under(&temporary.path().join("home"));
        fs::create_dir(temporary.path().join("docs")).unwrap();
        Self { temporary, home }
    }

    fn docs(&self) -> PathBuf {
        fs::canonicalize(self.temporary.path().join("docs")).unwrap()
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.docs().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    /// Old enough to be trusted, once the system's own clock has moved on.
    fn write_long_ago(&self, name: &str, text: &str) {
        let path = self.write(name, text);
        let file = fs::File::options().write(true).open(path).unwrap();
        file.set_modified(std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000)).unwrap();
        std::thread::sleep(std::time::Duration::from_millis(80));
    }

    fn library(&self) -> Library {
        Library::open(&self.home).unwrap()
    }
}

/// What a scan did: documents added, changed, removed; files read.
#[derive(Debug, Default, PartialEq, Eq)]
struct Did {
    added: usize,
    changed: usize,
    removed: usize,
    read: usize,
}

/// Scans on one thread, without an index.
fn scan(library: &Library, scope: &Scope) -> Did {
    let mut writer = library.writer().unwrap();
    let mut did = Did::default();
    writer.begin().unwrap();
    for walk in writer.walks(scope).unwrap() {
        let mut found = Vec::new();
        let _ = walk.run(&mut |one| {
            found.push(one);
            ControlFlow::Continue(())
        });
        let (mut met, mut unentered, mut ignored) = (HashSet::new(), Vec::new(), BTreeMap::new());
        for one in found {
            match one {
                WalkEntry::Problem(file, problem) => {
                    met.insert(writer.note(&file, &problem).unwrap());
                    unentered.push(file.path);
                }
                WalkEntry::File(file) => {
                    met.extend(take_in(&mut writer, &file, &mut did));
                }
                WalkEntry::Ignored { path, is_folder } => {
                    ignored.insert(path, is_folder);
                }
            }
        }
        for file in &met {
            writer.add_member(&walk, *file).unwrap();
        }
        did.removed += writer.sweep(&walk, &met, &unentered).unwrap();
        writer.keep_ignored(&walk, &ignored, &unentered).unwrap();
    }
    writer.commit().unwrap();
    did
}

fn take_in(writer: &mut Writer, file: &FoundFile, did: &mut Did) -> Option<i64> {
    let mut intakes = Vec::new();
    let library = writer.library().clone();
    let flow = library.take_in(file, &mut |intake| {
        intakes.push(intake);
        ControlFlow::Continue(())
    });
    assert!(flow.unwrap().is_continue());
    let mut open = None;
    for intake in intakes {
        match intake {
            Intake::Unchanged(id) => return Some(id),
            Intake::Touched(id) => {
                did.read += 1;
                writer.restamp(id, file).unwrap();
                return Some(id);
            }
            Intake::Vanished => return None,
            Intake::Document(prepared) => {
                let open = open.get_or_insert_with(|| writer.open_file(file).unwrap());
                let added = writer.put(open, &prepared).unwrap();
                if added.is_new { did.added += 1 } else { did.changed += 1 }
            }
            Intake::Read { sha256, problem } => {
                did.read += 1;
                let open = open.take().unwrap_or_else(|| writer.open_file(file).unwrap());
                let id = open.id();
                did.removed += writer.finish(&open, file, sha256, problem.as_ref()).unwrap();
                return Some(id);
            }
        }
    }
    None
}

fn titles(library: &Library, scope: &Scope, order: Order) -> Vec<String> {
    let keys = library.keys(scope, order).unwrap();
    library.summaries(&keys).unwrap().into_iter().map(|summary| summary.title).collect()
}

fn only(library: &Library, paths: &[&Path]) -> Scope {
    let (scope, errors) = library.scope(&paths.iter().map(|path| path.to_path_buf()).collect::<Vec<_>>());
    assert_eq!(errors, []);
    scope
}

#[test]
fn files_come_change_and_go_and_a_second_scan_reads_nothing() {
    let journey = Journey::new();
    journey.write_long_ago("a.txt", "Alpha");
    journey.write_long_ago("sub/b.txt", "Beta");
    let library = journey.library();
    let scope = only(&library, &[&journey.docs()]);
    assert_eq!(scan(&library, &scope), Did { added: 2, read: 2, ..Did::default() });
    assert_eq!(scan(&library, &scope), Did::default());
    assert_eq!(titles(&library, &scope, Order::Title), ["Alpha", "Beta"]);

    journey.write("a.txt", "Alpha, mended");
    assert_eq!(scan(&library, &scope), Did { changed: 1, read: 1, ..Did::default() });
    fs::remove_file(journey.docs().join("sub/b.txt")).unwrap();
    assert_eq!(scan(&library, &scope).removed, 1);
    assert_eq!(titles(&journey.library(), &scope, Order::Title), ["Alpha, mended"]);
}

#[test]
fn a_file_that_was_only_touched_keeps_its_documents() {
    let journey = Journey::new();
    journey.write_long_ago("a.txt", "Alpha");
    let library = journey.library();
    let scope = only(&library, &[&journey.docs()]);
    scan(&library, &scope);
    journey.write("a.txt", "Alpha");
    assert_eq!(scan(&library, &scope), Did { read: 1, ..Did::default() });
}

#[test]
fn a_change_within_the_clocks_grain_is_still_seen() {
    let journey = Journey::new();
    journey.write("a.txt", "Alpha");
    let library = journey.library();
    let scope = only(&library, &[&journey.docs()]);
    scan(&library, &scope);
    journey.write("a.txt", "Gamma");
    assert_eq!(scan(&library, &scope).changed, 1);
}

#[test]
fn keys_and_ids_stay_when_a_file_changes_and_a_renamed_file_gets_new_ones() {
    let journey = Journey::new();
    journey.write_long_ago("a.txt", "Alpha");
    let library = journey.library();
    let scope = only(&library, &[&journey.docs()]);
    let identity = |library: &Library| {
        let keys = library.keys(&scope, Order::Path).unwrap();
        let summary = library.summaries(&keys).unwrap().remove(0);
        (summary.key, summary.id)
    };
    scan(&library, &scope);
    let first = identity(&library);
    journey.write("a.txt", "Alpha, mended");
    scan(&library, &scope);
    assert_eq!(identity(&library), first);
    fs::rename(journey.docs().join("a.txt"), journey.docs().join("z.txt")).unwrap();
    assert_eq!(scan(&library, &scope), Did { added: 1, removed: 1, read: 1, ..Did::default() });
    let renamed = identity(&library);
    assert_ne!(renamed.1, first.1);
    assert!(renamed.0 > first.0, "a key is never given twice");
}

fn ids(library: &Library, scope: &Scope) -> Vec<String> {
    let keys = library.keys(scope, Order::Path).unwrap();
    library.summaries(&keys).unwrap().into_iter().map(|summary| summary.id).collect()
}

#[test]
fn an_id_depends_on_where_its_file_is_and_not_on_what_was_named() {
    let journey = Journey::new();
    journey.write("one/a.txt", "Alpha");
    journey.write("two/a.txt", "Beta");
    let scanned = |names: &[&str]| {
        let library = Library::in_memory().unwrap();
        let mut last = Vec::new();
        for name in names {
            let scope = only(&library, &[&journey.docs().join(name)]);
            scan(&library, &scope);
            last = ids(&library, &scope);
        }
        last
    };
    let alone = scanned(&["one/a.txt"]);
    assert_eq!(scanned(&["one"]), alone);
    assert_eq!(scanned(&["", "one"]), alone);
    assert_eq!(scanned(&["one", "", "one/a.txt"]), alone);
    assert_ne!(scanned(&["two/a.txt"]), alone, "the same name in another folder is another document");
}

#[test]
fn a_document_of_a_moved_folder_is_known_by_its_place_in_it() {
    let journey = Journey::new();
    journey.write("here/sub/a.txt", "Alpha");
    journey.write("here/a.txt", "Beta");
    let library = journey.library();
    let here = only(&library, &[&journey.docs().join("here")]);
    scan(&library, &here);
    let id = library.relative_id(&here, &journey.docs().join("here/sub/a.txt"), None).unwrap();
    fs::rename(journey.docs().join("here"), journey.docs().join("there")).unwrap();
    let there = only(&library, &[&journey.docs().join("there")]);
    scan(&library, &there);
    let found = library.find_by_relative_id(&there, &id, None).unwrap().unwrap();
    assert_eq!(library.path(found).unwrap(), journey.docs().join("there/sub/a.txt"));
    assert_eq!(library.find_by_relative_id(&there, &id, Some("1")).unwrap(), None);
}

#[test]
fn a_document_knows_the_ids_it_had_when_they_were_relative_to_a_root() {
    let journey = Journey::new();
    journey.write("here/sub/a.txt", "Alpha");
    let library = journey.library();
    let scope = only(&library, &[&journey.docs()]);
    scan(&library, &scope);
    let known = library.identities(&library.keys(&scope, Order::Path).unwrap()).unwrap().remove(0);
    for root in ["here", "here/sub", "here/sub/a.txt"] {
        let id = documents::relative_id(Some(&journey.docs().join(root)), &known.path, None);
        assert!(known.relative_ids().any(|one| one == id), "{root}");
    }
}

#[test]
fn a_path_inside_a_known_root_is_no_root_of_its_own_and_limits_what_is_seen() {
    let journey = Journey::new();
    journey.write("a.txt", "Alpha");
    journey.write("sub/b.txt", "Beta");
    journey.write("sub2/c.txt", "Gamma");
    let library = journey.library();
    scan(&library, &only(&library, &[&journey.docs()]));
    let sub = only(&library, &[&journey.docs().join("sub")]);
    scan(&library, &sub);
    assert_eq!(library.roots().unwrap().len(), 1);
    assert_eq!(titles(&library, &sub, Order::Title), ["Beta"]);
    assert_eq!(library.status(&sub).unwrap().documents, 1);
    assert_eq!(library.status(&Scope::everything()).unwrap().documents, 3);
    journey.write("sub/d.txt", "Delta");
    scan(&library, &sub);
    assert_eq!(library.roots().unwrap().len(), 1, "what came meanwhile counts for the folder above too");
}

#[test]
fn a_root_above_another_takes_it_in() {
    let journey = Journey::new();
    journey.write("a.txt", "Alpha");
    journey.write("inner/b.txt", "Beta");
    let library = journey.library();
    let inner = only(&library, &[&journey.docs().join("inner")]);
    scan(&library, &inner);
    let before = library.keys(&inner, Order::Path).unwrap();
    let outer = only(&library, &[&journey.docs()]);
    assert_eq!(scan(&library, &outer).added, 1);
    assert_eq!(titles(&library, &outer, Order::Title), ["Alpha", "Beta"]);
    assert_eq!(library.keys(&inner, Order::Path).unwrap(), before);
    assert_eq!(library.roots().unwrap().len(), 1);
    let both = only(&library, &[&journey.docs(), &journey.docs().join("inner/b.txt")]);
    scan(&library, &both);
    assert_eq!(titles(&library, &both, Order::Title), ["Alpha", "Beta"], "what counts twice is there once");
}

#[test]
fn what_is_gone_is_gone_for_every_root_and_so_is_a_name_that_was_changed() {
    let journey = Journey::new();
    let (first, second) = (journey.write("sub/a.txt", "Alpha"), journey.write("b.txt", "Beta"));
    let library = journey.library();
    for path in [&first, &second, &journey.docs().join("sub"), &journey.docs()] {
        scan(&library, &only(&library, &[path]));
    }
    fs::remove_file(&first).unwrap();
    fs::rename(&second, journey.docs().join("c.txt")).unwrap();
    let docs = only(&library, &[&journey.docs()]);
    assert_eq!(scan(&library, &docs), Did { added: 1, removed: 2, read: 1, ..Did::default() });
    let status = library.status(&docs).unwrap();
    assert_eq!((status.documents, status.not_read.files()), (1, 0));
    assert_eq!(titles(&library, &Scope::of([journey.docs().join("sub")]), Order::Path), [] as [&str; 0]);
    assert_eq!(library.roots().unwrap().len(), 1);
}

#[test]
fn a_hidden_file_counts_where_it_is_named_and_nowhere_else() {
    let journey = Journey::new();
    journey.write("a.txt", "Alpha");
    let hidden = journey.write(".notes.txt", "Hidden");
    let library = journey.library();
    let (outer, named) = (only(&library, &[&journey.docs()]), only(&library, &[&hidden]));
    scan(&library, &outer);
    assert_eq!(scan(&library, &named).added, 1);
    assert_eq!(scan(&library, &outer).removed, 0);
    assert_eq!(titles(&library, &outer, Order::Title), ["Alpha"]);
    assert_eq!(titles(&library, &named, Order::Title), ["Hidden"]);
    let both = only(&library, &[&journey.docs(), &hidden]);
    assert_eq!(titles(&library, &both, Order::Title), ["Alpha", "Hidden"]);
    assert_eq!(library.roots().unwrap().len(), 2, "its text is kept, so it is listed and can be forgotten");
}

#[test]
fn a_file_that_is_ignored_from_now_on_is_removed_unless_it_was_named() {
    let journey = Journey::new();
    journey.write("a.log", "Alpha");
    let named = journey.write("b.log", "Beta");
    let library = journey.library();
    let docs = only(&library, &[&journey.docs()]);
    scan(&library, &docs);
    scan(&library, &only(&library, &[&named]));
    journey.write(".gitignore", "*.log\n");
    assert_eq!(scan(&library, &docs).removed, 2);
    assert_eq!(titles(&library, &docs, Order::Path), [] as [&str; 0]);
    assert_eq!(titles(&library, &Scope::everything(), Order::Path), ["Beta"]);
    let not_read = |paths: &[&Path]| library.not_read(&only(&library, paths)).unwrap().skipped();
    assert_eq!((not_read(&[&journey.docs()]), not_read(&[&named])), (2, 0));
    assert_eq!(not_read(&[&journey.docs(), &named]), 1, "what is named beside is not passed over");
}

#[test]
fn a_forgotten_root_takes_what_was_named_in_it_and_leaves_what_another_root_has() {
    let journey = Journey::new();
    journey.write("inner/a.txt", "Alpha");
    let ignored = journey.write("inner/.b.txt", "Beta");
    let library = journey.library();
    for path in [&journey.docs(), &journey.docs().join("inner"), &ignored] {
        scan(&library, &only(&library, &[path]));
    }
    library.remember_scope(&only(&library, &[&journey.docs().join("inner")])).unwrap();
    library.writer().unwrap().forget(&journey.docs()).unwrap();
    assert_eq!(titles(&library, &Scope::everything(), Order::Path), ["Beta"]);
    assert_eq!(library.last_scope().unwrap(), None);
    let listed: Vec<PathBuf> = library.roots().unwrap().into_iter().map(|root| root.path).collect();
    assert_eq!(listed, [ignored]);
}

#[cfg(unix)]
#[test]
fn a_change_that_keeps_size_and_time_is_seen_by_the_systems_own_time() {
    let journey = Journey::new();
    journey.write_long_ago("a.txt", "Alpha");
    let library = journey.library();
    let scope = only(&library, &[&journey.docs()]);
    scan(&library, &scope);
    journey.write_long_ago("a.txt", "Gamma");
    assert_eq!(scan(&library, &scope).changed, 1);
}

#[test]
fn aliases_hold_for_a_folder_and_for_what_lies_in_it_whatever_was_named() {
    let journey = Journey::new();
    let file = journey.write("sub/a.txt", "Alpha");
    let library = journey.library();
    let folders = |path: &Path| library.folders(&Scope::of([path.to_owned()])).unwrap();
    let before = folders(&file);
    assert!(before.contains(&journey.docs()) && before.contains(&journey.docs().join("sub")), "{before:?}");
    assert!(!folders(&journey.docs()).contains(&journey.docs().join("sub")));
    scan(&library, &only(&library, &[&journey.docs()]));
    assert_eq!(folders(&file), before);
}

#[test]
fn what_a_dying_process_had_not_committed_is_read_again() {
    let journey = Journey::new();
    journey.write_long_ago("a.txt", "Alpha");
    let library = journey.library();
    let scope = only(&library, &[&journey.docs()]);
    {
        let mut writer = library.writer().unwrap();
        writer.begin().unwrap();
        let walks = writer.walks(&scope).unwrap();
        let _ = walks[0].run(&mut |found| {
            if let WalkEntry::File(file) = found {
                take_in(&mut writer, &file, &mut Did::default());
            }
            ControlFlow::Continue(())
        });
    } // dropped in the middle of a batch
    assert_eq!(library.status(&scope).unwrap().documents, 0);
    assert_eq!(scan(&library, &scope).added, 1);
}

#[test]
fn the_index_is_told_what_it_may_have_missed() {
    let journey = Journey::new();
    journey.write_long_ago("a.txt", "Alpha");
    let library = journey.library();
    let scope = only(&library, &[&journey.docs()]);
    scan(&library, &scope);
    let key = library.keys(&scope, Order::Path).unwrap()[0];
    let mut writer = library.writer().unwrap();
    assert_eq!(
        writer.to_index(DocumentKey(0), 9).unwrap(),
        [(key, true)],
        "after a restart nobody knows whether the index has it"
    );
    writer.indexed(&[key], &[]).unwrap();
    assert_eq!(writer.to_index(DocumentKey(0), 9).unwrap(), []);
    writer.index_is_empty().unwrap();
    assert_eq!(writer.to_index(DocumentKey(0), 9).unwrap(), [(key, false)]);
    writer.indexed(&[key], &[]).unwrap();
    drop(writer);
    fs::remove_file(journey.docs().join("a.txt")).unwrap();
    scan(&library, &scope);
    let mut writer = library.writer().unwrap();
    assert_eq!(writer.tombstones().unwrap(), [key]);
    writer.indexed(&[], &[key]).unwrap();
    assert_eq!(writer.tombstones().unwrap(), []);
}

#[test]
fn there_is_one_writer_and_others_read_on() {
    let journey = Journey::new();
    journey.write("a.txt", "Alpha");
    let library = journey.library();
    let scope = only(&library, &[&journey.docs()]);
    scan(&library, &scope);
    let writer = library.writer().unwrap();
    let other = journey.library();
    assert!(matches!(other.writer(), Err(LibraryError::WriterElsewhere)));
    assert_eq!(titles(&other, &scope, Order::Path), ["Alpha"]);
    drop(writer);
    assert!(other.writer().is_ok());
}

#[test]
fn a_forgotten_root_is_gone_with_its_text() {
    let journey = Journey::new();
    journey.write("a.txt", "Alpha");
    let library = journey.library();
    let scope = only(&library, &[&journey.docs()]);
    scan(&library, &scope);
    library.remember_scope(&scope).unwrap();
    let key = library.keys(&scope, Order::Path).unwrap()[0];
    let mut writer = library.writer().unwrap();
    assert!(writer.forget(&journey.docs()).unwrap());
    assert!(!writer.forget(&journey.docs()).unwrap());
    assert_eq!(library.document(key), Err(LibraryError::Gone));
    assert_eq!(library.roots().unwrap(), []);
    assert_eq!(library.last_scope().unwrap(), None);
    assert_eq!(writer.tombstones().unwrap(), [key]);
}

#[test]
fn documents_are_found_by_id_by_path_and_by_relative_path() {
    let journey = Journey::new();
    let path = journey.write("a.txt", "Alpha");
    let library = journey.library();
    let scope = only(&library, &[&journey.docs()]);
    scan(&library, &scope);
    let keys = library.keys(&scope, Order::Path).unwrap();
    let id = library.summaries(&keys).unwrap().remove(0).id;
    for name in [id.clone(), id.to_uppercase(), path.display().to_string()] {
        assert_eq!(library.find_by_id_or_path(&name, &scope).unwrap(), keys, "{name}");
    }
    assert_eq!(library.find_by_id_or_path("nothing", &scope).unwrap(), []);
}

#[test]
fn files_that_cannot_be_documents_are_counted_with_their_reason() {
    let journey = Journey::new();
    journey.write("a.txt", "Alpha");
    journey.write("empty.txt", "");
    journey.write("binary.bin", "\0\u{1}\u{2}\0");
    let library = journey.library();
    let scope = only(&library, &[&journey.docs()]);
    scan(&library, &scope);
    let status = library.status(&scope).unwrap();
    assert_eq!((status.documents, status.not_read.skipped(), status.not_read.without_text()), (1, 1, 1));
    let codes: Vec<String> = library.problems(&scope, 9).unwrap().into_iter().map(|(_, why)| why.code).collect();
    assert_eq!(codes, ["binary", "empty"]);
    assert!(status.updated.is_some());
}

#[test]
fn a_root_that_is_away_keeps_its_documents() {
    let journey = Journey::new();
    journey.write("disk/a.txt", "Alpha");
    let library = journey.library();
    let disk = journey.docs().join("disk");
    let scope = only(&library, &[&disk]);
    scan(&library, &scope);
    fs::rename(&disk, journey.docs().join("away")).unwrap();
    assert_eq!(scan(&library, &scope).removed, 0);
    assert_eq!(titles(&library, &scope, Order::Path), ["Alpha"]);
    assert_eq!(library.status(&scope).unwrap().not_read.unreadable(), 1);
    fs::rename(journey.docs().join("away"), &disk).unwrap();
    scan(&library, &scope);
    assert_eq!(library.status(&scope).unwrap().not_read.unreadable(), 0);
}

#[test]
fn paths_that_cannot_be_meant_are_told_and_the_rest_counts() {
    let journey = Journey::new();
    let library = journey.library();
    let missing = journey.docs().join("missing");
    let (scope, errors) = library.scope(&[journey.docs(), missing.clone()]);
    assert!(scope.covers(&journey.docs()));
    assert_eq!(errors, [LibraryError::Missing(missing)]);
}

#[test]
fn the_built_in_library_is_read_like_any_other() {
    let library = Library::built_in().unwrap();
    let scope = Scope::everything();
    assert_eq!(scan(&library, &scope).added, BUILT_IN.len());
    assert_eq!(scan(&library, &scope).added, 0);
    let keys = library.keys(&scope, Order::Path).unwrap();
    let summary = library.summaries(&keys).unwrap().remove(0);
    assert!(summary.path.starts_with("lutrin:"), "{}", summary.path);
    assert_eq!(library.find_by_id_or_path(&summary.path, &scope).unwrap(), [summary.key]);
    assert!(!library.original(summary.key).unwrap().is_empty());
}

#[test]
fn standard_input_is_a_document_like_any_other() {
    let library = Library::in_memory().unwrap();
    library.give(Path::new("-"), b"Alpha").unwrap();
    scan(&library, &Scope::everything());
    assert_eq!(titles(&library, &Scope::everything(), Order::Path), ["Alpha"]);
}

#[test]
fn what_was_opened_is_remembered() {
    let journey = Journey::new();
    let library = journey.library();
    assert_eq!(library.last_scope().unwrap(), None);
    let scope = only(&library, &[&journey.docs()]);
    library.remember_scope(&scope).unwrap();
    assert_eq!(journey.library().last_scope().unwrap(), Some(scope));
}

#[test]
fn undated_documents_come_last_by_date() {
    let library = Library::in_memory().unwrap();
    for name in ["1", "2", "3"] {
        library.give(Path::new(name), name.as_bytes()).unwrap();
    }
    scan(&library, &Scope::everything());
    library
        .store
        .ask(|connection| {
            connection.execute_batch(
                "UPDATE documents SET date = '2019' WHERE title = '1'; UPDATE documents SET date = '2022-03' WHERE title = '3'",
            )
        })
        .unwrap();
    assert_eq!(titles(&library, &Scope::everything(), Order::Date), ["3", "1", "2"]);
}

#[cfg(unix)]
#[test]
fn a_name_that_is_not_utf8_is_a_name() {
    use std::os::unix::ffi::OsStrExt;
    let journey = Journey::new();
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.txt");
    if fs::write(journey.docs().join(name), "Alpha").is_err() {
        eprintln!("skipped: this file system wants UTF-8 names");
        return;
    }
    let library = journey.library();
    let scope = only(&library, &[&journey.docs()]);
    assert_eq!(scan(&library, &scope).added, 1);
    let key: DocumentKey = library.keys(&scope, Order::Path).unwrap()[0];
    assert_eq!(library.path(key).unwrap().file_name(), Some(name));
    assert!(library.original(key).unwrap().contains("Alpha"));
}

#[test]
fn thousands_of_named_paths_are_one_scope() {
    let journey = Journey::new();
    journey.write("1500.txt", "Alpha");
    let library = journey.library();
    let scope = Scope::of((0..3000).map(|number| journey.docs().join(format!("{number}.txt"))));
    scan(&library, &scope);
    assert_eq!(library.status(&scope).unwrap().documents, 1);
    assert_eq!(library.roots().unwrap().len(), 1, "what is not there is no root");
}

#[test]
fn a_reference_finds_its_target_and_the_target_knows_who_cites_it() {
    use crate::document::{Document, Reference};
    use crate::text::offset::range;

    let journey = Journey::new();
    journey.write("one.txt", "Un texte.");
    journey.write("two.txt", "Un autre.");
    let library = journey.library();
    let scope = Scope::of([journey.docs()]);
    scan(&library, &scope);
    let keys = library.keys(&scope, Order::Path).unwrap();
    let reference = Reference { range: range(0, 2), names: "question:7".to_owned(), target: None };
    let named = Document { identifiers: vec!["question:7".to_owned()], ..Document::default() };
    let citing = Document { references: vec![reference.clone()], ..Document::default() };
    library.store.ask(|connection| citations::remember(connection, keys[0].0.cast_signed(), &named)).unwrap();
    library.store.ask(|connection| citations::remember(connection, keys[1].0.cast_signed(), &citing)).unwrap();

    let mut references = [reference.clone()];
    library.resolve(keys[1], &mut references).unwrap();
    assert_eq!(references[0].target.as_deref(), Some(library.summaries(&keys[..1]).unwrap()[0].id.as_str()));
    assert_eq!(library.cited_by(keys[0]).unwrap(), [keys[1]]);
    library.resolve(keys[0], &mut references).unwrap();
    assert_eq!(references[0].target, None, "a document is not its own target");

    fs::remove_file(journey.docs().join("two.txt")).unwrap();
    scan(&library, &scope);
    assert_eq!(library.cited_by(keys[0]).unwrap(), []);
}
