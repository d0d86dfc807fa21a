//! Indentation of blocks: after the markers of enclosing items and the bars of enclosing quotes. At any nesting depth
//! sixteen cells remain for the text, if the measure has them.

use super::marker::Column;

/// The cells that nesting leaves to the text.
const TEXT_CELLS: u16 = 16;

/// The cells of « │ ».
pub(super) const BAR_CELLS: u16 = 2;

/// Quotes deeper than this are not set in any more.
const QUOTES: usize = 8;

/// Maximum indentation of an item's content: « Question 12 » has a wide marker column, but a list after it is not
/// indented as far.
const ITEM_CELLS: u16 = 8;

/// What sets text in.
#[derive(Clone, Copy, Debug)]
struct Level {
    kind: Kind,
    /// Column at which its content starts.
    column: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// An item at that depth.
    Item(u8),
    /// A quote, with the column of its bar where there is room for one.
    Quote(Option<u16>),
}

/// The levels that are open, as blocks go by in order.
#[derive(Debug)]
pub(super) struct Indents {
    measure: u16,
    levels: Vec<Level>,
    /// Quotes opened since the last leaf block, which determines the position of their bars.
    pending: usize,
    quotes: usize,
    loose: u16,
}

impl Indents {
    pub(super) fn new(measure: u16) -> Self {
        Self { measure, levels: Vec::new(), pending: 0, quotes: 0, loose: 0 }
    }

    pub(super) fn enter_quote(&mut self) {
        self.pending += 1;
    }

    pub(super) fn leave_quote(&mut self) {
        if self.pending > 0 {
            self.pending -= 1;
            return;
        }
        self.quotes = self.quotes.saturating_sub(1);
        if self.quotes >= QUOTES {
            return;
        }
        while let Some(level) = self.levels.pop() {
            if matches!(level.kind, Kind::Quote(_)) {
                break;
            }
        }
    }

    /// Leaves the items that a leaf block of this depth does not belong to. A block that is no item, but has the depth
    /// of the previous item, continues that item if it is inside a list.
    pub(super) fn settle(&mut self, depth: u8, is_item: bool) {
        let opens_quote = self.pending > 0;
        while let Some(Level { kind: Kind::Item(item), .. }) = self.levels.last() {
            let inside = depth > *item || depth == *item && depth > 0 && !is_item;
            if inside {
                break;
            }
            self.levels.pop();
        }
        for _ in 0..std::mem::take(&mut self.pending) {
            self.push_quote();
        }
        let in_item = matches!(self.levels.last(), Some(Level { kind: Kind::Item(_), .. }));
        self.loose = if is_item || in_item || opens_quote { 0 } else { u16::from(depth) * 2 };
    }

    /// Enters an item: content after its marker is indented.
    pub(super) fn enter_item(&mut self, depth: u8, hang: u16) {
        let column = self.column() + hang.clamp(2, ITEM_CELLS);
        self.levels.push(Level { kind: Kind::Item(depth), column });
    }

    /// Where a block starts.
    pub(super) fn column(&self) -> u16 {
        let column = self.levels.last().map_or(0, |level| level.column);
        column.saturating_add(self.loose).min(self.measure.saturating_sub(TEXT_CELLS))
    }

    /// Width of a marker's column: at most a third of the available width.
    pub(super) fn hang(&self, column: Column) -> u16 {
        column.width.min((self.measure - self.column()) / 3)
    }

    pub(super) fn bars(&self) -> Box<[u16]> {
        let bar = |level: &Level| if let Kind::Quote(bar) = level.kind { bar } else { None };
        self.levels.iter().filter_map(bar).collect()
    }

    pub(super) fn is_quoted(&self) -> bool {
        self.quotes > 0
    }

    fn push_quote(&mut self) {
        self.quotes += 1;
        if self.quotes > QUOTES {
            return;
        }
        self.loose = 0;
        let bar = self.column();
        let has_room = bar + BAR_CELLS + TEXT_CELLS <= self.measure;
        let column = if has_room { bar + BAR_CELLS } else { bar };
        self.levels.push(Level { kind: Kind::Quote(has_room.then_some(bar)), column });
    }
}
