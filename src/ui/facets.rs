//! The facets overlay: each value with a bar and its count, and above them the documents of each year as columns, where
//! there is room. Columns and bars are proportional to the longest; a count above zero has at least the smallest sign.

use super::canvas::Canvas;
use super::rows::draw_rows;
use crate::app::{App, Facet, FacetCount, FacetList, FacetRow, Region, dates, facet_label};
use crate::layout::Role;
use crate::locale::Message;
use crate::text::grapheme::width;

/// Minimum width for bars beside the counts.
const ROOM_FOR_BARS: u16 = 36;
/// Maximum length of a bar, in cells.
const LONGEST_BAR: u16 = 16;
/// Maximum width of a column of the chart with the space beside it.
const WIDEST_COLUMN: u16 = 5;

/// Draws the rows and the chart. `region` is the whole overlay. Returns the number of rows.
pub(super) fn draw(app: &App, facets: &FacetList, rows: Region, region: Region, canvas: &mut Canvas<'_>) -> usize {
    let lines = facets.chart_lines(region);
    if lines > 0 {
        draw_chart(app, facets, Region { height: lines - 1, ..rows }, canvas);
    }
    let rows = Region { y: rows.y + lines, height: rows.height.saturating_sub(lines), ..rows };
    let most = |of: Facet| {
        let documents = facets.rows.iter().filter_map(|row| match row {
            FacetRow::Value { facet, documents, .. } if *facet == of => Some(*documents),
            _ => None,
        });
        documents.max().unwrap_or(0)
    };
    let most = Facet::ALL.map(most);
    draw_rows(&facets.list, rows, &facets.rows, canvas, |row, place, chosen, canvas| match row {
        FacetRow::Caption(facet) => {
            let name = app.catalogue.text(format!("facet-{}", facet.name()));
            canvas.put_shortened(place.x, place.y, place.width, &name, Role::Caption);
        }
        FacetRow::More(_, values) => {
            let words = app.catalogue.say(&Message::new("facet-more").with("values", *values));
            let role = if chosen { Role::Selected } else { Role::Dim };
            canvas.put_shortened(place.x + 2, place.y, place.width.saturating_sub(2), &words, role);
        }
        FacetRow::Value { facet, value, documents, chosen: asked } => {
            let label = facet_label(&app.catalogue, *facet, value);
            let share = (*documents, most[*facet as usize]);
            draw_value(app, (&label, share), (*asked, chosen), place, canvas);
        }
    })
}

fn draw_value(
    app: &App,
    (label, (documents, most)): (&str, (u32, u32)),
    (asked, chosen): (bool, bool),
    place: Region,
    canvas: &mut Canvas<'_>,
) {
    let end = place.x + place.width;
    let count = app.catalogue.number(u64::from(documents));
    canvas.put_right(place.x, end, place.y, &count, Role::Count);
    let numbers = width(&app.catalogue.number(u64::from(most))).max(width(&count)) as u16;
    let mut right = end.saturating_sub(numbers + 1);
    if place.width >= ROOM_FOR_BARS {
        let cells = LONGEST_BAR.min(place.width / 4);
        let x = right.saturating_sub(cells);
        canvas.put(x, place.y, cells, &bar(documents, most, cells, canvas.glyphs().lengths), Role::Rule);
        right = x.saturating_sub(1);
    }
    if asked {
        canvas.put(place.x, place.y, 1, canvas.glyphs().check, Role::Current);
    }
    let role = match (chosen, asked) {
        (true, _) => Role::Selected,
        (false, true) => Role::Current,
        (false, false) => Role::Text,
    };
    canvas.put_shortened(place.x + 2, place.y, right.saturating_sub(place.x + 2), label, role);
}

/// A bar, proportional to the longest one.
fn bar(part: u32, most: u32, cells: u16, lengths: &[&str]) -> String {
    let steps = lengths.len();
    let length = share(part, most, usize::from(cells) * steps);
    let full = lengths.last().copied().unwrap_or_default().repeat(length / steps);
    let rest = (length % steps).checked_sub(1).and_then(|at| lengths.get(at)).copied().unwrap_or_default();
    full + rest
}

/// The part as a number of steps; at least one if it is not zero.
fn share(part: u32, most: u32, steps: usize) -> usize {
    let steps_of_part = (u64::from(part) * steps as u64) / u64::from(most.max(1));
    (steps_of_part as usize).max(usize::from(part > 0)).min(steps)
}

fn draw_chart(app: &App, facets: &FacetList, region: Region, canvas: &mut Canvas<'_>) {
    let Some(counted) = &facets.counted else { return };
    let undated = if counted.undated() > 0 {
        let number = app.catalogue.number(u64::from(counted.undated()));
        format!("{}{number} {}", canvas.glyphs().dot, app.catalogue.text("facet-undated"))
    } else {
        String::new()
    };
    // The undated documents are counted behind the last column.
    let for_columns = region.width.saturating_sub(width(&undated) as u16);
    let columns = columns(dates(counted), for_columns);
    let (Some(first), Some(last)) = (columns.first(), columns.last()) else { return };
    let (step, lines) = ((for_columns / columns.len() as u16).clamp(1, WIDEST_COLUMN), region.height - 1);
    let most = columns.iter().map(|column| column.documents).max().unwrap_or(0);
    let heights = canvas.glyphs().heights;
    let chosen = match facets.rows.get(facets.list.selected) {
        Some(FacetRow::Value { facet: Facet::Date, value, .. }) => Some(value.clone()),
        _ => None,
    };
    for (at, column) in (0..).zip(&columns) {
        let x = region.x + at * step;
        let height = share(column.documents, most, usize::from(lines) * heights.len());
        let is_chosen = chosen.as_deref().is_some_and(|chosen| column.holds(chosen));
        let role = if is_chosen { Role::Current } else { Role::Rule };
        let cells = step.saturating_sub(1).max(1);
        for line in 0..lines {
            let filled = height.saturating_sub(usize::from(line) * heights.len()).min(heights.len());
            if let Some(sign) = filled.checked_sub(1).map(|at| heights[at]) {
                canvas.put(x, region.y + lines - 1 - line, cells, &sign.repeat(cells.into()), role);
            }
        }
    }
    let foot = region.y + lines;
    let span = step * columns.len() as u16;
    let begin = canvas.put(region.x, foot, region.width, &app.catalogue.month_short(&first.from), Role::Dim);
    let ending = app.catalogue.month_short(&last.to);
    let end = region.x + span.max(begin + 2 + width(&ending) as u16).min(region.width);
    let mut after = end;
    if canvas.put_right(region.x + begin + 1, end, foot, &ending, Role::Dim).is_none() {
        after = region.x + begin;
    }
    canvas.put_shortened(after, foot, (region.x + region.width).saturating_sub(after), &undated, Role::Dim);
}

/// A column of the chart: a year, a month, or several of them if there is no room for each.
#[derive(Debug, PartialEq, Eq)]
struct Column {
    from: String,
    to: String,
    documents: u32,
}

impl Column {
    fn holds(&self, date: &str) -> bool {
        self.from.as_str() <= date && date <= self.to.as_str()
    }
}

/// The columns from the first date to the last, including those without documents.
fn columns(dates: &[FacetCount], cells: u16) -> Vec<Column> {
    let numbers: Vec<(u32, u32)> =
        dates.iter().filter_map(|date| Some((number(&date.value)?, date.documents))).collect();
    let (Some((first, _)), Some((last, _))) = (numbers.first(), numbers.last()) else { return Vec::new() };
    let months = dates.first().is_some_and(|date| date.value.len() > 4);
    let count = last - first + 1;
    let each = count.div_ceil(u32::from(cells.max(1)));
    let label = |number: u32| {
        if months { format!("{:04}-{:02}", number / 12, number % 12 + 1) } else { format!("{number:04}") }
    };
    let column = |at: u32| {
        let from = first + at * each;
        let to = (from + each - 1).min(*last);
        let inside = numbers.iter().filter(|(number, _)| (from..=to).contains(number));
        Column { from: label(from), to: label(to), documents: inside.map(|(_, documents)| documents).sum() }
    };
    (0..count.div_ceil(each)).map(column).collect()
}

/// A year, or a month counted from January of the year 0, as a number.
fn number(date: &str) -> Option<u32> {
    let mut parts = date.split('-');
    let year: u32 = parts.next()?.parse().ok()?;
    match parts.next() {
        Some(month) => Some(year * 12 + month.parse::<u32>().ok()?.checked_sub(1)?),
        None => Some(year),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(counts: &[(&str, u32)]) -> Vec<FacetCount> {
        counts.iter().map(|(value, documents)| FacetCount { value: (*value).into(), documents: *documents }).collect()
    }

    fn label(columns: &[Column]) -> String {
        let label = |column: &Column| format!("{}-{} {}", column.from, column.to, column.documents);
        columns.iter().map(label).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn a_year_without_documents_has_its_column_and_years_share_one_where_there_is_no_room() {
        let years = counts(&[("2017", 1), ("2019", 4), ("2020", 2)]);
        assert_eq!(label(&columns(&years, 10)), "2017-2017 1, 2018-2018 0, 2019-2019 4, 2020-2020 2");
        assert_eq!(label(&columns(&years, 2)), "2017-2018 1, 2019-2020 6");
        assert_eq!(label(&columns(&[], 2)), "");
    }

    #[test]
    fn months_go_on_over_the_end_of_a_year() {
        let months = counts(&[("2019-11", 1), ("2020-01", 2)]);
        assert_eq!(label(&columns(&months, 10)), "2019-11-2019-11 1, 2019-12-2019-12 0, 2020-01-2020-01 2");
    }

    #[test]
    fn what_is_something_has_the_smallest_sign_and_the_most_is_full() {
        let lengths = ["-", "="];
        assert_eq!(bar(0, 1000, 4, &lengths), "");
        assert_eq!(bar(1, 1000, 4, &lengths), "-");
        assert_eq!(bar(500, 1000, 4, &lengths), "==");
        assert_eq!(bar(1000, 1000, 4, &lengths), "====");
        assert_eq!(bar(0, 0, 4, &lengths), "");
    }
}
