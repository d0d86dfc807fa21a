//! How long a question waited for its answer: days between two facts, where both are whole dates.

use super::{Key, Metadata};

impl Metadata {
    /// Number of days from question to answer; `None` unless both dates are known and in this order.
    pub fn days_to_answer(&self) -> Option<u64> {
        let day = |key| self.get(key).and_then(day_number);
        u64::try_from(day(Key::AnsweredOn)? - day(Key::AskedOn)?).ok()
    }
}

/// The days since 1 March of the year 0 of an ISO 8601 date: with years that begin in March, a leap day is a year's last.
fn day_number(iso: &str) -> Option<i64> {
    let mut fields = iso.split('-').map(|field| field.parse::<i64>().ok().filter(|number| (0..=9999).contains(number)));
    let (year, month, day) = (fields.next()??, fields.next()??, fields.next()??);
    if fields.next().is_some() || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let year = if month > 2 { year } else { year - 1 };
    let days_before_month = (153 * ((month + 9) % 12) + 2) / 5;
    Some(365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + days_before_month + day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_over_months_and_leap_years() {
        for (asked, answered, days) in [
            ("2022-02-01", "2022-03-29", Some(56)),
            ("2011-03-08", "2011-06-14", Some(98)),
            ("2020-02-28", "2020-03-01", Some(2)),
            ("2019-02-28", "2019-03-01", Some(1)),
            ("1999-12-31", "2000-12-31", Some(366)),
            ("2022-02-11", "2022-02-11", Some(0)),
            ("2022-03-01", "2022-02-01", None),
            ("2022-03", "2022-04-01", None),
            ("2022-13-01", "2023-01-01", None),
        ] {
            let mut facts = Metadata::default();
            facts.set(Key::AskedOn, asked);
            facts.set(Key::AnsweredOn, answered);
            assert_eq!(facts.days_to_answer(), days, "{asked} to {answered}");
        }
    }
}
