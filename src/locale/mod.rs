//! Every sentence shown to people, in English and French. Other layers refer to a sentence by its message id with
//! arguments; only the layers that display it (`ui`, the command line) format it.
//!
//!
//! The sentences are compiled in from `assets/locales`, in Fluent's syntax. Callers sanitise words of documents before
//! they pass them as arguments; no invisible isolation marks are put around arguments, because a terminal would show or
//! misread them.

mod catalogue;
mod date;
mod keys;
mod message;
mod sentences;
mod ui_language;

pub use catalogue::Catalogue;
pub use message::{Argument, Message};
pub use ui_language::UiLanguage;
