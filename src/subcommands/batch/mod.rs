//! `lutrin search --batch`: many queries at once over the same documents. Searches the queries one by one, and reads
//! each document that is a hit once, in the order of paths. Prints a table of queries × documents, a table of places,
//! or one JSON object per query.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::output::json;
use super::output::json::{BatchHit, BatchName, BatchPlace, Said, UnderstoodObject};
use super::output::tsv::row;
use super::output::{CommandError, DONE, NOTHING, OutputContext, freshness, shown};
use super::output::{exit_status, not_read};
use crate::cli::BatchForm;
use crate::document::{Document, DocumentKey, Section, Summary, place_names, section_at};
use crate::dossier::{Dossier, OpenedDossier, STANDARD_INPUT, SearchRequest};
use crate::library::{LibraryError, Order};
use crate::locale::Message;
use crate::search::{Cancel, Complaint, LastWord, Query, Sort, Spelling, find};
use crate::text::TextRange;
use crate::text::offset::range;

/// Length of the context shown on either side of a match, in bytes.
const CONTEXT: usize = 80;
/// The columns that say which document it is.
const FACTS: [&str; 5] = ["path", "member", "id", "title", "date"];

/// The arguments.
pub(super) struct BatchArguments<'a> {
    pub(super) file: &'a Path,
    pub(super) paths: &'a [PathBuf],
    pub(super) form: BatchForm,
    pub(super) variants: bool,
}

/// One line of the file.
struct Name {
    source: String,
    /// From 1.
    line: usize,
    query: Arc<Query>,
    complaints: Vec<Complaint>,
    documents: usize,
    matches: usize,
    /// Its hits, for the forms that print them by query.
    hits: Vec<BatchHit>,
}

pub(super) fn answer(output: &mut OutputContext, asked: &BatchArguments) -> Result<u8, CommandError> {
    let from_input = |path: &Path| path == Path::new(STANDARD_INPUT);
    if from_input(asked.file) && asked.paths.iter().any(|path| from_input(path)) {
        return Err(CommandError::Worded(Message::new("batch-one-input")));
    }
    let lines = lines(output, asked.file)?;
    let mut opened = output.open(asked.paths, freshness(asked.paths))?;
    for problem in opened.dossier.aliases().1 {
        output.report(&Message::new(format!("hint-{}", problem.code)).with("detail", problem.detail))?;
    }
    let spelling = Spelling { as_typed: !asked.variants, ..Spelling::default() };
    let (mut names, answering) = search_all(&mut opened.dossier, lines, &spelling)?;
    if asked.form == BatchForm::Table {
        let columns = names.iter().map(|name| name.source.clone());
        row(output.out, FACTS.map(str::to_owned).into_iter().chain(columns))?;
    }
    let mut documents = 0;
    for key in opened.dossier.order(Order::Path)?.iter() {
        if let Some(asking) = answering.get(key) {
            documents += usize::from(read(output, &opened.dossier, *key, asking, &mut names, asked.form)?);
        }
    }
    match asked.form {
        BatchForm::Table => {}
        BatchForm::Places => write_places(output, &names)?,
        BatchForm::Json => write_json(output, &names, opened.complete)?,
    }
    output.out.flush()?;
    if asked.form != BatchForm::Json {
        report_remarks(output, &opened, (asked.file, &names), documents)?;
    }
    Ok(exit_status(&opened, if documents > 0 { DONE } else { NOTHING }))
}

/// The queries of a file with their lines, from 1; blank lines and what begins with `#` are none.
fn lines(output: &mut OutputContext, file: &Path) -> Result<Vec<(usize, String)>, CommandError> {
    let path = || shown(&file.to_string_lossy());
    let bytes = if file == Path::new(STANDARD_INPUT) {
        let mut bytes = Vec::new();
        let read = output.input.read_to_end(&mut bytes);
        read.map_err(|error| CommandError::Worded(Message::new("answer-no-input").with("detail", error.to_string())))?;
        bytes
    } else {
        std::fs::read(file).map_err(|error| {
            CommandError::Worded(
                Message::new("batch-unreadable").with("path", path()).with("detail", error.to_string()),
            )
        })?
    };
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&bytes);
    let mut found = Vec::new();
    for (number, line) in split(bytes).enumerate() {
        let Ok(line) = std::str::from_utf8(line) else {
            let message = Message::new("batch-not-text").with("path", path()).with("line", number + 1);
            return Err(CommandError::Worded(message));
        };
        let line = line.trim();
        if !line.is_empty() && !line.starts_with('#') {
            found.push((number + 1, line.to_owned()));
        }
    }
    if found.is_empty() {
        return Err(CommandError::Worded(Message::new("batch-empty").with("path", path())));
    }
    Ok(found)
}

/// Lines as any system ends them: LF, CR LF, or CR alone.
fn split(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(bytes);
    std::iter::from_fn(move || {
        let text = rest.take()?;
        let Some(end) = text.iter().position(|byte| matches!(byte, b'\n' | b'\r')) else { return Some(text) };
        let (line, behind) = text.split_at(end);
        rest = Some(behind.strip_prefix(b"\r\n").unwrap_or(&behind[1..]));
        Some(line)
    })
}

/// For each document that is a hit of any query, the numbers of those queries.
type Answering = HashMap<DocumentKey, Vec<usize>>;

/// Searches every query. Problems of alias files are left out: they are reported once for all.
fn search_all(
    dossier: &mut Dossier,
    lines: Vec<(usize, String)>,
    spelling: &Spelling,
) -> Result<(Vec<Name>, Answering), CommandError> {
    let (mut names, mut answering) = (Vec::with_capacity(lines.len()), Answering::new());
    let alias_problems = dossier.aliases().1;
    for (line, source) in lines {
        let request = SearchRequest { source: &source, last_word: LastWord::Whole, spelling, sort: Sort::Relevance };
        let Some(mut found) = dossier.hits(&request, &Cancel::never())? else { continue };
        found.complaints.retain(|complaint| !alias_problems.contains(complaint));
        for hit in found.hits {
            answering.entry(hit.document).or_default().push(names.len());
        }
        let (query, complaints) = (found.query, found.complaints);
        names.push(Name { source, line, query, complaints, documents: 0, matches: 0, hits: Vec::new() });
    }
    Ok((names, answering))
}

/// Reads one document for all the names it answers; false when it is gone.
fn read(
    output: &mut OutputContext,
    dossier: &Dossier,
    key: DocumentKey,
    asking: &[usize],
    names: &mut [Name],
    form: BatchForm,
) -> Result<bool, CommandError> {
    let document = match dossier.library.document(key) {
        Ok(document) => document,
        Err(LibraryError::Gone) => return Ok(false),
        Err(error) => return Err(error.into()),
    };
    let Some(summary) = dossier.library.summaries(&[key])?.pop() else { return Ok(false) };
    let sections = if form == BatchForm::Table { Vec::new() } else { document.outline() };
    let part_names = place_names(&sections);
    let leaves: Vec<TextRange> = document.leaves().map(|block| block.range).collect();
    let mut counts = vec![None; names.len()];
    let summary = Arc::new(summary);
    for &number in asking {
        let name = &mut names[number];
        let matches = find(&name.query, &document);
        name.documents += 1;
        name.matches += matches.len();
        counts[number] = Some(matches.len());
        if form != BatchForm::Table {
            let places =
                matches.iter().map(|found| place(output, &document, &leaves, (&sections, &part_names), *found));
            name.hits.push(BatchHit::of(&summary, places.collect()));
        }
    }
    if form == BatchForm::Table {
        let counts = counts.into_iter().map(|count| count.map_or_else(String::new, |count| count.to_string()));
        row(output.out, facts(&summary).into_iter().chain(counts))?;
    }
    Ok(true)
}

fn facts(summary: &Summary) -> [String; 5] {
    let text = |text: Option<&String>| text.cloned().unwrap_or_default();
    [
        summary.path.clone(),
        text(summary.member.as_ref()),
        summary.id.clone(),
        summary.title.clone(),
        text(summary.date.as_ref()),
    ]
}

/// The place of a match with its context.
fn place(
    output: &OutputContext,
    document: &Document,
    leaves: &[TextRange],
    (sections, names): (&[Section], &[String]),
    found: TextRange,
) -> BatchPlace {
    let at = leaves.partition_point(|leaf| leaf.end() < found.end());
    let leaf = leaves.get(at).map_or(found, |leaf| leaf.cover(found));
    let section = section_at(sections, found.start());
    let (start, end) = json::ends(found);
    BatchPlace {
        place: section.and_then(|at| json::PlaceObject::of(output.catalogue, sections, names, at)),
        start,
        end,
        words: document.slice(found).to_owned(),
        passage: document.slice(passage(document, leaf, found)).to_owned(),
    }
}

/// A match with the words round it in its block.
fn passage(document: &Document, leaf: TextRange, found: TextRange) -> TextRange {
    let text = document.slice(leaf);
    let inside = found - leaf.start();
    let (first, last) = (usize::from(inside.start()), usize::from(inside.end()));
    let low = text.ceil_char_boundary(first.saturating_sub(CONTEXT));
    let high = text.floor_char_boundary((last + CONTEXT).min(text.len()));
    let start = if low == 0 { 0 } else { text[low..first].find(' ').map_or(first, |space| low + space + 1) };
    let end = if high == text.len() { high } else { text[last..high].rfind(' ').map_or(last, |space| last + space) };
    range(start, end) + leaf.start()
}

/// One row a place; a name that nothing answers has a row of its own, and so has a document without a place.
fn write_places(output: &mut OutputContext, names: &[Name]) -> io::Result<()> {
    let columns = ["name"].into_iter().chain(FACTS).chain(["place", "start", "end", "match", "passage"]);
    row(output.out, columns.map(str::to_owned))?;
    for name in names {
        let lead = |facts: [String; 5]| std::iter::once(name.source.clone()).chain(facts);
        let nowhere = || std::iter::repeat_n(String::new(), 5);
        if name.hits.is_empty() {
            row(output.out, lead(Default::default()).chain(nowhere()))?;
        }
        for hit in &name.hits {
            if hit.places.is_empty() {
                row(output.out, lead(facts(&hit.summary)).chain(nowhere()))?;
            }
            for place in &hit.places {
                let text = place.place.as_ref().map_or_else(String::new, |place| place.text.clone());
                let numbers = [place.start, place.end].map(|end| end.to_string());
                let words = [place.words.clone(), place.passage.clone()];
                row(output.out, lead(facts(&hit.summary)).chain([text]).chain(numbers).chain(words))?;
            }
        }
    }
    Ok(())
}

fn write_json(output: &mut OutputContext, names: &[Name], complete: bool) -> io::Result<()> {
    for name in names {
        let understood = name.query.understood().into_iter();
        let hints = name.complaints.iter().map(|one| Said::of(output.catalogue, "hint", one.code, &one.detail));
        let object = BatchName {
            query: &name.source,
            line: name.line,
            documents: name.documents,
            matches: name.matches,
            understood: understood.map(UnderstoodObject::of).collect(),
            hints: hints.collect(),
            hits: &name.hits,
            complete,
        };
        json::line(output.out, &object)?;
    }
    Ok(())
}

/// Reports what a table cannot contain: hints, other spellings that were searched, queries without hits, totals.
fn report_remarks(
    output: &mut OutputContext,
    opened: &OpenedDossier,
    (file, names): (&Path, &[Name]),
    documents: usize,
) -> Result<(), CommandError> {
    let path = shown(&file.to_string_lossy());
    for name in names {
        let said = |message: Message| {
            let at = Message::new("batch-at").with("path", path.clone()).with("line", name.line);
            at.with("name", shown(&name.source)).with("what", message)
        };
        for complaint in &name.complaints {
            let hint = Message::new(format!("hint-{}", complaint.code)).with("detail", shown(&complaint.detail));
            output.report(&said(hint))?;
        }
        let found = name.query.variants().map(|one| format!("{} ({})", one.form, one.documents));
        let left_out = name.query.unwanted_variants().map(|one| format!("-{} ({})", one.form, one.documents));
        let spellings: Vec<String> = found.chain(left_out).collect();
        if !spellings.is_empty() {
            output.report(&said(Message::new("also-spelled").with("names", shown(&spellings.join(", ")))))?;
        }
        if name.documents == 0 {
            let none = output.so_far(opened, output.catalogue.text("found-none"));
            let message = Message::new("batch-at").with("path", path.clone()).with("line", name.line);
            output.report(&message.with("name", shown(&name.source)).with("what", none))?;
        }
    }
    let matches: usize = names.iter().map(|name| name.matches).sum();
    let found = output.catalogue.say(
        &Message::new("batch-found")
            .with("names", names.len())
            .with("missing", names.iter().filter(|name| name.documents == 0).count())
            .with("documents", documents)
            .with("matches", matches),
    );
    let mut told = output.so_far(opened, found);
    let not_read = not_read(opened)?.files();
    if not_read > 0 {
        told += " · ";
        told += &output.catalogue.say(&Message::new("files-not-read").with("files", not_read));
    }
    writeln!(output.err, "{told}")?;
    let known = opened.dossier.library.status(&opened.dossier.scope)?.documents as usize;
    if documents > 0 { Ok(()) } else { output.report_not_read(opened, known) }
}

#[cfg(test)]
mod tests;
