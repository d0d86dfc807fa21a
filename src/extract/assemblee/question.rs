//! A parliamentary question from the open data of the Assemblée nationale, independent of its schema: its facts, the
//! text of the question and the text of the answer, converted to a raw document. The texts are HTML, often damaged, and
//! are parsed by the HTML reader.

use crate::document::{BlockKind, Genre, Key, PartKind};
use crate::extract::leaf_writer::LeafWriter;
use crate::extract::sourced::one_line;
use crate::extract::{RawBody, RawDocument, RawEvent, html};
use crate::text::{Language, date};

/// Where and when a text was published, as the source writes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Publication {
    /// Date in digits, in any order of day, month and year.
    pub on: String,
    /// Page of the Journal officiel.
    pub page: String,
}

/// Fields of a question in the open data; missing fields are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct OpenDataQuestion {
    /// Type of question: `QE`, `QOSD` or `QG`.
    pub kind: String,
    pub number: String,
    pub legislature: String,
    pub author: String,
    pub group: String,
    pub constituency: String,
    /// Heading of the index: « agriculture ».
    pub heading: String,
    /// Subjects, the most general first.
    pub subjects: Vec<String>,
    pub ministry_asked: String,
    pub ministry_answering: String,
    pub asked: Publication,
    pub answered: Publication,
    /// Text of the question, as HTML.
    pub asking: String,
    /// Text of the answer, as HTML.
    pub answer: String,
}

impl OpenDataQuestion {
    /// Whether the type is known and there is a question or an answer.
    pub(crate) fn is_complete(&self) -> bool {
        genre(&self.kind).is_some() && !(self.asking.trim().is_empty() && self.answer.trim().is_empty())
    }

    /// Writes the facts and the texts to a raw document.
    pub(crate) fn write_into(&self, raw: &mut RawDocument) {
        raw.genre = genre(&self.kind);
        raw.language = Language::new("fr");
        raw.title = self.title();
        self.write_metadata(raw);
        raw.body = RawBody::Marked(self.events());
    }

    fn write_metadata(&self, raw: &mut RawDocument) {
        let is_answered = !self.answer.trim().is_empty();
        let iso = |written: &str| date::first(written).unwrap_or_default();
        let (asked, answered) = (iso(&self.asked.on), if is_answered { iso(&self.answered.on) } else { String::new() });
        let page = if is_answered { self.answered.page.as_str() } else { "" };
        let ministry = if is_answered { self.ministry_answering.as_str() } else { "" };
        raw.date = [&answered, &asked].into_iter().find(|date| !date.is_empty()).cloned();
        for (key, value) in [
            (Key::Institution, "Assemblée nationale"),
            (Key::Country, "FR"),
            (Key::Legislature, &self.legislature),
            (Key::Number, &self.number),
            (Key::QuestionType, &self.kind),
            (Key::Heading, &self.heading),
            (Key::Author, &self.author),
            (Key::Constituency, &self.constituency),
            (Key::Group, &self.group),
            (Key::MinistryAsked, &self.ministry_asked),
            (Key::MinistryAnswering, ministry),
            (Key::AskedOn, &asked),
            (Key::AskedPage, &self.asked.page),
            (Key::AnsweredOn, &answered),
            (Key::AnsweredPage, page),
        ] {
            raw.metadata.set(key, one_line(value));
        }
    }

    /// Builds the title from the subjects, as the Assemblée's pages print them: « équipements militaires.
    /// vieillissement. bilan ».
    fn title(&self) -> Option<String> {
        let subjects: Vec<&str> =
            self.subjects.iter().map(|subject| subject.trim()).filter(|s| !s.is_empty()).collect();
        let words = if subjects.is_empty() { self.heading.trim().to_owned() } else { subjects.join(". ") };
        (!words.is_empty()).then(|| one_line(&words))
    }

    fn events(&self) -> Vec<RawEvent> {
        let mut leaves = LeafWriter::default();
        if let Some(title) = self.title() {
            leaves.start(BlockKind::Heading { level: 1 });
            leaves.text(&title);
        }
        for (kind, text) in [(PartKind::Question, &self.asking), (PartKind::Answer, &self.answer)] {
            if !text.trim().is_empty() {
                leaves.open_part(kind, None);
                leaves.extend(html::parse_fragment(text));
                leaves.close_part();
            }
        }
        leaves.finish()
    }
}

fn genre(kind: &str) -> Option<Genre> {
    Some(match kind {
        "QE" => Genre::WrittenQuestion,
        "QOSD" => Genre::OralQuestion,
        "QG" => Genre::GovernmentQuestion,
        _ => return None,
    })
}
