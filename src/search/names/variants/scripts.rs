//! Cyrillic and Arabic letters as sounds, from folded words (ё is е, й is и). The Cyrillic values are those on which
//! BGN/PCGN (Russian 1947, Kazakh 1979, Ukrainian 2019) and ISO 9 agree; letters of Russian, Ukrainian, Belarusian, Serbian
//! and the Turkic and Tajik alphabets are known. The Arabic ones follow BGN/PCGN 1956 for Arabic and 1958 for Persian; short
//! vowels are not written, so they are not guessed.

use super::sounds::{Reading, SH, SHTCH, Sounds, TCH, TS, ZH};

/// The readings of a Cyrillic word: г is g, and h in Ukrainian (Шмигаль) and where Russian writes a foreign h (Гусейн).
pub(super) fn cyrillic(word: &str) -> Vec<Reading> {
    let mut readings = Vec::with_capacity(2);
    readings.extend(read_cyrillic(word, b'g'));
    if word.contains('г') {
        readings.extend(read_cyrillic(word, b'h'));
    }
    readings
}

fn read_cyrillic(word: &str, ghe: u8) -> Option<Reading> {
    let mut sounds = Sounds::with_capacity(word.len() / 2);
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            'г' => sounds.push(ghe),
            'ь' if matches!(letters.peek(), Some('е' | 'о')) => sounds.push(b'i'),
            'ь' | 'ъ' | '\'' | '-' | '`' | '\u{2B9}'..='\u{2BF}' => {}
            'ю' => both(&mut sounds, b'u'),
            'я' => both(&mut sounds, b'a'),
            'є' => both(&mut sounds, b'e'),
            _ => sounds.push(cyrillic_letter(letter)?),
        }
    }
    Some(sounds.finish(false))
}

/// A vowel that begins with y.
fn both(sounds: &mut Sounds, vowel: u8) {
    sounds.push(b'i');
    sounds.push(vowel);
}

fn cyrillic_letter(letter: char) -> Option<u8> {
    Some(match letter {
        'а' | 'ә' => b'a',
        'б' => b'b',
        'в' => b'v',
        'ғ' | 'ґ' | 'ҝ' => b'g',
        'д' => b'd',
        'е' | 'э' => b'e',
        'ж' | 'ҷ' | 'ҹ' | 'ђ' | 'џ' => ZH,
        'з' | 'ѕ' => b'z',
        'и' | 'ы' | 'і' | 'ј' => b'i',
        'к' | 'қ' => b'k',
        'л' | 'љ' => b'l',
        'м' => b'm',
        'н' | 'ң' | 'њ' => b'n',
        'о' | 'ө' => b'o',
        'п' => b'p',
        'р' => b'r',
        'с' => b's',
        'т' => b't',
        'у' | 'ұ' | 'ү' => b'u',
        'ф' => b'f',
        'х' | 'ҳ' | 'һ' => b'h',
        'ц' => TS,
        'ч' | 'ћ' => TCH,
        'ш' => SH,
        'щ' => SHTCH,
        _ => return None,
    })
}

/// The readings of a word in Arabic script: as written, and without the article that is written on (الأسد, Assad). Two
/// letters are also read as dialects and Persian read them: ق as g (Gaddafi), ث as s (Osman).
pub(super) fn arabic(word: &str) -> Vec<Reading> {
    let mut readings = Vec::with_capacity(2);
    for word in word.strip_prefix("ال").into_iter().chain([word]) {
        readings.extend(read_arabic(word, b'k', b't'));
        if word.contains(['ق', 'ث']) {
            readings.extend(read_arabic(word, b'g', b's'));
        }
    }
    readings
}

fn read_arabic(word: &str, qaf: u8, tha: u8) -> Option<Reading> {
    let mut sounds = Sounds::with_capacity(word.len() / 2);
    let mut letters = word.chars().enumerate().peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            // A first alef only carries a vowel, any of them; that of an article inside a name is said as u, a or e.
            'ا' if at == 0 || at == 3 && word.starts_with("عبدال") => {}
            'ه' if letters.peek().is_none() => sounds.push(b'a'),
            'ق' => sounds.push(qaf),
            'ث' => sounds.push(tha),
            'ع' | 'ء' | '-' | '\'' => {}
            _ => sounds.push(arabic_letter(letter)?),
        }
    }
    Some(sounds.finish(true))
}

fn arabic_letter(letter: char) -> Option<u8> {
    Some(match letter {
        'ا' | 'ى' | 'ة' => b'a',
        'و' => b'u',
        'ي' | 'ی' => b'i',
        'ب' => b'b',
        'پ' => b'p',
        'ت' | 'ط' => b't',
        'ج' | 'ژ' => ZH,
        'چ' => TCH,
        'ح' | 'خ' | 'ه' => b'h',
        'د' | 'ذ' | 'ض' => b'd',
        'ر' => b'r',
        'ز' | 'ظ' => b'z',
        'س' | 'ص' => b's',
        'ش' => SH,
        'غ' | 'گ' => b'g',
        'ف' => b'f',
        'ك' | 'ک' => b'k',
        'ل' => b'l',
        'م' => b'm',
        'ن' => b'n',
        _ => return None,
    })
}
