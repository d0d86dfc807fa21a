//! Models of how families of terminals measure text; no two agree. Describes their behaviour, not the cells that the
//! encoder reserves.

use strum::VariantArray;
use unicode_normalization::char::is_combining_mark;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::grapheme::clusters;

/// One way to count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, VariantArray)]
pub enum Widths {
    /// By grapheme clusters, two cells at most; U+FE0F makes a sign wide. Windows Terminal, ghostty, kitty.
    #[default]
    Clusters,
    /// By grapheme clusters, but U+FE0F changes nothing.
    NarrowClusters,
    /// Character by character, as wcwidth of the C library: a spacing mark has a cell. xterm, VTE.
    Characters,
    /// The same, but a character behind U+200D has no cells. tmux.
    JoinedCharacters,
    /// Character by character, and marks of any kind have no cells. Older wcwidth tables.
    CharactersWithoutMarks,
}

impl Widths {
    /// All of them.
    pub const ALL: [Self; Self::VARIANTS.len()] = *Self::VARIANTS.first_chunk().expect("of that length");

    /// A text as the terminal takes it, sign by sign, with the cells of each; one without cells goes to the sign before it.
    pub fn signs(self, text: &str) -> Vec<(&str, usize)> {
        match self {
            Self::Clusters => clusters(text).map(|cluster| (cluster.text, cluster.text.width().min(2))).collect(),
            Self::NarrowClusters => clusters(text).map(|cluster| (cluster.text, narrow(cluster.text))).collect(),
            _ => self.characters(text),
        }
    }

    fn characters(self, text: &str) -> Vec<(&str, usize)> {
        let mut before = '\0';
        let sign = |(at, c): (usize, char)| {
            let joined = self == Self::JoinedCharacters && before == '\u{200d}';
            before = c;
            (&text[at..at + c.len_utf8()], if joined { 0 } else { self.character(c) })
        };
        text.char_indices().map(sign).collect()
    }

    fn character(self, c: char) -> usize {
        let is_spacing = || super::cells::of_cluster(c.encode_utf8(&mut [0; 4])) > 1;
        match c.width().unwrap_or(0) {
            _ if self == Self::CharactersWithoutMarks && is_combining_mark(c) => 0,
            // A spacing mark alone has a cell beside its base.
            0 if is_combining_mark(c) && is_spacing() => 1,
            cells => cells,
        }
    }
}

/// The cells of a cluster by its characters but for U+FE0F, two at most.
fn narrow(cluster: &str) -> usize {
    cluster.replace('\u{fe0f}', "").width().min(2)
}
