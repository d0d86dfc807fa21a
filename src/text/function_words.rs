//! Lists of function words by language: articles, prepositions, pronouns, auxiliaries, and no content words. Used to
//! detect languages and to leave words out of searches; those rules are elsewhere.

/// The lists, by BCP 47 primary subtag; words are in lower case with their accents, separated by white space.
pub const FUNCTION_WORDS: [(&str, &str); 11] = [
    ("fr", include_str!("../../assets/stopwords/fr.txt")),
    ("en", include_str!("../../assets/stopwords/en.txt")),
    ("de", include_str!("../../assets/stopwords/de.txt")),
    ("es", include_str!("../../assets/stopwords/es.txt")),
    ("it", include_str!("../../assets/stopwords/it.txt")),
    ("pt", include_str!("../../assets/stopwords/pt.txt")),
    ("nl", include_str!("../../assets/stopwords/nl.txt")),
    ("pl", include_str!("../../assets/stopwords/pl.txt")),
    ("ro", include_str!("../../assets/stopwords/ro.txt")),
    ("ru", include_str!("../../assets/stopwords/ru.txt")),
    ("af", include_str!("../../assets/stopwords/af.txt")),
];
