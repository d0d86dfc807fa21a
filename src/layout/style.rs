//! Splits a piece into stretches of one role, and substitutes raised and lowered characters. Stretches start and end
//! between clusters, so that the widths of their parts add up.

use super::Role;
use super::line::{Content, Run};
use crate::document::{Document, Inline, InlineKind, Reference};
use crate::text::grapheme;
use crate::text::offset::{offset, range};
use crate::text::sanitize::is_mark;
use crate::text::{TextRange, TextSize};

/// Raised characters that Unicode has; « q » and most accented letters it has not.
const RAISED: (&str, &str) = ("0123456789+-=()abcdefghijklmnoprstuvwxyz*", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ*");

/// Lowered characters that Unicode has.
const LOWERED: (&str, &str) = ("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ");

/// A stretch of one role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub range: TextRange,
    pub role: Role,
    pub height: Height,
}

/// Vertical position of characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Height {
    Level,
    Raised,
    Lowered,
}

/// The annotations of a stretch of text.
#[derive(Clone, Copy)]
pub(super) struct Marks<'a> {
    pub inlines: &'a [Inline],
    /// Those that name a document of the library look like links; the others are plain words.
    pub references: &'a [Reference],
}

/// What may cover a stretch; the index of its counter.
#[derive(Clone, Copy)]
enum Cover {
    Sanitized,
    Label,
    FootnoteMark,
    Link,
    Code,
    Deleted,
    Strong,
    Emphasis,
    Superscript,
    Subscript,
}

const COVERS: usize = 10;

/// The stretches of a range, which they tile, empty for an empty range. `label` is the part that is a marker;
/// `marks` are all that may touch the range.
pub(super) fn spans(
    document: &Document,
    whole: TextRange,
    base: Role,
    label: Option<TextRange>,
    marks: Marks<'_>,
) -> Vec<Span> {
    let text = &document.text[whole];
    let mut edges = Vec::new();
    let mut cover = |covered: TextRange, cover: Cover| {
        if let Some(covered) = covered.intersect(whole).filter(|covered| !covered.is_empty()) {
            edges.push((snap(text, covered.start() - whole.start()), cover, true));
            edges.push((snap(text, covered.end() - whole.start()), cover, false));
        }
    };
    for inline in marks.inlines {
        if let Some(kind) = cover_of(&inline.kind) {
            cover(inline.range, kind);
        }
    }
    for reference in marks.references.iter().filter(|reference| reference.target.is_some()) {
        cover(reference.range, Cover::Link);
    }
    if let Some(label) = label {
        cover(label, Cover::Label);
    }
    for (at, c) in text.char_indices().filter(|&(_, c)| is_mark(c)) {
        cover(range(at, at + c.len_utf8()) + whole.start(), Cover::Sanitized);
    }
    edges.sort_by_key(|&(at, ..)| at);
    sweep(text.len(), base, &edges).map(|span| Span { range: span.range + whole.start(), ..span }).collect()
}

fn sweep(end: usize, base: Role, edges: &[(usize, Cover, bool)]) -> impl Iterator<Item = Span> {
    let mut counts = [0_usize; COVERS];
    let mut spans: Vec<Span> = Vec::new();
    let mut from = 0;
    let mut edges = edges.iter().peekable();
    while from < end {
        while let Some(&&(_, cover, opens)) = edges.peek().filter(|&&&(at, ..)| at <= from) {
            let count = &mut counts[cover as usize];
            *count = if opens { *count + 1 } else { count.saturating_sub(1) };
            edges.next();
        }
        let to = edges.peek().map_or(end, |&&(at, ..)| at.min(end));
        let (role, height) = look(base, &counts);
        match spans.last_mut() {
            Some(last) if last.role == role && last.height == height => last.range = last.range.cover(range(from, to)),
            _ => spans.push(Span { range: range(from, to), role, height }),
        }
        from = to;
    }
    spans.into_iter()
}

fn cover_of(kind: &InlineKind) -> Option<Cover> {
    Some(match kind {
        InlineKind::Emphasis => Cover::Emphasis,
        InlineKind::Strong => Cover::Strong,
        InlineKind::Superscript => Cover::Superscript,
        InlineKind::Subscript => Cover::Subscript,
        InlineKind::Deleted => Cover::Deleted,
        InlineKind::Code => Cover::Code,
        InlineKind::Link { target } if target.trim().is_empty() || target == "#" => return None,
        InlineKind::Link { .. } => Cover::Link,
        InlineKind::FootnoteReference { .. } => Cover::FootnoteMark,
    })
}

/// The one role of a stretch that several inlines cover; a heading's stress is its own.
fn look(base: Role, counts: &[usize; COVERS]) -> (Role, Height) {
    let covered = |cover: Cover| counts[cover as usize] > 0;
    let role = match () {
        () if covered(Cover::Sanitized) => Role::Sanitized,
        () if covered(Cover::FootnoteMark) => Role::FootnoteMark,
        () if covered(Cover::Label) => Role::Label,
        () if covered(Cover::Link) => Role::Link,
        () if covered(Cover::Code) => Role::Code,
        () if covered(Cover::Deleted) => Role::Deleted,
        () if base == Role::Heading => Role::Heading,
        () if covered(Cover::Strong) => Role::Strong,
        () if covered(Cover::Emphasis) => Role::Emphasis,
        () => base,
    };
    let height = match () {
        () if covered(Cover::FootnoteMark) || covered(Cover::Superscript) => Height::Raised,
        () if covered(Cover::Subscript) => Height::Lowered,
        () => Height::Level,
    };
    (role, height)
}

fn snap(text: &str, at: TextSize) -> usize {
    let at = usize::from(at);
    if grapheme::is_boundary(text, at) { at } else { grapheme::previous_cluster(text, at) }
}

/// The runs that show a range from a column on.
pub(super) fn runs(text: &str, spans: &[Span], shown: TextRange, mut column: u16) -> Vec<Run> {
    let first = spans.partition_point(|span| span.range.end() <= shown.start());
    let touched = spans[first..].iter().take_while(|span| span.range.start() < shown.end());
    let mut runs = Vec::new();
    for span in touched {
        let Some(source) = span.range.intersect(shown).filter(|source| !source.is_empty()) else { continue };
        let width = cells(grapheme::width(&text[source]));
        runs.push(Run { column, width, role: span.role, content: content(text, source, span.height) });
        column = column.saturating_add(width);
    }
    runs
}

fn content(text: &str, source: TextRange, height: Height) -> Content {
    let replaced = match height {
        Height::Level => None,
        Height::Raised => mapped(&text[source], RAISED),
        Height::Lowered => mapped(&text[source], LOWERED),
    };
    replaced.map_or(Content::Source(source), |shown| Content::Replaced { source, shown })
}

/// A label in raised characters, or as it is where Unicode has not all of them.
pub(super) fn raised(label: &str) -> String {
    mapped(label, RAISED).unwrap_or_else(|| label.to_owned())
}

/// Maps each character to its counterpart one by one, so that cells and clusters are unchanged; spaces map to
/// themselves.
fn mapped(text: &str, (plain, other): (&str, &str)) -> Option<String> {
    let counterpart = |c: char| match c {
        ' ' | '\u{A0}' | '\u{202F}' | ',' => Some(c),
        _ => other.chars().nth(plain.chars().position(|p| p == c)?),
    };
    text.chars().map(counterpart).collect()
}

/// Cells as a column; no screen is as wide as the type's bound.
pub(super) fn cells(width: usize) -> u16 {
    u16::try_from(width).unwrap_or(u16::MAX)
}

/// The offset a byte position of a slice has in the text the slice is from.
pub(super) fn within(start: TextSize, position: usize) -> TextSize {
    start + offset(position)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_and_their_counterparts_pair_up() {
        for (plain, other) in [RAISED, LOWERED] {
            assert_eq!(plain.chars().count(), other.chars().count());
            assert_eq!(grapheme::width(plain), grapheme::width(other));
        }
        assert_eq!(raised("12"), "¹²");
        assert_eq!(raised("é"), "é");
    }

    #[test]
    fn overlapping_inlines_give_each_stretch_one_role() {
        let text = "abcdef".to_owned();
        let inlines = [
            Inline { kind: InlineKind::Strong, range: range(0, 4) },
            Inline { kind: InlineKind::Link { target: "http://x".into() }, range: range(2, 6) },
            Inline { kind: InlineKind::Link { target: "#".into() }, range: range(0, 1) },
        ];
        let document = Document { text, ..Document::default() };
        let found = spans(&document, range(0, 6), Role::Text, None, Marks { inlines: &inlines, references: &[] });
        let roles: Vec<_> = found.iter().map(|span| (document.slice(span.range), span.role)).collect();
        assert_eq!(roles, [("ab", Role::Strong), ("cdef", Role::Link)]);
    }

    #[test]
    fn a_stretch_never_starts_inside_a_cluster() {
        let text = "a👨\u{200d}👩b".to_owned();
        let inside = Inline { kind: InlineKind::Strong, range: range(5, text.len()) };
        let document = Document { text, ..Document::default() };
        let whole = TextRange::up_to(document.len());
        let found = spans(&document, whole, Role::Text, None, Marks { inlines: &[inside], references: &[] });
        assert_eq!(found.iter().map(|span| document.slice(span.range)).collect::<Vec<_>>(), ["a", "👨\u{200d}👩b"]);
    }
}
