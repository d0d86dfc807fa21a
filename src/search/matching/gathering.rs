//! Occurrences of words near each other in any order (`"a b"~5`), by their positions in one text: each word of the
//! query needs a position of its own, so `"torture torture"~5` requires two. Matcher and index call the same function,
//! so that they agree.
//!
//! Whether each word can have a position of its own is a bipartite matching of words and positions (a system of
//! distinct representatives, Hall 1935). It is computed with augmenting paths (Kuhn 1955), only in windows that contain
//! every word and are as short as the distance allows.

/// The gatherings of words, given the sorted positions of each: the one that ends first, as short as it can be, the next
/// one behind it, and so on; as first and last positions, no further than `within` from each other.
pub fn gatherings<'l>(lists: &'l [&'l [u32]], within: u32) -> impl Iterator<Item = (u32, u32)> + use<'l> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let (first, last) = next(lists, within, from)?;
        from = last + 1;
        Some((first, last))
    })
}

/// The gathering that ends first of those that start at a position or behind it.
fn next(lists: &[&[u32]], within: u32, from: u32) -> Option<(u32, u32)> {
    // A window with every word, two possibly at one position: a lower bound of the end of a match.
    let mut end = first_end(lists, within, from)?;
    loop {
        let low = end.saturating_sub(within).max(from);
        if let Some(start) = latest_start(lists, low, end) {
            return Some((start, end));
        }
        end = place_from(lists, end + 1)?;
    }
}

/// Where the first window ends that holds a place of each list: the one that begins first is moved on until they are near.
fn first_end(lists: &[&[u32]], within: u32, from: u32) -> Option<u32> {
    let mut at: Vec<usize> = lists.iter().map(|list| list.partition_point(|place| *place < from)).collect();
    loop {
        let (mut first, mut last, mut lowest) = (u32::MAX, 0, 0);
        for (number, list) in lists.iter().enumerate() {
            let place = *list.get(at[number])?;
            last = last.max(place);
            if place < first {
                (first, lowest) = (place, number);
            }
        }
        if last - first <= within {
            return Some(last);
        }
        at[lowest] += 1;
    }
}

/// The last place at or behind `low` from which on each list has a place of its own up to `end`.
fn latest_start(lists: &[&[u32]], low: u32, end: u32) -> Option<u32> {
    let last = |list: &&[u32]| {
        let before = list.partition_point(|place| *place <= end);
        list[..before].last().copied().filter(|place| *place >= low)
    };
    let mut start = lists.iter().map(last).try_fold(end, |start, last| last.map(|last| start.min(last)))?;
    while !has_places(lists, start, end) {
        start = place_before(lists, start).filter(|place| *place >= low)?;
    }
    Some(start)
}

/// Whether each list can have a place of its own in a window.
fn has_places(lists: &[&[u32]], start: u32, end: u32) -> bool {
    let mut taken: Vec<Option<usize>> = vec![None; (end - start + 1) as usize];
    let inside = |list: &[u32]| {
        let first = list.partition_point(|place| *place < start);
        first..list.partition_point(|place| *place <= end)
    };
    let windows: Vec<&[u32]> = lists.iter().map(|list| &list[inside(list)]).collect();
    let mut seen = vec![false; taken.len()];
    (0..windows.len()).all(|list| {
        seen.fill(false);
        takes_place(list, &windows, start, &mut taken, &mut seen)
    })
}

/// Gives a list a place, from another list where that one can have another.
fn takes_place(list: usize, windows: &[&[u32]], start: u32, taken: &mut [Option<usize>], seen: &mut [bool]) -> bool {
    windows[list].iter().any(|place| {
        let at = (place - start) as usize;
        if std::mem::replace(&mut seen[at], true) {
            return false;
        }
        let is_free = taken[at].is_none_or(|other| takes_place(other, windows, start, taken, seen));
        if is_free {
            taken[at] = Some(list);
        }
        is_free
    })
}

/// The first place of any list at or behind a position.
fn place_from(lists: &[&[u32]], from: u32) -> Option<u32> {
    lists.iter().filter_map(|list| list.get(list.partition_point(|place| *place < from))).min().copied()
}

/// The last place of any list before a position.
fn place_before(lists: &[&[u32]], before: u32) -> Option<u32> {
    lists.iter().filter_map(|list| list[..list.partition_point(|place| *place < before)].last()).max().copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(lists: &[Vec<u32>], within: u32) -> Vec<(u32, u32)> {
        let lists: Vec<&[u32]> = lists.iter().map(Vec::as_slice).collect();
        gatherings(&lists, within).collect()
    }

    #[test]
    fn each_word_has_a_place_of_its_own() {
        for (lists, within, expected) in [
            (vec![vec![1, 90], vec![50, 95]], 5, vec![(90, 95)]),
            (vec![vec![1, 90], vec![50, 95]], 4, vec![]),
            (vec![vec![7], vec![5], vec![9]], 4, vec![(5, 9)]),
            (vec![vec![3], vec![]], 9, vec![]),
            (vec![vec![3], vec![3]], 9, vec![]),
            (vec![vec![3, 8, 20], vec![3, 8, 20]], 5, vec![(3, 8)]),
            (vec![vec![1, 2, 3, 4], vec![1, 2, 3, 4]], 5, vec![(1, 2), (3, 4)]),
            (vec![vec![4, 5], vec![4], vec![5, 6]], 5, vec![(4, 6)]),
            (vec![vec![3, 4]], 0, vec![(3, 3), (4, 4)]),
        ] {
            assert_eq!(all(&lists, within), expected, "{lists:?}");
        }
    }

    /// Slow and plain: whether places of their own can be chosen from some on.
    fn can_choose(lists: &[Vec<u32>], window: (u32, u32), chosen: &mut Vec<u32>) -> bool {
        let Some(list) = lists.get(chosen.len()) else { return true };
        list.iter().any(|place| {
            if *place < window.0 || *place > window.1 || chosen.contains(place) {
                return false;
            }
            chosen.push(*place);
            let can = can_choose(lists, window, chosen);
            chosen.pop();
            can
        })
    }

    proptest! {
        #![proptest_config(proptest::test_runner::Config { failure_persistence: None, cases: 2000, ..Default::default() })]

        #[test]
        fn the_first_end_and_then_the_last_start_are_found(
            lists in proptest::collection::vec(proptest::collection::btree_set(0_u32..20, 0..8), 1..5),
            within in 0_u32..8,
        ) {
            let lists: Vec<Vec<u32>> = lists.into_iter().map(|list| list.into_iter().collect()).collect();
            let mut expected = Vec::new();
            let mut from = 0;
            let is_one = |first: u32, last: u32| can_choose(&lists, (first, last), &mut Vec::new());
            for last in 0..20 {
                let first = (from..=last).rev().find(|first| last - first <= within && is_one(*first, last));
                if let Some(first) = first {
                    expected.push((first, last));
                    from = last + 1;
                }
            }
            prop_assert_eq!(all(&lists, within), expected);
        }
    }
}
