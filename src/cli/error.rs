//! Errors of a command line as sentences of the catalogue: from clap's kinds and context, never its English text.

use std::fmt;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::config::displayed;
use crate::locale::Message;

/// A command line that cannot be understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CliError {
    message: Message,
}

impl CliError {
    /// The sentence for standard error.
    pub fn message(&self) -> &Message {
        &self.message
    }

    /// `+/WORDS` occurs twice.
    pub(super) fn words_twice() -> Self {
        Self { message: Message::new("cli-words-twice") }
    }

    /// An unexpected word.
    pub(super) fn unexpected(word: &str) -> Self {
        Self { message: unknown(&displayed(word), None) }
    }

    /// A word that must be text is none.
    pub(super) fn not_text() -> Self {
        Self { message: Message::new("cli-not-text") }
    }

    pub(super) fn from_clap(error: &clap::Error) -> Self {
        let text = |kind| context(error, kind);
        let option = || text(ContextKind::InvalidArg).unwrap_or_default();
        let message = match error.kind() {
            ErrorKind::UnknownArgument => unknown(&option(), text(ContextKind::SuggestedArg)),
            ErrorKind::InvalidSubcommand => {
                let name = text(ContextKind::InvalidSubcommand).unwrap_or_default();
                near(Message::new("cli-no-command").with("name", name), text(ContextKind::SuggestedSubcommand))
            }
            ErrorKind::InvalidValue => wrong_value(error, option()),
            ErrorKind::ValueValidation => {
                let value = text(ContextKind::InvalidValue).unwrap_or_default();
                Message::new("cli-wrong-number").with("option", option()).with("value", value)
            }
            ErrorKind::ArgumentConflict => {
                let other = text(ContextKind::PriorArg).unwrap_or_default();
                Message::new("cli-conflict").with("option", option()).with("other", other)
            }
            ErrorKind::MissingRequiredArgument => Message::new("cli-missing").with("what", option()),
            ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues | ErrorKind::NoEquals => {
                Message::new("cli-missing-value").with("option", option())
            }
            ErrorKind::TooManyValues => unknown(&text(ContextKind::InvalidValue).unwrap_or_default(), None),
            ErrorKind::InvalidUtf8 => Message::new("cli-not-text"),
            _ => Message::new("cli-wrong"),
        };
        Self { message }
    }
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.message.id)
    }
}

impl std::error::Error for CliError {}

/// An option or a word that is not expected there.
fn unknown(word: &str, suggested: Option<String>) -> Message {
    let id = match word {
        // A query that begins with « - » comes here as an option of its first letter.
        _ if word.starts_with('-') && !word.starts_with("--") => "cli-unknown-letter",
        _ if word.starts_with('-') => "cli-unknown-option",
        _ => "cli-unexpected",
    };
    near(Message::new(id).with("name", word), suggested)
}

fn near(message: Message, suggested: Option<String>) -> Message {
    match suggested {
        Some(near) => Message::new("did-you-mean").with("what", message).with("near", near),
        None => message,
    }
}

/// An invalid value, or a missing one.
fn wrong_value(error: &clap::Error, option: String) -> Message {
    let value = context(error, ContextKind::InvalidValue).unwrap_or_default();
    if value.is_empty() {
        return Message::new("cli-missing-value").with("option", option);
    }
    let choices = context(error, ContextKind::ValidValue).unwrap_or_default();
    let message = Message::new("cli-wrong-value").with("option", option).with("value", value);
    near(message.with("choices", choices), context(error, ContextKind::SuggestedValue))
}

/// What clap says about one side of the error, fit to be shown: the words of the command line may hold anything.
fn context(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(displayed(text)),
        ContextValue::Strings(texts) => Some(texts.iter().map(displayed).collect::<Vec<_>>().join(", ")),
        ContextValue::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
