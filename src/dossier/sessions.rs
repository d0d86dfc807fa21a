//! The dossier and what was interrupted in it: the session that is cut is kept in the notebook, which names documents by
//! where they are; the next run over the same paths finds it there and is told today's keys.

use jiff::Timestamp;

use super::Dossier;
use super::clock;
use super::saved_searches::paths;
use crate::app::{Event, Interruption, Pane, Scope, Session, SessionDocument};
use crate::document::DocumentKey;
use crate::locale::Message;
use crate::notebook::{self, Subject};
use crate::search::Sort;
use crate::search::Spelling;
use crate::text::TextSize;

/// For how many milliseconds an interruption is kept and offered; by then one goes on elsewhere.
const OFFERED: i64 = 30 * 24 * 60 * 60 * 1000;

impl Dossier {
    /// Keeps what the person is at. What there is to tell when that fails.
    pub fn keep_session(&self, session: &Session) -> Option<Event> {
        // A document that cannot be named any more is left out; what was searched is kept all the same.
        let subject = |key: DocumentKey| self.subject(key).ok();
        let open = session.open.as_ref();
        let (scope, prompt) = match &session.prompt {
            Some((scope, typed)) => (*scope, Some(typed.clone())),
            None => (Scope::Dossier, None),
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
        let kept = self.notebook.keep_interruption(&kept);
        kept.err().map(|error| Event::Failed(error.message()))
    }

    /// What was interrupted here, when anything was.
    pub fn find_interruption(&self) -> Option<Event> {
        let oldest = Timestamp::now().as_millisecond() - OFFERED;
        // A notebook that fails is told when something is kept.
        let _ = self.notebook.forget_interruptions_before(oldest);
        let kept = self.interrupted().ok().flatten().filter(|kept| kept.at >= oldest)?;
        let moment = Timestamp::from_millisecond(kept.at).map_or_else(|_| String::new(), clock::local);
        let searched = kept.prompt.filter(|typed| !typed.trim().is_empty()).or(kept.in_document).or(kept.in_dossier);
        let title = if kept.title.is_empty() { searched.unwrap_or_default() } else { kept.title };
        Some(Event::InterruptionFound(Interruption { number: kept.at, moment, title }))
    }

    /// What to go on with.
    pub fn find_session(&self, number: i64) -> Event {
        match self.session(number) {
            Ok((session, lost)) => Event::SessionFound { session: Ok(Box::new(session)), lost },
            Err(message) => Event::SessionFound { session: Err(message), lost: None },
        }
    }

    /// Forgets an interruption. What there is to tell when that fails.
    pub fn forget_interruption(&self, number: i64) -> Option<Event> {
        let forgotten = self.notebook.forget_interruption(&paths(&self.scope), number);
        forgotten.err().map(|error| Event::Failed(error.message()))
    }

    fn interrupted(&self) -> Result<Option<notebook::Interruption>, notebook::NotebookError> {
        self.notebook.interruption(&paths(&self.scope))
    }

    /// The session, and the title of its document when that is no longer here.
    fn session(&self, number: i64) -> Result<(Session, Option<String>), Message> {
        let kept = self.interrupted().map_err(|error| error.message())?;
        // Another process was cut, or went on with it, meanwhile.
        let kept = kept.filter(|kept| kept.at == number).ok_or_else(|| Message::new("interruption-none"))?;
        let here = |subject: &Subject| self.document_of(subject).map_err(|error| error.message());
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
        let session = Session {
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

fn scope_name(scope: Scope) -> &'static str {
    match scope {
        Scope::Dossier => "dossier",
        Scope::Document => "document",
    }
}

fn scope_of(name: &str) -> Scope {
    if name == scope_name(Scope::Document) { Scope::Document } else { Scope::Dossier }
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
