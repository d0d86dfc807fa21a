//! Lists of function words by language: articles, prepositions, pronouns, auxiliaries; a word of substance is never on one.
//! They tell languages apart, and search does not ask for them. What is made of them is not decided here.

/// The lists, by BCP 47 primary subtag; words stand in lower case with their accents, between white space.
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
