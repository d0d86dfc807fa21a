//! The imperative shell: the loop, workers, the command line's answers. It touches the outside, and decides nothing of what
//! the reader does: that is `app`'s.

pub mod aliases;
pub mod answers;
pub mod clock;
pub mod dossier;
pub mod drawing;
pub mod going_on;
pub mod indexing;
pub mod keeping;
pub mod keys;
pub mod not_read;
pub mod reader;
pub mod replay;
pub mod saving;
pub mod start;
pub mod workers;
