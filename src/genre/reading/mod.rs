//! Tools shared by the recognisers: lines of a document, set phrases, names of people, key data, identifiers, acronyms.
//! None of them depends on a genre.

pub(super) mod acronyms;
pub(super) mod identifier;
pub(super) mod key_data;
pub(super) mod lines;
pub(super) mod people;
pub(super) mod wording;
