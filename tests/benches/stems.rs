//! What French stems find and what they merge, over the vocabulary of the Snowball project: `LUTRIN_VOCABULARY` names the
//! folder with its `voc.txt` and `output.txt`, which another licence keeps out of this project. Without them there is
//! nothing to measure, and it says so. It measures no time.
//!
//! The stemmer's own classes of the words with their accents are taken for right. A word is typed without its accents,
//! and is asked for what a search finds: itself, its class, and what is of another class.
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::collections::{HashMap, HashSet};
use std::fs;
use std::path::Path;

use lutrin::search::analysis::stem::Stemming;
use lutrin::search::{MatchMode, Term};
use lutrin::text::Language;
use lutrin::text::fold::fold_word;

/// The words of the vocabulary.
struct Vocabulary {
    /// Sorted by folded form: folded, with accents, the stemmer's stem.
    words: Vec<(String, String, String)>,
}

fn main() {
    let Some(vocabulary) = std::env::var_os("LUTRIN_VOCABULARY").and_then(|folder| read(Path::new(&folder))) else {
        println!("stems: LUTRIN_VOCABULARY names no folder with voc.txt and output.txt, so nothing is measured");
        return;
    };
    let classes: HashSet<&str> = vocabulary.words.iter().map(|(_, _, stem)| stem.as_str()).collect();
    println!("{} words in {} classes", vocabulary.words.len(), classes.len());
    report(&vocabulary, "words with accents, typed without", |folded, word| {
        (folded != word).then(|| folded.to_owned())
    });
    report(&vocabulary, "all words, typed without accents", |folded, _| Some(folded.to_owned()));
    report(&vocabulary, "all words, typed as they are", |_, word| Some(word.to_owned()));
}

fn read(folder: &Path) -> Option<Vocabulary> {
    let words = fs::read_to_string(folder.join("voc.txt")).ok()?;
    let stems = fs::read_to_string(folder.join("output.txt")).ok()?;
    let each = |(word, stem): (&str, &str)| (fold_word(word), word.to_owned(), stem.to_owned());
    let mut words: Vec<_> = words.lines().zip(stems.lines()).map(each).collect();
    words.sort_unstable();
    Some(Vocabulary { words })
}

/// Figures over the words for which `typed` says how they are typed.
fn report(vocabulary: &Vocabulary, title: &str, typed: impl Fn(&str, &str) -> Option<String>) {
    let mut sizes: HashMap<&str, usize> = HashMap::new();
    for (_, _, stem) in &vocabulary.words {
        *sizes.entry(stem).or_default() += 1;
    }
    let (mut asked, mut found_itself, mut of_class, mut found_of_class) = (0, 0, 0, 0);
    let (mut found, mut same_letters, mut others, mut mixed) = (0, 0, 0, 0);
    for (folded, word, stem) in &vocabulary.words {
        let Some(typed) = typed(folded, word) else { continue };
        asked += 1;
        of_class += sizes[stem.as_str()];
        let before = others;
        for (other_folded, other, other_stem) in vocabulary.found(&typed) {
            found += 1;
            found_itself += usize::from(other == word);
            if other_stem == stem {
                found_of_class += 1;
            } else if other_folded == folded {
                same_letters += 1;
            } else {
                others += 1;
            }
        }
        mixed += usize::from(others > before);
    }
    println!("{title}: {asked}");
    println!("  find themselves {:.2} %", percent(found_itself, asked));
    println!("  words of the class found {:.2} %", percent(found_of_class, of_class));
    println!(
        "  found of another class: the same letters {:.2} %, other words {:.2} % of what is found; words that find others {:.2} %",
        percent(same_letters, found),
        percent(others, found),
        percent(mixed, asked)
    );
}

fn percent(part: usize, whole: usize) -> f64 {
    100.0 * part as f64 / whole as f64
}

impl Vocabulary {
    /// What a search for a word finds in French.
    fn found(&self, typed: &str) -> impl Iterator<Item = &(String, String, String)> {
        let term = Term::new(typed, &fold_word(typed), MatchMode::Class);
        let meaning = term.matcher(Stemming::of(Language::new("fr").as_ref()));
        let ranges = meaning.ranges();
        let near = self.words.iter().filter(|(folded, ..)| ranges.iter().any(|range| range.contains(folded)));
        near.filter(|(folded, word, _)| meaning.matches(folded, || word.as_str().into()))
            .collect::<Vec<_>>()
            .into_iter()
    }
}
