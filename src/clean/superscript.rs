//! Superscript forms of Unicode, in which the marks of notes are shown.

/// Lower-case letters that have a superscript form in Unicode, and those forms.
const RAISED_LETTERS: (&str, &str) = ("abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ");

/// Returns the superscript form of a digit or a lower-case letter, as marks of notes are shown; other characters are
/// returned unchanged.
pub(super) fn superscript(c: char) -> char {
    match c {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0' | '4'..='9' => char::from_u32(0x2070 + u32::from(c) - u32::from('0')).unwrap_or(c),
        _ => {
            let (letters, raised) = RAISED_LETTERS;
            letters.chars().zip(raised.chars()).find(|(letter, _)| *letter == c).map_or(c, |(_, raised)| raised)
        }
    }
}
