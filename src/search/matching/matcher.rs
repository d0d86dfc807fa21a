//! Matches a query in a document exactly, as ranges. The ranges that are counted are those that are highlighted: a
//! phrase once; for several unquoted words each occurrence of the whole query as a phrase once, else each content word.
//! A document that lacks a required clause has no match at all, and negated clauses are never highlighted. The text is
//! read once, with the analysis of the index, so that both agree; a match never crosses a passage. A hit in the title
//! alone is a hit without a match.

use std::collections::HashMap;

use super::gathering::gatherings;
use crate::document::{Document, PartKinds, Passage};
use crate::search::analysis::function_words::StopwordLanguage;
use crate::search::analysis::stem::Stemming;
use crate::search::analysis::{accented, words};
use crate::search::query::filter::title_has;
use crate::search::query::level::{Level, Side, is_required};
use crate::search::query::term::{MatchMode, Term, TermMatcher};
use crate::search::query::{Clause, Node, Query, Shape};
use crate::text::TextRange;

/// The matches of a query in a document: sorted, disjoint, each inside one passage ([`Document::passages`]).
pub fn find(query: &Query, document: &Document) -> Vec<TextRange> {
    let Some(plan) = Plan::new(query, document) else { return Vec::new() };
    let mut met = vec![false; plan.patterns.len()];
    let mut found = Vec::new();
    let mut events = Vec::new();
    for Passage { range, kinds } in document.passages() {
        plan.read(&document.searched(range), &mut events);
        let chosen = plan.choose(&events, Some(kinds), &mut met);
        found.extend(chosen.into_iter().map(|found| found + range.start()));
    }
    if plan.is_met_for_good(&met) { found } else { plan.with_title(document, &mut met, found) }
}

/// Whether an index would return the document: text or title contain what the query requires, and nothing that it
/// excludes.
pub fn is_hit(query: &Query, document: &Document) -> bool {
    let Some(plan) = Plan::new(query, document) else { return false };
    let mut met = vec![false; plan.patterns.len()];
    let mut events = Vec::new();
    let passages = document.passages().into_iter();
    let passages = passages.map(|passage| (document.searched(passage.range), Some(passage.kinds)));
    for (text, kinds) in passages.chain([(document.title.as_str().into(), None)]) {
        plan.read(&text, &mut events);
        plan.choose(&events, kinds, &mut met);
        if plan.is_met_for_good(&met) {
            return true;
        }
    }
    plan.test.holds(&met)
}

/// The number of a distinct term of a query.
type TermNumber = usize;

/// A sequence of terms to match.
struct Pattern {
    terms: Vec<TermNumber>,
    /// Maximum distance between terms in any order; `None` for adjacent terms.
    distance: Option<usize>,
    /// The kinds of parts that must contain it; none for any.
    within: PartKinds,
    /// Lower ones win where two overlap: 0 the run of the whole query, 1 several terms, 2 one. `None` is not painted.
    tier: Option<u8>,
}

/// What a document must answer, by the patterns that occur in it.
enum Test {
    /// It does anyhow, or it does not: so say its facts.
    Is(bool),
    Has(usize),
    Lacks(Box<Test>),
    Any(Vec<Test>),
    All(Vec<Test>),
}

impl Pattern {
    /// Whether it counts in a block that is contained in parts of these kinds; `None` is the title.
    fn counts_in(&self, kinds: Option<PartKinds>) -> bool {
        self.within.is_empty() || kinds.is_some_and(|kinds| kinds.meets(self.within))
    }
}

impl Test {
    fn holds(&self, met: &[bool]) -> bool {
        match self {
            Self::Is(it) => *it,
            Self::Has(pattern) => met[*pattern],
            Self::Lacks(test) => !test.holds(met),
            Self::Any(tests) => tests.iter().any(|test| test.holds(met)),
            Self::All(tests) => tests.iter().all(|test| test.holds(met)),
        }
    }
}

/// A query made ready for one document.
struct Plan<'q> {
    /// By whose words the document's are stemmed.
    stemming: Stemming,
    terms: HashMap<&'q Term, TermNumber>,
    /// Terms that mean one folded word, by that word.
    exact: HashMap<&'q str, Vec<TermNumber>>,
    /// All others.
    wide: Vec<(TermMatcher<'q>, TermNumber)>,
    /// Which first bytes words of interest have: most words of a text are dismissed by it.
    first_bytes: [bool; 256],
    patterns: Vec<Pattern>,
    /// By its first term, which patterns start there.
    starts: Vec<Vec<usize>>,
    /// The patterns whose terms may be in any order.
    loose: Vec<usize>,
    test: Test,
    /// Whether something is excluded, so that only the whole document decides.
    negates: bool,
}

/// A word of a block that is one of the query's terms.
#[derive(Clone, Copy, Debug)]
struct Event {
    /// Which word of the block.
    position: usize,
    range: TextRange,
    term: TermNumber,
}

impl<'q> Plan<'q> {
    /// `None` when the query asks for nothing.
    fn new(query: &'q Query, document: &Document) -> Option<Self> {
        let stopword_language = StopwordLanguage::of(document.language.as_ref());
        let mut plan = Self {
            stemming: Stemming::of(document.language.as_ref()),
            terms: HashMap::new(),
            exact: HashMap::new(),
            wide: Vec::new(),
            first_bytes: [false; 256],
            patterns: Vec::new(),
            starts: Vec::new(),
            loose: Vec::new(),
            test: Test::All(Vec::new()),
            negates: false,
        };
        plan.test = plan.all(query.nodes(), (document, stopword_language), true);
        if query.is_empty() {
            return None;
        }
        if let Some(run) = query.whole_run() {
            let within = query.clauses().first().map_or(PartKinds::NONE, |clause| clause.within);
            plan.look_for(run, None, within, Some(0));
        }
        Some(plan)
    }

    /// Adds the patterns and the test of one level.
    fn all(&mut self, nodes: &'q [Node], about: (&Document, StopwordLanguage), painted: bool) -> Test {
        let needed = nodes.iter().filter(|node| is_required(node, about.1));
        let mut tests: Vec<Test> = needed.map(|node| self.test(node, about, painted)).collect();
        let Level { text, title } = Level::of(nodes);
        if text.bare().contains(about.1) {
            tests.push(Test::Has(self.function_words(&text, painted)));
        }
        if title.bare().contains(about.1) {
            let run: Vec<&Term> = title.run().collect();
            tests.push(Test::Is(title_has(about.0, &run)));
        }
        Test::All(tests)
    }

    /// All that a level asks for, where it has function words alone.
    fn function_words(&mut self, side: &Side<'q>, painted: bool) -> usize {
        let within = side.first().map_or(PartKinds::NONE, |clause| clause.within);
        let tier = painted.then_some(if side.run().count() > 1 { 1 } else { 2 });
        self.look_for(side.run(), None, within, tier)
    }

    fn test(&mut self, node: &'q Node, about: (&Document, StopwordLanguage), painted: bool) -> Test {
        match node {
            Node::Clause(clause) => Test::Has(self.clause(clause, painted)),
            Node::Filter(filter) => Test::Is(filter.holds(about.0)),
            Node::Not(node) => {
                self.negates = true;
                Test::Lacks(Box::new(self.all(std::slice::from_ref(&**node), about, false)))
            }
            Node::Any(nodes) => {
                let alone = |node| self.all(std::slice::from_ref(node), about, painted);
                Test::Any(nodes.iter().map(alone).collect())
            }
            Node::All(nodes) => self.all(nodes, about, painted),
        }
    }

    fn clause(&mut self, clause: &'q Clause, painted: bool) -> usize {
        let several = clause.terms.len() > 1 || clause.shape.is_of_words();
        let distance = match clause.shape {
            Shape::Near(distance) => Some(distance as usize),
            _ => None,
        };
        let tier = painted.then_some(if several { 1 } else { 2 });
        self.look_for(clause.terms.iter(), distance, clause.within, tier)
    }

    fn look_for(
        &mut self,
        terms: impl Iterator<Item = &'q Term>,
        distance: Option<usize>,
        within: PartKinds,
        tier: Option<u8>,
    ) -> usize {
        let terms: Vec<TermNumber> = terms.map(|term| self.number(term)).collect();
        let pattern = self.patterns.len();
        let place = if distance.is_some() { &mut self.loose } else { &mut self.starts[terms[0]] };
        place.push(pattern);
        self.patterns.push(Pattern { terms, distance, within, tier });
        pattern
    }

    fn number(&mut self, term: &'q Term) -> TermNumber {
        if let Some(known) = self.terms.get(term) {
            return *known;
        }
        let number = self.starts.len();
        self.starts.push(Vec::new());
        self.terms.insert(term, number);
        let matcher = term.matcher(self.stemming);
        for range in matcher.ranges() {
            match range.text().as_bytes().first() {
                Some(first) => self.first_bytes[usize::from(*first)] = true,
                None => self.first_bytes.fill(true),
            }
        }
        if matcher.is_one_word() && term.reach != MatchMode::Exact {
            self.exact.entry(&term.folded).or_default().push(number);
        } else {
            self.wide.push((matcher, number));
        }
        number
    }

    /// The words of a block that are terms of the query, in order.
    fn read(&self, text: &str, events: &mut Vec<Event>) {
        events.clear();
        let mut reader = words(text);
        let mut buffer = String::new();
        let mut position = 0;
        while let Some((folded, range)) = reader.next_into(&mut buffer) {
            if self.first_bytes[usize::from(folded.as_bytes()[0])] {
                let exact = self.exact.get(folded).into_iter().flatten();
                let means =
                    |(matcher, _): &&(TermMatcher<'_>, TermNumber)| matcher.matches(folded, || accented(&text[range]));
                let wide = self.wide.iter().filter(means).map(|(_, term)| term);
                events.extend(exact.chain(wide).map(|&term| Event { position, range, term }));
            }
            position += 1;
        }
    }

    /// The matches of one passage, sorted and disjoint, or of the title, which is in no part; records in `met` which
    /// patterns occur in it.
    fn choose(&self, events: &[Event], kinds: Option<PartKinds>, met: &mut [bool]) -> Vec<TextRange> {
        let mut tiers = [const { Vec::new() }; 3];
        for (i, event) in events.iter().enumerate() {
            let here = |pattern: &&usize| self.patterns[**pattern].counts_in(kinds);
            for &pattern in self.starts[event.term].iter().filter(here) {
                if let Some(end) = reach(&self.patterns[pattern].terms, &events[i..]) {
                    met[pattern] = true;
                    if let Some(tier) = self.patterns[pattern].tier {
                        tiers[usize::from(tier)].push(event.range.cover(end));
                    }
                }
            }
        }
        for &pattern in self.loose.iter().filter(|pattern| self.patterns[**pattern].counts_in(kinds)) {
            let Pattern { terms, distance, tier, .. } = &self.patterns[pattern];
            let found = together(terms, distance.unwrap_or(0), events);
            met[pattern] |= !found.is_empty();
            if let Some(tier) = tier {
                tiers[usize::from(*tier)].extend(found);
            }
        }
        // Several patterns may start at one word: the longest is first.
        tiers[1].sort_unstable_by_key(|range: &TextRange| (range.start(), std::cmp::Reverse(range.end())));
        tiers.into_iter().fold(Vec::new(), merge)
    }

    /// Whether the document is a hit independent of its remaining text.
    fn is_met_for_good(&self, met: &[bool]) -> bool {
        !self.negates && self.test.holds(met)
    }

    /// The matches in the text, if the title has what the text lacks and nothing that is excluded.
    fn with_title(&self, document: &Document, met: &mut [bool], found: Vec<TextRange>) -> Vec<TextRange> {
        let mut events = Vec::new();
        self.read(&document.title, &mut events);
        self.choose(&events, None, met);
        if self.test.holds(met) { found } else { Vec::new() }
    }
}

/// Where a pattern that starts at the first event ends, when its terms follow.
fn reach(terms: &[TermNumber], events: &[Event]) -> Option<TextRange> {
    let first = events.first()?;
    let (mut position, mut end, mut rest) = (first.position, first.range, &events[1..]);
    for &term in &terms[1..] {
        position += 1;
        let next = rest.iter().position(|event| event.position >= position)?;
        rest = &rest[next..];
        let event = rest.iter().take_while(|event| event.position == position).find(|event| event.term == term)?;
        end = event.range;
    }
    Some(end)
}

/// The ranges of terms within a distance from each other: the first one, the next one after it, …
fn together(terms: &[TermNumber], within: usize, events: &[Event]) -> Vec<TextRange> {
    let places = |term: &TermNumber| {
        let here = events.iter().filter(|event| event.term == *term);
        here.map(|event| event.position as u32).collect::<Vec<u32>>()
    };
    let lists: Vec<Vec<u32>> = terms.iter().map(places).collect();
    let lists: Vec<&[u32]> = lists.iter().map(Vec::as_slice).collect();
    let range = |position: u32| {
        let at = events.partition_point(|event| event.position < position as usize);
        events.get(at).map_or_else(TextRange::default, |event| event.range)
    };
    gatherings(&lists, within as u32).map(|(first, last)| range(first).cover(range(last))).collect()
}

/// Adds what overlaps nothing chosen before and nothing before it; both sorted by their starts.
fn merge(chosen: Vec<TextRange>, more: Vec<TextRange>) -> Vec<TextRange> {
    if more.is_empty() {
        return chosen;
    }
    let mut merged: Vec<TextRange> = Vec::with_capacity(chosen.len() + more.len());
    let mut chosen = chosen.into_iter().peekable();
    for range in more {
        while let Some(before) = chosen.next_if(|before| before.start() < range.end()) {
            merged.push(before);
        }
        if merged.last().is_none_or(|last| last.end() <= range.start()) {
            merged.push(range);
        }
    }
    merged.extend(chosen);
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, DocumentBuilder, Part, PartKind};
    use crate::search::LastWord;
    use crate::search::parse;
    use crate::text::Language;
    use proptest::prelude::*;

    fn document(blocks: &[&str], language: &str) -> Document {
        let mut builder = DocumentBuilder::new();
        for block in blocks {
            builder.start(BlockKind::Paragraph, 0);
            builder.push(block, None);
        }
        let mut document = builder.finish(None);
        document.language = Language::new(language);
        document
    }

    fn found<'a>(source: &str, document: &'a Document) -> Vec<&'a str> {
        let query = parse(source, LastWord::Whole).0;
        find(&query, document).into_iter().map(|range| document.slice(range)).collect()
    }

    #[test]
    fn matches_in_french() {
        let rights = "Les droits de l’homme, les Droits de l'Homme : droit d’un homme.";
        for (source, text, expected) in [
            ("homme", rights, "homme|Homme|homme"),
            ("droits", rights, "droits|Droits|droit"),
            ("\"droits de l'homme\"", rights, "droits de l’homme|Droits de l'Homme"),
            ("droits de l'homme", rights, "droits de l’homme|Droits de l'Homme|droit|homme"),
            ("l'homme", rights, "l’homme|l'Homme|homme"),
            ("homme droits", rights, "droits|homme|Droits|Homme : droit|homme"),
            ("hom*", rights, "homme|Homme|homme"),
            ("\"droits homme\"", rights, ""),
            ("homme torture", rights, ""),
            ("homme et", rights, "homme|Homme|homme"),
            ("oeuvre", "L’Œuvre, une œuvre", "Œuvre|œuvre"),
            ("œuvre", "L'OEUVRE", "OEUVRE"),
            ("detention", "La détention", "détention"),
            ("détention", "LA DETENTION", "DETENTION"),
            ("détentions", "La DETENTION, la détention", "DETENTION|détention"),
            ("\"arrêté\"", "arrêté, arrêtée, arrêtés, Arrêté, arrete", "arrêté|Arrêté"),
            ("\"arrete\"", "arrêté, arrêtée, arrete", "arrêté|arrete"),
            ("arretee", "arrêté, arrêtée, arrêt", "arrêté|arrêtée"),
            ("opposant", "les opposants, l'opposante", "opposants|opposante"),
            ("égalité", "égalités, également, ÉGALITES", "égalités|ÉGALITES"),
            ("sous-traitance", "des sous-traitances, sous traitement", "sous-traitances"),
            ("\"n° 5747\"", "question n°\u{a0}5747", "n°\u{a0}5747"),
            ("n° 5747", "question 5747 et n°\u{202f}5747", "5747|n°\u{202f}5747"),
            ("sous-déclarée", "sous\u{2011}déclarée, sous déclarée", "sous\u{2011}déclarée|sous déclarée"),
            ("P8_TA(2017)0485", "résolution P8_TA(2017)0485 du", "P8_TA(2017)0485"),
            ("le", "le chat, le chien", "le|le"),
            ("le chat", "le chat, le chien, chat", "le chat|chat"),
            ("\"le\"", "le chat, le chien", "le|le"),
            ("\"a b\" b", "a b b c", "a b|b"),
            ("\"a b\" \"b c\"", "a b c", "a b"),
            ("\"a a\"", "a a a", "a a"),
            ("\"x y z\" \"x y\"", "x y z x y", "x y z|x y"),
            ("déb* détention", "début de détention", "début|détention"),
        ] {
            let document = document(&[text], "fr");
            assert_eq!(found(source, &document).join("|"), expected, "{source} in {text}");
        }
    }

    #[test]
    fn matches_in_other_scripts() {
        for (source, text, expected) in [
            ("议会", "欧洲议会。议会", "议会|议会"),
            ("назарбаев", "Нурсултан НАЗАРБАЕВ", "НАЗАРБАЕВ"),
            ("ΑΘΗΝΑ", "στην Αθήνα", "Αθήνα"),
        ] {
            assert_eq!(found(source, &document(&[text], "zh")).join("|"), expected, "{source}");
        }
    }

    #[test]
    fn a_function_word_is_judged_by_the_documents_language() {
        let blocks = ["liberté or freedom"];
        assert_eq!(found("liberté de", &document(&blocks, "fr")), ["liberté"]);
        assert_eq!(found("liberté de", &document(&blocks, "en")), Vec::<&str>::new());
        assert_eq!(found("d'liberté", &document(&blocks, "en")), ["liberté"]);
    }

    #[test]
    fn a_phrase_does_not_cross_blocks_but_a_document_has_its_words_anywhere() {
        let document = document(&["droits de", "l'homme"], "fr");
        assert_eq!(found("\"droits de l'homme\"", &document), Vec::<&str>::new());
        assert_eq!(found("homme droits", &document), ["droits", "homme"]);
    }

    #[test]
    fn a_title_that_is_not_in_the_text_counts_as_had_but_is_not_painted() {
        let mut document = document(&["le budget"], "fr");
        document.title = "Kazakhstan".to_owned();
        assert_eq!(found("kazakhstan budget", &document), ["budget"]);
        assert_eq!(found("kazakhstan", &document), Vec::<&str>::new());
        assert!(is_hit(&parse("kazakhstan", LastWord::Whole).0, &document));
    }

    #[test]
    fn what_is_not_wanted_is_never_painted() {
        let text = "La torture en prison, la prison et le prisonnier.";
        for (source, expected) in [
            ("torture -bagne", "torture"),
            ("torture -prison", ""),
            ("torture -\"prison la\"", ""),
            ("torture -\"la la\"", "torture"),
            ("-bagne", ""),
            ("bagne OR prison", "prison|prison"),
            ("torture bagne OR prison*", "torture|prison|prison|prisonnier"),
            ("torture -(bagne prison)", "torture"),
            ("torture -(bagne OR prison)", ""),
            ("prison OR -torture", "prison|prison"),
            ("(torture bagne) OR (prison le)", "torture|prison|prison"),
            ("la prison -bagne", "prison|la prison"),
        ] {
            let document = document(&[text], "fr");
            assert_eq!(found(source, &document).join("|"), expected, "{source}");
        }
        let document = document(&[text], "fr");
        assert!(is_hit(&parse("-bagne", LastWord::Whole).0, &document));
        assert!(!is_hit(&parse("-prison", LastWord::Whole).0, &document));
    }

    #[test]
    fn words_near_each_other_are_one_match_in_either_order() {
        let text = "prison et torture, un deux trois quatre torture en prison torture";
        for (source, expected) in [
            ("\"torture prison\"~2", "prison et torture|torture en prison"),
            ("torture near:2 prison", "prison et torture|torture en prison"),
            ("\"torture prison\"~1", "prison torture"),
            ("\"torture prison quatre\"~3", "quatre torture en prison"),
            ("\"torture prison bagne\"~9", ""),
            ("-\"un prison\"~2 quatre", "quatre"),
            ("-\"un prison\"~3 quatre", ""),
            ("\"prison\"~3", "prison|prison"),
        ] {
            assert_eq!(found(source, &document(&[text], "fr")).join("|"), expected, "{source}");
        }
        assert_eq!(found("\"torture prison\"~9", &document(&["torture", "prison"], "fr")), Vec::<&str>::new());
    }

    #[test]
    fn what_only_the_title_has_can_be_unwanted_too() {
        let mut document = document(&["le budget"], "fr");
        document.title = "Kazakhstan".to_owned();
        assert_eq!(found("budget -kazakhstan", &document), Vec::<&str>::new());
        assert!(!is_hit(&parse("budget -kazakhstan", LastWord::Whole).0, &document));
    }

    #[test]
    fn words_beside_in_stand_in_such_parts() {
        let mut document = document(&["la torture en prison", "la prison ferme", "la torture"], "fr");
        document.title = "la torture en prison".to_owned();
        let range = |at: usize| document.blocks[at].range;
        document.parts =
            vec![Part::new(PartKind::Question, None, 1, range(0)), Part::new(PartKind::Answer, None, 1, range(1))];
        for (source, expected) in [
            ("torture in:question", "torture"),
            ("torture in:answer", ""),
            ("prison in:answer", "prison"),
            ("in:answer prison torture", ""),
            ("prison in:question OR in:answer", "prison|prison"),
            ("(prison in:answer) torture", "torture|prison|torture"),
            ("\"torture prison\"~2 in:question", "torture en prison"),
            ("\"torture prison\"~2 in:answer", ""),
            ("la -torture in:answer", "la"),
            ("la -prison in:answer", ""),
            ("prison in:note", ""),
            ("la prison in:answer", "la prison"),
        ] {
            assert_eq!(found(source, &document).join("|"), expected, "{source}");
        }
        let hit = |source| is_hit(&parse(source, LastWord::Whole).0, &document);
        assert!(hit("in:answer") && !hit("in:note") && hit("-in:note torture") && !hit("torture in:answer"));
    }

    /// Reference implementation, slow and simple: whether a block contains the words of a clause in its shape.
    fn has(clause: &Clause, document: &Document) -> bool {
        let stemming = Stemming::of(document.language.as_ref());
        let means = |term: &Term, (folded, word): &(String, String)| {
            term.matcher(stemming).matches(folded, || word.as_str().into())
        };
        let stands = |words: &[(String, String)]| match clause.shape {
            Shape::Near(distance) => words
                .windows((distance as usize + 1).min(words.len()).max(1))
                .any(|window| have_places(&clause.terms, &mut window.iter().collect(), &means)),
            _ => words
                .windows(clause.terms.len())
                .any(|window| clause.terms.iter().zip(window).all(|(term, word)| means(term, word))),
        };
        let counts = |kinds: PartKinds| clause.within.is_empty() || kinds.meets(clause.within);
        let leaves = document.leaf_kinds().filter(|(_, kinds)| counts(*kinds));
        let texts = leaves.map(|(block, _)| document.slice(block.range));
        let both = |text: &str| -> Vec<(String, String)> {
            words(text).map(|word| (word.folded.to_string(), accented(&text[word.range]).into_owned())).collect()
        };
        texts.map(both).any(|words| stands(&words))
    }

    /// Whether each term can have a word of its own.
    fn have_places<W: Copy>(terms: &[Term], words: &mut Vec<W>, means: &impl Fn(&Term, W) -> bool) -> bool {
        let Some((first, rest)) = terms.split_first() else { return true };
        (0..words.len()).any(|at| {
            means(first, words[at]) && {
                let word = words.remove(at);
                let has = have_places(rest, words, means);
                words.insert(at, word);
                has
            }
        })
    }

    fn answers(node: &Node, document: &Document) -> bool {
        match node {
            Node::Clause(clause) => has(clause, document),
            Node::Filter(filter) => filter.holds(document),
            Node::Not(node) => !answers_all(std::slice::from_ref(node), document),
            Node::Any(nodes) => nodes.iter().any(|node| answers_all(std::slice::from_ref(node), document)),
            Node::All(nodes) => answers_all(nodes, document),
        }
    }

    /// The words of a level, where it has function words alone.
    fn run(nodes: &[Node], stopword_language: StopwordLanguage) -> Option<Clause> {
        let side = Level::of(nodes).text;
        let mut clause = Clause::new(Shape::Word, "", side.run().cloned().collect());
        clause.within = side.first()?.within;
        side.bare().contains(stopword_language).then_some(clause)
    }

    fn answers_all(nodes: &[Node], document: &Document) -> bool {
        let stopword_language = StopwordLanguage::of(document.language.as_ref());
        let run = run(nodes, stopword_language).is_none_or(|run| has(&run, document));
        let title = Level::of(nodes).title;
        let titled = !title.bare().contains(stopword_language) || title_has(document, &title.run().collect::<Vec<_>>());
        run && titled
            && nodes.iter().filter(|node| is_required(node, stopword_language)).all(|node| answers(node, document))
    }

    /// The clauses of a level that are highlighted in a document with them.
    fn painted(nodes: &[Node], stopword_language: StopwordLanguage) -> Vec<Clause> {
        let inside = nodes.iter().filter(|node| is_required(node, stopword_language)).flat_map(|node| match node {
            Node::Clause(clause) => vec![clause.clone()],
            Node::Any(nodes) => {
                nodes.iter().flat_map(|node| painted(std::slice::from_ref(node), stopword_language)).collect()
            }
            Node::All(nodes) => painted(nodes, stopword_language),
            Node::Not(_) | Node::Filter(_) => Vec::new(),
        });
        run(nodes, stopword_language).into_iter().chain(inside).collect()
    }

    proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, cases: 2000, ..Default::default() })]

        #[test]
        fn matches_are_sorted_disjoint_inside_a_block_and_there_when_something_wanted_is(
            blocks in proptest::collection::vec("((a|b|ab|de|le|é)[ '-]){1,8}", 1..4),
            source in prop_oneof!["[\"]?((a|b|ab|de|l'|e)[ *'\"-]){1,5}", crate::search::query::samples::queries()],
            french in any::<bool>(),
            halves in any::<bool>(),
        ) {
            let blocks: Vec<&str> = blocks.iter().map(String::as_str).collect();
            let mut document = document(&blocks, if french { "fr" } else { "zh" });
            if halves {
                crate::search::query::samples::halve(&mut document);
            }
            for last_word in [LastWord::Whole, LastWord::Prefix] {
                let query = parse(&source, last_word).0;
                let found = find(&query, &document);
                prop_assert!(found.windows(2).all(|pair| pair[0].end() <= pair[1].start()));
                let inside = |range: &TextRange| document.leaves().any(|block| block.range.contains_range(*range));
                prop_assert!(found.iter().all(|range| !range.is_empty() && inside(range)));
                let hit = !query.is_empty() && answers_all(query.nodes(), &document);
                prop_assert_eq!(is_hit(&query, &document), hit, "{:?}", query);
                let stopword_language = StopwordLanguage::of(document.language.as_ref());
                let painted = hit && painted(query.nodes(), stopword_language).iter().any(|clause| has(clause, &document));
                prop_assert_eq!(!found.is_empty(), painted, "{:?}", query);
            }
        }
    }
}
