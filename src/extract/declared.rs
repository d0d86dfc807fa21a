//! Facts that a source declares about its document: front matter and HTML's `meta` use the same names. What is not a
//! date, a language or a person is left where it is.

use super::RawDocument;
use super::sourced::one_line;
use crate::document::Key;
use crate::text::Language;

/// Takes over one declared fact, by its name in any case; the first of a kind stands.
pub fn declare(raw: &mut RawDocument, name: &str, value: &str) {
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
            raw.date = raw.date.take().or_else(|| iso_date(&value));
        }
        "author" | "dc.creator" | "dcterms.creator" if raw.metadata.get(Key::Author).is_none() => {
            raw.metadata.set(Key::Author, value);
        }
        _ => {}
    }
}

/// « fr-FR » says no more than « fr »; « fr-BE » does.
fn without_own_region(tag: &str) -> &str {
    match tag.trim().split_once(['-', '_']) {
        Some((language, region)) if language.eq_ignore_ascii_case(region) => language,
        _ => tag,
    }
}

/// `2019`, `2019-03`, `2019-03-14`, with or without a time behind it.
fn iso_date(value: &str) -> Option<String> {
    let date: String = value.chars().take_while(|c| c.is_ascii_digit() || *c == '-').take(10).collect();
    let parts: Vec<&str> = date.split('-').collect();
    let within = |text: &str, most: u32| text.len() == 2 && text.parse().is_ok_and(|n: u32| (1..=most).contains(&n));
    let sound = match parts.as_slice() {
        [year] => year.len() == 4,
        [year, month] => year.len() == 4 && within(month, 12),
        [year, month, day] => year.len() == 4 && within(month, 12) && within(day, 31),
        _ => false,
    };
    sound.then_some(date)
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
    fn only_dates_in_the_order_of_the_standard_are_dates() {
        let table = [
            ("2019-03-14", Some("2019-03-14")),
            ("2019-03-14T10:00:00Z", Some("2019-03-14")),
            ("2019-03", Some("2019-03")),
            ("2019", Some("2019")),
            ("07-05-2025", None),
            ("2019-13-01", None),
            ("mars 2019", None),
        ];
        for (value, date) in table {
            assert_eq!(iso_date(value).as_deref(), date);
        }
    }
}
