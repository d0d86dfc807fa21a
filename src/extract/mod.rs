//! Turns the bytes of a file into raw documents: the structure that the format marks and the file's own text, before
//! cleaning. The format is detected by the bytes, then by the name. A file may contain several documents; each is
//! passed to the sink.
//!
//! To add a format: write its reader in a file of its own, and give it a row in `format::FORMATS`. No other file
//! names formats. Extraction does not interpret content: joining lines, furniture and titles are tasks of `clean` and
//! `genre`.

mod assemblee;
mod declared;
pub mod encoding;
mod format;
mod html;
mod json;
mod label;
mod leaf_writer;
mod markdown;
mod original;
mod plain;
mod raw;
mod sourced;
mod string_markup;
mod transcript;
mod walk;
mod xml;

use format::{Format, detect};
pub use original::Original;
pub use raw::{ExtractError, MAX_FILE_BYTES, RawBody, RawDocument, RawEvent};
pub use sourced::SourcedText;
pub(crate) use sourced::beginning;

/// Reads a file and passes each document in it to the sink. `name` is the file's name, with or without its folder.
///
/// # Errors
///
/// Returns an error if the file is empty, binary, too large, of an unsupported format or damaged.
pub fn extract(bytes: &[u8], name: &str, sink: &mut dyn FnMut(RawDocument)) -> Result<(), ExtractError> {
    extract_each(bytes, name, &mut |raw, _| sink(raw))
}

/// Returns the text before cleaning of the member `member` of a file: the text that the source ranges of [`extract`]
/// refer to.
///
/// # Errors
///
/// Returns an error in the same cases as [`extract`].
pub fn original(bytes: &[u8], name: &str, member: Option<&str>) -> Result<Original, ExtractError> {
    let mut found = None;
    extract_each(bytes, name, &mut |raw, extracted| {
        if raw.member.as_deref() == member {
            found = found.take().or(extracted);
        }
    })?;
    Ok(found.map_or_else(|| Original::File(encoding::decode(bytes).text), Original::Extracted))
}

/// Reads each document of a file, together with the text its ranges refer to if that is not the decoded file.
fn extract_each(
    bytes: &[u8],
    name: &str,
    sink: &mut dyn FnMut(RawDocument, Option<String>),
) -> Result<(), ExtractError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(ExtractError::TooLarge);
    }
    let format = detect(bytes, name);
    if format == Format::Binary {
        let empty = bytes.iter().all(u8::is_ascii_whitespace);
        return Err(if empty { ExtractError::Empty } else { ExtractError::Binary });
    }
    let row = format.row();
    let extract = row.extract.ok_or(ExtractError::Unsupported(row.name))?;
    extract(bytes, row.name, &mut |mut raw| {
        let extracted = original::locate_in_extracted(&mut raw);
        sink(raw, extracted);
    })
}
