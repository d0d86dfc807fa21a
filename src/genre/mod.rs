//! What kind of official document this is. Each genre is one file with one recogniser, and one row in [`RECOGNISERS`];
//! the surest wins, and a document nobody is sure of stays a [`Genre::Document`].
//!
//! To add a genre: write `src/genre/<name>.rs` with a function that looks at a cleaned document and, when it is of that
//! genre, says how sure it is, its parts as kind and label, and its facts; add the function to the table. A recogniser
//! reads the text, never changes it: offsets are already what everything else points at.

use crate::document::{Document, Genre, Metadata, Part};

/// What a recogniser found.
#[derive(Clone, Debug, PartialEq)]
pub struct Recognised {
    /// From 0 to 1; the surest recogniser wins, and below a half nobody is believed.
    pub confidence: f32,
    /// The genre.
    pub genre: Genre,
    /// Its parts, sorted by start.
    pub parts: Vec<Part>,
    /// The title the genre knows better than form does.
    pub title: Option<String>,
    /// The document's date, ISO 8601, maybe partial.
    pub date: Option<String>,
    /// Facts the genre reads; they are added to what the source declares.
    pub metadata: Metadata,
}

/// A recogniser: nothing when the document is not of its genre.
pub type Recogniser = fn(&Document) -> Option<Recognised>;

/// Every genre's recogniser.
pub const RECOGNISERS: &[Recogniser] = &[];

/// Finds a document's genre and takes over what it knows.
pub fn recognise(document: &mut Document) {
    recognise_by(RECOGNISERS, document);
}

fn recognise_by(recognisers: &[Recogniser], document: &mut Document) {
    let found =
        recognisers.iter().filter_map(|recogniser| recogniser(document)).filter(|found| found.confidence >= 0.5);
    let Some(best) = found.max_by(|a, b| a.confidence.total_cmp(&b.confidence)) else { return };
    document.genre = best.genre;
    document.parts = best.parts;
    document.title = best.title.unwrap_or_else(|| std::mem::take(&mut document.title));
    document.date = best.date.or_else(|| document.date.take());
    for (key, values) in best.metadata.iter() {
        document.metadata.set_all(key, values.to_vec());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(clippy::unnecessary_wraps, reason = "it stands for a recogniser")]
    fn found(confidence: f32, genre: Genre) -> Option<Recognised> {
        let metadata = Metadata::default();
        Some(Recognised { confidence, genre, parts: Vec::new(), title: None, date: None, metadata })
    }

    #[test]
    fn the_surest_recogniser_wins_and_the_unsure_are_not_heard() {
        let sure: Recogniser = |_| found(0.9, Genre::Letter);
        let less: Recogniser = |_| found(0.6, Genre::Report);
        let unsure: Recogniser = |_| found(0.4, Genre::Act);
        for (table, genre) in
            [(vec![less, sure, unsure], Genre::Letter), (vec![unsure], Genre::Document), (vec![], Genre::Document)]
        {
            let mut document = Document { title: "Titre".to_owned(), ..Document::default() };
            recognise_by(&table, &mut document);
            assert_eq!((document.genre, document.title.as_str()), (genre, "Titre"));
        }
    }
}
