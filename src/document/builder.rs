//! Builds [`Document`]s from a sequence of events, and enforces the model's invariants: closes open elements, drops
//! empty ones, and takes the first words as the title if there is none. Does not interpret content.

use super::{Block, BlockKind, Document, Footnote, Inline, InlineKind, Marker, Part, Segment};
use crate::text::offset::{offset, range};
use crate::text::{TextRange, TextSize};

/// The longest title a document is given from its own words, in bytes.
const TITLE_BYTES: usize = 160;

/// Builds the text of a document and the structure over it.
///
/// Call order: [`open`](Self::open) containers, [`start`](Self::start) a leaf, [`push`](Self::push) its text, mark
/// inlines, [`end`](Self::end) it, [`close`](Self::close) containers, then [`finish`](Self::finish).
#[derive(Debug, Default)]
pub struct DocumentBuilder {
    document: Document,
    containers: Vec<usize>,
    leaf: Option<usize>,
    inlines: Vec<(InlineKind, TextSize)>,
}

impl DocumentBuilder {
    /// An empty document.
    pub fn new() -> Self {
        Self::default()
    }

    /// Offset of the next byte of text.
    pub fn at(&self) -> TextSize {
        offset(self.document.text.len())
    }

    /// Opens a container (quote, table, row).
    pub fn open(&mut self, kind: BlockKind) {
        self.end();
        self.containers.push(self.document.blocks.len());
        let depth = self.depth();
        self.document.blocks.push(Block {
            kind,
            range: TextRange::empty(self.next_start()),
            depth,
            label: None,
            marker: None,
        });
    }

    /// Closes the innermost container; nothing when none is open.
    pub fn close(&mut self) {
        self.end();
        let Some(container) = self.containers.pop() else { return };
        self.drop_last_rules();
        let end = self.at();
        let block = &mut self.document.blocks[container];
        let empty = end <= block.range.start();
        block.range = TextRange::new(block.range.start(), end.max(block.range.start()));
        if empty && container + 1 == self.document.blocks.len() {
            self.document.blocks.pop();
        }
    }

    /// A rule with nothing behind it, in its container or in the document, parts nothing.
    fn drop_last_rules(&mut self) {
        while self.document.blocks.pop_if(|block| block.kind == BlockKind::Rule).is_some() {}
    }

    /// Starts a leaf block and ends the previous one. `depth` is counted from the open containers. A rule has no text:
    /// it is placed where the next leaf starts and ends immediately.
    pub fn start(&mut self, kind: BlockKind, extra_depth: u8) {
        self.end();
        let start = self.next_start();
        let depth = self.depth().saturating_add(extra_depth);
        let block = Block { kind, range: TextRange::empty(start), depth, label: None, marker: None };
        if kind == BlockKind::Rule {
            return self.document.blocks.push(block);
        }
        if usize::from(start) > self.document.text.len() {
            self.document.text.push('\n');
        }
        self.leaf = Some(self.document.blocks.len());
        self.document.blocks.push(block);
    }

    /// Whether a leaf block is open.
    pub fn in_leaf(&self) -> bool {
        self.leaf.is_some()
    }

    /// Gives the open leaf its label and what hangs before it.
    pub fn label(&mut self, label: Option<String>, marker: Option<Marker>) {
        if let Some(leaf) = self.leaf {
            self.document.blocks[leaf].label = label;
            self.document.blocks[leaf].marker = marker;
        }
    }

    /// Adds text to the open leaf (a paragraph is started when none is). The text must be sanitised and without line ends.
    pub fn push(&mut self, text: &str, source: Option<TextRange>) {
        if text.is_empty() {
            return;
        }
        if self.leaf.is_none() {
            self.start(BlockKind::Paragraph, 0);
        }
        let start = self.at();
        self.document.text.push_str(text);
        if let Some(source) = source {
            let text = TextRange::new(start, self.at());
            let segment = if source.len() == text.len() {
                Segment::Kept { text, source }
            } else {
                Segment::Replaced { text, source }
            };
            self.document.source_map.push(segment);
        }
    }

    /// Opens an inline at the current end of the text (in a new paragraph if no leaf is open).
    pub fn open_inline(&mut self, kind: InlineKind) {
        if self.leaf.is_none() {
            self.start(BlockKind::Paragraph, 0);
        }
        self.inlines.push((kind, self.at()));
    }

    /// Closes the innermost inline.
    pub fn close_inline(&mut self) {
        if let Some((kind, start)) = self.inlines.pop() {
            self.mark(kind, TextRange::new(start.min(self.at()), self.at()));
        }
    }

    /// Marks a range of text that was already pushed; empty ranges are ignored.
    pub fn mark(&mut self, kind: InlineKind, range: TextRange) {
        if !range.is_empty() {
            self.document.inlines.push(Inline { kind, range });
        }
    }

    /// Adds a note whose body is the given range of text already pushed.
    pub fn footnote(&mut self, footnote: Footnote) {
        self.document.footnotes.push(footnote);
    }

    /// Adds a part that covers a range of text already pushed.
    pub fn part(&mut self, part: Part) {
        self.document.parts.push(part);
    }

    /// Ends the open leaf: its open inlines are closed, and a leaf without text is left out (an empty line of preformatted
    /// text stays).
    pub fn end(&mut self) {
        let Some(leaf) = self.leaf.take() else { return };
        while !self.inlines.is_empty() {
            self.close_inline();
        }
        let end = self.at();
        let block = &mut self.document.blocks[leaf];
        block.range = TextRange::new(block.range.start(), end);
        if block.range.is_empty() && block.kind != BlockKind::Preformatted {
            let start = usize::from(block.range.start());
            self.document.blocks.remove(leaf);
            self.document.text.truncate(start.saturating_sub(1));
        }
    }

    /// The document; everything open is closed. `title` is used when it says something, else the document's first words.
    pub fn finish(mut self, title: Option<&str>) -> Document {
        self.end();
        while !self.containers.is_empty() {
            self.close();
        }
        self.drop_last_rules();
        let mut document = self.document;
        document.parts.sort_by_key(|part| (part.range.start(), part.level));
        document.inlines.sort_by_key(|inline| (inline.range.start(), std::cmp::Reverse(inline.range.end())));
        document.title = match title.map(str::trim) {
            Some(title) if !title.is_empty() => title.to_owned(),
            _ => first_words(&document),
        };
        document
    }

    fn depth(&self) -> u8 {
        u8::try_from(self.containers.len()).unwrap_or(u8::MAX)
    }

    /// Start of the next leaf after the end of the open one: after the separator, if a leaf precedes it.
    pub fn next_start(&self) -> TextSize {
        let has_text = |block: &Block| block.kind.is_leaf() && block.kind != BlockKind::Rule;
        let first = self.document.text.is_empty() && !self.document.blocks.iter().any(has_text);
        offset(self.document.text.len() + usize::from(!first))
    }
}

fn first_words(document: &Document) -> String {
    let heading = document.blocks.iter().find(|block| matches!(block.kind, BlockKind::Heading { .. }));
    let leaf = heading.or_else(|| document.leaves().find(|block| !document.slice(block.range).trim().is_empty()));
    let words = leaf.map_or("", |block| document.slice(block.range).trim());
    if words.len() <= TITLE_BYTES {
        return words.to_owned();
    }
    let cut = words.floor_char_boundary(TITLE_BYTES);
    format!("{}…", words[..words[..cut].rfind(' ').unwrap_or(cut)].trim_end())
}

fn check(document: &Document) -> Vec<String> {
    let mut wrong = Vec::new();
    let text = document.text.as_str();
    let bounded = |range: TextRange| {
        usize::from(range.end()) <= text.len()
            && text.is_char_boundary(range.start().into())
            && text.is_char_boundary(range.end().into())
    };
    let mut expected = 0_usize;
    let mut first = true;
    for block in document.leaves() {
        if !bounded(block.range) {
            wrong.push(format!("{block:?} is not inside the text"));
            continue;
        }
        let start = if first { 0 } else { expected + 1 };
        if usize::from(block.range.start()) != start {
            wrong.push(format!("{block:?} should start at {start}"));
        }
        if block.kind == BlockKind::Rule {
            if !block.range.is_empty() {
                wrong.push(format!("{block:?} has text"));
            }
            continue;
        }
        if document.slice(block.range).chars().any(char::is_control) {
            wrong.push(format!("{block:?} holds a control character"));
        }
        expected = block.range.end().into();
        first = false;
    }
    if expected != text.len() {
        wrong.push(format!("the leaves end at {expected}, the text at {}", text.len()));
    }
    let leaves: Vec<TextRange> = document.leaves().map(|block| block.range).collect();
    for inline in &document.inlines {
        let inside = leaves.iter().any(|leaf| leaf.contains_range(inline.range));
        if !inside || inline.range.is_empty() || !bounded(inline.range) {
            wrong.push(format!("{inline:?} is not inside one leaf"));
        }
    }
    for part in &document.parts {
        if !bounded(part.range) {
            wrong.push(format!("{part:?} is not inside the text"));
        }
    }
    if !document.parts.is_sorted_by_key(|part| part.range.start()) {
        wrong.push("the parts are not sorted".to_owned());
    }
    for note in &document.footnotes {
        if !bounded(note.body) || note.references.iter().any(|&at| !bounded(TextRange::empty(at))) {
            wrong.push(format!("{note:?} is not inside the text"));
        }
    }
    let map = document.source_map.segments();
    if !map.is_sorted_by_key(|segment| segment.text().start()) || map.iter().any(|segment| !bounded(segment.text())) {
        wrong.push("the source map does not follow the text".to_owned());
    }
    wrong
}

/// The whole text as one range.
impl From<&Document> for TextRange {
    fn from(document: &Document) -> Self {
        range(0, document.text.len())
    }
}

impl Document {
    /// The violated invariants, worded for a developer; empty for a valid document.
    pub fn check(&self) -> Vec<String> {
        check(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_tile_the_text_and_empty_blocks_are_left_out() {
        let mut builder = DocumentBuilder::new();
        builder.start(BlockKind::Paragraph, 0);
        builder.push("un", None);
        builder.start(BlockKind::Paragraph, 0);
        builder.open(BlockKind::Quote);
        builder.start(BlockKind::Paragraph, 0);
        builder.push("deux", None);
        builder.close();
        builder.open(BlockKind::Table);
        let document = builder.finish(None);
        assert_eq!(document.text, "un\ndeux");
        assert_eq!(document.check(), Vec::<String>::new());
        assert_eq!(document.blocks.len(), 3, "{:?}", document.blocks);
    }

    #[test]
    fn a_rule_parts_blocks_and_takes_no_text() {
        let mut builder = DocumentBuilder::new();
        builder.start(BlockKind::Rule, 0);
        builder.push("un", None);
        builder.start(BlockKind::Rule, 0);
        builder.start(BlockKind::Paragraph, 0);
        builder.push("deux", None);
        builder.start(BlockKind::Rule, 0);
        let document = builder.finish(None);
        assert_eq!(document.text, "un\ndeux");
        let starts: Vec<u32> = document.blocks.iter().map(|block| block.range.start().into()).collect();
        assert_eq!(starts, [0, 0, 3, 3]);
        assert_eq!(document.check(), Vec::<String>::new());
    }

    #[test]
    fn an_inline_left_open_ends_with_its_block() {
        let mut builder = DocumentBuilder::new();
        builder.push("a ", None);
        builder.open_inline(InlineKind::Strong);
        builder.push("b", None);
        builder.start(BlockKind::Paragraph, 0);
        builder.push("c", None);
        let document = builder.finish(None);
        assert_eq!(document.inlines, [Inline { kind: InlineKind::Strong, range: range(2, 3) }]);
        assert_eq!(document.check(), Vec::<String>::new());
    }

    #[test]
    fn a_document_without_a_title_is_called_by_its_first_words() {
        let mut builder = DocumentBuilder::new();
        builder.push("Question écrite", None);
        assert_eq!(builder.finish(Some("  ")).title, "Question écrite");
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]
        #[test]
        fn any_order_of_calls_builds_a_sound_document(calls in proptest::collection::vec(0_u8..8, 0..60)) {
            let mut builder = DocumentBuilder::new();
            for call in calls {
                match call {
                    0 => builder.open(BlockKind::Quote),
                    1 => builder.close(),
                    2 => builder.start(BlockKind::Paragraph, 1),
                    3 => builder.push("é l", None),
                    4 => builder.open_inline(InlineKind::Emphasis),
                    5 => builder.close_inline(),
                    6 => builder.start(BlockKind::Rule, 0),
                    _ => builder.end(),
                }
            }
            let document = builder.finish(None);
            proptest::prop_assert_eq!(document.check(), Vec::<String>::new());
        }
    }
}
