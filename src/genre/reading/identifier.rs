//! Builds the identifiers of documents: one lower-case form for each kind of name, so that the identifiers of a
//! document equal the names in references to it. [`crate::document::Document::identifiers`] and
//! [`crate::document::Reference::names`] are built only by these functions. They normalise and do not validate: the
//! caller has checked numbers and dates.

/// Identifier of a parliamentary question: `question:43940`, with its legislature `question:15:43940`. Only the digits
/// of number and legislature are used: « n° 12 345 », « 15ème ».
pub(crate) fn question(number: &str, legislature: Option<&str>) -> String {
    match legislature {
        Some(legislature) => format!("question:{}:{}", figures(legislature), figures(number)),
        None => format!("question:{}", figures(number)),
    }
}

/// Identifier of a resolution by its date of adoption, ISO 8601: `resolution:2017-12-12`.
pub(crate) fn resolution(adopted_on: &str) -> String {
    format!("resolution:{adopted_on}")
}

/// Identifier of a procedure of the European Parliament: `procedure:2019/2610(rsp)`.
pub(crate) fn procedure(number: &str) -> String {
    format!("procedure:{}", tight(number))
}

/// Identifier of a text by the number given by its parliament or assembly: `p8_ta(2017)0485`, `b8-0203/2019`,
/// `a/res/60/251`, `s/res/1325(2000)`.
pub(crate) fn adopted_text(number: &str) -> String {
    tight(number)
}

/// Identifier of a document of EUR-Lex: `celex:32003l0088`.
pub(crate) fn celex(number: &str) -> String {
    format!("celex:{}", tight(number))
}

/// Identifier of an act of the European Union of any kind: `act:2003/88`. Two-digit years are in the 20th century;
/// leading zeros of the number are removed.
pub(crate) fn act(year: &str, number: &str) -> String {
    let century = if year.len() == 2 { "19" } else { "" };
    format!("act:{century}{year}/{}", number.trim_start_matches('0'))
}

/// Identifier of a law, decree or regulation of a state, by its number or else its date: `loi:2004-575`,
/// `loi:1915-08-10`, `règlement grand-ducal:2004-03-05`. The kind is the word used in the text.
pub(crate) fn national_act(kind: &str, number_or_date: &str) -> String {
    format!("{}:{}", words(kind), tight(number_or_date).replace(['\u{2010}', '\u{2011}', '–'], "-"))
}

/// Identifier of an article of a titled code or treaty: `code pénal#174`.
pub(crate) fn article(title: &str, number: &str) -> String {
    format!("{}#{}", words(title), tight(number))
}

/// Identifier of an issue and page of the Official Journal of the European Union: `oj:c 45 2016-02-05 85`.
pub(crate) fn official_journal(series: &str, issue: &str, date: &str, page: Option<&str>) -> String {
    let page = page.map(|page| format!(" {}", figures(page))).unwrap_or_default();
    format!("oj:{} {} {date}{page}", series.to_lowercase(), words(issue).trim_start_matches('0'))
}

/// Identifier of a judgment by its European Case Law Identifier: `ecli:eu:c:2014:317`.
pub(crate) fn ecli(number: &str) -> String {
    tight(number)
}

/// Identifier of a case before the courts of the European Union: `case:c-131/12`.
pub(crate) fn case(number: &str) -> String {
    format!("case:{}", tight(number).replace(['\u{2010}', '\u{2011}', '–', '‑'], "-"))
}

/// Identifier of an application to the European Court of Human Rights: `application:12345/06`.
pub(crate) fn application(number: &str) -> String {
    format!("application:{}", tight(number))
}

fn figures(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Converts to lower case and removes white space.
fn tight(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// Converts to lower case with straight apostrophes and single spaces.
fn words(text: &str) -> String {
    text.to_lowercase().replace('’', "'").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_name_gives_one_form() {
        let table = [
            (question("n° 12 345", None), "question:12345"),
            (question("43940", Some("15ème législature")), "question:15:43940"),
            (resolution("2017-12-12"), "resolution:2017-12-12"),
            (procedure("2019/2610 (RSP)"), "procedure:2019/2610(rsp)"),
            (adopted_text("P8_TA(2017)0485"), "p8_ta(2017)0485"),
            (adopted_text("S/RES/1325 (2000)"), "s/res/1325(2000)"),
            (celex("32003L0088"), "celex:32003l0088"),
            (act("2003", "88"), "act:2003/88"),
            (act("93", "0104"), "act:1993/104"),
            (national_act("Loi", "2004\u{2011}575"), "loi:2004-575"),
            (national_act("règlement  grand-ducal", "2004-03-05"), "règlement grand-ducal:2004-03-05"),
            (article("Code de l’environnement", "L. 110-1"), "code de l'environnement#l.110-1"),
            (official_journal("C", "251 E", "2013-08-31", Some("p. 93")), "oj:c 251 e 2013-08-31 93"),
            (official_journal("L", "001", "2016-01-05", None), "oj:l 1 2016-01-05"),
            (ecli("ECLI:EU:C:2014:317"), "ecli:eu:c:2014:317"),
            (case("C\u{2011}131/12"), "case:c-131/12"),
            (application("12345/06"), "application:12345/06"),
        ];
        for (written, form) in table {
            assert_eq!(written, form);
        }
    }
}
