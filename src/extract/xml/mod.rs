//! XML → marked text: a reader for each vocabulary (Akoma Ntoso, Formex, TEI), one for XML of no known vocabulary, and what
//! they share: the tree and the writer of text with its marks.

pub(super) mod akoma_ntoso;
pub(super) mod formex;
pub(super) mod tei;
pub(super) mod tree;
pub(super) mod untyped;
pub(super) mod writer;
