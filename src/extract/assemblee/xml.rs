//! Parses XML of the Assemblée nationale: the export of single questions (`QUESTION`), the questions of its open data
//! (`question`, the schema of [`super::json`]), and the verbatim records of sittings (`compteRendu`). Other XML and
//! ill-formed XML are handled by [`untyped`].

use roxmltree::Node;
use serde_json::{Map, Value};

use super::question::{OpenDataQuestion, Publication};
use super::{json, syceron};
use crate::extract::encoding::decode_text;
use crate::extract::xml::tree::{all_text as words, child, first_text, parse};
use crate::extract::xml::untyped;
use crate::extract::{ExtractError, RawDocument};

/// Maximum depth of a tree that is parsed; no valid file of these vocabularies is nested deeper.
const MAX_DEPTH: usize = 200;

/// Extracts a document from XML of the Assemblée nationale.
pub(crate) fn extract(
    bytes: &[u8],
    format: &'static str,
    sink: &mut dyn FnMut(RawDocument),
) -> Result<(), ExtractError> {
    let (text, warnings) = decode_text(bytes)?;
    let mut raw = RawDocument { format, warnings, ..RawDocument::default() };
    let known = untyped::max_depth(&text) <= MAX_DEPTH
        && parse(&text).is_some_and(|tree| fill_document(tree.root_element(), &mut raw));
    if !known {
        return untyped::extract(bytes, "xml", sink);
    }
    sink(raw);
    Ok(())
}

fn fill_document(root: Node, raw: &mut RawDocument) -> bool {
    let question = match root.tag_name().name() {
        "compteRendu" => return syceron::fill_debate(root, raw),
        "QUESTION" => question_from_export(root),
        "question" => json::question_from_json(&value(root)),
        _ => return false,
    };
    if question.is_complete() {
        question.write_into(raw);
    }
    question.is_complete()
}

/// Builds a question from an export.
fn question_from_export(root: Node) -> OpenDataQuestion {
    let one = |path: &[&str]| first_text(root, path);
    let name = [one(&["AUTEUR", "PRENOM"]), one(&["AUTEUR", "NOM"])].join(" ");
    let depot = child(root, "DEPOT").and_then(|depot| depot.attribute("NUMERO"));
    let index = child(root, "INDEXATION_AN");
    let subjects: Vec<String> = index
        .into_iter()
        .flat_map(|index| index.descendants().filter(|node| node.has_tag_name("ANA")))
        .map(words)
        .filter(|words| !words.is_empty())
        .collect();
    let ministry = child(root, "MINA").and_then(|mina| mina.children().rfind(Node::is_element));
    let closed = |name: &str, own: &str| {
        Some(one(&["REPONSE", own])).filter(|s| !s.is_empty()).unwrap_or_else(|| one(&["CLOTURE", name]))
    };
    OpenDataQuestion {
        kind: root.attribute("TYPE").unwrap_or("").to_owned(),
        number: depot.unwrap_or("").to_owned(),
        legislature: one(&["LEGISLATURE"]),
        author: name.trim().to_owned(),
        group: one(&["GROUPE", "LIBELLE"]),
        constituency: constituency(root),
        heading: index.and_then(|index| index.attribute("RUBRIQUE")).unwrap_or("").to_owned(),
        subjects: if subjects.is_empty() { vec![one(&["INDEXATION_AN", "TETE_ANALYSE"])] } else { subjects },
        ministry_asked: one(&["MINI", "ABREGE"]),
        ministry_answering: ministry.map(|ministry| first_text(ministry, &["ABREGE"])).unwrap_or_default(),
        asked: Publication { on: one(&["DEPOT", "DATE_JO"]), page: one(&["DEPOT", "PAGE_JO"]) },
        answered: Publication { on: closed("DATE_JO", "DATE_JO_REPONSE"), page: closed("PAGE_JO", "PAGE_JO_REPONSE") },
        asking: one(&["DEPOT", "TEXTE_DEPOT"]),
        answer: one(&["REPONSE", "TEXTE_REPONSE"]),
    }
}

/// Formats the constituency: « Haute-Marne (2e circonscription) ».
fn constituency(root: Node) -> String {
    let department = first_text(root, &["CIRCONSCRIPTION", "DEPARTEMENT"]);
    let number = child(root, "CIRCONSCRIPTION").and_then(|node| node.attribute("NUMERO_CIRCONSCRIPTION")).unwrap_or("");
    match number {
        _ if department.is_empty() => String::new(),
        "" => department,
        "1" => format!("{department} (1re circonscription)"),
        number => format!("{department} ({number}e circonscription)"),
    }
}

/// Converts an element to the JSON value that has the same data. The caller has limited the depth of the tree.
fn value(node: Node) -> Value {
    let mut fields = Map::new();
    for child in node.children().filter(Node::is_element) {
        let name = child.tag_name().name();
        let new = value(child);
        match fields.get_mut(name) {
            Some(Value::Array(values)) => values.push(new),
            Some(known) => *known = Value::Array(vec![known.take(), new]),
            None => {
                fields.insert(name.to_owned(), new);
            }
        }
    }
    if fields.is_empty() { Value::String(words(node)) } else { Value::Object(fields) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Genre, Key};

    #[test]
    fn an_export_and_the_open_data_state_the_same_facts() {
        let export = "<?xml version='1.0'?><QUESTION TYPE='QE'><LEGISLATURE>14</LEGISLATURE><DEPOT NUMERO='7'>\
            <DATE_JO>07/01/2014</DATE_JO><PAGE_JO>18</PAGE_JO></DEPOT><AUTEUR><NOM>Untel</NOM><PRENOM>Jean</PRENOM></AUTEUR>\
            <CIRCONSCRIPTION NUMERO_CIRCONSCRIPTION='2'><DEPARTEMENT>Marne</DEPARTEMENT></CIRCONSCRIPTION>\
            <INDEXATION_AN RUBRIQUE='eau'><ANALYSE><ANA>fleuves</ANA><ANA>bilan</ANA></ANALYSE></INDEXATION_AN>\
            <DEPOT><TEXTE_DEPOT><![CDATA[Pourquoi ?]]></TEXTE_DEPOT></DEPOT></QUESTION>";
        let open = "<question xmlns='urn:x'><identifiant><numero>7</numero><legislature>14</legislature></identifiant>\
            <type>QE</type><indexationAN><rubrique>eau</rubrique><analyses><analyse>fleuves</analyse><analyse>bilan</analyse>\
            </analyses></indexationAN><textesQuestion><texteQuestion><infoJO><dateJO>2014-01-07</dateJO><pageJO>18</pageJO>\
            </infoJO><texte>Pourquoi ?</texte></texteQuestion></textesQuestion></question>";
        for text in [export, open] {
            let mut raw = RawDocument::default();
            assert!(fill_document(parse(text).unwrap().root_element(), &mut raw), "{text}");
            assert_eq!((raw.genre, raw.title.as_deref()), (Some(Genre::WrittenQuestion), Some("fleuves. bilan")));
            let facts = [Key::Number, Key::Legislature, Key::Heading, Key::AskedOn, Key::AskedPage];
            let stated = facts.map(|key| raw.metadata.get(key).unwrap_or("").to_owned());
            assert_eq!(stated, ["7", "14", "eau", "2014-01-07", "18"]);
        }
        let mut raw = RawDocument::default();
        fill_document(parse(export).unwrap().root_element(), &mut raw);
        assert_eq!(raw.metadata.get(Key::Author), Some("Jean Untel"));
        assert_eq!(raw.metadata.get(Key::Constituency), Some("Marne (2e circonscription)"));
    }
}
