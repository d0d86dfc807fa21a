//! Formats dates for people: « 14 mars 2019 », « 1er février 2022 », « mars 2019 ». Input is ISO 8601, possibly
//! partial; other text is shown unchanged. Does no calendar arithmetic.
//!
//! Written here because fluent-bundle has no DATETIME function and dates are partial.

use super::{Catalogue, Message};

/// The parts of an ISO 8601 date that are there.
#[derive(Clone, Copy)]
struct Parts<'a> {
    year: &'a str,
    month: Option<u8>,
    day: Option<u8>,
}

impl Catalogue {
    /// A date in full, as far as it is known: `14 March 2019`, `March 2019`, `2019`.
    pub fn date(&self, iso: &str) -> String {
        let Some(parts) = parse(iso) else { return iso.to_owned() };
        match (parts.month, parts.day) {
            (Some(month), Some(day)) => {
                let message = Message::new("date-day").with("day", u64::from(day));
                self.say(&message.with("month", self.text(format!("month-{month}"))).with("year", parts.year))
            }
            _ => self.month_in_form(iso, ""),
        }
    }

    /// A day with its time, where a date has both: `14 Mar 2019 09:41`.
    pub fn moment(&self, iso: &str) -> String {
        let time = iso.split_once('T').and_then(|(_, time)| time.get(..5));
        let day = parse(iso).and_then(|parts| Some((parts.year, parts.month?, parts.day?)));
        let (Some(time), Some((year, month, day))) = (time, day) else { return self.date(iso) };
        let month = self.text(format!("month-{month}.short"));
        let message = Message::new("date-moment").with("day", u64::from(day)).with("month", month);
        self.say(&message.with("year", year).with("time", time))
    }

    /// The month and year of a date: `March 2019`.
    pub fn month(&self, iso: &str) -> String {
        self.month_in_form(iso, "")
    }

    /// The month and year of a date where there is little room: « oct. 2023 ».
    pub fn month_short(&self, iso: &str) -> String {
        self.month_in_form(iso, ".short")
    }

    fn month_in_form(&self, iso: &str, form: &str) -> String {
        match parse(iso) {
            None => iso.to_owned(),
            Some(Parts { year, month: None, .. }) => year.to_owned(),
            Some(Parts { year, month: Some(month), .. }) => {
                let month = self.text(format!("month-{month}{form}"));
                self.say(&Message::new("date-month").with("month", month).with("year", year))
            }
        }
    }
}

/// Parses `2019-03-14`, `2019-03`, `2019`; ignores a time after the date.
fn parse(iso: &str) -> Option<Parts<'_>> {
    let date = iso.split(['T', ' ']).next()?;
    let mut fields = date.split('-');
    let year = fields.next().filter(|year| year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()))?;
    let month = fields.next().map(|month| number(month, 12)).map_or(Some(None), |month| month.map(Some))?;
    let day = fields.next().map(|day| number(day, 31)).map_or(Some(None), |day| day.map(Some))?;
    fields.next().is_none().then_some(Parts { year, month, day })
}

/// Two digits from 1 to the highest allowed.
fn number(digits: &str, highest: u8) -> Option<u8> {
    let plain = digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit());
    digits.parse().ok().filter(|number| plain && (1..=highest).contains(number))
}

#[cfg(test)]
mod tests {
    use crate::locale::{Catalogue, UiLanguage};

    #[test]
    fn dates_are_said_as_far_as_they_are_known() {
        let (english, french) = (Catalogue::new(UiLanguage::English), Catalogue::new(UiLanguage::French));
        for (iso, in_english, in_french) in [
            ("2019-03-14", "14 March 2019", "14 mars 2019"),
            ("2022-02-01", "1 February 2022", "1er février 2022"),
            ("2022-02-21", "21 February 2022", "21 février 2022"),
            ("2019-03", "March 2019", "mars 2019"),
            ("2019", "2019", "2019"),
            ("2019-03-14T09:41:00Z", "14 March 2019", "14 mars 2019"),
            ("2019-13", "2019-13", "2019-13"),
            ("2019-3-4", "2019-3-4", "2019-3-4"),
            ("2019-03-14-15", "2019-03-14-15", "2019-03-14-15"),
            ("hier", "hier", "hier"),
            ("", "", ""),
        ] {
            assert_eq!([english.date(iso), french.date(iso)], [in_english, in_french]);
        }
    }

    #[test]
    fn a_moment_is_a_day_and_a_time() {
        let (english, french) = (Catalogue::new(UiLanguage::English), Catalogue::new(UiLanguage::French));
        assert_eq!(english.moment("2026-11-21T14:32"), "21 Nov 2026 14:32");
        assert_eq!(french.moment("2026-11-21T14:32:07Z"), "21 nov. 2026 14:32");
        assert_eq!(french.moment("2026-11-21"), "21 novembre 2026");
    }

    #[test]
    fn a_month_can_be_short() {
        let french = Catalogue::new(UiLanguage::French);
        assert_eq!(french.month("2011-06-07"), "juin 2011");
        assert_eq!(french.month_short("2023-10-06"), "oct. 2023");
        assert_eq!(french.month_short("2023"), "2023");
        assert_eq!(french.month("?"), "?");
    }
}
