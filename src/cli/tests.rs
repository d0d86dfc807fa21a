//! The command line from its words.

use super::*;
use crate::document::PartKind;
use crate::document::PlaceName;

fn line(words: &str) -> Result<CommandLine, String> {
    let english = Catalogue::new(UiLanguage::English);
    let words = words.split_whitespace().map(OsString::from);
    parse(words, &english).map_err(|error| english.say(error.message()))
}

fn invoked(words: &str) -> Result<Invocation, String> {
    line(words).map(|line| line.invocation)
}

fn opened(words: &str) -> (Vec<Target>, Option<String>) {
    match invoked(words) {
        Ok(Invocation::Open { targets, words, record: None }) => (targets, words),
        other => panic!("{words}: {other:?}"),
    }
}

fn whole(path: &str) -> Target {
    Target { whole: path.into(), document: path.into(), place: None }
}

#[test]
fn paths_are_opened() {
    assert_eq!(opened(""), (vec![], None));
    assert_eq!(opened("a.txt b -"), (vec![whole("a.txt"), whole("b"), whole("-")], None));
    assert_eq!(opened("+/droits a.txt"), (vec![whole("a.txt")], Some("droits".to_owned())));
    assert_eq!(opened("a.txt +/droits"), (vec![whole("a.txt")], Some("droits".to_owned())));
    assert_eq!(opened("-- --json"), (vec![whole("--json")], None));
}

#[test]
fn a_path_called_like_a_command_is_opened_when_it_is_written_as_a_path() {
    assert_eq!(opened("./list"), (vec![whole("./list")], None));
    assert_eq!(opened("a.txt list"), (vec![whole("a.txt"), whole("list")], None));
    assert_eq!(invoked("list"), Ok(Invocation::List { paths: vec![], json: false, sort: None, not_read: false }));
}

#[test]
fn a_place_stands_behind_the_document() {
    let part = |kind, label: &str| Some(PlaceName::Part(kind, Some(label.to_owned())));
    for (word, document, place) in [
        ("a.txt#recital-C", "a.txt", part(PartKind::Recital, "C")),
        ("a.txt#paragraph-12", "a.txt", part(PartKind::Paragraph, "12")),
        ("a.txt#article-174-1", "a.txt", part(PartKind::Article, "174-1")),
        ("a.txt#key-data", "a.txt", Some(PlaceName::Part(PartKind::KeyData, None))),
        ("a.txt#@123", "a.txt", Some(PlaceName::At(123))),
        ("a#b#note-4", "a#b", part(PartKind::Note, "4")),
        ("a.txt#recital-", "a.txt#recital-", None),
        ("a.txt#@12x", "a.txt#@12x", None),
        ("c#.txt", "c#.txt", None),
        ("#note-4", "#note-4", None),
    ] {
        let target = Target { whole: word.into(), document: document.into(), place };
        assert_eq!(opened(word), (vec![target], None), "{word}");
    }
}

#[test]
fn commands_are_understood_with_their_options() {
    assert_eq!(
        invoked("search torture a b --json --limit 5 --sort date --no-variants"),
        Ok(Invocation::Search {
            query: "torture".to_owned(),
            paths: vec!["a".into(), "b".into()],
            json: true,
            limit: Some(5),
            sort: Some(Sort::Date),
            variants: false,
            save: None,
        })
    );
    assert_eq!(
        invoked("show a.txt --outline --width 60"),
        Ok(Invocation::Show { target: whole("a.txt"), form: Form::Outline, width: Some(60) })
    );
    assert_eq!(
        invoked("show --json --json a.txt"),
        Ok(Invocation::Show { target: whole("a.txt"), form: Form::Json, width: None })
    );
    assert_eq!(invoked("library"), Ok(Invocation::Library(LibraryAction::List)));
    assert_eq!(
        invoked("library name x Dossier"),
        Ok(Invocation::Library(LibraryAction::Name { root: "x".into(), name: "Dossier".to_owned() }))
    );
    assert_eq!(
        invoked("library forget x y"),
        Ok(Invocation::Library(LibraryAction::Forget { roots: vec!["x".into(), "y".into()], wait: true }))
    );
    assert_eq!(invoked("completions fish"), Ok(Invocation::Completions(Shell::Fish)));
    assert_eq!(invoked("doctor"), Ok(Invocation::Doctor));
    assert_eq!(invoked("man"), Ok(Invocation::Man));
    assert_eq!(invoked("--version"), Ok(Invocation::Version));
    assert_eq!(invoked("index x"), Ok(Invocation::Index { paths: vec!["x".into()], wait: true }));
    assert_eq!(invoked("index --no-wait"), Ok(Invocation::Index { paths: Vec::new(), wait: false }));
}

#[test]
fn a_run_is_recorded_and_replayed_by_options_of_the_reader() {
    let recorded = |mask| Ok(Some(Record { path: "run.cast".into(), mask }));
    let record = |words| match invoked(words) {
        Ok(Invocation::Open { record, .. }) => Ok(record),
        Ok(other) => panic!("{words}: {other:?}"),
        Err(sentence) => Err(sentence),
    };
    assert_eq!(record("--record run.cast a.txt"), recorded(false));
    assert_eq!(record("a.txt --mask --record=run.cast"), recorded(true));
    assert_eq!(invoked("--replay run.cast"), Ok(Invocation::Replay("run.cast".into())));
    for (words, sentence) in [
        ("--mask a.txt", "--record <FILE> is missing."),
        ("--replay run.cast a.txt", "“--replay <FILE>” and “[PATH]...” do not go together."),
        ("--replay run.cast --record b", "“--replay <FILE>” and “--record <FILE>” do not go together."),
        ("--record run.cast list", "There is no option “--record” here."),
        ("--record", "“--record <FILE>” needs a value."),
    ] {
        assert_eq!(invoked(words), Err(sentence.to_owned()), "{words}");
    }
}

#[test]
fn options_stand_before_or_behind_a_command() {
    let expected = Options {
        theme: Some("light".to_owned()),
        language: Some(UiLanguage::French),
        ascii: Switch::On,
        mouse: Switch::Off,
    };
    let options = |words| line(words).map(|line| line.options);
    assert_eq!(options("--ascii --theme light --language fr --no-mouse list"), Ok(expected.clone()));
    assert_eq!(options("list --ascii --theme=light --language=fr --no-mouse"), Ok(expected.clone()));
    assert_eq!(options("a.txt --ascii --theme light --language fr --no-mouse"), Ok(expected));
    assert_eq!(options("a.txt"), Ok(Options::default()));
}

#[test]
fn what_is_wrong_is_said_in_one_sentence() {
    for (words, sentence) in [
        ("list --jsno", "There is no option “--jsno” here. Did you mean “--json”?"),
        ("doctor x", "“x” is not expected here."),
        ("search", "<QUERY> is missing."),
        ("show", "<DOCUMENT[#PLACE]> is missing."),
        ("search x --limit many", "“--limit <N>” needs a number, not “many”."),
        ("search x --limit", "“--limit <N>” needs a value."),
        ("show x --width 0", "“--width <N>” needs a number, not “0”."),
        ("search x --sort dat", "“--sort <WORD>” is one of relevance, date, title, not “dat”. Did you mean “date”?"),
        ("show x --json --outline", "“--json” and “--outline” do not go together."),
        ("library forgt x", "There is no command “forgt”. Did you mean “forget”?"),
        (
            "completions tcsh",
            "“<SHELL>” is one of bash, elvish, fish, powershell, zsh, not “tcsh”. Did you mean “zsh”?",
        ),
        ("--language", "“--language <WORD>” needs a value."),
        ("+/a +/b x", "+/WORDS can be given only once."),
        ("list --\u{1b}[2J", "There is no option “--\u{fffd}[2J” here."),
    ] {
        assert_eq!(invoked(words), Err(sentence.to_owned()), "{words}");
    }
}

#[test]
fn help_speaks_the_language_and_leaves_no_word_of_clap() {
    let french = Catalogue::new(UiLanguage::French);
    for words in ["--help", "search --help", "library --help", "library forget -h", "completions -h", "show -h"] {
        let line = parse(words.split_whitespace().map(OsString::from), &french).unwrap();
        let Invocation::Help(text) = line.invocation else { panic!("{words}") };
        for english in ["Usage:", "Commands", "Print", "possible values", "default:"] {
            assert!(!text.contains(english), "{words}: {text}");
        }
        assert!(text.contains("--help") && !text.contains("<cli-"), "{words}: {text}");
    }
}

#[test]
fn the_language_is_known_before_anything_is_understood() {
    let asked = |words: &str| language(&words.split_whitespace().map(OsString::from).collect::<Vec<_>>());
    assert_eq!(asked("list --bogus --language fr"), Some(UiLanguage::French));
    assert_eq!(asked("--language=en"), Some(UiLanguage::English));
    assert_eq!(asked("--language"), None);
    assert_eq!(asked("-- --language fr"), None);
}

#[test]
fn completions_and_the_manual_name_every_command() {
    let english = Catalogue::new(UiLanguage::English);
    let page = man(&english);
    for name in ["index", "list", "search", "show", "library", "doctor", "completions"] {
        assert!(page.contains(&format!("lutrin {name}")), "{name}: {page}");
        for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
            assert!(completions(shell, &english).contains(name), "{shell} {name}");
        }
    }
    assert!(page.contains(&english.text("command-line-down")));
    assert!(!page.contains("<cli-"), "{page}");
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config { failure_persistence: None, cases: 64, ..Default::default() })]
    #[test]
    fn no_words_are_too_odd_to_be_understood_or_refused(
        words in "((list|show|search|library|forget|--json|--limit|--width|-|--|\\+/|#note-|--theme=|é|\u{1b}|[0-9-]) ?){0,8}",
    ) {
        let _ = line(&words);
    }
}
