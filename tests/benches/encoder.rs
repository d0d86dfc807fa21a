//! What a frame costs the processor on its way from ratatui's buffers to bytes: finding what differs, and encoding it. Ours
//! against ratatui's own backend, on the same frames of the real reader in the same run. Rendering the frames and writing
//! the bytes to a terminal are not measured: they cost both the same, or ours less.
//!
//! The ratio counts, and a machine's speed drifts: the ways take turns, so this is a program of its own and not one of
//! divan's. `cargo bench --bench encoder -- [--turns N] [--only NAME]`: more turns, one sequence of frames.

#[path = "keystroke/clock.rs"]
mod clock;
#[expect(dead_code, reason = "the tests of behaviour need more of it")]
#[path = "../support/mod.rs"]
mod support;

use std::time::Duration;

use clock::Clock;
use lutrin::app::App;
use lutrin::config::Theme;
use lutrin::terminal::encoder::{Capabilities, Encoder};
use lutrin::ui::render;
use ratatui::backend::Backend;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui_crossterm::CrosstermBackend;
use support::world::World;

/// The sizes a frame is drawn at.
const SIZES: [(u16, u16); 3] = [(80, 24), (120, 40), (200, 50)];
/// How often each way is timed unless another number is wished.
const TURNS: usize = 101;
/// A run shorter than this is repeated until it is not: the clock is coarse.
const LEAST: Duration = Duration::from_micros(500);

/// What the reader drew, one frame after the other.
struct Sequence {
    name: &'static str,
    /// What is on the screen already; not measured.
    before: Frame,
    frames: Vec<Frame>,
}

/// One screen, and where on it rows may have scrolled.
struct Frame {
    buffer: Buffer,
    panes: Vec<Rect>,
}

/// A way from buffers to bytes.
#[derive(Clone, Copy)]
enum Way {
    Ratatui,
    Ownership(Capabilities),
}

/// What a way cost.
struct Cost {
    /// A frame's share.
    time: Duration,
    /// Bytes of a frame.
    bytes: usize,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| arguments.iter().position(|one| one == name).and_then(|at| arguments.get(at + 1));
    let turns = value("--turns").map_or(TURNS, |number| number.parse().expect("a number of turns"));
    let only = value("--only");
    let mut ratios = Vec::new();
    say("frames               size    | ratatui µs  bytes | ours µs  bytes ratio | with columns µs  bytes ratio");
    for (columns, rows) in SIZES {
        for sequence in sequences(columns, rows) {
            if only.is_none_or(|only| sequence.name.contains(only.as_str())) {
                ratios.extend(compare(&sequence, turns));
            }
        }
    }
    ratios.sort_by(f64::total_cmp);
    if let (Some(worst), Some(median)) = (ratios.last(), ratios.get(ratios.len() / 2)) {
        say(&format!("ours / ratatui: median {median:.2}, worst {worst:.2}"));
    }
}

/// Times the ways in turn and says what they cost. Returns the ratios of ours to ratatui's.
fn compare(sequence: &Sequence, turns: usize) -> [f64; 2] {
    let xterm = Capabilities::of_term("xterm-256color");
    let ways = [Way::Ratatui, Way::Ownership(xterm), Way::Ownership(Capabilities { scrolls_columns: true, ..xterm })];
    let mut times: [Vec<Duration>; 3] = Default::default();
    let mut bytes = [0; 3];
    for turn in 0..=turns {
        for (at, way) in ways.iter().enumerate() {
            let cost = play(sequence, *way);
            bytes[at] = cost.bytes;
            // The first turn warms up.
            if turn > 0 {
                times[at].push(cost.time);
            }
        }
    }
    let [ratatui, ours, columns] = times.map(median).map(|time| time.as_secs_f64() * 1e6);
    let ratios = [ours / ratatui, columns / ratatui];
    let area = sequence.before.buffer.area;
    say(&format!(
        "{:20} {:7} | {ratatui:10.1} {:6} | {ours:7.1} {:6} {:5.2} | {columns:15.1} {:6} {:5.2}",
        sequence.name,
        format!("{}x{}", area.width, area.height),
        bytes[0],
        bytes[1],
        ratios[0],
        bytes[2],
        ratios[1],
    ));
    ratios
}

/// Plays a sequence in one way, as often as the clock needs.
fn play(sequence: &Sequence, way: Way) -> Cost {
    let (mut time, mut runs, mut bytes) = (Duration::ZERO, 0_u32, 0);
    while time < LEAST {
        let (taken, sent) = match way {
            Way::Ratatui => ratatui(sequence),
            Way::Ownership(capabilities) => ours(sequence, capabilities),
        };
        (time, runs, bytes) = (time + taken, runs + 1, sent);
    }
    let frames = sequence.frames.len();
    Cost { time: time / (runs * frames as u32), bytes: bytes / frames }
}

fn ratatui(sequence: &Sequence) -> (Duration, usize) {
    let mut out = Vec::new();
    let mut sent = 0;
    let mut before = &sequence.before.buffer;
    let start = Clock::now();
    for frame in &sequence.frames {
        let mut backend = CrosstermBackend::new(&mut out);
        backend.draw(before.diff_iter(&frame.buffer)).expect("memory takes it");
        sent += out.len();
        out.clear();
        before = &frame.buffer;
    }
    (start.elapsed(), sent)
}

fn ours(sequence: &Sequence, capabilities: Capabilities) -> (Duration, usize) {
    let area = sequence.before.buffer.area;
    let mut encoder = Encoder::on_empty_screen(capabilities, area.width, area.height);
    let mut out = Vec::new();
    let mut sent = 0;
    let mut draw = |before: &Buffer, frame: &Frame| {
        out.clear();
        for (x, y, cell) in before.diff_iter(&frame.buffer) {
            encoder.put(x, y, cell);
        }
        encoder.encode(&frame.panes, &mut out);
        out.len()
    };
    draw(&Buffer::empty(area), &sequence.before);
    let mut before = &sequence.before.buffer;
    let start = Clock::now();
    for frame in &sequence.frames {
        sent += draw(before, frame);
        before = &frame.buffer;
    }
    (start.elapsed(), sent)
}

/// What a person does, as frames.
fn sequences(columns: u16, rows: u16) -> Vec<Sequence> {
    let world = || reading(columns, rows);
    let empty = Frame { buffer: Buffer::empty(Rect::new(0, 0, columns, rows)), panes: Vec::new() };
    let first = Sequence { name: "the first screen", before: empty, frames: vec![drawn(&world().app)] };
    let mut still = pressed("nothing changed", world(), &[]);
    still.frames = (0..20).map(|_| drawn(&world().app)).collect();
    let zoomed = |mut world: World| {
        world.press("z");
        world
    };
    let mut sequences = vec![
        pressed("a line on", world(), &["j"; 40]),
        pressed("a line on, alone", zoomed(world()), &["j"; 40]),
        pressed("a page on", world(), &["<Space>"; 6]),
        pressed("another screen", world(), &["K", "J", "?", "<Esc>", "z", "z"]),
        still,
        first,
    ];
    let mut typing = World::open_at(columns, rows, &DOCUMENTS);
    typing.press("/");
    let letters = ["k", "a", "z", "a", "k", "h", "s", "t", "a", "n"];
    sequences.insert(3, pressed("letters of a search", typing, &letters));
    sequences
}

const DOCUMENTS: [(&str, &str); 4] = [
    ("resolution.txt", include_str!("../../seeds/resolution-2019-2610.txt")),
    ("question.txt", include_str!("../../seeds/question-101851.txt")),
    ("reponse.txt", include_str!("../../seeds/reponse-5747.txt")),
    ("lettre.txt", include_str!("../../seeds/lettre-2023.txt")),
];

/// A reader in the longest of the documents.
fn reading(columns: u16, rows: u16) -> World {
    let mut world = World::open_at(columns, rows, &DOCUMENTS);
    let titles = world.titles();
    let longest = titles.iter().position(|title| title.starts_with("Résolution")).expect("it is one of them");
    world.press(&"j".repeat(longest)).rest().press("<Enter>").rest();
    world
}

/// The frames after each of the keys: the one at once, and what follows when the person rests, where that is another.
fn pressed(name: &'static str, mut world: World, keys: &[&str]) -> Sequence {
    let before = drawn(&world.app);
    let mut frames: Vec<Frame> = Vec::new();
    for key in keys {
        frames.push(drawn(&world.press(key).app));
        let rested = drawn(&world.rest().app);
        if frames.last().is_some_and(|last| last.buffer != rested.buffer) {
            frames.push(rested);
        }
    }
    Sequence { name, before, frames }
}

fn drawn(app: &App) -> Frame {
    let area = Rect::new(0, 0, app.panes.size.columns, app.panes.size.rows);
    let mut buffer = Buffer::empty(area);
    let theme = Theme::named("dark").expect("it is built in");
    render(app, &theme, area, &mut buffer);
    let panes = app.redraw_priority().scrolling;
    let panes = panes.into_iter().map(|pane| Rect::new(pane.x, pane.y, pane.width, pane.height)).collect();
    Frame { buffer, panes }
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

#[expect(clippy::print_stdout, reason = "a benchmark's answer")]
fn say(line: &str) {
    println!("{line}");
}
