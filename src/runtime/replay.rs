//! `lutrin --replay`: a recording shown on the reader's own terminal. Its bytes never reach that terminal: they are played
//! onto cells, and the cells are drawn like everything else. Without a terminal the last screen is printed as text.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};

use crossterm::event::Event as TerminalEvent;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Position, Rect};
use ratatui::style::{Modifier, Style};

use super::keys;
use crate::cli::ERROR_STATUS;
use crate::command::{KeyChord, KeyCode};
use crate::locale::{Catalogue, Message};
use crate::terminal::guard;
use crate::terminal::guard::{Resumed, Screen, TerminalError, TerminalGuard, hand_over_all, over_ssh};
use crate::terminal::input::{Decoder, InputEvent, spawn_input};
use crate::terminal::recording::asciicast::Recording;
use crate::terminal::recording::playback::Playback;
use crate::terminal::signals::{SignalEvent, exit_code, spawn_signals, suspend_job};
use crate::text::grapheme::{truncate, width};
use crate::text::sanitize::sanitize_line;

/// Upper bound of a recording's size in bytes.
const LONGEST_FILE: u64 = 256 << 20;
/// Interval at which keys are checked while more is due than can be played at once.
const BUSY: Duration = Duration::from_millis(1);

/// Shows the recording. Returns the exit status.
pub fn run(path: &Path, catalogue: &Catalogue) -> u8 {
    let told = |message: &Message| {
        let _ = writeln!(io::stderr(), "lutrin: {}", catalogue.say(message)); // the status still says it
        ERROR_STATUS
    };
    let recording = match read(path) {
        Ok(recording) => recording,
        Err(message) => return told(&message),
    };
    let damaged = recording.damaged;
    let shown = match guard::check() {
        Ok(()) => show(Playback::new(recording), catalogue),
        Err(_) => print(Playback::new(recording)),
    };
    if damaged > 0 {
        told(&Message::new("replay-damaged").with("lines", damaged));
    }
    shown.unwrap_or_else(|error| told(&error.message()))
}

fn read(path: &Path) -> Result<Recording, Message> {
    let shown = || sanitize_line(&path.to_string_lossy()).into_owned();
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|file| file.take(LONGEST_FILE + 1).read_to_end(&mut bytes));
    if let Err(error) = read {
        return Err(Message::new("replay-unreadable").with("path", shown()).with("error", error.to_string()));
    }
    let is_long = bytes.len() as u64 > LONGEST_FILE;
    Recording::read(&bytes).filter(|_| !is_long).ok_or_else(|| Message::new("replay-other-file").with("path", shown()))
}

/// Prints the last screen as text.
fn print(mut playback: Playback) -> Result<u8, TerminalError> {
    playback.finish();
    let mut lines = playback.player().lines();
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    let text: String = lines.iter().map(|line| sanitize_line(line).into_owned() + "\n").collect();
    match io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(0),
    }
}

/// Input of the loop.
enum LoopEvent {
    Input(Vec<InputEvent>),
    Signal(SignalEvent),
}

fn show(playback: Playback, catalogue: &Catalogue) -> Result<u8, TerminalError> {
    let (to_loop, events) = mpsc::channel();
    let guard = TerminalGuard::enter(false, None)?;
    let screen = guard.screen()?;
    let signals = to_loop.clone();
    let _signals = spawn_signals(move |signal| signals.send(LoopEvent::Signal(signal)).is_ok())?;
    let environment = |name: &str| std::env::var(name).ok();
    let input = spawn_input(
        over_ssh(environment),
        u32::from(guard.tries()),
        |_| {},
        move |events| to_loop.send(LoopEvent::Input(events)).is_ok(),
    )?;
    let frames = playback.frames();
    let mut replay = Replay { playback, frames, catalogue, guard, screen, status: true, exit: None };
    let mut last = Instant::now();
    while replay.exit.is_none() {
        let elapsed = std::mem::replace(&mut last, Instant::now()).elapsed();
        let busy = replay.playback.pass(elapsed);
        if !busy {
            replay.draw()?;
        }
        let wait = if busy { Some(BUSY) } else { replay.playback.wait() };
        let happening = match wait {
            Some(wait) => events.recv_timeout(wait),
            None => events.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match happening {
            Ok(LoopEvent::Input(events)) => events.into_iter().for_each(|event| replay.on_input(&event)),
            Ok(LoopEvent::Signal(SignalEvent::Suspend)) => {
                input.pause();
                replay.suspend();
                input.resume();
                last = Instant::now();
            }
            Ok(LoopEvent::Signal(signal)) => replay.handle_signal(signal),
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    drop(input);
    Ok(replay.exit.unwrap_or(0))
}

struct Replay<'a> {
    playback: Playback,
    /// Number of frames in the recording.
    frames: usize,
    catalogue: &'a Catalogue,
    guard: TerminalGuard,
    screen: Screen,
    /// Whether the last row shows the position.
    status: bool,
    /// The exit status, once the loop shall end.
    exit: Option<u8>,
}

impl Replay<'_> {
    fn on_input(&mut self, event: &InputEvent) {
        let chord = match event {
            InputEvent::Terminal(TerminalEvent::Key(key)) => keys::chord(*key),
            InputEvent::Closed => {
                self.exit = Some(exit_code(1));
                None
            }
            _ => None,
        };
        if let Some(chord) = chord {
            self.press(chord);
        }
    }

    fn press(&mut self, chord: KeyChord) {
        match (chord.code, chord.ctrl) {
            (KeyCode::Char('q' | 'Q') | KeyCode::Esc, false) | (KeyCode::Char('c'), true) => self.exit = Some(0),
            (KeyCode::Char(' '), false) => self.playback.toggle(),
            (KeyCode::Char('.' | 'l') | KeyCode::Right, false) => self.playback.step(),
            (KeyCode::Char(',' | 'h') | KeyCode::Left, false) => self.playback.step_back(),
            (KeyCode::Char('G') | KeyCode::End, false) => self.playback.finish(),
            (KeyCode::Char('s'), false) => self.status = !self.status,
            (KeyCode::Char('z'), true) => {
                suspend_job();
            }
            (KeyCode::Char('l'), true) => {
                let _ = self.screen.clear(); // a line that was cut is told by the input's end
            }
            _ => {}
        }
    }

    fn handle_signal(&mut self, signal: SignalEvent) {
        match signal {
            SignalEvent::Leave(signal) => self.exit = Some(exit_code(signal)),
            SignalEvent::Continued => {
                let _ = self.guard.reenter();
                let _ = self.screen.clear();
            }
            SignalEvent::Resized(_) => {
                let _ = self.screen.clear();
            }
            SignalEvent::Suspend => {}
        }
    }

    fn suspend(&mut self) {
        match self.guard.suspend() {
            Ok(Resumed::InForeground) => {
                let _ = self.screen.clear();
            }
            Ok(Resumed::Leaving) | Err(_) => self.exit = Some(exit_code(1)),
        }
    }

    fn draw(&mut self) -> io::Result<()> {
        let (cells, cursor) = (self.playback.player().cells(), self.playback.player().cursor());
        let line = self.status.then(|| self.status_line(cells.area));
        self.screen.draw(|frame| {
            let area = frame.area();
            let height = area.height - u16::from(line.is_some() && area.height > 1);
            let seen = Rect { height, ..area };
            copy(&cells, seen, frame.buffer_mut());
            if let Some(line) = line.filter(|_| area.height > 1) {
                let style = Style::new().add_modifier(Modifier::REVERSED);
                frame.buffer_mut().set_style(Rect { y: height, height: 1, ..area }, style);
                frame.buffer_mut().set_stringn(0, height, line, area.width.into(), style);
            }
            if let Some(cursor) = cursor.filter(|cursor| seen.contains(*cursor)) {
                frame.set_cursor_position(cursor);
            }
            hand_over_all(frame.buffer_mut());
        })?;
        self.guard.writer().send()
    }

    /// The position, as far as there is room, most important facts first.
    fn status_line(&self, recorded: Rect) -> String {
        let playback = &self.playback;
        let state = match (playback.is_over(), playback.is_playing()) {
            (true, _) => "replay-over",
            (_, true) => "replay-playing",
            _ => "replay-paused",
        };
        let place = Message::new("replay-place")
            .with("state", Message::new(state))
            .with("time", minutes(playback.time()))
            .with("length", minutes(playback.length()))
            .with("frame", playback.frame())
            .with("frames", self.frames)
            .with("bytes", playback.bytes());
        let mut parts = vec![self.catalogue.say(&place)];
        let window = guard::size();
        if recorded.width > window.width || recorded.height > window.height {
            let size = Message::new("replay-larger").with("size", format!("{}×{}", recorded.width, recorded.height));
            parts.push(self.catalogue.say(&size));
        }
        if let Some(key) = playback.input().and_then(|input| self.last_key(input)) {
            parts.push(self.catalogue.say(&Message::new("replay-key").with("key", key)));
        }
        let hints = self.catalogue.text("replay-hints");
        if width(&parts.join(" · ")) + width(&hints) + 5 <= usize::from(window.width) {
            parts.push(hints);
        }
        format!(" {}", parts.join(" · "))
    }

    /// The last key of recorded input.
    fn last_key(&self, input: &str) -> Option<String> {
        let mut decoder = Decoder::default();
        decoder.push(input.as_bytes());
        decoder.timed_out();
        let chord = |event| match event {
            InputEvent::Terminal(TerminalEvent::Key(key)) => keys::chord(key),
            _ => None,
        };
        let chord = decoder.filter_map(chord).last()?;
        Some(sanitize_line(&self.catalogue.chords(&[chord])).into_owned())
    }
}

/// Copies the visible part of the recorded cells, from the upper left corner.
fn copy(cells: &Buffer, seen: Rect, buffer: &mut Buffer) {
    for y in 0..seen.height.min(cells.area.height) {
        for x in 0..seen.width.min(cells.area.width) {
            let at = Position { x, y };
            buffer[at].clone_from(&cells[at]);
            clean(&mut buffer[at]);
        }
    }
}

/// Sanitises a cell: recorded text is as untrusted as a document.
fn clean(cell: &mut Cell) {
    let symbol = cell.symbol();
    if symbol.is_ascii() {
        return;
    }
    let clean = sanitize_line(symbol);
    if clean != symbol {
        let fitting = truncate(&clean, width(symbol)).to_owned();
        cell.set_symbol(if fitting.is_empty() { " " } else { &fitting });
    }
}

/// Minutes and seconds.
fn minutes(time: Duration) -> String {
    let seconds = time.as_secs();
    format!("{}:{:02}.{}", seconds / 60, seconds % 60, time.subsec_millis() / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_recorded_cannot_drive_the_terminal_by_a_cell() {
        for (symbol, expected) in [("é", "é"), ("欧", "欧"), ("a\u{202e}", "a"), ("\u{e000}", "␦"), ("\u{ad}", " ")]
        {
            let mut cell = Cell::EMPTY;
            cell.set_symbol(symbol);
            clean(&mut cell);
            assert_eq!(cell.symbol(), expected);
        }
    }

    #[test]
    fn times_are_minutes_and_seconds() {
        assert_eq!(minutes(Duration::from_millis(61_250)), "1:01.2");
    }
}
