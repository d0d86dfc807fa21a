//! What it costs to make documents of texts, step by step over the same 10,000 texts: extraction, cleaning with
//! recognition, indexing. The ratio that counts: cleaning and recognition against indexing. Real texts are taken where
//! they lie beside the project, else texts of our own in the shapes of the field.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use divan::Bencher;
use divan::counter::ItemsCount;
use lutrin::clean::clean;
use lutrin::document::{Document, DocumentKey};
use lutrin::extract::{RawDocument, extract};
use lutrin::genre::recognise;
use lutrin::index::Index;

/// How many texts there are.
const TEXTS: usize = 10_000;

static SOURCES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
    let real = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora/txt");
    let mut texts = Vec::new();
    take_in(&real, &mut texts);
    if texts.is_empty() {
        texts = own();
    }
    (0..TEXTS).map(|at| texts[at % texts.len()].clone()).collect()
});

static DOCUMENTS: LazyLock<Vec<Document>> = LazyLock::new(|| SOURCES.iter().flat_map(|source| read(source)).collect());

fn take_in(folder: &Path, texts: &mut Vec<Vec<u8>>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            take_in(&path, texts);
        } else {
            texts.extend(fs::read(&path));
        }
    }
}

fn own() -> Vec<Vec<u8>> {
    let sentence = "attire l'attention de M. le ministre sur la situation des droits de l'homme et sur le sort des \
                    personnes détenues sans jugement depuis le 5 janvier 2022, malgré la résolution du 12 décembre 2017.";
    let question = format!(
        "15ème législature\n\nQuestion écrite n° 12345\n\nTexte de la question\n\nMme Une Telle {sentence} {sentence}\n\n\
         Texte de la réponse\n\nLe Gouvernement {sentence} {sentence}\n\nDonnées clés\n\nAuteur : Mme Une Telle\n"
    );
    let recital = |letter| format!("{letter}. considérant que {sentence};\n\n");
    let resolution = ('A'..='M').map(recital).collect::<Vec<_>>().concat();
    let letter =
        format!("Paris, le 3 mai 2021\n\nObjet : Appel\n\nMonsieur le Président,\n\nNous {sentence}\n\nUne Telle");
    [question, resolution, letter].map(String::into_bytes).to_vec()
}

fn raw(source: &[u8]) -> Vec<RawDocument> {
    let mut found = Vec::new();
    let _ = extract(source, "text.txt", &mut |raw| found.push(raw));
    found
}

fn made(raw: RawDocument) -> Document {
    let mut document = clean(raw);
    recognise(&mut document);
    document
}

fn read(source: &[u8]) -> Vec<Document> {
    raw(source).into_iter().map(made).collect()
}

fn main() {
    LazyLock::force(&DOCUMENTS);
    divan::main();
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn extraction(bencher: Bencher) {
    bencher.counter(ItemsCount::new(TEXTS)).bench(|| SOURCES.iter().map(|source| raw(source).len()).sum::<usize>());
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn cleaning_and_recognition(bencher: Bencher) {
    let raws = || SOURCES.iter().flat_map(|source| raw(source)).collect::<Vec<_>>();
    bencher
        .counter(ItemsCount::new(TEXTS))
        .with_inputs(raws)
        .bench_values(|raws| raws.into_iter().map(|raw| made(raw).text.len()).sum::<usize>());
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn indexing(bencher: Bencher) {
    bencher.counter(ItemsCount::new(TEXTS)).bench(|| {
        let index = Index::in_memory().expect("an index in memory can be made");
        let mut writer = index.writer().expect("it is the only writer");
        for (key, document) in (1..).zip(DOCUMENTS.iter()) {
            writer.add(DocumentKey(key), document).expect("memory takes it");
        }
        writer.commit().expect("memory takes it");
    });
}
