//! Interrupted sessions: one per scope, offered by the next start over the same paths. Stored here and not in the state
//! folder, because a session points into documents as marks and places do, must be on the disk before the process ends,
//! and several processes may be interrupted at once. A newer session replaces the older one of its scope, also when two
//! readers of one dossier were interrupted together. The caller defines the words for sort, focus and prompt, and
//! provides times.

use std::path::PathBuf;

use rusqlite::{OptionalExtension, Row, named_params};

use super::searches::{scope_bytes, without_lines};
use super::{DocumentRef, Notebook, NotebookError};
use crate::document::Locator;
use crate::request::{Pane, SearchScope, SessionDocument, SessionSnapshot};
use crate::search::{Sort, Spelling};
use crate::text::TextSize;

/// An interrupted session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Interruption {
    /// The absolute paths that were open; none for everything there is.
    pub scope: Vec<PathBuf>,
    /// When, in milliseconds since 1970.
    pub at: i64,
    /// The title of the open document, also if that could not be located; empty without one.
    pub title: String,
    /// The session, with documents identified by their location.
    pub session: SessionSnapshot<DocumentRef>,
}

impl Notebook {
    /// Keeps an interruption in the place of the one of its scope.
    pub fn keep_interruption(&self, kept: &Interruption) -> Result<(), NotebookError> {
        let keep = "INSERT OR REPLACE INTO interruptions VALUES (
            :scope, :at, :title, :path, :member, :id, :offset, :before, :after, :matched,
            :chosen_path, :chosen_member, :chosen_id, :dossier, :document, :prompt, :prompt_scope, :sort, :list_sort, :as_typed, :without, :focus, :zoomed)";
        let session = &kept.session;
        let (open, chosen) = (session.open.as_ref(), session.chosen.as_ref().map(DocumentRef::columns));
        let (document_ref, locator) = (open.map(|open| open.key.columns()), open.map(|open| &open.locator));
        let (scope, prompt) =
            session.prompt.as_ref().map_or((SearchScope::Dossier, None), |(scope, typed)| (*scope, Some(typed)));
        self.ask(|connection| {
            connection.execute(
                keep,
                named_params! {
                    ":scope": scope_bytes(&kept.scope), ":at": kept.at, ":title": kept.title,
                    ":path": document_ref.as_ref().map(|open| &open.0), ":member": document_ref.as_ref().map(|open| open.1),
                    ":id": document_ref.as_ref().map(|open| open.2), ":offset": locator.map(|at| at.offset),
                    ":before": locator.map(|at| &at.before), ":after": locator.map(|at| &at.after),
                    ":matched": open.and_then(|open| open.matched).map(u32::from),
                    ":chosen_path": chosen.as_ref().map(|chosen| &chosen.0),
                    ":chosen_member": chosen.as_ref().map(|chosen| chosen.1),
                    ":chosen_id": chosen.as_ref().map(|chosen| chosen.2),
                    ":dossier": session.in_dossier, ":document": session.in_document,
                    ":prompt": prompt, ":prompt_scope": scope.name(),
                    ":sort": session.sort.name(), ":list_sort": session.list_sort.name(),
                    ":as_typed": session.spelling.as_typed, ":without": session.spelling.without.join("\n"),
                    ":focus": session.focus.name(), ":zoomed": session.zoomed,
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
    let title: String = row.get("title")?;
    let open = match (document_ref(row, ["path", "member", "id"])?, row.get("offset")?) {
        (Some(key), Some(offset)) => {
            let locator = Locator { offset, before: row.get("before")?, after: row.get("after")? };
            let matched = row.get::<_, Option<u32>>("matched")?.map(TextSize::new);
            Some(SessionDocument { key, title: title.clone(), locator, matched })
        }
        _ => None,
    };
    let prompt: Option<String> = row.get("prompt")?;
    let scope_of_prompt = SearchScope::from_name(&row.get::<_, String>("prompt_scope")?);
    let sort =
        |column: &str, default| row.get::<_, String>(column).map(|name| Sort::from_name(&name).unwrap_or(default));
    let session = SessionSnapshot {
        open,
        chosen: document_ref(row, ["chosen_path", "chosen_member", "chosen_id"])?,
        in_dossier: row.get("dossier")?,
        in_document: row.get("document")?,
        prompt: prompt.map(|typed| (scope_of_prompt, typed)),
        sort: sort("sort", Sort::Relevance)?,
        list_sort: sort("list_sort", Sort::Date)?,
        spelling: Spelling {
            as_typed: row.get("as_typed")?,
            without: without_lines(&row.get::<_, String>("without")?),
        },
        focus: Pane::from_name(&row.get::<_, String>("focus")?),
        zoomed: row.get("zoomed")?,
    };
    Ok(Interruption { scope: scope.to_vec(), at: row.get("at")?, title, session })
}

fn document_ref(row: &Row, [path, member, id]: [&str; 3]) -> rusqlite::Result<Option<DocumentRef>> {
    let Some(path) = row.get::<_, Option<Vec<u8>>>(path)? else { return Ok(None) };
    Ok(Some(DocumentRef::of_columns(&path, row.get(member)?, row.get(id)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interrupted(at: i64) -> Interruption {
        let document_ref =
            DocumentRef { path: PathBuf::from("/d/a.txt"), member: Some("2".to_owned()), id: "00ff".to_owned() };
        let locator = Locator { offset: 7, before: "le ".to_owned(), after: "Parlement".to_owned() };
        let title = "Une lettre".to_owned();
        let open = SessionDocument {
            key: document_ref.clone(),
            title: title.clone(),
            locator,
            matched: Some(TextSize::new(9)),
        };
        let session = SessionSnapshot {
            open: Some(open),
            chosen: Some(DocumentRef { member: None, ..document_ref }),
            in_dossier: Some("tokaïev -torture".to_owned()),
            prompt: Some((SearchScope::Document, "dét".to_owned())),
            sort: Sort::Title,
            spelling: Spelling { as_typed: true, without: vec!["tokayev".to_owned(), "токаев".to_owned()] },
            focus: Pane::Sidebar,
            zoomed: true,
            ..SessionSnapshot::default()
        };
        Interruption { scope: vec![PathBuf::from("/d")], at, title, session }
    }

    #[test]
    fn what_was_interrupted_is_there_again_in_its_own_scope() {
        let notebook = Notebook::in_memory();
        notebook.keep_interruption(&interrupted(10)).unwrap();
        assert_eq!(notebook.interruption(&[PathBuf::from("/d")]).unwrap(), Some(interrupted(10)));
        assert_eq!(notebook.interruption(&[PathBuf::from("/d/e")]).unwrap(), None);
        assert_eq!(notebook.interruption(&[]).unwrap(), None);
        let mut nothing_open = Interruption { at: 11, ..Interruption::default() };
        nothing_open.session.prompt = Some((SearchScope::Dossier, "x".to_owned()));
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
