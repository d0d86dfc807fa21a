//! Turns raw documents into running text with its structure and a map back to the source. The evidence comes only from
//! the document itself and from short built-in lists, never from other documents, so that offsets do not depend on the
//! rest of the library.
//!
//! For text made of lines: `lines` measures them; `furniture` (with `running` and `shape`) and `notes` find the lines
//! that are not running text; `paragraphs` joins the others (`hyphen` and `words` rejoin broken words, `superscript`
//! sets marks of notes); `structure` builds blocks. For content that its format has marked up: `replay`.

mod furniture;
mod hyphen;
mod label;
mod lines;
mod markup;
mod notes;
mod paragraphs;
mod replay;
mod running;
mod shape;
mod structure;
mod superscript;
mod title;
mod words;

use crate::document::{Document, DocumentBuilder, Segment, SetAside};
use crate::extract::{RawBody, RawDocument};
use crate::text::{Language, TextRange, TextSize};

/// Turns a raw document into a document. Its genre is the one its source declares; `genre` recognises the others.
pub fn clean(raw: RawDocument) -> Document {
    let RawDocument { member: _, format, title, language, date, genre, metadata, body, set_aside, warnings } = raw;
    let mut builder = DocumentBuilder::new();
    let mut furniture = Vec::new();
    let mut end = TextSize::new(0);
    let found = match body {
        RawBody::Lines(text) => {
            let mut paragraphs = paragraphs::split_paragraphs(&text);
            furniture = std::mem::take(&mut paragraphs.furniture);
            let found = structure::build(&paragraphs.running, &paragraphs.notes, &mut builder);
            end = found.end;
            found.title
        }
        RawBody::Marked(events) => replay::replay(events, &mut builder),
    };
    let title = title.and_then(|title| title::declared(&title)).or(found);
    let mut document = builder.finish(title.as_deref());
    document.language = language_of(&document.text, language);
    document.format = format.to_owned();
    document.date = date;
    document.genre = genre.unwrap_or_default();
    document.metadata = metadata;
    document.set_aside = set_aside;
    document.set_aside.extend(to_set_aside(furniture, &document, end));
    document.warnings.splice(0..0, warnings);
    document
}

/// Records furniture as text set aside, each item at the position in the running text where it was removed. The notes
/// come after the running text and are not searched for that position.
fn to_set_aside(furniture: Vec<(String, TextRange)>, document: &Document, end: TextSize) -> Vec<SetAside> {
    let map = document.source_map.segments();
    let running = &map[..map.partition_point(|segment| segment.text().start() < end)];
    let place = |source: TextRange| {
        let before = running.partition_point(|segment| segment.source().start() <= source.start());
        before.checked_sub(1).map_or(TextSize::new(0), |last| match running[last] {
            Segment::Kept { text, source: from } => text.start() + (source.start().min(from.end()) - from.start()),
            Segment::Replaced { text, source: gap } if source.start() < gap.end() => text.start(),
            Segment::Replaced { text, .. } => text.end(),
        })
    };
    let aside =
        |(text, source)| SetAside { kind: "furniture".to_owned(), text, at: place(source), source: Some(source) };
    furniture.into_iter().map(aside).collect()
}

/// Chooses the language of a document: the declared one unless another language is detected in the text.
fn language_of(text: &str, declared: Option<Language>) -> Option<Language> {
    let detected = Language::detect(text);
    match (declared, detected) {
        (Some(declared), Some(detected)) if declared.primary() == detected.primary() => Some(declared),
        (declared, detected) => detected.or(declared),
    }
}
