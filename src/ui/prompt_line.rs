//! The first line: at the left the query, which is typed there, and at the right the number of hits or the contents of
//! the library, in words.

use ratatui::layout::Position;

use super::canvas::Canvas;
use super::glyphs::Glyphs;
use crate::app::{App, Outcome, Region};
use crate::layout::Role;
use crate::locale::Message;
use crate::request::SearchScope;
use crate::text::grapheme::width;

/// Minimum width for long words.
const NARROW: u16 = 60;
/// Maximum number of other spellings that are named.
const MOST_VARIANTS: usize = 3;

/// Draws the line. Returns the position of the cursor while a query is being typed.
pub(super) fn draw(app: &App, line: Region, canvas: &mut Canvas<'_>) -> Option<Position> {
    let end = line.width.saturating_sub(1);
    let room_for_query = line.width / 3;
    let choices = [Room::Ample, Room::Enough, Room::Little, Room::Least];
    let choices = choices.map(|room| found(app, canvas.glyphs(), line.width, room));
    let fits = |text: &&String| width(text) <= usize::from(end.saturating_sub(room_for_query));
    let found = choices.iter().find(fits).unwrap_or(&choices[choices.len() - 1]);
    let right = canvas.put_right(room_for_query.min(end), end, line.y, found, Role::Dim).unwrap_or(end);
    let room = right.saturating_sub(2);
    if let Some(prompt) = &app.search.prompt {
        let sign = if prompt.scope == SearchScope::Document { document_sign(app, line.width) } else { "/ ".to_owned() };
        let lead = 1 + canvas.put(1, line.y, room, &sign, Role::Prompt);
        let before = prompt.input.before_cursor();
        let shown = room.saturating_sub(lead).max(1);
        let skipped = skip_to_fit(before, usize::from(shown.saturating_sub(1)));
        canvas.put(lead, line.y, shown, &prompt.input.text()[skipped..], Role::Prompt);
        let column = lead + width(&before[skipped..]) as u16;
        return Some(Position::new(column.min(line.width.saturating_sub(1)), line.y));
    }
    let (sign, words, role) = at_rest(app);
    let lead = 1 + canvas.put(1, line.y, room, sign, Role::Dim);
    canvas.put_shortened(lead, line.y, room.saturating_sub(lead), &words, role);
    None
}

fn document_sign(app: &App, columns: u16) -> String {
    let message = Message::new("prompt-document");
    let words = if columns < NARROW { app.catalogue.say_short(&message) } else { app.catalogue.say(&message) };
    format!("{words} / ")
}

/// Sign and text while nothing is being typed: the query, else the name of the program.
fn at_rest(app: &App) -> (&'static str, String, Role) {
    match app.search.source() {
        Some(source) => ("/ ", source.to_owned(), Role::Prompt),
        None => ("", "Lutrin".to_owned(), Role::Dim),
    }
}

/// Number of bytes to skip at the beginning of a long line so that its end is in view.
pub(super) fn skip_to_fit(before: &str, room: usize) -> usize {
    let mut skipped = 0;
    while width(&before[skipped..]) > room && skipped < before.len() {
        skipped = crate::text::grapheme::next_cluster(before, skipped);
    }
    skipped
}

/// The room for the right side of the line.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Room {
    /// Only the numbers, with short words.
    Least,
    /// Unread files with short words.
    Little,
    /// Other spellings are counted and not named.
    Enough,
    /// Everything.
    Ample,
}

/// The number of hits, or the contents of the library, and the unread files; parts without room are left out.
fn found(app: &App, glyphs: Glyphs, columns: u16, room: Room) -> String {
    let dot = glyphs.dot;
    let narrow = columns < NARROW;
    let named = room == Room::Ample;
    let say = |message: &Message| if narrow { app.catalogue.say_short(message) } else { app.catalogue.say(message) };
    let so_far = |found: String| {
        if app.library.incomplete { say(&Message::new("so-far").with("found", found)) } else { found }
    };
    let not_read = not_read(app, narrow || room <= Room::Little);
    let mut parts = Vec::new();
    if let Some((done, found)) = app.library.progress.filter(|(_, found)| *found > 0) {
        parts.push(say(&Message::new("status-indexing").with("done", done).with("found", found)));
    }
    let in_document = app.reader.open.as_ref().filter(|_| app.search.document.is_some());
    if let Some(reader) = in_document {
        let matches = reader.matches.len();
        let outcome = app.search.finding;
        if outcome.waits_long(app.clock) {
            return say(&Message::new("searching"));
        }
        parts.extend(other_spellings(app, glyphs.ellipsis, narrow || !named));
        match (outcome, matches) {
            // Matches that were found before stay in view for a moment; a zero does not.
            (Outcome::Awaited(_), 0) => {}
            (Outcome::Failed, _) => parts.push(say(&Message::new("search-unanswered"))),
            (Outcome::Known, 0) => parts.push(say(&Message::new("found-none"))),
            (Outcome::Awaited(_) | Outcome::Known, _) => {
                parts.push(say(&Message::new("found-in-document").with("matches", matches)));
            }
        }
        return parts.join(dot);
    }
    match &app.search.dossier {
        Some(dossier) if dossier.outcome.waits_long(app.clock) => parts.push(say(&Message::new("searching"))),
        Some(dossier) if dossier.outcome == Outcome::Failed => parts.push(say(&Message::new("search-unanswered"))),
        Some(dossier) if dossier.query.is_some() => {
            let documents = app.list.len();
            parts.extend(other_spellings(app, glyphs.ellipsis, narrow || !named));
            parts.push(match dossier.matches {
                _ if documents == 0 && dossier.outcome.is_awaited() => String::new(),
                _ if documents == 0 => so_far(say(&Message::new("found-none"))),
                Some(matches) => {
                    let found = say(&Message::new("documents").with("documents", documents));
                    let matches = say(&Message::new("found-in-document").with("matches", matches));
                    so_far(format!("{found}{dot}{matches}"))
                }
                None => so_far(say(&Message::new("documents").with("documents", documents))),
            });
            match app.search.news() {
                Some((new, Some(all))) => {
                    parts.pop();
                    parts.push(say(&Message::new("new-documents-of").with("documents", new).with("all", all)));
                }
                Some((new, None)) => parts.push(say(&Message::new("new-documents").with("documents", new))),
                None => {}
            }
            if app.list.added > 0 {
                parts.push(say(&Message::new("status-new-hits").with("documents", app.list.added)));
            }
            parts.extend(not_read.filter(|_| !narrow && room > Room::Least));
        }
        Some(_) => {}
        _ if !app.knows_library() => {}
        _ => {
            let documents = app.library.documents;
            parts.push(say(&Message::new("documents").with("documents", documents)));
            if app.library.built_in && room > Room::Least {
                parts.push(say(&Message::new("built-in")));
            }
            parts.extend(not_read);
        }
    }
    parts.retain(|part| !part.is_empty());
    if narrow && parts.len() > 2 {
        parts.remove(0);
    }
    parts.join(dot)
}

/// « 34 fichiers non lus », if there are any.
fn not_read(app: &App, short: bool) -> Option<String> {
    let files = app.library.not_read.files();
    let message = Message::new("files-not-read").with("files", files);
    let words = if short { app.catalogue.say_short(&message) } else { app.catalogue.say(&message) };
    (files > 0).then_some(words)
}

/// « aussi tokayev (1), токаев (3) »: the other spellings that are included, unless they have chips; without room,
/// their number.
fn other_spellings(app: &App, ellipsis: &str, narrow: bool) -> Option<String> {
    if app.regions().chips.is_some() {
        return None;
    }
    let spellings: Vec<(&str, u32)> = app.search.variants().collect();
    let counted = spellings.iter().take(MOST_VARIANTS).map(|(form, documents)| format!("{form} ({documents})"));
    let mut names: Vec<String> = counted.collect();
    if spellings.len() > names.len() {
        names.push(ellipsis.to_owned());
    }
    let message = Message::new("also-spelled").with("names", names.join(", ")).with("count", spellings.len());
    let say = if narrow { app.catalogue.say_short(&message) } else { app.catalogue.say(&message) };
    (!spellings.is_empty()).then_some(say)
}
