//! The imperative shell: start, the event loop, workers. It touches the outside, and decides nothing of what the reader
//! does: that is `app`'s.

pub mod event_loop;
pub mod frame_scheduler;
pub mod keys;
pub mod replay;
pub mod start;
pub mod workers;
