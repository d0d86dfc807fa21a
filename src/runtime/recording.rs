//! Recordings of a run, for reports of faults: the bytes that went to the terminal and those that came from it, with their
//! times. [`format`] is the file, [`tape`] writes it while one reads, [`mask`] takes the words out of it, [`playback`]
//! goes through one. Showing one on a terminal is `replay`'s.

pub mod format;
pub mod mask;
