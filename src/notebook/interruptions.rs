//! Interrupted sessions: one per scope, offered by the next start over the same paths. Stored here and not in the state
//! folder, because a session points into documents as marks and places do, must be on the disk before the process ends,
//! and several processes may be interrupted at once. A newer session replaces the older one of its scope, also when two
//! readers of one dossier were interrupted together. The caller defines the words for sort, focus and prompt, and
//! provides times.

use std::path::PathBuf;

use rusqlite::{OptionalExtension, Row, named_params};

use super::searches::{scope_bytes, without_lines};
use super::{Notebook, NotebookError, Subject};
use crate::document::Locator;

/// An interrupted session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Interruption {
    /// The absolute paths that were open; none for everything there is.
    pub scope: Vec<PathBuf>,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// The title of the open document; empty without one.
    pub title: String,
    /// The open document and the place in it.
    pub document: Option<(Subject, Locator)>,
    /// Start of the current match, in the document as it was.
    pub matched: Option<u32>,
    /// The document chosen in the list.
    pub chosen: Option<Subject>,
    /// The query of the dossier's search.
    pub in_dossier: Option<String>,
    /// The query of the document's search.
    pub in_document: Option<String>,
    /// The text of the open prompt, not yet accepted.
    pub prompt: Option<String>,
    /// What the prompt searches.
    pub prompt_scope: String,
    /// The order of hits, by its name on the command line.
    pub sort: String,
    /// The order of the list without a search.
    pub list_sort: String,
    /// Whether other spellings of names are left out.
    pub as_typed: bool,
    /// Other spellings that are left out.
    pub without: Vec<String>,
    /// The pane that had the focus.
    pub focus: String,
    /// Whether only the reader was shown.
    pub zoomed: bool,
}

impl Notebook {
    /// Keeps an interruption in the place of the one of its scope.
    pub fn keep_interruption(&self, kept: &Interruption) -> Result<(), NotebookError> {
        let keep = "INSERT OR REPLACE INTO interruptions VALUES (
            :scope, :at, :title, :path, :member, :id, :offset, :before, :after, :matched,
            :chosen_path, :chosen_member, :chosen_id, :dossier, :document, :prompt, :prompt_scope, :sort, :list_sort, :as_typed, :without, :focus, :zoomed)";
        let (subject, locator) = kept.document.as_ref().map_or((None, None), |(subject, at)| (Some(subject), Some(at)));
        let (open, chosen) = (subject.map(Subject::columns), kept.chosen.as_ref().map(Subject::columns));
        self.ask(|connection| {
            connection.execute(
                keep,
                named_params! {
                    ":scope": scope_bytes(&kept.scope), ":at": kept.at, ":title": kept.title,
                    ":path": open.as_ref().map(|open| &open.0), ":member": open.as_ref().map(|open| open.1),
                    ":id": open.as_ref().map(|open| open.2), ":offset": locator.map(|at| at.offset),
                    ":before": locator.map(|at| &at.before), ":after": locator.map(|at| &at.after),
                    ":matched": kept.matched, ":chosen_path": chosen.as_ref().map(|chosen| &chosen.0),
                    ":chosen_member": chosen.as_ref().map(|chosen| chosen.1),
                    ":chosen_id": chosen.as_ref().map(|chosen| chosen.2),
                    ":dossier": kept.in_dossier, ":document": kept.in_document,
                    ":prompt": kept.prompt, ":prompt_scope": kept.prompt_scope,
                    ":sort": kept.sort, ":list_sort": kept.list_sort, ":as_typed": kept.as_typed,
                    ":without": kept.without.join("\n"), ":focus": kept.focus, ":zoomed": kept.zoomed,
                },
            )?;
            Ok(())
        })
    }

    /// The interrupted session over these paths.
    pub fn interruption(&self, scope: &[PathBuf]) -> Result<Option<Interruption>, NotebookError> {
        self.ask(|connection| {
            let question = "SELECT * FROM interruptions WHERE scope = ?1";
            let found = |row: &Row| interruption(row, scope);
            connection.prepare_cached(question)?.query_row([scope_bytes(scope)], found).optional()
        })
    }

    /// Deletes all interrupted sessions from before a time, over any paths.
    pub fn forget_interruptions_before(&self, at: i64) -> Result<(), NotebookError> {
        self.ask(|connection| {
            connection.prepare_cached("DELETE FROM interruptions WHERE at < ?1")?.execute([at])?;
            Ok(())
        })
    }

    /// Forgets the interruption of these paths and that time; a newer one stays.
    pub fn forget_interruption(&self, scope: &[PathBuf], at: i64) -> Result<(), NotebookError> {
        self.ask(|connection| {
            let forget = "DELETE FROM interruptions WHERE scope = ?1 AND at = ?2";
            connection.prepare_cached(forget)?.execute((scope_bytes(scope), at))?;
            Ok(())
        })
    }
}

fn interruption(row: &Row, scope: &[PathBuf]) -> rusqlite::Result<Interruption> {
    let open = subject(row, ["path", "member", "id"])?;
    let locator = match row.get("offset")? {
        Some(offset) => Some(Locator { offset, before: row.get("before")?, after: row.get("after")? }),
        None => None,
    };
    Ok(Interruption {
        scope: scope.to_vec(),
        at: row.get("at")?,
        title: row.get("title")?,
        document: open.zip(locator),
        matched: row.get("matched")?,
        chosen: subject(row, ["chosen_path", "chosen_member", "chosen_id"])?,
        in_dossier: row.get("dossier")?,
        in_document: row.get("document")?,
        prompt: row.get("prompt")?,
        prompt_scope: row.get("prompt_scope")?,
        sort: row.get("sort")?,
        list_sort: row.get("list_sort")?,
        as_typed: row.get("as_typed")?,
        without: without_lines(&row.get::<_, String>("without")?),
        focus: row.get("focus")?,
        zoomed: row.get("zoomed")?,
    })
}

fn subject(row: &Row, [path, member, id]: [&str; 3]) -> rusqlite::Result<Option<Subject>> {
    let Some(path) = row.get::<_, Option<Vec<u8>>>(path)? else { return Ok(None) };
    Ok(Some(Subject::of_columns(&path, row.get(member)?, row.get(id)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interrupted(at: i64) -> Interruption {
        let subject = Subject { path: PathBuf::from("/d/a.txt"), member: Some("2".to_owned()), id: "00ff".to_owned() };
        let locator = Locator { offset: 7, before: "le ".to_owned(), after: "Parlement".to_owned() };
        Interruption {
            scope: vec![PathBuf::from("/d")],
            at,
            title: "Une lettre".to_owned(),
            document: Some((subject.clone(), locator)),
            matched: Some(9),
            chosen: Some(Subject { member: None, ..subject }),
            in_dossier: Some("tokaïev -torture".to_owned()),
            prompt: Some("dét".to_owned()),
            without: vec!["tokayev".to_owned(), "токаев".to_owned()],
            zoomed: true,
            ..Interruption::default()
        }
    }

    #[test]
    fn what_was_interrupted_is_there_again_in_its_own_scope() {
        let notebook = Notebook::in_memory();
        notebook.keep_interruption(&interrupted(10)).unwrap();
        assert_eq!(notebook.interruption(&[PathBuf::from("/d")]).unwrap(), Some(interrupted(10)));
        assert_eq!(notebook.interruption(&[PathBuf::from("/d/e")]).unwrap(), None);
        assert_eq!(notebook.interruption(&[]).unwrap(), None);
        let nothing_open = Interruption { prompt: Some("x".to_owned()), at: 11, ..Interruption::default() };
        notebook.keep_interruption(&nothing_open).unwrap();
        assert_eq!(notebook.interruption(&[]).unwrap(), Some(nothing_open));
    }

    #[test]
    fn a_newer_one_takes_its_place_and_is_not_forgotten_with_the_older() {
        let notebook = Notebook::in_memory();
        let scope = [PathBuf::from("/d")];
        notebook.keep_interruption(&interrupted(10)).unwrap();
        notebook.keep_interruption(&interrupted(20)).unwrap();
        notebook.forget_interruption(&scope, 10).unwrap();
        assert_eq!(notebook.interruption(&scope).unwrap(), Some(interrupted(20)));
        notebook.forget_interruption(&scope, 20).unwrap();
        assert_eq!(notebook.interruption(&scope).unwrap(), None);
    }

    #[test]
    fn what_is_too_old_is_forgotten_in_every_scope() {
        let notebook = Notebook::in_memory();
        notebook.keep_interruption(&interrupted(10)).unwrap();
        notebook.keep_interruption(&Interruption { at: 12, ..Interruption::default() }).unwrap();
        notebook.forget_interruptions_before(11).unwrap();
        assert_eq!(notebook.interruption(&[PathBuf::from("/d")]).unwrap(), None);
        assert!(notebook.interruption(&[]).unwrap().is_some());
    }
}
