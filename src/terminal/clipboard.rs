//! Copying through the terminal, OSC 52: it reaches the clipboard of the machine the person sits at, over ssh too. The
//! terminal's answer is never asked for and the clipboard never read.
//!
//! tmux gets the plain form: it takes OSC 52 itself (`set-clipboard on` or `external`, the latter the default) and keeps a
//! paste buffer besides, whereas its pass-through must be allowed in its configuration. GNU screen knows no OSC 52; the
//! sequence goes through it in pieces, each wrapped in a DCS.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::locale::Message;

/// Characters of base64 that every terminal with OSC 52 takes: xterm's bound less the frame.
pub const LONGEST: usize = 74_994;
/// Characters of one piece through GNU screen, well below the shortest bound of its versions.
const PIECE: usize = 76;

/// A multiplexer between the process and the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Multiplexer {
    /// Nothing, or tmux.
    None,
    /// GNU screen.
    Screen,
}

impl Multiplexer {
    /// By the environment: screen sets `STY`; tmux inside screen answers for itself.
    pub fn from_environment(environment: impl Fn(&str) -> Option<String>) -> Self {
        let set = |name| environment(name).is_some_and(|value: String| !value.is_empty());
        if set("STY") && !set("TMUX") { Self::Screen } else { Self::None }
    }
}

/// The bytes that put `text` into the clipboard, to be written between frames; or why not.
pub fn copy(text: &str, multiplexer: Multiplexer) -> Result<Vec<u8>, Message> {
    let code = STANDARD.encode(text);
    if code.len() > LONGEST {
        let most = LONGEST / 4 * 3;
        return Err(Message::new("clipboard-too-long").with("bytes", text.len()).with("most", most));
    }
    Ok(match multiplexer {
        Multiplexer::None => format!("\x1b]52;c;{code}\x07").into_bytes(),
        Multiplexer::Screen => through_screen(&code),
    })
}

/// screen passes on the content of a DCS; the terminal reassembles the pieces.
fn through_screen(code: &str) -> Vec<u8> {
    let mut bytes = b"\x1bP\x1b]52;c;".to_vec();
    for (number, piece) in code.as_bytes().chunks(PIECE).enumerate() {
        if number > 0 {
            bytes.extend_from_slice(b"\x1b\\\x1bP");
        }
        bytes.extend_from_slice(piece);
    }
    bytes.extend_from_slice(b"\x07\x1b\\");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_sent_in_base64() {
        assert_eq!(copy("Œuvre", Multiplexer::None).unwrap(), b"\x1b]52;c;xZJ1dnJl\x07");
    }

    #[test]
    fn nothing_of_the_text_can_end_the_sequence() {
        let bytes = copy("\x07\x1b\\\x1b[2J", Multiplexer::None).unwrap();
        let inside = &bytes[7..bytes.len() - 1];
        assert!(inside.iter().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(byte)));
    }

    #[test]
    fn the_pieces_through_screen_are_the_whole() {
        let text = "considérant que ".repeat(40);
        let through = String::from_utf8(copy(&text, Multiplexer::Screen).unwrap()).unwrap();
        let pieces: Vec<&str> = through.split("\x1b\\").filter_map(|piece| piece.strip_prefix("\x1bP")).collect();
        assert!(pieces.len() > 1 && pieces.iter().all(|piece| piece.len() < 256));
        assert_eq!(pieces.concat().into_bytes(), copy(&text, Multiplexer::None).unwrap());
    }

    #[test]
    fn what_is_too_long_is_said_and_not_cut() {
        assert!(copy(&"x".repeat(56_244), Multiplexer::None).is_ok());
        assert_eq!(copy(&"x".repeat(56_247), Multiplexer::None).unwrap_err().id, "clipboard-too-long");
    }

    #[test]
    fn tmux_takes_the_plain_form() {
        let of = |names: &'static [&str]| {
            Multiplexer::from_environment(|name| names.contains(&name).then(|| "1".to_owned()))
        };
        assert_eq!(of(&["TMUX"]), Multiplexer::None);
        assert_eq!(of(&["TMUX", "STY"]), Multiplexer::None);
        assert_eq!(of(&["STY"]), Multiplexer::Screen);
        assert_eq!(of(&[]), Multiplexer::None);
    }
}
