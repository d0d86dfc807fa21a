//! A query and texts: matches, passages, characteristic words, near duplicates. Never uses an index.

pub mod gathering;
pub(super) mod matcher;
pub(super) mod more_like_this;
pub mod near_duplicates;
pub(super) mod snippet;
