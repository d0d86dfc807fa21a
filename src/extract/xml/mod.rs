//! Extracts marked text from XML: a reader for each vocabulary (Akoma Ntoso, Formex, TEI), one for XML of unknown
//! vocabulary, and the code they share: the tree and the writer of events.

pub(super) mod akoma_ntoso;
pub(super) mod formex;
pub(super) mod tei;
pub(super) mod tree;
pub(super) mod untyped;
pub(super) mod writer;
