//! The equivalence of the encoder: for random frames, sizes and capabilities, the screen after its bytes is the one that
//! ratatui's own backend paints, in the model of the vt100 crate. What bytes cost is measured elsewhere.

use std::num::NonZeroU16;

use proptest::prelude::*;
use ratatui::backend::Backend;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};
use ratatui_crossterm::CrosstermBackend;

use super::*;

/// One thing that happens to a screen between two frames.
#[derive(Clone, Debug)]
enum Change {
    /// Words at a place, in one of a few styles.
    Words(u16, u16, String, u8),
    /// The rows of the pane move, and words come in.
    Scroll(i16, String),
    /// Everything goes.
    Empty,
    /// The frame is drawn.
    Draw,
    /// Draws the frame except for a rectangle, or for the surroundings of the pane when that scrolls.
    DrawSome(Rect, bool),
    /// The window has another size.
    Resize(u16, u16),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let words = "[a-zé欧e\u{301}═⁴👍 ]{0,30}";
    let change = prop_oneof![
        4 => (0..30_u16, 0..12_u16, words, 0..9_u8).prop_map(|(x, y, words, style)| Change::Words(x, y, words, style)),
        3 => (-5..6_i16, words).prop_map(|(rows, words)| Change::Scroll(rows, words)),
        1 => Just(Change::Empty),
        6 => Just(Change::Draw),
        2 => (0..30_u16, 0..12_u16, 0..20_u16, 0..8_u16, any::<bool>())
            .prop_map(|(x, y, width, height, beside)| Change::DrawSome(Rect { x, y, width, height }, beside)),
        1 => (1..30_u16, 1..12_u16).prop_map(|(width, height)| Change::Resize(width, height)),
    ];
    proptest::collection::vec(change, 1..40)
}

fn style(number: u8) -> Style {
    // Not merged with the present style: terminals know bold or dim, not both.
    let plain = Style::reset();
    match number {
        1 => plain.add_modifier(Modifier::BOLD),
        2 => plain.add_modifier(Modifier::REVERSED | Modifier::BOLD),
        3 => plain.fg(Color::Indexed(33)),
        4 => plain.bg(Color::Blue),
        5 => plain.add_modifier(Modifier::UNDERLINED).fg(Color::Rgb(1, 2, 3)),
        6 => plain.add_modifier(Modifier::DIM | Modifier::ITALIC),
        7 => plain.bg(Color::Rgb(9, 9, 9)).fg(Color::DarkGray),
        _ => plain,
    }
}

/// Both ways to draw, on two terminals.
struct Both {
    encoder: Encoder,
    drawn: Buffer,
    next: Buffer,
    ours: vt100::Parser,
    theirs: vt100::Parser,
    /// What ours showed before the last frame.
    before: Vec<String>,
}

impl Both {
    fn new(width: u16, height: u16, capabilities: Capabilities) -> Self {
        let empty = Buffer::empty(Rect::new(0, 0, width, height));
        let terminal = || terminal_of(width, height);
        let mut both = Self {
            encoder: Encoder::new(capabilities),
            drawn: empty.clone(),
            next: empty,
            ours: terminal(),
            theirs: terminal(),
            before: Vec::new(),
        };
        both.clear();
        both
    }

    fn clear(&mut self) {
        let area = self.next.area;
        let mut bytes = Vec::new();
        self.encoder.clear(area.width, area.height, &mut bytes);
        self.ours.process(&bytes);
        self.drawn = Buffer::empty(area);
    }

    fn pane(&self) -> Rect {
        self.panes()[0]
    }

    /// Two of them beside each other, and the first of them scrolls.
    fn panes(&self) -> [Rect; 2] {
        let area = self.next.area;
        let first = Rect::new(2, 1, area.width.saturating_sub(4) * 2 / 3, area.height.saturating_sub(2));
        let second = Rect::new(first.right() + 1, 1, (area.width / 3).saturating_sub(2), area.height.saturating_sub(3));
        [first.intersection(area), second.intersection(area)]
    }

    fn change(&mut self, change: Change) {
        let area = self.next.area;
        match change {
            Change::Words(x, y, words, number) if x < area.width && y < area.height => {
                self.next.set_string(x, y, words, style(number));
            }
            Change::Words(..) => {}
            Change::Scroll(rows, words) => self.scroll(rows, &words),
            Change::Empty => self.next.reset(),
            Change::Draw => self.draw(Deferral::default()),
            Change::DrawSome(area, beside_scrolled) => self.draw(Deferral { areas: &[area], beside_scrolled }),
            Change::Resize(width, height) => {
                self.next = Buffer::empty(Rect::new(0, 0, width, height));
                self.ours = terminal_of(width, height);
                self.clear();
            }
        }
    }

    /// Removes content from the second half of wide characters, as ratatui requires.
    fn make_well_formed(&mut self) {
        let area = self.next.area;
        for y in 0..area.height {
            let mut x = 0;
            while x < area.width {
                let wide = crate::text::grapheme::width(self.next[(x, y)].symbol()) > 1;
                if wide && x + 1 == area.width {
                    self.next[(x, y)].reset();
                } else if wide {
                    self.next[(x + 1, y)].reset();
                    x += 1;
                }
                x += 1;
            }
        }
    }

    fn scroll(&mut self, rows: i16, words: &str) {
        let (pane, before) = (self.pane(), self.next.clone());
        let shift = Shift { area: pane, rows };
        for y in pane.top()..pane.bottom() {
            for x in pane.left()..pane.right() {
                let from = shift.source(x, y).map(|from| before[from].clone());
                self.next[(x, y)] = from.unwrap_or_default();
            }
            if shift.source(pane.x, y).is_none() {
                self.next.set_stringn(pane.x, y, words, pane.width.into(), Style::new());
            }
        }
    }

    fn draw(&mut self, deferral: Deferral<'_>) {
        self.make_well_formed();
        // A complete redraw on an empty screen: ratatui's differences leave the second half of a wide character to the
        // terminal.
        let empty = Buffer::empty(self.next.area);
        let mut theirs = Vec::new();
        CrosstermBackend::new(&mut theirs).draw(empty.diff(&self.next).into_iter()).unwrap();
        self.theirs = terminal_of(self.next.area.width, self.next.area.height);
        self.theirs.process(&theirs);
        for (x, y, cell) in self.drawn.diff(&self.next) {
            self.encoder.put(x, y, cell);
        }
        let mut ours = Vec::new();
        let draft = self.encoder.draft(&self.panes(), deferral);
        self.encoder.send(draft, &mut ours);
        self.before = self.looks(&self.ours);
        self.ours.process(&ours);
        self.drawn = self.next.clone();
    }

    /// What can be seen of every cell, row by row.
    fn looks(&self, terminal: &vt100::Parser) -> Vec<String> {
        let area = self.next.area;
        (0..area.height).flat_map(|y| (0..area.width).map(move |x| seen(terminal, x, y))).collect()
    }

    /// The first place that is neither as it was nor as it is wanted.
    fn damage(&self) -> Option<String> {
        let (ours, theirs) = (self.looks(&self.ours), self.looks(&self.theirs));
        let width = usize::from(self.next.area.width);
        let places = ours.iter().zip(&theirs).zip(&self.before).enumerate();
        places
            .filter(|(_, ((ours, theirs), before))| ours != theirs && ours != before)
            .map(|(at, ((ours, theirs), before))| {
                format!("at {},{}: {ours} instead of {theirs} or {before}", at % width, at / width)
            })
            .next()
    }

    /// The first place where the two terminals look different.
    fn difference(&self) -> Option<String> {
        let area = self.next.area;
        let places = (0..area.height).flat_map(|y| (0..area.width).map(move |x| (x, y)));
        places.into_iter().find_map(|(x, y)| {
            let (ours, theirs) = (seen(&self.ours, x, y), seen(&self.theirs, x, y));
            (ours != theirs).then(|| format!("at {x},{y}: {ours} instead of {theirs}"))
        })
    }
}

fn terminal_of(width: u16, height: u16) -> vt100::Parser {
    let size = |cells| NonZeroU16::new(cells).expect("no window is empty");
    vt100::Parser::new(size(height), size(width), 0)
}

/// What can be seen of a cell.
fn seen(terminal: &vt100::Parser, x: u16, y: u16) -> String {
    let Some(cell) = terminal.screen().cell(y, x) else { return "nothing".to_owned() };
    let words = cell.contents().trim_end().to_owned();
    let marks = (cell.inverse(), cell.underline());
    if words.is_empty() && marks == (false, false) {
        return format!("blank on {:?}", cell.bgcolor());
    }
    let attributes = (cell.bold(), cell.dim(), cell.italic());
    format!("{words:?} {:?} on {:?} {attributes:?} {marks:?}", cell.fgcolor(), cell.bgcolor())
}

fn all_that_the_model_knows() -> Capabilities {
    Capabilities {
        scrolls: true,
        erases_cells: true,
        erases_in_color: true,
        scrolls_many: true,
        repeats: true,
        ..Capabilities::default()
    }
}

proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, cases: 300, ..Default::default() })]

    #[test]
    fn the_screen_is_the_one_that_ratatuis_own_backend_gives(
        width in 1..30_u16,
        height in 1..12_u16,
        changes in changes(),
        clever in any::<bool>(),
    ) {
        let capabilities = if clever { all_that_the_model_knows() } else { Capabilities::default() };
        let mut both = Both::new(width, height, capabilities);
        for change in changes {
            both.change(change.clone());
            match change {
                Change::Draw => prop_assert_eq!(both.difference(), None),
                Change::DrawSome(..) if both.encoder.is_behind() => prop_assert_eq!(both.damage(), None),
                Change::DrawSome(..) => prop_assert_eq!(both.difference(), None),
                _ => {}
            }
        }
    }
}

#[test]
fn a_scrolled_line_costs_its_words_and_little_more() {
    let mut both = Both::new(40, 12, all_that_the_model_knows());
    let pane = both.pane();
    for y in pane.top()..pane.bottom() {
        both.next.set_string(pane.x, y, format!("considérant {y} que"), Style::new());
    }
    both.draw(Deferral::default());
    both.scroll(1, "une première ligne");
    both.draw(Deferral::default());
    both.scroll(1, "une ligne nouvelle");
    for (x, y, cell) in both.drawn.diff(&both.next) {
        both.encoder.put(x, y, cell);
    }
    let mut bytes = Vec::new();
    both.encoder.encode(&[pane], &mut bytes);
    let words = "une ligne nouvelle".len();
    assert!(bytes.len() <= words + 6, "{:?}", String::from_utf8_lossy(&bytes));
}

#[test]
fn a_frame_without_change_has_no_bytes() {
    let mut both = Both::new(20, 4, Capabilities::default());
    both.next.set_string(0, 0, "considérant", Style::new());
    both.draw(Deferral::default());
    let mut bytes = Vec::new();
    both.encoder.encode(&[], &mut bytes);
    assert_eq!(bytes, b"");
}

#[test]
fn a_line_scrolls_at_once_and_what_stands_beside_it_follows_when_it_may() {
    let mut both = Both::new(40, 12, all_that_the_model_knows());
    let pane = both.pane();
    for y in pane.top()..pane.bottom() {
        both.next.set_string(pane.x, y, format!("considérant {y} que"), Style::new());
    }
    both.draw(Deferral::default());
    both.scroll(1, "une ligne nouvelle");
    both.next.set_string(0, 11, "12 %", Style::new());
    both.draw(Deferral { areas: &[], beside_scrolled: true });
    assert!(both.encoder.is_behind());
    assert_eq!(
        both.difference().as_deref(),
        Some(r#"at 0,11: blank on Default instead of "1" Default on Default (false, false, false) (false, false)"#)
    );
    both.draw(Deferral::default());
    assert!(!both.encoder.is_behind());
    assert_eq!(both.difference(), None);
}

#[test]
fn margins_do_not_change_from_line_to_line() {
    let capabilities = Capabilities { scrolls_columns: true, ..all_that_the_model_knows() };
    let mut encoder = Encoder::on_empty_screen(capabilities, 40, 12);
    let pane = Rect::new(0, 1, 39, 10);
    let mut all = Vec::new();
    for first in 0..12 {
        for y in pane.top()..pane.bottom() {
            let mut buffer = Buffer::empty(Rect::new(0, 0, 40, 1));
            buffer.set_string(4, 0, format!("considérant {} que", first + y), Style::new());
            for x in 0..40 {
                encoder.put(x, y, &buffer[(x, 0)]);
            }
        }
        let mut bytes = Vec::new();
        encoder.encode(&[pane], &mut bytes);
        all.push(String::from_utf8(bytes).unwrap());
    }
    assert!(all[2..].iter().all(|frame| !frame.contains("?69")), "{all:?}");
}

#[test]
fn what_a_cluster_of_doubtful_width_may_have_left_is_wiped() {
    let mut encoder = Encoder::on_empty_screen(Capabilities::default(), 20, 1);
    let mut bytes = Vec::new();
    for words in ["①", "a"] {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 20, 1));
        buffer.set_string(0, 0, words, Style::new());
        for (x, cell) in (0..).zip(&buffer.content) {
            encoder.put(x, 0, cell);
        }
        bytes.clear();
        encoder.encode(&[], &mut bytes);
    }
    assert_eq!(String::from_utf8_lossy(&bytes), "\x1b[Ha\x1b[K");
}
