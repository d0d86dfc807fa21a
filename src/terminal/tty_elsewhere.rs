//! The terminal where there is no Unix: crossterm's raw mode and size.

use std::io::{self, IsTerminal, Write};

use ratatui::layout::Size;

/// Where frames go.
pub(crate) type Output = io::Stdout;

/// The terminal.
#[derive(Debug)]
pub(crate) struct TtyLine;

#[expect(clippy::unused_self, clippy::unnecessary_wraps, reason = "the same face as on Unix")]
impl TtyLine {
    pub(crate) fn open() -> io::Result<Self> {
        Ok(Self)
    }

    pub(crate) fn output(&self) -> io::Result<Output> {
        Ok(io::stdout())
    }

    pub(crate) fn raw(&self) -> io::Result<()> {
        crossterm::terminal::enable_raw_mode()
    }

    pub(crate) fn restore(&self) -> io::Result<()> {
        crossterm::terminal::disable_raw_mode()
    }

    pub(crate) fn write(&self, bytes: &[u8]) -> io::Result<()> {
        let mut output = io::stdout().lock();
        output.write_all(bytes)?;
        output.flush()
    }

    pub(crate) fn write_at_last(&self, bytes: &[u8]) -> io::Result<()> {
        self.write(bytes)
    }

    pub(crate) fn in_foreground(&self) -> bool {
        true
    }
}

/// Whether standard output and input are terminals.
pub(crate) fn is_terminal() -> bool {
    io::stdout().is_terminal() && io::stdin().is_terminal()
}

/// The size in cells.
pub(crate) fn size() -> Option<Size> {
    crossterm::terminal::size().ok().map(|(width, height)| Size { width, height })
}
