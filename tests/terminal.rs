//! The program in a real terminal line: it opens, searches and resizes there, and gives the terminal back however it ends.
//! What the screens show in detail is tested without a terminal; here only what a terminal is needed for.
#![cfg(unix)]

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
    terminal.send("/question");
    terminal.wait_for_text("match");
    terminal.send("\x1b");
    terminal.wait_for("the search closed", |screen| !screen.contents().contains("/ question"));
    terminal.send("Q");
    assert_eq!(terminal.wait_for_end(), 0);
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
    for signal in [Signal::TERM, Signal::HUP, Signal::INT, Signal::QUIT] {
        let mut terminal = Terminal::lutrin(&[]);
        opened(&terminal);
        terminal.signal(signal);
        terminal.wait_for_end();
        terminal.assert_restored();
    }
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
    let environment = [("TERM", "dumb")];
    let mut terminal = Terminal::start(&Start { command: &[lutrin()], environment: &environment, size: (80, 24) });
    terminal.wait_for("some text", |screen| !screen.contents().trim().is_empty());
    terminal.wait_for_end();
    terminal.assert_restored();
}
