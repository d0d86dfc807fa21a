//! Removes Markdown and HTML marks that a plain text has kept: « [rapport](#) », « *visite* », « **réponse** », « 2^e
//! », « 1^{re} », « <sup>e</sup> ». Only balanced marks at word bounds count; all other characters stay as they are.

use std::ops::Range;

use crate::document::{DocumentBuilder, InlineKind};
use crate::extract::{SourcedText, beginning};
use crate::text::has_byte;
use crate::text::offset::range;
use crate::text::{TextRange, TextSize};

/// Maximum length of superscript or subscript text, in bytes.
const MAX_SCRIPT_BYTES: usize = 16;
/// Endings that may be superscript without braces.
const ORDINALS: [&str; 20] = [
    "e", "er", "re", "ère", "ème", "es", "ers", "res", "nd", "nde", "d", "de", "st", "rd", "th", "o", "os", "a", "me",
    "mes",
];

/// A part of a text whose marks were removed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum MarkupPiece {
    /// Bytes that are kept.
    Text(Range<usize>),
    Open(InlineKind),
    /// Closes the innermost inline.
    Close,
}

/// Bytes to remove, and the piece that replaces them.
type Cut = (Range<usize>, MarkupPiece);

/// Splits a text into pieces without its marks. Linear in the length of the text.
pub(super) fn pieces(text: &str) -> Vec<MarkupPiece> {
    if !has_byte(text, |byte| matches!(byte, b'*' | b'[' | b'^' | b'<')) {
        return vec![MarkupPiece::Text(0..text.len())];
    }
    let mut cuts = links(text);
    cuts.extend(scripts(text));
    cuts.extend(emphases(text));
    apply(text, cuts)
}

/// Splits a text into pieces at the given cuts.
fn apply(text: &str, mut cuts: Vec<Cut>) -> Vec<MarkupPiece> {
    cuts.sort_by_key(|(bytes, _)| (bytes.start, bytes.end));
    let mut found = Vec::with_capacity(cuts.len() * 2 + 1);
    let mut at = 0;
    for (bytes, piece) in cuts {
        if bytes.start > at {
            found.push(MarkupPiece::Text(at..bytes.start));
        }
        at = at.max(bytes.end);
        found.push(piece);
    }
    if at < text.len() {
        found.push(MarkupPiece::Text(at..text.len()));
    }
    found
}

/// Returns the text without its marks.
pub(super) fn bare(text: &str) -> String {
    let words = |piece| if let MarkupPiece::Text(bytes) = piece { &text[bytes] } else { "" };
    pieces(text).into_iter().map(words).collect()
}

/// Appends `text` to the open leaf, with its marks as inlines. Calls `at` with each piece's range in `text` and its
/// position in the document.
pub(super) fn push(text: &SourcedText, builder: &mut DocumentBuilder, mut at: impl FnMut(TextRange, TextSize)) {
    for piece in pieces(text.text()) {
        match piece {
            MarkupPiece::Text(bytes) => {
                let piece = range(bytes.start, bytes.end);
                at(piece, builder.at());
                text.push_into(piece, builder);
            }
            MarkupPiece::Open(kind) => builder.open_inline(kind),
            MarkupPiece::Close => builder.close_inline(),
        }
    }
}

/// Appends text of a format that has markup of its own; only carets, as in « 2^e », are still interpreted.
pub(super) fn push_raised(text: &str, source: Option<TextRange>, builder: &mut DocumentBuilder) {
    if !text.contains('^') {
        return builder.push(text, source);
    }
    let whole = source.filter(|source| usize::from(source.len()) == text.len());
    for piece in apply(text, scripts(text)) {
        match piece {
            MarkupPiece::Text(bytes) => {
                let part = whole.map(|whole| range(bytes.start, bytes.end) + whole.start());
                builder.push(&text[bytes], part.or(source));
            }
            MarkupPiece::Open(kind) => builder.open_inline(kind),
            MarkupPiece::Close => builder.close_inline(),
        }
    }
}

/// Finds `[words](target)` where the target looks like an address.
fn links(text: &str) -> Vec<Cut> {
    let mut cuts = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find('[').map(|i| at + i) {
        at = open + 1;
        let Some(middle) = text[at..].find(['[', ']']).map(|i| at + i) else { break };
        let Some(after) = text[middle..].strip_prefix("](") else {
            at = middle;
            continue;
        };
        let length = after.find(|c: char| c.is_whitespace() || "()[]<>".contains(c)).unwrap_or(after.len());
        let target = &after[..length];
        if middle > at && after[length..].starts_with(')') && is_address(target) {
            cuts.push((open..at, MarkupPiece::Open(InlineKind::Link { target: target.to_owned() })));
            cuts.push((middle..middle + 2 + length + 1, MarkupPiece::Close));
        }
        at = middle + 2 + length;
    }
    cuts
}

fn is_address(target: &str) -> bool {
    let starts = ["#", "/", "./", "../", "http://", "https://", "mailto:", "www."];
    target.is_empty() || starts.iter().any(|start| target.starts_with(start))
}

/// Finds `2^e`, `1^{re}`, `<sup>e</sup>`, `<sub>2</sub>`.
fn scripts(text: &str) -> Vec<Cut> {
    let mut cuts = Vec::new();
    let mut raise = |open: Range<usize>, close: Range<usize>, kind| {
        cuts.push((open, MarkupPiece::Open(kind)));
        cuts.push((close, MarkupPiece::Close));
    };
    for (at, _) in text.match_indices('^') {
        let after_word = text[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        let rest = &text[at + 1..];
        if let Some(body) = after_word.then(|| rest.strip_prefix('{')).flatten() {
            if let Some(length) = script_length(body, "}") {
                raise(at..at + 2, at + 2 + length..at + 3 + length, InlineKind::Superscript);
            }
        } else if after_word {
            let length = rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len());
            if ORDINALS.contains(&&rest[..length]) {
                raise(at..at + 1, at + 1 + length..at + 1 + length, InlineKind::Superscript);
            }
        }
    }
    for (open, close, kind) in
        [("<sup>", "</sup>", InlineKind::Superscript), ("<sub>", "</sub>", InlineKind::Subscript)]
    {
        for (at, _) in text.match_indices(open) {
            let start = at + open.len();
            if let Some(length) = script_length(&text[start..], close) {
                raise(at..start, start + length..start + length + close.len(), kind.clone());
            }
        }
    }
    cuts
}

/// Returns the length of a short run of letters and digits before `close`.
fn script_length(text: &str, close: &str) -> Option<usize> {
    let window = beginning(text, MAX_SCRIPT_BYTES + close.len());
    let length = window.find(close)?;
    (length > 0 && window[..length].chars().all(|c| c.is_alphanumeric() || ".,+-() ".contains(c))).then_some(length)
}

/// An opening run of asterisks that is not closed yet.
#[derive(Clone)]
struct OpenRun {
    bytes: Range<usize>,
}

/// Finds `*…*` and `**…**`.
fn emphases(text: &str) -> Vec<Cut> {
    let mut cuts = Vec::new();
    let mut open_runs: [Option<OpenRun>; 2] = [None, None];
    for bytes in runs(text) {
        let before = text[..bytes.start].chars().next_back();
        let after = text[bytes.end..].chars().next();
        let length = bytes.len();
        if length > 2 {
            continue;
        }
        let closes = before.is_some_and(|c| !c.is_whitespace()) && after.is_none_or(|c| !c.is_alphanumeric());
        if let Some(open) = closes.then(|| open_runs[length - 1].take()).flatten() {
            let kind = if length == 2 { InlineKind::Strong } else { InlineKind::Emphasis };
            let other = &mut open_runs[2 - length];
            if other.as_ref().is_some_and(|other| other.bytes.start > open.bytes.start) {
                *other = None;
            }
            cuts.push((open.bytes, MarkupPiece::Open(kind)));
            cuts.push((bytes, MarkupPiece::Close));
        } else if opens(before, after) {
            open_runs[length - 1] = Some(OpenRun { bytes });
        }
    }
    cuts
}

fn opens(before: Option<char>, after: Option<char>) -> bool {
    before.is_none_or(|c| c.is_whitespace() || "«\"'’(“—–*".contains(c))
        && after.is_some_and(|c| c.is_alphanumeric() || "«\"“([‘’".contains(c))
}

/// Iterates over the runs of asterisks.
fn runs(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find('*')?;
        let rest = &text[start..];
        at = start + rest.find(|c| c != '*').unwrap_or(rest.len());
        Some(start..at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        let word = |piece| match piece {
            MarkupPiece::Text(bytes) => text[bytes].to_owned(),
            MarkupPiece::Open(InlineKind::Emphasis) => "⟨em ".to_owned(),
            MarkupPiece::Open(InlineKind::Strong) => "⟨strong ".to_owned(),
            MarkupPiece::Open(InlineKind::Superscript) => "⟨sup ".to_owned(),
            MarkupPiece::Open(InlineKind::Link { target }) => format!("⟨link {target} "),
            MarkupPiece::Open(kind) => format!("⟨{kind:?} "),
            MarkupPiece::Close => "⟩".to_owned(),
        };
        pieces(text).into_iter().map(word).collect()
    }

    #[test]
    fn balanced_marks_become_inlines() {
        let table = [
            ("un récent [rapport](#) sur", "un récent ⟨link # rapport⟩ sur"),
            ("votre *visite* au", "votre ⟨em visite⟩ au"),
            ("**1. Monsieur *le* Ministre ?**", "⟨strong 1. Monsieur ⟨em le⟩ Ministre ?⟩"),
            ("Rhône (2^e circonscription)", "Rhône (2⟨sup e⟩ circonscription)"),
            ("(1^{re} circonscription)", "(1⟨sup re⟩ circonscription)"),
            ("le 1<sup>er</sup> mai", "le 1⟨sup er⟩ mai"),
            ("**[M. Untel](https://exemple.fr/a)**", "⟨strong ⟨link https://exemple.fr/a M. Untel⟩⟩"),
        ];
        for (text, expected) in table {
            assert_eq!(shown(text), expected);
        }
    }

    #[test]
    fn text_that_is_not_a_mark_is_unchanged() {
        let table = [
            "a * b * c",
            "2*3*4",
            "P8_TA(2017)0485",
            "*.txt et *.doc",
            "voir [1] (note)",
            "[1](suite)",
            "snake_case_name",
            "Prix* hors taxe*",
            "x^y",
            "m^2",
            "* * *",
            "**",
            "[a](",
            "[[[",
            "a^",
            "a^{",
            "***tout***",
            "<sup>",
            "^e",
        ];
        for text in table {
            assert_eq!(shown(text), text);
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]
        #[test]
        fn pieces_are_in_order_and_marks_balance(text in "[a é*\\[\\]()#^{}<sup>/.]{0,60}") {
            let (mut at, mut open) = (0, 0_i32);
            for piece in pieces(&text) {
                match piece {
                    MarkupPiece::Text(bytes) => {
                        proptest::prop_assert!(bytes.start >= at && text.get(bytes.clone()).is_some());
                        at = bytes.end;
                    }
                    MarkupPiece::Open(_) => open += 1,
                    MarkupPiece::Close => open -= 1,
                }
                proptest::prop_assert!(open >= 0, "{:?}", pieces(&text));
            }
            proptest::prop_assert_eq!(open, 0);
        }
    }
}
