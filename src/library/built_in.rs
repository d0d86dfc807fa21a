//! The library that is compiled in, opened when nothing else is named. One line a document.

use std::path::PathBuf;

/// Its files by name.
pub const BUILT_IN: &[(&str, &[u8])] = &[
    ("guide.en.md", include_bytes!("../../seeds/guide.en.md")),
    ("guide.fr.md", include_bytes!("../../seeds/guide.fr.md")),
    ("letter-summary.en.txt", include_bytes!("../../seeds/letter-summary.en.txt")),
    ("lettre-2023.txt", include_bytes!("../../seeds/lettre-2023.txt")),
    ("question-101851.txt", include_bytes!("../../seeds/question-101851.txt")),
    ("question-43940.txt", include_bytes!("../../seeds/question-43940.txt")),
    ("reponse-5747.txt", include_bytes!("../../seeds/reponse-5747.txt")),
    ("resolution-2019-2610.txt", include_bytes!("../../seeds/resolution-2019-2610.txt")),
    ("resolution-summary.en.md", include_bytes!("../../seeds/resolution-summary.en.md")),
];

/// How the path of each begins.
pub const BUILT_IN_LEAD: &str = "lutrin:";

/// The path a built-in document is shown by.
pub(super) fn path(name: &str) -> PathBuf {
    PathBuf::from(format!("{BUILT_IN_LEAD}{name}"))
}
