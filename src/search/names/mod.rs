//! Other names of what was typed: aliases from files of a dossier, and other spellings of a person's or a place's name.

pub mod aliases;
pub mod variants;
