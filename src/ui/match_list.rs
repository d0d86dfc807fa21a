//! The matches of the open document as a concordance: one a line within its context, all starting in the same column,
//! so that the words before and behind them are easy to compare. The section is named at the left of its first match.

use super::canvas::Canvas;
use super::rows::{draw_rows, section_name};
use crate::app::{App, DocumentRows, ReaderState, Region};
use crate::document::section_at;
use crate::layout::Role;
use crate::text::TextRange;
use crate::text::grapheme::{truncate_start, width};

/// Minimum width for the full names of sections.
const NARROW: u16 = 70;

/// Draws the rows in view. Returns the number of rows.
pub(super) fn draw(app: &App, matches: &DocumentRows, region: Region, canvas: &mut Canvas<'_>) -> usize {
    let Some(reader) = &app.reader.open else { return 0 };
    let (top, rows) = (matches.list.top, &matches.numbers);
    let visible = || rows.iter().skip(top).take(usize::from(region.height)).copied();
    let part = |number: usize| section_at(reader.outline(), reader.matches.get(number)?.start());
    let name = |number| part(number).map(|at| section_name(app, reader.outline(), at, region.width < NARROW));
    let names = visible().filter_map(name).map(|name| width(&name) as u16);
    let column = names.max().unwrap_or(0).min(region.width / 4);
    let before = |line: usize| rows.get((top + line).checked_sub(1)?);
    let begins = |(line, number): &(usize, usize)| {
        *line == 0 || before(*line).map(|before| part(*before)) != Some(part(*number))
    };
    let firsts: Vec<usize> = visible().enumerate().filter(begins).map(|(_, number)| number).collect();
    draw_rows(&matches.list, region, rows, canvas, |number, place, chosen, canvas| {
        let Some(found) = reader.matches.get(*number).copied() else { return };
        if firsts.contains(number) {
            let name = name(*number).unwrap_or_default();
            canvas.put_shortened(place.x, place.y, column, &name, Role::Label);
        }
        let gap = if column == 0 { 0 } else { column + 1 };
        let line = Region { x: place.x + gap, width: place.width.saturating_sub(gap), ..place };
        draw_context(reader, found, line, chosen, canvas);
    })
}

/// Draws a match with the text before and behind it.
fn draw_context(reader: &ReaderState, found: TextRange, line: Region, chosen: bool, canvas: &mut Canvas<'_>) {
    let document = &reader.opened.document;
    let context = reader.context(found);
    let before = document.slice(TextRange::new(context.start(), found.start()));
    let behind = document.slice(TextRange::new(found.end(), context.end()));
    let words = one_line(document.slice(found));
    let end = line.x + line.width;
    let lead = line.width / 3;
    let shown = truncate_start(before, usize::from(lead));
    let role = if chosen { Role::Selected } else { Role::Text };
    let mut x = line.x + lead - width(shown) as u16;
    x += canvas.put(x, line.y, lead, shown, role);
    if shown.len() < before.len() {
        canvas.put(line.x, line.y, 1, canvas.glyphs().ellipsis, Role::Dim);
    }
    x += canvas.put(x, line.y, end.saturating_sub(x), &words, if chosen { Role::CurrentMatch } else { Role::Match });
    canvas.put_shortened(x, line.y, end.saturating_sub(x), behind, role);
}

/// The text of a match on one line: a match can span preformatted lines.
fn one_line(words: &str) -> String {
    words.replace('\n', " ")
}
