//! The document list: beside other panes two lines a document and a blank one, which during a search shows the best
//! passage; elsewhere one line. The selected row has a bar at its left edge, visible without colour too. An empty list
//! shows why it is empty and what to do.

use super::canvas::Canvas;
use crate::app::{App, Arrangement, Outcome, Region};
use crate::document::PartKind;
use crate::layout::Role;
use crate::locale::Message;
use crate::search::results::DocumentRow;
use crate::text::grapheme::{truncate, width};

/// Draws the list.
pub(super) fn draw(app: &App, region: Region, canvas: &mut Canvas<'_>) {
    if app.list.is_empty() {
        return draw_empty(app, region, canvas);
    }
    let beside = app.regions().arrangement == Arrangement::Beside;
    let bar = app.bar();
    let mut y = region.y;
    let mut at = app.list.top();
    while at < app.list.len() {
        let chosen = bar == Some(at);
        let lines = if beside { app.title_lines(at, region) + 1 } else { 1 };
        if y + lines > region.y + region.height {
            break;
        }
        // Duplicates are indented below the first document of their group.
        let indent = if app.list.is_behind(at) { 2.min(region.width / 8) } else { 0 };
        let place = Region { y, height: lines, x: region.x + indent, width: region.width - indent };
        match app.list.row(at) {
            Some(row) if beside => {
                draw_tall(app, (at, row), place, chosen, canvas);
                if y + lines < region.y + region.height {
                    draw_passage(app, row, place, y + lines, canvas);
                }
            }
            Some(row) => draw_flat(app, (at, row), place, chosen, canvas),
            None => draw_pending(place, chosen, canvas),
        }
        y += lines + app.list_row_height().saturating_sub(2);
        at = app.list.next(at);
    }
}

fn draw_tall(app: &App, (at, row): (usize, &DocumentRow), place: Region, chosen: bool, canvas: &mut Canvas<'_>) {
    let room = place.width.saturating_sub(2);
    let (first, rest) = split_title(&row.summary.title, room, place.height > 2);
    let role = if chosen { Role::Selected } else { Role::Title };
    canvas.put_shortened(place.x + 1, place.y, room, first, role);
    if let Some(rest) = rest {
        canvas.put_shortened(place.x + 1, place.y + 1, room, rest, role);
    }
    let foot = place.y + place.height - 1;
    let end = place.x + place.width - 1;
    let count = count(row);
    let right = canvas.put_right(place.x + 1, end, foot, &count, Role::Count).unwrap_or(end);
    let dot = canvas.glyphs().dot;
    let room = (right - place.x).saturating_sub(2);
    let mark = new_mark(app, row, dot);
    let lead = canvas.put_shortened(place.x + 1, foot, room, &mark, Role::Count);
    let facts = facts(app, at, row, dot);
    canvas.put_shortened(place.x + 1 + lead, foot, room.saturating_sub(lead), &facts, Role::Dim);
    draw_bar(place, chosen, canvas);
}

/// Draws the best passage, from a little before its first match, so that the match is visible.
fn draw_passage(app: &App, row: &DocumentRow, place: Region, y: u16, canvas: &mut Canvas<'_>) {
    let Some((best, (start, _))) =
        row.best.as_ref().map(|best| (best, best.highlights.first().copied().unwrap_or_default()))
    else {
        return;
    };
    let (mut x, end) = (place.x + 2, place.x + place.width - 1);
    if let Some((kind, Some(label))) = &best.place
        && *kind != PartKind::Heading
    {
        let name = app.catalogue.place_short(*kind, Some(label)) + " ";
        let room = place.width / 3;
        x += if width(&name) <= usize::from(room) { canvas.put(x, y, room, &name, Role::Label) } else { 0 };
    }
    let lead = passage_start(&best.text, start as usize, usize::from(end - x));
    if lead > 0 {
        x += canvas.put(x, y, 1, canvas.glyphs().ellipsis, Role::Dim);
    }
    let mut at = lead;
    for (start, stop) in best.highlights.iter().map(|(start, stop)| (*start as usize, *stop as usize)) {
        x += canvas.put(x, y, end.saturating_sub(x), &best.text[at..start], Role::Dim);
        x += canvas.put(x, y, end.saturating_sub(x), &best.text[start..stop], Role::Match);
        at = stop;
    }
    canvas.put(x, y, end.saturating_sub(x), &best.text[at..], Role::Dim);
    if x + width(&best.text[at..]) as u16 > end {
        canvas.put(end - 1, y, 1, canvas.glyphs().ellipsis, Role::Dim);
    }
}

/// Start of a passage in `cells` cells: at a word with its elision, with at most a third of the cells before its first
/// match, or as many as the text behind leaves.
fn passage_start(text: &str, found: usize, cells: usize) -> usize {
    // One cell is for the ellipsis.
    let room = (cells / 3).max(cells.saturating_sub(width(&text[found..]) + 1));
    let mut start = 0;
    while width(&text[start..found]) > room {
        match text[start..found].find(' ') {
            Some(space) => start += space + 1,
            None if width(&text[start..found]) <= cells / 2 => return start,
            None => return found,
        }
    }
    start
}

fn draw_flat(app: &App, (at, row): (usize, &DocumentRow), place: Region, chosen: bool, canvas: &mut Canvas<'_>) {
    let end = place.x + place.width;
    let count = count(row);
    let counted = place.width >= 30 || !count.is_empty();
    let mut right = end.saturating_sub(u16::from(counted));
    if row.matches.is_some() {
        let column = right.saturating_sub(6);
        canvas.put_right(column, right, place.y, &count, Role::Count);
        right = column;
    }
    if place.width >= 60 {
        let dot = canvas.glyphs().dot;
        let facts = new_mark(app, row, dot) + &facts(app, at, row, dot);
        let column = right.saturating_sub(26);
        canvas.put_shortened(column, place.y, (right - column).saturating_sub(1), &facts, Role::Dim);
        right = column.saturating_sub(1);
    }
    let role = if chosen { Role::Selected } else { Role::Title };
    // Without room for metadata, a sign marks a new document.
    let sign = if place.width < 60 && app.search.is_new(row.summary.key) { "+ " } else { "" };
    let x = place.x + 1 + canvas.put(place.x + 1, place.y, 2, sign, Role::Count);
    canvas.put_shortened(x, place.y, right.saturating_sub(x), &row.summary.title, role);
    draw_bar(place, chosen, canvas);
}

fn draw_pending(place: Region, chosen: bool, canvas: &mut Canvas<'_>) {
    let ellipsis = canvas.glyphs().ellipsis;
    canvas.put(place.x + 1, place.y, 3, ellipsis, Role::Dim);
    draw_bar(place, chosen, canvas);
}

fn draw_bar(place: Region, chosen: bool, canvas: &mut Canvas<'_>) {
    if chosen {
        let bar = canvas.glyphs().bar;
        for y in place.y..place.y + place.height {
            canvas.put(place.x, y, 1, bar, Role::Bar);
        }
    }
}

fn count(row: &DocumentRow) -> String {
    row.matches.map(|count| count.to_string()).unwrap_or_default()
}

/// « nouveau · » for a document that is new in a saved search.
fn new_mark(app: &App, row: &DocumentRow, dot: &str) -> String {
    if app.search.is_new(row.summary.key) { app.catalogue.text("row-new") + dot } else { String::new() }
}

/// « +2 identiques · Résolution · mars 2019 »
fn facts(app: &App, at: usize, row: &DocumentRow, dot: &str) -> String {
    let counted = |id: &str, documents: usize| {
        let words = || app.catalogue.say(&Message::new(id).with("documents", documents));
        if documents > 0 { words() + dot } else { String::new() }
    };
    let (identical, near) = app.list.fold_at(at).map_or((0, 0), |fold| (fold.identical, fold.near));
    counted("duplicates-identical", identical) + &counted("duplicates-near", near) + &kind_and_date(app, row, dot)
}

fn kind_and_date(app: &App, row: &DocumentRow, dot: &str) -> String {
    let kind = app.catalogue.text(format!("genre-{}", row.summary.genre.name()));
    match &row.summary.date {
        Some(date) => format!("{kind}{dot}{}", app.catalogue.month(date)),
        None => kind,
    }
}

/// A title cut at a space for its first line, and the rest for the second.
fn split_title(title: &str, room: u16, two: bool) -> (&str, Option<&str>) {
    if !two {
        return (title, None);
    }
    let fitting = truncate(title, usize::from(room));
    let cut = fitting.rfind(' ').filter(|cut| *cut > 0).unwrap_or(fitting.len());
    (title[..cut].trim_end(), Some(title[cut..].trim_start()))
}

fn draw_empty(app: &App, region: Region, canvas: &mut Canvas<'_>) {
    if !app.knows_library() {
        return;
    }
    let library = &app.library;
    let searched = app.search.dossier.as_ref();
    let is_bare = library.documents == 0 && library.not_read.files() > 0 && !library.incomplete;
    let message = match searched {
        Some(dossier) if dossier.outcome.is_awaited() => Message::new("searching"),
        Some(dossier) if dossier.outcome == Outcome::Failed => Message::new("search-unanswered"),
        Some(dossier) => {
            let id = if library.incomplete { "empty-search-so-far" } else { "empty-search" };
            Message::new(id).with("query", dossier.source.clone())
        }
        None if library.incomplete => Message::new("empty-library-indexing"),
        None => Message::new("empty-library"),
    };
    if searched.is_none() && is_bare {
        let words = library.not_read.none_read(&app.catalogue) + "\n" + &app.catalogue.text("not-read-which");
        return draw_words(&words, region, canvas);
    }
    let mut words = app.catalogue.say(&message);
    if searched.is_some_and(|dossier| dossier.outcome == Outcome::Known) {
        for advice in app.search.advice(&app.catalogue) {
            words.push('\n');
            words.push_str(&advice);
        }
        for line in how_fresh(app, canvas.glyphs().dot) {
            words.push('\n');
            words.push_str(&line);
        }
    }
    draw_words(&words, region, canvas);
}

fn draw_words(words: &str, region: Region, canvas: &mut Canvas<'_>) {
    draw_paragraph(words, Region { x: region.x + 1, width: region.width.saturating_sub(2), ..region }, canvas);
}

/// How far a zero can be trusted: progress of indexing, age of the index, unread files, and whether only the built-in
/// library was searched.
fn how_fresh(app: &App, dot: &str) -> Vec<String> {
    let library = &app.library;
    let progress = match library.progress {
        Some((done, found)) if found > 0 => {
            Some(Message::new("status-indexing").with("done", done).with("found", found))
        }
        Some(_) => Some(Message::new("still-reading")),
        None if library.incomplete => Some(Message::new("index-incomplete")),
        None => None,
    };
    let updated = library.updated.as_deref().filter(|_| progress.is_none());
    let not_read = library.not_read.files();
    let mut lines: Vec<String> = progress.iter().map(|message| app.catalogue.say(message)).collect();
    lines.push(app.catalogue.freshness(updated, not_read, dot));
    if not_read > 0 && library.documents == 0 {
        lines.push(library.not_read.none_read(&app.catalogue));
    }
    if not_read > 0 {
        lines.push(app.catalogue.text("not-read-which"));
    }
    if library.built_in {
        lines.push(app.catalogue.text("built-in-searched"));
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// Draws a text of the interface, broken at spaces.
pub(super) fn draw_paragraph(words: &str, region: Region, canvas: &mut Canvas<'_>) {
    let mut y = region.y;
    for line in words.lines() {
        let mut rest = line;
        while !rest.is_empty() && y < region.y + region.height {
            let fitting = truncate(rest, usize::from(region.width));
            let cut =
                if fitting.len() == rest.len() { rest.len() } else { fitting.rfind(' ').unwrap_or(fitting.len()) };
            if cut == 0 {
                break;
            }
            canvas.put(region.x, y, region.width, rest[..cut].trim_end(), Role::Dim);
            rest = rest[cut..].trim_start();
            y += 1;
        }
        y += u16::from(line.is_empty());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passage_begins_at_a_word_with_its_elision_and_leaves_no_columns_free() {
        let begun =
            |text: &'static str, found: &str, cells| &text[passage_start(text, text.find(found).unwrap(), cells)..];
        let late = "On a parlé longuement du président Tokaïev.";
        assert_eq!(begun(late, "Tokaïev", 30), "du président Tokaïev.");
        assert_eq!(begun(late, "Tokaïev", 60), late);
        assert_eq!(
            begun("Le droit de l'asile est garanti par une loi de ce pays.", "asile", 6),
            "l'asile est garanti par une loi de ce pays."
        );
    }
}
