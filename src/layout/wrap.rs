//! Where the lines of a stretch of text end. Greedy, by the break opportunities of [`breaks`]; a word that is longer than
//! a line is cut between clusters. It knows no roles, markers or indents.

use crate::text::breaks::{self, is_blank};
use crate::text::{cells, grapheme};

/// The end of one line: all it covers, and all it shows (without the blanks at its end).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Wrapped {
    pub start: usize,
    pub shown: usize,
    pub end: usize,
}

/// The lines of a text, which they tile; one empty line for an empty text. `first` and `rest` are the cells of the first
/// line and of those behind it.
pub(super) fn wrap(text: &str, first: usize, rest: usize) -> Vec<Wrapped> {
    let mut lines = Lines { text, ended: Vec::new(), start: 0, available: first.max(1), rest: rest.max(1) };
    let mut used = 0;
    let mut from = 0;
    for to in breaks::opportunities(text) {
        let segment = &text[from..to];
        let shown = grapheme::width(segment.trim_end_matches(is_blank));
        if used + shown > lines.available && lines.start < from {
            lines.end_at(from);
            used = 0;
        }
        if shown > lines.available {
            used = lines.cut(to);
        } else {
            used += grapheme::width(segment);
        }
        from = to;
    }
    lines.end_at(text.len());
    lines.ended
}

struct Lines<'a> {
    text: &'a str,
    ended: Vec<Wrapped>,
    start: usize,
    available: usize,
    rest: usize,
}

impl Lines<'_> {
    fn end_at(&mut self, end: usize) {
        let shown = self.start + self.text[self.start..end].trim_end_matches(is_blank).len();
        self.ended.push(Wrapped { start: self.start, shown, end });
        self.start = end;
        self.available = self.rest;
    }

    /// Wraps the clusters between the line's start and `to`; the last line stays open. Returns the number of its cells.
    fn cut(&mut self, to: usize) -> usize {
        loop {
            match overflow(&self.text[self.start..to], self.available) {
                Ok(cells) => return cells,
                Err(end) => self.end_at(self.start + end),
            }
        }
    }
}

/// The cells of a text that fits, or else where to cut it: behind its last blank, or between two clusters; a cluster that is
/// wider than a line is cut between its parts. One part always fits.
fn overflow(text: &str, available: usize) -> Result<usize, usize> {
    let mut used = 0;
    let mut behind_blank = None;
    let mut after_blank = false;
    for cluster in grapheme::clusters(text) {
        let blank = cluster.text.chars().all(is_blank);
        if after_blank && !blank {
            behind_blank = Some(cluster.start);
        }
        if !blank && cluster.width > 0 && used > 0 && used + cluster.width > available {
            return Err(behind_blank.unwrap_or(cluster.start));
        }
        if used == 0 && cluster.width > available {
            let cut = cluster.start + fitting_parts(cluster.text, available);
            if cut < text.len() {
                return Err(cut);
            }
        }
        after_blank = blank;
        used += cluster.width;
    }
    Ok(used)
}

/// The bytes of a cluster's parts that fit, at least one.
fn fitting_parts(cluster: &str, available: usize) -> usize {
    let mut used = 0;
    let fits = |part: &&str| {
        let first = used == 0;
        used += grapheme::width(part);
        first || used <= available
    };
    cells::parts(cluster).take_while(fits).map(str::len).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, first: usize, rest: usize) -> Vec<&str> {
        wrap(text, first, rest).into_iter().map(|line| &text[line.start..line.shown]).collect()
    }

    #[test]
    fn lines_end_where_a_word_no_longer_fits() {
        let table: [(&str, usize, usize, &[&str]); 11] = [
            ("alpha beta gamma", 11, 11, &["alpha beta", "gamma"]),
            ("alpha beta gamma", 10, 10, &["alpha beta", "gamma"]),
            ("alpha beta gamma", 9, 10, &["alpha", "beta gamma"]),
            ("le droit ; oui", 8, 8, &["le", "droit ;", "oui"]),
            ("anticonstitutionnellement", 10, 10, &["anticonsti", "tutionnell", "ement"]),
            ("a anticonstitutionnel", 10, 8, &["a", "anticons", "titution", "nel"]),
            ("« gouvernement »", 12, 12, &["«", "gouvernement", "»"]),
            ("日本語", 1, 1, &["日", "本", "語"]),
            ("👍🏽👍🏽", 2, 2, &["👍", "🏽", "👍", "🏽"]),
            ("ab👍🏽", 4, 4, &["ab", "👍🏽"]),
            ("", 5, 5, &[""]),
        ];
        for (text, first, rest, expected) in table {
            assert_eq!(lines(text, first, rest), expected, "{text} at {first}, {rest}");
        }
    }

    #[test]
    fn blanks_at_the_start_count_and_blanks_at_the_end_hang() {
        assert_eq!(lines("    x y", 6, 6), ["    x", "y"]);
        assert_eq!(lines("ab      cd", 4, 4), ["ab", "cd"]);
        assert_eq!(lines("       ", 3, 3), [""]);
    }
}
