//! What the five documents from which everything started must give: kind, facts, parts, clean text. They lie beside the
//! project, not in it; where they are missing each test says that it skips.

use std::fs;
use std::path::Path;

use lutrin::document::{BlockKind, Document, InlineKind, Key, PartKind};
use lutrin::library::read_documents;

/// The seed whose name begins with a number; says that it skips when it is not there.
fn seed(number: &str) -> Option<Document> {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/seeds"));
    let entries = fs::read_dir(folder).ok().into_iter().flatten().flatten();
    let path = entries
        .map(|entry| entry.path())
        .find(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(number)));
    let Some(path) = path else {
        eprintln!("skipped: ../shared/seeds/{number}… is not here");
        return None;
    };
    let bytes = fs::read(&path).unwrap();
    let (_, document) = read_documents(&bytes, &path.to_string_lossy()).unwrap().remove(0);
    assert_eq!(document.check(), Vec::<String>::new());
    Some(document)
}

fn assert_facts(document: &Document, facts: &[(Key, &[&str])]) {
    for (key, values) in facts {
        assert_eq!(document.metadata.all(*key), *values, "{}", key.name());
    }
}

/// The labels of the outline's parts of one kind.
fn labels(document: &Document, kind: PartKind) -> Vec<String> {
    let sections = document.outline();
    sections.iter().filter(|section| section.kind == kind).map(|s| s.label.clone().unwrap_or_default()).collect()
}

fn words_of_part(document: &Document, kind: PartKind, label: Option<&str>) -> String {
    let sections = document.outline();
    let section = sections.iter().find(|s| s.kind == kind && (label.is_none() || s.label.as_deref() == label));
    document.slice(section.unwrap_or_else(|| panic!("no {} {label:?}", kind.name())).range).to_owned()
}

fn blocks(document: &Document, kind: BlockKind) -> Vec<&str> {
    document.leaves().filter(|block| block.kind == kind).map(|block| document.slice(block.range)).collect()
}

#[test]
fn a_written_question_of_2022_gives_its_facts_and_its_two_parts() {
    let Some(document) = seed("000") else { return };
    assert_eq!(document.genre.name(), "written-question");
    assert_eq!(document.title, "Alerte sur la situation de M. Massimov et de plusieurs opposants au Kazakhstan");
    assert_eq!(document.date.as_deref(), Some("2022-03-29"));
    assert_eq!(document.language.as_ref().map(lutrin::text::Language::tag), Some("fr"));
    assert_facts(
        &document,
        &[
            (Key::Institution, &["Assemblée nationale"]),
            (Key::Country, &["FR"]),
            (Key::Number, &["43940"]),
            (Key::Legislature, &["15"]),
            (Key::Author, &["Hubert Julien-Laferrière"]),
            (Key::Constituency, &["Rhône (2e circonscription)"]),
            (Key::Group, &["Non inscrit"]),
            (Key::Heading, &["Politique extérieure"]),
            (Key::MinistryAsked, &["Europe et affaires étrangères"]),
            (Key::MinistryAnswering, &["Europe et affaires étrangères"]),
            (Key::AskedOn, &["2022-02-01"]),
            (Key::AskedPage, &["601"]),
            (Key::AnsweredOn, &["2022-03-29"]),
            (Key::AnsweredPage, &["2109"]),
        ],
    );
    assert!(words_of_part(&document, PartKind::Question, None).contains("attire l'attention"));
    assert!(words_of_part(&document, PartKind::Answer, None).contains("Des événements très violents"));
    assert!(document.identifiers.contains(&"question:43940".to_owned()), "{:?}", document.identifiers);
}

#[test]
fn a_written_question_of_2011_gives_its_facts_and_an_answer_made_whole() {
    let Some(document) = seed("001") else { return };
    assert_eq!((document.genre.name(), document.title.as_str()), ("written-question", "Kazakhstan"));
    assert_facts(
        &document,
        &[
            (Key::Institution, &["Assemblée nationale"]),
            (Key::Country, &["FR"]),
            (Key::Number, &["101851"]),
            (Key::Legislature, &["13"]),
            (Key::Author, &["Danielle Bousquet"]),
            (Key::Constituency, &["Côtes-d'Armor (1re circonscription)"]),
            (Key::Group, &["Socialiste, radical, citoyen et divers gauche"]),
            (Key::Heading, &["Politique extérieure"]),
            (Key::MinistryAsked, &["Affaires étrangères et européennes"]),
            (Key::MinistryAnswering, &["Affaires étrangères et européennes"]),
            (Key::AskedOn, &["2011-03-08"]),
            (Key::AskedPage, &["2121"]),
            (Key::AnsweredOn, &["2011-06-14"]),
            (Key::AnsweredPage, &["6264"]),
        ],
    );
    let answer = words_of_part(&document, PartKind::Answer, None);
    assert!(answer.contains("mettre en place un mécanisme national de prévention"), "{answer}");
    assert_eq!(labels(&document, PartKind::Question).len(), 1);
    assert_eq!(labels(&document, PartKind::Answer).len(), 1);
}

#[test]
fn a_ministerial_reply_pairs_its_questions_and_answers() {
    let Some(document) = seed("002") else { return };
    assert_eq!(document.genre.name(), "ministerial-reply");
    assert!(document.title.starts_with("Réponse de Monsieur le Ministre"), "{}", document.title);
    assert!(document.title.contains("n° 5747"), "{}", document.title);
    assert_eq!(document.date.as_deref(), Some("2022-03-11"));
    assert_facts(
        &document,
        &[
            (Key::Country, &["LU"]),
            (Key::Number, &["5747"]),
            (Key::Author, &["Jean Asselborn"]),
            (Key::AskedBy, &["Gilles Baum", "Gusty Graas"]),
            (Key::MinistryAnswering, &["Affaires étrangères et européennes"]),
            (Key::AskedOn, &["2022-02-11"]),
            (Key::AnsweredOn, &["2022-03-11"]),
            (Key::Place, &["Luxembourg"]),
        ],
    );
    for kind in [PartKind::Question, PartKind::Answer] {
        assert_eq!(labels(&document, kind), ["1", "2", "3", "4"], "{}", kind.name());
    }
    assert!(words_of_part(&document, PartKind::Answer, Some("3")).starts_with("Le Kazakhstan a rejeté"));
}

#[test]
fn a_resolution_has_its_citations_recitals_paragraphs_and_notes() {
    let Some(document) = seed("003") else { return };
    assert_eq!(document.genre.name(), "resolution");
    assert!(
        document.title.starts_with("Résolution") && document.title.ends_with("au Kazakhstan"),
        "{}",
        document.title
    );
    assert_facts(
        &document,
        &[(Key::Institution, &["Parlement européen"]), (Key::Country, &["EU"]), (Key::Number, &["2019/2610(RSP)"])],
    );
    let letters: Vec<String> = ('A'..='Q').map(String::from).collect();
    let numbers = |last: u32| (1..=last).map(|number| number.to_string()).collect::<Vec<_>>();
    assert_eq!(labels(&document, PartKind::Citation).len(), 8);
    assert_eq!(labels(&document, PartKind::Recital), letters);
    assert_eq!(labels(&document, PartKind::Paragraph), numbers(17));
    assert_eq!(labels(&document, PartKind::Note), numbers(8));
    for (kind, label) in [
        (PartKind::Recital, "A"),
        (PartKind::Recital, "N"),
        (PartKind::Paragraph, "4"),
        (PartKind::Paragraph, "10"),
        (PartKind::Paragraph, "16"),
    ] {
        let words = words_of_part(&document, kind, Some(label));
        assert!(!words.contains('\n'), "{label} is one block: {words}");
        assert!(words.ends_with(';'), "{label} is whole: {words}");
    }
}

#[test]
fn a_resolution_says_nothing_that_its_pages_put_between_the_words() {
    let Some(document) = seed("003") else { return };
    let running = &document.text;
    assert!(running.contains("développement durable"), "the notes at the page's foot cut it");
    assert!(running.contains("le droit à un procès équitable s’applique à tous"), "the page's foot cuts it");
    assert!(!running.contains("1179596FR") && !running.contains("PE635"), "furniture is no text");
    let aside: String = document.set_aside.iter().map(|aside| aside.text.as_str()).collect();
    assert!(aside.contains("RC\\1179596FR.docx 9/9 PE635.464v01-00 }"), "and it is not lost");
    for whole in ["2018", "2016", "article 174 ", "l’article 274", " 235 ", "1 000 participants", "143e rang sur 167"]
    {
        assert!(running.contains(whole), "{whole}");
    }
    assert_eq!(document.footnotes.len(), 8);
    for note in &document.footnotes {
        let [at] = note.references[..] else { panic!("note {} has one mark: {:?}", note.label, note.references) };
        let mark = document.inlines.iter().find(|inline| inline.range.start() == at).unwrap();
        assert_eq!(mark.kind, InlineKind::FootnoteReference { label: note.label.clone() });
    }
    let fourth = usize::from(document.footnotes[3].references[0]);
    assert!(running[..fourth].ends_with("18 avril 2013"), "{}", &running[..fourth]);
    let words: Vec<&str> = lutrin::search::analysis::words(running).map(|word| &running[word.range]).collect();
    assert!(!words.contains(&"20134"));
}

#[test]
fn a_letter_says_who_wrote_to_whom_and_of_what_it_is_made() {
    let Some(document) = seed("004") else { return };
    assert_eq!(document.genre.name(), "letter");
    let subject = "Questions relatives aux droits humains en vue de votre visite au Kazakhstan et en Ouzbékistan";
    assert_eq!(document.title, subject);
    assert_eq!(document.date.as_deref(), Some("2023-10-30"));
    assert_facts(
        &document,
        &[
            (Key::Sender, &["International Partnership for Human Rights"]),
            (Key::Addressee, &["Emmanuel Macron"]),
            (Key::Dated, &["2023-10-30"]),
            (Key::Place, &["Bruxelles"]),
            (Key::Subject, &[subject]),
            (Key::Signatories, &["Brigitte Dufour"]),
        ],
    );
    assert_eq!(blocks(&document, BlockKind::Salutation), ["Monsieur le Président,"]);
    assert_eq!(blocks(&document, BlockKind::Paragraph).len(), 6);
    assert_eq!(blocks(&document, BlockKind::Closing).len(), 1);
    assert!(blocks(&document, BlockKind::Signature).concat().contains("Brigitte Dufour"));
    assert!(document.text.contains("documenté une augmentation des intimidations"));
}
