//! The line under the prompt: what was understood, piece by piece, each with the digit of the key that drops it. Where
//! there is no room for all, the last ones are left out and said to be there.

use super::canvas::Canvas;
use crate::app::{App, MOST_PIECES, Region};
use crate::command::Command;
use crate::layout::Role;
use crate::locale::Message;
use crate::text::grapheme::width;

/// Cells between two pieces, and where room is short.
const GAPS: [u16; 2] = [3, 2];

/// Draws the line.
pub fn draw(app: &App, line: Region, canvas: &mut Canvas<'_>) {
    let pieces = app.pieces();
    if pieces.is_empty() {
        return;
    }
    let end = line.width.saturating_sub(1);
    let longest = line.width.saturating_sub(4).max(1) / 2;
    let cells = |piece: &String| (width(piece) as u16).min(longest) + 2;
    let total = |gap: u16| pieces.iter().map(|piece| cells(piece) + gap).sum::<u16>() - gap;
    let gap = GAPS.into_iter().find(|gap| total(*gap) < end).unwrap_or(GAPS[1]);
    let mut x = 1;
    for (at, piece) in pieces.iter().enumerate() {
        let cells = cells(piece);
        let is_last = at + 1 == pieces.len();
        let room = if is_last { end } else { end.saturating_sub(2) };
        if at >= MOST_PIECES || x + cells > room {
            let ellipsis = canvas.glyphs().ellipsis;
            canvas.put(x, line.y, end.saturating_sub(x), ellipsis, Role::Dim);
            x = end;
            break;
        }
        let blank = 1 + cells + if is_last { 1 } else { gap };
        canvas.put(x - 1, line.y, blank, &" ".repeat(blank.into()), Role::Label);
        canvas.put(x, line.y, 1, &(at + 1).to_string(), Role::Key);
        canvas.put_shortened(x + 2, line.y, cells - 2, piece, Role::Label);
        x += cells + gap;
    }
    draw_hint(app, x, end, line.y, canvas);
}

/// Which key drops the first piece, where there is room for saying it.
fn draw_hint(app: &App, from: u16, end: u16, y: u16, canvas: &mut Canvas<'_>) {
    let keys = app.settings.keymap.keys_of(Command::DropPiece, app.mode());
    let Some(key) = keys.first() else { return };
    let hint = app.catalogue.say(&Message::new("pieces-drop").with("key", app.catalogue.keys(key)));
    canvas.put_right(from, end, y, &format!(" {hint} "), Role::Dim);
}
