//! The text of a document before cleaning, which the reader can show and which the source map refers to: the decoded
//! file, or, for formats whose reader does not know positions in the file (HTML, XML), the text it extracted, with each
//! leaf on a line. Both are the same each time the same bytes are read.

use super::{Event, RawBody, RawDocument};
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
pub(super) fn extracted(raw: &mut RawDocument) -> Option<String> {
    let RawBody::Marked(events) = &mut raw.body else { return None };
    if events.iter().any(|event| matches!(event, Event::Text { source: Some(_), .. })) {
        return None;
    }
    let mut original = String::new();
    let mut in_leaf = false;
    for event in events {
        match event {
            Event::OpenInline(_) | Event::CloseInline => {}
            Event::Text { text, source } => {
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

    fn text(words: &str) -> Event {
        Event::Text { text: words.to_owned(), source: None }
    }

    fn raw(events: Vec<Event>) -> RawDocument {
        RawDocument { body: RawBody::Marked(events), ..RawDocument::default() }
    }

    #[test]
    fn each_leaf_is_a_line_and_its_words_know_their_place() {
        let start = || Event::Start { kind: BlockKind::Paragraph, depth: 0, marker: None };
        let strong = Event::OpenInline(InlineKind::Strong);
        let mut raw =
            raw(vec![start(), text("un "), strong, text("été"), Event::CloseInline, Event::End, start(), text("deux")]);
        let original = extracted(&mut raw).unwrap();
        assert_eq!(original, "un été\ndeux");
        let RawBody::Marked(events) = raw.body else { panic!("it is marked") };
        for event in events {
            if let Event::Text { text, source } = event {
                assert_eq!(original[source.unwrap()], text);
            }
        }
    }

    #[test]
    fn words_that_know_their_place_in_the_file_keep_it() {
        let known = Event::Text { text: "a".to_owned(), source: Some(range(7, 8)) };
        assert_eq!(extracted(&mut raw(vec![known, text("b")])), None);
        assert_eq!(extracted(&mut raw(Vec::new())), None);
    }
}
