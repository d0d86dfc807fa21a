//! Patterns for single words (`re:tok[ai]+.*`): regular expressions that must match a whole folded word. Matching takes
//! linear time; patterns that would need much memory are rejected like invalid ones.

use std::hash::{Hash, Hasher};

use regex::{Regex, RegexBuilder};

use crate::text::fold::fold_word;

/// The most memory that one pattern may take, in bytes.
const MOST_MEMORY: usize = 1 << 19;

/// The most brackets inside brackets.
const MOST_DEPTH: u32 = 32;

/// A pattern that words are compared with.
#[derive(Clone, Debug)]
pub struct WordPattern {
    source: String,
    beginning: String,
    regex: Regex,
}

impl WordPattern {
    /// The pattern, when it is one and not too large.
    pub fn new(source: &str) -> Option<Self> {
        let source = folded(source);
        let regex = RegexBuilder::new(&format!("^(?:{source})$"))
            .size_limit(MOST_MEMORY)
            .dfa_size_limit(MOST_MEMORY)
            .nest_limit(MOST_DEPTH)
            .build()
            .ok()?;
        // Alone it must be a pattern too: « a)|(b » is none.
        regex_syntax_holds(&source).then(|| Self { beginning: beginning(&source).to_owned(), source, regex })
    }

    /// Whether a folded word answers it from its first letter to its last.
    pub fn matches(&self, folded: &str) -> bool {
        self.regex.is_match(folded)
    }

    /// How every word that answers it begins; often nothing is known.
    pub fn beginning(&self) -> &str {
        &self.beginning
    }
}

impl PartialEq for WordPattern {
    fn eq(&self, other: &Self) -> bool {
        self.source == other.source
    }
}

impl Eq for WordPattern {}

impl Hash for WordPattern {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.source.hash(state);
    }
}

fn regex_syntax_holds(source: &str) -> bool {
    RegexBuilder::new(source).size_limit(MOST_MEMORY).nest_limit(MOST_DEPTH).build().is_ok()
}

/// A pattern with its letters folded, but for those that a backslash makes something else.
fn folded(source: &str) -> String {
    let mut folded = String::with_capacity(source.len());
    let mut escaped = false;
    for c in source.chars() {
        if escaped || !c.is_alphabetic() {
            folded.push(c);
        } else {
            folded.push_str(&fold_word(c.encode_utf8(&mut [0; 4])));
        }
        escaped = c == '\\' && !escaped;
    }
    folded
}

/// The letters and digits at the start that no word can do without.
fn beginning(pattern: &str) -> &str {
    if pattern.contains('|') {
        return "";
    }
    let end = pattern.find(|c: char| !c.is_alphanumeric()).unwrap_or(pattern.len());
    let may_lack_the_last = pattern[end..].starts_with(['*', '?', '{']);
    let last = pattern[..end].char_indices().last().map_or(0, |(at, _)| at);
    &pattern[..if may_lack_the_last { last } else { end }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_word_answers_a_pattern() {
        for (pattern, word, expected) in [
            ("tok.*", "tokaiev", true),
            ("tok", "tokaiev", false),
            ("TOKAÏ.V", "tokaiev", true),
            ("a|b", "ab", false),
            ("a|b", "b", true),
            ("\\d{4}", "2019", true),
            ("\\D+", "torture", true),
            ("[^aeiou]+", "ngo", false),
        ] {
            assert_eq!(WordPattern::new(pattern).expect(pattern).matches(word), expected, "{pattern} {word}");
        }
    }

    #[test]
    fn what_is_no_pattern_or_a_huge_one_is_refused() {
        for pattern in ["(", "[a", "*", "a)|(b", "(\\w{500}){500}", "a{1000000}"] {
            assert_eq!(WordPattern::new(pattern), None, "{pattern}");
        }
        assert_eq!(WordPattern::new(&"(".repeat(4000)), None);
    }

    #[test]
    fn every_word_that_answers_begins_as_is_said() {
        for (pattern, expected) in
            [("tok.*", "tok"), ("toka?i", "tok"), ("a{2}b", ""), ("ab|cd", ""), (".*a", ""), ("tok", "tok"), ("é*", "")]
        {
            assert_eq!(WordPattern::new(pattern).expect(pattern).beginning(), expected, "{pattern}");
        }
    }
}
