//! Finds notes of HTML whose mark and body link to each other: « … du Conseil (1) » → « (1) JO L 18 … », as written by
//! EUR-Lex, word processors and pandoc. Both links have the same label, and their targets are equal from the first
//! digit on (`#ntr1-E1` and `#ntc1-E1`, `#_ftn1` and `#_ftnref1`). Bodies are moved to the end of the text as notes;
//! marks stay in place without their brackets. A link without a counterpart stays a link.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use crate::document::{BlockKind, InlineKind};
use crate::extract::RawEvent;

/// Maximum length of a label, in characters.
const MAX_LABEL_CHARS: usize = 4;

/// A link that may be the mark of a note or the beginning of its body.
struct Anchor {
    /// Index range of the link's events, including opening and closing.
    events: Range<usize>,
    /// Index range of the events of the leaf that contains the link.
    leaf: Range<usize>,
    label: String,
    /// Target of the link, from its first digit on.
    key: String,
    /// Whether the link is at the beginning of its leaf.
    first: bool,
}

/// Moves notes to the end of the text and turns their marks into footnote references, including marks without a note.
pub(crate) fn link_notes(events: Vec<RawEvent>) -> Vec<RawEvent> {
    mark_superscript_links(with_bodies(events))
}

/// Turns short superscript links into footnote references with any target: « refuge<sup><a>a</a></sup> ».
pub(crate) fn mark_superscript_links(mut events: Vec<RawEvent>) -> Vec<RawEvent> {
    for at in 0..events.len().saturating_sub(4) {
        let outside = &events[at..at + 5];
        let (RawEvent::OpenInline(one), RawEvent::OpenInline(other)) = (&outside[0], &outside[1]) else { continue };
        let is_raised_link = matches!(
            (one, other),
            (InlineKind::Superscript, InlineKind::Link { .. }) | (InlineKind::Link { .. }, InlineKind::Superscript)
        );
        let closes = matches!(&outside[3..], [RawEvent::CloseInline, RawEvent::CloseInline]);
        let follows_a_figure = matches!(
            events.get(at.wrapping_sub(1)),
            Some(RawEvent::Text { text, .. }) if text.ends_with(|c: char| c.is_ascii_digit())
        );
        if let Some(label) = label(&outside[2..3]).filter(|label| {
            // « 1ᵉ » is an ordinal.
            is_raised_link && closes && !(follows_a_figure && label.chars().all(char::is_alphabetic))
        }) {
            let raised = at + usize::from(matches!(other, InlineKind::Superscript));
            events[raised] = RawEvent::OpenInline(InlineKind::FootnoteReference { label });
        }
    }
    events
}

fn with_bodies(events: Vec<RawEvent>) -> Vec<RawEvent> {
    let anchors = anchors(&events);
    let mut marks: HashMap<(&str, &str), Vec<&Anchor>> = HashMap::new();
    for anchor in anchors.iter().filter(|anchor| !anchor.first) {
        marks.entry((&anchor.label, &anchor.key)).or_default().push(anchor);
    }
    let mut labels = HashSet::new();
    let mut notes = Vec::new();
    let mut pieces: Vec<(Range<usize>, Option<String>)> = Vec::new();
    for body in anchors.iter().filter(|anchor| anchor.first) {
        let Some(marks) = marks.remove(&(body.label.as_str(), body.key.as_str())) else { continue };
        let count = labels.len();
        let label =
            if labels.insert(body.label.clone()) { body.label.clone() } else { format!("{}-{count}", body.label) };
        labels.insert(label.clone());
        pieces.extend(marks.iter().map(|mark| (mark.events.clone(), Some(label.clone()))));
        pieces.push((body.leaf.clone(), None));
        notes.push((label, body));
    }
    if notes.is_empty() {
        return events;
    }
    let bodies: Vec<RawEvent> = notes.iter().flat_map(|(label, body)| note(label, body, &events)).collect();
    let mut linked = rebuild(&events, pieces);
    linked.extend(bodies);
    linked
}

/// Finds the links within the page that have a label.
fn anchors(events: &[RawEvent]) -> Vec<Anchor> {
    let mut found: Vec<Anchor> = Vec::new();
    let (mut start, mut first_in_leaf, mut has_text) = (0, 0, false);
    let mut depth = 0_usize;
    let mut open: Option<(usize, usize, String)> = None;
    for (at, event) in events.iter().enumerate() {
        match event {
            RawEvent::Start { .. } => (start, first_in_leaf, has_text, depth, open) = (at, found.len(), false, 0, None),
            RawEvent::End => found[first_in_leaf..].iter_mut().for_each(|anchor| anchor.leaf.end = at + 1),
            RawEvent::Text { text, .. } if open.is_none() => {
                has_text |= text.contains(|c: char| !c.is_whitespace() && c != '(' && c != '[');
            }
            RawEvent::OpenInline(kind) => {
                depth += 1;
                if let (InlineKind::Link { target }, None) = (kind, &open) {
                    open = key(target).map(|key| (at, depth, key));
                }
            }
            RawEvent::CloseInline => {
                if let Some((from, _, key)) = open.take_if(|(_, own, _)| *own == depth)
                    && let Some(label) = label(&events[from..at])
                {
                    let first = !has_text && found.len() == first_in_leaf;
                    found.push(Anchor { events: from..at + 1, leaf: start..at + 1, label, key, first });
                }
                depth = depth.saturating_sub(1);
            }
            _ => {}
        }
    }
    found
}

/// Returns the target of a link within the page, from its first digit on.
fn key(target: &str) -> Option<String> {
    let name = target.strip_prefix('#')?;
    name.find(|c: char| c.is_ascii_digit()).map(|at| name[at..].to_owned())
}

/// Returns the label without brackets: « 12 » for « (12) », « * ».
fn label(events: &[RawEvent]) -> Option<String> {
    let words = events
        .iter()
        .filter_map(|event| if let RawEvent::Text { text, .. } = event { Some(text.as_str()) } else { None });
    let words: String = words.collect();
    let label = words.trim().trim_matches(['(', ')', '[', ']']).trim();
    let counts = label.chars().all(|c| c.is_ascii_digit() || c == '*') || label.chars().count() == 1;
    (counts && !label.is_empty() && label.chars().count() <= MAX_LABEL_CHARS).then(|| label.to_owned())
}

/// Returns the events of a note: its leaf without its own label.
fn note(label: &str, body: &Anchor, events: &[RawEvent]) -> Vec<RawEvent> {
    let mut note = vec![
        RawEvent::Note(label.to_owned()),
        RawEvent::Start { kind: BlockKind::Footnote, depth: 0, marker: Some(label.to_owned()) },
    ];
    let mut fresh = true;
    for event in &events[body.events.end..body.leaf.end.max(body.events.end)] {
        match event {
            RawEvent::Text { text, source } if fresh => {
                let text = text.trim_start_matches(|c: char| c.is_whitespace() || c == ')' || c == ']');
                if !text.is_empty() {
                    fresh = false;
                    note.push(RawEvent::Text { text: text.to_owned(), source: *source });
                }
            }
            event => note.push(event.clone()),
        }
    }
    note.push(RawEvent::EndNote);
    note
}

/// Copies the events without the bodies of notes, and with the marks turned into footnote references.
fn rebuild(events: &[RawEvent], mut pieces: Vec<(Range<usize>, Option<String>)>) -> Vec<RawEvent> {
    pieces.sort_by_key(|(piece, mark)| (piece.start, mark.is_some()));
    let mut rebuilt: Vec<RawEvent> = Vec::with_capacity(events.len());
    let (mut at, mut after_mark) = (0, false);
    for (piece, mark) in pieces {
        if piece.start < at {
            continue;
        }
        copy(&events[at..piece.start], &mut after_mark, &mut rebuilt);
        at = piece.end;
        let Some(label) = mark else { continue };
        if let Some(RawEvent::Text { text, .. }) = rebuilt.last_mut()
            && let Some(bare) = text.strip_suffix(['(', '['])
        {
            *text = bare.to_owned();
            after_mark = true;
        }
        rebuilt.push(RawEvent::OpenInline(InlineKind::FootnoteReference { label: label.clone() }));
        rebuilt.push(RawEvent::Text { text: label, source: None });
        rebuilt.push(RawEvent::CloseInline);
    }
    copy(&events[at..], &mut after_mark, &mut rebuilt);
    rebuilt
}

/// Copies events. Directly after a mark whose opening bracket was removed, the closing bracket is removed too.
fn copy(events: &[RawEvent], after_mark: &mut bool, rebuilt: &mut Vec<RawEvent>) {
    for event in events {
        match event {
            RawEvent::Text { text, source } if std::mem::take(after_mark) => {
                let text = text.strip_prefix([')', ']']).unwrap_or(text).to_owned();
                rebuilt.push(RawEvent::Text { text, source: *source });
            }
            event => rebuilt.push(event.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::html::parse_fragment;

    fn dump(html: &str) -> String {
        let shown = link_notes(parse_fragment(html)).into_iter().map(|event| match event {
            RawEvent::End => "|".to_owned(),
            RawEvent::Text { text, .. } => text,
            RawEvent::OpenInline(InlineKind::FootnoteReference { .. }) => "^".to_owned(),
            RawEvent::Note(label) => format!("note {label}: "),
            _ => String::new(),
        });
        shown.collect()
    }

    #[test]
    fn marks_and_bodies_that_link_to_each_other_are_notes() {
        let table = [
            (
                "<p>du Conseil <a href='#ntr1-E1'>(<sup>1</sup>)</a>, et</p><p><a href='#ntc1-E1'>(1)</a> JO L 1.</p><p>fin</p>",
                "du Conseil ^1, et|fin|note 1: JO L 1.|",
            ),
            (
                "<p>services (<a href='#E0001'>1</a>) peut</p><p>(<a href='#src.E0001'>1</a>) JO L 18.</p>",
                "services ^1 peut|note 1: JO L 18.|",
            ),
            ("<p>mot<a href='#_ftn2'>[2]</a></p><p><a href='#_ftnref2'>[2]</a> <i>Note</i></p>", "mot^2|note 2: Note|"),
            ("<p>voir <a href='#a1'>1</a></p><p><a href='/x'>1</a> y</p>", "voir 1|1 y|"),
            ("<p>refuge<sup><a href='#a'>a</a></sup> prévu</p>", "refuge^a prévu|"),
            ("<p>refuge<sup><a>b</a></sup> prévu</p>", "refuge^b prévu|"),
            ("<p>refuge<a href='#x'><sup>(c)</sup></a> prévu</p>", "refuge^(c) prévu|"),
            ("<p>le 1<sup><a>e</a></sup> article <sup><a>voir</a></sup></p>", "le 1e article voir|"),
            ("<p>sans note</p>", "sans note|"),
        ];
        for (html, expected) in table {
            assert_eq!(dump(html), expected, "{html}");
        }
    }
}
