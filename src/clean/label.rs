//! Labels that open a paragraph: « C. », « 12. », « a) », « (4) », « – ». A letter or number is a label only if a
//! neighbouring line has the label before or after it in sequence, so « M. Untel » and « 11. März » are not labels.

/// The label that opens a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Label {
    /// The label without its punctuation, « C » or « 12 »; `None` for a bullet.
    pub text: Option<String>,
    /// Number of bytes from the line's start to its first word.
    pub length: usize,
}

/// The numbering style of a label; a sequence has labels of one family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Family {
    Bullet,
    Letter,
    Roman,
    SmallLetter,
    Number(u8),
    Levels,
}

struct Candidate {
    label: Label,
    family: Family,
    value: u32,
}

/// Returns the label of each line, if it has one.
pub(super) fn labels<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<Option<Label>> {
    let candidates: Vec<Vec<Candidate>> = lines.map(candidates).collect();
    let mut chosen: Vec<Option<Label>> = vec![None; candidates.len()];
    let mut flat: Vec<(usize, Candidate)> = candidates
        .into_iter()
        .enumerate()
        .flat_map(|(line, found)| found.into_iter().map(move |c| (line, c)))
        .collect();
    flat.sort_by_key(|(line, candidate)| (order(candidate.family), *line));
    for i in 0..flat.len() {
        let (line, candidate) = &flat[i];
        let near = |other: Option<&(usize, Candidate)>, step: fn(u32, u32) -> Option<u32>| {
            other.is_some_and(|(_, other)| {
                other.family == candidate.family && matches!(step(candidate.value, other.value), Some(1..=2))
            })
        };
        let counted = near(i.checked_sub(1).map(|i| &flat[i]), u32::checked_sub)
            || near(flat.get(i + 1), |this, next| next.checked_sub(this));
        let alone = match candidate.family {
            Family::Bullet | Family::Levels => true,
            Family::Number(_) => candidate.value == 1,
            Family::Letter | Family::Roman | Family::SmallLetter => false,
        };
        if (counted || alone) && chosen[*line].is_none() {
            chosen[*line] = Some(candidate.label.clone());
        }
    }
    chosen
}

fn order(family: Family) -> (u8, u8) {
    match family {
        Family::Bullet => (0, 0),
        Family::Levels => (1, 0),
        Family::Number(closing) => (2, closing),
        Family::Letter => (3, 0),
        Family::SmallLetter => (4, 0),
        Family::Roman => (5, 0),
    }
}

/// Returns every reading of a line's first characters; « I. » may be a letter or a number.
fn candidates(line: &str) -> Vec<Candidate> {
    let line = line.trim_start_matches('*');
    if let Some(rest) = line.strip_prefix(['–', '—', '•', '‣', '◦', '▪', '·', '-', '−']) {
        return candidate_before(line, rest, None, Family::Bullet, 0).into_iter().collect();
    }
    let opened = line.strip_prefix('(');
    let body = opened.unwrap_or(line);
    let end = body.find(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).unwrap_or(body.len());
    let word = body[..end].trim_end_matches('.');
    let dotted = word.len() < end;
    let rest = &body[end..];
    let (rest, closing) = match (opened, rest.chars().next()) {
        (Some(_), Some(')')) => (&rest[1..], b'('),
        (None, Some(')')) if !dotted => (&rest[1..], b')'),
        (None, Some('°')) if !dotted => (&rest['°'.len_utf8()..], b'o'),
        (None, _) if dotted => (rest, b'.'),
        _ => return Vec::new(),
    };
    let found = |(family, value)| candidate_before(line, rest, Some(word.to_owned()), family, value);
    families(word, closing).into_iter().filter_map(found).collect()
}

/// Builds a candidate if white space and more words follow the label.
fn candidate_before(line: &str, rest: &str, text: Option<String>, family: Family, value: u32) -> Option<Candidate> {
    let words = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}', '\u{2009}', '\u{2003}', '\u{2002}']);
    let length = line.len() - words.len();
    let is_valid = words.len() < rest.len() && !words.is_empty();
    is_valid.then_some(Candidate { label: Label { text, length }, family, value })
}

fn families(word: &str, closing: u8) -> Vec<(Family, u32)> {
    let bytes = word.as_bytes();
    let mut found = Vec::new();
    match bytes {
        [] => {}
        _ if bytes.len() <= 3 && bytes.iter().all(u8::is_ascii_digit) => {
            found.extend(word.parse().ok().map(|value| (Family::Number(closing), value)));
        }
        _ if word.contains('.')
            && bytes.len() <= 9
            && bytes.iter().all(|byte| byte.is_ascii_digit() || *byte == b'.')
            && bytes[0] != b'0' =>
        {
            found.push((Family::Levels, 0));
        }
        [letter] if letter.is_ascii_uppercase() && closing != b'o' => {
            found.push((Family::Letter, u32::from(*letter)));
            found.extend(roman(word).map(|value| (Family::Roman, value)));
        }
        [letter] if letter.is_ascii_lowercase() && closing != b'o' => {
            found.push((Family::SmallLetter, u32::from(*letter)));
            found.extend(roman(&word.to_ascii_uppercase()).map(|value| (Family::Roman, value)));
        }
        _ if bytes.len() <= 6 && closing != b'o' => {
            found.extend(roman(&word.to_ascii_uppercase()).map(|value| (Family::Roman, value)));
        }
        _ => {}
    }
    found
}

fn roman(word: &str) -> Option<u32> {
    let value = |c| {
        Some(match c {
            'I' => 1,
            'V' => 5,
            'X' => 10,
            'L' => 50,
            _ => return None,
        })
    };
    let digits: Vec<u32> = word.chars().map(value).collect::<Option<_>>()?;
    let mut sum = 0;
    for (i, digit) in digits.iter().enumerate() {
        let less = digits.get(i + 1).is_some_and(|next| next > digit);
        sum = if less { sum - i64::from(*digit) } else { sum + i64::from(*digit) };
    }
    u32::try_from(sum).ok().filter(|sum| *sum > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(lines: &[&str]) -> Vec<Option<String>> {
        labels(lines.iter().copied()).into_iter().map(|label| label.map(|l| l.text.unwrap_or("•".into()))).collect()
    }

    #[test]
    fn labels_count_on() {
        let table: [(&[&str], &[Option<&str>]); 7] = [
            (&["A. vu", "B. vu", "suite", "C. vu"], &[Some("A"), Some("B"), None, Some("C")]),
            (&["L. vu", "M. vu", "N. vu"], &[Some("L"), Some("M"), Some("N")]),
            (&["M. Untel a dit", "Mme Unetelle"], &[None, None]),
            (&["Luxembourg, le", "11. März 2022"], &[None, None]),
            (&["**1. Monsieur", "réponse", "**2. Monsieur"], &[Some("1"), None, Some("2")]),
            (
                &["(1) eine", "(2) zwei", "a) un", "b) deux", "I. erst", "II. dann"],
                &[Some("1"), Some("2"), Some("a"), Some("b"), Some("I"), Some("II")],
            ),
            (
                &["– vu la lettre", "- autre", "-5 degrés", "1.2. Objet", "2019. Puis"],
                &[Some("•"), Some("•"), None, Some("1.2"), None],
            ),
        ];
        for (lines, expected) in table {
            let expected: Vec<Option<String>> = expected.iter().map(|label| label.map(str::to_owned)).collect();
            assert_eq!(texts(lines), expected);
        }
    }
}
