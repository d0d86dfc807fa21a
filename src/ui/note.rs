//! A note over the text, near the line of its mark, which stays in view. Its lines were laid out by `update`.

use super::canvas::Canvas;
use super::text_line::draw_line;
use crate::app::{App, NotePopup, ReaderState, Region};
use crate::command::{Command, Mode};
use crate::document::PartKind;
use crate::layout::Role;
use crate::locale::Message;
use crate::text::grapheme::width;

/// Draws a note below the line of its mark or else above it: a rule with its name, its text, and a rule with the keys.
pub(super) fn draw(app: &App, reader: &ReaderState, popup: &NotePopup, text_box: Region, canvas: &mut Canvas<'_>) {
    let (row, height) = popup.rows_of(text_box.height);
    let place = Region { y: text_box.y + row, height, ..text_box };
    canvas.clear(place);
    let framed = place.height > 2;
    let label = reader.opened.document.footnotes.get(popup.note).map(|note| note.label.as_str());
    if framed {
        draw_rule(place, place.y, &app.catalogue.place(PartKind::Note, label), Role::Caption, canvas);
        draw_rule(place, place.y + place.height - 1, &keys(app, place.width), Role::Dim, canvas);
    }
    let rows = place.height - if framed { 2 } else { 0 };
    let first = place.y + u16::from(framed);
    for (row, line) in popup.lines.iter().skip(popup.top).take(usize::from(rows)).enumerate() {
        draw_line(&reader.opened.document, line, place.x, first + row as u16, canvas);
    }
}

fn draw_rule(place: Region, y: u16, words: &str, role: Role, canvas: &mut Canvas<'_>) {
    let horizontal = canvas.glyphs().horizontal;
    for x in place.x..place.x + place.width {
        canvas.put(x, y, 1, horizontal, Role::Rule);
    }
    canvas.put_shortened(place.x + 2, y, place.width.saturating_sub(4), &format!(" {words} "), role);
}

/// « r aller à la note  Échap fermer », or only the key that closes it.
fn keys(app: &App, columns: u16) -> String {
    let key = |command| {
        let keys = app.settings.keymap.keys_of(command, Mode::Note);
        keys.first().map(|key| app.catalogue.keys(key)).unwrap_or_default()
    };
    let (go, close) = (key(Command::Counterpart), key(Command::Cancel));
    let foot = Message::new("note-foot").with("go", go).with("close", close.clone());
    let foot = app.catalogue.say(&foot);
    let fits = width(&foot) + 6 <= usize::from(columns);
    if fits { foot } else { app.catalogue.say(&Message::new("note-foot-close").with("close", close)) }
}
