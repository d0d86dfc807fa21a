//! An oracle for searches: which documents answer a question, and how often, said slowly and plainly from their texts. It has
//! words, folding, function words and counting of its own, and shares no code with the search it is compared with.

use std::collections::HashSet;

use lutrin::document::Document;
use lutrin::text::function_words::FUNCTION_WORDS;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What is asked of one level; it is written as [`Item::said`] says.
#[derive(Clone, Debug)]
pub(crate) enum Item {
    /// A word for itself and however accented: short or of figures, so that it has no other forms.
    Plain(String),
    /// « l'eau », « s'il ».
    Elided(String, String),
    /// `=word`.
    Exact(String),
    Phrase(Vec<String>),
    Near(Vec<String>, usize),
    Title(String),
    Year(String),
    InTitle,
    Not(Vec<Item>),
    Any(Vec<Vec<Item>>),
}

impl Item {
    pub(crate) fn said(&self) -> String {
        let quoted = |words: &[String]| format!("\"{}\"", words.join(" "));
        match self {
            Self::Plain(word) => word.clone(),
            Self::Elided(head, word) => format!("{head}’{word}"),
            Self::Exact(word) => format!("={word}"),
            Self::Phrase(words) => quoted(words),
            Self::Near(words, distance) => format!("{}~{distance}", quoted(words)),
            Self::Title(word) => format!("title:{word}"),
            Self::Year(year) => format!("date:{year}"),
            Self::InTitle => "in:title".to_owned(),
            Self::Not(level) => format!("-({})", said(level)),
            Self::Any(levels) => {
                levels.iter().map(|level| format!("({})", said(level))).collect::<Vec<_>>().join(" OR ")
            }
        }
    }
}

pub(crate) fn said(level: &[Item]) -> String {
    level.iter().map(Item::said).collect::<Vec<_>>().join(" ")
}

/// A letter as it is compared, with its accents.
type Letter = (char, String);

/// A word of a text or of a question.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Word(Vec<Letter>);

impl Word {
    pub(crate) fn of(text: &str) -> Self {
        let mut letters: Vec<Letter> = Vec::new();
        for c in text.nfkd().flat_map(char::to_lowercase).nfkd() {
            match c {
                'œ' => letters.extend(['o', 'e'].map(|c| (c, String::new()))),
                'æ' => letters.extend(['a', 'e'].map(|c| (c, String::new()))),
                'ß' => letters.extend(['s', 's'].map(|c| (c, String::new()))),
                'ø' => letters.push(('o', "/".to_owned())),
                'ł' => letters.push(('l', "/".to_owned())),
                'đ' => letters.push(('d', "/".to_owned())),
                'ħ' => letters.push(('h', "/".to_owned())),
                'ı' => letters.push(('i', String::new())),
                'ς' => letters.push(('σ', String::new())),
                c if is_unseen(c) || c == '\u{640}' => {}
                // A vowel sign of Thai and the Indic scripts and a kana's sound mark are letters to their readers.
                c if matches!(c, '\u{900}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3099}' | '\u{309a}') => {
                    letters.push((c, String::new()));
                }
                c if is_combining_mark(c) => {
                    let dotted = c == '\u{307}' && letters.last().is_some_and(|(letter, _)| *letter == 'i');
                    if let Some((_, accents)) = letters.last_mut().filter(|_| !dotted) {
                        accents.push(c);
                    }
                }
                c => letters.push((c, String::new())),
            }
        }
        Self(letters)
    }

    pub(crate) fn folded(&self) -> String {
        self.0.iter().map(|(letter, _)| letter).collect()
    }

    /// Whether it is the word that was typed, whose accents must be there where `exact`.
    fn is(&self, typed: &Self, exact: bool) -> bool {
        let same =
            |((a, found), (b, wanted)): (&Letter, &Letter)| a == b && (!exact || wanted.is_empty() || wanted == found);
        self.0.len() == typed.0.len() && self.0.iter().zip(&typed.0).all(same)
    }
}

fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// The words of a text.
pub(crate) fn words(text: &str) -> Vec<(Word, String)> {
    let is_letter = |c: char| c.is_alphanumeric() && !"ªº¹²³⁰⁴⁵⁶⁷⁸⁹ʼ".contains(c);
    let goes_on =
        |c: char| is_letter(c) || is_combining_mark(c) || is_unseen(c) || matches!(c, '\u{200c}' | '\u{200d}');
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(is_letter) {
        rest = &rest[start..];
        let end = rest.find(|c| !goes_on(c)).unwrap_or(rest.len());
        found.push((Word::of(&rest[..end]), rest[..end].to_lowercase()));
        rest = &rest[end..];
    }
    found
}

/// A document as the oracle reads it.
pub(crate) struct Page {
    blocks: Vec<Vec<Word>>,
    title: Vec<Word>,
    date: String,
    function_words: HashSet<String>,
}

impl Page {
    pub(crate) fn of(document: &Document) -> Self {
        let only = |text: &str| words(text).into_iter().map(|(word, _)| word).collect::<Vec<_>>();
        let passages = document.passages();
        Self {
            blocks: passages.iter().map(|passage| only(&document.searched(passage.range))).collect(),
            title: only(&document.title),
            date: document.date.clone().unwrap_or_default(),
            function_words: function_words(document.language.as_ref().map(lutrin::text::Language::primary)),
        }
    }

    fn is_function(&self, word: &str) -> bool {
        self.function_words.contains(&Word::of(word).folded())
    }
}

/// Those of a language; of an unknown one, those of French and English.
fn function_words(language: Option<&str>) -> HashSet<String> {
    let has = |tag: &str| language.map_or(matches!(tag, "fr" | "en"), |language| language == tag);
    let lists = FUNCTION_WORDS.iter().filter(|(tag, _)| has(tag));
    lists.flat_map(|(_, list)| words(list)).map(|(word, _)| word.folded()).collect()
}

/// Whether both are function words of one language.
fn go_together(head: &str, word: &str) -> bool {
    let of = |list: &str, word: &str| words(list).iter().any(|(known, _)| known.folded() == Word::of(word).folded());
    FUNCTION_WORDS.iter().any(|(_, list)| of(list, head) && of(list, word))
}

/// Words that are looked for.
#[derive(Clone)]
struct Pattern {
    words: Vec<(Word, bool)>,
    distance: Option<usize>,
    /// The lowest wins where two overlap: the run of all, several words, one.
    tier: u8,
}

impl Pattern {
    fn run<'a>(words: impl IntoIterator<Item = &'a String>, exact: bool, tier: u8) -> Self {
        let words = words.into_iter().map(|word| (Word::of(word), exact)).collect();
        Self { words, distance: None, tier }
    }

    /// Where it stands in a block: first and last word.
    fn places(&self, block: &[Word]) -> Vec<(usize, usize)> {
        let Some(distance) = self.distance else {
            let here = |start: &usize| {
                let window = &block[*start..start + self.words.len()];
                window.iter().zip(&self.words).all(|(word, (typed, exact))| word.is(typed, *exact))
            };
            let starts = 0..(block.len() + 1).saturating_sub(self.words.len());
            return starts.filter(here).map(|start| (start, start + self.words.len() - 1)).collect();
        };
        let mut found = Vec::new();
        let mut from = 0;
        for end in 0..block.len() {
            let low = end.saturating_sub(distance).max(from);
            let has_all = |start: &usize| can_choose(&self.words, &block[*start..=end], &mut Vec::new());
            if low <= end && has_all(&low) {
                found.push(((low..=end).rev().find(has_all).unwrap_or(low), end));
                from = end + 1;
            }
        }
        found
    }
}

/// Whether each word can have a place of its own.
fn can_choose(words: &[(Word, bool)], window: &[Word], chosen: &mut Vec<usize>) -> bool {
    let Some((typed, exact)) = words.get(chosen.len()) else { return true };
    (0..window.len()).any(|at| {
        if chosen.contains(&at) || !window[at].is(typed, *exact) {
            return false;
        }
        chosen.push(at);
        let can = can_choose(words, window, chosen);
        chosen.pop();
        can
    })
}

/// What an item looks for in a text, with whether it is function words alone; nothing for what looks for no words.
fn patterns(item: &Item, page: &Page) -> Vec<(Pattern, bool)> {
    match item {
        Item::Plain(word) => vec![(Pattern::run([word], false, 2), page.is_function(word))],
        Item::Elided(head, word) if go_together(head, word) => {
            let both = page.is_function(head) && page.is_function(word);
            vec![(Pattern::run([head, word], false, 1), both)]
        }
        Item::Elided(head, word) => {
            vec![(Pattern::run([head], false, 2), true), (Pattern::run([word], false, 2), page.is_function(word))]
        }
        Item::Exact(word) => vec![(Pattern::run([word], true, 2), false)],
        Item::Phrase(words) => vec![(Pattern::run(words, true, 1), false)],
        Item::Near(words, distance) => {
            let distance = Some((*distance).max(words.len() - 1));
            vec![(Pattern { distance, ..Pattern::run(words, true, 1) }, false)]
        }
        _ => Vec::new(),
    }
}

/// Whether a page answers a level, and what is counted in it then.
fn answers(level: &[Item], page: &Page, in_title: bool) -> (bool, Vec<Pattern>) {
    let in_title = in_title || level.iter().any(|item| matches!(item, Item::InTitle));
    let stands = |pattern: &Pattern| {
        let in_text = || page.blocks.iter().any(|block| !pattern.places(block).is_empty());
        if in_title && pattern.distance.is_some() {
            // Titles are short: all that is in one is near.
            return pattern.words.iter().all(|(typed, exact)| page.title.iter().any(|word| word.is(typed, *exact)));
        }
        !pattern.places(&page.title).is_empty() || !in_title && in_text()
    };
    let mut found: Vec<(Pattern, bool)> = level.iter().flat_map(|item| patterns(item, page)).collect();
    // A title asked for by itself carries meaning beside others that are.
    let others = |item: &Item| matches!(item, Item::Any(_)) || in_title && matches!(item, Item::Title(_));
    let groups = level.iter().any(others);
    if !found.is_empty() && !groups && found.iter().all(|(_, function)| *function) {
        let words: Vec<_> = found.iter().flat_map(|(pattern, _)| pattern.words.clone()).collect();
        let tier = if words.len() > 1 { 1 } else { 2 };
        found = vec![(Pattern { words, distance: None, tier }, false)];
    }
    let wanted: Vec<Pattern> =
        found.into_iter().filter(|(_, function)| !function).map(|(pattern, _)| pattern).collect();
    let mut holds = wanted.iter().all(stands);
    let mut counted = if in_title { Vec::new() } else { wanted };
    for item in level {
        match item {
            Item::Title(word) => holds &= page.title.iter().any(|other| other.is(&Word::of(word), true)),
            Item::Year(year) => holds &= page.date.starts_with(year.as_str()),
            Item::Not(level) => holds &= !answers(level, page, in_title).0,
            Item::Any(levels) => {
                let each: Vec<_> = levels.iter().map(|level| answers(level, page, in_title)).collect();
                holds &= each.iter().any(|(holds, _)| *holds);
                counted.extend(each.into_iter().flat_map(|(_, counted)| counted));
            }
            // `in:title` alone asks for a title, which every document has, be it of signs alone.
            _ => {}
        }
    }
    (holds, counted)
}

/// The run of the whole question, where it is several words without quotes.
fn whole_run(level: &[Item], page: &Page) -> Option<Pattern> {
    let is_other = |item: &Item| matches!(item, Item::Phrase(_) | Item::Near(..) | Item::Any(_) | Item::InTitle);
    let words: Vec<_> =
        level.iter().flat_map(|item| patterns(item, page)).flat_map(|(pattern, _)| pattern.words).collect();
    (words.len() > 1 && !level.iter().any(is_other)).then_some(Pattern { words, distance: None, tier: 0 })
}

/// How often a page has what is asked; nothing where it does not answer.
pub(crate) fn count(level: &[Item], page: &Page) -> Option<usize> {
    let (holds, mut counted) = answers(level, page, false);
    if !holds {
        return None;
    }
    counted.extend(whole_run(level, page));
    let mut total = 0;
    for block in &page.blocks {
        let mut chosen: Vec<(usize, usize)> = Vec::new();
        for tier in 0..3 {
            let of_tier = counted.iter().filter(|pattern| pattern.tier == tier);
            let mut more: Vec<(usize, usize)> = of_tier.flat_map(|pattern| pattern.places(block)).collect();
            more.sort_by_key(|(first, last)| (*first, std::cmp::Reverse(*last)));
            for place in more {
                if chosen.iter().all(|other| other.1 < place.0 || place.1 < other.0) {
                    chosen.push(place);
                }
            }
        }
        total += chosen.len();
    }
    Some(total)
}
