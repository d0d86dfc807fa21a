//! Recognises acts: laws, decrees, regulations, directives, decisions, treaties, of a state or of the European Union,
//! in any format. Evidence is the title and the articles, or citations (« vu … ») and articles. Parts that the format
//! marks are kept; otherwise they are read from the text. A text with recitals but without articles is not an act.

mod parts;
mod title;

use super::Recognised;
use crate::document::{Document, Genre, Key, Part, PartKind};
use title::ActTitle;

pub(super) fn recognise(document: &Document) -> Option<Recognised> {
    let declared = document.genre == Genre::Act;
    let title = if declared { title::parse_title(&document.title) } else { None };
    let title = title.or_else(|| title::find_title(document));
    let parts = if document.parts.is_empty() { parts::find_parts(document) } else { Vec::new() };
    let known = if parts.is_empty() { &document.parts } else { &parts };
    let count = |kind| known.iter().filter(|part| part.kind == kind).count();
    let confidence = match (title.is_some(), count(PartKind::Article), count(PartKind::Citation)) {
        (true, 1.., 1..) => 0.9,
        (true, 1.., 0) if declared || holds_the_text(document, known, title.as_ref()) => 0.9,
        (false, 2.., 1..) => 0.8,
        (true, 0, 1..) => 0.7,
        _ if declared => 0.5,
        _ => return None,
    };
    let mut found = Recognised { parts, ..Recognised::new(Genre::Act, confidence) };
    if let Some(title) = title {
        write_facts(&title, document, &mut found);
    }
    Some(found)
}

/// Whether the articles are the text of the document, from the first on, and not lines of a page about an act. Acts of
/// the Union may have long annexes and are exempt.
fn holds_the_text(document: &Document, parts: &[Part], title: Option<&ActTitle>) -> bool {
    let mut articles = parts.iter().filter(|part| part.kind == PartKind::Article);
    let bytes: usize = articles.clone().map(|article| usize::from(article.range.len())).sum();
    let first = articles.next().and_then(|article| article.label.as_deref());
    let union = title.is_some_and(|title| title.country.as_deref() == Some("EU"));
    union || first == Some("1") && bytes * 2 > document.text.len()
}

/// Stores the facts of the title.
fn write_facts(title: &ActTitle, document: &Document, found: &mut Recognised) {
    found.title = Some(title.words.clone());
    found.date.clone_from(&title.date);
    found.identifiers.clone_from(&title.identifiers);
    found.metadata.set(Key::AdoptedOn, title.date.clone().unwrap_or_default());
    let values = [(Key::Number, &title.number), (Key::Country, &title.country)];
    for (key, value) in values {
        if document.metadata.get(key).is_none() || key == Key::Number {
            found.metadata.set(key, value.clone().unwrap_or_default());
        }
    }
    if document.metadata.get(Key::Institution).is_none() {
        found.metadata.set_all(Key::Institution, title.institutions.clone());
    }
    // Facts that the title lacks are kept as the source declares them.
    for (key, values) in document.metadata.iter().filter(|(key, _)| [Key::Number, Key::AdoptedOn].contains(key)) {
        if found.metadata.get(key).is_none() {
            found.metadata.set_all(key, values.to_vec());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::genre::test_documents::from_lines;

    #[test]
    fn a_directive_is_an_act_with_its_parts_and_names() {
        let document = from_lines([
            "32003L0088",
            "Directive 2003/88/CE du Parlement européen et du Conseil",
            "du 4 novembre 2003",
            "concernant le temps de travail",
            "LE PARLEMENT EUROPÉEN ET LE CONSEIL DE L'UNION EUROPÉENNE,",
            "vu le traité,",
            "considérant ce qui suit:",
            "(1) Le temps passe.",
            "ONT ARRÊTÉ LA PRÉSENTE DIRECTIVE:",
            "CHAPITRE 1",
            "OBJET",
            "Article premier",
            "1. La présente directive s'applique.",
            "Article 2",
            "Elle entre en vigueur.",
            "Fait à Bruxelles, le 4 novembre 2003.",
        ]);
        let found = recognise(&document).unwrap();
        assert_eq!((found.genre, found.confidence), (Genre::Act, 0.9));
        assert_eq!(
            found.title.as_deref(),
            Some(
                "Directive 2003/88/CE du Parlement européen et du Conseil du 4 novembre 2003 concernant le temps de travail"
            )
        );
        assert_eq!(found.identifiers, ["act:2003/88", "celex:32003l0088"]);
        assert_eq!(found.metadata.get(Key::AdoptedOn), Some("2003-11-04"));
        assert_eq!(found.metadata.all(Key::Institution), ["Parlement européen", "Conseil"]);
        assert_eq!(found.metadata.get(Key::Country), Some("EU"));
    }

    #[test]
    fn a_text_about_acts_is_not_an_act() {
        let resolution = ["Résolution sur le fleuve", "vu la directive 2003/88/CE,", "A. considérant que l'eau monte;"];
        let question = ["Question écrite n° 5", "L'article 3 de la loi du 1er juin 2001 dispose que…", "Réponse"];
        let declaration =
            ["Déclaration universelle", "Article premier", "Tous naissent libres.", "Article 2", "Chacun."];
        let page = [
            "Loi n° 2005-205 du 1er mars 2005",
            "Travaux des commissions, discussion en séance publique",
            "Rapport n° 1",
            "Article 1er",
            "Vote",
        ];
        for lines in [&resolution[..], &question[..], &declaration[..], &page[..]] {
            assert_eq!(recognise(&from_lines(lines)), None, "{lines:?}");
        }
    }
}
