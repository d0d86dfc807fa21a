//! Documents and a query: which passages match, what is shown of them, which documents are like another or nearly the same.
//! It looks at texts and never at an index.

pub mod gathering;
pub(super) mod matcher;
pub(super) mod more_like_this;
pub mod near_duplicates;
pub(super) mod snippet;
