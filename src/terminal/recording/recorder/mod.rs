//! Records a run: readers and writers of the terminal pass their bytes to a [`Tape`], and a thread writes the file.
//! Nothing waits for the disk: a failure is reported once, and reading continues. Each batch is written at once, so
//! that little is lost when the process is killed, and after an error the file ends with a complete line.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Seek, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, Instant};

use super::asciicast::{Header, Moment, What};
use super::redaction::{masked, masked_keys};
use crate::locale::Message;
use crate::text::sanitize::sanitize_line;

/// Maximum number of bytes that may wait for the disk; with more the recording stops.
const MOST_WAITING: usize = 32 << 20;
/// How long the exit waits for the disk.
const LAST_WAIT: Duration = Duration::from_secs(2);
/// Upper bound of the size of a header.
const LONGEST_HEADER: u64 = 64 << 10;

/// A file that may be recorded into; nothing has been written to it.
#[derive(Debug)]
pub struct RecordingFile {
    file: File,
    masks: bool,
}

impl RecordingFile {
    /// Opens or creates the file, readable by its owner only. An existing file is accepted only if it is a recording or
    /// empty; else returns the message.
    pub fn open(path: &Path, masks: bool) -> Result<Self, Message> {
        let shown = || sanitize_line(&path.to_string_lossy()).into_owned();
        let failed =
            |error: io::Error| Message::new("record-failed").with("path", shown()).with("error", error.to_string());
        let other = || Message::new("record-other-file").with("path", shown());
        // Opening a pipe or a device may block for ever.
        if std::fs::metadata(path).is_ok_and(|about| !about.is_file()) {
            return Err(other());
        }
        let mut file = private_file(path).map_err(failed)?;
        if is_recording(&mut file).map_err(failed)? { Ok(Self { file, masks }) } else { Err(other()) }
    }

    /// Whether words are masked.
    pub fn masks(&self) -> bool {
        self.masks
    }

    /// Starts to record, replacing the file's content. Calls `stopped` when writing fails.
    pub fn start(mut self, header: &Header, stopped: impl FnOnce(Message) + Send + 'static) -> io::Result<Recorder> {
        self.file.set_len(0)?;
        self.file.rewind()?;
        let masks = self.masks;
        spawn(self.file, header, masks, stopped)
    }
}

/// Whether the file is empty or begins like a recording.
fn is_recording(file: &mut File) -> io::Result<bool> {
    let mut start = Vec::new();
    Read::by_ref(file).take(LONGEST_HEADER).read_to_end(&mut start)?;
    let first = start.split(|&byte| byte == b'\n').next().unwrap_or_default();
    Ok(start.is_empty() || Header::parse(&String::from_utf8_lossy(first)).is_some())
}

#[cfg(unix)]
fn private_file(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    let mut options = OpenOptions::new();
    let file = options.read(true).write(true).create(true).truncate(false).mode(0o600).open(path)?;
    // An existing file may be readable by others.
    if file.metadata()?.permissions().mode() & 0o077 != 0 && is_recording(&mut file.try_clone()?)? {
        file.set_permissions(std::fs::Permissions::from_mode(0o600))?;
    }
    (&file).rewind()?;
    Ok(file)
}

#[cfg(not(unix))]
fn private_file(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
}

/// A file that can be truncated to whole lines.
trait Sink: Write + Send + 'static {
    /// Truncates to this length.
    fn cut(&mut self, length: u64);
}

impl Sink for File {
    fn cut(&mut self, length: u64) {
        let _ = self.set_len(length); // a torn last line does no harm to whoever reads it
    }
}

/// A message to the thread.
enum Entry {
    Output(Duration, Vec<u8>),
    Input(Duration, Vec<u8>, RecordedWords),
    Resized(Duration, u16, u16),
    /// Reply when everything before this is written.
    Settle(Sender<()>),
    End,
}

/// Whether terminal input may contain words of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecordedWords {
    /// Keys that are commands.
    None,
    /// Typed into a prompt, or pasted.
    Some,
}

/// The recording of one run; dropping it ends the file.
#[derive(Debug)]
pub struct Recorder {
    tape: Tape,
    /// Columns and rows of the window.
    size: (u16, u16),
    ended: Receiver<()>,
}

impl Recorder {
    /// The tape of the run; clones record into the same file.
    pub fn tape(&self) -> Tape {
        self.tape.clone()
    }

    /// Records the size of the window, if it has changed.
    pub fn has_size(&mut self, width: u16, height: u16) {
        if std::mem::replace(&mut self.size, (width, height)) != (width, height) {
            self.tape.resized(width, height);
        }
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        self.tape.send(0, Entry::End);
        // A hanging disk is not waited for longer.
        let _ = self.ended.recv_timeout(LAST_WAIT);
    }
}

/// Accepts bytes for the recording. Never waits.
#[derive(Clone, Debug)]
pub struct Tape(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    sender: Sender<Entry>,
    start: Instant,
    masks: bool,
    /// Bytes that wait to be written.
    waiting: AtomicUsize,
    stopped: AtomicBool,
}

impl Tape {
    /// Whether words are masked: then terminal input is recorded together with the field it was typed into.
    pub fn masks(&self) -> bool {
        self.0.masks
    }

    /// Records output to the terminal.
    pub fn output(&self, bytes: &[u8]) {
        self.send(bytes.len(), Entry::Output(self.now(), bytes.to_vec()));
    }

    /// Records input from the terminal.
    pub fn input(&self, bytes: &[u8], words: RecordedWords) {
        self.send(bytes.len(), Entry::Input(self.now(), bytes.to_vec(), words));
    }

    /// Records that the window has another size.
    pub fn resized(&self, width: u16, height: u16) {
        self.send(0, Entry::Resized(self.now(), width, height));
    }

    /// Waits until pending records are written, at most for `patience`: the process is about to be killed.
    pub fn settle(&self, patience: Duration) {
        let (settled, done) = mpsc::channel();
        self.send(0, Entry::Settle(settled));
        let _ = done.recv_timeout(patience);
    }

    fn now(&self) -> Duration {
        self.0.start.elapsed()
    }

    fn send(&self, bytes: usize, told: Entry) {
        let waiting = self.0.waiting.fetch_add(bytes, Ordering::Relaxed) + bytes;
        // If too much waits, the thread notices at the next record, and reports it.
        if waiting <= MOST_WAITING && !self.0.stopped.load(Ordering::Relaxed) || bytes == 0 {
            let _ = self.0.sender.send(told); // the thread is gone after an error
        }
    }
}

fn spawn(
    sink: impl Sink,
    header: &Header,
    masks: bool,
    stopped: impl FnOnce(Message) + Send + 'static,
) -> io::Result<Recorder> {
    let ((sender, told), (end, ended)) = (mpsc::channel(), mpsc::channel());
    let (waiting, start) = (AtomicUsize::new(0), Instant::now());
    let shared = Arc::new(Shared { sender, start, masks, waiting, stopped: AtomicBool::new(false) });
    let tape = Tape(Arc::clone(&shared));
    let mut writer = Writer { sink, shared, length: 0, pending: Vec::new(), latest: Duration::ZERO };
    writer.write(&(header.line() + "\n"))?;
    std::thread::Builder::new().name("recorder".to_owned()).spawn(move || {
        if let Err(error) = writer.run(&told) {
            writer.shared.stopped.store(true, Ordering::Relaxed);
            stopped(Message::new("record-stopped").with("error", error.to_string()));
        }
        let _ = end.send(());
    })?;
    Ok(Recorder { tape, size: (header.width, header.height), ended })
}

struct Writer<S> {
    sink: S,
    shared: Arc<Shared>,
    /// Number of bytes of whole lines in the file.
    length: u64,
    /// The beginning of a character that was cut by a read.
    pending: Vec<u8>,
    /// Minimum time of the next record: threads may send in another order than they read the clock.
    latest: Duration,
}

impl<S: Sink> Writer<S> {
    fn run(&mut self, told: &Receiver<Entry>) -> io::Result<()> {
        while let Ok(first) = told.recv() {
            let (mut lines, mut settled, mut ends) = (String::new(), Vec::new(), false);
            for told in std::iter::once(first).chain(told.try_iter()) {
                match told {
                    Entry::Settle(sender) => settled.push(sender),
                    Entry::End => ends = true,
                    other => self.add(other, &mut lines),
                }
            }
            self.write(&lines)?;
            if self.shared.waiting.load(Ordering::Relaxed) > MOST_WAITING {
                return Err(io::ErrorKind::TimedOut.into());
            }
            for sender in settled {
                let _ = sender.send(());
            }
            if ends {
                break;
            }
        }
        Ok(())
    }

    fn add(&mut self, told: Entry, lines: &mut String) {
        let (at, what, bytes) = match told {
            Entry::Output(at, bytes) => {
                let text = String::from_utf8_lossy(&bytes);
                (at, What::Output(if self.shared.masks { masked(&text) } else { text.into_owned() }), bytes.len())
            }
            Entry::Input(at, bytes, words) => {
                let text = self.characters(&bytes);
                let hide = self.shared.masks && words == RecordedWords::Some;
                (at, What::Input(if hide { masked_keys(&text) } else { text }), bytes.len())
            }
            Entry::Resized(at, width, height) => (at, What::Resized(width, height), 0),
            Entry::Settle(_) | Entry::End => return,
        };
        self.shared.waiting.fetch_sub(bytes, Ordering::Relaxed);
        if !matches!(&what, What::Input(text) if text.is_empty()) {
            self.latest = self.latest.max(at);
            lines.push_str(&Moment { at: self.latest, what }.line());
            lines.push('\n');
        }
    }

    /// Bytes as text; the beginning of an incomplete character is kept for the next call.
    fn characters(&mut self, bytes: &[u8]) -> String {
        let mut bytes = [std::mem::take(&mut self.pending), bytes.to_vec()].concat();
        let whole = bytes.len() - cut_character(&bytes);
        self.pending = bytes.split_off(whole);
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Writes whole lines, or none of them.
    fn write(&mut self, lines: &str) -> io::Result<()> {
        let written = self.sink.write_all(lines.as_bytes());
        match written {
            Ok(()) => self.length += lines.len() as u64,
            Err(_) => self.sink.cut(self.length),
        }
        written
    }
}

/// Number of bytes at the end that begin an incomplete character.
fn cut_character(bytes: &[u8]) -> usize {
    let behind = bytes.iter().rev().take(3).take_while(|byte| **byte & 0xc0 == 0x80).count();
    let needed = match bytes.iter().rev().nth(behind) {
        Some(0xc2..=0xdf) => 2,
        Some(0xe0..=0xef) => 3,
        Some(0xf0..=0xf4) => 4,
        _ => 0,
    };
    if needed > behind + 1 { behind + 1 } else { 0 }
}

#[cfg(test)]
mod tests;
