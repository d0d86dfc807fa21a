//! Running text is clean and nothing is lost on the way: what lines, pages and notes cut is whole, and every letter of a
//! file is in the text or set aside. Tests over real files say that they skip when those are not there.

#![expect(clippy::print_stdout, reason = "a test that skips or measures says so")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use lutrin::clean::clean;
use lutrin::document::{BlockKind, Document, InlineKind, Segment};
use lutrin::extract::encoding::decode;
use lutrin::extract::extract;
use lutrin::text::TextSize;
use lutrin::text::sanitize::sanitize;

fn read(bytes: &[u8], name: &str) -> Option<Document> {
    let mut found = None;
    let _ = extract(bytes, name, &mut |raw| found = Some(clean(raw)));
    found
}

fn text(source: &str) -> Document {
    let document = read(source.as_bytes(), "a.txt").expect("readable");
    assert_eq!(document.check(), Vec::<String>::new(), "{source}");
    document
}

fn blocks(document: &Document) -> Vec<String> {
    let shown = |block: &lutrin::document::Block| format!("{}: {}", block.kind.name(), document.slice(block.range));
    document.leaves().map(shown).collect()
}

/// A page of a resolution as a word processor's PDF gives it: wrapped, with notes and a footer in mid-sentence.
const PAGED: &str = " Résolution sur la situation du fleuve\n(2019/26(RSP))\n\n\
    – vu sa résolution du 12 décembre 2017 sur le projet de décision du Conseil, d’autre \n\
    part1, et celle du 18 avril 20132 sur le fleuve et les droits de ses riverains, et sur \n\
    l’application de l’article 174 du code de l’environnement,\n\n\
    A. considérant que l’accord met fortement l’accent sur la démocratie, sur l’informa-\n\
    tion du public, sur les principes du commerce équitable et du développement \n\n\
    1 Textes adoptés de cette date, P8_TA(2017)0485.\n2 JO C 45 du 5.2.2016, p. 85.\n \
    durable ainsi que la coopération de la société civile, dont la part est sous-\ndéclarée;\n\n\
    B. considérant qu’il convient de vérifier sur place que le droit à un procès équitable \n\n\n\n\
    RC\\117FR.docx 9/9 PE635.464v01-00 }\nPE635.465v01-00 } RC1\n\nFR\n\ns’applique à tous;\n";

#[test]
fn what_pages_and_lines_cut_is_whole_and_notes_stand_at_the_end() {
    let document = text(PAGED);
    assert_eq!(
        blocks(&document),
        [
            "heading: Résolution sur la situation du fleuve",
            "paragraph: (2019/26(RSP))",
            "paragraph: – vu sa résolution du 12 décembre 2017 sur le projet de décision du Conseil, d’autre part¹, et celle du 18 avril 2013² sur le fleuve et les droits de ses riverains, et sur l’application de l’article 174 du code de l’environnement,",
            "paragraph: A. considérant que l’accord met fortement l’accent sur la démocratie, sur l’information du public, sur les principes du commerce équitable et du développement durable ainsi que la coopération de la société civile, dont la part est sous-déclarée;",
            "paragraph: B. considérant qu’il convient de vérifier sur place que le droit à un procès équitable s’applique à tous;",
            "footnote: 1 Textes adoptés de cette date, P8_TA(2017)0485.",
            "footnote: 2 JO C 45 du 5.2.2016, p. 85.",
        ]
    );
    let aside: Vec<(&str, &str, &str)> = document
        .set_aside
        .iter()
        .map(|aside| {
            let before = &document.text[..usize::from(aside.at)];
            (aside.kind.as_str(), aside.text.as_str(), before.rsplit(' ').next().unwrap_or(""))
        })
        .collect();
    assert_eq!(aside.len(), 3);
    assert_eq!(aside[0], ("furniture", "RC\\117FR.docx 9/9 PE635.464v01-00 }", "équitable"));
}

#[test]
fn a_note_has_its_mark_behind_a_whole_word() {
    let document = text(PAGED);
    let notes: Vec<(&str, &str, Vec<&str>)> = document
        .footnotes
        .iter()
        .map(|note| {
            let before = |at: &TextSize| document.text[..usize::from(*at)].rsplit(' ').next().unwrap_or("");
            (note.label.as_str(), document.slice(note.body), note.references.iter().map(before).collect())
        })
        .collect();
    assert_eq!(
        notes,
        [
            ("1", "Textes adoptés de cette date, P8_TA(2017)0485.", vec!["part"]),
            ("2", "JO C 45 du 5.2.2016, p. 85.", vec!["2013"]),
        ]
    );
    let marks: Vec<&str> = document
        .inlines
        .iter()
        .filter(|inline| matches!(inline.kind, InlineKind::FootnoteReference { .. }))
        .map(|inline| document.slice(inline.range))
        .collect();
    assert_eq!(marks, ["¹", "²"]);
}

#[test]
fn prose_cut_by_a_page_is_joined_and_lists_headings_and_salutations_are_not() {
    let long = "Le comité rappelle les engagements pris, y compris ceux de l’année passée, et il souhaite mettre en place un mécanisme";
    assert_eq!(blocks(&text(&format!("Titre\n\n{long}\n\nnational de prévention."))).len(), 2);
    for apart in [
        "Monsieur le Président,\n\nnous vous écrivons au sujet du fleuve et de ses riverains.",
        "Le comité demande :\n\nles droits civils\n\nles droits politiques\n\nles droits sociaux",
        "Rubrique : Politique extérieure\n\nsuite du texte qui est assez longue pour une phrase entière.",
        "CHAPITRE DES DROITS ET DES DEVOIRS DE TOUS LES RIVERAINS DU FLEUVE ET DE SES AFFLUENTS, PREMIER\n\nde la suite.",
    ] {
        let document = text(apart);
        assert_eq!(document.leaves().count(), apart.split("\n\n").count(), "{apart}");
    }
}

#[test]
fn leaders_of_a_table_of_contents_go_and_its_words_stay() {
    let document = text("Introduction .......... 3\nPremière partie . . . . . . 12\nIl a dit... 3 fois.\n");
    assert_eq!(document.text, "Introduction 3\nPremière partie 12\nIl a dit... 3 fois.");
    assert_eq!(document.set_aside.len(), 2);
}

#[test]
fn what_has_no_picture_is_dropped_and_soft_hyphens_join_lines() {
    assert_eq!(text("\u{feff}so\u{ad}ft ze\u{200b}ro l’été\u{a0}!").text, "soft zero l’été\u{a0}!");
    assert_eq!(text("une informa\u{ad}\ntion utile").text, "une information utile");
    assert_eq!(text("می\u{200c}خواهم").text, "می\u{200c}خواهم");
}

#[test]
fn every_kept_offset_leads_to_its_source_and_back() {
    let document = text(PAGED);
    for segment in document.source_map.segments() {
        if let Segment::Kept { text, source } = segment {
            assert_eq!(document.map_back(text.start()), text.start());
            let (here, there) = (document.slice(*text), &PAGED[*source]);
            assert!(here == there || here.chars().all(|c| !c.is_ascii()) || there == "\n", "{here:?} {there:?}");
        }
    }
}

/// There and back again.
trait MapBack {
    fn map_back(&self, offset: TextSize) -> TextSize;
}

impl MapBack for Document {
    fn map_back(&self, offset: TextSize) -> TextSize {
        self.source_map.to_text(self.source_map.to_source(offset))
    }
}

/// The letters and figures of a text, how often each stands in it; raised figures count as figures.
fn letters<'a>(texts: impl Iterator<Item = &'a str>) -> BTreeMap<char, i64> {
    let mut counts = BTreeMap::new();
    for c in texts.flat_map(str::chars).filter(|c| c.is_alphanumeric()) {
        let plain = match c {
            '¹' => '1',
            '²' => '2',
            '³' => '3',
            '\u{2070}' | '\u{2074}'..='\u{2079}' => char::from_digit(c as u32 - 0x2070, 10).unwrap_or(c),
            c => c,
        };
        *counts.entry(plain).or_insert(0) += 1;
    }
    counts
}

/// What a document says and what was set aside, letter by letter.
fn kept(document: &Document) -> BTreeMap<char, i64> {
    letters(std::iter::once(document.text.as_str()).chain(document.set_aside.iter().map(|aside| aside.text.as_str())))
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

    #[test]
    fn paragraphs_on_one_line_come_through_unchanged(
        paragraphs in proptest::collection::vec("[A-ZÉ][a-zé]{0,7}( [a-zéœ’]{1,9}| [0-9]{1,3}|,){0,14} [a-z]{3,8}\\.", 1..12)
    ) {
        let source = paragraphs.join("\n\n");
        let document = text(&source);
        proptest::prop_assert_eq!(&document.text, &paragraphs.join("\n"));
        proptest::prop_assert!(document.set_aside.is_empty() && document.footnotes.is_empty());
    }

    #[test]
    fn no_letter_of_any_lines_is_lost(source in "([a-zéA-Z]{1,9}|[0-9]{1,5}|[a-z]{3,6}[1-3]|- [0-9] -|[1-4] [A-Z][a-z]{2,5}|\\([1-3]\\)|\\[[1-3]\\]|PE6\\.1|[a-z]{2,5}-|\\.{5,9}|[.;,:]|²|\u{c}|\u{ad}|[ \n]{1,3}| |\n){0,90}") {
        if let Some(document) = read(source.as_bytes(), "a.txt") {
            proptest::prop_assert_eq!(document.check(), Vec::<String>::new());
            let given = sanitize(&source);
            proptest::prop_assert_eq!(kept(&document), letters(std::iter::once(given.as_ref())));
        }
    }
}

/// The files below a folder of the shared material; says that it skips when it is not there.
fn shared(folder: &str) -> Vec<PathBuf> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")).join(folder);
    let Ok(entries) = fs::read_dir(&path) else {
        println!("skipped: {folder} is not there");
        return Vec::new();
    };
    let mut found = Vec::new();
    for path in entries.flatten().map(|entry| entry.path()) {
        if path.is_dir() {
            let name = path.file_name().expect("an entry has a name").to_string_lossy().into_owned();
            found.extend(shared(&format!("{folder}/{name}")));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

#[test]
fn no_real_text_loses_a_letter() {
    let mut aside = 0;
    let files: Vec<PathBuf> = ["seeds", "corpora/txt", "corpora/txt-encodings/udhr-legacy"]
        .iter()
        .flat_map(|folder| shared(folder))
        .collect();
    for path in &files {
        let bytes = fs::read(path).expect("a file");
        let Some(document) = read(&bytes, "a.txt") else { continue };
        if document.format != "text" {
            continue;
        }
        let source = decode(&bytes).text;
        let given = sanitize(&source);
        let mut lost = letters(std::iter::once(given.as_ref()));
        for (letter, count) in kept(&document) {
            *lost.entry(letter).or_insert(0) -= count;
        }
        // Of pasted Markdown only marks are taken: `2^e`, `<sup>`.
        lost.retain(|letter, count| *count != 0 && !"sup".contains(*letter));
        assert_eq!(lost, BTreeMap::new(), "{}", path.display());
        aside += document.set_aside.len();
    }
    println!("{} files, {aside} pieces set aside", files.len());
}

#[test]
fn the_resolution_of_the_seeds_is_whole() {
    let Some(path) = shared("seeds").into_iter().find(|path| path.to_string_lossy().contains("003_")) else { return };
    let document = read(&fs::read(path).expect("a file"), "r.txt").expect("readable");
    assert!(document.text.contains("développement durable") && !document.text.contains("20134"));
    let labels: Vec<&str> = document.leaves().filter_map(|block| block.label.as_deref()).collect();
    assert_eq!(labels.iter().filter(|label| label.chars().all(char::is_uppercase)).count(), 17);
    assert_eq!(document.leaves().filter(|block| block.kind == BlockKind::Footnote).count(), 8);
    let references: Vec<usize> = document.footnotes.iter().map(|note| note.references.len()).collect();
    assert_eq!(references, [1; 8]);
    let fourth = usize::from(document.footnotes[3].references[0]);
    assert!(document.text[..fourth].ends_with("18 avril 2013"));
    for end in ["des autres;", "une enquête appropriée;", "équitable s’applique à tous;"] {
        assert!(document.leaves().any(|block| block.label.is_some() && document.slice(block.range).ends_with(end)));
    }
}

/// One side of the pages of a random layout: the same words on every page, or one line for even and one for odd pages, with
/// the page's number in Arabic or Roman figures, or none.
#[derive(Clone, Debug)]
enum Running {
    None,
    Alike(&'static str),
    OddAndEven(&'static str),
    Folio,
    Roman,
}

impl Running {
    fn line(&self, page: usize) -> Option<String> {
        Some(match self {
            Self::None => return None,
            Self::Alike(words) => (*words).to_owned(),
            Self::OddAndEven(words) if page.is_multiple_of(2) => format!("{page} {}", words.to_uppercase()),
            Self::OddAndEven(words) => format!("{words} – {page}"),
            Self::Folio => format!("– {page} –"),
            Self::Roman => ROMAN[page - 1].to_owned(),
        })
    }
}

const ROMAN: [&str; 12] = ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"];

mod layouts {
    use super::{Running, read};
    use lutrin::document::Document;
    use proptest::prelude::*;

    fn side(words: &'static str) -> impl Strategy<Value = Running> {
        prop_oneof![
            Just(Running::None),
            Just(Running::Alike(words)),
            Just(Running::OddAndEven(words)),
            Just(Running::Folio),
            Just(Running::Roman),
        ]
    }

    /// A word that no other line of the body has, in letters that are no Roman figures.
    fn own_word(number: usize) -> String {
        let digit = |power: u32| char::from(b"abefghjkno"[number / 10_usize.pow(power) % 10]);
        ["z", &String::from_iter([digit(2), digit(1), digit(0)]), "z"].concat()
    }

    /// Lines of a page: a sentence goes on or ends, numbers and dates come and go, some lines repeat those of other pages
    /// but for the word of their own.
    fn body() -> impl Strategy<Value = Vec<(usize, bool)>> {
        proptest::collection::vec((0_usize..6, any::<bool>()), 3..14)
    }

    fn body_line(kind: usize, own: &str, number: usize) -> String {
        match kind {
            0 => format!("Art. {number}. Le {own} est ouvert aux visiteurs"),
            1 => format!("de la commune et du {own}, dont la liste est publiée au Journal le 3 mai 2019 et"),
            2 => own.to_owned(),
            3 => format!("{number}. {own} et refuges"),
            4 => format!("M. {own}:"),
            _ => format!("La commission a entendu les gardiens de {own} et a pris connaissance des comptes."),
        }
    }

    /// The words of the text alone, as what joins, parts and raises them does not matter.
    fn bare(text: &str) -> String {
        text.chars().filter(|c| c.is_alphanumeric()).collect()
    }

    fn check(document: &Document, lines: &[String], running: &[(Running, usize)], page_count: usize) {
        let text = bare(&document.text);
        let mut at = 0;
        for line in lines {
            let found = text[at..].find(&bare(line));
            assert!(found.is_some(), "{line:?} is not in its place in {:?}", document.text);
            at += found.unwrap_or(0) + bare(line).len();
        }
        let shown: Vec<&str> = document.leaves().map(|block| document.slice(block.range)).collect();
        for (side, most) in running {
            let left =
                (1..=page_count).filter_map(|page| side.line(page)).filter(|line| shown.contains(&line.as_str()));
            let left: std::collections::BTreeSet<String> = left.collect();
            let count = shown.iter().filter(|line| left.contains(**line)).count();
            assert!(count <= *most, "{left:?} stay: {shown:?}");
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]
        #[test]
        fn lines_of_their_own_shape_stay_in_order_and_running_lines_go(
            pages in proptest::collection::vec(body(), 4..12),
            head in side("Conseil du fleuve"),
            foot in side("Rapport sur les gardiens, version provisoire"),
            form_feeds in any::<bool>(),
            blank in any::<bool>(),
        ) {
            let mut source = String::new();
            let mut lines = Vec::new();
            for (number, page) in pages.iter().enumerate() {
                let blank = if blank { "\n" } else { "" };
                if let Some(head) = head.line(number + 1) {
                    source.push_str(&[head.as_str(), "\n", blank].concat());
                }
                for &(kind, apart) in page {
                    let own = own_word(lines.len());
                    let line = body_line(kind, &own, lines.len() % 7 + 1);
                    source.push_str(&line);
                    source.push_str(if apart { "\n\n" } else { "\n" });
                    lines.push(line);
                }
                if let Some(foot) = foot.line(number + 1) {
                    source.push_str(&[blank, foot.as_str(), "\n"].concat());
                }
                if form_feeds {
                    source.push('\u{c}');
                }
            }
            let document = read(source.as_bytes(), "a.txt").expect("readable");
            prop_assert_eq!(document.check(), Vec::<String>::new());
            // Of each line of the head its first copy stays; a foot stays once where its words would else be gone.
            // The first of the heads for odd pages stands at no bound: the second has its like from page five on only.
            let heads = if matches!(head, Running::OddAndEven(_)) { 3 } else { 2 };
            let running = if form_feeds { vec![(head, heads), (foot, 2)] } else { Vec::new() };
            check(&document, &lines, &running, pages.len());
        }
    }
}
