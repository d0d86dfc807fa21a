//! The sidebar: metadata, acronyms, references and citing documents, then the outline around the present place. Without the
//! focus it is folded to what fits; with the focus every line can be selected. Only the sections in view are worded, because
//! there may be thousands. Drawing is `ui`'s concern.

use super::action::Actions;
use super::list::document_list::DocumentList;
use super::panes::Region;
use super::reader::pane::ReaderPane;
use super::reader::state::ReaderState;
use crate::document::{DocumentKey, Genre, Key, PartKind};
use crate::layout::Role;
use crate::locale::{Catalogue, Message};
use crate::text::grapheme::{truncate, width};

/// Maximum number of lines of one entry.
const LINES: usize = 3;
/// Minimum number of rows that the outline keeps below the other groups.
const LEAST_OUTLINE: usize = 6;
/// Maximum number of references, and of citing documents, that are listed.
const MOST: usize = 200;
/// Indentation of the lines below a caption, in cells.
const INDENT: u16 = 2;

/// The metadata that are shown with a label, in this order.
const LABELLED: [Key; 18] = [
    Key::QuestionType,
    Key::Author,
    Key::AskedBy,
    Key::Sender,
    Key::Addressee,
    Key::Constituency,
    Key::Group,
    Key::MinistryAsked,
    Key::MinistryAnswering,
    Key::AskedOn,
    Key::AnsweredOn,
    Key::AdoptedOn,
    Key::Dated,
    Key::Place,
    Key::Heading,
    Key::Subject,
    Key::Signatories,
    Key::SourceUrl,
];

/// The sidebar.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sidebar {
    /// The selected line while the sidebar has the focus.
    pub(crate) row: usize,
    /// Whether the sidebar is shown where it is hidden by default, or hidden where it is shown by default.
    pub toggled: bool,
}

/// The target of a line of the sidebar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SidebarTarget {
    /// A section, by its index.
    Section(usize),
    /// The document with an id.
    Id(String),
    /// A document.
    Document(DocumentKey),
}

/// One line of the sidebar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SidebarLine {
    /// Indentation in cells.
    pub indent: u16,
    pub(crate) words: String,
    /// Its role in the theme.
    pub role: Role,
    /// Whether it is selected, or the section that is being read.
    pub marked: bool,
    /// What Enter opens.
    pub target: Option<SidebarTarget>,
}

impl SidebarLine {
    fn new(indent: u16, words: impl Into<String>, role: Role) -> Self {
        Self { indent, words: words.into(), role, marked: false, target: None }
    }
}

impl Sidebar {
    /// Selects the section that is being read: the sidebar gets the focus.
    pub(crate) fn select_section(&mut self, content: Option<&SidebarContent<'_>>) {
        let Some(content) = content else { return };
        self.row = content.reader.section().map_or(0, |at| content.head_rows() + 2 + at);
    }

    /// Moves the selection by lines.
    pub(crate) fn move_by(&mut self, by: isize, content: Option<&SidebarContent<'_>>) {
        let rows = content.map_or(0, |content| content.head_rows() + outline_rows(content.reader));
        self.row = self.row.saturating_add_signed(by).min(rows.saturating_sub(1));
    }

    /// The target of the selected line.
    pub(crate) fn target(&self, content: Option<&SidebarContent<'_>>) -> Option<SidebarTarget> {
        let content = content?;
        let head = content.groups().concat();
        match self.row.checked_sub(head.len()) {
            None => head.get(self.row)?.target.clone(),
            Some(row) => content.outline_line(row).target,
        }
    }
}

/// Enter in the sidebar: goes to the section, or opens the document, of the selected line.
pub(crate) fn follow(target: Option<SidebarTarget>, reader: &mut ReaderPane, list: &mut DocumentList) -> Actions {
    match target {
        Some(SidebarTarget::Section(section)) => reader.go_to_section(section),
        Some(SidebarTarget::Id(id)) => reader.find_document(id),
        Some(SidebarTarget::Document(key)) => reader.open_by_reference(key, list),
        None => Actions::notice_of("follow-none"),
    }
}

/// The text of the sidebar for the open document.
#[derive(Clone, Copy)]
pub(crate) struct SidebarContent<'a> {
    pub(crate) reader: &'a ReaderState,
    pub(crate) catalogue: &'a Catalogue,
    pub(crate) ascii: bool,
    /// Width of the text, in cells.
    pub(crate) room: usize,
}

impl SidebarContent<'_> {
    /// The lines in view, from the top; `selected` is the selected line while the sidebar has the focus.
    pub(crate) fn lines(self, height: usize, selected: Option<usize>) -> Vec<SidebarLine> {
        let groups = self.groups();
        if let Some(selected) = selected {
            return self.scrolled(&groups.concat(), height, selected);
        }
        let rows = outline_rows(self.reader);
        let mut lines = self.folded(groups, height.saturating_sub(rows.min(LEAST_OUTLINE.max(height / 3))));
        lines.extend(self.outline_around(height.saturating_sub(lines.len())));
        lines
    }

    /// All lines, scrolled to the selected one.
    fn scrolled(self, head: &[SidebarLine], height: usize, selected: usize) -> Vec<SidebarLine> {
        let total = head.len() + outline_rows(self.reader);
        let chosen = selected.min(total.saturating_sub(1));
        let top = if chosen + 1 < height { 0 } else { chosen + 1 - height / 2 }.min(total.saturating_sub(height));
        let rows = (top..total).take(height);
        rows.map(|row| {
            let mut line = match row.checked_sub(head.len()) {
                None => head[row].clone(),
                Some(row) => self.outline_line(row),
            };
            line.marked = row == chosen;
            line
        })
        .collect()
    }

    /// The first group and as much of the others as fits, without splitting an entry; entries that do not fit are counted.
    fn folded(self, groups: Vec<Vec<SidebarLine>>, budget: usize) -> Vec<SidebarLine> {
        let mut lines: Vec<SidebarLine> = Vec::new();
        for mut group in groups {
            let left = budget.saturating_sub(lines.len());
            if !lines.is_empty() && group.len() > left {
                if left < 4 {
                    break;
                }
                let begins = |line: &SidebarLine| line.indent == INDENT;
                let kept = (0..left).rev().find(|&at| begins(&group[at])).unwrap_or(0);
                let more = group[kept..].iter().filter(|line| begins(line)).count();
                group.truncate(kept);
                let more = self.catalogue.say(&Message::new("more-lines").with("lines", more));
                group.push(SidebarLine::new(INDENT, more, Role::Dim));
            }
            lines.extend(group);
        }
        lines
    }

    /// The caption of the outline and the sections around the present place.
    fn outline_around(self, height: usize) -> Vec<SidebarLine> {
        let total = outline_rows(self.reader);
        if total == 0 || height < 3 {
            return Vec::new();
        }
        let current = self.reader.section();
        let row = current.map_or(0, |at| at + 2);
        let body = height - 2;
        let first =
            if row < height { 0 } else { (row - body / 2).saturating_sub(2) }.min((total - 2).saturating_sub(body));
        let rows = (0..2).chain((2 + first..total).take(body));
        rows.map(|row| {
            let mut line = self.outline_line(row);
            line.marked = current.is_some_and(|at| row == at + 2);
            if line.marked {
                line.role = Role::Current;
            }
            line
        })
        .collect()
    }

    /// A row of the outline: a blank row, the caption, then the sections.
    fn outline_line(self, row: usize) -> SidebarLine {
        let sections = self.reader.outline();
        let Some(section) = row.checked_sub(2).and_then(|at| sections.get(at)) else {
            let words = if row == 1 { self.catalogue.text("caption-outline").to_uppercase() } else { String::new() };
            return SidebarLine::new(0, words, Role::Caption);
        };
        let at = row - 2;
        let words = match section.kind {
            PartKind::Heading => section.title.clone(),
            _ => format!("{}  {}", self.catalogue.section_short(sections, at), section.title),
        };
        let indent = 2 * u16::from(section.level.clamp(1, 4));
        SidebarLine { target: Some(SidebarTarget::Section(at)), ..SidebarLine::new(indent, words, Role::Dim) }
    }

    fn head_rows(self) -> usize {
        self.groups().iter().map(Vec::len).sum()
    }

    fn groups(self) -> Vec<Vec<SidebarLine>> {
        let groups = [self.facts(), self.acronyms(), self.references(), self.citing()];
        groups.into_iter().filter(|group| !group.is_empty()).collect()
    }

    fn facts(self) -> Vec<SidebarLine> {
        let document = &self.reader.opened.document;
        let kind = self.catalogue.text(format!("genre-{}", document.genre.name())).to_uppercase();
        let mut lines = vec![SidebarLine::new(0, kind, Role::Caption)];
        lines.extend(wrapped(&document.title, self.room, 0, Role::Title));
        for key in [Key::Institution, Key::Number, Key::Legislature] {
            lines.extend(document.metadata.all(key).iter().flat_map(|value| {
                let labelled = key == Key::Legislature;
                wrapped(&if labelled { self.labelled(key, value) } else { value.clone() }, self.room, 0, Role::Dim)
            }));
        }
        lines.extend(self.delay().map(|(words, role)| SidebarLine::new(0, words, role)));
        if let Some(date) = self.date() {
            lines.push(SidebarLine::new(0, date, Role::Dim));
        }
        for key in LABELLED {
            if let Some(fact) = self.fact(key) {
                lines.extend(wrapped(&fact, self.room, 0, Role::Dim));
            }
        }
        let dot = self.dot();
        lines.extend(joined(self.measures(), self.room, dot));
        let summary = &self.reader.opened.summary;
        let path = summary.path.rsplit(['/', ':']).next().unwrap_or(&summary.path).to_owned();
        let member = summary.member.as_ref().map(|member| format!("{dot}{member}")).unwrap_or_default();
        lines.push(SidebarLine::new(0, format!("{path}{member}"), Role::Dim));
        lines
    }

    /// « réponse en 56 jours », « pas de réponse dans ce document ». Only its source knows whether a question was never
    /// answered.
    fn delay(self) -> Option<(String, Role)> {
        let document = &self.reader.opened.document;
        if let Some(days) = document.metadata.days_to_answer() {
            return Some((self.catalogue.say(&Message::new("answered-after").with("days", days)), Role::Text));
        }
        let asks = matches!(document.genre, Genre::WrittenQuestion | Genre::OralQuestion | Genre::GovernmentQuestion);
        let answered = document.metadata.get(Key::AnsweredOn).is_some()
            || document.parts.iter().any(|part| part.kind == PartKind::Answer);
        (asks && !answered).then(|| (self.catalogue.text("unanswered"), Role::Notice))
    }

    /// The date of the document, unless a labelled entry has the same date.
    fn date(self) -> Option<String> {
        let document = &self.reader.opened.document;
        let dates = [Key::AskedOn, Key::AnsweredOn, Key::AdoptedOn, Key::Dated];
        let mut labelled = dates.iter().filter_map(|key| document.metadata.get(*key));
        match &document.date {
            Some(date) => (!labelled.any(|known| known == date)).then(|| self.catalogue.date(date)),
            None => labelled.next().is_none().then(|| self.catalogue.text("unknown-date")),
        }
    }

    /// A metadata value with its label, unless another line has the same value.
    fn fact(self, key: Key) -> Option<String> {
        let document = &self.reader.opened.document;
        let facts = &document.metadata;
        let values = facts.all(key);
        let repeated = match key {
            Key::MinistryAnswering => values == facts.all(Key::MinistryAsked),
            Key::Subject => values.first() == Some(&document.title),
            Key::QuestionType => {
                let kind = self.catalogue.text(format!("genre-{}", document.genre.name()));
                values.first().is_some_and(|value| value.to_lowercase() == kind.to_lowercase())
            }
            _ => false,
        };
        if values.is_empty() || repeated {
            return None;
        }
        let values: Vec<String> = values.iter().map(|value| self.catalogue.date(value)).collect();
        let page = match key {
            Key::AskedOn => facts.get(Key::AskedPage),
            Key::AnsweredOn => facts.get(Key::AnsweredPage),
            _ => None,
        };
        let value = values.join(", ");
        let value = match page {
            Some(page) => self.catalogue.say(&Message::new("on-page").with("value", value).with("page", page)),
            None => value,
        };
        Some(self.labelled(key, &value))
    }

    fn labelled(self, key: Key, value: &str) -> String {
        let label = self.catalogue.text(format!("key-{}", key.name().replace('_', "-")));
        self.catalogue.say(&Message::new("labelled").with("label", label).with("value", value))
    }

    /// « français », « 3 000 mots », « 15 min »
    fn measures(self) -> Vec<String> {
        let document = &self.reader.opened.document;
        let language = document.language.as_ref().map(|language| self.catalogue.language(language.primary()));
        let number = |key| document.metadata.get(key).and_then(|value| value.parse::<u64>().ok());
        let words = number(Key::Words).map(|words| self.catalogue.say(&Message::new("words").with("words", words)));
        let minutes = number(Key::ReadingMinutes)
            .map(|minutes| self.catalogue.say(&Message::new("reading-time").with("minutes", minutes)));
        [language, words, minutes].into_iter().flatten().collect()
    }

    fn acronyms(self) -> Vec<SidebarLine> {
        let acronyms = self.reader.opened.document.acronyms.iter();
        let lines = acronyms
            .flat_map(|acronym| wrapped(&format!("{}  {}", acronym.short, acronym.long), self.room, INDENT, Role::Dim));
        self.captioned("caption-acronyms", lines.collect())
    }

    /// The references, each once: first those to documents of the library.
    fn references(self) -> Vec<SidebarLine> {
        let document = &self.reader.opened.document;
        let mut seen = std::collections::HashSet::new();
        let (mut here, mut elsewhere) = (Vec::new(), Vec::new());
        for reference in document.references.iter().take(10 * MOST) {
            let words = document.slice(reference.range);
            // « 4 » of « articles 1er, 4 et 5 du code » means nothing without the others.
            let bare = reference.names.contains('#') && words.bytes().all(|byte| byte.is_ascii_digit());
            if bare && reference.target.is_none() {
                continue;
            }
            let name = if reference.names.is_empty() { words } else { reference.names.as_str() };
            if seen.len() >= MOST || !seen.insert(reference.target.as_deref().unwrap_or(name)) {
                continue;
            }
            match &reference.target {
                Some(id) => here.extend(linking(words, self.room, Role::Link, &SidebarTarget::Id(id.clone()))),
                None => elsewhere.extend(wrapped(words, self.room, INDENT, Role::Dim)),
            }
        }
        here.append(&mut elsewhere);
        self.captioned("caption-references", here)
    }

    fn citing(self) -> Vec<SidebarLine> {
        let citing = self.reader.opened.cited_by.iter().take(MOST);
        let lines = citing
            .flat_map(|document| {
                linking(&document.title, self.room, Role::Link, &SidebarTarget::Document(document.key))
            })
            .collect();
        self.captioned("caption-cited-by", lines)
    }

    fn captioned(self, caption: &str, lines: Vec<SidebarLine>) -> Vec<SidebarLine> {
        if lines.is_empty() {
            return lines;
        }
        let caption = self.catalogue.text(caption).to_uppercase();
        let head = [SidebarLine::new(0, "", Role::Dim), SidebarLine::new(0, caption, Role::Caption)];
        head.into_iter().chain(lines).collect()
    }

    fn dot(self) -> &'static str {
        if self.ascii { " - " } else { " · " }
    }
}

/// The part of the sidebar's region that holds text.
pub fn sidebar_box(region: Region) -> Region {
    Region { x: region.x + 1, width: region.width.saturating_sub(2), ..region }
}

/// Number of rows of the outline: a blank row, a caption, the sections.
fn outline_rows(reading: &ReaderState) -> usize {
    match reading.outline().len() {
        0 => 0,
        sections => sections + 2,
    }
}

fn linking(words: &str, room: usize, role: Role, target: &SidebarTarget) -> Vec<SidebarLine> {
    let lines = wrapped(words, room, INDENT, role).into_iter();
    lines.map(|line| SidebarLine { target: Some(target.clone()), ..line }).collect()
}

/// Short entries on as few lines as possible, none split.
fn joined(facts: Vec<String>, room: usize, dot: &str) -> Vec<SidebarLine> {
    let mut lines: Vec<String> = Vec::new();
    for fact in facts {
        match lines.last_mut() {
            Some(line) if width(line) + width(dot) + width(&fact) <= room => line.extend([dot, &fact]),
            _ => lines.push(fact),
        }
    }
    lines.into_iter().map(|line| SidebarLine::new(0, line, Role::Dim)).collect()
}

/// A text broken at spaces over at most three lines, all but the first indented.
fn wrapped(words: &str, room: usize, indent: u16, role: Role) -> Vec<SidebarLine> {
    let mut lines: Vec<SidebarLine> = Vec::new();
    let mut rest = words.trim();
    while !rest.is_empty() {
        let indent = indent + if lines.is_empty() { 0 } else { INDENT };
        let room = room.saturating_sub(usize::from(indent));
        if lines.len() + 1 == LINES || width(rest) <= room || room == 0 {
            lines.push(SidebarLine::new(indent, rest, role));
            break;
        }
        let fitting = truncate(rest, room);
        let cut = fitting.rfind(' ').filter(|cut| *cut > 0).unwrap_or(fitting.len());
        if cut == 0 {
            break;
        }
        lines.push(SidebarLine::new(indent, rest[..cut].trim_end(), role));
        rest = rest[cut..].trim_start();
    }
    lines
}
