//! The document list: its order, its rows, and the selected document.

pub(super) mod document_list;

pub use document_list::DocumentList;
