//! The fields of a document's metadata that filters and facets name, in English and French.

use strum::VariantArray;

use crate::document::{Document, Key, PartKind, PartKinds};
use crate::text::fold::fold_word;

/// The value that matches an unknown date.
pub(crate) const NONE: &str = "none";

/// The name of the title among the parts of a document.
pub(crate) const TITLE: &str = "title";

/// A field of the metadata.
#[derive(Clone, Copy, Debug, PartialEq, Eq, VariantArray)]
#[expect(missing_docs, reason = "each is the field's own word")]
pub enum Field {
    Title,
    Author,
    Number,
    Kind,
    Institution,
    Country,
    Ministry,
    Heading,
    Language,
    Date,
    Asked,
    Answered,
    In,
    Path,
}

/// The names, French ones after English ones; the first name of a field is the one in stored terms.
pub(super) const NAMES: [(&str, Field); 29] = [
    ("title", Field::Title),
    ("titre", Field::Title),
    ("author", Field::Author),
    ("auteur", Field::Author),
    ("number", Field::Number),
    ("numéro", Field::Number),
    ("kind", Field::Kind),
    ("genre", Field::Kind),
    ("type", Field::Kind),
    ("institution", Field::Institution),
    ("country", Field::Country),
    ("pays", Field::Country),
    ("ministry", Field::Ministry),
    ("ministère", Field::Ministry),
    ("heading", Field::Heading),
    ("rubrique", Field::Heading),
    ("language", Field::Language),
    ("langue", Field::Language),
    ("date", Field::Date),
    ("year", Field::Date),
    ("année", Field::Date),
    ("asked", Field::Asked),
    ("posée", Field::Asked),
    ("answered", Field::Answered),
    ("répondue", Field::Answered),
    ("réponse", Field::Answered),
    ("in", Field::In),
    ("path", Field::Path),
    ("chemin", Field::Path),
];

impl Field {
    /// Every field, in the order of its names.
    pub const ALL: [Self; Self::VARIANTS.len()] = *Self::VARIANTS.first_chunk().expect("of that length");

    /// The field of a name, ignoring case and accents.
    pub fn from_name(name: &str) -> Option<Self> {
        let name = fold_word(name);
        NAMES.iter().find(|(known, _)| fold_word(known) == name).map(|(_, field)| *field)
    }

    /// Its names.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        NAMES.iter().filter(move |(_, field)| *field == self).map(|(name, _)| *name)
    }

    /// Whether its values are days.
    pub fn is_date(self) -> bool {
        matches!(self, Self::Date | Self::Asked | Self::Answered)
    }

    /// The first of its names.
    pub fn name(self) -> &'static str {
        NAMES.iter().find(|(_, field)| *field == self).map_or("", |(name, _)| name)
    }

    /// Its values in a document.
    pub(crate) fn values(self, document: &Document) -> Vec<&str> {
        let all = |keys: &[Key]| {
            let values = keys.iter().flat_map(|key| document.metadata.all(*key));
            values.map(String::as_str).collect::<Vec<_>>()
        };
        match self {
            Self::Title => vec![&document.title],
            Self::Author => all(&[Key::Author, Key::AskedBy, Key::Sender, Key::Signatories]),
            Self::Number => all(&[Key::Number]),
            Self::Kind => vec![document.genre.name()],
            Self::Institution => all(&[Key::Institution]),
            Self::Country => all(&[Key::Country]),
            Self::Ministry => all(&[Key::MinistryAsked, Key::MinistryAnswering]),
            Self::Heading => all(&[Key::Heading]),
            Self::Language => document.language.iter().map(crate::text::Language::tag).collect(),
            Self::Date => document.date.iter().map(String::as_str).collect(),
            Self::Asked => all(&[Key::AskedOn]),
            Self::Answered => all(&[Key::AnsweredOn]),
            Self::In => {
                let kinds = document.leaf_kinds().fold(PartKinds::NONE, |all, (_, kinds)| all.and(kinds));
                let title = Some(TITLE).filter(|_| !document.title.is_empty());
                kinds.iter().map(PartKind::name).chain(title).collect()
            }
            Self::Path => vec![&document.path],
        }
    }
}
