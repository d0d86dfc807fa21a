//! Number of cells reserved for a grapheme cluster so that no terminal truncates it. Terminals disagree: some add up
//! characters (wcwidth), some measure clusters; a spacing mark (general category Mc) takes one cell or none, U+FE0F
//! makes a sign wide or does not, emoji with modifiers or joiners become one sign or stay several. A cluster is
//! reserved the largest of these widths, and the encoder leaves the remaining cells empty. Independent of the terminal
//! in use and of neighbouring clusters.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// What a mark without a base is shown on (Unicode Standard, 2.11 “Combining Characters”, isolated marks).
const BASE: char = '\u{a0}';

/// Spacing marks (general category Mc) that unicode-width takes for parts of the sign before them, because they extend
/// clusters (`Grapheme_Extend`); most terminals count by categories and give them a cell. In order.
const SPACING_MARKS: [(char, char); 46] = [
    ('\u{9be}', '\u{9be}'),
    ('\u{9d7}', '\u{9d7}'),
    ('\u{b3e}', '\u{b3e}'),
    ('\u{b57}', '\u{b57}'),
    ('\u{bbe}', '\u{bbe}'),
    ('\u{bd7}', '\u{bd7}'),
    ('\u{cc0}', '\u{cc0}'),
    ('\u{cc2}', '\u{cc2}'),
    ('\u{cc7}', '\u{cc8}'),
    ('\u{cca}', '\u{ccb}'),
    ('\u{cd5}', '\u{cd6}'),
    ('\u{d3e}', '\u{d3e}'),
    ('\u{d57}', '\u{d57}'),
    ('\u{dcf}', '\u{dcf}'),
    ('\u{ddf}', '\u{ddf}'),
    ('\u{1715}', '\u{1715}'),
    ('\u{1734}', '\u{1734}'),
    ('\u{1b35}', '\u{1b35}'),
    ('\u{1b3b}', '\u{1b3b}'),
    ('\u{1b3d}', '\u{1b3d}'),
    ('\u{1b43}', '\u{1b44}'),
    ('\u{1baa}', '\u{1baa}'),
    ('\u{1bf2}', '\u{1bf3}'),
    ('\u{302e}', '\u{302f}'),
    ('\u{a953}', '\u{a953}'),
    ('\u{a9c0}', '\u{a9c0}'),
    ('\u{111c0}', '\u{111c0}'),
    ('\u{11235}', '\u{11235}'),
    ('\u{1133e}', '\u{1133e}'),
    ('\u{1134d}', '\u{1134d}'),
    ('\u{11357}', '\u{11357}'),
    ('\u{113b8}', '\u{113b8}'),
    ('\u{113c2}', '\u{113c2}'),
    ('\u{113c5}', '\u{113c5}'),
    ('\u{113c7}', '\u{113c9}'),
    ('\u{113cf}', '\u{113cf}'),
    ('\u{114b0}', '\u{114b0}'),
    ('\u{114bd}', '\u{114bd}'),
    ('\u{115af}', '\u{115af}'),
    ('\u{116b6}', '\u{116b6}'),
    ('\u{11930}', '\u{11930}'),
    ('\u{1193d}', '\u{1193d}'),
    ('\u{11f41}', '\u{11f41}'),
    ('\u{16ff0}', '\u{16ff1}'),
    ('\u{1d165}', '\u{1d166}'),
    ('\u{1d16d}', '\u{1d172}'),
];

/// Largest width that any terminal gives a cluster, including the base that [`shown`] puts before marks without one. 0
/// for invisible clusters: joiners, variation selectors and other ignorable characters alone, control characters.
pub fn of_cluster(cluster: &str) -> usize {
    if cluster.chars().all(is_invisible) {
        return 0;
    }
    let one_by_one: usize = parts(cluster).map(of_part).sum();
    usize::from(lacks_base(cluster)) + one_by_one.max(cluster.width())
}

/// Splits a cluster where terminals that measure single characters begin a new cell: base characters with their
/// combining marks.
pub fn parts(cluster: &str) -> impl Iterator<Item = &str> {
    let mut rest = cluster;
    std::iter::from_fn(move || {
        let end = rest.char_indices().skip(1).find(|(_, c)| of_character(*c) > 0).map_or(rest.len(), |(at, _)| at);
        let (part, behind) = rest.split_at(end);
        rest = behind;
        Some(part).filter(|part| !part.is_empty())
    })
}

/// U+FE0F makes some signs wide.
fn of_part(part: &str) -> usize {
    part.chars().map(of_character).sum::<usize>().max(part.width())
}

/// Returns the text to write for a cluster: a space is inserted before marks without a base, which would otherwise
/// combine with the character that precedes them on the screen.
pub fn shown(cluster: &str) -> Cow<'_, str> {
    if lacks_base(cluster) { Cow::Owned(format!("{BASE}{cluster}")) } else { Cow::Borrowed(cluster) }
}

/// The most cells that a terminal gives a character of a cluster, of those that count one by one.
fn of_character(c: char) -> usize {
    match (c.width(), c) {
        // Half-width sound marks take one cell; but ratatui's buffer skips two cells for each, including the cell after
        // it.
        (_, '\u{3164}' | '\u{3248}'..='\u{324f}' | '\u{ff9e}' | '\u{ff9f}') => 2,
        (Some(cells), _) if cells > 0 => cells,
        (_, '\u{ffa0}') => 1,
        // Vowels and finals of a Hangul syllable share the cells of its initial.
        (_, '\u{1160}'..='\u{11ff}') => 0,
        _ if is_invisible(c) => 0,
        _ => usize::from(!is_combining_mark(c) || is_spacing_mark(c)),
    }
}

/// Whether a cluster begins with a character that terminals put on the one before it.
fn lacks_base(cluster: &str) -> bool {
    cluster.chars().next().is_some_and(|c| !c.is_ascii() && (c.width() == Some(0) || is_combining_mark(c)))
}

fn is_spacing_mark(c: char) -> bool {
    let at = SPACING_MARKS.partition_point(|(_, last)| *last < c);
    SPACING_MARKS.get(at).is_some_and(|(first, _)| *first <= c)
}

/// Control characters, and those without a picture of their own (`Default_Ignorable_Code_Point`, UAX #44).
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}'
            | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_marks_those_that_take_room_have_cells() {
        let marks = regex::Regex::new(r"^\p{Mc}$").unwrap();
        for c in (' '..=char::MAX).filter(|c| is_combining_mark(*c) && c.width() == Some(0)) {
            assert_eq!(of_character(c), usize::from(marks.is_match(&c.to_string())), "{c:?}");
        }
    }

    #[test]
    fn a_cluster_has_the_cells_of_the_terminal_that_gives_it_most() {
        let table = [
            ("கா", 2),
            ("කා", 2),
            ("കാ", 2),
            ("কা", 2),
            ("का", 2),
            ("क्ष", 2),
            ("ខ្មែ", 3),
            ("❤\u{fe0f}", 2),
            ("1\u{fe0f}\u{20e3}", 2),
            ("⌚\u{fe0e}", 2),
            ("👍🏽", 4),
            ("👨‍👩‍👧", 6),
            ("❤\u{fe0f}‍🔥", 4),
            ("🇫🇷", 2),
            ("\u{1112}\u{1161}\u{11ab}", 2),
            ("กำ", 2),
            ("ｶﾞ", 3),
            ("לָ", 1),
        ];
        for (text, cells) in table {
            assert_eq!((of_cluster(text), &*shown(text)), (cells, text), "{text:?}");
        }
    }

    #[test]
    fn what_nobody_sees_has_no_cell() {
        for text in ["\u{feff}", "\u{200d}", "\u{fe0f}", "\u{34f}"] {
            assert_eq!(of_cluster(text), 0, "{text:?}");
        }
    }

    #[test]
    fn what_has_no_base_is_shown_on_a_blank() {
        for (text, cells) in [("\u{301}", 1), ("\u{bbe}", 2), ("\u{1161}", 1), ("\u{301}\u{308}", 1)] {
            assert_eq!(of_cluster(text), cells, "{text:?}");
            assert_eq!(shown(text), format!("\u{a0}{text}"));
        }
    }
}
