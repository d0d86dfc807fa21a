//! The only writer of an index. Changes become visible with [`IndexWriter::commit`] and a reader's reload; committed
//! changes survive a kill or a full disk, others must be added again.

use std::path::PathBuf;

use tantivy::Term;
use tantivy::indexer::IndexWriterOptions;

use super::schema::{Fields, entry};
use super::{Index, IndexError};
use crate::document::{Document, DocumentKey};

/// What the documents not yet written may take in memory.
const MEMORY: usize = 64 << 20;

/// Adds documents to an index and takes them out. While it exists, no other process can make one.
pub struct IndexWriter {
    inner: tantivy::IndexWriter,
    fields: Fields,
    path: PathBuf,
}

impl Index {
    /// Its writer; [`IndexError::Locked`] when there is one already, in this process or another.
    pub fn writer(&self) -> Result<IndexWriter, IndexError> {
        IndexWriter::open(self)
    }
}

impl IndexWriter {
    /// The writer of an index; files that a killed writer left behind are removed.
    pub(super) fn open(index: &Index) -> Result<Self, IndexError> {
        // One thread: extraction, which feeds it, is the other.
        let options = IndexWriterOptions::builder()
            .memory_budget_per_thread(MEMORY)
            .num_worker_threads(1)
            .num_merge_threads(1)
            .build();
        let inner = index.inner.writer_with_options(options);
        let inner = inner.map_err(|error| IndexError::from_tantivy(&index.path, &error))?;
        let writer = Self { inner, fields: index.fields, path: index.path.clone() };
        writer.sweep()?;
        Ok(writer)
    }

    /// Adds a document. One of the same key has to be deleted before.
    pub fn add(&mut self, key: DocumentKey, document: &Document) -> Result<(), IndexError> {
        let added = self.inner.add_document(entry(self.fields, key, document));
        added.map(|_| ()).map_err(|error| self.error(&error))
    }

    /// Takes a document out; nothing when it is not there.
    pub fn delete(&mut self, key: DocumentKey) {
        self.inner.delete_term(Term::from_field_u64(self.fields.key, key.0));
    }

    /// Makes additions and deletions durable, and visible to readers that reload. After an error everything since the
    /// last commit is discarded and the writer can be used further.
    pub fn commit(&mut self) -> Result<(), IndexError> {
        match self.inner.commit() {
            Ok(_) => Ok(()),
            Err(error) => {
                // A failure here recurs at the next commit, and is reported then.
                drop(self.inner.rollback());
                drop(self.sweep());
                Err(self.error(&error))
            }
        }
    }

    /// Takes every document out.
    pub fn clear(&mut self) -> Result<(), IndexError> {
        self.inner.delete_all_documents().map(|_| ()).map_err(|error| self.error(&error))
    }

    fn sweep(&self) -> Result<(), IndexError> {
        self.inner.garbage_collect_files().wait().map(|_| ()).map_err(|error| self.error(&error))
    }

    fn error(&self, error: &tantivy::TantivyError) -> IndexError {
        IndexError::from_tantivy(&self.path, error)
    }
}
