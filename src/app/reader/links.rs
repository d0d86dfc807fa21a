//! The links in a text: marks of notes, hyperlinks, references to documents of the library; the focused link and the
//! note that is shown over the text. Following a link is done in `follow`.

use crate::document::{Document, Footnote, Inline, InlineKind, Reference};
use crate::layout::Line;
use crate::text::{TextRange, TextSize};

/// The target of a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// A note, by its index in [`Document::footnotes`].
    Note(usize),
    /// A note with a label that the document does not have.
    NoNote(String),
    /// An address.
    Address(String),
    /// Another document, by its id.
    Document(String),
}

/// A stretch of text with a target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub(crate) range: TextRange,
    pub(crate) target: LinkTarget,
}

/// A note shown over the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotePopup {
    /// Its index in [`Document::footnotes`].
    pub note: usize,
    /// The mark from which it was opened.
    pub mark: TextRange,
    /// Index of the first line in view.
    pub top: usize,
    /// All lines of the note, at the measure of the text.
    pub lines: Vec<Line>,
    /// The row of the page that contains its mark.
    pub row: u16,
}

impl NotePopup {
    /// Its first row on a page of this height, and the number of its rows with the frame: as many as it has lines, on
    /// the side of its mark with more room. The mark is covered only if the page is too low for both sides.
    pub fn rows_of(&self, page: u16) -> (u16, u16) {
        let wanted = u16::try_from(self.lines.len()).unwrap_or(u16::MAX).saturating_add(2).min(page);
        let (above, below) = (self.row, page.saturating_sub(self.row + 1));
        if wanted <= below || below >= above.max(3) {
            return (self.row + 1, wanted.min(below));
        }
        let height = if above >= 3 { wanted.min(above) } else { wanted };
        (above.max(height) - height, height)
    }

    /// Scrolls by rows. The limit is applied when the note is laid out.
    pub fn scroll(&mut self, rows: i32) {
        self.top = self.top.saturating_add_signed(rows as isize).min(self.lines.len());
    }
}

/// The mark from which a note was reached, and the place of the page at that time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Departure {
    pub(crate) note: usize,
    pub(crate) mark: TextRange,
    /// The text at the top of the page.
    pub place: TextSize,
}

/// The focused link and the note that is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkFocus {
    /// The range of the focused link.
    pub target: Option<TextRange>,
    /// The note that is shown over the text.
    pub popup: Option<NotePopup>,
    /// The mark from which the present note was reached.
    pub departure: Option<Departure>,
}

/// The first link that starts at or after an offset.
pub(crate) fn first_from(document: &Document, from: TextSize) -> Option<Link> {
    let inlines = &document.inlines[document.inlines.partition_point(|inline| inline.range.start() < from)..];
    let references =
        &document.references[document.references.partition_point(|reference| reference.range.start() < from)..];
    let inline = inlines.iter().find_map(|inline| of_inline(document, inline));
    let reference = references.iter().find_map(of_reference);
    inline.into_iter().chain(reference).min_by_key(|target| target.range.start())
}

/// The last link that starts before an offset.
pub(crate) fn last_before(document: &Document, before: TextSize) -> Option<Link> {
    let inlines = &document.inlines[..document.inlines.partition_point(|inline| inline.range.start() < before)];
    let references =
        &document.references[..document.references.partition_point(|reference| reference.range.start() < before)];
    let inline = inlines.iter().rev().find_map(|inline| of_inline(document, inline));
    let reference = references.iter().rev().find_map(of_reference);
    reference.into_iter().chain(inline).max_by_key(|target| target.range.start())
}

/// Index of the note whose body contains an offset.
pub(crate) fn note_at(document: &Document, offset: TextSize) -> Option<usize> {
    document.footnotes.iter().position(|note| note.body.contains(offset))
}

/// The range of the first mark of a note.
pub(crate) fn first_mark(document: &Document, note: &Footnote) -> Option<TextRange> {
    let start = *note.references.first()?;
    let first = document.inlines.partition_point(|inline| inline.range.start() < start);
    let here = document.inlines[first..].iter().take_while(|inline| inline.range.start() == start);
    let mut marks = here.filter(|inline| matches!(inline.kind, InlineKind::FootnoteReference { .. }));
    Some(marks.next().map_or(TextRange::empty(start), |inline| inline.range))
}

fn of_inline(document: &Document, inline: &Inline) -> Option<Link> {
    let target = match &inline.kind {
        InlineKind::FootnoteReference { label } => note_of(document, label, inline.range.start()),
        InlineKind::Link { target } if !matches!(target.trim(), "" | "#") => LinkTarget::Address(target.clone()),
        _ => return None,
    };
    Some(Link { range: inline.range, target })
}

fn of_reference(reference: &Reference) -> Option<Link> {
    let id = reference.target.clone()?;
    Some(Link { range: reference.range, target: LinkTarget::Document(id) })
}

/// The note of a mark: the one that lists the mark, because labels can be used twice; else the first with its label.
fn note_of(document: &Document, label: &str, mark: TextSize) -> LinkTarget {
    let notes = &document.footnotes;
    let known = notes.iter().position(|note| note.references.contains(&mark));
    let found = known.or_else(|| notes.iter().position(|note| note.label == label));
    found.map_or_else(|| LinkTarget::NoNote(label.to_owned()), LinkTarget::Note)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::offset::range;

    fn document() -> Document {
        let mark = |at: usize, label: &str| Inline {
            kind: InlineKind::FootnoteReference { label: label.to_owned() },
            range: range(at, at + 1),
        };
        let link = |from: usize, target: &str| Inline {
            kind: InlineKind::Link { target: target.to_owned() },
            range: range(from, from + 2),
        };
        let note = |label: &str, at: u32, from: usize| Footnote {
            label: label.to_owned(),
            body: range(from, from + 5),
            references: vec![TextSize::new(at)],
        };
        Document {
            text: "x".repeat(60),
            inlines: vec![mark(2, "1"), link(6, "#"), link(9, "https://a.fr"), mark(20, "1"), mark(25, "9")],
            footnotes: vec![note("1", 2, 40), note("1", 20, 46)],
            references: vec![
                Reference { range: range(12, 15), names: "question:1".to_owned(), target: None },
                Reference { range: range(16, 18), names: "question:2".to_owned(), target: Some("abc".to_owned()) },
            ],
            ..Document::default()
        }
    }

    #[test]
    fn targets_are_walked_in_order_both_ways_and_what_leads_nowhere_is_left_out() {
        let document = document();
        let mut found = Vec::new();
        let mut from = TextSize::new(0);
        while let Some(target) = first_from(&document, from) {
            from = target.range.start() + TextSize::new(1);
            found.push(target);
        }
        let leads: Vec<LinkTarget> = found.iter().map(|target| target.target.clone()).collect();
        assert_eq!(
            leads,
            [
                LinkTarget::Note(0),
                LinkTarget::Address("https://a.fr".to_owned()),
                LinkTarget::Document("abc".to_owned()),
                LinkTarget::Note(1),
                LinkTarget::NoNote("9".to_owned()),
            ]
        );
        let mut back = Vec::new();
        let mut before = document.len();
        while let Some(target) = last_before(&document, before) {
            before = target.range.start();
            back.push(target);
        }
        back.reverse();
        assert_eq!(back, found);
    }

    #[test]
    fn a_note_knows_its_mark_and_an_offset_its_note() {
        let document = document();
        assert_eq!(note_at(&document, TextSize::new(47)), Some(1));
        assert_eq!(note_at(&document, TextSize::new(3)), None);
        assert_eq!(first_mark(&document, &document.footnotes[1]), Some(range(20, 21)));
    }
}
