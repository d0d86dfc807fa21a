//! How far apart two readings are, and how far two of one name may be. It compares sounds, never spellings.

use super::sounds::{Reading, TS, family, is_vowel};

/// More than any limit.
const FAR: u8 = 4;

/// The most sounds compared; a name has fewer.
const MOST: usize = 64;

/// Whether two readings can be one name: the same consonants, and at most two steps apart, fewer for short names, where
/// every vowel counts.
pub(super) fn close(a: &Reading, b: &Reading) -> bool {
    if a.sounds == b.sounds {
        return true;
    }
    if !same_class(&a.sounds, &b.sounds) || !same_ending(&a.sounds, &b.sounds) {
        return false;
    }
    if a.unvowelled && b.unvowelled {
        // Two words of one script without short vowels: all their sounds are written (محمد, محمود).
        return false;
    }
    let length = if a.unvowelled || b.unvowelled { 2 * a.consonants() } else { a.sounds.len().min(b.sounds.len()) };
    let limit = match length {
        0..=4 => 0,
        5..=6 => 1,
        _ => 2,
    };
    distance(a, b) <= limit
}

fn same_class(a: &[u8], b: &[u8]) -> bool {
    let consonants = |sounds: &[u8]| -> [u8; MOST] {
        let mut found = [0; MOST];
        let only = sounds.iter().copied().filter(|&sound| !is_vowel(sound));
        for (place, sound) in found.iter_mut().zip(only) {
            *place = family(sound);
        }
        found
    };
    consonants(a) == consonants(b)
}

/// A last vowel is a gender, a case or a place (Ivanov, Ivanova, Ivanovo): both have it or neither. A last e may
/// have changed places (minister, ministre); that it is not just one more is for [`lost`] to say.
fn same_ending(a: &[u8], b: &[u8]) -> bool {
    let last = |sounds: &[u8]| sounds.last().copied().filter(|&sound| is_vowel(sound));
    match (last(a), last(b)) {
        (None, None | Some(b'e')) | (Some(b'e'), None) => true,
        (Some(a), Some(b)) => a == b || near(a, b) && a != b'i' && b != b'i',
        _ => false,
    }
}

/// Vowels that romanisations of one name exchange.
fn near(a: u8, b: u8) -> bool {
    matches!((a.min(b), a.max(b)), (b'a', b'e' | b'o') | (b'e', b'i') | (b'o', b'u'))
}

/// The weighted distance of sounds.
fn distance(a: &Reading, b: &Reading) -> u8 {
    let (x, y) = (&a.sounds[..a.sounds.len().min(MOST)], &b.sounds[..b.sounds.len().min(MOST)]);
    let (free_x, free_y) = (b.unvowelled && !a.unvowelled, a.unvowelled && !b.unvowelled);
    let mut rows = [[0_u8; MOST + 1]; 3];
    for j in 0..y.len() {
        rows[1][j + 1] = rows[1][j].saturating_add(lost(y, j, free_y));
    }
    for i in 0..x.len() {
        let [before, above, row] = &mut rows;
        row[0] = above[0].saturating_add(lost(x, i, free_x));
        for j in 0..y.len() {
            let mut least = above[j].saturating_add(changed(&x[i..], &y[j..], i.min(j)));
            least = least.min(above[j + 1].saturating_add(lost(x, i, free_x)));
            least = least.min(row[j].saturating_add(lost(y, j, free_y)));
            if i > 0 && j > 0 && x[i] == y[j - 1] && x[i - 1] == y[j] && exchanged(x[i], y[j]) {
                least = least.min(before[j - 1].saturating_add(1));
            }
            row[j + 1] = least;
        }
        rows.rotate_left(1);
    }
    rows[1][y.len()]
}

/// Neighbours that change places at once (ministre, minister).
fn exchanged(a: u8, b: u8) -> bool {
    matches!((a.min(b), a.max(b)), (b'e', b'l' | b'r'))
}

/// The cost of a sound that one side lacks. Between consonants i and e are optional (Dmitri, Dimitri); next to a vowel
/// they are pronounced (Carter, Cartier), and so is a final e. `free`: short vowels, compared with a script that does
/// not write them.
fn lost(sounds: &[u8], at: usize, free: bool) -> u8 {
    let vowel = |at: Option<usize>| at.and_then(|at| sounds.get(at)).is_some_and(|&sound| is_vowel(sound));
    match sounds[at] {
        sound if !is_vowel(sound) => FAR,
        _ if free => 0,
        _ if at == 0 => 2,
        b'i' | b'e' if at + 1 == sounds.len() => 3,
        b'i' | b'e' if !vowel(at.checked_sub(1)) && !vowel(Some(at + 1)) => 1,
        _ => 2,
    }
}

/// The cost of a difference between the next sounds. Russian ё makes -ev and -ov one ending; a and o are equivalent
/// only in long names, and an initial vowel is pronounced.
fn changed(x: &[u8], y: &[u8], at: usize) -> u8 {
    let (a, b) = (x[0], y[0]);
    if a == b {
        0
    } else if is_vowel(a) && is_vowel(b) {
        match (a.min(b), a.max(b)) {
            (b'e', b'o') if x[1..] == [b'v'] && y[1..] == [b'v'] => 1,
            (b'a', b'o') => 2,
            (b'a', b'e') if at == 0 => 2,
            _ if near(a, b) => 1,
            _ => 3,
        }
    } else if family(a) == family(b) {
        // ts is z and z is s in German, but ts is never s.
        if at == 0 || (a.min(b), a.max(b)) == (TS, b's') { 2 } else { 1 }
    } else {
        FAR
    }
}
