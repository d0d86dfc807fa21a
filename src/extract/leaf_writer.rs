//! Writes events from running text that arrives in pieces: white space is normalised, a leaf begins with its first
//! word, and empty leaves are dropped. For readers of vocabularies; HTML, where elements close implicitly, has its own
//! writer.

use super::RawEvent;
use crate::document::{BlockKind, InlineKind, PartKind};
use crate::text::sanitize::sanitize_line;

/// Writer of events.
#[derive(Default)]
pub(super) struct LeafWriter {
    events: Vec<RawEvent>,
    next: Option<BlockKind>,
    open: bool,
    space: bool,
    /// Whether the last leaf was ended only by a line break.
    continues: bool,
}

impl LeafWriter {
    pub(super) fn finish(mut self) -> Vec<RawEvent> {
        self.end();
        self.events
    }

    /// Begins a leaf of this kind with the next words.
    pub(super) fn start(&mut self, kind: BlockKind) {
        self.end();
        self.next = Some(kind);
    }

    /// Begins a leaf that continues the previous one after a line break.
    pub(super) fn break_line(&mut self, kind: BlockKind) {
        let continues = self.open;
        self.start(kind);
        self.continues = continues;
    }

    pub(super) fn end(&mut self) {
        self.next = None;
        self.space = false;
        self.continues = false;
        if std::mem::take(&mut self.open) {
            self.events.push(RawEvent::End);
        }
    }

    /// Whether the open leaf has words.
    pub(super) fn in_leaf(&self) -> bool {
        self.open
    }

    /// Appends text; white space at its ends separates it from its neighbours.
    pub(super) fn text(&mut self, text: &str) {
        let words = text.split_ascii_whitespace().collect::<Vec<_>>().join(" ");
        self.space |= text.starts_with(|c: char| c.is_ascii_whitespace());
        if words.is_empty() {
            return;
        }
        self.begin();
        self.events.push(RawEvent::Text { text: sanitize_line(&words).into_owned(), source: None });
        self.space = text.ends_with(|c: char| c.is_ascii_whitespace());
    }

    /// Adds white space if words follow.
    pub(super) fn space(&mut self) {
        self.space = true;
    }

    pub(super) fn open_inline(&mut self, kind: InlineKind) {
        self.begin();
        self.events.push(RawEvent::OpenInline(kind));
    }

    pub(super) fn close_inline(&mut self) {
        self.events.push(RawEvent::CloseInline);
    }

    /// Appends words in an inline of their own.
    pub(super) fn inline(&mut self, kind: InlineKind, words: &str) {
        if !words.trim().is_empty() {
            self.open_inline(kind);
            self.text(words.trim());
            self.close_inline();
        }
    }

    pub(super) fn open_container(&mut self, kind: BlockKind) {
        self.end();
        self.events.push(RawEvent::Open(kind));
    }

    pub(super) fn close_container(&mut self) {
        self.end();
        self.events.push(RawEvent::Close);
    }

    pub(super) fn open_part(&mut self, kind: PartKind, label: Option<String>) {
        self.end();
        self.events.push(RawEvent::OpenPart { kind, label });
    }

    pub(super) fn close_part(&mut self) {
        self.end();
        self.events.push(RawEvent::ClosePart);
    }

    /// Appends events from another reader.
    pub(super) fn extend(&mut self, events: Vec<RawEvent>) {
        self.end();
        self.events.extend(events);
    }

    /// Begins the pending leaf and adds the pending space.
    fn begin(&mut self) {
        if !self.open {
            let kind = self.next.take().unwrap_or(BlockKind::Paragraph);
            if std::mem::take(&mut self.continues) {
                self.events.push(RawEvent::Continuation);
            }
            self.events.push(RawEvent::Start { kind, depth: 0, marker: None });
            self.open = true;
            self.space = false;
        }
        if std::mem::take(&mut self.space) {
            self.events.push(RawEvent::Text { text: " ".to_owned(), source: None });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_runs_together_and_empty_leaves_are_none() {
        let mut leaves = LeafWriter::default();
        leaves.start(BlockKind::Heading { level: 2 });
        leaves.text("\n  ");
        leaves.start(BlockKind::Paragraph);
        leaves.text("\n un ");
        leaves.inline(InlineKind::Strong, " deux ");
        leaves.text("\n, trois\n");
        let written: Vec<String> = leaves
            .finish()
            .iter()
            .map(|event| match event {
                RawEvent::Text { text, .. } => text.clone(),
                RawEvent::Start { kind, .. } => format!("<{}>", kind.name()),
                RawEvent::End => "</>".to_owned(),
                RawEvent::OpenInline(_) => "*".to_owned(),
                _ => "/".to_owned(),
            })
            .collect();
        assert_eq!(written.concat(), "<paragraph>un *deux/ , trois</>");
    }
}
