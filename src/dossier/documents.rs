//! Single documents of a dossier: opened with their outline and citations, in their original form, and by id.

use std::path::PathBuf;
use std::sync::Arc;

use super::not_read::with_paths;
use super::{Dossier, DossierError};
use crate::document::{BlockKind, Document, DocumentBuilder, DocumentKey};
use crate::library::{LibraryError, Scope};
use crate::locale::Message;
use crate::request::{OpenedDocument, UnreadFiles};
use crate::text::TextSize;
use crate::text::offset::range;

/// Maximum number of files without a document that are listed by path.
const MOST_PROBLEMS: usize = 5000;

impl Dossier {
    /// Opens a document. One that was read again has another key and is found by its `id`. `None` if it is gone.
    pub(super) fn load(&self, key: DocumentKey, id: Option<&str>) -> Result<Option<OpenedDocument>, DossierError> {
        let opened = match self.opened(key) {
            Err(LibraryError::Gone) => self.opened_by_id(id),
            opened => opened,
        };
        match opened {
            Ok(opened) => Ok(Some(opened)),
            Err(LibraryError::Gone) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    fn opened_by_id(&self, id: Option<&str>) -> Result<OpenedDocument, LibraryError> {
        let keys = id.map(|id| self.library.find_by_id_or_path(id, &self.scope)).transpose()?.unwrap_or_default();
        self.opened(*keys.first().ok_or(LibraryError::Gone)?)
    }

    fn opened(&self, key: DocumentKey) -> Result<OpenedDocument, LibraryError> {
        let document = self.library.resolved(key)?;
        let summary = self.library.summaries(&[key])?.pop().ok_or(LibraryError::Gone)?;
        let outline = document.outline().into();
        let left_at = self.left_at(key, &document);
        let cited_by = self.library.summaries(&self.library.cited_by(key)?)?;
        Ok(OpenedDocument { key, summary, document, outline, cited_by, left_at })
    }

    /// The file of a document, and the line, from 1, of a place in its source.
    pub(super) fn locate_file(&self, key: DocumentKey, source: TextSize) -> Result<(PathBuf, u32), DossierError> {
        let path = self.library.path(key)?;
        if !path.is_file() {
            return Err(Message::new("edit-none").into());
        }
        Ok((path, self.library.line(key, source)?))
    }

    /// The document of an id or a path, in the whole library, because references lead out of the dossier.
    pub(super) fn find_document(&self, id: &str) -> Result<DocumentKey, DossierError> {
        let keys = self.library.find_by_id_or_path(id, &Scope::everything())?;
        Ok(keys.first().copied().ok_or_else(|| Message::new("reference-gone"))?)
    }

    /// The files that gave no document, with reasons.
    pub(super) fn problems(&self) -> Result<UnreadFiles, DossierError> {
        let all = self.library.not_read(&self.scope)?;
        Ok(with_paths(&all, self.library.problems(&self.scope, MOST_PROBLEMS)?))
    }

    /// The source of a document as a document of preformatted lines, whose source map points into that source.
    pub(super) fn original(&self, key: DocumentKey) -> Result<Arc<Document>, DossierError> {
        Ok(Arc::new(as_lines(&self.library.original(key)?)))
    }
}

/// A source as a document: each line a preformatted leaf.
fn as_lines(source: &str) -> Document {
    let mut builder = DocumentBuilder::new();
    let mut start = 0;
    for line in source.split('\n') {
        builder.start(BlockKind::Preformatted, 0);
        builder.push(line, Some(range(start, start + line.len())));
        start += line.len() + 1;
    }
    builder.finish(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_a_source_maps_to_its_place() {
        let original = as_lines("un\n\ndeux");
        assert_eq!(original.check(), Vec::<String>::new());
        assert_eq!(original.text, "un\n\ndeux");
        assert_eq!(original.source_map.to_text(TextSize::new(4)), TextSize::new(4));
        assert_eq!(original.source_map.to_source(TextSize::new(6)), TextSize::new(6));
    }
}
