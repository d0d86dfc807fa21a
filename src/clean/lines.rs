//! The lines of a text, measured, and what a line says about its neighbours. Whether a text is hard-wrapped is read from
//! the text: in a wrapped text most lines break because the next word would not have fitted. Which lines belong together
//! is decided by `paragraphs`.

use crate::extract::SourcedText;
use crate::text::TextRange;
use crate::text::grapheme::rough_width;
use crate::text::offset::range;

/// Lines wider than this are paragraphs of their own: nobody wraps by hand there.
const WIDEST_WRAP: usize = 180;
/// Narrower columns are lists, verse or addresses.
const NARROWEST_WRAP: usize = 28;

/// What a line is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Running text, or blank.
    Text,
    /// A running head, a page number.
    Furniture,
    /// Part of the body of the note of that number.
    Note(usize),
}

/// One line, without the white space around it.
pub struct Line<'a> {
    /// The words.
    pub text: &'a str,
    /// Where they start in the text of lines.
    pub start: usize,
    /// Bytes of white space before them.
    pub indent: usize,
    /// Cells they take, about.
    pub width: usize,
    /// Whether a page is known to begin with it.
    pub begins_page: bool,
    /// Whether tabs set its words in columns.
    pub is_row: bool,
    /// Whether a soft hyphen stood at its end.
    pub parted: bool,
    /// What it is for.
    pub role: Role,
}

/// The lines of a text.
pub fn of(source: &SourcedText) -> Vec<Line<'_>> {
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
        let parted = body[words.len()..].contains('\u{ad}');
        let role = Role::Text;
        lines.push(Line {
            text: words,
            start: start + indent,
            indent,
            width: rough_width(words),
            begins_page,
            is_row: rows.next_if(|&row| row <= start).is_some(),
            parted,
            role,
        });
        start += raw.len() + 1;
    }
    lines
}

impl Line<'_> {
    /// Where its words stand in the text of lines.
    pub fn range(&self) -> TextRange {
        range(self.start, self.start + self.text.len())
    }

    /// Whether it is running text with words in it.
    pub fn is_running(&self) -> bool {
        self.role == Role::Text && !self.text.is_empty()
    }

    /// Whether a sentence, or what stands for one in a list, ends with it.
    pub fn ends_sentence(&self) -> bool {
        let bare = self.text.trim_end_matches(['»', '"', '”', '’', ')', ']', ' ', '\u{a0}', '\u{202f}', '*']);
        let bare = if bare.is_empty() { self.text } else { bare };
        bare.ends_with(['.', '!', '?', ';', ':', '…', '。', '！', '？', '；', '：', '।', '؟', '։', '።', '។'])
    }

    /// Whether its first character is a small letter.
    pub fn starts_lower(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_lowercase)
    }

    /// Letters, and all of them capitals.
    pub fn is_capitals(&self) -> bool {
        !self.text.chars().any(char::is_lowercase) && self.text.chars().any(char::is_uppercase)
    }

    /// Whether it and the next line are rows of columns, which are never one sentence.
    pub fn is_row_above(&self, next: &Self) -> bool {
        self.is_row && next.is_row
    }

    /// « (2019/2610(RSP)) »: one reference in brackets.
    pub fn is_reference(&self) -> bool {
        let text = self.text;
        text.starts_with('(')
            && text.ends_with(')')
            && !text.contains(' ')
            && text.contains(|c: char| c.is_ascii_digit())
    }

    /// Cells of what could not have been left on the line above.
    fn first_word(&self) -> usize {
        let first = self.text.chars().next().unwrap_or(' ');
        if is_unspaced(first) { 2 } else { rough_width(self.text.split([' ', '-']).next().unwrap_or("")) }
    }
}

/// The width a text was wrapped at; none when it was not.
pub fn wrap_width(lines: &[Line]) -> Option<usize> {
    let joins = |pair: &&[Line]| pair[0].is_running() && pair[1].is_running() && !pair[0].is_row_above(&pair[1]);
    let inner = || lines.windows(2).filter(joins);
    let mut widths: Vec<usize> = inner().map(|pair| pair[0].width).collect();
    widths.sort_unstable();
    let wrap = *widths.get(widths.len().checked_sub(1 + widths.len() / 50)?)?;
    let forced = inner().filter(|pair| is_forced(&pair[0], &pair[1], wrap)).count();
    let wrapped = (NARROWEST_WRAP..=WIDEST_WRAP).contains(&wrap) && forced * 2 > widths.len();
    wrapped.then_some(wrap)
}

/// Whether a line ended because the next word would not have fitted. Fonts are not all of one width, so a line may stop
/// somewhat before the longest.
pub fn is_forced(line: &Line, next: &Line, wrap: usize) -> bool {
    (line.width + 1 + next.first_word()) * 100 > wrap * 85
}

/// Characters of scripts that put no space between words: ideographs, kana, full-width signs, Thai, Lao, Khmer, Burmese.
pub fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}'
        | '\u{20000}'..='\u{3ffff}' | '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}
