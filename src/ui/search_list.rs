//! The saved searches, one a line: name and query, and at the right the number of hits and of new ones; at the foot the
//! time when the selected search was last viewed. New hits are named in words, so that they are visible without colour.

use super::canvas::Canvas;
use super::glyphs::Glyphs;
use super::list::draw_paragraph;
use super::rows::draw_rows;
use crate::app::{App, Region, SavedSearchList};
use crate::command::Command;
use crate::layout::Role;
use crate::locale::Message;
use crate::search::saved::SavedSearchRow;

/// Minimum width for long words.
const NARROW: u16 = 50;

/// Draws the rows in view. Returns the number of rows.
pub(super) fn draw(app: &App, searches: &SavedSearchList, region: Region, canvas: &mut Canvas<'_>) -> usize {
    if app.saved.rows.is_empty() {
        let none = Message::new("searches-none").with("key", app.key_of(Command::SaveSearch));
        let place = Region { x: region.x + 1, width: region.width.saturating_sub(1), ..region };
        draw_paragraph(&app.catalogue.say(&none), place, canvas);
        return 1;
    }
    let rows = searches.rows(&app.saved);
    draw_details(app, rows.get(searches.list.selected).copied(), (region, rows.len()), canvas);
    draw_rows(&searches.list, region, &rows, canvas, |row, place, chosen, canvas| {
        let counts = counts(app, row, place.width, canvas.glyphs());
        let end = place.x + place.width;
        let role = if row.counts.is_some_and(|(_, new)| new > 0) { Role::Count } else { Role::Dim };
        let right = canvas.put_right(place.x + place.width / 3, end, place.y, &counts, role).unwrap_or(end);
        let room = right.saturating_sub(place.x + 2);
        let name = if chosen { Role::Selected } else { Role::Title };
        let x = place.x + canvas.put_shortened(place.x, place.y, room, &row.search.name, name);
        if row.search.name != row.search.source {
            let room = (right.saturating_sub(2)).saturating_sub(x + 2);
            canvas.put_shortened(x + 2, place.y, room, &row.search.source, Role::Dim);
        }
    })
}

/// Draws when the selected search was last viewed, at the foot where there is room.
fn draw_details(
    app: &App,
    selected: Option<&SavedSearchRow>,
    (region, rows): (Region, usize),
    canvas: &mut Canvas<'_>,
) {
    let Some(row) = selected.filter(|row| !row.looked.is_empty()) else { return };
    if rows + 2 <= usize::from(region.height) {
        let moment = app.catalogue.moment(&row.looked);
        let viewed = app.catalogue.say(&Message::new("search-looked").with("moment", moment));
        let foot = region.y + region.height - 1;
        canvas.put_shortened(region.x + 1, foot, region.width.saturating_sub(1), &viewed, Role::Dim);
    }
}

/// Draws the names in use, below the one that is being typed.
pub(super) fn draw_names(app: &App, region: Region, canvas: &mut Canvas<'_>) -> usize {
    let rows = &app.saved.rows;
    for (row, y) in rows.iter().zip(region.y..region.y + region.height) {
        canvas.put_shortened(region.x + 1, y, region.width.saturating_sub(1), &row.search.name, Role::Dim);
    }
    rows.len().max(1)
}

/// « 12 documents · 3 nouveaux »
fn counts(app: &App, row: &SavedSearchRow, columns: u16, glyphs: Glyphs) -> String {
    if let Some(path) = &row.elsewhere {
        return app.catalogue.say(&Message::new("search-of").with("path", path.clone()));
    }
    let narrow = columns < NARROW;
    let say = |message: &Message| if narrow { app.catalogue.say_short(message) } else { app.catalogue.say(message) };
    let mut parts = Vec::new();
    parts.extend(row.mark.as_ref().map(say));
    match row.counts {
        Some((documents, new)) => {
            parts.push(say(&Message::new("documents").with("documents", documents)));
            if new > 0 {
                parts.push(say(&Message::new("new-documents").with("documents", new)));
            }
        }
        None => parts.push(glyphs.ellipsis.to_owned()),
    }
    parts.join(glyphs.dot)
}
