//! The built-in list of French and English word forms, `assets/words` (its README gives origin and licences): a minimal
//! acyclic automaton (DAWG) over the letters a to z, read directly from the binary. It has words of four letters or
//! more, in lower case without accents; it has no names and no other languages.
//!
//! Written here because a table of word forms shall replace both list and format; until then a crate would only change
//! the file.

use crate::text::fold::fold_word;

/// Edges of the automaton; `assets/words/make.py` documents their encoding.
static EDGES: &[u8] = include_bytes!("../../assets/words/words.dawg");

const LETTER: u32 = 0b1_1111;
const ENDS: u32 = 1 << 5;
const LAST: u32 = 1 << 6;
const TARGET: u32 = 7;

/// Whether a word is on the list, ignoring case and accents.
pub(super) fn is_word(word: &str) -> bool {
    let folded = fold_word(word);
    let mut node = edge(0);
    let mut ends = false;
    for letter in folded.bytes() {
        if !letter.is_ascii_lowercase() || node == 0 {
            return false;
        }
        let Some(found) = find_edge(node, u32::from(letter - b'a')) else { return false };
        ends = found & ENDS != 0;
        node = found >> TARGET;
    }
    ends
}

/// Returns the edge of a node with the given letter.
fn find_edge(node: u32, letter: u32) -> Option<u32> {
    let mut at = node;
    loop {
        let found = edge(at);
        if found & LETTER == letter {
            return Some(found);
        }
        if found & LAST != 0 {
            return None;
        }
        at += 1;
    }
}

/// Returns one edge; an index past the end yields an edge that leads nowhere.
fn edge(number: u32) -> u32 {
    let start = number as usize * 4;
    EDGES
        .get(start..start + 4)
        .map_or(LAST | LETTER, |bytes| u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_in_any_case_with_their_accents() {
        for word in [
            "information",
            "Informations",
            "déclarée",
            "gouvernement",
            "œuvre",
            "condamnâmes",
            "cooperation",
            "recommendations",
        ] {
            assert!(is_word(word), "{word}");
        }
        for word in ["sousdéclarée", "infor", "", "xyzw", "права", "peutêtre", "information2"] {
            assert!(!is_word(word), "{word}");
        }
    }
}
