//! Raw documents → running text with its structure, and a map back to the source. Evidence comes only from the document
//! itself and from short built-in lists, never from other documents, so that offsets do not depend on what else was read.
//!
//! Not done here yet, and where it will stand: a page's furniture, notes that fell into a sentence, words parted by a
//! hyphen at a line's end are for a step between `lines` and `structure`, which both see paragraphs.

mod label;
mod lines;
mod markup;
mod replay;
mod structure;
mod title;

use crate::document::{Document, DocumentBuilder};
use crate::extract::{RawBody, RawDocument};
use crate::text::Language;

/// A raw document as a document; its genre is what the source declares, else left open.
pub fn clean(raw: RawDocument) -> Document {
    let RawDocument { member: _, format, title, language, date, genre, metadata, body, set_aside, warnings } = raw;
    let mut builder = DocumentBuilder::new();
    let found = match body {
        RawBody::Lines(text) => structure::build(&lines::paragraphs(&text), &mut builder),
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
    document.warnings.splice(0..0, warnings);
    document
}

/// A declared language counts when the text does not speak clearly for another.
fn language_of(text: &str, declared: Option<Language>) -> Option<Language> {
    let heard = Language::detect(text);
    match (declared, heard) {
        (Some(declared), Some(heard)) if declared.primary() == heard.primary() => Some(declared),
        (declared, heard) => heard.or(declared),
    }
}
