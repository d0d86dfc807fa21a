//! Finds running heads and feet: lines that repeat at page bounds, equal except for page numbers.
//!
//! A line is a running line if all of these hold: another line of the same shape (see `shape`) is on the next page or
//! the one after it, on the same side of the bound; only running lines are between it and the bound; the two lines are
//! equal, or differ only in numbers that rise with the pages; the shape occurs at most once away from page bounds.
//! Adjacent bounds are one bound, and a line near two bounds counts once. In doubt a line stays in the text: a head
//! shown in the body costs less than a sentence that search cannot find.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::lines::{MeasuredLine, interrupts};
use super::shape::{LineShape, ShapeNumber, letter_runs, roman};

/// Maximum number of furniture lines on each side of a page bound.
const MAX_LINES: usize = 6;
/// Maximum length of a running line, in bytes without white space.
const MAX_LINE_BYTES: usize = 140;
/// Maximum distance, in pages, to the next line of the same shape: heads of even and odd pages differ.
const MAX_PAGE_DISTANCE: usize = 2;
/// Minimum number of lines of a shape that may also occur in the body: numberings, sentences, bare numbers.
const MIN_COMMON_LINES: usize = 3;
/// Maximum number of passes over the candidates; see [`find_running_lines`].
const MAX_ROUNDS: usize = 16;

/// A side of the page bounds (`true` for page heads) and the words of a shape.
type Group<'a> = (bool, &'a str);

/// One side of a page bound.
struct Side {
    /// Whether the lines are behind the bound, at the head of a page.
    head: bool,
    bound: Range<usize>,
    /// Candidate lines, nearest to the bound first.
    lines: Vec<usize>,
}

/// Shapes, pages and counts of the lines near page bounds.
struct BoundaryLines {
    shapes: HashMap<usize, LineShape>,
    pages: HashMap<usize, usize>,
    /// For each shape, the number of its lines near bounds and in the whole text, page numbers excluded.
    counts: HashMap<String, (usize, usize)>,
}

/// Finds the running heads and feet of a text; `numbers` are the lines that are page numbers, in ascending order.
pub(super) fn find_running_lines(lines: &[MeasuredLine], numbers: &[usize]) -> Vec<usize> {
    // Which lines are furniture is defined in terms of itself: a line counts only if every line between it and the
    // bound is furniture, and only with partners that count too. So the loop iterates downwards to a fixed point, as
    // data-flow analysis does: it starts with all candidates and, in each pass, cuts every side at its first line that
    // is not accepted. All sides are cut together and never grow, so the order of the pages is irrelevant and the loop
    // ends; `MAX_ROUNDS` bounds the time on degenerate input, where nothing is removed.
    let mut sides = sides(lines, &bounds(lines, numbers));
    let near = BoundaryLines::collect(lines, &sides, numbers);
    for _ in 0..MAX_ROUNDS {
        let accepted = near.accepted(lines, &sides);
        let mut stable = true;
        for side in &mut sides {
            let kept = side.lines.iter().take_while(|line| accepted.contains(&(side.head, **line))).count();
            stable &= kept == side.lines.len();
            side.lines.truncate(kept);
        }
        // Nothing of the body is lost, for four reasons. Only a short line near a bound, with a partner of its shape on
        // a near page, is a candidate. A shape that occurs more than once away from the bounds is body text
        // (`is_running`). Of a line repeated verbatim one copy stays if a word of it is in no line outside the
        // candidates (`keep_unique_words`). And the caller sets removed lines aside with their source range, so that a
        // mistake is still visible to the reader.
        if stable {
            return keep_unique_words(lines, &sides);
        }
    }
    Vec::new()
}

/// Returns the page bounds: page numbers, page starts, and the end of a text that has any. Bounds with only blank lines
/// between them are merged.
fn bounds(lines: &[MeasuredLine], numbers: &[usize]) -> Vec<Range<usize>> {
    let mut all: Vec<Range<usize>> = numbers.iter().map(|&line| line..line + 1).collect();
    all.extend((0..lines.len()).filter(|&line| lines[line].begins_page).map(|line| line..line));
    all.sort_by_key(|bound| (bound.start, bound.end));
    let mut bounds: Vec<Range<usize>> = Vec::with_capacity(all.len());
    for bound in all {
        match bounds.last_mut() {
            Some(last) if lines[last.end.min(bound.start)..bound.start].iter().all(|line| line.text.is_empty()) => {
                last.end = last.end.max(bound.end);
            }
            _ => bounds.push(bound),
        }
    }
    if bounds.last().is_some_and(|last| last.end < lines.len()) {
        bounds.push(lines.len()..lines.len());
    }
    bounds
}

/// Returns the candidate lines on each side of the bounds. A line beyond the next bound belongs to that one.
fn sides(lines: &[MeasuredLine], bounds: &[Range<usize>]) -> Vec<Side> {
    let mut sides = Vec::with_capacity(bounds.len() * 2);
    for (number, bound) in bounds.iter().enumerate() {
        let from = number.checked_sub(1).map_or(0, |before| bounds[before].end);
        let to = bounds.get(number + 1).map_or(lines.len(), |next| next.start);
        let foot = candidates_near(lines, (from..bound.start).rev());
        sides.push(Side { head: false, bound: bound.clone(), lines: foot });
        sides.push(Side { head: true, bound: bound.clone(), lines: candidates_near(lines, bound.end..to) });
    }
    sides
}

fn candidates_near(lines: &[MeasuredLine], outward: impl Iterator<Item = usize>) -> Vec<usize> {
    let near = outward.take(MAX_LINES * 2).filter(|&line| !lines[line].text.is_empty());
    near.take(MAX_LINES).take_while(|&line| is_short(lines[line].text)).collect()
}

fn is_short(text: &str) -> bool {
    text.split_whitespace().map(str::len).sum::<usize>() <= MAX_LINE_BYTES
}

impl BoundaryLines {
    fn collect(lines: &[MeasuredLine], sides: &[Side], numbers: &[usize]) -> Self {
        let near: HashSet<usize> = sides.iter().flat_map(|side| side.lines.iter().copied()).collect();
        let shapes: HashMap<usize, LineShape> =
            near.iter().map(|&line| (line, LineShape::from_text(lines[line].text))).collect();
        let starts = page_starts(lines, numbers);
        let pages = near.iter().map(|&line| (line, starts.partition_point(|&start| start <= line))).collect();
        let mut counts: HashMap<String, (usize, usize)> = HashMap::new();
        for shape in shapes.values() {
            counts.entry(shape.words.clone()).or_default().0 += 1;
        }
        // Computing the shape of every line of a long document would dominate the cost. Lines without the distinctive
        // word of any repeated shape cannot have one of these shapes and are skipped.
        counts.retain(|_, (near, _)| *near > 1);
        let repeated = shapes.iter().filter(|(_, shape)| counts.contains_key(&shape.words));
        let distinctive_words: HashSet<&str> =
            repeated.filter_map(|(&line, shape)| distinctive_word(lines[line].text, shape)).collect();
        let alike = |line: &&MeasuredLine| {
            is_short(line.text) && letter_runs(line.text).any(|word| distinctive_words.contains(word))
        };
        let numbered = |line: usize| numbers.binary_search(&line).is_ok();
        let others = lines.iter().enumerate().filter(|(line, _)| !distinctive_words.is_empty() && !numbered(*line));
        for line in others.map(|(_, line)| line).filter(alike) {
            if let Some((_, all)) = counts.get_mut(&LineShape::from_text(line.text).words) {
                *all += 1;
            }
        }
        Self { shapes, pages, counts }
    }

    /// Returns the lines, by side, that are furniture if everything between them and their bound is.
    fn accepted(&self, lines: &[MeasuredLine], sides: &[Side]) -> HashSet<(bool, usize)> {
        let groups = self.groups(sides);
        // First with any rising number, only to find the lines that interrupt a sentence; these shapes may count pages
        // anywhere in the line (« Avis rendu 2 »), all others only where a page number is written, since « Question 4
        // », « Question 5 » are headings of the body.
        let loose: HashSet<(bool, usize)> = groups
            .iter()
            .flat_map(|((head, _), group)| self.linked(lines, group, true).map(|line| (*head, line)))
            .collect();
        let cutting = self.cutting(lines, sides, &loose);
        let mut accepted = HashSet::new();
        for (key @ (head, _), group) in &groups {
            let linked: Vec<usize> = self.linked(lines, group, cutting.contains(key)).collect();
            if self.is_running(lines, &linked) {
                accepted.extend(linked.into_iter().map(|line| (*head, line)));
            }
        }
        accepted
    }

    /// Groups the lines by side and shape, in ascending order; shapes with a single line are dropped.
    fn groups<'a>(&'a self, sides: &[Side]) -> HashMap<Group<'a>, Vec<usize>> {
        let mut groups: HashMap<Group, Vec<usize>> = HashMap::new();
        for side in sides {
            for &line in &side.lines {
                groups.entry((side.head, self.words(line))).or_default().push(line);
            }
        }
        groups.retain(|_, group| {
            group.sort_unstable();
            group.len() > 1
        });
        groups
    }

    fn words(&self, line: usize) -> &str {
        &self.shapes[&line].words
    }

    /// Returns the lines of a group that have a line of the same shape one or two pages away.
    fn linked<'a>(
        &'a self,
        lines: &'a [MeasuredLine],
        group: &'a [usize],
        any: bool,
    ) -> impl Iterator<Item = usize> + 'a {
        let is_linked = move |at: usize| {
            let others = group[at.saturating_sub(MAX_LINES)..].iter().take(MAX_LINES * 2);
            others.into_iter().any(|&other| self.are_linked(lines, group[at].min(other), group[at].max(other), any))
        };
        (0..group.len()).filter(move |&at| is_linked(at)).map(|at| group[at])
    }

    /// Whether two lines of one shape, at most [`MAX_PAGE_DISTANCE`] pages apart, are equal except for numbers that
    /// rise with the pages. At least one of these must be where a page number is written, unless `any` allows every
    /// number to rise.
    fn are_linked(&self, lines: &[MeasuredLine], first: usize, second: usize, any: bool) -> bool {
        let pages = self.pages[&second] - self.pages[&first];
        if !(1..=MAX_PAGE_DISTANCE).contains(&pages) {
            return false;
        }
        if lines[first].text.split_whitespace().eq(lines[second].text.split_whitespace()) {
            return true;
        }
        let (one, next) = (&self.shapes[&first], &self.shapes[&second]);
        let counts = |one: &ShapeNumber, next: &ShapeNumber| {
            next.value.checked_sub(one.value).is_some_and(|step| step as usize == pages)
        };
        let mut pairs = one.numbers.iter().zip(&next.numbers);
        one.dates == next.dates
            && pairs.clone().all(|(one, next)| one.value == next.value || counts(one, next))
            && pairs.any(|(one, next)| counts(one, next) && (any || one.is_folio && next.is_folio))
    }

    /// Returns the groups with a line in the middle of a sentence, where an author writes no text of their own.
    fn cutting(&self, lines: &[MeasuredLine], sides: &[Side], loose: &HashSet<(bool, usize)>) -> HashSet<Group<'_>> {
        let mut cutting = HashSet::new();
        for pair in sides.chunks_exact(2) {
            let reached = |side: &Side| {
                let reached = side.lines.iter().take_while(|line| loose.contains(&(side.head, **line)));
                reached.copied().collect::<Vec<usize>>()
            };
            let (foot, head) = (reached(&pair[0]), reached(&pair[1]));
            let zone = foot.last().map_or(pair[0].bound.start, |&line| line)
                ..head.last().map_or(pair[1].bound.end, |&line| line + 1);
            if !zone.is_empty() && interrupts(lines, zone) {
                cutting.extend(foot.into_iter().map(|line| (false, self.words(line))));
                cutting.extend(head.into_iter().map(|line| (true, self.words(line))));
            }
        }
        cutting
    }

    /// Whether linked lines of one shape are running lines: at most one line away from page bounds has the shape, and a
    /// shape that is common in bodies has many lines, on a good share of the pages between the first and the last.
    fn is_running(&self, lines: &[MeasuredLine], linked: &[usize]) -> bool {
        let (Some(&first), Some(&last), 2..) = (linked.first(), linked.last(), linked.len()) else { return false };
        let span = self.pages[&last] - self.pages[&first] + 1;
        let many = linked.len() >= MIN_COMMON_LINES && linked.len() * 5 >= span * 2;
        let shape = &self.shapes[&first];
        let is_same = linked.iter().all(|&line| lines[line].text == lines[first].text);
        if shape.letters() <= 2 && shape.dates.is_empty() {
            return many && !shape.numbers.is_empty() && !is_same;
        }
        let (near, all) = self.counts.get(&shape.words).copied().unwrap_or_default();
        let is_note = is_same && shape.words.trim_start_matches(['(', '[']).starts_with('#');
        let is_common =
            is_note || shape.is_numbering() || lines[first].ends_sentence() || lines[first].text.ends_with(',');
        all <= near + 1 && (many || !is_common)
    }
}

/// Returns a word that every line of a shape contains; for a shape without words, the longest word of the line.
fn distinctive_word<'a>(text: &'a str, shape: &'a LineShape) -> Option<&'a str> {
    letter_runs(&shape.words).max_by_key(|word| word.len()).or_else(|| letter_runs(text).max_by_key(|word| word.len()))
}

/// Returns the lines where pages start: form feeds, or the lines after page numbers where these are more than twice as
/// many.
fn page_starts(lines: &[MeasuredLine], numbers: &[usize]) -> Vec<usize> {
    let starts: Vec<usize> = (0..lines.len()).filter(|&line| lines[line].begins_page).collect();
    if starts.len() * 2 >= numbers.len() { starts } else { numbers.iter().map(|line| line + 1).collect() }
}

/// Returns the lines of all sides except one copy of each repeated line whose words occur nowhere else in the text: the
/// first copy at a head, the last at a foot, and never one that would interrupt a sentence.
fn keep_unique_words(lines: &[MeasuredLine], sides: &[Side]) -> Vec<usize> {
    let heads: HashMap<usize, bool> =
        sides.iter().flat_map(|side| side.lines.iter().map(|&line| (line, side.head))).collect();
    let mut found: Vec<usize> = heads.keys().copied().collect();
    found.sort_unstable();
    let mut copies: HashMap<&str, Vec<usize>> = HashMap::new();
    for &line in &found {
        copies.entry(lines[line].text).or_default().push(line);
    }
    copies.retain(|_, copies| copies.len() > 1);
    // Words of repeated candidates that no line outside the candidates has.
    let mut unique_words: HashSet<String> = copies.keys().flat_map(|text| words(text)).collect();
    for (number, line) in lines.iter().enumerate() {
        if unique_words.is_empty() {
            break;
        }
        if !heads.contains_key(&number) {
            for word in words(line.text) {
                unique_words.remove(&word);
            }
        }
    }
    let mut copies: Vec<Vec<usize>> = copies.into_values().collect();
    copies.sort_unstable();
    let mut kept_copies = HashSet::new();
    for mut copies in copies {
        if !words(lines[copies[0]].text).any(|word| unique_words.contains(&word)) {
            continue;
        }
        if !heads[&copies[0]] {
            copies.reverse();
        }
        let around = |line: usize| {
            let is_text = |at: &usize| !heads.contains_key(at) && !lines[*at].text.is_empty();
            ((0..line).rev().find(is_text), (line + 1..lines.len()).find(is_text))
        };
        let ended = |line: &&usize| around(**line).0.is_none_or(|above| lines[above].ends_sentence());
        let begins = |line: &&usize| around(**line).1.is_none_or(|below| !lines[below].starts_lower());
        if let Some(&kept) = copies.iter().find(ended).or_else(|| copies.iter().find(begins)) {
            for word in words(lines[kept].text) {
                unique_words.remove(&word);
            }
            kept_copies.insert(kept);
        }
    }
    found.retain(|line| !kept_copies.contains(line));
    found
}

/// Iterates over the words of a line that contain a letter, in lower case; Roman numerals are excluded.
fn words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric());
    words.filter(|word| word.contains(char::is_alphabetic) && roman(word).is_none()).map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::lines;
    use crate::extract::SourcedText;

    /// Returns the running lines of pages separated by form feeds.
    fn running(pages: &[&str]) -> Vec<String> {
        let source = SourcedText::from_lines(&pages.join("\n\u{c}"));
        let lines = lines::measure_lines(&source);
        find_running_lines(&lines, &[]).into_iter().map(|line| lines[line].text.to_owned()).collect()
    }

    #[test]
    fn heads_and_feet_are_removed_with_any_style_of_page_number() {
        for (pages, running_lines) in [
            (["Avis\nUn.", "Avis\nDeux.", "Avis\nTrois."], vec!["Avis", "Avis"]),
            (["Un.\nAvis – 1", "Deux.\nAvis – 2", "Trois."], vec!["Avis – 1", "Avis – 2"]),
            (["Un.", "ii   Avis\nDeux.", "iii   Avis\nTrois."], vec!["ii   Avis", "iii   Avis"]),
            (
                ["Un.", "Avis du 3 mai 2019, p. 2\nDeux.", "Avis du 3 mai 2019, p. 3\nTrois."],
                vec!["Avis du 3 mai 2019, p. 2", "Avis du 3 mai 2019, p. 3"],
            ),
            (["Un.", "Avis rendu 2\net deux", "Avis rendu 3\net trois."], vec![]),
        ] {
            assert_eq!(running(&pages), running_lines, "{pages:?}");
        }
        let odd_and_even =
            ["Un.", "2 AVIS\nDeux.", "FORÊTS 3\nTrois.", "4 AVIS\nQuatre.", "FORÊTS 5\nCinq.", "6 AVIS\nSix."];
        assert_eq!(running(&odd_and_even), ["2 AVIS", "4 AVIS", "6 AVIS"]);
    }

    #[test]
    fn lines_that_are_known_to_number_pages_are_none_of_the_body() {
        let text =
            "Un.\nPage 8 sur 9\nDeux.\nPage 9 sur 9\nTrois.\n\u{c}Page 10 sur 9\nQuatre.\n\u{c}Page 11 sur 9\nCinq.";
        let source = SourcedText::from_lines(text);
        assert_eq!(find_running_lines(&lines::measure_lines(&source), &[1, 3]).len(), 2);
    }

    #[test]
    fn a_number_inside_a_line_counts_pages_where_the_line_cuts_a_sentence() {
        let cut = "Le comité a examiné la question et a décidé";
        let pages = [cut, "Avis rendu 2\nde la renvoyer.", "Avis rendu 3\nFin."];
        assert_eq!(running(&pages), ["Avis rendu 2", "Avis rendu 3"]);
    }

    #[test]
    fn lines_of_the_body_at_page_bounds_stay() {
        for pages in [
            ["Un.", "Art. 4.\nDeux.", "Art. 12.\nTrois."],
            ["Un.", "Article 4\nDeux.", "Article 5\nTrois."],
            ["Un.", "Question écrite 4\nDeux.", "Question écrite 5\nTrois."],
            ["Un.", "1. Les refuges\nDeux.", "2. Les refuges\nTrois."],
            ["Un.", "M. Untel:\nDeux.", "M. Untel:\nTrois."],
            ["M. V :", "M. X :\nDeux.\nM. I :", "M. L :\nTrois."],
            ["Un.\n1 Voir la loi", "Deux.\n1 Voir la loi", "Trois."],
            ["Un.\nSéance du 3 mai 2019", "Deux.\nSéance du 4 mai 2019", "Trois."],
            ["Un.\nAvis", "Avis\nDeux.", "Trois."],
        ] {
            assert_eq!(running(&pages), [""; 0], "{pages:?}");
        }
    }

    #[test]
    fn a_running_line_goes_only_when_nothing_else_is_nearer_to_the_bound() {
        assert_eq!(running(&["Un.", "Deux.\nAvis\nTrois.", "Quatre.\nAvis\nCinq."]), [""; 0]);
    }

    #[test]
    fn one_copy_of_a_running_line_stays_when_no_other_line_has_its_words() {
        assert_eq!(running(&["Un.\nAvis", "Deux.\nAvis", "Trois.\nAvis"]), ["Avis", "Avis"]);
        assert_eq!(running(&["L’avis.\nAvis", "Deux.\nAvis", "Trois.\nAvis"]), ["Avis", "Avis", "Avis"]);
    }
}
