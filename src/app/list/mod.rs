//! The document list: which documents it shows, in which order, and which one is selected.

pub(super) mod document_list;

pub use document_list::DocumentList;
