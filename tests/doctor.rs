//! `lutrin doctor` in a real terminal line: it asks the terminal, and nothing of the answers is left for the shell.
#![cfg(unix)]

use crate::support::pty::{Start, Terminal, lutrin};

/// What a terminal answers, but for the last answer, which all give.
const ANSWERS: &str =
    "\x1b[?64;1c\x1b[>41;370;0c\x1bP>|XTerm(370)\x1b\\\x1b[?69;2$y\x1b[?2026;0$y\x1b[?2004;2$y\x1b[9;1R";
const LAST: &str = "\x1b[0n";

/// The doctor in a shell that reads a line after it and says what it read.
fn doctor() -> Terminal {
    let script = "\"$0\" doctor; echo \"status $?\"; read line; echo \"read <$line>\"";
    Terminal::start(&Start { command: &["sh", "-c", script, lutrin()], environment: &[], size: (100, 70) })
}

#[test]
fn the_terminal_is_asked_and_given_back_and_the_shell_reads_none_of_the_answers() {
    let mut terminal = doctor();
    terminal.wait_until_raw();
    terminal.send(ANSWERS);
    terminal.send(LAST);
    for text in ["XTerm(370)", "margins of columns (DECSLRM): yes", "synchronized output: not known to it", "64 1"] {
        terminal.wait_for_text(text);
    }
    terminal.wait_for_text("status 0");
    terminal.assert_restored();
    terminal.send("\r");
    terminal.wait_for_text("read <>");
}

#[test]
fn a_terminal_that_answers_nothing_is_not_waited_for_long() {
    let mut terminal = doctor();
    terminal.wait_for_text("no answer");
    terminal.wait_for_text("status 0");
    terminal.assert_restored();
    terminal.send("\r");
    terminal.wait_for_text("read <>");
}

#[test]
fn what_a_terminal_calls_itself_cannot_drive_it() {
    let mut terminal = doctor();
    terminal.wait_until_raw();
    terminal.send("\x1bP>|evil\u{9b}31mname\x1b\\");
    terminal.send(LAST);
    terminal.wait_for_text("evil␦31mname");
}

#[test]
fn one_may_leave_while_it_asks_and_what_is_on_its_way_does_not_reach_the_shell() {
    let mut terminal = doctor();
    terminal.wait_until_raw();
    terminal.send("\x03");
    terminal.send(ANSWERS);
    terminal.send(LAST);
    terminal.wait_for_text("status 130");
    terminal.assert_restored();
    terminal.send("\r");
    terminal.wait_for_text("read <>");
}

#[test]
fn it_tells_the_figures_of_the_last_run() {
    let script = "\"$0\"; \"$0\" doctor";
    let command = ["sh", "-c", script, lutrin()];
    let mut terminal = Terminal::start(&Start { command: &command, environment: &[], size: (100, 70) });
    terminal.wait_for("the reader", |screen| screen.alternate_screen() && screen.contents().contains("9 documents"));
    terminal.send("jQ");
    terminal.wait_for_text("Last run on this terminal");
    terminal.wait_for_text("keys: 2");
    terminal.wait_for_end();
    terminal.assert_restored();
}
