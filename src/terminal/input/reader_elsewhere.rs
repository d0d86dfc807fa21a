//! Reads the terminal on systems other than Unix: crossterm's reader in a thread. It cannot be woken, so pausing holds
//! back input instead of leaving it unread, and the thread ends with the process.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::InputEvent;

/// The reading thread.
#[derive(Debug)]
pub struct Input {
    paused: Arc<AtomicBool>,
}

/// Starts to read. There are no bytes to tap here. `emit` gets batches in order, never empty, and says whether anyone still listens.
pub fn spawn_input(
    _over_ssh: bool,
    _positions: u32,
    _tap: impl FnMut(&[u8]) + Send + 'static,
    mut emit: impl FnMut(Vec<InputEvent>) -> bool + Send + 'static,
) -> io::Result<Input> {
    let paused = Arc::new(AtomicBool::new(false));
    let ownership = Arc::clone(&paused);
    std::thread::Builder::new().name("input".to_owned()).spawn(move || {
        loop {
            let event = crossterm::event::read().map_or(InputEvent::Closed, InputEvent::Terminal);
            let closed = event == InputEvent::Closed;
            let dropped = ownership.load(Ordering::Relaxed) && !closed;
            if closed || !dropped && !emit(vec![event]) {
                break;
            }
        }
    })?;
    Ok(Input { paused })
}

impl Input {
    /// Holds back input: it belongs to another program.
    pub fn pause(&self) {
        self.paused.store(true, Ordering::Relaxed);
    }

    /// Passes input on again.
    pub fn resume(&self) {
        self.paused.store(false, Ordering::Relaxed);
    }
}
