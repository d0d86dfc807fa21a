//! The text as it is searched: leaves that line breaks alone part are one passage, over which a phrase runs, and the marks of
//! notes are no words, be they letters. Offsets stay those of the text.

use std::borrow::Cow;

use super::{Block, BlockKind, Document, InlineKind, Marker, PartKinds};
use crate::text::TextRange;

/// Words that go on with each other, and the kinds of the parts they lie in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Passage {
    /// One leaf or several, with the line ends between them.
    pub range: TextRange,
    /// The kinds of the parts that contain it; leaves of other kinds form another passage.
    pub kinds: PartKinds,
}

fn passages(document: &Document) -> Vec<Passage> {
    let mut passages: Vec<Passage> = Vec::new();
    let mut before: Option<&Block> = None;
    for (block, kinds) in document.leaf_kinds().filter(|(block, _)| !block.range.is_empty()) {
        let goes_on = before.is_some_and(|before| goes_on(before, block));
        before = Some(block);
        match passages.last_mut() {
            Some(last) if goes_on && last.kinds == kinds => last.range = last.range.cover(block.range),
            _ => passages.push(Passage { range: block.range, kinds }),
        }
    }
    passages
}

fn goes_on(before: &Block, block: &Block) -> bool {
    let is_heading = |block: &Block| matches!(block.kind, BlockKind::Heading { .. });
    block.marker == Some(Marker::GoesOn) && is_heading(before) == is_heading(block)
}

/// The text of a range for searching, with the same length; reference marks of notes are replaced by spaces.
fn searched(document: &Document, range: TextRange) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(document.slice(range));
    let first = document.inlines.partition_point(|inline| inline.range.start() < range.start());
    let inside = document.inlines[first..].iter().take_while(|inline| inline.range.start() < range.end());
    for inline in inside.filter(|inline| matches!(inline.kind, InlineKind::FootnoteReference { .. })) {
        let Some(mark) = range.intersect(inline.range) else { continue };
        // Raised figures are no words as it is.
        if !document.slice(mark).contains(|c: char| c.is_alphabetic() || c.is_ascii_digit()) {
            continue;
        }
        let inside = mark - range.start();
        text.to_mut()
            .replace_range(usize::from(inside.start())..usize::from(inside.end()), &" ".repeat(inside.len().into()));
    }
    text
}

impl Document {
    /// The text as it is searched: the sequences of blocks that phrases may cross, in order.
    pub fn passages(&self) -> Vec<Passage> {
        passages(self)
    }

    /// The words of a range as they are searched, of the same length: without the letters and figures of notes' marks.
    pub fn searched(&self, range: TextRange) -> Cow<'_, str> {
        searched(self, range)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::DocumentBuilder;

    #[test]
    fn leaves_that_a_line_break_parts_are_one_passage() {
        let mut builder = DocumentBuilder::new();
        for (words, kind, goes_on) in [
            ("un", BlockKind::Paragraph, false),
            ("deux", BlockKind::Paragraph, true),
            ("titre", BlockKind::Heading { level: 1 }, true),
            ("trois", BlockKind::Paragraph, true),
            ("quatre", BlockKind::Paragraph, false),
        ] {
            builder.start(kind, 0);
            builder.label(None, goes_on.then_some(Marker::GoesOn));
            builder.push(words, None);
        }
        let document = builder.finish(None);
        let found: Vec<&str> = document.passages().iter().map(|passage| document.slice(passage.range)).collect();
        assert_eq!(found, ["un\ndeux", "titre", "trois", "quatre"]);
    }

    #[test]
    fn the_mark_of_a_note_is_no_word() {
        let mut builder = DocumentBuilder::new();
        builder.push("le refuge", None);
        builder.open_inline(InlineKind::FootnoteReference { label: "é".to_owned() });
        builder.push("é", None);
        builder.close_inline();
        builder.push(" prévu", None);
        let document = builder.finish(None);
        assert_eq!(document.searched(TextRange::from(&document)), "le refuge   prévu");
    }
}
