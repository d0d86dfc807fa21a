//! Parses the verbatim record of a sitting of the Assemblée nationale (`compteRendu`): points of the agenda with
//! paragraphs, each with its speaker. Adjacent paragraphs of one speaker are one speech; a paragraph without a speaker
//! is a stage direction.

use roxmltree::Node;

use crate::document::{BlockKind, Genre, InlineKind, Key, PartKind};
use crate::extract::leaf_writer::LeafWriter;
use crate::extract::sourced::one_line;
use crate::extract::transcript::bare_name;
use crate::extract::xml::tree::{all_text as words, child, first_text};
use crate::extract::{RawBody, RawDocument};
use crate::text::{Language, date};

/// Fills `raw` from a record; returns `false` if it has no content.
pub(crate) fn fill_debate(root: Node, raw: &mut RawDocument) -> bool {
    let Some(content) = child(root, "contenu") else { return false };
    let mut writer = Writer::default();
    writer.walk(content);
    writer.end_turn();
    facts(root, content, raw);
    raw.genre = Some(Genre::Debate);
    raw.body = RawBody::Marked(writer.leaves.finish());
    true
}

fn facts(root: Node, content: Node, raw: &mut RawDocument) {
    let fact = |name: &str| first_text(root, &["metadonnees", name]);
    let day = fact("dateSeanceJour");
    let figures: String = fact("dateSeance").chars().take_while(char::is_ascii_digit).take(8).collect();
    let iso = (figures.len() == 8).then(|| format!("{}-{}-{}", &figures[..4], &figures[4..6], &figures[6..]));
    raw.date = iso.or_else(|| date::first(&day));
    let named = one_line(&first_text(content, &["quantiemes", "journee"]));
    raw.title = Some(if named.is_empty() && !day.is_empty() { format!("Séance du {day}") } else { named });
    raw.language = Language::new("fr");
    raw.metadata.set(Key::Institution, "Assemblée nationale");
    raw.metadata.set(Key::Country, "FR");
    raw.metadata.set(Key::Legislature, fact("legislature"));
    raw.metadata.set(Key::Dated, raw.date.clone().unwrap_or_default());
}

#[derive(Default)]
struct Writer {
    leaves: LeafWriter,
    turn: Option<String>,
}

impl Writer {
    /// Writes points and paragraphs in document order. The caller has limited the depth of the tree.
    fn walk(&mut self, node: Node) {
        for child in node.children().filter(Node::is_element) {
            match child.tag_name().name() {
                "point" => {
                    self.point(child);
                    self.walk(child);
                }
                "paragraphe" => self.paragraph(child),
                "orateurs" | "texte" => {}
                "quantiemes" => self.line(child),
                _ => self.walk(child),
            }
        }
    }

    /// Writes each heading line of the record as a paragraph.
    fn line(&mut self, node: Node) {
        for child in node.children().filter(Node::is_element) {
            self.leaves.start(BlockKind::Paragraph);
            self.leaves.text(&words(child));
        }
    }

    fn point(&mut self, point: Node) {
        let Some(title) = child(point, "texte").filter(|title| !words(*title).is_empty()) else { return };
        self.end_turn();
        let level = point.attribute("nivpoint").and_then(|level| level.parse().ok()).unwrap_or(1_u8).clamp(1, 5);
        self.leaves.start(BlockKind::Heading { level: level + 1 });
        self.text(title);
        self.leaves.end();
    }

    fn paragraph(&mut self, paragraph: Node) {
        let Some(text) = child(paragraph, "texte") else { return };
        let speakers = child(paragraph, "orateurs");
        let name = speakers.map(|speakers| first_text(speakers, &["orateur", "nom"])).unwrap_or_default();
        let label = bare_name(&name).to_owned();
        self.leaves.start(BlockKind::Paragraph);
        if !label.is_empty() && self.turn.as_ref() != Some(&label) {
            self.end_turn();
            self.leaves.open_part(PartKind::Speech, Some(label.clone()));
            self.turn = Some(label);
            self.leaves.inline(InlineKind::Strong, &name);
            let office = speakers.map(|speakers| first_text(speakers, &["orateur", "qualite"])).unwrap_or_default();
            if !office.is_empty() {
                self.leaves.text(", ");
                self.leaves.inline(InlineKind::Emphasis, &office);
            }
            self.leaves.start(BlockKind::Paragraph);
        }
        self.text(text);
        self.leaves.end();
    }

    fn end_turn(&mut self) {
        if self.turn.take().is_some() {
            self.leaves.close_part();
        }
    }

    /// Writes text with its inline marks; « n`[[o]]` » marks superscript as `exposant` does.
    fn text(&mut self, node: Node) {
        for child in node.children() {
            let kind = match child.tag_name().name() {
                _ if child.is_text() => {
                    self.text_with_superscripts(child.text().unwrap_or(""));
                    continue;
                }
                "br" => {
                    self.leaves.break_line(BlockKind::Paragraph);
                    continue;
                }
                "exposant" => Some(InlineKind::Superscript),
                "indice" => Some(InlineKind::Subscript),
                "italique" | "i" => Some(InlineKind::Emphasis),
                "gras" | "b" => Some(InlineKind::Strong),
                _ => None,
            };
            if let Some(kind) = &kind {
                self.leaves.open_inline(kind.clone());
            }
            self.text(child);
            if kind.is_some() {
                self.leaves.close_inline();
            }
        }
    }

    fn text_with_superscripts(&mut self, text: &str) {
        let mut rest = text;
        while let Some((before, (raised, behind))) =
            rest.split_once("[[").and_then(|(before, rest)| Some((before, rest.split_once("]]")?)))
        {
            self.leaves.text(before);
            self.leaves.inline(InlineKind::Superscript, raised);
            rest = behind;
        }
        self.leaves.text(rest);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::RawEvent;
    use crate::extract::xml::tree::parse;

    #[test]
    fn a_record_of_a_sitting_is_a_debate() {
        let text = "<compteRendu><metadonnees><dateSeance>20250523213000000</dateSeance>\
            <dateSeanceJour>vendredi 23 mai 2025</dateSeanceJour><legislature>17</legislature></metadonnees><contenu>\
            <point nivpoint='1'><texte>Fleuves (n[[o]] 12)</texte><paragraphe><orateurs><orateur><nom>Mme la présidente</nom>\
            <qualite/></orateur></orateurs><texte>La parole est à M. Untel.</texte></paragraphe><paragraphe><orateurs><orateur>\
            <nom>M. Jean Untel</nom><qualite>rapporteur</qualite></orateur></orateurs><texte>Merci. <italique>(Rires.)</italique>\
            </texte></paragraphe><paragraphe><orateurs/><texte>(L'article est adopté.)</texte></paragraphe></point>\
            </contenu></compteRendu>";
        let mut raw = RawDocument::default();
        assert!(fill_debate(parse(text).unwrap().root_element(), &mut raw));
        assert_eq!(raw.title.as_deref(), Some("Séance du vendredi 23 mai 2025"));
        assert_eq!((raw.date.as_deref(), raw.metadata.get(Key::Legislature)), (Some("2025-05-23"), Some("17")));
        let RawBody::Marked(events) = raw.body else { panic!("it is marked") };
        let written: String = events
            .iter()
            .map(|event| match event {
                RawEvent::Text { text, .. } => text.clone(),
                RawEvent::OpenPart { label, .. } => format!("<{}>", label.as_deref().unwrap_or("")),
                RawEvent::ClosePart => "</>".to_owned(),
                RawEvent::End => "|".to_owned(),
                _ => String::new(),
            })
            .collect();
        assert_eq!(
            written,
            "Fleuves (no 12)|<la présidente>Mme la présidente|La parole est à M. Untel.|</>\
             <Jean Untel>M. Jean Untel, rapporteur|Merci. (Rires.)|(L'article est adopté.)|</>"
        );
    }
}
