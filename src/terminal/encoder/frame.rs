//! Encodes one frame by one plan: with or without scrolling first, then the cells that differ, band by band. Chooses
//! the bytes of each cell; does not choose the plan.

use std::borrow::Cow;
use std::io::Write;
use std::ops::Range;

use super::bands::Band;
use super::bytes::Bytes;
use super::cursor;
use super::cursor::{Cursor, Margins};
use super::deferred::DeferredCells;
use super::grid::Glyph;
use super::model::{Encoder, Plan, State};
use super::scroll::Shift;
use super::style::{CellStyle, SgrColor};

/// Number of rows up to which line feeds are shorter than SU.
const FEW_ROWS: u16 = 4;
/// Number of bytes that other margins must save per line.
const MARGINS_CHANGE: usize = 2;
/// Number of rows from which on the sum of cursor movements exceeds the sequence that sets margins.
const MANY_ROWS: usize = 6;
/// Minimum number of columns that contain text.
const FEW_COLUMNS: usize = 10;
/// Number of cells by which a terminal may exceed our width of a cluster, if it shows its parts side by side.
const REACH: usize = 6;
/// Approximate number of bytes that move the cursor to another row.
const WAY_TO_A_ROW: usize = 4;

/// A frame that is being encoded by one plan.
pub(super) struct Frame<'a> {
    encoder: &'a Encoder,
    plan: Plan,
    /// The rows that may have changed, from top to bottom.
    lines: Vec<Line<'a>>,
    /// The terminal's state after the bytes so far.
    pub(super) state: State,
    /// The bytes so far.
    pub(super) out: Vec<u8>,
    /// The cells that this frame leaves unchanged.
    pub(super) waiting: DeferredCells,
}

/// A row of the frame.
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

/// A row with its present and its new content.
#[derive(Clone, Copy)]
struct Row<'a> {
    y: u16,
    /// The content on the terminal after the scrolling of this frame.
    shown: &'a [Glyph],
    /// The new content.
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

    /// Estimated cost of the row in bytes.
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

    /// The first column from which on all cells equal the last one, a blank.
    fn blank_tail(&self) -> u16 {
        let Some(last) = self.wanted.last().filter(|last| last.is_blank()) else { return self.width() };
        self.width() - self.wanted.iter().rev().take_while(|glyph| *glyph == last).count() as u16
    }
}

impl<'a> Frame<'a> {
    /// A frame of which nothing is encoded yet.
    pub(super) fn new(encoder: &'a Encoder, plan: Plan, waiting: DeferredCells) -> Self {
        let mut frame = Self { encoder, plan, lines: Vec::new(), state: encoder.state, out: Vec::new(), waiting };
        let line = |y| {
            let (mut shown, wanted) = (frame.shown(y), frame.wanted(y));
            if encoder.shown.is_doubtful(frame.source(y).unwrap_or(y)) {
                mark_uncertain(&mut shown, &wanted);
            }
            Line { y, shown, wanted }
        };
        frame.lines = (0..encoder.wanted.height()).filter(|y| frame.may_change(*y)).map(line).collect();
        frame
    }

    /// Whether the plan scrolls.
    pub(super) fn scrolls(&self) -> bool {
        self.plan.shift.is_some()
    }

    /// Estimated cost of the frame in bytes.
    pub(super) fn wrong(&self) -> usize {
        self.lines.iter().map(|line| line.row().wrong()).sum()
    }

    /// Writes the frame. Returns its cost in bytes, or `None` as soon as it exceeds `most`.
    pub(super) fn carry_out(&mut self, bands: &[Band], most: usize) -> Option<usize> {
        // Scrolling comes first, because it changes which cells differ: DECSTBM, and DECSLRM for a pane that is narrower
        // than the screen. Then each band is written from left to right. The caller encodes several plans and passes the
        // cost of the best one so far as `most` (branch and bound), so that a longer plan is abandoned early.
        let set_up = self.set_up();
        // The sequence that sets the margins serves the following frames too, so its full cost is not counted; a small
        // cost prevents margins from changing back and forth.
        let cost = |out: &[u8]| if set_up > 0 { out.len() - set_up + MARGINS_CHANGE } else { out.len() };
        let lines = std::mem::take(&mut self.lines);
        for band in bands.chunk_by(|one, next| one.rows == next.rows) {
            let rows = || lines.iter().map(Line::row).filter(|row| band[0].rows.contains(&row.y));
            let is_whole = |row: Row<'_>| band[1..].iter().any(|stripe| row.crosses(stripe.columns.start));
            for (at, stripe) in band.iter().enumerate() {
                if band.len() > 1 {
                    self.set_columns(rows(), &stripe.columns);
                }
                for row in rows() {
                    // A row with a wide character across a border is written as a whole.
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

    /// Sets the margins and scrolls. Returns the number of bytes that also serve the following frames.
    fn set_up(&mut self) -> usize {
        let (Some(shift), Some(margins)) = (self.plan.shift, self.plan.margins) else { return 0 };
        let mut set_up = 0;
        self.set_margins(margins);
        let is_new = !self.out.is_empty();
        self.reach_scrolled_row(shift, margins);
        if is_new {
            // The following lines move to their first cell themselves.
            let begin = self.state.cursor.map_or(margins.left, |cursor| cursor.x);
            set_up = self.out.len().saturating_sub(cursor::line_feed(margins.left, begin));
        }
        self.scroll(shift);
        set_up
    }

    /// Sets the margins of columns where that shortens the movements between rows: CR moves to the left margin.
    fn set_columns<'r>(&mut self, rows: impl Iterator<Item = Row<'r>>, columns: &Range<u16>) {
        // Not together with scrolling: xterm moves its pixels later, and then between the new margins.
        if !self.encoder.capabilities.scrolls_columns || self.scrolls() || columns.len() < FEW_COLUMNS {
            return;
        }
        let mut begins: Vec<u16> = rows
            .filter_map(|row| columns.clone().find(|x| !row.is_right(*x)))
            .filter(|x| x + 1 < columns.end)
            .collect();
        begins.sort_unstable();
        // The column at which most rows begin.
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
        // The cursor is in the upper left corner by the standard, and at the top margin in some terminals.
        self.state.cursor = None;
        self.state.margins = margins;
    }

    /// Moves the cursor to where a line feed (LF) in the last row or a reverse one (RI) in the first row scrolls,
    /// unless many rows scroll at once.
    fn reach_scrolled_row(&mut self, shift: Shift, margins: Margins) {
        // On some terminals new rows take the background of the pen.
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
                // If one row comes in, the cursor is moved to its first cell, so that no movement is needed afterwards.
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

    /// Whether a row may contain cells that have to be written.
    fn may_change(&self, y: u16) -> bool {
        self.encoder.touched[usize::from(y)]
            || self.plan.shift.is_some_and(|shift| (shift.area.top()..shift.area.bottom()).contains(&y))
    }

    /// The row that is scrolled into a row, if any.
    fn source(&self, y: u16) -> Option<u16> {
        let shift = self.plan.shift.filter(|shift| (shift.area.top()..shift.area.bottom()).contains(&y))?;
        shift.source(shift.area.left(), y).map(|(_, from)| from)
    }

    /// The content of a row on the terminal after the scrolling of this frame.
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

    /// Writes the differing cells of some columns of a row; blanks at its end may be erased together.
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

    /// Whether erasing produces this blank.
    fn erases(&self, blank: Glyph) -> bool {
        self.encoder.capabilities.erases_in_color || self.encoder.glyphs.style(blank).bg == SgrColor::RESET
    }

    /// Moves the cursor to a cell that has to change: by rewriting unchanged cells if that is shorter than a movement.
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
            let bytes: usize = gap.iter().map(|glyph| self.encoder.glyphs.bytes(*glyph)).sum();
            let plain = |glyph: Glyph| self.state.style.is_some_and(|style| style == self.style_for(glyph, style));
            let certain = |glyph: Glyph| glyph.is_certain() && glyph.width() == 1;
            if bytes <= jump.len() && gap.iter().all(|glyph| plain(*glyph) && certain(*glyph)) {
                for glyph in gap {
                    self.encoder.glyphs.write(*glyph, &mut self.out);
                }
                self.advance(x - cursor.x, true);
                return;
            }
        }
        self.out.extend(jump.all());
        self.state.cursor = Some(Cursor { x, y, pending: false });
    }

    /// The column after the last one that can be written in one go from a column: after the right margin the terminal
    /// continues in the next row.
    fn edge(&self, x: u16) -> u16 {
        let right = self.state.margins.right;
        if x <= right { right + 1 } else { self.encoder.shown.width() }
    }

    fn move_to(&mut self, x: u16, y: u16) {
        cursor::write(self.state.cursor, (x, y), self.state.margins, self.encoder.shown.width(), &mut self.out);
        self.state.cursor = Some(Cursor { x, y, pending: false });
    }

    /// Writes the first of some columns at the cursor, and the equal cells after it. Returns the column after them.
    fn write_glyph(&mut self, columns: Range<u16>, row: Row<'_>) -> u16 {
        let x = columns.start;
        let glyph = row.wanted(x);
        if x + glyph.width() > self.edge(x) {
            // Its second half would be after the margin, and the terminal would move the character to the next row.
            let right = self.encoder.shown.width() - 1;
            self.set_margins(Margins { left: 0, right, ..self.state.margins });
            self.move_to(x, row.y);
        }
        self.paint(self.encoder.glyphs.style(glyph));
        let cells = glyph.width().max(1);
        if !glyph.is_certain() {
            self.empty(x..x + cells, row);
        }
        self.encoder.glyphs.write(glyph, &mut self.out);
        self.advance(cells, glyph.is_certain());
        if self.encoder.capabilities.repeats && cells == 1 && glyph.is_character() && glyph.is_certain() {
            return self.repeat(columns, row);
        }
        x + cells
    }

    /// Empties the cells after the cursor that belong to a cluster which terminals may draw narrower, unless they are
    /// empty. The cursor stays; the style is the cluster's.
    fn empty(&mut self, columns: Range<u16>, row: Row<'_>) {
        let style = self.encoder.glyphs.style(row.wanted(columns.start));
        let is_seen = style.for_blank(style.bg) != style;
        let is_empty = |x: u16| {
            let shown = row.shown[usize::from(x)];
            shown.is_blank() && self.encoder.glyphs.style(shown).bg == style.bg
        };
        let cells = columns.len();
        if cells < 2 || !is_seen && columns.clone().all(is_empty) {
            return;
        }
        let takes_background = self.encoder.capabilities.erases_in_color || style.bg == SgrColor::RESET;
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
        // The last column is excluded: terminals differ in the cursor position after writing to it.
        let same = same.min((self.edge(columns.start) - 1).saturating_sub(next));
        let mut repeated = Bytes::<16>::new();
        repeated.control(same, b'b');
        if usize::from(same) * self.encoder.glyphs.bytes(glyph) <= repeated.len() {
            return next;
        }
        self.out.extend(repeated.all());
        self.advance(same, true);
        next + same
    }

    /// Writes or erases the blanks at the cursor, up to the last differing cell of some columns. Returns the column
    /// after them.
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
            // After erasing, the cursor has to be moved past the blanks if more cells follow, at about the same cost
            // again.
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

    fn paint(&mut self, style: CellStyle) {
        if self.state.style != Some(style) {
            style.write_from(self.state.style, &mut self.out);
            self.state.style = Some(style);
        }
    }

    /// Sets the nearest style that paints a blank.
    fn paint_blank(&mut self, blank: Glyph) {
        self.paint(self.style_for(blank, self.state.style.unwrap_or(CellStyle::PLAIN)));
    }

    /// The style nearest to a known one with which a cell looks right.
    fn style_for(&self, glyph: Glyph, known: CellStyle) -> CellStyle {
        let style = self.encoder.glyphs.style(glyph);
        if glyph.is_blank() { known.for_blank(style.bg) } else { style }
    }

    fn write(&mut self, what: std::fmt::Arguments<'_>) {
        // Writing to memory does not fail.
        let _ = self.out.write_fmt(what);
    }
}

/// Marks blanks as unknown that follow a cluster which is replaced: a terminal that draws the cluster wider has put
/// parts of it there.
fn mark_uncertain(shown: &mut Cow<'_, [Glyph]>, wanted: &[Glyph]) {
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
