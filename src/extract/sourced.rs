//! A text in which each byte is mapped to its source range. Extractors sanitise into it; cleaning joins and cuts it. It
//! has no structure except page starts and rows. A soft hyphen at a line's end is kept for `clean`, which joins the
//! word.

use std::borrow::Cow;

use crate::document::{DocumentBuilder, Segment, SourceMap};
use crate::text::offset::{offset, range};
use crate::text::sanitize::sanitize;
use crate::text::{TextRange, TextSize};

/// Marks where a word may be broken; sanitising removes it everywhere except at line ends.
const SOFT_HYPHEN: char = '\u{ad}';

/// Number of columns between tab stops.
const TAB_STOP: usize = 8;

/// A text and its map to the source.
#[derive(Clone, Debug, Default)]
pub struct SourcedText {
    text: String,
    map: SourceMap,
    pages: Vec<TextSize>,
    rows: Vec<TextSize>,
}

impl SourcedText {
    /// Reads the lines of a decoded source: sanitised, tabs expanded, each ended by `\n`. A form feed begins a page.
    pub fn from_lines(source: &str) -> Self {
        let mut sourced = Self { text: String::with_capacity(source.len() + 1), ..Self::default() };
        let mut start = 0;
        for (end, after) in line_ends(source) {
            if is_row(&source[start..end]) {
                sourced.rows.push(offset(sourced.text.len()));
            }
            sourced.append_line(source, start, end);
            let parted = source[start..end].trim_end_matches(' ').strip_suffix(SOFT_HYPHEN);
            if parted.is_some_and(|word| word.ends_with(char::is_alphanumeric)) {
                sourced.replace("\u{ad}", range(end, end));
            }
            sourced.replace("\n", range(end, after));
            if source[end..after].starts_with('\u{c}') {
                sourced.begin_page();
            }
            start = after;
        }
        sourced
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Records that a page begins with the text appended next.
    pub fn begin_page(&mut self) {
        self.pages.push(offset(self.text.len()));
    }

    /// Offsets where pages after the first begin, in order; empty if the source has no page marks.
    pub fn pages(&self) -> &[TextSize] {
        &self.pages
    }

    /// Offsets of the lines whose words are set in columns by tabs, in order.
    pub fn rows(&self) -> &[TextSize] {
        &self.rows
    }

    /// Appends text that replaces a range of the source.
    pub fn replace(&mut self, words: &str, source: TextRange) {
        if words.is_empty() && source.is_empty() {
            return;
        }
        let start = offset(self.text.len());
        self.text.push_str(words);
        let text = TextRange::new(start, offset(self.text.len()));
        let kept = text.len() == source.len();
        self.map.push(if kept { Segment::Kept { text, source } } else { Segment::Replaced { text, source } });
    }

    /// Appends a piece of another text, with its source ranges.
    pub fn append(&mut self, other: &Self, piece: TextRange) {
        other.append_to(piece, self);
    }

    /// Composes two maps: returns the same text mapped to the source of `source`, whose text is the source of this one.
    #[must_use]
    pub fn map_through(&self, source: &Self) -> Self {
        let mut through = Self { pages: self.pages.clone(), rows: self.rows.clone(), ..Self::default() };
        for segment in self.map.segments() {
            let words = &self.text[segment.text()];
            if let Segment::Kept { source: kept, .. } = *segment {
                source.append_to(kept, &mut through);
            } else {
                let replaced = segment.source();
                let start = source.source_at(replaced.start());
                let mut whole = TextRange::empty(start);
                source.pieces(replaced, |_, piece| whole = whole.cover(piece));
                through.replace(words, whole);
            }
        }
        through
    }

    fn append_to(&self, piece: TextRange, other: &mut Self) {
        self.pieces(piece, |words, source| other.replace(words, source));
    }

    /// Removes the last `bytes` bytes, which must start at a character boundary.
    pub fn shorten(&mut self, bytes: usize) {
        self.text.truncate(self.text.len().saturating_sub(bytes));
        self.map.shorten(offset(self.text.len()));
    }

    /// Appends a piece to the open leaf of a document.
    pub fn push_into(&self, piece: TextRange, builder: &mut DocumentBuilder) {
        self.pieces(piece, |words, source| builder.push(words, Some(source)));
    }

    /// Maps an offset of the text to an offset of the source.
    pub fn source_at(&self, at: TextSize) -> TextSize {
        self.map.to_source(at)
    }

    fn pieces(&self, piece: TextRange, mut take: impl FnMut(&str, TextRange)) {
        let segments = self.map.segments();
        let first = segments.partition_point(|segment| segment.text().end() <= piece.start());
        for segment in &segments[first..] {
            let Some(part) = segment.text().intersect(piece) else { break };
            if part.is_empty() {
                continue; // removed by sanitising, or the edge of the next segment
            }
            let source = match *segment {
                Segment::Kept { text, source } => {
                    TextRange::at(source.start() + (part.start() - text.start()), part.len())
                }
                Segment::Replaced { source, .. } => source,
            };
            take(&self.text[part], source);
        }
    }

    /// Appends a line of the source; a line that sanitising changes is appended word by word, so that the map stays
    /// precise.
    fn append_line(&mut self, source: &str, start: usize, end: usize) {
        let line = &source[start..end];
        if is_clean(line) {
            return self.replace(line, range(start, end));
        }
        let mut column = 0;
        let mut at = start;
        for word in line.split_inclusive([' ', '\t']) {
            let bare = word.trim_end_matches('\t');
            let clean = sanitize(bare);
            self.replace(&clean, range(at, at + bare.len()));
            column += clean.chars().count();
            if bare.len() < word.len() {
                let spaces = TAB_STOP - column % TAB_STOP;
                self.replace(&" ".repeat(spaces), range(at + bare.len(), at + word.len()));
                column += spaces;
            }
            at += word.len();
        }
    }
}

fn is_clean(line: &str) -> bool {
    !line.contains('\t') && matches!(sanitize(line), Cow::Borrowed(_))
}

/// Whether tabs set the words of a line in columns: « Nom → Jean », but not « a) → Le comité ».
fn is_row(line: &str) -> bool {
    let mut cells = line.split('\t').map(str::trim).filter(|cell| !cell.is_empty());
    let (Some(first), Some(_)) = (cells.next(), cells.next()) else { return false };
    let is_label = first.chars().count() <= 5 && first.ends_with(|c: char| !c.is_alphanumeric());
    cells.next().is_some() || !is_label
}

/// Returns at most the first `bytes` bytes of a text, cut at a character boundary.
pub(crate) fn beginning(text: &str, bytes: usize) -> &str {
    let end = (0..=bytes.min(text.len())).rev().find(|&end| text.is_char_boundary(end));
    &text[..end.unwrap_or(0)]
}

/// Sanitises a text and normalises its white space to one line, for titles and metadata.
pub(super) fn one_line(text: &str) -> String {
    sanitize(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Iterates over the end of each line and the start of the next. Form feeds and Unicode line separators end lines too.
fn line_ends(source: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        if at >= source.len() {
            return None;
        }
        let rest = &source[at..];
        let found = rest.char_indices().find(|&(_, c)| is_line_end(c));
        let (end, after) = match found {
            None => (source.len(), source.len()),
            Some((i, '\r')) if rest[i + 1..].starts_with('\n') => (at + i, at + i + 2),
            Some((i, c)) => (at + i, at + i + c.len_utf8()),
        };
        at = after;
        Some((end, after))
    })
}

fn is_line_end(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_after_one_removed_by_sanitising_is_kept() {
        let source = "Nom\t\tJean \u{200b} Untel \u{ad}\nsuite";
        let sourced = SourcedText::from_lines(source);
        let mut whole = SourcedText::default();
        whole.append(&sourced, range(0, sourced.text().len()));
        assert_eq!(whole.text(), "Nom             Jean  Untel \nsuite\n");
        let at = offset(whole.text().find("Untel").unwrap());
        assert!(source[usize::from(whole.source_at(at))..].starts_with("Untel"));
    }

    #[test]
    fn every_piece_is_mapped_to_its_source() {
        let source = "un\tdeux\r\ntrois \u{1b}[1m e\u{301}te\u{301}";
        let sourced = SourcedText::from_lines(source);
        assert_eq!(sourced.text(), "un      deux\ntrois ␛[1m été\n");
        for word in ["un", "deux", "trois"] {
            let at = offset(sourced.text().find(word).unwrap());
            assert!(source[usize::from(sourced.source_at(at))..].starts_with(word), "{word}");
        }
        let at = offset(sourced.text().find("été").unwrap());
        assert_eq!(&source[usize::from(sourced.source_at(at))..], "e\u{301}te\u{301}");
    }
}
