//! The languages of the interface, and how one is chosen. Regions are ignored: `fr_BE` and `fr_FR` are the same.

use strum::VariantArray;

/// A language the interface speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, VariantArray)]
pub enum UiLanguage {
    /// English.
    #[default]
    English,
    /// French.
    French,
}

impl UiLanguage {
    /// Both.
    pub const ALL: [Self; Self::VARIANTS.len()] = *Self::VARIANTS.first_chunk().expect("of that length");

    /// The BCP 47 tag: `en`, `fr`.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
        }
    }

    /// The language of a tag or locale name, as `fr`, `fr-BE`, `fr_FR.UTF-8`; `None` for others.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_', '.', '@']).next()?.to_ascii_lowercase();
        Self::ALL.into_iter().find(|ui_language| ui_language.tag() == primary)
    }

    /// The language of the environment: the first of `LC_ALL`, `LC_MESSAGES` and `LANG` that is set decides; English
    /// when that is a language not spoken here.
    pub fn from_environment(variable: impl Fn(&str) -> Option<String>) -> Self {
        let named = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(variable).find(|value| !value.is_empty());
        named.and_then(|value| Self::from_tag(&value)).unwrap_or_default()
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::English => Self::French,
            Self::French => Self::English,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_variable_that_is_set_decides() {
        let chosen = |variables: &[(&str, &str)]| {
            UiLanguage::from_environment(|name| {
                variables.iter().find(|(known, _)| *known == name).map(|(_, value)| (*value).to_owned())
            })
        };
        assert_eq!(chosen(&[]), UiLanguage::English);
        assert_eq!(chosen(&[("LANG", "fr_FR.UTF-8")]), UiLanguage::French);
        assert_eq!(chosen(&[("LANG", "fr_FR.UTF-8"), ("LC_ALL", "C.UTF-8")]), UiLanguage::English);
        assert_eq!(chosen(&[("LANG", "fr_FR.UTF-8"), ("LC_ALL", "")]), UiLanguage::French);
        assert_eq!(chosen(&[("LANG", "en_GB"), ("LC_MESSAGES", "fr_BE@euro")]), UiLanguage::French);
        assert_eq!(chosen(&[("LANG", "kk_KZ.UTF-8")]), UiLanguage::English);
    }
}
