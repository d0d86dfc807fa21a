//! The same work over several segments of an index, on as many threads as there are cores where that is worth it. What the
//! work is, it does not know.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use tantivy::SegmentReader;

/// Minimum number of documents that justify a thread of their own.
const WORTH_A_THREAD: u32 = 10_000;

/// What the work makes of each segment, in their order; the first error there is.
pub(crate) fn over<T: Send>(
    segments: &[&SegmentReader],
    work: impl Fn(&SegmentReader) -> tantivy::Result<T> + Sync,
) -> tantivy::Result<Vec<T>> {
    let documents: u32 = segments.iter().map(|segment| segment.max_doc()).sum();
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let threads = cores.min(segments.len()).min((documents / WORTH_A_THREAD) as usize);
    if threads < 2 {
        return segments.iter().map(|segment| work(segment)).collect();
    }
    // The largest first, so that none is waited for at the end.
    let mut order: Vec<usize> = (0..segments.len()).collect();
    order.sort_by_key(|at| std::cmp::Reverse(segments[*at].max_doc()));
    let next = AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        while let Some(at) = order.get(next.fetch_add(1, Ordering::Relaxed)) {
            done.push((*at, work(segments[*at])));
        }
        done
    };
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(take)).collect();
        let own = take();
        let joined = others.into_iter().flat_map(|thread| match thread.join() {
            Ok(done) => done,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        own.into_iter().chain(joined).collect::<Vec<_>>()
    });
    done.sort_unstable_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, made)| made).collect()
}
