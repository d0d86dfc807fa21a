//! References to acts: « directive 2003/88/CE », « règlement (UE) n° 1215/2012 », « loi n° 2004-575 du 21 juin 2004 »,
//! « loi modifiée du 10 août 1915 ». The kind alone, without a number or a date, is not a reference.

use super::found::FoundReference;
use super::words::LeafWords;
use crate::genre::reading::identifier;

/// Words for acts of the Union.
const UNION: &[&str] = &[
    "directive",
    "directives",
    "règlement",
    "règlements",
    "regulation",
    "regulations",
    "décision",
    "décisions",
    "decision",
    "decisions",
    "décision-cadre",
    "richtlinie",
    "verordnung",
    "beschluss",
    "directiva",
    "reglamento",
    "decisión",
    "direttiva",
    "regolamento",
    "decisione",
    "richtlijn",
    "verordening",
    "besluit",
    "recommandation",
    "recommendation",
];

/// Words that may be between the kind and the number.
const BETWEEN: &[&str] = &[
    "ue",
    "ce",
    "cee",
    "eu",
    "ec",
    "eec",
    "eg",
    "ewg",
    "euratom",
    "ceca",
    "jai",
    "pesc",
    "n°",
    "nº",
    "no",
    "nr",
    "n",
    "(ue",
    "exécution",
    "délégué",
    "déléguée",
    "implementing",
    "delegated",
    "d'exécution",
    "cadre",
];

/// Abbreviations of the communities at the end of a number.
const COMMUNITIES: &[&str] =
    &["ce", "ue", "cee", "eu", "ec", "eec", "eg", "ewg", "jai", "jha", "pesc", "cfsp", "euratom", "ceca"];

/// Words for acts of states.
const NATIONAL: &[&str] = &["loi", "décret", "décret-loi", "ordonnance", "arrêté", "règlement"];

/// Words that may be between a national kind and its number or date, and are not part of the name.
const QUALITIES: &[&str] = &[
    "modifiée",
    "modifié",
    "organique",
    "constitutionnelle",
    "coordonnée",
    "précitée",
    "du",
    "royal",
    "ministériel",
    "cadre",
    "programme",
];

/// Parses a reference to an act of the Union at a word.
pub(super) fn parse_union_act(words: &LeafWords, at: usize) -> Option<FoundReference> {
    let kind = words.get(at)?;
    if !kind.is(UNION) {
        return parse_without_kind(words, at);
    }
    let mut next = at + 1;
    let mut numbered = false;
    let mut community = false;
    while let Some(word) = words.next(next).filter(|word| next <= at + 5 && word.is(BETWEEN)) {
        numbered |= word.is(&["n°", "nº", "no", "nr", "n"]);
        community |= word.is(COMMUNITIES);
        next += 1;
    }
    let number = words.next(next).or_else(|| words.get(next).filter(|_| numbered))?;
    let text = number.text.trim_start_matches(['n', '°', 'º']);
    numbered |= text.len() < number.text.len();
    let (first, second, suffixed) = pair(text)?;
    let is_directive = kind.is(&["directive", "directives", "richtlinie", "directiva", "direttiva", "richtlijn"]);
    if !(suffixed || community || is_directive) {
        return None;
    }
    let number_first = numbered && !is_directive;
    let (year, number_in_year) = if number_first { (second, first) } else { (first, second) };
    let (year, number_in_year) = if is_year(year) { (year, number_in_year) } else { (number_in_year, year) };
    is_year(year).then(|| FoundReference::new(kind.start, number.end, next + 1, identifier::act(year, number_in_year)))
}

/// Parses « 2003/88/CE » without a kind, as after « directives … et ».
fn parse_without_kind(words: &LeafWords, at: usize) -> Option<FoundReference> {
    let word = words.get(at)?;
    let (year, number, suffixed) = pair(word.text)?;
    (suffixed && is_year(year))
        .then(|| FoundReference::new(word.start, word.end, at + 1, identifier::act(year, number)))
}

/// Parses « 2003/88/CE » or « 1215/2012 »: two numbers, and whether a community follows.
fn pair(text: &str) -> Option<(&str, &str, bool)> {
    let mut pieces = text.split('/');
    let (first, second) = (pieces.next()?, pieces.next()?);
    let figures = |text: &str| (1..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let community = pieces.next().map(str::to_lowercase);
    let known = community.as_deref().is_none_or(|community| COMMUNITIES.contains(&community));
    (figures(first) && figures(second) && known && pieces.next().is_none()).then_some((
        first,
        second,
        community.is_some(),
    ))
}

/// Whether a number is a year of the Communities or the Union, with two or four digits.
fn is_year(text: &str) -> bool {
    match text.len() {
        2 => text >= "52",
        4 => ("1952"..="2100").contains(&text),
        _ => false,
    }
}

/// Parses a reference to an act of a state at a word.
pub(super) fn parse_national_act(words: &LeafWords, at: usize) -> Option<FoundReference> {
    let word = words.get(at)?;
    if !word.is(NATIONAL) {
        return None;
    }
    let mut kind = word.text.to_lowercase();
    let mut next = at + 1;
    if let Some(ducal) = words.next(next).filter(|word| word.is(&["grand-ducal", "grand-ducale"])) {
        kind = format!("{kind} {}", ducal.text.to_lowercase());
        next += 1;
    }
    if kind == "règlement" {
        return None;
    }
    while words.next(next).is_some_and(|word| next <= at + 4 && word.is(QUALITIES)) {
        next += 1;
    }
    if let Some((number, behind)) = words.numbered(next).filter(|(number, _)| number.contains(['-', '/'])) {
        let (end, behind) = with_date(words, behind);
        return Some(FoundReference::new(word.start, end, behind, identifier::national_act(&kind, &number)));
    }
    let named_by_day = words.get(next - 1).is_some_and(|word| word.is(&["du"]));
    let (date, end) = words.date(next).filter(|_| named_by_day)?;
    Some(FoundReference::new(word.start, end, words.behind(next, end), identifier::national_act(&kind, &date)))
}

/// Extends a numbered reference by a date: « … du 21 juin 2004 ».
fn with_date(words: &LeafWords, behind: usize) -> (usize, usize) {
    let end = words.get(behind - 1).map_or(0, |word| word.end);
    let du = words.next(behind).filter(|word| word.is(&["du"]));
    match du.and_then(|_| words.date(behind + 1)) {
        Some((_, end)) => (end, words.behind(behind, end)),
        None => (end, behind),
    }
}
