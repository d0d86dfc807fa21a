//! Builds a debate from records with a speaker and a text, one record per intervention, as in open data and scraped
//! data. The records become one document whose speeches are parts; consecutive records of one speaker are one speech. A
//! record without a speaker is a stage direction or a title and stays text.

use serde_json::{Map, Value};

use super::declared::declare;
use super::leaf_writer::LeafWriter;
use super::{RawDocument, string_markup};
use crate::document::{BlockKind, Genre, InlineKind, Key, PartKind};
use crate::extract::RawBody;

type Record = Map<String, Value>;

/// Names of the field with the text, in lower case.
const TEXTS: &[&str] = &["text", "texte", "speech", "content", "body", "tekst"];
/// Names of the field with the speaker.
const SPEAKERS: &[&str] = &["speaker", "orateur", "speaker_name", "nom_orateur", "spreker", "redner"];
/// Names of the field with the speaker's office.
const ROLES: &[&str] = &["role", "qualite", "speaker_role"];
/// Names of the field with the point of the agenda.
const POINTS: &[&str] = &["agenda_item", "point", "titre_point", "agenda", "debate_title"];
/// Names of the field with the title of the debate.
const TITLES: &[&str] = &["title", "titre", "titel"];
/// Names of the field with the date of the sitting.
const DATES: &[&str] = &["date", "date_iso", "dateseance", "date_seance", "sitting_date"];

/// Whether records are interventions: there are at least two, and most have a speaker and a text.
pub(super) fn is_transcript<'a>(records: impl Iterator<Item = &'a Record>) -> bool {
    let (mut all, mut spoken) = (0_usize, 0_usize);
    for record in records {
        all += 1;
        spoken += usize::from(field(record, TEXTS).is_some() && field(record, SPEAKERS).is_some());
    }
    all >= 2 && spoken * 2 > all
}

/// Builds one document from the interventions; `facts` are the fields beside them.
pub(super) fn fill_debate<'a>(records: impl Iterator<Item = &'a Record>, facts: &Record, raw: &mut RawDocument) {
    let mut leaves = LeafWriter::default();
    let mut turn: Option<String> = None;
    let mut point = String::new();
    let mut first_words: Option<String> = None;
    date(facts, raw);
    if let Some(title) = field(facts, TITLES) {
        declare(raw, "title", &words(title));
    }
    for record in records {
        date(record, raw);
        let named = field(record, POINTS).map(words).filter(|named| !named.is_empty() && *named != point);
        if let Some(named) = named {
            close(&mut turn, &mut leaves);
            leaves.start(BlockKind::Heading { level: 2 });
            leaves.text(&named);
            point = named;
        }
        first_words = first_words.or_else(|| paragraphs(&words(field(record, TEXTS)?)).into_iter().next());
        intervention(record, &mut turn, &mut leaves);
    }
    close(&mut turn, &mut leaves);
    // A debate without a title or an agenda takes its first words as title rather than the name of its first speaker.
    raw.title = raw.title.take().or(first_words.filter(|_| point.is_empty()));
    raw.genre = Some(Genre::Debate);
    raw.body = RawBody::Marked(leaves.finish());
}

fn intervention(record: &Record, turn: &mut Option<String>, leaves: &mut LeafWriter) {
    let text = field(record, TEXTS).map(string_value).unwrap_or_default();
    let speaker = field(record, SPEAKERS).map(words).filter(|speaker| !speaker.is_empty());
    let label = speaker.as_deref().map(|speaker| bare_name(speaker).to_owned());
    if label.is_some() && *turn != label {
        close(turn, leaves);
        leaves.open_part(PartKind::Speech, label.clone());
        leaves.start(BlockKind::Paragraph);
        leaves.inline(InlineKind::Strong, speaker.as_deref().unwrap_or(""));
        if let Some(role) = field(record, ROLES).map(words).filter(|role| !role.is_empty()) {
            leaves.text(", ");
            leaves.inline(InlineKind::Emphasis, &role);
        }
        leaves.end();
        *turn = label;
    }
    if string_markup::is_markup(&text) {
        leaves.extend(string_markup::parse_events(&text));
        return;
    }
    for paragraph in paragraphs(&string_markup::words(&text)) {
        leaves.start(BlockKind::Paragraph);
        leaves.text(&paragraph);
    }
    leaves.end();
}

fn close(turn: &mut Option<String>, leaves: &mut LeafWriter) {
    if turn.take().is_some() {
        leaves.close_part();
    }
}

fn date(record: &Record, raw: &mut RawDocument) {
    if raw.date.is_some() {
        return;
    }
    let Some(value) = field(record, DATES).map(string_value) else { return };
    let figures = value.len() == 8 && value.bytes().all(|byte| byte.is_ascii_digit());
    let dashed = if figures { format!("{}-{}-{}", &value[..4], &value[4..6], &value[6..]) } else { value };
    declare(raw, "date", &dashed);
    if let Some(date) = raw.date.clone() {
        raw.metadata.set(Key::Dated, date);
    }
}

/// Returns the field with one of the given names if it is a string or an object.
fn field<'a>(record: &'a Record, names: &[&str]) -> Option<&'a Value> {
    let found = record.iter().find(|(name, _)| names.contains(&name.to_lowercase().as_str()));
    found.map(|(_, value)| value).filter(|value| matches!(value, Value::String(_) | Value::Object(_)))
}

/// Returns the string of a field; for a speaker that is an object, its full name.
fn string_value(value: &Value) -> String {
    let named = |name: &str| value.get(name).and_then(Value::as_str);
    let words = value.as_str().or_else(|| named("full")).or_else(|| named("name")).or_else(|| named("nom"));
    words.unwrap_or("").trim().to_owned()
}

/// Returns the words of a field whose value may be HTML.
fn words(value: &Value) -> String {
    string_markup::words(&string_value(value))
}

/// Removes the honorific and what follows the name: « M. Jean Untel » becomes « Jean Untel ».
pub(super) fn bare_name(speaker: &str) -> &str {
    let speaker = speaker.trim().trim_end_matches(['.', ':', ',', ' ', '\u{a0}']);
    let bare = ["M.", "Mme", "MM.", "Mmes", "Mlle"].iter().find_map(|honorific| {
        speaker.strip_prefix(honorific).filter(|rest| rest.starts_with([' ', '\u{a0}', '\u{202f}']))
    });
    let name = bare.unwrap_or(speaker).trim();
    name.split([',', '(']).next().unwrap_or(name).trim()
}

/// Splits the text of a record into paragraphs at empty lines and at line ends after a sentence. Other lines are
/// joined, without a space in scripts that do not use spaces.
fn paragraphs(text: &str) -> Vec<String> {
    let mut found: Vec<String> = vec![String::new()];
    for line in text.lines() {
        let line = line.trim();
        let open = found.last_mut().expect("there is always one");
        let ended = open.ends_with(['.', '!', '?', '…', '。', '！', '？', '»', '”', ')', ':', '：']);
        if line.is_empty() || ended && !open.is_empty() {
            found.push(line.to_owned());
        } else {
            let joins = open.chars().next_back().is_none_or(is_unspaced) || line.starts_with(is_unspaced);
            open.push_str(if joins { "" } else { " " });
            open.push_str(line);
        }
    }
    found.retain(|paragraph| !paragraph.is_empty());
    found
}

/// Whether a character is Han, kana or their punctuation.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_of_a_record_are_joined_as_its_script_writes() {
        for (text, expected) in [
            ("本會現在恢復會\n議。\n\n下一段", vec!["本會現在恢復會議。", "下一段"]),
            ("une phrase\ncoupée.\nUne autre.", vec!["une phrase coupée.", "Une autre."]),
            ("", vec![]),
        ] {
            assert_eq!(paragraphs(text), expected);
        }
    }

    #[test]
    fn a_label_is_the_bare_name() {
        for (speaker, name) in [
            ("M. Jean Untel", "Jean Untel"),
            ("Mme\u{a0}la présidente", "la présidente"),
            ("le président.", "le président"),
            ("Jeanne Unetelle, ministre déléguée.", "Jeanne Unetelle"),
            ("M. Jean Dupont (SOC)", "Jean Dupont"),
            ("主席", "主席"),
        ] {
            assert_eq!(bare_name(speaker), name);
        }
    }
}
