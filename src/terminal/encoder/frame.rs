//! Encodes one frame in one way: with or without scrolling first, then band by band the cells that differ. Chooses the
//! bytes of each cell; does not choose between the ways.

use std::borrow::Cow;
use std::io::Write;
use std::ops::Range;

use super::bands::Stripe;
use super::bytes::Bytes;
use super::cursor;
use super::cursor::{Cursor, Margins};
use super::deferred::Waiting;
use super::grid::Glyph;
use super::model::{Encoder, Plan, State};
use super::scroll::Shift;
use super::style::{Hue, Ink};

/// Line feeds that are shorter than one SU.
const FEW_ROWS: u16 = 4;
/// What other margins must save in each line to be worth it.
const MARGINS_CHANGE: usize = 2;
/// Rows whose ways are together longer than what sets the margins.
const MANY_ROWS: usize = 6;
/// In fewer columns than these there is no text.
const FEW_COLUMNS: usize = 10;
/// Number of cells by which a terminal may exceed our width of a cluster, if it shows its parts side by side.
const REACH: usize = 6;
/// About how many bytes bring the cursor to another row.
const WAY_TO_A_ROW: usize = 4;

/// One frame being encoded in one way.
pub(super) struct Frame<'a> {
    encoder: &'a Encoder,
    plan: Plan,
    /// The rows in which anything may change, from top to bottom.
    lines: Vec<Line<'a>>,
    /// The terminal's state after the bytes so far.
    pub(super) state: State,
    /// The bytes so far.
    pub(super) out: Vec<u8>,
    /// What this frame leaves as it is.
    pub(super) waiting: Waiting,
}

/// One row of it.
struct Line<'a> {
    y: u16,
    shown: Cow<'a, [Glyph]>,
    wanted: Cow<'a, [Glyph]>,
}

impl Line<'_> {
    fn row(&self) -> Row<'_> {
        Row { y: self.y, shown: &self.shown, wanted: &self.wanted }
    }
}

/// A row to be compared.
#[derive(Clone, Copy)]
struct Row<'a> {
    y: u16,
    /// What the terminal shows, after the scrolling of this frame.
    shown: &'a [Glyph],
    /// Its content after this frame.
    wanted: &'a [Glyph],
}

impl Row<'_> {
    fn is_right(&self, x: u16) -> bool {
        self.shown[usize::from(x)] == self.wanted[usize::from(x)]
    }

    fn are_right(&self, columns: &Range<u16>) -> bool {
        let columns = usize::from(columns.start)..usize::from(columns.end);
        self.shown[columns.clone()] == self.wanted[columns]
    }

    fn wanted(&self, x: u16) -> Glyph {
        self.wanted[usize::from(x)]
    }

    fn width(&self) -> u16 {
        self.wanted.len() as u16
    }

    /// About how many bytes it takes.
    fn wrong(&self) -> usize {
        if self.shown == self.wanted {
            return 0;
        }
        let cells = self.shown.iter().zip(self.wanted);
        WAY_TO_A_ROW + cells.filter(|(shown, wanted)| shown != wanted && !wanted.is_blank()).count()
    }

    /// Whether a wide character crosses the border before a column.
    fn crosses(&self, x: u16) -> bool {
        let behind = |row: &[Glyph]| row.get(usize::from(x)).is_some_and(|glyph| glyph.width() == 0);
        behind(self.shown) || behind(self.wanted)
    }

    /// From which column on it is blank as its last cell is.
    fn blank_tail(&self) -> u16 {
        let Some(last) = self.wanted.last().filter(|last| last.is_blank()) else { return self.width() };
        self.width() - self.wanted.iter().rev().take_while(|glyph| *glyph == last).count() as u16
    }
}

impl<'a> Frame<'a> {
    /// A frame of which nothing is written yet.
    pub(super) fn new(encoder: &'a Encoder, plan: Plan, waiting: Waiting) -> Self {
        let mut frame = Self { encoder, plan, lines: Vec::new(), state: encoder.state, out: Vec::new(), waiting };
        let line = |y| {
            let (mut shown, wanted) = (frame.shown(y), frame.wanted(y));
            if encoder.shown.is_doubtful(frame.source(y).unwrap_or(y)) {
                doubt(&mut shown, &wanted);
            }
            Line { y, shown, wanted }
        };
        frame.lines = (0..encoder.wanted.height()).filter(|y| frame.may_change(*y)).map(line).collect();
        frame
    }

    /// Whether it scrolls.
    pub(super) fn scrolls(&self) -> bool {
        self.plan.shift.is_some()
    }

    /// About how many bytes it takes.
    pub(super) fn wrong(&self) -> usize {
        self.lines.iter().map(|line| line.row().wrong()).sum()
    }

    /// Writes the frame. Returns its cost in bytes, or `None` as soon as it exceeds `most`.
    pub(super) fn carry_out(&mut self, stripes: &[Stripe], most: usize) -> Option<usize> {
        // Scrolling comes first, because it changes which cells differ: DECSTBM, and DECSLRM for a pane that is narrower
        // than the screen. Then each band is written from left to right. The caller encodes several plans and passes the
        // cost of the best one so far as `most` (branch and bound), so that a longer plan is abandoned early.
        let set_up = self.set_up();
        // What sets the margins is for the lines to come as well; but they must not change to and fro.
        let cost = |out: &[u8]| if set_up > 0 { out.len() - set_up + MARGINS_CHANGE } else { out.len() };
        let lines = std::mem::take(&mut self.lines);
        for band in stripes.chunk_by(|one, next| one.rows == next.rows) {
            let rows = || lines.iter().map(Line::row).filter(|row| band[0].rows.contains(&row.y));
            let is_whole = |row: Row<'_>| band[1..].iter().any(|stripe| row.crosses(stripe.columns.start));
            for (at, stripe) in band.iter().enumerate() {
                if band.len() > 1 {
                    self.set_columns(rows(), &stripe.columns);
                }
                for row in rows() {
                    // A wide character across a border is not cut: its row is written all at once.
                    match (band.len() > 1 && is_whole(row), at) {
                        (true, 0) => self.write_row(row, 0..row.width()),
                        (true, _) => {}
                        (false, _) => self.write_row(row, stripe.columns.clone()),
                    }
                    if cost(&self.out) > most {
                        return None;
                    }
                }
            }
        }
        Some(cost(&self.out))
    }

    /// Sets the margins and scrolls. Returns how many bytes are not for this line alone.
    fn set_up(&mut self) -> usize {
        let (Some(shift), Some(margins)) = (self.plan.shift, self.plan.margins) else { return 0 };
        let mut set_up = 0;
        self.set_margins(margins);
        let is_new = !self.out.is_empty();
        self.reach_scrolled_row(shift, margins);
        if is_new {
            // The lines to come have their own way to where their words begin.
            let begin = self.state.cursor.map_or(margins.left, |cursor| cursor.x);
            set_up = self.out.len().saturating_sub(cursor::line_feed(margins.left, begin));
        }
        self.scroll(shift);
        set_up
    }

    /// Sets the margins of columns where that shortens the way from row to row: a return leads to the left margin.
    fn set_columns<'r>(&mut self, rows: impl Iterator<Item = Row<'r>>, columns: &Range<u16>) {
        // Never behind a scroll: xterm moves its pixels later, and then between the new margins.
        if !self.encoder.capabilities.scrolls_columns || self.scrolls() || columns.len() < FEW_COLUMNS {
            return;
        }
        let mut begins: Vec<u16> = rows
            .filter_map(|row| columns.clone().find(|x| !row.is_right(*x)))
            .filter(|x| x + 1 < columns.end)
            .collect();
        begins.sort_unstable();
        // Where most rows begin.
        let alike = begins.chunk_by(|one, next| one == next).max_by_key(|alike| alike.len());
        if let Some(alike) = alike.filter(|alike| alike.len() >= MANY_ROWS) {
            self.set_margins(Margins { left: alike[0], right: columns.end - 1, ..self.state.margins });
        }
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
        self.paint_blank(Glyph::BLANK);
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
                let wanted = self.wanted(row);
                let begin = (margins.left..=margins.right).find(|x| !wanted[usize::from(*x)].is_blank());
                let begin = begin.filter(|_| shift.rows.unsigned_abs() == 1);
                self.move_to(begin.unwrap_or(margins.left), row);
            }
        }
    }

    fn scrolls_at_once(&self, shift: Shift) -> bool {
        self.encoder.capabilities.scrolls_many && shift.rows.unsigned_abs() > FEW_ROWS
    }

    /// Scrolls the area between the margins.
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

    /// Whether anything may have to be written in a row.
    fn may_change(&self, y: u16) -> bool {
        self.encoder.touched[usize::from(y)]
            || self.plan.shift.is_some_and(|shift| (shift.area.top()..shift.area.bottom()).contains(&y))
    }

    /// The row that is scrolled into a row, if any.
    fn source(&self, y: u16) -> Option<u16> {
        let shift = self.plan.shift.filter(|shift| (shift.area.top()..shift.area.bottom()).contains(&y))?;
        shift.source(shift.area.left(), y).map(|(_, from)| from)
    }

    /// What the terminal shows in a row, after the scrolling of this frame.
    fn shown(&self, y: u16) -> Cow<'a, [Glyph]> {
        let grid = &self.encoder.shown;
        let Some(shift) = self.plan.shift.filter(|shift| (shift.area.top()..shift.area.bottom()).contains(&y)) else {
            return Cow::Borrowed(grid.row(y));
        };
        let (area, from) = (shift.area, self.source(y));
        if let Some(from) = from.filter(|_| area.width == grid.width()) {
            return Cow::Borrowed(grid.row(from));
        }
        let columns = usize::from(area.left())..usize::from(area.right());
        let mut row = grid.row(y).to_vec();
        match from {
            Some(from) => row[columns.clone()].copy_from_slice(&grid.row(from)[columns]),
            None => row[columns].fill(Glyph::BLANK),
        }
        Cow::Owned(row)
    }

    /// The content of a row after this frame.
    fn wanted(&self, y: u16) -> Cow<'a, [Glyph]> {
        self.waiting.row(self.encoder.shown.row(y), self.encoder.wanted.row(y), y)
    }

    /// Writes the cells that differ in some columns of a row; its last cells may be erased together.
    fn write_row(&mut self, row: Row<'_>, columns: Range<u16>) {
        if row.are_right(&columns) {
            return;
        }
        let tail = if columns.end == row.width() { row.blank_tail() } else { columns.end };
        let mut x = columns.start;
        while x < columns.end {
            if row.is_right(x) {
                x += 1;
                continue;
            }
            self.reach(x, row);
            let glyph = row.wanted(x);
            if x >= tail && self.erases(glyph) && columns.end - x > 3 {
                self.paint_blank(glyph);
                self.out.extend(b"\x1b[K");
                return;
            }
            x = if glyph.is_blank() {
                self.write_blanks(x..columns.end, row)
            } else {
                self.write_glyph(x..columns.end, row)
            };
        }
    }

    /// Whether erasing gives this blank.
    fn erases(&self, blank: Glyph) -> bool {
        self.encoder.capabilities.erases_in_color || self.encoder.repertory.ink(blank).bg == Hue::RESET
    }

    /// Moves the cursor to a cell that has to change: over unchanged cells if rewriting them is shorter than a
    /// movement.
    fn reach(&mut self, x: u16, row: Row<'_>) {
        let y = row.y;
        if self.state.cursor == Some(Cursor { x, y, pending: false }) {
            return;
        }
        let jump = cursor::way(self.state.cursor, (x, y), self.state.margins, row.width());
        if let Some(cursor) = self
            .state
            .cursor
            .filter(|cursor| cursor.y == y && cursor.x < x && !cursor.pending && x < self.edge(cursor.x))
            .filter(|cursor| usize::from(x - cursor.x) <= jump.len())
        {
            let gap = &row.wanted[usize::from(cursor.x)..usize::from(x)];
            let bytes: usize = gap.iter().map(|glyph| self.encoder.repertory.bytes(*glyph)).sum();
            let plain = |glyph: Glyph| self.state.ink.is_some_and(|ink| ink == self.ink_for(glyph, ink));
            let certain = |glyph: Glyph| glyph.is_certain() && glyph.width() == 1;
            if bytes <= jump.len() && gap.iter().all(|glyph| plain(*glyph) && certain(*glyph)) {
                for glyph in gap {
                    self.encoder.repertory.write(*glyph, &mut self.out);
                }
                self.advance(x - cursor.x, true);
                return;
            }
        }
        self.out.extend(jump.all());
        self.state.cursor = Some(Cursor { x, y, pending: false });
    }

    /// The column behind the last that can be written in one go from a column on: behind the right margin the terminal
    /// would go on in the next row.
    fn edge(&self, x: u16) -> u16 {
        let right = self.state.margins.right;
        if x <= right { right + 1 } else { self.encoder.shown.width() }
    }

    fn move_to(&mut self, x: u16, y: u16) {
        cursor::write(self.state.cursor, (x, y), self.state.margins, self.encoder.shown.width(), &mut self.out);
        self.state.cursor = Some(Cursor { x, y, pending: false });
    }

    /// Writes the first of some columns at the cursor, and those like it. Returns the column behind them.
    fn write_glyph(&mut self, columns: Range<u16>, row: Row<'_>) -> u16 {
        let x = columns.start;
        let glyph = row.wanted(x);
        if x + glyph.width() > self.edge(x) {
            // Half of it would be after the margin, and the terminal would move all of it to the next row.
            let right = self.encoder.shown.width() - 1;
            self.set_margins(Margins { left: 0, right, ..self.state.margins });
            self.move_to(x, row.y);
        }
        self.paint(self.encoder.repertory.ink(glyph));
        let cells = glyph.width().max(1);
        if !glyph.is_certain() {
            self.empty(x..x + cells, row);
        }
        self.encoder.repertory.write(glyph, &mut self.out);
        self.advance(cells, glyph.is_certain());
        if self.encoder.capabilities.repeats && cells == 1 && glyph.is_character() && glyph.is_certain() {
            return self.repeat(columns, row);
        }
        x + cells
    }

    /// Empties the cells at the cursor that are kept for a cluster which terminals may give fewer, unless they are empty. The
    /// cursor stays, the pen is the cluster's.
    fn empty(&mut self, columns: Range<u16>, row: Row<'_>) {
        let ink = self.encoder.repertory.ink(row.wanted(columns.start));
        let is_seen = ink.for_blank(ink.bg) != ink;
        let is_empty = |x: u16| {
            let shown = row.shown[usize::from(x)];
            shown.is_blank() && self.encoder.repertory.ink(shown).bg == ink.bg
        };
        let cells = columns.len();
        if cells < 2 || !is_seen && columns.clone().all(is_empty) {
            return;
        }
        let takes_background = self.encoder.capabilities.erases_in_color || ink.bg == Hue::RESET;
        if self.encoder.capabilities.erases_cells && takes_background && !is_seen {
            return self.write(format_args!("\x1b[{cells}X"));
        }
        self.out.resize(self.out.len() + cells, b' ');
        self.advance(cells as u16, true);
        self.move_to(columns.start, row.y);
    }

    /// Repeats the character before the cursor as often as it occurs, where REP is shorter. Returns the column after
    /// it.
    fn repeat(&mut self, columns: Range<u16>, row: Row<'_>) -> u16 {
        let (glyph, next) = (row.wanted(columns.start), columns.start + 1);
        let end = columns.end.min(self.edge(columns.start));
        let same = (next..end).take_while(|at| row.wanted(*at) == glyph && !row.is_right(*at)).count() as u16;
        // Not into the last column: where the cursor is then, terminals disagree.
        let same = same.min((self.edge(columns.start) - 1).saturating_sub(next));
        let mut repeated = Bytes::<16>::new();
        repeated.control(same, b'b');
        if usize::from(same) * self.encoder.repertory.bytes(glyph) <= repeated.len() {
            return next;
        }
        self.out.extend(repeated.all());
        self.advance(same, true);
        next + same
    }

    /// Writes the blanks at the cursor up to the last of some columns that is not right yet. Returns the column behind.
    fn write_blanks(&mut self, columns: Range<u16>, row: Row<'_>) -> u16 {
        let (x, width) = (columns.start, columns.end.min(self.edge(columns.start)));
        let blank = row.wanted(x);
        let blanks = (x + 1..width).take_while(|at| row.wanted(*at) == blank);
        let end = blanks.filter(|at| !row.is_right(*at)).last().map_or(x + 1, |last| last + 1);
        let cells = end - x;
        self.paint_blank(blank);
        if self.encoder.capabilities.erases_cells && self.erases(blank) && cells > 4 {
            let mut erase = Bytes::<16>::new();
            erase.control(cells, b'X');
            // The cursor stays where it is and has to come behind the blanks if more follows: about as much again.
            let more = (end..width).any(|x| !row.is_right(x));
            if erase.len() * if more { 2 } else { 1 } < usize::from(cells) {
                self.out.extend(erase.all());
                return end;
            }
        }
        self.out.resize(self.out.len() + usize::from(cells), b' ');
        self.advance(cells, true);
        end
    }

    /// Advances the cursor by some cells; if terminals may disagree about their number, its position becomes unknown.
    fn advance(&mut self, cells: u16, certain: bool) {
        let width = self.encoder.shown.width();
        let margins = self.state.margins;
        self.state.cursor = self.state.cursor.filter(|_| certain).map(|cursor| {
            let x = cursor.x + cells;
            let at_margin = cursor.x <= margins.right && x == margins.right + 1;
            Cursor { x, pending: x >= width || at_margin, ..cursor }
        });
    }

    fn paint(&mut self, ink: Ink) {
        if self.state.ink != Some(ink) {
            ink.write_from(self.state.ink, &mut self.out);
            self.state.ink = Some(ink);
        }
    }

    /// Takes the nearest ink that paints a blank.
    fn paint_blank(&mut self, blank: Glyph) {
        self.paint(self.ink_for(blank, self.state.ink.unwrap_or(Ink::PLAIN)));
    }

    /// The ink nearest to a known one with which a cell comes out right.
    fn ink_for(&self, glyph: Glyph, known: Ink) -> Ink {
        let ink = self.encoder.repertory.ink(glyph);
        if glyph.is_blank() { known.for_blank(ink.bg) } else { ink }
    }

    fn write(&mut self, what: std::fmt::Arguments<'_>) {
        // Writing to memory does not fail.
        let _ = self.out.write_fmt(what);
    }
}

/// Where a cluster goes that terminals may give more cells than we do, the blanks behind it may not be blank.
fn doubt(shown: &mut Cow<'_, [Glyph]>, wanted: &[Glyph]) {
    let goes = |x: &usize| !shown[*x].is_certain() && shown[*x] != wanted[*x];
    let going: Vec<usize> = (0..shown.len()).filter(goes).collect();
    for x in going {
        let behind = (x + 1..shown.len()).skip_while(|at| shown[*at].width() == 0).take(REACH);
        let blanks: Vec<usize> = behind.take_while(|at| shown[*at].is_blank()).collect();
        for at in blanks {
            shown.to_mut()[at] = Glyph::UNKNOWN;
        }
    }
}
