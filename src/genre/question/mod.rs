//! Recognises questions of members of parliament: written, oral, to the Government. Each institution prints them in its
//! own form; each file below reads one form and returns its confidence. A text that only quotes a question lacks the
//! headline and the key data and is not recognised.

mod assembly;
mod bare;
mod chamber;
mod europe;
mod form;
mod germany;
mod headline;
mod senate;
mod turns;

use std::ops::Range;

use self::form::FormResult;
use super::Recognised;
use super::reading::lines::{FoldedLine, lines};
use crate::document::{BlockKind, Document, Key, Metadata, Part, PartKind};
use crate::text::TextRange;

/// Maximum length of a text that is examined, in bytes; a question with its answer is about a hundredth of this.
const MAX_TEXT_BYTES: usize = 1 << 20;

/// A form of question; the function returns `None` if the lines are not of that form.
type Form = fn(&[FoldedLine]) -> Option<FormResult>;

const FORMS: [Form; 6] = [
    assembly::read_form,
    senate::read_form,
    europe::read_form,
    chamber::read_form,
    germany::read_form,
    bare::read_form,
];

/// Recognises a question of any form.
pub(super) fn recognise(document: &Document) -> Option<Recognised> {
    if document.text.len() > MAX_TEXT_BYTES {
        return None;
    }
    let lines: Vec<FoldedLine> = lines(document).collect();
    let readings = FORMS.iter().filter_map(|form| form(&lines));
    let best = readings.max_by(|a, b| a.confidence.total_cmp(&b.confidence))?;
    Some(recognised(best, &lines))
}

fn recognised(reading: FormResult, lines: &[FoldedLine]) -> Recognised {
    let mut found = Recognised::new(reading.genre, reading.confidence);
    found.parts = parts(&reading.sections, lines);
    found.kinds = kinds(&reading, lines);
    found.identifiers = identifiers(&reading.facts);
    found.title = reading.title;
    found.date = [Key::AnsweredOn, Key::AskedOn].iter().find_map(|key| reading.facts.get(*key)).map(str::to_owned);
    found.metadata = reading.facts;
    found
}

fn parts(sections: &[(PartKind, Range<usize>)], lines: &[FoldedLine]) -> Vec<Part> {
    let range = |span: &Range<usize>| {
        let (first, last) = (lines.get(span.start)?, lines.get(span.end.checked_sub(1)?)?);
        (span.start < span.end).then(|| TextRange::new(first.range.start(), last.range.end()))
    };
    let part = |(kind, span): &(PartKind, Range<usize>)| Some(Part::new(*kind, None, 2, range(span)?));
    let mut parts: Vec<Part> = sections.iter().filter_map(part).collect();
    parts.sort_by_key(|part| part.range.start());
    parts
}

/// Returns the corrected kinds of blocks. Only paragraphs and headings are changed, not cells and items.
fn kinds(reading: &FormResult, lines: &[FoldedLine]) -> Vec<(usize, BlockKind)> {
    let is_free =
        |line: &&usize| matches!(lines[**line].kind, BlockKind::Paragraph | BlockKind::Heading { level: 2.. });
    let of = |numbers: &[usize], kind: BlockKind| -> Vec<(usize, BlockKind)> {
        numbers.iter().filter(is_free).map(|line| (lines[*line].block, kind)).collect()
    };
    let mut kinds = of(&reading.headings, BlockKind::Heading { level: 2 });
    kinds.extend(of(&reading.key_data, BlockKind::KeyData));
    kinds
}

/// Returns « question:43940 » and, since numbers restart with each legislature, « question:15:43940 ».
pub(super) fn identifiers(facts: &Metadata) -> Vec<String> {
    let Some(number) = facts.get(Key::Number).map(str::to_lowercase) else { return Vec::new() };
    let mut names = vec![format!("question:{number}")];
    names.extend(facts.get(Key::Legislature).map(|legislature| format!("question:{legislature}:{number}")));
    names
}

#[cfg(test)]
mod tests;
