//! The thread that reads the terminal. It sleeps in poll until bytes come, a wait after ESC is over, or it is woken to
//! pause (another program has the terminal) or to end; idle it costs nothing. The events of one read are one batch.
//!
//! Which terminal: standard input where that is one; else the device behind standard output, so that
//! `cat x | lutrin -` has keys; `/dev/tty` last, because macOS cannot poll that (but can poll the device itself).

use std::fs::File;
use std::io::{self, PipeReader, PipeWriter, Read, Write};
use std::os::fd::{AsFd, BorrowedFd, OwnedFd};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::termios::{SpecialCodeIndex, isatty, tcgetattr, ttyname};

use super::{Decoder, EscapeTimeout, InputEvent, Pending};

/// Size of the read buffer in bytes: the repeats of a held key on a slow line fit, a paste takes several reads.
const READ: usize = 4096;

/// Requests to the thread, and its state.
#[derive(Debug, Default)]
struct Orders {
    paused: bool,
    ended: bool,
    positions_asked: u32,
    resting: bool,
}

#[derive(Debug, Default)]
struct Shared {
    orders: Mutex<Orders>,
    changed: Condvar,
}

impl Shared {
    fn orders(&self) -> MutexGuard<'_, Orders> {
        self.orders.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait_while(&self, condition: impl FnMut(&mut Orders) -> bool) -> MutexGuard<'_, Orders> {
        self.changed.wait_while(self.orders(), condition).unwrap_or_else(PoisonError::into_inner)
    }
}

/// The reading thread; dropping it ends the thread.
#[derive(Debug)]
pub struct Input {
    shared: Arc<Shared>,
    wake: PipeWriter,
    thread: Option<JoinHandle<()>>,
}

/// Starts to read. `positions`: number of cursor reports requested so far. `tap` gets the bytes of each read before
/// they are decoded. `emit` gets non-empty batches in order and returns whether the receiver still exists.
pub fn spawn_input(
    over_ssh: bool,
    positions: u32,
    tap: impl FnMut(&[u8]) + Send + 'static,
    emit: impl FnMut(Vec<InputEvent>) -> bool + Send + 'static,
) -> io::Result<Input> {
    spawn_on(open_terminal()?, over_ssh, positions, tap, emit)
}

fn spawn_on(
    terminal: OwnedFd,
    over_ssh: bool,
    positions: u32,
    tap: impl FnMut(&[u8]) + Send + 'static,
    emit: impl FnMut(Vec<InputEvent>) -> bool + Send + 'static,
) -> io::Result<Input> {
    let (woken, wake) = io::pipe()?;
    let shared = Arc::new(Shared::default());
    let erase = tcgetattr(&terminal).map_or(0x7f, |modes| modes.special_codes[SpecialCodeIndex::VERASE]);
    shared.orders().positions_asked = positions;
    let mut reader = Reader {
        terminal: File::from(terminal),
        woken,
        shared: Arc::clone(&shared),
        decoder: Decoder::new(erase),
        patience: EscapeTimeout::new(over_ssh),
        last: Instant::now(),
        tap,
        emit,
    };
    let thread = std::thread::Builder::new().name("input".to_owned()).spawn(move || reader.run())?;
    Ok(Input { shared, wake, thread: Some(thread) })
}

impl Input {
    /// Stops reading; returns when the thread no longer reads, so that another program may use the terminal.
    pub fn pause(&self) {
        self.order(|orders| orders.paused = true);
        drop(self.shared.wait_while(|orders| !orders.resting && !orders.ended));
    }

    /// Continues to read.
    pub fn resume(&self) {
        self.order(|orders| orders.paused = false);
    }

    fn order(&self, change: impl FnOnce(&mut Orders)) {
        change(&mut self.shared.orders());
        self.shared.changed.notify_all();
        // If this fails the thread has ended, and needs no waking.
        let _ = (&self.wake).write(b"!");
    }
}

impl Drop for Input {
    fn drop(&mut self) {
        self.order(|orders| orders.ended = true);
        if let Some(thread) = self.thread.take() {
            // A panic of the thread was reported by the panic hook.
            let _ = thread.join();
        }
    }
}

/// Why a wait ended.
enum Wake {
    Bytes,
    Orders,
    TimedOut,
    Gone,
}

struct Reader<T, E> {
    terminal: File,
    woken: PipeReader,
    shared: Arc<Shared>,
    decoder: Decoder,
    patience: EscapeTimeout,
    /// Time of the last read.
    last: Instant,
    tap: T,
    emit: E,
}

impl<T: FnMut(&[u8]), E: FnMut(Vec<InputEvent>) -> bool> Reader<T, E> {
    fn run(&mut self) {
        while self.handle_requests() {
            let open = match self.wait() {
                Wake::Bytes => self.read(),
                Wake::TimedOut => {
                    self.decoder.timed_out();
                    true
                }
                Wake::Orders => true,
                Wake::Gone => false,
            };
            let mut events: Vec<_> = self.decoder.by_ref().collect();
            if !open {
                events.push(InputEvent::Closed);
            }
            if !events.is_empty() && !(self.emit)(events) || !open {
                break;
            }
        }
        self.shared.orders().ended = true;
        self.shared.changed.notify_all();
    }

    /// Handles requests; pauses while another program has the terminal. Returns whether to continue.
    fn handle_requests(&mut self) -> bool {
        let mut orders = self.shared.orders();
        for _ in 0..std::mem::take(&mut orders.positions_asked) {
            self.decoder.expect_position();
        }
        if orders.paused && !orders.ended {
            orders.resting = true;
            drop(orders);
            self.shared.changed.notify_all();
            orders = self.shared.wait_while(|orders| orders.paused && !orders.ended);
            orders.resting = false;
        }
        !orders.ended
    }

    fn wait(&mut self) -> Wake {
        let timeout = self.decoder.pending().map(|pending| self.patience.wait(pending));
        let mut fds = [PollFd::new(&self.terminal, PollFlags::IN), PollFd::new(&self.woken, PollFlags::IN)];
        match poll(&mut fds, timeout.map(timespec).as_ref()) {
            Ok(0) => return Wake::TimedOut,
            Err(rustix::io::Errno::INTR) => return Wake::Orders,
            Err(_) => return Wake::Gone,
            Ok(_) => {}
        }
        let [terminal, woken] = [fds[0].revents(), fds[1].revents()];
        if !woken.is_empty() {
            let _ = self.woken.read(&mut [0; 64]);
            return Wake::Orders;
        }
        // A hang-up comes with the last bytes: they are read first, then the read fails.
        if terminal.contains(PollFlags::IN) { Wake::Bytes } else { Wake::Gone }
    }

    /// Reads once. Returns whether the terminal still exists.
    fn read(&mut self) -> bool {
        let mut bytes = [0; READ];
        match self.terminal.read(&mut bytes) {
            Ok(0) => false,
            Ok(count) => {
                self.take(&bytes[..count]);
                true
            }
            Err(error) => matches!(error.kind(), io::ErrorKind::Interrupted | io::ErrorKind::WouldBlock),
        }
    }

    fn take(&mut self, bytes: &[u8]) {
        let gap = std::mem::replace(&mut self.last, Instant::now()).elapsed();
        let was_pending = matches!(self.decoder.pending(), Some(Pending::Escape | Pending::Sequence));
        (self.tap)(bytes);
        self.decoder.push(bytes);
        if was_pending || self.decoder.take_late() {
            self.patience.saw_gap(gap);
        } else {
            self.patience.saw_whole();
        }
    }
}

fn timespec(wait: Duration) -> Timespec {
    Timespec::try_from(wait).expect("waits are seconds at most")
}

/// The terminal for reading, opened separately if it is not standard input.
pub(crate) fn open_terminal() -> io::Result<OwnedFd> {
    let stdin = io::stdin();
    if isatty(&stdin) {
        return stdin.as_fd().try_clone_to_owned();
    }
    let (stdout, stderr) = (io::stdout(), io::stderr());
    by_name(stdout.as_fd()).or_else(|_| by_name(stderr.as_fd())).or_else(|_| open(std::path::Path::new("/dev/tty")))
}

fn by_name(fd: BorrowedFd<'_>) -> io::Result<OwnedFd> {
    use std::os::unix::ffi::OsStrExt;
    let name = ttyname(fd, Vec::new())?;
    open(std::path::Path::new(std::ffi::OsStr::from_bytes(name.as_bytes())))
}

fn open(path: &std::path::Path) -> io::Result<OwnedFd> {
    use rustix::fs::{Mode, OFlags};
    // NOCTTY: a terminal that is not ours must not become our controlling one.
    Ok(rustix::fs::open(path, OFlags::RDWR | OFlags::NOCTTY | OFlags::CLOEXEC, Mode::empty())?)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

    use super::*;

    /// Reads from a pipe in place of the terminal.
    fn reading() -> (PipeWriter, Input, mpsc::Receiver<Vec<InputEvent>>) {
        let (terminal, keys) = io::pipe().unwrap();
        let (sender, events) = mpsc::channel();
        let input = spawn_on(terminal.into(), false, 0, |_| {}, move |batch| sender.send(batch).is_ok()).unwrap();
        (keys, input, events)
    }

    fn key(code: KeyCode) -> InputEvent {
        InputEvent::Terminal(Event::Key(KeyEvent::new(code, KeyModifiers::NONE)))
    }

    #[test]
    fn what_is_typed_arrives_and_the_end_is_told_last() {
        let (mut keys, _input, events) = reading();
        keys.write_all(b"jk").unwrap();
        assert_eq!(events.recv().unwrap(), [key(KeyCode::Char('j')), key(KeyCode::Char('k'))]);
        drop(keys);
        assert_eq!(events.recv().unwrap(), [InputEvent::Closed]);
        assert!(events.recv().is_err());
    }

    #[test]
    fn a_lone_escape_arrives_without_another_key() {
        let (mut keys, _input, events) = reading();
        keys.write_all(b"\x1b").unwrap();
        assert_eq!(events.recv().unwrap(), [key(KeyCode::Esc)]);
    }

    #[test]
    fn nothing_is_read_while_another_program_has_the_terminal() {
        let (mut keys, input, events) = reading();
        input.pause();
        keys.write_all(b"j").unwrap();
        assert!(events.try_recv().is_err());
        input.resume();
        assert_eq!(events.recv().unwrap(), [key(KeyCode::Char('j'))]);
    }

    #[test]
    fn dropping_it_ends_the_thread() {
        let (_keys, input, events) = reading();
        drop(input);
        assert!(events.recv().is_err());
    }
}
