//! Dates in official texts → ISO 8601: « 1er février 2022 », « 30 October 2023 », « 14.3.2019 », « mars 2019 ». Covers
//! the languages of the institutions and does not guess the order of day and month: figures are day first, as in all
//! these languages except American English. Impossible dates are read as well ([`is_day`] detects them).
//!
//! Written here because jiff and other crates parse machine formats, not dates written out in the languages of the
//! institutions.

use std::ops::Range;

/// A date and its range in the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenDate {
    /// Bytes of the text.
    pub bytes: Range<usize>,
    /// ISO 8601, partial where the words are: `2019-03`.
    pub iso: String,
}

/// Names of months in lower case, January first; one row a language or a spelling.
const MONTHS: &[[&str; 12]] = &[
    [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    ["janv", "fevrier", "mars", "avr", "mai", "juin", "juil", "aout", "sept", "oct", "nov", "decembre"],
    ["", "févr", "", "", "", "", "juill", "", "", "", "", "déc"],
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ],
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
    [
        "januar",
        "februar",
        "märz",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "dezember",
    ],
    ["jänner", "feber", "mäerz", "abrëll", "mee", "", "", "", "", "", "", ""],
    [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
    [
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ],
    [
        "gennaio",
        "febbraio",
        "marzo",
        "aprile",
        "maggio",
        "giugno",
        "luglio",
        "agosto",
        "settembre",
        "ottobre",
        "novembre",
        "dicembre",
    ],
    [
        "janeiro",
        "fevereiro",
        "março",
        "abril",
        "maio",
        "junho",
        "julho",
        "agosto",
        "setembro",
        "outubro",
        "novembro",
        "dezembro",
    ],
    [
        "stycznia",
        "lutego",
        "marca",
        "kwietnia",
        "maja",
        "czerwca",
        "lipca",
        "sierpnia",
        "września",
        "października",
        "listopada",
        "grudnia",
    ],
    [
        "января",
        "февраля",
        "марта",
        "апреля",
        "мая",
        "июня",
        "июля",
        "августа",
        "сентября",
        "октября",
        "ноября",
        "декабря",
    ],
];

/// A word or a sign of a text.
#[derive(Clone, Copy, Debug)]
struct Token<'a> {
    start: usize,
    text: &'a str,
}

impl Token<'_> {
    fn end(&self) -> usize {
        self.start + self.text.len()
    }

    fn number(&self, digits: Range<usize>) -> Option<u32> {
        let sound = digits.contains(&self.text.len()) && self.text.bytes().all(|byte| byte.is_ascii_digit());
        sound.then(|| self.text.parse().ok()).flatten()
    }

    fn day(&self) -> Option<u32> {
        self.number(1..3).filter(|day| (1..=31).contains(day))
    }

    fn year(&self) -> Option<u32> {
        self.number(4..5).filter(|year| (1000..=2999).contains(year))
    }

    fn month(&self) -> Option<u32> {
        if self.text.len() < 3 || self.text.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        let word = self.text.to_lowercase();
        let at = MONTHS.iter().find_map(|row| row.iter().position(|name| *name == word))?;
        u32::try_from(at + 1).ok()
    }

    fn is(&self, signs: &[&str]) -> bool {
        signs.contains(&self.text)
    }
}

/// The dates of a text, in its order: a day, a month in words and a year; a month and a year; or figures.
pub fn dates(text: &str) -> Vec<WrittenDate> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match read(&tokens[at..]) {
            Some((length, iso)) => {
                found.push(WrittenDate { bytes: tokens[at].start..tokens[at + length - 1].end(), iso });
                at += length;
            }
            None => at += 1,
        }
    }
    found
}

/// Number of days in a month (1 to 12) of the Gregorian calendar; 31 for other values.
pub fn days_of(year: u32, month: u32) -> u32 {
    let is_leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Whether an ISO 8601 date, possibly partial (`2019-03`, `2019`), exists in the calendar; 2019-02-31 does not. False
/// for other notations.
pub fn is_day(iso: &str) -> bool {
    let parts: Vec<&str> = iso.split('-').collect();
    let number = |text: &str, length: usize| {
        let is_number = text.len() == length && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse::<u32>().ok()).flatten()
    };
    let month = |text: &str| number(text, 2).filter(|month| (1..=12).contains(month));
    match parts.as_slice() {
        [year] => number(year, 4).is_some(),
        [year, of] => number(year, 4).is_some() && month(of).is_some(),
        [year, of, day] => number(year, 4)
            .zip(month(of))
            .zip(number(day, 2))
            .is_some_and(|((year, month), day)| (1..=days_of(year, month)).contains(&day)),
        _ => false,
    }
}

/// Whether a date is written in full or to its month as ISO 8601 has it, and no calendar has it.
pub fn is_impossible(iso: &str) -> bool {
    let is_written = |length: &[usize]| {
        let parts = || iso.split('-');
        parts().map(str::len).eq(length.iter().copied())
            && parts().flat_map(str::bytes).all(|byte| byte.is_ascii_digit())
    };
    (is_written(&[4, 2]) || is_written(&[4, 2, 2])) && !is_day(iso)
}

/// The first date of a text.
pub fn first(text: &str) -> Option<String> {
    dates(text).into_iter().next().map(|date| date.iso)
}

/// A date at the head of the tokens, and how many it takes.
fn read(tokens: &[Token]) -> Option<(usize, String)> {
    in_figures(tokens).or_else(|| in_words(tokens)).or_else(|| month_first(tokens))
}

/// « 5.2.2016 », « 14/03/2019 », « 2019-03-14 ».
fn in_figures(tokens: &[Token]) -> Option<(usize, String)> {
    let [first, sign, second, same, third, ..] = tokens else { return None };
    let joined = tokens[..5].windows(2).all(|pair| pair[0].end() == pair[1].start);
    if !joined || sign.text != same.text || !sign.is(&[".", "/", "-"]) {
        return None;
    }
    let month = second.number(1..3).filter(|month| (1..=12).contains(month))?;
    let iso_order = first.year().zip(third.day());
    let (year, day) = iso_order.or_else(|| third.year().zip(first.day()))?;
    Some((5, iso_day(year, month, day)))
}

/// « 1er février 2022 », « 11. März 2022 », « 30th of October, 2023 », « 2 de marzo de 2019 ».
fn in_words(tokens: &[Token]) -> Option<(usize, String)> {
    let day = tokens.first()?.day()?;
    let mut at = 1;
    at += usize::from(tokens.get(at)?.is(&["er", "ER", "ᵉʳ", "st", "nd", "rd", "th", ".", "º", "°"]));
    at += usize::from(tokens.get(at)?.is(&["de", "of", "di"]));
    let month = tokens.get(at)?.month()?;
    at += 1;
    while tokens.get(at)?.is(&[".", ",", "de", "del"]) {
        at += 1;
    }
    let year = tokens.get(at)?.year()?;
    Some((at + 1, iso_day(year, month, day)))
}

/// « October 30, 2023 », « mars 2019 ».
fn month_first(tokens: &[Token]) -> Option<(usize, String)> {
    let behind = tokens.get(1)?;
    if behind.year().is_none() && behind.day().is_none() {
        return None; // before any word is looked up: this is asked at every word of a text
    }
    let month = tokens.first()?.month()?;
    if let Some(year) = behind.year() {
        return Some((2, format!("{year:04}-{month:02}")));
    }
    match (behind.day(), tokens.get(2)?, tokens.get(3)?.year()) {
        (Some(day), comma, Some(year)) if comma.is(&[","]) => Some((4, iso_day(year, month, day))),
        _ => None,
    }
}

fn iso_day(year: u32, month: u32, day: u32) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

/// Runs of letters, runs of figures, and single signs; white space parts them. Marks of pasted Markup (« 1^{er} ») are
/// passed over.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut found: Vec<Token> = Vec::new();
    let mut class_before = 0;
    for (at, c) in text.char_indices() {
        let class = match c {
            _ if c.is_whitespace() || matches!(c, '^' | '{' | '}' | '*') => 0,
            '0'..='9' => 1,
            _ if c.is_alphabetic() => 2,
            _ => 3,
        };
        let joins = class == class_before && matches!(class, 1 | 2);
        match found.last_mut() {
            Some(open) if joins => open.text = &text[open.start..at + c.len_utf8()],
            _ if class > 0 => found.push(Token { start: at, text: &text[at..at + c.len_utf8()] }),
            _ => {}
        }
        class_before = class;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_the_institutions_write_them() {
        for (written, iso) in [
            ("publiée au JO le : 1er février 2022, page 601", "2022-02-01"),
            ("Bruxelles, le 30 octobre 2023", "2023-10-30"),
            ("1^{er} août 2001", "2001-08-01"),
            ("Brussels, 14 March 2019", "2019-03-14"),
            ("October 30, 2023", "2023-10-30"),
            ("vom 11. März 2022", "2022-03-11"),
            ("3 maart 2020", "2020-03-03"),
            ("2 de marzo de 2019", "2019-03-02"),
            ("JO C 45 du 5.2.2016, p. 85.", "2016-02-05"),
            ("14/03/2019", "2019-03-14"),
            ("2019-03-14T10:00", "2019-03-14"),
            ("en mars 2019", "2019-03"),
            ("27 DÉCEMBRE 1994", "1994-12-27"),
            ("15 fevrier 1988", "1988-02-15"),
        ] {
            assert_eq!(first(written).as_deref(), Some(iso), "{written}");
        }
    }

    #[test]
    fn a_calendar_does_not_have_every_day() {
        for day in ["2019", "2019-02", "2019-04-30", "2020-02-29", "2000-02-29"] {
            assert!(is_day(day), "{day}");
        }
        for day in
            ["2019-02-29", "1900-02-29", "2019-04-31", "2019-13", "2019-00-01", "2019-01-00", "19-01-01", "x", ""]
        {
            assert!(!is_day(day), "{day}");
        }
        assert!(is_impossible("2019-02-31") && is_impossible("2019-13"));
        assert!(!is_impossible("2019-02-28") && !is_impossible("2019-2020") && !is_impossible("mars 2019"));
    }

    #[test]
    fn figures_that_are_no_date_are_left_alone() {
        for written in
            ["", "article 174", "les 2 et 9 janvier", "32.13.2019", "1.2.3", "mars", "n° 43940 du 12", "2019/2610(RSP)"]
        {
            assert_eq!(first(written), None, "{written}");
        }
    }

    #[test]
    fn every_date_of_a_text_is_found_where_it_stands() {
        let text = "celles du 18 avril 2013, du 15 mars 2012 et de juin 2011";
        let found = dates(text);
        let words: Vec<&str> = found.iter().map(|date| &text[date.bytes.clone()]).collect();
        assert_eq!(words, ["18 avril 2013", "15 mars 2012", "juin 2011"]);
    }
}
