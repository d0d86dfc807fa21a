//! What a page carries besides its text: running heads, page numbers, document codes. The evidence is repetition at the
//! bounds of pages, numbers that count pages, and codes that interrupt a sentence; a first page's head is no furniture,
//! and a text without pages or repetition has none.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::lines::{Line, Role};

/// How many lines at each bound of a page may be furniture.
const DEEPEST: usize = 6;
/// The longest line of furniture, in bytes.
const LONGEST: usize = 140;
/// Two page numbers stand at least so many bytes apart.
const SHORTEST_PAGE: usize = 400;
/// Words before, between and after the numbers of a page count.
const COUNT_WORDS: [&str; 12] =
    ["page", "pages", "p.", "pg", "seite", "pagina", "página", "of", "sur", "de", "von", "van"];

/// A line that could count pages.
struct Count {
    line: usize,
    number: u32,
    /// The line with its numbers taken out: what it shares with its like.
    shape: String,
}

/// Gives lines that are furniture their role.
pub fn mark(lines: &mut [Line]) {
    let numbers = page_numbers(lines);
    let mut bounds: Vec<Range<usize>> = numbers.iter().map(|&line| line..line + 1).collect();
    let page_starts = (0..lines.len()).filter(|&line| lines[line].begins_page);
    bounds.extend(page_starts.map(|line| line..line));
    let heads = running_heads(lines, &bounds);
    let codes = interruptions(lines);
    for line in numbers.into_iter().chain(heads).chain(codes) {
        lines[line].role = Role::Furniture;
    }
}

/// Lines that count pages: rising by one, a page apart; a lone one counts when it interrupts a sentence.
fn page_numbers(lines: &[Line]) -> Vec<usize> {
    let counts = (0..lines.len()).filter_map(|line| count(lines[line].text, line));
    let mut by_shape: HashMap<String, Vec<Count>> = HashMap::new();
    for count in counts {
        by_shape.entry(count.shape.clone()).or_default().push(count);
    }
    let mut found = Vec::new();
    for counts in by_shape.values() {
        let apart = |a: &Count, b: &Count| lines[b.line].start - lines[a.line].start >= SHORTEST_PAGE;
        for chain in counts.chunk_by(|a, b| b.number == a.number + 1 && apart(a, b)) {
            let is_bare = chain[0].shape == "#";
            let at_bound = |line: usize| lines.get(line).is_some_and(|line| line.begins_page);
            let hangs =
                |count: &Count| hangs_below(lines, count.line) || at_bound(count.line) || at_bound(count.line + 1);
            let told = chain.len() > 1 && (!is_bare || chain.iter().all(hangs));
            let cuts = chain.iter().any(|count| interrupts(lines, count.line..count.line + 1));
            if told || cuts {
                found.extend(chain.iter().map(|count| count.line));
            }
        }
    }
    found.sort_unstable();
    found
}

/// « 9/9 », « - 3 - », « Page 3 sur 12 », « 14 ».
fn count(text: &str, line: usize) -> Option<Count> {
    if text.is_empty() || text.len() > 32 || !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    let number: u32 = numbers.next().filter(|run| run.len() <= 4)?.parse().ok()?;
    let of: Option<u32> = numbers.next().map(str::parse).transpose().ok()?;
    let words = text.split(|c: char| c.is_whitespace() || c.is_ascii_digit() || "-–—/|[]()·".contains(c));
    let mut words = words.filter(|word| !word.is_empty());
    let sound = words.all(|word| COUNT_WORDS.contains(&word.to_lowercase().as_str()))
        && numbers.next().is_none()
        && of.is_none_or(|of| (number..5000).contains(&of))
        && !text.ends_with(['.', ')'])
        && (of.is_none() || text.contains(['/', '|']) || text.contains(' '));
    let mut shape: String = text.chars().filter(|c| !c.is_ascii_digit() && !c.is_whitespace()).collect();
    shape.push('#');
    sound.then_some(Count { line, number, shape })
}

/// Whether a line stands directly under text and before a blank line, as a foot does.
fn hangs_below(lines: &[Line], at: usize) -> bool {
    let is_text = |line: Option<&Line>| line.is_some_and(|line| !line.text.is_empty() && !line.begins_page);
    at > 0 && is_text(lines.get(at - 1)) && !is_text(lines.get(at + 1))
}

/// Lines that stand at the same side of several pages' bounds, alike but for their numbers.
fn running_heads(lines: &[Line], bounds: &[Range<usize>]) -> Vec<usize> {
    let near: Vec<Vec<usize>> = bounds
        .iter()
        .flat_map(|bound| [near(lines, (0..bound.start).rev()), near(lines, bound.end..lines.len())])
        .collect();
    let mut counts: HashMap<String, (usize, usize)> = HashMap::new();
    for side in &near {
        let shapes: HashSet<String> = side.iter().map(|line| shape(lines[*line].text)).collect();
        for shape in shapes {
            counts.entry(shape).or_default().0 += 1;
        }
    }
    let short = lines.iter().filter(|line| line.text.len() <= LONGEST).take_while(|_| !near.is_empty());
    for line in short {
        if let Some((_, all)) = counts.get_mut(&shape(line.text)) {
            *all += 1;
        }
    }
    let repeats = |line: &&usize| {
        let shape = shape(lines[**line].text);
        let (at_bounds, all) = counts.get(&shape).copied().unwrap_or_default();
        at_bounds > 1 && all <= at_bounds + 1 && shape.chars().filter(|c| c.is_alphabetic()).count() > 2
    };
    near.iter().flat_map(|side| side.iter().take_while(repeats).copied().collect::<Vec<_>>()).collect()
}

/// The lines next to a page's bound, nearest first, as far as they could be furniture.
fn near(lines: &[Line], outward: impl Iterator<Item = usize>) -> Vec<usize> {
    let close = outward.take(DEEPEST * 2).filter(|&line| !lines[line].text.is_empty());
    close.take(DEEPEST).take_while(|&line| lines[line].text.len() <= LONGEST).collect()
}

/// A line without its numbers.
fn shape(text: &str) -> String {
    text.chars().filter(|c| !c.is_ascii_digit()).collect()
}

/// Lines of codes that stand in the middle of a sentence.
fn interruptions(lines: &[Line]) -> Vec<usize> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if !is_code(lines[at].text) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < lines.len() && (lines[end].text.is_empty() || is_code(lines[end].text)) {
            end += 1;
        }
        let codes = || (at..end).filter(|&line| !lines[line].text.is_empty());
        if codes().any(|line| is_telling(lines[line].text)) && interrupts(lines, at..end) {
            found.extend(codes());
        }
        at = end;
    }
    found
}

/// Whether the text around some lines is one sentence, which they cut.
fn interrupts(lines: &[Line], cut: Range<usize>) -> bool {
    let is_apart = |line: Option<&Line>| line.is_none_or(|line| line.text.is_empty() || line.begins_page);
    let apart = cut.start > 0 && is_apart(lines.get(cut.start - 1))
        || is_apart(lines.get(cut.end))
        || is_apart(lines.get(cut.end - 1));
    let above = lines[..cut.start].iter().rev().take(DEEPEST).find(|line| !line.text.is_empty());
    let below = lines[cut.end..].iter().take(DEEPEST).find(|line| !line.text.is_empty());
    let prose = |line: &Line| line.width >= 30 && line.text.contains(' ') && !line.is_capitals();
    apart && above.is_some_and(|above| prose(above) && !above.ends_sentence()) && below.is_some_and(Line::starts_lower)
}

/// A short line of codes, signs and numbers: « RC\1179596FR.docx 9/9 PE635.464v01-00 } », « FR ».
fn is_code(text: &str) -> bool {
    let is_code = |word: &str| {
        word.contains(|c: char| c.is_ascii_digit())
            || word.len() <= 4 && !word.contains(char::is_lowercase)
            || !word.contains(char::is_alphabetic)
    };
    !text.is_empty() && text.len() <= LONGEST && text.split_whitespace().all(is_code)
}

/// Whether a line of codes holds one that nobody would write in a sentence: letters and figures in one, or a page count.
fn is_telling(text: &str) -> bool {
    let mixed = |word: &str| word.contains(|c: char| c.is_ascii_digit()) && word.contains(char::is_alphabetic);
    text.split_whitespace().any(mixed) || count(text, 0).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::lines;
    use crate::extract::SourcedText;

    fn furniture(text: &str) -> Vec<String> {
        let source = SourcedText::of_lines(text);
        let mut lines = lines::of(&source);
        mark(&mut lines);
        lines.iter().filter(|line| line.role == Role::Furniture).map(|line| line.text.to_owned()).collect()
    }

    fn page(number: usize) -> String {
        format!("{}{number}\n", "Le comité a examiné la question et a décidé de la renvoyer.\n".repeat(9))
    }

    #[test]
    fn page_numbers_count_and_stand_a_page_apart() {
        let text: String = (4..8).map(|number| page(number) + "\n\n").collect();
        assert_eq!(furniture(&text), ["4", "5", "6", "7"]);
        let explicit: String = (1..4)
            .map(|number| [page(7), "\nPage ".into(), number.to_string(), " sur 3\n\n".into()].concat())
            .collect();
        assert_eq!(furniture(&explicit), ["Page 1 sur 3", "Page 2 sur 3", "Page 3 sur 3"]);
        assert_eq!(furniture("12\n13\n14\n\n15\n\n16\n"), [""; 0], "a list of numbers");
        assert_eq!(furniture(&page(2018)), [""; 0], "nothing repeats");
    }

    #[test]
    fn running_heads_repeat_at_the_bounds_of_pages_and_the_first_head_stays() {
        let head = "Conseil du fleuve – Rapport annuel\n\n";
        let text: String = (1..4).map(|number| [head.into(), page(number), "\u{c}".into()].concat()).collect();
        assert_eq!(furniture(&text).iter().filter(|line| line.starts_with("Conseil")).count(), 2);
    }

    #[test]
    fn codes_that_interrupt_a_sentence_are_furniture_and_others_are_not() {
        let cut = "il convient de vérifier que le droit à un procès équitable\n\nRC\\117FR.docx 9/9 PE6.4v01-00 }\nPE6.5v01-00 } RC1\n\nFR\n\ns’applique à tous;\n";
        assert_eq!(furniture(cut).len(), 3);
        assert_eq!(furniture("La somme est de.\n\n2019/26 PE6\n\nElle est payée.\n"), [""; 0]);
    }
}
