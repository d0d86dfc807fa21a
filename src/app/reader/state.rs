//! The open document: its layout, its viewport and the matches in it. The viewport is an offset into the text, so that
//! resizing the window back and forth keeps the place exactly; rows are looked up when they are needed.
//! [`ReaderState::settle`] prepares the page, because the layout is done before drawing and not by it.

use std::sync::Arc;

use super::links::LinkFocus;
use crate::document::{Document, Section, section_at};
use crate::layout::{Layout, Line, Position, Role};
use crate::request::OpenedDocument;
use crate::text::offset::range;
use crate::text::{Affinity, TextRange, TextSize};

/// The rows kept above a match after a jump are this fraction of the page's height.
const ABOVE_MATCH: u16 = 3;
/// Number of rows of the frame of a note over the text.
const POPUP_FRAME: u16 = 2;
/// Maximum number of lines of a note over the text; the rest is read at its own place.
const LONGEST_NOTE: usize = 500;

/// Maximum number of bytes of its line that are shown on either side of a match.
const CONTEXT: usize = 400;

/// A role painted over cells of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paint {
    /// The row of the page.
    pub row: u16,
    /// First column, from the left of the text's box.
    pub start: u16,
    /// Last column, exclusive.
    pub end: u16,
    /// Its role in the theme.
    pub role: Role,
}

/// The visible part of the text.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The lines in view, from the top.
    pub lines: Vec<Line>,
    /// The roles painted over them.
    pub paint: Vec<Paint>,
    /// The text in view.
    pub range: TextRange,
    /// The row of the last jump, if it is not the top row.
    pub jump_row: Option<u16>,
}

/// A selection: its two grapheme clusters, by their offsets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TextSelection {
    /// Its fixed end.
    pub anchor: TextSize,
    /// Its moving end.
    pub head: TextSize,
}

impl TextSelection {
    /// The selected range of `text`: from the start of the first cluster to the end of the last.
    pub fn range(self, text: &str) -> TextRange {
        let (start, end) = (self.anchor.min(self.head), self.anchor.max(self.head));
        let end = crate::text::grapheme::next_cluster(text, end.into());
        TextRange::new(start, crate::text::offset::offset(end).max(start))
    }
}

/// The open document and the place in it.
#[derive(Debug)]
pub struct ReaderState {
    /// The document, its outline, its row in the list.
    pub opened: OpenedDocument,
    layout: Layout,
    height: u16,
    /// The text at the top of the page; it stays the same while the window changes.
    anchor: TextSize,
    /// Rows without text (the space between blocks) shown above the row of the anchor.
    lead: u16,
    /// The place at which the document was opened.
    arrived: TextSize,
    /// Every match of the newest search, sorted.
    pub matches: Arc<[TextRange]>,
    /// Index of the current match.
    pub current: Option<usize>,
    /// Offset of the last jump. It is the present place also when it cannot be at the top of the page.
    last_jump: Option<TextSize>,
    /// The focused link, and the note over the text.
    pub link_focus: LinkFocus,
    /// The selected text, in select mode.
    pub selection: Option<TextSelection>,
    /// The clean text, while the source is shown instead.
    pub original_of: Option<Box<ReaderState>>,
    /// The visible part of the text.
    pub page: Page,
}

impl ReaderState {
    /// A document opened at its beginning.
    pub fn new(opened: OpenedDocument, measure: u16, height: u16) -> Self {
        let layout = Layout::new(Arc::clone(&opened.document), measure.max(1));
        Self {
            opened,
            layout,
            height: height.max(1),
            anchor: TextSize::new(0),
            lead: 0,
            arrived: TextSize::new(0),
            matches: Arc::from([]),
            current: None,
            last_jump: None,
            link_focus: LinkFocus::default(),
            selection: None,
            original_of: None,
            page: Page::default(),
        }
    }

    /// The text's width in cells.
    pub fn measure(&self) -> u16 {
        self.layout.measure()
    }

    /// Fits the page to a box of the screen without a change of place.
    pub fn fit(&mut self, measure: u16, height: u16) {
        self.height = height.max(1);
        if measure.max(1) != self.layout.measure() {
            self.layout = Layout::new(Arc::clone(&self.opened.document), measure.max(1));
        }
    }

    /// The text at the top of the page.
    pub fn place(&self) -> TextSize {
        self.anchor
    }

    /// The clean text and the place in it, even while the source is shown.
    pub fn clean_place(&self) -> (&Document, TextSize) {
        let document = &self.opened.document;
        match &self.original_of {
            Some(clean) => {
                let clean = &clean.opened.document;
                (clean, clean.source_map.to_text(document.source_map.to_source(self.anchor)))
            }
            None => (document, self.anchor),
        }
    }

    /// Records that the document was opened at this place of the clean text.
    pub fn record_arrival(&mut self, place: TextSize) {
        match &mut self.original_of {
            Some(clean) => clean.arrived = place,
            None => self.arrived = place,
        }
    }

    /// Whether the person has moved since the document was opened.
    pub fn has_moved(&self) -> bool {
        let arrived = self.original_of.as_ref().map_or(self.arrived, |clean| clean.arrived);
        self.clean_place().1 != arrived
    }

    /// The present place: the offset of the last jump or of the current match if it is in view, else the first text of
    /// the page.
    pub fn present_offset(&self) -> TextSize {
        match (self.last_jump(), self.current_match()) {
            (Some(last_jump), _) => last_jump,
            (None, Some(range)) if self.page.range.contains(range.start()) => range.start(),
            _ => self.page.range.start().max(self.anchor),
        }
    }

    /// Offset of the last jump, while it is in view.
    pub fn last_jump(&self) -> Option<TextSize> {
        self.last_jump.filter(|last_jump| self.page.range.contains(*last_jump))
    }

    /// Where the next section is searched from: the last jump, else the top of the page.
    pub fn section_origin(&self) -> TextSize {
        self.last_jump().unwrap_or_else(|| self.page.range.start())
    }

    /// Goes to an offset and records the jump: the offset is the present place even if it cannot be at the top of the
    /// page.
    pub fn jump_to(&mut self, offset: TextSize) {
        self.go_to(offset);
        self.last_jump = Some(offset);
    }

    /// Index of the present section.
    pub fn section(&self) -> Option<usize> {
        section_at(&self.opened.outline, self.present_offset())
    }

    /// The sections of the document.
    pub fn outline(&self) -> &[Section] {
        &self.opened.outline
    }

    /// The part of the text above the page, in percent: 0 at the top, 100 when the end is in view.
    pub fn percent(&self) -> u8 {
        let length = u64::from(u32::from(self.opened.document.len()));
        if length == 0 || self.page.range.end() >= self.opened.document.len() {
            return 100;
        }
        let seen = u64::from(u32::from(self.page.range.start()));
        (seen * 100 / length).min(99) as u8
    }

    /// The current match.
    pub fn current_match(&self) -> Option<TextRange> {
        self.matches.get(self.current?).copied()
    }

    /// Scrolls down, or up by a negative number. Returns whether the page moved.
    pub fn scroll(&mut self, rows: i32) -> bool {
        let before = self.top();
        let mut top = before;
        for _ in 0..rows.unsigned_abs() {
            let next = if rows > 0 { self.layout.next_row(top) } else { self.layout.previous_row(top) };
            match next {
                Some(next) => top = next,
                None => break,
            }
        }
        if rows > 0 {
            top = top.min(self.last_top()).max(before);
        }
        self.set_top(top);
        self.top() != before
    }

    /// Scrolls by pages that overlap by two rows.
    pub fn scroll_pages(&mut self, pages: i32) -> bool {
        let rows = i32::from(self.height.saturating_sub(2).max(1));
        self.scroll(pages.saturating_mul(rows))
    }

    /// Scrolls by half pages.
    pub fn scroll_half_pages(&mut self, halves: i32) -> bool {
        let rows = i32::from((self.height / 2).max(1));
        self.scroll(halves.saturating_mul(rows))
    }

    /// Goes to the beginning.
    pub fn go_top(&mut self) {
        let first = self.layout.first_row();
        self.set_top(first);
    }

    /// Goes to the end.
    pub fn go_bottom(&mut self) {
        let last = self.last_top();
        self.set_top(last);
    }

    /// Goes to a percentage of the text.
    pub fn go_percent(&mut self, percent: u32) {
        let length = u64::from(u32::from(self.opened.document.len()));
        let at = length * u64::from(percent.min(100)) / 100;
        let at = self.opened.document.text.floor_char_boundary(at as usize);
        self.go_to(crate::text::offset::offset(at));
    }

    /// Puts the row of an offset at the top of the page, or as far up as the end of the document allows.
    pub fn go_to(&mut self, offset: TextSize) {
        let row = row_start(self.layout.position(offset, Affinity::Downstream));
        let top = row.min(self.last_top());
        self.set_top(top);
    }

    /// Scrolls an offset into view with some rows above it; the page does not move if the offset is already in view.
    pub fn reveal(&mut self, offset: TextSize) {
        let row = row_start(self.layout.position(offset, Affinity::Downstream));
        let top = self.top();
        let rows = self.rows_between(top, row);
        if rows.is_some_and(|rows| rows < self.height) && row >= top {
            return;
        }
        let mut target = row;
        for _ in 0..self.height / ABOVE_MATCH {
            match self.layout.previous_row(target) {
                Some(previous) => target = previous,
                None => break,
            }
        }
        let last = self.last_top();
        self.set_top(target.min(last));
    }

    /// The line of the text that contains a match, cut on both sides far beyond the width of a window.
    pub fn context(&self, found: TextRange) -> TextRange {
        let text = &self.opened.document.text;
        let (start, end) = (usize::from(found.start()), usize::from(found.end()));
        let low = text.ceil_char_boundary(start.saturating_sub(CONTEXT));
        let high = text.floor_char_boundary((end + CONTEXT).min(text.len()));
        let before = text[low..start].rfind('\n').map_or(low, |at| low + at + 1);
        let after = text[end..high].find('\n').map_or(high, |at| end + at);
        range(before, after)
    }

    /// Goes to a match by its index and scrolls it into view.
    pub fn go_to_match(&mut self, index: usize) {
        if let Some(range) = self.matches.get(index).copied() {
            self.current = Some(index);
            self.last_jump = None;
            self.reveal(range.start());
        }
    }

    /// Index of the first match at or after an offset, else of the last one.
    pub fn match_near(&self, offset: TextSize) -> Option<usize> {
        let after = self.matches.partition_point(|range| range.start() < offset);
        (!self.matches.is_empty()).then(|| after.min(self.matches.len() - 1))
    }

    /// The offset a number of rows below or above another one, at the same column as far as the rows allow.
    pub fn offset_rows_away(&mut self, from: TextSize, rows: i32) -> TextSize {
        let position = self.layout.position(from, Affinity::Downstream);
        let mut row = row_start(position);
        for _ in 0..rows.unsigned_abs() {
            let next = if rows > 0 { self.layout.next_row(row) } else { self.layout.previous_row(row) };
            let Some(next) = next else { break };
            row = next;
        }
        while self.layout.line(row).is_blank() {
            let next = if rows > 0 { self.layout.next_row(row) } else { self.layout.previous_row(row) };
            let Some(next) = next else { break };
            row = next;
        }
        self.layout.offset(Position { column: position.column, ..row })
    }

    /// Prepares the page for drawing.
    pub fn settle(&mut self) {
        let top = self.top();
        let mut rows = vec![top];
        while rows.len() < usize::from(self.height) {
            let Some(next) = self.layout.next_row(rows[rows.len() - 1]) else { break };
            rows.push(next);
        }
        let lines: Vec<Line> = rows.iter().map(|row| self.layout.line(*row).clone()).collect();
        let range = shown(&lines);
        let paint = self.paint(&rows, range);
        let jump_row = self.last_jump.filter(|jump| range.start() < *jump && range.contains(*jump));
        let jump_row = jump_row.and_then(|jump| self.row_of(jump, &rows));
        self.page = Page { lines, paint, range, jump_row };
        self.lay_out_note(&rows);
    }

    /// The row of the page that contains an offset.
    fn row_of(&mut self, offset: TextSize, rows: &[Position]) -> Option<u16> {
        let row = row_start(self.layout.position(offset, Affinity::Downstream));
        rows.iter().position(|known| *known == row).map(|row| row as u16)
    }

    /// Lays out the note that is shown; closes it if its mark is out of view.
    fn lay_out_note(&mut self, rows: &[Position]) {
        let Some(mut popup) = self.link_focus.popup.take() else { return };
        let Some(row) = self.row_of(popup.mark.start(), rows) else { return };
        let Some(body) = self.opened.document.footnotes.get(popup.note).map(|note| note.body) else { return };
        let mut at = Some(row_start(self.layout.position(body.start(), Affinity::Downstream)));
        let last = row_start(self.layout.position(body.end(), Affinity::Upstream));
        popup.lines.clear();
        while let Some(position) = at.filter(|at| *at <= last && popup.lines.len() < LONGEST_NOTE) {
            popup.lines.push(self.layout.line(position).clone());
            at = self.layout.next_row(position);
        }
        popup.row = row;
        let room = usize::from(popup.rows_of(self.height).1.saturating_sub(POPUP_FRAME).max(1));
        popup.top = popup.top.min(popup.lines.len().saturating_sub(room));
        self.link_focus.popup = Some(popup);
    }

    fn paint(&mut self, rows: &[Position], range: TextRange) -> Vec<Paint> {
        let first = self.matches.partition_point(|found| found.end() <= range.start());
        let last = self.matches.partition_point(|found| found.start() < range.end());
        let matches = Arc::clone(&self.matches);
        let mut painted = Vec::new();
        for (index, found) in matches.iter().enumerate().take(last).skip(first) {
            let role = if self.current == Some(index) { Role::CurrentMatch } else { Role::Match };
            self.paint_range(*found, role, rows, &mut painted);
        }
        if let Some(target) = self.link_focus.target.filter(|target| range.contains_range(*target)) {
            self.paint_range(target, Role::Selection, rows, &mut painted);
        }
        if let Some(selection) = self.selection {
            let range = selection.range(&self.opened.document.text);
            self.paint_range(range, Role::Selection, rows, &mut painted);
        }
        painted
    }

    fn paint_range(&mut self, range: TextRange, role: Role, rows: &[Position], painted: &mut Vec<Paint>) {
        let (Some(first), Some(last)) = (rows.first(), rows.last()) else { return };
        for (position, cells) in self.layout.cells(range, *first, *last) {
            let row = rows.iter().position(|row| (row.piece, row.row) == (position.piece, position.row));
            if let Some(row) = row {
                painted.push(Paint { row: row as u16, start: cells.start, end: cells.end, role });
            }
        }
    }

    /// The row at the top of the page: that of the anchor, or as far up as it takes to fill the page.
    fn top(&mut self) -> Position {
        self.anchor_row().min(self.last_top())
    }

    /// The row of the anchor with its lead, as far as blank rows precede it at this measure.
    fn anchor_row(&mut self) -> Position {
        let mut row = row_start(self.layout.position(self.anchor, Affinity::Downstream));
        for _ in 0..self.lead {
            match self.layout.previous_row(row) {
                Some(previous) if self.layout.line(previous).is_blank() => row = previous,
                _ => break,
            }
        }
        row
    }

    /// Makes a row the top of the page. The anchor is the first text at or below it.
    fn set_top(&mut self, top: Position) {
        self.last_jump = None;
        if top == self.anchor_row() {
            return;
        }
        let (mut row, mut lead) = (top, 0);
        while self.layout.line(row).is_blank() {
            let Some(next) = self.layout.next_row(row) else { break };
            row = next;
            lead += 1;
        }
        self.anchor = self.layout.line(row).text.start();
        self.lead = lead;
    }

    /// The last row that can be at the top of a full page.
    fn last_top(&mut self) -> Position {
        let mut row = self.layout.last_row();
        for _ in 1..self.height {
            match self.layout.previous_row(row) {
                Some(previous) => row = previous,
                None => break,
            }
        }
        row
    }

    /// Number of rows between two rows, if it is at most a page.
    fn rows_between(&mut self, from: Position, to: Position) -> Option<u16> {
        let mut row = from;
        for count in 0..=self.height {
            if row == to {
                return Some(count);
            }
            row = self.layout.next_row(row)?;
        }
        None
    }
}

fn row_start(position: Position) -> Position {
    Position { column: 0, ..position }
}

/// The text from the first to the last line that is not blank.
fn shown(lines: &[Line]) -> TextRange {
    let mut texts = lines.iter().filter(|line| !line.is_blank()).map(|line| line.text);
    let Some(first) = texts.next() else { return TextRange::default() };
    let last = texts.next_back().unwrap_or(first);
    TextRange::new(first.start(), last.end().max(first.start()))
}
