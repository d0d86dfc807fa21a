//! The inverted lists: words in the dictionary, their documents, their positions, how often they are.

pub(super) mod cursor;
pub(super) mod dictionary;
pub(super) mod entry;
pub(super) mod frequency;
pub(super) mod positions;
pub(super) mod weight;
pub(super) mod word;
