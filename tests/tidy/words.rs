//! The language of comments: turns that make a sentence hard to understand, and that plain technical English does not
//! need. In the sources of well-kept crates (tantivy, regex, serde, crossterm, rayon, clap, jiff; 76,000 lines) they occur in 0.5 %
//! of the comment lines.

use crate::sources;

/// What comments do not say. *Told* was shown, reported, received or requested; *stands* and *lies* is a position; *one* is
/// the reader, the cursor or the caller; *what …* is a thing that has a name.
const TURNS: &[&str] = &[
    "told",
    "tell",
    "tells",
    "telling",
    "untold",
    "anew",
    "whatever",
    "whoever",
    "wherever",
    "so long",
    "so many",
    "so much",
    "where one",
    "one is",
    "one was",
    "one has",
    "one may",
    "one sees",
    "one does",
    "nobody",
    "stands",
    "stand",
    "stood",
    "lies",
    "lay",
    "hears",
    "hear",
    "heard",
    "is to be",
    "are to be",
    "was to be",
    "were to be",
    "what is",
    "what was",
    "what it",
    "what they",
    "what there",
    "what one",
    "what stands",
    "what comes",
    "of what",
    "by what",
    "at what",
    "in what",
    "taken for",
    "given back",
    "goes for",
    "says of",
    "said of",
    "looked for",
    "looked at",
    "at rest",
];

/// The largest share of comment lines with such a turn.
const MOST: f64 = 0.005;

/// Comment lines of three words or more, and those of them with such a turn: file, line from 1, text.
pub(crate) fn comment_lines() -> (usize, Vec<(String, usize, String)>) {
    let (mut all, mut odd) = (0, Vec::new());
    for (file, text) in sources() {
        for (number, line) in text.lines().enumerate() {
            let Some(comment) = line.trim_start().strip_prefix("//") else { continue };
            let comment = comment.trim_start_matches(['/', '!']).trim();
            if comment.split_whitespace().count() < 3 {
                continue;
            }
            all += 1;
            if TURNS.iter().any(|turn| words(comment).contains(&format!(" {turn} "))) {
                odd.push((file.display().to_string(), number + 1, comment.to_owned()));
            }
        }
    }
    (all, odd)
}

/// The words of a comment in lower case, between single spaces, with a space at each end.
fn words(comment: &str) -> String {
    let lower = comment.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphabetic() && c != '\'').filter(|word| !word.is_empty());
    format!(" {} ", words.collect::<Vec<_>>().join(" "))
}

#[test]
fn comments_are_plain_technical_english() {
    let (all, odd) = comment_lines();
    let share = odd.len() as f64 / all as f64;
    let shown: Vec<String> = odd.iter().map(|(file, line, text)| format!("src/{file}:{line}: {text}")).collect();
    assert!(share <= MOST, "{:.2} % of {all} comment lines\n{}\n", 100.0 * share, shown.join("\n"));
}
