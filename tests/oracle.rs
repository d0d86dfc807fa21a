//! Random questions of words, phrases, distances, brackets and fields: the index and the matcher find and count what an
//! oracle of its own does (`support::brute`). Over texts made here, and over the shared corpora, which it skips where they
//! are not there: a few of their files, or all of them with `LUTRIN_ORACLE_FILES`; `LUTRIN_ORACLE_QUERIES` asks more.

use std::fs;
use std::path::{Path, PathBuf};

use lutrin::document::{Document, DocumentKey};
use lutrin::index::Index;
use lutrin::library::read_documents;
use lutrin::search::analysis::stem::Stemming;
use lutrin::search::{Cancel, LastWord, MatchMode, Term, find, is_hit, parse};
use lutrin::text::fold::fold_word;

use crate::support::brute::{Item, Page, count, said, words};

/// Texts in which few words stand in many ways.
const TEXTS: &[(&str, &str)] = &[
    (
        "a.txt",
        "Loi montagne\n\nLe texte de la loi dit que l’eau de la mer est à tous. S’il y a de l’eau, il la boit.\n",
    ),
    (
        "b.txt",
        "L’eau et la loi\n\nIl va jusqu’à la mer, jusqu’au bout de la vie ; et s’il va là, il y est. De l’eau, de la vie.\n",
    ),
    (
        "c.md",
        "---\ndate: 2019-04-02\n---\n\n# Vie de la mer\n\nLa vie  \nde la mer[^a] est là.\\\nÂge d’or.\n\n---\n\nD’une vie l’autre.\n\n[^a]: Une note sur la loi.\n",
    ),
    (
        "d.html",
        "<html lang=fr><title>La loi de la mer</title><p>Un âge<br>de la vie, un re\u{2060}fuge<sup><a>b</a></sup> de paix.</p><p>Qu’il aille à la mer : la mer est là, la mer est à tous et à toutes.</p></html>",
    ),
    (
        "e.txt",
        "The law of the sea\n\nIt is the law of the sea that is here, and the age of law is not the age of the sea.\n",
    ),
    (
        "f.txt",
        "Décision n° 43940\n\nVu la loi n° 2019-12 du 2 avril 2019, vu l’avis, et vu l’âge de la mer, le préfet décide : la loi la loi.\n",
    ),
];

/// A small generator that is the same everywhere (xorshift).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }

    fn pick<'a, T>(&mut self, among: &'a [T]) -> &'a T {
        &among[self.roll(among.len())]
    }
}

/// What questions are made of: the words of the texts in their order.
struct Vocabulary {
    blocks: Vec<Vec<String>>,
    short: Vec<String>,
}

const FUNCTION: &[&str] =
    &["de", "la", "le", "les", "des", "et", "à", "du", "un", "une", "il", "est", "en", "of", "the", "y", "son"];
const HEADS: &[&str] = &["l", "d", "s", "n", "qu", "jusqu", "c"];

impl Vocabulary {
    fn of(documents: &[Document]) -> Self {
        let mut blocks = Vec::new();
        for document in documents {
            for passage in document.passages() {
                let words: Vec<String> =
                    words(&document.searched(passage.range)).into_iter().map(|(_, word)| word).collect();
                if !words.is_empty() {
                    blocks.push(words);
                }
            }
        }
        // The oracle knows no forms of words, so it asks for words that have none.
        let has_no_forms = |word: &str| {
            let term = Term::new(word, &fold_word(word), MatchMode::Class);
            Stemming::all().all(|stemming| term.matcher(stemming).is_one_word())
        };
        let is_short = |word: &&String| {
            let letters = word.chars().count();
            word.chars().all(char::is_alphabetic) && (1..=3).contains(&letters) && has_no_forms(word)
                || word.bytes().all(|byte| byte.is_ascii_digit())
        };
        let mut short: Vec<String> = blocks.iter().flatten().filter(is_short).cloned().collect();
        short.sort();
        short.dedup();
        Self { blocks, short }
    }

    fn run(&self, dice: &mut Dice, length: usize) -> Vec<String> {
        let block = dice.pick(&self.blocks);
        let start = dice.roll(block.len());
        block[start..(start + length).min(block.len())].to_vec()
    }

    fn word(&self, dice: &mut Dice) -> String {
        self.run(dice, 1).remove(0)
    }

    fn item(&self, dice: &mut Dice, depth: usize) -> Item {
        match dice.roll(if depth == 0 { 12 } else { 9 }) {
            0 | 1 => Item::Plain((*dice.pick(FUNCTION)).to_owned()),
            2 => Item::Plain(dice.pick(&self.short).clone()),
            3 => Item::Elided((*dice.pick(HEADS)).to_owned(), dice.pick(&self.short).clone()),
            4 => Item::Elided((*dice.pick(HEADS)).to_owned(), (*dice.pick(FUNCTION)).to_owned()),
            5 => Item::Exact(self.word(dice)),
            6 => {
                let length = 2 + dice.roll(3);
                Item::Phrase(self.run(dice, length))
            }
            7 => {
                let length = 2 + dice.roll(2);
                Item::Near(self.run(dice, length), 1 + dice.roll(9))
            }
            8 => match dice.roll(3) {
                0 => Item::Title(self.word(dice)),
                1 => Item::Year("2019".to_owned()),
                _ => Item::InTitle,
            },
            9 => Item::Not(vec![self.item(dice, 1)]),
            _ => Item::Any((0..2).map(|_| self.level(dice, 1)).collect()),
        }
    }

    fn level(&self, dice: &mut Dice, depth: usize) -> Vec<Item> {
        let items = 1 + dice.roll(3);
        let mut level: Vec<Item> = (0..items).map(|_| self.item(dice, depth)).collect();
        // Inside brackets, where to look is another question.
        if depth > 0 {
            level.retain(|item| !matches!(item, Item::InTitle));
        }
        if level.is_empty() { vec![Item::Exact(self.word(dice))] } else { level }
    }
}

fn made() -> Vec<Document> {
    let each = TEXTS.iter().flat_map(|(name, text)| read_documents(text.as_bytes(), name).unwrap());
    each.map(|(_, document)| document).collect()
}

/// Files of the shared corpora, every so manyth of them.
fn corpora(files: usize) -> Vec<Document> {
    let mut paths = Vec::new();
    let mut folders = vec![PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/corpora"))];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() { folders.push(path) } else { paths.push(path) }
        }
    }
    paths.sort();
    let step = (paths.len() / files.max(1)).max(1);
    paths.iter().step_by(step).flat_map(|path| documents(path)).filter(is_of_words).collect()
}

fn documents(path: &Path) -> Vec<Document> {
    let read = read_documents(&fs::read(path).unwrap_or_default(), &path.to_string_lossy());
    read.unwrap_or_default()
        .into_iter()
        .map(|(_, document)| document)
        .filter(|document| document.text.len() < 400_000)
        .collect()
}

/// Scripts without spaces have a word a letter, which the oracle does not know.
fn is_of_words(document: &Document) -> bool {
    let has_spaces = |c: char| !matches!(c, '\u{e00}'..='\u{eff}' | '\u{1780}'..='\u{17ff}' | '\u{3000}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..);
    document.text.chars().chain(document.title.chars()).all(has_spaces)
}

/// Asks so many questions; says where the search and the oracle differ.
fn differences(documents: &[Document], questions: usize, seed: u64) -> Vec<String> {
    let index = Index::in_memory().unwrap();
    let mut writer = index.writer().unwrap();
    for (key, document) in (0..).zip(documents) {
        writer.add(DocumentKey(key), document).unwrap();
    }
    writer.commit().unwrap();
    index.reload().unwrap();
    let pages: Vec<Page> = documents.iter().map(Page::of).collect();
    let vocabulary = Vocabulary::of(documents);
    let mut dice = Dice(seed);
    let mut differences = Vec::new();
    for _ in 0..questions {
        let level = vocabulary.level(&mut dice, 0);
        let source = said(&level);
        let query = parse(&source, LastWord::Whole).0;
        let hits = index.search(&query, &Cancel::never()).unwrap().unwrap();
        for (key, (document, page)) in (0..).zip(documents.iter().zip(&pages)) {
            let expected = count(&level, page);
            let is_found = hits.iter().any(|hit| hit.document == DocumentKey(key));
            let matched = is_hit(&query, document);
            let counted = is_found.then(|| find(&query, document).len());
            if counted != expected || matched != is_found {
                differences.push(format!("{source}: {key} has {counted:?} of {expected:?}, {matched}"));
            }
        }
    }
    differences
}

fn questions() -> usize {
    std::env::var("LUTRIN_ORACLE_QUERIES").ok().and_then(|count| count.parse().ok()).unwrap_or(400)
}

#[test]
fn questions_about_texts_made_here_find_and_count_what_the_oracle_does() {
    let differences = differences(&made(), questions() * 5, 0x2545_F491_4F6C_DD1D);
    assert!(
        differences.is_empty(),
        "{} differences: {:#?}",
        differences.len(),
        &differences[..differences.len().min(12)]
    );
}

#[test]
fn questions_about_real_files_find_and_count_what_the_oracle_does() {
    let files = std::env::var("LUTRIN_ORACLE_FILES").ok().and_then(|count| count.parse().ok()).unwrap_or(24);
    let documents = corpora(files);
    if documents.is_empty() {
        eprintln!("skipped: the shared corpora are not there");
        return;
    }
    let asked = if std::env::var_os("LUTRIN_ORACLE_QUERIES").is_some() { questions() } else { 120 };
    let differences = differences(&documents, asked, 0x9E37_79B9_7F4A_7C15);
    assert!(
        differences.is_empty(),
        "{} differences: {:#?}",
        differences.len(),
        &differences[..differences.len().min(12)]
    );
}
