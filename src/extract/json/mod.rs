//! Extracts documents from JSON. Known schemas of parliaments have their own readers, and a list of interventions is
//! one debate. Any other JSON, damaged or not, is read as text by [`text`].

mod text;

use serde_json::{Map, Value};

use super::assemblee::json;
use super::{ExtractError, RawDocument, transcript};
use crate::extract::encoding::decode_text;

/// Extracts the document of a JSON file.
pub(super) fn extract(
    bytes: &[u8],
    format: &'static str,
    sink: &mut dyn FnMut(RawDocument),
) -> Result<(), ExtractError> {
    let (text, warnings) = decode_text(bytes)?;
    let value = serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')).ok();
    let mut raw = RawDocument { format, warnings, ..RawDocument::default() };
    if !value.is_some_and(|value| json::fill_question(&value, &mut raw) || fill_debate(&value, &mut raw)) {
        text::fill_text(&text, &mut raw);
    }
    sink(raw);
    Ok(())
}

/// Extracts the document of a JSONL file.
pub(super) fn extract_lines(
    bytes: &[u8],
    format: &'static str,
    sink: &mut dyn FnMut(RawDocument),
) -> Result<(), ExtractError> {
    let (text, warnings) = decode_text(bytes)?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let records: Option<Vec<Map<String, Value>>> = lines.map(|line| serde_json::from_str(line).ok()).collect();
    let mut raw = RawDocument { format, warnings, ..RawDocument::default() };
    match records.filter(|records| transcript::is_transcript(records.iter())) {
        Some(records) => transcript::fill_debate(records.iter(), &Map::new(), &mut raw),
        None => text::fill_text(&text, &mut raw),
    }
    sink(raw);
    Ok(())
}

/// Fills `raw` from a list of interventions, or from an object that contains one; returns `false` for other values.
fn fill_debate(value: &Value, raw: &mut RawDocument) -> bool {
    let empty = Map::new();
    let facts = value.as_object().unwrap_or(&empty);
    let lists = facts.values().chain(value.is_array().then_some(value)).filter_map(Value::as_array);
    let records = |list: &&Vec<Value>| transcript::is_transcript(list.iter().filter_map(Value::as_object));
    let Some(list) = lists.into_iter().find(records) else { return false };
    transcript::fill_debate(list.iter().filter_map(Value::as_object), facts, raw);
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Genre, PartKind};
    use crate::extract::{RawBody, RawEvent};

    fn labels(json: &str, lines: bool) -> Option<(Option<Genre>, Option<String>, Vec<String>)> {
        let mut found = None;
        let extract_with = if lines { extract_lines } else { extract };
        extract_with(json.as_bytes(), "json", &mut |raw| {
            let RawBody::Marked(events) = raw.body else { return };
            let label = |event| match event {
                RawEvent::OpenPart { kind: PartKind::Speech, label } => label,
                _ => None,
            };
            found = Some((raw.genre, raw.date, events.into_iter().filter_map(label).collect()));
        })
        .ok()?;
        found
    }

    #[test]
    fn interventions_are_a_debate_of_turns() {
        let one = r#"{"date":"2013-01-31","events":[
            {"type":"speech","speaker":{"full":"主席"},"text":"各位早晨。"},
            {"type":"action","text":"代理主席主持會議"},
            {"type":"speech","speaker":{"full":"梁議員"},"text":"主席，我發言。"}]}"#;
        let expected = |date: &str, labels: [&str; 2]| {
            Some((Some(Genre::Debate), Some(date.to_owned()), labels.map(str::to_owned).to_vec()))
        };
        assert_eq!(labels(one, false), expected("2013-01-31", ["主席", "梁議員"]));
        let lines = "{\"speaker\":\"Mme la présidente\",\"text\":\"Bonjour.\",\"date_iso\":\"20211201\"}\n\
            {\"speaker\":\"Mme la présidente\",\"text\":\"La parole est à M. Untel.\"}\n\
            {\"speaker\":null,\"text\":\"(Rires.)\"}\n\
            {\"speaker\":\"M. Jean Untel\",\"role\":\"rapporteur\",\"text\":\"Merci.\"}\n";
        assert_eq!(labels(lines, true), expected("2021-12-01", ["la présidente", "Jean Untel"]));
    }

    #[test]
    fn an_unknown_schema_is_text() {
        for json in [r#"{"a":[1,2,{"text":"b"}]}"#, "{", r#"[{"text":"a"},{"text":"b"}]"#] {
            assert_eq!(labels(json, false), None);
            assert_eq!(labels(json, true), None);
        }
    }
}
