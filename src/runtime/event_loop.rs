//! The reader's loop: converts input, signals and replies to events, passes them to `update`, carries out the effects,
//! and then draws once. Waits for the next event or deadline without using the CPU.

use std::collections::VecDeque;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use crossterm::event::Event as TerminalEvent;

use super::frame_scheduler::FrameScheduler;
use super::keys;
use super::workers::Workers;
use crate::app::{App, Effect, Event, LaunchOptions, Settings, Size, update};
use crate::command::Mode;
use crate::config::Theme;
use crate::dossier::Dossier;
use crate::library::{Home, LibraryError};
use crate::locale::Message;
use crate::terminal::flow_control::LineEstimator;
use crate::terminal::guard::{
    ProbeResult, QUESTION, Resumed, SYNCHRONIZED, Screen, TerminalError, TerminalGuard, hand_over_all, over_ssh,
    run_catching_panic, size,
};
use crate::terminal::input::{Input, InputEvent, TerminalReply, spawn_input};
use crate::terminal::profiles;
use crate::terminal::profiles::{LineReport, TerminalName, TerminalProfile};
use crate::terminal::recording::recorder::{RecordedWords, Recorder, RecordingFile};
use crate::terminal::resize_debounce::Resizing;
use crate::terminal::signals::{SignalEvent, exit_code, spawn_signals, suspend_job, termination_requested};
use crate::terminal::{clipboard, external_programs, recording};
use crate::ui::render;

/// The mode of synchronized updates, and the minimum number of bytes of a frame for which it is used.
const SYNCHRONIZED_MODE: u16 = 2026;
const WORTH_SYNCHRONIZING: u64 = 1024;

/// Longest wait for outstanding terminal replies on exit.
const LONGEST_HEARING: Duration = Duration::from_millis(1500);
/// The number of SIGHUP, sent when the line is cut.
const HANG_UP: i32 = 1;

/// Input of the loop.
enum LoopEvent {
    /// Events from the terminal, with the time of the read.
    Input(Vec<InputEvent>, Instant),
    /// The bytes of the following [`LoopEvent::Input`], for a recording that must know which input field they were
    /// typed into.
    Typed(Vec<u8>),
    Signal(SignalEvent),
    Answer(Box<Event>),
}

/// Why the reader could not start.
#[derive(Debug)]
pub enum ReaderError {
    /// The terminal's reason.
    Terminal(TerminalError),
    /// The library's reason.
    Library(LibraryError),
}

impl ReaderError {
    /// The sentence for it.
    pub fn message(&self) -> Message {
        match self {
            Self::Terminal(error) => error.message(),
            Self::Library(error) => error.message(),
        }
    }
}

impl<E: Into<TerminalError>> From<E> for ReaderError {
    fn from(error: E) -> Self {
        Self::Terminal(error.into())
    }
}

/// What the reader is given besides its dossier.
#[derive(Debug, Default)]
pub struct LaunchContext {
    /// Home folder, for storing the terminal's profile.
    pub home: Option<Home>,
    /// What the run is recorded into.
    pub record: Option<RecordingFile>,
    /// Messages to show at the start.
    pub notices: Vec<Message>,
}

/// The result of a run.
#[derive(Debug)]
pub struct End {
    /// The exit status: 0, or by the convention of shells 128 + the signal's number.
    pub status: u8,
    /// Why data that the person made could not be stored, each reason once: printed after the terminal is restored.
    pub unkept: Vec<Message>,
}

/// Shows a dossier until the person leaves or a signal ends the process.
pub fn read(
    dossier: &Dossier,
    settings: Settings,
    opening: LaunchOptions,
    surroundings: LaunchContext,
) -> Result<End, ReaderError> {
    let LaunchContext { home, record, notices } = surroundings;
    let (to_loop, events) = mpsc::channel();
    let started = Instant::now();
    let told = to_loop.clone();
    let stopped = move |message| {
        let _ = told.send(LoopEvent::Answer(Box::new(Event::Failed(message)))); // nobody reads any more
    };
    let recorder = record.map(|recording_file| recording::start(recording_file, size(), stopped)).transpose()?;
    let tape = recorder.as_ref().map(Recorder::tape);
    let guard = TerminalGuard::enter(settings.mouse, tape.clone())?;
    let screen = guard.screen()?;
    let signals = to_loop.clone();
    let _signals = spawn_signals(move |signal| signals.send(LoopEvent::Signal(signal)).is_ok())?;
    let keys = to_loop.clone();
    let environment = |name: &str| std::env::var(name).ok();
    let (typed, input_tape) = (to_loop.clone(), tape);
    let tap = move |bytes: &[u8]| match &input_tape {
        Some(tape) if tape.masks() => {
            let _ = typed.send(LoopEvent::Typed(bytes.to_vec())); // nobody reads any more
        }
        Some(tape) => tape.input(bytes, RecordedWords::None),
        None => {}
    };
    let tell = move |events| keys.send(LoopEvent::Input(events, Instant::now())).is_ok();
    let input = spawn_input(over_ssh(environment), u32::from(guard.tries()), tap, tell)?;
    let name = TerminalName::from_environment(environment);
    let known = home.as_ref().and_then(|home| profiles::load(&home.state, &name)).unwrap_or_default();
    let round_trip = known.round_trip_ms.map(|time| Duration::from_millis(time.into()));
    let mut estimator = if guard.answers() {
        LineEstimator::expecting(round_trip, known.bytes_a_second)
    } else {
        LineEstimator::mute()
    };
    estimator.sent(Duration::ZERO, guard.bytes_taken(), guard.tries());
    let app = App::new(settings, window(), opening);
    let mut reader = Reader {
        events,
        put_off: VecDeque::new(),
        theme: theme_of(&app.settings),
        app,
        guard,
        screen,
        input,
        workers: None,
        started,
        scheduler: FrameScheduler::new(estimator),
        synchronizes: false,
        resizing: Resizing::default(),
        exit: None,
        is_cut_off: false,
        home,
        line: LineReport::default(),
        keys: 0,
        typed: Vec::new(),
        recorder,
    };
    reader.draw();
    let emit = move |reply| to_loop.send(LoopEvent::Answer(Box::new(Event::Reply(Box::new(reply))))).is_ok();
    reader.workers = Some(Workers::start(dossier, emit).map_err(ReaderError::Library)?);
    for notice in notices {
        reader.dispatch(Event::Said(notice));
    }
    Ok(reader.run())
}

struct Reader {
    events: Receiver<LoopEvent>,
    /// Loop events that were received and not yet handled.
    put_off: VecDeque<LoopEvent>,
    app: App,
    theme: Theme,
    guard: TerminalGuard,
    screen: Screen,
    input: Input,
    workers: Option<Workers>,
    started: Instant,
    scheduler: FrameScheduler,
    /// Whether the terminal supports synchronized updates.
    synchronizes: bool,
    resizing: Resizing,
    /// The exit status, once the loop shall end.
    exit: Option<u8>,
    /// Whether the end was requested by a signal or a cut line, not by the person.
    is_cut_off: bool,
    home: Option<Home>,
    /// Measurements of the terminal and its line in this run.
    line: LineReport,
    /// Number of keys, pastes and clicks.
    keys: u64,
    /// Bytes from the terminal that are not recorded yet.
    typed: Vec<u8>,
    /// Dropped last, so that restoring the terminal is recorded.
    recorder: Option<Recorder>,
}

impl Reader {
    fn run(mut self) -> End {
        let panic = run_catching_panic(&mut self, Self::turn, |reader| reader.cut_off(1));
        let exit = self.exit.unwrap_or(0);
        if panic.is_none() && exit != exit_code(HANG_UP) {
            self.leave_screen();
        }
        let (traffic, seconds) = (self.guard.writer().traffic(), self.started.elapsed().as_secs());
        // The terminal is restored first: storing the documents that are being read may take a moment.
        drop((self.input, self.screen));
        drop(self.guard);
        if let Some(workers) = self.workers {
            workers.finish(self.is_cut_off);
        }
        // Failures of storing that came while leaving, or that the person may not have seen.
        let mut unkept = std::mem::take(&mut self.app.notices.unkept);
        for happening in self.put_off.into_iter().chain(self.events.try_iter()) {
            if let LoopEvent::Answer(event) = happening
                && let Event::Reply(reply) = *event
                && let Some(message) = reply.unkept()
                && !unkept.contains(&message)
            {
                unkept.push(message);
            }
        }
        drop(self.recorder);
        // Measurements are lost if the folder cannot be made.
        if let Some(home) = self.home.as_ref().filter(|home| home.make().is_ok()) {
            let name = TerminalName::from_environment(|name| std::env::var(name).ok());
            let round_trip_ms =
                self.scheduler.estimator.round_trip().map(|time| u32::try_from(time.as_millis()).unwrap_or(u32::MAX));
            let line = LineReport { round_trip_ms, bytes_a_second: self.scheduler.estimator.rate(), ..self.line };
            let known = TerminalProfile::after(profiles::load(&home.state, &name), line, traffic, self.keys, seconds);
            let _ = profiles::keep(&home.state, &name, &known);
        }
        match panic {
            Some(panic) => resume_unwind(panic),
            None => End { status: exit, unkept },
        }
    }

    fn turn(&mut self) {
        while self.exit.is_none() {
            match self.wait() {
                Ok(happening) => self.put_off.push_back(happening),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            self.dispatch(Event::Clock(self.started.elapsed()));
            self.put_off.extend(self.events.try_iter());
            while let Some(happening) = self.put_off.pop_front() {
                self.take(happening);
                if self.exit.is_some() {
                    break;
                }
            }
            if self.exit.is_none() && !self.is_resizing() {
                self.draw();
            }
        }
    }

    /// Restores the screen and consumes outstanding terminal replies, which would otherwise reach the next reader of
    /// the terminal. Input typed meanwhile is discarded.
    fn leave_screen(&mut self) {
        self.guard.leave_screen();
        let begun = self.started.elapsed();
        let mut rest = VecDeque::new();
        while let Some(until) = self.scheduler.estimator.last_reply_due_at() {
            let now = self.started.elapsed();
            let until = until.min(begun + LONGEST_HEARING);
            let next = match self.put_off.pop_front() {
                None if now >= until => None,
                None => self.events.recv_timeout(until.saturating_sub(now)).ok(), // nothing more, or nobody to say it
                next => next,
            };
            match next {
                Some(LoopEvent::Input(events, at)) if !events.contains(&InputEvent::Closed) => {
                    let at = at.saturating_duration_since(self.started);
                    for reply in events.into_iter().filter(|event| matches!(event, InputEvent::Reply(_))) {
                        self.on_input(reply, at);
                    }
                }
                Some(LoopEvent::Typed(_)) => {}
                Some(last @ (LoopEvent::Input(..) | LoopEvent::Signal(SignalEvent::Leave(_)))) => {
                    rest.push_back(last);
                    break;
                }
                Some(other) => rest.push_back(other),
                None => {
                    self.guard.drop_input();
                    break;
                }
            }
        }
        rest.append(&mut self.put_off);
        self.put_off = rest;
    }

    fn wait(&self) -> Result<LoopEvent, RecvTimeoutError> {
        let now = self.started.elapsed();
        let catches_up_at = if self.is_resizing() { None } else { self.scheduler.catches_up_at(now) };
        let deadlines = [self.app.deadline(), catches_up_at];
        let tick = deadlines.into_iter().flatten().min().map(|deadline| deadline.saturating_sub(now));
        let calm = self.resizing.wait(Instant::now());
        match [tick, calm].into_iter().flatten().min() {
            Some(patience) => self.events.recv_timeout(patience),
            None => self.events.recv().map_err(|_| RecvTimeoutError::Disconnected),
        }
    }

    /// Whether the size of the window may still be changing; then nothing is drawn.
    fn is_resizing(&self) -> bool {
        self.resizing.goes_on(Instant::now())
    }

    fn take(&mut self, happening: LoopEvent) {
        match happening {
            LoopEvent::Answer(event) => self.dispatch(*event),
            LoopEvent::Signal(signal) => self.handle_signal(signal),
            LoopEvent::Typed(bytes) => self.typed.extend(bytes),
            LoopEvent::Input(events, at) => {
                let at = at.saturating_duration_since(self.started);
                let mut words = self.words_typed();
                for event in events {
                    let pasted = matches!(event, InputEvent::Terminal(TerminalEvent::Paste(_)));
                    self.on_input(event, at);
                    words = if pasted { RecordedWords::Some } else { words.max(self.words_typed()) };
                }
                if let Some(recorder) = self.recorder.as_ref().filter(|_| !self.typed.is_empty()) {
                    recorder.tape().input(&std::mem::take(&mut self.typed), words);
                }
            }
        }
    }

    fn on_input(&mut self, event: InputEvent, at: Duration) {
        if let InputEvent::Terminal(told) = &event {
            let chord = if let TerminalEvent::Key(key) = told { keys::chord(*key) } else { None };
            self.scheduler.key(at, chord);
            self.keys += 1;
        }
        match event {
            InputEvent::Terminal(TerminalEvent::Key(key)) => {
                if let Some(chord) = keys::chord(key) {
                    self.dispatch(Event::Key(chord));
                }
            }
            InputEvent::Terminal(TerminalEvent::Paste(text)) => self.dispatch(Event::Paste(text)),
            InputEvent::Terminal(TerminalEvent::Mouse(mouse)) => {
                if let Some(action) = keys::mouse(mouse.kind) {
                    self.dispatch(Event::Mouse(action, mouse.column, mouse.row));
                }
            }
            InputEvent::Reply(TerminalReply::Mode { private: true, mode: SYNCHRONIZED_MODE, state: 1 | 2 }) => {
                self.synchronizes = true;
            }
            InputEvent::Reply(TerminalReply::Position { row, column }) => {
                self.scheduler.estimator.answered(at);
                if let Some(tried) = ProbeResult::from_cursor(row, column) {
                    self.line.columns_scroll = Some(tried.scrolls_columns);
                    let capabilities = self.screen.backend_mut().capabilities_mut();
                    capabilities.scrolls_columns = tried.scrolls_columns;
                    capabilities.repeats = tried.repeats;
                }
            }
            InputEvent::Reply(TerminalReply::Status(_)) => self.scheduler.estimator.answered(at),
            InputEvent::Terminal(_) | InputEvent::Reply(_) => {}
            InputEvent::Closed => self.cut_off(exit_code(HANG_UP)),
        }
    }

    /// Whether keys are text at the moment.
    fn words_typed(&self) -> RecordedWords {
        if matches!(self.app.mode(), Mode::Prompt | Mode::Outline) { RecordedWords::Some } else { RecordedWords::None }
    }

    fn handle_signal(&mut self, signal: SignalEvent) {
        match signal {
            SignalEvent::Resized(size) => {
                self.resizing.saw(Instant::now());
                self.dispatch(Event::Resized(Size { columns: size.width, rows: size.height }));
            }
            SignalEvent::Leave(signal) => self.cut_off(exit_code(signal)),
            SignalEvent::Suspend => self.suspend(),
            SignalEvent::Continued => {
                let _ = self.guard.reenter();
                self.come_back();
            }
        }
    }

    /// Ends the loop because of a signal or a cut line.
    fn cut_off(&mut self, status: u8) {
        self.is_cut_off |= self.exit.is_none();
        self.dispatch(Event::Cut);
        self.exit = self.exit.or(Some(status));
    }

    fn dispatch(&mut self, event: Event) {
        if self.exit.is_some() {
            return;
        }
        let effects = update(&mut self.app, event);
        for effect in effects.0 {
            self.carry_out(effect);
        }
        if self.app.leaving && self.exit.is_none() {
            self.exit = Some(0);
        }
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Ask(request) => {
                if let Some(workers) = &self.workers {
                    workers.send(request);
                }
            }
            Effect::Copy(text) => self.copy(&text),
            Effect::Browse(address) => self.browse(&address),
            Effect::Edit { path, line } => self.edit(&path, line),
            Effect::SetMouse(on) => {
                let _ = self.guard.set_mouse(on);
            }
            Effect::Redraw => {
                let _ = self.screen.clear();
            }
            Effect::Suspend => self.suspend_job(),
            Effect::Leave => {}
        }
    }

    fn draw(&mut self) {
        if self.theme.name() != self.app.settings.theme {
            self.theme = theme_of(&self.app.settings);
        }
        let now = window();
        if now != self.app.panes.size {
            self.dispatch(Event::Resized(now));
        }
        if let Some(recorder) = &mut self.recorder {
            recorder.has_size(now.columns, now.rows);
        }
        if self.resizing.drawn() {
            // After a resize a terminal may have cut or rewrapped its content, even if it has its old size again.
            let _ = self.screen.clear();
        }
        let now = self.started.elapsed();
        let Some(policy) = self.scheduler.policy(now, &self.app.redraw_priority()) else { return };
        self.screen.backend_mut().set_frame_policy(policy);
        let (app, theme) = (&self.app, &self.theme);
        let _ = self.screen.draw(|frame| {
            if let Some(cursor) = render(app, theme, frame.area(), frame.buffer_mut()) {
                frame.set_cursor_position(cursor);
            }
            hand_over_all(frame.buffer_mut());
        });
        let _ = self.send(now); // a line that was cut is told by the input's end or a signal
        self.scheduler.drawn(now, self.screen.backend().is_behind());
    }

    /// Sends the frame, with a status query after it when the line has to be measured.
    fn send(&mut self, now: Duration) -> std::io::Result<()> {
        let writer = self.guard.writer();
        let bytes = writer.collected();
        if bytes == 0 {
            return Ok(());
        }
        if self.synchronizes && bytes >= WORTH_SYNCHRONIZING && self.scheduler.estimator.rate().is_none() {
            writer.wrap(SYNCHRONIZED.0, SYNCHRONIZED.1);
        }
        let asks = self.scheduler.estimator.asks(bytes);
        if asks {
            writer.wrap(b"", QUESTION);
        }
        self.scheduler.estimator.sent(now, writer.collected(), asks);
        writer.send()
    }

    /// Stops the whole job, as the terminal does on Ctrl-Z outside raw mode; the signal that comes back stops this
    /// process.
    fn suspend_job(&mut self) {
        if !suspend_job() {
            self.dispatch(Event::Failed(Message::new("suspend-nowhere")));
        }
    }

    fn suspend(&mut self) {
        self.leave_screen();
        self.input.pause();
        let resumed = self.guard.suspend();
        self.input.resume();
        match resumed {
            Ok(Resumed::InForeground) => self.come_back(),
            Ok(Resumed::Leaving) | Err(_) => self.cut_off(exit_code(termination_requested().unwrap_or(HANG_UP))),
        }
    }

    fn come_back(&mut self) {
        self.scheduler.estimator.forget();
        self.dispatch(Event::Resized(window()));
        self.dispatch(Event::Resumed);
    }

    fn copy(&mut self, text: &str) {
        let multiplexer = clipboard::Multiplexer::from_environment(|name| std::env::var(name).ok());
        match clipboard::copy(text, multiplexer) {
            Ok(bytes) => {
                let _ = std::io::Write::write_all(&mut self.guard.writer(), &bytes); // memory takes it
                let copied = match self.send(self.started.elapsed()) {
                    Ok(()) => Event::Copied { characters: text.chars().count() },
                    Err(_) => Event::Failed(Message::new("clipboard-unsent")),
                };
                self.dispatch(copied);
            }
            Err(message) => self.dispatch(Event::Failed(message)),
        }
    }

    fn browse(&mut self, address: &str) {
        match external_programs::browser(|name| std::env::var(name).ok(), address) {
            Ok(program) => self.run_program(&program),
            Err(error) => self.dispatch(Event::Failed(error.message())),
        }
    }

    fn edit(&mut self, path: &Path, line: u32) {
        let program = external_programs::editor(|name| std::env::var(name).ok(), path, Some(line));
        self.run_program(&program);
    }

    fn run_program(&mut self, program: &external_programs::Program) {
        let outcome = if program.in_terminal {
            self.leave_screen();
            self.input.pause();
            let outcome = self.guard.lend(|| program.run());
            if let Some(signal) = termination_requested() {
                return self.cut_off(exit_code(signal));
            }
            self.input.resume();
            self.come_back();
            outcome.unwrap_or(Ok(()))
        } else {
            program.run()
        };
        if let Err(error) = outcome {
            self.dispatch(Event::Failed(error.message()));
        }
    }
}

fn window() -> Size {
    let size = size();
    Size { columns: size.width, rows: size.height }
}

/// The theme of the settings.
fn theme_of(settings: &Settings) -> Theme {
    let own = settings.own_theme.clone().filter(|own| own.name() == settings.theme);
    own.or_else(|| Theme::named(&settings.theme)).or_else(|| Theme::named("mono")).expect("the plain theme is built in")
}
