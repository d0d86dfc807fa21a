//! The terminal where there is no Unix: crossterm's raw mode and size.

use std::io::{self, IsTerminal, Write};

use ratatui::layout::Size;

/// Where frames go.
pub(super) type Output = io::Stdout;

/// The terminal.
#[derive(Debug)]
pub(super) struct Line;

#[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "the same face as on Unix")]
impl Line {
    pub(super) fn open() -> io::Result<Self> {
        Ok(Self)
    }

    pub(super) fn output(&self) -> io::Result<Output> {
        Ok(io::stdout())
    }

    pub(super) fn raw(&self) -> io::Result<()> {
        crossterm::terminal::enable_raw_mode()
    }

    pub(super) fn restore(&self) -> io::Result<()> {
        crossterm::terminal::disable_raw_mode()
    }

    pub(super) fn write(&self, bytes: &[u8]) -> io::Result<()> {
        let mut output = io::stdout().lock();
        output.write_all(bytes)?;
        output.flush()
    }

    pub(super) fn write_at_last(&self, bytes: &[u8]) -> io::Result<()> {
        self.write(bytes)
    }

    pub(super) fn in_foreground(&self) -> bool {
        true
    }
}

/// Whether standard output and input are terminals.
pub(super) fn is_terminal() -> bool {
    io::stdout().is_terminal() && io::stdin().is_terminal()
}

/// The size in cells.
pub(super) fn size() -> Option<Size> {
    crossterm::terminal::size().ok().map(|(width, height)| Size { width, height })
}
