//! The text: the lines prepared by `update`, centred, with matches and selection painted over, and at the right edge a
//! line of ticks that shows the positions of the matches in the document.

use super::canvas::Canvas;
use super::list::draw_paragraph;
use super::note;
use super::text_line::draw_line;
use crate::app::{App, ReaderState, Region};
use crate::layout::Role;
use crate::locale::Message;

/// Draws the reader.
pub(super) fn draw(app: &App, region: Region, canvas: &mut Canvas<'_>) {
    let text_box = app.text_box(region);
    let Some(reader) = &app.reader.open else {
        return draw_empty(app, text_box, canvas);
    };
    for (row, line) in reader.page.lines.iter().enumerate().take(usize::from(region.height)) {
        draw_line(&reader.opened.document, line, text_box.x, region.y + row as u16, canvas);
    }
    for paint in &reader.page.paint {
        canvas.paint(text_box.x + paint.start, region.y + paint.row, paint.end - paint.start, paint.role);
    }
    if let Some(row) = reader.page.jump_row.filter(|_| text_box.x > region.x + 1) {
        canvas.put(text_box.x - 2, region.y + row, 1, canvas.glyphs().current, Role::Current);
    }
    if text_box.x + text_box.width < region.x + region.width {
        draw_ticks(reader, region, canvas);
    }
    if let Some(popup) = &reader.link_focus.popup {
        note::draw(app, reader, popup, text_box, canvas);
    }
}

/// Draws a tick in each row whose part of the document contains a match, and the thumb at the current match.
fn draw_ticks(reader: &ReaderState, region: Region, canvas: &mut Canvas<'_>) {
    let length = u64::from(u32::from(reader.opened.document.len())).max(1);
    let rows = u64::from(region.height);
    if reader.matches.is_empty() || rows == 0 {
        return;
    }
    let x = region.x + region.width - 1;
    let glyphs = canvas.glyphs();
    for row in 0..rows {
        let start = (row * length / rows) as u32;
        let end = ((row + 1) * length / rows) as u32;
        let first = reader.matches.partition_point(|found| u32::from(found.start()) < start);
        let ticked = reader.matches.get(first).is_some_and(|found| u32::from(found.start()) < end);
        let current = reader.current_match().is_some_and(|found| (start..end).contains(&u32::from(found.start())));
        if current {
            canvas.put(x, region.y + row as u16, 1, glyphs.thumb, Role::Thumb);
        } else if ticked {
            canvas.put(x, region.y + row as u16, 1, glyphs.tick, Role::Rule);
        }
    }
}

fn draw_empty(app: &App, region: Region, canvas: &mut Canvas<'_>) {
    let Some(id) = app.waits_for_text() else { return };
    let words = app.catalogue.say(&Message::new(id));
    draw_paragraph(&words, Region { y: region.y + 1, height: region.height.saturating_sub(1), ..region }, canvas);
}
