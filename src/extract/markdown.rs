//! Extracts text from Markdown (CommonMark with tables, footnotes, strike-through and front matter). The structure
//! comes from the markup, which is not part of the text. Raw HTML is parsed by the HTML reader; images are replaced
//! with their alternative text.

use std::ops::Range;

use pulldown_cmark::{Event as Mark, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::declared::declare;
use super::html::anchored_notes::mark_superscript_links;
use super::{ExtractError, RawBody, RawDocument, RawEvent, html};
use crate::document::{BlockKind, InlineKind};
use crate::extract::encoding::decode_text;
use crate::text::offset::range;
use crate::text::sanitize::sanitize_line;

/// Extracts the document of a Markdown file.
pub(super) fn extract(
    bytes: &[u8],
    format: &'static str,
    sink: &mut dyn FnMut(RawDocument),
) -> Result<(), ExtractError> {
    let (text, warnings) = decode_text(bytes)?;
    let mut reader = Reader { raw: RawDocument { format, warnings, ..RawDocument::default() }, ..Reader::default() };
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    for (mark, source) in Parser::new_ext(&text, options).into_offset_iter() {
        reader.add(mark, source);
    }
    sink(reader.finish());
    Ok(())
}

#[derive(Default)]
struct Reader {
    raw: RawDocument,
    /// Events of the body; those of the notes are appended at the end.
    events: Vec<RawEvent>,
    notes: Vec<RawEvent>,
    in_note: bool,
    /// Number of the next item of each open list; `None` for bullets.
    lists: Vec<Option<u64>>,
    /// Whether an item or note has started but not yet its first paragraph.
    fresh: bool,
    /// Kind of the open leaf.
    leaf: Option<BlockKind>,
    /// Whether a code block is open, whose lines are leaves.
    in_code: bool,
    /// Text collected from front matter and from an HTML block.
    front: Option<String>,
    html: Option<String>,
    /// Names of the inline HTML tags that are open.
    tags: Vec<String>,
}

impl Reader {
    fn add(&mut self, mark: Mark, source: Range<usize>) {
        match mark {
            Mark::Start(tag) => self.open_tag(tag),
            Mark::End(tag) => self.close_tag(tag),
            Mark::Text(text) if self.in_code => self.code(&text, &source),
            Mark::Text(text) | Mark::InlineMath(text) | Mark::DisplayMath(text) => self.text(&text, &source),
            Mark::Code(text) => {
                self.push(RawEvent::OpenInline(InlineKind::Code));
                self.text(&text, &source);
                self.push(RawEvent::CloseInline);
            }
            Mark::SoftBreak => self.text(" ", &source),
            Mark::HardBreak => self.line_break(&source),
            Mark::Html(text) => self.html.get_or_insert_default().push_str(&text),
            Mark::InlineHtml(tag) => self.tag(&tag, &source),
            Mark::FootnoteReference(label) => {
                self.push(RawEvent::OpenInline(InlineKind::FootnoteReference { label: label.to_string() }));
                self.text(&label, &source);
                self.push(RawEvent::CloseInline);
            }
            Mark::Rule => {
                self.start(BlockKind::Rule, None);
                self.end();
            }
            Mark::TaskListMarker(_) => {}
        }
    }

    fn open_tag(&mut self, tag: Tag) {
        match tag {
            Tag::Paragraph if self.fresh => {}
            Tag::Paragraph => self.start(BlockKind::Paragraph, None),
            Tag::Heading { level, .. } => self.start(BlockKind::Heading { level: level_of(level) }, None),
            Tag::BlockQuote(_) => self.push(RawEvent::Open(BlockKind::Quote)),
            Tag::CodeBlock(_) => self.in_code = true,
            Tag::HtmlBlock => self.html = Some(String::new()),
            Tag::List(first) => self.lists.push(first),
            Tag::Item => self.item(),
            Tag::FootnoteDefinition(label) => self.note(&label),
            Tag::Table(_) => self.push(RawEvent::Open(BlockKind::Table)),
            Tag::TableHead | Tag::TableRow => self.push(RawEvent::Open(BlockKind::Row)),
            Tag::TableCell => self.start(BlockKind::Cell, None),
            Tag::Emphasis => self.push(RawEvent::OpenInline(InlineKind::Emphasis)),
            Tag::Strong => self.push(RawEvent::OpenInline(InlineKind::Strong)),
            Tag::Strikethrough => self.push(RawEvent::OpenInline(InlineKind::Deleted)),
            Tag::Superscript => self.push(RawEvent::OpenInline(InlineKind::Superscript)),
            Tag::Subscript => self.push(RawEvent::OpenInline(InlineKind::Subscript)),
            Tag::Link { dest_url, .. } => {
                self.push(RawEvent::OpenInline(InlineKind::Link { target: dest_url.to_string() }));
            }
            Tag::MetadataBlock(_) => self.front = Some(String::new()),
            _ => {}
        }
    }

    fn close_tag(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item => self.end(),
            TagEnd::TableCell => {
                if matches!(self.events.last(), Some(RawEvent::Start { .. })) {
                    // Without text, the cell would be dropped and the columns would shift.
                    self.push(RawEvent::Text { text: " ".to_owned(), source: None });
                }
                self.end();
            }
            TagEnd::CodeBlock => {
                self.end();
                self.in_code = false;
            }
            TagEnd::List(_) => drop(self.lists.pop()),
            TagEnd::BlockQuote(_) | TagEnd::Table | TagEnd::TableHead | TagEnd::TableRow => {
                self.push(RawEvent::Close);
                self.leaf = None;
            }
            TagEnd::HtmlBlock => {
                let block = self.html.take().unwrap_or_default();
                self.leaf = None;
                for event in html::parse_fragment(&block) {
                    self.push(event);
                }
            }
            TagEnd::FootnoteDefinition => {
                self.end();
                self.push(RawEvent::EndNote);
                self.in_note = false;
            }
            TagEnd::MetadataBlock(_) => self.front_matter(),
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link => self.push(RawEvent::CloseInline),
            _ => {}
        }
    }

    fn push(&mut self, event: RawEvent) {
        if self.in_note { &mut self.notes } else { &mut self.events }.push(event);
    }

    fn start(&mut self, kind: BlockKind, marker: Option<String>) {
        let kind = if self.in_note && kind == BlockKind::Paragraph { BlockKind::Footnote } else { kind };
        let depth = u8::try_from(self.lists.len().saturating_sub(1)).unwrap_or(u8::MAX);
        self.leaf = Some(kind);
        self.fresh = false;
        self.push(RawEvent::Start { kind, depth, marker });
    }

    fn end(&mut self) {
        self.leaf = None;
        self.fresh = false;
        self.tags.clear();
        self.push(RawEvent::End);
    }

    fn item(&mut self) {
        let number = self.lists.last_mut().and_then(Option::as_mut);
        let marker = number.map_or_else(
            || "•".to_owned(),
            |number| {
                *number += 1;
                format!("{}.", *number - 1)
            },
        );
        self.start(BlockKind::Item, Some(marker));
        self.fresh = true;
    }

    fn note(&mut self, label: &str) {
        self.in_note = true;
        self.push(RawEvent::Note(label.to_owned()));
        self.start(BlockKind::Footnote, Some(label.to_owned()));
        self.fresh = true;
    }

    fn text(&mut self, text: &str, source: &Range<usize>) {
        if let Some(front) = &mut self.front {
            front.push_str(text);
            return;
        }
        if self.leaf.is_none() {
            self.start(BlockKind::Paragraph, None);
        }
        self.fresh = false;
        let source = Some(range(source.start, source.end));
        self.push(RawEvent::Text { text: sanitize_line(text).into_owned(), source });
    }

    /// Handles a line break: a space inside a heading or cell; elsewhere the next line is a new leaf.
    fn line_break(&mut self, source: &Range<usize>) {
        match self.leaf {
            Some(BlockKind::Heading { .. } | BlockKind::Cell) => self.text(" ", source),
            leaf => {
                if leaf.is_some() {
                    self.push(RawEvent::Continuation);
                }
                self.start(BlockKind::Paragraph, None);
            }
        }
    }

    /// Writes lines of code, each as a leaf; an empty line becomes a space so that it is kept.
    fn code(&mut self, text: &str, source: &Range<usize>) {
        let mut at = source.start;
        for line in text.split_inclusive('\n') {
            let words = line.trim_end_matches(['\n', '\r']);
            if self.leaf.is_none() {
                self.start(BlockKind::Preformatted, None);
            }
            let shown = if words.is_empty() { " ".into() } else { sanitize_line(words) };
            let kept = Some(range(at, (at + words.len()).min(source.end.max(at))));
            self.push(RawEvent::Text { text: shown.into_owned(), source: kept });
            if words.len() < line.len() {
                self.end();
            }
            at += line.len();
        }
    }

    /// Handles an inline HTML tag: superscript, subscript, emphasis, line breaks; other tags are dropped.
    fn tag(&mut self, tag: &str, source: &Range<usize>) {
        let name: String = tag.trim_start_matches(['<', '/']).chars().take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        if name == "br" {
            self.line_break(source);
        } else if tag.starts_with("</") {
            if self.tags.last() == Some(&name) {
                self.tags.pop();
                self.push(RawEvent::CloseInline);
            }
        } else if name == "a" && self.tags.last().is_some_and(|tag| tag == "sup") {
            self.tags.push(name);
            self.push(RawEvent::OpenInline(InlineKind::Link { target: String::new() }));
        } else if let Some(kind) = html::inline_kind(&name) {
            self.tags.push(name);
            self.push(RawEvent::OpenInline(kind));
        }
    }

    fn front_matter(&mut self) {
        let front = self.front.take().unwrap_or_default();
        for (name, value) in front.lines().filter_map(|line| line.split_once(':')) {
            declare(&mut self.raw, name, value);
        }
    }

    fn finish(mut self) -> RawDocument {
        self.events.append(&mut self.notes);
        RawDocument { body: RawBody::Marked(mark_superscript_links(self.events)), ..self.raw }
    }
}

fn level_of(level: HeadingLevel) -> u8 {
    level as u8
}
