//! The line under the prompt: the query chips, each with the digit of the key that removes it, or the candidates of a
//! completion. Chips without room are left out and marked by an ellipsis.

use super::canvas::Canvas;
use crate::app::{App, Completion, CompletionCandidate, MAX_CHIPS, Region};
use crate::command::Command;
use crate::layout::Role;
use crate::locale::Message;
use crate::text::grapheme::width;

/// Cells between two chips, and where room is short.
const GAPS: [u16; 2] = [3, 2];

/// Draws the line.
pub(super) fn draw(app: &App, line: Region, canvas: &mut Canvas<'_>) {
    if let Some(open) = app.search.completion.as_ref().filter(|open| !open.candidates.is_empty()) {
        return draw_candidates(open, line, canvas);
    }
    let chips = app.search.chips(&app.catalogue);
    if chips.is_empty() {
        return;
    }
    let end = line.width.saturating_sub(1);
    let half = line.width.saturating_sub(4).max(1) / 2;
    let cells = |chip: &String, longest: u16| width(chip).min(usize::from(longest)) as u16 + 2;
    let total = |longest: u16, gap: u16| {
        chips.iter().map(|chip| usize::from(cells(chip, longest) + gap)).sum::<usize>() - usize::from(gap)
    };
    let fits = |longest: u16, gap: u16| total(longest, gap) < usize::from(end);
    // A chip is shortened only if the others need the room.
    let longest = (half..=line.width).rev().find(|longest| fits(*longest, GAPS[1])).unwrap_or(half);
    let gap = GAPS.into_iter().find(|gap| fits(longest, *gap)).unwrap_or(GAPS[1]);
    let mut x = 1;
    for (at, chip) in chips.iter().enumerate() {
        let cells = cells(chip, longest);
        let is_last = at + 1 == chips.len();
        let room = if is_last { end } else { end.saturating_sub(2) };
        if at >= MAX_CHIPS || x + cells > room {
            let ellipsis = canvas.glyphs().ellipsis;
            canvas.put(x, line.y, end.saturating_sub(x), ellipsis, Role::Dim);
            x = end;
            break;
        }
        let blank = 1 + cells + if is_last { 1 } else { gap };
        canvas.put(x - 1, line.y, blank, &" ".repeat(blank.into()), Role::Label);
        canvas.put(x, line.y, 1, &(at + 1).to_string(), Role::Key);
        canvas.put_shortened(x + 2, line.y, cells - 2, chip, Role::Label);
        x += cells + gap;
    }
    draw_hint(app, x, end, line.y, canvas);
}

/// Draws the candidates, each with its number of documents; those before the chosen one are left out if it would not
/// fit.
fn draw_candidates(open: &Completion, line: Region, canvas: &mut Canvas<'_>) {
    let glyphs = canvas.glyphs();
    canvas.put(0, line.y, line.width, &" ".repeat(line.width.into()), Role::Dim);
    let end = line.width.saturating_sub(1);
    let longest = line.width.saturating_sub(8).max(1) / 2;
    let count = |candidate: &CompletionCandidate| {
        candidate.documents.map(|documents| documents.to_string()).unwrap_or_default()
    };
    let cells = |candidate: &CompletionCandidate| {
        let count = width(&count(candidate)) as u16;
        (width(&candidate.label) as u16).min(longest) + if count > 0 { count + 1 } else { 0 } + 3
    };
    let up_to = |first: usize, last: usize| open.candidates[first..=last].iter().map(cells).sum::<u16>();
    let chosen = open.chosen.unwrap_or(0);
    let first = (0..=chosen).find(|first| up_to(*first, chosen) + 1 < end).unwrap_or(chosen);
    let mut x = 0;
    for (at, candidate) in open.candidates.iter().enumerate().skip(first) {
        let is_last = at + 1 == open.candidates.len();
        if x + cells(candidate) > end + u16::from(is_last) && at > first {
            canvas.put(x + 1, line.y, end.saturating_sub(x), glyphs.ellipsis, Role::Dim);
            return;
        }
        let role = if open.chosen == Some(at) { Role::Selected } else { Role::Label };
        if open.chosen == Some(at) {
            canvas.put(x, line.y, 1, glyphs.bar, Role::Bar);
        }
        let after = x + 2 + canvas.put_shortened(x + 1, line.y, longest, &candidate.label, role);
        canvas.put(after, line.y, end.saturating_sub(after), &count(candidate), Role::Dim);
        x += cells(candidate);
    }
}

/// Draws the key that removes the first chip, where there is room.
fn draw_hint(app: &App, from: u16, end: u16, y: u16, canvas: &mut Canvas<'_>) {
    let keys = app.settings.keymap.keys_of(Command::DropPiece, app.mode());
    let Some(key) = keys.first() else { return };
    let hint = app.catalogue.say(&Message::new("pieces-drop").with("key", app.catalogue.keys(key)));
    canvas.put_right(from, end, y, &format!(" {hint} "), Role::Dim);
}
