//! Interrupted sessions: the session that is cut off is stored in the notebook, which names documents by their location; the
//! next run over the same paths finds it there and gets it back with today's keys.

use jiff::Timestamp;

use super::clock;
use super::saved_searches::paths;
use super::{Dossier, DossierError};
use crate::document::DocumentKey;
use crate::locale::Message;
use crate::notebook::{self, Subject};
use crate::request::{InterruptedSession, Pane, SearchScope, SessionDocument, SessionSnapshot};
use crate::search::Sort;
use crate::search::Spelling;
use crate::text::TextSize;

/// How long an interrupted session is kept and offered, in milliseconds: 30 days.
const OFFERED: i64 = 30 * 24 * 60 * 60 * 1000;

impl Dossier {
    /// Stores a session.
    pub(super) fn keep_session(&self, session: &SessionSnapshot) -> Result<(), DossierError> {
        // A document that cannot be located any more is left out; the searches are stored all the same.
        let subject = |key: DocumentKey| self.subject(key).ok();
        let open = session.open.as_ref();
        let (scope, prompt) = match &session.prompt {
            Some((scope, typed)) => (*scope, Some(typed.clone())),
            None => (SearchScope::Dossier, None),
        };
        let kept = notebook::Interruption {
            scope: paths(&self.scope),
            at: Timestamp::now().as_millisecond(),
            title: open.map(|open| open.title.clone()).unwrap_or_default(),
            document: open.and_then(|open| Some((subject(open.key)?, open.locator.clone()))),
            matched: open.and_then(|open| open.matched).map(u32::from),
            chosen: session.chosen.and_then(subject),
            in_dossier: session.in_dossier.clone(),
            in_document: session.in_document.clone(),
            prompt,
            prompt_scope: scope_name(scope).to_owned(),
            sort: session.sort.name().to_owned(),
            list_sort: session.list_sort.name().to_owned(),
            as_typed: session.spelling.as_typed,
            without: session.spelling.without.clone(),
            focus: pane_name(session.focus).to_owned(),
            zoomed: session.zoomed,
        };
        Ok(self.notebook.keep_interruption(&kept)?)
    }

    /// The session that was interrupted over these paths, if any.
    pub(super) fn find_interruption(&self) -> Option<InterruptedSession> {
        let oldest = Timestamp::now().as_millisecond() - OFFERED;
        // A notebook that fails is reported when something is stored.
        let _ = self.notebook.forget_interruptions_before(oldest);
        let kept = self.interrupted().ok().flatten().filter(|kept| kept.at >= oldest)?;
        let moment = Timestamp::from_millisecond(kept.at).map_or_else(|_| String::new(), clock::local);
        let searched = kept.prompt.filter(|typed| !typed.trim().is_empty()).or(kept.in_document).or(kept.in_dossier);
        let title = if kept.title.is_empty() { searched.unwrap_or_default() } else { kept.title };
        Some(InterruptedSession { number: kept.at, moment, title })
    }

    /// Deletes an interrupted session.
    pub(super) fn forget_interruption(&self, number: i64) -> Result<(), DossierError> {
        Ok(self.notebook.forget_interruption(&paths(&self.scope), number)?)
    }

    fn interrupted(&self) -> Result<Option<notebook::Interruption>, notebook::NotebookError> {
        self.notebook.interruption(&paths(&self.scope))
    }

    /// The session of an interruption, and the title of its document if that is no longer part of the dossier.
    pub(super) fn find_session(&self, number: i64) -> Result<(SessionSnapshot, Option<String>), DossierError> {
        // Another process may have been interrupted, or have restored the session, since it was offered.
        let kept = self.interrupted()?.filter(|kept| kept.at == number);
        let kept = kept.ok_or_else(|| Message::new("interruption-none"))?;
        let here = |subject: &Subject| self.document_of(subject);
        let (open, lost) = match kept.document {
            Some((subject, locator)) => match here(&subject)? {
                Some(key) => {
                    let matched = kept.matched.map(TextSize::new);
                    (Some(SessionDocument { key, title: kept.title, locator, matched }), None)
                }
                None => (None, Some(kept.title)),
            },
            None => (None, None),
        };
        let sort = |name: &str, default| Sort::from_name(name).unwrap_or(default);
        let session = SessionSnapshot {
            open,
            chosen: kept.chosen.as_ref().map(here).transpose()?.flatten(),
            in_dossier: kept.in_dossier,
            in_document: kept.in_document,
            prompt: kept.prompt.map(|typed| (scope_of(&kept.prompt_scope), typed)),
            sort: sort(&kept.sort, Sort::Relevance),
            list_sort: sort(&kept.list_sort, Sort::Date),
            spelling: Spelling { as_typed: kept.as_typed, without: kept.without },
            focus: pane_of(&kept.focus),
            zoomed: kept.zoomed,
        };
        Ok((session, lost))
    }
}

fn scope_name(scope: SearchScope) -> &'static str {
    match scope {
        SearchScope::Dossier => "dossier",
        SearchScope::Document => "document",
    }
}

fn scope_of(name: &str) -> SearchScope {
    if name == scope_name(SearchScope::Document) { SearchScope::Document } else { SearchScope::Dossier }
}

fn pane_name(pane: Pane) -> &'static str {
    match pane {
        Pane::List => "list",
        Pane::Reader => "reader",
        Pane::Sidebar => "sidebar",
    }
}

fn pane_of(name: &str) -> Pane {
    [Pane::Reader, Pane::Sidebar].into_iter().find(|pane| pane_name(*pane) == name).unwrap_or_default()
}
