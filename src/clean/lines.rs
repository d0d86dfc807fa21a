//! Lines → paragraphs. Whether a text is hard-wrapped is read from the text: in a wrapped text most lines break because
//! the next word would not have fitted. Where it is, lines are joined unless something says that a new paragraph begins;
//! where it is not, each line is a paragraph. Hyphens at a line's end are kept as they are.

use super::label::{self, Label};
use crate::extract::SourcedText;
use crate::text::TextRange;
use crate::text::grapheme::width;
use crate::text::offset::{offset, range};

/// Lines wider than this are paragraphs of their own: nobody wraps by hand there.
const WIDEST_WRAP: usize = 180;
/// Narrower columns are lists, verse or addresses.
const NARROWEST_WRAP: usize = 28;

/// Lines that belong together.
pub struct Paragraph {
    /// The words, on one line.
    pub text: SourcedText,
    /// What its first line opens with.
    pub label: Option<Label>,
    /// Whether a blank line, or the text's start, stands before it.
    pub apart: bool,
}

struct Line<'a> {
    text: &'a str,
    start: usize,
    indent: usize,
    width: usize,
    label: Option<Label>,
}

/// The paragraphs of a text of lines.
pub fn paragraphs(source: &SourcedText) -> Vec<Paragraph> {
    let mut lines = lines_of(source.text());
    let labels = label::labels(lines.iter().map(|line| line.text));
    lines.iter_mut().zip(labels).for_each(|(line, label)| line.label = label);
    let wrap = wrap_width(&lines);
    let mut paragraphs: Vec<Paragraph> = Vec::new();
    let mut before: Option<&Line> = None;
    for line in &lines {
        if line.text.is_empty() {
            before = None;
            continue;
        }
        match (before, paragraphs.last_mut()) {
            (Some(above), Some(open)) if wrap.is_some_and(|wrap| continues(above, line, wrap)) => {
                join(&mut open.text, above, line, source);
            }
            _ => paragraphs.push(open_paragraph(source, line, before.is_none())),
        }
        before = Some(line);
    }
    paragraphs
}

fn lines_of(text: &str) -> Vec<Line<'_>> {
    let mut start = 0;
    let line = |raw: &'_ str| {
        let at = start;
        start += raw.len() + 1;
        (at, raw.len())
    };
    let places: Vec<(usize, usize)> = text.split_terminator('\n').map(line).collect();
    places
        .into_iter()
        .map(|(at, length)| {
            let raw = &text[at..at + length];
            let body = raw.trim_start();
            let indent = raw.len() - body.len();
            let body = body.trim_end();
            Line { text: body, start: at + indent, indent, width: width(body), label: None }
        })
        .collect()
}

impl Line<'_> {
    fn range(&self) -> TextRange {
        range(self.start, self.start + self.text.len())
    }

    fn ends_sentence(&self) -> bool {
        let bare = self.text.trim_end_matches(['»', '"', '”', '’', ')', ']', ' ', '\u{a0}', '\u{202f}', '*']);
        let bare = if bare.is_empty() { self.text } else { bare };
        bare.ends_with(['.', '!', '?', ';', ':', '…', '。', '！', '？', '；', '：', '।', '؟', '։', '።', '។'])
    }

    fn starts_lower(&self) -> bool {
        self.text.chars().next().is_some_and(char::is_lowercase)
    }

    /// Cells of what could not have been left on the line above.
    fn first_word(&self) -> usize {
        let first = self.text.chars().next().unwrap_or(' ');
        if is_unspaced(first) { 2 } else { width(self.text.split([' ', '-']).next().unwrap_or("")) }
    }

    /// Letters, and all of them capitals.
    fn is_capitals(&self) -> bool {
        self.text.chars().any(char::is_uppercase) && !self.text.chars().any(char::is_lowercase)
    }
}

/// The width a text was wrapped at; none when it was not.
fn wrap_width(lines: &[Line]) -> Option<usize> {
    let inner: Vec<(&Line, &Line)> = lines
        .windows(2)
        .filter(|pair| !pair[0].text.is_empty() && !pair[1].text.is_empty())
        .map(|pair| (&pair[0], &pair[1]))
        .collect();
    let mut widths: Vec<usize> = inner.iter().map(|(line, _)| line.width).collect();
    widths.sort_unstable();
    let wrap = *widths.get(widths.len().checked_sub(1 + widths.len() / 50)?)?;
    let forced = inner.iter().filter(|(line, next)| is_forced(line, next, wrap)).count();
    let wrapped = (NARROWEST_WRAP..=WIDEST_WRAP).contains(&wrap) && forced * 2 > inner.len();
    wrapped.then_some(wrap)
}

/// Whether a line ended because the next word would not have fitted. Fonts are not all of one width, so a line may stop
/// somewhat before the longest.
fn is_forced(line: &Line, next: &Line, wrap: usize) -> bool {
    (line.width + 1 + next.first_word()) * 100 > wrap * 85
}

/// Whether a line goes on with the sentence above it.
fn continues(above: &Line, line: &Line, wrap: usize) -> bool {
    let forced = is_forced(above, line, wrap);
    if is_reference(line.text) || above.is_capitals() != line.is_capitals() && line.width.min(above.width) > 3 {
        return false;
    }
    if line.label.is_some() {
        return forced && !above.ends_sentence() && !above.text.ends_with(',');
    }
    if line.indent > above.indent && above.ends_sentence() && !line.starts_lower() {
        return false;
    }
    forced || (line.starts_lower() && !above.ends_sentence())
}

/// « (2019/2610(RSP)) »: a line that is one reference in brackets.
fn is_reference(text: &str) -> bool {
    text.starts_with('(') && text.ends_with(')') && !text.contains(' ') && text.contains(|c: char| c.is_ascii_digit())
}

/// A paragraph of one line. Of the white space behind a label one space stays, so that labels can stand in a column.
fn open_paragraph(source: &SourcedText, line: &Line, apart: bool) -> Paragraph {
    let mut text = SourcedText::default();
    let mut label = line.label.clone();
    let mut rest = line.start;
    if let Some(label) = &mut label {
        let marks = line.text.len() - line.text.trim_start_matches('*').len();
        let words = marks + label.length;
        let end = line.text[..words].trim_end().len();
        if words - end > 1 && line.text.is_char_boundary(end) {
            text.append(source, range(line.start, line.start + end));
            let gap = range(line.start + end, line.start + words);
            text.replace(" ", TextRange::new(source.source_at(gap.start()), source.source_at(gap.end())));
            rest = line.start + words;
            label.length = end + 1 - marks;
        }
    }
    text.append(source, TextRange::new(offset(rest), line.range().end()));
    Paragraph { text, label, apart }
}

/// Adds a line to the paragraph, with a space for the line end unless a hyphen or a script without spaces stands there.
fn join(open: &mut SourcedText, above: &Line, line: &Line, source: &SourcedText) {
    let last = above.text.chars().next_back().unwrap_or(' ');
    let first = line.text.chars().next().unwrap_or(' ');
    let before = above.text.chars().rev().nth(1).unwrap_or(' ');
    let hyphen = matches!(last, '-' | '\u{2010}' | '\u{2011}') && before.is_alphabetic() && first.is_alphanumeric();
    let unspaced = is_unspaced(last) && is_unspaced(first);
    if !(hyphen || unspaced) {
        let gap = range(above.start + above.text.len(), line.start);
        open.replace(" ", TextRange::new(source.source_at(gap.start()), source.source_at(gap.end())));
    }
    open.append(source, line.range());
}

/// Characters of scripts that put no space between words: ideographs, kana, full-width signs, Thai, Lao, Khmer, Burmese.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ff60}'
        | '\u{20000}'..='\u{3ffff}' | '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> Vec<String> {
        paragraphs(&SourcedText::of_lines(source)).iter().map(|p| p.text.text().to_owned()).collect()
    }

    #[test]
    fn wrapped_lines_become_paragraphs() {
        let source = "A. considérant que la situation des droits de \nl’homme est grave et que les autorités n’ont pas \n\
            répondu aux questions posées;\nB. considérant que le groupe de travail sous-\nrégional a conclu en ce sens;\n\
            (2019/2610(RSP))\n – vu la lettre\n";
        assert_eq!(
            texts(source),
            [
                "A. considérant que la situation des droits de l’homme est grave et que les autorités n’ont pas répondu aux questions posées;",
                "B. considérant que le groupe de travail sous-régional a conclu en ce sens;",
                "(2019/2610(RSP))",
                "– vu la lettre",
            ]
        );
    }

    #[test]
    fn lines_of_a_text_that_is_not_wrapped_stay_apart() {
        let source = "Auteur : Mme Untel\nRubrique : énergie\nDate : 3 mai\nUn paragraphe sur une seule ligne.\nEncore un autre.";
        assert_eq!(texts(source), source.lines().collect::<Vec<_>>());
    }

    #[test]
    fn an_indent_begins_a_paragraph_only_after_a_sentence() {
        let source = "The Council should be transformed into a democratic\nand respectful organ, reflecting its universal\n\
            character, and present-day realities of the world.\n The reform package should strengthen the Assembly\n as the organ of the Nations.";
        assert_eq!(texts(source).len(), 2);
    }

    #[test]
    fn ideographs_are_joined_without_a_space() {
        let line = "人人生而自由在尊严和权利上一律平等他们赋有理性和良心并应";
        let source = format!("{line}\n{line}\n{line}\n以兄弟关系。");
        assert_eq!(texts(&source), [format!("{line}{line}{line}以兄弟关系。")]);
    }
}
