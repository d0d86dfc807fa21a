//! HTML inside the strings of another format: detects whether a string is HTML, and returns its blocks or words. `a <
//! b` and `x<y and y>z` are not HTML: only well-formed tags of HTML text elements count, and inline tags only if they
//! are closed. Any other tag is text. Such strings are fragments, not pages, so content that a page would hide or treat
//! as a menu is text too.

use std::collections::HashMap;
use std::fmt::Write as _;

use scraper::Html;

use super::{RawEvent, SourcedText, html};
use crate::text::offset::range;

/// Block tags and void tags.
const BLOCKS: [&str; 35] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "br",
    "caption",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
];
/// Inline tags, and those that occur only inside others.
const INLINES: [&str; 42] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "col", "colgroup", "del", "details", "dfn",
    "dir", "em", "font", "i", "img", "ins", "kbd", "mark", "menu", "nobr", "o:p", "q", "ruby", "s", "samp", "small",
    "span", "strike", "strong", "sub", "summary", "sup", "time", "tt", "u", "ul", "var", "wbr",
];
/// Blocks that surround the text of a page; inside a string they are treated as `div`.
const FRAMES: [&str; 6] = ["article", "aside", "footer", "header", "main", "section"];
/// Attributes that are kept.
const KEPT_ATTRIBUTES: [&str; 8] = ["alt", "colspan", "href", "lang", "rowspan", "start", "type", "value"];
/// Attributes without a value.
const BARE_ATTRIBUTES: [&str; 5] = ["compact", "hidden", "noshade", "nowrap", "reversed"];
/// Maximum length of a character reference, in bytes.
const MAX_REFERENCE_BYTES: usize = 32;

/// A tag of an HTML text element.
struct Tag<'a> {
    name: String,
    closes: bool,
    attributes: Vec<(String, &'a str)>,
    /// Number of bytes from `<` to `>`.
    length: usize,
}

pub(super) fn is_markup(text: &str) -> bool {
    let mut open: Vec<String> = Vec::new();
    tags(text).any(|(_, tag)| {
        let closed = tag.closes && open.contains(&tag.name);
        let is_block = BLOCKS.contains(&tag.name.as_str());
        if !tag.closes && !open.contains(&tag.name) {
            open.push(tag.name);
        }
        is_block || closed
    })
}

/// Returns the events of a string that is HTML.
pub(super) fn parse_events(text: &str) -> Vec<RawEvent> {
    html::parse_fragment(&escape_other_tags(text))
}

/// Returns the words of a string on one line, without HTML tags.
pub(super) fn words(text: &str) -> String {
    if !is_markup(text) {
        return if text.contains('&') { decode_references(text).text().to_owned() } else { text.to_owned() };
    }
    let shown = |event: RawEvent| match event {
        RawEvent::Text { text, .. } => text,
        RawEvent::End => " ".to_owned(),
        _ => String::new(),
    };
    parse_events(text).into_iter().map(shown).collect::<String>().trim().to_owned()
}

/// Decodes HTML character references that end with a semicolon, « &eacute; », « &#39; », and maps them to their source.
pub(super) fn decode_references(text: &str) -> SourcedText {
    let mut read = SourcedText::default();
    let mut known: HashMap<&str, Option<String>> = HashMap::new();
    let (mut at, mut from) = (0, 0);
    while let Some(start) = text[from..].find('&').map(|i| from + i) {
        from = start + 1;
        let name = text[from..].find(|c: char| !(c.is_ascii_alphanumeric() || c == '#'));
        let Some(end) = name.map(|i| from + i).filter(|&end| text[end..].starts_with(';')) else { continue };
        let reference = &text[start..=end];
        let sign = known.entry(reference).or_insert_with(|| character(reference));
        if let Some(sign) = sign {
            read.replace(&text[at..start], range(at, start));
            read.replace(sign, range(start, end + 1));
            (at, from) = (end + 1, end + 1);
        }
    }
    read.replace(&text[at..], range(at, text.len()));
    read
}

/// Returns the characters of a reference; `None` if it is not valid.
fn character(reference: &str) -> Option<String> {
    if reference.len() > MAX_REFERENCE_BYTES {
        return None;
    }
    let read: String = Html::parse_fragment(reference).root_element().text().collect();
    (!read.ends_with(';') && read.chars().count() <= 2 && !read.is_empty()).then_some(read)
}

/// Escapes everything that is not a tag of a text element, and removes attributes that could hide elements.
fn escape_other_tags(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut at = 0;
    for (start, tag) in tags(text) {
        escaped.push_str(&text[at..start].replace('<', "&lt;"));
        at = start + tag.length;
        let name = if FRAMES.contains(&tag.name.as_str()) { "div" } else { &tag.name };
        let slash = if tag.closes { "/" } else { "" };
        let _ = write!(escaped, "<{slash}{name}");
        for (attribute, value) in tag.attributes.iter().filter(|(name, _)| KEPT_ATTRIBUTES.contains(&name.as_str())) {
            let _ = write!(escaped, " {attribute}=\"{}\"", value.replace('"', "&quot;"));
        }
        escaped.push('>');
    }
    escaped.push_str(&text[at..].replace('<', "&lt;"));
    escaped
}

/// Iterates over the tags of text elements with their offsets; comments are skipped.
fn tags(text: &str) -> impl Iterator<Item = (usize, Tag<'_>)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(start) = text[at..].find('<').map(|i| at + i) {
            at = start + 1;
            if let Some(tag) = tag(&text[start..]) {
                at = start + tag.length;
                return Some((start, tag));
            }
        }
        None
    })
}

/// Parses the tag at the start of a text.
fn tag(text: &str) -> Option<Tag<'_>> {
    let inside = text.strip_prefix('<')?;
    let body = inside.strip_prefix('/');
    let (closes, body) = (body.is_some(), body.unwrap_or(inside));
    let end = body.find(|c: char| !(c.is_ascii_alphanumeric() || c == ':')).unwrap_or(body.len());
    let name = body[..end].to_ascii_lowercase();
    if !(BLOCKS.contains(&name.as_str()) || INLINES.contains(&name.as_str())) {
        return None;
    }
    let mut attributes = Vec::new();
    let mut rest = &body[end..];
    loop {
        let after = rest.trim_start();
        if let Some(behind) = after.strip_prefix("/>").or_else(|| after.strip_prefix('>')) {
            return Some(Tag { name, closes, attributes, length: text.len() - behind.len() });
        }
        if closes || after.len() == rest.len() && attributes.is_empty() {
            return None;
        }
        let (attribute, behind) = attribute(after)?;
        attributes.push(attribute);
        rest = behind;
    }
}

/// Parses an attribute, « href="…" » or « nowrap », and returns it with the rest of the text.
fn attribute(text: &str) -> Option<((String, &str), &str)> {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:".contains(c))).filter(|&end| end > 0)?;
    let name = text[..end].to_ascii_lowercase();
    let Some(value) = text[end..].trim_start().strip_prefix('=').map(str::trim_start) else {
        return BARE_ATTRIBUTES.contains(&name.as_str()).then_some(((name, ""), &text[end..]));
    };
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    let (value, rest) = match quote {
        Some(quote) => value[1..].split_once(quote)?,
        None => value.split_at(value.find(|c: char| c.is_whitespace() || "<>\"'=`".contains(c))?),
    };
    Some(((name, value), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_tags_of_html_make_a_string_html() {
        for (text, is) in [
            ("<p>", true),
            ("un<BR />deux", true),
            ("un <b>mot</b>", true),
            ("<a href='x?a=1&b=2' nowrap>un</a>", true),
            ("<td width=20%>", true),
            ("a < b", false),
            ("x<y and y>z", false),
            ("si a<b et b>c", false),
            ("a <b> c", false),
            ("<p", false),
            ("<nav>un</nav>", false),
            ("List<String> et <nom>", false),
            ("", false),
        ] {
            assert_eq!(is_markup(text), is, "{text}");
        }
    }

    #[test]
    fn words_of_a_string_are_all_there() {
        for (text, words_of) in [
            ("<p>x<y et <script>z</script></p><p class=menu>fin", "x<y et <script>z</script> fin"),
            ("<header><a href=x>un</a></header>", "un"),
            ("L&rsquo;&eacute;t&#xE9; &amp; &copy2; &lt;", "L’été & &copy2; <"),
            ("<!-- non --><b>un</b>", "<!-- non -->un"),
        ] {
            assert_eq!(words(text), words_of, "{text}");
        }
    }
}
