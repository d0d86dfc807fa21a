//! Draws an [`App`] into a buffer; beside the runtime the only place with ratatui's types. It reads and never changes:
//! layout was done by `update`. It knows nothing of the terminal or of bytes.

mod canvas;
mod chips;
mod facets;
mod glyphs;
mod list;
mod match_list;
mod note;
mod overlay;
mod prompt_line;
mod reader;
mod rows;
mod search_list;
mod sidebar;
mod status;
mod text_line;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use crate::app::App;
use crate::config::Theme;
use crate::layout::Role;
use canvas::Canvas;

/// Draws everything. Returns the position of the cursor while something is being typed.
pub fn render(app: &App, theme: &Theme, area: Rect, buffer: &mut Buffer) -> Option<Position> {
    let mut canvas = Canvas::new(buffer, area, theme, app.settings.ascii);
    let regions = app.regions();
    if app.knows_library() {
        draw_rules(&mut canvas, &regions);
    }
    if let Some(list) = regions.list {
        list::draw(app, list, &mut canvas);
    }
    if let Some(reader) = regions.reader {
        reader::draw(app, reader, &mut canvas);
    }
    if let Some(sidebar) = regions.sidebar {
        sidebar::draw(app, sidebar, &mut canvas);
    }
    if let Some(line) = regions.chips {
        chips::draw(app, line, &mut canvas);
    }
    let typed = regions.prompt.and_then(|line| prompt_line::draw(app, line, &mut canvas));
    if let Some(line) = regions.status {
        status::draw(app, line, &mut canvas);
    }
    let over = overlay::draw(app, &regions, &mut canvas);
    over.or(typed)
}

fn draw_rules(canvas: &mut Canvas<'_>, regions: &crate::app::Regions) {
    let glyphs = canvas.glyphs();
    let body = [regions.list, regions.reader, regions.sidebar];
    let top = body.iter().flatten().map(|region| region.y).min().unwrap_or(0);
    let bottom = body.iter().flatten().map(|region| region.y + region.height).max().unwrap_or(0);
    if let Some(y) = regions.horizontal_rule {
        canvas.fill_row(y, glyphs.horizontal, Role::Rule);
    }
    let from = match regions.horizontal_rule {
        Some(y) if regions.list.is_some_and(|list| list.y > y) && regions.chips.is_none() => y,
        Some(y) => y + 1,
        None => top,
    };
    for x in regions.vertical_rules.into_iter().flatten() {
        for y in from.max(top.saturating_sub(1))..bottom {
            canvas.put(x, y, 1, glyphs.vertical, Role::Rule);
        }
    }
}
