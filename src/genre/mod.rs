//! Recognises the genre of an official document. Each genre has a folder with a recogniser and a row in
//! `RECOGNISERS`. The recogniser with the highest confidence wins; a document that none recognises stays a
//! [`Genre::Document`].
//!
//! To add a genre: write `src/genre/<name>/mod.rs` with a function that reads a cleaned document and, if it is of that
//! genre, returns its confidence, its parts and its metadata; add the function to the table. A recogniser reads the
//! text and never changes it, because all offsets refer to it.

mod act;
mod debate;
mod judgment;
mod letter;
mod question;
mod reading;
mod recognised;
mod references;
mod reply;
mod resolution;
#[cfg(test)]
mod test_documents;

use recognised::{Recognised, Recogniser};

use crate::document::{Document, Genre, IMPOSSIBLE_DATE, Key, Warning};
use crate::text::Language;
use crate::text::date::is_impossible;
use reading::wording::beginning;

/// Minimum length, in bytes, of a part whose language is detected; shorter parts are often names and titles.
const MIN_PART_BYTES: usize = 160;
/// Number of bytes of a part that are examined first. Most parts are in the document's language, so the rest is
/// skipped.
const PART_GLANCE: usize = 400;

const RECOGNISERS: &[Recogniser] = &[
    resolution::recognise,
    letter::recognise,
    debate::recognise,
    debate::recognise_exchange,
    question::recognise,
    reply::recognise,
    act::recognise,
    judgment::recognise,
];

/// Recognises the genre of a document and stores the result; then adds data common to all genres: acronyms,
/// references, languages of parts.
pub fn recognise(document: &mut Document) {
    recognise_by(RECOGNISERS, document);
    let asks = matches!(document.genre, Genre::WrittenQuestion | Genre::OralQuestion | Genre::GovernmentQuestion);
    if asks && document.identifiers.is_empty() {
        // A genre declared by the format has no recogniser result, but other documents may refer to its number.
        document.identifiers = question::identifiers(&document.metadata);
    }
    document.acronyms = reading::acronyms::find_acronyms(document);
    document.references = references::find_references(document);
    detect_part_languages(document);
    remove_impossible_dates(document);
}

/// Metadata keys whose values are dates.
const DATES: [Key; 4] = [Key::AskedOn, Key::AnsweredOn, Key::AdoptedOn, Key::Dated];

/// Removes impossible dates such as « 31 février 2019 », each with a warning. Values that are not ISO 8601 dates are
/// kept.
fn remove_impossible_dates(document: &mut Document) {
    let mut impossible: Vec<String> = document.date.take_if(|date| is_impossible(date)).into_iter().collect();
    for key in DATES {
        let (wrong, right): (Vec<String>, Vec<String>) =
            document.metadata.all(key).iter().cloned().partition(|date| is_impossible(date));
        if !wrong.is_empty() {
            document.metadata.set_all(key, right);
        }
        impossible.extend(wrong);
    }
    impossible.sort_unstable();
    impossible.dedup();
    let warning = |detail| Warning { code: IMPOSSIBLE_DATE.to_owned(), detail };
    document.warnings.extend(impossible.into_iter().map(warning));
}

/// Sets the language of long parts whose language differs from the document's. A part longer than half of the document
/// has the document's language.
fn detect_part_languages(document: &mut Document) {
    let Some(whole) = document.language.clone() else { return };
    for part in &mut document.parts {
        let words = &document.text[part.range];
        let is_long_enough = (MIN_PART_BYTES..=document.text.len() / 2).contains(&words.len());
        if part.language.is_none() && is_long_enough {
            let other = |words| Language::detect(words).filter(|own| own.primary() != whole.primary());
            part.language = other(beginning(words, PART_GLANCE)).and_then(|_| other(words));
        }
    }
}

fn recognise_by(recognisers: &[Recogniser], document: &mut Document) {
    let declared = (document.genre != Genre::Document).then_some(document.genre);
    let found = recognisers.iter().filter_map(|recogniser| recogniser(document));
    let accepted = found.filter(|found| match declared {
        Some(declared) => found.genre == declared,
        None => found.confidence >= 0.5,
    });
    let Some(best) = accepted.max_by(|a, b| a.confidence.total_cmp(&b.confidence)) else { return };
    apply(best, document);
}

fn apply(found: Recognised, document: &mut Document) {
    document.genre = found.genre;
    if !found.parts.is_empty() {
        document.parts = found.parts;
    }
    for (block, kind) in found.kinds {
        document.blocks[block].kind = kind;
    }
    document.identifiers.extend(found.identifiers);
    document.title = found.title.unwrap_or_else(|| std::mem::take(&mut document.title));
    document.date = found.date.or_else(|| document.date.take());
    for (key, values) in found.metadata.iter() {
        document.metadata.set_all(key, values.to_vec());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Part, PartKind};
    use crate::text::TextRange;
    use crate::text::offset::offset;

    #[expect(clippy::unnecessary_wraps, reason = "it stands for a recogniser")]
    fn found(confidence: f32, genre: Genre) -> Option<Recognised> {
        Some(Recognised::new(genre, confidence))
    }

    #[test]
    fn the_most_confident_recogniser_wins_and_low_confidence_is_ignored() {
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

    #[test]
    fn a_date_that_no_calendar_has_is_a_warning_and_no_fact() {
        let mut document = Document { date: Some("2019-02-31".to_owned()), ..Document::default() };
        document.metadata.set(Key::Dated, "2019-02-31");
        document.metadata.set(Key::AskedOn, "2019-02-28");
        recognise(&mut document);
        assert_eq!((document.date, document.metadata.get(Key::Dated)), (None, None));
        assert_eq!(document.metadata.get(Key::AskedOn), Some("2019-02-28"));
        let warnings: Vec<_> =
            document.warnings.iter().map(|warning| (warning.code.as_str(), warning.detail.as_str())).collect();
        assert_eq!(warnings, [("impossible-date", "2019-02-31")]);
    }

    #[test]
    fn a_part_in_another_language_is_marked() {
        let french = "Le Parlement européen demande aux autorités de libérer sans délai et sans condition les personnes \
            détenues pour avoir manifesté, et de mener une enquête indépendante sur les violences commises.";
        let english = "The Parliament calls on the authorities to release without delay and without any condition the \
            people detained for having demonstrated, and to lead an independent inquiry into the violence.";
        let text = format!("{french}\n{english}");
        let split = offset(french.len());
        let part = |start, end| Part::new(PartKind::Speech, None, 1, TextRange::new(start, end));
        let parts = vec![part(offset(0), split), part(split + offset(1), offset(text.len()))];
        let mut document = Document { text, parts, language: Language::new("fr"), ..Document::default() };
        recognise(&mut document);
        let languages: Vec<_> = document.parts.iter().map(|part| part.language.as_ref().map(Language::tag)).collect();
        assert_eq!(languages, [None, Some("en")]);
    }

    #[test]
    fn a_question_that_its_format_declares_is_named_by_its_number() {
        let mut document = Document { genre: Genre::WrittenQuestion, ..Document::default() };
        document.metadata.set(Key::Number, "43940");
        document.metadata.set(Key::Legislature, "15");
        recognise(&mut document);
        assert_eq!(document.identifiers, ["question:43940", "question:15:43940"]);
    }

    #[test]
    fn a_declared_genre_is_kept_and_only_its_recogniser_is_used() {
        let other: Recogniser = |_| found(0.9, Genre::Letter);
        let own: Recogniser =
            |_| Some(Recognised { title: Some("Loi".to_owned()), ..Recognised::new(Genre::Act, 0.1) });
        let mut document = Document { genre: Genre::Act, title: "Titre".to_owned(), ..Document::default() };
        recognise_by(&[other, own], &mut document);
        assert_eq!((document.genre, document.title.as_str()), (Genre::Act, "Loi"));
    }
}
