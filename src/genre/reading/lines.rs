//! A cleaned document as lines: its leaf blocks, each with its words and the same words folded for comparison. Recognisers
//! that read words, not formats, stand on this. It judges nothing.

use std::cell::OnceCell;

use crate::document::{Block, BlockKind, Document};
use crate::text::TextRange;
use crate::text::fold::fold_word;

/// How much of a line is folded, in bytes: what tells lines apart stands at their beginning.
const FOLDED_BYTES: usize = 400;

/// One leaf block that has words.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    /// Its number in [`Document::blocks`].
    pub block: usize,
    /// What it covers.
    pub range: TextRange,
    /// Its kind.
    pub kind: BlockKind,
    /// Its words, trimmed.
    pub text: &'a str,
    folded: OnceCell<String>,
}

impl<'a> Line<'a> {
    fn of(document: &'a Document, block: usize, leaf: &Block) -> Option<Self> {
        let text = document.slice(leaf.range).trim();
        let line = || Self { block, range: leaf.range, kind: leaf.kind, text, folded: OnceCell::new() };
        (!text.is_empty()).then(line)
    }

    /// The beginning of its words without case, accents and double spaces.
    pub fn folded(&self) -> &str {
        self.folded.get_or_init(|| fold(beginning(self.text)))
    }

    /// Whether one of these folded phrases may begin it, by its first letter: others need not be folded.
    pub fn may_begin<'p>(&self, mut phrases: impl Iterator<Item = &'p str>) -> bool {
        let first = self.text.bytes().next().unwrap_or(b' ').to_ascii_lowercase();
        !first.is_ascii() || phrases.any(|phrase| phrase.as_bytes().first() == Some(&first))
    }

    /// Whether all of it was folded: it is short.
    pub fn is_short(&self) -> bool {
        self.text.len() <= FOLDED_BYTES
    }
}

/// The lines of a document that say something.
pub fn lines(document: &Document) -> impl Iterator<Item = Line<'_>> {
    let leaves = document.blocks.iter().enumerate().filter(|(_, block)| block.kind.is_leaf());
    leaves.filter_map(|(number, block)| Line::of(document, number, block))
}

/// Words without case, accents and double spaces; a text without a Latin letter or a figure, in which no phrase of any
/// recogniser stands, is not worth the work.
pub fn fold(text: &str) -> String {
    if !text.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
        return text.to_owned();
    }
    one_spaced(&fold_word(text))
}

/// Words with single spaces, no-break ones included, and none before « ) » or behind « ( ».
pub fn one_spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !(spaced.is_empty() || spaced.ends_with('(') || word.starts_with(')')) {
            spaced.push(' ');
        }
        spaced.push_str(word);
    }
    spaced
}

fn beginning(text: &str) -> &str {
    &text[..text.floor_char_boundary(FOLDED_BYTES)]
}
