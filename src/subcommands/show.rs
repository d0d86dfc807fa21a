//! `lutrin show`: one document, or the part of it at a place, as text, outline, JSON, or as it was in the file.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::output::json;
use super::output::json::{PlaceObject, Placed, Shown};
use super::output::{CommandError, DONE, OutputContext, shown};
use crate::cli::{ERROR_STATUS, Form};
use crate::document::{Document, DocumentKey, Located, PartKind, PlaceName, Summary, Target, place_names};
use crate::dossier::{Dossier, IfBusy, STANDARD_INPUT, indexing, read_built_in};
use crate::index::Index;
use crate::layout::Layout;
use crate::library::{BUILT_IN_LEAD, Library, LibraryError, Scope, Unnamed};
use crate::locale::Message;
use crate::text::grapheme::width;
use crate::text::{Affinity, TextRange};

/// The widest text that is comfortable to read on a terminal.
const MEASURE: u16 = 72;

pub(super) fn answer(
    output: &mut OutputContext,
    target: &Target,
    form: Form,
    columns: Option<u16>,
) -> Result<u8, CommandError> {
    let (name, place) = meant(target);
    let (library, keys) = resolve(output, name)?;
    let Some(&key) = keys.first() else { return not_there(output, &library, name) };
    let Some(summary) = library.summaries(&[key])?.pop() else { return Err(LibraryError::Gone.into()) };
    if keys.len() > 1 {
        let several = Message::new("show-first-of-several")
            .with("name", shown(&name.to_string_lossy()))
            .with("documents", keys.len())
            .with("id", summary.id.as_str());
        output.report(&several)?;
    }
    if form == Form::Original {
        return original(output, &library, key);
    }
    let document = library.resolved(key)?;
    let located = match place {
        None => None,
        Some(place) => Some(document.locate(place).ok_or_else(|| no_place(target))?),
    };
    match form {
        Form::Json => write_json(output, &summary, &document, located)?,
        Form::Outline => write_outline(output, &document)?,
        Form::Text | Form::Original => write_text(output, &document, located.as_ref(), columns)?,
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
fn resolve(output: &mut OutputContext, name: &Path) -> Result<(Library, Vec<DocumentKey>), CommandError> {
    if name == Path::new(STANDARD_INPUT) {
        return alone(output, name);
    }
    if name.is_dir() {
        let folder = Message::new("show-folder").with("path", shown(&name.to_string_lossy()));
        return Err(CommandError::Worded(folder));
    }
    if name.exists() {
        return file(output, name);
    }
    // A problem with an existing path must be reported; a path that does not exist may be an id.
    let text = name.to_string_lossy();
    if text.starts_with(BUILT_IN_LEAD) {
        return in_built_in(&text);
    }
    let (library, index) = output.opening(|context| context.required(IfBusy::UseStored))?;
    let (scope, is_new) = match library.unnamed()? {
        Unnamed::Scope(scope) => (scope, false),
        unnamed => (Scope::everything(), unnamed == Unnamed::BuiltIn),
    };
    let mut keys = library.find_by_id_or_path(&text, &scope)?;
    if keys.is_empty() && !is_new && !indexing::is_whole(&library, &index, &Scope::everything())? {
        output.opening(|context| context.complete(&library, index.clone(), Scope::everything()))?;
        keys = library.find_by_id_or_path(&text, &scope)?;
    }
    if !keys.is_empty() || !is_new {
        return as_it_is_now(output, library, index, (&text, keys));
    }
    let (built_in, keys) = in_built_in(&text)?;
    if !keys.is_empty() {
        output.report(&Message::new("built-in-answers"))?;
    }
    Ok((built_in, keys))
}

/// The documents of the built-in library that a path or an id means.
fn in_built_in(text: &str) -> Result<(Library, Vec<DocumentKey>), CommandError> {
    let library = read_built_in()?;
    let keys = library.find_by_id_or_path(text, &Scope::everything())?;
    Ok((library, keys))
}

/// The documents of an id or a path, as their file is now; of an id, as they were read when it is away.
fn as_it_is_now(
    output: &mut OutputContext,
    library: Library,
    index: Index,
    (text, keys): (&str, Vec<DocumentKey>),
) -> Result<(Library, Vec<DocumentKey>), CommandError> {
    let Some(path) = keys.first().map(|key| library.path(*key)).transpose()? else { return Ok((library, keys)) };
    if library.is_gone(&path)? {
        return Ok((library, Vec::new()));
    }
    if !path.is_file() {
        // Nothing is at the path; a document of a missing file is only available by id.
        let by_id = library.summaries(&keys)?.into_iter().filter(|one| one.id.eq_ignore_ascii_case(text));
        let keys = by_id.map(|one| one.key).collect();
        return Ok((library, keys));
    }
    let Dossier { library, scope, .. } = up_to_date(output, &library, index, path)?;
    let keys = library.find_by_id_or_path(text, &scope)?;
    Ok((library, keys))
}

/// A file in a known root is looked up there; any other is read without being kept.
fn file(output: &mut OutputContext, path: &Path) -> Result<(Library, Vec<DocumentKey>), CommandError> {
    let Some((library, index)) = output.opening(|context| context.stored(IfBusy::UseStored))? else {
        return alone(output, path);
    };
    let absolute = library.locate(path)?;
    if !library.is_known(&absolute)? {
        return alone(output, path);
    }
    let Dossier { library, scope, .. } = up_to_date(output, &library, index, absolute)?;
    let keys = library.find_by_id_or_path(&path.to_string_lossy(), &scope)?;
    if keys.is_empty() { alone(output, path) } else { Ok((library, keys)) }
}

/// A file of a library, brought up to date.
fn up_to_date(
    output: &mut OutputContext,
    library: &Library,
    index: Index,
    path: PathBuf,
) -> Result<Dossier, CommandError> {
    let scope = Scope::of([path]);
    let opened = output.opening(|context| context.up_to_date(library, index, scope, IfBusy::UseStored))?;
    Ok(opened.dossier)
}

fn alone(output: &mut OutputContext, path: &Path) -> Result<(Library, Vec<DocumentKey>), CommandError> {
    let Dossier { library, .. } = output.opening(|context| Dossier::open_alone(&[path.to_owned()], context))?.dossier;
    let keys = library.keys(&Scope::everything(), crate::library::Order::Path)?;
    Ok((library, keys))
}

/// Reports that there is no document, unless the reason was already reported.
fn not_there(output: &mut OutputContext, library: &Library, name: &Path) -> Result<u8, CommandError> {
    let has_told = library.is_in_memory() && !library.problems(&Scope::everything(), 1)?.is_empty();
    if !has_told {
        output.report(&Message::new("show-no-document").with("name", shown(&name.to_string_lossy())))?;
    }
    Ok(ERROR_STATUS)
}

fn no_place(target: &Target) -> CommandError {
    let message = Message::new("show-no-place")
        .with("name", shown(&target.document.to_string_lossy()))
        .with("place", shown(&place_of(&target.whole)));
    CommandError::Worded(message)
}

fn place_of(whole: &Path) -> String {
    let whole = whole.to_string_lossy();
    whole.rsplit_once('#').map_or_else(String::new, |(_, place)| place.to_owned())
}

fn original(output: &mut OutputContext, library: &Library, key: DocumentKey) -> Result<u8, CommandError> {
    let text = library.original(key)?;
    output.out.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        writeln!(output.out)?;
    }
    Ok(DONE)
}

fn write_json(
    output: &mut OutputContext,
    summary: &Summary,
    document: &Document,
    located: Option<Located>,
) -> Result<(), CommandError> {
    let place = located.map(|located| {
        let (start, end) = json::ends(located.range);
        let sections = document.outline();
        let names = place_names(&sections);
        let at = sections.iter().position(|section| Some(section) == located.section.as_ref());
        Placed { place: at.and_then(|at| PlaceObject::of(output.catalogue, &sections, &names, at)), start, end }
    });
    Ok(json::line(output.out, &Shown::of(output.catalogue, summary, document, place))?)
}

fn write_outline(output: &mut OutputContext, document: &Document) -> Result<(), CommandError> {
    let sections = document.outline();
    let highest = sections.iter().map(|section| section.level).min().unwrap_or_default();
    for (at, section) in sections.iter().enumerate() {
        let indent = "  ".repeat(usize::from(section.level - highest));
        let place = match section.kind {
            PartKind::Heading => String::new(),
            _ => shown(&output.catalogue.section(&sections, at)) + "  ",
        };
        writeln!(output.out, "{indent}{place}{}", shown(&section.title))?;
    }
    Ok(())
}

fn write_text(
    output: &mut OutputContext,
    document: &Arc<Document>,
    located: Option<&Located>,
    columns: Option<u16>,
) -> Result<(), CommandError> {
    let range = located.map_or_else(|| TextRange::from(document.as_ref()), |located| located.range);
    match columns.or(output.screen.columns.map(|columns| columns.min(MEASURE))) {
        None => writeln!(output.out, "{}", document.slice(range).trim_end_matches('\n'))?,
        Some(columns) => write_rows(output.out, document, range, columns)?,
    }
    Ok(())
}

/// Writes the text laid out as in the reader.
fn write_rows(
    out: &mut dyn Write,
    document: &Arc<Document>,
    range: TextRange,
    columns: u16,
) -> Result<(), CommandError> {
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
