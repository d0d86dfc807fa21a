//! One line of a document as laid out, in the reader or in a note over it.

use std::borrow::Cow;

use super::canvas::Canvas;
use crate::document::Document;
use crate::layout::{Content, Line};

/// Draws a line that was laid out.
pub(super) fn draw_line(document: &Document, line: &Line, x: u16, y: u16, canvas: &mut Canvas<'_>) {
    for run in &line.runs {
        let words = match &run.content {
            Content::Source(range) => Cow::Borrowed(document.slice(*range)),
            Content::Virtual(words) => canvas.sign(words),
            Content::Replaced { source, .. } if canvas.is_ascii() => Cow::Borrowed(document.slice(*source)),
            Content::Replaced { shown, .. } => Cow::Borrowed(shown.as_str()),
        };
        canvas.put(x + run.column, y, run.width, &words, run.role);
    }
}
