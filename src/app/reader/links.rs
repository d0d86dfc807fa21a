//! What can be followed in a text: marks of notes, links, references to documents of the library. One of them may be at
//! hand; a note may be shown over the text. It finds and remembers; what following does stands in `following`.

use crate::document::{Document, Footnote, Inline, InlineKind, Reference};
use crate::layout::Line;
use crate::text::{TextRange, TextSize};

/// Where a stretch of text leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// To a note, by its number in [`Document::footnotes`].
    Note(usize),
    /// To a note of this label that the document has not.
    NoNote(String),
    /// To an address.
    Address(String),
    /// To another document, by its id.
    Document(String),
}

/// A stretch of text that leads somewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The words.
    pub range: TextRange,
    /// Where they lead.
    pub target: LinkTarget,
}

/// A note shown over the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotePopup {
    /// Its number in [`Document::footnotes`].
    pub note: usize,
    /// The mark it was asked for at.
    pub mark: TextRange,
    /// The first of its lines in view.
    pub top: usize,
    /// All of its lines at the text's measure.
    pub lines: Vec<Line>,
    /// The row of the page its mark stands on.
    pub row: u16,
}

impl NotePopup {
    /// Its first row on a page of that height, and how many it takes with its frame: as many as it has lines, on the side
    /// of its mark where there is more room. Only a page too low for both is covered.
    pub fn rows_of(&self, page: u16) -> (u16, u16) {
        let wanted = u16::try_from(self.lines.len()).unwrap_or(u16::MAX).saturating_add(2).min(page);
        let (above, below) = (self.row, page.saturating_sub(self.row + 1));
        if wanted <= below || below >= above.max(3) {
            return (self.row + 1, wanted.min(below));
        }
        let height = if above >= 3 { wanted.min(above) } else { wanted };
        (above.max(height) - height, height)
    }

    /// Scrolls by rows; as far as it goes is seen to when it is laid out.
    pub fn scroll(&mut self, rows: i32) {
        self.top = self.top.saturating_add_signed(rows as isize).min(self.lines.len());
    }
}

/// The mark one left for its note, and the place of the page then.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Departure {
    /// The note.
    pub note: usize,
    /// Its mark.
    pub mark: TextRange,
    /// The text at the top of the page.
    pub place: TextSize,
}

/// What one is pointing at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkFocus {
    /// The words at hand.
    pub target: Option<TextRange>,
    /// The note shown.
    pub popup: Option<NotePopup>,
    /// Where one came from, while one is at a note.
    pub departure: Option<Departure>,
}

/// The first target that starts at or after an offset.
pub fn first_from(document: &Document, from: TextSize) -> Option<Link> {
    let inlines = &document.inlines[document.inlines.partition_point(|inline| inline.range.start() < from)..];
    let references = &document.references[document.references.partition_point(|one| one.range.start() < from)..];
    let inline = inlines.iter().find_map(|inline| of_inline(document, inline));
    let reference = references.iter().find_map(of_reference);
    inline.into_iter().chain(reference).min_by_key(|target| target.range.start())
}

/// The last target that starts before an offset.
pub fn last_before(document: &Document, before: TextSize) -> Option<Link> {
    let inlines = &document.inlines[..document.inlines.partition_point(|inline| inline.range.start() < before)];
    let references = &document.references[..document.references.partition_point(|one| one.range.start() < before)];
    let inline = inlines.iter().rev().find_map(|inline| of_inline(document, inline));
    let reference = references.iter().rev().find_map(of_reference);
    reference.into_iter().chain(inline).max_by_key(|target| target.range.start())
}

/// The note whose body holds an offset.
pub fn note_at(document: &Document, offset: TextSize) -> Option<usize> {
    document.footnotes.iter().position(|note| note.body.contains(offset))
}

/// The range of the first mark of a note.
pub fn first_mark(document: &Document, note: &Footnote) -> Option<TextRange> {
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

/// The note of a mark: the one that knows it, for labels may begin anew; else the first of its label.
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
