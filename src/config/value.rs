//! Values of settings: each function parses one kind, or reports the expected one.

use toml::de::DeValue;

use super::diagnostic::{displayed, with_nearest};
use super::switch::Switch;
use crate::locale::{Message, UiLanguage};
use crate::search::Sort;

const AUTO: &str = "auto";

pub(super) fn text<'v>(found: &'v DeValue<'_>) -> Result<&'v str, Message> {
    found.as_str().ok_or_else(|| Message::new("expected-text"))
}

/// `auto` is no choice.
pub(super) fn unless_auto(text: &str) -> Option<String> {
    (text != AUTO && !text.is_empty()).then(|| text.to_owned())
}

pub(super) fn yes_or_no(found: &DeValue<'_>) -> Result<bool, Message> {
    found.as_bool().ok_or_else(|| Message::new("expected-yes-or-no"))
}

pub(super) fn number(found: &DeValue<'_>, from: u16, to: u16) -> Result<u16, Message> {
    let written = found.as_integer().filter(|integer| integer.radix() == 10);
    let number = written.and_then(|integer| integer.as_str().replace('_', "").parse().ok());
    let expected = || Message::new("expected-number").with("from", u64::from(from)).with("to", u64::from(to));
    number.filter(|number| (from..=to).contains(number)).ok_or_else(expected)
}

pub(super) fn switch(found: &DeValue<'_>) -> Result<Switch, Message> {
    match found.as_bool() {
        Some(true) => Ok(Switch::On),
        Some(false) => Ok(Switch::Off),
        None => choice(found, &[(AUTO, Switch::Auto), ("on", Switch::On), ("off", Switch::Off)]),
    }
}

pub(super) fn sort(found: &DeValue<'_>) -> Result<Sort, Message> {
    choice(found, &Sort::ALL.map(|sort| (sort.name(), sort)))
}

pub(super) fn language(found: &DeValue<'_>) -> Result<Option<UiLanguage>, Message> {
    choice(found, &[(AUTO, None), ("en", Some(UiLanguage::English)), ("fr", Some(UiLanguage::French))])
}

/// One of several words.
fn choice<T: Copy>(found: &DeValue<'_>, known: &[(&str, T)]) -> Result<T, Message> {
    let written = found.as_str().unwrap_or_default();
    let chosen = known.iter().find(|(name, _)| *name == written).map(|(_, value)| *value);
    chosen.ok_or_else(|| {
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        with_nearest(Message::new("expected-choice").with("choices", displayed(names.join(", "))), written, names)
    })
}
