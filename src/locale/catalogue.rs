//! The catalogue: message ids become sentences of one language. A missing sentence is shown as its id in angle brackets,
//! never as a panic; a test looks for such ids. It sanitises nothing.

use std::fmt;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use super::{Argument, Message, UiLanguage};
use crate::document::{PartKind, Section, section_around};

/// The sentences of one language; it can be shared between threads.
pub struct Catalogue {
    ui_language: UiLanguage,
    bundle: FluentBundle<FluentResource>,
}

impl Catalogue {
    /// The sentences of a language, compiled in.
    pub fn new(ui_language: UiLanguage) -> Self {
        let mut bundle =
            FluentBundle::new_concurrent(vec![ui_language.tag().parse().expect("`en` and `fr` are language tags")]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match ui_language {
            UiLanguage::English => english_number,
            UiLanguage::French => french_number,
        }));
        // What a damaged file still holds is used: the tests see to it that nothing is damaged or said twice.
        let resource = FluentResource::try_new(source(ui_language).to_owned()).unwrap_or_else(|(rest, _)| rest);
        bundle.add_resource_overriding(resource);
        Self { ui_language, bundle }
    }

    /// The language it speaks.
    pub fn ui_language(&self) -> UiLanguage {
        self.ui_language
    }

    /// A sentence with its arguments in place.
    pub fn say(&self, message: &Message) -> String {
        let mut arguments = FluentArgs::new();
        for (name, argument) in &message.arguments {
            arguments.set(*name, self.value(argument));
        }
        self.phrase(&message.id, &arguments).unwrap_or_else(|| format!("<{}>", message.id))
    }

    /// The short form of a sentence for a narrow window; the sentence itself where there is none.
    pub fn say_short(&self, message: &Message) -> String {
        let short = Message { id: format!("{}.short", message.id), arguments: message.arguments.clone() };
        self.say(if self.has(&short.id) { &short } else { message })
    }

    /// A sentence without arguments; `id.short` asks for the short form that some have.
    pub fn text(&self, id: impl AsRef<str>) -> String {
        let id = id.as_ref();
        self.phrase(id, &FluentArgs::new()).unwrap_or_else(|| format!("<{id}>"))
    }

    /// The short form of a sentence without arguments; the sentence itself where there is none.
    pub fn short(&self, id: impl AsRef<str>) -> String {
        let id = id.as_ref();
        self.phrase(&format!("{id}.short"), &FluentArgs::new()).unwrap_or_else(|| self.text(id))
    }

    /// Whether there is a sentence of that id.
    pub fn has(&self, id: &str) -> bool {
        self.phrase(id, &FluentArgs::new()).is_some()
    }

    /// A number in groups of three: `3,056`, « 3 056 ».
    pub fn number(&self, number: u64) -> String {
        grouped(number, separator(self.ui_language))
    }

    /// A place as a lawyer says it: « considérant C », « réponse à la question 3 », « § 12 ».
    pub fn place(&self, kind: PartKind, label: Option<&str>) -> String {
        self.place_in_form(kind, label, "")
    }

    /// A place for a narrow window: « cons. C ».
    pub fn place_short(&self, kind: PartKind, label: Option<&str>) -> String {
        self.place_in_form(kind, label, ".short")
    }

    /// The name of a section: for a heading its text, for a paragraph or point also the enclosing one: « § 12, a) ».
    pub fn section(&self, sections: &[Section], at: usize) -> String {
        self.section_in_form(sections, at, "")
    }

    /// How a section is called in a narrow window.
    pub fn section_short(&self, sections: &[Section], at: usize) -> String {
        self.section_in_form(sections, at, ".short")
    }

    fn section_in_form(&self, sections: &[Section], at: usize, form: &str) -> String {
        let Some(section) = sections.get(at) else { return String::new() };
        let label = section.label.as_deref();
        let around = section_around(sections, at, &[PartKind::Article, PartKind::Paragraph]);
        let whole = around.filter(|_| section.kind == PartKind::Paragraph).map(|whole| &sections[whole]);
        match (section.kind, whole, label) {
            (PartKind::Heading, ..) => section.title.clone(),
            (kind, Some(whole), Some(label)) => {
                let id = if whole.kind == kind { "place-point" } else { "place-in-article" };
                let whole = self.place_in_form(whole.kind, whole.label.as_deref(), form);
                self.say(&Message::new(format!("{id}{form}")).with("whole", whole).with("label", label))
            }
            (kind, ..) => self.place_in_form(kind, label, form),
        }
    }

    /// The name of a language by its BCP 47 tag; the tag itself for one we have no name for.
    pub fn language(&self, tag: &str) -> String {
        let primary = tag.split('-').next().unwrap_or(tag).to_ascii_lowercase();
        self.phrase(&format!("language-{primary}"), &FluentArgs::new()).unwrap_or_else(|| tag.to_owned())
    }

    /// The name of a country by its ISO 3166 code; the code itself for one we have no name for.
    pub fn country(&self, code: &str) -> String {
        let id = format!("country-{}", code.to_ascii_lowercase());
        self.phrase(&id, &FluentArgs::new()).unwrap_or_else(|| code.to_owned())
    }

    fn place_in_form(&self, kind: PartKind, label: Option<&str>, form: &str) -> String {
        let is_number = label.is_some_and(|label| label.bytes().all(|byte| byte.is_ascii_digit()));
        let id = match kind {
            PartKind::Speech if is_number => "place-speech-number".to_owned(),
            kind => format!("place-{}", kind.name()),
        };
        match label {
            Some(label) => self.say(&Message::new(id + form).with("label", label)),
            None => self.text(id + ".bare"),
        }
    }

    fn value(&self, argument: &Argument) -> FluentValue<'_> {
        match argument {
            Argument::Text(text) => FluentValue::from(text.clone()),
            Argument::Number(number) => FluentValue::from(*number),
            Argument::Message(message) => FluentValue::from(self.say(message)),
        }
    }

    fn phrase(&self, id: &str, arguments: &FluentArgs<'_>) -> Option<String> {
        let (id, form) = id.split_once('.').map_or((id, None), |(id, form)| (id, Some(form)));
        let message = self.bundle.get_message(id)?;
        let pattern = match form {
            Some(form) => message.get_attribute(form)?.value(),
            None => message.value()?,
        };
        // Its errors are missing arguments; they show as `{$name}`, and a test looks for them.
        Some(self.bundle.format_pattern(pattern, Some(arguments), &mut Vec::new()).into_owned())
    }
}

impl fmt::Debug for Catalogue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Catalogue").field("tongue", &self.ui_language).finish_non_exhaustive()
    }
}

/// The messages of a language, from `assets/locales`.
fn source(ui_language: UiLanguage) -> &'static str {
    match ui_language {
        UiLanguage::English => include_str!("../../assets/locales/en.ftl"),
        UiLanguage::French => include_str!("../../assets/locales/fr.ftl"),
    }
}

fn separator(ui_language: UiLanguage) -> char {
    match ui_language {
        UiLanguage::English => ',',
        // Not U+202F, which fewer terminal fonts have.
        UiLanguage::French => '\u{a0}',
    }
}

fn english_number<M>(value: &FluentValue<'_>, _memoizer: &M) -> Option<String> {
    formatted(value, UiLanguage::English)
}

fn french_number<M>(value: &FluentValue<'_>, _memoizer: &M) -> Option<String> {
    formatted(value, UiLanguage::French)
}

/// Whole numbers in groups; `None` leaves everything else to Fluent.
fn formatted(value: &FluentValue<'_>, ui_language: UiLanguage) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    (number.value >= 0.0 && number.value.fract() == 0.0).then(|| grouped(whole(number.value), separator(ui_language)))
}

#[expect(clippy::cast_sign_loss, reason = "only called for numbers that are not negative")]
fn whole(number: f64) -> u64 {
    number as u64
}

/// A number's digits in groups of three; one of four digits is grouped too, as both languages do in running text.
fn grouped(number: u64, separator: char) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() * 2);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(say: impl Fn(&Catalogue) -> String) -> [String; 2] {
        UiLanguage::ALL.map(|ui_language| say(&Catalogue::new(ui_language)))
    }

    #[test]
    fn a_catalogue_can_be_shared_between_threads() {
        fn shared<T: Send + Sync>(_: &T) {}
        shared(&Catalogue::new(UiLanguage::English));
    }

    #[test]
    fn both_files_are_read_whole() {
        for ui_language in UiLanguage::ALL {
            let errors = FluentResource::try_new(source(ui_language).to_owned()).err().map(|(_, errors)| errors);
            assert_eq!(errors, None, "{ui_language:?}");
        }
    }

    #[test]
    fn numbers_follow_the_language() {
        assert_eq!(both(|c| c.number(3056)), ["3,056", "3\u{a0}056"]);
        assert_eq!(both(|c| c.number(1_234_567)), ["1,234,567", "1\u{a0}234\u{a0}567"]);
        assert_eq!(both(|c| c.number(0)), ["0", "0"]);
        assert_eq!(both(|c| c.number(999)), ["999", "999"]);
    }

    #[test]
    fn plurals_follow_the_language() {
        let found = |documents: u64, matches: u64| {
            both(|c| {
                let documents = c.say(&Message::new("documents").with("documents", documents));
                documents + ", " + &c.say(&Message::new("found-in-document").with("matches", matches))
            })
        };
        assert_eq!(found(4, 19), ["4 documents, 19 matches", "4 documents, 19 occurrences"]);
        assert_eq!(found(1, 1), ["1 document, 1 match", "1 document, 1 occurrence"]);
        assert_eq!(found(0, 0), ["0 documents, 0 matches", "0 document, 0 occurrence"]);
    }

    #[test]
    fn no_invisible_mark_is_put_around_an_argument() {
        let said = both(|c| c.say(&Message::new("search-next-document").with("title", "Résolution")));
        assert_eq!(said, ["Next document: Résolution", "Document suivant\u{a0}: Résolution"]);
    }

    #[test]
    fn an_argument_may_be_a_message() {
        let message = Message::new("sort-is").with("sort", Message::new("sort-date"));
        assert_eq!(both(|c| c.say(&message)), ["Sorted by date.", "Tri par date."]);
    }

    #[test]
    fn what_is_not_in_the_catalogue_is_shown_by_its_id() {
        assert_eq!(both(|c| c.text("no-such-id")), ["<no-such-id>", "<no-such-id>"]);
        assert_eq!(both(|c| c.say_short(&Message::new("no-such-id"))), ["<no-such-id>", "<no-such-id>"]);
    }

    #[test]
    fn places_are_said_as_a_lawyer_says_them() {
        for (kind, label, english, french, short) in [
            (PartKind::Recital, Some("C"), "recital C", "considérant C", "cons. C"),
            (PartKind::Paragraph, Some("12"), "§ 12", "§ 12", "§ 12"),
            (PartKind::Question, Some("3"), "question 3", "question 3", "q. 3"),
            (PartKind::Answer, Some("3"), "answer to question 3", "réponse à la question 3", "rép. 3"),
            (PartKind::Answer, None, "answer", "réponse", "réponse"),
            (PartKind::Article, Some("174"), "article 174", "article 174", "art. 174"),
            (PartKind::Note, Some("4"), "note 4", "note 4", "n. 4"),
            (PartKind::Citation, Some("3"), "citation 3", "visa 3", "visa 3"),
            (PartKind::Speech, Some("Mme Aubry"), "speech of Mme Aubry", "intervention\u{a0}: Mme Aubry", "Mme Aubry"),
            (PartKind::Speech, Some("12"), "speech 12", "intervention 12", "int. 12"),
            (PartKind::KeyData, None, "key data", "fiche", "fiche"),
        ] {
            assert_eq!(both(|c| c.place(kind, label)), [english, french]);
            assert_eq!(Catalogue::new(UiLanguage::French).place_short(kind, label), short);
        }
    }

    #[test]
    fn a_paragraph_is_said_with_what_it_stands_in() {
        let section = |kind, label: &str, level, from, to| Section {
            kind,
            label: Some(label.to_owned()),
            title: String::new(),
            level,
            range: crate::text::offset::range(from, to),
            language: None,
        };
        let sections = [
            section(PartKind::Article, "6", 2, 0, 10),
            section(PartKind::Paragraph, "1", 3, 0, 5),
            section(PartKind::Paragraph, "12", 2, 10, 20),
            section(PartKind::Paragraph, "a", 3, 15, 20),
        ];
        let said: Vec<[String; 2]> = (0..4).map(|at| both(|c| c.section(&sections, at))).collect();
        assert_eq!(
            said,
            [
                ["article 6", "article 6"],
                ["article 6, § 1", "article 6, § 1"],
                ["§ 12", "§ 12"],
                ["§ 12, a)", "§ 12, a)"]
            ]
        );
        assert_eq!(Catalogue::new(UiLanguage::French).section_short(&sections, 1), "art. 6, § 1");
    }

    #[test]
    fn languages_have_names_and_unknown_ones_keep_their_tag() {
        assert_eq!(both(|c| c.language("fr-BE")), ["French", "français"]);
        assert_eq!(both(|c| c.language("tlh")), ["tlh", "tlh"]);
    }

    #[test]
    fn a_short_form_is_used_where_there_is_one() {
        assert_eq!(both(|c| c.short("genre-ministerial-reply")), ["Reply", "Réponse"]);
        assert_eq!(both(|c| c.short("genre-letter")), ["Letter", "Lettre"]);
    }
}
