//! The program in a real terminal line: it opens, searches and resizes there, and gives the terminal back however it ends.
//! What the screens show in detail is tested without a terminal; here only what a terminal is needed for.
#![cfg(unix)]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use lutrin::notebook::{Interruption, Notebook};
use rustix::process::Signal;

use crate::support::pty::{Start, Terminal, lutrin};

/// The reader is on the screen once the alternate screen is, its first line counts the documents of a finished index, and
/// its last line says how far one is in the text.
fn opened(terminal: &Terminal) {
    terminal.wait_for("the reader", |screen| {
        let settled = first_row(screen).contains("9 documents") && !first_row(screen).contains("indexing");
        screen.alternate_screen() && settled && last_row(screen).contains('%')
    });
}

fn first_row(screen: &vt100::Screen) -> String {
    screen.rows(0, screen.size().1.get()).next().unwrap_or_default()
}

/// What stands on the screen: a blank that was drawn and a cell that never was are the same to a person.
fn text(screen: &vt100::Screen) -> String {
    let rows = screen.rows(0, screen.size().1.get()).map(|row| row.trim_end().to_owned());
    rows.collect::<Vec<_>>().join("\n")
}

fn last_row(screen: &vt100::Screen) -> String {
    screen.rows(0, screen.size().1.get()).last().unwrap_or_default()
}

#[test]
fn the_built_in_library_opens_and_q_gives_the_terminal_back() {
    let mut terminal = Terminal::lutrin(&[]);
    opened(&terminal);
    terminal.send("q");
    assert_eq!(terminal.wait_for_end(), 0);
    terminal.assert_restored();
}

#[test]
fn what_is_typed_after_a_slash_finds_as_it_is_typed() {
    let mut terminal = Terminal::lutrin(&[]);
    opened(&terminal);
    terminal.search_and_leave();
    terminal.assert_restored();
}

#[test]
fn a_terminal_s_reply_between_keys_loses_none() {
    let mut terminal = Terminal::lutrin(&[]);
    opened(&terminal);
    terminal.send("/que\x1b[?69;2$ys\x1b]11;rgb:0000/0000/0000\x1b\\tion");
    terminal.wait_for_text("/ question");
    terminal.send("\x1b[27u");
}

#[test]
fn a_resize_there_and_back_shows_the_same_place() {
    let mut terminal = Terminal::lutrin(&[]);
    opened(&terminal);
    terminal.send("\r");
    terminal.wait_for("the reader alone", |screen| !screen.contents().contains('▌'));
    let at_the_top = terminal.look(text);
    terminal.send("jjjjj");
    terminal.wait_for("another place", |screen| text(screen) != at_the_top && last_row(screen).contains('%'));
    // A key that draws all ends the drawing before it: what is on the screen after its answer is the whole of it.
    terminal.send("?");
    terminal.wait_for("help", |screen| last_row(screen).contains("F1 help"));
    terminal.send("\x1b");
    // The last row is drawn last: with it the frame is whole.
    terminal.wait_for("the document again", |screen| last_row(screen).contains("? help"));
    let before = terminal.look(text);
    terminal.resize(60, 20);
    terminal.wait_for("the smaller screen", |screen| last_row(screen).contains('%') && first_row(screen).len() < 70);
    terminal.resize(80, 24);
    terminal.wait_for("the screen as it was", |screen| text(screen) == before);
}

#[test]
fn told_to_leave_it_gives_the_terminal_back() {
    for (signal, status) in [(Signal::TERM, 143), (Signal::HUP, 129), (Signal::INT, 130), (Signal::QUIT, 131)] {
        let mut terminal = Terminal::lutrin(&[]);
        opened(&terminal);
        terminal.signal(signal);
        assert_eq!(terminal.wait_for_end(), status, "as shells say that a signal ended it");
        terminal.assert_restored();
    }
}

/// A home that is kept from one start to the next, and a folder of letters.
struct Dossier {
    folder: tempfile::TempDir,
}

impl Dossier {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("docs")).unwrap();
        let letter = "Une lettre\n\n".to_owned() + &"Le ministre parle longuement de la détention.\n\n".repeat(80);
        for name in ["a.txt", "b.txt"] {
            std::fs::write(folder.path().join("docs").join(name), &letter).unwrap();
        }
        Self { folder }
    }

    fn docs(&self) -> PathBuf {
        self.folder.path().join("docs").canonicalize().unwrap()
    }

    fn home(&self) -> PathBuf {
        self.folder.path().join("home")
    }

    /// Starts a command of a shell, in which `$0` is lutrin and `$1` the folder; the reader is open and a search typed.
    fn search(&self, script: &str, size: (u16, u16)) -> Terminal {
        let (docs, home) = (self.docs(), self.home());
        let [docs, home] = [&docs, &home].map(|path: &PathBuf| Path::to_str(path).unwrap());
        let command = ["sh", "-c", script, lutrin(), docs];
        let mut terminal = Terminal::start(&Start { command: &command, environment: &[("LUTRIN_HOME", home)], size });
        terminal.wait_for("the reader", |screen| {
            screen.alternate_screen() && screen.contents().contains("2 documents") && last_row(screen).contains('%')
        });
        terminal.send("/déten");
        terminal.wait_for_text("/ déten");
        terminal.wait_for_text("matches");
        terminal
    }

    /// What was interrupted, once that is on the disk.
    fn interruption(&self) -> Interruption {
        let deadline = Instant::now() + Duration::from_secs(30);
        loop {
            let notebook = Notebook::open(&self.home().join("data/notebook.sqlite")).unwrap();
            match notebook.interruption(&[self.docs()]).unwrap() {
                Some(kept) => return kept,
                None => assert!(Instant::now() < deadline, "nothing was kept"),
            }
        }
    }
}

#[test]
fn when_the_line_is_cut_the_search_is_kept_and_offered_the_next_time() {
    let dossier = Dossier::new();
    // The shell ends, and with it the line of the job in the foreground.
    let mut terminal = dossier.search("set -m; \"$0\" \"$1\"; true", (80, 24));
    terminal.kill();
    assert_eq!(dossier.interruption().session.prompt.map(|(_, typed)| typed).as_deref(), Some("déten"));
    let (docs, home) = (dossier.docs(), dossier.home());
    let command = [lutrin(), docs.to_str().unwrap()];
    let environment = [("LUTRIN_HOME", home.to_str().unwrap())];
    let mut terminal = Terminal::start(&Start { command: &command, environment: &environment, size: (80, 24) });
    terminal.wait_for_text("C goes on where you were cut off on");
    terminal.send("C");
    terminal.wait_for_text("/ déten");
    terminal.wait_for_text("matches");
}

#[test]
fn told_to_leave_while_the_line_is_stuck_it_keeps_the_search_and_ends() {
    let dossier = Dossier::new();
    let mut terminal = dossier.search("exec \"$0\" \"$1\"", (200, 50));
    terminal.while_stuck(|terminal| {
        for _ in 0..30 {
            terminal.send("\x0c");
            // Long enough for a frame, so that they do not become one.
            std::thread::sleep(Duration::from_millis(20));
        }
        terminal.signal(Signal::TERM);
        assert_eq!(terminal.wait_for_end(), 143);
    });
    assert_eq!(dossier.interruption().session.prompt.map(|(_, typed)| typed).as_deref(), Some("déten"));
    terminal.assert_restored();
}

#[test]
fn told_to_leave_while_an_editor_has_the_terminal_it_keeps_the_search_and_ends() {
    let dossier = Dossier::new();
    let editor = dossier.folder.path().join("editor");
    std::fs::write(&editor, "trap '' TERM HUP\necho editing\nsleep 3\n").unwrap();
    let script = format!("VISUAL='sh {}' exec \"$0\" \"$1\"", editor.display());
    let mut terminal = dossier.search(&script, (80, 24));
    terminal.send("\rE");
    terminal.wait_for_text("editing");
    terminal.signal(Signal::TERM);
    assert_eq!(terminal.wait_for_end(), 143);
    assert_eq!(dossier.interruption().session.in_dossier.as_deref(), Some("déten*"));
}

#[test]
fn stopped_by_a_key_it_gives_the_terminal_back_and_continued_it_draws_all() {
    let mut terminal = Terminal::lutrin_as_a_job();
    opened(&terminal);
    let before = terminal.look(text);
    terminal.send("\x1a");
    terminal.wait_for_text("stopped");
    terminal.assert_restored();
    terminal.send("\r");
    opened(&terminal);
    terminal.wait_for("the screen as it was", |screen| text(screen) == before);
    terminal.send("Q");
    terminal.wait_for_text("gone");
    terminal.assert_restored();
}

#[test]
fn keys_come_from_the_terminal_when_the_text_comes_from_a_pipe() {
    let script = "printf 'Une lettre sans titre.\\n' | \"$0\" -";
    let command = ["sh", "-c", script, lutrin()];
    let mut terminal = Terminal::start(&Start { command: &command, environment: &[], size: (80, 24) });
    terminal.wait_for_text("Une lettre sans titre.");
    terminal.send("Q");
    assert_eq!(terminal.wait_for_end(), 0);
    terminal.assert_restored();
}

#[test]
fn a_terminal_without_a_movable_cursor_gets_no_sequences() {
    let dossier = Dossier::new();
    let docs = dossier.docs();
    let docs = docs.to_str().unwrap();
    for (term, arguments, words) in [
        ("dumb", &[docs][..], "a.txt: Une lettre"),
        ("", &[docs], "a.txt: Une lettre"),
        ("unknown", &[], "guide.en.md: A guide to Lutrin"),
        ("dumb", &["search", "détention", docs], "a.txt"),
        ("", &["search", "détention", docs], "a.txt"),
    ] {
        let command = [&[lutrin()], arguments].concat();
        let environment = [("TERM", term)];
        let mut terminal = Terminal::start(&Start { command: &command, environment: &environment, size: (80, 24) });
        terminal.wait_for_text(words);
        assert_eq!(terminal.wait_for_end(), 0);
        terminal.assert_restored();
        let written = terminal.written();
        assert!(!written.contains('\x1b') && !written.contains("\rindexing"), "TERM={term:?}: {written:?}");
    }
}

#[test]
fn what_the_terminal_still_has_to_answer_does_not_come_to_the_shell() {
    let script = "\"$0\"; echo \"status $?\"; read line; echo \"read <$line>\"";
    let command = ["sh", "-c", script, lutrin()];
    let mut terminal = Terminal::start(&Start { command: &command, environment: &[], size: (100, 30) });
    terminal.wait_for("the reader", |screen| screen.alternate_screen() && screen.contents().contains("9 documents"));
    terminal.send("Q");
    terminal.wait_for("the screen as it was", |screen| !screen.alternate_screen());
    terminal.send("\x1b[?2026;2$y\x1b[1;5R\x1b[0n\x1b[0n\x1b[0n");
    terminal.wait_for_text("status 0");
    terminal.assert_restored();
    terminal.send("\r");
    terminal.wait_for_text("read <>");
}
