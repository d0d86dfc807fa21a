//! The number in a heading or in the margin of an official text → a normalised label: « Article premier » → `1`, « Art.
//! 12 bis. » → `12bis`, « CHAPITRE Ier » → `I`, « (C) » → `C`, « Article L. 121-3 » → `L121-3`. Reads explicit numbers
//! only; does not number anything.

/// Words for a first.
const FIRST: [&str; 10] =
    ["premier", "première", "1er", "1re", "1ère", "unique", "primero", "primo", "einziger", "first"];
/// Suffixes of numbers that were inserted between two existing ones.
const INSERTED: [&str; 12] = [
    "bis",
    "ter",
    "quater",
    "quinquies",
    "sexies",
    "septies",
    "octies",
    "nonies",
    "decies",
    "undecies",
    "duodecies",
    "terdecies",
];

/// The label in a number as it is written; none where there is no number and no letter.
pub fn bare(written: &str) -> Option<String> {
    let words: Vec<&str> = written.split(|c: char| c.is_whitespace() || "()[]«»\"“”".contains(c)).map(trim).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let before_figures =
        |at: usize| words.get(at + 1).is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()));
    let counts = |at: &usize| is_number(words[*at]) && !(is_series(words[*at]) && before_figures(*at));
    let at = (0..words.len()).find(counts).or(match words.as_slice() {
        [only] if only.chars().count() <= 3 => Some(0),
        _ => None,
    })?;
    let mut label = number(words[at]);
    let prefix = at.checked_sub(1).map(|before| words[before]).filter(|word| is_series(word));
    if let Some(series) = prefix.filter(|_| label.starts_with(|c: char| c.is_ascii_digit())) {
        label.insert_str(0, series);
    }
    for word in words[at + 1..].iter().take_while(|word| is_inserted(word)) {
        label.push_str(&word.to_lowercase());
    }
    Some(label)
}

fn trim(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Whether a word is a number: figures, figures with letters and signs in them, Roman figures, or a word for a first.
fn is_number(word: &str) -> bool {
    let figures = word.starts_with(|c: char| c.is_ascii_digit());
    let mixed = word.len() <= 12 && word.contains(|c: char| c.is_ascii_digit()) && word.starts_with(char::is_uppercase);
    figures || mixed || is_roman(word) || FIRST.contains(&word.to_lowercase().as_str())
}

/// Roman figures in capitals, with or without an ending: « IV », « Ier ».
fn is_roman(word: &str) -> bool {
    let figures = word.trim_end_matches(|c: char| c.is_lowercase());
    let ending = &word[figures.len()..];
    !figures.is_empty()
        && figures.chars().all(|c| "IVXLC".contains(c))
        && ["", "er", "ère", "re", "e"].contains(&ending)
}

/// « L. », « R. »: the series of an article of a French code.
fn is_series(word: &str) -> bool {
    ["L", "R", "D", "A", "LO"].contains(&word)
}

fn is_inserted(word: &str) -> bool {
    INSERTED.contains(&word.to_lowercase().as_str())
}

fn number(word: &str) -> String {
    if FIRST.contains(&word.to_lowercase().as_str()) {
        return "1".to_owned();
    }
    if is_roman(word) {
        return word.trim_end_matches(|c: char| c.is_lowercase()).to_owned();
    }
    let ordinal = ["ème", "ère", "er", "re", "°"].iter().find_map(|ending| word.strip_suffix(ending));
    ordinal.filter(|figures| figures.bytes().all(|byte| byte.is_ascii_digit())).unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_bare_however_it_is_written() {
        let table = [
            ("Article premier", Some("1")),
            ("Article 1er", Some("1")),
            ("Art. 12 bis.", Some("12bis")),
            ("Art. 12bis.", Some("12bis")),
            ("« Article 3 »", Some("3")),
            ("Article L. 121-3", Some("L121-3")),
            ("Article R121-3", Some("R121-3")),
            ("CHAPITRE Ier", Some("I")),
            ("Titre IV", Some("IV")),
            ("(1)", Some("1")),
            ("C.", Some("C")),
            ("a)", Some("a")),
            ("§ 12", Some("12")),
            ("2°", Some("2")),
            ("Dispositions générales", None),
            ("–", None),
            ("", None),
        ];
        for (written, label) in table {
            assert_eq!(bare(written).as_deref(), label, "{written}");
        }
    }
}
