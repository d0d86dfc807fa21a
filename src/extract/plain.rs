//! Plain text: its lines, sanitised, tabs expanded. What the lines mean is found by `clean`.

use super::{ExtractError, RawBody, RawDocument, SourcedText, text_of};

/// Reads plain text; also what is read as plain text until its format has a reader.
pub fn read(bytes: &[u8], format: &'static str, sink: &mut dyn FnMut(RawDocument)) -> Result<(), ExtractError> {
    let (text, warnings) = text_of(bytes)?;
    let body = RawBody::Lines(SourcedText::of_lines(&text));
    sink(RawDocument { format, body, warnings, ..RawDocument::default() });
    Ok(())
}
