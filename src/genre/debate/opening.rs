//! Parses the opening of a turn in a debate: « M. Untel, rapporteur. », « Mr. Smith (France): », « Untel (PPE). – », «
//! 主席： », or a name alone on its line. It looks at one paragraph at a time; [`super`] decides by the whole document
//! whether such openings form a debate.

use crate::genre::reading::wording::opens_with;

/// Maximum length of an opening, in bytes: name, role, group, constituency.
const MAX_OPENING_BYTES: usize = 260;
/// Maximum number of words of a name.
const MAX_NAME_WORDS: usize = 8;
/// Maximum number of words of an office: « le ministre de l'agriculture, … ».
const MAX_OFFICE_WORDS: usize = 14;

/// Honorifics in lower case, and whether the label of a speech omits them.
const HONORIFICS: &[(&str, bool)] = &[
    ("m.", true),
    ("mm.", true),
    ("mme", true),
    ("mmes", true),
    ("mlle", true),
    ("mr.", false),
    ("mr", false),
    ("mrs.", false),
    ("mrs", false),
    ("ms.", false),
    ("ms", false),
    ("miss", false),
    ("dr.", false),
    ("dr", false),
    ("sir", false),
    ("lord", false),
    ("lady", false),
    ("baroness", false),
    ("viscount", false),
    ("deputy", false),
    ("senator", false),
    ("hon.", false),
    ("de heer", true),
    ("mevrouw", true),
    ("el señor", true),
    ("la señora", true),
    ("o sr.", true),
    ("a sr.ª", true),
    ("a sra.", true),
    ("herr", true),
    ("frau", true),
    ("abg.", true),
    ("minister", false),
    ("minister-president", false),
    ("staatssecretaris", false),
    ("bundesminister", false),
    ("bundesministerin", false),
    ("präsident", false),
    ("präsidentin", false),
    ("vizepräsident", false),
    ("vizepräsidentin", false),
    ("poseł", false),
    ("marszałek", false),
    ("wicemarszałek", false),
];

/// Titles of the chair, in lower case, without article.
const CHAIRS: &[&str] = &[
    "président",
    "présidente",
    "president",
    "vice-président",
    "vice-présidente",
    "vice-president",
    "acting president",
    "temporary president",
    "co-president",
    "speaker",
    "deputy speaker",
    "acting speaker",
    "speaker pro tempore",
    "chair",
    "chairman",
    "chairperson",
    "acting chair",
    "presiding officer",
    "präsident",
    "präsidentin",
    "voorzitter",
    "presidente",
    "presidenta",
    "vicepresidente",
    "vicepresidenta",
    "presidencia",
    "ceann comhairle",
    "marszałek",
    "předseda",
    "predsednik",
    "主席",
    "代理主席",
    "全委會主席",
    "議長",
    "委員長",
];

/// Maximum length of a title of the chair, in bytes, with a margin for case conversion.
const MAX_CHAIR_BYTES: usize = 40;

/// Other offices that are named without a person, in lower case, without article; more words may follow.
const OFFICES: &[&str] = &[
    "premier ministre",
    "première ministre",
    "ministre",
    "secrétaire",
    "garde",
    "rapporteur",
    "rapporteure",
    "haut-commissaire",
    "doyen",
    "doyenne",
    "prime minister",
    "secretary",
    "chancellor",
    "minister",
    "attorney",
    "solicitor",
    "parliamentary under-secretary",
    "lord chancellor",
    "minister-president",
];

/// Groups and unnamed speakers, in lower case.
const UNNAMED: &[&str] = &[
    "plusieurs",
    "un député",
    "une députée",
    "un sénateur",
    "une sénatrice",
    "une voix",
    "des voix",
    "voix",
    "de nombreux",
    "de nombreuses",
    "quelques députés",
    "les députés",
    "un membre",
    "hon. members",
    "several hon.",
    "an hon.",
    "a noble lord",
    "noble lords",
    "several senators",
];

const ARTICLES: &[&str] =
    &["le ", "la ", "l'", "l’", "les ", "the ", "der ", "die ", "de ", "el ", "an ", "o ", "a ", "il "];

/// Lower-case words that occur in names and roles.
const PARTICLES: &[&str] = &[
    "de", "du", "des", "d", "la", "le", "les", "l", "von", "van", "der", "den", "ten", "ter", "zu", "di", "da", "do",
    "dos", "del", "y", "e", "i", "et", "and", "en", "und", "al", "el", "bin", "ben", "of", "the", "st", "m.", "mme",
];

/// Verbs and pronouns; text that contains one before the full stop is a sentence, not a name.
const VERBS: &[&str] = &[
    "a",
    "ai",
    "ont",
    "est",
    "sont",
    "ne",
    "n",
    "se",
    "s",
    "qui",
    "que",
    "peut",
    "doit",
    "va",
    "sera",
    "avait",
    "était",
    "dit",
    "vient",
    "nous",
    "vous",
    "je",
    "is",
    "was",
    "has",
    "had",
    "will",
    "would",
    "lui-même",
    "elle-même",
    "nos",
    "notre",
    "mes",
    "ma",
    "mon",
    "vos",
    "votre",
    "are",
    "am",
    "i",
    "does",
    "did",
    "can",
    "must",
    "makes",
];

/// Words that begin a title, not a name, in lower case.
const NOT_NAMES: &[&str] = &[
    "présidence",
    "article",
    "articles",
    "amendement",
    "amendements",
    "question",
    "questions",
    "réponse",
    "annexe",
    "chapitre",
    "titre",
    "section",
    "commission",
    "projet",
    "proposition",
    "discussion",
    "vote",
    "motion",
    "suspension",
    "note",
    "source",
    "ministère",
    "ministry",
    "objet",
    "subject",
    "date",
    "auteur",
    "author",
    "annex",
    "chapter",
    "part",
];

/// Words that end a name in scripts without case or spaces.
const TITLES_BEHIND: &[&str] = &[
    "主席",
    "議員",
    "議员",
    "司長",
    "局長",
    "副局長",
    "署理局長",
    "秘書長",
    "大臣",
    "総理",
    "君",
    "委員",
    "委員長",
    "議長",
    "政府参考人",
    "先生",
    "女士",
];

/// Typographic style of an opening; the turns of one document have the same style.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum OpeningStyle {
    /// In bold.
    Strong,
    /// Followed by a colon, a full stop or a dash.
    Led,
    /// Alone on its line.
    Alone,
}

/// The opening of a turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct TurnOpening {
    /// Speaker, as used for the label of the part.
    pub speaker: String,
    pub style: OpeningStyle,
    /// Whether the speaker is the chair.
    pub chair: bool,
    /// Whether the words identify a speaker by themselves: an honorific, an office, or a group after the name.
    pub sure: bool,
}

/// Parses the opening of a paragraph; `None` if it does not open a turn. `strong` is the length, in bytes, of the bold
/// text at its beginning.
pub(super) fn parse_opening(paragraph: &str, strong: usize) -> Option<TurnOpening> {
    let text = unnumbered(paragraph);
    let skipped = paragraph.len() - text.len();
    let window = &text[..text.floor_char_boundary(MAX_OPENING_BYTES)];
    let strong = strong.saturating_sub(skipped);
    if strong > 1 && strong < window.len() {
        return parse_bold(window, strong);
    }
    if let Some(opening) = parse_caseless(window) {
        return Some(opening);
    }
    if !may_name(window) {
        return None;
    }
    parse_led(window).or_else(|| parse_alone(text))
}

/// Whether the text may begin with a name or an office: its first words look like a name up to a stop, or its first
/// word may lead to one. This inexpensive test rejects most sentences.
fn may_name(text: &str) -> bool {
    let known = |text: &str, words: &[&str]| words.iter().any(|word| opens_with(text, word).is_some());
    let office = |article: &str| {
        opens_with(text, article).is_some_and(|end| known(&text[end..], CHAIRS) || known(&text[end..], OFFICES))
    };
    let titled = || HONORIFICS.iter().any(|(title, _)| opens_with(text, title).is_some());
    may_be_a_name(text) || ARTICLES.iter().any(|article| office(article)) || known(text, UNNAMED) || titled()
}

fn may_be_a_name(text: &str) -> bool {
    for word in text.split_whitespace().take(4) {
        if word.starts_with([',', '(', ':', '-', '–']) {
            return true;
        }
        let capital = word.starts_with(char::is_uppercase);
        if !(capital || word.contains(['\'', '’']) || is_particle(word)) {
            return false;
        }
        if word.contains(['(', ':', ',', '：']) || word.ends_with(['.', '-', '–']) {
            return true;
        }
    }
    true
}

fn is_particle(word: &str) -> bool {
    let word = word.trim_end_matches([',', '.', ':']);
    PARTICLES.iter().any(|particle| word.eq_ignore_ascii_case(particle))
}

/// Removes marks before a name: « 01.01 », « ○ », « – ».
fn unnumbered(text: &str) -> &str {
    let text = text.trim_start_matches(['○', '◯', '◎', '•']).trim_start();
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let numbered = rest.len() + 2 < text.len() && rest.starts_with(char::is_whitespace);
    if numbered { rest.trim_start() } else { text }
}

/// Parses bold words with a stop in or after them; any form of name is accepted.
fn parse_bold(text: &str, strong: usize) -> Option<TurnOpening> {
    let name = text[..text.floor_char_boundary(strong)].trim();
    let behind = text[text.floor_char_boundary(strong)..].trim_start();
    let stops = ['.', ':', ',', '：'];
    let stopped = name.ends_with(stops) || behind.starts_with(stops) || behind.starts_with('(') && leads_on(behind);
    let opening =
        parse_speaker(name.trim_end_matches([' ', '\u{a0}', '.', ':', ',', '：', '–', '-']), OpeningStyle::Strong)?;
    (stopped && name.split_whitespace().count() <= MAX_OFFICE_WORDS * 2).then_some(opening)
}

/// Whether a closing parenthesis with a stop follows.
fn leads_on(text: &str) -> bool {
    text.split_once(')').is_some_and(|(_, rest)| rest.trim_start().starts_with(['.', ':', '：', ',']))
}

/// Parses an opening in scripts without case: « 梁志祥議員：主席，… »
fn parse_caseless(text: &str) -> Option<TurnOpening> {
    let (name, rest) = text.split_once('：')?;
    let name = name.trim();
    let short = name.chars().count() <= 16 && !rest.trim().is_empty();
    let chair = CHAIRS.contains(&name);
    let titled = chair || TITLES_BEHIND.iter().any(|title| name.ends_with(title));
    (short && titled).then(|| TurnOpening { speaker: name.to_owned(), style: OpeningStyle::Led, chair, sure: true })
}

/// Parses a speaker, a stop and speech.
fn parse_led(text: &str) -> Option<TurnOpening> {
    stops(text).find_map(|(end, after)| {
        let opening = parse_speaker(&text[..end], OpeningStyle::Led)?;
        let opening = TurnOpening { sure: opening.sure || leads_with_a_dash(&text[after..]), ..opening };
        let speech = text[after..].trim_start_matches([' ', '\u{a0}', '\u{202f}', '–', '—', '-', '.', ':']);
        (!speech.is_empty()).then_some(opening)
    })
}

/// Whether the text begins with a dash: « Untel, au nom du groupe PPE. – Monsieur le Président ». Only speeches are
/// introduced this way.
fn leads_with_a_dash(text: &str) -> bool {
    text.trim_start().starts_with(['–', '—']) || text.starts_with('-')
}

/// Iterates over the start and end of each stop: colons, full stops that do not end an abbreviation, « .- ».
fn stops(text: &str) -> impl Iterator<Item = (usize, usize)> + '_ {
    let depth = std::cell::Cell::new(0_i32);
    let stops = text.char_indices().filter(move |&(at, c)| {
        match c {
            '(' => depth.set(depth.get() + 1),
            ')' => depth.set(depth.get() - 1),
            _ => {}
        }
        let rest = &text[at + c.len_utf8()..];
        depth.get() <= 0
            && match c {
                ':' => !rest.starts_with(|c: char| c.is_ascii_digit() || c == '/'),
                '.' => is_full_stop(&text[..at], rest),
                _ => false,
            }
    });
    stops.map(|(at, c)| (at, at + c.len_utf8())).take(3)
}

fn is_full_stop(before: &str, rest: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let initial = word.chars().count() <= 1 && !before.ends_with([')', ' ', '\u{a0}']);
    let lower = word.to_lowercase();
    let abbreviation = ["mm", "mr", "mrs", "ms", "dr", "st", "hon", "rt", "sr", "sra", "abg", "ste", "no", "prof"];
    !initial
        && !abbreviation.contains(&lower.as_str())
        && (rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || "–—-".contains(c)))
}

/// Parses a speaker alone on a line; the name needs no further evidence.
fn parse_alone(text: &str) -> Option<TurnOpening> {
    let line = text.trim();
    if line.len() > MAX_OPENING_BYTES || line.is_empty() {
        return None;
    }
    let role = line.split_once(',').map_or("", |(_, role)| role);
    if line.ends_with(',') || role.contains(". ") || has_verb(role) {
        return None;
    }
    let shouted = !line.chars().any(char::is_lowercase) && !line.ends_with([':', '：']);
    let found = parse_speaker(line.trim_end_matches([' ', '\u{a0}', ':', '.', '：']), OpeningStyle::Alone);
    found.filter(|found| found.sure || !shouted)
}

/// Parses the words before the stop: « M. Jean Untel, rapporteur », « Untel (PPE) », « The President ».
fn parse_speaker(words: &str, style: OpeningStyle) -> Option<TurnOpening> {
    let words = words.trim().trim_end_matches(['.', ',', ' ', '\u{a0}']);
    let first = words.split([',', '(']).next().unwrap_or("");
    if first.split_whitespace().nth(MAX_OFFICE_WORDS + 2).is_some() {
        return None;
    }
    let sentence = words.contains(". ") || words.contains(',') || words.contains(['!', '?']);
    if !sentence
        && UNNAMED.iter().any(|many| opens_with(words, many).is_some())
        && words.split_whitespace().count() <= MAX_OFFICE_WORDS
    {
        return Some(TurnOpening { speaker: words.to_owned(), style, chair: false, sure: true });
    }
    let bare = without_groups(words);
    let (honorific, name) = honorific(bare.trim());
    if name.is_empty() || name.contains(['!', '?', '«', '"', ';']) {
        return None;
    }
    let office = office(name);
    let named = match office {
        Some(_) => is_office_phrase(name),
        None => is_name(name, honorific.is_some() || style == OpeningStyle::Strong),
    };
    if !named {
        return None;
    }
    let sure = honorific.is_some() || office.is_some() || is_grouped(words);
    let drop = honorific.is_none_or(|(_, drop)| drop);
    let label = if drop { name.to_owned() } else { [honorific.map_or("", |(title, _)| title), name].join(" ") };
    let label = label.replace(" et M. ", " et ").replace(" et M.\u{a0}", " et ").replace(" et Mme ", " et ");
    Some(TurnOpening { speaker: single_spaced(&label), style, chair: office == Some(true), sure })
}

/// Returns the words before the first comma, without text in parentheses.
fn without_groups(words: &str) -> String {
    let mut bare = String::new();
    for (depth, c) in by_depth(words).take_while(|&(depth, c)| depth > 0 || c != ',') {
        if depth == 0 {
            bare.push(c);
        }
    }
    bare.truncate(bare.trim_end().len());
    bare
}

/// Whether there is a word in parentheses: a group or a constituency.
fn is_grouped(words: &str) -> bool {
    by_depth(words).any(|(depth, c)| depth > 0 && c.is_alphabetic())
}

/// Iterates over the characters other than parentheses, with the number of open parentheses.
fn by_depth(words: &str) -> impl Iterator<Item = (usize, char)> {
    let mut depth = 0_usize;
    words.chars().filter_map(move |c| {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => return Some((depth, c)),
        }
        None
    })
}

/// Splits off an honorific; returns it with whether the label omits it, and the name.
fn honorific(name: &str) -> (Option<(&str, bool)>, &str) {
    if !name.starts_with(char::is_uppercase) {
        return (None, name);
    }
    for (title, drop) in HONORIFICS {
        if let Some(end) = opens_with(name, title) {
            let rest = &name[end..];
            let bare = rest.trim_start();
            if bare.len() < rest.len() && !bare.is_empty() {
                return (Some((&name[..end], *drop)), bare);
            }
        }
    }
    (None, name)
}

/// Whether the words are an office; the value says whether it is that of the chair.
fn office(name: &str) -> Option<bool> {
    let articled = ARTICLES.iter().any(|article| opens_with(name, article).is_some());
    if !articled && name.len() > MAX_CHAIR_BYTES {
        return None;
    }
    let lower = single_spaced(&name.to_lowercase().replace('’', "'"));
    let bare = ARTICLES.iter().find_map(|article| lower.strip_prefix(article)).unwrap_or(&lower);
    if CHAIRS.contains(&bare) {
        return Some(true);
    }
    let followed = |office: &&&str| {
        bare.strip_prefix(**office).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '-']))
    };
    let chair_of = CHAIRS.iter().find(followed).is_some();
    (articled && (chair_of || OFFICES.iter().any(|office| followed(&office)))).then_some(false)
}

/// Whether the words are an office, « le ministre de l'intérieur », and not a sentence, « le ministre a raison ».
fn is_office_phrase(name: &str) -> bool {
    name.split_whitespace().count() <= MAX_OFFICE_WORDS && !has_verb(name)
}

/// Whether all words are capitalised or particles. A single word is a name only after an honorific.
fn is_name(name: &str, led: bool) -> bool {
    let words: Vec<&str> = name.split_whitespace().take(MAX_NAME_WORDS + 1).collect();
    let least = if led { 1 } else { 2 };
    let capital = |word: &str| {
        word.trim_start_matches(['d', 'l', '\'', '’', 'O', '-']).starts_with(char::is_uppercase)
            || word.starts_with(char::is_uppercase)
    };
    let lower = |word: &str| PARTICLES.contains(&word.to_lowercase().as_str());
    words.len() <= MAX_NAME_WORDS
        && words.iter().filter(|word| capital(word)).count() >= least
        && words.iter().all(|word| capital(word) || lower(word))
        && words.first().is_some_and(|word| capital(word) || led)
        && words.first().is_some_and(|word| !NOT_NAMES.contains(&word.to_lowercase().as_str()))
        && !name.contains(|c: char| c.is_ascii_digit() || matches!(c, '/' | '=' | '_' | ':' | '[' | '°'))
}

fn has_verb(text: &str) -> bool {
    let mut words = text.split(|c: char| c.is_whitespace() || c == '\'' || c == '’');
    words.any(|word| VERBS.contains(&word.to_lowercase().as_str()))
}

fn single_spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_opens_with_its_speaker_in_the_style_of_each_parliament() {
        for (paragraph, who, chair) in [
            ("M. le président. La séance est ouverte.", "le président", true),
            ("M.\u{a0}le président. La séance est ouverte.", "le président", true),
            ("Mme la présidente. – La parole est à M. Untel.", "la présidente", true),
            ("M. Jean Untel, rapporteur de la commission des lois. Oui.", "Jean Untel", false),
            ("Mme la garde des sceaux. Non.", "la garde des sceaux", false),
            ("Plusieurs députés du groupe ABC. Menteur !", "Plusieurs députés du groupe ABC", false),
            ("M. Jean Untel (LSAP), Ministre.- Merci.", "Jean Untel", false),
            ("01.01  Jan Untel (N-VA): Mijnheer de voorzitter.", "Jan Untel", false),
            ("De voorzitter: De heer Untel heeft het woord.", "De voorzitter", true),
            ("Le président : La parole est à M. Untel.", "Le président", true),
            ("Jeanne Untel (PPE). – (FR) Monsieur le Président, merci.", "Jeanne Untel", false),
            ("Jan Untel, on behalf of the PPE Group. – Mr President, thank you.", "Jan Untel", false),
            ("President. – The next item is the vote.", "President", true),
            ("The President: I call on the representative of France.", "The President", true),
            ("Mr. Smith (France) (spoke in French): I thank you.", "Mr. Smith", false),
            ("El señor PRESIDENTE: Se abre la sesión.", "PRESIDENTE", true),
            ("El señor ASCENCIO (Presidente).- Se abre la sesión.", "ASCENCIO", false),
            ("主席：各位早晨。", "主席", true),
            ("○梁志祥議員：主席，我發言。", "梁志祥議員", false),
        ] {
            let found = parse_opening(paragraph, 0).map(|found| (found.speaker, found.chair, found.sure));
            assert_eq!(found, Some((who.to_owned(), chair, true)), "{paragraph}");
        }
    }

    #[test]
    fn a_sentence_that_begins_with_a_name_opens_no_turn() {
        for paragraph in [
            "M. Untel attire l'attention de M. le ministre sur la situation.",
            "M. Untel étant de retour, je peux répondre à votre question.",
            "M. le ministre a raison. Je le dis.",
            "Mr. Smith said that it was late. Nobody answered.",
            "The situation continues to be grim: a war may erupt.",
            "Question écrite n° 12 : suite.",
            "Vu le traité sur l'Union européenne,",
        ] {
            assert_eq!(parse_opening(paragraph, 0), None, "{paragraph}");
        }
    }

    #[test]
    fn bold_words_before_a_stop_open_a_turn() {
        let found = |text: &str, strong: usize| parse_opening(text, strong).map(|found| (found.speaker, found.style));
        let strong = |who: &str| Some((who.to_owned(), OpeningStyle::Strong));
        assert_eq!(found("M. Jean Untel, ministre déléguée. Oui.", "M. Jean Untel,".len()), strong("Jean Untel"));
        assert_eq!(found("M. le président. Oui.", "M. le président".len()), strong("le président"));
        assert_eq!(found("Attention : cela compte beaucoup, dit-il", 0), None);
    }

    #[test]
    fn a_name_alone_on_its_line_may_open_a_turn() {
        let found = |text: &str| parse_opening(text, 0).map(|found| (found.speaker, found.style, found.sure));
        assert_eq!(found("le président"), Some(("le président".to_owned(), OpeningStyle::Alone, true)));
        assert_eq!(found("Jean Untel"), Some(("Jean Untel".to_owned(), OpeningStyle::Alone, false)));
        assert_eq!(
            found("Jean Untel, ministre déléguée."),
            Some(("Jean Untel".to_owned(), OpeningStyle::Alone, false))
        );
        assert_eq!(found("Jean Untel ,Premier ministre."), Some(("Jean Untel".to_owned(), OpeningStyle::Alone, false)));
        assert_eq!(found("Menteur !"), None);
    }
}
