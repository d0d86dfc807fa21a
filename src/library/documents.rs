//! From the bytes of a file to its documents: extract, clean, recognise, count; and the encoding of documents in the
//! catalogue. Depends on the bytes alone, so that the result does not depend on other files.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use base16ct::lower::encode_string as encode_hex;
use sha2::{Digest, Sha256};
use unicode_segmentation::UnicodeSegmentation;

use super::scope::to_bytes;
use super::{LibraryError, Problem};
use crate::document::{Document, Key};
use crate::extract::{self, ExtractError, Original, RawBody, RawEvent};
use crate::text::fold::fold_word;
use crate::{clean, genre};

/// The words a person reads in a minute.
const WORDS_A_MINUTE: u64 = 200;

/// A document as it is written to the catalogue.
#[derive(Debug)]
pub struct Prepared {
    /// Its name inside its file, when the file holds several.
    pub member: Option<String>,
    /// The document, including its counts.
    pub document: Document,
    pub(super) words: u64,
    /// A hash of its letters and digits as its file has them.
    pub(super) content: u64,
    pub(super) body: Vec<u8>,
}

/// Reads every document of a file's bytes; each goes to `sink` with its name inside the file.
pub(super) fn read_each(
    bytes: &[u8],
    name: &str,
    sink: &mut dyn FnMut(Option<String>, Document, u64),
) -> Result<(), Problem> {
    let read = || {
        extract::extract(bytes, name, &mut |mut raw| {
            let member = raw.member.take();
            let content = content(&raw.body);
            let mut document = clean::clean(raw);
            genre::recognise(&mut document);
            sink(member, document, content);
        })
    };
    // A panic of an extractor on one file must not affect the others; documents that it produced before are kept.
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(read) => read.map_err(|error| problem(&error)),
        Err(_) => Err(Problem::unreadable("reader-failed", "")),
    }
}

/// A hash (FNV-1a) of the letters and digits of the text before cleaning: it changes when the words of a file change,
/// and not when Lutrin cleans them differently.
fn content(body: &RawBody) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut add = |text: &str| {
        for c in text.chars().filter(|c| c.is_alphanumeric()) {
            hash = (hash ^ u64::from(c)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    match body {
        RawBody::Lines(text) => add(text.text()),
        RawBody::Marked(events) => events.iter().for_each(|event| {
            if let RawEvent::Text { text, .. } = event {
                add(text);
            }
        }),
    }
    hash
}

fn problem(error: &ExtractError) -> Problem {
    match *error {
        ExtractError::Empty => Problem::empty(),
        ExtractError::Binary => Problem::skipped("binary", ""),
        ExtractError::Unsupported(format) => Problem::skipped("unsupported", format),
        ExtractError::Damaged(format) => Problem::unreadable("damaged", format),
        ExtractError::TooLarge => too_large(),
    }
}

/// Every document of a file's bytes, with its name inside the file when the file holds several.
pub fn read_documents(bytes: &[u8], name: &str) -> Result<Vec<(Option<String>, Document)>, Problem> {
    let mut documents = Vec::new();
    let sha256 = sha256(bytes);
    read_each(bytes, name, &mut |member, document, content| {
        let prepared = prepare(member, document, &sha256, content);
        documents.push((prepared.member, prepared.document));
    })?;
    Ok(documents)
}

/// The text of a document before cleaning; what cannot be read today is taken as it comes.
pub(super) fn original(bytes: &[u8], path: &Path, member: Option<&str>) -> Original {
    let original = extract::original(bytes, &path.to_string_lossy(), member);
    original.unwrap_or_else(|_| Original::File(String::from_utf8_lossy(bytes).into_owned()))
}

/// Sort key of a title: without case and accents.
pub(super) fn sorting(title: &str) -> String {
    fold_word(title)
}

pub(super) fn too_large() -> Problem {
    Problem::skipped("too-large", (extract::MAX_FILE_BYTES >> 20).to_string())
}

/// The SHA-256 of some bytes.
pub(super) fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

/// The id of a document for people and scripts: 128 bits of a hash of its file's absolute path, with all links
/// resolved, and of its name inside the file. Collisions cannot be constructed, and no path contains the separator
/// byte.
pub(super) fn id(path: &Path, member: Option<&str>) -> String {
    encode_hex(&place_hash(&to_bytes(path), member)[..16])
}

/// What a document is known by again when its folder was moved: 64 bits of a hash of its place in that folder, with `/` on
/// every system, and of its name inside the file. Many documents may share one.
pub(super) fn relative_id(folder: Option<&Path>, path: &Path, member: Option<&str>) -> String {
    let inside = folder.and_then(|folder| path.strip_prefix(folder).ok());
    let inside =
        inside.map(|inside| if inside.as_os_str().is_empty() { path.file_name().map(Path::new) } else { Some(inside) });
    let mut bytes = to_bytes(inside.flatten().unwrap_or(path));
    if std::path::MAIN_SEPARATOR != '/' {
        let separator = std::path::MAIN_SEPARATOR as u8;
        bytes.iter_mut().filter(|byte| **byte == separator).for_each(|byte| *byte = b'/');
    }
    encode_hex(&place_hash(&bytes, member)[..8])
}

fn place_hash(place: &[u8], member: Option<&str>) -> [u8; 32] {
    let mut digest = Sha256::new();
    digest.update(place);
    digest.update([0]);
    digest.update(member.unwrap_or("").as_bytes());
    digest.finalize().into()
}

/// Computes the counts and encodes the document.
pub(super) fn prepare(member: Option<String>, mut document: Document, sha256: &[u8], content: u64) -> Prepared {
    let words = document.text.unicode_words().count() as u64;
    document.metadata.set(Key::Words, words.to_string());
    document.metadata.set(Key::ReadingMinutes, words.div_ceil(WORDS_A_MINUTE).to_string());
    document.metadata.set(Key::Sha256, encode_hex(sha256));
    let body = encode(&document);
    Prepared { member, document, words, content, body }
}

fn encode(document: &Document) -> Vec<u8> {
    let plain = postcard::to_stdvec(document).expect("a document is plain data, which postcard writes to memory");
    lz4_flex::compress_prepend_size(&plain)
}

/// The document of a body; `None` when it is damaged.
pub(super) fn decode(body: &[u8]) -> Option<Document> {
    let plain = lz4_flex::decompress_size_prepended(body).ok()?;
    postcard::from_bytes(&plain).ok()
}

pub(super) fn damaged(path: &Path) -> LibraryError {
    LibraryError::Damaged { path: path.to_owned(), detail: "body".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::super::catalogue::SCHEMA;
    use super::*;

    #[test]
    fn ids_depend_on_place_and_member_and_on_nothing_else() {
        let (file, other) = (Path::new("/a/b.txt"), Path::new("/a/b.txt1"));
        assert_eq!(id(file, None), id(file, None));
        assert_ne!(id(file, None), id(file, Some("1")));
        assert_ne!(id(file, Some("1")), id(other, None));
        assert_eq!(id(file, None).len(), 32);
    }

    #[test]
    fn a_relative_id_depends_on_the_place_in_the_folder_only() {
        let id = |folder: &str, path: &str| relative_id(Some(Path::new(folder)), Path::new(path), None);
        assert_eq!(id("/a", "/a/sub/b.txt"), id("/c/d", "/c/d/sub/b.txt"));
        assert_ne!(id("/a", "/a/sub/b.txt"), id("/a/sub", "/a/sub/b.txt"));
        assert_eq!(
            id("/a/b.txt", "/a/b.txt"),
            id("/a", "/a/b.txt"),
            "a file that is opened alone is known by its name"
        );
    }

    #[test]
    fn a_document_comes_back_as_it_was_kept() {
        let document = Document { text: "Un mot. ".repeat(300), title: "Un".to_owned(), ..Document::default() };
        let prepared = prepare(None, document, &sha256(b""), 0);
        assert_eq!(decode(&prepared.body), Some(prepared.document.clone()));
        assert_eq!(prepared.document.metadata.get(Key::Words), Some("600"));
        assert_eq!(prepared.document.metadata.get(Key::ReadingMinutes), Some("3"));
    }

    #[test]
    fn a_damaged_body_is_no_document_and_no_panic() {
        for body in [&b""[..], b"\xff\xff\xff\xff", b"\x10\x00\x00\x00abc"] {
            assert_eq!(decode(body), None);
        }
    }

    /// Documents are stored without names (postcard): enum variants by number, fields by order. Decodes stored bytes
    /// and compares the result with the named fields they were written from. A change that breaks this test must raise
    /// the schema's number, else every existing catalogue would decode to other values.
    #[test]
    fn bytes_stored_by_this_schema_decode_to_the_document_they_were_written_from() {
        use crate::document::Genre;
        #[derive(Debug, PartialEq, serde::Deserialize)]
        struct Stored {
            document: Document,
            genres: Vec<Genre>,
        }
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
        let named = std::fs::read(folder.join("stored-document.json")).unwrap();
        let named: Stored = serde_json::from_slice(&named).expect("stored-document.json names what a document has");
        let file = folder.join(format!("stored-document-{SCHEMA}.bin"));
        if std::env::var_os("LUTRIN_WRITE_FIXTURES").is_some() && !file.exists() {
            let genres = postcard::to_stdvec(&named.genres).unwrap();
            std::fs::write(&file, [genres, encode(&named.document)].concat()).unwrap();
        }
        let Ok(bytes) = std::fs::read(&file) else {
            panic!(
                "{} is missing: after raising SCHEMA, run this test once with LUTRIN_WRITE_FIXTURES=1",
                file.display()
            )
        };
        let (genres, body) = postcard::take_from_bytes(&bytes).expect("genres are first");
        let stored = decode(body).map(|document| Stored { document, genres });
        assert!(
            stored.as_ref() == Some(&named),
            "stored documents decode otherwise than they were written: raise SCHEMA in library/catalogue.rs, delete {} and \
             run this test once with LUTRIN_WRITE_FIXTURES=1\n{stored:#?}",
            file.display()
        );
    }
}
