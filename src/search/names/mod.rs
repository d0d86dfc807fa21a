//! Other names of typed words: aliases from a dossier's files, and other spellings of names of persons and places.

pub mod aliases;
pub mod variants;
pub mod writings;
