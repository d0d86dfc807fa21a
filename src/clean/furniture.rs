//! Marks page furniture: page numbers, document codes, and the running heads and feet that `running` finds. The
//! evidence is page numbers that count up, codes that interrupt a sentence, and repetition at page bounds. The head of
//! the first page is never furniture, and a text without pages or repetition has none.

use std::collections::HashMap;

use super::lines::{LineRole, MeasuredLine, interrupts};
use super::running;

/// Maximum length of a line of codes, in bytes.
const MAX_CODE_BYTES: usize = 140;
/// Minimum distance between two page numbers, in bytes, where no page is known to begin between them.
const MIN_PAGE_BYTES: usize = 400;
/// Words that may accompany the numbers of a page count.
const COUNT_WORDS: [&str; 12] =
    ["page", "pages", "p.", "pg", "seite", "pagina", "página", "of", "sur", "de", "von", "van"];

/// A line that may be a page number.
struct Count {
    line: usize,
    number: u32,
    /// The line without its digits and white space; page numbers of one document share it.
    shape: String,
    /// Whether the line names both the page and the total, as in « Page 3 sur 12 »: such a line is a page number
    /// however short the page is.
    is_plain: bool,
}

/// Gives furniture lines the role [`LineRole::Furniture`].
pub(super) fn mark_furniture(lines: &mut [MeasuredLine]) {
    // Page numbers come first, because they are the page bounds that running heads are searched at. All three steps
    // only set a role: `paragraphs` leaves such lines out of the running text and records them as text set aside, with
    // their source.
    let numbers = page_numbers(lines);
    let heads = running::find_running_lines(lines, &numbers);
    let codes = interruptions(lines);
    for line in numbers.into_iter().chain(heads).chain(codes) {
        lines[line].role = LineRole::Furniture;
    }
}

/// Finds page numbers: lines of one shape whose numbers rise by one, a page apart. A single line counts when it
/// interrupts a sentence.
fn page_numbers(lines: &[MeasuredLine]) -> Vec<usize> {
    // A number alone on a line is weak evidence, since amounts, years and list items look the same. What distinguishes
    // page numbers is that they count pages: within one shape each rises by exactly one, and a page of text or a page
    // bound is between two of them, while the items of a list are closer. Bare digits must also be at the foot of text
    // or at a page bound. A chain of one number is accepted only where it interrupts a sentence, which no author does.
    let counts = (0..lines.len()).filter_map(|line| count(lines[line].text, line));
    let mut by_shape: HashMap<String, Vec<Count>> = HashMap::new();
    for count in counts {
        by_shape.entry(count.shape.clone()).or_default().push(count);
    }
    let mut found = Vec::new();
    for counts in by_shape.values() {
        let apart = |a: &Count, b: &Count| {
            a.is_plain
                || lines[b.line].start - lines[a.line].start >= MIN_PAGE_BYTES
                || lines[a.line + 1..=b.line].iter().any(|line| line.begins_page)
        };
        for chain in counts.chunk_by(|a, b| b.number == a.number + 1 && apart(a, b)) {
            let is_bare = chain[0].shape == "#";
            let hangs = |count: &Count| hangs_below(lines, count.line) || is_at_bound(lines, count.line);
            let is_sequence = chain.len() > 1 && (!is_bare || chain.iter().all(hangs));
            let cuts = chain.iter().any(|count| interrupts(lines, count.line..count.line + 1));
            if is_sequence || cuts {
                found.extend(chain.iter().map(|count| count.line));
            }
        }
    }
    found.sort_unstable();
    found
}

/// Parses a page count: « 9/9 », « - 3 - », « Page 3 sur 12 », « 14 ».
fn count(text: &str, line: usize) -> Option<Count> {
    if text.is_empty() || text.len() > 32 || !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|run| !run.is_empty());
    let number: u32 = numbers.next().filter(|run| run.len() <= 4)?.parse().ok()?;
    let of: Option<u32> = numbers.next().map(str::parse).transpose().ok()?;
    let words = text.split(|c: char| c.is_whitespace() || c.is_ascii_digit() || "-–—/|[]()·".contains(c));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    let is_valid = words.iter().all(|word| COUNT_WORDS.contains(&word.to_lowercase().as_str()))
        && numbers.next().is_none()
        && of.is_none_or(|of| (number..5000).contains(&of))
        && !text.ends_with(['.', ')'])
        && (of.is_none() || text.contains(['/', '|']) || !words.is_empty());
    let mut shape: String = text.chars().filter(|c| !c.is_ascii_digit() && !c.is_whitespace()).collect();
    shape.push('#');
    let is_plain = words.len() >= 2 && of.is_some();
    is_valid.then_some(Count { line, number, shape, is_plain })
}

/// Whether a line is directly below text and directly above a blank line or the end of the page, as a footer is.
fn hangs_below(lines: &[MeasuredLine], at: usize) -> bool {
    let is_text = |line: Option<&MeasuredLine>| line.is_some_and(|line| !line.text.is_empty() && !line.begins_page);
    at > 0 && is_text(lines.get(at - 1)) && !is_text(lines.get(at + 1))
}

/// Whether only blank lines separate a line from the beginning or the end of a page.
fn is_at_bound(lines: &[MeasuredLine], at: usize) -> bool {
    let below = lines[at + 1..].iter().find(|line| line.begins_page || !line.text.is_empty());
    let above = lines[..=at]
        .iter()
        .rev()
        .find(|line| line.begins_page || line.start < lines[at].start && !line.text.is_empty());
    below.is_none_or(|line| line.begins_page) || above.is_some_and(|line| line.begins_page)
}

/// Finds lines of codes in the middle of a sentence.
fn interruptions(lines: &[MeasuredLine]) -> Vec<usize> {
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
        if codes().any(|line| is_distinctive(lines[line].text)) && interrupts(lines, at..end) {
            found.extend(codes());
        }
        at = end;
    }
    found
}

/// Whether a line is short and has only codes, signs and numbers: « RC\1179596FR.docx 9/9 PE635.464v01-00 } », « FR ».
fn is_code(text: &str) -> bool {
    let is_code = |word: &str| {
        word.contains(|c: char| c.is_ascii_digit())
            || word.len() <= 4 && !word.contains(char::is_lowercase)
            || !word.contains(char::is_alphabetic)
    };
    !text.is_empty() && text.len() <= MAX_CODE_BYTES && text.split_whitespace().all(is_code)
}

/// Whether a line of codes has a word that does not occur in prose: one that mixes letters and digits, or a page count.
fn is_distinctive(text: &str) -> bool {
    let mixed = |word: &str| word.contains(|c: char| c.is_ascii_digit()) && word.contains(char::is_alphabetic);
    text.split_whitespace().any(mixed) || count(text, 0).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::lines;
    use crate::extract::SourcedText;

    fn furniture(text: &str) -> Vec<String> {
        let source = SourcedText::from_lines(text);
        let mut lines = lines::measure_lines(&source);
        mark_furniture(&mut lines);
        lines.iter().filter(|line| line.role == LineRole::Furniture).map(|line| line.text.to_owned()).collect()
    }

    fn page(number: usize) -> String {
        format!("{}{number}\n", "Le comité a examiné la question et a décidé de la renvoyer.\n".repeat(9))
    }

    #[test]
    fn page_numbers_rise_and_are_a_page_apart() {
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
