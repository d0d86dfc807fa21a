//! Extracts text from Akoma Ntoso (LegalDocML, OASIS): acts, bills, judgments and debates of any country and version,
//! and the `scl:` extension of Luxembourg. Elements that mark parts become parts; the basic unit of an act is the
//! article, or the section in an act without articles. Metadata of provisions (`scl:jolux`, amendments) is ignored.

use std::collections::{HashMap, HashSet};

use roxmltree::{Document, Node};

use super::tree::{find_element, parse, words};
use super::untyped;
use super::writer::{ElementRole, events};
use crate::document::{BlockKind, Genre, InlineKind, Key, PartKind};
use crate::extract::declared::declare;
use crate::extract::encoding::decode_text;
use crate::extract::{ExtractError, RawBody, RawDocument};
use crate::text::numbering;

/// Inline elements by the standard's content model; all other elements start and end a line.
const INLINE: [&str; 68] = [
    "a",
    "abbr",
    "affectedDocument",
    "change",
    "concept",
    "courtType",
    "date",
    "decoration",
    "def",
    "docAuthority",
    "docCommittee",
    "docDate",
    "docIntroducer",
    "docJurisdiction",
    "docketNumber",
    "docNumber",
    "docProponent",
    "docPurpose",
    "docStage",
    "docStatus",
    "docTitle",
    "docType",
    "embeddedText",
    "entity",
    "eop",
    "event",
    "extractText",
    "fillIn",
    "img",
    "inline",
    "ins",
    "judge",
    "lawyer",
    "legislature",
    "location",
    "marker",
    "mmod",
    "mod",
    "mref",
    "neutralCitation",
    "object",
    "omissis",
    "opinion",
    "organization",
    "outcome",
    "party",
    "person",
    "placeholder",
    "process",
    "quantity",
    "quotedText",
    "recordedTime",
    "ref",
    "relatedDocument",
    "remark",
    "rmod",
    "role",
    "rref",
    "session",
    "shortTitle",
    "signature",
    "span",
    "term",
    "time",
    "tt",
    "u",
    "vote",
    "argument",
];
/// Divisions above the basic unit.
const DIVISIONS: [&str; 13] = [
    "book",
    "tome",
    "part",
    "subpart",
    "title",
    "subtitle",
    "chapter",
    "subchapter",
    "division",
    "subdivision",
    "section",
    "subsection",
    "crossHeading",
];
/// Sections of a debate.
const DEBATE_SECTIONS: [&str; 19] = [
    "debateSection",
    "rollCall",
    "prayers",
    "oralStatements",
    "writtenStatements",
    "personalStatements",
    "ministerialStatements",
    "resolutions",
    "nationalInterest",
    "declarationOfVote",
    "communication",
    "petitions",
    "papers",
    "noticesOfMotion",
    "questions",
    "address",
    "proceduralMotions",
    "adjournment",
    "administrationOfOath",
];

/// Extracts an Akoma Ntoso document. If it is ill-formed, [`untyped`] reads it.
pub(crate) fn extract(
    bytes: &[u8],
    format: &'static str,
    sink: &mut dyn FnMut(RawDocument),
) -> Result<(), ExtractError> {
    let (text, warnings) = decode_text(bytes)?;
    let Some(tree) = parse(&text) else { return untyped::extract_ill_formed(bytes, format, sink) };
    let mut raw = RawDocument { format, warnings, ..RawDocument::default() };
    let vocabulary = Vocabulary::new(&tree);
    vocabulary.declare_metadata(&mut raw);
    let notes = vocabulary.referenced_notes();
    let events = events(tree.root_element(), &|node| vocabulary.role(node), &notes);
    raw.body = RawBody::Marked(events);
    sink(raw);
    Ok(())
}

/// Properties of the whole document that determine the roles of its elements.
struct Vocabulary<'a, 'input> {
    tree: &'a Document<'input>,
    genre: Option<Genre>,
    /// Name of the element that is the basic unit of the act.
    basic: &'static str,
    /// Display names of people, roles and organisations by id.
    shown: HashMap<&'a str, &'a str>,
    /// Notes that are separate from their marks, by id, with the label of the mark if there is one.
    notes: HashMap<&'a str, (Node<'a, 'input>, Option<String>)>,
    /// Ids of notes in the order of their marks.
    marked: Vec<&'a str>,
}

impl<'a, 'input> Vocabulary<'a, 'input> {
    fn new(tree: &'a Document<'input>) -> Self {
        let (mut shown, mut notes, mut has_article) = (HashMap::new(), HashMap::new(), false);
        for node in tree.root_element().descendants().filter(Node::is_element) {
            let name = node.tag_name().name();
            let id = node.attribute("eId").or(node.attribute("id")).unwrap_or("");
            match name {
                _ if name.starts_with("TLC") => {
                    shown.insert(id, node.attribute("showAs").unwrap_or(""));
                }
                "note" => {
                    notes.insert(id, (node, None));
                }
                "article" => has_article = true,
                _ => {}
            }
        }
        let basic = if has_article { "article" } else { "section" };
        let marked = label_notes(tree, &mut notes);
        Self { tree, genre: genre(tree), basic, shown, notes, marked }
    }

    fn role(&self, node: Node<'a, 'input>) -> ElementRole {
        let name = node.tag_name().name();
        match name {
            "meta" | "script" | "style" | "jolux" | "rdf" | "postit" => ElementRole::Hidden,
            _ if name.starts_with("JOLUX") => ElementRole::Hidden,
            _ if node.tag_name().namespace().is_some_and(|space| space.contains("MathML")) => ElementRole::Run(None),
            "num" => ElementRole::Number,
            "heading" | "subheading" | "longTitle" => ElementRole::Heading,
            "p" | "block" if holds(node, &["docTitle"]) || in_preface(node) && holds(node, &["shortTitle"]) => {
                ElementRole::Heading
            }
            "p" | "block" if holds(node, &["signature"]) => ElementRole::Leaf(BlockKind::Signature),
            "b" | "strong" => ElementRole::Run(Some(InlineKind::Strong)),
            "i" | "em" => ElementRole::Run(Some(InlineKind::Emphasis)),
            "sup" => ElementRole::Run(Some(InlineKind::Superscript)),
            "sub" => ElementRole::Run(Some(InlineKind::Subscript)),
            "del" => ElementRole::Run(Some(InlineKind::Deleted)),
            "br" | "eol" => ElementRole::Break,
            "ul" => ElementRole::List(None),
            "ol" => ElementRole::List(Some(1)),
            "li" => ElementRole::Leaf(BlockKind::Item),
            "table" => ElementRole::Container(BlockKind::Table),
            "tr" => ElementRole::Container(BlockKind::Row),
            "td" | "th" => ElementRole::Leaf(BlockKind::Cell),
            "quotedStructure" | "embeddedStructure" => ElementRole::Container(BlockKind::Quote),
            "authorialNote" => ElementRole::Note(node.attribute("marker").map(str::to_owned)),
            "noteRef" => ElementRole::Mark(self.label(node)),
            "note" => ElementRole::Hidden,
            _ if INLINE.contains(&name) => ElementRole::Run(None),
            _ => self.part(node, name),
        }
    }

    /// Returns the role of an element that contains blocks.
    fn part(&self, node: Node<'a, 'input>, name: &str) -> ElementRole {
        let titled = holds(node, &["num", "heading"]);
        match name {
            "citation" => ElementRole::Part(PartKind::Citation, None),
            "recital" => ElementRole::Part(PartKind::Recital, None),
            "speech" => ElementRole::Part(PartKind::Speech, self.speaker(node)),
            "question" => ElementRole::Part(PartKind::Question, None),
            "answer" => ElementRole::Part(PartKind::Answer, None),
            _ if name == self.basic && titled => ElementRole::Part(PartKind::Article, None),
            _ if DIVISIONS.contains(&name) && holds(node, &["heading"]) => ElementRole::Part(PartKind::Chapter, None),
            _ if DIVISIONS.contains(&name) && titled && name != "subsection" => {
                ElementRole::Part(PartKind::Chapter, None)
            }
            "item" | "paragraph" | "level" | "point" if self.is_ground(node) => {
                ElementRole::Part(PartKind::Paragraph, None)
            }
            _ if DEBATE_SECTIONS.contains(&name) || holds(node, &["heading"]) => ElementRole::Section,
            "attachment" | "component" => ElementRole::Section,
            _ => ElementRole::Block,
        }
    }

    /// Whether an element is a numbered paragraph of a judgment, and not a point inside one.
    fn is_ground(&self, node: Node) -> bool {
        const POINTS: [&str; 4] = ["item", "paragraph", "level", "point"];
        let is_point = |node: Node| POINTS.contains(&node.tag_name().name());
        let inside = node.ancestors().skip(1).take(2).any(is_point);
        let number = || node.children().find(|child| child.tag_name().name() == "num").and_then(|num| num.text());
        let counts =
            |number: &str| numbering::bare(number).is_some_and(|bare| bare.starts_with(|c: char| c.is_ascii_digit()));
        self.genre == Some(Genre::Judgment) && !inside && number().is_some_and(counts)
    }

    fn speaker(&self, speech: Node<'a, 'input>) -> Option<String> {
        let by = speech.attribute("by").unwrap_or("").trim_start_matches('#');
        let shown = self.shown.get(by).map(|shown| (*shown).to_owned());
        let from = || speech.children().find(|child| child.tag_name().name() == "from").map(|from| plain(from));
        let from = || from().map(|from| from.trim_end_matches([':', '.', '-', '–', ' ']).to_owned());
        shown.or_else(from).filter(|name| !name.is_empty())
    }

    /// Returns the label of the note that a mark refers to; if the note is missing, the label printed in the mark.
    fn label(&self, mark: Node) -> String {
        let note = self.notes.get(target(mark)).and_then(|(_, label)| label.clone());
        note.unwrap_or_else(|| printed(mark).unwrap_or_default())
    }

    /// Returns the notes that are referred to, once each, in the order of their marks.
    fn referenced_notes(&self) -> Vec<(String, Node<'a, 'input>)> {
        let notes = self.marked.iter().filter_map(|id| self.notes.get(id));
        notes.filter_map(|(body, label)| Some((label.clone()?, *body))).collect()
    }

    fn declare_metadata(&self, raw: &mut RawDocument) {
        let root = self.tree.root_element();
        raw.genre = self.genre;
        let title = title(root);
        declare(raw, "title", title.as_deref().unwrap_or(""));
        let language = value(root, "FRBRlanguage", "language");
        declare(raw, "lang", language.rsplit('/').next().unwrap_or(""));
        declare(raw, "date", date(root, self.genre).unwrap_or(""));
        if let Some(date) = raw.date.clone() {
            let key = if raw.genre == Some(Genre::Act) { Key::AdoptedOn } else { Key::Dated };
            raw.metadata.set(key, date);
        }
        let number = front(root)
            .find_map(|part| find_element(part, "docNumber"))
            .map(|number| plain(number))
            .filter(|number| number.len() <= 40);
        let named = || value(root, "FRBRnumber", "value").to_owned();
        let number = number.or_else(|| Some(named()).filter(|number| !number.contains('_'))).unwrap_or_default();
        raw.metadata.set(Key::Number, number.trim_start_matches(['N', 'n', 'o', '°', '.', ' ', '\u{a0}']));
        raw.metadata.set(Key::Country, country(value(root, "FRBRcountry", "value")).unwrap_or(""));
        let author = value(root, "FRBRauthor", "href").trim_start_matches('#');
        raw.metadata
            .set(Key::Institution, self.shown.get(author).copied().filter(|name| name.contains(' ')).unwrap_or(""));
        let address =
            find_element(root, "FRBRExpression").map_or("", |expression| value(expression, "FRBRthis", "value"));
        raw.metadata.set(Key::SourceUrl, if address.starts_with("http") { address } else { "" });
    }
}

/// Returns the genre given by the document's element; a bill is treated as an act.
fn genre(tree: &Document) -> Option<Genre> {
    let mut kinds = tree.root_element().children().filter(Node::is_element);
    kinds.find_map(|kind| match kind.tag_name().name() {
        "act" | "bill" => Some(Genre::Act),
        "judgment" | "judgement" => Some(Genre::Judgment),
        "debate" | "debateReport" => Some(Genre::Debate),
        "portion" if find_element(kind, "article").or(find_element(kind, "section")).is_some() => Some(Genre::Act),
        _ => None,
    })
}

/// Returns the title printed in the document, otherwise the one in its metadata.
fn title(root: Node) -> Option<String> {
    let front = ["preface", "coverPage", "header", "preamble"].map(|name| find_element(root, name));
    let printed = |name: &str| front.iter().flatten().find_map(|part| find_element(*part, name)).map(plain);
    let named = |name: &str| Some(value(root, name, "value").to_owned()).filter(|name| name.contains(' '));
    let session = || printed("session").filter(|session| session.contains(' '));
    let contents = |title: &String| title.contains(' ');
    let title = printed("shortTitle")
        .or_else(|| printed("docTitle"))
        .or_else(|| printed("longTitle").filter(contents).filter(|_| session().is_none()))
        .or_else(session);
    title.or_else(|| named("FRBRalias")).or_else(|| named("FRBRname")).filter(|title| !title.is_empty())
}

/// Returns the date of the document: the printed one, otherwise that of the work; for a judgment, that of the delivery.
fn date<'a>(root: Node<'a, '_>, genre: Option<Genre>) -> Option<&'a str> {
    let printed = front(root).filter_map(|part| find_element(part, "docDate")).find_map(|date| date.attribute("date"));
    // A year outside this range is a placeholder for « no date ».
    let is_real = |date: &&str| date.get(..4).is_some_and(|year| ("1000".."2200").contains(&year));
    let of = |level: &str| find_element(root, level).map(|level| value(level, "FRBRdate", "date"));
    let levels =
        if genre == Some(Genre::Judgment) { ["FRBRExpression", "FRBRWork"] } else { ["FRBRWork", "FRBRExpression"] };
    printed.filter(is_real).or_else(|| levels.into_iter().filter_map(of).find(is_real))
}

/// Iterates over the elements before the body.
fn front<'a, 'input>(root: Node<'a, 'input>) -> impl Iterator<Item = Node<'a, 'input>> {
    ["preface", "coverPage", "header"].into_iter().filter_map(move |name| find_element(root, name))
}

fn value<'a>(node: Node<'a, '_>, element: &str, attribute: &str) -> &'a str {
    find_element(node, element).and_then(|node| node.attribute(attribute)).unwrap_or("")
}

/// Returns the ISO 3166 alpha-2 code for a code of two or three letters, alone or at the end of a URI.
fn country(value: &str) -> Option<&'static str> {
    const COUNTRIES: [(&str, &str); 33] = [
        ("LU", "LUX"),
        ("FR", "FRA"),
        ("BE", "BEL"),
        ("DE", "DEU"),
        ("IT", "ITA"),
        ("ES", "ESP"),
        ("PT", "PRT"),
        ("NL", "NLD"),
        ("GB", "GBR"),
        ("IE", "IRL"),
        ("AT", "AUT"),
        ("CH", "CHE"),
        ("PL", "POL"),
        ("CZ", "CZE"),
        ("SK", "SVK"),
        ("SI", "SVN"),
        ("HR", "HRV"),
        ("HU", "HUN"),
        ("RO", "ROU"),
        ("BG", "BGR"),
        ("GR", "GRC"),
        ("CY", "CYP"),
        ("MT", "MLT"),
        ("DK", "DNK"),
        ("SE", "SWE"),
        ("FI", "FIN"),
        ("EE", "EST"),
        ("LV", "LVA"),
        ("LT", "LTU"),
        ("US", "USA"),
        ("ZA", "ZAF"),
        ("CL", "CHL"),
        ("EU", "EUR"),
    ];
    let code = value.rsplit('/').next()?.split('-').next()?.to_ascii_uppercase();
    COUNTRIES.into_iter().find(|(two, three)| code == *two || code == *three).map(|(two, _)| two)
}

/// Gives each note that has a mark a unique label: the printed one, otherwise the next number. Returns the ids in the
/// order of the marks.
fn label_notes<'a, 'input>(
    tree: &'a Document<'input>,
    notes: &mut HashMap<&'a str, (Node<'a, 'input>, Option<String>)>,
) -> Vec<&'a str> {
    let (mut taken, mut marked) = (HashSet::new(), Vec::new());
    for mark in tree.root_element().descendants().filter(|node| node.tag_name().name() == "noteRef") {
        let Some((body, label @ None)) = notes.get_mut(target(mark)) else { continue };
        let numbers = (marked.len() + 1..).map(|number| number.to_string());
        let mut labels = printed(mark).or_else(|| printed(*body)).into_iter().chain(numbers);
        *label = labels.find(|label| taken.insert(label.clone()));
        marked.push(target(mark));
    }
    marked
}

/// Returns the id of the note that a mark refers to.
fn target<'a>(mark: Node<'a, '_>) -> &'a str {
    mark.attribute("href").unwrap_or("").trim_start_matches('#')
}

/// Returns the label printed in a mark or a note, without brackets.
fn printed(node: Node) -> Option<String> {
    let marker = node.attribute("marker")?.trim_matches(|c: char| "()[] ".contains(c));
    (!marker.is_empty()).then(|| marker.to_owned())
}

fn holds(node: Node, names: &[&str]) -> bool {
    node.children().any(|child| names.contains(&child.tag_name().name()))
}

fn in_preface(node: Node) -> bool {
    node.ancestors().take(4).any(|above| ["preface", "coverPage"].contains(&above.tag_name().name()))
}

fn plain(node: Node) -> String {
    words(node, |name| matches!(name, "authorialNote" | "noteRef"), |name| matches!(name, "p" | "block" | "eol" | "br"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::RawEvent;

    fn read_one(source: &str) -> RawDocument {
        let mut found = None;
        extract(source.as_bytes(), "akoma-ntoso", &mut |raw| found = Some(raw)).unwrap();
        found.unwrap()
    }

    fn parts(raw: &RawDocument) -> Vec<String> {
        let RawBody::Marked(events) = &raw.body else { return Vec::new() };
        let part = |event: &RawEvent| match event {
            RawEvent::OpenPart { kind, label } => Some(format!("{} {}", kind.name(), label.as_deref().unwrap_or("-"))),
            RawEvent::Note(label) => Some(format!("note {label}")),
            _ => None,
        };
        events.iter().filter_map(part).collect()
    }

    const HEAD: &str = "<meta><identification><FRBRWork><FRBRdate date='2023-06-30' name='document'/>\
        <FRBRcountry value='http://x.eu/country/LUX'/></FRBRWork><FRBRExpression><FRBRlanguage language='fra'/>\
        </FRBRExpression></identification><references><TLCPerson eId='p1' showAs='Mme Unetelle'/></references>\
        <notes><note id='M1' marker='1'><p>Modifié.</p></note></notes></meta>";

    #[test]
    fn an_act_has_its_articles_notes_and_facts() {
        let raw = read_one(&format!(
            "<an:akomaNtoso xmlns:an='urn:x'><an:act>{HEAD}<an:preface><an:longTitle><an:p>Loi du 30 juin 2023 sur l’eau</an:p>\
             </an:longTitle></an:preface><an:body><an:chapter><an:num>Chapitre Ier</an:num><an:article><an:num>Art. 2bis.</an:num>\
             <an:p>Un mot<an:noteRef href='#M1' marker='1'/>.</an:p></an:article></an:chapter></an:body></an:act></an:akomaNtoso>"
        ));
        assert_eq!(raw.genre, Some(Genre::Act));
        assert_eq!(raw.title.as_deref(), Some("Loi du 30 juin 2023 sur l’eau"));
        assert_eq!(raw.metadata.get(Key::AdoptedOn), Some("2023-06-30"));
        assert_eq!(raw.metadata.get(Key::Country), Some("LU"));
        assert_eq!(parts(&raw), ["chapter I", "article 2bis", "note 1"]);
    }

    #[test]
    fn an_act_without_articles_is_made_of_sections() {
        let body = "<part><num>Part 1</num><section><num>1</num><heading>Powers</heading><subsection><num>(1)</num>\
                    <content><p>x</p></content></subsection></section></part>";
        let raw = read_one(&format!("<akomaNtoso><act>{HEAD}<body>{body}</body></act></akomaNtoso>"));
        assert_eq!(parts(&raw), ["chapter 1", "article 1"]);
    }

    #[test]
    fn judgments_and_debates_have_their_grounds_and_speakers() {
        let ground =
            "<judgmentBody><item><num>[4]</num><p>x</p><item><num>(a)</num><p>y</p></item></item></judgmentBody>";
        let raw = read_one(&format!("<akomaNtoso><judgment>{HEAD}{ground}</judgment></akomaNtoso>"));
        assert_eq!((raw.genre, parts(&raw)), (Some(Genre::Judgment), vec!["paragraph 4".to_owned()]));
        let speech = "<debateSection><heading>Eau</heading><speech by='#p1'><from>Mme U.</from><p>x</p></speech>\
                      <speech by='#p9'><from>M. Untel :</from><p>y</p></speech></debateSection>";
        let raw = read_one(&format!("<akomaNtoso><debate>{HEAD}{speech}</debate></akomaNtoso>"));
        assert_eq!(raw.genre, Some(Genre::Debate));
        assert_eq!(parts(&raw), ["speech Mme Unetelle", "speech M. Untel"]);
    }
}
