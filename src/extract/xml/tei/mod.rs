//! Extracts text from TEI: the text of a file, or each text of a corpus, with its divisions, notes and, in a debate,
//! its speeches (Parla-CLARIN, ParlaMint, and `sp` and `u` as other projects use them). [`header`] reads the header. An
//! ill-formed file is read by [`untyped`]. Names, dates and tokens marked inside sentences are plain words.

mod header;

use roxmltree::Node;

use self::header::TeiHeader;
use super::untyped;
use crate::document::{BlockKind, Genre, InlineKind, PartKind};
use crate::extract::encoding::decode_text;
use crate::extract::leaf_writer::LeafWriter;
use crate::extract::sourced::one_line;
use crate::extract::xml::tree::all_text as words;
use crate::extract::xml::tree::parse;
use crate::extract::{ExtractError, RawBody, RawDocument, RawEvent};

/// Maximum depth of a tree that is parsed; no valid file is nested deeper.
const MAX_DEPTH: usize = 200;
/// Elements that are metadata or page furniture.
const HIDDEN: &[&str] = &[
    "teiHeader",
    "listEvent",
    "listPerson",
    "listOrg",
    "standOff",
    "facsimile",
    "sourceDoc",
    "spanGrp",
    "linkGrp",
    "timeline",
    "fw",
];

/// Extracts each text of a TEI file.
pub(crate) fn extract(
    bytes: &[u8],
    format: &'static str,
    sink: &mut dyn FnMut(RawDocument),
) -> Result<(), ExtractError> {
    let (text, warnings) = decode_text(bytes)?;
    let tree = if untyped::max_depth(&text) <= MAX_DEPTH { parse(&text) } else { None };
    let Some(tree) = tree else { return untyped::extract(bytes, "xml", sink) };
    let files: Vec<Node> = tree.descendants().filter(|node| node.has_tag_name_of("TEI")).collect();
    let corpus = TeiHeader::parse(tree.root_element(), None);
    let several = files.len() > 1;
    let mut found = false;
    for (number, file) in files.into_iter().enumerate() {
        let mut raw = RawDocument { format, warnings: warnings.clone(), ..RawDocument::default() };
        let id = file.attribute(("http://www.w3.org/XML/1998/namespace", "id"));
        raw.member = several.then(|| id.map_or_else(|| (number + 1).to_string(), str::to_owned));
        let header = TeiHeader::parse(file, (file != tree.root_element()).then_some(&corpus));
        let (events, speeches) = Writer::write(file, &header);
        header.write_into(&mut raw);
        raw.genre = (speeches && header.is_parliamentary()).then_some(Genre::Debate);
        if events.iter().any(|event| matches!(event, RawEvent::Text { .. })) {
            raw.body = RawBody::Marked(events);
            sink(raw);
            found = true;
        }
    }
    if found { Ok(()) } else { untyped::extract(bytes, "xml", sink) }
}

/// Compares element names in any namespace, since old files declare none.
trait Named {
    fn has_tag_name_of(&self, name: &str) -> bool;
}

impl Named for Node<'_, '_> {
    fn has_tag_name_of(&self, name: &str) -> bool {
        self.tag_name().name() == name
    }
}

struct Writer<'h> {
    leaves: LeafWriter,
    header: &'h TeiHeader<'h>,
    /// Number of open divisions.
    divisions: u8,
    speeches: usize,
    /// Printed name of the next speaker, written before the first words.
    speaker: Option<String>,
    /// Labels and bodies of notes, appended at the end.
    notes: Vec<(String, String)>,
    /// Whether the last token is joined to the next without a space.
    joined: bool,
}

impl<'h> Writer<'h> {
    /// Returns the events of a text, and whether it has speeches.
    fn write(file: Node, header: &'h TeiHeader<'h>) -> (Vec<RawEvent>, bool) {
        let leaves = LeafWriter::default();
        let (speaker, notes) = (None, Vec::new());
        let mut writer = Self { leaves, header, divisions: 0, speeches: 0, speaker, notes, joined: false };
        for text in file.children().filter(|node| node.has_tag_name_of("text")) {
            writer.walk(text);
        }
        writer.flush_speaker();
        let mut events = writer.leaves.finish();
        for (label, body) in writer.notes {
            let mut note = LeafWriter::default();
            note.start(BlockKind::Footnote);
            note.text(&body);
            events.push(RawEvent::Note(label));
            events.extend(note.finish());
            events.push(RawEvent::EndNote);
        }
        (events, writer.speeches > 0)
    }

    /// Writes the content of an element. The caller has limited the depth of the tree.
    fn walk(&mut self, node: Node) {
        for child in node.children() {
            if child.is_text() {
                self.words(child.text().unwrap_or(""));
            } else if child.is_element() && !HIDDEN.contains(&child.tag_name().name()) {
                self.element(child);
            }
        }
    }

    fn element(&mut self, node: Node) {
        match node.tag_name().name() {
            "div" | "div1" | "div2" | "div3" | "div4" => self.division(node),
            "head" => self.leaf(node, BlockKind::Heading { level: (self.divisions + 1).clamp(2, 6) }),
            "u" | "sp" => self.speech(node),
            "speaker" => self.speaker = Some(one_line(&words(node))),
            "note" if node.attribute("type") == Some("speaker") => {
                self.flush_speaker();
                self.speaker = Some(one_line(&words(node)));
            }
            "note" if is_foot_note(node) => self.foot_note(node),
            "note" | "stage" | "kinesic" | "vocal" | "incident" | "gap" => self.direction(node),
            "p" | "seg" | "l" | "ab" | "docDate" | "docTitle" | "byline" | "opener" | "closer" | "signed"
            | "salute" => {
                self.leaf(node, BlockKind::Paragraph);
            }
            "item" => self.leaf(node, BlockKind::Item),
            "table" => self.container(node, BlockKind::Table),
            "row" => self.container(node, BlockKind::Row),
            "cell" => self.leaf(node, BlockKind::Cell),
            "quote" | "cit" if !self.leaves.in_leaf() => self.container(node, BlockKind::Quote),
            "lb" => self.leaves.space(),
            "pb" | "cb" | "milestone" | "anchor" | "graphic" => {}
            "s" => {
                self.joined = false;
                self.leaves.space();
                self.walk(node);
            }
            "w" | "pc" if node.ancestors().any(|above| above.has_tag_name_of("s")) => self.token(node),
            _ => self.inline(node),
        }
    }

    fn division(&mut self, node: Node) {
        self.flush_speaker();
        self.leaves.end();
        self.divisions += 1;
        self.walk(node);
        self.leaves.end();
        self.divisions -= 1;
    }

    /// Writes a leaf; a paragraph inside another leaf, as in an item, continues that leaf.
    fn leaf(&mut self, node: Node, kind: BlockKind) {
        if self.leaves.in_leaf() && kind == BlockKind::Paragraph && node.parent().is_some_and(|up| is_leaf(up)) {
            self.leaves.space();
            return self.walk(node);
        }
        self.leaves.start(kind);
        self.walk(node);
        self.leaves.end();
    }

    fn container(&mut self, node: Node, kind: BlockKind) {
        self.leaves.open_container(kind);
        self.walk(node);
        self.leaves.close_container();
    }

    fn speech(&mut self, node: Node) {
        if node.has_tag_name_of("sp") {
            self.flush_speaker();
        }
        self.speeches += 1;
        let printed = node.descendants().find(|inside| {
            inside.has_tag_name_of("speaker")
                || inside.has_tag_name_of("note") && inside.attribute("type") == Some("speaker")
        });
        let printed = printed.map(|printed| one_line(&words(printed))).or_else(|| self.speaker.clone());
        let label = self.header.speaker(node.attribute("who"), printed.as_deref());
        self.leaves.open_part(PartKind::Speech, Some(label.unwrap_or_else(|| self.speeches.to_string())));
        self.walk(node);
        self.flush_speaker();
        self.leaves.close_part();
    }

    /// Writes applause, interruptions and votes: in parentheses inside a sentence, otherwise as a paragraph.
    fn direction(&mut self, node: Node) {
        let text = one_line(&words(node));
        let text = if text.is_empty() { node.attribute("text").unwrap_or("").to_owned() } else { text };
        if text.is_empty() {
            return;
        }
        if self.leaves.in_leaf() {
            self.leaves.space();
            let closed = text.starts_with(['(', '[']);
            self.leaves.inline(InlineKind::Emphasis, &if closed { text } else { format!("({text})") });
            return self.leaves.space();
        }
        self.flush_speaker();
        self.leaves.start(BlockKind::Paragraph);
        self.leaves.inline(InlineKind::Emphasis, &text);
        self.leaves.end();
    }

    fn foot_note(&mut self, node: Node) {
        let label = node.attribute("n").map_or_else(|| (self.notes.len() + 1).to_string(), str::to_owned);
        self.leaves.inline(InlineKind::FootnoteReference { label: label.clone() }, &label);
        self.notes.push((label, one_line(&words(node))));
    }

    /// Writes the words of an inline element, with its typographic rendering.
    fn inline(&mut self, node: Node) {
        let name = node.tag_name().name();
        let rend = node.attribute("rend").or(node.attribute("rendition")).unwrap_or("");
        let kind = match name {
            "hi" if rend.contains("sup") => Some(InlineKind::Superscript),
            "hi" if rend.contains("sub") => Some(InlineKind::Subscript),
            "hi" if rend.contains("bold") || rend.contains('b') && rend.len() == 1 => Some(InlineKind::Strong),
            "hi" | "emph" | "title" | "foreign" => Some(InlineKind::Emphasis),
            "del" => Some(InlineKind::Deleted),
            "ref" | "ptr" => node.attribute("target").map(|target| InlineKind::Link { target: one_line(target) }),
            // An empty stage direction whose text is in an attribute.
            _ if !node.has_children() && node.attribute("text").is_some() => return self.direction(node),
            _ => None,
        };
        let kind = kind.filter(|_| self.leaves.in_leaf());
        if let Some(kind) = &kind {
            self.leaves.open_inline(kind.clone());
        }
        self.walk(node);
        if kind.is_some() {
            self.leaves.close_inline();
        }
    }

    /// Writes a token of an annotated text, separated by a space unless it is joined to the previous one.
    fn token(&mut self, node: Node) {
        if !self.joined {
            self.leaves.space();
        }
        self.words(words(node).as_str());
        self.joined = matches!(node.attribute("join"), Some("right" | "both"));
    }

    /// Writes text; text outside a leaf becomes a paragraph.
    fn words(&mut self, text: &str) {
        if text.trim().is_empty() {
            if self.leaves.in_leaf() && !self.joined {
                self.leaves.space();
            }
            return;
        }
        if let Some(speaker) = self.speaker.take() {
            self.leaves.inline(InlineKind::Strong, &speaker);
            let stopped = speaker.ends_with(['.', ':', '-', '–', '—']);
            if stopped {
                self.leaves.space();
            } else if !text.trim_start().starts_with(['.', ',', ':']) {
                self.leaves.start(BlockKind::Paragraph);
            }
            return self.leaves.text(text.trim_start_matches(|c: char| c.is_ascii_whitespace()));
        }
        self.leaves.text(text);
    }

    /// Writes a speaker's name without a speech as a line of its own.
    fn flush_speaker(&mut self) {
        if let Some(speaker) = self.speaker.take() {
            self.leaves.start(BlockKind::Paragraph);
            self.leaves.inline(InlineKind::Strong, &speaker);
            self.leaves.end();
        }
    }
}

fn is_leaf(node: Node) -> bool {
    matches!(node.tag_name().name(), "p" | "seg" | "item" | "head" | "cell" | "l" | "ab")
}

fn is_foot_note(node: Node) -> bool {
    matches!(node.attribute("place"), Some("foot" | "bottom" | "end" | "margin"))
        || node.attribute("type") == Some("footnote")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(xml: &str) -> (Option<Genre>, Option<String>, String) {
        let mut found = None;
        extract(xml.as_bytes(), "tei", &mut |raw| {
            let RawBody::Marked(events) = raw.body else { return };
            let text = events.iter().map(|event| match event {
                RawEvent::Text { text, .. } => text.clone(),
                RawEvent::OpenPart { label, .. } => format!("<{}>", label.as_deref().unwrap_or("")),
                RawEvent::ClosePart => "</>".to_owned(),
                RawEvent::End => "|".to_owned(),
                RawEvent::Note(label) => format!("[{label}]"),
                _ => String::new(),
            });
            found = Some((raw.genre, raw.title, text.collect()));
        })
        .unwrap();
        found.unwrap()
    }

    #[test]
    fn speeches_are_parts_labelled_by_speaker() {
        let (genre, title, text) = written(
            "<TEI xmlns='http://www.tei-c.org/ns/1.0' xml:lang='en'><teiHeader><fileDesc><titleStmt><title>A sitting</title>\
             <meeting n='2'/></titleStmt></fileDesc><profileDesc><particDesc><listPerson><person xml:id='p1'><persName>\
             <surname>Doe</surname><forename>Jane</forename></persName></person></listPerson></particDesc></profileDesc>\
             </teiHeader><text><body><div><head>Rivers</head><note type='speaker'>Ms DOE:</note><u who='#p1'><seg>One \
             <kinesic><desc>Applause</desc></kinesic> two.<note place='foot' n='4'>See three.</note></seg><pb/><seg>Three.</seg></u>\
             <note type='vote'>For 47.</note><u who='#JohnSmith'><seg>Four.</seg></u><u><seg>Five.</seg></u></div></body></text></TEI>",
        );
        assert_eq!((genre, title.as_deref()), (Some(Genre::Debate), Some("A sitting")));
        assert_eq!(
            text,
            "Rivers|<Jane Doe>Ms DOE: One (Applause) two.4|Three.|</>For 47.|<John Smith>Four.|</><3>Five.|</>[4]See three.|"
        );
    }

    #[test]
    fn a_printed_speaker_labels_the_speech_and_precedes_its_words() {
        let (genre, _, text) = written(
            "<TEI><teiHeader><fileDesc><titleStmt><title>Séance du mardi 29 janvier 2013</title></titleStmt></fileDesc></teiHeader>\
             <text><body><sp who='le_président'><speaker>le président</speaker><p>. La séance est ouverte.</p><p>Suite.</p></sp>\
             <sp who='Jean_Untel'><speaker>Jean Untel, ministre.</speaker><x:m xmlns:x='urn:x'><p> Oui <x:i text='Rires.'/></p></x:m>\
             </sp></body></text></TEI>",
        );
        assert_eq!(genre, Some(Genre::Debate));
        assert_eq!(
            text,
            "<le président>le président. La séance est ouverte.|Suite.|</><Jean Untel>Jean Untel, ministre. Oui (Rires.)|</>"
        );
    }

    #[test]
    fn plays_and_editions_are_no_debates() {
        let play = "<TEI><teiHeader><fileDesc><titleStmt><title>A Play</title></titleStmt></fileDesc></teiHeader><text><body>\
             <sp><speaker>Anna</speaker><p>One.</p></sp><sp><speaker>Ben</speaker><p>Two.</p></sp></body></text></TEI>";
        let edition = "<TEI><teiHeader/><text><body><p>A <hi rend='sup'>b</hi> c.</p></body></text></TEI>";
        for (xml, text) in [(play, "<Anna>Anna|One.|</><Ben>Ben|Two.|</>"), (edition, "A b c.|")] {
            let (genre, _, found) = written(xml);
            assert_eq!((genre, found.as_str()), (None, text));
        }
    }

    #[test]
    fn tokens_are_joined_as_they_say() {
        let (_, _, text) = written(
            "<TEI><teiHeader/><text><body><u><seg><s><w join='right'>Yes</w><pc>,</pc> <w>and</w> <w join='right'>no</w><pc>.</pc></s>\
             </seg></u></body></text></TEI>",
        );
        assert_eq!(text, "<1>Yes, and no.|</>");
    }
}
