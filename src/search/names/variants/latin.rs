//! Latin spellings as sounds, one reading for each convention a spelling could follow: the French press (Khrouchtchev),
//! English as BGN/PCGN (Khrushchev), German (Chruschtschow, after Duden), and native or scholarly Latin (Hruščëv, ISO 9 and
//! ISO/R 9; Serbian, Turkish, Azeri, Uzbek alphabets). A convention is tried only where the letters leave a choice. Accents
//! are not read, except the native ones (š, č, ž, ş, ç, ć, đ, ğ, ə) when the word still has them.

use unicode_normalization::UnicodeNormalization;

use crate::text::fold::fold_word;

use super::sounds::{Reading, SH, SHTCH, Sounds, TCH, TS, ZH, is_vowel};

/// How the letters are read that conventions read differently.
#[derive(Clone, Copy)]
struct Convention {
    ch: u8,
    sch: u8,
    /// [`ZH`], or i where it is a glide.
    j: u8,
    z: u8,
    w: u8,
    /// [`TS`] or [`ZH`] where it is always that; k where it depends on the next letter.
    c: u8,
    q: u8,
    /// x is kh, not ks.
    x_is_kh: bool,
    /// A single s before a vowel is z.
    soft_s: bool,
}

const ENGLISH: Convention =
    Convention { ch: TCH, sch: SH, j: ZH, z: b'z', w: b'v', c: b'k', q: b'k', x_is_kh: false, soft_s: false };
const FRENCH: Convention = Convention { ch: SH, ..ENGLISH };
const ARABIC: Convention = Convention { w: b'u', q: b'g', ..ENGLISH };
const GERMAN: Convention = Convention { ch: b'h', j: b'i', z: TS, soft_s: true, ..ENGLISH };
const GERMAN_ZH: Convention = Convention { sch: ZH, ..GERMAN };
/// Askhat is Aschat: s and kh meet.
const GERMAN_SKH: Convention = Convention { sch: b's', ..GERMAN };
const NATIVE: Convention = Convention { j: b'i', c: TS, x_is_kh: true, ..ENGLISH };
const AZERI: Convention = Convention { j: ZH, c: ZH, q: b'g', ..NATIVE };

/// What may be tried besides English.
const OTHERS: [Convention; 6] = [FRENCH, GERMAN, GERMAN_ZH, GERMAN_SKH, ARABIC, NATIVE];

/// The readings of a word, the usual one first. `folded` is the word folded.
pub(super) fn read(word: &str, folded: &str) -> Vec<Reading> {
    let plain;
    let letters = if folded.is_ascii() {
        folded
    } else if folded.contains('ə') {
        plain = folded.replace('ə', "a");
        &plain
    } else {
        plain = folded.chars().filter(|c| !super::is_sign(*c)).collect();
        &plain
    };
    if !letters.is_ascii() {
        return Vec::new();
    }
    let letters = letters.as_bytes();
    let mut readings = vec![sounds(letters, ENGLISH)];
    let mut add = |letters: &[u8], convention| {
        let reading = sounds(letters, convention);
        if !readings.contains(&reading) {
            readings.push(reading);
        }
    };
    for (convention, _) in OTHERS.into_iter().zip(choices(letters)).filter(|(_, tried)| *tried) {
        add(letters, convention);
    }
    if !word.is_ascii()
        && let Some(native) = native(word)
    {
        add(native.as_bytes(), if folded.contains('ə') { AZERI } else { NATIVE });
    }
    readings
}

/// The word with its native letters as sounds; none when it has no such letter.
fn native(word: &str) -> Option<String> {
    let mut native = String::with_capacity(word.len());
    let mut any = false;
    for c in word.nfc() {
        let sound = match c {
            'š' | 'Š' | 'ş' | 'Ş' | 'ș' | 'Ș' => SH,
            'č' | 'Č' | 'ć' | 'Ć' | 'ç' | 'Ç' => TCH,
            'ž' | 'Ž' | 'ż' | 'Ż' | 'đ' | 'Đ' => ZH,
            'ğ' | 'Ğ' => b'g',
            'ə' | 'Ə' => b'a',
            _ => {
                native.push_str(&fold_word(c.encode_utf8(&mut [0; 4])));
                continue;
            }
        };
        native.push(char::from(sound));
        any = true;
    }
    (any && native.is_ascii()).then_some(native)
}

/// Which of the [`OTHERS`] differ from English in some letter of a word.
fn choices(letters: &[u8]) -> [bool; OTHERS.len()] {
    let [mut french, mut german, mut sch, _, mut arabic, mut native] = [false; OTHERS.len()];
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| letters[before]);
        let next = letters.get(at + 1).copied();
        match (letter, before, next) {
            (b'c', Some(b's'), Some(b'h')) => sch = true,
            (b'c', Some(b't'), Some(b'h')) | (b'c', _, Some(b'k')) => {}
            (b'c', _, Some(b'h')) => (french, german) = (true, true),
            (b'c' | b'x', ..) => native = true,
            (b'q', ..) => arabic = true,
            (b'j', ..) => (german, native) = (true, true),
            (b'w', ..) => {
                german = true;
                // A last w is German v (Lawrow).
                arabic |= next.is_some();
            }
            _ => {}
        }
    }
    [french, german || sch, sch, sch, arabic, native]
}

fn sounds(letters: &[u8], convention: Convention) -> Reading {
    let mut sounds = Sounds::with_capacity(letters.len());
    let mut at = 0;
    while at < letters.len() {
        at += step(letters, at, convention, &mut sounds);
    }
    sounds.finish(false)
}

fn letter_is_vowel(letter: Option<&u8>) -> bool {
    letter.is_some_and(|&letter| is_vowel(letter) || letter == b'y')
}

/// « Poutine », « Marouane », « Alexandre »: the final e is silent.
fn last_e_is_silent(before: &[u8]) -> bool {
    match before {
        [_, .., vowel, b'n'] => letter_is_vowel(Some(vowel)),
        [_, .., b'b' | b'd' | b'p' | b't' | b'v', b'r'] => true,
        _ => false,
    }
}

/// Reads the sounds at a position; returns the number of letters they take.
fn step(letters: &[u8], at: usize, convention: Convention, sounds: &mut Sounds) -> usize {
    let rest = &letters[at..];
    let (sound, length) = match rest {
        [b's', b'c', b'h', b't', b's', b'c', b'h', ..] => (SHTCH, 7),
        [b'c', b'h', b't', b'c', b'h', ..] | [b's', b't', b's', b'c', b'h', ..] => (SHTCH, 5),
        [b's', b'h', b'c', b'h', ..] => (SHTCH, 4),
        [b't', b's', b'c', b'h', ..] => (TCH, 4),
        [b'd', b's', b'c', b'h', ..] => (ZH, 4),
        [b's', b'c', b'h', ..] if convention.sch == b's' => (b's', 1),
        [b's', b'c', b'h', ..] => (convention.sch, 3),
        [b't', b'c' | b's', b'h', ..] => (TCH, 3),
        [b'd', b'z', b'h', ..] => (ZH, 3),
        [b'd', b'j', ..] if !convention.soft_s => (ZH, 2),
        [b'z', b'h', ..] => (ZH, 2),
        [b't', b'z', next @ ..] if next.first() != Some(&b'h') => (TS, 2),
        [b'k', b'h', ..] => (b'h', 2),
        [b'c', b'h', b'r', ..] if convention.ch != b'h' => (b'k', 2),
        [b'c', b'h', ..] => (convention.ch, 2),
        [b'c', b'k', ..] | [b'q', b'u', b'e' | b'i', ..] => (b'k', 2),
        [b's', b'h', ..] => (SH, 2),
        [b'p', b'h', ..] => (b'f', 2),
        [first @ (b'g' | b'd' | b't'), b'h', ..] => (*first, 2),
        [b'g', b'u', b'e' | b'i', ..] => (b'g', 2),
        [b'o', b'u' | b'o', ..] => (b'u', 2),
        [b'h'] if sounds.last().is_some_and(is_vowel) => return 1,
        [b'e'] if last_e_is_silent(&letters[..at]) => return 1,
        [b'i', b'c'] if convention.c == TS => {
            sounds.push(b'i');
            (TCH, 2)
        }
        [b'x', ..] if !convention.x_is_kh => {
            sounds.push(b'k');
            (b's', 1)
        }
        [b'x', ..] => (b'h', 1),
        [b'c', b'e' | b'i' | b'y', ..] if convention.c == b'k' => (b's', 1),
        [b's', next, ..] if convention.soft_s && letter_is_vowel(Some(next)) && sounds.last().is_none_or(is_vowel) => {
            (b'z', 1)
        }
        [b's', b's', ..] => (b's', 2),
        [b'c', ..] => (convention.c, 1),
        [b'j', ..] => (convention.j, 1),
        [b'z', ..] => (convention.z, 1),
        [b'w', ..] => (convention.w, 1),
        [b'q', ..] => (convention.q, 1),
        [b'y', ..] => (b'i', 1),
        [letter, ..] if letter.is_ascii_alphabetic() => (*letter, 1),
        _ => return 1,
    };
    sounds.push(sound);
    length
}
