//! Marks and last places: which document of this dossier an entry of the notebook belongs to. Requests name documents by
//! their keys, the notebook by their location; this file translates between the two.

use std::sync::PoisonError;

use super::{Dossier, DossierError};
use crate::document::{Document, DocumentKey, Locator};
use crate::library::LibraryError;
use crate::locale::Message;
use crate::notebook::DocumentRef;
use crate::text::TextSize;
use crate::text::sanitize::sanitize;

impl Dossier {
    /// Stores a mark.
    pub(super) fn keep_mark(&self, name: char, key: DocumentKey, locator: &Locator) -> Result<(), DossierError> {
        Ok(self.notebook.keep_mark(name, &self.document_ref(key)?, locator)?)
    }

    /// Stores the place where a document was left.
    pub(super) fn keep_place(&self, key: DocumentKey, locator: &Locator) -> Result<(), DossierError> {
        Ok(self.notebook.keep_place(&self.document_ref(key)?, locator)?)
    }

    /// The place of a mark, if its document is part of this dossier.
    pub(super) fn find_mark(&self, name: char) -> Result<(DocumentKey, Locator), DossierError> {
        let mark = self.notebook.mark(name)?;
        let mark = mark.ok_or_else(|| Message::new("mark-unknown").with("mark", name.to_string()))?;
        let key = self.document_of(&mark.document_ref)?.ok_or_else(|| {
            let path = sanitize(&mark.document_ref.path.to_string_lossy()).into_owned();
            Message::new("mark-elsewhere").with("mark", name.to_string()).with("path", path)
        })?;
        Ok((key, mark.locator))
    }

    /// The place where a document that is being opened was left. Also caches the document's location.
    pub(super) fn left_at(&self, key: DocumentKey, document: &Document) -> Option<TextSize> {
        let document_ref = self.document_ref(key).ok()?;
        // A notebook that fails is reported when something is stored; to read, the top of the document will do.
        self.notebook.place(&document_ref).ok().flatten()?.find(document)
    }

    /// The document at a location: the one at its path or, if nothing is left there, the one at the same relative place
    /// of a folder that was moved.
    pub(super) fn document_of(&self, document_ref: &DocumentRef) -> Result<Option<DocumentKey>, LibraryError> {
        let at_path = self.library.summaries(&self.library.keys_of_file(&document_ref.path)?)?;
        if let Some(known) = at_path.iter().find(|summary| summary.member == document_ref.member) {
            return Ok(Some(known.key).filter(|key| self.library.is_in(&self.scope, *key).unwrap_or(false)));
        }
        if !document_ref.is_gone() {
            return Ok(None);
        }
        self.library.find_by_relative_id(&self.scope, &document_ref.id, document_ref.member.as_deref())
    }

    /// The location of a document, cached: it is also known once the key is gone.
    pub(super) fn document_ref(&self, key: DocumentKey) -> Result<DocumentRef, LibraryError> {
        let known = || self.document_refs.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = known().get(&key) {
            return Ok(known.clone());
        }
        let path = self.library.path(key)?;
        let summary = self.library.summaries(&[key])?.pop().ok_or(LibraryError::Gone)?;
        let id = self.library.relative_id(&self.scope, &path, summary.member.as_deref())?;
        let document_ref = DocumentRef { path, member: summary.member, id };
        known().insert(key, document_ref.clone());
        Ok(document_ref)
    }
}
