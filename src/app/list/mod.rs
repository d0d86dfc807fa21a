//! The document list and what opening a document from it does.

pub(super) mod document_list;
pub(super) mod open;

pub use document_list::DocumentList;
