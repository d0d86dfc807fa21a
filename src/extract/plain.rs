//! Extracts plain text: its lines, sanitised, with tabs expanded. `clean` finds their structure.

use super::{ExtractError, RawBody, RawDocument, SourcedText};
use crate::extract::encoding::decode_text;

/// Extracts plain text, also from formats that do not have a reader yet.
pub(super) fn extract(
    bytes: &[u8],
    format: &'static str,
    sink: &mut dyn FnMut(RawDocument),
) -> Result<(), ExtractError> {
    let (text, warnings) = decode_text(bytes)?;
    let body = RawBody::Lines(SourcedText::from_lines(&text));
    sink(RawDocument { format, body, warnings, ..RawDocument::default() });
    Ok(())
}
