//! Interrupted sessions: the session that is cut off is stored in the notebook, which names documents by their location; the
//! next run over the same paths finds it there and gets it back with today's keys.

use jiff::Timestamp;

use super::clock;
use super::saved_searches::paths;
use super::{Dossier, DossierError};
use crate::locale::Message;
use crate::notebook;
use crate::request::{InterruptedSession, SessionSnapshot};

/// How long an interrupted session is kept and offered, in milliseconds: 30 days.
const OFFERED: i64 = 30 * 24 * 60 * 60 * 1000;

impl Dossier {
    /// Stores a session.
    pub(super) fn keep_session(&self, session: &SessionSnapshot) -> Result<(), DossierError> {
        let kept = notebook::Interruption {
            scope: paths(&self.scope),
            at: Timestamp::now().as_millisecond(),
            title: session.open.as_ref().map(|open| open.title.clone()).unwrap_or_default(),
            // A document that cannot be located any more is left out; the searches are stored all the same.
            session: session.clone().with_documents(|key| self.document_ref(key).ok()),
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
        let session = kept.session;
        let typed = session.prompt.map(|(_, typed)| typed).filter(|typed| !typed.trim().is_empty());
        let searched = typed.or(session.in_document).or(session.in_dossier);
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
        let title = kept.session.open.as_ref().map(|open| open.title.clone());
        let mut failed = None;
        let session = kept.session.with_documents(|document_ref| {
            self.document_of(&document_ref).unwrap_or_else(|error| {
                failed = Some(error);
                None
            })
        });
        if let Some(error) = failed {
            return Err(error.into());
        }
        let lost = title.filter(|_| session.open.is_none());
        Ok((session, lost))
    }
}
