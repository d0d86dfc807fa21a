//! Facets of a result: how many letters, how many of 2019, how many of each ministry; and the filter of a value, which
//! finds exactly the documents that were counted.
//!
//! Values are compared as filters do, by their folded words, so « Élysée » and « ELYSEE » are one value. A document counts
//! once for each of its values. A value without a word, or of more than [`LONGEST`] bytes, is no facet. Counting over many
//! documents is in `index`; [`entries`] defines the stored values.

use std::sync::Arc;
use strum::{IntoStaticStr, VariantArray};

use super::analysis::words;
use super::query::field::{Field, NONE};
use super::query::filter::{Days, Filter, FilterValue};
use crate::document::{Document, Genre};

/// The value that documents without a date have.
pub const UNDATED: &str = NONE;

/// The longest value that is counted, in bytes.
pub const LONGEST: usize = 240;

/// What documents are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, IntoStaticStr, VariantArray)]
#[expect(missing_docs, reason = "each is the field's own word")]
#[strum(serialize_all = "kebab-case")]
pub enum Facet {
    Date,
    Kind,
    Institution,
    Country,
    Author,
    Ministry,
    Language,
}

impl Facet {
    /// Every facet, in the order people are shown them.
    pub const ALL: [Self; Self::VARIANTS.len()] = *Self::VARIANTS.first_chunk().expect("of that length");

    /// The word used in JSON and message ids.
    /// It is the variant's name in kebab case: renaming a variant changes it.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// The facet whose values a field's are; of other fields none is counted.
    pub fn of(field: Field) -> Option<Self> {
        Self::ALL.into_iter().find(|facet| facet.field() == field)
    }

    fn field(self) -> Field {
        match self {
            Self::Date => Field::Date,
            Self::Kind => Field::Kind,
            Self::Institution => Field::Institution,
            Self::Country => Field::Country,
            Self::Author => Field::Author,
            Self::Ministry => Field::Ministry,
            Self::Language => Field::Language,
        }
    }

    /// Identifies a value, as [`FacetEntry::key`].
    pub fn key(self, value: &str) -> Option<String> {
        match self {
            Self::Date | Self::Kind => Some(value.to_owned()),
            _ => key(value),
        }
    }

    /// The key of the value that a filter asks for, when it asks for one of this facet.
    pub fn asked_by(self, filter: &Filter) -> Option<String> {
        if filter.field != self.field() {
            return None;
        }
        match (self, &filter.wanted) {
            (Self::Date, FilterValue::NoDay) => Some(UNDATED.to_owned()),
            (Self::Date, FilterValue::Days(days)) => {
                days.said_as_month().filter(|month| Days::parse(month).as_ref() == Some(days))
            }
            (Self::Kind, FilterValue::Words(clause) | FilterValue::Value(clause)) => {
                let words: Vec<&str> = clause.terms.iter().map(|term| term.folded.as_str()).collect();
                Some(words.join("-")).filter(|code| Genre::from_name(code).is_some())
            }
            (_, FilterValue::Value(clause)) if !clause.terms.iter().any(|term| term.prefix) => {
                Some(clause.terms.iter().map(|term| term.folded.as_str()).collect::<Vec<_>>().join(" "))
            }
            _ => None,
        }
    }

    /// The filter of a value: `kind:letter`, `date:2019-03`, `author:="Jean Dupont"`. Codes and dates are used as they
    /// are; other values are matched as a whole, because a word of them may occur in another value too.
    pub fn filter(self, value: &str) -> String {
        let name = self.name();
        match self {
            Self::Date | Self::Kind => format!("{name}:{value}"),
            _ if value.chars().all(char::is_alphanumeric) => format!("{name}:={value}"),
            // Marks of punctuation part words and are no words.
            _ => format!("{name}:=\"{}\"", value.replace(['"', '“', '”', '„', '«', '»', '*'], " ")),
        }
    }
}

/// A value that a document has, as an index keeps it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FacetEntry {
    /// The facet of the value.
    pub facet: Facet,
    /// Identifies the value: its folded words; for dates, the known year or year and month, or `none`.
    pub key: String,
    /// As people are shown it.
    pub shown: String,
}

/// What a document counts for, each value once. It is undated exactly when its date can be filtered by none.
pub fn entries(document: &Document) -> Vec<FacetEntry> {
    let mut entries = vec![];
    for facet in Facet::ALL {
        let first = entries.len();
        let values = facet.field().values(document);
        let found: Vec<(String, String)> = match facet {
            Facet::Date => dates(&values),
            Facet::Kind => values.iter().map(|&code| (code.to_owned(), code.to_owned())).collect(),
            _ => values.iter().filter_map(|value| Some((key(value)?, shown(value)))).collect(),
        };
        for (key, shown) in found {
            if entries[first..].iter().all(|known: &FacetEntry| known.key != key) {
                entries.push(FacetEntry { facet, key, shown });
            }
        }
    }
    entries
}

fn shown(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn key(value: &str) -> Option<String> {
    let words: Vec<_> = words(value).map(|word| word.folded).collect();
    (!words.is_empty() && value.len() <= LONGEST).then(|| words.join(" "))
}

/// The year and month that all days of a date lie in, or the year; days of several years are of none.
fn dates(values: &[&str]) -> Vec<(String, String)> {
    let known: Vec<Days> = values.iter().filter_map(|value| Days::parse(value)).collect();
    let said = known.iter().filter_map(|days| days.said_as_month());
    let dates = if known.is_empty() { vec![UNDATED.to_owned()] } else { said.collect() };
    dates.into_iter().map(|date| (date.clone(), date)).collect()
}

/// A value with how many documents have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetCount {
    /// As people are shown it, and as [`Facet::filter`] takes it.
    pub value: Arc<str>,
    /// How many documents.
    pub documents: u32,
}

/// What the documents of an answer are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facets {
    /// By [`Facet::ALL`]'s order; dates in order, the others the most frequent first, then by name.
    counts: [Vec<FacetCount>; Facet::ALL.len()],
    /// By year and month, where the month is known, in order.
    months: Vec<FacetCount>,
    /// How many have no date.
    undated: u32,
}

impl Facets {
    /// The counts, each key of a facet once.
    pub fn new(counted: impl IntoIterator<Item = (Facet, Arc<str>, u32)>) -> Self {
        let mut facets = Self::default();
        for (facet, value, documents) in counted {
            let count = FacetCount { value, documents };
            match facet {
                Facet::Date if &*count.value == NONE => facets.undated = documents,
                Facet::Date => facets.add_date(count),
                _ => facets.counts[facet as usize].push(count),
            }
        }
        facets.months.sort_by(|a, b| a.value.cmp(&b.value));
        facets.counts[Facet::Date as usize].sort_by(|a, b| a.value.cmp(&b.value));
        for counts in &mut facets.counts[1..] {
            counts.sort_by(|a, b| b.documents.cmp(&a.documents).then_with(|| a.value.cmp(&b.value)));
        }
        facets
    }

    fn add_date(&mut self, count: FacetCount) {
        let year = count.value.get(..4).unwrap_or(&count.value);
        let years = &mut self.counts[Facet::Date as usize];
        match years.iter_mut().find(|known| &*known.value == year) {
            Some(known) => known.documents += count.documents,
            None => years.push(FacetCount { value: year.into(), documents: count.documents }),
        }
        if count.value.len() > year.len() {
            self.months.push(count);
        }
    }

    /// The values of a facet with their counts; of dates, the years.
    pub fn of(&self, facet: Facet) -> &[FacetCount] {
        &self.counts[facet as usize]
    }

    /// The months that are known, in order.
    pub fn months(&self) -> &[FacetCount] {
        &self.months
    }

    /// How many documents have no date.
    pub fn undated(&self) -> u32 {
        self.undated
    }

    /// Whether there is nothing at all.
    pub fn is_empty(&self) -> bool {
        self.undated == 0 && self.counts.iter().all(Vec::is_empty)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Key;
    use crate::search::parse;
    use crate::search::{LastWord, is_hit};
    use crate::text::Language;
    use proptest::prelude::*;

    fn letter(date: Option<&str>, ministries: &[&str], author: &str) -> Document {
        let mut document = Document {
            genre: Genre::Letter,
            date: date.map(str::to_owned),
            language: Language::new("fr"),
            ..Document::default()
        };
        let ministries = ministries.iter().map(|&ministry| ministry.to_owned()).collect();
        document.metadata.set_all(Key::MinistryAsked, ministries);
        document.metadata.set(Key::Author, author);
        document
    }

    #[test]
    fn a_document_counts_once_for_each_value_however_it_is_written() {
        let document = letter(Some("2019-03-14"), &["Intérieur", "INTERIEUR", "—"], "Jean  Dupont");
        let entries: Vec<String> =
            entries(&document).iter().map(|one| format!("{}={}={}", one.facet.name(), one.key, one.shown)).collect();
        assert_eq!(
            entries,
            [
                "date=2019-03=2019-03",
                "kind=letter=letter",
                "author=jean dupont=Jean Dupont",
                "ministry=interieur=Intérieur",
                "language=fr=fr"
            ]
        );
    }

    #[test]
    fn years_come_in_order_with_their_months_and_what_has_no_date_apart() {
        let counted = [("2020-01", 2), ("2019", 1), ("none", 3), ("2019-12", 4)];
        let facets = Facets::new(counted.map(|(value, documents)| (Facet::Date, value.into(), documents)));
        let shown = |counts: &[FacetCount]| {
            counts.iter().map(|one| format!("{} {}", one.value, one.documents)).collect::<Vec<_>>().join(", ")
        };
        assert_eq!(shown(facets.of(Facet::Date)), "2019 5, 2020 2");
        assert_eq!(shown(facets.months()), "2019-12 4, 2020-01 2");
        assert_eq!(facets.undated(), 3);
    }

    #[test]
    fn the_most_frequent_value_comes_first() {
        let counted = [("b", 2), ("c", 5), ("a", 2)];
        let facets = Facets::new(counted.map(|(value, documents)| (Facet::Author, value.into(), documents)));
        let values: Vec<&str> = facets.of(Facet::Author).iter().map(|one| &*one.value).collect();
        assert_eq!(values, ["c", "a", "b"]);
    }

    fn document() -> impl Strategy<Value = Document> {
        let name = "[a-cÉé\"«»“ :=*~()_-]{0,6}";
        let date = prop_oneof![Just(None), "(20(19|20)(-0[12](-1[0-3])?)?|x|2019[.][.]2020|2019-13)".prop_map(Some),];
        (date, proptest::collection::vec(name, 0..4), name, "(fr|fr-CA|nl)").prop_map(
            |(date, ministries, author, language)| {
                let ministries: Vec<&str> = ministries.iter().map(String::as_str).collect();
                let mut document = letter(date.as_deref(), &ministries, &author);
                document.language = Language::new(&language);
                document
            },
        )
    }

    proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

        #[test]
        fn the_filter_of_a_value_finds_exactly_the_documents_that_have_it(
            documents in proptest::collection::vec(document(), 1..6),
        ) {
            for entry in documents.iter().flat_map(entries) {
                let query = parse(&entry.facet.filter(&entry.shown), LastWord::Whole);
                prop_assert!(query.1.is_empty(), "{:?}: {:?}", entry, query.1);
                for document in &documents {
                    let counts = entries(document).iter().any(|one| one.facet == entry.facet && (one.key == entry.key
                        || entry.facet == Facet::Date && entry.key.len() == 4 && one.key.starts_with(&entry.key)));
                    prop_assert_eq!(is_hit(&query.0, document), counts, "{:?}", entry);
                }
            }
        }
    }
}
