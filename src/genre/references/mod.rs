//! Finds references to other documents: by number, by date, by title. One pass over the words of each leaf; each family
//! of references has a file of its own, and `identifier` builds the names. A document's own identifiers, its title and
//! its key data are not references.

mod acts;
mod articles;
mod found;
mod numbers;
mod resolutions;
mod words;

use self::found::FoundReference;
use self::resolutions::Topic;
use self::words::LeafWords;
use crate::document::{Block, BlockKind, Document, Reference};
use crate::text::offset::offset;
use crate::text::{TextRange, has_byte};

/// Returns the references of a document, sorted by start and not nested.
pub(super) fn find_references(document: &Document) -> Vec<Reference> {
    let mut references = Vec::new();
    for leaf in document.leaves().filter(|leaf| can_refer(leaf)) {
        let start = leaf.range.start();
        let found = in_leaf(document.slice(leaf.range)).into_iter();
        let foreign = found.filter(|found| !document.identifiers.contains(&found.names));
        references.extend(foreign.map(|found| Reference {
            range: TextRange::new(start + offset(found.start), start + offset(found.end)),
            names: found.names,
            target: None,
        }));
    }
    references
}

fn can_refer(leaf: &Block) -> bool {
    !matches!(leaf.kind, BlockKind::Masthead | BlockKind::KeyData | BlockKind::Heading { level: 1 } | BlockKind::Rule)
}

fn in_leaf(text: &str) -> Vec<FoundReference> {
    let mut found: Vec<FoundReference> = Vec::new();
    if !has_byte(text, |byte| byte.is_ascii_digit()) {
        return found;
    }
    let words = LeafWords::split(text);
    let mut topic = Topic::default();
    let mut at = 0;
    while at < words.len() {
        let here = if words.may_name(at) { at_word(&words, at, topic) } else { Vec::new() };
        let next = here.last().map_or(at + 1, |last| last.next.max(at + 1)).min(words.len());
        found.extend(here);
        for passed in at..next {
            topic = resolutions::topic(&words, passed, topic);
        }
        at = next;
    }
    found
}

/// Parses the references that begin at a word; several only for articles that share a title.
fn at_word(words: &LeafWords, at: usize, topic: Topic) -> Vec<FoundReference> {
    let one = numbers::parse_number(words, at)
        .or_else(|| numbers::parse_question(words, at))
        .or_else(|| numbers::parse_official_journal(words, at))
        .or_else(|| numbers::parse_application(words, at))
        .or_else(|| acts::parse_union_act(words, at))
        .or_else(|| acts::parse_national_act(words, at))
        .or_else(|| resolutions::parse_resolution(words, at, topic));
    one.map_or_else(|| articles::parse_articles(words, at), |found| vec![found])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> Vec<(&str, String)> {
        in_leaf(text).into_iter().map(|found| (&text[found.start..found.end], found.names)).collect()
    }

    fn assert_names(text: &str, expected: &[(&str, &str)]) {
        let expected: Vec<(&str, String)> =
            expected.iter().map(|(words, names)| (*words, (*names).to_owned())).collect();
        assert_eq!(named(text), expected, "{text}");
    }

    #[test]
    fn each_day_of_a_resolution_is_a_reference() {
        assert_names(
            "– vu sa résolution du 12 décembre 2017 sur l’accord, et celle du 13 avril 2016 sur la stratégie,",
            &[("résolution du 12 décembre 2017", "resolution:2017-12-12"), ("13 avril 2016", "resolution:2016-04-13")],
        );
        assert_names(
            "vu ses résolutions antérieures, notamment celles du 18 avril 2013, du 15 mars 2012 et du 17 septembre 2009 sur le cas",
            &[
                ("18 avril 2013", "resolution:2013-04-18"),
                ("15 mars 2012", "resolution:2012-03-15"),
                ("17 septembre 2009", "resolution:2009-09-17"),
            ],
        );
        assert_names(
            "its resolutions of 10 March 2016 and of 12 May 2018, and the Council conclusions of 1 May 2019",
            &[("resolutions of 10 March 2016", "resolution:2016-03-10"), ("12 May 2018", "resolution:2018-05-12")],
        );
        assert_names("vu les conclusions du Conseil du 22 juin 2015 et du 19 juin 2017,", &[]);
    }

    #[test]
    fn numbers_of_their_own_form_are_references() {
        assert_names("Textes adoptés de cette date, P8_TA(2017)0485.", &[("P8_TA(2017)0485", "p8_ta(2017)0485")]);
        assert_names("(2019/2610(RSP))", &[("2019/2610(RSP)", "procedure:2019/2610(rsp)")]);
        assert_names(
            "A/RES/60/251; 32003L0088",
            &[("A/RES/60/251", "a/res/60/251"), ("32003L0088", "celex:32003l0088")],
        );
        assert_names(
            "l'arrêt C\u{2011}131/12, ECLI:EU:C:2014:317.",
            &[("C\u{2011}131/12", "case:c-131/12"), ("ECLI:EU:C:2014:317", "ecli:eu:c:2014:317")],
        );
        assert_names("JO C 45 du 5.2.2016, p. 85.", &[("JO C 45 du 5.2.2016, p. 85", "oj:c 45 2016-02-05 85")]);
        assert_names(
            "JO C 251 E du 31.8.2013, p. 93..",
            &[("JO C 251 E du 31.8.2013, p. 93", "oj:c 251 e 2013-08-31 93")],
        );
        assert_names("OJ L 299, 18.11.2003, p. 9.", &[("OJ L 299, 18.11.2003, p. 9", "oj:l 299 2003-11-18 9")]);
        assert_names("sa question écrite n° 12 345 au", &[("question écrite n° 12 345", "question:12345")]);
        assert_names("(requête n° 12345/06)", &[("requête n° 12345/06", "application:12345/06")]);
    }

    #[test]
    fn resolutions_of_the_united_nations_are_named_by_number() {
        assert_names(
            "la résolution 1325 (2000) du Conseil de sécurité",
            &[("résolution 1325 (2000)", "s/res/1325(2000)")],
        );
        assert_names("resolution 60/251 of 15 March 2006", &[("resolution 60/251", "a/res/60/251")]);
        assert_names("resolution 16/18 of the Human Rights Council", &[("resolution 16/18", "a/hrc/res/16/18")]);
        assert_names("resolution 217 (III)", &[("resolution 217 (III)", "a/res/217(iii)")]);
        assert_names(
            "resolutions 1325 (2000) and 1820 (2008)",
            &[("resolutions 1325 (2000)", "s/res/1325(2000)"), ("1820 (2008)", "s/res/1820(2008)")],
        );
    }

    #[test]
    fn acts_are_recognised_with_year_and_number_in_any_order() {
        for (text, words, names) in [
            ("la directive 2003/88/CE du", "directive 2003/88/CE", "act:2003/88"),
            ("le règlement (UE) n° 1215/2012 du", "règlement (UE) n° 1215/2012", "act:2012/1215"),
            ("Règlement (UE) 2016/679", "Règlement (UE) 2016/679", "act:2016/679"),
            ("Decision No 1982/2006/EC", "Decision No 1982/2006/EC", "act:2006/1982"),
            ("Regulation (EEC) No 1408/71", "Regulation (EEC) No 1408/71", "act:1971/1408"),
            ("Council Directive 93/104/EC", "Directive 93/104/EC", "act:1993/104"),
            ("loi n° 2004-575 du 21 juin 2004 pour", "loi n° 2004-575 du 21 juin 2004", "loi:2004-575"),
            ("la loi modifiée du 10 août 1915", "loi modifiée du 10 août 1915", "loi:1915-08-10"),
            ("le décret n° 2009-697 du", "décret n° 2009-697", "décret:2009-697"),
            (
                "règlement grand-ducal du 5 mars 2004",
                "règlement grand-ducal du 5 mars 2004",
                "règlement grand-ducal:2004-03-05",
            ),
        ] {
            assert_names(text, &[(words, names)]);
        }
    }

    #[test]
    fn articles_count_by_the_title_they_are_of() {
        assert_names("de l’article 174 de son code pénal, qui", &[("article 174 de son code pénal", "code pénal#174")]);
        assert_names(
            "Article 19 of the Universal Declaration of Human Rights",
            &[("Article 19 of the Universal Declaration of Human Rights", "universal declaration of human rights#19")],
        );
        assert_names(
            "l'article L. 110-1 du code de l’environnement",
            &[("article L. 110-1 du code de l’environnement", "code de l'environnement#l.110-1")],
        );
        assert_names(
            "aux articles 1er, 4 et 235 de l’APCR",
            &[("articles 1er", "apcr#1"), ("4", "apcr#4"), ("235 de l’APCR", "apcr#235")],
        );
        assert_names("article 409 du Code pénal.Il est", &[("article 409 du Code pénal", "code pénal#409")]);
        for text in ["l'article 5", "article 135, paragraphe 5, de son règlement intérieur", "les articles de la loi"]
        {
            assert_names(text, &[]);
        }
    }

    proptest::proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

        #[test]
        fn references_are_in_order_and_apart(text in "((article|résolutions?|celle|du|et|n°|JO|C|loi|directive|\\(UE\\)|question|1er|2003/88/CE|1325|\\(2000\\)|4|mars|2019|’|é|code pénal|,|;) ?){0,40}") {
            let found = in_leaf(&text);
            for pair in found.windows(2) {
                proptest::prop_assert!(pair[0].end <= pair[1].start);
            }
            for found in found {
                proptest::prop_assert!(!text[found.start..found.end].trim().is_empty());
            }
        }
    }
}
