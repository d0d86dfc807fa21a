//! The dossier and the notebook: which of today's documents a mark or a place belongs to. Effects name documents by their
//! keys, the notebook by where they are; here one becomes the other.

use std::sync::PoisonError;

use super::Dossier;
use crate::app::Event;
use crate::document::{Document, DocumentKey, Locator};
use crate::library::LibraryError;
use crate::locale::Message;
use crate::notebook::Subject;
use crate::text::TextSize;
use crate::text::sanitize::sanitize;

/// That a mark was not kept, and why.
pub(crate) fn mark_unkept(name: char, reason: Message) -> Event {
    Event::Unkept(Message::new("mark-unkept").with("mark", name.to_string()).with("reason", reason))
}

/// That the place where a document was left was not kept, and why.
pub(crate) fn place_unkept(reason: Message) -> Event {
    Event::Unkept(Message::new("place-unkept").with("reason", reason))
}

impl Dossier {
    /// Keeps a mark. Returns whether it is on the disk, as an event.
    pub fn keep_mark(&self, name: char, key: DocumentKey, locator: &Locator) -> Event {
        let kept = self
            .subject(key)
            .map_err(|error| error.message())
            .and_then(|subject| self.notebook.keep_mark(name, &subject, locator).map_err(|error| error.message()));
        match kept {
            Ok(()) => Event::MarkKept { name, forgotten: self.notebook.is_in_memory() },
            Err(reason) => mark_unkept(name, reason),
        }
    }

    /// Keeps the place where a document was left. What there is to tell when that fails.
    pub fn keep_place(&self, key: DocumentKey, locator: &Locator) -> Option<Event> {
        let kept = self
            .subject(key)
            .map_err(|error| error.message())
            .and_then(|subject| self.notebook.keep_place(&subject, locator).map_err(|error| error.message()));
        kept.err().map(place_unkept)
    }

    /// Where a mark is in this dossier.
    pub fn find_mark(&self, name: char) -> Event {
        Event::MarkFound { name, found: self.marked(name) }
    }

    /// Where a document that is being opened was left; also learns what it is known by.
    pub(crate) fn left_at(&self, key: DocumentKey, document: &Document) -> Option<TextSize> {
        let subject = self.subject(key).ok()?;
        // A notebook that fails is told when something is kept; to read, the document's top will do.
        self.notebook.place(&subject).ok().flatten()?.find(document)
    }

    fn marked(&self, name: char) -> Result<(DocumentKey, Locator), Message> {
        let mark = self.notebook.mark(name).map_err(|error| error.message())?;
        let mark = mark.ok_or_else(|| Message::new("mark-unknown").with("mark", name.to_string()))?;
        let key = self.document_of(&mark.subject).map_err(|error| error.message())?;
        let key = key.ok_or_else(|| {
            let path = sanitize(&mark.subject.path.to_string_lossy()).into_owned();
            Message::new("mark-elsewhere").with("mark", name.to_string()).with("path", path)
        })?;
        Ok((key, mark.locator))
    }

    /// The document in this dossier: the one at that path, or the one at the same place of a folder that was moved when
    /// nothing is left at the path.
    pub(crate) fn document_of(&self, subject: &Subject) -> Result<Option<DocumentKey>, LibraryError> {
        let at_path = self.library.summaries(&self.library.keys_of_file(&subject.path)?)?;
        if let Some(known) = at_path.iter().find(|summary| summary.member == subject.member) {
            return Ok(Some(known.key).filter(|key| self.library.is_in(&self.scope, *key).unwrap_or(false)));
        }
        if !subject.is_gone() {
            return Ok(None);
        }
        self.library.find_by_relative_id(&self.scope, &subject.id, subject.member.as_deref())
    }

    pub(crate) fn subject(&self, key: DocumentKey) -> Result<Subject, LibraryError> {
        let known = || self.subjects.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known().get(&key) {
            return Ok(known.clone());
        }
        let path = self.library.path(key)?;
        let summary = self.library.summaries(&[key])?.pop().ok_or(LibraryError::Gone)?;
        let id = self.library.relative_id(&self.scope, &path, summary.member.as_deref())?;
        let subject = Subject { path, member: summary.member, id };
        known().insert(key, subject.clone());
        Ok(subject)
    }
}
