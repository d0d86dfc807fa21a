//! The terminal line on Unix: its modes, its size, and its owner. Uses standard output, which is a terminal whenever the
//! reader is shown; standard input may be a pipe. Portable termios only; the only ioctl is the window's size.
//!
//! Output goes through a separate non-blocking descriptor of the terminal where possible: standard output shares its
//! description with the shell, which must not become non-blocking, and a write that blocks on a stuck line could not be
//! given up at a termination request.

use std::fs::File;
use std::io::{self, Write};
use std::os::fd::AsFd;

use ratatui::layout::Size;
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use rustix::process::getpgrp;
use rustix::termios::{
    OptionalActions, QueueSelector, Termios, isatty, tcflush, tcgetattr, tcgetpgrp, tcgetwinsize, tcsetattr, ttyname,
};

use super::leave_request::termination_requested;

/// Writes frames.
#[derive(Debug)]
pub(crate) struct Output(File);

impl From<File> for Output {
    fn from(terminal: File) -> Self {
        Self(terminal)
    }
}

impl Write for Output {
    /// Waits while the line is stuck, until a termination request: then the rest of the frame is useless.
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        loop {
            match self.0.write(bytes) {
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    if termination_requested().is_some() {
                        return Err(io::ErrorKind::TimedOut.into());
                    }
                    wait_until_ready(&self.0, &LOOK)?;
                }
                result => return result,
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Waits until the terminal accepts bytes; returns whether it does within that time.
fn wait_until_ready(terminal: &File, patience: &Timespec) -> io::Result<bool> {
    match poll(&mut [PollFd::new(terminal, PollFlags::OUT)], Some(patience)) {
        Ok(ready) => Ok(ready > 0),
        Err(Errno::INTR) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Interval at which a termination request is checked while the line is stuck.
const LOOK: Timespec = Timespec { tv_sec: 0, tv_nsec: 100_000_000 };
/// A stuck line (flow control, a dead connection) gets this long before it is given up.
const READY: Timespec = Timespec { tv_sec: 0, tv_nsec: 300_000_000 };

/// The line and its modes as they were.
#[derive(Debug)]
pub(crate) struct TtyLine {
    terminal: File,
    /// The same terminal, opened separately where possible.
    output: File,
    original: Termios,
}

impl TtyLine {
    pub(crate) fn open() -> io::Result<Self> {
        let terminal = File::from(io::stdout().as_fd().try_clone_to_owned()?);
        let original = tcgetattr(&terminal)?;
        let output = opened_anew(&terminal).or_else(|_| terminal.try_clone())?;
        Ok(Self { terminal, output, original })
    }

    pub(crate) fn output(&self) -> io::Result<Output> {
        self.output.try_clone().map(Output)
    }

    /// Sets raw mode: keys come at once, none is a signal, nothing is echoed or translated.
    pub(crate) fn raw(&self) -> io::Result<()> {
        let mut modes = self.original.clone();
        modes.make_raw();
        Ok(tcsetattr(&self.terminal, OptionalActions::Now, &modes)?)
    }

    /// Restores the modes. Typed-ahead input is left for the shell.
    pub(crate) fn restore(&self) -> io::Result<()> {
        Ok(tcsetattr(&self.terminal, OptionalActions::Now, &self.original)?)
    }

    pub(crate) fn write(&self, bytes: &[u8]) -> io::Result<()> {
        self.output()?.write_all(bytes)
    }

    /// Writes also on a stuck line: bytes that it does not accept within a moment replace the pending output, which
    /// belongs to a screen that is being left.
    pub(crate) fn write_at_last(&self, bytes: &[u8]) -> io::Result<()> {
        let mut rest = bytes;
        for is_last in [false, true] {
            while !rest.is_empty() {
                match (&self.output).write(rest) {
                    Ok(written) => rest = &rest[written..],
                    Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                        if !wait_until_ready(&self.output, &READY)? {
                            break;
                        }
                    }
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    Err(error) => return Err(error),
                }
            }
            if !rest.is_empty() && !is_last {
                tcflush(&self.output, QueueSelector::OFlush)?;
                rest = bytes;
            }
        }
        if rest.is_empty() { Ok(()) } else { Err(io::ErrorKind::TimedOut.into()) }
    }

    /// Discards unread input.
    pub(crate) fn drop_input(&self) {
        let _ = tcflush(&self.terminal, QueueSelector::IFlush); // nothing is there to be dropped on a line that is cut
    }

    /// Whether the process is in the foreground: the kernel stops a background job that changes modes.
    pub(crate) fn in_foreground(&self) -> bool {
        // An error means that it is not our controlling terminal, so there is no job control.
        tcgetpgrp(&self.terminal).map_or(true, |foreground| foreground == getpgrp())
    }
}

/// Opens the terminal of a descriptor again, with a description of its own that does not block.
fn opened_anew(terminal: &File) -> io::Result<File> {
    use std::os::unix::ffi::OsStrExt;
    let name = ttyname(terminal, Vec::new())?;
    let path = std::path::Path::new(std::ffi::OsStr::from_bytes(name.as_bytes()));
    // NOCTTY: a terminal that is not ours must not become our controlling one.
    let flags = OFlags::WRONLY | OFlags::NOCTTY | OFlags::NONBLOCK | OFlags::CLOEXEC;
    Ok(File::from(rustix::fs::open(path, flags, Mode::empty())?))
}

/// Whether standard output is a terminal and there is one to read keys from.
pub(crate) fn is_terminal() -> bool {
    isatty(io::stdout()) && super::input::open_terminal().is_ok()
}

/// The size by the kernel; either part may be 0.
pub(crate) fn size() -> Option<Size> {
    let window = tcgetwinsize(io::stdout()).ok()?;
    Some(Size { width: window.ws_col, height: window.ws_row })
}
