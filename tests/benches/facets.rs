//! How long it takes to count what many hits are, and to find the duplicates among the first of them.

use std::sync::LazyLock;

use divan::Bencher;
use lutrin::document::{BlockKind, Document, DocumentBuilder, DocumentKey, Genre, Key};
use lutrin::index::Index;
use lutrin::search::{Cancel, duplicates};
use lutrin::text::Language;

/// Documents of the index.
const DOCUMENTS: u64 = 100_000;

/// A made document: forty words, 2,000 authors, 30 ministries, 25 years.
fn document(number: u64) -> Document {
    let mixed = |seed: u64| (number * 31 + seed).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
    let words: Vec<String> = (0..40).map(|at| format!("mot{}", mixed(at) % 20_000)).collect();
    let mut builder = DocumentBuilder::new();
    builder.start(BlockKind::Paragraph, 0);
    builder.push(&words.join(" "), None);
    let mut document = builder.finish(None);
    document.language = Language::new(if number.is_multiple_of(9) { "nl" } else { "fr" });
    document.genre = Genre::ALL[(mixed(50) % 11) as usize];
    document.date =
        (!number.is_multiple_of(20)).then(|| format!("{}-{:02}", 2000 + mixed(51) % 25, 1 + mixed(52) % 12));
    document.metadata.set(Key::Author, format!("Auteur {}", mixed(53) % 2000));
    document.metadata.set(Key::MinistryAsked, format!("Ministère {}", mixed(54) % 30));
    document.metadata.set(Key::Institution, format!("Institution {}", mixed(55) % 12));
    document.metadata.set(Key::Country, format!("Pays {}", mixed(56) % 5));
    document
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let index = Index::in_memory().expect("memory is there");
    let mut writer = index.writer().expect("nobody else writes");
    for number in 1..=DOCUMENTS {
        writer.add(DocumentKey(number), &document(number)).expect("memory is there");
    }
    writer.commit().expect("memory is there");
    index.reload().expect("memory is there");
    // The values are numbered once for each state of the index.
    index.facets(&[], &Cancel::never()).expect("memory is there");
    index
});

fn keys(hits: u64) -> Vec<DocumentKey> {
    (0..hits).map(|at| DocumentKey(at * (DOCUMENTS / hits) + 1)).collect()
}

fn main() {
    LazyLock::force(&INDEX);
    divan::main();
}

#[divan::bench(args = [1_000, 30_000, 100_000])]
fn facets(bencher: Bencher, hits: u64) {
    let keys = keys(hits);
    bencher.bench(|| INDEX.facets(&keys, &Cancel::never()));
}

#[divan::bench(args = [1_000, 10_000])]
fn duplicates_among(bencher: Bencher, hits: u64) {
    let keys = keys(hits);
    bencher.bench(|| duplicates(&INDEX.fingerprints(&keys).expect("memory is there")).len());
}
