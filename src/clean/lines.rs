//! Measures the lines of a text and the properties that decide how a line relates to its neighbours. Whether a text is
//! hard-wrapped is inferred: in a wrapped text, most lines end where the next word would not have fitted. `paragraphs`
//! decides which lines belong together.

use std::ops::Range;

use crate::extract::SourcedText;
use crate::text::TextRange;
use crate::text::grapheme::rough_width;
use crate::text::offset::range;

/// Maximum wrap width, in cells; wider lines are paragraphs of their own.
const MAX_WRAP: usize = 180;
/// Minimum wrap width, in cells; narrower columns are lists, verse or addresses.
const MIN_WRAP: usize = 28;
/// Maximum number of lines between furniture and the text it interrupts.
const MAX_DISTANCE: usize = 6;

/// The function of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineRole {
    /// Running text, or a blank line.
    Text,
    /// A running head, a running foot or a page number.
    Furniture,
    /// Part of the body of the note with this index.
    Note(usize),
}

/// A line without its leading and trailing white space.
pub(super) struct MeasuredLine<'a> {
    /// The line's characters, trimmed.
    pub text: &'a str,
    /// Byte offset of `text` in the source text.
    pub start: usize,
    /// Number of bytes of leading white space.
    pub indent: usize,
    /// Approximate width of `text`, in cells.
    pub width: usize,
    /// Whether a page begins with this line.
    pub begins_page: bool,
    /// Whether tabs set the words of this line in columns.
    pub is_row: bool,
    /// Whether the line ends in a soft hyphen (U+00AD).
    pub has_soft_hyphen: bool,
    pub role: LineRole,
}

/// Splits a text into measured lines.
pub(super) fn measure_lines(source: &SourcedText) -> Vec<MeasuredLine<'_>> {
    let mut pages = source.pages().iter().copied().map(usize::from).peekable();
    let mut rows = source.rows().iter().copied().map(usize::from).peekable();
    let mut start = 0;
    let mut lines = Vec::new();
    for raw in source.text().split_terminator('\n') {
        let mut begins_page = false;
        while pages.next_if(|&page| page <= start).is_some() {
            begins_page = true;
        }
        let body = raw.trim_start();
        let indent = raw.len() - body.len();
        let words = body.trim_end_matches(|c: char| c.is_whitespace() || c == '\u{ad}');
        let has_soft_hyphen = body[words.len()..].contains('\u{ad}');
        let role = LineRole::Text;
        lines.push(MeasuredLine {
            text: words,
            start: start + indent,
            indent,
            width: rough_width(words),
            begins_page,
            is_row: rows.next_if(|&row| row <= start).is_some(),
            has_soft_hyphen,
            role,
        });
        start += raw.len() + 1;
    }
    lines
}

impl MeasuredLine<'_> {
    /// Range of the line's words in the source text.
    pub(super) fn range(&self) -> TextRange {
        range(self.start, self.start + self.text.len())
    }

    /// Whether the line is running text and not blank.
    pub(super) fn is_running(&self) -> bool {
        self.role == LineRole::Text && !self.text.is_empty()
    }

    /// Whether the line ends a sentence, or an item of a list.
    pub(super) fn ends_sentence(&self) -> bool {
        let bare = self.text.trim_end_matches(['»', '"', '”', '’', ')', ']', ' ', '\u{a0}', '\u{202f}', '*']);
        let bare = if bare.is_empty() { self.text } else { bare };
        bare.ends_with(['.', '!', '?', ';', ':', '…', '。', '！', '？', '；', '：', '।', '؟', '։', '።', '។'])
    }

    /// Whether the first character is a lower-case letter.
    pub(super) fn starts_lower(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_lowercase)
    }

    /// Whether the line has letters and all of them are capitals.
    pub(super) fn is_capitals(&self) -> bool {
        !self.text.chars().any(char::is_lowercase) && self.text.chars().any(char::is_uppercase)
    }

    /// Whether this line and the next are both rows of columns; such lines are never one sentence.
    pub(super) fn is_row_above(&self, next: &Self) -> bool {
        self.is_row && next.is_row
    }

    /// Whether the line is one reference in brackets: « (2019/2610(RSP)) ».
    pub(super) fn is_reference(&self) -> bool {
        let text = self.text;
        text.starts_with('(')
            && text.ends_with(')')
            && !text.contains(' ')
            && text.contains(|c: char| c.is_ascii_digit())
    }

    /// Width, in cells, of the shortest beginning of this line that could have been set at the end of the line above.
    fn first_word(&self) -> usize {
        let first = self.text.chars().next().unwrap_or(' ');
        if is_unspaced(first) { 2 } else { rough_width(self.text.split([' ', '-']).next().unwrap_or("")) }
    }
}

/// Infers the wrap width of a text, in cells; `None` if the text is not hard-wrapped.
pub(super) fn wrap_width(lines: &[MeasuredLine]) -> Option<usize> {
    // Inverts greedy (first-fit) line breaking, by which typewriters and editors wrap text: a line ends exactly where
    // the next word would not have fitted. So the wrap width is close to the longest lines, and a text is hard-wrapped
    // if most of its lines were ended by this rule. The 98th percentile is used instead of the maximum, so that a few
    // unwrapped lines, such as links, do not hide the column. In text with a paragraph per line, lines end anywhere and
    // the test fails.
    let joins =
        |pair: &&[MeasuredLine]| pair[0].is_running() && pair[1].is_running() && !pair[0].is_row_above(&pair[1]);
    let inner = || lines.windows(2).filter(joins);
    let mut widths: Vec<usize> = inner().map(|pair| pair[0].width).collect();
    widths.sort_unstable();
    let wrap = *widths.get(widths.len().checked_sub(1 + widths.len() / 50)?)?;
    let forced = inner().filter(|pair| is_forced(&pair[0], &pair[1], wrap)).count();
    let wrapped = (MIN_WRAP..=MAX_WRAP).contains(&wrap) && forced * 2 > widths.len();
    wrapped.then_some(wrap)
}

/// Whether a line ended because the next word would not have fitted. Proportional fonts make the count of cells
/// inexact, so a line within 15 % of the wrap width counts as full.
pub(super) fn is_forced(line: &MeasuredLine, next: &MeasuredLine, wrap: usize) -> bool {
    (line.width + 1 + next.first_word()) * 100 > wrap * 85
}

/// Whether the lines of `cut` interrupt a sentence: the text above does not end one, the text below starts in lower
/// case, and a blank line or a page bound separates them from one of the two.
pub(super) fn interrupts(lines: &[MeasuredLine], cut: Range<usize>) -> bool {
    let is_gap = |line: Option<&MeasuredLine>| line.is_none_or(|line| line.text.is_empty() || line.begins_page);
    let apart = cut.start > 0 && is_gap(lines.get(cut.start - 1))
        || is_gap(lines.get(cut.end))
        || is_gap(lines.get(cut.end - 1));
    let above = lines[..cut.start].iter().rev().take(MAX_DISTANCE).find(|line| !line.text.is_empty());
    let below = lines[cut.end..].iter().take(MAX_DISTANCE).find(|line| !line.text.is_empty());
    let prose = |line: &MeasuredLine| line.width >= 30 && line.text.contains(' ') && !line.is_capitals();
    apart
        && above.is_some_and(|above| prose(above) && !above.ends_sentence())
        && below.is_some_and(MeasuredLine::starts_lower)
}

/// Whether a character belongs to a script without spaces between words: ideographs, kana, full-width signs, Thai, Lao,
/// Khmer, Burmese.
pub(super) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}'
        | '\u{20000}'..='\u{3ffff}' | '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}
