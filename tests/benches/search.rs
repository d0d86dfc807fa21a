//! How fast a text is cut into words and searched, against a plain scan for one lower-cased word.

use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::BytesCount;
use lutrin::document::{BlockKind, Document, DocumentBuilder};
use lutrin::search::{LastWord, analysis, find, parse};
use lutrin::text::Language;

/// About 10 MB of French.
static DOCUMENT: LazyLock<Document> = LazyLock::new(|| {
    let paragraph = "Considérant que l’arrestation d’un opposant, sans décision de justice, est contraire aux droits de \
                     l’homme et à l’État de droit ; que la torture reste impunie (2019/2610(RSP)) ; qu’une œuvre de \
                     réconciliation est attendue par la société civile et par les organisations de défense.";
    let mut builder = DocumentBuilder::new();
    while usize::from(builder.at()) < 10_000_000 {
        builder.start(BlockKind::Paragraph, 0);
        builder.push(paragraph, None);
    }
    let mut document = builder.finish(None);
    document.language = Language::new("fr");
    document
});

fn main() {
    LazyLock::force(&DOCUMENT);
    divan::main();
}

#[divan::bench]
fn words(bencher: Bencher) {
    bencher.counter(BytesCount::of_str(&DOCUMENT.text)).bench(|| analysis::words(&DOCUMENT.text).count());
}

#[divan::bench(args = ["torture", "droits de l'homme", "\"droits de l'homme\"", "d*", "absent"])]
fn matches(bencher: Bencher, source: &str) {
    let query = parse(source, LastWord::Whole).0;
    bencher.counter(BytesCount::of_str(&DOCUMENT.text)).bench(|| find(&query, &DOCUMENT).len());
}

#[divan::bench]
fn plain_scan(bencher: Bencher) {
    let text = &DOCUMENT.text;
    bencher.counter(BytesCount::of_str(text)).bench(|| text.to_lowercase().matches("torture").count());
}
