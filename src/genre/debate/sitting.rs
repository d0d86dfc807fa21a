//! Reads the facts of a sitting from the head of a debate: the house, its legislature, the date, the title. Only short
//! lines at the beginning are read; missing facts stay unknown.

use crate::document::{Block, BlockKind, Document};
use crate::text::date;

/// Number of leaf blocks in the head.
const HEAD_LEAVES: usize = 60;
/// Maximum length of a line with a fact, in bytes.
const MAX_LINE_BYTES: usize = 160;

/// Houses: lower-case text to search for, name, and ISO 3166 country code. Longer names come first.
const HOUSES: &[(&str, &str, &str)] = &[
    ("assemblée nationale du québec", "Assemblée nationale du Québec", "CA"),
    ("assemblée nationale", "Assemblée nationale", "FR"),
    ("sénat de belgique", "Sénat de Belgique", "BE"),
    ("chambre des représentants", "Chambre des représentants", "BE"),
    ("kamer van volksvertegenwoordigers", "Kamer van volksvertegenwoordigers", "BE"),
    ("chambre des députés", "Chambre des Députés", "LU"),
    ("parlement européen", "Parlement européen", "EU"),
    ("european parliament", "European Parliament", "EU"),
    ("europäisches parlament", "Europäisches Parlament", "EU"),
    ("deutscher bundestag", "Deutscher Bundestag", "DE"),
    ("house of commons", "House of Commons", "GB"),
    ("house of lords", "House of Lords", "GB"),
    ("congreso de los diputados", "Congreso de los Diputados", "ES"),
    ("camera dei deputati", "Camera dei deputati", "IT"),
    ("senato della repubblica", "Senato della Repubblica", "IT"),
    ("tweede kamer", "Tweede Kamer", "NL"),
    ("dáil éireann", "Dáil Éireann", "IE"),
    ("seanad éireann", "Seanad Éireann", "IE"),
    ("立法會", "立法會", "HK"),
    ("legislative council", "Legislative Council", "HK"),
];

/// Words for a sitting, in lower case.
const SITTINGS: &[&str] =
    &["séance", "sitting", "sitzung", "vergadering", "sesión", "seduta", "sessão", "plenary", "會議"];

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Sitting {
    /// Name and country of the house.
    pub house: Option<(&'static str, &'static str)>,
    /// Number of the legislature, in digits.
    pub legislature: Option<String>,
    pub date: Option<String>,
    /// Line that names the sitting.
    pub title: Option<String>,
}

pub(super) fn read_sitting(document: &Document) -> Sitting {
    let mut sitting = Sitting::default();
    for block in document.leaves().take(HEAD_LEAVES) {
        let line = document.slice(block.range).trim();
        if line.is_empty() || line.len() > MAX_LINE_BYTES {
            continue;
        }
        let lower = line.to_lowercase();
        sitting.house = sitting.house.or_else(|| house(line));
        sitting.legislature = sitting.legislature.take().or_else(|| legislature(&lower));
        if sitting.date.is_none() && SITTINGS.iter().any(|word| lower.contains(word)) {
            sitting.date = date::first(line);
            sitting.title = sitting.date.is_some().then(|| title(block, line)).flatten();
        }
    }
    sitting
}

/// Returns the name and the country of the house that is named in a text.
pub(super) fn house(words: &str) -> Option<(&'static str, &'static str)> {
    let lower = words.to_lowercase();
    HOUSES.iter().find(|(name, _, _)| lower.contains(name)).map(|&(_, name, country)| (name, country))
}

/// Returns a line as the title if it is a heading or short.
fn title(block: &Block, line: &str) -> Option<String> {
    let heading = matches!(block.kind, BlockKind::Heading { .. });
    (heading || line.split_whitespace().count() <= 10).then(|| line.trim_end_matches(['.', ',']).to_owned())
}

/// Returns the number of a legislature: « 14ème législature », « XIVe législature » give « 14 ».
fn legislature(lower: &str) -> Option<String> {
    let (before, _) = lower.split_once("législature").or_else(|| lower.split_once("wahlperiode"))?;
    let word = before.split_whitespace().next_back()?.trim_matches(|c: char| !c.is_alphanumeric());
    let figures: String = word.chars().take_while(char::is_ascii_digit).collect();
    if !figures.is_empty() {
        return Some(figures);
    }
    let numeral: String = word.chars().take_while(|c| "ivxlc".contains(*c)).collect();
    let bare = !numeral.is_empty() && ["", "e", "ème", "eme", "è"].contains(&&word[numeral.len()..]);
    bare.then(|| roman(&numeral).to_string())
}

fn roman(numeral: &str) -> u32 {
    let value = |c: char| match c {
        'i' => 1,
        'v' => 5,
        'x' => 10,
        'l' => 50,
        _ => 100,
    };
    // From right to left, a numeral smaller than the largest so far is subtracted.
    let (sum, _) = numeral.chars().rev().map(value).fold((0_u32, 0), |(sum, highest), value| {
        if value < highest { (sum.saturating_sub(value), highest) } else { (sum + value, value) }
    });
    sum
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genre::test_documents::from_lines;

    #[test]
    fn the_head_identifies_the_sitting() {
        let document =
            from_lines(["Assemblée nationale XIVe législature", "Deuxième séance du mardi 29 janvier 2013", "1"]);
        let expected = Sitting {
            house: Some(("Assemblée nationale", "FR")),
            legislature: Some("14".to_owned()),
            date: Some("2013-01-29".to_owned()),
            title: Some("Deuxième séance du mardi 29 janvier 2013".to_owned()),
        };
        assert_eq!(read_sitting(&document), expected);
    }

    #[test]
    fn legislatures_are_read_in_figures_and_numerals() {
        for (line, number) in [
            ("15ème législature", Some("15")),
            ("xive législature", Some("14")),
            ("ixème législature", Some("9")),
            ("20. wahlperiode", Some("20")),
            ("la législature", None),
        ] {
            assert_eq!(legislature(line).as_deref(), number, "{line}");
        }
    }
}
