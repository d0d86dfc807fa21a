//! Questions and replies as real files have them: the kinds, facts and parts of the seeds, and of every folder of questions.
//! Says that it skips when the shared material is not there.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use lutrin::clean::clean;
use lutrin::document::{Document, Genre, Key, PartKind};
use lutrin::extract::extract;
use lutrin::genre::recognise;
use lutrin::text::Language;

fn shared(folder: &str) -> Option<PathBuf> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared")).join(folder);
    if path.is_dir() {
        return Some(path);
    }
    eprintln!("skipped: {} is not there", path.display());
    None
}

/// The documents of a folder's files, by their names, in order.
fn documents(folder: &Path) -> Vec<(String, Document)> {
    let mut open = vec![folder.to_owned()];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            let _ = extract(&fs::read(&path).unwrap(), &name, &mut |raw| {
                let mut document = clean(raw);
                recognise(&mut document);
                found.push((
                    path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap_or(&path).display().to_string(),
                    document,
                ));
            });
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

fn facts(document: &Document) -> BTreeMap<&'static str, String> {
    document.metadata.iter().map(|(key, values)| (key.name(), values.join(" + "))).collect()
}

fn parts(document: &Document) -> Vec<String> {
    let name = |part: &lutrin::document::Part| match &part.label {
        Some(label) => format!("{} {label}", part.kind.name()),
        None => part.kind.name().to_owned(),
    };
    document.parts.iter().map(name).collect()
}

fn is_question(document: &Document) -> bool {
    matches!(
        document.genre,
        Genre::WrittenQuestion | Genre::OralQuestion | Genre::GovernmentQuestion | Genre::MinisterialReply
    )
}

#[test]
fn a_page_of_cells_reads_as_lines_of_facts_without_its_hidden_codes() {
    let page = "<HTML><BODY><TITLE>FICHE</TITLE><LEG>8ème législature</LEG><TABLE><TR><TD>Question N° : <B>12</B></TD>\
        <TD>de <B>Mme Unetelle Anne</B> (Groupe - Nord)</TD><TD>QE</TD></TR><TR><TD>Ministère interrogé :</TD><TD>eau</TD></TR>\
        <TR><TD>Rubrique :</TD><TD>Crues</TD></TR><TR><TD>Question publiée au JO le : 25/04/1988 page : 17</TD></TR>\
        <TR><TD><B><U>Texte de la QUESTION : </U></B></TD><TD>Mme Anne Unetelle demande quoi.</TD></TR></TABLE>\
        <span style='visibility: hidden'>REP_PUB</span></BODY></HTML>";
    let mut found = Vec::new();
    extract(page.as_bytes(), "q.html", &mut |raw| {
        let mut document = clean(raw);
        recognise(&mut document);
        found.push(document);
    })
    .unwrap();
    let lines: Vec<&str> = found[0].text.lines().collect();
    let expected = [
        "8ème législature",
        "Question N° : 12",
        "de Mme Unetelle Anne (Groupe - Nord)",
        "QE",
        "Ministère interrogé : eau",
        "Rubrique : Crues",
        "Question publiée au JO le : 25/04/1988 page : 17",
        "Texte de la QUESTION :",
        "Mme Anne Unetelle demande quoi.",
    ];
    assert_eq!(lines, expected);
    assert_eq!(parts(&found[0]), ["key-data", "question"]);
    assert_eq!(found[0].metadata.get(Key::Author), Some("Anne Unetelle"));
}

#[test]
fn the_two_questions_among_the_seeds_say_all_they_state() {
    let Some(folder) = shared("seeds") else { return };
    let seeds = documents(&folder);
    let first = [
        ("asked_on", "2022-02-01"),
        ("asked_page", "601"),
        ("answered_on", "2022-03-29"),
        ("answered_page", "2109"),
        ("author", "Hubert Julien-Laferrière"),
        ("constituency", "Rhône (2e circonscription)"),
        ("country", "FR"),
        ("group", "Non inscrit"),
        ("heading", "Politique extérieure"),
        ("institution", "Assemblée nationale"),
        ("legislature", "15"),
        ("ministry_answering", "Europe et affaires étrangères"),
        ("ministry_asked", "Europe et affaires étrangères"),
        ("number", "43940"),
        ("question_type", "Question écrite"),
    ];
    assert_eq!(facts(&seeds[0].1), first.into_iter().map(|(key, value)| (key, value.to_owned())).collect());
    let second = [
        ("asked_on", "2011-03-08"),
        ("asked_page", "2121"),
        ("answered_on", "2011-06-14"),
        ("answered_page", "6264"),
        ("author", "Danielle Bousquet"),
        ("constituency", "Côtes-d'Armor (1re circonscription)"),
        ("country", "FR"),
        ("group", "Socialiste, radical, citoyen et divers gauche"),
        ("heading", "Politique extérieure"),
        ("institution", "Assemblée nationale"),
        ("legislature", "13"),
        ("ministry_answering", "Affaires étrangères et européennes"),
        ("ministry_asked", "Affaires étrangères et européennes"),
        ("number", "101851"),
        ("question_type", "Question écrite"),
    ];
    assert_eq!(facts(&seeds[1].1), second.into_iter().map(|(key, value)| (key, value.to_owned())).collect());
    for (seed, title, date) in [
        (0, "Alerte sur la situation de M. Massimov et de plusieurs opposants au Kazakhstan", "2022-03-29"),
        (1, "Kazakhstan", "2011-06-14"),
    ] {
        let document = &seeds[seed].1;
        assert_eq!((document.genre, document.title.as_str()), (Genre::WrittenQuestion, title));
        assert_eq!(document.date.as_deref(), Some(date));
        assert_eq!(parts(document), ["question", "answer", "key-data"]);
    }
    assert_eq!(seeds[0].1.identifiers, ["question:43940", "question:15:43940"]);
}

#[test]
fn the_reply_among_the_seeds_pairs_four_questions_and_answers() {
    let Some(folder) = shared("seeds") else { return };
    let (_, reply) = documents(&folder).remove(2);
    assert_eq!(reply.genre, Genre::MinisterialReply);
    assert!(reply.title.starts_with("Réponse de Monsieur le Ministre"), "{}", reply.title);
    let expected = [
        ("institution", "Ministère des Affaires étrangères et européennes"),
        ("country", "LU"),
        ("number", "5747"),
        ("author", "Jean Asselborn"),
        ("asked_by", "Gilles Baum + Gusty Graas"),
        ("ministry_answering", "Affaires étrangères et européennes"),
        ("asked_on", "2022-02-11"),
        ("answered_on", "2022-03-11"),
        ("place", "Luxembourg"),
    ];
    assert_eq!(facts(&reply), expected.into_iter().map(|(key, value)| (key, value.to_owned())).collect());
    let expected: Vec<String> = (1..=4).flat_map(|n| [format!("question {n}"), format!("answer {n}")]).collect();
    assert_eq!(parts(&reply), expected);
}

#[test]
fn every_page_of_a_question_has_its_kind_title_and_facts() {
    let Some(folder) = shared("corpora/html/an-questions") else { return };
    for (path, document) in documents(&folder) {
        let kind = match &path {
            path if path.contains("-qe") => Genre::WrittenQuestion,
            path if path.contains("-qosd") => Genre::OralQuestion,
            _ => Genre::GovernmentQuestion,
        };
        assert_eq!(document.genre, kind, "{path}");
        assert_eq!(document.check(), Vec::<String>::new(), "{path}");
        let missing = [
            Key::Number,
            Key::Legislature,
            Key::Author,
            Key::Group,
            Key::Constituency,
            Key::Heading,
            Key::MinistryAsked,
            Key::MinistryAnswering,
            Key::AskedOn,
        ];
        assert_eq!(missing.into_iter().filter(|key| document.metadata.get(*key).is_none()).count(), 0, "{path}");
        assert_eq!(document.language.as_ref().map(Language::primary), Some("fr"), "{path}");
        assert!(
            !document.title.contains("Question") && !document.title.contains("FICHE"),
            "{path}: {}",
            document.title
        );
        assert!(!document.text.contains("REP_PUB") && !document.text.contains("Malentendants"), "{path}");
        let unanswered = ["sr.html", "-ret.html", "08-qg.html", "08-qosd.html"].iter().any(|end| path.ends_with(end));
        let answered = document.parts.iter().any(|part| part.kind == PartKind::Answer);
        assert_eq!(answered, !unanswered, "{path}");
    }
}

#[test]
fn folders_of_questions_are_recognised_and_other_folders_are_not() {
    let Some(folder) = shared("corpora") else { return };
    let mut table: BTreeMap<(String, &str), [usize; 6]> = BTreeMap::new();
    for format in ["txt", "html", "xml"] {
        for (path, document) in documents(&folder.join(format)) {
            let group = path.split('/').rev().nth(1).unwrap_or("").to_owned();
            let has = |kind| usize::from(document.parts.iter().any(|part| part.kind == kind));
            let knows = |key| usize::from(document.metadata.get(key).is_some());
            let row = table.entry((group, document.genre.name())).or_default();
            let counts = [
                1,
                has(PartKind::Question),
                has(PartKind::Answer),
                knows(Key::Number),
                knows(Key::Author),
                knows(Key::AskedOn),
            ];
            row.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
            let questions = ["question", "vraag", "an-comptes-rendus"].iter().any(|word| path.contains(word));
            assert!(questions || !is_question(&document), "{path} is {}", document.genre.name());
        }
    }
    let count = |group: &str, genre: Genre| table.get(&(group.to_owned(), genre.name())).map_or(0, |row| row[0]);
    for ((group, genre), row) in &table {
        eprintln!(
            "{group:28} {genre:20} files {:4} question {:4} answer {:4} number {:4} author {:4} asked {:4}",
            row[0], row[1], row[2], row[3], row[4], row[5]
        );
    }
    assert_eq!(count("an-questions-orales", Genre::OralQuestion), 315);
    assert_eq!(count("be-vraag-antwoord-nl", Genre::WrittenQuestion), 120);
    assert_eq!(count("de-kleine-anfragen", Genre::Document), 14);
    let belgian = &table[&("be-vraag-antwoord-nl".to_owned(), Genre::WrittenQuestion.name())];
    assert_eq!(*belgian, [120; 6]);
}
