//! Parses questions from the open data of the Assemblée nationale in JSON. Written questions, oral questions and
//! questions to the Government share one schema, which is also that of its XML (see [`super::xml`]). An element that
//! may be repeated is an object or a list.

use serde_json::Value;

use super::question::{OpenDataQuestion, Publication};
use crate::extract::{RawDocument, string_markup};

/// Fills `raw` from a JSON value; returns `false` if the value is not a question.
pub(crate) fn fill_question(value: &Value, raw: &mut RawDocument) -> bool {
    let question = value.get("question").unwrap_or(value);
    let known = question.get("identifiant").is_some() && question.get("type").is_some();
    let question = if known { question_from_json(question) } else { return false };
    if !question.is_complete() {
        return false;
    }
    question.write_into(raw);
    raw.format = "an-json";
    true
}

/// Builds a question from an object of the schema.
pub(crate) fn question_from_json(value: &Value) -> OpenDataQuestion {
    let one = |path: &[&str]| string_markup::words(&first_text(value, path));
    let texts =
        |names: [&str; 2], inner: &str| names.into_iter().flat_map(|name| values_at(value, &[name, inner])).collect();
    let asked: Vec<&Value> = texts(["textesQuestion", "textesQuestions"], "texteQuestion");
    let answers: Vec<&Value> = texts(["textesReponse", "textesReponses"], "texteReponse");
    let ministries = values_at(value, &["minAttribs", "minAttrib"]);
    let name = [one(&["auteur", "identite", "prenom"]), one(&["auteur", "identite", "nom"])];
    let subjects = [&["indexationAN", "analyses", "analyse"], &["indexationAN", "ANALYSE", "ANA"]];
    let subjects: Vec<String> = subjects
        .iter()
        .flat_map(|path| values_at(value, *path))
        .map(|subject| string_markup::words(&words(subject)))
        .collect();
    let head = one(&["indexationAN", "teteAnalyse"]);
    let answered = published(answers.first().copied());
    OpenDataQuestion {
        kind: one(&["type"]),
        number: one(&["identifiant", "numero"]),
        legislature: one(&["identifiant", "legislature"]),
        author: name.join(" ").trim().to_owned(),
        group: one(&["auteur", "groupe", "developpe"]),
        constituency: String::new(),
        heading: one(&["indexationAN", "rubrique"]),
        subjects: if subjects.iter().any(|subject| !subject.is_empty()) { subjects } else { vec![head] },
        ministry_asked: one(&["minInt", "abrege"]),
        ministry_answering: ministries
            .last()
            .map(|last| first_text(last, &["denomination", "abrege"]))
            .unwrap_or_default(),
        asked: published(asked.first().copied()),
        answered: Publication {
            page: if answered.page.is_empty() { one(&["cloture", "infoJO", "pageJO"]) } else { answered.page },
            on: if answered.on.is_empty() { one(&["cloture", "infoJO", "dateJO"]) } else { answered.on },
        },
        asking: asked.last().map(|text| first_text(text, &["texte"])).unwrap_or_default(),
        answer: answers.last().map(|text| first_text(text, &["texte"])).unwrap_or_default(),
    }
}

fn published(text: Option<&Value>) -> Publication {
    let one = |path: &[&str]| text.map(|text| first_text(text, path)).unwrap_or_default();
    Publication { on: one(&["infoJO", "dateJO"]), page: one(&["infoJO", "pageJO"]) }
}

fn first_text(value: &Value, path: &[&str]) -> String {
    values_at(value, path).into_iter().map(words).find(|words| !words.is_empty()).unwrap_or_default()
}

/// Returns every value at a path, descending into lists.
fn values_at<'a>(value: &'a Value, path: &[&str]) -> Vec<&'a Value> {
    let mut found = vec![value];
    for name in path {
        found = found.iter().filter_map(|value| value.get(name)).flat_map(flatten_list).collect();
    }
    found
}

fn flatten_list(value: &Value) -> Box<dyn Iterator<Item = &Value> + '_> {
    match value {
        Value::Array(values) => Box::new(values.iter()),
        other => Box::new(std::iter::once(other)),
    }
}

fn words(value: &Value) -> String {
    match value {
        Value::String(words) => words.clone(),
        Value::Number(number) => number.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Genre, Key};

    #[test]
    fn a_question_of_the_open_data_states_its_facts() {
        let value: Value = serde_json::from_str(
            r#"{"question":{"identifiant":{"numero":"12","legislature":"15"},"type":"QE",
            "indexationAN":{"rubrique":"eau","teteAnalyse":null,"analyses":{"analyse":["État des fleuves"]}},
            "auteur":{"groupe":{"abrege":"X","developpe":"Groupe X"}},"minInt":{"abrege":"Écologie"},
            "minAttribs":{"minAttrib":[{"denomination":{"abrege":"Écologie"}},{"denomination":{"abrege":"Mer"}}]},
            "textesQuestion":{"texteQuestion":{"infoJO":{"dateJO":"01/02/2022","pageJO":"601"},"texte":"Pourquoi&nbsp;?"}},
            "textesReponse":{"texteReponse":{"infoJO":{"dateJO":"2022-03-29","pageJO":"2109"},"texte":"<p>Parce que.</p>"}}}}"#,
        )
        .unwrap();
        let mut raw = RawDocument::default();
        assert!(fill_question(&value, &mut raw));
        assert_eq!((raw.genre, raw.format), (Some(Genre::WrittenQuestion), "an-json"));
        assert_eq!((raw.title.as_deref(), raw.date.as_deref()), (Some("État des fleuves"), Some("2022-03-29")));
        for (key, value) in [
            (Key::Number, "12"),
            (Key::Legislature, "15"),
            (Key::Group, "Groupe X"),
            (Key::MinistryAsked, "Écologie"),
            (Key::MinistryAnswering, "Mer"),
            (Key::AskedOn, "2022-02-01"),
            (Key::AskedPage, "601"),
            (Key::AnsweredOn, "2022-03-29"),
            (Key::AnsweredPage, "2109"),
        ] {
            assert_eq!(raw.metadata.get(key), Some(value), "{key:?}");
        }
    }

    #[test]
    fn other_objects_are_no_questions() {
        for json in [r#"{"question":"?"}"#, r#"{"type":"QE","identifiant":{}}"#, "[]"] {
            assert!(!fill_question(&serde_json::from_str(json).unwrap(), &mut RawDocument::default()), "{json}");
        }
    }
}
