//! The indexer with a real catalogue and a real index in a temporary folder.

use std::fs;
use std::path::Path;

use super::*;
use crate::library::Order;
use crate::search::{Cancel, LastWord, parse};

struct Desk {
    temporary: tempfile::TempDir,
    home: Home,
}

impl Desk {
    fn new() -> Self {
        let temporary = tempfile::tempdir().unwrap();
        let home = Home::under(&temporary.path().join("home"));
        fs::create_dir(temporary.path().join("docs")).unwrap();
        Self { temporary, home }
    }

    fn docs(&self) -> PathBuf {
        fs::canonicalize(self.temporary.path().join("docs")).unwrap()
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.docs().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn scope(&self) -> Scope {
        Scope::of([self.docs()])
    }

    fn index(&self) -> Progress {
        let (library, index) = open(&self.home).unwrap();
        let (mut library, mut index) = writers(&library, &index).unwrap();
        bring_up_to_date(&mut library, &mut index, &self.scope(), &mut |_| ControlFlow::Continue(())).unwrap()
    }

    fn found(&self, query: &str) -> Vec<String> {
        let (library, index) = open(&self.home).unwrap();
        let (query, _) = parse(query, LastWord::Whole);
        let hits = index.search(&query, &Cancel::never()).unwrap().unwrap();
        let keys: Vec<DocumentKey> = hits.into_iter().map(|hit| hit.document).collect();
        let name = |path: &str| Path::new(path).file_name().unwrap().to_string_lossy().into_owned();
        let mut names: Vec<String> = library.summaries(&keys).unwrap().iter().map(|one| name(&one.path)).collect();
        names.sort();
        names
    }
}

#[test]
fn what_is_indexed_is_found_and_a_second_run_does_nothing() {
    let desk = Desk::new();
    desk.write("a.txt", "Le gouvernement répond.");
    desk.write("sub/b.txt", "Le parlement interroge le gouvernement.");
    let first = desk.index();
    assert_eq!((first.found, first.done, first.added, first.finished), (2, 2, 2, true));
    assert_eq!(desk.found("gouvernement"), ["a.txt", "b.txt"]);
    let second = desk.index();
    assert_eq!((second.done, second.added, second.changed, second.removed), (2, 0, 0, 0));
}

#[test]
fn changed_and_deleted_files_are_found_as_they_are_now() {
    let desk = Desk::new();
    desk.write("a.txt", "Le gouvernement répond.");
    desk.write("b.txt", "Le parlement interroge.");
    desk.index();
    desk.write("a.txt", "Le ministre répond longuement.");
    fs::remove_file(desk.docs().join("b.txt")).unwrap();
    let second = desk.index();
    assert_eq!((second.added, second.changed, second.removed), (0, 1, 1));
    assert_eq!(desk.found("gouvernement"), [] as [&str; 0]);
    assert_eq!(desk.found("parlement"), [] as [&str; 0]);
    assert_eq!(desk.found("ministre"), ["a.txt"]);
}

#[test]
fn an_index_that_was_deleted_is_filled_again_from_the_catalogue() {
    let desk = Desk::new();
    desk.write("a.txt", "Le gouvernement répond.");
    desk.index();
    fs::remove_dir_all(desk.home.index()).unwrap();
    let second = desk.index();
    assert_eq!((second.added, second.changed), (0, 0), "nothing is read again");
    assert_eq!(desk.found("gouvernement"), ["a.txt"]);
}

#[test]
fn a_catalogue_that_was_deleted_is_made_again_with_its_index() {
    let desk = Desk::new();
    desk.write("a.txt", "Le gouvernement répond.");
    desk.write("b.txt", "Le parlement interroge.");
    desk.index();
    for beside in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(desk.home.data.join(format!("catalogue.sqlite{beside}")));
    }
    fs::remove_file(desk.docs().join("b.txt")).unwrap();
    assert_eq!(desk.index().added, 1);
    assert_eq!(desk.found("parlement"), [] as [&str; 0]);
    assert_eq!(desk.found("gouvernement"), ["a.txt"]);
}

#[test]
fn breaking_off_keeps_what_was_done_and_removes_nothing() {
    let desk = Desk::new();
    for number in 0..100 {
        desk.write(&format!("{number}.txt"), format!("Document numéro {number}."));
    }
    {
        let (library, index) = open(&desk.home).unwrap();
        let (mut library, mut index) = writers(&library, &index).unwrap();
        let stop = &mut |progress: Progress| match progress.commits {
            0 => ControlFlow::Continue(()),
            _ => ControlFlow::Break(()),
        };
        let broken = bring_up_to_date(&mut library, &mut index, &desk.scope(), stop).unwrap();
        assert!(!broken.finished);
        assert!(broken.added >= 1 && broken.added < 100, "{broken:?}");
    }
    let first = desk.found("document").len();
    assert!(first > 0);
    let rest = desk.index();
    assert_eq!((rest.added + first as u64, rest.removed), (100, 0));
    assert_eq!(desk.found("document").len(), 100);
}

#[test]
fn a_kill_after_the_catalogues_commit_heals() {
    let desk = Desk::new();
    desk.write("a.txt", "Le gouvernement répond.");
    desk.index();
    {
        // The catalogue has it, the index lost it: as if the process died between the two commits.
        let (library, index) = open(&desk.home).unwrap();
        let (mut library, mut index) = writers(&library, &index).unwrap();
        library.index_is_empty().unwrap();
        index.clear().unwrap();
        index.commit().unwrap();
    }
    assert_eq!(desk.found("gouvernement"), [] as [&str; 0]);
    desk.index();
    assert_eq!(desk.found("gouvernement"), ["a.txt"]);
}

#[test]
fn a_kill_after_the_indexs_commit_gives_nothing_twice() {
    let desk = Desk::new();
    desk.write("a.txt", "Le gouvernement répond.");
    desk.index();
    {
        let (library, index) = open(&desk.home).unwrap();
        let (mut library, _index) = writers(&library, &index).unwrap();
        library.index_is_empty().unwrap(); // the marks are lost, the index has it
    }
    desk.index();
    assert_eq!(desk.found("gouvernement"), ["a.txt"]);
}

#[test]
fn bad_files_cost_the_others_nothing() {
    let desk = Desk::new();
    desk.write("good.txt", "Le gouvernement répond.");
    desk.write("empty.txt", "");
    desk.write("binary.bin", [0_u8, 159, 146, 150, 0, 1, 2, 3]);
    desk.write("invalid.txt", b"caf\xe9 et \xff\xfe gouvernement\n".repeat(20));
    desk.write("long.txt", "gouvernement ".repeat(800_000));
    let progress = desk.index();
    assert_eq!((progress.found, progress.done, progress.unreadable), (5, 5, 0));
    assert_eq!((progress.added, progress.skipped, progress.without_text), (3, 1, 1));
    assert_eq!(desk.found("gouvernement"), ["good.txt", "invalid.txt", "long.txt"]);
}

#[cfg(unix)]
#[test]
fn what_may_not_be_read_is_counted_and_read_when_it_may() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    desk.write("a.txt", "Le gouvernement répond.");
    desk.write("closed/b.txt", "Le gouvernement se tait.");
    let closed = desk.docs().join("closed");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read_dir(&closed).is_ok() {
        eprintln!("skipped: this user may read everything");
        fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
        return;
    }
    assert_eq!((desk.index().added, desk.index().unreadable), (1, 1));
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o700)).unwrap();
    assert_eq!((desk.index().added, desk.index().unreadable), (1, 0));
}

#[test]
fn a_second_writer_is_told_that_there_is_one() {
    let desk = Desk::new();
    let (library, index) = open(&desk.home).unwrap();
    let _held = writers(&library, &index).unwrap();
    let (other, other_index) = open(&desk.home).unwrap();
    let refused = writers(&other, &other_index).map(|_| ()).unwrap_err();
    assert!(refused.is_writer_elsewhere(), "{refused:?}");
}

#[test]
fn the_built_in_library_can_be_searched_without_a_disk() {
    let library = Library::built_in().unwrap();
    let index = Index::in_memory().unwrap();
    let (mut writer, mut index_writer) = writers(&library, &index).unwrap();
    let scope = Scope::everything();
    let progress =
        bring_up_to_date(&mut writer, &mut index_writer, &scope, &mut |_| ControlFlow::Continue(())).unwrap();
    index.reload().unwrap();
    assert_eq!(progress.added, library.keys(&scope, Order::Path).unwrap().len() as u64);
    assert_eq!(index.documents(), progress.added);
}
