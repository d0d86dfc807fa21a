//! The imperative shell: the loop, workers, the command line's answers. It touches the outside, and decides nothing of what
//! the reader does: that is `app`'s.

pub mod answers;
pub mod drawing;
pub mod keys;
pub mod reader;
pub mod replay;
pub mod start;
pub mod workers;
