//! Grapheme clusters (UAX #29) and the number of cells reserved for them, for layout and drawing alike. Where terminals
//! disagree, the largest width is used ([`super::cells`]). Does not shape, reorder or draw.

use std::borrow::Cow;

use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};
use unicode_width::UnicodeWidthStr;

use super::cells;

/// One user-perceived character and its place in the text it was found in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cluster<'a> {
    /// Where it starts, in bytes.
    pub start: usize,
    /// Its characters.
    pub text: &'a str,
    /// Its cells: mostly 1 or 2; more for what some terminals do not join; 0 for what cannot be seen.
    pub width: usize,
}

impl<'a> Cluster<'a> {
    /// The text to draw: marks without a base are preceded by a space.
    pub fn shown(&self) -> Cow<'a, str> {
        cells::shown(self.text)
    }

    /// Where it ends, in bytes.
    pub fn end(&self) -> usize {
        self.start + self.text.len()
    }
}

/// The clusters of a text from its start.
pub fn clusters(text: &str) -> impl Iterator<Item = Cluster<'_>> {
    let mut at = 0;
    let mut ends = text.grapheme_indices(true).map(|(start, cluster)| start + cluster.len());
    std::iter::from_fn(move || {
        let end = ends.find(|end| !goes_on(text, *end))?;
        let cluster = Cluster { start: at, text: &text[at..end], width: cluster_width(&text[at..end]) };
        at = end;
        Some(cluster)
    })
}

/// Whether a mark follows that belongs to the character before it. UAX #29 parts a few spacing marks of Burmese, Tai and
/// Ahom from their bases; terminals do not.
fn goes_on(text: &str, at: usize) -> bool {
    let is_mark = |c: char| c >= '\u{300}' && is_combining_mark(c);
    text[at..].chars().next().is_some_and(is_mark) && text[..at].chars().next_back().is_some_and(|c| !c.is_control())
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
/// their punctuation, box drawing, ideographs, kana and Hangul syllables.
fn plain_width(c: char) -> Option<usize> {
    match c {
        ' '..='~'
        | '\u{a0}'..='\u{ac}'
        | '\u{ae}'..='\u{24f}'
        | '\u{386}'..='\u{481}'
        | '\u{48a}'..='\u{52f}'
        | '\u{2010}'..='\u{2027}'
        | '\u{2500}'..='\u{259f}'
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

/// Whether a byte offset is a cluster boundary, including both ends.
pub fn is_boundary(text: &str, at: usize) -> bool {
    text.is_char_boundary(at)
        && GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0).unwrap_or(true)
        && !goes_on(text, at)
}

/// The cluster boundary after a byte position; the text's length when there is none.
pub fn next_cluster(text: &str, at: usize) -> usize {
    let at = text.floor_char_boundary(at);
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    let mut boundaries = std::iter::from_fn(|| cursor.next_boundary(text, 0).ok().flatten());
    boundaries.find(|boundary| !goes_on(text, *boundary)).unwrap_or(text.len())
}

/// The cluster boundary before a byte position; 0 when there is none.
pub fn previous_cluster(text: &str, at: usize) -> usize {
    let at = text.ceil_char_boundary(at);
    let mut cursor = GraphemeCursor::new(at, text.len(), true);
    let mut boundaries = std::iter::from_fn(|| cursor.prev_boundary(text, 0).ok().flatten());
    boundaries.find(|boundary| !goes_on(text, *boundary)).unwrap_or(0)
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
        _ => cells::of_cluster(cluster),
    }
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
            ("👨‍👩‍👧", 6),
            ("🇫🇷", 2),
            ("காலை", 4),
            ("\u{301}", 1),
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
    fn a_spacing_mark_is_never_parted_from_its_base() {
        assert_eq!(clusters("မာa").map(|cluster| cluster.text).collect::<Vec<_>>(), ["မာ", "a"]);
        assert_eq!((next_cluster("မာa", 0), previous_cluster("မာa", 6), is_boundary("မာa", 3)), (6, 0, false));
        assert_eq!(clusters("\n\u{102c}").count(), 2);
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
        fn clusters_tile_the_text_and_steps_visit_each(text in "(\\PC|[\u{900}-\u{dff}\u{1000}-\u{10ff}]){0,24}") {
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
