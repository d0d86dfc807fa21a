//! The line a person would call the title of a plain text: the subject of a letter, else the first line that is not a
//! masthead, a date, an address or a reference. It judges form alone; genres know better and may replace it.

use super::markup;
use crate::extract::beginning;

/// How many paragraphs are looked at.
const HEAD: usize = 24;
/// The longest line that is a title as it stands, in bytes; of a longer one the first words are.
const LONGEST: usize = 300;
/// How much of a paragraph says whether it is passed over, in bytes.
const PASSED: usize = 200;
/// How much of a long paragraph stands for a title, in bytes.
const FIRST_WORDS: usize = 120;

const SUBJECTS: [&str; 10] =
    ["objet", "object", "subject", "betreff", "betrifft", "betr.", "onderwerp", "oggetto", "asunto", "concerne"];
/// The longest line that names an institution or a legislature and nothing else, in bytes.
const LONGEST_MASTHEAD: usize = 80;
/// How far from a line's start the colon behind one of these words stands at most, in bytes, with marks round the word.
const LONGEST_SUBJECT: usize = 24;
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

/// A title and where it came from.
#[derive(Debug, PartialEq, Eq)]
pub struct Title {
    /// The words.
    pub text: String,
    /// The paragraph, when all of it is the title.
    pub whole: Option<usize>,
}

/// The title among the first paragraphs of a text, given with their marks.
pub fn choose<'a>(paragraphs: impl Iterator<Item = &'a str>) -> Option<Title> {
    let marked: Vec<&str> = paragraphs.take(HEAD).map(|text| beginning(text, LONGEST * 3)).collect();
    let bare = |text: &str| markup::bare(text).trim().to_owned();
    let named = marked.iter().filter(|text| beginning(text, LONGEST_SUBJECT).contains(':')).map(|text| bare(text));
    if let Some(subject) = named.clone().find_map(|text| subject(&text).map(str::to_owned)) {
        return Some(Title { text: subject, whole: None });
    }
    let mut head: Vec<String> = Vec::new();
    let at = marked.iter().position(|text| {
        head.push(bare(text));
        !is_passed_over(&head, head.len() - 1)
    })?;
    let text = &head[at];
    if text.len() > LONGEST || (text.len() > FIRST_WORDS && text.ends_with('.')) {
        return Some(Title { text: first_words(unnumbered(text)), whole: None });
    }
    let whole = marked.len() > 1 && !text.ends_with(['.', ',', ';', ':']);
    Some(Title { text: text.clone(), whole: whole.then_some(at) })
}

/// A declared title without the site's name; none when it is a code or a word for every page of its kind.
pub fn declared(title: &str) -> Option<String> {
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
    is_telling(&found).then_some(found)
}

/// Whether words say something: several, in lower case somewhere; scripts without case are believed.
fn is_telling(text: &str) -> bool {
    let caseless = text.chars().filter(|c| c.is_alphabetic() && !c.is_lowercase() && !c.is_uppercase()).count() >= 4;
    let word = |word: &str| word.len() >= 3 && word.chars().any(char::is_lowercase);
    caseless || text.contains(' ') && text.split_whitespace().any(word) && !is_file_name(text)
}

fn is_file_name(text: &str) -> bool {
    !text.contains(' ') || [".doc", ".docx", ".xml", ".pdf", ".htm", ".html"].iter().any(|end| text.ends_with(end))
}

/// Whether a line names an institution or a legislature and nothing else.
pub fn is_masthead(line: &str) -> bool {
    if line.len() > LONGEST_MASTHEAD {
        return false;
    }
    let line = plain(line);
    let line = line.trim_matches(|c: char| !c.is_alphanumeric());
    INSTITUTIONS.contains(&line) || is_legislature(line)
}

/// « 15ème législature », « XVe législature ».
fn is_legislature(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let number = words.next().is_some_and(|word| word.starts_with(|c: char| c.is_ascii_digit() || "ivxlc".contains(c)));
    number && words.next() == Some("législature") && words.next().is_none()
}

fn is_passed_over(head: &[String], at: usize) -> bool {
    let line = plain(beginning(&head[at], PASSED));
    let starts = |list: &[&str]| list.iter().any(|start| line.starts_with(start));
    let above = at.checked_sub(1).map_or(String::new(), |above| plain(beginning(&head[above], PASSED)));
    let addressed = ADDRESSEES.iter().any(|start| above.starts_with(start));
    is_code(&line)
        || is_masthead(&line)
        || is_date_line(&line)
        || starts(&ADDRESSEES)
        || addressed
        || (starts(&SALUTATIONS) && line.ends_with(',') && line.len() < 80)
        || line.starts_with("http")
}

/// « 32003l0088 », « (2019/2610(rsp)) », « *** »: no word in it.
fn is_code(line: &str) -> bool {
    let longest = line.split(|c: char| !c.is_alphabetic()).map(|run| run.chars().count()).max().unwrap_or(0);
    let figures = line.contains(|c: char| c.is_ascii_digit());
    longest == 0 || line.is_ascii() && (longest <= 2 || longest <= 3 && figures)
}

/// Lower case, straight apostrophes, single spaces.
fn plain(line: &str) -> String {
    line.to_lowercase().replace('’', "'").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn subject(text: &str) -> Option<&str> {
    let (name, rest) = text.split_once(':')?;
    let rest = rest.trim();
    (SUBJECTS.contains(&name.trim().to_lowercase().as_str()) && !rest.is_empty() && rest.len() <= LONGEST)
        .then_some(rest)
}

/// « Bruxelles, 30 octobre 2023 »: a short line that ends in a day, a month and a year, or is all figures.
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

/// « 143. I take … » without its number.
fn unnumbered(text: &str) -> &str {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    if rest.len() < text.len() && rest.starts_with(['.', ')']) { rest[1..].trim_start() } else { text }
}

fn first_words(text: &str) -> String {
    let window = beginning(text, FIRST_WORDS);
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
    fn a_declared_title_counts_when_it_says_something() {
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
