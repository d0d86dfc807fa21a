//! Executes control characters and sequences on the emulated screen, by their final bytes (ECMA-48, 8.3, and DEC's
//! private ones). Others are ignored.

use super::rows::{self, Spot, blank, split};
use super::{Area, Caret, HOME, Player, sgr};
use crate::terminal::encoder::pen::Pen;

impl Player {
    pub(super) fn control(&mut self, c: char) {
        match c {
            '\x08' => self.move_by(-1, 0),
            '\t' => self.go_to_column(((self.caret.x / 8 + 1) * 8).min(self.edge() - 1)),
            '\n' | '\x0b' | '\x0c' => self.line_feed(),
            '\r' => self.carriage_return(),
            _ => {}
        }
    }

    pub(super) fn escape(&mut self, rest: &str) {
        match rest {
            "D" => self.line_feed(),
            "E" => self.wrap(),
            "M" => self.reverse_line_feed(),
            "7" => self.saved = self.caret,
            "8" => self.caret = self.saved,
            "c" => *self = Self::new(self.width as u16, self.height as u16).counting(self.widths),
            _ => {}
        }
    }

    pub(super) fn csi(&mut self, body: &str) {
        let Some(last) = body.chars().next_back().filter(|c| matches!(c, '@'..='~')) else { return };
        let body = &body[..body.len() - 1];
        if let Some(modes) = body.strip_prefix('?') {
            if matches!(last, 'h' | 'l') {
                modes.split(';').for_each(|mode| self.set_mode(mode, last == 'h'));
            }
            return;
        }
        if body == "!" && last == 'p' {
            return self.reset_modes();
        }
        if body.contains(|c: char| !matches!(c, '0'..=':' | ';')) {
            return;
        }
        let numbers: Vec<usize> = body.split(';').map(|number| number.parse().unwrap_or(0)).collect();
        self.carry_out(last, &numbers, body);
    }

    fn carry_out(&mut self, last: char, numbers: &[usize], body: &str) {
        let number = |at: usize| numbers.get(at).copied().unwrap_or(0);
        let count = number(0).clamp(1, self.width.max(self.height));
        let many = count.cast_signed();
        match last {
            'A' => self.move_by(0, -many),
            'B' | 'e' => self.move_by(0, many),
            'C' | 'a' => self.move_by(many, 0),
            'D' => self.move_by(-many, 0),
            'E' => {
                self.move_by(0, many);
                self.carriage_return();
            }
            'F' => {
                self.move_by(0, -many);
                self.carriage_return();
            }
            'G' | '`' => self.go_to_column(number(0).saturating_sub(1)),
            'd' => self.move_to(self.caret.x, number(0).saturating_sub(1)),
            'H' | 'f' => self.move_to(number(1).saturating_sub(1), number(0).saturating_sub(1)),
            'J' => self.erase_display(number(0)),
            'K' => self.erase_line(number(0)),
            'X' => self.erase(self.caret.y, self.caret.x, self.caret.x + count),
            '@' => self.shift_columns(-many),
            'P' => self.shift_columns(many),
            'L' => self.shift_lines(-many),
            'M' => self.shift_lines(many),
            'S' => self.scroll(self.margins, many),
            'T' if numbers.len() == 1 => self.scroll(self.margins, -many),
            'b' => self.repeat(count),
            'm' => sgr::paint(&mut self.caret.pen, body),
            'r' => self.set_rows(number(0), number(1)),
            's' if self.columns => self.set_columns(number(0), number(1)),
            's' => self.saved = self.caret,
            'u' => self.caret = self.saved,
            _ => {}
        }
    }

    fn set_mode(&mut self, mode: &str, on: bool) {
        match mode {
            "25" => self.cursor_shown = on,
            "69" => {
                self.columns = on;
                (self.margins.left, self.margins.right) = (0, self.width - 1);
            }
            "1049" | "1047" | "47" => self.switch_screen(on),
            _ => {}
        }
    }

    fn switch_screen(&mut self, alternate: bool) {
        if alternate && self.behind.is_none() {
            self.saved = self.caret;
            let empty = blank(self.width, self.height);
            self.behind = Some(std::mem::replace(&mut self.rows, empty));
        } else if let Some(main) = self.behind.take_if(|_| !alternate) {
            self.left = Some(std::mem::replace(&mut self.rows, main));
            self.caret = self.saved;
        }
    }

    /// DECSTR.
    fn reset_modes(&mut self) {
        self.set_mode("69", false);
        (self.margins.top, self.margins.bottom) = (0, self.height - 1);
        (self.cursor_shown, self.caret.pen, self.saved) = (true, Pen::PLAIN, HOME);
    }

    /// DECSTBM; what makes no sense changes nothing.
    fn set_rows(&mut self, top: usize, bottom: usize) {
        if let Some((top, bottom)) = span(top, bottom, self.height) {
            (self.margins.top, self.margins.bottom) = (top, bottom);
            self.move_to(0, 0);
        }
    }

    /// DECSLRM.
    fn set_columns(&mut self, left: usize, right: usize) {
        if let Some((left, right)) = span(left, right, self.width) {
            (self.margins.left, self.margins.right) = (left, right);
            self.move_to(0, 0);
        }
    }

    pub(super) fn go_to_column(&mut self, x: usize) {
        self.move_to(x, self.caret.y);
    }

    fn move_to(&mut self, x: usize, y: usize) {
        let (x, y) = (x.min(self.width - 1), y.min(self.height - 1));
        self.caret = Caret { x, y, pending: false, ..self.caret };
    }

    /// Moves by columns or rows; a margin stops movements from inside it.
    fn move_by(&mut self, columns: isize, rows: isize) {
        let Area { top, bottom, left, right } = self.margins;
        let x = stopped(self.caret.x, columns, (left, right), self.width - 1);
        let y = stopped(self.caret.y, rows, (top, bottom), self.height - 1);
        self.move_to(x, y);
    }

    fn erase_display(&mut self, what: usize) {
        let y = self.caret.y;
        let rows = match what {
            0 => y + 1..self.height,
            1 => 0..y,
            2 => 0..self.height,
            _ => return,
        };
        if what < 2 {
            self.erase_line(what);
        }
        for y in rows {
            self.erase(y, 0, self.width);
        }
    }

    fn erase_line(&mut self, what: usize) {
        let Caret { x, y, .. } = self.caret;
        match what {
            0 => self.erase(y, x, self.width),
            1 => self.erase(y, 0, x + 1),
            2 => self.erase(y, 0, self.width),
            _ => {}
        }
    }

    /// Blanks cells of a row in the pen's background.
    fn erase(&mut self, y: usize, from: usize, to: usize) {
        let (to, blank) = (to.min(self.width), Spot::blank(self.caret.pen.bg));
        let row = &mut self.rows[y];
        split(row, from);
        split(row, to);
        row[from..to].fill(blank);
        self.caret.pending = false;
    }

    fn repeat(&mut self, count: usize) {
        let (last, cells) = self.last.clone();
        for _ in 0..if last.is_empty() { 0 } else { count } {
            self.put(&last, cells);
        }
    }

    /// DCH for a positive number of columns, ICH for a negative one.
    fn shift_columns(&mut self, columns: isize) {
        let Caret { x, y, pen, .. } = self.caret;
        let edge = self.edge();
        if self.columns && x < self.margins.left {
            return;
        }
        let row = &mut self.rows[y];
        split(row, x);
        split(row, edge);
        let many = columns.unsigned_abs().min(edge - x);
        if columns > 0 {
            split(row, x + many);
            row[x..edge].rotate_left(many);
            row[edge - many..edge].fill(Spot::blank(pen.bg));
        } else {
            split(row, edge - many);
            row[x..edge].rotate_right(many);
            row[x..x + many].fill(Spot::blank(pen.bg));
        }
        self.caret.pending = false;
    }

    /// DL for a positive number of rows, IL for a negative one.
    fn shift_lines(&mut self, rows: isize) {
        let inside = (self.margins.top..=self.margins.bottom).contains(&self.caret.y);
        if inside && self.is_between_columns() {
            self.scroll(Area { top: self.caret.y, ..self.margins }, rows);
            self.go_to_column(self.margins.left);
        }
    }

    /// Scrolls the rows of an area up by a positive number, down by a negative one; new cells have the pen's
    /// background.
    pub(super) fn scroll(&mut self, area: Area, by: isize) {
        let columns = area.left..area.right + 1;
        rows::scroll(&mut self.rows[area.top..=area.bottom], columns, by, self.caret.pen.bg);
        self.caret.pending = false;
    }
}

/// Margins from 1 as they are sent (0 is left out) → from 0; `None` of fewer than two rows or columns.
fn span(first: usize, last: usize, cells: usize) -> Option<(usize, usize)> {
    let first = first.max(1) - 1;
    let last = if last == 0 || last > cells { cells } else { last } - 1;
    (first < last).then_some((first, last))
}

/// A coordinate moved: stopped by the margin on its way if it begins inside, else by the screen's end.
fn stopped(from: usize, by: isize, (low, high): (usize, usize), end: usize) -> usize {
    let to = from.saturating_add_signed(by);
    match by {
        0 => from,
        1.. if from <= high => to.min(high),
        1.. => to.min(end),
        _ if from >= low => to.max(low),
        _ => to,
    }
}
