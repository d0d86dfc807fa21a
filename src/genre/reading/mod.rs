//! What recognisers of several genres share: a document's lines as they read them, set wordings, people's names, tables of key
//! data, identifiers, acronyms. Nothing here knows a genre.

pub(super) mod acronyms;
pub mod identifier;
pub(super) mod key_data;
pub(super) mod lines;
pub(super) mod people;
pub(super) mod wording;
