//! The terminal line on Unix: its modes, its size, and whose it is. Works through standard output, which is a terminal
//! whenever the reader is shown; standard input may be a pipe. Only portable termios; no ioctl but the window's size.

use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;

use ratatui::layout::Size;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::process::getpgrp;
use rustix::termios::{OptionalActions, Termios, isatty, tcgetattr, tcgetpgrp, tcgetwinsize, tcsetattr};

/// Where frames go.
#[derive(Debug)]
pub(super) struct Output(File);

impl From<File> for Output {
    fn from(terminal: File) -> Self {
        Self(terminal)
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        loop {
            match self.0.write(bytes) {
                // Another program that shares the terminal has made it non-blocking.
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    poll(&mut [PollFd::new(&self.0, PollFlags::OUT)], None)?;
                }
                result => return result,
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A stuck line (flow control, a dead connection) gets this long before it is given up.
const READY: Timespec = Timespec { tv_sec: 0, tv_nsec: 300_000_000 };

/// The line and its modes as they were.
#[derive(Debug)]
pub(super) struct Line {
    terminal: File,
    original: Termios,
}

impl Line {
    pub(super) fn open() -> io::Result<Self> {
        let terminal = File::from(io::stdout().as_fd().try_clone_to_owned()?);
        let original = tcgetattr(&terminal)?;
        Ok(Self { terminal, original })
    }

    pub(super) fn output(&self) -> io::Result<Output> {
        self.terminal.try_clone().map(Output)
    }

    /// Keys come as they are pressed, none is a signal, nothing is echoed or translated.
    pub(super) fn raw(&self) -> io::Result<()> {
        let mut modes = self.original.clone();
        modes.make_raw();
        Ok(tcsetattr(&self.terminal, OptionalActions::Now, &modes)?)
    }

    /// The modes as they were. What was typed ahead is left for the shell.
    pub(super) fn restore(&self) -> io::Result<()> {
        Ok(tcsetattr(&self.terminal, OptionalActions::Now, &self.original)?)
    }

    pub(super) fn write(&self, bytes: &[u8]) -> io::Result<()> {
        (&self.terminal).write_all(bytes)
    }

    /// Writes unless the line is stuck.
    pub(super) fn write_if_ready(&self, bytes: &[u8]) -> io::Result<()> {
        let mut fds = [PollFd::new(&self.terminal, PollFlags::OUT)];
        match poll(&mut fds, Some(&READY))? {
            0 => Err(io::ErrorKind::TimedOut.into()),
            _ => self.write(bytes),
        }
    }

    /// Whether the terminal listens to us: a background job that changes modes is stopped by the kernel.
    pub(super) fn in_foreground(&self) -> bool {
        // An error means that it is not our controlling terminal, so no job control stands between.
        tcgetpgrp(&self.terminal).map_or(true, |foreground| foreground == getpgrp())
    }
}

/// Whether standard output is a terminal and there is one to read keys from.
pub(super) fn is_terminal() -> bool {
    isatty(io::stdout()) && crate::runtime::input::open_terminal().is_ok()
}

/// What the kernel knows of the size; either part may be 0.
pub(super) fn size() -> Option<Size> {
    let window = tcgetwinsize(io::stdout()).ok()?;
    Some(Size { width: window.ws_col, height: window.ws_row })
}
