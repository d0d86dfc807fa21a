//! The passage of a document that shows best why it was found: in one block (in several where a line break alone parts them), the window with the most different terms
//! of the query, then the most matches, then the earliest; stretched to sentences where they fit, else cut between words. It
//! looks for nothing itself: the matches come from `find`.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use crate::document::{Document, Passage, Section, section_at};
use crate::search::analysis::stem::Stemming;
use crate::search::analysis::{Word, accented, words};
use crate::search::{Query, Snippet, TermMatcher};
use crate::text::TextRange;
use crate::text::offset::range;

/// Maximum number of matches that are considered; beyond, a better passage is not worth the time.
const MOST_MATCHES: usize = 20_000;

/// The longest match that is shown whole, in bytes, though it is longer than the passage may be.
const LONGEST_MATCH: usize = 2_000;

/// The best passage of at most `max_bytes`, or of one match that is longer, its place the innermost of `sections` that holds its first match. `None`
/// without matches.
pub fn best_passage(
    query: &Query,
    document: &Document,
    matches: &[TextRange],
    sections: &[Section],
    max_bytes: usize,
) -> Option<Snippet> {
    let matches = &matches[..matches.len().min(MOST_MATCHES)];
    let stemming = Stemming::of(document.language.as_ref());
    let terms = query.clauses().into_iter().flat_map(|clause| &clause.terms).map(|term| term.matcher(stemming));
    let terms: Vec<TermMatcher<'_>> = terms.collect();
    let (around, window) = best_window(&terms, document, matches, max_bytes)?;
    let whole = window[0].cover(window[window.len() - 1]);
    // One line says enough, unless a match runs over its end.
    let block = document.leaves().map(|leaf| leaf.range).find(|leaf| leaf.contains_range(whole)).unwrap_or(around);
    let text = document.slice(block);
    let first = usize::from((window[0] - block.start()).start());
    let last = usize::from((window[window.len() - 1] - block.start()).end());
    let (start, end) = stretch(text, first, last, max_bytes);
    let passage = range(start, end) + block.start();
    // A match that the passage's end cuts is not the words that were found.
    let highlights = matches.iter().filter(|found| passage.contains_range(**found));
    let place = section_at(sections, window[0].start()).map(|at| (sections[at].kind, sections[at].label.clone()));
    Some(Snippet {
        place,
        range: passage,
        text: document.slice(passage).replace('\n', " "),
        highlights: highlights
            .map(|found| *found - passage.start())
            .map(|r| (r.start().into(), r.end().into()))
            .collect(),
    })
}

/// The passage of the document whose matches are closest together, with these matches.
fn best_window<'m>(
    terms: &[TermMatcher<'_>],
    document: &Document,
    matches: &'m [TextRange],
    max_bytes: usize,
) -> Option<(TextRange, &'m [TextRange])> {
    let mut best: Option<((usize, usize), TextRange, &[TextRange])> = None;
    let mut rest = matches;
    for Passage { range, .. } in document.passages() {
        let count = rest.partition_point(|found| found.end() <= range.end());
        let (inside, after) = rest.split_at(count);
        rest = after;
        if let Some((worth, window)) = densest(terms, document, inside, max_bytes)
            && best.is_none_or(|(known, ..)| worth > known)
        {
            best = Some((worth, range, window));
        }
        if rest.is_empty() {
            break;
        }
    }
    best.map(|(_, block, window)| (block, window))
}

/// The window of one block's matches worth most: how many different terms, how many matches.
fn densest<'m>(
    terms: &[TermMatcher<'_>],
    document: &Document,
    matches: &'m [TextRange],
    max_bytes: usize,
) -> Option<((usize, usize), &'m [TextRange])> {
    let terms_of = |found: TextRange| {
        let text = document.searched(found);
        let means =
            |word: Word<'_>| terms.iter().position(|term| term.matches(&word.folded, || accented(&text[word.range])));
        words(&text).filter_map(means).collect::<Vec<_>>()
    };
    let mut counts = vec![0_usize; terms.len()];
    let mut best = None;
    let (mut start, mut different) = (0, 0);
    for end in 0..matches.len() {
        for term in terms_of(matches[end]) {
            different += usize::from(counts[term] == 0);
            counts[term] += 1;
        }
        while start < end && usize::from(matches[end].end() - matches[start].start()) > max_bytes {
            for term in terms_of(matches[start]) {
                counts[term] -= 1;
                different -= usize::from(counts[term] == 0);
            }
            start += 1;
        }
        let worth = (different, end + 1 - start);
        if best.is_none_or(|(known, _)| worth > known) {
            best = Some((worth, &matches[start..=end]));
        }
    }
    best
}

/// The bounds of the passage round the matches from `first` to `last` of a block.
fn stretch(text: &str, first: usize, last: usize, max_bytes: usize) -> (usize, usize) {
    if last - first == max_bytes {
        return (first, last);
    }
    if last - first > max_bytes {
        // One match that is longer than the passage may be.
        let start = word_start(text, first, max_bytes / 4);
        let end = if last - start <= LONGEST_MATCH { last } else { cut_before(text, first, start + max_bytes) };
        return (start, end);
    }
    let spare = max_bytes - (last - first);
    // Nothing further away can be shown, so nothing further away is read: a block may have 10 MB.
    let low = text.ceil_char_boundary(first.saturating_sub(spare));
    let high = text.floor_char_boundary(last.saturating_add(spare).min(text.len()));
    let starts = sentence_starts(&text[low..high], low);
    let sentence = starts.iter().rev().find(|start| **start <= first).copied();
    let sentence = if low == 0 { sentence.or(Some(0)) } else { sentence };
    let start = match sentence {
        // The start of the sentence is shown unless it displaces text after the match.
        Some(start) if (first - start) * 3 <= spare * 2 => start,
        _ => begin_before(text, first, spare / 3, spare),
    };
    let limit = text.floor_char_boundary((start + max_bytes).min(text.len()));
    let sentence_end = || starts.iter().rev().find(|end| **end >= last && **end <= limit && **end > start).copied();
    let end = if limit == text.len() { Some(limit) } else { sentence_end() };
    let end = end.unwrap_or_else(|| cut_before(text, last, limit));
    // Space left after the last sentence is used before the first match.
    let before = max_bytes - (end - first).min(max_bytes);
    let start = match sentence {
        Some(start) if first - start <= before => start,
        _ => {
            let earlier = begin_before(text, first, before, before);
            if first - earlier <= before { start.min(earlier) } else { start }
        }
    };
    trim(text, start, end)
}

/// Where a passage begins about `wanted` bytes before a match, at a word with its elision; never more than `most` bytes.
fn begin_before(text: &str, first: usize, wanted: usize, most: usize) -> usize {
    cut_after(text, text.ceil_char_boundary(first - wanted.min(first)), first, most)
}

/// Start of the word at `at`, including elided words before it; `at` itself if that is more than `most` bytes away.
fn word_start(text: &str, at: usize, most: usize) -> usize {
    let low = text.ceil_char_boundary(at.saturating_sub(most));
    let spaces = text[low..at].rmatch_indices(char::is_whitespace);
    match spaces.map(|(space, found)| low + space + found.len()).next() {
        Some(start) => start,
        None if low == 0 || text[..low].ends_with(char::is_whitespace) => low,
        None => at,
    }
}

fn trim(text: &str, start: usize, end: usize) -> (usize, usize) {
    let kept = text[start..end].trim_start();
    let start = end - kept.len();
    (start, start + kept.trim_end().len())
}

/// Starts of sentences in a piece of text that begins at `at`; the start of the piece is one only if it is the start of
/// the block.
fn sentence_starts(piece: &str, at: usize) -> Vec<usize> {
    let starts = piece.split_sentence_bound_indices().filter(|(start, _)| {
        let before = piece[..*start].trim_end();
        *start > 0 && !ends_in_abbreviation(before)
    });
    let own = (at == 0).then_some(0);
    own.into_iter().chain(starts.map(|(start, _)| start + at)).collect()
}

/// « M. », « art. », « n. »: a full stop behind at most three letters ends no sentence.
fn ends_in_abbreviation(before: &str) -> bool {
    let Some(stem) = before.strip_suffix('.') else { return false };
    let letters = stem.chars().rev().take(4).take_while(|c| c.is_alphabetic()).count();
    (1..=3).contains(&letters)
}

/// The first start of a word at or behind `from`, at most `to`; where there is none, the start of the word at `to`, at most
/// `most` bytes before it, else a cluster's start.
fn cut_after(text: &str, from: usize, to: usize, most: usize) -> usize {
    if from == 0 || text[..from].ends_with(char::is_whitespace) {
        return from;
    }
    let piece = &text[from..to];
    let Some(space) = piece.find(char::is_whitespace) else {
        let start = word_start(text, to, most);
        return if start < to { start } else { cluster_start(text, from).min(to) };
    };
    to - piece[space..].trim_start().len()
}

/// The last end of a word at or before `to`, at least `from`; a cluster's start when there is no space.
fn cut_before(text: &str, from: usize, to: usize) -> usize {
    let to = text.floor_char_boundary(to.min(text.len()));
    if to == text.len() || text[to..].starts_with(char::is_whitespace) {
        return to;
    }
    match text[from..to].rfind(char::is_whitespace) {
        Some(space) if space > 0 => from + text[from..from + space].trim_end().len(),
        _ => match cluster_start(text, to) {
            start if start > from => start,
            _ => to,
        },
    }
}

/// Start of the grapheme cluster that contains an offset, searched in the characters before it.
fn cluster_start(text: &str, at: usize) -> usize {
    let low = text.floor_char_boundary(at.saturating_sub(64));
    let high = text.ceil_char_boundary((at + 64).min(text.len()));
    let piece = &text[low..high];
    let mut cursor = GraphemeCursor::new(at - low, piece.len(), true);
    if cursor.is_boundary(piece, 0).unwrap_or(true) {
        return at;
    }
    cursor.prev_boundary(piece, 0).ok().flatten().map_or(at, |start| start + low)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, DocumentBuilder, PartKind};
    use crate::search::LastWord;
    use crate::search::find;
    use crate::search::parse;
    use proptest::prelude::*;

    fn document(blocks: &[&str]) -> Document {
        let mut builder = DocumentBuilder::new();
        for block in blocks {
            let kind = if block.starts_with('#') { BlockKind::Heading { level: 1 } } else { BlockKind::Paragraph };
            builder.start(kind, 0);
            builder.push(block, None);
        }
        builder.finish(None)
    }

    fn passage(document: &Document, query: &str, max_bytes: usize) -> Option<Snippet> {
        let query = parse(query, LastWord::Whole).0;
        let matches = find(&query, document);
        best_passage(&query, document, &matches, &document.outline(), max_bytes)
    }

    #[test]
    fn the_passage_is_where_most_different_words_are() {
        let document =
            document(&["Le droit. Le droit. Le droit.", "# Titre", "Un autre. Le droit à la torture est nié. Fin."]);
        let snippet = passage(&document, "droit torture", 34).unwrap();
        assert_eq!(snippet.text, "Le droit à la torture est nié.");
        assert_eq!(snippet.place, Some((PartKind::Heading, None)));
        assert_eq!(snippet.highlights, [(3, 8), (15, 22)]);
        assert_eq!(document.slice(snippet.range), snippet.text);
    }

    #[test]
    fn a_short_block_is_shown_whole_and_a_long_sentence_is_cut_between_words() {
        let short = document(&["M. Tokaïev a dit oui."]);
        assert_eq!(passage(&short, "tokaïev", 80).unwrap().text, "M. Tokaïev a dit oui.");
        let long = document(&[&format!("{} torture {}", "avant ".repeat(50), "après ".repeat(50))]);
        let snippet = passage(&long, "torture", 60).unwrap();
        assert!(snippet.text.starts_with("avant ") && snippet.text.ends_with("après"), "{}", snippet.text);
    }

    #[test]
    fn a_passage_begins_at_a_word_with_its_elision() {
        let text = format!("{}l'asile. {}", "avant, ".repeat(50), "après ".repeat(50));
        for max_bytes in 12..40 {
            let snippet = passage(&document(&[&text]), "asile", max_bytes).unwrap();
            assert!(snippet.text.starts_with("l'asile") || snippet.text.starts_with("avant"), "{}", snippet.text);
        }
    }

    #[test]
    fn what_is_free_behind_the_last_match_is_room_before_the_first() {
        let long = document(&[&format!("{} la torture. À cet égard, rien.", "avant ".repeat(50))]);
        let snippet = passage(&long, "torture", 100).unwrap();
        assert!(snippet.text.len() > 90 && snippet.text.ends_with("rien."), "{}", snippet.text);
        let short =
            document(&["Un. Elle a dit non à la torture. À cet égard, la torture. Fin de ce texte qui est plus long."]);
        let snippet = passage(&short, "torture", 60).unwrap();
        assert!(snippet.text.starts_with("Elle a dit non"), "{}", snippet.text);
    }

    #[test]
    fn a_match_is_painted_whole_or_not_at_all() {
        let text = format!("un {} fin, puis un mot", "deux ".repeat(30));
        let snippet = passage(&document(&[&text]), "\"un fin\"~40", 40).unwrap();
        let painted: Vec<&str> =
            snippet.highlights.iter().map(|(a, b)| &snippet.text[*a as usize..*b as usize]).collect();
        assert_eq!(painted, [&text[..text.find(',').unwrap()]]);
        let text = format!("ici le mot {} puis", "droit de la mer ".repeat(3));
        let snippet = passage(&document(&[&text]), "mot OR \"droit de la mer\"", 34).unwrap();
        let painted: Vec<&str> =
            snippet.highlights.iter().map(|(a, b)| &snippet.text[*a as usize..*b as usize]).collect();
        assert!(painted.iter().all(|painted| matches!(*painted, "mot" | "droit de la mer")), "{painted:?}");
    }

    #[test]
    fn a_match_may_run_over_a_line_break() {
        let mut builder = DocumentBuilder::new();
        for words in ["du droit", "d'asile. Fin"] {
            builder.start(BlockKind::Paragraph, 0);
            builder.label(None, (words != "du droit").then_some(crate::document::Marker::GoesOn));
            builder.push(words, None);
        }
        let document = builder.finish(None);
        let snippet = passage(&document, "\"droit d'asile\"", 60).unwrap();
        assert_eq!((snippet.text.as_str(), snippet.highlights), ("du droit d'asile. Fin", vec![(3, 16)]));
    }

    #[test]
    fn no_match_no_passage() {
        assert_eq!(passage(&document(&["rien"]), "torture", 60), None);
    }

    proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

        #[test]
        fn a_passage_is_short_stands_in_one_block_and_shows_a_match(
            blocks in proptest::collection::vec("((ab|é|欧洲|e\u{301}\u{301}|M\\.|Oui\\.)[ .]?){1,30}", 1..4),
            query in "(ab|é|欧)",
            max_bytes in 8_usize..60,
        ) {
            let blocks: Vec<&str> = blocks.iter().map(String::as_str).collect();
            let document = document(&blocks);
            let Some(snippet) = passage(&document, &query, max_bytes) else { return Ok(()) };
            prop_assert!(snippet.text.len() <= max_bytes);
            prop_assert_eq!(document.slice(snippet.range), snippet.text.as_str());
            prop_assert!(document.leaves().any(|block| block.range.contains_range(snippet.range)));
            prop_assert!(!snippet.highlights.is_empty());
            for (start, end) in &snippet.highlights {
                prop_assert!(!snippet.text[*start as usize..*end as usize].is_empty());
            }
        }
    }
}
