//! Questions of members of parliament: written, oral, to the Government. Each institution prints them in a form of its own;
//! one file below reads one form from its words, and says how sure it is. A text that only quotes a question has neither
//! the form's headline nor its facts, and is none.

mod assembly;
mod bare;
mod chamber;
mod europe;
mod germany;
mod headline;
mod senate;
mod turns;

use std::ops::Range;

use super::Recognised;
use super::reading::lines::{Line, lines};
use crate::document::{BlockKind, Document, Genre, Key, Metadata, Part, PartKind};
use crate::text::TextRange;

/// The longest text that is looked at, in bytes; a question with its answer has a hundredth of this.
const LONGEST: usize = 1 << 20;

/// One form of question: nothing when the lines are not of that form.
type Form = fn(&[Line]) -> Option<Reading>;

const FORMS: [Form; 6] = [assembly::read, senate::read, europe::read, chamber::read, germany::read, bare::read];

/// What a form found, by number of line.
struct Reading {
    confidence: f32,
    genre: Genre,
    title: Option<String>,
    facts: Metadata,
    /// Question, answer, key data; each with its own heading where it has one.
    sections: Vec<(PartKind, Range<usize>)>,
    /// Lines that are the names of sections.
    headings: Vec<usize>,
    /// Lines of facts.
    key_data: Vec<usize>,
}

impl Reading {
    fn new(genre: Genre, confidence: f32) -> Self {
        Self {
            confidence,
            genre,
            title: None,
            facts: Metadata::default(),
            sections: Vec::new(),
            headings: Vec::new(),
            key_data: Vec::new(),
        }
    }
}

/// Recognises a question, of whatever form.
pub fn recognise(document: &Document) -> Option<Recognised> {
    if document.text.len() > LONGEST {
        return None;
    }
    let lines: Vec<Line> = lines(document).collect();
    let readings = FORMS.iter().filter_map(|form| form(&lines));
    let best = readings.max_by(|a, b| a.confidence.total_cmp(&b.confidence))?;
    Some(recognised(best, &lines))
}

fn recognised(reading: Reading, lines: &[Line]) -> Recognised {
    let mut found = Recognised::new(reading.genre, reading.confidence);
    found.parts = parts(&reading.sections, lines);
    found.kinds = kinds(&reading, lines);
    found.identifiers = identifiers(&reading.facts);
    found.title = reading.title;
    found.date = [Key::AnsweredOn, Key::AskedOn].iter().find_map(|key| reading.facts.get(*key)).map(str::to_owned);
    found.metadata = reading.facts;
    found
}

fn parts(sections: &[(PartKind, Range<usize>)], lines: &[Line]) -> Vec<Part> {
    let range = |span: &Range<usize>| {
        let (first, last) = (lines.get(span.start)?, lines.get(span.end.checked_sub(1)?)?);
        (span.start < span.end).then(|| TextRange::new(first.range.start(), last.range.end()))
    };
    let part = |(kind, span): &(PartKind, Range<usize>)| Some(Part::new(*kind, None, 2, range(span)?));
    let mut parts: Vec<Part> = sections.iter().filter_map(part).collect();
    parts.sort_by_key(|part| part.range.start());
    parts
}

/// Only running text and headings are of another kind for it; cells and items stay what they are.
fn kinds(reading: &Reading, lines: &[Line]) -> Vec<(usize, BlockKind)> {
    let is_free =
        |line: &&usize| matches!(lines[**line].kind, BlockKind::Paragraph | BlockKind::Heading { level: 2.. });
    let of = |numbers: &[usize], kind: BlockKind| -> Vec<(usize, BlockKind)> {
        numbers.iter().filter(is_free).map(|line| (lines[*line].block, kind)).collect()
    };
    let mut kinds = of(&reading.headings, BlockKind::Heading { level: 2 });
    kinds.extend(of(&reading.key_data, BlockKind::KeyData));
    kinds
}

/// « question:43940 » and, as numbers begin anew with each legislature, « question:15:43940 ».
pub fn identifiers(facts: &Metadata) -> Vec<String> {
    let Some(number) = facts.get(Key::Number).map(str::to_lowercase) else { return Vec::new() };
    let mut names = vec![format!("question:{number}")];
    names.extend(facts.get(Key::Legislature).map(|legislature| format!("question:{legislature}:{number}")));
    names
}

#[cfg(test)]
mod tests;
