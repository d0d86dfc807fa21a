//! Masks words in a recording: every printed letter and digit becomes `x`, `X`, `0` or a wide `Ｘ` of the same width, so
//! that the screen keeps its shape and its styles. Sequences are unchanged, except for the content of control strings:
//! a copied passage goes to the clipboard in one. Signs and spaces remain.

use crate::terminal::emulator::tokens::{OutputToken, begins_string, tokens};
use crate::text::grapheme::clusters;

/// Replacement for a letter of two cells.
const WIDE: &str = "Ｘ";
/// The beginning of a request to copy (OSC 52); the text follows.
const COPY: &str = "52;c;";

/// Masks the words of terminal output.
pub fn masked(output: &str) -> String {
    let mut masked = String::with_capacity(output.len());
    for token in tokens(output) {
        match token {
            OutputToken::Text(text) => mask_words(text, &mut masked),
            OutputToken::Control(c) => masked.push(c),
            OutputToken::String(string) => mask_string(string, &mut masked),
            OutputToken::Unfinished(string) if begins_string(string) => mask_string(string, &mut masked),
            OutputToken::Escape(sequence) | OutputToken::Csi(sequence) | OutputToken::Unfinished(sequence) => {
                masked.push_str(sequence);
            }
        }
    }
    masked
}

/// Masks the text typed into a prompt or pasted. Keys and replies, which are sequences, are unchanged.
pub fn masked_keys(input: &str) -> String {
    let mut masked = String::with_capacity(input.len());
    let mut is_function_key = false;
    for token in tokens(input) {
        match token {
            OutputToken::Text(text) if is_function_key => {
                let end = text.find(|c: char| c.is_ascii_alphabetic()).map_or(0, |at| at + 1);
                masked.push_str(&text[..end]);
                mask_words(&text[end..], &mut masked);
            }
            OutputToken::Text(text) => mask_words(text, &mut masked),
            OutputToken::Control(c) => masked.push(c),
            // SS3; otherwise Alt with a letter, or the bytes that follow an Esc in one read.
            OutputToken::Escape("\x1bO") => masked.push_str("\x1bO"),
            OutputToken::Escape(sequence) => mask_characters(sequence, &mut masked),
            OutputToken::Csi(key) if is_written_key(key) => mask_characters(key, &mut masked),
            OutputToken::Csi(sequence) | OutputToken::String(sequence) | OutputToken::Unfinished(sequence) => {
                masked.push_str(sequence);
            }
        }
        is_function_key = token == OutputToken::Escape("\x1bO");
    }
    masked
}

/// Whether a terminal writes a character as a number (kitty's `CSI … u`, xterm's `CSI 27 ; … ~`).
fn is_written_key(sequence: &str) -> bool {
    sequence.ends_with('u') && !sequence.contains('?') || sequence.starts_with("\x1b[27;")
}

fn mask_words(text: &str, masked: &mut String) {
    for cluster in clusters(text) {
        let first = cluster.text.chars().find(|c| c.is_alphanumeric());
        match (first, cluster.width) {
            (_, 0) => {} // nothing to be seen
            (None, _) => masked.push_str(cluster.text),
            (Some(c), 1) => masked.push(mask(c)),
            (Some(_), _) => masked.push_str(WIDE),
        }
    }
}

fn mask_characters(text: &str, masked: &mut String) {
    masked.extend(text.chars().map(|c| if c.is_alphanumeric() { mask(c) } else { c }));
}

fn mask_string(string: &str, masked: &mut String) {
    let words = string[2..].strip_prefix(COPY).map_or(2, |_| 2 + COPY.len());
    masked.push_str(&string[..words]);
    mask_characters(&string[words..], masked);
}

fn mask(c: char) -> char {
    match c {
        _ if c.is_numeric() => '0',
        _ if c.is_uppercase() => 'X',
        _ => 'x',
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::terminal::emulator::Player;

    #[test]
    fn letters_and_digits_go_and_sequences_stay() {
        for (output, expected) in [
            ("Le 12 mai, l’été", "Xx 00 xxx, x’xxx"),
            ("\x1b[1;31mVu\x1b[m欧\x1b[2Cm\u{301}² ═", "\x1b[1;31mXx\x1b[mＸ\x1b[2Cx0 ═"),
            ("a\x1b[5b\x1bM\r\n👍", "x\x1b[5b\x1bM\r\n👍"),
            ("\x1b]52;c;eG9+/a==\x07b", "\x1b]52;c;xX0+/x==\x07x"),
            ("\x1bP\x1b]52;c;eG9\x1b\\\x1bPabc\x07\x1b\\", "\x1bP\x1b]52;c;xX0\x1b\\\x1bPxxx\x07\x1b\\"),
            ("\x1b]52;c;eG9", "\x1b]52;c;xX0"),
        ] {
            assert_eq!(masked(output), expected, "{output:?}");
        }
    }

    #[test]
    fn typed_words_go_and_keys_stay() {
        for (input, expected) in [
            ("/torture 2\r", "/xxxxxxx 0\r"),
            ("\x1b[A\x1bOP\x1b[1;5C\x1b[200~Nom\x1b[201~", "\x1b[A\x1bOP\x1b[1;5C\x1b[200~Xxx\x1b[201~"),
            ("\x1ba\x1b[97;1u\x1b[27;5;97~\x1b[?1u", "\x1bx\x1b[00;0x\x1b[00;0;00~\x1b[?1u"),
            ("\x1b[?69;2$y\x1b]11;rgb:0000/0000/0000\x1b\\", "\x1b[?69;2$y\x1b]11;rgb:0000/0000/0000\x1b\\"),
        ] {
            assert_eq!(masked_keys(input), expected, "{input:?}");
        }
    }

    fn stream() -> impl Strategy<Value = String> {
        let part = prop_oneof![
            6 => "([A-Za-z0-9éÀ欧²ا═⁴👍 ,.-]|e\u{301}){0,20}",
            1 => "(\r|\n|\u{8}|\u{1b}M)",
            3 => "\u{1b}\\[[0-9]{1,2};[0-9]{1,2}H",
            2 => "\u{1b}\\[[0-9]{0,2}[ABCDGKJXbdP@LMST]",
            1 => "\u{1b}\\[(1|3|7|31|48;5;99|)m",
            1 => Just("\x1b[?69h\x1b[3;9s".to_owned()),
            1 => "\u{1b}\\]52;c;[a-zA-Z0-9+/]{1,9}\u{7}",
        ];
        proptest::collection::vec(part, 1..40).prop_map(|parts| parts.concat())
    }

    /// The occupied cells and their styles.
    fn shape(output: &str) -> Vec<(bool, ratatui::style::Style)> {
        let mut player = Player::new(20, 8);
        player.feed(output);
        player.cells().content.iter().map(|cell| (cell.symbol() == " ", cell.style())).collect()
    }

    proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, cases: 500, ..Default::default() })]
        #[test]
        fn the_masked_screen_has_the_shape_of_the_other(output in stream()) {
            let hidden = masked(&output);
            prop_assert_eq!(shape(&hidden), shape(&output));
            let cursor = |output: &str| {
                let mut player = Player::new(20, 8);
                player.feed(output);
                player.cursor()
            };
            prop_assert_eq!(cursor(&hidden), cursor(&output));
            let sequences = |output: &str| tokens(output).filter(|token| matches!(token, OutputToken::Csi(_) | OutputToken::Escape(_)))
                .map(|token| format!("{token:?}")).collect::<Vec<_>>();
            prop_assert_eq!(sequences(&hidden), sequences(&output));
            for token in tokens(&hidden) {
                if let OutputToken::Text(text) = token {
                    let told = text.chars().find(|c| c.is_alphanumeric() && !"xX0Ｘ".contains(*c));
                    prop_assert_eq!(told, None);
                }
            }
        }
    }
}
