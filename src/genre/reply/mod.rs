//! Recognises ministerial replies to parliamentary questions that are separate papers, as in Luxembourg: a heading that
//! names the minister, the question and its author, numbered questions with their answers, a place, a date and a
//! signature. Evidence is the heading; numbered questions alone are not enough.

use std::ops::Range;

use super::Recognised;
use super::reading::key_data::number_in;
use super::reading::lines::{FoldedLine, fold, lines, one_spaced};
use super::reading::people;
use crate::document::{BlockKind, Document, Genre, Key, Metadata, Part, PartKind};
use crate::text::TextRange;
use crate::text::date;

/// Number of lines searched for the heading, and from the end for the signature.
const HEAD_LINES: usize = 15;
const FOOT_LINES: usize = 8;
/// Maximum length of a text that is examined, in bytes.
const MAX_TEXT_BYTES: usize = 1 << 20;

/// Beginnings of the heading of a reply, folded.
const REPLIES: [&str; 8] =
    ["reponse", "answer", "reply", "antwort", "antwert", "antwoord", "joint answer", "gemeinsame antwort"];

/// Words for the question in the heading, folded.
const QUESTIONS: [&str; 14] = [
    "question parlementaire",
    "questions parlementaires",
    "question ecrite",
    "question urgente",
    "question n°",
    "question no",
    "parliamentary question",
    "parliamentary questions",
    "written question",
    "parlamentarische anfrage",
    "parlamentarischen anfrage",
    "parlamentaresch fro",
    "parlamentaresch ufro",
    "parlementaire vraag",
];

pub(super) fn recognise(document: &Document) -> Option<Recognised> {
    if document.text.len() > MAX_TEXT_BYTES {
        return None;
    }
    let heading = lines(document).take(HEAD_LINES).position(|line| is_heading(&line))?;
    let lines: Vec<FoldedLine> = lines(document).collect();
    let foot = signature(&lines, heading);
    let body = heading + 1..foot.first;
    let mut found = Recognised::new(Genre::MinisterialReply, 0.95);
    found.title = Some(lines[heading].text.to_owned());
    found.parts = parts(&lines, body);
    found.metadata = facts(&lines[heading], &foot);
    found.date = [Key::AnsweredOn, Key::AskedOn].iter().find_map(|key| found.metadata.get(*key)).map(str::to_owned);
    found.identifiers = found
        .metadata
        .get(Key::Number)
        .map(|number| format!("question:{}", number.to_lowercase()))
        .into_iter()
        .collect();
    let plain = |at: &usize| lines[*at].kind == BlockKind::Paragraph;
    found.kinds = (foot.first..foot.end).filter(plain).map(|at| (lines[at].block, BlockKind::Signature)).collect();
    Some(found)
}

/// Whether a line is the heading: « Réponse de Madame la Ministre … à la question parlementaire n° … ».
fn is_heading(line: &FoldedLine) -> bool {
    let behind = |word: &&str| line.folded().strip_prefix(*word).is_some_and(|rest| rest.starts_with(' '));
    line.text.len() <= 700
        && line.may_begin(REPLIES.into_iter())
        && REPLIES.iter().any(behind)
        && QUESTIONS.iter().any(|words| line.folded().contains(words))
        && line.folded().contains("minist")
}

/// End of a reply: place, date, signatory.
struct Foot {
    /// First of its lines; the number of lines if there is none.
    first: usize,
    end: usize,
    place: Option<String>,
    date: Option<String>,
    signatory: Option<String>,
}

fn signature(lines: &[FoldedLine], heading: usize) -> Foot {
    let end = lines.len();
    let tail = (heading + 1).max(end.saturating_sub(FOOT_LINES))..end;
    let dated = tail.clone().find_map(|at| place_and_date(lines[at].text).map(|found| (at, found)));
    let after = dated.as_ref().map_or(tail.start, |(at, _)| at + 1)..end;
    let signed = after.rev().find_map(|at| signatory(lines[at].text).map(|name| (at, name)));
    let first = dated.as_ref().map(|(at, _)| *at).or_else(|| signed.as_ref().map(|(at, _)| office_before(lines, *at)));
    let (place, date) = dated.map_or((None, None), |(_, (place, date))| (Some(place), Some(date)));
    Foot { first: first.unwrap_or(end), end, place, date, signatory: signed.map(|(_, name)| name) }
}

/// Returns the line of the office above a name, if there is one, otherwise the line of the name.
fn office_before(lines: &[FoldedLine], at: usize) -> usize {
    let office = at.checked_sub(1).filter(|above| {
        lines[*above].is_short() && lines[*above].folded().contains("minist") && lines[*above].text.len() <= 160
    });
    office.unwrap_or(at)
}

/// Parses « Luxembourg, le 11 mars 2022 ».
fn place_and_date(text: &str) -> Option<(String, String)> {
    let (place, rest) = text.split_once(',')?;
    let date = date::first(rest).filter(|_| text.len() <= 80)?;
    let named = place.starts_with(char::is_uppercase) && place.split(' ').count() <= 4;
    (named && !place.contains(|c: char| c.is_ascii_digit())).then(|| (place.trim().to_owned(), date))
}

/// Parses « (s.) Jean Untel », or a name alone on its line.
fn signatory(text: &str) -> Option<String> {
    let signs = ["(s.)", "(s)", "s.", "(sig.)", "(signé)", "(gez.)", "gez.", "(signed)"];
    let name = signs.iter().find_map(|sign| text.strip_prefix(sign)).unwrap_or(text);
    let name = people::bare(name.trim());
    let office = fold(&name).contains("minist");
    (text.len() <= 80 && !office && people::is_name(&name)).then_some(name)
}

fn facts(heading: &FoldedLine, foot: &Foot) -> Metadata {
    let mut facts = Metadata::default();
    let text = one_spaced(heading.text);
    let asked = question_words(&text).unwrap_or("");
    if let Some(number) = number(asked) {
        facts.set(Key::Number, number);
    }
    if let Some(date) = date::first(asked) {
        facts.set(Key::AskedOn, date);
    }
    facts.set_all(Key::AskedBy, askers(asked));
    if let Some(ministry) = ministry(&text) {
        facts.set(Key::MinistryAnswering, without_article(ministry));
        facts.set(Key::Institution, institution(ministry));
    }
    facts.set(Key::Author, foot.signatory.as_deref().unwrap_or(""));
    facts.set(Key::Place, foot.place.as_deref().unwrap_or(""));
    facts.set(Key::AnsweredOn, foot.date.as_deref().unwrap_or(""));
    let luxembourg = foot
        .place
        .as_deref()
        .is_some_and(|place| fold(place).starts_with("luxemb") || fold(place).starts_with("letzeb"));
    if luxembourg {
        facts.set(Key::Country, "LU");
    }
    facts
}

/// Returns the text from the word « question » on.
fn question_words(text: &str) -> Option<&str> {
    let names = ["question", "Question", "Anfrage", "vraag", "Fro "];
    names.iter().filter_map(|name| text.find(name)).min().map(|at| &text[at..])
}

/// Returns the number after « n° », « no », « Nr. ».
fn number(asked: &str) -> Option<&str> {
    let signs = ["n° ", "n°", "N° ", "N°", "n\u{ba} ", "no ", "No ", "No. ", "no. ", "Nr. ", "Nr ", "nr. "];
    let mut behind = signs.iter().filter_map(|sign| asked.find(sign).map(|at| asked[at + sign.len()..].trim_start()));
    behind.find_map(|words| number_in(words).filter(|number| words.starts_with(number)))
}

/// Returns the authors: the names after the word for a member, before the subject of the question.
fn askers(asked: &str) -> Vec<String> {
    let members = [
        "députés ",
        "députées ",
        "députée ",
        "député ",
        "Députés ",
        "Députées ",
        "Députée ",
        "Député ",
        "Members ",
        "Member ",
        "Abgeordneten ",
        "MPs ",
        "MP ",
    ];
    let behind = members.iter().filter_map(|word| asked.find(word).map(|at| at + word.len())).min();
    let courtesy = ["de Madame ", "de Monsieur ", "de Mme ", "de M. ", "by Mr ", "by Ms ", "by Mrs "];
    let from = behind.or_else(|| courtesy.iter().filter_map(|word| asked.find(word)).min());
    let Some(from) = from else { return Vec::new() };
    let about = [
        " concernant",
        " au sujet",
        " relative",
        " relatif",
        " sur ",
        " portant",
        " du ",
        " regarding",
        " concerning",
        " on ",
        " betreffend",
        " zum ",
        " zur ",
        " («",
        " «",
        " \"",
    ];
    let names = &asked[from..];
    let end = about.iter().filter_map(|word| names.find(word)).min().unwrap_or(names.len());
    people::several(&names[..end])
}

/// Returns the ministry, « des Affaires étrangères et européennes »: the text between the minister's title and the
/// question.
fn ministry(text: &str) -> Option<&str> {
    let titles = ["Ministre ", "ministre ", "Minister of ", "Minister for ", "Minister ", "Ministers ", "Ministerin "];
    let from = titles.iter().filter_map(|title| text.find(title).map(|at| at + title.len())).min()?;
    let rest = &text[from..];
    let ends = [
        " à la question",
        " aux questions",
        " à la Question",
        " to parliamentary",
        " to the parliamentary",
        " to written",
        " auf die",
        " op d",
        " à l'",
    ];
    let end = ends.iter().filter_map(|words| rest.find(words)).min()?;
    let words = rest[..end].trim_end_matches([',', ' ']);
    (!words.is_empty()).then_some(words)
}

/// Removes the article: « des Affaires étrangères » gives « Affaires étrangères ».
fn without_article(ministry: &str) -> &str {
    let articles = ["des ", "de la ", "de l'", "de l’", "du ", "de ", "für ", "fir ", "of "];
    articles.iter().find_map(|article| ministry.strip_prefix(article)).unwrap_or(ministry)
}

/// Returns the ministry of a minister in French: « Ministère des Affaires étrangères ».
fn institution(ministry: &str) -> String {
    let french = ["des ", "de ", "du "].iter().any(|article| ministry.starts_with(article));
    // Several ministers answer for several ministries, which have no common name.
    let one = !fold(ministry).contains("minist");
    if french && one { format!("Ministère {ministry}") } else { String::new() }
}

/// Returns numbered questions, each with the answer that follows it; if all questions come first, the numbered answers
/// after them.
fn parts(lines: &[FoldedLine], body: Range<usize>) -> Vec<Part> {
    let questions = questions(lines, body.clone());
    let Some(last) = questions.last() else {
        return part(PartKind::Answer, None, body, lines).into_iter().collect();
    };
    let next = |i: usize| questions.get(i + 1).map_or(body.end, |next| next.start);
    let listed =
        questions.len() > 1 && questions[..questions.len() - 1].iter().enumerate().all(|(i, span)| span.end == next(i));
    let label = |i: usize| Some((i + 1).to_string());
    let asked =
        questions.iter().enumerate().filter_map(|(i, span)| part(PartKind::Question, label(i), span.clone(), lines));
    let mut parts: Vec<Part> = asked.collect();
    if listed {
        parts.extend(listed_answers(lines, last.end..body.end));
    } else {
        let answered = questions.iter().enumerate();
        parts.extend(answered.filter_map(|(i, span)| part(PartKind::Answer, label(i), span.end..next(i), lines)));
    }
    parts.sort_by_key(|part| part.range.start());
    parts
}

fn part(kind: PartKind, label: Option<String>, span: Range<usize>, lines: &[FoldedLine]) -> Option<Part> {
    let (first, last) = (lines.get(span.start)?, lines.get(span.end.checked_sub(1)?)?);
    (span.start < span.end).then(|| Part::new(kind, label, 2, TextRange::new(first.range.start(), last.range.end())))
}

/// Finds paragraphs numbered 1, 2, 3 … that have a question mark; a question includes the following lines that end with
/// one.
fn questions(lines: &[FoldedLine], body: Range<usize>) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = body.start;
    while at < body.end {
        let starts = number_of(&lines[at]) == Some(found.len() + 1) && asks(&lines[at]);
        let mut end = at + 1;
        if starts {
            while end < body.end && number_of(&lines[end]).is_none() && lines[end].text.ends_with('?') {
                end += 1;
            }
            found.push(at..end);
        }
        at = end;
    }
    found
}

fn asks(line: &FoldedLine) -> bool {
    line.text.contains('?') && line.text.len() <= 3_000
}

/// Parses the number of a line: « 3. », « 3) », « Question 3 : », « Frage 3 ».
fn number_of(line: &FoldedLine) -> Option<usize> {
    let words = ["question n° ", "question ", "frage ", "vraag ", "ad question ", "ad. ", "ad "];
    let rest = words.iter().find_map(|word| line.folded().strip_prefix(word));
    let bare = rest.unwrap_or(line.folded());
    let digits = bare.find(|c: char| !c.is_ascii_digit()).unwrap_or(bare.len());
    let signed = rest.is_some() || bare[digits..].starts_with(['.', ')', '-', ':']);
    (signed && digits > 0 && digits <= 3).then(|| bare[..digits].parse().ok()).flatten()
}

/// Finds the answers after a list of questions: « ad 1. … », « 1. … ». Without numbers, the text is one answer.
fn listed_answers(lines: &[FoldedLine], rest: Range<usize>) -> Vec<Part> {
    let mut starts: Vec<(usize, usize)> = Vec::new();
    for at in rest.clone() {
        let number = number_of(&lines[at]).filter(|number| starts.last().is_none_or(|(_, last)| number > last));
        starts.extend(number.map(|number| (at, number)));
    }
    if starts.is_empty() {
        return part(PartKind::Answer, None, rest, lines).into_iter().collect();
    }
    let end = |i: usize| starts.get(i + 1).map_or(rest.end, |(at, _)| *at);
    let answers = starts.iter().enumerate();
    answers
        .filter_map(|(i, (at, number))| part(PartKind::Answer, Some(number.to_string()), *at..end(i), lines))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genre::test_documents::from_text;

    fn parts(found: &Recognised) -> Vec<String> {
        let name = |part: &Part| format!("{} {}", part.kind.name(), part.label.as_deref().unwrap_or("-"));
        found.parts.iter().map(name).collect()
    }

    const HEADING: &str = "Réponse de Madame la Ministre de l'Eau à la question parlementaire n° 57 du 11 février 2022 des \
                           honorables députés Anne Une et Charles Deux\n";
    const FOOT: &str = "\nLuxembourg, le 11 mars 2022\nLa Ministre de l'Eau\n(s.) Marie Trois";

    #[test]
    fn each_numbered_question_is_followed_by_its_answer() {
        let document =
            from_text(&format!("{HEADING}1. Pourquoi ?\nParce que.\n2) Quand ? Merci.\nHier.\nOu demain.{FOOT}"));
        let found = recognise(&document).expect("a reply");
        assert_eq!(parts(&found), ["question 1", "answer 1", "question 2", "answer 2"]);
        let facts: Vec<_> = found.metadata.iter().map(|(key, values)| (key.name(), values.join(" + "))).collect();
        let expected = [
            ("institution", "Ministère de l'Eau"),
            ("country", "LU"),
            ("number", "57"),
            ("author", "Marie Trois"),
            ("asked_by", "Anne Une + Charles Deux"),
            ("ministry_answering", "Eau"),
            ("asked_on", "2022-02-11"),
            ("answered_on", "2022-03-11"),
            ("place", "Luxembourg"),
        ];
        assert_eq!(facts, expected.map(|(key, value)| (key, value.to_owned())));
        assert_eq!(found.kinds.len(), 3);
    }

    #[test]
    fn questions_listed_first_are_paired_with_numbered_answers() {
        let document = from_text(&format!("{HEADING}1. Pourquoi ?\n2. Quand ?\nad 1. Parce que.\nad 2. Hier.{FOOT}"));
        let found = recognise(&document).expect("a reply");
        assert_eq!(parts(&found), ["question 1", "question 2", "answer 1", "answer 2"]);
    }

    #[test]
    fn a_reply_without_numbers_is_one_answer() {
        let document = from_text(&format!("{HEADING}Parce que.\nEt hier.{FOOT}"));
        assert_eq!(parts(&recognise(&document).expect("a reply")), ["answer -"]);
    }

    #[test]
    fn a_text_about_a_reply_is_none() {
        let text = "La réponse du ministre à la question parlementaire n° 57 a déçu.\n1. Pourquoi ?\nParce que.";
        assert!(recognise(&from_text(text)).is_none());
    }
}
