//! Tests of the tape: records are in the file, complete and in order, and a foreign file is left alone.

use std::collections::BTreeMap;
use std::sync::Mutex;

use super::*;
use crate::terminal::recording::asciicast::{Origin, Recording};

/// A disk with limited space.
#[derive(Clone, Default)]
struct Disk {
    bytes: Arc<Mutex<Vec<u8>>>,
    room: usize,
}

impl Write for Disk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut written = self.bytes.lock().unwrap();
        let fits = bytes.len().min(self.room - written.len());
        written.extend(&bytes[..fits]);
        if fits == 0 && !bytes.is_empty() { Err(io::ErrorKind::StorageFull.into()) } else { Ok(fits) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Sink for Disk {
    fn cut(&mut self, length: u64) {
        self.bytes.lock().unwrap().truncate(length as usize);
    }
}

fn header() -> Header {
    Header::new((80, 24), 0, BTreeMap::new(), Origin::default())
}

fn recorded(masks: bool, send: impl Fn(&Tape)) -> Vec<What> {
    let disk = Disk { room: usize::MAX, ..Disk::default() };
    let recorder = spawn(disk.clone(), &header(), masks, |message| panic!("{message:?}")).unwrap();
    send(&recorder.tape());
    drop(recorder);
    let bytes = disk.bytes.lock().unwrap();
    let recording = Recording::read(&bytes).unwrap();
    assert_eq!((recording.damaged, &recording.header), (0, &header()));
    recording.moments.into_iter().map(|moment| moment.what).collect()
}

#[test]
fn what_is_told_is_in_the_file_in_order() {
    let what = recorded(false, |tape| {
        tape.output(b"\x1b[mVu");
        tape.input("j\u{e9}".as_bytes(), RecordedWords::None);
        tape.resized(100, 30);
    });
    let words = |text: &str| text.to_owned();
    assert_eq!(what, [What::Output(words("\x1b[mVu")), What::Input(words("jé")), What::Resized(100, 30)]);
}

#[test]
fn a_character_that_two_reads_cut_is_whole() {
    let told = recorded(false, |tape| {
        for byte in "欧é👍".bytes() {
            tape.input(&[byte], RecordedWords::None);
        }
        tape.input(b"\xff\xc3", RecordedWords::None);
    });
    let input: String =
        told.iter().map(|what| if let What::Input(text) = what { text.as_str() } else { "?" }).collect();
    assert_eq!(input, "欧é👍\u{fffd}");
}

#[test]
fn with_a_mask_no_word_is_in_the_file_and_commands_are() {
    let what = recorded(true, |tape| {
        tape.output(b"\x1b[1mVu 12");
        tape.input(b"jk", RecordedWords::None);
        tape.input(b"torture", RecordedWords::Some);
    });
    let words = |text: &str| text.to_owned();
    assert_eq!(what, [What::Output(words("\x1b[1mXx 00")), What::Input(words("jk")), What::Input(words("xxxxxxx"))]);
}

#[test]
fn a_full_disk_is_told_once_and_the_file_ends_with_a_whole_line() {
    let disk = Disk { room: 220, ..Disk::default() };
    let (told, stopped) = mpsc::channel();
    let recorder = spawn(disk.clone(), &header(), false, move |message| told.send(message.id).unwrap()).unwrap();
    recorder.tape().output(b"short");
    recorder.tape().settle(Duration::from_secs(10));
    for _ in 0..9 {
        recorder.tape().output(&[b'x'; 200]);
    }
    assert_eq!(stopped.recv().unwrap(), "record-stopped");
    assert!(stopped.recv().is_err(), "once");
    recorder.tape().output(b"more");
    drop(recorder);
    let recording = Recording::read(&disk.bytes.lock().unwrap()).unwrap();
    assert_eq!((recording.moments.len(), recording.damaged), (1, 0));
}

#[test]
fn another_file_is_left_alone_and_a_recording_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.cast");
    for text in ["A letter.\n", "{}\n", "{\"version\":1}"] {
        std::fs::write(&path, text).unwrap();
        assert_eq!(RecordingFile::open(&path, false).unwrap_err().id, "record-other-file");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    }
    assert_eq!(RecordingFile::open(folder.path(), false).unwrap_err().id, "record-other-file");
    assert_eq!(RecordingFile::open(&path.join("below"), false).unwrap_err().id, "record-failed");
    let old = header().line() + "\n" + &"[1, \"o\", \"old\"]\n".repeat(99);
    std::fs::write(&path, &old).unwrap();
    let blank = RecordingFile::open(&path, false).unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), old, "until it begins");
    drop(blank.start(&header(), |_| {}).unwrap());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), header().line() + "\n");
}

#[cfg(unix)]
#[test]
fn the_file_is_its_owner_s_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("run.cast");
    let mode = || std::fs::metadata(&path).unwrap().permissions().mode() & 0o777;
    RecordingFile::open(&path, false).unwrap();
    assert_eq!(mode(), 0o600);
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    std::fs::write(&path, header().line()).unwrap();
    RecordingFile::open(&path, false).unwrap();
    assert_eq!(mode(), 0o600);
}
