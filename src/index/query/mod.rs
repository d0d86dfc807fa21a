//! A search as tantivy runs it: [`translate`] builds it of the query types beside it, each of which decides which documents
//! answer and ranks nothing.

pub(super) mod exclusion;
pub(super) mod facts;
pub(super) mod near;
pub(super) mod phrase;
pub(super) mod translate;
pub(super) mod within;
