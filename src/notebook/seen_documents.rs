//! Which documents a saved search had, in few bytes: a hundred thousand of them take half a megabyte and are looked up in
//! memory. A document is known by a fingerprint of its id and of its text, so that one whose text has changed counts as
//! another. The set only grows: a file that could not be read for a while, and then can, is nothing new.
//!
//! Written here because stored notebooks have this format; a change would take roaring's, behind a version byte.

use std::collections::BTreeSet;

/// Number of bits of a fingerprint that are kept. With 100,000 documents a look-up of another one collides with a
/// probability of 1 in 3 × 10⁹.
const BITS: u32 = 48;

/// A set of fingerprints.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeenDocuments {
    /// Sorted, each once.
    fingerprints: Vec<u64>,
}

/// What a document is known by: its id, which is where it is, and the hash of its text.
pub fn fingerprint(id: &str, content: u64) -> u64 {
    // FNV-1a over the id, then the finishing steps of SplitMix64, so that close numbers end up far apart.
    let id = id
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let mut mixed = id ^ content.rotate_left(32);
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    (mixed ^ (mixed >> 31)) >> (u64::BITS - BITS)
}

impl SeenDocuments {
    /// A set of fingerprints.
    pub fn of(fingerprints: impl IntoIterator<Item = u64>) -> Self {
        Self { fingerprints: fingerprints.into_iter().collect::<BTreeSet<_>>().into_iter().collect() }
    }

    /// Number of fingerprints.
    pub fn len(&self) -> usize {
        self.fingerprints.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.fingerprints.is_empty()
    }

    /// Whether the set contains a fingerprint.
    pub fn has(&self, fingerprint: u64) -> bool {
        self.fingerprints.binary_search(&fingerprint).is_ok()
    }

    /// Adds fingerprints. Returns whether any of them is new.
    pub fn add(&mut self, fingerprints: &[u64]) -> bool {
        let mut more: Vec<u64> = fingerprints.iter().copied().filter(|one| !self.has(*one)).collect();
        if more.is_empty() {
            return false;
        }
        self.fingerprints.append(&mut more);
        self.fingerprints.sort_unstable();
        self.fingerprints.dedup();
        true
    }

    /// The set in as few bytes as need be: the gaps between neighbours, seven bits a byte, the lowest first.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.fingerprints.len() * 5);
        let mut before = 0;
        for &fingerprint in &self.fingerprints {
            let mut gap = fingerprint - before;
            while gap > 0x7f {
                bytes.push((gap & 0x7f) as u8 | 0x80);
                gap >>= 7;
            }
            bytes.push(gap as u8);
            before = fingerprint;
        }
        bytes
    }

    /// Decodes the set. Damaged bytes are decoded as far as possible: documents missing from the set are shown as new,
    /// which loses nothing.
    pub(super) fn from_bytes(bytes: &[u8]) -> Self {
        let (mut fingerprints, mut before, mut gap, mut shift) = (Vec::new(), 0_u64, 0_u64, 0);
        for &byte in bytes {
            if shift >= u64::BITS {
                break;
            }
            gap |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte & 0x80 == 0 {
                let Some(fingerprint) = before.checked_add(gap) else { break };
                fingerprints.push(fingerprint);
                (before, gap, shift) = (fingerprint, 0, 0);
            }
        }
        fingerprints.dedup();
        Self { fingerprints }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_changed_text_is_another_document_and_so_is_the_same_text_elsewhere() {
        assert_eq!(fingerprint("00ff", 7), fingerprint("00ff", 7));
        assert_ne!(fingerprint("00ff", 7), fingerprint("00ff", 8));
        assert_ne!(fingerprint("00ff", 7), fingerprint("00fe", 7));
        assert!(fingerprint("00ff", 7) < 1 << BITS);
    }

    #[test]
    fn a_hundred_thousand_documents_take_half_a_megabyte() {
        let many = SeenDocuments::of((0..100_000_u64).map(|number| fingerprint("0123456789abcdef", number)));
        assert_eq!(many.len(), 100_000);
        assert!(many.to_bytes().len() <= 500_000, "{}", many.to_bytes().len());
    }

    proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, ..Default::default() })]

        #[test]
        fn what_is_kept_comes_back(fingerprints in proptest::collection::vec(any::<u64>(), 0..200)) {
            let seen_documents = SeenDocuments::of(fingerprints.iter().copied());
            prop_assert_eq!(SeenDocuments::from_bytes(&seen_documents.to_bytes()), seen_documents.clone());
            prop_assert!(fingerprints.iter().all(|one| seen_documents.has(*one)));
        }

        #[test]
        fn damaged_bytes_are_a_set_all_the_same(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let seen_documents = SeenDocuments::from_bytes(&bytes);
            prop_assert!(seen_documents.fingerprints.windows(2).all(|pair| pair[0] < pair[1]));
        }

        #[test]
        fn adding_is_a_union(
            some in proptest::collection::vec(0_u64..50, 0..30), more in proptest::collection::vec(0_u64..50, 0..30),
        ) {
            let mut seen_documents = SeenDocuments::of(some.iter().copied());
            let grown = seen_documents.add(&more);
            prop_assert_eq!(grown, more.iter().any(|one| !some.contains(one)));
            prop_assert_eq!(seen_documents, SeenDocuments::of(some.into_iter().chain(more)));
        }
    }
}
