//! The lines of a cleaned document: its leaf blocks, each with its text and the text folded for comparison. For
//! recognisers that read words, independent of the format.

use std::cell::OnceCell;

use crate::document::{Block, BlockKind, Document};
use crate::text::TextRange;
use crate::text::fold::fold_word;

/// Number of bytes of a line that are folded; lines are distinguished by their beginning.
const FOLDED_BYTES: usize = 400;

/// A leaf block with text.
#[derive(Clone, Debug)]
pub(crate) struct FoldedLine<'a> {
    /// Index in [`Document::blocks`].
    pub block: usize,
    pub range: TextRange,
    pub kind: BlockKind,
    pub text: &'a str,
    folded: OnceCell<String>,
}

impl<'a> FoldedLine<'a> {
    fn from_leaf(document: &'a Document, block: usize, leaf: &Block) -> Option<Self> {
        let text = document.slice(leaf.range).trim();
        let line = || Self { block, range: leaf.range, kind: leaf.kind, text, folded: OnceCell::new() };
        (!text.is_empty()).then(line)
    }

    /// Returns the beginning of the text without case, accents and double spaces.
    pub(crate) fn folded(&self) -> &str {
        self.folded.get_or_init(|| fold(beginning(self.text)))
    }

    /// Whether the line may begin with one of these folded phrases, judged by its first letter. Avoids folding other
    /// lines.
    pub(crate) fn may_begin<'p>(&self, mut phrases: impl Iterator<Item = &'p str>) -> bool {
        let first = self.text.bytes().next().unwrap_or(b' ').to_ascii_lowercase();
        !first.is_ascii() || phrases.any(|phrase| phrase.as_bytes().first() == Some(&first))
    }

    /// Whether the line is short enough to be folded completely.
    pub(crate) fn is_short(&self) -> bool {
        self.text.len() <= FOLDED_BYTES
    }
}

/// Iterates over the lines of a document that are not empty.
pub(crate) fn lines(document: &Document) -> impl Iterator<Item = FoldedLine<'_>> {
    let leaves = document.blocks.iter().enumerate().filter(|(_, block)| block.kind.is_leaf());
    leaves.filter_map(|(number, block)| FoldedLine::from_leaf(document, number, block))
}

/// Folds case and accents and reduces white space. Text without ASCII letters and digits is returned unchanged, since
/// no recogniser has phrases that match it.
pub(crate) fn fold(text: &str) -> String {
    if !text.bytes().any(|byte| byte.is_ascii_alphanumeric()) {
        return text.to_owned();
    }
    one_spaced(&fold_word(text))
}

/// Reduces white space, including no-break spaces, to single spaces, with none before « ) » or after « ( ».
pub(crate) fn one_spaced(text: &str) -> String {
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
