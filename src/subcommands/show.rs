//! `lutrin show`: one document, or the part of it at a place, as text, outline, JSON, or as it was in the file.

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use super::output::json;
use super::output::json::{PlaceObject, Placed, Shown};
use super::shelf::{self, STANDARD_INPUT, Turn};
use super::{DONE, Desk, Failure, shown};
use crate::cli::{ERROR_STATUS, Form, Target};
use crate::document::{Document, DocumentKey, Located, PartKind, PlaceName, Summary, place_names};
use crate::dossier::indexing;
use crate::index::Index;
use crate::layout::Layout;
use crate::library::{BUILT_IN_LEAD, Library, LibraryError, Scope, Unnamed};
use crate::locale::Message;
use crate::text::grapheme::width;
use crate::text::{Affinity, TextRange};

/// The widest text that is comfortable to read on a terminal.
const MEASURE: u16 = 72;

pub(super) fn answer(desk: &mut Desk, target: &Target, form: Form, columns: Option<u16>) -> Result<u8, Failure> {
    let (name, place) = meant(target);
    let (library, keys) = resolve(desk, name)?;
    let Some(&key) = keys.first() else { return not_there(desk, &library, name) };
    let Some(summary) = library.summaries(&[key])?.pop() else { return Err(LibraryError::Gone.into()) };
    if keys.len() > 1 {
        let several = Message::new("show-first-of-several")
            .with("name", shown(&name.to_string_lossy()))
            .with("documents", keys.len())
            .with("id", summary.id.as_str());
        desk.tell(&several)?;
    }
    if form == Form::Original {
        return original(desk, &library, key);
    }
    let document = library.resolved(key)?;
    let located = match place {
        None => None,
        Some(place) => Some(document.locate(place).ok_or_else(|| no_place(target))?),
    };
    match form {
        Form::Json => write_json(desk, &summary, &document, located)?,
        Form::Outline => write_outline(desk, &document)?,
        Form::Text | Form::Original => write_text(desk, &document, located.as_ref(), columns)?,
    }
    Ok(DONE)
}

/// A file whose very name holds a `#` comes before a place.
fn meant(target: &Target) -> (&Path, Option<&PlaceName>) {
    match &target.place {
        Some(place) if !target.whole.exists() => (&target.document, Some(place)),
        _ => (&target.whole, None),
    }
}

/// The documents of a path or an id, and the library that holds them.
fn resolve(desk: &mut Desk, name: &Path) -> Result<(Library, Vec<DocumentKey>), Failure> {
    if name == Path::new(STANDARD_INPUT) {
        return alone(desk, name);
    }
    if name.is_dir() {
        let folder = Message::new("show-folder").with("path", shown(&name.to_string_lossy()));
        return Err(Failure::Said(folder));
    }
    if name.exists() {
        return file(desk, name);
    }
    // Whatever is wrong with a path that is there must be told; one that is not may be an id.
    let text = name.to_string_lossy();
    if text.starts_with(BUILT_IN_LEAD) {
        return in_built_in(&text);
    }
    let (library, index) = shelf::opened(desk, Turn::ReadAlong)?;
    let (scope, is_new) = match library.unnamed()? {
        Unnamed::Scope(scope) => (scope, false),
        unnamed => (Scope::everything(), unnamed == Unnamed::BuiltIn),
    };
    let mut keys = library.find_by_id_or_path(&text, &scope)?;
    if keys.is_empty() && !is_new && !indexing::is_whole(&library, &index, &Scope::everything())? {
        shelf::filled(desk, &library, index.clone(), Scope::everything())?;
        keys = library.find_by_id_or_path(&text, &scope)?;
    }
    if !keys.is_empty() || !is_new {
        return as_it_is_now(desk, library, index, (&text, keys));
    }
    let (built_in, keys) = in_built_in(&text)?;
    if !keys.is_empty() {
        desk.tell(&Message::new("built-in-answers"))?;
    }
    Ok((built_in, keys))
}

/// The documents of the built-in library that a path or an id means.
fn in_built_in(text: &str) -> Result<(Library, Vec<DocumentKey>), Failure> {
    let library = shelf::read_built_in()?;
    let keys = library.find_by_id_or_path(text, &Scope::everything())?;
    Ok((library, keys))
}

/// The documents of an id or a path, as their file is now; of an id, as they were read when it is away.
fn as_it_is_now(
    desk: &mut Desk,
    library: Library,
    index: Index,
    (text, keys): (&str, Vec<DocumentKey>),
) -> Result<(Library, Vec<DocumentKey>), Failure> {
    let Some(path) = keys.first().map(|key| library.path(*key)).transpose()? else { return Ok((library, keys)) };
    if library.is_gone(&path)? {
        return Ok((library, Vec::new()));
    }
    if !path.is_file() {
        // At the path nothing is; of what is away only its id still speaks.
        let by_id = library.summaries(&keys)?.into_iter().filter(|one| one.id.eq_ignore_ascii_case(text));
        let keys = by_id.map(|one| one.key).collect();
        return Ok((library, keys));
    }
    let shelf = shelf::up_to_date(desk, &library, index, Scope::of([path]))?;
    let keys = shelf.library.find_by_id_or_path(text, &shelf.scope)?;
    Ok((shelf.library, keys))
}

/// A file in a known root is looked up there; any other is read without being kept.
fn file(desk: &mut Desk, path: &Path) -> Result<(Library, Vec<DocumentKey>), Failure> {
    let Some((library, index)) = shelf::kept(desk, Turn::ReadAlong)? else { return alone(desk, path) };
    let absolute = library.locate(path)?;
    if !library.is_known(&absolute)? {
        return alone(desk, path);
    }
    let shelf = shelf::up_to_date(desk, &library, index, Scope::of([absolute]))?;
    let keys = shelf.library.find_by_id_or_path(&path.to_string_lossy(), &shelf.scope)?;
    if keys.is_empty() { alone(desk, path) } else { Ok((shelf.library, keys)) }
}

fn alone(desk: &mut Desk, path: &Path) -> Result<(Library, Vec<DocumentKey>), Failure> {
    let shelf = shelf::in_memory(desk, &[path.to_owned()])?;
    let keys = shelf.library.keys(&Scope::everything(), crate::library::Order::Path)?;
    Ok((shelf.library, keys))
}

/// Says that there is nothing; a file that gave no document has already been told of.
fn not_there(desk: &mut Desk, library: &Library, name: &Path) -> Result<u8, Failure> {
    let has_told = library.is_in_memory() && !library.problems(&Scope::everything(), 1)?.is_empty();
    if !has_told {
        desk.tell(&Message::new("show-no-document").with("name", shown(&name.to_string_lossy())))?;
    }
    Ok(ERROR_STATUS)
}

fn no_place(target: &Target) -> Failure {
    let message = Message::new("show-no-place")
        .with("name", shown(&target.document.to_string_lossy()))
        .with("place", shown(&place_of(&target.whole)));
    Failure::Said(message)
}

fn place_of(whole: &Path) -> String {
    let whole = whole.to_string_lossy();
    whole.rsplit_once('#').map_or_else(String::new, |(_, place)| place.to_owned())
}

fn original(desk: &mut Desk, library: &Library, key: DocumentKey) -> Result<u8, Failure> {
    let text = library.original(key)?;
    desk.out.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        writeln!(desk.out)?;
    }
    Ok(DONE)
}

fn write_json(
    desk: &mut Desk,
    summary: &Summary,
    document: &Document,
    located: Option<Located>,
) -> Result<(), Failure> {
    let place = located.map(|located| {
        let (start, end) = json::ends(located.range);
        let sections = document.outline();
        let names = place_names(&sections);
        let at = sections.iter().position(|section| Some(section) == located.section.as_ref());
        Placed { place: at.and_then(|at| PlaceObject::of(desk.catalogue, &sections, &names, at)), start, end }
    });
    Ok(json::line(desk.out, &Shown::of(desk.catalogue, summary, document, place))?)
}

fn write_outline(desk: &mut Desk, document: &Document) -> Result<(), Failure> {
    let sections = document.outline();
    let highest = sections.iter().map(|section| section.level).min().unwrap_or_default();
    for (at, section) in sections.iter().enumerate() {
        let indent = "  ".repeat(usize::from(section.level - highest));
        let place = match section.kind {
            PartKind::Heading => String::new(),
            _ => shown(&desk.catalogue.section(&sections, at)) + "  ",
        };
        writeln!(desk.out, "{indent}{place}{}", shown(&section.title))?;
    }
    Ok(())
}

fn write_text(
    desk: &mut Desk,
    document: &Arc<Document>,
    located: Option<&Located>,
    columns: Option<u16>,
) -> Result<(), Failure> {
    let range = located.map_or_else(|| TextRange::from(document.as_ref()), |located| located.range);
    match columns.or(desk.screen.columns.map(|columns| columns.min(MEASURE))) {
        None => writeln!(desk.out, "{}", document.slice(range).trim_end_matches('\n'))?,
        Some(columns) => write_rows(desk.out, document, range, columns)?,
    }
    Ok(())
}

/// The text as the reader would lay it out.
fn write_rows(out: &mut dyn Write, document: &Arc<Document>, range: TextRange, columns: u16) -> Result<(), Failure> {
    let mut layout = Layout::new(Arc::clone(document), columns.max(1));
    let mut at = Some(layout.position(range.start(), Affinity::Downstream).row_start());
    let last = layout.position(range.end(), Affinity::Upstream).row_start();
    while let Some(row) = at.filter(|row| *row <= last) {
        writeln!(out, "{}", row_of(layout.line(row), &document.text))?;
        at = layout.next_row(row);
    }
    Ok(())
}

fn row_of(line: &crate::layout::Line, text: &str) -> String {
    let mut row = String::new();
    for run in &line.runs {
        let gap = usize::from(run.column).saturating_sub(width(&row));
        row.extend(std::iter::repeat_n(' ', gap));
        row += run.shown(text);
    }
    row.truncate(row.trim_end().len());
    row
}
