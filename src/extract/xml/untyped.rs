//! Extracts text from XML of an unknown vocabulary, and from markup nested too deeply for a tree. An element with text
//! of its own is a paragraph that includes its descendants; a label alone is joined to the text that follows. It makes
//! one pass without a tree. Known vocabularies have their own readers.
//!
//! Written here because XML crates reject documents that are not well formed, which files of unknown vocabularies often
//! are.

use crate::document::{BlockKind, Warning};
use crate::extract::declared::declare;
use crate::extract::encoding::decode_text;
use crate::extract::label::is_label;
use crate::extract::sourced::beginning;
use crate::extract::{ExtractError, RawBody, RawDocument, RawEvent};
use crate::text::sanitize::sanitize_line;

/// Elements of HTML whose text is not displayed.
pub(crate) const HIDDEN_IN_HTML: [&str; 3] = ["script", "style", "template"];
/// Elements of XML whose text is not content, including the metadata elements of known vocabularies.
const HIDDEN: [&str; 11] = [
    "script",
    "style",
    "template",
    "meta",
    "teiHeader",
    "BIB.DOC",
    "BIB.INSTANCE",
    "BIB.DATA",
    "scl:jolux",
    "scl:rdf",
    "scl:postit",
];

/// Extracts an XML document.
pub(crate) fn extract(
    bytes: &[u8],
    format: &'static str,
    sink: &mut dyn FnMut(RawDocument),
) -> Result<(), ExtractError> {
    extract_with(bytes, format, Vec::new(), sink)
}

/// Extracts an ill-formed document of a known vocabulary, with a warning.
pub(crate) fn extract_ill_formed(
    bytes: &[u8],
    format: &'static str,
    sink: &mut dyn FnMut(RawDocument),
) -> Result<(), ExtractError> {
    let warning = Warning { code: "ill-formed".to_owned(), detail: String::new() };
    extract_with(bytes, format, vec![warning], sink)
}

fn extract_with(
    bytes: &[u8],
    format: &'static str,
    more: Vec<Warning>,
    sink: &mut dyn FnMut(RawDocument),
) -> Result<(), ExtractError> {
    let (text, mut warnings) = decode_text(bytes)?;
    warnings.extend(more);
    let mut raw = RawDocument { format, warnings, ..RawDocument::default() };
    let events = events(&text, &HIDDEN);
    if !events.iter().any(|event| matches!(event, RawEvent::Text { .. })) {
        return Err(ExtractError::Empty);
    }
    declare(&mut raw, "lang", declared_language(&text));
    raw.body = RawBody::Marked(events);
    sink(raw);
    Ok(())
}

/// Returns the root's `xml:lang`.
fn declared_language(text: &str) -> &str {
    let head = beginning(text, 2048);
    let value = head.split_once("xml:lang=").map_or("", |(_, value)| value).trim_start_matches(['"', '\'']);
    value.split(['"', '\'']).next().unwrap_or("")
}

/// Returns the maximum depth of nested elements, without those that HTML closes implicitly.
pub(crate) fn max_depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for token in tokens(text) {
        match token {
            Token::Open(name) if !is_void(name) => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            Token::Close(name) if !is_void(name) => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// Whether an HTML element has no end tag or an optional one.
fn is_void(name: &str) -> bool {
    const NAMES: [&str; 27] = [
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "p",
        "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "colgroup", "frame", "param",
    ];
    NAMES.iter().any(|void| name.eq_ignore_ascii_case(void))
}

/// Returns the paragraphs of marked-up text as events.
pub(crate) fn events(text: &str, hidden_elements: &[&str]) -> Vec<RawEvent> {
    let is_hidden = |name: &str| hidden_elements.iter().any(|hidden| name.eq_ignore_ascii_case(hidden));
    let mut events = Vec::new();
    let mut depth = 0_usize;
    let mut paragraph: Option<usize> = None;
    let mut space = false;
    let (mut opening, mut glued) = (String::new(), false);
    let mut hidden: Option<&str> = None;
    for token in tokens(text) {
        match token {
            Token::Open(name) => {
                depth += 1;
                hidden = hidden.or_else(|| is_hidden(name).then_some(name));
            }
            Token::Close(name) => {
                depth = depth.saturating_sub(1);
                hidden = hidden.filter(|open| !open.eq_ignore_ascii_case(name));
                if paragraph.is_some_and(|own| depth < own) {
                    glued = is_label(&opening);
                    if !glued {
                        events.push(RawEvent::End);
                    }
                    paragraph = None;
                }
            }
            Token::Empty(name) => space |= is_void(name),
            Token::Text(words) if hidden.is_none() => {
                if paragraph.is_none() && !words.trim().is_empty() {
                    if !glued {
                        events.push(RawEvent::Start { kind: BlockKind::Paragraph, depth: 0, marker: None });
                        opening.clear();
                    }
                    paragraph = Some(depth);
                    space = std::mem::take(&mut glued);
                }
                if paragraph.is_some() {
                    if opening.len() < 16 {
                        opening.push_str(words.trim());
                    }
                    push_words(words, &mut space, &mut events);
                }
            }
            Token::Text(_) => {}
        }
    }
    if glued || paragraph.is_some() {
        events.push(RawEvent::End);
    }
    events
}

/// Appends words with normalised white space and entities decoded.
fn push_words(words: &str, space: &mut bool, events: &mut Vec<RawEvent>) {
    for piece in words.split_inclusive(|c: char| c.is_ascii_whitespace()) {
        let word = piece.trim_end_matches(|c: char| c.is_ascii_whitespace());
        if !word.is_empty() {
            if std::mem::take(space) {
                events.push(RawEvent::Text { text: " ".to_owned(), source: None });
            }
            let read = entities(word);
            let text = sanitize_line(&read).into_owned();
            events.push(RawEvent::Text { text, source: None });
        }
        *space |= word.len() < piece.len();
    }
}

fn entities(word: &str) -> String {
    let mut read = String::with_capacity(word.len());
    let mut rest = word;
    while let Some((before, after)) = rest.split_once('&') {
        read.push_str(before);
        let end = after.as_bytes().iter().take(12).position(|&byte| byte == b';');
        if let Some((end, character)) = end.and_then(|end| Some((end, entity(&after[..end])?))) {
            read.push(character);
            rest = &after[end + 1..];
        } else {
            read.push('&');
            rest = after;
        }
    }
    read.push_str(rest);
    read
}

fn entity(name: &str) -> Option<char> {
    let number = || {
        let digits = name.strip_prefix('#')?;
        match digits.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => digits.parse().ok(),
        }
    };
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        _ => char::from_u32(number()?)?,
    })
}

enum Token<'a> {
    Open(&'a str),
    Close(&'a str),
    Empty(&'a str),
    Text(&'a str),
}

/// Iterates over tags and the text between them. Comments, declarations and processing instructions are skipped; CDATA
/// is text.
fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < text.len() {
            let rest = &text[at..];
            let Some(inside) = rest.strip_prefix('<').filter(|inside| is_tag(inside)) else {
                let end = rest.bytes().skip(1).position(|byte| byte == b'<').map_or(rest.len(), |i| i + 1);
                at += end;
                return Some(Token::Text(&rest[..end]));
            };
            if let Some(data) = inside.strip_prefix("![CDATA[") {
                let (start, length) = (at + 9, data.find("]]>").unwrap_or(data.len()));
                at = (start + length + 3).min(text.len());
                return Some(Token::Text(&text[start..start + length]));
            }
            if let Some(comment) = inside.strip_prefix("!--") {
                at = comment.find("-->").map_or(text.len(), |end| at + 4 + end + 3);
                continue;
            }
            let end = inside.find('>').unwrap_or(inside.len());
            at = (at + end + 2).min(text.len());
            let tag = &inside[..end];
            let name = |tag: &'_ str| tag.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(tag.len());
            if tag.starts_with(['!', '?']) {
                continue;
            }
            return Some(match (tag.strip_prefix('/'), tag.strip_suffix('/')) {
                (Some(closed), _) => Token::Close(&closed[..name(closed)]),
                (_, Some(empty)) => Token::Empty(&empty[..name(empty)]),
                _ => Token::Open(&tag[..name(tag)]),
            });
        }
        None
    })
}

fn is_tag(inside: &str) -> bool {
    inside.starts_with(|c: char| c.is_alphabetic() || "/!?_".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_element_with_text_of_its_own_is_a_paragraph() {
        let source = "<?xml version='1.0'?><!-- x --><a>\n<num>1.</num><p>un <ref href='#'>deux</ref>\ntrois &amp; &#233;t&#xe9;</p><b/><![CDATA[<q>]]></a>";
        let text: String = events(source, &HIDDEN)
            .iter()
            .map(|event| match event {
                RawEvent::Text { text, .. } => text.as_str(),
                RawEvent::End => "|",
                _ => "",
            })
            .collect();
        assert_eq!(text, "1. un deux trois & été|<q>|");
    }
}
