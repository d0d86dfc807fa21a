//! Every sentence shown to people, in English and French. Other layers name a sentence by its message id and give it
//! arguments; only those who show it (`ui`, the command line) turn it into words.
//!
//! The sentences stand in `assets/locales` in Fluent's syntax and are compiled in. Words of documents that become
//! arguments are sanitised by whoever passes them; no invisible isolation marks are put around them, because a terminal
//! would show or misread them.

mod catalogue;
mod date;
mod keys;
mod message;
mod sentences;
mod tongue;

pub use catalogue::Catalogue;
pub use message::{Argument, Message};
pub use tongue::Tongue;
