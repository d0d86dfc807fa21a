//! Metadata of a document, keyed by the field names of the command line's contract. Values are strings; dates are ISO
//! 8601, partial where the text is. An unknown value is absent, never empty.

use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantArray};

/// The name of a fact.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, IntoStaticStr, VariantArray,
)]
#[strum(serialize_all = "snake_case")]
#[expect(missing_docs, reason = "each is the field's own word")]
pub enum Key {
    Institution,
    Country,
    Legislature,
    Number,
    QuestionType,
    Heading,
    Author,
    AskedBy,
    Constituency,
    Group,
    MinistryAsked,
    MinistryAnswering,
    AskedOn,
    AskedPage,
    AnsweredOn,
    AnsweredPage,
    AdoptedOn,
    Dated,
    Place,
    Addressee,
    Sender,
    Subject,
    Signatories,
    SourceUrl,
    Words,
    ReadingMinutes,
    Sha256,
    Pages,
}

impl Key {
    /// Every key, in the order people are shown them.
    pub const ALL: &[Self] = Self::VARIANTS;

    /// The name used in JSON and message ids.
    /// It is the variant's name in snake case: renaming a variant changes it.
    pub fn name(self) -> &'static str {
        self.into()
    }
}

/// Facts by name, each with one value or several.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Metadata(Vec<(Key, Vec<String>)>);

impl Metadata {
    /// Sets a value, replacing a previous one; ignores an empty value.
    pub fn set(&mut self, key: Key, value: impl Into<String>) {
        self.set_all(key, vec![value.into()]);
    }

    /// States a fact that has several values; empty values are left out.
    pub fn set_all(&mut self, key: Key, values: Vec<String>) {
        let values: Vec<String> = values.into_iter().filter(|value| !value.trim().is_empty()).collect();
        self.0.retain(|(known, _)| *known != key);
        if !values.is_empty() {
            let at = self.0.partition_point(|(known, _)| *known < key);
            self.0.insert(at, (key, values));
        }
    }

    /// The first value of a fact.
    pub fn get(&self, key: Key) -> Option<&str> {
        self.all(key).first().map(String::as_str)
    }

    /// Every value of a fact; empty when it is not known.
    pub fn all(&self, key: Key) -> &[String] {
        self.0.iter().find(|(known, _)| *known == key).map_or(&[], |(_, values)| values)
    }

    /// Every fact known, in the order of [`Key::ALL`].
    pub fn iter(&self) -> impl Iterator<Item = (Key, &[String])> {
        self.0.iter().map(|(key, values)| (*key, values.as_slice()))
    }
}
