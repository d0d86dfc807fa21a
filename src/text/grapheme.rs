//! Grapheme clusters (UAX #29) and the cells a terminal gives them: the one place that knows widths. Widths are those
//! that the screen buffer counts with, cluster by cluster, so that what is laid out is what is drawn. It does not shape,
//! order or draw anything.

use std::borrow::Cow;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};
use unicode_width::UnicodeWidthStr;

/// One user-perceived character and its place in the text it was found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cluster<'a> {
    /// Where it starts, in bytes.
    pub start: usize,
    /// Its characters.
    pub text: &'a str,
    /// Its cells: 0 for a mark without a base, 1, or 2; more for a few conjuncts that terminals do not join.
    pub width: usize,
}

impl Cluster<'_> {
    /// Where it ends, in bytes.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The clusters of a text from its start.
pub fn clusters(text: &str) -> impl Iterator<Item = Cluster<'_>> {
    text.grapheme_indices(true).map(|(start, text)| Cluster { start, text, width: cluster_width(text) })
}

/// The cells of a text: the sum of its clusters' (control characters have none).
pub fn width(text: &str) -> usize {
    if text.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
        return text.len();
    }
    plain_cells(text).unwrap_or_else(|| clusters(text).map(|cluster| cluster.width).sum())
}

/// The cells of a text counted by characters, which is near enough to judge by and many times quicker: joined emoji and
/// the like count for more than they take.
pub fn rough_width(text: &str) -> usize {
    plain_cells(text).unwrap_or_else(|| text.width())
}

/// The cells of a text of nothing but plain characters.
fn plain_cells(text: &str) -> Option<usize> {
    text.chars().map(plain_width).sum()
}

/// The cells of a character that is a cluster of its own next to any other such: Latin, Greek and Cyrillic letters with
/// their punctuation, ideographs, kana and Hangul syllables.
fn plain_width(c: char) -> Option<usize> {
    match c {
        ' '..='~'
        | '\u{a0}'..='\u{ac}'
        | '\u{ae}'..='\u{24f}'
        | '\u{386}'..='\u{481}'
        | '\u{48a}'..='\u{52f}'
        | '\u{2010}'..='\u{2027}'
        | '€' => Some(1),
        '\u{3001}'..='\u{3029}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30a0}'..='\u{30ff}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' => Some(2),
        _ => None,
    }
}

/// As many whole clusters from the start as fit.
pub fn truncate(text: &str, cells: usize) -> &str {
    &text[..fitting(text, cells)]
}

/// As many whole clusters from the end as fit.
pub fn truncate_start(text: &str, cells: usize) -> &str {
    let mut excess = width(text).saturating_sub(cells);
    let mut start = 0;
    for cluster in clusters(text) {
        if excess == 0 {
            break;
        }
        start = cluster.end();
        excess = excess.saturating_sub(cluster.width);
    }
    &text[start..]
}

/// The text itself where it fits, else its start with « … » in the last cell.
pub fn shorten(text: &str, cells: usize) -> Cow<'_, str> {
    if fitting(text, cells) == text.len() {
        Cow::Borrowed(text)
    } else if cells == 0 {
        Cow::Borrowed("")
    } else {
        Cow::Owned(format!("{}…", truncate(text, cells - 1).trim_end()))
    }
}

/// Whether a byte position stands between two clusters, or at either end.
pub fn is_boundary(text: &str, at: usize) -> bool {
    text.is_char_boundary(at) && GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0).unwrap_or(true)
}

/// The cluster boundary after a byte position; the text's length when there is none.
pub fn next_cluster(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at);
    let boundary = GraphemeCursor::new(at, text.len(), true).next_boundary(text, 0);
    boundary.ok().flatten().unwrap_or(text.len())
}

/// The cluster boundary before a byte position; 0 when there is none.
pub fn previous_cluster(text: &str, at: usize) -> usize {
    let at = text.ceil_char_boundary(at);
    let boundary = GraphemeCursor::new(at, text.len(), true).prev_boundary(text, 0);
    boundary.ok().flatten().unwrap_or(0)
}

fn fitting(text: &str, cells: usize) -> usize {
    let mut used = 0;
    let beyond = clusters(text).find(|cluster| {
        used += cluster.width;
        used > cells
    });
    beyond.map_or(text.len(), |cluster| cluster.start)
}

fn cluster_width(cluster: &str) -> usize {
    match cluster.as_bytes() {
        [byte] => usize::from(!byte.is_ascii_control()),
        _ if cluster.contains(char::is_control) => 0,
        _ => cluster.width() + cluster.chars().filter(|&c| is_sound_mark(c)).count(),
    }
}

/// Half-width kana sound marks: the screen buffer adds a cell for each to the one that the width table gives by now, so
/// « ｶﾞ » has three. Counting less would lose the character behind it, for the buffer skips as many cells as it counts.
fn is_sound_mark(c: char) -> bool {
    matches!(c, '\u{FF9E}' | '\u{FF9F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_way_counts_cells_as_the_long_one() {
        let plain = || ('\0'..='\u{FFFF}').filter(|&c| plain_width(c).is_some());
        for c in plain() {
            assert_eq!(plain_width(c), Some(cluster_width(&c.to_string())), "{c:?}");
        }
        let all: String = plain().collect();
        assert_eq!(clusters(&all).count(), all.chars().count());
    }

    #[test]
    fn a_cluster_has_the_cells_a_terminal_gives_it() {
        let table = [
            ("e", 1),
            ("é", 1),
            ("e\u{301}", 1),
            ("日", 2),
            ("👨‍👩‍👧", 2),
            ("🇫🇷", 2),
            ("\u{301}", 0),
            ("\u{a0}", 1),
            ("\u{202f}", 1),
            ("ไ", 1),
            ("ก็", 1),
            ("ｶﾞ", 3),
            ("\u{1b}", 0),
            ("\u{9b}", 0),
            ("␛", 1),
            ("␦", 1),
            ("¹", 1),
            ("ᵉ", 1),
            ("❤\u{fe0f}", 2),
        ];
        for (text, cells) in table {
            assert_eq!(clusters(text).count(), 1, "{text:?} is one cluster");
            assert_eq!(width(text), cells, "{text:?}");
        }
    }

    #[test]
    fn what_is_cut_is_cut_between_clusters() {
        assert_eq!(truncate("日本", 3), "日");
        assert_eq!(truncate("e\u{301}te", 1), "e\u{301}");
        assert_eq!(shorten("Résolution", 10), "Résolution");
        assert_eq!(shorten("Résolution", 4), "Rés…");
        assert_eq!(shorten("a bc", 3), "a…");
        assert_eq!(shorten("日本", 1), "…");
        assert_eq!(shorten("日本", 0), "");
    }

    #[test]
    fn stepping_stays_inside_the_text() {
        let text = "e\u{301}日";
        assert_eq!(next_cluster(text, 0), 3);
        assert_eq!(next_cluster(text, 3), 6);
        assert_eq!(next_cluster(text, 6), 6);
        assert_eq!(previous_cluster(text, 6), 3);
        assert_eq!(previous_cluster(text, 3), 0);
        assert_eq!(previous_cluster(text, 0), 0);
        assert_eq!(next_cluster("", 0), 0);
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]
        #[test]
        fn clusters_tile_the_text_and_steps_visit_each(text in "\\PC{0,24}") {
            let mut at = 0;
            for cluster in clusters(&text) {
                proptest::prop_assert_eq!(cluster.start, at);
                proptest::prop_assert_eq!(next_cluster(&text, at), cluster.end());
                proptest::prop_assert_eq!(previous_cluster(&text, cluster.end()), at);
                at = cluster.end();
            }
            proptest::prop_assert_eq!(at, text.len());
        }

        #[test]
        fn nothing_shortened_is_wider_than_asked(text in "\\PC{0,24}", cells in 0_usize..20) {
            proptest::prop_assert!(width(&shorten(&text, cells)) <= cells);
            proptest::prop_assert!(width(truncate(&text, cells)) <= cells);
        }
    }
}
