//! Converts an XML tree to events, with a vocabulary that gives each element its role. Numbers are written before the
//! text they number, notes at the end of the text with their marks in place. No part is opened inside quoted text: an
//! article that an act inserts into another act is not its own article.

use std::collections::HashSet;

use roxmltree::Node;

use crate::document::{BlockKind, InlineKind, PartKind};
use crate::extract::RawEvent;
use crate::extract::sourced::one_line;
use crate::extract::walk::{TreeStep, walk};
use crate::text::numbering;
use crate::text::sanitize::sanitize_line;

/// How an element is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum ElementRole {
    Hidden,
    /// Inline.
    Run(Option<InlineKind>),
    Block,
    /// Starts and ends a line, and its content is of this kind.
    Leaf(BlockKind),
    /// Contains blocks.
    Container(BlockKind),
    /// A list whose items are numbered from this number on, or have bullets.
    List(Option<u64>),
    /// A number or letter, either of the title that follows in its section or part, or of the text that follows.
    Number,
    Heading,
    /// A section, with or without a title.
    Section,
    /// A part with its label; without a label, its number is used.
    Part(PartKind, Option<String>),
    /// A note at the position of its mark, with its printed label if there is one.
    Note(Option<String>),
    /// The mark of a note that is elsewhere, with its label.
    Mark(String),
    /// An empty element that represents these words.
    Words(String),
    Break,
}

/// Returns the events of an element. `role` gives each element its role; `notes` are bodies of notes with the labels of
/// their marks.
pub(crate) fn events<'a, 'input>(
    root: Node<'a, 'input>,
    role: &dyn Fn(Node<'a, 'input>) -> ElementRole,
    notes: &[(String, Node<'a, 'input>)],
) -> Vec<RawEvent> {
    let mut writer = Writer::default();
    writer.tree(root, role);
    writer.flush_number();
    writer.end();
    for (label, body) in notes {
        writer.open_note(label.clone());
        writer.tree(*body, &|node| if node == *body { ElementRole::Block } else { role(node) });
        writer.close_note();
    }
    let mut events = writer.flow.events;
    events.extend(writer.notes);
    events
}

/// An open section or part.
struct Open {
    /// Index of the part's event, if its label is still missing.
    unlabelled: Option<usize>,
}

#[derive(Default)]
struct Writer {
    flow: Flow,
    /// Flows that are suspended while a note is written.
    outside: Vec<Flow>,
    /// Events of completed notes.
    notes: Vec<RawEvent>,
    /// Labels of notes used so far.
    labels: HashSet<String>,
    open: Vec<Open>,
    quotes: usize,
}

/// A flow of text: the running text, or that of a note.
#[derive(Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a state of its own in what is read")]
struct Flow {
    events: Vec<RawEvent>,
    contexts: Vec<BlockKind>,
    items: usize,
    lists: Vec<Option<u64>>,
    /// Bullet or number of the next item.
    marker: Option<String>,
    /// Open inlines, closed and reopened where a leaf ends inside one.
    inlines: Vec<InlineKind>,
    in_leaf: bool,
    /// Whether the last leaf was ended only by a line break.
    continues: bool,
    /// Whether white space is pending before further text.
    space: bool,
    /// Number of open titles.
    headings: usize,
    /// Whether the open leaf is a title that a further title may continue.
    titled: bool,
    /// A number that is written before the next text.
    number: String,
    numbers: usize,
}

impl Writer {
    fn tree<'a, 'input>(&mut self, root: Node<'a, 'input>, role: &dyn Fn(Node<'a, 'input>) -> ElementRole) {
        let mut roles: Vec<ElementRole> = Vec::new();
        walk(root, &mut |step| {
            match step {
                TreeStep::Text(text) => self.text(text),
                TreeStep::Enter(node) => match self.role_in_context(role(node), roles.last()) {
                    ElementRole::Hidden => return false,
                    role => {
                        self.enter(&role);
                        roles.push(role);
                    }
                },
                TreeStep::Leave(_) => {
                    if let Some(role) = roles.pop() {
                        self.leave(&role);
                    }
                }
            }
            true
        });
    }

    /// Adapts a role to its context: titles and cells are one line, and quoted parts are not parts.
    fn role_in_context(&self, role: ElementRole, above: Option<&ElementRole>) -> ElementRole {
        let quoted = self.quotes > 0 || !self.outside.is_empty();
        match role {
            ElementRole::Number
            | ElementRole::Heading
            | ElementRole::Block
            | ElementRole::Leaf(_)
            | ElementRole::List(_)
            | ElementRole::Section
                if self.flow.headings > 0 =>
            {
                ElementRole::Break
            }
            ElementRole::Number if !quoted && above.is_some_and(is_titled) => ElementRole::Heading,
            ElementRole::Number | ElementRole::Container(_) | ElementRole::List(_) | ElementRole::Leaf(_)
                if self.in_cell() =>
            {
                ElementRole::Block
            }
            ElementRole::Part(..) | ElementRole::Section | ElementRole::Heading if quoted || self.in_cell() => {
                ElementRole::Block
            }
            role => role,
        }
    }

    fn enter(&mut self, role: &ElementRole) {
        match role {
            ElementRole::Hidden => {}
            ElementRole::Run(kind) => self.open_inline(kind.as_ref()),
            ElementRole::Block => self.end(),
            ElementRole::Break => self.break_line(),
            ElementRole::Leaf(kind) => self.open_context(*kind),
            ElementRole::Container(kind) => self.open_container(*kind),
            ElementRole::List(first) => {
                self.end();
                self.flow.lists.push(*first);
            }
            ElementRole::Number => self.open_number(),
            ElementRole::Heading => self.open_heading(),
            ElementRole::Section => self.open_section(None),
            ElementRole::Part(kind, label) => {
                let unlabelled = label.is_none().then_some(());
                self.open_section(unlabelled);
                self.flow.events.push(RawEvent::OpenPart { kind: *kind, label: label.clone() });
            }
            ElementRole::Note(label) => self.mark_and_open_note(label.as_deref()),
            ElementRole::Mark(label) => self.mark(label),
            ElementRole::Words(words) => self.text(words),
        }
    }

    fn leave(&mut self, role: &ElementRole) {
        match role {
            ElementRole::Run(kind) => self.close_inline(kind.as_ref()),
            ElementRole::Block => self.end(),
            ElementRole::Leaf(kind) => self.close_context(*kind),
            ElementRole::Container(kind) => self.close_container(*kind),
            ElementRole::List(_) => {
                self.end();
                self.flow.lists.pop();
            }
            ElementRole::Number => self.close_number(),
            ElementRole::Heading => self.close_heading(),
            ElementRole::Section => self.close_section(),
            ElementRole::Part(..) => {
                self.close_section();
                self.flow.events.push(RawEvent::ClosePart);
            }
            ElementRole::Note(_) => self.close_note(),
            ElementRole::Hidden | ElementRole::Break | ElementRole::Mark(_) | ElementRole::Words(_) => {}
        }
    }

    fn in_cell(&self) -> bool {
        self.flow.contexts.last() == Some(&BlockKind::Cell)
    }

    /// Ends the open leaf. In a cell, a title or a number, which are one line, it only adds a space.
    fn end(&mut self) {
        self.flow.space = true;
        self.flow.continues = false;
        if self.flow.numbers > 0 {
            self.flow.number.push(' ');
        } else if self.flow.in_leaf && !self.in_cell() && self.flow.headings == 0 {
            self.end_leaf();
        }
    }

    /// Ends the open leaf; the next leaf continues it.
    fn break_line(&mut self) {
        let was_in_leaf = self.flow.in_leaf;
        self.end();
        self.flow.continues = was_in_leaf && !self.flow.in_leaf;
    }

    fn end_leaf(&mut self) {
        for _ in 0..self.flow.inlines.len() {
            self.flow.events.push(RawEvent::CloseInline);
        }
        self.flow.events.push(RawEvent::End);
        self.flow.in_leaf = false;
        self.flow.titled = false;
    }

    /// Starts a leaf of the kind its context requires; further leaves of an item are paragraphs.
    fn start(&mut self) {
        let kind = match self.flow.contexts.last_mut() {
            _ if self.flow.headings > 0 => self.heading_kind(),
            Some(kind @ BlockKind::Item) => std::mem::replace(kind, BlockKind::Paragraph),
            Some(kind) => *kind,
            None if !self.outside.is_empty() => BlockKind::Footnote,
            None => BlockKind::Paragraph,
        };
        let marker = self.flow.marker.take().filter(|_| matches!(kind, BlockKind::Item | BlockKind::Footnote));
        let depth = u8::try_from(self.flow.items.saturating_sub(1)).unwrap_or(u8::MAX);
        if std::mem::take(&mut self.flow.continues) {
            self.flow.events.push(RawEvent::Continuation);
        }
        self.flow.events.push(RawEvent::Start { kind, depth, marker });
        self.flow.in_leaf = true;
        self.flow.space = false;
        let number = std::mem::take(&mut self.flow.number);
        if !number.is_empty() {
            self.push(&number);
            self.flow.space = true;
        }
        for kind in &self.flow.inlines {
            self.flow.events.push(RawEvent::OpenInline(kind.clone()));
        }
    }

    fn heading_kind(&self) -> BlockKind {
        BlockKind::Heading { level: u8::try_from(self.open.len() + 1).unwrap_or(u8::MAX).min(6) }
    }

    fn push(&mut self, text: &str) {
        self.flow.events.push(RawEvent::Text { text: sanitize_line(text).into_owned(), source: None });
    }

    fn text(&mut self, text: &str) {
        if self.flow.numbers > 0 {
            self.flow.number.push_str(text);
            return;
        }
        let mut run = String::new();
        for piece in text.split_inclusive(|c: char| c.is_ascii_whitespace()) {
            let word = piece.trim_end_matches(|c: char| c.is_ascii_whitespace());
            if !word.is_empty() {
                if self.flow.titled && self.flow.headings == 0 {
                    self.end_leaf();
                }
                if !self.flow.in_leaf {
                    self.start();
                }
                if std::mem::take(&mut self.flow.space) {
                    run.push(' ');
                }
                run.push_str(word);
            }
            self.flow.space |= word.len() < piece.len();
        }
        if !run.is_empty() {
            self.push(&run);
        }
    }

    fn open_inline(&mut self, kind: Option<&InlineKind>) {
        let Some(kind) = kind else { return };
        if self.flow.in_leaf {
            if std::mem::take(&mut self.flow.space) {
                self.push(" ");
            }
            self.flow.events.push(RawEvent::OpenInline(kind.clone()));
        }
        self.flow.inlines.push(kind.clone());
    }

    fn close_inline(&mut self, kind: Option<&InlineKind>) {
        if kind.is_some() && self.flow.inlines.pop().is_some() && self.flow.in_leaf {
            self.flow.events.push(RawEvent::CloseInline);
        }
    }

    fn open_context(&mut self, kind: BlockKind) {
        self.end();
        self.flow.contexts.push(kind);
        if kind == BlockKind::Item {
            self.flow.items += 1;
            self.flow.marker = self.flow.lists.last_mut().map(|next| match next {
                Some(number) => {
                    *number += 1;
                    format!("{}.", *number - 1)
                }
                None => "•".to_owned(),
            });
        }
    }

    /// Ends a context; an empty cell gets a space so that it is kept.
    fn close_context(&mut self, kind: BlockKind) {
        self.flush_number();
        if kind == BlockKind::Cell && !self.flow.in_leaf {
            self.start();
            self.push(" ");
        }
        if self.flow.in_leaf {
            self.end_leaf();
        }
        self.flow.contexts.pop();
        self.flow.items -= usize::from(kind == BlockKind::Item);
        self.flow.space = true;
    }

    fn open_container(&mut self, kind: BlockKind) {
        self.flush_number();
        self.end();
        self.quotes += usize::from(kind == BlockKind::Quote);
        self.flow.events.push(RawEvent::Open(kind));
        self.flow.contexts.push(BlockKind::Paragraph);
    }

    fn close_container(&mut self, kind: BlockKind) {
        self.flush_number();
        self.end();
        self.quotes -= usize::from(kind == BlockKind::Quote);
        self.flow.contexts.pop();
        self.flow.events.push(RawEvent::Close);
    }

    /// Opens a section; with `unlabelled`, it is a part whose label may come from its number.
    fn open_section(&mut self, unlabelled: Option<()>) {
        self.flush_number();
        self.end();
        let at = self.flow.events.len();
        self.open.push(Open { unlabelled: unlabelled.map(|()| at) });
    }

    fn close_section(&mut self) {
        self.flush_number();
        self.end();
        self.open.pop();
    }

    /// Opens a title, or continues the open one: the number of a section and its name are one title.
    fn open_heading(&mut self) {
        if self.flow.titled && self.flow.in_leaf {
            let words = self.flow.events.iter().rev().find_map(|event| match event {
                RawEvent::Text { text, .. } => Some(text.trim_end().ends_with(['.', ':', '–', '—', '-'])),
                _ => None,
            });
            if words == Some(false) {
                self.push(" –");
            }
            self.flow.space = true;
        } else {
            self.flush_number();
            self.end();
        }
        self.flow.headings += 1;
    }

    /// Leaves a title open for a continuation; its words so far give the part its label.
    fn close_heading(&mut self) {
        self.flow.headings -= 1;
        self.flow.titled = self.flow.in_leaf;
        let unlabelled = self.open.last_mut().filter(|_| self.flow.in_leaf && self.outside.is_empty());
        let Some(at) = unlabelled.and_then(|open| open.unlabelled.take()) else { return };
        let words = self.flow.events[at..].iter().filter_map(|event| match event {
            RawEvent::Text { text, .. } => Some(text.as_str()),
            _ => None,
        });
        let words: String = words.collect();
        self.label(at, &words);
    }

    fn open_number(&mut self) {
        self.end();
        self.flush_number();
        self.flow.numbers += 1;
    }

    fn close_number(&mut self) {
        self.flow.numbers -= 1;
        self.flow.number = one_line(&self.flow.number);
        let last = self.flow.events.len();
        let own = |open: &&mut Open| open.unlabelled.is_some_and(|at| at + 1 == last);
        if let Some(open) = self.open.last_mut().filter(own)
            && self.outside.is_empty()
            && let Some(at) = open.unlabelled.take()
        {
            let number = self.flow.number.clone();
            self.label(at, &number);
        }
    }

    fn label(&mut self, at: usize, words: &str) {
        if let Some(RawEvent::OpenPart { label, .. }) = self.flow.events.get_mut(at) {
            *label = numbering::bare(words);
        }
    }

    /// Writes a number without text as a line of its own.
    fn flush_number(&mut self) {
        if !self.flow.number.is_empty() && self.flow.numbers == 0 && !self.flow.in_leaf {
            self.start();
            self.end_leaf();
        }
    }

    /// Writes the mark of a note directly behind the previous word.
    fn mark(&mut self, label: &str) {
        if label.is_empty() {
            return;
        }
        if self.flow.numbers > 0 {
            self.flow.number.push_str(label);
            return;
        }
        if !self.flow.in_leaf {
            self.start();
        }
        self.flow.events.push(RawEvent::OpenInline(InlineKind::FootnoteReference { label: label.to_owned() }));
        self.push(label);
        self.flow.events.push(RawEvent::CloseInline);
    }

    fn mark_and_open_note(&mut self, printed: Option<&str>) {
        let printed = printed.map(|label| label.trim_matches(|c: char| "()[] ".contains(c)).to_owned());
        let numbers = (self.labels.len() + 1..).map(|number| number.to_string());
        let mut labels = printed.filter(|label| !label.is_empty()).into_iter().chain(numbers);
        let label = labels.find(|label| !self.labels.contains(label)).expect("the numbers do not end");
        self.mark(&label);
        self.open_note(label);
    }

    fn open_note(&mut self, label: String) {
        self.labels.insert(label.clone());
        let note = Flow { marker: Some(label.clone()), events: vec![RawEvent::Note(label)], ..Flow::default() };
        self.outside.push(std::mem::replace(&mut self.flow, note));
    }

    fn close_note(&mut self) {
        self.flush_number();
        if self.flow.in_leaf {
            self.end_leaf();
        }
        let Some(outside) = self.outside.pop() else { return };
        let note = std::mem::replace(&mut self.flow, outside);
        self.notes.extend(note.events);
        self.notes.push(RawEvent::EndNote);
    }
}

/// Whether a number inside an element with this role belongs to its title.
fn is_titled(role: &ElementRole) -> bool {
    use PartKind::{Citation, Paragraph, Recital, Speech};
    match role {
        ElementRole::Section => true,
        ElementRole::Part(kind, _) => !matches!(kind, Citation | Paragraph | Recital | Speech),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::xml::tree::parse;

    fn role(node: Node) -> ElementRole {
        match node.tag_name().name() {
            "art" => ElementRole::Part(PartKind::Article, None),
            "rec" => ElementRole::Part(PartKind::Recital, None),
            "num" => ElementRole::Number,
            "head" => ElementRole::Heading,
            "li" => ElementRole::Leaf(BlockKind::Item),
            "quote" => ElementRole::Container(BlockKind::Quote),
            "table" => ElementRole::Container(BlockKind::Table),
            "tr" => ElementRole::Container(BlockKind::Row),
            "td" => ElementRole::Leaf(BlockKind::Cell),
            "note" => ElementRole::Note(node.attribute("n").map(str::to_owned)),
            "b" => ElementRole::Run(Some(InlineKind::Strong)),
            "p" => ElementRole::Block,
            _ => ElementRole::Run(None),
        }
    }

    fn dump(source: &str) -> String {
        let tree = parse(source).unwrap();
        let shown = events(tree.root_element(), &role, &[]);
        let shown = shown.iter().map(|event| match event {
            RawEvent::Open(kind) => format!("{}{{", kind.name()),
            RawEvent::Close => "}".to_owned(),
            RawEvent::Start { kind, .. } => format!("{}:", kind.name()),
            RawEvent::End => "|".to_owned(),
            RawEvent::Continuation => "↵".to_owned(),
            RawEvent::Text { text, .. } => text.clone(),
            RawEvent::OpenInline(InlineKind::FootnoteReference { .. }) => "^".to_owned(),
            RawEvent::OpenInline(_) => "<".to_owned(),
            RawEvent::CloseInline => ">".to_owned(),
            RawEvent::Note(label) => format!("note {label}("),
            RawEvent::EndNote | RawEvent::ClosePart => ")".to_owned(),
            RawEvent::OpenPart { kind, label } => format!("{} {}(", kind.name(), label.as_deref().unwrap_or("-")),
        });
        shown.collect()
    }

    #[test]
    fn numbers_titles_and_parts_come_together() {
        let table = [
            (
                "<a><art><num>Art. 1<b>er</b>.</num> <head><p>Objet</p></head><p><num>(1)</num> <p>Un.</p></p></art></a>",
                "article 1(heading:Art. 1<er>. Objet|paragraph:(1) Un.|)",
            ),
            (
                "<a><art><head>Article 2</head><head>But</head><p>x</p></art></a>",
                "article 2(heading:Article 2 – But|paragraph:x|)",
            ),
            ("<a><rec><num>(3)</num><p>un <b>mot</b></p></rec></a>", "recital 3(paragraph:(3) un <mot>|)"),
            (
                "<a><p>un<note>Voir <b>là</b>.</note>, deux</p></a>",
                "paragraph:un^1>, deux|note 1(footnote:Voir <là>.|)",
            ),
            (
                "<a><p>a<note n='(*)'>x</note><note n='*'>y</note></p></a>",
                "paragraph:a^*>^2>|note *(footnote:x|)note 2(footnote:y|)",
            ),
            (
                "<a><p>dit: <quote><art><num>Art. 9</num><p>cité</p></art></quote></p></a>",
                "paragraph:dit:|quote{paragraph:Art. 9 cité|}",
            ),
            ("<a><table><tr><td><p>a</p><p>b</p></td><td/></tr></table></a>", "table{row{cell:a b|cell: |}}"),
            ("<a><li><p>un</p><li>deux</li></li><num>3.</num></a>", "item:un|item:deux|paragraph:3.|"),
        ];
        for (source, expected) in table {
            assert_eq!(dump(source), expected, "{source}");
        }
    }
}
