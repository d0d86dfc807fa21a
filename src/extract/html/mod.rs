//! Extracts text from HTML of any age: pages with menus, tag soup, layout tables, text in `pre`. The tree is walked
//! without recursion. A page nested so deeply that building its tree would take quadratic time is read by [`untyped`].
//! [`page`] decides which part of a page is content.

pub(super) mod anchored_notes;
pub(super) mod page;

use scraper::{ElementRef, Html};

use super::declared::declare;
use super::sourced::one_line;
use super::xml::untyped;
use super::{ExtractError, RawBody, RawDocument, RawEvent};
use crate::document::{BlockKind, InlineKind};
use crate::extract::encoding::decode_text;
use crate::text::sanitize::sanitize_line;
use page::{HtmlStep, walk_html};

/// Maximum depth of a tree that is built; no real page is nested deeper.
const MAX_DEPTH: usize = 500;

/// Extracts the document of an HTML page.
pub(super) fn extract(
    bytes: &[u8],
    format: &'static str,
    sink: &mut dyn FnMut(RawDocument),
) -> Result<(), ExtractError> {
    let (text, warnings) = decode_text(bytes)?;
    let mut raw = RawDocument { format, warnings, ..RawDocument::default() };
    let events = if untyped::max_depth(&text) > MAX_DEPTH {
        untyped::events(&text, &untyped::HIDDEN_IN_HTML)
    } else {
        let html = Html::parse_document(&text);
        facts(&html, &mut raw);
        let content = page::find_content(&html);
        raw.set_aside = content.set_aside;
        events(content.root)
    };
    if !events.iter().any(|event| matches!(event, RawEvent::Text { text, .. } if !text.trim().is_empty())) {
        return Err(ExtractError::Empty);
    }
    raw.body = RawBody::Marked(anchored_notes::link_notes(events));
    sink(raw);
    Ok(())
}

/// Parses HTML inside another format.
pub(super) fn parse_fragment(text: &str) -> Vec<RawEvent> {
    if untyped::max_depth(text) > MAX_DEPTH {
        return untyped::events(text, &untyped::HIDDEN_IN_HTML);
    }
    events(Html::parse_fragment(text).root_element())
}

/// Returns the inline mark that an element represents.
pub(super) fn inline_kind(name: &str) -> Option<InlineKind> {
    Some(match name {
        "em" | "i" | "cite" | "dfn" => InlineKind::Emphasis,
        "strong" | "b" => InlineKind::Strong,
        "sup" => InlineKind::Superscript,
        "sub" => InlineKind::Subscript,
        "del" | "s" | "strike" => InlineKind::Deleted,
        "code" | "kbd" | "samp" | "tt" => InlineKind::Code,
        _ => return None,
    })
}

fn facts(html: &Html, raw: &mut RawDocument) {
    declare(raw, "lang", html.root_element().attr("lang").unwrap_or(""));
    walk_html(html.root_element(), &mut |step| {
        if let HtmlStep::Enter(element) = step {
            match element.value().name() {
                "title" => declare(raw, "title", &element.text().collect::<String>()),
                "meta" => {
                    let name = element.attr("name").or(element.attr("property")).or(element.attr("http-equiv"));
                    declare(raw, name.unwrap_or(""), element.attr("content").unwrap_or(""));
                }
                _ => {}
            }
        }
        true
    });
}

fn events(root: ElementRef) -> Vec<RawEvent> {
    let mut writer = Writer::default();
    walk_html(root, &mut |step| writer.step(step));
    writer.end();
    writer.events
}

/// Kind and marker of the leaves that start inside an element.
struct Context {
    kind: BlockKind,
    marker: Option<String>,
}

/// An open list: the number of its next item, `None` for bullets.
type List = Option<u64>;

#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a state of its own in what is read")]
struct Writer {
    events: Vec<RawEvent>,
    contexts: Vec<Context>,
    lists: Vec<List>,
    /// Open inline elements, and whether each is already open in the current leaf.
    inlines: Vec<(InlineKind, bool)>,
    /// For each open table, whether it has data; other tables only set a layout.
    tables: Vec<bool>,
    in_leaf: bool,
    /// Whether white space is pending before further text.
    space: bool,
    /// First characters of the open leaf.
    opening: String,
    /// Whether the last leaf was ended only by a line break.
    continues: bool,
    /// Whether the open leaf is a label for the content of the next cell.
    is_label: bool,
    preformatted: usize,
}

impl Writer {
    fn step(&mut self, step: HtmlStep) -> bool {
        match step {
            HtmlStep::Text(text) if self.preformatted > 0 => self.lines(text),
            HtmlStep::Text(text) => self.text(text),
            HtmlStep::Enter(element) if page::is_invisible(element) || page::is_menu(element) => return false,
            HtmlStep::Enter(element) => self.enter(element),
            HtmlStep::Leave(element) => self.leave(element),
        }
        true
    }

    fn enter(&mut self, element: ElementRef) {
        let name = element.value().name();
        match name {
            "br" => self.line_break(),
            "hr" => self.rule(),
            "a" => self.inlines.extend(link(element).or_else(|| bare_mark(element)).map(|kind| (kind, false))),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.end();
                self.context(BlockKind::Heading { level: name.as_bytes()[1] - b'0' }, None);
            }
            "ul" | "menu" | "dir" | "ol" => {
                self.end();
                let first = element.attr("start").and_then(|start| start.parse().ok()).unwrap_or(1);
                self.lists.push((name == "ol").then_some(first));
            }
            "li" => {
                self.end();
                let marker = self.next_marker();
                self.context(BlockKind::Item, Some(marker));
            }
            "blockquote" => self.container(BlockKind::Quote),
            "pre" | "listing" | "xmp" => {
                self.end();
                self.preformatted += 1;
            }
            "table" => {
                self.end();
                let data = !self.in_cell() && page::is_data_table(element);
                self.tables.push(data);
                if data {
                    self.container(BlockKind::Table);
                }
            }
            "tr" if self.in_data() => self.container(BlockKind::Row),
            "td" | "th" if self.in_data() => {
                self.end();
                self.context(BlockKind::Cell, None);
            }
            _ if page::is_block(name) => self.end(),
            _ => self.inlines.extend(inline_kind(name).map(|kind| (kind, false))),
        }
    }

    fn leave(&mut self, element: ElementRef) {
        let name = element.value().name();
        match name {
            "br" | "hr" => {}
            "a" if link(element).or_else(|| bare_mark(element)).is_some() => self.close_inline(),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "li" => {
                self.end();
                self.contexts.pop();
            }
            "ul" | "menu" | "dir" | "ol" => {
                self.end();
                self.lists.pop();
            }
            "blockquote" => self.close(),
            "pre" | "listing" | "xmp" => {
                self.end();
                self.preformatted -= 1;
            }
            "table" => {
                self.end_row();
                if self.tables.pop() == Some(true) {
                    self.close();
                }
            }
            "tr" if self.in_data() => self.close(),
            "td" | "th" if self.in_data() => self.end_cell(),
            "tr" => self.end_row(),
            "td" if self.in_leaf && self.tables.last() == Some(&false) && page::names_fact(element) => self.keep_open(),
            _ if page::is_block(name) => self.end(),
            _ if inline_kind(name).is_some() => self.close_inline(),
            _ => {}
        }
    }

    fn in_data(&self) -> bool {
        self.tables.last() == Some(&true)
    }

    fn in_cell(&self) -> bool {
        self.contexts.last().is_some_and(|context| context.kind == BlockKind::Cell)
    }

    fn context(&mut self, kind: BlockKind, marker: Option<String>) {
        self.contexts.push(Context { kind, marker });
    }

    fn container(&mut self, kind: BlockKind) {
        self.end();
        self.events.push(RawEvent::Open(kind));
        self.context(BlockKind::Paragraph, None);
    }

    fn close(&mut self) {
        self.end();
        self.contexts.pop();
        self.events.push(RawEvent::Close);
    }

    fn next_marker(&mut self) -> String {
        match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}.", *number - 1)
            }
            _ => "•".to_owned(),
        }
    }

    /// Ends the open leaf. In a data cell, where blocks are joined, it only adds a space. A label alone in a cell of a
    /// layout table stays open for the text it labels.
    fn end(&mut self) {
        self.space = true;
        self.continues = false;
        if self.in_leaf && !self.in_cell() {
            self.is_label |= self.tables.last() == Some(&false) && crate::extract::label::is_label(&self.opening);
            if !self.is_label {
                self.end_leaf();
            }
        }
    }

    /// Keeps the leaf open for the value in the next cell.
    fn keep_open(&mut self) {
        self.space = true;
        self.is_label = true;
    }

    /// Ends the open leaf, even if it is a label without text.
    fn end_row(&mut self) {
        self.is_label = false;
        if self.in_leaf && !self.in_cell() {
            self.end_leaf();
        }
    }

    fn end_leaf(&mut self) {
        self.events.push(RawEvent::End);
        self.in_leaf = false;
        self.inlines.iter_mut().for_each(|(_, known)| *known = false);
    }

    /// Ends a cell; an empty cell gets a space so that it is kept.
    fn end_cell(&mut self) {
        if !self.in_leaf {
            self.start();
            self.events.push(RawEvent::Text { text: " ".to_owned(), source: None });
        }
        self.end_leaf();
        self.contexts.pop();
    }

    fn line_break(&mut self) {
        let runs_on = matches!(self.contexts.last(), Some(Context { kind: BlockKind::Heading { .. }, .. }));
        if runs_on {
            self.space = true;
        } else {
            let was_in_leaf = self.in_leaf;
            self.end();
            self.continues = was_in_leaf && !self.in_leaf;
        }
    }

    fn rule(&mut self) {
        if !self.in_cell() {
            self.end();
            self.events.push(RawEvent::Start { kind: BlockKind::Rule, depth: 0, marker: None });
            self.events.push(RawEvent::End);
        }
    }

    /// Starts a leaf of the kind its context requires; further leaves of an item are paragraphs.
    fn start(&mut self) {
        let depth = u8::try_from(self.lists.len().saturating_sub(1)).unwrap_or(u8::MAX);
        let (kind, marker) = match self.contexts.last_mut() {
            _ if self.preformatted > 0 => (BlockKind::Preformatted, None),
            Some(Context { kind: BlockKind::Item, marker }) => match marker.take() {
                Some(marker) => (BlockKind::Item, Some(marker)),
                None => (BlockKind::Paragraph, None),
            },
            Some(context) => (context.kind, None),
            None => (BlockKind::Paragraph, None),
        };
        if std::mem::take(&mut self.continues) {
            self.events.push(RawEvent::Continuation);
        }
        self.events.push(RawEvent::Start { kind, depth, marker });
        self.in_leaf = true;
        self.opening.clear();
        self.space = false;
    }

    fn text(&mut self, text: &str) {
        let mut run = String::new();
        for piece in text.split_inclusive(|c: char| c.is_ascii_whitespace()) {
            let word = piece.trim_end_matches(|c: char| c.is_ascii_whitespace());
            if !word.is_empty() {
                self.word(word, &mut run);
            }
            self.space |= word.len() < piece.len();
        }
        self.flush(&run);
    }

    fn word(&mut self, word: &str, run: &mut String) {
        if !self.in_leaf {
            if word.chars().all(char::is_whitespace) {
                return;
            }
            self.start();
        }
        self.is_label = false;
        if std::mem::take(&mut self.space) {
            run.push(' ');
        }
        if self.inlines.iter().any(|(_, known)| !known) {
            self.flush(run);
            run.clear();
            for (kind, known) in &mut self.inlines {
                if !std::mem::replace(known, true) {
                    self.events.push(RawEvent::OpenInline(kind.clone()));
                }
            }
        }
        run.push_str(word);
        if self.opening.len() < 16 {
            self.opening.push_str(word);
        }
    }

    fn flush(&mut self, run: &str) {
        if !run.is_empty() {
            self.events.push(RawEvent::Text { text: sanitize_line(run).into_owned(), source: None });
        }
    }

    fn close_inline(&mut self) {
        if let Some((_, true)) = self.inlines.pop() {
            self.events.push(RawEvent::CloseInline);
        }
    }

    /// Writes preformatted text: each line is a leaf, an empty line is a space.
    fn lines(&mut self, text: &str) {
        for line in text.split_inclusive('\n') {
            let words = line.trim_end_matches(['\n', '\r']);
            if !self.in_leaf {
                self.start();
            }
            self.flush(if words.is_empty() { " " } else { words });
            if words.len() < line.len() {
                self.end_leaf();
            }
        }
    }
}

fn link(element: ElementRef) -> Option<InlineKind> {
    let target = element.attr("href")?.trim();
    let leads = !target.is_empty() && !target.to_ascii_lowercase().starts_with("javascript:");
    leads.then(|| InlineKind::Link { target: one_line(target) })
}

/// Returns an empty link for a superscript `a` element without a target. Marks of notes are written so; being a link
/// distinguishes them from other superscript letters.
fn bare_mark(element: ElementRef) -> Option<InlineKind> {
    let parent = element.parent().and_then(ElementRef::wrap)?;
    let is_raised = parent.value().name() == "sup" && element.attr("href").is_none();
    is_raised.then(|| InlineKind::Link { target: String::new() })
}
