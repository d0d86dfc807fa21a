//! Comparable form of the beginning of a leaf: lower case, straight apostrophes, single spaces. For recognisers that
//! rely on set phrases; only the beginning of a long leaf is converted, which bounds the cost.

use crate::document::{Block, BlockKind, Document};

/// Number of bytes of a leaf that are converted.
const BEGINNING: usize = 160;

/// Returns the beginning of a text in comparable form.
pub(crate) fn plain(text: &str) -> String {
    let text = beginning(text, BEGINNING);
    let mut plain = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !plain.is_empty() {
            plain.push(' ');
        }
        for c in word.chars() {
            match c {
                '’' => plain.push('\''),
                c if c.is_ascii() => plain.push(c.to_ascii_lowercase()),
                c => plain.extend(c.to_lowercase()),
            }
        }
    }
    plain
}

/// Returns at most `bytes` bytes from the beginning of a text.
pub(crate) fn beginning(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

/// Whether a comparable text begins with one of these phrases.
pub(crate) fn starts_with_any(plain: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| plain.starts_with(phrase))
}

/// Returns the end of the given words, in bytes, if the text begins with them. The words are in lower case; the text
/// may be in any case, with typographic apostrophes and spaces.
#[inline]
pub(crate) fn opens_with(text: &str, lower: &str) -> Option<usize> {
    // The first byte differs in almost all calls.
    let differs = |first: u8, wanted: u8| first.is_ascii() && wanted.is_ascii_alphabetic() && first | 0x20 != wanted;
    if differs(*text.as_bytes().first()?, *lower.as_bytes().first()?) {
        return None;
    }
    all_of(text, lower)
}

fn all_of(text: &str, lower: &str) -> Option<usize> {
    let mut chars = text.chars();
    lower
        .chars()
        .all(|wanted| chars.next().is_some_and(|found| is_same(found, wanted)))
        .then(|| text.len() - chars.as_str().len())
}

fn is_same(found: char, wanted: char) -> bool {
    match found {
        found if found.is_ascii() => found.to_ascii_lowercase() == wanted,
        '’' => wanted == '\'' || wanted == found,
        '\u{a0}' | '\u{202f}' => wanted == ' ' || wanted == found,
        found => found == wanted || found.to_lowercase().eq(std::iter::once(wanted)),
    }
}

/// Iterates over the leaves with running text and their index in [`Document::blocks`], without notes and rules.
pub(crate) fn running(document: &Document) -> impl Iterator<Item = (usize, &Block)> {
    let carries = |block: &Block| block.kind.is_leaf() && !matches!(block.kind, BlockKind::Footnote | BlockKind::Rule);
    document.blocks.iter().enumerate().filter(move |(_, block)| carries(block))
}
