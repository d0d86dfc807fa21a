//! The JSON of the command line, field by field as its contract says. Keys and codes are not translated; `message` and a
//! place's `text` are in the reader's language. Offsets are UTF-8 bytes of a document's `text`.

use std::io::{self, Write};
use std::path::Path;
use std::sync::Arc;

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::document::{Acronym, BlockKind, Document, Metadata, Section, SetAside, Summary, place_names};
use crate::library::Problem;
use crate::locale::{Catalogue, Message};
use crate::search::{Facet, Facets};
use crate::text::{Language, TextRange};

/// Writes one object on a line.
pub(crate) fn line(out: &mut dyn Write, object: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, object)?;
    writeln!(out)
}

/// A document in a list.
#[derive(Serialize)]
pub(crate) struct Listed<'a> {
    id: &'a str,
    path: &'a str,
    member: Option<&'a str>,
    title: &'a str,
    genre: &'static str,
    language: Option<&'a str>,
    date: Option<&'a str>,
    words: u64,
}

impl<'a> Listed<'a> {
    pub(crate) fn of(summary: &'a Summary) -> Self {
        Self {
            id: &summary.id,
            path: &summary.path,
            member: summary.member.as_deref(),
            title: &summary.title,
            genre: summary.genre.name(),
            language: summary.language.as_ref().map(crate::text::Language::tag),
            date: summary.date.as_deref(),
            words: summary.words,
        }
    }
}

/// What `search` answers.
#[derive(Serialize)]
pub(crate) struct SearchObject<'a> {
    pub(crate) query: &'a str,
    pub(crate) total: usize,
    pub(crate) matches: usize,
    /// Of a saved search, how many documents are new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) new: Option<usize>,
    pub(crate) understood: Vec<UnderstoodObject>,
    pub(crate) hints: Vec<Said>,
    pub(crate) hits: Vec<HitObject<'a>>,
    pub(crate) facets: FacetsObject,
    pub(crate) index: IndexObject,
}

/// What all hits are, counted: values by the name of their facet, and how many hits have no date.
pub(crate) struct FacetsObject(pub(crate) Facets);

impl Serialize for FacetsObject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Value<'a> {
            value: &'a str,
            count: u32,
        }
        let mut map = serializer.serialize_map(None)?;
        for facet in Facet::ALL {
            let name = if facet == Facet::Date { "year" } else { facet.name() };
            let counts = self.0.of(facet).iter();
            let values: Vec<_> = counts.map(|one| Value { value: &one.value, count: one.documents }).collect();
            map.serialize_entry(name, &values)?;
        }
        map.serialize_entry("undated", &self.0.undated())?;
        map.end()
    }
}

#[derive(Serialize)]
pub(crate) struct UnderstoodObject {
    #[serde(rename = "as")]
    pub(crate) kind: &'static str,
    pub(crate) text: String,
    pub(crate) forms: Vec<String>,
}

impl UnderstoodObject {
    /// How one part of a query was understood.
    pub(crate) fn of(one: crate::search::Understood) -> Self {
        Self { kind: one.as_, text: one.text, forms: one.forms }
    }
}

/// What `search --batch` found for one line of its file.
#[derive(Serialize)]
pub(crate) struct BatchName<'a> {
    pub(crate) query: &'a str,
    /// From 1.
    pub(crate) line: usize,
    pub(crate) documents: usize,
    pub(crate) matches: usize,
    pub(crate) understood: Vec<UnderstoodObject>,
    pub(crate) hints: Vec<Said>,
    pub(crate) hits: &'a [BatchHit],
    /// Whether all that was asked for has been read.
    pub(crate) complete: bool,
}

/// A document that answers one line of a batch.
#[derive(Serialize)]
pub(crate) struct BatchHit {
    #[serde(serialize_with = "document")]
    #[serde(flatten)]
    pub(crate) summary: Arc<Summary>,
    matches: usize,
    pub(crate) places: Vec<BatchPlace>,
}

impl BatchHit {
    /// A document with its matches.
    pub(crate) fn of(summary: &Arc<Summary>, places: Vec<BatchPlace>) -> Self {
        Self { summary: Arc::clone(summary), matches: places.len(), places }
    }
}

/// The fields by which a document is known.
fn document<S: Serializer>(summary: &Summary, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    map.serialize_entry("id", &summary.id)?;
    map.serialize_entry("path", &summary.path)?;
    map.serialize_entry("member", &summary.member)?;
    map.serialize_entry("title", &summary.title)?;
    map.serialize_entry("genre", summary.genre.name())?;
    map.serialize_entry("date", &summary.date)?;
    map.end()
}

/// The place of a match.
#[derive(Serialize)]
pub(crate) struct BatchPlace {
    /// What the place is called; nothing outside every part.
    pub(crate) place: Option<PlaceObject>,
    pub(crate) start: u32,
    pub(crate) end: u32,
    #[serde(rename = "match")]
    pub(crate) words: String,
    pub(crate) passage: String,
}

/// A saved search.
#[derive(Serialize)]
pub(crate) struct SavedObject<'a> {
    pub(crate) name: &'a str,
    pub(crate) query: &'a str,
    /// What of it is not understood as it was typed.
    pub(crate) hints: Vec<Said>,
    pub(crate) documents: usize,
    pub(crate) new: usize,
    /// When its hits were shown last.
    pub(crate) looked: String,
    pub(crate) paths: Vec<String>,
    /// Whether all of them was read.
    pub(crate) complete: bool,
}

/// A file that gave no document.
#[derive(Serialize)]
pub(crate) struct NotReadObject<'a> {
    path: std::borrow::Cow<'a, str>,
    /// Its group: `skipped`, `without_text` or `unreadable`.
    kind: &'static str,
    code: &'a str,
    message: &'a str,
}

impl<'a> NotReadObject<'a> {
    pub(crate) fn of(path: &'a Path, problem: &'a Problem, message: &'a str) -> Self {
        Self { path: path.to_string_lossy(), kind: problem.kind.name(), code: &problem.code, message }
    }
}

/// A code with its sentence.
#[derive(Serialize)]
pub(crate) struct Said {
    code: String,
    message: String,
}

impl Said {
    /// A sentence under its code.
    pub(crate) fn new(code: &str, message: String) -> Self {
        Self { code: code.to_owned(), message }
    }

    /// The sentence is the message `family` + `-` + `code`.
    pub(crate) fn of(catalogue: &Catalogue, family: &str, code: &str, detail: &str) -> Self {
        let message = Message::new(format!("{family}-{code}")).with("detail", detail);
        Self { code: code.to_owned(), message: catalogue.say(&message) }
    }
}

#[derive(Serialize)]
pub(crate) struct HitObject<'a> {
    pub(crate) id: &'a str,
    pub(crate) path: &'a str,
    pub(crate) member: Option<&'a str>,
    pub(crate) title: &'a str,
    pub(crate) genre: &'static str,
    pub(crate) date: Option<&'a str>,
    pub(crate) score: f32,
    pub(crate) matches: usize,
    /// Of a saved search, whether it is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) new: Option<bool>,
    /// The id of the first document of its group: those that say the same, or nearly.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) group: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) best: Option<Best>,
}

#[derive(Serialize)]
pub(crate) struct Best {
    pub(crate) place: Option<PlaceObject>,
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) text: String,
    pub(crate) highlights: Vec<(u32, u32)>,
}

#[derive(Clone, Serialize)]
pub(crate) struct PlaceObject {
    pub(crate) kind: &'static str,
    pub(crate) label: Option<String>,
    pub(crate) text: String,
    /// The text after `#` in `lutrin show DOCUMENT#AT` that shows this part.
    pub(crate) at: String,
}

impl PlaceObject {
    /// The section of that number; `names` are those of all sections.
    pub(crate) fn of(catalogue: &Catalogue, sections: &[Section], names: &[String], at: usize) -> Option<Self> {
        let (section, name) = (sections.get(at)?, names.get(at)?);
        let text = catalogue.section(sections, at);
        Some(Self { kind: section.kind.name(), label: section.label.clone(), text, at: name.clone() })
    }
}

#[derive(Serialize)]
pub(crate) struct IndexObject {
    pub(crate) documents: u64,
    pub(crate) updated: Option<String>,
    /// Files that were skipped because of their format, a rule, their size or their type.
    pub(crate) skipped: u64,
    /// Files that could not be read.
    pub(crate) unreadable: u64,
    /// Files in which there is no text.
    pub(crate) without_text: u64,
    /// Whether all that was asked for has been read.
    pub(crate) complete: bool,
    /// Whether the library that is compiled in answers.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) built_in: bool,
}

/// A whole document.
#[derive(Serialize)]
pub(crate) struct Shown<'a> {
    id: &'a str,
    path: &'a str,
    member: Option<&'a str>,
    format: &'a str,
    genre: &'static str,
    language: Option<&'a str>,
    title: &'a str,
    date: Option<&'a str>,
    metadata: Facts<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Placed>,
    outline: Vec<Entry>,
    blocks: Vec<BlockObject<'a>>,
    footnotes: Vec<Note<'a>>,
    acronyms: &'a [Acronym],
    references: Vec<ReferenceObject<'a>>,
    set_aside: Vec<Aside<'a>>,
    warnings: Vec<Said>,
    text: &'a str,
}

/// The place that was asked for.
#[derive(Serialize)]
pub(crate) struct Placed {
    #[serde(flatten)]
    pub(crate) place: Option<PlaceObject>,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

#[derive(Serialize)]
struct Entry {
    level: u8,
    kind: &'static str,
    label: Option<String>,
    title: String,
    at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<Language>,
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct BlockObject<'a> {
    kind: &'static str,
    label: Option<&'a str>,
    start: u32,
    end: u32,
}

#[derive(Serialize)]
struct Note<'a> {
    label: &'a str,
    text: &'a str,
    references: Vec<u32>,
}

#[derive(Serialize)]
struct ReferenceObject<'a> {
    text: &'a str,
    start: u32,
    end: u32,
    names: Option<&'a str>,
    target: Option<&'a str>,
}

/// Text removed from the running text, and its position in it.
#[derive(Serialize)]
struct Aside<'a> {
    kind: &'a str,
    text: &'a str,
    start: u32,
}

/// Facts by name: one value as a string, several as a list.
struct Facts<'a>(&'a Metadata);

impl Serialize for Facts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (key, values) in self.0.iter() {
            match values {
                [value] => map.serialize_entry(key.name(), value)?,
                values => map.serialize_entry(key.name(), values)?,
            }
        }
        map.end()
    }
}

impl<'a> Shown<'a> {
    pub(crate) fn of(
        catalogue: &Catalogue,
        summary: &'a Summary,
        document: &'a Document,
        place: Option<Placed>,
    ) -> Self {
        let outline = document.outline();
        let names = place_names(&outline);
        Self {
            id: &summary.id,
            path: &summary.path,
            member: summary.member.as_deref(),
            format: &document.format,
            genre: document.genre.name(),
            language: document.language.as_ref().map(crate::text::Language::tag),
            title: &document.title,
            date: document.date.as_deref(),
            metadata: Facts(&document.metadata),
            place,
            outline: outline.into_iter().zip(names).map(entry).collect(),
            blocks: blocks(document),
            footnotes: footnotes(document),
            acronyms: &document.acronyms,
            references: references(document),
            set_aside: document.set_aside.iter().map(aside).collect(),
            warnings: warnings(catalogue, document),
            text: &document.text,
        }
    }
}

fn entry((section, at): (Section, String)) -> Entry {
    let (start, end) = ends(section.range);
    Entry {
        level: section.level,
        kind: section.kind.name(),
        label: section.label,
        title: section.title,
        at,
        language: section.language,
        start,
        end,
    }
}

fn aside(aside: &SetAside) -> Aside<'_> {
    Aside { kind: &aside.kind, text: &aside.text, start: aside.at.into() }
}

fn blocks(document: &Document) -> Vec<BlockObject<'_>> {
    let written = document.blocks.iter().filter(|block| block.kind != BlockKind::Rule);
    let object = |block: &'_ crate::document::Block| ends(block.range);
    written
        .map(|block| {
            let (start, end) = object(block);
            BlockObject { kind: block.kind.name(), label: block.label.as_deref(), start, end }
        })
        .collect()
}

fn footnotes(document: &Document) -> Vec<Note<'_>> {
    let notes = document.footnotes.iter();
    notes
        .map(|note| Note {
            label: &note.label,
            text: document.slice(note.body),
            references: note.references.iter().map(|&at| at.into()).collect(),
        })
        .collect()
}

fn references(document: &Document) -> Vec<ReferenceObject<'_>> {
    let references = document.references.iter();
    references
        .map(|reference| {
            let (start, end) = ends(reference.range);
            let names = Some(reference.names.as_str()).filter(|names| !names.is_empty());
            let text = document.slice(reference.range);
            ReferenceObject { text, start, end, names, target: reference.target.as_deref() }
        })
        .collect()
}

fn warnings(catalogue: &Catalogue, document: &Document) -> Vec<Said> {
    let warnings = document.warnings.iter();
    warnings.map(|warning| Said::of(catalogue, "warning", &warning.code, &warning.detail)).collect()
}

/// Start and end as JSON says them.
pub(crate) fn ends(range: TextRange) -> (u32, u32) {
    (range.start().into(), range.end().into())
}
