//! The set of kinds of the parts that contain a block, which searches within parts test. Computed on demand.

use super::{Block, BlockKind, Document, PartKind};
use crate::text::TextRange;

/// A set of kinds of parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct PartKinds(u16);

impl PartKinds {
    /// No kind.
    pub const NONE: Self = Self(0);

    /// The set with one kind more.
    #[must_use]
    pub fn with(self, kind: PartKind) -> Self {
        Self(self.0 | (1 << kind as u16))
    }

    /// Union of the two sets.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether it has none.
    pub fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Whether some kind is in both.
    pub fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Its kinds, in the order of [`PartKind::ALL`].
    pub fn iter(self) -> impl Iterator<Item = PartKind> {
        PartKind::ALL.into_iter().filter(move |kind| self.meets(Self::NONE.with(*kind)))
    }

    /// Encodes the set as a character, stable because it is stored in indexes.
    pub fn code(self) -> char {
        char::from_u32(u32::from('Ā') + u32::from(self.0)).unwrap_or('Ā')
    }

    /// Decodes a set from its character.
    pub fn from_code(code: char) -> Option<Self> {
        let bits = u32::from(code).checked_sub(u32::from('Ā'))?;
        (bits < 1 << PartKind::ALL.len()).then_some(Self(bits as u16))
    }
}

impl FromIterator<PartKind> for PartKinds {
    fn from_iter<T: IntoIterator<Item = PartKind>>(kinds: T) -> Self {
        kinds.into_iter().fold(Self::NONE, Self::with)
    }
}

/// The leaf blocks in order, each with the kinds of the parts that contain at least a piece of it. A heading and a note
/// are parts of their own kind; the part of a heading is its own text, without the text below it.
fn leaves(document: &Document) -> impl Iterator<Item = (&Block, PartKinds)> {
    let of = |range: TextRange, kind: PartKind| (range, kind);
    let notes = document.footnotes.iter().map(|note| of(note.body, PartKind::Note));
    let mut parts: Vec<(TextRange, PartKind)> =
        document.parts.iter().map(|part| of(part.range, part.kind)).chain(notes).collect();
    parts.sort_by_key(|(range, _)| range.start());
    let mut parts = parts.into_iter().peekable();
    let mut open: Vec<(TextRange, PartKind)> = Vec::new();
    document.leaves().map(move |block| {
        while let Some(part) = parts.next_if(|(range, _)| range.start() < block.range.end()) {
            open.push(part);
        }
        open.retain(|(range, _)| range.end() > block.range.start());
        let own = match block.kind {
            BlockKind::Heading { .. } => Some(PartKind::Heading),
            BlockKind::Footnote => Some(PartKind::Note),
            BlockKind::KeyData => Some(PartKind::KeyData),
            _ => None,
        };
        // Headings among the parts are titles of acts, whose own words are a block.
        let around = open.iter().map(|(_, kind)| *kind).filter(|kind| *kind != PartKind::Heading);
        (block, around.chain(own).collect())
    })
}

impl Document {
    /// The leaf blocks in order, each with the kinds of the parts that contain it.
    pub fn leaf_kinds(&self) -> impl Iterator<Item = (&Block, PartKinds)> {
        leaves(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{DocumentBuilder, Footnote, Part};

    #[test]
    fn a_block_lies_in_every_part_round_it() {
        let mut builder = DocumentBuilder::new();
        let kinds = [
            BlockKind::Heading { level: 1 },
            BlockKind::Paragraph,
            BlockKind::Paragraph,
            BlockKind::Footnote,
            BlockKind::Paragraph,
        ];
        for kind in kinds {
            builder.start(kind, 0);
            builder.push("mot", None);
        }
        let mut document = builder.finish(None);
        let range = |first: usize, last: usize| document.blocks[first].range.cover(document.blocks[last].range);
        document.parts = vec![
            Part::new(PartKind::Article, None, 1, range(1, 2)),
            Part::new(PartKind::Paragraph, None, 2, range(2, 2)),
        ];
        let body = range(3, 3);
        document.footnotes.push(Footnote { label: "1".to_owned(), body, references: Vec::new() });
        let found: Vec<Vec<PartKind>> = document.leaf_kinds().map(|(_, kinds)| kinds.iter().collect()).collect();
        let expected: [&[PartKind]; 5] = [
            &[PartKind::Heading],
            &[PartKind::Article],
            &[PartKind::Paragraph, PartKind::Article],
            &[PartKind::Note],
            &[],
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_set_of_kinds_has_a_character() {
        for kinds in [PartKinds::NONE, PartKind::ALL.into_iter().collect(), PartKinds::NONE.with(PartKind::Note)] {
            assert_eq!(PartKinds::from_code(kinds.code()), Some(kinds));
        }
        assert_eq!(PartKinds::from_code('\0'), None);
    }
}
