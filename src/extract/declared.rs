//! Metadata that a source declares about its document; front matter and HTML `meta` elements use the same names. Values
//! that are not a title, a date, a language or an author are ignored.

use super::RawDocument;
use super::sourced::one_line;
use crate::document::{IMPOSSIBLE_DATE, Key, Warning};
use crate::text::Language;
use crate::text::date::is_day;

/// Stores one declared value by its name, ignoring case; the first value of each kind is kept.
pub(super) fn declare(raw: &mut RawDocument, name: &str, value: &str) {
    let value = one_line(value.trim().trim_matches(['"', '\'']));
    if value.is_empty() {
        return;
    }
    match name.trim().to_ascii_lowercase().as_str() {
        "title" => raw.title = raw.title.take().or(Some(value)),
        "lang" | "language" | "dc.language" | "content-language" => {
            raw.language = raw.language.take().or_else(|| Language::new(without_own_region(&value)));
        }
        "date" | "dc.date" | "dcterms.issued" | "dcterms.date" | "article:published_time" => {
            let date = iso_date(&value);
            if let Some(impossible) = date.as_ref().filter(|date| !is_day(date)) {
                raw.warnings.push(Warning { code: IMPOSSIBLE_DATE.to_owned(), detail: impossible.clone() });
            }
            raw.date = raw.date.take().or(date.filter(|date| is_day(date)));
        }
        "author" | "dc.creator" | "dcterms.creator" if raw.metadata.get(Key::Author).is_none() => {
            raw.metadata.set(Key::Author, value);
        }
        _ => {}
    }
}

/// Removes a region that repeats the language: « fr-FR » becomes « fr », « fr-BE » stays.
fn without_own_region(tag: &str) -> &str {
    match tag.trim().split_once(['-', '_']) {
        Some((language, region)) if language.eq_ignore_ascii_case(region) => language,
        _ => tag,
    }
}

/// Parses `2019`, `2019-03` or `2019-03-14`, optionally followed by a time. The date may be impossible (« 2019-02-31
/// »).
fn iso_date(value: &str) -> Option<String> {
    let date: String = value.chars().take_while(|c| c.is_ascii_digit() || *c == '-').take(10).collect();
    let lengths: Vec<usize> = date.split('-').map(str::len).collect();
    matches!(lengths.as_slice(), [4] | [4, 2] | [4, 2, 2]).then_some(date)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_region_that_repeats_its_language_is_left_off() {
        for (tag, expected) in
            [("fr-FR", "fr"), ("de_DE", "de"), ("fr-BE", "fr-BE"), ("zh-Hant", "zh-Hant"), ("nl", "nl")]
        {
            assert_eq!(without_own_region(tag), expected);
        }
    }

    #[test]
    fn a_date_that_no_calendar_has_is_a_warning_and_no_date() {
        let mut raw = RawDocument::default();
        for value in ["2019-02-31", "2019-02-28", "2019-02-27"] {
            declare(&mut raw, "date", value);
        }
        assert_eq!(raw.date.as_deref(), Some("2019-02-28"));
        let warnings: Vec<_> =
            raw.warnings.iter().map(|warning| (warning.code.as_str(), warning.detail.as_str())).collect();
        assert_eq!(warnings, [("impossible-date", "2019-02-31")]);
    }

    #[test]
    fn only_dates_in_the_order_of_the_standard_are_dates() {
        let table = [
            ("2019-03-14", Some("2019-03-14")),
            ("2019-03-14T10:00:00Z", Some("2019-03-14")),
            ("2019-03", Some("2019-03")),
            ("2019", Some("2019")),
            ("07-05-2025", None),
            ("2019-13-01", Some("2019-13-01")),
            ("mars 2019", None),
        ];
        for (value, date) in table {
            assert_eq!(iso_date(value).as_deref(), date);
        }
    }
}
