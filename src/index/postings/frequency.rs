//! Document frequencies, from the dictionary alone. A measure of how rare a word is, not a count to be shown: a
//! document that has a word with and without a capital counts twice, and a deleted one counts until its segment is
//! merged.

use tantivy::Searcher;
use tantivy::schema::Field;

use super::entry::whole;

/// About how many documents have a folded word in a field, however it is accented.
pub(crate) fn documents_with(searcher: &Searcher, field: Field, folded: &str) -> tantivy::Result<u32> {
    let mut documents = 0;
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(field)?;
        for beginning in whole(folded) {
            let mut stream = index.terms().range().ge(beginning.as_bytes()).into_stream()?;
            while let Some((entry, info)) = stream.next() {
                if !entry.starts_with(beginning.as_bytes()) {
                    break;
                }
                documents += info.doc_freq;
            }
        }
    }
    Ok(documents)
}
