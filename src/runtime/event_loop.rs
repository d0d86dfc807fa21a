//! The reader's loop: what happens outside becomes events, `update` turns events into effects, effects are carried out,
//! and then the screen is drawn once. It waits for the next event or the next deadline and does nothing in between.

use std::collections::VecDeque;
use std::panic::resume_unwind;
use std::path::Path;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use crossterm::event::Event as Told;

use super::frame_scheduler::Drawing;
use super::keys;
use super::workers::Workers;
use crate::app::{App, Effect, Event, LaunchOptions, Settings, Size, update};
use crate::command::Mode;
use crate::config::Theme;
use crate::dossier::Dossier;
use crate::library::{Home, LibraryError};
use crate::locale::Message;
use crate::terminal::flow_control::Pace;
use crate::terminal::guard::{
    QUESTION, Resumed, SYNCHRONIZED, Screen, TerminalError, TerminalGuard, Tried, hand_over_all, outlive, over_ssh,
    size,
};
use crate::terminal::input::{Input, InputEvent, TerminalReply, spawn_input};
use crate::terminal::profiles;
use crate::terminal::profiles::{LineReport, TerminalName, TerminalProfile};
use crate::terminal::recording::recorder::{Blank, RecordedWords, Recorder};
use crate::terminal::resize_debounce::Resizing;
use crate::terminal::signals::{SignalEvent, exit_code, spawn_signals, suspend_job, told_to_leave};
use crate::terminal::{clipboard, external_programs, recording};
use crate::ui::render;

/// The mode of frames that are shown at once, and from how many bytes on they are worth its own.
const SYNCHRONIZED_MODE: u16 = 2026;
const WORTH_SYNCHRONIZING: u64 = 1024;

/// Longest wait for outstanding terminal replies on exit.
const LONGEST_HEARING: Duration = Duration::from_millis(1500);
/// The signal of a line that was cut.
const HANG_UP: i32 = 1;

/// What happens outside.
enum Happening {
    /// What came from the terminal, and when.
    Input(Vec<InputEvent>, Instant),
    /// The bytes of the following [`Happening::Input`], for a recording that must know which input field they were
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

/// What the reader has from outside beside its dossier.
#[derive(Debug, Default)]
pub struct Surroundings {
    /// Home folder, for storing the terminal's profile.
    pub home: Option<Home>,
    /// What the run is recorded into.
    pub record: Option<Blank>,
    /// Messages to show at the start.
    pub notices: Vec<Message>,
}

/// How the reader ended.
#[derive(Debug)]
pub struct End {
    /// The exit status: 0, or what a signal makes of it.
    pub status: u8,
    /// Why things that the person made were not kept, each once: to be said where the terminal is a shell's again.
    pub unkept: Vec<Message>,
}

/// Shows a dossier until the person leaves.
pub fn read(
    dossier: &Dossier,
    settings: Settings,
    opening: LaunchOptions,
    surroundings: Surroundings,
) -> Result<End, ReaderError> {
    let Surroundings { home, record, notices } = surroundings;
    let (to_loop, happenings) = mpsc::channel();
    let started = Instant::now();
    let told = to_loop.clone();
    let stopped = move |message| {
        let _ = told.send(Happening::Answer(Box::new(Event::Failed(message)))); // nobody reads any more
    };
    let recorder = record.map(|blank| recording::start(blank, size(), stopped)).transpose()?;
    let tape = recorder.as_ref().map(Recorder::tape);
    let guard = TerminalGuard::enter(settings.mouse, tape.clone())?;
    let screen = guard.screen()?;
    let signals = to_loop.clone();
    let _signals = spawn_signals(move |signal| signals.send(Happening::Signal(signal)).is_ok())?;
    let keys = to_loop.clone();
    let environment = |name: &str| std::env::var(name).ok();
    let (typed, input_tape) = (to_loop.clone(), tape);
    let tap = move |bytes: &[u8]| match &input_tape {
        Some(tape) if tape.masks() => {
            let _ = typed.send(Happening::Typed(bytes.to_vec())); // nobody reads any more
        }
        Some(tape) => tape.input(bytes, RecordedWords::None),
        None => {}
    };
    let tell = move |events| keys.send(Happening::Input(events, Instant::now())).is_ok();
    let input = spawn_input(over_ssh(environment), u32::from(guard.tries()), tap, tell)?;
    let name = TerminalName::from_environment(environment);
    let known = home.as_ref().and_then(|home| profiles::load(&home.state, &name)).unwrap_or_default();
    let round_trip = known.round_trip_ms.map(|time| Duration::from_millis(time.into()));
    let mut pace = if guard.answers() { Pace::expecting(round_trip, known.bytes_a_second) } else { Pace::mute() };
    pace.sent(Duration::ZERO, guard.bytes_taken(), guard.tries());
    let app = App::new(settings, window(), opening);
    let mut reader = Reader {
        happenings,
        put_off: VecDeque::new(),
        theme: theme_of(&app.settings),
        app,
        guard,
        screen,
        input,
        workers: None,
        started,
        drawing: Drawing::new(pace),
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
    let emit = move |reply| to_loop.send(Happening::Answer(Box::new(Event::Reply(Box::new(reply))))).is_ok();
    reader.workers = Some(Workers::start(dossier, emit).map_err(ReaderError::Library)?);
    for notice in notices {
        reader.let_happen(Event::Said(notice));
    }
    Ok(reader.run())
}

struct Reader {
    happenings: Receiver<Happening>,
    /// What happened and was not yet seen to.
    put_off: VecDeque<Happening>,
    app: App,
    theme: Theme,
    guard: TerminalGuard,
    screen: Screen,
    input: Input,
    workers: Option<Workers>,
    started: Instant,
    drawing: Drawing,
    /// Whether the terminal shows a frame at once that says so.
    synchronizes: bool,
    resizing: Resizing,
    /// The status to leave with, once it is time.
    exit: Option<u8>,
    /// Whether that is not the person's wish.
    is_cut_off: bool,
    home: Option<Home>,
    /// Measurements of the terminal and its line in this run.
    line: LineReport,
    /// Keys that were pressed, pastes and clicks.
    keys: u64,
    /// Bytes that came from the terminal and were not recorded yet.
    typed: Vec<u8>,
    /// The last to go: giving back the terminal is recorded.
    recorder: Option<Recorder>,
}

impl Reader {
    fn run(mut self) -> End {
        let panic = outlive(&mut self, Self::turn, |reader| reader.cut_off(1));
        let exit = self.exit.unwrap_or(0);
        if panic.is_none() && exit != exit_code(HANG_UP) {
            self.leave_screen();
        }
        let (traffic, seconds) = (self.guard.writer().traffic(), self.started.elapsed().as_secs());
        // The terminal first: storing the documents being read may take a moment.
        drop((self.input, self.screen));
        drop(self.guard);
        if let Some(workers) = self.workers {
            workers.finish(self.is_cut_off);
        }
        // What could not be kept was found out while leaving, or may not have been seen.
        let mut unkept = std::mem::take(&mut self.app.notices.unkept);
        for happening in self.put_off.into_iter().chain(self.happenings.try_iter()) {
            if let Happening::Answer(event) = happening
                && let Event::Reply(reply) = *event
                && let Some(message) = reply.unkept()
                && !unkept.contains(&message)
            {
                unkept.push(message);
            }
        }
        drop(self.recorder);
        // Only figures: where the folder cannot be made they are lost.
        if let Some(home) = self.home.as_ref().filter(|home| home.make().is_ok()) {
            let name = TerminalName::from_environment(|name| std::env::var(name).ok());
            let round_trip_ms =
                self.drawing.pace.round_trip().map(|time| u32::try_from(time.as_millis()).unwrap_or(u32::MAX));
            let line = LineReport { round_trip_ms, bytes_a_second: self.drawing.pace.rate(), ..self.line };
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
            self.let_happen(Event::Clock(self.started.elapsed()));
            self.put_off.extend(self.happenings.try_iter());
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
        while let Some(until) = self.drawing.pace.heard_out_at() {
            let now = self.started.elapsed();
            let until = until.min(begun + LONGEST_HEARING);
            let next = match self.put_off.pop_front() {
                None if now >= until => None,
                None => self.happenings.recv_timeout(until.saturating_sub(now)).ok(), // nothing more, or nobody to say it
                next => next,
            };
            match next {
                Some(Happening::Input(events, at)) if !events.contains(&InputEvent::Closed) => {
                    let at = at.saturating_duration_since(self.started);
                    for reply in events.into_iter().filter(|event| matches!(event, InputEvent::Reply(_))) {
                        self.hear(reply, at);
                    }
                }
                Some(Happening::Typed(_)) => {}
                Some(last @ (Happening::Input(..) | Happening::Signal(SignalEvent::Leave(_)))) => {
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

    fn wait(&self) -> Result<Happening, RecvTimeoutError> {
        let now = self.started.elapsed();
        let catches_up_at = if self.is_resizing() { None } else { self.drawing.catches_up_at(now) };
        let deadlines = [self.app.deadline(), catches_up_at];
        let tick = deadlines.into_iter().flatten().min().map(|deadline| deadline.saturating_sub(now));
        let calm = self.resizing.wait(Instant::now());
        match [tick, calm].into_iter().flatten().min() {
            Some(patience) => self.happenings.recv_timeout(patience),
            None => self.happenings.recv().map_err(|_| RecvTimeoutError::Disconnected),
        }
    }

    /// Whether the window may still be changing: of a storm of sizes only the last is drawn.
    fn is_resizing(&self) -> bool {
        self.resizing.goes_on(Instant::now())
    }

    fn take(&mut self, happening: Happening) {
        match happening {
            Happening::Answer(event) => self.let_happen(*event),
            Happening::Signal(signal) => self.obey(signal),
            Happening::Typed(bytes) => self.typed.extend(bytes),
            Happening::Input(events, at) => {
                let at = at.saturating_duration_since(self.started);
                let mut words = self.words_typed();
                for event in events {
                    let pasted = matches!(event, InputEvent::Terminal(Told::Paste(_)));
                    self.hear(event, at);
                    words = if pasted { RecordedWords::Some } else { words.max(self.words_typed()) };
                }
                if let Some(recorder) = self.recorder.as_ref().filter(|_| !self.typed.is_empty()) {
                    recorder.tape().input(&std::mem::take(&mut self.typed), words);
                }
            }
        }
    }

    fn hear(&mut self, event: InputEvent, at: Duration) {
        if let InputEvent::Terminal(told) = &event {
            let chord = if let Told::Key(key) = told { keys::chord(*key) } else { None };
            self.drawing.key(at, chord);
            self.keys += 1;
        }
        match event {
            InputEvent::Terminal(Told::Key(key)) => {
                if let Some(chord) = keys::chord(key) {
                    self.let_happen(Event::Key(chord));
                }
            }
            InputEvent::Terminal(Told::Paste(text)) => self.let_happen(Event::Paste(text)),
            InputEvent::Terminal(Told::Mouse(mouse)) => {
                if let Some(action) = keys::mouse(mouse.kind) {
                    self.let_happen(Event::Mouse(action, mouse.column, mouse.row));
                }
            }
            InputEvent::Reply(TerminalReply::Mode { private: true, mode: SYNCHRONIZED_MODE, state: 1 | 2 }) => {
                self.synchronizes = true;
            }
            InputEvent::Reply(TerminalReply::Position { row, column }) => {
                self.drawing.pace.answered(at);
                if let Some(tried) = Tried::of_cursor(row, column) {
                    self.line.columns_scroll = Some(tried.scrolls_columns);
                    let capabilities = self.screen.backend_mut().capabilities_mut();
                    capabilities.scrolls_columns = tried.scrolls_columns;
                    capabilities.repeats = tried.repeats;
                }
            }
            InputEvent::Reply(TerminalReply::Status(_)) => self.drawing.pace.answered(at),
            InputEvent::Terminal(_) | InputEvent::Reply(_) => {}
            InputEvent::Closed => self.cut_off(exit_code(HANG_UP)),
        }
    }

    /// Whether keys are words just now.
    fn words_typed(&self) -> RecordedWords {
        if matches!(self.app.mode(), Mode::Prompt | Mode::Outline) { RecordedWords::Some } else { RecordedWords::None }
    }

    fn obey(&mut self, signal: SignalEvent) {
        match signal {
            SignalEvent::Resized(size) => {
                self.resizing.saw(Instant::now());
                self.let_happen(Event::Resized(Size { columns: size.width, rows: size.height }));
            }
            SignalEvent::Leave(signal) => self.cut_off(exit_code(signal)),
            SignalEvent::Suspend => self.suspend(),
            SignalEvent::Continued => {
                let _ = self.guard.reenter();
                self.come_back();
            }
        }
    }

    /// Leaves because the outside wants it.
    fn cut_off(&mut self, status: u8) {
        self.is_cut_off |= self.exit.is_none();
        self.let_happen(Event::Cut);
        self.exit = self.exit.or(Some(status));
    }

    fn let_happen(&mut self, event: Event) {
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
            self.let_happen(Event::Resized(now));
        }
        if let Some(recorder) = &mut self.recorder {
            recorder.has_size(now.columns, now.rows);
        }
        if self.resizing.drawn() {
            // After a resize a terminal may have cut or rewrapped its content, even if it has its old size again.
            let _ = self.screen.clear();
        }
        let now = self.started.elapsed();
        let Some(manner) = self.drawing.manner(now, &self.app.redraw_priority()) else { return };
        self.screen.backend_mut().set_manner(manner);
        let (app, theme) = (&self.app, &self.theme);
        let _ = self.screen.draw(|frame| {
            if let Some(cursor) = render(app, theme, frame.area(), frame.buffer_mut()) {
                frame.set_cursor_position(cursor);
            }
            hand_over_all(frame.buffer_mut());
        });
        let _ = self.send(now); // a line that was cut is told by the input's end or a signal
        self.drawing.drawn(now, self.screen.backend().is_behind());
    }

    /// Sends the frame; behind it goes a question when the line's answer is wanted.
    fn send(&mut self, now: Duration) -> std::io::Result<()> {
        let writer = self.guard.writer();
        let bytes = writer.collected();
        if bytes == 0 {
            return Ok(());
        }
        if self.synchronizes && bytes >= WORTH_SYNCHRONIZING && self.drawing.pace.rate().is_none() {
            writer.wrap(SYNCHRONIZED.0, SYNCHRONIZED.1);
        }
        let asks = self.drawing.pace.asks(bytes);
        if asks {
            writer.wrap(b"", QUESTION);
        }
        self.drawing.pace.sent(now, writer.collected(), asks);
        writer.send()
    }

    /// Stops the whole job, as the terminal itself would on Ctrl-Z; the signal that comes back stops us.
    fn suspend_job(&mut self) {
        if !suspend_job() {
            self.let_happen(Event::Failed(Message::new("suspend-nowhere")));
        }
    }

    fn suspend(&mut self) {
        self.leave_screen();
        self.input.pause();
        let resumed = self.guard.suspend();
        self.input.resume();
        match resumed {
            Ok(Resumed::InForeground) => self.come_back(),
            Ok(Resumed::Leaving) | Err(_) => self.cut_off(exit_code(told_to_leave().unwrap_or(HANG_UP))),
        }
    }

    fn come_back(&mut self) {
        self.drawing.pace.forget();
        self.let_happen(Event::Resized(window()));
        self.let_happen(Event::Resumed);
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
                self.let_happen(copied);
            }
            Err(message) => self.let_happen(Event::Failed(message)),
        }
    }

    fn browse(&mut self, address: &str) {
        match external_programs::browser(|name| std::env::var(name).ok(), address) {
            Ok(program) => self.run_program(&program),
            Err(error) => self.let_happen(Event::Failed(error.message())),
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
            if let Some(signal) = told_to_leave() {
                return self.cut_off(exit_code(signal));
            }
            self.input.resume();
            self.come_back();
            outcome.unwrap_or(Ok(()))
        } else {
            program.run()
        };
        if let Err(error) = outcome {
            self.let_happen(Event::Failed(error.message()));
        }
    }
}

fn window() -> Size {
    let size = size();
    Size { columns: size.width, rows: size.height }
}

/// The theme that is set.
fn theme_of(settings: &Settings) -> Theme {
    let own = settings.own_theme.clone().filter(|own| own.name() == settings.theme);
    own.or_else(|| Theme::named(&settings.theme)).or_else(|| Theme::named("mono")).expect("the plain theme is built in")
}
