//! Finds footnotes at the foot of a page and their marks in the running text. Lines are notes only if their numbers
//! count up and the text before them has a mark for each, in rising order: « part1 », « 20134 » (2013 and note 4), «
//! `[1]` », « mot² ». A number that belongs to no note stays a number.

use std::collections::HashMap;
use std::ops::Range;

use super::lines::{LineRole, MeasuredLine};
use crate::text::TextRange;
use crate::text::offset::range;

/// Years that may be followed directly by a mark.
const YEARS: Range<u32> = 1500..2100;
/// Minimum number of notes in a block for which one missing mark is tolerated.
const MIN_BLOCK_WITH_GAP: usize = 4;
/// Maximum number of lines of one note.
const MAX_NOTE_LINES: usize = 40;

/// A footnote of a text made of lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Note {
    /// The note's number as text: « 4 ».
    pub label: String,
    /// Number of bytes of its first line before its words.
    pub opening: usize,
    /// Range of its mark in the source text.
    pub mark: Option<TextRange>,
}

/// How a note writes its number; its mark is written in the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum NumberForm {
    Plain,
    Round,
    Square,
}

/// The number that opens a note's first line.
struct NoteOpening {
    form: NumberForm,
    number: u32,
    length: usize,
}

/// A position that may be a mark.
struct MarkCandidate {
    range: TextRange,
    /// Whether it is superscript, in brackets, or directly behind a lower-case word. Other candidates are used only if
    /// no such candidate fits.
    sure: bool,
}

type MarkCandidates = HashMap<(NumberForm, u32), Vec<MarkCandidate>>;

/// Finds the notes in the order of the text, gives their lines the role [`LineRole::Note`] and finds their marks.
pub(super) fn find_notes(text: &str, lines: &mut [MeasuredLine]) -> Vec<Note> {
    let openings: Vec<Option<NoteOpening>> = lines.iter().map(parse_opening).collect();
    if openings.iter().all(Option::is_none) {
        return Vec::new();
    }
    let candidates = candidates(text);
    let mut notes: Vec<Note> = Vec::new();
    let (mut at, mut from, mut last) = (0, 0, 0);
    while at < lines.len() {
        let starts = openings[at].as_ref().is_some_and(|o| o.number == 1 || o.number == last + 1);
        let block = if starts { block(lines, &openings, at) } else { Vec::new() };
        let marks = marks(&block, &openings, &candidates, from, lines[at].start);
        let Some((marks, end)) = marks.zip(block.last().map(|note| note.end)) else {
            at += 1;
            continue;
        };
        for (body, mark) in block.into_iter().zip(marks) {
            let Some(opening) = &openings[body.start] else { continue };
            last = opening.number;
            lines[body]
                .iter_mut()
                .filter(|line| line.is_running())
                .for_each(|line| line.role = LineRole::Note(notes.len()));
            notes.push(Note { label: last.to_string(), opening: opening.length, mark });
        }
        (at, from) = (end, lines.get(end).map_or(text.len(), |line| line.start - line.indent));
    }
    notes
}

/// Parses the number that opens a note: « 4 JO C 45 », « (4) JO », « `[4]` JO », « ⁴ JO ».
fn parse_opening(line: &MeasuredLine) -> Option<NoteOpening> {
    let text = line.text;
    if line.role != LineRole::Text {
        return None;
    }
    let (form, body) = match text.chars().next()? {
        '(' => (NumberForm::Round, &text[1..]),
        '[' => (NumberForm::Square, &text[1..]),
        _ => (NumberForm::Plain, text),
    };
    let end = body.find(|c| digit_value(c).is_none()).unwrap_or(body.len());
    let number = parse_number(&body[..end])?;
    let raised = body.starts_with(|c: char| !c.is_ascii());
    let rest = match form {
        NumberForm::Plain => &body[end..],
        NumberForm::Round => body[end..].strip_prefix(')')?,
        NumberForm::Square => body[end..].strip_prefix(']')?,
    };
    let words = rest.trim_start();
    let parted = words.len() < rest.len() || raised || form != NumberForm::Plain;
    let is_text = words.starts_with(|c: char| {
        c.is_alphabetic() && (c.is_uppercase() || raised || form != NumberForm::Plain) || "«“\"‘".contains(c)
    }) || words.starts_with(char::is_lowercase) && words.contains([' ', '.']);
    (parted && is_text).then_some(NoteOpening { form, number, length: text.len() - words.len() })
}

/// Returns the value of a digit, normal or superscript.
fn digit_value(c: char) -> Option<u32> {
    match c {
        '0'..='9' => c.to_digit(10),
        '¹' => Some(1),
        '²' => Some(2),
        '³' => Some(3),
        '\u{2070}' | '\u{2074}'..='\u{2079}' => Some(u32::from(c) - 0x2070),
        _ => None,
    }
}

fn parse_number(digits: &str) -> Option<u32> {
    if digits.is_empty() || digits.chars().count() > 3 || digits.starts_with(['0', '\u{2070}']) {
        return None;
    }
    digits.chars().try_fold(0, |sum, c| digit_value(c).map(|value| sum * 10 + value))
}

/// Returns the lines of each note of the block that starts at line `at`. The block ends at the first line that neither
/// opens the next note nor continues the current one.
fn block(lines: &[MeasuredLine], openings: &[Option<NoteOpening>], at: usize) -> Vec<Range<usize>> {
    let Some(first) = &openings[at] else { return Vec::new() };
    let mut notes: Vec<Range<usize>> = std::iter::once(at..at + 1).collect();
    let mut wanted = first.number + 1;
    let mut gap = false;
    for next in at + 1..lines.len() {
        let line = &lines[next];
        if line.text.is_empty() {
            gap = true;
        }
        if line.role != LineRole::Text || line.begins_page {
            break;
        }
        if line.text.is_empty() {
            continue;
        }
        let counts = openings[next].as_ref().is_some_and(|o| o.form == first.form && o.number == wanted);
        let above = lines[..next].iter().rfind(|line| !line.text.is_empty());
        let continues = !gap && above.is_some_and(|above| !above.ends_sentence());
        match notes.last_mut() {
            _ if counts => {
                notes.push(next..next + 1);
                wanted += 1;
            }
            Some(open) if continues && open.len() < MAX_NOTE_LINES => open.end = next + 1,
            _ => break,
        }
        gap = false;
    }
    notes
}

/// Finds a mark for each note of a block, in rising order, between the offsets `from` and `to`; `None` if too many are
/// missing.
fn marks(
    block: &[Range<usize>],
    openings: &[Option<NoteOpening>],
    candidates: &MarkCandidates,
    from: usize,
    to: usize,
) -> Option<Vec<Option<TextRange>>> {
    let seek = |sure: bool| {
        let mut after = from;
        let mut lost = 0;
        let mut found = Vec::new();
        for body in block {
            let opening = openings[body.start].as_ref()?;
            let candidates = candidates.get(&(opening.form, opening.number)).map_or(&[][..], Vec::as_slice);
            let first = candidates.partition_point(|candidate| usize::from(candidate.range.start()) < after);
            let mark = candidates[first..]
                .iter()
                .take_while(|candidate| usize::from(candidate.range.end()) <= to)
                .find(|candidate| candidate.sure || !sure);
            after = mark.map_or(after, |mark| mark.range.end().into());
            lost += usize::from(mark.is_none());
            found.push(mark.map(|mark| mark.range));
        }
        let enough = lost == 0 || lost == 1 && found.len() >= MIN_BLOCK_WITH_GAP;
        (enough && !found.is_empty()).then_some((lost, found))
    };
    let (sure, any) = (seek(true), seek(false));
    match (sure, any) {
        (Some((lost, _)), Some((fewer, found))) if fewer < lost => Some(found),
        (Some((_, found)), _) | (None, Some((_, found))) => Some(found),
        (None, None) => None,
    }
}

/// Finds every position in a text that may be a mark, grouped by form and number.
fn candidates(text: &str) -> MarkCandidates {
    let mut candidates = MarkCandidates::new();
    let mut end = 0;
    for (start, _) in text.char_indices().filter(|(_, c)| digit_value(*c).is_some()) {
        if start < end {
            continue;
        }
        end = start + text[start..].find(|c| digit_value(c).is_none()).unwrap_or(text.len() - start);
        if let Some((key, candidate)) = candidate(text, start, end) {
            candidates.entry(key).or_default().push(candidate);
        }
    }
    candidates
}

/// Classifies a run of digits as a possible mark.
fn candidate(text: &str, start: usize, end: usize) -> Option<((NumberForm, u32), MarkCandidate)> {
    let (before, after, digits) = (&text[..start], &text[end..], &text[start..end]);
    let next = after.chars().next().unwrap_or(' ');
    let brackets = match (before.chars().next_back()?, next) {
        ('(', ')') => Some(NumberForm::Round),
        ('[', ']') if !after[1..].starts_with('(') => Some(NumberForm::Square),
        _ => None,
    };
    if let Some(form) = brackets {
        let glued = before[..start - 1].ends_with(|c: char| !c.is_whitespace() || c == ' ');
        let key = (form, parse_number(digits)?);
        return glued.then_some((key, MarkCandidate { range: range(start - 1, end + 1), sure: true }));
    }
    if is_inside_a_word(after) {
        return None;
    }
    let raised = digits.starts_with(|c: char| !c.is_ascii());
    if raised {
        return Some((
            (NumberForm::Plain, parse_number(digits)?),
            MarkCandidate { range: range(start, end), sure: true },
        ));
    }
    if digits.len() > 4 && digits.is_ascii() && before.ends_with(|c: char| c.is_whitespace() || "(’'–-/.".contains(c))
    {
        let year = digits[..4].parse::<u32>().ok().filter(|year| YEARS.contains(year));
        let key = (NumberForm::Plain, year.and(parse_number(&digits[4..]))?);
        return Some((key, MarkCandidate { range: range(start + 4, end), sure: true }));
    }
    let key = (NumberForm::Plain, parse_number(digits)?);
    glued(before).map(|sure| (key, MarkCandidate { range: range(start, end), sure }))
}

/// Whether digits are the beginning of a longer word or number: « 4e », « 3,5 », « 01-00 ».
fn is_inside_a_word(after: &str) -> bool {
    let mut chars = after.chars();
    match chars.next() {
        Some(c) if c.is_alphanumeric() || c == '_' || c == '°' => true,
        Some('.' | ',' | '-' | '/' | ':' | '\'' | '’') => chars.next().is_some_and(char::is_alphanumeric),
        _ => false,
    }
}

/// Whether digits after this text are attached to a word; the value says whether the mark is certain.
fn glued(before: &str) -> Option<bool> {
    let word = before.trim_end_matches(['»', '”', '"', ')', '.', ',', ';', ':', '’', '…']);
    let signs = before.len() - word.len();
    let start = word.char_indices().rev().take_while(|(_, c)| c.is_alphabetic()).last()?.0;
    let outside = word[..start].chars().next_back().is_none_or(|c| !(c.is_ascii_digit() || "/\\._@".contains(c)));
    let letters = word[start..].chars().count();
    let small = word.ends_with(char::is_lowercase);
    let sure = small && letters >= 2 && signs == 0;
    let likely = sure || letters >= 3;
    (outside && likely).then_some(sure)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::lines;
    use crate::extract::SourcedText;

    fn found(text: &str) -> Vec<(String, String)> {
        let source = SourcedText::from_lines(text);
        let mut lines = lines::measure_lines(&source);
        let notes = find_notes(source.text(), &mut lines);
        let before = |note: &Note| {
            note.mark.map_or(String::new(), |mark| {
                let before = &source.text()[..usize::from(mark.start())];
                before[before.rfind(' ').map_or(0, |at| at + 1)..].to_owned()
            })
        };
        notes.iter().map(|note| (note.label.clone(), before(note))).collect()
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(label, word)| ((*label).to_owned(), (*word).to_owned())).collect()
    }

    #[test]
    fn marks_glued_to_words_and_years_belong_to_the_notes_of_their_page() {
        let text = "vu la décision, d’autre part1, et celle du 18 avril 20132 et du\n15 mars 2018 sur le fleuve3, l’article 174,\nen vue\n\n\
                    1 Textes adoptés.\n2 JO C 45, p. 85.\n3 JO C 58\ndu 15 février.\nd’agir en 20194 enfin.\n\n4 Voir plus haut.\n";
        assert_eq!(found(text), pairs(&[("1", "part"), ("2", "2013"), ("3", "fleuve"), ("4", "2019")]));
    }

    #[test]
    fn notes_in_brackets_or_raised_have_marks_alike_and_numbers_may_begin_again() {
        let text = "Un rapport[1] et un avis [2] du comité.\n\n[1] Premier.\n[2] Second.\n\nUn autre[1] enfin.\n\n[1] Encore.\n";
        assert_eq!(found(text), pairs(&[("1", "rapport"), ("2", ""), ("1", "autre")]));
        assert_eq!(found("mot¹ et fin²\n\n¹ Un.\n² Deux.\n"), pairs(&[("1", "mot"), ("2", "fin")]));
    }

    #[test]
    fn without_its_marks_a_list_is_a_list() {
        for text in [
            "Le comité décide:\n1 Ouvrir la séance.\n2 Clore la séance.\n",
            "Voir CO2 et 2019.\n\n2 Deux.\n",
            "Le prix est de 3,1 ou P8.\n\n1 Un.\n",
            "Rien.\n(1) un\n(2) deux\n",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
