//! Locates the parts of a letter: head, salutation, body, closing formula, signature. Their content is parsed by `head`
//! and `signature`.

use super::vocabulary::{CLOSING_LINES, CLOSINGS, MAIL_FIELDS, OPEN_LETTERS, SALUTATIONS, SIGNED};
use crate::document::{BlockKind, Document};
use crate::genre::reading::wording::{opens_with, plain, running, starts_with_any};

/// Number of leaves at the start that may contain the salutation.
const HEAD_LEAVES: usize = 40;
/// Maximum length of a salutation, in bytes.
const MAX_SALUTATION_BYTES: usize = 120;
/// Maximum length of a closing formula, in bytes.
const MAX_CLOSING_BYTES: usize = 420;
/// Maximum length of a line of a signature, in bytes.
const MAX_SIGNATURE_BYTES: usize = 240;

/// A leaf of the letter.
pub(super) struct LetterLine<'a> {
    /// Index in [`Document::blocks`].
    pub block: usize,
    /// Kind found by cleaning.
    pub kind: BlockKind,
    pub text: &'a str,
    /// Beginning of the text in comparable form.
    pub words: String,
}

/// The lines of a letter and the position of its parts among them.
pub(super) struct Letter<'a> {
    /// All leaves with running text.
    pub lines: Vec<LetterLine<'a>>,
    /// Index of the salutation, if there is one.
    pub salutation: Option<usize>,
    /// Index of the first line of the body.
    pub body: usize,
    /// Index of the closing formula, if there is one.
    pub closing: Option<usize>,
    /// Lines of the signature.
    pub signature: std::ops::Range<usize>,
}

/// Locates the parts of a letter; `None` if the document has no greeting or does not end like a letter.
pub(super) fn locate_parts(document: &Document) -> Option<Letter<'_>> {
    let may_open = |text: &str| is_greeting(text) || OPEN_LETTERS.iter().any(|words| opens_with(text, words).is_some());
    if !running(document).take(HEAD_LEAVES).any(|(_, leaf)| may_open(document.slice(leaf.range).trim())) {
        return None;
    }
    let head: Vec<String> =
        running(document).take(HEAD_LEAVES).map(|(_, leaf)| plain(document.slice(leaf.range))).collect();
    let salutation = running(document)
        .take(HEAD_LEAVES)
        .zip(&head)
        .position(|((_, leaf), words)| is_salutation(document.slice(leaf.range).trim(), words));
    let titled = head.iter().position(|words| starts_with_any(words, OPEN_LETTERS));
    let opening = salutation.or(titled)?;
    if is_mail(&head) {
        return None;
    }
    let lines: Vec<LetterLine> = running(document)
        .map(|(block, leaf)| {
            let text = document.slice(leaf.range);
            LetterLine { block, kind: leaf.kind, text, words: plain(text) }
        })
        .collect();
    let (closing, signed) = ending(&lines, opening + 1)?;
    let signature = signed..signature_end(&lines, signed);
    let behind = lines.len() - signature.end;
    (behind <= lines.len() / 2).then_some(Letter { lines, salutation, body: opening + 1, closing, signature })
}

/// Whether the head has e-mail fields, on separate lines or on one.
fn is_mail(head: &[String]) -> bool {
    let fields = || head.iter().filter(|words| starts_with_any(words, MAIL_FIELDS));
    fields().count() > 1 || fields().any(|words| words.contains('@'))
}

fn is_salutation(text: &str, words: &str) -> bool {
    is_greeting(text) && starts_with_any(words, SALUTATIONS) && !words.contains(". ")
}

/// Whether a line is short and ends like a salutation.
fn is_greeting(text: &str) -> bool {
    text.len() <= MAX_SALUTATION_BYTES && (text.ends_with([',', ':', '!']) || text == "Monsieur" || text == "Madame")
}

/// Returns the last closing formula, and the first line of the signature after it or after a title such as «
/// Signataires ».
fn ending(lines: &[LetterLine], from: usize) -> Option<(Option<usize>, usize)> {
    let closing = (from..lines.len()).rev().find(|&at| is_closing(&lines[at]));
    let listed = (from..lines.len()).find(|&at| is_list_title(&lines[at]));
    match (closing, listed) {
        (Some(closing), _) => Some((Some(closing), closing + 1)),
        (None, Some(title)) => Some((None, title + 1)),
        (None, None) => None,
    }
}

fn is_closing(line: &LetterLine) -> bool {
    let formal = line.text.len() <= MAX_CLOSING_BYTES && CLOSINGS.iter().any(|phrase| line.words.contains(phrase));
    formal || line.text.len() <= MAX_SALUTATION_BYTES && starts_with_any(&line.words, CLOSING_LINES)
}

fn is_list_title(line: &LetterLine) -> bool {
    line.text.len() <= MAX_SALUTATION_BYTES && starts_with_any(&line.words, SIGNED)
}

/// Returns the end of the signature: the first line that is a sentence, an annex or the address of a copy.
fn signature_end(lines: &[LetterLine], from: usize) -> usize {
    let ends = |line: &LetterLine| {
        let text = line.text.trim_end();
        let sentence = text.ends_with('.') && text.split_whitespace().count() > 8;
        let apart = starts_with_any(
            &line.words,
            &["p.s", "ps:", "ps :", "annexe", "annex", "cc", "copie", "copy", "enc", "anlage", "pièce"],
        );
        sentence
            || apart
            || text.len() > MAX_SIGNATURE_BYTES
            || matches!(line.kind, BlockKind::KeyData | BlockKind::Masthead)
    };
    lines[from..].iter().position(ends).map_or(lines.len(), |length| from + length)
}
