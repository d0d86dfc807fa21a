//! A run recorded in a real terminal line, and the recording shown there. What is in the file, and how it is played, is
//! tested without a terminal.
#![cfg(unix)]

use std::path::{Path, PathBuf};

use lutrin::terminal::emulator::Player;
use lutrin::terminal::recording::asciicast::{Recording, What};
use rustix::process::Signal;

use crate::support::pty::Terminal;

/// What takes the terminal, and what gives it back at the end.
const TAKES: &str = "\x1b[m\x1b[?1049h";
const GIVES_BACK: &str = "\x1b[?1049l\x1b[?25h";

struct Files {
    _folder: tempfile::TempDir,
    recording: PathBuf,
}

fn files() -> Files {
    let folder = tempfile::tempdir().unwrap();
    Files { recording: folder.path().join("run.cast"), _folder: folder }
}

fn shown(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn opened(terminal: &Terminal) {
    terminal.wait_for("the reader", |screen| {
        let contents = screen.contents();
        screen.alternate_screen() && contents.contains("9 documents") && !contents.contains("indexing")
    });
}

fn read(path: &Path) -> (String, String) {
    let recording = Recording::read(&std::fs::read(path).unwrap()).expect("it is a recording");
    assert_eq!(recording.damaged, 0);
    let (mut output, mut input) = (String::new(), String::new());
    for moment in recording.moments {
        match moment.what {
            What::Output(text) => output += &text,
            What::Input(text) => input += &text,
            What::Resized(..) => {}
        }
    }
    (output, input)
}

#[test]
fn a_run_is_recorded_from_taking_the_terminal_to_giving_it_back_and_replayed() {
    let files = files();
    let mut terminal = Terminal::lutrin(&["--record", shown(&files.recording)]);
    opened(&terminal);
    terminal.search_and_leave();
    terminal.assert_restored();
    let (output, input) = read(&files.recording);
    assert!(output.starts_with(TAKES) && output.ends_with(GIVES_BACK), "{output:?}");
    assert!(input.starts_with("/question") && input.ends_with('Q'), "{input:?}");
    let mut player = Player::new(80, 24);
    player.feed(&output);
    assert!(player.lines()[0].contains("9 documents"), "{:?}", player.lines());

    let mut replay = Terminal::lutrin(&["--replay", shown(&files.recording)]);
    replay.wait_for_text("playing");
    replay.send("G");
    replay.wait_for_text("at the end");
    assert!(replay.look(|screen| screen.contents().contains("9 documents")));
    replay.send("\x1b[D");
    replay.wait_for_text("paused");
    replay.send("q");
    assert_eq!(replay.wait_for_end(), 0);
    replay.assert_restored();
}

#[test]
fn with_a_mask_no_word_of_a_document_or_of_a_prompt_is_in_the_file() {
    let files = files();
    let mut terminal = Terminal::lutrin(&["--mask", "--record", shown(&files.recording)]);
    opened(&terminal);
    terminal.send("j");
    terminal.search_and_leave();
    let (output, input) = read(&files.recording);
    let mut player = Player::new(80, 24);
    player.feed(&output);
    assert!(player.lines()[0].contains("0 xxxxxxxxx"), "{:?}", player.lines());
    assert!(input.contains("/xxxxxxxx") && input.ends_with('Q'), "{input:?}");
}

#[test]
fn a_run_that_is_told_to_leave_has_a_whole_recording() {
    let files = files();
    let mut terminal = Terminal::lutrin(&["--record", shown(&files.recording)]);
    opened(&terminal);
    terminal.signal(Signal::TERM);
    terminal.wait_for_end();
    terminal.assert_restored();
    assert!(read(&files.recording).0.ends_with(GIVES_BACK));
}

#[test]
fn another_file_is_not_recorded_over() {
    let files = files();
    std::fs::write(&files.recording, "A letter.\n").unwrap();
    let mut terminal = Terminal::lutrin(&["--record", shown(&files.recording)]);
    terminal.wait_for_text("is no recording");
    assert_eq!(terminal.wait_for_end(), 2);
    assert_eq!(std::fs::read_to_string(&files.recording).unwrap(), "A letter.\n");
}

#[test]
fn what_was_recorded_never_drives_the_terminal() {
    let files = files();
    let hostile = "\\u001b[?1049l\\u001b[2J\\u001b[Hhere\\u001b]0;title\\u0007\\u001b[5n\\u001bc\\u001b[?1003hthere";
    let header = "{\"version\":2,\"width\":80,\"height\":24}";
    std::fs::write(&files.recording, format!("{header}\n[0, \"o\", \"{hostile}\"]\n[0.1, \"o")).unwrap();
    let mut terminal = Terminal::lutrin(&["--replay", shown(&files.recording)]);
    terminal.wait_for("the recording", |screen| screen.contents().contains("there") && screen.alternate_screen());
    terminal.look(|screen| assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None));
    terminal.send("q");
    assert_eq!(terminal.wait_for_end(), 0);
    terminal.assert_restored();
    terminal.wait_for_text("1 line of the recording could not be read");
}
