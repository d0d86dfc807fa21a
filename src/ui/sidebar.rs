//! What is known about the document, then its outline with the current place marked and kept in view. Facts that explain
//! themselves stand without a label.

use super::canvas::Canvas;
use crate::app::{App, Pane, Reading, Region};
use crate::document::Key;
use crate::layout::Role;
use crate::locale::Message;
use crate::text::grapheme::{truncate, width};

/// One line of the sidebar.
struct Entry {
    indent: u16,
    words: String,
    role: Role,
    marked: bool,
}

/// Facts that need no label.
const PLAIN: [Key; 3] = [Key::Institution, Key::Number, Key::Legislature];
/// Facts that are shown with their label.
const LABELLED: [Key; 17] = [
    Key::QuestionType,
    Key::Author,
    Key::AskedBy,
    Key::Sender,
    Key::Addressee,
    Key::Group,
    Key::Constituency,
    Key::MinistryAsked,
    Key::MinistryAnswering,
    Key::AskedOn,
    Key::AnsweredOn,
    Key::AdoptedOn,
    Key::Dated,
    Key::Place,
    Key::Heading,
    Key::Signatories,
    Key::SourceUrl,
];

/// Draws the sidebar.
pub fn draw(app: &App, region: Region, canvas: &mut Canvas<'_>) {
    let Some(reading) = &app.reading else { return };
    let region = Region { x: region.x + 1, width: region.width.saturating_sub(2), ..region };
    let mut entries = facts(app, reading, usize::from(region.width), canvas.glyphs().dot);
    let plan_at = entries.len();
    entries.extend(plan(app, reading));
    let height = usize::from(region.height);
    let marked = entries.iter().skip(plan_at).position(|entry| entry.marked).map_or(0, |at| plan_at + at);
    let top = if marked + 2 < height { 0 } else { marked + 1 - height / 2 };
    let top = top.min(entries.len().saturating_sub(height));
    for (row, entry) in entries.iter().skip(top).take(height).enumerate() {
        draw_entry(entry, region, region.y + row as u16, canvas);
    }
}

fn draw_entry(entry: &Entry, region: Region, y: u16, canvas: &mut Canvas<'_>) {
    if entry.marked {
        let sign = canvas.glyphs().current;
        canvas.put(region.x, y, 1, sign, Role::Current);
    }
    let room = region.width.saturating_sub(entry.indent);
    canvas.put_shortened(region.x + entry.indent, y, room, &entry.words, entry.role);
}

fn facts(app: &App, reading: &Reading, room: usize, dot: &str) -> Vec<Entry> {
    let document = &reading.opened.document;
    let catalogue = &app.catalogue;
    let kind = catalogue.text(format!("genre-{}", document.genre.name())).to_uppercase();
    let mut entries = vec![entry(0, kind, Role::Caption)];
    entries.extend(wrapped(&document.title, room, Role::Title));
    for key in PLAIN {
        if let Some(value) = document.metadata.get(key) {
            entries.extend(wrapped(value, room, Role::Dim));
        }
    }
    let date = document.date.as_ref().map_or_else(|| catalogue.text("unknown-date"), |date| catalogue.date(date));
    entries.push(entry(0, date, Role::Dim));
    entries.extend(joined(size(app, reading), room, dot));
    for key in LABELLED {
        let values = document.metadata.all(key);
        if !values.is_empty() {
            let label = catalogue.text(format!("key-{}", key.name().replace('_', "-")));
            let values: Vec<String> = values.iter().map(|value| catalogue.date(value)).collect();
            entries.extend(wrapped(
                &catalogue.say(&Message::new("labelled").with("label", label).with("value", values.join(", "))),
                room,
                Role::Dim,
            ));
        }
    }
    let summary = &reading.opened.summary;
    let path = summary.path.rsplit(['/', ':']).next().unwrap_or(&summary.path).to_owned();
    let member = summary.member.as_ref().map(|member| format!("{dot}{member}")).unwrap_or_default();
    entries.push(entry(0, format!("{path}{member}"), Role::Dim));
    entries
}

/// « français », « 3 000 mots », « 15 min »
fn size(app: &App, reading: &Reading) -> Vec<String> {
    let catalogue = &app.catalogue;
    let document = &reading.opened.document;
    let language = document.language.as_ref().map(|language| catalogue.language(language.primary()));
    let number = |key| document.metadata.get(key).and_then(|value| value.parse::<u64>().ok());
    let words = number(Key::Words).map(|words| catalogue.say(&Message::new("words").with("words", words)));
    let minutes = number(Key::ReadingMinutes)
        .map(|minutes| catalogue.say(&Message::new("reading-time").with("minutes", minutes)));
    [language, words, minutes].into_iter().flatten().collect()
}

/// Short facts on as few lines as hold them, none broken.
fn joined(facts: Vec<String>, room: usize, dot: &str) -> Vec<Entry> {
    let mut lines: Vec<String> = Vec::new();
    for fact in facts {
        match lines.last_mut() {
            Some(line) if width(line) + width(dot) + width(&fact) <= room => line.extend([dot, &fact]),
            _ => lines.push(fact),
        }
    }
    lines.into_iter().map(|line| entry(0, line, Role::Dim)).collect()
}

fn plan(app: &App, reading: &Reading) -> Vec<Entry> {
    if reading.outline().is_empty() {
        return Vec::new();
    }
    let current = if app.focus == Pane::Sidebar { Some(app.sidebar_section) } else { reading.section() };
    let heads = [
        entry(0, String::new(), Role::Dim),
        entry(0, app.catalogue.text("caption-outline").to_uppercase(), Role::Caption),
    ];
    let sections = reading.outline().iter().enumerate().map(|(at, section)| {
        let words = match &section.label {
            Some(label) => format!("{label}  {}", section.title),
            None => section.title.clone(),
        };
        let marked = current == Some(at);
        let indent = 2 * u16::from(section.level.clamp(1, 5));
        Entry { indent, words, role: if marked { Role::Current } else { Role::Dim }, marked }
    });
    heads.into_iter().chain(sections).collect()
}

fn entry(indent: u16, words: String, role: Role) -> Entry {
    Entry { indent, words, role, marked: false }
}

/// Words broken at spaces over at most three lines.
fn wrapped(words: &str, room: usize, role: Role) -> Vec<Entry> {
    let mut lines = Vec::new();
    let mut rest = words.trim();
    while !rest.is_empty() && room > 0 {
        if lines.len() == 2 || width(rest) <= room {
            lines.push(entry(0, rest.to_owned(), role));
            break;
        }
        let fitting = truncate(rest, room);
        let cut = fitting.rfind(' ').filter(|cut| *cut > 0).unwrap_or(fitting.len());
        if cut == 0 {
            break;
        }
        lines.push(entry(0, rest[..cut].to_owned(), role));
        rest = rest[cut..].trim_start();
    }
    lines
}
