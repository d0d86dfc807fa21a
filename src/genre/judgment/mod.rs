//! Recognises judgments and orders of courts: of the European Union (« ARRÊT DE LA COUR »), of Human Rights (« AFFAIRE
//! X c. FRANCE »), of France, and of any court named at the head whose operative part begins with a set phrase (« Par
//! ces motifs »). Parts are the numbered grounds. A text about a judgment has no operative part and is not recognised.

use super::Recognised;
use super::reading::identifier;
use super::reading::wording::{opens_with, plain, running, starts_with_any};
use crate::document::{Document, Genre, Key, Part, PartKind};
use crate::text::{TextRange, date};

/// Number of leaves at the beginning that may name the court and the case.
const HEAD_LEAVES: usize = 40;
/// Minimum number of leaves before the operative part.
const MIN_LEAVES_BEFORE_OPERATIVE: usize = 8;
/// Maximum length of a line of the head, in bytes.
const MAX_HEAD_LINE_BYTES: usize = 400;

/// Beginnings of lines at the head of a judgment, in comparable form, and the court they name.
const HEADS: [(&str, &str); 22] = [
    ("arrêt de la cour", "Cour de justice de l'Union européenne"),
    ("arret de la cour", "Cour de justice de l'Union européenne"),
    ("ordonnance de la cour", "Cour de justice de l'Union européenne"),
    ("arrêt du tribunal", "Tribunal de l'Union européenne"),
    ("ordonnance du tribunal", "Tribunal de l'Union européenne"),
    ("judgment of the court", "Court of Justice of the European Union"),
    ("order of the court", "Court of Justice of the European Union"),
    ("judgment of the general court", "General Court of the European Union"),
    ("cour européenne des droits de l'homme", "Cour européenne des droits de l'homme"),
    ("european court of human rights", "European Court of Human Rights"),
    ("affaire ", "Cour européenne des droits de l'homme"),
    ("case of ", "European Court of Human Rights"),
    ("cour de cassation", "Cour de cassation"),
    ("conseil d'état statuant", "Conseil d'État"),
    ("le conseil d'état statuant", "Conseil d'État"),
    ("conseil constitutionnel", "Conseil constitutionnel"),
    ("cour administrative", "Cour administrative"),
    ("cour d'appel", "Cour d'appel"),
    ("tribunal administratif", "Tribunal administratif"),
    ("tribunal judiciaire", "Tribunal judiciaire"),
    ("supreme court", "Supreme Court"),
    ("the supreme court", "Supreme Court"),
];
/// Phrases that begin the operative part.
const OPERATIVE: [&str; 17] = [
    "par ces motifs",
    "pour ces motifs",
    "on those grounds",
    "for these reasons",
    "for those reasons",
    "dit pour droit",
    "casse et annule",
    "rejette le pourvoi",
    "declares unanimously",
    "holds that",
    "holds unanimously",
    "dit, à l'unanimité",
    "dit qu'il",
    "déclare la requête",
    "hereby rules",
    "aus diesen gründen",
    "per questi motivi",
];

pub(super) fn recognise(document: &Document) -> Option<Recognised> {
    let declared = document.genre == Genre::Judgment;
    if !declared && running(document).nth(MIN_LEAVES_BEFORE_OPERATIVE).is_none() {
        return None;
    }
    let opens = |text: &str| HEADS.iter().any(|(start, _)| opens_with(text, start).is_some());
    if !declared && !running(document).take(HEAD_LEAVES).any(|(_, leaf)| opens(document.slice(leaf.range).trim_start()))
    {
        return None;
    }
    let head = JudgmentHead::from_document(document);
    let operative = || {
        running(document)
            .skip(MIN_LEAVES_BEFORE_OPERATIVE)
            .any(|(_, leaf)| starts_with_any(&plain(document.slice(leaf.range)), &OPERATIVE))
    };
    if !declared && (head.court.is_none() || !operative()) {
        return None;
    }
    let parts = if document.parts.is_empty() { grounds(document) } else { Vec::new() };
    let mut found = Recognised { parts, ..Recognised::new(Genre::Judgment, 0.9) };
    if !declared {
        head.write_into(&mut found);
    }
    Some(found)
}

/// Facts from the head of a judgment.
#[derive(Debug, Default)]
struct JudgmentHead {
    court: Option<&'static str>,
    title: Option<String>,
    date: Option<String>,
    number: Option<String>,
    identifiers: Vec<String>,
}

impl JudgmentHead {
    fn from_document(document: &Document) -> Self {
        let mut head = Self::default();
        for (_, leaf) in running(document).take(HEAD_LEAVES) {
            let text = document.slice(leaf.range).trim();
            if text.len() <= MAX_HEAD_LINE_BYTES {
                head.read_line(text);
            }
        }
        head
    }

    fn read_line(&mut self, text: &str) {
        let line = plain(text);
        let court = HEADS.iter().find(|(start, _)| line.starts_with(start));
        let case = is_case(&line);
        let named = court.filter(|(start, _)| case || !matches!(*start, "affaire " | "case of "));
        self.court = self.court.or(named.map(|(_, court)| *court));
        if case || self.title.is_none() && line.starts_with("arrêt d") || line.starts_with("judgment of the") {
            self.title = Some(text.to_owned());
        }
        let dated = named.is_some()
            || starts_with_any(&line, &["strasbourg", "du ", "of ", "lu en audience", "audience publique"]);
        if dated || self.court.is_some() {
            self.date = self.date.take().or_else(|| date::first(text));
        }
        self.add_numbers(text, &line);
    }

    /// Finds the numbers of the case.
    fn add_numbers(&mut self, text: &str, line: &str) {
        if !text.contains(['/', ':']) {
            return;
        }
        let mut words = text.split_whitespace().map(|word| word.trim_matches(|c: char| "(),;.[]»«".contains(c)));
        if let Some(ecli) = words.clone().find(|word| word.to_ascii_lowercase().starts_with("ecli:")) {
            self.identifiers.push(identifier::ecli(ecli));
        }
        let application = line.contains("requête n") || line.contains("application no");
        let number = words.find(|word| if application { is_application(word) } else { is_case_number(word) });
        if let Some(number) = number.filter(|_| self.number.is_none()) {
            let name = if application { identifier::application(number) } else { identifier::case(number) };
            self.identifiers.push(name);
            self.number = Some(number.to_owned());
        }
    }

    fn write_into(self, found: &mut Recognised) {
        let court = self.court.unwrap_or_default();
        let country = if court.contains("Union") { "EU" } else { "" };
        let date = self.date.clone().unwrap_or_default();
        let facts = [
            (Key::Institution, court),
            (Key::Country, country),
            (Key::Dated, &date),
            (Key::Number, self.number.as_deref().unwrap_or("")),
        ];
        for (key, value) in facts {
            found.metadata.set(key, value);
        }
        found.title = self.title;
        found.date = self.date;
        found.identifiers = self.identifiers;
    }
}

/// Whether a line names a case: « affaire dupont c. france », « case of smith v. the united kingdom ».
fn is_case(line: &str) -> bool {
    starts_with_any(line, &["affaire ", "case of "])
        && [" c. ", " v. ", " contre "].iter().any(|between| line.contains(between))
}

/// Whether a word is the number of an application: « 1234/56 ».
fn is_application(word: &str) -> bool {
    let figures =
        |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    word.split_once('/').is_some_and(|(serial, year)| figures(serial, 6) && figures(year, 2))
}

/// Whether a word is the number of a case of the Court of Justice: « C-131/12 », « T‑201/04 ».
fn is_case_number(word: &str) -> bool {
    let word = word.replace(['\u{2010}', '\u{2011}', '–'], "-");
    let rest = ["C-", "T-", "F-"].iter().find_map(|court| word.strip_prefix(court));
    rest.is_some_and(|rest| is_application(rest.split([' ', 'P']).next().unwrap_or("").trim()))
}

/// Finds the numbered grounds: paragraphs whose numbers rise by one from 1. Each extends to the next ground or title.
fn grounds(document: &Document) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let (mut next, mut in_ground) = (1_u32, false);
    for (_, leaf) in running(document) {
        if number(document.slice(leaf.range).trim_start()) == Some(next) {
            parts.push(Part::new(PartKind::Paragraph, Some(next.to_string()), 2, leaf.range));
            (next, in_ground) = (next + 1, true);
        } else if ends_grounds(document, leaf.range) {
            in_ground = false;
        } else if let Some(ground) = parts.last_mut().filter(|_| in_ground) {
            ground.range = ground.range.cover(leaf.range);
        }
    }
    if parts.len() < 3 { Vec::new() } else { parts }
}

/// Whether a line is a title or begins the operative part.
fn ends_grounds(document: &Document, range: TextRange) -> bool {
    let text = document.slice(range);
    let mut letters = text.chars().take(80).filter(|c| c.is_alphabetic());
    let capitals = text.len() <= 80 && letters.clone().count() >= 4 && letters.all(char::is_uppercase);
    capitals || starts_with_any(&plain(text), &OPERATIVE)
}

/// Returns the number at the beginning of a paragraph: « 12. », « 12 ».
fn number(text: &str) -> Option<u32> {
    let figures = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let after = text[figures..].trim_start_matches('.');
    (figures <= 4 && after.starts_with(char::is_whitespace)).then(|| text[..figures].parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genre::test_documents::from_lines;

    #[test]
    fn a_judgment_of_the_court_has_its_grounds_and_names() {
        let document = from_lines([
            "ARRÊT DE LA COUR (grande chambre)",
            "13 mai 2014 (*)",
            "Dans l'affaire C‑131/12,",
            "ayant pour objet une demande",
            "rend le présent",
            "Arrêt",
            "1 La demande porte sur l'eau.",
            "suite",
            "2 Cette demande a été présentée.",
            "LE CADRE JURIDIQUE",
            "La directive",
            "3 L'article 2 dispose:",
            "Par ces motifs, la Cour dit pour droit:",
            "1) L'article 2 s'applique.",
        ]);
        let found = recognise(&document).unwrap();
        let parts: Vec<(Option<&str>, usize)> = found
            .parts
            .iter()
            .map(|part| (part.label.as_deref(), document.slice(part.range).lines().count()))
            .collect();
        assert_eq!(parts, [(Some("1"), 2), (Some("2"), 1), (Some("3"), 1)]);
        assert_eq!(found.identifiers, ["case:c-131/12"]);
        assert_eq!((found.date.as_deref(), found.metadata.get(Key::Country)), (Some("2014-05-13"), Some("EU")));
    }

    #[test]
    fn a_judgment_of_the_court_of_human_rights_is_named_by_its_parties() {
        let lines = [
            "COUR EUROPÉENNE DES DROITS DE L’HOMME",
            "AFFAIRE UNTEL c. FRANCE",
            "(Requête no 1234/56)",
            "ARRÊT",
            "STRASBOURG",
            "3 mai 2001",
            "En l’affaire Untel c. France,",
            "PROCÉDURE",
            "1. À l’origine",
            "2. Le requérant",
            "3. Le Gouvernement",
            "EN FAIT",
            "4. Le requérant est né",
            "PAR CES MOTIFS, LA COUR, À L’UNANIMITÉ,",
        ];
        let found = recognise(&from_lines(lines)).unwrap();
        assert_eq!(found.title.as_deref(), Some("AFFAIRE UNTEL c. FRANCE"));
        assert_eq!(found.identifiers, ["application:1234/56"]);
        assert_eq!((found.date.as_deref(), found.parts.len()), (Some("2001-05-03"), 4));
    }

    #[test]
    fn a_text_about_a_judgment_is_not_a_judgment() {
        let question = ["Question", "Affaire du fleuve", "Mme Unetelle interroge le ministre sur l'arrêt de la Cour."];
        let report = ["Cour de cassation", "Rapport annuel 2019", "La Cour a rendu 20 000 arrêts."];
        for lines in [&question[..], &report[..]] {
            assert_eq!(recognise(&from_lines(lines)), None);
        }
    }
}
