//! The imperative shell: start, the event loop, workers. Performs side effects; the reader's behaviour is in `app`.

pub mod event_loop;
pub mod frame_scheduler;
pub mod keys;
pub mod replay;
pub mod start;
pub mod workers;
