//! References by number: adopted texts, procedures, United Nations symbols, CELEX, ECLI, cases and applications before
//! the European courts, the Official Journal, parliamentary questions.

use super::found::FoundReference;
use super::words::{LeafWord, LeafWords};
use crate::genre::reading::identifier;
use crate::text::date;

/// Parses a reference that is a single word with a number.
pub(super) fn parse_number(words: &LeafWords, at: usize) -> Option<FoundReference> {
    let word = words.get(at).filter(|word| word.text.contains(|c: char| c.is_ascii_digit()))?;
    let name = adopted_text(word.text)
        .or_else(|| procedure(word.text))
        .or_else(|| symbol(word.text))
        .or_else(|| celex(word.text))
        .or_else(|| ecli(word.text))
        .or_else(|| case(word.text))?;
    Some(FoundReference::new(word.start, word.end, at + 1, name))
}

fn figures(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Parses `P8_TA(2017)0485`, `P8_TA-PROV(2017)0485`.
fn adopted_text(word: &str) -> Option<String> {
    let (term, rest) = word.strip_prefix('P')?.split_once("_TA")?;
    let (_, rest) = rest.split_once('(')?;
    let (year, number) = rest.split_once(')')?;
    (figures(term) && figures(year) && figures(number)).then(|| identifier::adopted_text(word))
}

/// Parses `2019/2610(RSP)`.
fn procedure(word: &str) -> Option<String> {
    let (year, rest) = word.split_once('/')?;
    let (number, kind) = rest.strip_suffix(')')?.split_once('(')?;
    let is_valid = year.len() == 4
        && figures(year)
        && figures(number)
        && kind.len() == 3
        && kind.bytes().all(|b| b.is_ascii_uppercase());
    is_valid.then(|| identifier::procedure(word))
}

/// Parses `A/RES/60/251`, `S/RES/1325(2000)`, `A/HRC/RES/16/18`.
fn symbol(word: &str) -> Option<String> {
    let (organ, rest) = word.split_once("/RES/")?;
    let is_valid = organ.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'/')
        && rest.starts_with(|c: char| c.is_ascii_digit());
    is_valid.then(|| identifier::adopted_text(word))
}

/// Parses `32003L0088`: sector, year, one or two letters, number.
fn celex(word: &str) -> Option<String> {
    let bytes = word.as_bytes();
    let is_valid = (10..=11).contains(&bytes.len())
        && matches!(bytes[0], b'1'..=b'9')
        && figures(word.get(..5)?)
        && ("1951"..="2100").contains(&word.get(1..5)?)
        && bytes[5].is_ascii_uppercase()
        && word[5..].trim_start_matches(|c: char| c.is_ascii_uppercase()).len() == 4
        && figures(word.get(bytes.len() - 4..)?);
    is_valid.then(|| identifier::celex(word))
}

/// Parses `ECLI:EU:C:2014:317`.
fn ecli(word: &str) -> Option<String> {
    (word.starts_with("ECLI:") && word.matches(':').count() == 4).then(|| identifier::ecli(word))
}

/// Parses `C-131/12`, with any hyphen.
fn case(word: &str) -> Option<String> {
    let rest = word.strip_prefix(['C', 'T', 'F'])?.strip_prefix(['-', '\u{2010}', '\u{2011}', '–'])?;
    let rest = rest.trim_end_matches(|c: char| c.is_ascii_uppercase() || c == ' ');
    let (number, year) = rest.split_once('/')?;
    (figures(number) && number.len() <= 4 && figures(year) && year.len() == 2).then(|| identifier::case(word))
}

/// Parses « question écrite n° 12 345 ».
pub(super) fn parse_question(words: &LeafWords, at: usize) -> Option<FoundReference> {
    let word = words.get(at).filter(|word| word.is(&["question", "questions", "qe", "anfrage", "vraag"]))?;
    let kinds = [
        "écrite",
        "orale",
        "parlementaire",
        "écrites",
        "orales",
        "parlementaires",
        "urgente",
        "written",
        "oral",
        "parliamentary",
    ];
    let mut next = at + 1;
    while words.next(next).is_some_and(|word| next <= at + 3 && word.is(&kinds)) {
        next += 1;
    }
    words.next(next)?;
    let (number, behind) = words.numbered(next)?;
    let end = words.get(behind - 1)?.end;
    (figures(&number) && number.len() <= 6)
        .then(|| FoundReference::new(word.start, end, behind, identifier::question(&number, None)))
}

/// Parses « requête n° 12345/06 », « application no. 12345/06 ».
pub(super) fn parse_application(words: &LeafWords, at: usize) -> Option<FoundReference> {
    let word = words.get(at).filter(|word| word.is(&["requête", "requêtes", "application", "applications"]))?;
    let (number, behind) = words.numbered(at + 1)?;
    let (serial, year) = number.split_once('/')?;
    let end = words.get(behind - 1)?.end;
    let is_valid = figures(serial) && serial.len() <= 6 && figures(year) && year.len() == 2;
    is_valid.then(|| FoundReference::new(word.start, end, behind, identifier::application(&number)))
}

/// Parses « JO C 45 du 5.2.2016, p. 85 », « OJ L 299, 18.11.2003, p. 9 ».
pub(super) fn parse_official_journal(words: &LeafWords, at: usize) -> Option<FoundReference> {
    let word =
        words.get(at).filter(|word| matches!(word.text, "JO" | "JOUE" | "JOCE" | "OJ" | "ABl" | "DO" | "GU" | "PB"))?;
    let mut next = at + 1;
    next += usize::from(words.get(next)?.is(&["n°", "nº", "no", "nr", "n"]));
    let series = words.get(next).filter(|word| matches!(word.text, "C" | "L"))?;
    let issue = words.get(next + 1).filter(|word| figures(word.text))?;
    let annex = words.get(next + 2).filter(|word| matches!(word.text, "E" | "I" | "A") && issue.behind.is_empty());
    next += 2 + usize::from(annex.is_some());
    next += usize::from(words.get(next)?.is(&["du", "of", "vom", "de", "del", "van"]));
    let day = words.get(next)?;
    let rest = &words.text[day.start..];
    let date =
        date::dates(&rest[..rest.floor_char_boundary(40)]).into_iter().next().filter(|date| date.bytes.start == 0)?;
    let end = day.start + date.bytes.end;
    let behind = words.behind(next, end);
    let (page, end, behind) = page(words, behind, end);
    let number = annex.map_or(issue.text.to_owned(), |annex: LeafWord| format!("{} {}", issue.text, annex.text));
    let names = identifier::official_journal(series.text, &number, &date.iso, page.as_deref());
    Some(FoundReference::new(word.start, end, behind, names))
}

/// Parses « p. 85 » after the date.
fn page(words: &LeafWords, at: usize, end: usize) -> (Option<String>, usize, usize) {
    let number = words.get(at).filter(|word| word.is(&["p", "s", "pp", "blz", "pag"])).and_then(|_| words.get(at + 1));
    match number.filter(|number| number.text.starts_with(|c: char| c.is_ascii_digit())) {
        Some(number) => {
            let first: String = number.text.chars().take_while(char::is_ascii_digit).collect();
            (Some(first), number.end, at + 2)
        }
        None => (None, end, at),
    }
}
