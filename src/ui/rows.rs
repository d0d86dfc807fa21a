//! The rows of a list in an overlay: which are in view, which is selected, and the names of sections in them.

use super::canvas::Canvas;
use crate::app::{App, FilteredList, Region};
use crate::document::{PartKind, Section};
use crate::layout::Role;

/// Calls `draw` for the rows in view and marks the selected one. Returns the number of rows.
pub(super) fn draw_rows<T>(
    list: &FilteredList,
    region: Region,
    rows: &[T],
    canvas: &mut Canvas<'_>,
    draw: impl Fn(&T, Region, bool, &mut Canvas<'_>),
) -> usize {
    let visible = rows.iter().enumerate().skip(list.top).take(usize::from(region.height));
    for (line, (at, row)) in visible.enumerate() {
        let y = region.y + line as u16;
        let chosen = at == list.selected;
        if chosen {
            let bar = canvas.glyphs().bar;
            canvas.put(region.x, y, 1, bar, Role::Bar);
        }
        let place = Region { x: region.x + 1, y, width: region.width.saturating_sub(1), height: 1 };
        draw(row, place, chosen, canvas);
    }
    rows.len()
}

/// The name of a section in a row: in the text's own words, beside the sections that contain it; the speaker of a
/// speech; nothing for a heading, which is shown by its title alone.
pub(super) fn section_name(app: &App, sections: &[Section], at: usize, narrow: bool) -> String {
    let section = &sections[at];
    let label = section.label.as_deref();
    match section.kind {
        PartKind::Heading => String::new(),
        PartKind::Speech => app.catalogue.place_short(section.kind, label),
        PartKind::Paragraph => app.catalogue.section_short(sections, at),
        kind if narrow => app.catalogue.place_short(kind, label),
        kind => app.catalogue.place(kind, label),
    }
}
