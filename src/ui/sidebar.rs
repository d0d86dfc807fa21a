//! The sidebar: the lines prepared by `app`, with a sign at the selected line or the present section, visible without
//! colour too.

use super::canvas::Canvas;
use crate::app::{App, Region, SidebarLine, sidebar_box};
use crate::layout::Role;

/// Draws the sidebar.
pub(super) fn draw(app: &App, region: Region, canvas: &mut Canvas<'_>) {
    let region = sidebar_box(region);
    for (row, line) in app.sidebar_lines(region).iter().take(usize::from(region.height)).enumerate() {
        draw_line(line, region, region.y + row as u16, canvas);
    }
}

fn draw_line(line: &SidebarLine, region: Region, y: u16, canvas: &mut Canvas<'_>) {
    let indent = line.indent.min(region.width);
    let role = if line.marked { Role::Current } else { line.role };
    canvas.put_shortened(region.x + indent, y, region.width - indent, &line.words, role);
    if line.marked {
        let sign = canvas.glyphs().current;
        canvas.put(region.x.saturating_sub(u16::from(indent == 0)), y, 1, sign, Role::Current);
    }
}
