//! Why a dossier cannot be opened, searched or brought up to date: the catalogue's, the index's or the notebook's reason.

use crate::index::IndexError;
use crate::library::LibraryError;
use crate::locale::Message;
use crate::notebook::NotebookError;

/// The reason of a failure.
#[derive(Clone, Debug)]
pub enum DossierError {
    /// The catalogue's.
    Library(LibraryError),
    /// The index's.
    Index(IndexError),
    /// The notebook's.
    Notebook(NotebookError),
    /// One that only this layer knows, worded.
    Worded(Message),
}

impl DossierError {
    /// The sentence for people.
    pub fn message(&self) -> Message {
        match self {
            Self::Library(error) => error.message(),
            Self::Index(error) => error.message(),
            Self::Notebook(error) => error.message(),
            Self::Worded(message) => message.clone(),
        }
    }

    /// Whether another process is writing, so that the stored state can still be read.
    pub fn is_writer_elsewhere(&self) -> bool {
        matches!(self, Self::Library(LibraryError::WriterElsewhere) | Self::Index(IndexError::Locked(_)))
    }
}

impl From<LibraryError> for DossierError {
    fn from(error: LibraryError) -> Self {
        Self::Library(error)
    }
}

impl From<IndexError> for DossierError {
    fn from(error: IndexError) -> Self {
        Self::Index(error)
    }
}

impl From<NotebookError> for DossierError {
    fn from(error: NotebookError) -> Self {
        Self::Notebook(error)
    }
}

impl From<Message> for DossierError {
    fn from(message: Message) -> Self {
        Self::Worded(message)
    }
}
