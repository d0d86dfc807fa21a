//! The notebook in a temporary folder: stored data is found again, with other writers and with damaged files.

use super::*;
use crate::search::saved::SavedSearch;
use crate::search::{Sort, Spelling};

fn folder() -> (tempfile::TempDir, PathBuf) {
    let temporary = tempfile::tempdir().unwrap();
    let path = temporary.path().join("notebook.sqlite");
    (temporary, path)
}

fn letter(path: &str) -> DocumentRef {
    DocumentRef { path: PathBuf::from(path), member: None, id: "00ff".to_owned() }
}

fn at(offset: u32) -> Locator {
    Locator { offset, before: "Le « Parlement ».".to_owned(), after: "adopte".to_owned() }
}

#[test]
fn marks_and_places_are_there_again_after_reopening() {
    let (_temporary, path) = folder();
    let notebook = Notebook::open(&path).unwrap();
    notebook.keep_mark('é', &letter("/a"), &at(1)).unwrap();
    notebook.keep_mark('a', &letter("/a"), &at(2)).unwrap();
    notebook.keep_mark('a', &letter("/b"), &at(3)).unwrap();
    notebook.keep_place(&letter("/a"), &at(4)).unwrap();
    drop(notebook);
    let notebook = Notebook::open(&path).unwrap();
    let mark = |name| notebook.mark(name).unwrap().map(|mark| (mark.document_ref.path, mark.locator));
    assert_eq!(mark('é'), Some((PathBuf::from("/a"), at(1))));
    assert_eq!(mark('a'), Some((PathBuf::from("/b"), at(3))));
    assert_eq!(mark('z'), None);
    assert_eq!(notebook.place(&letter("/a")).unwrap(), Some(at(4)));
}

#[test]
fn documents_of_one_file_have_places_of_their_own() {
    let notebook = Notebook::in_memory();
    let member = |name: &str| DocumentRef { member: Some(name.to_owned()), ..letter("/mail") };
    notebook.keep_place(&member("1"), &at(1)).unwrap();
    notebook.keep_place(&member("2"), &at(2)).unwrap();
    assert_eq!(notebook.place(&member("1")).unwrap(), Some(at(1)));
    assert_eq!(notebook.place(&member("2")).unwrap(), Some(at(2)));
    assert_eq!(notebook.place(&letter("/mail")).unwrap(), None);
}

#[test]
fn a_document_of_the_same_id_is_another_one_while_the_first_is_still_there() {
    let (temporary, path) = folder();
    let notebook = Notebook::open(&path).unwrap();
    let old = temporary.path().join("letter.txt");
    std::fs::write(&old, "x").unwrap();
    notebook.keep_place(&letter(old.to_str().unwrap()), &at(1)).unwrap();
    assert_eq!(notebook.place(&letter("/elsewhere/letter.txt")).unwrap(), None);
    std::fs::remove_file(&old).unwrap();
    assert_eq!(notebook.place(&letter("/elsewhere/letter.txt")).unwrap(), Some(at(1)));
}

#[cfg(unix)]
#[test]
fn a_path_that_is_no_text_is_kept_byte_by_byte() {
    use std::os::unix::ffi::OsStrExt;
    let notebook = Notebook::in_memory();
    let path = PathBuf::from(std::ffi::OsStr::from_bytes(b"/d/\xe9t\xe9.txt"));
    notebook.keep_mark('a', &DocumentRef { path: path.clone(), ..letter("") }, &at(1)).unwrap();
    assert_eq!(notebook.mark('a').unwrap().unwrap().document_ref.path, path);
}

#[test]
fn two_connections_write_at_once_and_see_each_other() {
    let (_temporary, path) = folder();
    std::thread::scope(|scope| {
        for half in 0..4u32 {
            let path = &path;
            scope.spawn(move || {
                let notebook = Notebook::open(path).unwrap();
                for number in 0..25 {
                    let document = letter(&format!("/{half}/{number}"));
                    notebook.keep_place(&document, &at(number)).unwrap();
                }
            });
        }
    });
    let notebook = Notebook::open(&path).unwrap();
    for half in 0..4 {
        for number in 0..25 {
            assert_eq!(notebook.place(&letter(&format!("/{half}/{number}"))).unwrap(), Some(at(number)));
        }
    }
}

/// A notebook as the first version made it, with a mark.
fn of_the_first_version(path: &Path) {
    let database = Connection::open(path).unwrap();
    database
        .execute_batch(
            "CREATE TABLE marks (
                name TEXT PRIMARY KEY, path BLOB NOT NULL, member TEXT NOT NULL, id TEXT NOT NULL,
                offset INTEGER NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, made INTEGER NOT NULL) STRICT;
            CREATE TABLE places (
                path BLOB NOT NULL, member TEXT NOT NULL, id TEXT NOT NULL,
                offset INTEGER NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, left_at INTEGER NOT NULL,
                PRIMARY KEY (path, member)) STRICT;
            CREATE INDEX places_by_id ON places (id);
            INSERT INTO marks VALUES ('a', CAST('/a' AS BLOB), '', '00ff', 7, 'x', 'y', 0);
            PRAGMA user_version = 1;",
        )
        .unwrap();
}

#[test]
fn an_older_notebook_keeps_its_marks_and_learns_to_keep_searches_and_interruptions() {
    let (_temporary, path) = folder();
    of_the_first_version(&path);
    for _ in 0..2 {
        let notebook = Notebook::open(&path).unwrap();
        assert_eq!(notebook.mark('a').unwrap().map(|mark| mark.locator.offset), Some(7));
        assert!(notebook.keep_search(&search("x"), &SeenDocuments::default()).unwrap());
        assert_eq!(notebook.searches().unwrap(), [search("x")]);
        notebook.keep_interruption(&Interruption::default()).unwrap();
        assert_eq!(notebook.interruption(&[]).unwrap(), Some(Interruption::default()));
    }
}

fn search(name: &str) -> StoredSearch {
    let without = vec!["tokayev".to_owned(), "токаев".to_owned()];
    StoredSearch {
        search: SavedSearch {
            name: name.to_owned(),
            source: "tokaïev -torture".to_owned(),
            sort: Sort::Date,
            spelling: Spelling { as_typed: false, without },
        },
        scope: vec![PathBuf::from("/a b"), PathBuf::from("/c")],
        looked: 12,
    }
}

#[test]
fn a_saved_search_is_there_again_with_all_that_it_asks_and_had() {
    let (_temporary, path) = folder();
    let notebook = Notebook::open(&path).unwrap();
    let seen_documents = SeenDocuments::of([3, 1, u64::MAX]);
    assert!(notebook.keep_search(&search("Tokaïev"), &seen_documents).unwrap());
    drop(notebook);
    let notebook = Notebook::open(&path).unwrap();
    assert_eq!(notebook.search("Tokaïev").unwrap(), Some((search("Tokaïev"), seen_documents)));
    assert_eq!(notebook.search("tokaïev").unwrap(), None);
    assert!(notebook.rename_search("Tokaïev", "Le président").unwrap());
    assert_eq!(notebook.searches().unwrap(), [search("Le président")]);
    assert!(notebook.forget_search("Le président").unwrap() && notebook.searches().unwrap().is_empty());
}

#[test]
fn a_name_that_is_taken_by_another_search_is_not_given_away() {
    let notebook = Notebook::in_memory();
    assert!(notebook.keep_search(&search("a"), &SeenDocuments::of([1])).unwrap());
    let mut other = search("a");
    other.search.source = "prison".to_owned();
    assert!(!notebook.keep_search(&other, &SeenDocuments::default()).unwrap());
    assert_eq!(notebook.search("a").unwrap(), Some((search("a"), SeenDocuments::of([1]))));
    let mut again = StoredSearch { looked: 99, ..search("a") };
    again.search.sort = Sort::Title;
    assert!(notebook.keep_search(&again, &SeenDocuments::of([2])).unwrap());
    assert_eq!(notebook.search("a").unwrap(), Some((again, SeenDocuments::of([2]))));
    assert!(notebook.keep_search(&search("b"), &SeenDocuments::default()).unwrap());
    assert!(!notebook.rename_search("a", "b").unwrap() && !notebook.rename_search("c", "d").unwrap());
}

#[test]
fn what_a_search_was_looked_at_with_stays_known() {
    let notebook = Notebook::in_memory();
    notebook.keep_search(&search("a"), &SeenDocuments::of([1, 2])).unwrap();
    notebook.look_at_search("a", &[2, 3], 50).unwrap();
    notebook.look_at_search("none", &[9], 50).unwrap();
    let (found, seen_documents) = notebook.search("a").unwrap().unwrap();
    assert_eq!((found.looked, seen_documents), (50, SeenDocuments::of([1, 2, 3])));
}

/// Puts something at the notebook's path.
type Making = fn(&Path);

#[test]
fn a_file_that_is_no_notebook_is_left_as_it_is() {
    let (temporary, path) = folder();
    let other = |path: &Path| {
        let database = Connection::open(path).unwrap();
        database.execute_batch("CREATE TABLE recipes (name TEXT)").unwrap();
    };
    let newer = |path: &Path| {
        drop(Notebook::open(path).unwrap());
        Connection::open(path).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
    };
    let cut = |path: &Path| {
        let notebook = Notebook::open(path).unwrap();
        for number in 0..200 {
            notebook.keep_place(&letter(&format!("/{number}")), &at(number)).unwrap();
        }
        drop(notebook);
        let bytes = std::fs::read(path).unwrap();
        std::fs::write(path, &bytes[..bytes.len() / 2]).unwrap();
    };
    let words = |path: &Path| std::fs::write(path, "no database, whatever its name says; ".repeat(50)).unwrap();
    let cases: [(Making, &str); 4] = [
        (words, "notebook-damaged"),
        (cut, "notebook-damaged"),
        (other, "notebook-damaged"),
        (newer, "notebook-newer"),
    ];
    for (number, (make, id)) in cases.into_iter().enumerate() {
        let path = path.with_file_name(format!("{number}.sqlite"));
        make(&path);
        let before = std::fs::read(&path).unwrap();
        assert_eq!(Notebook::open(&path).unwrap_err().message().id, id, "case {number}");
        assert!(before == std::fs::read(&path).unwrap(), "case {number} was changed");
    }
    assert!(!path.exists(), "nothing else was made in {}", temporary.path().display());
}

#[test]
fn an_empty_file_becomes_a_notebook() {
    let (_temporary, path) = folder();
    std::fs::write(&path, "").unwrap();
    Notebook::open(&path).unwrap().keep_place(&letter("/a"), &at(1)).unwrap();
    assert_eq!(Notebook::open(&path).unwrap().place(&letter("/a")).unwrap(), Some(at(1)));
}

#[test]
fn a_folder_that_is_not_there_is_told() {
    let (temporary, _) = folder();
    let error = Notebook::open(&temporary.path().join("none/notebook.sqlite")).unwrap_err();
    assert!(matches!(error, NotebookError::Unusable { .. }), "{error:?}");
}
