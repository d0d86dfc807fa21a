//! Identical and near-duplicate documents: a hash of all words of a text in order, and a sketch that estimates how much two
//! texts have in common. The sketch is a MinHash with one permutation (Li, Owen and Zhang, 2012; empty bins are filled as in
//! Shrivastava, 2017): the runs of three words (shingles) are hashed into 64 bins, and eight bits of the smallest hash of
//! each bin are kept. The share of equal bins of two sketches estimates the share of common runs (Jaccard similarity).
//!
//! Short texts have no sketch: a few common words are chance. Fingerprints are stored in indexes: a change of these
//! constants must raise the index's number.
//!
//! Written here because indexes store the numbers, so that the hash functions must not change with a crate's version.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use crate::document::Document;
use crate::search::analysis::words;

/// How many numbers of 64 bits a sketch has.
pub const SKETCH: usize = 8;
/// Bins of a sketch.
const BINS: usize = 64;
/// Words side by side.
const RUN: usize = 3;
/// A text of fewer words has no sketch,
const FEWEST_WORDS: usize = 30;
/// nor one that says the same over and over.
const FEWEST_BINS: usize = 20;
/// Minimum number of equal bins of near duplicates: about three fifths of all runs in common. Two texts that differ in
/// every twentieth word share three quarters.
const NEAR: u32 = 39;
/// Bytes of a sketch that must be equal for a comparison: 16 bands of 4.
const BAND: usize = 4;

/// The fingerprint of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fingerprint {
    /// Of all words, folded, in order.
    pub words: u64,
    /// Of its runs of words.
    pub sketch: Option<[u64; SKETCH]>,
}

impl Fingerprint {
    /// That of a document's text; `None` where there is no word.
    pub fn of(document: &Document) -> Option<Self> {
        let (mut all, mut count) = (0_u64, 0_usize);
        let mut last = [0_u64; RUN];
        let mut bins = [u64::MAX; BINS];
        let mut buffer = String::new();
        for passage in document.passages() {
            let text = document.searched(passage.range);
            let mut reader = words(&text);
            while let Some((word, _)) = reader.next_into(&mut buffer) {
                let word = hashed(word);
                all = mixed(all.rotate_left(5) ^ word);
                last.rotate_left(1);
                last[RUN - 1] = word;
                count += 1;
                if count >= RUN {
                    let run = last.iter().fold(0_u64, |run, word| mixed(run.rotate_left(5) ^ word));
                    let bin = &mut bins[(run >> 58) as usize];
                    *bin = (*bin).min(run);
                }
            }
        }
        let filled = bins.iter().filter(|bin| **bin != u64::MAX).count();
        let is_long = count >= FEWEST_WORDS && filled >= FEWEST_BINS;
        (count > 0).then(|| Self { words: all, sketch: is_long.then(|| sketch(&bins)) })
    }

    /// The same as numbers, for an index.
    pub fn numbers(&self) -> impl Iterator<Item = u64> {
        std::iter::once(self.words).chain(self.sketch.into_iter().flatten())
    }

    /// What such numbers were made from.
    pub fn from_numbers(mut numbers: impl Iterator<Item = u64>) -> Option<Self> {
        let words = numbers.next()?;
        let rest: Vec<u64> = numbers.collect();
        Some(Self { words, sketch: rest.try_into().ok() })
    }
}

/// FNV-1a, which is the same on every machine.
fn hashed(word: &str) -> u64 {
    let fold = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    mixed(word.bytes().fold(0xcbf2_9ce4_8422_2325, fold))
}

/// Spreads what differs over all bits (the last step of SplitMix64).
fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

/// Eight bits of each bin; an empty bin takes those of another bin, which is the same for all texts with the same
/// filled bins.
fn sketch(bins: &[u64; BINS]) -> [u64; SKETCH] {
    let mut sketch = [0_u64; SKETCH];
    for at in 0..BINS {
        let mut from = at;
        let mut step = 0_u64;
        while bins[from] == u64::MAX {
            step += 1;
            from = (mixed((at as u64) << 32 | step) >> 58) as usize;
        }
        let kept = mixed(bins[from]) & 0xff;
        sketch[at / 8] |= kept << (at % 8 * 8);
    }
    sketch
}

/// In how many bins two sketches agree.
fn agreeing(a: &[u64; SKETCH], b: &[u64; SKETCH]) -> u32 {
    let bytes = |sketch: &[u64; SKETCH]| sketch.map(u64::to_le_bytes).concat();
    bytes(a).iter().zip(bytes(b)).filter(|(a, b)| **a == *b).count() as u32
}

/// A document that says the same as one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// The number of the one before, which is no duplicate itself.
    pub of: usize,
    /// Whether every word is the same.
    pub identical: bool,
}

/// For each of some documents in order, of which one before it is a duplicate. Each is compared with the first of its group
/// alone, so that a group does not grow from one to the next into something else.
pub fn duplicates(prints: &[Option<Fingerprint>]) -> Vec<Option<Duplicate>> {
    let mut by_words: HashMap<u64, usize> = HashMap::new();
    let mut leaders = Leaders::of(prints.len());
    let mut found: Vec<Option<Duplicate>> = Vec::with_capacity(prints.len());
    for (at, print) in prints.iter().enumerate() {
        let duplicate = print.as_ref().and_then(|print| {
            let same = by_words.get(&print.words).map(|first| match found[*first] {
                // A document identical to a near duplicate is a near duplicate of the same document.
                Some(Duplicate { of, .. }) => Duplicate { of, identical: false },
                None => Duplicate { of: *first, identical: true },
            });
            same.or_else(|| nearest(prints, print, &leaders).map(|of| Duplicate { of, identical: false }))
        });
        if let Some(print) = print {
            by_words.entry(print.words).or_insert(at);
            if duplicate.is_none() {
                leaders.add(at, print);
            }
        }
        found.push(duplicate);
    }
    found
}

/// Documents that are like none before them, by the bands of their sketches: for each band the newest that has it, and
/// from each of its bands the one before that has the same. So a thousand documents need no list of their own for each of
/// sixteen thousand bands.
struct Leaders {
    newest: HashMap<(usize, u32), usize, BuildHasherDefault<BandHasher>>,
    before: Vec<Option<usize>>,
}

impl Leaders {
    fn of(documents: usize) -> Self {
        let newest = HashMap::with_capacity_and_hasher(documents * BINS / BAND, BuildHasherDefault::default());
        Self { newest, before: vec![None; documents * BINS / BAND] }
    }

    fn add(&mut self, at: usize, print: &Fingerprint) {
        for band in bands(print) {
            self.before[at * BINS / BAND + band.0] = self.newest.insert(band, at);
        }
    }

    /// Those with a band.
    fn with(&self, band: (usize, u32)) -> impl Iterator<Item = usize> + '_ {
        let newest = self.newest.get(&band).copied();
        std::iter::successors(newest, move |at| self.before[at * BINS / BAND + band.0])
    }
}

/// Bands are parts of hashes already.
#[derive(Default)]
struct BandHasher(u64);

impl Hasher for BandHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u64((*byte).into());
        }
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = (self.0 ^ number).wrapping_mul(0x9E37_79B9_7F4A_7C15).rotate_left(29);
    }

    fn write_u32(&mut self, number: u32) {
        self.write_u64(number.into());
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }
}

/// The document before that has most in common, if it is enough.
fn nearest(prints: &[Option<Fingerprint>], print: &Fingerprint, leaders: &Leaders) -> Option<usize> {
    let mut candidates: Vec<usize> = bands(print).flat_map(|band| leaders.with(band)).collect();
    candidates.sort_unstable();
    candidates.dedup();
    let sketch = print.sketch?;
    let common = |at: &usize| prints[*at].and_then(|other| other.sketch).map_or(0, |other| agreeing(&sketch, &other));
    let found = candidates.into_iter().map(|at| (common(&at), std::cmp::Reverse(at))).max()?;
    (found.0 >= NEAR).then_some(found.1.0)
}

fn bands(print: &Fingerprint) -> impl Iterator<Item = (usize, u32)> {
    let halves = print.sketch.into_iter().flatten().flat_map(|part| [(part >> 32) as u32, part as u32]);
    const { assert!(BINS / BAND == SKETCH * 2) };
    halves.enumerate()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, DocumentBuilder};

    fn print(text: &str) -> Option<Fingerprint> {
        let mut builder = DocumentBuilder::new();
        builder.start(BlockKind::Paragraph, 0);
        builder.push(text, None);
        Fingerprint::of(&builder.finish(None))
    }

    /// Words with practically no repeated run of three.
    fn text(seed: u64, words: u64) -> Vec<String> {
        (0..words).map(|at| format!("m{}", mixed(seed << 32 | at) % 5000)).collect()
    }

    #[test]
    fn case_and_spaces_do_not_tell_texts_apart_and_the_order_of_words_does() {
        assert_eq!(print("La torture,  ICI"), print("la TORTURE ici"));
        assert_ne!(print("la torture ici"), print("ici la torture"));
        assert_eq!(print("…"), None);
    }

    #[test]
    fn short_texts_are_alike_only_when_they_are_the_same() {
        let prints = [
            print("Le projet de loi est adopté"),
            print("Le projet de loi est rejeté"),
            print("le projet de loi est adopté."),
        ];
        let found = duplicates(&prints);
        assert_eq!(found, [None, None, Some(Duplicate { of: 0, identical: true })]);
    }

    #[test]
    fn a_text_with_every_twentieth_word_changed_is_found_and_another_text_is_not() {
        let (mut found, mut mistaken) = (0, 0);
        for seed in 0..200 {
            let words = text(seed, 60 + seed * 3);
            let mut changed = words.clone();
            for at in (seed as usize % 20..changed.len()).step_by(20) {
                changed[at] = format!("n{at}");
            }
            // A third of its words: another document with the same formulas.
            let other: Vec<String> =
                words[..words.len() / 3].iter().cloned().chain(text(seed + 9999, 40 + seed * 2)).collect();
            let prints = [&words, &changed, &other].map(|words| print(&words.join(" ")));
            let duplicates = duplicates(&prints);
            found += usize::from(duplicates[1].is_some());
            mistaken += usize::from(duplicates[2].is_some());
        }
        assert!(found >= 190, "{found} of 200 found");
        assert_eq!(mistaken, 0);
    }

    #[test]
    fn a_fingerprint_comes_back_from_its_numbers() {
        for text in [text(1, 100).join(" "), "deux mots".to_owned()] {
            let print = print(&text).unwrap();
            assert_eq!(Fingerprint::from_numbers(print.numbers()), Some(print));
        }
        assert_eq!(Fingerprint::from_numbers(std::iter::empty()), None);
    }
}
