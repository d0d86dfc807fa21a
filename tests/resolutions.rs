//! Resolutions, letters, acronyms and references from file to document: invented texts in the shapes of the bodies that
//! write them, and the real files where they lie beside the project.

use std::fs;
use std::path::Path;

use lutrin::document::{BlockKind, Document, Genre, Key, PartKind};
use lutrin::library::read_documents;

fn one(text: &str, name: &str) -> Document {
    let (_, document) = read_documents(text.as_bytes(), name).unwrap().remove(0);
    assert_eq!(document.check(), Vec::<String>::new(), "{text}");
    document
}

/// The parts, as « citation 1 | recital A | paragraph 2 »; deeper parts in brackets.
fn parts(document: &Document) -> String {
    let shown = document.parts.iter().map(|part| {
        let label = part.label.as_deref().unwrap_or("-");
        let depth = usize::from(part.level).saturating_sub(2);
        format!("{}{} {label}{}", "(".repeat(depth), part.kind.name(), ")".repeat(depth))
    });
    shown.collect::<Vec<_>>().join(" | ")
}

fn fact(document: &Document, key: Key) -> Option<&str> {
    document.metadata.get(key)
}

fn blocks(document: &Document, kind: BlockKind) -> Vec<&str> {
    document.leaves().filter(|block| block.kind == kind).map(|block| document.slice(block.range)).collect()
}

const FRENCH: &str = "Résolution du Parlement européen du 14 mars 2019 sur la situation du fleuve\n(2019/1234(RSP))\n\n\
    Le Parlement européen,\n\n– vu sa résolution du 2 mai 2017 sur les rives,\n\n– vu l’accord sur l’eau (AE),\n\n\
    A. considérant que l’eau monte;\n\nB. considérant que les rives cèdent;\n\n1. demande aux États:\n\n(a) d’élever les digues;\n\n\
    (b) d’avertir les riverains:\n\n(i) par écrit;\n\n(ii) par la voix;\n\n2. charge son Président de transmettre la présente résolution.\n";

#[test]
fn a_resolution_of_the_european_parliament_is_read_from_title_to_points() {
    let document = one(FRENCH, "r.txt");
    assert_eq!(document.genre, Genre::Resolution);
    assert_eq!(document.title, "Résolution du Parlement européen du 14 mars 2019 sur la situation du fleuve");
    assert_eq!(
        parts(&document),
        "citation 1 | citation 2 | recital A | recital B | paragraph 1 | (paragraph a) | (paragraph b) | ((paragraph i)) | \
         ((paragraph ii)) | paragraph 2"
    );
    assert_eq!(fact(&document, Key::Institution), Some("Parlement européen"));
    assert_eq!(fact(&document, Key::Country), Some("EU"));
    assert_eq!(fact(&document, Key::Number), Some("2019/1234(RSP)"));
    assert_eq!(fact(&document, Key::AdoptedOn), Some("2019-03-14"));
    assert_eq!(document.date.as_deref(), Some("2019-03-14"));
    assert_eq!(document.identifiers, ["procedure:2019/1234(rsp)", "resolution:2019-03-14"]);
    let names: Vec<&str> = document.references.iter().map(|reference| reference.names.as_str()).collect();
    assert_eq!(names, ["resolution:2017-05-02"]);
}

#[test]
fn recitals_go_on_behind_z_and_a_motion_in_english_bears_its_day() {
    let letters: Vec<String> = ('A'..='Z').map(String::from).chain(["AA".to_owned(), "AB".to_owned()]).collect();
    let recitals = letters.join(". whereas the river rises;\n\n") + ". whereas the river rises;\n\n";
    let document = one(
        &format!(
            "JOINT MOTION FOR A RESOLUTION on the river\n\n7.5.2025\n\n(2025/1234(RSP))\n\nEuropean Parliament resolution on the river\n\n\
             The European Parliament,\n\n– having regard to its resolution of 2 May 2017,\n\n{recitals}\
             1. Calls on the States to build;\n\n2. Instructs its President to forward this resolution.\n"
        ),
        "r.txt",
    );
    assert_eq!(document.genre, Genre::Resolution);
    let read: Vec<&str> = document
        .parts
        .iter()
        .filter(|part| part.kind == PartKind::Recital)
        .filter_map(|part| part.label.as_deref())
        .collect();
    assert_eq!(read, letters);
    assert_eq!(document.title, "European Parliament resolution on the river");
    assert_eq!((fact(&document, Key::AdoptedOn), fact(&document, Key::Dated)), (None, Some("2025-05-07")));
}

#[test]
fn a_text_of_the_united_nations_has_a_preamble_without_labels() {
    let document = one(
        "Resolution adopted by the General Assembly on 15 March 2006\n\n60/999. The river\n\nThe General Assembly,\n\n\
         Recalling its resolution 59/100 of 10 December 2004,\n\nDeeply concerned by the floods,\n\n\
         Noting with appreciation the work done,\n\n1. Decides to meet again;\n\n2. Requests the Secretary-General to report.\n\n\
         79th plenary meeting\n",
        "r.txt",
    );
    assert_eq!(document.genre, Genre::Resolution);
    assert_eq!(document.title, "60/999. The river");
    assert_eq!(parts(&document), "citation - | recital - | recital - | paragraph 1 | paragraph 2");
    assert_eq!(fact(&document, Key::Country), Some("UN"));
    assert_eq!(fact(&document, Key::AdoptedOn), Some("2006-03-15"));
    assert_eq!(document.identifiers, ["a/res/60/999", "resolution:2006-03-15"]);
    assert_eq!(document.references.iter().map(|found| found.names.as_str()).collect::<Vec<_>>(), ["a/res/59/100"]);
}

#[test]
fn a_text_of_the_council_of_europe_is_numbered_and_has_no_preamble() {
    let document = one(
        "Résolution 2999 (2019)\n\nLa situation du fleuve\n\n1. L’Assemblée parlementaire note que l’eau monte.\n\n\
         2. Elle rappelle ses travaux.\n\n3. L’Assemblée invite les États membres:\n\n3.1. à élever les digues;\n\n\
         3.2. à avertir les riverains.\n",
        "r.txt",
    );
    assert_eq!(document.genre, Genre::Resolution);
    assert_eq!(parts(&document), "paragraph 1 | paragraph 2 | paragraph 3 | (paragraph 3.1) | (paragraph 3.2)");
    assert_eq!(fact(&document, Key::Number), Some("2999 (2019)"));
    assert_eq!(fact(&document, Key::Institution), Some("Assemblée parlementaire"));
}

#[test]
fn a_resolution_in_markdown_and_in_german_is_one_too() {
    let document = one(
        "# Entschließung des Europäischen Parlaments vom 14. März 2019 zum Fluss\n\n*Das Europäische Parlament,*\n\n\
         – unter Hinweis auf seine Entschließung vom 2. Mai 2017,\n\nA. in der Erwägung, dass das Wasser steigt;\n\n\
         B. in der Erwägung, dass die Ufer brechen;\n\n1. fordert die Staaten auf, zu bauen;\n\n2. beauftragt seinen Präsidenten.\n",
        "r.md",
    );
    assert_eq!(document.genre, Genre::Resolution);
    assert_eq!(fact(&document, Key::Institution), Some("Europäisches Parlament"));
    assert_eq!(fact(&document, Key::AdoptedOn), Some("2019-03-14"));
}

#[test]
fn a_title_between_operative_paragraphs_is_a_section() {
    let text = FRENCH.replace("2. charge", "Suites à donner\n\n2. charge");
    let document = one(&text, "r.txt");
    assert!(blocks(&document, BlockKind::Heading { level: 2 }).contains(&"Suites à donner"));
    let first = document.parts.iter().find(|part| part.kind == PartKind::Paragraph).unwrap();
    assert!(!document.slice(first.range).contains("Suites"));
}

#[test]
fn what_only_shares_words_with_a_resolution_is_none() {
    let act = "Règlement relatif au fleuve\n\nvu la résolution du Conseil,\n\nLE PARLEMENT EUROPÉEN,\n\nvu le traité,\n\n\
               considérant ce qui suit:\n\na adopté le présent règlement:\n\nArticle premier\n\nObjet\n\nArticle 2\n\nChamp\n";
    let report = "La résolution des conflits\n\n1. Les faits\n\n2. Les suites\n\nLe fleuve monte.\n";
    let speech = "Le débat sur la résolution\n\nMonsieur le Président,\n\nJe demande la parole sur la résolution.\n";
    for text in [act, report, speech] {
        assert_ne!(one(text, "a.txt").genre, Genre::Resolution, "{text}");
    }
}

const LETTER: &str = "À l’attention de :\n\nMadame Jeanne Untel, Ministre des Fleuves\n\nBruxelles, le 3 mai 2023\n\n\
    Objet : Les rives du fleuve\n\nMadame la Ministre,\n\nAu nom d’Amis du Fleuve (AF), nous vous écrivons.\n\nL’eau monte.\n\n\
    Nous vous prions d’agréer, Madame la Ministre, l’expression de nos sentiments distingués.\n\nPaul Autre\n\n\
    Association des Amis du Fleuve (AAF)\n";

#[test]
fn a_letter_says_who_writes_to_whom_where_when_and_about_what() {
    let document = one(LETTER, "l.txt");
    assert_eq!((document.genre, document.title.as_str()), (Genre::Letter, "Les rives du fleuve"));
    let facts = [Key::Addressee, Key::Place, Key::Dated, Key::Subject, Key::Sender, Key::Signatories];
    assert_eq!(
        facts.map(|key| fact(&document, key).unwrap_or("-")),
        [
            "Jeanne Untel",
            "Bruxelles",
            "2023-05-03",
            "Les rives du fleuve",
            "Association des Amis du Fleuve",
            "Paul Autre"
        ]
    );
    assert_eq!(blocks(&document, BlockKind::Salutation), ["Madame la Ministre,"]);
    assert_eq!(blocks(&document, BlockKind::Paragraph).len(), 2);
    assert_eq!(blocks(&document, BlockKind::Closing).len(), 1);
    assert_eq!(blocks(&document, BlockKind::Signature).len(), 2);
}

#[test]
fn english_and_german_letters_are_letters() {
    let english = one(
        "Friends of the River\n\nLondon, 3 May 2023\n\nH.E. Mr. John Doe, President of the Council\n\nRe: The banks of the river\n\n\
         Dear President Doe,\n\nWe write about the river.\n\nYours sincerely,\n\nJane Roe, Director, Friends of the River\n\n\
         Max Moe, Chair, River Watch\n",
        "l.txt",
    );
    assert_eq!(english.genre, Genre::Letter);
    assert_eq!(fact(&english, Key::Addressee), Some("John Doe"));
    assert_eq!(fact(&english, Key::Sender), Some("Friends of the River"));
    assert_eq!(english.metadata.all(Key::Signatories), ["Jane Roe", "Max Moe"]);
    let german = one(
        "Herrn Max Muster, Präsident\n\nBerlin, den 3. Mai 2023\n\nBetreff: Der Fluss\n\nSehr geehrter Herr Muster,\n\n\
         der Fluss steigt.\n\nMit freundlichen Grüßen\n\nEva Beispiel\n",
        "l.txt",
    );
    assert_eq!((german.genre, fact(&german, Key::Place)), (Genre::Letter, Some("Berlin")));
    assert_eq!(fact(&german, Key::Addressee), Some("Max Muster"));
}

#[test]
fn an_open_letter_lists_those_who_sign() {
    let document = one(
        "Lettre ouverte à Madame Jeanne Untel, ministre des Fleuves\n\nMadame la Ministre,\n\nL’eau monte.\n\nSignataires :\n\n\
         Amis du Fleuve\n\nLigue des Rives\n\nComité de la Digue\n",
        "l.txt",
    );
    assert_eq!(document.genre, Genre::Letter);
    assert_eq!(fact(&document, Key::Addressee), Some("Jeanne Untel"));
    assert_eq!(document.metadata.all(Key::Signatories), ["Amis du Fleuve", "Ligue des Rives", "Comité de la Digue"]);
}

#[test]
fn mail_speeches_and_forms_are_no_letters() {
    let mail = "From: a@b.example\nTo: c@d.example\nSubject: Hello\n\nDear John,\n\nThe river rises.\n\nKind regards,\n\nJane\n";
    let speech = "Monsieur le Président,\n\nMesdames et Messieurs,\n\nL’eau monte.\n\nJe vous remercie.\n";
    let form = "Demande d’indemnité\n\nNom :\n\nPrénom :\n\nDate :\n\nSignature :\n";
    for text in [mail, speech, form] {
        assert_ne!(one(text, "a.txt").genre, Genre::Letter, "{text}");
    }
}

#[test]
fn a_real_page_of_the_european_parliament_has_all_its_parts() {
    let page = "../shared/corpora/html/europarl-documents/document_rc-10-2025-0249-en.html";
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(page);
    let Ok(bytes) = fs::read(&path) else {
        eprintln!("skipped: {page} is not here");
        return;
    };
    let (_, document) = read_documents(&bytes, "page.html").unwrap().remove(0);
    assert_eq!(document.genre, Genre::Resolution);
    assert_eq!(
        parts(&document),
        "citation 1 | citation 2 | citation 3 | recital A | recital B | recital C | paragraph 1 | paragraph 2 | paragraph 3 | \
         paragraph 4 | paragraph 5 | paragraph 6 | paragraph 7 | paragraph 8 | paragraph 9"
    );
    assert_eq!(fact(&document, Key::Number), Some("2025/2691(RSP)"));
    assert!(document.identifiers.contains(&"procedure:2025/2691(rsp)".to_owned()));
}
