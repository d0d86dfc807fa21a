//! Each form of question on a few invented lines: its parts, its metadata, and similar texts that are not questions.

use super::*;
use crate::document::Genre;
use crate::genre::test_documents::from_text;

fn facts(found: &Recognised) -> Vec<(&'static str, String)> {
    found.metadata.iter().map(|(key, values)| (key.name(), values.join(" + "))).collect()
}

fn parts(document: &Document, found: &Recognised) -> Vec<(&'static str, String)> {
    let first = |part: &Part| document.slice(part.range).lines().next().unwrap_or("").to_owned();
    found.parts.iter().map(|part| (part.kind.name(), first(part))).collect()
}

fn strings(pairs: &[(&'static str, &str)]) -> Vec<(&'static str, String)> {
    pairs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
}

const EXPORT: &str = "ASSEMBLÉE NATIONALE
    15ème législature
    Crues du fleuve
    Question écrite n° 43
    Texte de la question
    Mme Anne Unetelle attire l'attention de M. le ministre sur les crues.
    Texte de la réponse
    Le ministre répond.
    Données clés
    Auteur : Mme Anne Unetelle
    Circonscription : Rhône (2e circonscription) - Gauche - Unie
    Type de question : Question écrite
    Numéro de la question : 43
    Rubrique : Eau
    Ministère interrogé : Eaux et forêts
    Ministère attributaire : Forêts
    Question publiée au JO le : 1er février 2022, page 601
    Réponse publiée au JO le : 29 mars 2022, page 2109
    Date de renouvellement : 1er mars 2022";

#[test]
fn an_exported_question_has_its_parts_and_facts() {
    let document = from_text(EXPORT);
    let found = recognise(&document).expect("a question");
    assert_eq!((found.genre, found.title.as_deref()), (Genre::WrittenQuestion, Some("Crues du fleuve")));
    assert_eq!(found.identifiers, ["question:43", "question:15:43"]);
    assert_eq!(found.date.as_deref(), Some("2022-03-29"));
    let expected =
        [("question", "Texte de la question"), ("answer", "Texte de la réponse"), ("key-data", "Données clés")];
    assert_eq!(parts(&document, &found), strings(&expected));
    let expected = [
        ("institution", "Assemblée nationale"),
        ("country", "FR"),
        ("legislature", "15"),
        ("number", "43"),
        ("question_type", "Question écrite"),
        ("heading", "Eau"),
        ("author", "Anne Unetelle"),
        ("constituency", "Rhône (2e circonscription)"),
        ("group", "Gauche - Unie"),
        ("ministry_asked", "Eaux et forêts"),
        ("ministry_answering", "Forêts"),
        ("asked_on", "2022-02-01"),
        ("asked_page", "601"),
        ("answered_on", "2022-03-29"),
        ("answered_page", "2109"),
    ];
    assert_eq!(facts(&found), strings(&expected));
}

#[test]
fn a_question_that_waits_has_no_answer() {
    for waiting in ["", "En attente de réponse", "Cette question est en attente de réponse du ministère."] {
        let text = EXPORT
            .replace("Le ministre répond.", waiting)
            .replace("Réponse publiée au JO le : 29 mars 2022, page 2109", "");
        let document = from_text(&text);
        let found = recognise(&document).expect("a question");
        assert!(found.parts.iter().all(|part| part.kind != PartKind::Answer), "{waiting}");
        assert_eq!(found.date.as_deref(), Some("2022-02-01"));
    }
}

#[test]
fn an_old_page_names_the_author_surname_first_and_the_subject_in_three_lines() {
    let document = from_text(
        "8ème législature
        Question N° : 39
        de M. Delarue Jean Pierre ( Socialiste - Pas-de-Calais )
        QE
        Ministère interrogé :
        education nationale
        Question publiée au JO le : 25/04/1988 page : 17
        Rubrique : Sport
        Tête d'analyse : Personnel
        Analyse : Mutations.
        Texte de la QUESTION :
        M Jean Pierre Delarue appelle l'attention de M le ministre sur la maniere dont sont effectuees les mutations des enseignants, qui ne savent ni quand ni ou elles auront lieu, ni selon quelles regles, ce dont ils se plaignent depuis des mois.
        Texte de la REPONSE :",
    );
    let found = recognise(&document).expect("a question");
    assert_eq!(found.title.as_deref(), Some("Personnel – Mutations"));
    assert_eq!(found.metadata.get(Key::Author), Some("Jean Pierre Delarue"));
    assert_eq!(found.metadata.get(Key::MinistryAsked), Some("education nationale"));
    assert_eq!(found.metadata.get(Key::Constituency), Some("Pas-de-Calais"));
    assert_eq!(
        parts(&document, &found),
        strings(&[("key-data", "Question N° : 39"), ("question", "Texte de la QUESTION :")])
    );
}

#[test]
fn the_record_of_a_sitting_is_split_into_question_and_answer_by_speaker() {
    let document = from_text(
        "16ème législature
        Question N° 13
        de Mme Anne Unetelle (Groupe - Nord)
        Question au gouvernement
        Ministère interrogé > Eau
        Rubrique > outre-mer
        Titre > Les crues
        Question publiée au JO le : 30/11/2023
        Texte de la question
        Texte de la réponse
        LES CRUES
        M. le président. La parole est à Mme Anne Unetelle.
        Mme Anne Unetelle. Les crues durent. Que faites-vous ?
        M. Paul Autre. Très bien !
        M. le président. La parole est à M. le ministre.
        M. Jean Untel, ministre de l'eau. Beaucoup.",
    );
    let found = recognise(&document).expect("a question");
    assert_eq!((found.genre, found.title.as_deref()), (Genre::GovernmentQuestion, Some("Les crues")));
    let expected = [
        ("key-data", "Question N° 13"),
        ("question", "Mme Anne Unetelle. Les crues durent. Que faites-vous ?"),
        ("answer", "M. Jean Untel, ministre de l'eau. Beaucoup."),
    ];
    assert_eq!(parts(&document, &found), strings(&expected));
}

#[test]
fn the_senate_writes_author_and_journal_in_the_headline() {
    let document = from_text(
        "15e législature
        Crues du fleuve
        Question écrite n° 01234 de Mme Anne Unetelle (Rhône - SER)
        publiée dans le JO Sénat du 12/03/2020 - page 1234
        Mme Anne Unetelle appelle l'attention du ministre.
        Réponse du Ministère de l'intérieur
        publiée dans le JO Sénat du 04/06/2020 - page 2567
        Le ministre répond.",
    );
    let found = recognise(&document).expect("a question");
    assert_eq!(found.title.as_deref(), Some("Crues du fleuve"));
    let expected = [
        ("institution", "Sénat"),
        ("country", "FR"),
        ("legislature", "15"),
        ("number", "01234"),
        ("question_type", "Question écrite"),
        ("author", "Anne Unetelle"),
        ("constituency", "Rhône"),
        ("group", "SER"),
        ("ministry_answering", "Ministère de l'intérieur"),
        ("asked_on", "2020-03-12"),
        ("asked_page", "1234"),
        ("answered_on", "2020-06-04"),
        ("answered_page", "2567"),
    ];
    assert_eq!(facts(&found), strings(&expected));
    assert_eq!(found.parts.len(), 3);
}

#[test]
fn the_european_parliament_names_subject_rule_and_author() {
    let document = from_text(
        "3 September 2020
        Question for written answer E-004819/2020
        to the Commission
        Rule 138
        Anna Una (ECR), Petr Dva (PPE)
        Subject: Floods
        Will the Commission act?
        Answer given by Mr Tri on behalf of the European Commission (26.11.2020)
        The Commission will.",
    );
    let found = recognise(&document).expect("a question");
    assert_eq!(found.title.as_deref(), Some("Floods"));
    let expected = [
        ("institution", "European Parliament"),
        ("country", "EU"),
        ("number", "E-004819/2020"),
        ("question_type", "Question for written answer"),
        ("author", "Anna Una"),
        ("asked_by", "Anna Una + Petr Dva"),
        ("group", "ECR"),
        ("ministry_answering", "European Commission"),
        ("asked_on", "2020-09-03"),
        ("answered_on", "2020-11-26"),
    ];
    assert_eq!(facts(&found), strings(&expected));
}

#[test]
fn a_belgian_export_is_read_by_its_section_names() {
    let document = from_text(
        "DE KAMER — Schriftelijke vraag 1845
        2017-01-04
        Unetelle, Anna (MR)
        Minister van Mobiliteit
        VRAAG
        Treinen.
        Waarom rijden de treinen niet?
        ANTWOORD
        Omdat het sneeuwt.",
    );
    let found = recognise(&document).expect("a question");
    assert_eq!((found.genre, found.title.as_deref()), (Genre::WrittenQuestion, Some("Treinen")));
    assert_eq!(found.metadata.get(Key::Author), Some("Anna Unetelle"));
    assert_eq!(found.metadata.get(Key::QuestionType), Some("Schriftelijke vraag"));
    let expected = [("key-data", "2017-01-04"), ("question", "VRAAG"), ("answer", "ANTWOORD")];
    assert_eq!(parts(&document, &found), strings(&expected));
}

#[test]
fn texts_about_questions_are_not_questions() {
    for text in [
        "Dans sa réponse à la question écrite n° 43940 de M. Untel, publiée au JO le 12 mars 2020, le ministre promet.",
        "Question écrite n° 1\nTexte de la question\nUn.\nQuestion écrite n° 2\nTexte de la question\nDeux.",
        "Kleine Anfrage\nDrucksache 6/3043\n20.11.2015\nAntwort (LReg)",
        "1. Quand ?\n2. Comment ?\nUn quiz sur la police.",
    ] {
        assert!(recognise(&from_text(text)).is_none(), "{text}");
    }
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]
    #[test]
    fn lines_of_any_order_give_parts_inside_the_text(picks in proptest::collection::vec(0_usize..19, 0..25), cut in 0_usize..30) {
        let lines: Vec<&str> = EXPORT.lines().collect();
        let picked: Vec<String> = picks.iter().map(|pick| lines[*pick].chars().skip(cut % 7).collect()).collect();
        let document = from_text(&picked.join("\n"));
        if let Some(found) = recognise(&document) {
            for part in found.parts {
                proptest::prop_assert!(!part.range.is_empty() && part.range.end() <= document.len());
            }
        }
    }
}
