//! Filters on a document's metadata: `author:dupont`, `kind:question`, `date:2019..2022-03`. Metadata are stored as
//! short folded terms: one for each word of a value with the text after it (`author=jean dupont`, `author=dupont`), one
//! for the whole value (`author==jean dupont`), one for an unknown date (`date=none`). A filter matches terms by
//! prefix, so an index that stores these terms agrees with [`Filter::holds`]. Titles are long and searched by position,
//! so they are not among the terms. `in:answer` matches documents with an answer, and restricts the clauses beside it
//! to that part. A path is one term, any part of which can match. Codes also match under their names in the interface's
//! languages. Tags are not supported yet.

use super::clause::Clause;
use super::field::{Field, NAMES, NONE, TITLE};
use super::term::{Term, TermMatcher};
use super::value_names::{has_codes, is_called};
use crate::document::{Document, PartKind, PartKinds};
use crate::search::analysis::stem::Stemming;
use crate::search::analysis::{Word, accented, words};
use crate::text::date::{days_of, is_day};
use crate::text::fold::fold_word;

/// The most words of a value that a line has; a filter looks for no more.
const MOST_WORDS: usize = 16;

/// What a fact must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Which fact.
    pub field: Field,
    /// As it was typed.
    pub text: String,
    /// The value it must have.
    pub wanted: FilterValue,
}

/// What a fact must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilterValue {
    /// It has these words side by side.
    Words(Clause),
    /// It is these words and no others (`author:="Jean Dupont"`).
    Value(Clause),
    /// A date within these days.
    Days(Days),
    /// It is a day that is not known (`date:none`).
    NoDay,
    /// A folded value that contains these characters, with any text in place of a `*`; text after the last one is its
    /// end (`path:2019/`, `path:*.xml`).
    Signs(String),
}

impl Filter {
    /// The words of a fact. There is at least one.
    pub fn of_words(field: Field, text: &str, mut clause: Clause) -> Self {
        if clause.terms.len() > MOST_WORDS && field != Field::Title {
            clause.terms.truncate(MOST_WORDS);
        }
        Self { field, text: text.to_owned(), wanted: FilterValue::Words(clause) }
    }

    /// The whole value of a fact. There is at least one word.
    pub fn of_value(field: Field, text: &str, clause: Clause) -> Self {
        Self { field, text: text.to_owned(), wanted: FilterValue::Value(clause) }
    }

    /// Signs of a path.
    pub fn of_signs(field: Field, text: &str, signs: &str) -> Self {
        Self { field, text: text.to_owned(), wanted: FilterValue::Signs(fold_word(signs)) }
    }

    /// Whether it asks for days.
    pub fn is_of_days(&self) -> bool {
        matches!(self.wanted, FilterValue::Days(_) | FilterValue::NoDay)
    }

    /// Whether a document's facts are so.
    pub fn holds(&self, document: &Document) -> bool {
        match (&self.wanted, self.field) {
            (FilterValue::Words(clause), Field::Title) => title_has(document, &clause.terms.iter().collect::<Vec<_>>()),
            _ => lines(self.field, document).iter().any(|line| self.matches(line)),
        }
    }

    /// The kinds of parts that must contain the clauses beside it.
    pub fn part_kinds(&self) -> PartKinds {
        let asked = |kind: &PartKind| values_as_lines(Field::In, [kind.name()]).iter().any(|line| self.matches(line));
        if self.field == Field::In { PartKind::ALL.into_iter().filter(asked).collect() } else { PartKinds::NONE }
    }

    /// Whether the clauses beside it are searched in titles.
    pub fn asks_for_titles(&self) -> bool {
        self.field == Field::In && self.matches(&format!("{}=={TITLE}", self.field.name()))
    }

    /// How every line begins that it could match.
    pub fn start(&self) -> String {
        if has_codes(self.field) {
            return format!("{}==", self.field.name());
        }
        self.own_start()
    }

    fn own_start(&self) -> String {
        let value = match &self.wanted {
            FilterValue::Words(clause) => folded(clause),
            FilterValue::Value(clause) => format!("={}", folded(clause)),
            FilterValue::Days(_) | FilterValue::Signs(_) => String::new(),
            FilterValue::NoDay => NONE.to_owned(),
        };
        format!("{}={value}", self.field.name())
    }

    /// Whether a line is one that it asks for.
    pub fn matches(&self, line: &str) -> bool {
        if !has_codes(self.field) {
            return self.matches_as_written(line);
        }
        let Some(code) = line.strip_prefix(&self.start()) else { return false };
        let is_so_called = match &self.wanted {
            FilterValue::Words(clause) => is_called(self.field, code, &clause.terms, false),
            FilterValue::Value(clause) => is_called(self.field, code, &clause.terms, true),
            FilterValue::Days(_) | FilterValue::NoDay | FilterValue::Signs(_) => false,
        };
        is_so_called || values_as_lines(self.field, [code]).iter().any(|line| self.matches_as_written(line))
    }

    fn matches_as_written(&self, line: &str) -> bool {
        let Some(rest) = line.strip_prefix(&self.own_start()) else { return false };
        match &self.wanted {
            FilterValue::Words(clause) => is_open(clause) || rest.is_empty() || rest.starts_with(' '),
            FilterValue::Value(clause) => is_open(clause) || rest.is_empty(),
            FilterValue::Days(days) => Days::from_line(rest).is_some_and(|known| days.hold(known)),
            FilterValue::NoDay => rest.is_empty(),
            FilterValue::Signs(signs) => has_signs(rest, signs),
        }
    }

    /// The text that is compared.
    pub fn form(&self) -> String {
        match &self.wanted {
            FilterValue::Words(clause) => format!("{}{}", folded(clause), if is_open(clause) { "*" } else { "" }),
            FilterValue::Value(clause) => format!("={}{}", folded(clause), if is_open(clause) { "*" } else { "" }),
            FilterValue::Days(days) => days.said(),
            FilterValue::Signs(signs) => signs.clone(),
            FilterValue::NoDay => NONE.to_owned(),
        }
    }
}

/// Whether a document's title has terms, at least one, side by side.
pub(crate) fn title_has(document: &Document, terms: &[&Term]) -> bool {
    let stemming = Stemming::of(document.language.as_ref());
    let meanings: Vec<_> = terms.iter().map(|term| term.matcher(stemming)).collect();
    let title: Vec<_> = words(&document.title).collect();
    let means = |matcher: &TermMatcher<'_>, word: &Word<'_>| {
        matcher.matches(&word.folded, || accented(&document.title[word.range]))
    };
    let mut windows = title.windows(meanings.len());
    windows.any(|window| meanings.iter().zip(window).all(|(matcher, word)| means(matcher, word)))
}

/// Whether a text contains the pieces between stars in their order, with the piece after the last star at its end.
fn has_signs(text: &str, signs: &str) -> bool {
    let mut pieces = signs.split('*');
    let last = pieces.next_back().filter(|_| signs.contains('*'));
    let Some(last) = last else { return text.contains(signs) };
    let mut rest = text;
    for piece in pieces {
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    rest.ends_with(last)
}

fn folded(clause: &Clause) -> String {
    clause.terms.iter().map(|term| term.folded.as_str()).collect::<Vec<_>>().join(" ")
}

fn is_open(clause: &Clause) -> bool {
    clause.terms.last().is_some_and(|term| term.prefix)
}

/// Every line of a document, for an index to keep.
pub fn facts(document: &Document) -> Vec<String> {
    let mut facts: Vec<String> = Vec::new();
    for (name, field) in NAMES {
        if name == field.name() && field != Field::Title {
            facts.extend(lines(field, document));
        }
    }
    facts
}

fn lines(field: Field, document: &Document) -> Vec<String> {
    let name = field.name();
    let values = field.values(document).into_iter();
    if field.is_date() {
        let days = values.filter_map(Days::parse).map(|days| format!("{name}={}", days.line()));
        let lines: Vec<String> = days.collect();
        return if lines.is_empty() { vec![format!("{name}={NONE}")] } else { lines };
    }
    if field == Field::Path {
        return values.filter(|path| !path.is_empty()).map(|path| format!("{name}={}", fold_word(path))).collect();
    }
    values_as_lines(field, values)
}

fn values_as_lines<'v>(field: Field, values: impl IntoIterator<Item = &'v str>) -> Vec<String> {
    let name = field.name();
    let mut lines = Vec::new();
    for value in values {
        let words: Vec<String> = words(value).map(|word| word.folded.into_owned()).collect();
        for start in 0..words.len() {
            let end = words.len().min(start + MOST_WORDS);
            lines.push(format!("{name}={}", words[start..end].join(" ")));
        }
        if !words.is_empty() {
            lines.push(format!("{name}=={}", words.join(" ")));
        }
    }
    lines
}

/// Later than any day.
const NEVER: u32 = 99_999_999;

/// The days from one to another, both among them, as numbers: 20220331.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Days {
    from: u32,
    to: u32,
}

impl Days {
    /// Parses a day, a month or a year of ISO 8601 (`2022-03-31`, `2022-03`, `2022`), or a range (`2019..2022-03`),
    /// either end of which may be missing. An impossible day matches nothing; as an end of a range it means the end of
    /// its month.
    pub fn parse(text: &str) -> Option<Self> {
        let Some((from, to)) = text.split_once("..") else { return Self::one(text).filter(|_| is_day(text)) };
        let from_day = if from.is_empty() { Some(0) } else { Self::one(from).map(|days| days.from) };
        let to_day = if to.is_empty() { Some(NEVER) } else { Self::one(to).map(|days| days.to) };
        let is_something = !(from.is_empty() && to.is_empty());
        is_something.then_some(Self { from: from_day?, to: to_day? })
    }

    fn one(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let mut next = |length: usize, most: u32| match parts.next() {
            None => Some(None),
            Some(part) => {
                let is_number = part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
                let number = is_number.then(|| part.parse::<u32>().ok()).flatten()?;
                (number <= most && (number > 0 || length == 4)).then_some(Some(number))
            }
        };
        let (year, month, day) = (next(4, 9999)??, next(2, 12)?, next(2, 31)?);
        if parts.next().is_some() {
            return None;
        }
        let number = |month: u32, day: u32| year * 10_000 + month * 100 + day;
        let last = month.unwrap_or(12);
        Some(Self {
            from: number(month.unwrap_or(1), day.unwrap_or(1)),
            to: number(last, day.unwrap_or_else(|| days_of(year, last))),
        })
    }

    /// Whether all of the other days are included: a date known as 2019 need not be in March 2019.
    fn hold(self, others: Self) -> bool {
        self.from <= others.from && others.to <= self.to
    }

    /// The first day and the last, where there are such: the month or the year where they are its first or last day.
    pub fn ends(self) -> (Option<String>, Option<String>) {
        let parts = |day: u32| (day / 10_000, day / 100 % 100, day % 100);
        let iso = |day: u32, whole_year: (u32, u32), is_end: fn(u32, u32, u32) -> bool| match parts(day) {
            (0, ..) | (9999, 99, _) => None,
            (year, month, day) if self.from != self.to && (month, day) == whole_year => Some(format!("{year:04}")),
            (year, month, day) if self.from != self.to && is_end(year, month, day) => {
                Some(format!("{year:04}-{month:02}"))
            }
            (year, month, day) => Some(format!("{year:04}-{month:02}-{day:02}")),
        };
        let is_last = |year, month, day| day == days_of(year, month);
        (iso(self.from, (1, 1), |_, _, day| day == 1), iso(self.to, (12, 31), is_last))
    }

    /// The year and month that all of them lie in, or else the year: `2019-03`, `2019`.
    pub(crate) fn said_as_month(self) -> Option<String> {
        let (year, month) = (self.from / 10_000, self.from / 100);
        match (month == self.to / 100, year == self.to / 10_000) {
            (true, _) => Some(format!("{year:04}-{:02}", month % 100)),
            (_, true) => Some(format!("{year:04}")),
            _ => None,
        }
    }

    /// For people: the first and the last day, where there is one.
    fn said(self) -> String {
        let day = |day: u32| match day {
            0 | NEVER => String::new(),
            day => format!("{:04}-{:02}-{:02}", day / 10_000, day / 100 % 100, day % 100),
        };
        if self.from == self.to { day(self.from) } else { format!("{}..{}", day(self.from), day(self.to)) }
    }

    fn line(self) -> String {
        format!("{:08}-{:08}", self.from, self.to)
    }

    fn from_line(line: &str) -> Option<Self> {
        let (from, to) = line.split_once('-')?;
        Some(Self { from: from.parse().ok()?, to: to.parse().ok()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Genre;
    use crate::document::Key;
    use crate::search::parse;
    use crate::search::{LastWord, is_hit};
    use crate::text::Language;

    fn question() -> Document {
        let mut document = Document {
            title: "Arrestations de défenseurs".to_owned(),
            genre: Genre::WrittenQuestion,
            language: Language::new("fr"),
            date: Some("2022-03-15".to_owned()),
            ..Document::default()
        };
        document.metadata.set_all(Key::AskedBy, vec!["M. Jean-Paul Lecoq".to_owned()]);
        document.metadata.set(Key::Number, "43940");
        document.metadata.set(Key::MinistryAsked, "Europe et affaires étrangères");
        document.metadata.set(Key::AskedOn, "2022-02");
        document.path = "Questions/2022/QE 43940.xml".to_owned();
        document
    }

    #[test]
    fn a_document_is_asked_for_its_facts() {
        let document = question();
        for (query, expected) in [
            ("author:lecoq", true),
            ("AUTHOR:Lecoq", true),
            ("author:\"jean-paul lecoq\"", true),
            ("author:\"paul jean\"", false),
            ("author:leco", false),
            ("author:leco*", true),
            ("-author:lecoq", false),
            ("number:43940", true),
            ("number:4394", false),
            ("kind:question", true),
            ("type:written-question", true),
            ("kind:letter", false),
            ("kind:letter OR ministry:étrangères", true),
            ("ministry:\"affaires etrangeres\"", true),
            ("language:fr", true),
            ("title:defenseurs", true),
            ("title:torture", false),
            ("country:france", false),
            ("date:2022", true),
            ("date:2022-03", true),
            ("date:2022-03-15", true),
            ("date:2019..2022-03", true),
            ("date:2019..2022-02", false),
            ("date:2022..", true),
            ("date:2022-03-15..2022-03-16", true),
            ("date:..2021", false),
            ("asked:2022", true),
            ("asked:2022-02-01..2022-02-31", true),
            ("asked:2022-02-01", false),
            ("answered:2022", false),
            ("path:questions/2022", true),
            ("chemin:QUESTIONS/", true),
            ("path:\"QE 43940\"", true),
            ("path:*.xml", true),
            ("path:question*/*.xml", true),
            ("path:*.txt", false),
            ("path:2022*question", false),
            ("path:2022/*", true),
            ("-path:2022/", false),
            ("date:none", false),
            ("answered:none", true),
            ("ANSWERED:None", true),
            ("-date:none", true),
            ("author:=lecoq", false),
            ("author:=\"M. Jean-Paul Lecoq\"", true),
            ("author:=\"M Jean Paul*\"", true),
            ("author:=\"Jean-Paul Lecoq\"", false),
            ("ministry:=\"europe et affaires etrangeres\"", true),
            ("language:=fr", true),
            ("kind:=question", false),
            ("kind:=written-question", true),
            ("kind:\"question écrite\"", true),
            ("genre:\"questions écrites\"", true),
            ("kind:\"written questions\"", true),
            ("kind:=\"Question écrite\"", true),
            ("kind:lettre", false),
            ("-genre:lettres", true),
            ("langue:français", true),
            ("language:French", true),
            ("langue:anglais", false),
            ("language:english", false),
            ("in:title", true),
            ("in:titre", true),
            ("in:réponse", false),
            ("in:title défenseurs", true),
            ("titre:défenseurs in:titre", true),
            ("in:title torture", false),
            ("in:title -torture", true),
            ("in:title (torture OR arrestations)", true),
            ("in:title arrestations near:3 défenseurs", true),
            ("année:2022", true),
            ("year:2021", false),
        ] {
            let query_of = |source| parse(source, LastWord::Whole).0;
            assert_eq!(is_hit(&query_of(query), &document), expected, "{query}");
        }
    }

    #[test]
    fn what_is_known_by_its_year_only_lies_in_days_that_hold_all_of_it() {
        for (known, asked, expected) in [
            ("2019", "date:2019..2022-03", true),
            ("2022", "date:2019..2022-03", false),
            ("2022-03", "date:2019..2022-03", true),
            ("2019", "date:2019-02..2022", false),
            ("2019-04", "date:2019-04-01..2019-04-30", true),
            ("2020-02", "date:2020-02-01..2020-02-29", true),
            ("2020-02", "date:2020-02-01..2020-02-28", false),
            ("2019", "date:2019-01-01..2019-12-31", true),
            ("2019-02-28", "date:2019-02", true),
        ] {
            let document = Document { date: Some(known.to_owned()), ..Document::default() };
            assert_eq!(is_hit(&parse(asked, LastWord::Whole).0, &document), expected, "{known} in {asked}");
        }
    }

    #[test]
    fn only_days_are_days() {
        for text in [
            "",
            "..",
            "2019-02-31",
            "2019-04-31",
            "22",
            "2022-13",
            "2022-3",
            "2022-03-32",
            "2022-03-15-1",
            "x",
            "2022..x",
            "20220315",
        ] {
            assert_eq!(Days::parse(text), None, "{text}");
        }
        assert_eq!(Days::parse("2019..2022-03"), Some(Days { from: 20_190_101, to: 20_220_331 }));
    }
}
