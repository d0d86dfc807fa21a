//! How the command line's answers are written: JSON objects and tab-separated tables. What they hold is decided elsewhere.

pub(super) mod json;
pub(super) mod tsv;
