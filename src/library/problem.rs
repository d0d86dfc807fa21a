//! Why a file gave no document. Stored with the file in the catalogue, so that a search can report what it does not
//! cover; codes and details only, the locale has the sentences.

use std::io;
use strum::{EnumString, IntoStaticStr};

use crate::locale::Message;

/// Whether something went wrong, or the file is simply not for reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumString, IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum ProblemKind {
    /// The file was skipped because of its format, a rule, its size or its type.
    Skipped,
    /// The file was read and there is no text in it.
    WithoutText,
    /// The file might hold text and could not be read.
    Unreadable,
}

impl ProblemKind {
    /// The word in the catalogue and in JSON.
    /// It is the variant's name in snake case: renaming a variant changes it.
    pub fn name(self) -> &'static str {
        self.into()
    }

    /// The kind of that name; anything else is [`Self::Unreadable`], the one that is shown loudest.
    pub(super) fn from_name(name: &str) -> Self {
        name.parse().unwrap_or(Self::Unreadable)
    }
}

/// Why a file gave no document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How serious it is.
    pub kind: ProblemKind,
    /// A stable word for scripts.
    pub code: String,
    /// What the sentence needs to know; empty where it needs nothing.
    pub detail: String,
}

impl Problem {
    /// A file that is not for reading.
    pub fn skipped(code: &str, detail: impl Into<String>) -> Self {
        Self { kind: ProblemKind::Skipped, code: code.to_owned(), detail: detail.into() }
    }

    /// What an ignore file names.
    pub(super) fn ignored(is_folder: bool) -> Self {
        Self::skipped("ignored", if is_folder { "folder" } else { "" })
    }

    /// A file without a text.
    pub(super) fn empty() -> Self {
        Self { kind: ProblemKind::WithoutText, code: "empty".to_owned(), detail: String::new() }
    }

    /// As the catalogue kept it.
    pub(super) fn kept(kind: &str, code: String, detail: String) -> Self {
        // Empty files were once kept among those that were passed over.
        let kind = if code == "empty" { ProblemKind::WithoutText } else { ProblemKind::from_name(kind) };
        Self { kind, code, detail }
    }

    /// A file that could not be read.
    pub fn unreadable(code: &str, detail: impl Into<String>) -> Self {
        Self { kind: ProblemKind::Unreadable, code: code.to_owned(), detail: detail.into() }
    }

    /// What the system's refusal means.
    pub fn io(error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::PermissionDenied => Self::unreadable("permission", ""),
            _ => Self::unreadable("io", error.to_string()),
        }
    }

    /// Whether it is a format that is known, and not read today.
    pub fn is_unsupported(&self) -> bool {
        self.code == "unsupported"
    }

    /// The reason as the heading of all files that share it: « pdf, pas encore lu ».
    pub fn reason(&self) -> Message {
        let reason = Message::new(format!("reason-{}", self.code)).with("detail", self.detail.as_str());
        reason.with("megabytes", self.detail.parse().unwrap_or(0_u64))
    }

    /// The reason in words, without the path.
    pub fn message(&self) -> Message {
        match self.code.as_str() {
            // The extractors provide sentences for their codes.
            code @ ("empty" | "binary" | "unsupported" | "damaged") => {
                Message::new(format!("extract-{code}")).with("format", self.detail.as_str())
            }
            "too-large" => Message::new("extract-too-large").with("megabytes", self.detail.parse().unwrap_or(0_u64)),
            code => Message::new(format!("problem-{code}")).with("detail", self.detail.as_str()),
        }
    }
}
