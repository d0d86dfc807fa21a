//! How queries are parsed, complete and while they are typed. Their hits are tested with `find` and the index.

use super::*;
use crate::search::analysis::function_words::StopwordLanguage;
use proptest::prelude::*;

/// The query as a tree of « as:forms », with function words of French in square brackets.
fn said(source: &str, last_word: LastWord) -> String {
    let nodes: Vec<String> = parse(source, last_word).0.nodes().iter().map(node).collect();
    nodes.join(", ")
}

fn node(node: &Node) -> String {
    let french = StopwordLanguage::of(crate::text::Language::new("fr").as_ref());
    let several = |nodes: &[Node], between| nodes.iter().map(self::node).collect::<Vec<_>>().join(between);
    match node {
        Node::Clause(clause) => {
            let part = &Query::new(vec![Node::Clause(clause.clone())]).understood()[0];
            let said = format!("{}:{}", part.as_, part.forms.join("|"));
            if clause.optional().contains(french) { format!("[{said}]") } else { said }
        }
        Node::Filter(filter) => {
            format!("{}:{}", if filter.is_of_days() { "date" } else { "field" }, filter.form())
        }
        Node::Not(node) => format!("-{}", self::node(node)),
        Node::Any(nodes) => format!("({})", several(nodes, " or ")),
        Node::All(nodes) => format!("({})", several(nodes, ", ")),
    }
}

#[test]
fn queries_are_understood() {
    for (source, expected) in [
        ("", ""),
        ("Torture", "word:torture"),
        ("droits de l'homme", "word:droits, [word:de], [word:l], word:homme"),
        ("droits de l’homme", "word:droits, [word:de], [word:l], word:homme"),
        ("\"droits de l'homme\"", "phrase:droits de l homme"),
        ("« droits de l'homme »", "phrase:droits de l homme"),
        ("“droits de l’homme”", "phrase:droits de l homme"),
        ("„Menschenrechte“ heute", "phrase:menschenrechte, word:heute"),
        ("\"droits de", "phrase:droits de"),
        ("torture \"droits", "word:torture, phrase:droits"),
        ("\"il dit « oui » ici\" x", "phrase:il dit oui ici, word:x"),
        ("torture\"droits\"prison", "word:torture, phrase:droits, word:prison"),
        ("\"\" torture » ”", "word:torture"),
        ("sous-déclarée", "word:sous declaree"),
        ("P8_TA(2017)0485", "word:p8 ta 2017 0485"),
        ("2019/2610(RSP)", "word:2019 2610 rsp"),
        ("n° 5747", "[word:n], word:5747"),
        ("aujourd'hui", "word:aujourd hui"),
        ("de la", "[word:de], [word:la]"),
        ("le", "[word:le]"),
        ("opposant*", "prefix:opposant*"),
        ("l'oppos*", "[word:l], prefix:oppos*"),
        ("sous-décl*", "prefix:sous decl*"),
        ("d*", "prefix:d*"),
        ("droits de*", "word:droits, prefix:de*"),
        ("* torture", "word:torture"),
        ("foo-*", "word:foo"),
        ("sujet:budget", "word:sujet budget"),
        ("qu'il", "[word:qu il]"),
        ("jusqu’à torture", "[word:jusqu a], word:torture"),
        ("l'on d’une n'est s'il", "[word:l on], [word:d une], [word:n est], [word:s il]"),
        ("dell'uomo dell'uno", "[word:dell], word:uomo, word:dell uno"),
        ("don't", "word:don t"),
        ("title:l'homme author:\"l'homme\"", "field:homme, field:l homme"),
        ("title:qu'il", "field:qu il"),
        ("欧洲", "word:欧 洲"),
    ] {
        assert_eq!(said(source, LastWord::Whole), expected, "{source}");
    }
}

#[test]
fn operators_are_understood() {
    for (source, expected) in [
        ("torture -prison", "word:torture, -word:prison"),
        ("-\"droits de\" x", "-phrase:droits de, word:x"),
        ("-de", "-[word:de]"),
        ("le -chat", "[word:le], -word:chat"),
        ("-s'il", "-[word:s il]"),
        ("-l'homme", "-([word:l], word:homme)"),
        ("-(ka bo OR ci)", "-(word:ka, (word:bo or word:ci))"),
        ("- x --yu ka-bo", "word:x, word:yu, word:ka bo"),
        ("ka OR bo ci", "(word:ka or word:bo), word:ci"),
        ("x ka OR bo OR \"ci d\"", "word:x, (word:ka or word:bo or phrase:ci d)"),
        ("x or yu OU z", "word:x, [word:or], word:yu, [word:ou], word:z"),
        ("l'homme OR la femme", "(([word:l], word:homme) or [word:la]), word:femme"),
        ("x OR -yu", "(word:x or -word:yu)"),
        ("(x yu) OR z", "((word:x, word:yu) or word:z)"),
        ("(x (yu z))", "word:x, word:yu, word:z"),
        ("((x) OR (yu))", "(word:x or word:yu)"),
        ("(2019/2610(RSP))", "word:2019 2610 rsp"),
        ("() x -()", "word:x"),
        ("OR x OR", "[word:or], word:x, [word:or]"),
        ("x ORDRE", "word:x, word:ordre"),
        ("x) (yu", "word:x, word:yu"),
        ("=arrêté =de", "exact:arrete, exact:de"),
        ("-=arrêté =\"ka bo\"", "-exact:arrete, exact:ka bo"),
        ("= x ka=bo", "word:x, word:ka bo"),
        ("tokaiev~ fuzzy:opposant x~2", "fuzzy:tokaiev, fuzzy:opposant, fuzzy:x"),
        ("re:tok(ai|ay).* -re:[aé]+ (re:a(b|c) x)", "pattern:tok(ai|ay).*, -pattern:[aé]+, pattern:a(b|c), word:x"),
        ("x near:3 re:tok.* re:[a", "near:x tok.*, word:re a"),
        ("~ x~yu fuzzy: z", "word:x yu, word:fuzzy, word:z"),
        ("\"ka bo\"~5 ci", "near:ka bo, word:ci"),
        ("torture near:5 l'homme x", "near:torture homme, word:x"),
        ("x near:5 yu near:3 z", "near:x yu z"),
        ("near:5 \"ka bo\"", "near:ka bo"),
        ("\"ka bo\" near:5", "near:ka bo"),
        ("-x near:5 yu", "-near:x yu"),
        ("x near:5", "word:x, word:near 5"),
        ("near:x yu", "word:near x, word:yu"),
        ("author:\"Jean du*\" -kind:letter", "field:jean du*, -field:letter"),
        ("Numero:12 posée:2022 REPONDUE:2021", "field:12, date:2022-01-01..2022-12-31, date:2021-01-01..2021-12-31"),
        ("date:2019..2022-03 x", "date:2019-01-01..2022-03-31, word:x"),
        ("le date:2022-03-15 date:2022..", "[word:le], date:2022-03-15, date:2022-01-01.."),
        ("date:hier title: x", "word:date hier, word:title, word:x"),
    ] {
        assert_eq!(said(source, LastWord::Whole), expected, "{source}");
    }
}

#[test]
fn what_is_stray_is_said() {
    for (source, codes) in [
        ("(a b) -c \"d e\" P8_TA(2017)0485", &[][..]),
        ("re:tok( tag:x", &["bad-pattern", "no-tags"]),
        ("(a b", &["unclosed-bracket"]),
        ("a) b", &["stray-bracket"]),
        ("a \"b c", &["unclosed-quote"]),
        ("a OR", &["or-alone"]),
        ("OR a", &["or-alone"]),
        ("a near:5", &["near-alone"]),
        ("\"a b\"~500", &["distance-too-large"]),
        ("()", &["query-without-words"]),
        ("NOT torture", &["not-an-operator"]),
        ("torture or droits", &["not-an-operator"]),
        ("torture ou droits", &["not-an-operator"]),
        ("torture AND droits ET prison", &["not-an-operator", "not-an-operator"]),
        ("torture \"ou\" droits et prison ou", &[]),
        ("DROITS ET LIBERTÉS", &[]),
        ("ou torture", &[]),
        ("in:nowhere torture", &["no-such-part"]),
        ("in:considérant in:visa in:title in:note torture", &[]),
        ("sujet:x date:hier https://x.org 12:30", &["unknown-field", "not-a-date"]),
    ] {
        let said: Vec<&str> = parse(source, LastWord::Whole).1.iter().map(|complaint| complaint.code).collect();
        assert_eq!(said, codes, "{source}");
    }
}

#[test]
fn nobody_is_told_of_what_is_still_being_typed() {
    for source in ["(a b", "a \"b c", "a OR", "a OR ", "a near:5", "P8_TA(20", "author:", "x date:", "date:20"] {
        assert_eq!(parse(source, LastWord::Prefix).1, [], "{source}");
    }
    assert_eq!(said("torture author:", LastWord::Prefix), "word:torture");
    assert_eq!(said("torture date:20", LastWord::Prefix), "word:torture");
    assert_eq!(said("torture author:lec", LastWord::Prefix), "word:torture, field:lec*");
    assert_eq!(said("torture OR ", LastWord::Prefix), "word:torture");
    assert_eq!(said("torture ORD", LastWord::Prefix), "word:torture, prefix:ord*");
    assert_eq!(said("(torture OR pri", LastWord::Prefix), "(word:torture or prefix:pri*)");
    for source in ["t", "torture t", "torture OR t", "l'h", "\"t", "=t", "(torture OR t"] {
        let (query, complaints) = parse(source, LastWord::Prefix);
        assert_eq!(complaints, [], "{source}");
        assert_eq!(query.clauses().len(), usize::from(source.contains("torture")), "{source}");
    }
    assert_eq!(said("t*", LastWord::Prefix), "prefix:t*");
    assert_eq!(said("8", LastWord::Prefix), "prefix:8*");
    assert_eq!(said("议", LastWord::Prefix), "prefix:议*");
    assert_eq!(said("t", LastWord::Whole), "[word:t]");
    assert_eq!(said("\"travail d", LastWord::Prefix), "phrase:travail");
    assert_eq!(said("\"travail de", LastWord::Whole), "phrase:travail de");
    assert_eq!(said("\"travail de nui", LastWord::Prefix), "phrase:travail de nui*");
    assert_eq!(said("\"欧洲议", LastWord::Prefix), "phrase:欧 洲 议*");
    assert_eq!(said("préavis near:8 d", LastWord::Prefix), "near:preavis");
    assert_eq!(said("=arr", LastWord::Prefix), "exact:arr*");
}

#[test]
fn what_must_be_lacking_is_whole_even_while_it_is_typed() {
    assert_eq!(said("torture -pri", LastWord::Prefix), "word:torture, -word:pri");
    assert_eq!(said("torture -(x OR pri", LastWord::Prefix), "word:torture, -(word:x or word:pri)");
    assert_eq!(said("-(x) pri", LastWord::Prefix), "-word:x, prefix:pri*");
    assert_eq!(said("-author:lec author:lec", LastWord::Prefix), "-field:lec, field:lec*");
}

#[test]
fn long_queries_of_any_kind_are_read_once() {
    for piece in ["— ", "x near:5 ", ") ", "a OR ", "-(", "\"", "title:", "date:2022 ", "~ ", "= ", "=(", ")— "] {
        let (query, complaints) = parse(&piece.repeat(50_000), LastWord::Whole);
        assert!(query.understood().len() <= MOST_TERMS && complaints.len() <= MOST_COMPLAINTS, "{piece}");
    }
}

#[test]
fn brackets_without_end_are_no_danger() {
    let deep = format!("{}x", "-(".repeat(100_000));
    assert_eq!(parse(&deep, LastWord::Whole).0.clauses().len(), 0);
    assert_eq!(parse(&deep, LastWord::Whole).0.understood().len(), 1);
}

#[test]
fn the_last_word_is_a_prefix_while_it_is_typed() {
    for (source, expected) in [
        ("tort", "prefix:tort*"),
        ("tort ", "word:tort"),
        ("tort,", "word:tort"),
        ("droits de l'ho", "word:droits, [word:de], [word:l], prefix:ho*"),
        ("droits de l'", "word:droits, [word:de], [word:l]"),
        ("droits de", "word:droits, [prefix:de*]"),
        ("de", "[prefix:de*]"),
        ("\"droits de l'ho", "phrase:droits de l"),
        ("\"droits de l'hom", "phrase:droits de l hom*"),
        ("\"droits de ", "phrase:droits de"),
        ("\"droits de\"", "phrase:droits de"),
        ("« droits »", "phrase:droits"),
        ("2019/26", "prefix:2019 26*"),
        ("opp*", "prefix:opp*"),
    ] {
        assert_eq!(said(source, LastWord::Prefix), expected, "{source}");
    }
}

#[test]
fn what_has_no_words_says_so() {
    assert_eq!(parse("  ", LastWord::Whole).1, []);
    let complaint = Complaint { code: "query-without-words", detail: "« — »".to_owned() };
    assert_eq!(parse(" « — »", LastWord::Whole).1, [complaint]);
}

#[test]
fn an_endless_query_is_cut_and_says_so() {
    let (query, complaints) = parse(&"mot ".repeat(10_000), LastWord::Prefix);
    assert_eq!(query.clauses().len(), MOST_TERMS);
    assert_eq!(complaints[0].code, "query-too-long");
    let many = "mot ".repeat(256);
    for end in [
        "\"a b",
        "x NOT y",
        "(a b",
        "a) b",
        "sujet:x",
        "date:hier",
        "re:[",
        "\"a b\"~500",
        "a near:5",
        "a OR",
        "in:x",
        "x \"b",
        "OR a",
    ] {
        let complaints = parse(&format!("{many}{end}"), LastWord::Whole).1;
        let codes: Vec<&str> = complaints.iter().map(|complaint| complaint.code).collect();
        assert_eq!(codes, ["query-too-long"], "{end}");
    }
}

proptest! {
    #![proptest_config(proptest::test_runner::Config {
        failure_persistence: None, cases: 10_000, ..Default::default()
    })]

    #[test]
    fn any_text_is_a_query(
        source in "(\\PC|[\"«»“”„'’*()=:~ \u{a0}-]|de|l'| OR |-\\(|near:[0-9]|~[0-9]|fuzzy:|date:|title:|author:|20){0,20}",
    ) {
        for last_word in [LastWord::Whole, LastWord::Prefix] {
            let (query, complaints) = parse(&source, last_word);
            let is_nothing = query.is_empty() && !source.trim().is_empty();
            // A field whose value is still being typed asks for nothing yet, and neither does a first letter.
            let ends_in_a_letter = source.ends_with(char::is_alphabetic);
            let may_be_awaited = last_word == LastWord::Prefix && (source.contains(':') || ends_in_a_letter);
            prop_assert!(!is_nothing || !complaints.is_empty() || may_be_awaited);
            for clause in query.clauses() {
                let open = clause.terms.iter().position(|term| term.prefix);
                let may_be_anywhere = matches!(clause.shape, Shape::Near(_));
                prop_assert!(open.is_none_or(|at| may_be_anywhere || at + 1 == clause.terms.len()));
                prop_assert!(!clause.terms.is_empty());
            }
        }
    }
}

proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

    #[test]
    fn the_words_of_a_query_are_in_it(source in crate::search::query::samples::queries()) {
        let query = parse(&source, LastWord::Whole).0;
        for part in query.understood() {
            prop_assert!(source.contains(&part.text), "{} in {}", part.text, source);
        }
    }
}

#[test]
fn an_acronym_is_no_name_whose_spellings_are_searched() {
    let mut query = parse("OSCE Tokaïev NAZARBAIEV osce", LastWord::Whole).0;
    let names: Vec<&str> = query.names_mut().into_iter().map(|term| term.folded.as_str()).collect();
    assert_eq!(names, ["tokaiev", "nazarbaiev", "osce"]);
}
