//! Parses the title of an act: « Directive 2003/88/CE du Parlement européen et du Conseil du 4 novembre 2003 concernant
//! … », « Loi n° 2004-575 du 21 juin 2004 pour … », « Règlement grand-ducal du 13 octobre 2023 fixant … ». Only the
//! words before the subject are searched for facts, because the subject names other acts.

use crate::document::Document;
use crate::genre::reading::identifier;
use crate::genre::reading::wording::opens_with;
use crate::text::date;

/// Number of leaves at the beginning that may contain the title.
const HEAD_LEAVES: usize = 40;
/// Maximum length of a line of the title, in bytes.
const MAX_LINE_BYTES: usize = 1200;
/// Maximum number of bytes of a title before its subject.
const MAX_FRONT_BYTES: usize = 240;

/// Words for acts, in lower case.
const KINDS: [&str; 36] = [
    "directive",
    "règlement",
    "reglement",
    "décision",
    "decision",
    "décision-cadre",
    "regulation",
    "recommandation",
    "recommendation",
    "loi",
    "décret",
    "decret",
    "décret-loi",
    "arrêté",
    "arrete",
    "ordonnance",
    "projet de loi",
    "proposition de loi",
    "code",
    "traité",
    "treaty",
    "convention",
    "act",
    "law",
    "decree",
    "ordinance",
    "richtlinie",
    "rahmenbeschluss",
    "verordnung",
    "beschluss",
    "gesetz",
    "ley",
    "legge",
    "wet",
    "reglamento",
    "directiva",
];
/// Acts of the European Union, with the letter of their CELEX numbers.
const OF_THE_UNION: [(&str, Option<char>); 17] = [
    ("directive", Some('l')),
    ("règlement", Some('r')),
    ("reglement", Some('r')),
    ("regulation", Some('r')),
    ("décision-cadre", Some('f')),
    ("décision", Some('d')),
    ("decision", Some('d')),
    ("recommandation", Some('h')),
    ("recommendation", Some('h')),
    ("richtlinie", Some('l')),
    ("rahmenbeschluss", Some('f')),
    ("verordnung", Some('r')),
    ("beschluss", Some('d')),
    ("reglamento", Some('r')),
    ("directiva", Some('l')),
    ("traité", None),
    ("treaty", None),
];
/// Words that may precede the kind.
const BEFORE: [&str; 14] = [
    "council",
    "commission",
    "delegated",
    "implementing",
    "framework",
    "first",
    "second",
    "third",
    "sixth",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
];
/// Abbreviations of the Union and its predecessors in numbers.
const COMMUNITIES: [&str; 15] =
    ["CE", "CEE", "UE", "EC", "EEC", "EU", "CECA", "ECSC", "JAI", "JHA", "PESC", "CFSP", "EG", "EWG", "JI"];
/// Institutions that adopt acts of the Union: lower-case text to search for, and name.
const INSTITUTIONS: [(&str, &str); 12] = [
    ("parlement européen", "Parlement européen"),
    ("european parliament", "European Parliament"),
    ("conseil", "Conseil"),
    ("council", "Council"),
    ("commission", "Commission"),
    ("banque centrale européenne", "Banque centrale européenne"),
    ("european central bank", "European Central Bank"),
    ("europäischen parlaments", "Europäisches Parlament"),
    ("des rates", "Rat"),
    ("der kommission", "Kommission"),
    ("parlamento europeo", "Parlamento Europeo"),
    ("consejo", "Consejo"),
];
/// Words that begin the subject.
const SUBJECTS: [&str; 26] = [
    " concernant ",
    " relatif ",
    " relative ",
    " relatifs ",
    " relatives ",
    " portant ",
    " modifiant ",
    " fixant ",
    " établissant ",
    " complétant ",
    " visant ",
    " instituant ",
    " abrogeant ",
    " autorisant ",
    " définissant ",
    " sur ",
    " pour ",
    " on ",
    " concerning ",
    " amending ",
    " laying ",
    " supplementing ",
    " establishing ",
    " repealing ",
    " regarding ",
    " au secteur ",
];

/// The title of an act and its facts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ActTitle {
    pub words: String,
    /// Number as written: « 2003/88/CE », « 1346/2000 », « 2004-575 ».
    pub number: Option<String>,
    /// Date of adoption, ISO 8601.
    pub date: Option<String>,
    /// Institutions that adopted it.
    pub institutions: Vec<String>,
    /// ISO 3166 alpha-2 code; `EU` for the Union.
    pub country: Option<String>,
    /// Identifiers by which other documents refer to it.
    pub identifiers: Vec<String>,
}

/// Finds the title among the first lines: the first title with a date, since later ones may be those of amending acts.
pub(super) fn find_title(document: &Document) -> Option<ActTitle> {
    let head: Vec<&str> = document.leaves().take(HEAD_LEAVES).map(|leaf| document.slice(leaf.range).trim()).collect();
    let titles: Vec<ActTitle> = (0..head.len()).filter_map(|at| parse_title(&joined(&head[at..])?)).collect();
    let dated = titles.iter().position(|title| title.date.is_some());
    titles.into_iter().nth(dated.unwrap_or(0))
}

/// Joins a line that begins a title with its continuation lines, which begin in lower case.
fn joined(lines: &[&str]) -> Option<String> {
    let (first, rest) = lines.split_first()?;
    (first.len() <= MAX_LINE_BYTES).then(|| kind(bare(first))).flatten()?;
    let mut title = bare(first).to_owned();
    let dated = date::first(&title).is_some() && title.len() > 90;
    for line in rest.iter().take(if dated { 0 } else { 4 }) {
        let continues = line.starts_with(char::is_lowercase) && !begins_preamble(line) && line.len() <= MAX_LINE_BYTES;
        if !continues {
            break;
        }
        title.push(' ');
        title.push_str(line);
    }
    Some(title)
}

fn begins_preamble(line: &str) -> bool {
    ["vu ", "vu l", "considérant", "having regard", "whereas", "gestützt", "visto", "gelet"]
        .iter()
        .any(|word| line.starts_with(word))
}

/// Removes the marks and remarks that consolidated texts put before a title.
fn bare(line: &str) -> &str {
    let line = line.trim_start_matches(['►', '▼']);
    let marked =
        line.split_once(' ').filter(|(mark, _)| ["B", "M1", "C1"].contains(mark)).map_or(line, |(_, rest)| rest);
    let version = ["Version consolidée", "Version rectifiée", "Version coordonnée", "Texte coordonné"];
    let numbered = |before: &str| before.matches('/').count() == 2 && !before.contains(' ');
    let stated = version.iter().any(|version| marked.starts_with(version));
    let named = numbered(marked.split([' ', ':']).next().unwrap_or("")) || stated;
    if !named {
        return marked.trim();
    }
    let colon = marked.split_once(" : ").or_else(|| marked.split_once(": "));
    colon.filter(|(before, _)| numbered(before) || stated && before.len() < 100).map_or(marked, |(_, rest)| rest).trim()
}

/// Returns the kind of act named at the beginning of a line.
fn kind(line: &str) -> Option<&'static str> {
    let first = line.split(' ').next().unwrap_or("");
    let ordinal = first.to_lowercase().ends_with("ième") || opens_with(first, "première").is_some();
    if !ordinal && !KINDS.iter().chain(&BEFORE).any(|word| opens_with(line, word).is_some()) {
        return None;
    }
    let start = beginning(line, 80).to_lowercase();
    let mut rest = start.as_str();
    for _ in 0..3 {
        let found = KINDS.iter().copied().filter(|kind| starts_with_word(rest, kind)).max_by_key(|kind| kind.len());
        if found.is_some() {
            return found;
        }
        let (word, after) = rest.split_once(' ')?;
        if !(BEFORE.contains(&word) || word.ends_with("ième") || word == "première") {
            return None;
        }
        rest = after;
    }
    None
}

/// Parses a title; `None` if the line does not begin with a kind of act, or has neither a number nor a date. Treaties
/// of the Union need neither.
pub(super) fn parse_title(title: &str) -> Option<ActTitle> {
    let words = bare(title);
    let kind = kind(words)?;
    let front = front(words);
    let date = date::first(front);
    let union = of_the_union(kind, front);
    let number = if union { union_number(front) } else { national_number(front) };
    let number = number.or_else(|| if union { number_around(title) } else { None });
    let treaty = union && ["traité", "treaty"].contains(&kind);
    if number.is_none() && date.is_none() && !treaty {
        return None;
    }
    let mut found = ActTitle { words: words.to_owned(), date, ..ActTitle::default() };
    if union {
        found.country = Some("EU".to_owned());
        found.institutions = institutions(front);
        found.identifiers = number.as_ref().map(|number| union_identifiers(kind, number)).unwrap_or_default();
    } else {
        found.country = infer_state(front, number.as_ref()).map(str::to_owned);
        let name = number.as_ref().map(|number| &number.written).or(found.date.as_ref());
        let kind =
            if front.to_lowercase().contains("grand-ducal") { format!("{kind} grand-ducal") } else { kind.to_owned() };
        found.identifiers = name.map(|name| identifier::national_act(&kind, name)).into_iter().collect();
    }
    found.number = number.map(|number| number.written);
    Some(found)
}

/// Returns the words before the subject; a number or date in the subject is that of another act.
fn front(words: &str) -> &str {
    let front = beginning(words, MAX_FRONT_BYTES);
    let lower = front.to_lowercase();
    if lower.len() != front.len() {
        return front;
    }
    let subject = SUBJECTS.iter().filter_map(|word| lower.find(word)).filter(|at| *at > 12).min();
    subject.and_then(|at| front.get(..at)).unwrap_or(front)
}

fn of_the_union(kind: &str, front: &str) -> bool {
    let lower = front.to_lowercase();
    let named = INSTITUTIONS.iter().any(|(name, _)| lower.contains(name));
    let national = ["grand-ducal", "gouvernement", "ministériel", "royal", "conseil d'état", "conseil d’état"];
    let signed = words(front).any(|word| COMMUNITIES.contains(&word));
    let kind = OF_THE_UNION.iter().any(|(known, _)| *known == kind);
    let treaty = ["union européenne", "communauté européenne", "european union", "european community"];
    let named = named || treaty.iter().any(|name| lower.contains(name));
    kind && (named || signed) && !national.iter().any(|word| lower.contains(word))
}

/// A number and the year in it.
struct Number {
    written: String,
    year: Option<String>,
    serial: String,
}

/// Parses the number of an act of the Union: « 2003/88/CE », « (UE) 2016/679 », « (CE) no 44/2001 », « no 141 ».
fn union_number(front: &str) -> Option<Number> {
    let mut before = "";
    for word in front.split_whitespace() {
        let word = word.trim_matches(|c: char| "(),;.".contains(c));
        let mut pieces = word.split('/');
        let (first, second, rest) = (pieces.next().unwrap_or(""), pieces.next(), pieces.next());
        let figures =
            |text: &str| !text.is_empty() && text.len() <= 5 && text.bytes().all(|byte| byte.is_ascii_digit());
        let signed = rest.is_none_or(|rest| rest.chars().all(|c| c.is_uppercase() || c.is_alphabetic()));
        let serial_first = matches!(before.to_lowercase().as_str(), "no" | "n°" | "nº" | "nr" | "nr." | "n" | "o");
        match second {
            Some(second) if figures(first) && figures(second) && signed => {
                let (year, serial) = if serial_first { (second, first) } else { (first, second) };
                let (year, serial) = (Some(year.to_owned()), serial.to_owned());
                return Some(Number { written: word.to_owned(), year, serial });
            }
            None if figures(first) && serial_first => {
                return Some(Number { written: word.to_owned(), year: None, serial: word.to_owned() });
            }
            _ => before = word,
        }
    }
    None
}

/// Parses a number before or after the title, as printed in the 1980s: « 2002/584/JAI: Décision-cadre … », « …
/// (89/666/CEE) ».
fn number_around(title: &str) -> Option<Number> {
    let before = title.split_once(": ").map(|(number, _)| number);
    let behind = title.strip_suffix(')').and_then(|words| words.rsplit_once('(')).map(|(_, number)| number);
    let whole = |number: &Number| number.written.matches('/').count() == 2;
    [before, behind].into_iter().flatten().filter(|words| !words.contains(' ')).find_map(union_number).filter(whole)
}

/// Parses the number of a national act: « n° 2004-575 », « No. 27 of 1964 » gives « 27 ».
fn national_number(front: &str) -> Option<Number> {
    let mut before = "";
    for word in front.split_whitespace() {
        let glued = ["n°", "nº", "N°"].iter().find_map(|sign| word.strip_prefix(sign)).filter(|rest| !rest.is_empty());
        let signed = matches!(before.to_lowercase().trim_matches('('), "no" | "n°" | "nº" | "no." | "nr" | "nr.");
        let number = glued.or(signed.then_some(word)).map(|word| word.trim_matches(|c: char| "(),;.".contains(c)));
        if let Some(number) = number.filter(|number| number.starts_with(|c: char| c.is_ascii_digit())) {
            return Some(Number { written: number.to_owned(), year: None, serial: number.to_owned() });
        }
        before = word;
    }
    None
}

fn union_identifiers(kind: &str, number: &Number) -> Vec<String> {
    let Some(year) = number.year.as_deref() else { return Vec::new() };
    let mut names = vec![identifier::act(year, &number.serial)];
    let letter = OF_THE_UNION.iter().find(|(known, _)| *known == kind).and_then(|(_, letter)| *letter);
    let year = if year.len() == 2 { format!("19{year}") } else { year.to_owned() };
    if let Some(letter) = letter.filter(|_| year.len() == 4) {
        names.push(identifier::celex(&format!("3{year}{letter}{:0>4}", number.serial)));
    }
    names
}

fn institutions(front: &str) -> Vec<String> {
    let lower = front.to_lowercase();
    let found = INSTITUTIONS.iter().filter(|(name, _)| lower.contains(name));
    found.map(|(_, name)| (*name).to_owned()).collect()
}

/// Infers the state from its style of numbering or naming.
fn infer_state(front: &str, number: Option<&Number>) -> Option<&'static str> {
    if front.to_lowercase().contains("grand-ducal") {
        return Some("LU");
    }
    let (year, serial) = number?.written.split_once('-')?;
    let figures = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    (figures(serial) && figures(year) && matches!(year.len(), 2 | 4)).then_some("FR")
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
}

fn starts_with_word(text: &str, word: &str) -> bool {
    text.strip_prefix(word).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || "-'’".contains(c)))
}

fn beginning(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_gives_number_date_and_identifiers() {
        let table = [
            (
                "Directive 2003/88/CE du Parlement européen et du Conseil du 4 novembre 2003 concernant x",
                "2003/88/CE",
                "2003-11-04",
                "act:2003/88 celex:32003l0088",
            ),
            (
                "RÈGLEMENT (CE) No 1346/2000 DU CONSEIL du 29 mai 2000 relatif à x",
                "1346/2000",
                "2000-05-29",
                "act:2000/1346 celex:32000r1346",
            ),
            (
                "Règlement (CEE) n° 4056/86 du Conseil du 22 décembre 1986 déterminant x",
                "4056/86",
                "1986-12-22",
                "act:1986/4056 celex:31986r4056",
            ),
            (
                "Règlement délégué (UE) 2016/1675 de la Commission du 14 juillet 2016 complétant la directive (UE) 2015/849",
                "2016/1675",
                "2016-07-14",
                "act:2016/1675 celex:32016r1675",
            ),
            (
                "Council Directive 2013/24/EU of 13 May 2013 adapting x",
                "2013/24/EU",
                "2013-05-13",
                "act:2013/24 celex:32013l0024",
            ),
            (
                "Onzième directive du Conseil du 21 décembre 1989 concernant x (89/666/CEE)",
                "89/666/CEE",
                "1989-12-21",
                "act:1989/666 celex:31989l0666",
            ),
            (
                "2002/584/JAI: Décision-cadre du Conseil du 13 juin 2002 relative à x",
                "2002/584/JAI",
                "2002-06-13",
                "act:2002/584 celex:32002f0584",
            ),
            ("Traité sur le fonctionnement de l'Union européenne", "", "", ""),
            ("Loi n° 2004-575 du 21 juin 2004 pour la confiance", "2004-575", "2004-06-21", "loi:2004-575"),
            (
                "Version consolidée applicable au 10/06/2024 : Règlement grand-ducal du 13 octobre 2023 fixant x",
                "",
                "2023-10-13",
                "règlement grand-ducal:2023-10-13",
            ),
        ];
        for (written, number, date, names) in table {
            let title = parse_title(written).unwrap();
            let said = (
                title.number.as_deref().unwrap_or(""),
                title.date.as_deref().unwrap_or(""),
                title.identifiers.join(" "),
            );
            assert_eq!(said, (number, date, names.to_owned()), "{written}");
        }
        assert_eq!(parse_title(table.last().unwrap().0).unwrap().country.as_deref(), Some("LU"));
        assert_eq!(parse_title(table[table.len() - 2].0).unwrap().country.as_deref(), Some("FR"));
    }

    #[test]
    fn other_lines_are_no_titles() {
        for line in [
            "Loi",
            "Décision du Conseil",
            "La directive 2003/88/CE",
            "Lois et règlements de 2001",
            "Actes du 3 mai 2001",
            "",
        ] {
            assert_eq!(parse_title(line), None, "{line}");
        }
    }
}
