//! Chooses the title of a plain text: the subject of a letter, otherwise the first line that is not a masthead, a date,
//! an address or a reference. It judges by form only; the recogniser of a genre may replace the title.

use super::markup;
use crate::extract::beginning;

/// Number of paragraphs searched for a title.
const TITLE_PARAGRAPHS: usize = 24;
/// Maximum length of a title, in bytes; a longer line is shortened to its first words.
const MAX_TITLE_BYTES: usize = 300;
/// Number of bytes of a paragraph that decide whether it is skipped.
const SKIP_WINDOW: usize = 200;
/// Length, in bytes, to which a long paragraph is shortened for a title.
const SHORTENED_BYTES: usize = 120;

const SUBJECTS: [&str; 10] =
    ["objet", "object", "subject", "betreff", "betrifft", "betr.", "onderwerp", "oggetto", "asunto", "concerne"];
/// Maximum length of a line that names only an institution or a legislature, in bytes.
const MAX_MASTHEAD_BYTES: usize = 80;
/// Maximum distance from the line's start to the colon after one of these words, in bytes, including marks.
const MAX_SUBJECT_WORD_BYTES: usize = 24;
const ADDRESSEES: [&str; 7] =
    ["a l'attention de", "à l'attention de", "for the attention of", "attn", "t.a.v.", "zu händen", "all'attenzione"];
const SALUTATIONS: [&str; 9] = [
    "monsieur",
    "madame",
    "mesdames",
    "messieurs",
    "dear ",
    "sehr geehrte",
    "geachte",
    "excellence",
    "your excellency",
];
const INSTITUTIONS: [&str; 17] = [
    "assemblée nationale",
    "sénat",
    "république française",
    "parlement européen",
    "european parliament",
    "commission européenne",
    "european commission",
    "union européenne",
    "european union",
    "chambre des députés",
    "chambre des représentants",
    "grand-duché de luxembourg",
    "deutscher bundestag",
    "conseil de l'europe",
    "nations unies",
    "united nations",
    "journal officiel de l'union européenne",
];

/// A title and its origin.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct ChosenTitle {
    pub text: String,
    /// Index of the paragraph, if all of it is the title.
    pub whole: Option<usize>,
}

/// Chooses the title among the first paragraphs of a text, given with their marks.
pub(super) fn choose<'a>(paragraphs: impl Iterator<Item = &'a str>) -> Option<ChosenTitle> {
    let marked: Vec<&str> =
        paragraphs.take(TITLE_PARAGRAPHS).map(|text| beginning(text, MAX_TITLE_BYTES * 3)).collect();
    let bare = |text: &str| markup::bare(text).trim().to_owned();
    let named =
        marked.iter().filter(|text| beginning(text, MAX_SUBJECT_WORD_BYTES).contains(':')).map(|text| bare(text));
    if let Some(subject) = named.clone().find_map(|text| subject(&text).map(str::to_owned)) {
        return Some(ChosenTitle { text: subject, whole: None });
    }
    let mut head: Vec<String> = Vec::new();
    let at = marked.iter().position(|text| {
        head.push(bare(text));
        !is_skipped(&head, head.len() - 1)
    })?;
    let text = &head[at];
    if text.len() > MAX_TITLE_BYTES || (text.len() > SHORTENED_BYTES && text.ends_with('.')) {
        return Some(ChosenTitle { text: first_words(unnumbered(text)), whole: None });
    }
    let whole = marked.len() > 1 && !text.ends_with(['.', ',', ';', ':']);
    Some(ChosenTitle { text: text.clone(), whole: whole.then_some(at) })
}

/// Returns a declared title without the name of the site; `None` if it is a code or the same for all pages of its kind.
pub(super) fn declared(title: &str) -> Option<String> {
    let is_site = |part: &str| {
        let bare = plain(part);
        is_masthead(&bare) || bare.len() <= 2 || ["eur-lex", "legifrance", "légifrance"].contains(&bare.as_str())
    };
    let mut parts: Vec<&str> = vec![title];
    for separator in [" | ", " - ", " – ", " — ", " ~ "] {
        parts = parts.iter().flat_map(|part| part.split(separator)).collect();
    }
    let kept: Vec<&str> = parts.iter().map(|part| part.trim()).filter(|part| !is_site(part)).collect();
    let found = if kept.len() == parts.len() { title.trim().to_owned() } else { kept.join(" – ") };
    is_meaningful(&found).then_some(found)
}

/// Whether a text is meaningful: several words, at least one of them with lower-case letters. Scripts without case
/// always are.
fn is_meaningful(text: &str) -> bool {
    let caseless = text.chars().filter(|c| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()).count() >= 4;
    let word = |word: &str| word.len() >= 3 && word.chars().any(char::is_lowercase);
    caseless || text.contains(' ') && text.split_whitespace().any(word) && !is_file_name(text)
}

fn is_file_name(text: &str) -> bool {
    !text.contains(' ') || [".doc", ".docx", ".xml", ".pdf", ".htm", ".html"].iter().any(|end| text.ends_with(end))
}

/// Whether a line names only an institution or a legislature.
pub(super) fn is_masthead(line: &str) -> bool {
    if line.len() > MAX_MASTHEAD_BYTES {
        return false;
    }
    let line = plain(line);
    let line = line.trim_matches(|c: char| !c.is_alphanumeric());
    INSTITUTIONS.contains(&line) || is_legislature(line)
}

/// Whether a line names a legislature: « 15ème législature », « XVe législature ».
fn is_legislature(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let number = words.next().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit() || "ivxlc".contains(c)));
    number && words.next() == Some("législature") && words.next().is_none()
}

fn is_skipped(head: &[String], at: usize) -> bool {
    let line = plain(beginning(&head[at], SKIP_WINDOW));
    let starts = |list: &[&str]| list.iter().any(|start| line.starts_with(start));
    let above = at.checked_sub(1).map_or(String::new(), |above| plain(beginning(&head[above], SKIP_WINDOW)));
    let addressed = ADDRESSEES.iter().any(|start| above.starts_with(start));
    is_code(&line)
        || is_masthead(&line)
        || is_date_line(&line)
        || starts(&ADDRESSEES)
        || addressed
        || (starts(&SALUTATIONS) && line.ends_with(',') && line.len() < 80)
        || line.starts_with("http")
}

/// Whether a line has no word: « 32003l0088 », « (2019/2610(rsp)) », « *** ».
fn is_code(line: &str) -> bool {
    let longest = line.split(|c: char| !c.is_alphabetic()).map(|run| run.chars().count()).max().unwrap_or(0);
    let figures = line.contains(|c: char| c.is_ascii_digit());
    longest == 0 || line.is_ascii() && (longest <= 2 || longest <= 3 && figures)
}

/// Normalises a line: lower case, straight apostrophes, single spaces.
fn plain(line: &str) -> String {
    line.to_lowercase().replace('’', "'").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn subject(text: &str) -> Option<&str> {
    let (name, rest) = text.split_once(':')?;
    let rest = rest.trim();
    (SUBJECTS.contains(&name.trim().to_lowercase().as_str()) && !rest.is_empty() && rest.len() <= MAX_TITLE_BYTES)
        .then_some(rest)
}

/// Whether a line is a place and date, « Bruxelles, 30 octobre 2023 »: short, and ends in day, month and year, or all
/// digits.
fn is_date_line(line: &str) -> bool {
    let bare = line.trim_end_matches(['.', ',']);
    let words: Vec<&str> = bare.split([' ', '\u{a0}']).collect();
    let is_year = |word: &str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_day = |word: &str| word.len() <= 4 && word.starts_with(|c: char| c.is_ascii_digit());
    let worded = match words.as_slice() {
        [.., day, _, year] if is_year(year) => words.len() <= 8 && is_day(day.trim_end_matches(['.', ','])),
        _ => false,
    };
    worded || bare.chars().all(|c| c.is_ascii_digit() || "/.-: ".contains(c))
}

/// Removes a leading number: « 143. I take … ».
fn unnumbered(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() < text.len() && rest.starts_with(['.', ')']) { rest[1..].trim_start() } else { text }
}

fn first_words(text: &str) -> String {
    let window = beginning(text, SHORTENED_BYTES);
    let cut = window.rfind([' ', '\u{a0}']).unwrap_or(window.len());
    format!("{}…", window[..cut].trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_the_line_a_person_would_name() {
        let table: [(&[&str], &str); 6] = [
            (
                &["ASSEMBLÉE NATIONALE", "15ème législature", "Alerte sur la situation", "Question écrite n° 43940"],
                "Alerte sur la situation",
            ),
            (
                &["A l'attention de :", "Monsieur le Président", "Bruxelles, 30 octobre 2023", "Objet : Votre visite"],
                "Votre visite",
            ),
            (&["À l’attention de :", "Monsieur Untel", "Bruxelles, 30 octobre 2023", "Appel public"], "Appel public"),
            (&["2019-03-14", "14/03/2019", "Le 1er mars 2019.", "Compte rendu"], "Compte rendu"),
            (&["**Réponse de *Monsieur* le Ministre**", "suite"], "Réponse de Monsieur le Ministre"),
            (&["(2019/2610(RSP))", "32003L0088", "***", "Madame la Ministre,", "Suite"], "Suite"),
        ];
        for (head, title) in table {
            assert_eq!(choose(head.iter().copied()).map(|title| title.text).as_deref(), Some(title));
        }
    }

    #[test]
    fn a_declared_title_counts_when_it_is_meaningful() {
        let table = [
            ("Assemblée nationale - Justice : les juges", Some("Justice : les juges")),
            ("Question n°13641 - Assemblée nationale", Some("Question n°13641")),
            ("Rapport 2019 - annexe", Some("Rapport 2019 - annexe")),
            ("EUR-Lex - 32003L0088 - FR", None),
            ("FICHE QUESTION", None),
            ("L_2009148FR.01000101.xml", None),
            ("立法會會議過程", Some("立法會會議過程")),
        ];
        for (title, expected) in table {
            assert_eq!(declared(title).as_deref(), expected);
        }
    }
}
