//! Recognises resolutions of the European Parliament and texts of the same structure: of the United Nations, the
//! Council of Europe, national assemblies. A resolution is one sentence whose subject is a body, with citations,
//! recitals and numbered operative paragraphs. Evidence is the name of the kind near the start, the body as the
//! subject, a preamble and demands. Acts have the same preamble and are distinguished by their enacting formula.

mod head;
mod opening;
mod parts;
mod vocabulary;

use self::head::HEAD_LEAVES;
use self::parts::ResolutionParts;
use self::vocabulary::{AdoptingBody, BODIES, ENACTING, NAMES};
use super::Recognised;
use super::reading::wording::{beginning, plain, running, starts_with_any};
use crate::document::{BlockKind, Document, Genre, Key, PartKind};
use crate::text::TextSize;

/// Number of bytes of a leaf that are searched for the name.
const NAME_WINDOW: usize = 160;

pub(super) fn recognise(document: &Document) -> Option<Recognised> {
    if document.genre != Genre::Resolution && (!is_named(document) || is_enacted(document)) {
        return None;
    }
    let found = parts::read_parts(document);
    let head = head::read_head(document, found.start);
    let confidence = confidence(document, &found, head.is_numbered_resolution);
    let mut recognised = Recognised::new(Genre::Resolution, confidence);
    let body = found.body.or(head.body).or_else(|| first_named(document, &found));
    if let Some(body) = body {
        recognised.metadata.set(Key::Institution, body.name);
        recognised.metadata.set(Key::Country, body.country);
    }
    recognised.metadata.set(Key::Number, head.number.unwrap_or_default());
    recognised.metadata.set(Key::AdoptedOn, head.adopted_on.clone().unwrap_or_default());
    recognised.metadata.set(Key::Dated, head.dated.clone().unwrap_or_default());
    recognised.date = head.adopted_on.or(head.dated);
    recognised.title = head.title;
    recognised.identifiers = head.identifiers;
    recognised.parts = found.parts;
    recognised.kinds = found.titles;
    Some(recognised)
}

/// Returns the body named in the first part: « 1. L’Assemblée parlementaire … ».
fn first_named(document: &Document, found: &ResolutionParts) -> Option<&'static AdoptingBody> {
    let words = document.slice(found.parts.first()?.range);
    BODIES.iter().find(|body| head::names(words, body))
}

/// Whether one of the first leaves names the kind.
fn is_named(document: &Document) -> bool {
    let may = |text: &str| ["sol", "SOL", "schl", "SCHL"].iter().any(|piece| text.contains(piece));
    let named = |text: &str| {
        may(text) && {
            let plain = plain(text);
            NAMES.iter().any(|name| plain.contains(name))
        }
    };
    running(document).take(HEAD_LEAVES).any(|(_, leaf)| named(beginning(document.slice(leaf.range), NAME_WINDOW)))
}

/// Whether the text has an enacting formula or articles.
fn is_enacted(document: &Document) -> bool {
    let articles = running(document)
        .filter(|(_, leaf)| matches!(leaf.kind, BlockKind::Heading { .. }))
        .filter(|(_, leaf)| plain(document.slice(leaf.range)).starts_with("article "));
    articles.take(2).count() > 1
        || running(document).any(|(_, leaf)| starts_with_any(&plain(document.slice(leaf.range)), ENACTING))
}

/// Computes the confidence as a sum of shares; 0 for a text that only contains a resolution.
fn confidence(document: &Document, found: &ResolutionParts, numbered: bool) -> f32 {
    let preamble = found.count(PartKind::Citation) + found.count(PartKind::Recital);
    let operative = found.count(PartKind::Paragraph);
    let has_shape = operative > 0 && preamble > 0 || numbered && operative > 2;
    if !has_shape || !is_most_of_it(document, found) {
        return 0.0;
    }
    let share = |holds: bool, share: f32| if holds { share } else { 0.0 };
    share(true, 0.3)
        + share(found.body.is_some() || numbered, 0.4)
        + share(preamble > 1, 0.2)
        + share(operative > 1, 0.1)
}

/// Whether the parts cover at least two fifths of the text from the start of the resolution on.
fn is_most_of_it(document: &Document, found: &ResolutionParts) -> bool {
    let start = found.start.unwrap_or_default();
    let behind = running(document).filter(|(_, leaf)| leaf.range.start() >= start);
    let whole: u64 = behind.map(|(_, leaf)| u64::from(u32::from(leaf.range.len()))).sum();
    let mut reach = TextSize::default();
    let mut covered = 0_u64;
    for part in &found.parts {
        let end = part.range.end().max(reach);
        covered += u64::from(u32::from(end - part.range.start().max(reach).min(end)));
        reach = end;
    }
    covered * 5 >= whole * 2
}
