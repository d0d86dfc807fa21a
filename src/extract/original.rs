//! The text of a document before cleaning, which the reader can show and which the source map refers to: the decoded
//! file, or, for formats whose reader does not know positions in the file (HTML, XML), the text it extracted, with each
//! leaf on a line. Both are the same each time the same bytes are read.

use super::{RawBody, RawDocument, RawEvent};
use crate::text::offset::range;

/// The text of a document before cleaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Original {
    /// The decoded file.
    File(String),
    /// The extracted text; its lines are not those of the file.
    Extracted(String),
}

impl Original {
    /// Returns the text.
    pub fn into_text(self) -> String {
        match self {
            Self::File(text) | Self::Extracted(text) => text,
        }
    }
}

/// Sets the ranges of all text to positions in the extracted text, and returns that text; `None` if the text already
/// has positions in the file.
pub(super) fn locate_in_extracted(raw: &mut RawDocument) -> Option<String> {
    let RawBody::Marked(events) = &mut raw.body else { return None };
    if events.iter().any(|event| matches!(event, RawEvent::Text { source: Some(_), .. })) {
        return None;
    }
    let mut original = String::new();
    let mut in_leaf = false;
    for event in events {
        match event {
            RawEvent::OpenInline(_) | RawEvent::CloseInline => {}
            RawEvent::Text { text, source } => {
                if !in_leaf && !original.is_empty() {
                    original.push('\n');
                }
                in_leaf = true;
                *source = Some(range(original.len(), original.len() + text.len()));
                original.push_str(text);
            }
            _ => in_leaf = false,
        }
    }
    (!original.is_empty()).then_some(original)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, InlineKind};

    fn text(words: &str) -> RawEvent {
        RawEvent::Text { text: words.to_owned(), source: None }
    }

    fn raw(events: Vec<RawEvent>) -> RawDocument {
        RawDocument { body: RawBody::Marked(events), ..RawDocument::default() }
    }

    #[test]
    fn each_leaf_is_a_line_and_its_words_know_their_place() {
        let start = || RawEvent::Start { kind: BlockKind::Paragraph, depth: 0, marker: None };
        let strong = RawEvent::OpenInline(InlineKind::Strong);
        let mut raw = raw(vec![
            start(),
            text("un "),
            strong,
            text("été"),
            RawEvent::CloseInline,
            RawEvent::End,
            start(),
            text("deux"),
        ]);
        let original = locate_in_extracted(&mut raw).unwrap();
        assert_eq!(original, "un été\ndeux");
        let RawBody::Marked(events) = raw.body else { panic!("it is marked") };
        for event in events {
            if let RawEvent::Text { text, source } = event {
                assert_eq!(original[source.unwrap()], text);
            }
        }
    }

    #[test]
    fn words_that_know_their_place_in_the_file_keep_it() {
        let known = RawEvent::Text { text: "a".to_owned(), source: Some(range(7, 8)) };
        assert_eq!(locate_in_extracted(&mut raw(vec![known, text("b")])), None);
        assert_eq!(locate_in_extracted(&mut raw(Vec::new())), None);
    }
}
