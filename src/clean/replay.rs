//! Builds blocks from content that its format has marked up: replays the events, adds the labels that open paragraphs,
//! and links notes to their marks.

use std::collections::HashMap;

use super::label::{self, Label};
use super::superscript::superscript;
use super::{markup, structure, title};
use crate::document::{BlockKind, DocumentBuilder, Footnote, InlineKind, Marker, Part, PartKind};
use crate::extract::{RawEvent, beginning};
use crate::text::offset::offset;
use crate::text::{TextRange, TextSize};

/// Number of bytes at the start of a leaf that are searched for a label.
const LABEL_WINDOW: usize = 64;

/// A note whose body is not complete yet.
struct OpenNote {
    label: String,
    start: TextSize,
}

/// Replays events into a builder and returns the title: the first usable heading of level 1 or 2, otherwise the first
/// line that looks like a title.
pub(super) fn replay(events: Vec<RawEvent>, builder: &mut DocumentBuilder) -> Option<String> {
    let leaves = leaves(&events);
    let headings = leaves.iter().filter(|leaf| matches!(leaf.kind, BlockKind::Heading { level: 1..=2 }));
    let titled = title::choose(headings.map(|leaf| leaf.text.as_str()))
        .or_else(|| title::choose(leaves.iter().map(|leaf| leaf.text.as_str())))
        .map(|title| title.text);
    let mut kinds = kinds(&leaves).into_iter();
    let mut labels = labels(&leaves).into_iter();
    let mut references: Vec<(String, TextSize)> = Vec::new();
    let mut notes: Vec<(String, TextRange)> = Vec::new();
    let mut note: Option<OpenNote> = None;
    let mut parts: Vec<(PartKind, Option<String>, TextSize)> = Vec::new();
    let mut pending: Option<(TextSize, Label)> = None;
    let (mut in_mark, mut continues) = (false, false);
    for event in events {
        if !matches!(event, RawEvent::Text { .. } | RawEvent::OpenInline(_) | RawEvent::CloseInline) {
            set_pending_label(builder, pending.take());
        }
        match event {
            RawEvent::Open(kind) => builder.open(kind),
            RawEvent::Close => builder.close(),
            RawEvent::Start { kind, depth, marker } => {
                builder.start(kinds.next().unwrap_or(kind), depth);
                let label = labels.next().flatten();
                let continues = std::mem::take(&mut continues);
                match marker {
                    None if continues && label.is_none() => builder.label(None, Some(Marker::GoesOn)),
                    Some(marker) => builder.label(bare_label(&marker), Some(Marker::Virtual(marker))),
                    None => pending = label.map(|label| (builder.at(), label)),
                }
            }
            RawEvent::End => builder.end(),
            RawEvent::Continuation => continues = true,
            RawEvent::Text { text, source } if in_mark => {
                builder.push(&text.chars().map(superscript).collect::<String>(), source);
            }
            RawEvent::Text { text, source } => markup::push_raised(&text, source, builder),
            RawEvent::OpenInline(kind) => {
                let label =
                    if let InlineKind::FootnoteReference { label } = &kind { Some(label.clone()) } else { None };
                in_mark |= label.is_some();
                builder.open_inline(kind);
                references.extend(label.map(|label| (label, builder.at())));
            }
            RawEvent::CloseInline => {
                in_mark = false;
                builder.close_inline();
            }
            RawEvent::Note(label) => {
                builder.end();
                let start = builder.next_start();
                note = Some(OpenNote { label, start });
            }
            RawEvent::EndNote => {
                builder.end();
                let open = note.take().filter(|open| open.start < builder.at());
                notes.extend(open.map(|open| (open.label, TextRange::new(open.start, builder.at()))));
            }
            RawEvent::OpenPart { kind, label } => {
                builder.end();
                parts.push((kind, label, builder.next_start()));
            }
            RawEvent::ClosePart => {
                builder.end();
                close_part(&mut parts, builder);
            }
        }
    }
    set_pending_label(builder, pending);
    builder.end();
    while !parts.is_empty() {
        close_part(&mut parts, builder);
    }
    let mut marks: HashMap<String, Vec<TextSize>> = HashMap::new();
    for (label, at) in references {
        marks.entry(label).or_default().push(at);
    }
    for (label, body) in notes {
        let references = marks.get(&label).cloned().unwrap_or_default();
        builder.footnote(Footnote { label, body, references });
    }
    titled
}

/// Ends the innermost open part; a part without text is discarded.
fn close_part(open: &mut Vec<(PartKind, Option<String>, TextSize)>, builder: &mut DocumentBuilder) {
    let Some((kind, label, start)) = open.pop() else { return };
    let level = u8::try_from(open.len() + 1).unwrap_or(u8::MAX);
    if start < builder.at() {
        builder.part(Part::new(kind, label, level, TextRange::new(start, builder.at())));
    }
}

/// Kind and text of a leaf, collected before it is built.
struct Leaf {
    kind: BlockKind,
    marked: bool,
    text: String,
}

fn leaves(events: &[RawEvent]) -> Vec<Leaf> {
    let mut leaves: Vec<Leaf> = Vec::new();
    for event in events {
        match event {
            RawEvent::Start { kind, marker, .. } => {
                leaves.push(Leaf { kind: *kind, marked: marker.is_some(), text: String::new() });
            }
            RawEvent::Text { text, .. } => {
                if let Some(leaf) = leaves.last_mut() {
                    leaf.text.push_str(text);
                }
            }
            _ => {}
        }
    }
    leaves
}

/// Returns the kinds of the leaves. Where the format marks no heading below level 1, paragraphs that are numbered
/// titles or names of sections become headings.
fn kinds(leaves: &[Leaf]) -> Vec<BlockKind> {
    let mut kinds: Vec<BlockKind> = leaves.iter().map(|leaf| leaf.kind).collect();
    if kinds.iter().any(|kind| matches!(kind, BlockKind::Heading { level: 2.. })) {
        return kinds;
    }
    for (kind, leaf) in kinds.iter_mut().zip(leaves) {
        let level = (*kind == BlockKind::Paragraph && !leaf.marked).then(|| structure::named_heading(leaf.text.trim()));
        if let Some(level) = level.flatten() {
            *kind = BlockKind::Heading { level };
        }
    }
    structure::renumber_levels(&mut kinds);
    kinds
}

/// Returns the label that opens each leaf; only paragraphs and items without a marker of their own have one.
fn labels(leaves: &[Leaf]) -> Vec<Option<Label>> {
    let opening = |leaf: &Leaf| match leaf.kind {
        BlockKind::Paragraph | BlockKind::Item if !leaf.marked => beginning(&leaf.text, LABEL_WINDOW).to_owned(),
        _ => String::new(),
    };
    let openings: Vec<String> = leaves.iter().map(opening).collect();
    label::labels(openings.iter().map(String::as_str))
}

/// Sets the label found at the start of the open leaf.
fn set_pending_label(builder: &mut DocumentBuilder, pending: Option<(TextSize, Label)>) {
    let Some((start, label)) = pending else { return };
    let end = start + offset(label.length);
    if end <= builder.at() {
        builder.label(label.text, Some(Marker::InText(TextRange::new(start, end))));
    }
}

/// Returns the label without punctuation: « 3 » for « 3. », `None` for a bullet.
fn bare_label(marker: &str) -> Option<String> {
    let bare = marker.trim_matches(|c: char| !c.is_alphanumeric());
    (!bare.is_empty()).then(|| bare.to_owned())
}
