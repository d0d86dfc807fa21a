//! Finds the parts of a resolution in their required order: citations, recitals, operative paragraphs with their
//! points. A paragraph without a mark belongs to the previous part only if another part of the same list follows; text
//! between two lists or after the last belongs to no part.

use super::head;
use super::opening::{self, ParagraphMark};
use super::vocabulary::{ANNEXES, AdoptingBody, BODIES, CITATIONS, DEMANDS, PARTICIPLES, RECALLINGS, RECITALS};
use crate::document::{BlockKind, Document, Part, PartKind};
use crate::genre::reading::wording::{plain, running, starts_with_any};
use crate::text::{TextRange, TextSize};

/// Maximum length of the title of a section in a resolution, in bytes.
const MAX_TITLE_BYTES: usize = 120;

/// Result of [`read_parts`].
#[derive(Default)]
pub(super) struct ResolutionParts {
    /// Parts, in order.
    pub parts: Vec<Part>,
    /// Blocks that are titles of sections.
    pub titles: Vec<(usize, BlockKind)>,
    /// Body that is the subject of the sentence, if it is named.
    pub body: Option<&'static AdoptingBody>,
    /// Start of the resolution: the name of its body, otherwise its first part.
    pub start: Option<TextSize>,
}

impl ResolutionParts {
    /// Number of parts of a kind.
    pub(super) fn count(&self, kind: PartKind) -> usize {
        self.parts.iter().filter(|part| part.kind == kind).count()
    }
}

/// A leaf with the properties used for classification.
struct Leaf<'a> {
    block: usize,
    range: TextRange,
    kind: BlockKind,
    text: &'a str,
    opening: ParagraphMark,
    /// First words after the mark, in comparable form.
    words: String,
}

/// Classification of a leaf.
enum LeafRole {
    Citation(Option<String>),
    Recital(Option<String>),
    Paragraph(Option<String>),
    Point(String, u8),
    Title(u8),
    Continuation,
    End,
}

pub(super) fn read_parts(document: &Document) -> ResolutionParts {
    let leaves: Vec<Leaf> = running(document).map(|(block, leaf)| Leaf::new(document, block, leaf.range)).collect();
    let mut reader = Reader::default();
    for (at, leaf) in leaves.iter().enumerate() {
        if let Some(body) = opener(&leaf.words).filter(|_| reader.found.parts.is_empty()) {
            reader.found.body = Some(body);
            reader.found.start = Some(leaf.range.start());
            continue;
        }
        reader.numbered |= head::numbered(leaf.text).is_some();
        match reader.classify(leaf, leaves.get(at + 1)) {
            LeafRole::End => break,
            step => reader.add_leaf(step, leaf),
        }
    }
    reader.found
}

/// Returns the body whose name is the whole line: « Le Parlement européen, ».
fn opener(words: &str) -> Option<&'static AdoptingBody> {
    let name = words.trim_end_matches([',', ':', ' ']);
    BODIES.iter().find(|body| body.opener == name)
}

impl<'a> Leaf<'a> {
    fn new(document: &'a Document, block: usize, range: TextRange) -> Self {
        let text = document.slice(range);
        let (opening, rest) = opening::split_mark(text);
        Self { block, range, kind: document.blocks[block].kind, text, opening, words: plain(rest) }
    }

    fn is_heading(&self) -> bool {
        matches!(self.kind, BlockKind::Heading { .. })
    }

    /// Whether the leaf begins with a participle: « Profondément préoccupée par … , ».
    fn is_participle(&self) -> bool {
        let ends = |word: &str| PARTICIPLES.iter().any(|ending| word.ends_with(ending));
        self.text.trim_end().ends_with(',') && self.words.split(' ').take(2).any(ends)
    }

    /// Whether the leaf is a short line that is not a sentence.
    fn is_titular(&self) -> bool {
        let text = self.text.trim();
        self.opening == ParagraphMark::Plain
            && text.len() <= MAX_TITLE_BYTES
            && text.starts_with(char::is_uppercase)
            && !text.ends_with(['.', ',', ';', ':', '!', '?'])
    }
}

/// State of the reader, and the result so far.
#[derive(Default)]
struct Reader {
    found: ResolutionParts,
    citations: usize,
    letter: u32,
    number: u32,
    /// Level of the current section; 1 outside of sections.
    section: u8,
    /// Index of the last part that is not a point.
    open: Option<usize>,
    /// Label of the last point, while its paragraph is open.
    point: Option<String>,
    /// Whether the open points are one level below letters.
    roman_below: bool,
    /// Whether an operative paragraph was found.
    has_operative: bool,
    /// Whether the title is the kind and a number; such texts may have no preamble.
    numbered: bool,
    /// End of the paragraphs after the open part.
    tail: Option<TextSize>,
}

impl Reader {
    fn classify(&self, leaf: &Leaf, next: Option<&Leaf>) -> LeafRole {
        if self.is_end(leaf) {
            return LeafRole::End;
        }
        if let BlockKind::Heading { level } = leaf.kind {
            return LeafRole::Title(level);
        }
        if let Some(step) = self.operative(leaf) {
            return step;
        }
        if self.number == 0
            && let Some(step) = self.preamble(leaf)
        {
            return step;
        }
        let followed =
            |next: &Leaf| matches!(next.opening, ParagraphMark::Number(_, value) if value == self.number + 1);
        if self.has_preamble() && leaf.is_titular() && next.is_some_and(followed) {
            return LeafRole::Title(2);
        }
        LeafRole::Continuation
    }

    fn is_end(&self, leaf: &Leaf) -> bool {
        let short = leaf.is_heading() || leaf.text.len() <= MAX_TITLE_BYTES;
        self.has_operative && short && leaf.opening == ParagraphMark::Plain && starts_with_any(&leaf.words, ANNEXES)
    }

    fn has_preamble(&self) -> bool {
        self.numbered || self.found.body.is_some() || !self.found.parts.is_empty()
    }

    fn preamble(&self, leaf: &Leaf) -> Option<LeafRole> {
        let words = leaf.words.as_str();
        let is_recital = starts_with_any(words, RECITALS);
        match &leaf.opening {
            ParagraphMark::Letter(label, value) => {
                let counts = *value == self.letter + 1 && (self.letter > 0 || self.has_preamble());
                let named = is_recital || starts_with_any(words, CITATIONS);
                (counts || named).then(|| LeafRole::Recital(Some(label.clone())))
            }
            ParagraphMark::Plain | ParagraphMark::Dash if self.letter > 0 => None,
            ParagraphMark::Plain | ParagraphMark::Dash if starts_with_any(words, CITATIONS) => {
                Some(LeafRole::Citation(Some((self.citations + 1).to_string())))
            }
            ParagraphMark::Plain | ParagraphMark::Dash if is_recital => Some(LeafRole::Recital(None)),
            ParagraphMark::Plain | ParagraphMark::Dash if self.found.body.is_some() && !self.has_operative => {
                match (starts_with_any(words, RECALLINGS), leaf.is_participle()) {
                    (true, _) => Some(LeafRole::Citation(None)),
                    (_, true) => Some(LeafRole::Recital(None)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    fn operative(&self, leaf: &Leaf) -> Option<LeafRole> {
        match &leaf.opening {
            ParagraphMark::Number(label, value) => {
                let counts = *value > self.number && *value <= self.number + if self.number == 0 { 1 } else { 2 };
                (counts && self.has_preamble()).then(|| LeafRole::Paragraph(Some(label.clone())))
            }
            ParagraphMark::Levels(label, first, depth) if *first == self.number && self.number > 0 => {
                Some(LeafRole::Point(label.clone(), depth.saturating_sub(1)))
            }
            ParagraphMark::Point(label) if self.has_operative => {
                Some(LeafRole::Point(label.clone(), self.depth(label)))
            }
            ParagraphMark::Plain if self.number == 0 && self.found.body.is_some() && !self.found.parts.is_empty() => {
                let first = leaf.words.split(' ').next().unwrap_or("").trim_end_matches(',');
                let demands = DEMANDS.contains(&first) || starts_with_any(&leaf.words, DEMANDS) && first.len() > 4;
                (demands && !leaf.text.trim_end().ends_with(',')).then_some(LeafRole::Paragraph(None))
            }
            _ => None,
        }
    }

    /// Returns 1 for a point of a paragraph, 2 for one below a letter.
    fn depth(&self, label: &str) -> u8 {
        let roman = opening::is_roman(label, self.point.as_deref());
        let under_letter = self.point.as_deref().is_some_and(|point| !opening::is_roman(point, None));
        if roman && (under_letter || self.roman_below) { 2 } else { 1 }
    }

    fn add_leaf(&mut self, step: LeafRole, leaf: &Leaf) {
        match step {
            LeafRole::Citation(label) => {
                self.citations += 1;
                self.part(PartKind::Citation, label, leaf.range);
            }
            LeafRole::Recital(label) => {
                if let ParagraphMark::Letter(_, value) = leaf.opening {
                    self.letter = value;
                }
                self.part(PartKind::Recital, label, leaf.range);
            }
            LeafRole::Paragraph(label) => {
                if let ParagraphMark::Number(_, value) = leaf.opening {
                    self.number = value;
                }
                self.part(PartKind::Paragraph, label, leaf.range);
            }
            LeafRole::Point(label, depth) => self.add_point(label, depth, leaf.range),
            LeafRole::Title(level) => self.add_title(level, leaf),
            LeafRole::Continuation => self.tail = self.open.map(|_| leaf.range.end()),
            LeafRole::End => {}
        }
    }

    fn part(&mut self, kind: PartKind, label: Option<String>, range: TextRange) {
        self.absorb_tail(kind);
        self.has_operative |= kind == PartKind::Paragraph;
        self.found.start.get_or_insert(range.start());
        self.open = Some(self.found.parts.len());
        (self.point, self.roman_below) = (None, false);
        self.found.parts.push(Part::new(kind, label, self.section.max(1) + 1, range));
    }

    /// Extends the open part by the paragraphs after it, because its list continues.
    fn absorb_tail(&mut self, kind: PartKind) {
        let tail = self.tail.take();
        let open = self.open.map(|open| &mut self.found.parts[open]).filter(|open| open.kind == kind);
        if let (Some(open), Some(tail)) = (open, tail) {
            open.range = TextRange::new(open.range.start(), tail.max(open.range.end()));
        }
    }

    fn add_point(&mut self, label: String, depth: u8, range: TextRange) {
        self.absorb_tail(PartKind::Paragraph);
        let level = self.section.max(1) + 1 + depth;
        self.roman_below = depth > 1 && opening::is_roman(&label, None);
        self.point = Some(label.clone());
        if let Some(open) = self.open {
            let whole = self.found.parts[open].range;
            self.found.parts[open].range = whole.cover(range);
            self.found.parts.push(Part::new(PartKind::Paragraph, Some(label), level, range));
        }
    }

    /// Adds the title of a section: it ends the previous part, and the following parts are below it.
    fn add_title(&mut self, level: u8, leaf: &Leaf) {
        (self.tail, self.point) = (None, None);
        if !self.found.parts.is_empty() {
            self.section = level;
            self.open = None;
            if !leaf.is_heading() {
                self.found.titles.push((leaf.block, BlockKind::Heading { level }));
            }
        }
    }
}
