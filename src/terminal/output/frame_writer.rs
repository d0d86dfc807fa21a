//! Collects output so that one frame is one write. Libraries flush after every small piece; a flush here only keeps it,
//! and [`FrameWriter::send`] sends.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::terminal::recording::recorder::Tape;
use crate::terminal::tty::Output;

/// Counts of sent bytes and frames.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Traffic {
    /// Total number of bytes.
    pub bytes: u64,
    /// Number of frames with at least one byte.
    pub frames: u64,
    /// Number of bytes of the last frame.
    pub last: u64,
    /// Number of bytes of the largest frame.
    pub largest: u64,
}

/// Collects bytes and sends them at once. Clones share the frame.
#[derive(Clone, Debug)]
pub struct FrameWriter {
    frame: Arc<Mutex<Frame>>,
}

#[derive(Debug)]
struct Frame {
    bytes: Vec<u8>,
    output: Output,
    traffic: Traffic,
    /// Whether the terminal shows its cursor.
    cursor_shown: bool,
    tape: Option<Tape>,
}

impl FrameWriter {
    /// A writer that also records each frame on a tape, if there is one.
    pub(crate) fn new(output: Output, tape: Option<Tape>) -> Self {
        let frame = Frame { bytes: Vec::new(), output, traffic: Traffic::default(), cursor_shown: false, tape };
        Self { frame: Arc::new(Mutex::new(frame)) }
    }

    /// Sends the collected bytes in one write; nothing if there are none. After an error they are not sent again.
    pub fn send(&self) -> io::Result<()> {
        let frame = &mut *self.frame();
        if frame.bytes.is_empty() {
            return Ok(());
        }
        if let Some(tape) = &frame.tape {
            tape.output(&frame.bytes);
        }
        let sent = frame.output.write_all(&frame.bytes).and_then(|()| frame.output.flush());
        let length = frame.bytes.len() as u64;
        frame.bytes.clear();
        sent?;
        let Traffic { bytes, frames, largest, .. } = frame.traffic;
        frame.traffic =
            Traffic { bytes: bytes + length, frames: frames + 1, last: length, largest: largest.max(length) };
        Ok(())
    }

    /// Number of bytes that wait to be sent.
    pub fn collected(&self) -> u64 {
        self.frame().bytes.len() as u64
    }

    /// Puts bytes before and after those that wait to be sent.
    pub fn wrap(&self, before: &[u8], after: &[u8]) {
        let bytes = &mut self.frame().bytes;
        bytes.splice(0..0, before.iter().copied());
        bytes.extend_from_slice(after);
    }

    /// The counts, for `doctor`.
    pub fn traffic(&self) -> Traffic {
        self.frame().traffic
    }

    /// Discards unsent bytes; the terminal's cursor is hidden.
    pub(crate) fn forget(&self) {
        let mut frame = self.frame();
        frame.bytes.clear();
        frame.cursor_shown = false;
    }

    pub(crate) fn is_cursor_shown(&self) -> bool {
        self.frame().cursor_shown
    }

    pub(crate) fn set_cursor_shown(&self, shown: bool) {
        self.frame().cursor_shown = shown;
    }

    fn frame(&self) -> MutexGuard<'_, Frame> {
        self.frame.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Write for FrameWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.frame().bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
