//! Reads questions without any heading, as data sets contain those of the Belgian Chamber: an account of the facts that
//! leads to numbered questions, « … du dossier?2. Combien … ». Evidence is the sequence of numbers at the end, question
//! marks in it, and the second person that addresses a government; all three are required. This form has the lowest
//! confidence.

use super::form::FormResult;
use crate::document::{Genre, PartKind};
use crate::genre::reading::lines::{FoldedLine, fold};

/// Maximum length of such a text, in bytes.
const MAX_TEXT_BYTES: usize = 6_000;

/// Words that address a minister, folded.
const ADDRESSES: [&str; 30] = [
    "vous",
    "votre",
    "vos",
    "u",
    "uw",
    "minister",
    "ministre",
    "confirmez-vous",
    "pouvez-vous",
    "avez-vous",
    "allez-vous",
    "comptez-vous",
    "etes-vous",
    "disposez-vous",
    "envisagez-vous",
    "pourriez-vous",
    "estimez-vous",
    "pensez-vous",
    "prevoyez-vous",
    "savez-vous",
    "trouvez-vous",
    "partagez-vous",
    "souhaitez-vous",
    "jugez-vous",
    "voyez-vous",
    "regering",
    "gouvernement",
    "kabinet",
    "cabinet",
    "diensten",
];

/// Words about the government and its services, folded.
const GOVERNMENT: [&str; 34] = [
    "ministre",
    "ministere",
    "gouvernement",
    "federal",
    "federale",
    "federaux",
    "spf",
    "arrete",
    "loi",
    "administration",
    "sncb",
    "infrabel",
    "belgique",
    "belge",
    "belges",
    "police",
    "parquet",
    "minister",
    "regering",
    "federaal",
    "fod",
    "wet",
    "besluit",
    "nmbs",
    "belgie",
    "belgische",
    "politie",
    "overheid",
    "bevoegdheid",
    "competence",
    "competences",
    "etat",
    "staatssecretaris",
    "onss",
];

pub(super) fn read_form(lines: &[FoldedLine]) -> Option<FormResult> {
    let length: usize = lines.iter().map(|line| line.text.len()).sum();
    if length > MAX_TEXT_BYTES
        || lines.len() > 40
        || lines.iter().map(|line| line.text.matches('?').count()).sum::<usize>() < 2
    {
        return None;
    }
    let text = lines.iter().map(|line| line.text).collect::<Vec<_>>().join("\n");
    let points = points(&text);
    let marks = points.iter().filter(|point| point.contains('?')).count();
    let before = text.len() - points.iter().map(|point| point.len()).sum::<usize>();
    let asks = points.len() >= 2 && marks * 2 > points.len() && points.last().is_some_and(|last| last.len() <= 900);
    if !asks || before < 80 {
        return None;
    }
    let folded = fold(&text);
    let words = || folded.split(|c: char| !c.is_alphanumeric() && c != '-');
    let addressed = words().any(|word| ADDRESSES.contains(&word));
    let governed = words().any(|word| GOVERNMENT.contains(&word));
    if !(addressed && governed) {
        return None;
    }
    let mut result = FormResult::new(Genre::WrittenQuestion, 0.55);
    result.sections = vec![(PartKind::Question, 0..lines.len())];
    Some(result)
}

/// Splits off the numbered points at the end of a text: 1, 2, 3 …, each once and in order.
fn points(text: &str) -> Vec<&str> {
    let mut starts: Vec<usize> = Vec::new();
    let mut from = 0;
    while let Some(at) = number_at(&text[from..], starts.len() + 1) {
        starts.push(from + at);
        from += at + 2;
    }
    let end = |i: usize| starts.get(i + 1).copied().unwrap_or(text.len());
    starts.iter().enumerate().map(|(i, start)| &text[*start..end(i)]).collect()
}

/// Finds « 2. » or « 2) » at the start of a point: after the end of a sentence or a line.
fn number_at(text: &str, number: usize) -> Option<usize> {
    let opens = |at: &usize| {
        let before = text[..*at].trim_end_matches([' ', '\u{a0}']).chars().next_back();
        let sign = text[*at..].trim_start_matches(|c: char| c.is_ascii_digit());
        let behind = sign.get(1..).unwrap_or("");
        sign.starts_with(['.', ')'])
            && before.is_none_or(|c| ".?!:;)»\"\n".contains(c))
            && !behind.starts_with(|c: char| c.is_ascii_digit())
    };
    let number = number.to_string();
    let (figure, others) = number.split_at(1);
    let starts = text.match_indices(figure.chars().next().unwrap_or('0')).map(|(at, _)| at);
    let whole = |at: &usize| {
        let behind = text[at + 1..].strip_prefix(others);
        behind.is_some_and(|behind| !behind.starts_with(|c: char| c.is_ascii_digit()))
    };
    starts.filter(whole).find(opens)
}
