//! The overlays, drawn over the reader's column: rules remain, and Esc restores the screen exactly.

use std::borrow::Cow;

use ratatui::layout::Position;

use super::canvas::Canvas;
use super::prompt_line::skip_to_fit;
use super::rows::{draw_rows, section_name};
use super::{facets, match_list, search_list};
use crate::app::{
    App, DocumentRows, FilteredList, HelpRow, NotReadList, NotReadRow, Overlay, Region, Regions, help_rows,
    palette_rows, sentence_of,
};
use crate::command::Command;
use crate::layout::Role;
use crate::locale::Message;
use crate::text::grapheme::{truncate, truncate_start, width};

/// Minimum width for the full names of sections.
const NARROW: u16 = 50;
/// Minimum cells for the folder of a file, unless it fits.
const FOLDER_CELLS: usize = 12;

/// Draws the overlay that is open. Returns the position of the cursor while its line is being typed.
pub(super) fn draw(app: &App, regions: &Regions, canvas: &mut Canvas<'_>) -> Option<Position> {
    let overlay = app.overlay.as_ref()?;
    let region = regions.reader.or(regions.list).or(regions.sidebar)?;
    canvas.clear(region);
    let inner = Region { x: region.x + 1, width: region.width.saturating_sub(2), ..region };
    let title = app.catalogue.text(match overlay {
        Overlay::Outline(_) => "outline-title",
        Overlay::Matches(_) => "matches-title",
        Overlay::Help(_) => "help-title",
        Overlay::Palette(_) => "palette-title",
        Overlay::NotRead(_) => "not-read-title",
        Overlay::Facets(_) => "facets-title",
        Overlay::SavedSearches(_) => "searches-title",
        Overlay::SaveSearch(_) => "save-title",
        Overlay::RenameSearch { .. } => "rename-title",
    });
    let sign = if matches!(overlay, Overlay::Palette(_)) { ":" } else { "/" };
    let list = overlay.list();
    let filtering = list.typing || !list.filter.text().is_empty();
    let lead = if overlay.asks_for_name() {
        1 + canvas.put_shortened(inner.x, inner.y, inner.width / 2, &title, Role::Caption)
    } else if filtering {
        1 + canvas.put(inner.x, inner.y, inner.width, sign, Role::Prompt)
    } else {
        canvas.put(inner.x, inner.y, inner.width, &title, Role::Caption)
    };
    let room = inner.width.saturating_sub(lead);
    let (before, role) =
        (list.filter.before_cursor(), if list.filter.is_proposal() { Role::Selected } else { Role::Prompt });
    let skipped = skip_to_fit(before, usize::from(room.saturating_sub(1)));
    canvas.put(inner.x + lead, inner.y, room, &list.filter.text()[skipped..], role);
    let rows = Region { y: inner.y + 2, height: inner.height.saturating_sub(2), ..inner };
    let drawn = match overlay {
        Overlay::Outline(outline) => draw_outline(app, outline, rows, canvas),
        Overlay::Matches(matches) => match_list::draw(app, matches, rows, canvas),
        Overlay::Help(list) => draw_help(app, list, rows, canvas),
        Overlay::Palette(list) => draw_palette(app, list, rows, canvas),
        Overlay::NotRead(files) => draw_unread_files(app, files, rows, canvas),
        Overlay::Facets(list) => facets::draw(app, list, rows, region, canvas),
        Overlay::SavedSearches(searches) => search_list::draw(app, searches, rows, canvas),
        Overlay::SaveSearch(_) | Overlay::RenameSearch { .. } => search_list::draw_names(app, rows, canvas),
    };
    let waits = matches!(overlay, Overlay::Facets(facets) if facets.counted.is_none());
    if drawn == 0 && !waits {
        let none = app.catalogue.text("filter-none");
        canvas.put_shortened(rows.x + 1, rows.y, rows.width.saturating_sub(1), &none, Role::Dim);
    }
    let typed = width(&before[skipped..]) as u16;
    list.typing.then(|| Position::new((inner.x + lead + typed).min(region.x + region.width - 1), inner.y))
}

fn draw_outline(app: &App, outline: &DocumentRows, region: Region, canvas: &mut Canvas<'_>) -> usize {
    let Some(reader) = &app.reader.open else { return 0 };
    let sections = reader.outline();
    let highest = sections.iter().map(|section| section.level).min().unwrap_or(1);
    draw_rows(&outline.list, region, &outline.numbers, canvas, |at, place, chosen, canvas| {
        let Some(section) = sections.get(*at) else { return };
        let indent = (2 * u16::from(section.level - highest)).min(place.width / 4);
        let role = if chosen { Role::Selected } else { Role::Text };
        let mut x = place.x + indent;
        let name = section_name(app, sections, *at, place.width < NARROW);
        if !name.is_empty() {
            let room = (place.width / 2).saturating_sub(indent);
            x += 2 + canvas.put_shortened(x, place.y, room, &name, Role::Label);
        }
        let room = (place.x + place.width).saturating_sub(x);
        canvas.put_shortened(x, place.y, room, &section.title, role);
    })
}

fn draw_help(app: &App, list: &FilteredList, region: Region, canvas: &mut Canvas<'_>) -> usize {
    let column = (region.width / 3).clamp(6, 22);
    let rows = help_rows(list.filter.text(), &app.settings.keymap, &app.catalogue);
    draw_rows(list, region, &rows, canvas, |row, place, chosen, canvas| match row {
        HelpRow::Group(group) => {
            let words = app.catalogue.text(format!("group-{}", group.name()));
            canvas.put_shortened(place.x, place.y, place.width, &words, Role::Caption);
        }
        HelpRow::Command { command, keys } => {
            let caps: Vec<String> = keys.iter().map(|key| app.catalogue.keys(key)).collect();
            let shown = if caps.is_empty() { format!(":{}", command.spec().name) } else { caps.join(" ") };
            canvas.put_shortened(place.x + 1, place.y, column - 1, &shown, Role::Key);
            draw_sentence(app, *command, column + 1, place, chosen, canvas);
        }
    })
}

fn draw_palette(app: &App, list: &FilteredList, region: Region, canvas: &mut Canvas<'_>) -> usize {
    let column = (region.width / 3).clamp(8, 20);
    let rows = palette_rows(list.filter.text(), &app.catalogue);
    draw_rows(list, region, &rows, canvas, |command, place, chosen, canvas| {
        canvas.put_shortened(place.x, place.y, column, command.spec().name, Role::Key);
        draw_sentence(app, *command, column + 1, place, chosen, canvas);
    })
}

/// Draws each reason with its number of files, and the files below it: first the name of a file, then its folder as far
/// as there is room.
fn draw_unread_files(app: &App, files: &NotReadList, region: Region, canvas: &mut Canvas<'_>) -> usize {
    let rows = files.rows(&app.catalogue);
    draw_rows(&files.list, region, &rows, canvas, |row, place, chosen, canvas| match row {
        NotReadRow::Reason { group, files } => {
            let reason = app.catalogue.say(&group.reason);
            let label = Message::new("reason-count").with("reason", reason).with("files", *files);
            let role = match (chosen, group.failed) {
                (true, _) => Role::Selected,
                (false, true) => Role::Alert,
                (false, false) => Role::Caption,
            };
            canvas.put_shortened(place.x, place.y, place.width, &app.catalogue.say(&label), role);
        }
        NotReadRow::File { path, failed } => {
            let ellipsis = canvas.glyphs().ellipsis;
            let cut = path.rfind(['/', '\\']).map_or(0, |at| at + 1);
            let (folder, name) = path.split_at(cut);
            let (x, room) = (place.x + 1, place.width.saturating_sub(1));
            let role = if chosen { Role::Selected } else { Role::Text };
            let name = shorten_middle(name, usize::from(room), ellipsis);
            let used = canvas.put(x, place.y, room, &name, role) + 2;
            let left = usize::from(room.saturating_sub(used));
            let role = if *failed { Role::Text } else { Role::Dim };
            if left >= FOLDER_CELLS || width(folder) <= left {
                let folder = shorten_start(folder, left, ellipsis);
                canvas.put(x + used, place.y, room.saturating_sub(used), &folder, role);
            }
        }
    })
}

/// A text shortened in its middle, so that its beginning and its end are visible.
fn shorten_middle<'a>(text: &'a str, cells: usize, ellipsis: &str) -> Cow<'a, str> {
    let room = cells.saturating_sub(width(ellipsis));
    if width(text) <= cells || room == 0 {
        return Cow::Borrowed(truncate(text, cells));
    }
    let end = truncate_start(text, room / 2);
    Cow::Owned(format!("{}{ellipsis}{end}", truncate(text, room - room / 2)))
}

/// A text shortened at its beginning.
fn shorten_start<'a>(text: &'a str, cells: usize, ellipsis: &str) -> Cow<'a, str> {
    if width(text) <= cells {
        return Cow::Borrowed(text);
    }
    Cow::Owned(format!("{ellipsis}{}", truncate_start(text, cells.saturating_sub(width(ellipsis)))))
}

fn draw_sentence(app: &App, command: Command, column: u16, place: Region, chosen: bool, canvas: &mut Canvas<'_>) {
    let words = sentence_of(command, &app.catalogue);
    let role = if chosen { Role::Selected } else { Role::Text };
    canvas.put_shortened(place.x + column, place.y, place.width.saturating_sub(column), &words, role);
}
