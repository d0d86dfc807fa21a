//! A durable place: an offset with the words around it, found again after the source changed or reported lost, never
//! moved silently to a look-alike. After the text-quote selector of the W3C Web Annotation Data Model.

use serde::{Deserialize, Serialize};

use super::Document;
use crate::text::TextSize;
use crate::text::offset::offset;

/// How many bytes of context are kept on each side, cut to character boundaries.
const CONTEXT: usize = 48;

/// An offset and the words on both sides of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locator {
    /// Where it was.
    pub offset: u32,
    /// The words before it.
    pub before: String,
    /// The words after it.
    pub after: String,
}

impl Locator {
    /// The place of an offset in a document.
    pub fn new(document: &Document, at: TextSize) -> Self {
        let at = document.text.floor_char_boundary(usize::from(at).min(document.text.len()));
        let start = document.text.ceil_char_boundary(at.saturating_sub(CONTEXT));
        let end = document.text.floor_char_boundary((at + CONTEXT).min(document.text.len()));
        Self {
            offset: offset(at).into(),
            before: document.text[start..at].to_owned(),
            after: document.text[at..end].to_owned(),
        }
    }

    /// Finds the place in the present version of the document: at the stored offset, or at the only other position with
    /// the same words on both sides. `None` if the words are gone or occur several times.
    pub fn find(&self, document: &Document) -> Option<TextSize> {
        let text = document.text.as_str();
        let stands = |at: usize| {
            text.is_char_boundary(at) && text[..at].ends_with(&self.before) && text[at..].starts_with(&self.after)
        };
        let at = self.offset as usize;
        if at <= text.len() && stands(at) {
            return Some(offset(at));
        }
        let quote = format!("{}{}", self.before, self.after);
        if quote.is_empty() {
            return None;
        }
        let mut found = text.match_indices(&quote).map(|(start, _)| start + self.before.len());
        let only = found.next()?;
        found.next().is_none().then(|| offset(only))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str) -> Document {
        Document { text: text.to_owned(), ..Document::default() }
    }

    #[test]
    fn a_place_is_found_again_after_text_was_put_before_it() {
        let was = document("Le Parlement européen adopte la résolution suivante.");
        let place = Locator::new(&was, TextSize::new(23));
        let now = document("Projet. Le Parlement européen adopte la résolution suivante.");
        assert_eq!(place.find(&now), Some(TextSize::new(31)));
    }

    #[test]
    fn a_place_that_could_be_two_is_lost_rather_than_guessed() {
        let was = document("x oui");
        let place = Locator { offset: 2, before: String::new(), after: "oui".into() };
        assert_eq!(place.find(&was), Some(TextSize::new(2)));
        assert_eq!(place.find(&document("oui et oui")), None);
    }

    #[test]
    fn any_offset_in_any_text_makes_a_place_that_is_found() {
        let document = document("é日本e\u{301} — fin");
        for at in 0..=document.text.len() + 2 {
            let place = Locator::new(&document, offset(at));
            assert_eq!(place.find(&document), Some(TextSize::new(place.offset)));
        }
    }
}
