//! Reads JSON of an unknown schema as text: keys and values in their order, with the escapes of RFC 8259 and HTML
//! character references decoded. It is not a parser: truncated or damaged files are read as far as possible, and only
//! escapes are changed. Strings that are HTML are parsed as HTML; each begins and ends a paragraph.

use std::ops::Range;

use crate::document::BlockKind;
use crate::extract::leaf_writer::LeafWriter;
use crate::extract::{RawBody, RawDocument, SourcedText, string_markup};
use crate::text::offset::range;

/// Sets the text of a JSON or JSONL file as the body of a document.
pub(super) fn fill_text(text: &str, raw: &mut RawDocument) {
    let marked: Vec<Range<usize>> =
        strings(text).filter(|string| string_markup::is_markup(decode_escapes(&text[string.clone()]).text())).collect();
    raw.body = if marked.is_empty() { RawBody::Lines(lines(text)) } else { marked_body(text, &marked) };
}

/// Returns the lines of a text with escapes and references decoded, mapped to their source.
fn lines(text: &str) -> SourcedText {
    let unescaped = decode_escapes(text);
    let read = string_markup::decode_references(unescaped.text());
    SourcedText::from_lines(read.text()).map_through(&read).map_through(&unescaped)
}

/// Builds a body from blocks for strings that are HTML and lines for the text between them.
fn marked_body(text: &str, marked: &[Range<usize>]) -> RawBody {
    let mut leaves = LeafWriter::default();
    let mut at = 0;
    let between = |piece: &str, leaves: &mut LeafWriter| {
        for line in lines(piece).text().lines() {
            leaves.start(BlockKind::Paragraph);
            leaves.text(line);
        }
        leaves.end();
    };
    for string in marked {
        between(&text[at..string.start - 1], &mut leaves);
        leaves.extend(string_markup::parse_events(decode_escapes(&text[string.clone()]).text()));
        let rest = &text[string.end..];
        let rest = rest.strip_prefix('"').unwrap_or(rest).trim_start();
        at = text.len() - rest.strip_prefix(',').unwrap_or(rest).len();
    }
    between(&text[at..], &mut leaves);
    RawBody::Marked(leaves.finish())
}

/// Iterates over the ranges between quotation marks. An unterminated string ends at its line end, since JSON strings
/// contain no line breaks.
fn strings(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text[at..].find('"')? + 1;
        let mut end = start;
        loop {
            let stop = text[end..].find(['"', '\\', '\n']).map_or(text.len(), |i| end + i);
            if !text[stop..].starts_with('\\') {
                at = if stop < text.len() { stop + 1 } else { stop };
                return Some(start..stop);
            }
            end = stop + 1 + text[stop + 1..].chars().next().map_or(0, char::len_utf8);
        }
    })
}

/// Returns a text with its escapes decoded; invalid escapes are kept.
fn decode_escapes(text: &str) -> SourcedText {
    let mut decoded = SourcedText::default();
    let mut at = 0;
    while let Some(start) = text[at..].find('\\').map(|i| at + i) {
        decoded.replace(&text[at..start], range(at, start));
        let (character, length) = escape(&text[start + 1..]).unwrap_or(('\\', 0));
        let mut sign = [0; 4];
        at = start + 1 + length;
        decoded.replace(character.encode_utf8(&mut sign), range(start, at));
    }
    decoded.replace(&text[at..], range(at, text.len()));
    decoded
}

/// Returns the character of an escape, and the length of the escape in bytes, without its `\`.
fn escape(rest: &str) -> Option<(char, usize)> {
    let character = match rest.chars().next()? {
        c @ ('"' | '\\' | '/') => c,
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => return unicode_escape(rest),
        _ => return None,
    };
    Some((character, 1))
}

/// Decodes `u00e9` or `ud83d\ude00`; an unpaired surrogate becomes U+FFFD.
fn unicode_escape(rest: &str) -> Option<(char, usize)> {
    let unit = |escape: &str| {
        let figures = escape.strip_prefix('u')?.get(..4)?;
        figures.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u16::from_str_radix(figures, 16).ok()).flatten()
    };
    let first = unit(rest)?;
    let second = rest[5..].strip_prefix('\\').and_then(unit);
    match (char::decode_utf16([first]).next(), second) {
        (Some(Ok(c)), _) => Some((c, 5)),
        (_, Some(second)) => match char::decode_utf16([first, second]).next() {
            Some(Ok(c)) => Some((c, 11)),
            _ => Some((char::REPLACEMENT_CHARACTER, 5)),
        },
        _ => Some((char::REPLACEMENT_CHARACTER, 5)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::RawEvent;

    /// Returns the lines of a text, or its leaves.
    fn lines_of(json: &str) -> Vec<String> {
        let mut raw = RawDocument::default();
        fill_text(json, &mut raw);
        match raw.body {
            RawBody::Lines(text) => text.text().lines().map(str::to_owned).collect(),
            RawBody::Marked(events) => {
                let shown = |event: &RawEvent| match event {
                    RawEvent::Text { text, .. } => text.clone(),
                    RawEvent::End => "\n".to_owned(),
                    _ => String::new(),
                };
                events.iter().map(shown).collect::<String>().lines().map(str::to_owned).collect()
            }
        }
    }

    #[test]
    fn escapes_are_decoded_in_whole_and_in_damaged_json() {
        for (json, lines) in [
            (r#"{"titre":"L'Assembl\u00e9e \/ \"r\u00C9unie\""}"#, vec![r#"{"titre":"L'Assemblée / "rÉunie""}"#]),
            (r#"["un\ndeux\r\ntrois\tquatre"]"#, vec![r#"["un"#, "deux", r#"trois   quatre"]"#]),
            (r#"["\ud83d\ude00 \ud83d. \ude00"]"#, vec!["[\"😀 \u{fffd}. \u{fffd}\"]"]),
            (r#"["C:\\new, \x \u12 \"#, vec![r#"["C:\new, \x \u12 \"#]),
            (r#"{"texte":"coup\u00e9"#, vec![r#"{"texte":"coupé"#]),
            (r#"{"texte":"L&#39;\u00e9t&eacute; &amp; &foo; a&b;"}"#, vec![r#"{"texte":"L'été & &foo; a&b;"}"#]),
            (r#"["a < b", "x<y and y>z", "si a <b et b> c"]"#, vec![r#"["a < b", "x<y and y>z", "si a <b et b> c"]"#]),
        ] {
            assert_eq!(lines_of(json), lines, "{json}");
        }
    }

    #[test]
    fn markup_in_strings_is_read_as_html() {
        for (json, lines) in [
            (
                r#"{"texte":"<p>Le <b>refuge</b>&nbsp;est\nouvert.<p>\u00c0 tous."}"#,
                vec![r#"{"texte":"#, "Le refuge\u{a0}est ouvert.", "À tous.", "}"],
            ),
            (r#"["\u003cbr\u003eun", "a < b", "x<y <br/> y>z"]"#, vec!["[", "un", r#""a < b","#, "x<y", "y>z", "]"]),
            (r#"["<div hidden class='menu'><a href=\"x\">un</a></div>","<p>deux"#, vec!["[", "un", "deux"]),
        ] {
            assert_eq!(lines_of(json), lines, "{json}");
        }
    }

    #[test]
    fn every_word_is_mapped_to_its_position_in_the_file() {
        let json = r#"{"a":"\u00e9t\u00e9 &eacute;cl\u00e9\ttrois\nquatre"}"#;
        let lines = lines(json);
        for (word, source) in
            [("été", r"\u00e9t\u"), ("éclé", "&eacute;cl"), ("trois", "trois"), ("quatre", "quatre"), ("a\"", "a\"")]
        {
            let at = crate::text::offset::offset(lines.text().find(word).unwrap());
            assert!(json[usize::from(lines.source_at(at))..].starts_with(source), "{word}");
        }
    }
}
