//! Words of other scripts than the Latin one, as a text has them and as people type them.

use lutrin::document::{BlockKind, Document, DocumentBuilder};
use lutrin::search::{LastWord, find, parse};
use lutrin::text::Language;

fn document(text: &str, language: &str) -> Document {
    let mut builder = DocumentBuilder::new();
    builder.start(BlockKind::Paragraph, 0);
    builder.push(text, None);
    let mut document = builder.finish(None);
    document.language = Language::new(language);
    document
}

fn found(query: &str, text: &str, language: &str) -> String {
    let document = document(text, language);
    let found = find(&parse(query, LastWord::Whole).0, &document);
    found.into_iter().map(|range| document.slice(range)).collect::<Vec<_>>().join("|")
}

#[test]
fn scripts_without_spaces_are_found_wherever_a_word_begins() {
    for (query, text, language, expected) in [
        ("议会", "欧洲议会呼吁哈萨克斯坦", "zh", "议会"),
        ("\"欧洲议会\"", "欧洲议会呼吁", "zh", "欧洲议会"),
        ("议欧", "欧洲议会呼吁", "zh", ""),
        ("人権", "世界人権宣言は", "ja", "人権"),
        ("カザフスタン", "カザフスタンの人権", "ja", "カザフスタン"),
        ("ｽﾀﾝ", "カザフスタン", "ja", "スタン"),
        ("สิทธิ", "ปฏิญญาสากลว่าด้วยสิทธิมนุษยชน", "th", "สิทธิ"),
        ("สิทธิมนุษยชน", "ปฏิญญาสากลว่าด้วยสิทธิมนุษยชน", "th", "สิทธิมนุษยชน"),
        ("សិទ្ធិ", "សេចក្ដីប្រកាសជាសកលស្ដីពីសិទ្ធិមនុស្ស", "km", "សិទ្ធិ"),
        ("ສິດ", "ປະກາດສາກົນວ່າດ້ວຍສິດທິມະນຸດ", "lo", "ສິດ"),
    ] {
        assert_eq!(found(query, text, language), expected, "{query} in {text}");
    }
}

#[test]
fn arabic_and_hebrew_are_found_with_and_without_their_points() {
    for (query, text, language, expected) in [
        ("محمد", "قال مُحَمَّد اليوم", "ar", "مُحَمَّد"),
        ("مُحَمَّد", "قال محمد اليوم", "ar", "محمد"),
        ("احمد", "قال أحمد اليوم", "ar", "أحمد"),
        ("قران", "القُرْآن قرآن", "ar", "قرآن"),
        ("كازاخستان", "كازاخــستان", "ar", "كازاخــستان"),
        ("שלום", "שָׁלוֹם עליכם", "he", "שָׁלוֹם"),
        ("שָׁלוֹם", "שלום עליכם", "he", "שלום"),
    ] {
        assert_eq!(found(query, text, language), expected, "{query} in {text}");
    }
}

#[test]
fn greek_is_found_with_one_accent_with_many_and_with_none() {
    for (query, text) in [
        ("ἄνθρωπος", "άνθρωπος"),
        ("άνθρωπος", "ἄνθρωπος"),
        ("ανθρωπος", "Ἄνθρωπος"),
        ("ΑΝΘΡΩΠΟΣ", "άνθρωπος"),
        ("ᾠδή", "ωδή"),
        ("αθηνα", "Ἀθῆναι Ἀθῆνα"),
    ] {
        assert!(!found(query, text, "el").is_empty(), "{query} in {text}");
    }
}

#[test]
fn cyrillic_is_found_whatever_its_case_its_stress_marks_and_its_io() {
    for (query, text, language) in [
        ("токаев", "ТОКАЕВ", "ru"),
        ("артем", "Артём", "ru"),
        ("артём", "Артем", "ru"),
        ("замок", "за́мок", "ru"),
        ("қазақстан", "ҚАЗАҚСТАН", "kk"),
        ("украiна", "Україна", "uk"),
    ] {
        let expected = query != "украiна";
        assert_eq!(!found(query, text, language).is_empty(), expected, "{query} in {text}");
    }
}

#[test]
fn scripts_of_india_and_persian_keep_their_joiners() {
    assert_eq!(found("मानव", "सार्वभौम मानव अधिकार", "hi"), "मानव");
    assert_eq!(found("می‌شود", "گفته می‌شود که", "fa"), "می‌شود");
    assert_eq!(found("인권", "세계 인권 선언", "ko"), "인권");
}
