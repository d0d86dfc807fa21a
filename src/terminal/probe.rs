//! Queries the terminal for `doctor`, which has the time to wait. All queries are one write, and the last is one that
//! every terminal answers, so that its reply ends the wait. The reader never does this. Replies are interpreted
//! elsewhere.

use std::time::Duration;

use super::input::{InputEvent, StringKind, TerminalReply};

#[cfg(unix)]
pub use unix::ask;

/// DA1, DA2, XTVERSION, DECRQM of the modes in use, CPR, and DSR last.
pub const QUESTIONS: &[u8] = b"\x1b[c\x1b[>c\x1b[>q\x1b[?69$p\x1b[?2026$p\x1b[?2004$p\x1b[6n\x1b[5n";

/// The queried DEC private modes: margins of columns, synchronized output, bracketed paste.
pub const MODES: [u16; 3] = [69, 2026, 2004];

/// A terminal's reply about a mode (DECRPM).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ModeState {
    /// It can be set and reset.
    Known,
    /// It is permanently set or reset.
    Fixed(bool),
    /// The terminal does not recognise it.
    Unknown,
}

impl ModeState {
    fn of(state: u16) -> Self {
        match state {
            1 | 2 => Self::Known,
            3 => Self::Fixed(true),
            4 => Self::Fixed(false),
            _ => Self::Unknown,
        }
    }
}

/// The replies; missing ones are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers {
    /// DA1: the terminal's features, by DEC's numbers.
    pub primary: Option<Vec<u16>>,
    /// DA2: the kind of terminal, by its own numbers.
    pub secondary: Option<Vec<u16>>,
    /// XTVERSION: name and version as the terminal reports them, not sanitised.
    pub name: Option<String>,
    /// DECRPM, by mode.
    pub modes: Vec<(u16, ModeState)>,
    /// Whether it reported the position of its cursor.
    pub position: bool,
    /// Time from the queries to the last reply; `None` if that did not come.
    pub round_trip: Option<Duration>,
}

impl Answers {
    /// Records an event and the time since the queries. Returns whether it was the last reply.
    pub fn record(&mut self, event: InputEvent, elapsed: Duration) -> bool {
        let InputEvent::Reply(reply) = event else { return false };
        match reply {
            TerminalReply::PrimaryAttributes(numbers) => self.primary = Some(numbers),
            TerminalReply::SecondaryAttributes(numbers) => self.secondary = Some(numbers),
            TerminalReply::ControlString { kind: StringKind::Dcs, body } => {
                let name = body.strip_prefix(b">|").map(|name| String::from_utf8_lossy(name).into_owned());
                self.name = name.or(self.name.take());
            }
            TerminalReply::Mode { private: true, mode, state } => self.modes.push((mode, ModeState::of(state))),
            TerminalReply::Position { .. } => self.position = true,
            TerminalReply::Status(_) => {
                self.round_trip = Some(elapsed);
                return true;
            }
            _ => {}
        }
        false
    }

    /// Whether there was no reply at all.
    pub fn is_silence(&self) -> bool {
        *self == Self::default()
    }
}

/// The result of a probe.
#[derive(Debug)]
pub enum ProbeOutcome {
    /// The replies.
    Answers(Answers),
    /// The person or a signal requested to leave with this status.
    Leave(u8),
}

/// Does nothing: not supported on this system.
#[cfg(not(unix))]
pub fn ask(_patience: Duration) -> Option<ProbeOutcome> {
    None
}

#[cfg(unix)]
mod unix {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicBool, Ordering};
    use std::sync::mpsc;
    use std::time::{Duration, Instant};

    use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};

    use super::{Answers, InputEvent, ProbeOutcome, QUESTIONS};
    use crate::terminal::guard::{RawLine, over_ssh};
    use crate::terminal::input::spawn_input;
    use crate::terminal::signals::{SignalEvent, exit_code, spawn_signals, stop};

    /// SIGINT's number, as Ctrl-C sends it outside raw mode.
    const INTERRUPT: i32 = 2;

    enum LoopEvent {
        Input(Vec<InputEvent>),
        Leave(i32),
    }

    /// Queries the terminal and waits for all replies, at most for `patience`. Input until then is consumed: no reply
    /// is left for the shell, also if the person wants to leave meanwhile. `None` without a terminal.
    pub fn ask(patience: Duration) -> Option<ProbeOutcome> {
        let (to_loop, events) = mpsc::channel();
        let is_over = Arc::new(AtomicBool::new(false));
        let _restored = Ended(Arc::clone(&is_over));
        let leaving = to_loop.clone();
        let signals = spawn_signals(move |event| handle_signal(event, &is_over, &leaving)).ok()?;
        // Signals stay caught, so their thread must live as long as the process.
        std::mem::forget(signals);
        let line = RawLine::enter().ok()??;
        let ssh = over_ssh(|name| std::env::var(name).ok());
        let input = spawn_input(ssh, 1, |_| {}, move |events| to_loop.send(LoopEvent::Input(events)).is_ok()).ok()?;
        line.write(QUESTIONS).ok()?;
        let (answers, leave) = listen(&events, patience);
        drop(input);
        line.end(answers.round_trip.is_some());
        Some(leave.map_or(ProbeOutcome::Answers(answers), ProbeOutcome::Leave))
    }

    fn listen(events: &mpsc::Receiver<LoopEvent>, patience: Duration) -> (Answers, Option<u8>) {
        let (start, mut answers, mut leave) = (Instant::now(), Answers::default(), None);
        while let Ok(happening) = events.recv_timeout(patience.saturating_sub(start.elapsed())) {
            match happening {
                LoopEvent::Leave(signal) => leave = leave.or(Some(exit_code(signal))),
                LoopEvent::Input(events) => {
                    for event in events {
                        if is_interrupt(&event) {
                            leave = leave.or(Some(exit_code(INTERRUPT)));
                        }
                        if event == InputEvent::Closed {
                            return (answers, leave.or(Some(exit_code(1))));
                        }
                        if answers.record(event, start.elapsed()) {
                            return (answers, leave);
                        }
                    }
                }
            }
        }
        (answers, leave)
    }

    fn is_interrupt(event: &InputEvent) -> bool {
        let interrupt = KeyEvent::new(KeyCode::Char('c'), KeyModifiers::CONTROL);
        matches!(event, InputEvent::Terminal(Event::Key(key)) if *key == interrupt)
    }

    /// During a query, leaving waits for outstanding replies; afterwards signals have their usual effect.
    fn handle_signal(event: SignalEvent, is_over: &AtomicBool, leaving: &mpsc::Sender<LoopEvent>) -> bool {
        match (event, is_over.load(Ordering::SeqCst)) {
            (SignalEvent::Leave(signal), true) => std::process::exit(exit_code(signal).into()),
            (SignalEvent::Leave(signal), false) => {
                let _ = leaving.send(LoopEvent::Leave(signal)); // nobody asks any more
            }
            (SignalEvent::Suspend, true) => stop(),
            _ => {}
        }
        true
    }

    /// Records, when dropped, that the probe has ended.
    struct Ended(Arc<AtomicBool>);

    impl Drop for Ended {
        fn drop(&mut self) {
            self.0.store(true, Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::terminal::input::Decoder;

    fn replies_to(bytes: &[u8]) -> (Answers, bool) {
        let mut decoder = Decoder::default();
        decoder.expect_position();
        decoder.push(bytes);
        let (mut answers, mut is_last) = (Answers::default(), false);
        for event in decoder {
            is_last |= answers.record(event, Duration::from_millis(7));
        }
        (answers, is_last)
    }

    #[test]
    fn the_answers_of_xterm_are_understood() {
        let (answers, is_last) = replies_to(
            b"\x1b[?64;1;29c\x1b[>41;370;0c\x1bP>|XTerm(370)\x1b\\\x1b[?69;2$y\x1b[?2026;0$y\x1b[?2004;4$y\x1b[5;1R\x1b[0n",
        );
        let modes = vec![(69, ModeState::Known), (2026, ModeState::Unknown), (2004, ModeState::Fixed(false))];
        let expected = Answers {
            primary: Some(vec![64, 1, 29]),
            secondary: Some(vec![41, 370, 0]),
            name: Some("XTerm(370)".to_owned()),
            modes,
            position: true,
            round_trip: Some(Duration::from_millis(7)),
        };
        assert_eq!((answers, is_last), (expected, true));
    }

    #[test]
    fn keys_among_the_answers_are_none() {
        let (answers, is_last) = replies_to(b"jk\x1b[A\x1b[200~text\x1b[201~\x1bPnothing\x1b\\");
        assert!(answers.is_silence() && !is_last, "{answers:?}");
    }
}
