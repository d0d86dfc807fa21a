//! Random queries for tests, in the syntax that people type, from few enough words to have hits.

use proptest::prelude::*;

use crate::document::{Document, Part, PartKind};

/// Makes the first block of a document a question and the last one an answer; where they are one, it is both.
pub fn halve(document: &mut Document) {
    let ranges: Vec<_> = document.leaves().map(|block| block.range).collect();
    if let (Some(first), Some(last)) = (ranges.first(), ranges.last()) {
        let halves = [(PartKind::Question, *first), (PartKind::Answer, *last)];
        document.parts = halves.map(|(kind, range)| Part::new(kind, None, 1, range)).to_vec();
    }
}

/// Queries with every operator there is, nested.
pub fn queries() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        4 => "(a|b|ab|abc|de|of|l'a|e|欧)",
        1 => "(a|ab|de|l'a)[*]",
        1 => "(=|fuzzy:)(a|b|de|e)",
        1 => "path:(a|b/|a[*]|[*]b|a/[*]b|[*]|c)",
        2 => "\"(a|b|de|ab)( (a|b|de|ab)){0,2}\"",
        1 => "re:(a|ab?|[ab]+|.*|b?c?|é|.*b.*)",
        1 => "\"(a|b|ab)( (a|b|de|ab|e)){0,2}\"~[0-6]",
        1 => "(title|author):(a|b*|\"a b\"|ab)",
        1 => "(kind:question|kind:lettre|language:fr|langue:français|author:=\"a b\"|author:=(abc|a)|date:none|-date:2019|date:(2019|2020-0[12]|2019\\.\\.2020-01|2020\\.\\.))",
        1 => "(a|b|\"a b\") near:[0-4] (b|ab*|de)",
        1 => "-?in:(question|réponse|note|title)",
    ];
    let tree = leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            2 => proptest::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.join(" ")),
            2 => proptest::collection::vec(inner.clone(), 1..4).prop_map(|parts| parts.join(" OR ")),
            2 => inner.clone().prop_map(|part| format!("-{part}")),
            2 => inner.clone().prop_map(|part| format!("({part})")),
            1 => inner.prop_map(|part| format!("-({part})")),
        ]
    });
    let stray = "(OR|\\)|\\(|\"|-|near:3|~|=)";
    prop_oneof![8 => tree.clone(), 1 => (tree, stray).prop_map(|(tree, stray)| format!("{tree} {stray} a"))]
}
