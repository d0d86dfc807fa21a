//! The imperative shell: start, the event loop, workers. It touches the outside, and decides nothing of what the reader
//! does: that is `app`'s.

pub mod drawing;
pub mod keys;
pub mod reader;
pub mod replay;
pub mod start;
pub mod workers;
