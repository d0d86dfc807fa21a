//! Canonical romanisations: a name as sounds, one ASCII letter each. Capitals are sounds the alphabet has no letter for.
//! It knows how neighbouring sounds melt together; it knows no spelling.

/// zh and dj, which conventions do not keep apart.
pub(super) const ZH: u8 = b'J';
/// tch.
pub(super) const TCH: u8 = b'C';
/// sh.
pub(super) const SH: u8 = b'X';
/// shtch, Russian щ.
pub(super) const SHTCH: u8 = b'Q';
/// ts.
pub(super) const TS: u8 = b'c';

/// One way to read a word aloud.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reading {
    /// The sounds.
    pub sounds: Vec<u8>,
    /// Whether the script leaves short vowels out.
    pub unvowelled: bool,
}

impl Reading {
    /// The consonants, those that conventions confuse written alike: s for s, z and ts; v for v and f; X for sh and shtch.
    pub(super) fn class(&self) -> String {
        let mut class = String::with_capacity(self.sounds.len());
        for consonant in self.sounds.iter().copied().filter(|&sound| !is_vowel(sound)).map(family) {
            class.push(char::from(consonant));
        }
        class
    }

    /// Whether enough is left to go by.
    pub(super) fn can_be_a_name(&self) -> bool {
        let consonants = self.consonants();
        self.sounds.len() >= 2 && consonants >= if self.unvowelled { 2 } else { 1 }
    }

    /// How many consonants it has.
    pub(super) fn consonants(&self) -> usize {
        self.sounds.iter().filter(|&&sound| !is_vowel(sound)).count()
    }
}

/// Whether a sound is a vowel; y and w that sound as one are.
pub(super) fn is_vowel(sound: u8) -> bool {
    matches!(sound, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// The letter of a consonant in a class.
pub(super) fn family(sound: u8) -> u8 {
    match sound {
        b'z' | TS => b's',
        b'f' => b'v',
        SHTCH => SH,
        _ => sound,
    }
}

/// Collects sounds as they are read.
#[derive(Debug)]
pub(super) struct Sounds(Vec<u8>);

impl Sounds {
    /// Reserves space for a word of `letters` letters.
    pub(super) fn with_capacity(letters: usize) -> Self {
        Self(Vec::with_capacity(letters + 2))
    }

    /// The last sound.
    pub(super) fn last(&self) -> Option<u8> {
        self.0.last().copied()
    }

    /// Adds a sound: doubled ones are one, t and d melt into what begins with them.
    pub(super) fn push(&mut self, sound: u8) {
        let Some(last) = self.last() else {
            self.0.push(sound);
            return;
        };
        let melted = match (last, sound) {
            (b't', TCH | TS) | (b'd', ZH) => sound,
            (b't', b's') => TS,
            (SH, TCH) => SHTCH,
            _ if last == sound => return,
            _ => {
                self.0.push(sound);
                return;
            }
        };
        self.0.pop();
        self.push(melted);
    }

    /// The reading: an i that only leads to a vowel, at the beginning or after another vowel, is not counted (Yeltsin,
    /// Eltsine; Tokaïev, Tokaev), and io inside a word is Russian ё, which is also written e (Fiodor, Fedor). The
    /// Arabic article after Abd has one vowel (Abdallah, Abdelaziz).
    pub(super) fn finish(self, unvowelled: bool) -> Reading {
        let read = self.0;
        let mut kept = Self::with_capacity(read.len());
        let mut rest = read.as_slice();
        while let [sound, after @ ..] = rest {
            rest = after;
            let leads = *sound == b'i' && after.first().is_some_and(|&next| is_vowel(next));
            match after {
                _ if leads && kept.last().is_none_or(is_vowel) => {}
                [b'o', next, ..] if leads && !is_vowel(*next) => {
                    kept.push(b'e');
                    rest = &after[1..];
                }
                _ => kept.push(*sound),
            }
        }
        if let [b'a', b'b', b'd', article @ (b'a' | b'e'), b'l', ..] = kept.0.as_mut_slice() {
            *article = b'u';
        }
        Reading { sounds: kept.0, unvowelled }
    }
}
