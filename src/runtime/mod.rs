//! The imperative shell: the terminal and its keys, signals, other programs, workers. Everything here touches the
//! outside, and nothing here decides what the reader does: that is `app`'s.

pub mod aliases;
pub mod answers;
pub mod asking;
pub mod clipboard;
pub mod clock;
pub mod dossier;
pub mod drawing;
pub mod going_on;
pub mod indexing;
pub mod input;
pub mod keeping;
pub mod keys;
pub mod not_read;
pub mod pace;
pub mod programs;
pub mod reader;
pub mod recording;
pub mod replay;
pub mod resizing;
pub mod saving;
pub mod screen;
pub mod signals;
pub mod start;
pub mod terminal;
pub mod terminals;
pub mod workers;
