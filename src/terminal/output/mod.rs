//! How frames reach the terminal: ratatui's backend over the encoder, and the writer of finished frames.

pub(super) mod backend;
pub(super) mod frame_writer;
