//! Decodes bytes to text. Evidence, most reliable first: a byte-order mark, the pattern of NUL bytes in UTF-16 or
//! UTF-32, valid UTF-8, a label in the text itself, and last the letter frequencies (chardetng). A label that the bytes
//! contradict is ignored. Invalid sequences become U+FFFD and are counted.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GBK, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::ExtractError;
use crate::document::Warning;

/// Number of bytes at the start of a file that are searched for a label.
const LABEL_BYTES: usize = 2048;

/// A text and how it was decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without its byte-order mark.
    pub text: String,
    /// WHATWG name of the encoding, or `UTF-32LE`, `UTF-32BE`, `HZ-GB-2312`.
    pub encoding: &'static str,
    /// Number of sequences that could not be decoded.
    pub invalid: usize,
}

/// Decodes a file. Never fails: at worst, the text has replacement characters, which are counted.
pub fn decode(bytes: &[u8]) -> Decoded {
    if let Some(decoded) = decode_by_byte_order_mark(bytes) {
        return decoded;
    }
    if bytes.contains(&0)
        && let Some(decoded) = decode_by_nul_pattern(bytes)
    {
        return decoded;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return decode_by_escapes(bytes).unwrap_or_else(|| Decoded::valid(repair_c1_controls(text), "UTF-8"));
    }
    decode_by_escapes(bytes)
        .or_else(|| decode_damaged_utf_8(bytes))
        .or_else(|| decode_by_label(bytes))
        .unwrap_or_else(|| decode_by_frequency(bytes))
}

/// Decodes a file for a reader. Adds a warning if bytes were invalid; returns an error if there is no text.
pub(super) fn decode_text(bytes: &[u8]) -> Result<(String, Vec<Warning>), ExtractError> {
    let decoded = decode(bytes);
    if decoded.text.chars().all(|c| c.is_whitespace() || c == '\u{feff}') {
        return Err(ExtractError::Empty);
    }
    let lost = (decoded.invalid > 0)
        .then(|| Warning { code: "invalid-bytes".to_owned(), detail: decoded.invalid.to_string() });
    Ok((decoded.text, lost.into_iter().collect()))
}

/// Replaces C1 controls with the windows-1252 characters they were before a faulty conversion (« l\u{92}homme »). A
/// text with escape sequences is left unchanged, since its controls may be intended.
fn repair_c1_controls(text: &str) -> String {
    let is_sign = |c: char| matches!(c, '\u{80}' | '\u{85}' | '\u{8c}' | '\u{91}'..='\u{97}' | '\u{99}' | '\u{9c}');
    if text.contains('\u{1b}') || !text.contains(is_sign) {
        return text.to_owned();
    }
    let meant = |c: char| if is_sign(c) { WINDOWS_1252.decode(&[c as u8]).0.chars().next().unwrap_or(c) } else { c };
    text.chars().map(meant).collect()
}

impl Decoded {
    fn valid(text: String, encoding: &'static str) -> Self {
        Self { text, encoding, invalid: 0 }
    }

    fn with_encoding(encoding: &'static Encoding, bytes: &[u8]) -> Self {
        let (text, damaged) = encoding.decode_without_bom_handling(bytes);
        let own = if damaged { text.matches('\u{fffd}').count().max(1) } else { 0 };
        Self { text: text.into_owned(), encoding: encoding.name(), invalid: own }
    }
}

fn decode_by_byte_order_mark(bytes: &[u8]) -> Option<Decoded> {
    if let Some(rest) = bytes.strip_prefix(&[0xff, 0xfe, 0, 0]) {
        return Some(decode_utf_32(rest, u32::from_le_bytes, "UTF-32LE"));
    }
    if let Some(rest) = bytes.strip_prefix(&[0, 0, 0xfe, 0xff]) {
        return Some(decode_utf_32(rest, u32::from_be_bytes, "UTF-32BE"));
    }
    let (encoding, length) = Encoding::for_bom(bytes)?;
    Some(Decoded::with_encoding(encoding, &bytes[length..]))
}

/// Detects UTF-16 and UTF-32: mostly Latin text has a NUL in every second byte, or in three of four.
fn decode_by_nul_pattern(bytes: &[u8]) -> Option<Decoded> {
    let head = &bytes[..bytes.len().min(4096) & !3];
    let nuls = |residue: usize, of: usize| head.iter().skip(residue).step_by(of).filter(|&&byte| byte == 0).count();
    let most = |count: usize, of: usize| head.len() >= 8 && count * 10 >= head.len() / of * 7;
    let few = |count: usize, of: usize| count * 20 <= head.len() / of;
    if most(nuls(2, 4), 4) && most(nuls(3, 4), 4) && few(nuls(0, 4), 4) {
        return Some(decode_utf_32(bytes, u32::from_le_bytes, "UTF-32LE"));
    }
    if most(nuls(0, 4), 4) && most(nuls(1, 4), 4) && few(nuls(3, 4), 4) {
        return Some(decode_utf_32(bytes, u32::from_be_bytes, "UTF-32BE"));
    }
    if most(nuls(1, 2), 2) && few(nuls(0, 2), 2) {
        return Some(Decoded::with_encoding(UTF_16LE, bytes));
    }
    (most(nuls(0, 2), 2) && few(nuls(1, 2), 2)).then(|| Decoded::with_encoding(UTF_16BE, bytes))
}

fn decode_utf_32(bytes: &[u8], value: fn([u8; 4]) -> u32, encoding: &'static str) -> Decoded {
    let mut invalid = usize::from(!bytes.len().is_multiple_of(4));
    let mut text = String::with_capacity(bytes.len() / 4);
    for unit in bytes.chunks_exact(4) {
        let unit = unit.try_into().expect("chunks of four have four bytes");
        let character = char::from_u32(value(unit)).unwrap_or_else(|| {
            invalid += 1;
            char::REPLACEMENT_CHARACTER
        });
        text.push(character);
    }
    Decoded { text, encoding, invalid }
}

/// Decodes seven-bit encodings with escape sequences, ISO-2022-JP and HZ; both are valid ASCII.
fn decode_by_escapes(bytes: &[u8]) -> Option<Decoded> {
    let has = |sequence: &[u8]| bytes.windows(sequence.len()).any(|window| window == sequence);
    if bytes.contains(&0x1b) && (has(b"\x1b$B") || has(b"\x1b$@")) {
        let decoded = Decoded::with_encoding(ISO_2022_JP, bytes);
        return (decoded.invalid <= 3).then_some(decoded);
    }
    (bytes.contains(&b'~') && bytes.is_ascii() && has(b"~{") && has(b"~}")).then(|| decode_hz(bytes)).flatten()
}

/// Decodes HZ-GB-2312 (RFC 1843): `~{` … `~}` enclose pairs of seven-bit GB 2312, `~~` is a tilde.
fn decode_hz(bytes: &[u8]) -> Option<Decoded> {
    let mut eight_bit = Vec::with_capacity(bytes.len());
    let mut shifted = false;
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match (byte, bytes.get(at + 1)) {
            (b'~', Some(b'{')) => (shifted, at) = (true, at + 2),
            (b'~', Some(b'}')) => (shifted, at) = (false, at + 2),
            (b'~', Some(b'~')) if !shifted => {
                eight_bit.push(b'~');
                at += 2;
            }
            _ => {
                shifted &= byte != b'\n';
                eight_bit.push(if shifted && byte > b' ' { byte | 0x80 } else { byte });
                at += 1;
            }
        }
    }
    let decoded = Decoded::with_encoding(GBK, &eight_bit);
    (decoded.invalid == 0).then_some(Decoded { encoding: "HZ-GB-2312", ..decoded })
}

/// Decodes damaged UTF-8: more than eight valid multi-byte sequences for each invalid one.
fn decode_damaged_utf_8(bytes: &[u8]) -> Option<Decoded> {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    (whole > broken * 8).then(|| Decoded {
        text: String::from_utf8_lossy(bytes).into_owned(),
        encoding: UTF_8.name(),
        invalid: broken,
    })
}

/// Decodes by the encoding that the text declares, if every byte is valid in it.
fn decode_by_label(bytes: &[u8]) -> Option<Decoded> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(LABEL_BYTES)]).to_ascii_lowercase();
    let label = find_label(&head)?;
    let encoding = Encoding::for_label(label.as_bytes())?;
    if encoding == UTF_16LE || encoding == UTF_16BE || encoding == UTF_8 {
        return None; // already ruled out by the bytes
    }
    let decoded = Decoded::with_encoding(encoding, bytes);
    (decoded.invalid == 0).then_some(decoded)
}

/// Finds the label of an HTML `meta charset` or an XML declaration in a lower-case text.
fn find_label(head: &str) -> Option<&str> {
    let xml = || head.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    let value = match xml().and_then(|(declaration, _)| declaration.split_once("encoding")) {
        Some((_, value)) => value,
        None => head.split_once("<meta").and_then(|(_, rest)| rest.split_once("charset"))?.1,
    };
    let value = value.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))).unwrap_or(value.len());
    (end > 0).then(|| &value[..end])
}

fn decode_by_frequency(bytes: &[u8]) -> Decoded {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    Decoded::with_encoding(detector.guess(None, Utf8Detection::Allow), bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sign_of_an_encoding_is_read() {
        let utf_16: Vec<u8> = "déjà vu, dit-on".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let utf_32: Vec<u8> = "déjà".chars().flat_map(|c| (c as u32).to_be_bytes()).collect();
        let marked: Vec<u8> = [&[0, 0, 0xfe, 0xff], utf_32.as_slice()].concat();
        let table: [(&[u8], &str, &str); 8] = [
            (b"\xef\xbb\xbfd\xc3\xa9j\xc3\xa0", "déjà", "UTF-8"),
            ("déjà".as_bytes(), "déjà", "UTF-8"),
            (&utf_16, "déjà vu, dit-on", "UTF-16LE"),
            (&marked, "déjà", "UTF-32BE"),
            (b"<meta charset=\"koi8-r\">\xf4\xc5\xcb\xd3\xd4", "<meta charset=\"koi8-r\">Текст", "KOI8-R"),
            (
                b"<?xml version='1.0' encoding='ISO-8859-1'?><p>\xe9</p>",
                "<?xml version='1.0' encoding='ISO-8859-1'?><p>é</p>",
                "windows-1252",
            ),
            (b"~{<:Ky2;~}", "己所不", "HZ-GB-2312"),
            (
                b"l'\xe9t\xe9 o\xf9 la r\xe9ponse a \xe9t\xe9 donn\xe9e",
                "l'été où la réponse a été donnée",
                "windows-1252",
            ),
        ];
        for (bytes, text, encoding) in table {
            assert_eq!(decode(bytes), Decoded::valid(text.to_owned(), encoding));
        }
    }

    #[test]
    fn a_label_that_the_bytes_contradict_is_ignored() {
        let page = "<meta http-equiv=Content-Type content='text/html; charset=iso-8859-1'>été";
        assert_eq!(decode(page.as_bytes()).text, page);
    }

    #[test]
    fn a_damaged_byte_in_utf_8_is_replaced_and_counted() {
        let mut bytes = "été après été, où l’évêque a répété".as_bytes().to_vec();
        bytes.push(0xff);
        let decoded = decode(&bytes);
        assert_eq!((decoded.encoding, decoded.invalid), ("UTF-8", 1));
        assert!(decoded.text.ends_with("répété\u{fffd}"));
    }
}
