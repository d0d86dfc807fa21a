//! Where the running text came from: segments that pair a range of the text with a range of the source, looked up both
//! ways. The source is the file's own text as it was decoded, before cleaning. Segments cover the text in order; source
//! ranges need not be in order (a note's body moves behind the sentence it cut).

use serde::{Deserialize, Serialize};

use crate::text::{TextRange, TextSize};

/// How a piece of the source became text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Segment {
    /// The same bytes.
    Kept {
        /// In the text.
        text: TextRange,
        /// In the source; as long as `text`.
        source: TextRange,
    },
    /// Other bytes: a line end that became a space, a composed accent. Either side may be empty.
    Replaced {
        /// In the text.
        text: TextRange,
        /// In the source.
        source: TextRange,
    },
}

impl Segment {
    /// The range in the text.
    pub fn text(self) -> TextRange {
        match self {
            Self::Kept { text, .. } | Self::Replaced { text, .. } => text,
        }
    }

    /// The range in the source.
    pub fn source(self) -> TextRange {
        match self {
            Self::Kept { source, .. } | Self::Replaced { source, .. } => source,
        }
    }
}

/// The pairs of text and source, sorted by their place in the text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceMap {
    segments: Vec<Segment>,
}

impl SourceMap {
    /// Adds the next segment; neighbours that are kept on both sides without a gap become one.
    pub fn push(&mut self, segment: Segment) {
        if let (Some(Segment::Kept { text, source }), Segment::Kept { text: next, source: from }) =
            (self.segments.last_mut(), segment)
            && text.end() == next.start()
            && source.end() == from.start()
        {
            *text = text.cover(next);
            *source = source.cover(from);
            return;
        }
        self.segments.push(segment);
    }

    /// Truncates the map at an offset of the text.
    pub fn shorten(&mut self, end: TextSize) {
        while let Some(last) = self.segments.last_mut() {
            let Some(over) = last.text().end().checked_sub(end).filter(|over| *over > TextSize::new(0)) else { break };
            match last {
                Segment::Kept { text, source } if text.start() < end => {
                    *text = TextRange::new(text.start(), end);
                    *source = TextRange::new(source.start(), source.end() - over);
                }
                Segment::Replaced { text, .. } if text.start() < end => *text = TextRange::new(text.start(), end),
                _ => {
                    self.segments.pop();
                }
            }
        }
    }

    /// The segments in the order of the text.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// Where in the source an offset of the text came from; the nearest known place before it when it came from nowhere.
    pub fn to_source(&self, offset: TextSize) -> TextSize {
        let after = self.segments.partition_point(|segment| segment.text().start() <= offset);
        match after.checked_sub(1).map(|i| self.segments[i]) {
            Some(Segment::Kept { text, source }) => source.start() + (offset.min(text.end()) - text.start()),
            Some(Segment::Replaced { source, .. }) => source.start(),
            None => TextSize::new(0),
        }
    }

    /// Where in the text a place of the source is; the nearest place before it when it was taken out.
    pub fn to_text(&self, source: TextSize) -> TextSize {
        let mut best: Option<(TextSize, Segment)> = None;
        for segment in self.segments.iter().copied() {
            let start = segment.source().start();
            if start <= source && best.is_none_or(|(known, _)| known <= start) {
                best = Some((start, segment));
            }
        }
        match best {
            Some((_, Segment::Kept { text, source: from })) => text.start() + (source.min(from.end()) - from.start()),
            Some((_, Segment::Replaced { text, .. })) => text.start(),
            None => TextSize::new(0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::offset::range;

    fn joined() -> SourceMap {
        // "a b" from "a\r\nb"
        let mut map = SourceMap::default();
        map.push(Segment::Kept { text: range(0, 1), source: range(0, 1) });
        map.push(Segment::Replaced { text: range(1, 2), source: range(1, 3) });
        map.push(Segment::Kept { text: range(2, 3), source: range(3, 4) });
        map
    }

    #[test]
    fn every_offset_of_kept_text_maps_there_and_back() {
        let map = joined();
        for offset in [0, 2] {
            let offset = TextSize::new(offset);
            assert_eq!(map.to_text(map.to_source(offset)), offset);
        }
    }

    #[test]
    fn a_joined_line_end_maps_to_the_line_end() {
        assert_eq!(joined().to_source(TextSize::new(1)), TextSize::new(1));
        assert_eq!(joined().to_text(TextSize::new(2)), TextSize::new(1));
    }

    #[test]
    fn kept_neighbours_become_one_segment() {
        let mut map = SourceMap::default();
        map.push(Segment::Kept { text: range(0, 1), source: range(5, 6) });
        map.push(Segment::Kept { text: range(1, 4), source: range(6, 9) });
        assert_eq!(map.segments(), [Segment::Kept { text: range(0, 4), source: range(5, 9) }]);
    }
}
