//! The fewest bytes from what a terminal shows to what is wanted: cheap ways of the cursor, only what differs of colours,
//! blanks erased instead of written, rows that scrolled moved instead of written again. It keeps the terminal's screen and
//! asks it nothing; widgets know nothing of it. A frame is encoded in each way there is, and the shortest is taken.
//!
//! It depends on ratatui's cells and colours and on nothing of Lutrin's but the width of a grapheme cluster, so that it can
//! become a crate of its own. Sequences are those of ECMA-48 and of DEC's VT family, named by their mnemonics.

mod capabilities;
mod grid;
mod lag;
mod motion;
mod pen;
pub mod player;
pub mod scan;
mod scroll;

use std::io::Write;

use ratatui::buffer::Cell;
use ratatui::layout::Rect;
use ratatui::style::Color;

pub use capabilities::Capabilities;
use grid::{Glyph, Grid};
pub use lag::Lag;
use lag::Waiting;
use motion::{Cursor, Margins};
use pen::Pen;
use scroll::Shift;

/// Line feeds that are shorter than one SU.
const FEW_ROWS: u16 = 4;
/// What other margins must save in each line to be worth it.
const MARGINS_CHANGE: usize = 2;

/// Keeps a terminal's screen and brings it up to date.
#[derive(Debug)]
pub struct Encoder {
    capabilities: Capabilities,
    shown: Grid,
    wanted: Grid,
    /// The rows in which something was put since the last frame.
    touched: Vec<bool>,
    state: State,
}

/// What is known of the terminal beside its cells.
#[derive(Clone, Copy, Debug)]
struct State {
    cursor: Option<Cursor>,
    pen: Option<Pen>,
    margins: Margins,
}

/// A frame that could be sent: [`Encoder::draft`].
#[derive(Debug)]
pub struct Draft {
    bytes: Vec<u8>,
    state: State,
    waiting: Waiting,
}

impl Draft {
    /// What it would cost.
    pub fn bytes(&self) -> usize {
        self.bytes.len()
    }
}

/// How a frame may be scrolled.
#[derive(Clone, Copy, Debug)]
struct Plan {
    shift: Option<Shift>,
    margins: Option<Margins>,
    /// What scrolled.
    pane: Option<Rect>,
}

impl Encoder {
    /// An encoder for a terminal of which nothing is known yet: [`Encoder::clear`] comes first.
    pub fn new(capabilities: Capabilities) -> Self {
        let margins = Margins { top: 0, bottom: 0, left: 0, right: 0 };
        let state = State { cursor: None, pen: None, margins };
        Self { capabilities, shown: Grid::default(), wanted: Grid::default(), touched: Vec::new(), state }
    }

    /// An encoder for a terminal whose screen is empty and whose pen is its own.
    pub fn on_empty_screen(capabilities: Capabilities, width: u16, height: u16) -> Self {
        let mut encoder = Self::new(capabilities);
        encoder.empty(width, height);
        encoder
    }

    fn empty(&mut self, width: u16, height: u16) {
        self.shown = Grid::blank(width, height);
        self.wanted = self.shown.clone();
        self.touched = vec![false; height.into()];
        self.state = State { cursor: None, pen: Some(Pen::PLAIN), margins: whole(width, height) };
    }

    /// Where the cursor is, when that is known.
    pub fn cursor(&self) -> Option<(u16, u16)> {
        self.state.cursor.filter(|cursor| !cursor.pending).map(|cursor| (cursor.x, cursor.y))
    }

    /// What may be sent from now on.
    pub fn capabilities_mut(&mut self) -> &mut Capabilities {
        &mut self.capabilities
    }

    /// Empties a screen of this size, whatever was on it.
    pub fn clear(&mut self, width: u16, height: u16, out: &mut Vec<u8>) {
        if self.state.margins != whole(self.shown.width(), self.shown.height()) {
            self.reset_margins(out);
        }
        out.extend(b"\x1b[m\x1b[2J");
        self.empty(width, height);
    }

    /// Takes back what was set beside cells and colours: margins. For the end, or before another program runs.
    pub fn reset_margins(&mut self, out: &mut Vec<u8>) {
        let whole = whole(self.shown.width(), self.shown.height());
        if self.state.margins.left > 0 || self.state.margins.right + 1 < self.shown.width() {
            out.extend(b"\x1b[?69l");
        }
        out.extend(b"\x1b[r");
        self.state = State { cursor: None, margins: whole, ..self.state };
    }

    /// Says what a cell is to show in the next frame.
    pub fn put(&mut self, x: u16, y: u16, cell: &Cell) {
        self.wanted.put(x, y, cell);
        if let Some(touched) = self.touched.get_mut(usize::from(y)) {
            *touched = true;
        }
    }

    /// Writes what brings the screen up to date. `panes` are the rectangles whose rows may have scrolled.
    pub fn encode(&mut self, panes: &[Rect], out: &mut Vec<u8>) {
        let draft = self.draft(panes, Lag::default());
        self.send(draft, out);
    }

    /// What would bring the screen up to date but for what may lag.
    pub fn draft(&self, panes: &[Rect], lag: Lag<'_>) -> Draft {
        let mut best: Option<(usize, Draft)> = None;
        let plans = if self.touched.contains(&true) { self.plans(panes) } else { Vec::new() };
        for plan in plans {
            let waiting = Waiting::new(self, lag, plan.pane);
            let mut frame = Frame { encoder: self, state: self.state, out: Vec::new(), shift: None, waiting };
            let set_up = frame.carry_out(plan);
            // What sets the margins is for the lines to come as well; but they must not change to and fro.
            let cost = if set_up > 0 { frame.out.len() - set_up + MARGINS_CHANGE } else { frame.out.len() };
            if best.as_ref().is_none_or(|(known, _)| cost < *known) {
                best = Some((cost, Draft { bytes: frame.out, state: frame.state, waiting: frame.waiting }));
            }
        }
        let nothing = || Draft { bytes: Vec::new(), state: self.state, waiting: Waiting::default() };
        best.map_or_else(nothing, |(_, draft)| draft)
    }

    /// Writes a draft; it is of the screen as it is, and nothing came between.
    pub fn send(&mut self, draft: Draft, out: &mut Vec<u8>) {
        out.extend(draft.bytes);
        self.state = draft.state;
        for y in 0..self.wanted.height() {
            if !self.touched[usize::from(y)] {
                continue;
            }
            let waits = |x: u16| draft.waiting.covers(x, y);
            self.touched[usize::from(y)] = self.shown.take_row(&self.wanted, y, waits);
        }
    }

    /// Whether something that was put is not on the screen yet.
    pub fn is_behind(&self) -> bool {
        self.touched.contains(&true)
    }

    /// Moves the cursor.
    pub fn move_cursor(&mut self, x: u16, y: u16, out: &mut Vec<u8>) {
        motion::write(self.state.cursor, (x, y), self.state.margins, self.shown.width(), out);
        self.state.cursor = Some(Cursor { x, y, pending: false });
    }

    /// The ways to encode a frame: without scrolling, and for each pane that scrolled, in the columns it has and in all.
    fn plans(&self, panes: &[Rect]) -> Vec<Plan> {
        let mut plans = vec![Plan { shift: None, margins: None, pane: None }];
        let screen = Rect::new(0, 0, self.shown.width(), self.shown.height());
        for pane in panes.iter().map(|pane| pane.intersection(screen)).filter(|pane| pane.height > 1 && pane.width > 0)
        {
            let touched = (pane.top()..pane.bottom()).filter(|y| self.touched[usize::from(*y)]).count();
            if !self.capabilities.scrolls || touched < 3 {
                continue;
            }
            let Some(rows) = scroll::find(&self.shown, &self.wanted, pane) else { continue };
            let band = Rect { x: 0, width: screen.width, ..pane };
            let columns = pane != band && self.capabilities.scrolls_columns && !self.cuts_wide_characters(pane);
            let areas = [Some(band), columns.then_some(pane)];
            plans.extend(areas.into_iter().flatten().map(|area| {
                let margins =
                    Margins { top: area.top(), bottom: area.bottom() - 1, left: area.left(), right: area.right() - 1 };
                Plan { shift: Some(Shift { area, rows }), margins: Some(margins), pane: Some(pane) }
            }));
        }
        plans
    }

    /// Whether half a wide character stands on each side of a pane's edge: terminals disagree about what becomes of it when
    /// the pane scrolls.
    fn cuts_wide_characters(&self, pane: Rect) -> bool {
        let cuts = |x: u16, y: u16| lag::cuts(&self.shown, x, y);
        (pane.top()..pane.bottom()).any(|y| cuts(pane.left(), y) || cuts(pane.right(), y))
    }
}

/// One frame being encoded in one way.
struct Frame<'a> {
    encoder: &'a Encoder,
    state: State,
    out: Vec<u8>,
    shift: Option<Shift>,
    waiting: Waiting,
}

impl Frame<'_> {
    /// Writes the frame. Returns how many bytes set the margins.
    fn carry_out(&mut self, plan: Plan) -> usize {
        let mut set_up = 0;
        if let (Some(shift), Some(margins)) = (plan.shift, plan.margins) {
            self.set_margins(margins);
            let is_new = !self.out.is_empty();
            self.reach_scrolled_row(shift, margins);
            if is_new {
                // The lines to come have their own way to where their words begin.
                let begin = self.state.cursor.map_or(margins.left, |cursor| cursor.x);
                set_up = self.out.len().saturating_sub(motion::line_feed(margins.left, begin));
            }
            self.scroll(shift);
            self.shift = Some(shift);
        }
        for y in 0..self.encoder.wanted.height() {
            let shifted = self.shift.is_some_and(|shift| (shift.area.top()..shift.area.bottom()).contains(&y));
            if shifted || self.encoder.touched[usize::from(y)] {
                self.write_row(y);
            }
        }
        set_up
    }

    fn set_margins(&mut self, margins: Margins) {
        let known = self.state.margins;
        if known == margins {
            return;
        }
        let (width, height) = (self.encoder.shown.width(), self.encoder.shown.height());
        let columns = |margins: Margins| (margins.left, margins.right);
        let full = (0, width - 1);
        if columns(margins) != columns(known) {
            if columns(margins) == full {
                self.out.extend(b"\x1b[?69l");
            } else {
                if columns(known) == full {
                    self.out.extend(b"\x1b[?69h");
                }
                self.write(format_args!("\x1b[{};{}s", margins.left + 1, margins.right + 1));
            }
        }
        if (margins.top, margins.bottom) != (known.top, known.bottom) {
            match (margins.top, margins.bottom + 1 == height) {
                (0, true) => self.out.extend(b"\x1b[r"),
                (top, true) => self.write(format_args!("\x1b[{}r", top + 1)),
                (0, false) => self.write(format_args!("\x1b[;{}r", margins.bottom + 1)),
                (top, false) => self.write(format_args!("\x1b[{};{}r", top + 1, margins.bottom + 1)),
            }
        }
        // Home by the standard; at the top margin in some terminals.
        self.state.cursor = None;
        self.state.margins = margins;
    }

    /// Brings the cursor to where a line feed (LF) in the last row or a reverse one (RI) in the first scrolls, unless many rows
    /// scroll at once.
    fn reach_scrolled_row(&mut self, shift: Shift, margins: Margins) {
        // Rows that come in take the pen's background on some terminals.
        self.paint_blank(Color::Reset);
        if self.scrolls_at_once(shift) {
            return;
        }
        let row = if shift.rows > 0 { margins.bottom } else { margins.top };
        let inside = |x: u16| (margins.left..=margins.right).contains(&x);
        match self.state.cursor.filter(|cursor| cursor.y == row) {
            Some(cursor) if cursor.pending && inside(cursor.x - 1) => self.move_to(margins.left, row),
            Some(cursor) if !cursor.pending && inside(cursor.x) => {}
            _ => {
                // From where the one row that comes in begins, its words need no way of their own.
                let begin = (margins.left..=margins.right).find(|x| self.wanted(*x, row).blank().is_none());
                let begin = begin.filter(|_| shift.rows.unsigned_abs() == 1);
                self.move_to(begin.unwrap_or(margins.left), row);
            }
        }
    }

    fn scrolls_at_once(&self, shift: Shift) -> bool {
        self.encoder.capabilities.scrolls_many && shift.rows.unsigned_abs() > FEW_ROWS
    }

    /// Scrolls what stands between the margins.
    fn scroll(&mut self, shift: Shift) {
        let rows = shift.rows.unsigned_abs();
        let up = shift.rows > 0;
        if self.scrolls_at_once(shift) {
            return self.write(format_args!("\x1b[{rows}{}", if up { 'S' } else { 'T' }));
        }
        for _ in 0..rows {
            self.out.extend(if up { b"\n".as_slice() } else { b"\x1bM" });
        }
    }

    /// What the terminal shows at a place, after the scrolling of this frame.
    fn shown(&self, x: u16, y: u16) -> &Glyph {
        match self.shift.map_or(Some((x, y)), |shift| shift.source(x, y)) {
            Some((x, y)) => self.encoder.shown.at(x, y),
            None => &Glyph::BLANK,
        }
    }

    /// What is to be shown there after this frame.
    fn wanted(&self, x: u16, y: u16) -> &Glyph {
        if self.waiting.covers(x, y) { self.encoder.shown.at(x, y) } else { self.encoder.wanted.at(x, y) }
    }

    fn is_right(&self, x: u16, y: u16) -> bool {
        self.shown(x, y).looks_like(self.wanted(x, y))
    }

    fn write_row(&mut self, y: u16) {
        let width = self.encoder.wanted.width();
        let (tail, background) = self.blank_tail(y);
        let erases = background == Color::Reset || self.encoder.capabilities.erases_in_color;
        let mut x = 0;
        while x < width {
            if self.is_right(x, y) {
                x += 1;
                continue;
            }
            if x >= tail && erases && width - x > 3 {
                self.reach(x, y);
                self.paint_blank(background);
                self.out.extend(b"\x1b[K");
                return;
            }
            self.reach(x, y);
            x = match self.wanted(x, y).blank() {
                Some(background) => self.write_blanks(x, y, background),
                None => self.write_glyph(x, y),
            };
        }
    }

    /// Brings the cursor to a place that has to change: over what is right already where writing that again is shorter than
    /// a jump.
    fn reach(&mut self, x: u16, y: u16) {
        let mut jump = Vec::new();
        motion::write(self.state.cursor, (x, y), self.state.margins, self.encoder.shown.width(), &mut jump);
        if let Some(cursor) = self
            .state
            .cursor
            .filter(|cursor| cursor.y == y && cursor.x < x && !cursor.pending && x < self.edge(cursor.x))
        {
            let gap = cursor.x..x;
            let bytes: usize = gap.clone().map(|x| self.wanted(x, y).symbol().len()).sum();
            let plain = |x: u16| self.state.pen.is_some_and(|pen| can_write(self.wanted(x, y), pen));
            let certain = |x: u16| is_certain(self.wanted(x, y).symbol()) && self.wanted(x, y).width() == 1;
            if bytes <= jump.len() && gap.clone().all(|x| plain(x) && certain(x)) {
                for x in gap {
                    self.write_symbol(x, y);
                }
                self.advance(x - cursor.x, true);
                return;
            }
        }
        self.out.extend(jump);
        self.state.cursor = Some(Cursor { x, y, pending: false });
    }

    /// The column behind the last that can be written in one go from a column on: behind the right margin the terminal
    /// would go on in the next row.
    fn edge(&self, x: u16) -> u16 {
        let right = self.state.margins.right;
        if x <= right { right + 1 } else { self.encoder.shown.width() }
    }

    fn move_to(&mut self, x: u16, y: u16) {
        motion::write(self.state.cursor, (x, y), self.state.margins, self.encoder.shown.width(), &mut self.out);
        self.state.cursor = Some(Cursor { x, y, pending: false });
    }

    /// From which column on a row is blank, and on what background.
    fn blank_tail(&self, y: u16) -> (u16, Color) {
        let width = self.encoder.wanted.width();
        let Some(background) = width.checked_sub(1).and_then(|x| self.wanted(x, y).blank()) else {
            return (width, Color::Reset);
        };
        let blanks = (0..width).rev().take_while(|x| self.wanted(*x, y).blank() == Some(background)).count();
        (width - blanks as u16, background)
    }

    fn write_symbol(&mut self, x: u16, y: u16) {
        let grid = if self.waiting.covers(x, y) { &self.encoder.shown } else { &self.encoder.wanted };
        self.out.extend(grid.at(x, y).symbol().as_bytes());
    }

    /// Writes one cell at the cursor. Returns the column behind it.
    fn write_glyph(&mut self, x: u16, y: u16) -> u16 {
        let glyph = self.wanted(x, y);
        let (cells, pen, certain) = (glyph.width(), glyph.pen(), is_certain(glyph.symbol()));
        if x + cells > self.edge(x) {
            // Half of it would stand behind the margin, and the terminal would put all of it into the next row.
            let right = self.encoder.shown.width() - 1;
            self.set_margins(Margins { left: 0, right, ..self.state.margins });
            self.move_to(x, y);
        }
        self.paint(pen);
        self.write_symbol(x, y);
        let cells = cells.max(1);
        self.advance(cells, certain);
        self.repeat(x, y, cells)
    }

    /// Writes the same character again as often as it stands there, where REP is shorter. Returns the column behind.
    fn repeat(&mut self, x: u16, y: u16, cells: u16) -> u16 {
        let (glyph, width) = (self.wanted(x, y), self.edge(x));
        let one = cells == 1 && glyph.symbol().chars().nth(1).is_none() && is_certain(glyph.symbol());
        if !self.encoder.capabilities.repeats || !one {
            return x + cells;
        }
        let same =
            (x + 1..width).take_while(|at| self.wanted(*at, y) == glyph && !self.is_right(*at, y)).count() as u16;
        // Not into the last column: where the cursor is then, terminals disagree.
        let same = same.min((width - 1).saturating_sub(x + 1));
        let repeated = format!("\x1b[{same}b");
        if usize::from(same) * glyph.symbol().len() <= repeated.len() {
            return x + 1;
        }
        self.out.extend(repeated.as_bytes());
        self.advance(same, true);
        x + 1 + same
    }

    /// Writes the blanks at the cursor up to the last that is not right yet. Returns the column behind them.
    fn write_blanks(&mut self, x: u16, y: u16, background: Color) -> u16 {
        let width = self.edge(x);
        let mut end = x + 1;
        let mut at = x + 1;
        while at < width && self.wanted(at, y).blank() == Some(background) {
            at += 1;
            if !self.is_right(at - 1, y) {
                end = at;
            }
        }
        let cells = end - x;
        self.paint_blank(background);
        let erases = background == Color::Reset || self.encoder.capabilities.erases_in_color;
        let erase = format!("\x1b[{cells}X");
        // The cursor stays where it is and has to come behind the blanks if more follows: about as much again.
        let more = end < width && (end..width).any(|x| !self.is_right(x, y));
        let cost = erase.len() * if more { 2 } else { 1 };
        if self.encoder.capabilities.erases_cells && erases && cost < usize::from(cells) {
            self.out.extend(erase.as_bytes());
        } else {
            self.out.resize(self.out.len() + usize::from(cells), b' ');
            self.advance(cells, true);
        }
        end
    }

    /// The cursor went on by so many cells; where terminals may disagree about how many, it is lost.
    fn advance(&mut self, cells: u16, certain: bool) {
        let width = self.encoder.shown.width();
        let margins = self.state.margins;
        self.state.cursor = self.state.cursor.filter(|_| certain).map(|cursor| {
            let x = cursor.x + cells;
            let at_margin = cursor.x <= margins.right && x == margins.right + 1;
            Cursor { x, pending: x >= width || at_margin, ..cursor }
        });
    }

    fn paint(&mut self, pen: Pen) {
        pen.write_from(self.state.pen, &mut self.out);
        self.state.pen = Some(pen);
    }

    /// Takes the nearest pen that paints a blank.
    fn paint_blank(&mut self, background: Color) {
        self.paint(self.state.pen.unwrap_or(Pen::PLAIN).for_blank(background));
    }

    fn write(&mut self, what: std::fmt::Arguments<'_>) {
        // Writing to memory does not fail.
        let _ = self.out.write_fmt(what);
    }
}

/// Whether a cell comes out right with a pen as it is.
fn can_write(glyph: &Glyph, pen: Pen) -> bool {
    match glyph.blank() {
        Some(background) => pen == pen.for_blank(background),
        None => glyph.pen() == pen,
    }
}

/// Whether all terminals agree how many cells a cluster takes: one character of Latin, Greek or Cyrillic, Han, kana or
/// Hangul, maybe under combining marks; box drawing and the signs of typography.
fn is_certain(symbol: &str) -> bool {
    let mut characters = symbol.chars();
    let known = |c: char| {
        matches!(c as u32, 0x20..=0x7e | 0xa0..=0xac | 0xae..=0x2ff | 0x370..=0x52f | 0x1e00..=0x1eff | 0x2010..=0x2015
            | 0x2018..=0x201f | 0x2026 | 0x2039..=0x203a | 0x2070..=0x209c | 0x20ac | 0x2500..=0x259f | 0x3041..=0x30ff | 0x4e00..=0x9fff | 0xac00..=0xd7a3)
    };
    characters.next().is_none_or(known) && characters.all(|c| matches!(c, '\u{300}'..='\u{36f}'))
}

fn whole(width: u16, height: u16) -> Margins {
    Margins { top: 0, bottom: height.saturating_sub(1), left: 0, right: width.saturating_sub(1) }
}

#[cfg(test)]
mod tests;
