//! Tokenises terminal output: text, control characters, sequences (ECMA-48, 5.3 to 5.6). Knows their ends, not their
//! meaning; the tokens concatenate to the input. A truncated or damaged sequence ends where another token begins.

/// A token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutputToken<'a> {
    /// Text without control characters.
    Text(&'a str),
    /// A control character other than ESC.
    Control(char),
    /// `ESC`, optional intermediates, a final character.
    Escape(&'a str),
    /// `CSI` with parameters, intermediates and a final character.
    Csi(&'a str),
    /// A control string (OSC, DCS, APC, PM, SOS) with its terminator, or up to what cut it off.
    String(&'a str),
    /// An incomplete sequence at the end of the text.
    Unfinished(&'a str),
}

/// Iterates over the tokens of a text.
pub fn tokens(text: &str) -> impl Iterator<Item = OutputToken<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (token, length) = first(rest)?;
        rest = &rest[length..];
        Some(token)
    })
}

/// Whether the beginning of a sequence is that of a control string.
pub fn begins_string(unfinished: &str) -> bool {
    unfinished.chars().nth(1).is_some_and(|c| matches!(c, ']' | 'P' | '_' | '^' | 'X'))
}

/// The first token and its length in bytes.
fn first(text: &str) -> Option<(OutputToken<'_>, usize)> {
    let c = text.chars().next()?;
    if c == '\x1b' {
        return Some(sequence(text));
    }
    if c.is_control() {
        return Some((OutputToken::Control(c), c.len_utf8()));
    }
    let end = text.find(char::is_control).unwrap_or(text.len());
    Some((OutputToken::Text(&text[..end]), end))
}

/// The token that begins with ESC.
fn sequence(text: &str) -> (OutputToken<'_>, usize) {
    let bytes = text.as_bytes();
    match bytes.get(1) {
        None => (OutputToken::Unfinished(text), text.len()),
        Some(b'[') => ended(text, skip(bytes, skip(bytes, 2, 0x30..=0x3f), 0x20..=0x2f), 0x40, OutputToken::Csi),
        Some(b']' | b'P' | b'_' | b'^' | b'X') => string(text),
        Some(_) => ended(text, skip(bytes, 1, 0x20..=0x2f), 0x30, OutputToken::Escape),
    }
}

/// The place behind all bytes of a range.
fn skip(bytes: &[u8], from: usize, range: std::ops::RangeInclusive<u8>) -> usize {
    from + bytes[from..].iter().take_while(|byte| range.contains(byte)).count()
}

/// A sequence with its final character at a position, if that is `lowest` or above; another character there is not part
/// of it.
fn ended<'a>(
    text: &'a str,
    at: usize,
    lowest: u8,
    token: impl Fn(&'a str) -> OutputToken<'a>,
) -> (OutputToken<'a>, usize) {
    match text.as_bytes().get(at) {
        None => (OutputToken::Unfinished(text), text.len()),
        Some(last) if (lowest..=0x7e).contains(last) => (token(&text[..=at]), at + 1),
        Some(_) => (token(&text[..at]), at),
    }
}

/// A control string: it ends with BEL or ST, and is cut off by CAN, SUB and the next ESC.
fn string(text: &str) -> (OutputToken<'_>, usize) {
    let ends = |c: char| matches!(c, '\x07' | '\x18' | '\x1a' | '\x1b' | '\u{9c}');
    let Some(at) = text[2..].find(ends).map(|at| at + 2) else { return (OutputToken::Unfinished(text), text.len()) };
    let rest = &text[at..];
    let end = match rest.as_bytes() {
        [0x1b] => return (OutputToken::Unfinished(text), text.len()),
        [0x1b, b'\\', ..] => at + 2,
        [0x1b, ..] => at,
        _ => at + rest.chars().next().map_or(0, char::len_utf8),
    };
    (OutputToken::String(&text[..end]), end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn terminal_state(text: &str) -> Vec<OutputToken<'_>> {
        tokens(text).collect()
    }

    fn source<'a>(token: &'a OutputToken<'a>) -> String {
        match token {
            OutputToken::Control(c) => c.to_string(),
            OutputToken::Text(text)
            | OutputToken::Escape(text)
            | OutputToken::Csi(text)
            | OutputToken::String(text)
            | OutputToken::Unfinished(text) => (*text).to_owned(),
        }
    }

    #[test]
    fn words_controls_and_sequences_are_told_apart() {
        use OutputToken::{Control, Csi, Escape, String, Text, Unfinished};
        assert_eq!(
            terminal_state("a\x1b[1;2Hb\r\n\x1bM\x1b(B\x1b]52;c;eHg=\x07é\x1bPq\x1b\\\u{85}\x1b[?69"),
            [
                Text("a"),
                Csi("\x1b[1;2H"),
                Text("b"),
                Control('\r'),
                Control('\n'),
                Escape("\x1bM"),
                Escape("\x1b(B"),
                String("\x1b]52;c;eHg=\x07"),
                Text("é"),
                String("\x1bPq\x1b\\"),
                Control('\u{85}'),
                Unfinished("\x1b[?69"),
            ]
        );
    }

    #[test]
    fn what_cannot_belong_to_a_sequence_ends_it() {
        use OutputToken::{Csi, Escape, String, Text, Unfinished};
        assert_eq!(terminal_state("\x1b[1é"), [Csi("\x1b[1"), Text("é")]);
        assert_eq!(terminal_state("\x1b\x1b[A"), [Escape("\x1b"), Csi("\x1b[A")]);
        assert_eq!(terminal_state("\x1b]0;x\x1b[A"), [String("\x1b]0;x"), Csi("\x1b[A")]);
        assert_eq!(terminal_state("\x1b]0;x\x1b"), [Unfinished("\x1b]0;x\x1b")]);
    }

    proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]
        #[test]
        fn the_parts_are_the_whole(text in "([a-z欧é]|\u{1b}|\\[|\\]|P|[0-9;?$ ]|[mHr\\\\]|\u{7}|\u{9b}|\n){0,40}") {
            let whole: std::string::String = tokens(&text).map(|token| source(&token)).collect();
            prop_assert_eq!(whole, text);
        }
    }
}
