//! Detects the format of a file. [`FORMATS`] is the only place that lists formats: a row has the name of a format, the
//! test that recognises its bytes, the file name endings that suggest it, and its reader. Bytes are tested before
//! names, because names are wrong more often.

use super::encoding::decode;
use super::xml::{akoma_ntoso, formex, tei, untyped};
use super::{ExtractError, RawDocument, assemblee, html, json, markdown, plain};

/// Reads a file: takes its bytes and the name of its format, and passes each document to the sink.
pub(super) type FormatReader = fn(&[u8], &'static str, &mut dyn FnMut(RawDocument)) -> Result<(), ExtractError>;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Format {
    Pdf,
    Epub,
    Odt,
    Docx,
    Zip,
    Gzip,
    Ole,
    Rtf,
    Binary,
    AkomaNtoso,
    Formex,
    AnXml,
    Tei,
    Html,
    Xml,
    Mbox,
    Eml,
    Jsonl,
    Json,
    Csv,
    Org,
    Tex,
    Markdown,
    Text,
}

/// Description of a format.
pub(super) struct FormatRow {
    pub format: Format,
    /// Name used in JSON.
    pub name: &'static str,
    /// Whether the bytes are certainly of this format, independent of the file name.
    pub sniff: fn(&FileHead) -> bool,
    /// File name endings that suggest the format, if `allows` agrees.
    pub endings: &'static [&'static str],
    /// Whether the bytes permit the format suggested by the name.
    pub allows: fn(&FileHead) -> bool,
    /// Reader of the format; `None` if the format is recognised but not supported.
    pub extract: Option<FormatReader>,
}

const fn row(
    format: Format,
    name: &'static str,
    sniff: fn(&FileHead) -> bool,
    endings: &'static [&'static str],
    allows: fn(&FileHead) -> bool,
    extract: Option<FormatReader>,
) -> FormatRow {
    FormatRow { format, name, sniff, endings, allows, extract }
}

/// All formats, the most certain test first; the last row accepts any file.
pub(super) const FORMATS: &[FormatRow] = &[
    row(Format::Pdf, "pdf", is_pdf, &[], never, None),
    row(Format::Epub, "epub", is_epub, &[], never, None),
    row(Format::Odt, "odt", is_odt, &[], never, None),
    row(Format::Docx, "docx", is_docx, &[], never, None),
    row(Format::Zip, "zip", |head| head.starts(b"PK\x03\x04"), &[], never, None),
    row(Format::Gzip, "gzip", |head| head.starts(b"\x1f\x8b"), &[], never, None),
    row(Format::Ole, "ole", |head| head.starts(b"\xd0\xcf\x11\xe0"), &[], never, None),
    row(Format::Rtf, "rtf", |head| head.starts(b"{\\rtf"), &[], never, None),
    row(Format::Binary, "binary", is_binary, &[], never, None),
    row(Format::AkomaNtoso, "akoma-ntoso", |head| head.root() == "akomantoso", &[], never, Some(akoma_ntoso::extract)),
    row(Format::Formex, "formex", is_formex, &[], never, Some(formex::extract)),
    row(Format::AnXml, "an-xml", is_an_xml, &[], never, Some(assemblee::xml::extract)),
    row(Format::Tei, "tei", is_tei, &[], never, Some(tei::extract)),
    row(Format::Html, "html", is_html, &["html", "htm", "xhtml", "asp", "aspx", "php"], has_tags, Some(html::extract)),
    row(Format::Xml, "xml", |head| head.text.starts_with("<?xml"), &["xml", "fb2"], has_tags, Some(untyped::extract)),
    row(Format::Mbox, "mbox", never, &["mbox"], always, Some(plain::extract)),
    row(Format::Eml, "eml", never, &["eml"], always, Some(plain::extract)),
    row(
        Format::Jsonl,
        "jsonl",
        never,
        &["jsonl", "ndjson"],
        |head| head.text.starts_with('{'),
        Some(json::extract_lines),
    ),
    row(Format::Json, "json", never, &["json"], |head| head.text.starts_with(['{', '[']), Some(json::extract)),
    row(Format::Csv, "csv", never, &["csv", "tsv"], always, Some(plain::extract)),
    row(Format::Org, "org", never, &["org"], always, Some(plain::extract)),
    row(Format::Tex, "tex", never, &["tex", "latex"], always, Some(plain::extract)),
    row(Format::Markdown, "markdown", never, &["md", "markdown", "mkd"], always, Some(markdown::extract)),
    row(Format::Text, "text", always, &[], always, Some(plain::extract)),
];

impl Format {
    /// Row of the format in [`FORMATS`].
    pub(super) fn row(self) -> &'static FormatRow {
        FORMATS.iter().find(|row| row.format == self).expect("every format has a row; a test counts them")
    }
}

/// Detects the format of a file by its bytes, then by its name; plain text is the fallback.
pub(super) fn detect(bytes: &[u8], name: &str) -> Format {
    let head = FileHead::new(bytes);
    let (last, certain) = FORMATS.split_last().expect("the table has rows");
    let ending = name.rsplit(['/', '\\']).next().and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending);
    let ending = ending.unwrap_or("").to_ascii_lowercase();
    let by_name = |row: &&FormatRow| row.endings.contains(&ending.as_str()) && (row.allows)(&head);
    let found = certain.iter().find(|row| (row.sniff)(&head)).or_else(|| certain.iter().find(by_name));
    found.unwrap_or(last).format
}

/// Number of bytes at the start of a file that are inspected.
const HEAD_BYTES: usize = 8192;

/// The beginning of a file, as bytes and as text.
pub(super) struct FileHead<'a> {
    bytes: &'a [u8],
    /// Decoded, in lower case, without leading white space and comments.
    text: String,
}

impl<'a> FileHead<'a> {
    /// Takes the beginning of a file.
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        let bytes = &bytes[..bytes.len().min(HEAD_BYTES)];
        let text = decode(bytes).text.to_lowercase();
        Self { bytes, text: without_comments(&text).to_owned() }
    }

    fn starts(&self, magic: &[u8]) -> bool {
        self.bytes.starts_with(magic)
    }

    /// Returns the name of the root element without its prefix; empty if the file does not begin with an element.
    fn root(&self) -> &str {
        let mut rest = self.text.as_str();
        while let Some(inside) = rest.strip_prefix('<').filter(|inside| inside.starts_with(['?', '!'])) {
            let end = if inside.starts_with("!--") { "-->" } else { ">" };
            rest = inside.split_once(end).map_or("", |(_, after)| after.trim_start());
        }
        let name = rest.strip_prefix('<').unwrap_or("");
        let name = name.split(|c: char| c.is_whitespace() || "/>".contains(c)).next().unwrap_or("");
        name.rsplit(':').next().unwrap_or("")
    }

    fn holds(&self, needle: &[u8]) -> bool {
        self.bytes.windows(needle.len()).any(|window| window == needle)
    }
}

/// Whether the file references the schema of Formex, or has a root element of Formex and bibliographic data.
fn is_formex(head: &FileHead) -> bool {
    let text = head.text.as_str();
    let known = ["act", "cons.act", "general", "annex", "cons.annex", "judgment", "lexp.combined", "decision", "agr"];
    text.contains("/schema/formex-") && !is_html(head)
        || known.contains(&head.root()) && (text.contains("<bib.instance>") || text.contains("<bib.data>"))
}

/// Whether the file is binary: a known magic number, or more than 5 % control and replacement characters. Escape, bell
/// and backspace count as text, because terminal recordings contain them.
fn is_binary(head: &FileHead) -> bool {
    const MAGIC: [&[u8]; 9] = [
        b"\x00\x05\x16\x07",
        b"\x00\x05\x16\x00",
        b"\x89PNG",
        b"\xff\xd8\xff",
        b"GIF8",
        b"\x7fELF",
        b"II*\x00",
        b"MM\x00*",
        b"OggS",
    ];
    if MAGIC.iter().any(|magic| head.starts(magic)) {
        return true;
    }
    let controls = head.text.chars().filter(|&c| is_control(c)).count();
    controls * 20 > head.text.chars().count()
}

/// Whether a character indicates a binary file.
fn is_control(c: char) -> bool {
    let is_text_control =
        matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{b}' | '\u{1b}' | '\u{7}' | '\u{8}' | '\u{e}' | '\u{f}');
    (c < ' ' && !is_text_control) || c == '\u{7f}' || c == char::REPLACEMENT_CHARACTER
}

fn without_comments(text: &str) -> &str {
    let mut rest = text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    while let Some((_, after)) = rest.strip_prefix("<!--").and_then(|inside| inside.split_once("-->")) {
        rest = after.trim_start();
    }
    rest
}

fn never(_: &FileHead) -> bool {
    false
}

fn always(_: &FileHead) -> bool {
    true
}

fn is_pdf(head: &FileHead) -> bool {
    head.bytes[..head.bytes.len().min(1024)].windows(5).any(|window| window == b"%PDF-")
}

fn is_zip_with(head: &FileHead, needles: &[&[u8]]) -> bool {
    head.starts(b"PK\x03\x04") && needles.iter().any(|needle| head.holds(needle))
}

fn is_epub(head: &FileHead) -> bool {
    is_zip_with(head, &[b"application/epub+zip"])
}

fn is_odt(head: &FileHead) -> bool {
    is_zip_with(head, &[b"application/vnd.oasis.opendocument.text"])
}

fn is_docx(head: &FileHead) -> bool {
    is_zip_with(head, &[b"word/", b"[Content_Types].xml"])
}

fn is_html(head: &FileHead) -> bool {
    let starts = ["<!doctype html", "<html", "<head>", "<body", "<head "];
    let text = head.text.as_str();
    let declared = text.starts_with("<?xml") || text.starts_with("<!doctype");
    starts.iter().any(|start| text.starts_with(start)) || (declared && text.contains("<html"))
}

/// Whether the file has one of the Assemblée nationale's own vocabularies.
fn is_an_xml(head: &FileHead) -> bool {
    let tagged = |tag: &str| head.text.contains(tag);
    head.text.starts_with('<')
        && (tagged("<question type=") && tagged("<legislature>")
            || tagged("schemas.assemblee-nationale.fr") && (tagged("<compterendu") || tagged("<question")))
}

/// Whether the root element is that of a TEI text or corpus.
fn is_tei(head: &FileHead) -> bool {
    let root = ["<tei>", "<tei ", "<tei\n", "<tei\r", "<teicorpus"].iter().any(|root| head.text.contains(root));
    head.text.starts_with('<') && root && !head.text.contains("<html")
}

/// Whether the beginning has an HTML or XML tag.
fn has_tags(head: &FileHead) -> bool {
    let opens =
        |rest: &str| rest.starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)) && rest.contains('>');
    head.text.match_indices('<').any(|(at, _)| opens(&head.text[at + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_has_a_row_and_a_name_of_its_own() {
        let mut names: Vec<&str> = FORMATS.iter().map(|row| row.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), FORMATS.len());
        assert_eq!(FORMATS.last().map(|row| row.format), Some(Format::Text));
    }

    #[test]
    fn bytes_take_precedence_over_names() {
        let utf_16: Vec<u8> = "\u{feff}<!DOCTYPE html><p>a".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let table: [(&[u8], &str, Format); 20] = [
            (b"%PDF-1.4\n", "a.txt", Format::Pdf),
            (b"PK\x03\x04....mimetypeapplication/epub+zip", "a.docx", Format::Epub),
            (b"PK\x03\x04....[Content_Types].xml", "a", Format::Docx),
            (b"PK\x03\x04....", "a", Format::Zip),
            (b"{\\rtf1\\ansi", "a.doc", Format::Rtf),
            (b"\xd0\xcf\x11\xe0\xa1\xb1", "a.doc", Format::Ole),
            (b"\x1f\x8b\x08", "a.xml", Format::Gzip),
            (b"\x00\x05\x16\x07\x00\x02", "._a.txt", Format::Binary),
            (b"\x01\x02\x03\x00\x00\x00\x00\x04", "a.txt", Format::Binary),
            (b" <!-- x --> <!DOCTYPE HTML PUBLIC>", "a.txt", Format::Html),
            (&utf_16, "a.txt", Format::Html),
            (b"<?xml version='1.0'?><html>", "a.xml", Format::Html),
            (b"<?xml version='1.0'?><!-- <html> --><an:akomaNtoso xmlns:an='x'>", "a.html", Format::AkomaNtoso),
            (b"<ACT xsi:noNamespaceSchemaLocation='http://x.eu/schema/formex-05.xd'>", "a.xml", Format::Formex),
            (b"<?xml version='1.0'?><act><p>x</p></act>", "a.xml", Format::Xml),
            (b"<P>Une question<BR>", "a.asp", Format::Html),
            (b"Une question, 2 < 3", "a.html", Format::Text),
            (b"# Un titre", "dossier.x/A.MD", Format::Markdown),
            (b"\x1b[31mrouge\x1b[0m\x07", "a.txt", Format::Text),
            (b"", "", Format::Text),
        ];
        for (bytes, name, format) in table {
            assert_eq!(detect(bytes, name), format, "{name} {:?}", String::from_utf8_lossy(bytes));
        }
    }
}
