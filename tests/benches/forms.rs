//! How well a search finds the other forms of French words, and only these: over a lexicon that was not used for the table
//! of forms. It measures no time.
//!
//! `cargo bench --bench forms -- LEXICON`: the lexicon has a line of tab-separated fields for each reading of a form: the
//! form, its lemma, its part of speech (`N`, `A` or `V`), and how often the form occurs in real text as this reading. Each
//! form is typed; found are all other forms of the lexicon that a search for it matches in a French document.
//!
//! `cargo bench --bench forms -- --pack FAMILIES FOLDER`: writes the table from the families that `assets/forms/make.py`
//! prints.
#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::collections::{BTreeMap, HashMap, HashSet};
use std::fs;
use std::path::Path;

use fst::MapBuilder;
use lutrin::search::analysis::stem::Stemming;
use lutrin::search::{MatchMode, Term};
use lutrin::text::Language;
use lutrin::text::fold::fold_word;

/// How many of the worst words are listed.
const WORST: usize = 40;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["--pack", families, folder] => pack(Path::new(families), Path::new(folder)),
        [lexicon] => measure(Path::new(lexicon)),
        _ => println!("forms: no lexicon was named, so nothing is measured"),
    }
}

/// Writes `forms.fst` and `paradigms.bin`. A line of `families` has the forms of one family, separated by spaces.
fn pack(families: &Path, folder: &Path) {
    let families = fs::read_to_string(families).expect("the families can be read");
    let mut paradigms: Vec<Vec<String>> = Vec::new();
    let mut numbers: HashMap<Vec<String>, u16> = HashMap::new();
    let mut places: BTreeMap<String, Vec<(u16, u8)>> = BTreeMap::new();
    for line in families.lines() {
        let forms: Vec<&str> = line.split(' ').collect();
        let stem = common_prefix(&forms);
        let mut endings: Vec<String> = forms.iter().map(|form| form[stem..].to_owned()).collect();
        endings.sort_unstable();
        let number = *numbers.entry(endings.clone()).or_insert_with(|| {
            paradigms.push(endings.clone());
            u16::try_from(paradigms.len() - 1).expect("few paradigms")
        });
        for (ending, number_of_ending) in endings.iter().zip(0_u8..) {
            let form = format!("{}{ending}", &forms[0][..stem]);
            places.entry(form).or_default().push((number, number_of_ending));
        }
    }
    let mut lists: Vec<Vec<(u16, u8)>> = Vec::new();
    let mut list_numbers: HashMap<Vec<(u16, u8)>, u64> = HashMap::new();
    let mut builder = MapBuilder::memory();
    for (form, mut list) in places {
        list.sort_unstable();
        list.dedup();
        let number = *list_numbers.entry(list.clone()).or_insert_with(|| {
            lists.push(list);
            lists.len() as u64 - 1
        });
        builder.insert(&form, number).expect("the forms are sorted");
    }
    println!("{} paradigms, {} lists of places", paradigms.len(), lists.len());
    let forms = builder.into_inner().expect("the table fits");
    let paradigms: Vec<String> = paradigms.iter().map(|endings| endings.join(",")).collect();
    let ends = lists.iter().scan(0, |end, list| {
        *end += list.len() as u32;
        Some(*end)
    });
    let ends: Vec<u32> = ends.collect();
    let tables = postcard::to_stdvec(&(paradigms, ends, lists.concat())).expect("the tables can be encoded");
    println!("{} and {} bytes", forms.len(), tables.len());
    fs::write(folder.join("forms.fst"), forms).expect("the table can be written");
    fs::write(folder.join("paradigms.bin"), tables).expect("the paradigms can be written");
}

/// Length in bytes of what all forms begin with.
fn common_prefix(forms: &[&str]) -> usize {
    let (first, last) = (forms.iter().min(), forms.iter().max());
    let (first, last) = (first.expect("a form"), last.expect("a form"));
    first.char_indices().zip(last.chars()).find(|((_, a), b)| a != b).map_or(first.len(), |((at, _), _)| at)
}

/// A form of the lexicon.
#[derive(Default)]
struct Form {
    lemmas: HashSet<String>,
    /// Parts of speech.
    kinds: HashSet<char>,
    frequency: f64,
}

fn measure(lexicon: &Path) {
    let text = fs::read_to_string(lexicon).expect("the lexicon can be read");
    let mut forms: BTreeMap<String, Form> = BTreeMap::new();
    for line in text.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [form, lemma, kind, frequency] = fields[..] else { continue };
        let entry = forms.entry(form.to_owned()).or_default();
        entry.lemmas.insert(lemma.to_owned());
        entry.kinds.extend(kind.chars().next());
        entry.frequency += frequency.parse::<f64>().unwrap_or(0.0);
    }
    let vocabulary = Vocabulary::new(forms);
    let nouns = vocabulary.report("nouns and adjectives", |form| !form.kinds.contains(&'V'));
    let verbs = vocabulary.report("verbs", |form| form.kinds.contains(&'V'));
    let mut words: Vec<&Answer> = nouns.iter().chain(&verbs).collect();
    let (right, all) =
        words.iter().fold((0.0, 0.0), |(right, all), one| (right + one.right * one.weight, all + one.all * one.weight));
    let below = words.iter().filter(|one| one.right * 2.0 < one.all).count();
    println!(
        "painted occurrences that belong to the word {:.3}; words below one half {:.3}",
        right / all,
        below as f64 / words.len() as f64
    );
    words.sort_by(|a, b| ((b.all - b.right) * b.weight).total_cmp(&((a.all - a.right) * a.weight)));
    println!(
        "worst: {}",
        words
            .iter()
            .take(WORST)
            .map(|one| format!("{} ({})", one.word, one.strangers.join(", ")))
            .collect::<Vec<_>>()
            .join("; ")
    );
}

/// What a search for one form finds.
struct Answer {
    word: String,
    /// Occurrences that are painted, and those of them that share a lemma with the word.
    all: f64,
    right: f64,
    /// The share of the word's occurrences.
    weight: f64,
    /// The commonest found forms without a common lemma.
    strangers: Vec<String>,
}

struct Vocabulary {
    forms: Vec<(String, Form)>,
    /// The forms of each lemma.
    by_lemma: HashMap<String, Vec<usize>>,
    /// Sorted by the folded form.
    folded: Vec<(String, usize)>,
}

impl Vocabulary {
    fn new(forms: BTreeMap<String, Form>) -> Self {
        let forms: Vec<(String, Form)> = forms.into_iter().collect();
        let mut by_lemma: HashMap<String, Vec<usize>> = HashMap::new();
        let mut folded: Vec<(String, usize)> = Vec::new();
        for (at, (form, entry)) in forms.iter().enumerate() {
            for lemma in &entry.lemmas {
                by_lemma.entry(lemma.clone()).or_default().push(at);
            }
            folded.push((fold_word(form), at));
        }
        folded.sort_unstable();
        Self { forms, by_lemma, folded }
    }

    /// What a search for a word finds in French: the numbers of forms.
    fn found(&self, typed: &str) -> Vec<usize> {
        let term = Term::new(typed, &fold_word(typed), MatchMode::Class);
        let matcher = term.matcher(Stemming::of(Language::new("fr").as_ref()));
        let first: String = fold_word(typed).chars().take(1).collect();
        let mut found = Vec::new();
        let ranges = matcher.ranges();
        let beginnings: Vec<&str> = ranges.iter().map(|range| range.text()).chain([first.as_str()]).collect();
        let mut seen = HashSet::new();
        for beginning in beginnings {
            let start = self.folded.partition_point(|(folded, _)| folded.as_str() < beginning);
            for (folded, at) in self.folded[start..].iter().take_while(|(folded, _)| folded.starts_with(beginning)) {
                if seen.insert(*at) && matcher.matches(folded, || self.forms[*at].0.as_str().into()) {
                    found.push(*at);
                }
            }
        }
        found
    }

    fn report(&self, title: &str, wanted: impl Fn(&Form) -> bool) -> Vec<Answer> {
        let (mut of_word, mut found_of_word, mut of_word_by_use, mut found_by_use) = (0.0, 0.0, 0.0, 0.0);
        let (mut others, mut related) = (0.0, 0.0);
        let mut answers = Vec::new();
        let mut missing: Vec<(f64, String)> = Vec::new();
        for (at, (word, form)) in
            self.forms.iter().enumerate().filter(|(_, (_, form))| form.frequency > 0.0 && wanted(form))
        {
            let found = self.found(word);
            let mine: HashSet<usize> =
                form.lemmas.iter().flat_map(|lemma| &self.by_lemma[lemma]).copied().filter(|one| *one != at).collect();
            let got: HashSet<usize> = found.iter().copied().filter(|one| *one != at).collect();
            let lost: Vec<usize> = mine.difference(&got).copied().collect();
            of_word += mine.len() as f64;
            found_of_word += (mine.len() - lost.len()) as f64;
            let used = |all: &mut dyn Iterator<Item = usize>| all.map(|one| self.forms[one].1.frequency).sum::<f64>();
            let (mine_used, lost_used) = (used(&mut mine.iter().copied()), used(&mut lost.iter().copied()));
            of_word_by_use += mine_used;
            found_by_use += mine_used - lost_used;
            missing.push((lost_used, word.clone()));
            let strangers: Vec<usize> = got.difference(&mine).copied().collect();
            others += got.len() as f64;
            related += (got.len() - strangers.len()) as f64;
            let all = used(&mut found.iter().copied()).max(form.frequency);
            let right = all - used(&mut strangers.iter().copied());
            let mut strange: Vec<usize> = strangers;
            strange.sort_by(|a, b| self.forms[*b].1.frequency.total_cmp(&self.forms[*a].1.frequency));
            let strangers = strange.into_iter().take(3).map(|one| self.forms[one].0.clone()).collect();
            answers.push(Answer { word: word.clone(), all, right, weight: form.frequency / all, strangers });
        }
        println!("{title}: {} forms typed", answers.len());
        println!(
            "  other forms found {:.3}, by frequency {:.3}",
            found_of_word / of_word,
            found_by_use / of_word_by_use
        );
        println!("  share of found forms that share a lemma {:.3}", related / others);
        missing.sort_by(|a, b| b.0.total_cmp(&a.0));
        println!(
            "  most missed: {}",
            missing.iter().take(WORST).map(|(_, word)| word.as_str()).collect::<Vec<_>>().join(", ")
        );
        answers
    }
}
