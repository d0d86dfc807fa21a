//! Extracts text from Formex 4, the format of the Official Journal of the European Union and its consolidated texts:
//! acts with their citations, recitals, articles, annexes and notes, and judgments. The head of the file (`BIB.*`, the
//! family of a consolidated text) is metadata, not text. A file that only lists other files has no genre.

use roxmltree::{Document, Node};

use super::tree::{find_element, parse, words};
use super::untyped;
use super::writer::{ElementRole, events};
use crate::document::{BlockKind, Genre, InlineKind, Key, PartKind};
use crate::extract::declared::declare;
use crate::extract::encoding::decode_text;
use crate::extract::{ExtractError, RawBody, RawDocument};

/// Prefixes of the names of elements in the head.
const HEAD: [&str; 9] =
    ["BIB.", "INFO.", "FAM.COMP", "DOCUMENT.REF", "PAGE.", "LG.DOC", "LG.OJ", "NO.SEQ", "GR.CORRIG"];

/// Extracts a Formex document. If it is ill-formed, [`untyped`] reads it.
pub(crate) fn extract(
    bytes: &[u8],
    format: &'static str,
    sink: &mut dyn FnMut(RawDocument),
) -> Result<(), ExtractError> {
    let (text, warnings) = decode_text(bytes)?;
    let Some(tree) = parse(&text) else { return untyped::extract_ill_formed(bytes, format, sink) };
    let mut raw = RawDocument { format, warnings, ..RawDocument::default() };
    declare_facts(&tree, &mut raw);
    raw.body = RawBody::Marked(events(tree.root_element(), &role, &[]));
    sink(raw);
    Ok(())
}

fn role(node: Node) -> ElementRole {
    let name = node.tag_name().name();
    match name {
        _ if HEAD.iter().any(|head| name.starts_with(head)) => ElementRole::Hidden,
        "ARTICLE" => ElementRole::Part(PartKind::Article, None),
        "DIVISION" => ElementRole::Part(PartKind::Chapter, None),
        "VISA" => ElementRole::Part(PartKind::Citation, None),
        "CONSID" => ElementRole::Part(PartKind::Recital, None),
        "NP.ECR" => ElementRole::Part(PartKind::Paragraph, None),
        "TI" | "STI" | "TI.ART" | "STI.ART" => ElementRole::Heading,
        "NO.P" | "NO.PARAG" | "NO.ITEM" => ElementRole::Number,
        "ANNEX" | "CONS.ANNEX" | "GR.SEQ" => ElementRole::Section,
        "ITEM" | "DLIST.ITEM" => ElementRole::Leaf(BlockKind::Item),
        "CORPUS" => ElementRole::Container(BlockKind::Table),
        "ROW" => ElementRole::Container(BlockKind::Row),
        "CELL" => ElementRole::Leaf(BlockKind::Cell),
        "QUOT.S" => ElementRole::Container(BlockKind::Quote),
        "SIGNATORY" => ElementRole::Leaf(BlockKind::Signature),
        "NOTE" => ElementRole::Note(None),
        "QUOT.START" | "QUOT.END" => ElementRole::Words(quotation_mark(node.attribute("CODE").unwrap_or(""))),
        "HT" => ElementRole::Run(highlight(node.attribute("TYPE").unwrap_or(""))),
        _ if runs_on(name) => ElementRole::Run(None),
        _ => ElementRole::Block,
    }
}

/// Whether an element is inline.
fn runs_on(name: &str) -> bool {
    let names =
        ["DATE", "FT", "LINK", "TERM", "DEFINITION", "PREFIX", "IE", "ACRONYM", "KEYWORD", "FORMULA", "ADDRESS"];
    names.contains(&name) || name.starts_with("REF.") || name.starts_with("NO.") || name.starts_with("QUOT.")
}

fn highlight(kind: &str) -> Option<InlineKind> {
    Some(match kind {
        "BOLD" => InlineKind::Strong,
        "ITALIC" => InlineKind::Emphasis,
        "SUP" => InlineKind::Superscript,
        "SUB" => InlineKind::Subscript,
        _ => return None,
    })
}

/// Returns the character with a hexadecimal code point.
fn quotation_mark(code: &str) -> String {
    u32::from_str_radix(code, 16).ok().and_then(char::from_u32).map(String::from).unwrap_or_default()
}

fn declare_facts(tree: &Document, raw: &mut RawDocument) {
    let root = tree.root_element();
    let main = main_part(root);
    raw.genre = genre(main);
    let head = main.children().find(|child| child.tag_name().name() == "TITLE");
    let title = head.or_else(|| main.descendants().find(|node| node.tag_name().name() == "TITLE" && !in_head(*node)));
    if let Some(title) = title {
        declare(raw, "title", &title_words(title));
        let date = find_element(title, "DATE").and_then(|date| date.attribute("ISO")).unwrap_or("");
        if date.len() == 8 && date.is_ascii() {
            declare(raw, "date", &format!("{}-{}-{}", &date[..4], &date[4..6], &date[6..]));
        }
    }
    if let Some(date) = raw.date.clone() {
        let key = if raw.genre == Some(Genre::Act) { Key::AdoptedOn } else { Key::Dated };
        raw.metadata.set(key, date);
    }
    declare(
        raw,
        "lang",
        &find_element(root, "LG.DOC").map(|language| plain(language)).unwrap_or_default().to_lowercase(),
    );
    raw.metadata.set(Key::Country, "EU");
}

/// Returns the act inside its wrapper element.
fn main_part<'a, 'input>(root: Node<'a, 'input>) -> Node<'a, 'input> {
    let wrapped = match root.tag_name().name() {
        "CONS.ACT" => find_element(root, "CONS.DOC"),
        "LEXP.COMBINED" => root.children().find(Node::is_element),
        _ => None,
    };
    wrapped.unwrap_or(root)
}

fn genre(main: Node) -> Option<Genre> {
    match main.tag_name().name() {
        "JUDGMENT" | "ORDER" | "OPINION.ECR" => Some(Genre::Judgment),
        _ if find_element(main, "ENACTING.TERMS").is_some() => Some(Genre::Act),
        _ => None,
    }
}

fn in_head(node: Node) -> bool {
    let heads = |name: &str| HEAD.iter().any(|head| name.starts_with(head));
    node.ancestors().take(12).any(|above| heads(above.tag_name().name()))
}

/// Returns the words of a title without remarks in brackets, such as « Texte présentant de l'intérêt pour l'EEE ».
fn title_words(title: Node) -> String {
    let paragraphs = title.descendants().filter(|node| matches!(node.tag_name().name(), "P" | "NP"));
    let lines: Vec<String> = paragraphs.map(plain).filter(|line| !line.is_empty()).collect();
    let is_remark = |line: &String| line.starts_with('(') && line.ends_with(')');
    let title_lines: Vec<&str> = lines.iter().filter(|line| !is_remark(line)).map(String::as_str).collect();
    if title_lines.is_empty() { plain(title) } else { title_lines.join(" ") }
}

fn plain(node: Node) -> String {
    words(node, |name| name == "NOTE", |name| matches!(name, "P" | "TI" | "STI" | "TXT"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::RawEvent;

    #[test]
    fn an_act_has_citations_recitals_articles_and_notes() {
        let source = "<ACT><BIB.INSTANCE><LG.DOC>FR</LG.DOC></BIB.INSTANCE><TITLE><TI><P><HT TYPE='UC'>Directive</HT> 2001/2/CE</P>\
            <P>du <DATE ISO='20010304'>4 mars 2001</DATE></P><P>(Texte présentant de l'intérêt pour l'EEE)</P></TI></TITLE>\
            <PREAMBLE><VISA>vu le traité<NOTE><P>JO L 1.</P></NOTE>,</VISA><CONSID><NP><NO.P>(1)</NO.P><TXT>Il faut.</TXT></NP></CONSID>\
            </PREAMBLE><ENACTING.TERMS><DIVISION><TITLE><TI><P>CHAPITRE II</P></TI><STI><P>Objet</P></STI></TITLE><ARTICLE>\
            <TI.ART>Article premier</TI.ART><PARAG><NO.PARAG>1.</NO.PARAG><ALINEA>Le <QUOT.START CODE='00AB'/>mot<QUOT.END CODE='00BB'/>.\
            </ALINEA></PARAG></ARTICLE></DIVISION></ENACTING.TERMS></ACT>";
        let mut found = None;
        extract(source.as_bytes(), "formex", &mut |raw| found = Some(raw)).unwrap();
        let raw = found.unwrap();
        assert_eq!((raw.genre, raw.title.as_deref()), (Some(Genre::Act), Some("Directive 2001/2/CE du 4 mars 2001")));
        assert_eq!((raw.date.as_deref(), raw.metadata.get(Key::Country)), (Some("2001-03-04"), Some("EU")));
        let RawBody::Marked(events) = raw.body else { panic!("it is marked") };
        let shown: String = events
            .iter()
            .map(|event| match event {
                RawEvent::OpenPart { kind, label } => format!("{} {}(", kind.name(), label.as_deref().unwrap_or("-")),
                RawEvent::ClosePart => ")".to_owned(),
                RawEvent::Text { text, .. } => text.clone(),
                RawEvent::End => "|".to_owned(),
                RawEvent::Note(label) => format!("note {label}: "),
                _ => String::new(),
            })
            .collect();
        assert_eq!(
            shown,
            "Directive 2001/2/CE du 4 mars 2001 (Texte présentant de l'intérêt pour l'EEE)|citation -(vu le traité1,|)\
             recital 1((1) Il faut.|)chapter II(CHAPITRE II – Objet|article 1(Article premier|1. Le «mot».|))note 1: JO L 1.|"
        );
    }

    #[test]
    fn a_file_without_enacting_terms_is_no_act() {
        let tree = parse("<GENERAL><TITLE><TI><P>Avis</P></TI></TITLE></GENERAL>").unwrap();
        assert_eq!(genre(main_part(tree.root_element())), None);
    }
}
