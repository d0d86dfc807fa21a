//! Files → documents, end to end: bytes through extraction, cleaning and recognition. What needs no corpus comes first;
//! tests over real files say that they skip when those are not there.

#![expect(clippy::print_stdout, reason = "a test that skips or measures says so")]

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use lutrin::clean::clean;
use lutrin::document::Target;
use lutrin::document::{Document, InlineKind, Marker, place_names};
use lutrin::extract::encoding::decode;
use lutrin::extract::{ExtractError, extract};
use lutrin::genre::recognise;
use lutrin::library::read_documents;

fn read(bytes: &[u8], name: &str) -> Result<Vec<Document>, ExtractError> {
    let mut documents = Vec::new();
    extract(bytes, name, &mut |raw| {
        let mut document = clean(raw);
        recognise(&mut document);
        documents.push(document);
    })?;
    Ok(documents)
}

fn one(text: &str, name: &str) -> Document {
    let document = read(text.as_bytes(), name).expect("readable").remove(0);
    assert_eq!(document.check(), Vec::<String>::new(), "{text}");
    document
}

/// Kinds and words of the blocks, one a line; inlines in angle brackets.
fn dump(document: &Document) -> String {
    let mut lines = Vec::new();
    for block in &document.blocks {
        let indent = "  ".repeat(usize::from(block.depth) - usize::from(!block.kind.is_leaf()));
        if !block.kind.is_leaf() {
            lines.push(format!("{indent}{}", block.kind.name()));
            continue;
        }
        let mut marks: Vec<(usize, u8, String)> = Vec::new();
        for inline in document.inlines.iter().filter(|inline| block.range.contains_range(inline.range)) {
            marks.push((inline.range.start().into(), 1, format!("<{}", inline_name(&inline.kind))));
            marks.push((inline.range.end().into(), 0, ">".to_owned()));
        }
        marks.sort_by_key(|(at, order, _)| (*at, *order));
        let mut words = String::new();
        let mut at = usize::from(block.range.start());
        for (next, _, mark) in marks {
            words.push_str(&document.text[at..next]);
            words.push_str(&mark);
            at = next;
        }
        words.push_str(&document.text[at..block.range.end().into()]);
        let marker = match &block.marker {
            Some(Marker::Virtual(marker)) => format!("[{marker}] "),
            Some(Marker::InText(range)) => format!("[{}]", document.slice(*range)),
            Some(Marker::GoesOn) => "↵ ".to_owned(),
            None => String::new(),
        };
        lines.push(format!("{indent}{} {marker}| {words}", block.kind.name()));
    }
    lines.join("\n")
}

fn inline_name(kind: &InlineKind) -> String {
    match kind {
        InlineKind::Link { target } => format!("link {target} "),
        InlineKind::FootnoteReference { label } => format!("note {label} "),
        InlineKind::Emphasis => "em ".to_owned(),
        InlineKind::Strong => "strong ".to_owned(),
        InlineKind::Superscript => "sup ".to_owned(),
        other => format!("{other:?} ").to_lowercase(),
    }
}

#[test]
fn a_written_question_in_plain_text_shows_its_sections_and_no_markup() {
    let document = one(
        "\n\nASSEMBLÉE NATIONALE\n\n15ème législature\n\nAlerte sur le fleuve\n\nQuestion écrite n° 5\n\nTexte de la question\n\n\
         Mme Unetelle attire l'attention du ministre.\n\nTexte de la réponse\n\nLe ministre répond.\n\nDonnées clés\n\n\
         Auteur : [Mme Unetelle](#)\n\nCirconscription : Rhône (2^e circonscription)\n\nDate(s) clé(e)s\n\n\
         Question publiée au JO le : [1er février 2022](#), page 601\n",
        "q.txt",
    );
    assert_eq!(document.title, "Alerte sur le fleuve");
    assert_eq!(
        dump(&document),
        "masthead | ASSEMBLÉE NATIONALE\nmasthead | 15ème législature\nheading | Alerte sur le fleuve\n\
         paragraph | Question écrite n° 5\nheading | Texte de la question\n\
         paragraph | Mme Unetelle attire l'attention du ministre.\nheading | Texte de la réponse\n\
         paragraph | Le ministre répond.\nheading | Données clés\nkey-data | Auteur : <link # Mme Unetelle>\n\
         key-data | Circonscription : Rhône (2<sup e> circonscription)\nheading | Date(s) clé(e)s\n\
         key-data | Question publiée au JO le : <link # 1er février 2022>, page 601"
    );
}

#[test]
fn a_phrase_cut_by_line_ends_is_whole_in_one_block() {
    let text = "Résolution sur le fleuve\n(2019/26(RSP))\n\nA. considérant que la situation des droits de \nl’homme est grave \
                et que nul n’a répondu aux \nquestions de la commission sur les droits de \nl’homme ;\n\n\
                B. considérant que les droits de l’homme sont \nindivisibles et que le sous-\ncomité l’a dit ;\n";
    let document = one(text, "r.txt");
    let whole: usize =
        document.leaves().map(|block| document.slice(block.range).matches("droits de l’homme").count()).sum();
    assert_eq!(whole, 3);
    assert!(document.text.contains("sous-comité"));
    let labels: Vec<_> = document.leaves().filter_map(|block| block.label.as_deref()).collect();
    assert_eq!(labels, ["A", "B"]);
    for block in document.leaves() {
        let word = document.slice(block.range).split(' ').next().unwrap_or("");
        let source = usize::from(document.source_map.to_source(block.range.start()));
        assert!(text[source..].starts_with(word), "{word}");
    }
}

#[test]
fn markdown_marks_become_structure() {
    let document = one(
        "---\ntitle: Rapport annuel\ndate: 2019-03-14\nlang: fr\nauthor: Mme Unetelle\n---\n\n# Un\n\nVoir [le rapport](https://e.fr/a) \
         et *ceci*[^1], 2^e ou 1<sup>re</sup>.\n\n- a\n  1. b\n\n> cité\n\n| x | y |\n|---|---|\n| 1 |  |\n\n```\nun\n\ndeux\n```\n\n\
         <p>Du <b>HTML</b></p>\n\n[^1]: La note.\n",
        "a.md",
    );
    assert_eq!(
        (document.title.as_str(), document.date.as_deref(), document.format.as_str()),
        ("Rapport annuel", Some("2019-03-14"), "markdown")
    );
    assert_eq!(
        dump(&document),
        "heading | Un\nparagraph | Voir <link https://e.fr/a le rapport> et <em ceci><note 1 ¹>, 2<sup e> ou 1<sup re>.\n\
         item [•] | a\n  item [1.] | b\nquote\n  paragraph | cité\ntable\n  row\n    cell | x\n    cell | y\n  row\n    cell | 1\n    \
         cell |  \npreformatted | un\npreformatted |  \npreformatted | deux\nparagraph | Du <strong HTML>\nfootnote [1] | La note."
    );
    let note = &document.footnotes[0];
    assert_eq!((note.label.as_str(), document.slice(note.body), note.references.len()), ("1", "La note.", 1));
}

#[test]
fn a_page_keeps_its_content_and_sets_its_menus_aside() {
    let document = one(
        "<!DOCTYPE html><html lang=fr><head><title>Sénat - Avis sur le fleuve</title><meta name=date content=2020-05></head><body>\
         <nav><a href=/>Accueil</a></nav><div class=breadcrumb>Vous êtes ici</div><p style='display: none'>caché</p>\
         <h2>Objet</h2><p>Le <b>1<sup>er</sup></b> avis,\n cité&nbsp;: <a href='/x'>lien</a><p>suite<br>ligne\
         <table><tr><td><p>(1)</p><td><p>Premier considérant assez long pour une mise en page.</p></table>\
         <table><tr><th>An<th>Nombre<tr><td>2019<td>3<tr><td>2020<td></table>\
         <ul><li>un<ul><li><p>deux</ul></ul><blockquote>dit</blockquote><hr>fin<hr><script>non()</script></body></html>",
        "page.txt",
    );
    assert_eq!(
        (document.title.as_str(), document.date.as_deref(), document.format.as_str()),
        ("Avis sur le fleuve", Some("2020-05"), "html")
    );
    assert_eq!(document.set_aside[0].text, "Accueil Vous êtes ici");
    assert_eq!(
        dump(&document),
        "heading | Objet\nparagraph | Le <strong 1<sup er>> avis, cité\u{a0}: <link /x lien>\nparagraph | suite\nparagraph ↵ | ligne\n\
         paragraph [(1) ]| (1) Premier considérant assez long pour une mise en page.\n\
         table\n  row\n    cell | An\n    cell | Nombre\n  row\n    cell | 2019\n    cell | 3\n  row\n    cell | 2020\n    cell |  \n\
         item [•] | un\n  item [•] | deux\nquote\n  paragraph | dit\nrule | \nparagraph | fin"
    );
}

#[test]
fn hostile_shapes_are_read_without_recursion_and_in_one_pass() {
    let deep = format!("<html>{}fond{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
    assert_eq!(one(&deep, "a.html").text, "fond");
    let quotes = format!("{}fond", "> ".repeat(5_000));
    assert!(one(&quotes, "a.md").text.contains("fond"));
    for unit in ["mot ", "é\u{301}", "*a ", "[a](", "<a", "1. ", "&#", "\t", "^{"] {
        let line = unit.repeat(400_000 / unit.len());
        for name in ["a.txt", "a.html"] {
            let _ = read(line.as_bytes(), name);
        }
    }
    assert_eq!(one(&"mot ".repeat(2_600_000), "a.txt").blocks.len(), 1);
}

#[test]
fn what_cannot_be_read_says_why() {
    let table: [(&[u8], &str, ExtractError); 6] = [
        (b"", "a.txt", ExtractError::Empty),
        (b" \n\t\n", "a.txt", ExtractError::Empty),
        (b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X", "._a.txt", ExtractError::Binary),
        (b"%PDF-1.7", "a.txt", ExtractError::Unsupported("pdf")),
        (b"PK\x03\x04\x14\x00[Content_Types].xml", "a", ExtractError::Unsupported("docx")),
        (b"<html><script>a</script></html>", "a.html", ExtractError::Empty),
    ];
    for (bytes, name, error) in table {
        assert_eq!(read(bytes, name), Err(error), "{name}");
    }
}

#[test]
fn damaged_bytes_are_replaced_and_counted() {
    let mut bytes = "été après été, où l’évêque a répété".as_bytes().to_vec();
    bytes.push(0xff);
    let document = read(&bytes, "a.txt").expect("readable").remove(0);
    assert!(document.text.ends_with("répété\u{fffd}"));
    assert_eq!((document.warnings[0].code.as_str(), document.warnings[0].detail.as_str()), ("invalid-bytes", "1"));
}

/// Letters and figures, sorted: what is set aside and notes stand elsewhere; marks of notes are raised.
fn letters(text: &str) -> Vec<char> {
    const RAISED: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    let plain = |c: char| RAISED.chars().position(|raised| raised == c).map_or(c, |at| char::from(b'0' + at as u8));
    let mut letters: Vec<char> = text.chars().map(plain).filter(|c| c.is_alphanumeric()).collect();
    letters.sort_unstable();
    letters
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..400), name in "[a-z./]{0,6}(\\.(txt|md|html|xml|csv))?") {
        for document in read(&bytes, &name).unwrap_or_default() {
            proptest::prop_assert_eq!(document.check(), Vec::<String>::new());
        }
    }

    #[test]
    fn arbitrary_markup_never_panics(text in "([a-zé «»*_\\[\\]()#>|`~^{}&;:.!0-9\n\t-]|</?(p|b|td|tr|table|li|ul|sup|pre|div|br|h1|a href=x)>|<!--|\\[\\^1\\]:?|- |1\\. |\u{1b}|\u{202e}|\u{301}){0,80}", ending in "txt|md|html|xml") {
        for document in read(text.as_bytes(), &format!("a.{ending}")).unwrap_or_default() {
            proptest::prop_assert_eq!(document.check(), Vec::<String>::new());
        }
    }

    #[test]
    fn plain_text_keeps_every_letter_in_the_text_or_aside(text in "([a-zA-Zéœ0-9’.,;:-]{1,9}[ \n]{1,2}){1,80}") {
        let document = one(&text, "a.txt");
        let aside: String = document.set_aside.iter().map(|aside| aside.text.as_str()).collect();
        proptest::prop_assert_eq!(letters(&format!("{}{aside}", document.text)), letters(&text));
        let kept: Vec<&str> = document.text.split_whitespace().collect();
        let given: Vec<&str> = text.split_whitespace().collect();
        proptest::prop_assert!(kept.len() <= given.len());
    }
}

/// A folder of the shared material; says that it skips when it is not there.
fn shared(folder: &str) -> Option<PathBuf> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")).join(folder);
    if path.is_dir() {
        return Some(path);
    }
    println!("skipped: {} is not there", path.display());
    None
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut open = vec![folder.to_owned()];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() { open.push(path) } else { found.push(path) }
        }
    }
    found.sort();
    found
}

fn name_of(path: &Path) -> &str {
    path.file_name().and_then(|name| name.to_str()).expect("a UTF-8 name")
}

#[test]
fn the_seeds_have_their_titles_and_whole_phrases() {
    let Some(folder) = shared("seeds") else { return };
    let documents: Vec<Document> = files(&folder)
        .iter()
        .map(|path| read(&fs::read(path).expect("a file"), name_of(path)).expect("readable").remove(0))
        .collect();
    let titles: Vec<&str> = documents.iter().map(|document| document.title.as_str()).collect();
    let beginnings = [
        "Alerte sur la situation de M. Massimov",
        "Kazakhstan",
        "Réponse de Monsieur le Ministre des Affaires étrangères",
        "Résolution du Parlement européen sur la situation des droits de l’homme au Kazakhstan",
        "Questions relatives aux droits humains",
    ];
    for (title, beginning) in titles.iter().zip(beginnings) {
        assert!(title.starts_with(beginning), "{title}");
    }
    let outline: Vec<String> = documents[0].outline().into_iter().map(|section| section.title).collect();
    for section in ["Texte de la question", "Texte de la réponse", "Données clés"] {
        assert!(outline.iter().any(|title| title == section), "{outline:?}");
    }
    let counts: Vec<usize> = documents
        .iter()
        .map(|document| {
            let count = |text: &str| text.to_lowercase().replace('’', "'").matches("droits de l'homme").count();
            document.leaves().map(|block| count(document.slice(block.range))).sum()
        })
        .collect();
    assert_eq!(counts, [2, 3, 1, 13, 0]);
}

#[test]
fn every_file_of_the_corpora_is_a_sound_document_or_says_why_not() {
    let Some(folder) = shared("corpora") else { return };
    let (mut sound, mut refused) = (0, 0);
    for path in files(&folder) {
        match read(&fs::read(&path).expect("a file"), name_of(&path)) {
            Ok(documents) => {
                for document in documents {
                    assert_eq!(document.check(), Vec::<String>::new(), "{}", path.display());
                    assert!(!document.title.is_empty(), "{}", path.display());
                    sound += 1;
                }
            }
            Err(error) => {
                let text =
                    path.components().any(|part| ["txt", "html", "xml"].iter().any(|kind| part.as_os_str() == *kind));
                assert!(!text || error == ExtractError::Empty, "{} {error:?}", path.display());
                refused += 1;
            }
        }
    }
    println!("{sound} documents, {refused} files refused");
    assert!(sound > 1500, "{sound}");
}

/// The encodings a file's name promises, as names that [`decode`] gives; none when it promises what is no standard.
fn promised(name: &str) -> Option<&'static [&'static str]> {
    let table: &[(&str, &[&str])] = &[
        ("utf-8", &["UTF-8"]),
        ("UTF8", &["UTF-8"]),
        ("ascii", &["UTF-8", "windows-1252"]),
        ("UTF-16BE", &["UTF-16BE"]),
        ("UTF-16LE", &["UTF-16LE"]),
        ("UTF-16", &["UTF-16BE", "UTF-16LE"]),
        ("Unicode", &["UTF-16LE", "UTF-16BE"]),
        ("UTF-32BE", &["UTF-32BE"]),
        ("UTF-32LE", &["UTF-32LE"]),
        ("UTF-32", &["UTF-32BE", "UTF-32LE"]),
        ("Big5", &["Big5"]),
        ("CP932", &["Shift_JIS"]),
        ("SHIFT_JIS", &["Shift_JIS"]),
        ("SJIS", &["Shift_JIS"]),
        ("CP949", &["EUC-KR"]),
        ("EUC-KR", &["EUC-KR"]),
        ("EUC-JP", &["EUC-JP"]),
        ("Japanese_Nihongo-EUC", &["EUC-JP"]),
        ("GB2312", &["GBK", "gb18030"]),
        ("-HZ", &["HZ-GB-2312"]),
        ("iso-2022-jp", &["ISO-2022-JP"]),
        ("-JIS", &["ISO-2022-JP"]),
        ("IBM866", &["IBM866"]),
        ("KOI8-R", &["KOI8-R", "KOI8-U"]),
        ("MacCyrillic", &["x-mac-cyrillic"]),
        ("TIS-620", &["windows-874"]),
        ("iso-8859-1_", &["windows-1252", "UTF-8"]),
        ("windows-1252", &["windows-1252"]),
        ("win-1252", &["windows-1252"]),
        ("Latin1", &["windows-1252", "UTF-8", "windows-1254"]),
        ("iso-8859-2", &["ISO-8859-2", "windows-1250"]),
        ("windows-1250", &["windows-1250", "ISO-8859-2"]),
        ("Latin2", &["ISO-8859-2", "windows-1250"]),
        ("iso-8859-5", &["ISO-8859-5"]),
        ("windows-1251", &["windows-1251"]),
        ("Cyrillic", &["windows-1251", "ISO-8859-5", "KOI8-R", "KOI8-U", "x-mac-cyrillic"]),
        ("iso-8859-6", &["ISO-8859-6"]),
        ("windows-1256", &["windows-1256"]),
        ("-Arabic", &["windows-1256", "ISO-8859-6"]),
        ("iso-8859-7", &["ISO-8859-7", "windows-1253"]),
        ("-8-hebrew", &["windows-1255", "ISO-8859-8"]),
        ("windows-1255", &["windows-1255", "ISO-8859-8"]),
        ("-Hebrew", &["windows-1255", "ISO-8859-8"]),
        ("iso-8859-9", &["windows-1254"]),
        ("windows-1254", &["windows-1254"]),
    ];
    table.iter().find(|(part, _)| name.contains(part)).map(|(_, encodings)| *encodings)
}

#[test]
fn most_files_in_old_encodings_are_decoded_as_their_names_say() {
    let Some(folder) = shared("corpora/txt-encodings") else { return };
    let (mut right, mut all) = (0, 0);
    for path in files(&folder) {
        let name = name_of(&path);
        let Some(encodings) = promised(name) else {
            println!("no promise: {name}");
            continue;
        };
        let decoded = decode(&fs::read(&path).expect("a file"));
        all += 1;
        if encodings.contains(&decoded.encoding) && decoded.invalid <= 1 {
            right += 1;
        } else {
            println!("{name}: {} with {} invalid", decoded.encoding, decoded.invalid);
        }
    }
    println!("{right} of {all} as promised");
    assert!(right * 100 >= all * 93, "{right} of {all}");
}

#[test]
fn recordings_of_terminals_are_text_that_drives_nothing() {
    let Some(folder) = shared("corpora/nasty/terminal-recordings") else { return };
    for path in files(&folder) {
        for document in read(&fs::read(&path).expect("a file"), name_of(&path)).expect("readable") {
            assert!(!document.text.chars().any(|c| c.is_control() && c != '\n'), "{}", path.display());
        }
    }
}

mod every_word_is_kept {
    use super::{Document, read};
    use proptest::prelude::*;

    /// A word that no other place has.
    fn own_word(number: usize) -> String {
        let letter = |digit: usize| char::from(b"abefghjkno"[digit % 10]);
        ["é", &String::from_iter([letter(number / 10), letter(number)]), "z"].concat()
    }

    /// Checks that words stand in the text in their order, none glued to its neighbour.
    fn check(document: &Document, words: &[String], from: &str) {
        let mut at = 0;
        for word in words {
            let found = document.text[at..].find(word.as_str());
            assert!(found.is_some(), "{word} of {from:?} is not in its place in {:?}", document.text);
            at += found.unwrap_or(0) + word.len();
            assert!(!document.text[at..].starts_with(char::is_alphanumeric), "{word} is glued in {:?}", document.text);
        }
    }

    fn pieces(signs: &'static [&'static str]) -> impl Strategy<Value = Vec<(bool, &'static str)>> {
        proptest::collection::vec((proptest::bool::weighted(0.7), proptest::sample::select(signs)), 1..40)
    }

    /// Words of their own, each followed by a sign.
    fn written(pieces: &[(bool, &str)]) -> (String, Vec<String>) {
        let mut text = String::new();
        let mut words = vec![own_word(0)];
        text.push_str(&words[0]);
        for (has_word, sign) in pieces {
            text.push_str(sign);
            if *has_word {
                let word = own_word(words.len());
                text.push_str(&word);
                words.push(word);
            }
        }
        (text, words)
    }

    /// A JSON string, everything but ASCII escaped.
    fn escaped(text: &str) -> String {
        let mut json = String::new();
        for c in serde_json::to_string(text).unwrap().chars() {
            if c.is_ascii() {
                json.push(c);
            } else {
                json.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
            }
        }
        json
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 96, ..ProptestConfig::default() })]

        #[test]
        fn of_lines_with_tabs_and_signs_that_are_dropped(
            pieces in pieces(&[" ", "  ", "\t", "\t\t", "\t\t\t", " \t", "\t ", "\n", "\n\t", "\t\n", "\t\u{200b}\t", " \u{ad} ", " \u{feff} "]),
            kind in 0_usize..5,
        ) {
            let (text, words) = written(&pieces);
            let name = ["a.txt", "a.csv", "a.tsv", "a.org", "a.eml"][kind];
            check(&read(text.as_bytes(), name).unwrap()[0], &words, &text);
            let wide: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
            check(&read(&wide, name).unwrap()[0], &words, &text);
        }

        #[test]
        fn of_json_and_what_is_left_of_it(
            pieces in pieces(&[" ", "\n", "\t", "\r\n", "\"", "\\", "/", " < ", "<y> ", " 😀 ", "\u{c}", " & ", ", {"]),
            name in proptest::sample::select(vec!["a.json", "a.jsonl"]),
        ) {
            let (text, words) = written(&pieces);
            let json = format!("{{\"clef\": [1, {}]}}\n", escaped(&text));
            check(&read(json.as_bytes(), name).unwrap()[0], &words, &json);
            let damaged = &json[..json.len() - 4];
            check(&read(damaged.as_bytes(), name).unwrap()[0], &words, damaged);
        }

        #[test]
        fn of_markup_in_json(
            pieces in pieces(&["<p>", "</p>", "<br/>", " <b>", "</b> ", "<li class='menu'>", "&nbsp;", " a < b ", "</li>\n", " &#233; "]),
        ) {
            let (text, words) = written(&pieces);
            let json = format!("{{\"clef\": {}}}", escaped(&["<p>", &text].concat()));
            let document = read(json.as_bytes(), "a.json").unwrap().remove(0);
            check(&document, &words, &json);
            prop_assert!(!document.text.contains("<p>") && !document.text.contains("&nbsp;"), "{}", document.text);
        }
    }
}

#[test]
fn markup_in_json_strings_makes_blocks_of_its_own() {
    let document = one(
        r#"{"num": "1er", "content": "<p>Le <b>refuge</b>&nbsp;est ouvert.</p><table><tr><th>Lieu</th><th>Places</th></tr><tr><td>Col</td><td>12</td></tr></table>", "etat": "L'\u00e9tat, a < b"}"#,
        "a.json",
    );
    assert_eq!(
        dump(&document),
        "paragraph | {\"num\": \"1er\", \"content\":\n\
         paragraph | Le <strong refuge>\u{a0}est ouvert.\n\
         table\n  row\n    cell | Lieu\n    cell | Places\n  row\n    cell | Col\n    cell | 12\n\
         paragraph | \"etat\": \"L'état, a < b\"}"
    );
}

/// What is printed behind `#` for each part of a real document opens that part, and no two parts of a document share it. A
/// few of the shared files; every one with `LUTRIN_ALL_FILES`.
#[test]
fn every_part_of_real_documents_is_led_back_to_by_its_place() {
    let Some(folder) = shared("corpora") else { return };
    let step = if std::env::var_os("LUTRIN_ALL_FILES").is_some() { 1 } else { 40 };
    let (mut documents, mut parts, mut located) = (0, 0, 0);
    for path in files(&folder).iter().step_by(step) {
        let read = read_documents(&fs::read(path).unwrap(), &path.to_string_lossy()).unwrap_or_default();
        for (member, document) in read {
            let sections = document.outline();
            let names = place_names(&sections);
            documents += 1;
            parts += sections.len();
            let mut different: Vec<String> = names.iter().map(|name| name.to_ascii_lowercase()).collect();
            different.sort_unstable();
            different.dedup();
            assert_eq!(different.len(), names.len(), "{} {member:?}", path.display());
            // Names of all are made for each that is looked for: of the longest documents some must do.
            let some = (sections.len() / 200).max(1);
            for (number, (name, section)) in names.iter().zip(&sections).enumerate() {
                let target = Target::parse(OsStr::new(&format!("a.txt#{name}")));
                assert_eq!(target.document, Path::new("a.txt"), "{} {name}", path.display());
                let place = target.place.unwrap_or_else(|| panic!("{} {name}", path.display()));
                assert_eq!(place.to_string(), *name, "{}", path.display());
                if number % some == 0 {
                    located += 1;
                    let found = document.locate(&place).and_then(|place| place.section);
                    assert_eq!(found.as_ref(), Some(section), "{} {name}", path.display());
                }
            }
        }
    }
    println!("{documents} documents, {parts} parts, {located} of them looked up");
}
