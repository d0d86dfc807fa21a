//! Parses the mark at the start of a paragraph of a resolution: a dash, a letter of a recital, a number, the mark of a
//! sub-point. The labels found by cleaning are not used, because letters continue after Z (« AA. ») and only this genre
//! knows how they count.

/// Mark at the start of a paragraph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ParagraphMark {
    Plain,
    Dash,
    /// A letter, « A. », « AB. », and its position: Z is 26, AA is 27.
    Letter(String, u32),
    /// A number: « 12. ».
    Number(String, u32),
    /// A number of several levels, « 7.1. »: label, first number, number of levels.
    Levels(String, u32, u8),
    /// A point: « (a) », « iv) ».
    Point(String),
}

/// Splits a text into its mark and the rest.
pub(super) fn split_mark(text: &str) -> (ParagraphMark, &str) {
    let text = text.trim_start();
    if let Some(rest) =
        text.strip_prefix(['–', '—', '-', '•', '−']).filter(|rest| rest.starts_with(char::is_whitespace))
    {
        return (ParagraphMark::Dash, rest.trim_start());
    }
    marked(text).unwrap_or((ParagraphMark::Plain, text))
}

fn marked(text: &str) -> Option<(ParagraphMark, &str)> {
    let opened = text.strip_prefix('(');
    let body = opened.unwrap_or(text);
    let end = body.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.'))?;
    let closed = body[end..].strip_prefix(')');
    let rest = closed.unwrap_or(&body[end..]);
    let word = body[..end].trim_end_matches('.');
    let bracketed = closed.is_some();
    let is_valid = bracketed || opened.is_none() && body[..end].ends_with('.');
    if !is_valid || word.is_empty() || word.len() > 10 || !rest.starts_with(char::is_whitespace) {
        return None;
    }
    Some((parse_label(word, bracketed)?, rest.trim_start()))
}

fn parse_label(word: &str, bracketed: bool) -> Option<ParagraphMark> {
    let label = word.to_owned();
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        return (word.len() <= 3).then(|| word.parse().ok().map(|value| ParagraphMark::Number(label, value))).flatten();
    }
    if word.contains('.') {
        let levels: Vec<u32> = word.split('.').map(str::parse).collect::<Result<_, _>>().ok()?;
        return Some(ParagraphMark::Levels(label, levels[0], u8::try_from(levels.len()).ok()?));
    }
    if word.len() <= 2 && !bracketed && word.starts_with(|c: char| c.is_ascii_uppercase()) {
        return letters(word).map(|value| ParagraphMark::Letter(label, value));
    }
    let point = word.len() <= 5 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    point.then_some(ParagraphMark::Point(label))
}

/// Returns the position of A, B … Z, AA, AB …, also written Aa, Ab.
fn letters(word: &str) -> Option<u32> {
    word.bytes().try_fold(0, |value, byte| {
        let letter = byte.to_ascii_uppercase();
        letter.is_ascii_uppercase().then(|| value * 26 + u32::from(letter - b'A') + 1)
    })
}

/// Whether a lower-case label is a Roman numeral, « i » or « iv »; a letter that follows the previous label is not.
pub(super) fn is_roman(label: &str, before: Option<&str>) -> bool {
    let follows = matches!((label.as_bytes(), before.map(str::as_bytes)), ([this], Some([last])) if *this == last + 1);
    !follows && label.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paragraph_opens_with_a_dash_a_letter_a_number_or_a_points_mark() {
        let table = [
            ("– vu le traité", ParagraphMark::Dash, "vu le traité"),
            ("A. considérant", ParagraphMark::Letter("A".into(), 1), "considérant"),
            ("AA. whereas", ParagraphMark::Letter("AA".into(), 27), "whereas"),
            ("AB.\u{a0}whereas", ParagraphMark::Letter("AB".into(), 28), "whereas"),
            ("12. demande", ParagraphMark::Number("12".into(), 12), "demande"),
            ("7.1. demande", ParagraphMark::Levels("7.1".into(), 7, 2), "demande"),
            ("(a) de faire", ParagraphMark::Point("a".into()), "de faire"),
            ("iv) de faire", ParagraphMark::Point("iv".into()), "de faire"),
            ("Vu le traité", ParagraphMark::Plain, "Vu le traité"),
            ("2019. Puis", ParagraphMark::Plain, "2019. Puis"),
            ("-5 degrés", ParagraphMark::Plain, "-5 degrés"),
            ("", ParagraphMark::Plain, ""),
            ("(", ParagraphMark::Plain, "("),
        ];
        for (text, opening, rest) in table {
            assert_eq!(split_mark(text), (opening, rest), "{text}");
        }
    }

    #[test]
    fn i_is_a_number_unless_it_follows_h() {
        for (label, before, roman) in
            [("i", None, true), ("i", Some("h"), false), ("iv", Some("iii"), true), ("c", Some("b"), false)]
        {
            assert_eq!(is_roman(label, before), roman, "{label}");
        }
    }
}
