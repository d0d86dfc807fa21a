//! The fields of the index and the bridge from the one analysis to tantivy's tokens. Nothing is stored: titles and texts
//! are the catalogue's. Each passage of the text is a value of its own whose words start far behind the one before, so neither a
//! phrase nor words near each other ever cross a passage.

use crate::search::facets;
use crate::search::facets::FacetEntry;
use tantivy::TantivyDocument;
use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

use super::postings::entry;
use crate::document::{Document, DocumentKey, PartKind, PartKinds};
use crate::search::analysis::function_words::StopwordLanguage;
use crate::search::analysis::stem::Stemming;
use crate::search::analysis::{Words, words};
use crate::search::{Fingerprint, MOST_DISTANCE, facts};

/// The number of this layout of fields; an index with another number is rebuilt.
pub(super) const NUMBER: u32 = 11;

/// The fast field with the document's key.
pub(super) const KEY: &str = "key";

/// The fast field with what the document counts for ([`super::segment::facets`]).
pub(super) const FACETS: &str = "facets";

/// Placeholder for the kinds of a block, outside of blocks.
const NO_BLOCK: char = '\0';

const ANALYSIS: &str = "lutrin";

/// The fast field with the numbers of its fingerprint.
pub(super) const PRINT: &str = "print";

/// The fields of a document in the index.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    /// The catalogue's key.
    pub key: Field,
    /// Which list of function words its language has ([`StopwordLanguage::code`]).
    pub tongue: Field,
    /// The terms of its metadata, one a line ([`facts`]).
    pub facts: Field,
    /// Its facet values.
    pub facets: Field,
    /// Its fingerprint for near-duplicate search.
    pub print: Field,
    /// The words of its title.
    pub title: Field,
    /// The words of its text, with positions.
    pub body: Field,
}

/// The schema and its fields.
pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let words =
        TextFieldIndexing::default().set_tokenizer(ANALYSIS).set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let words = TextOptions::default().set_indexing_options(words);
    let code = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::Basic);
    let fields = Fields {
        key: builder.add_u64_field(KEY, INDEXED | FAST),
        tongue: builder.add_text_field("tongue", TextOptions::default().set_indexing_options(code.clone())),
        facts: builder.add_text_field("facts", TextOptions::default().set_indexing_options(code)),
        facets: builder.add_text_field(FACETS, TextOptions::default().set_fast("raw")),
        print: builder.add_u64_field(PRINT, FAST),
        title: builder.add_text_field("title", words.clone()),
        body: builder.add_text_field("body", words),
    };
    (builder.build(), fields)
}

/// The tokenizers the schema names.
pub(super) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(ANALYSIS, Analysis);
    manager
}

/// A document as the index takes it.
pub(super) fn entry(fields: Fields, key: DocumentKey, document: &Document) -> TantivyDocument {
    let mut entry = TantivyDocument::default();
    entry.add_u64(fields.key, key.0);
    entry.add_text(fields.tongue, StopwordLanguage::of(document.language.as_ref()).code());
    for fact in facts(document) {
        entry.add_text(fields.facts, &fact);
    }
    for value in facet_values(document) {
        entry.add_text(fields.facets, &value);
    }
    for number in Fingerprint::of(document).iter().flat_map(Fingerprint::numbers) {
        entry.add_u64(fields.print, number);
    }
    // The first character of each value passes the document's stemming rules to the tokenizer, the second the kinds of
    // the parts that contain the block, if it is one.
    let rules = Stemming::of(document.language.as_ref()).code();
    entry.add_text(fields.title, format!("{rules}{NO_BLOCK}{}", document.title));
    for passage in document.passages() {
        let words = document.searched(passage.range);
        entry.add_text(fields.body, format!("{rules}{}{words}", passage.kinds.code()));
    }
    entry
}

#[derive(Clone)]
struct Analysis;

impl Tokenizer for Analysis {
    type TokenStream<'a> = Tokens<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Tokens<'a> {
        let mut rest = text.chars();
        let stemming = rest.next().map_or(Stemming::NONE, Stemming::from_code);
        let mark = rest.next().and_then(PartKinds::from_code);
        let in_heading = mark.is_some_and(|kinds| kinds.meets(PartKinds::NONE.with(PartKind::Heading)));
        let text = rest.as_str();
        // tantivy counts on behind the block before: its last word is further than words near each other can be.
        let token = Token { position: MOST_DISTANCE as usize, ..Token::default() };
        Tokens { text, stemming, in_heading, mark, words: words(text), buffer: String::new(), token }
    }
}

struct Tokens<'a> {
    text: &'a str,
    stemming: Stemming,
    in_heading: bool,
    /// The mark to write before the first word of a block.
    mark: Option<PartKinds>,
    words: Words<'a>,
    buffer: String,
    token: Token,
}

impl TokenStream for Tokens<'_> {
    fn advance(&mut self) -> bool {
        self.token.position = self.token.position.wrapping_add(1);
        if let Some(kinds) = self.mark.take() {
            entry::write_mark(kinds, &mut self.token.text);
            return true;
        }
        let Some((folded, range)) = self.words.next_into(&mut self.buffer) else { return false };
        entry::write(folded, &self.text[range], self.stemming, self.in_heading, &mut self.token.text);
        self.token.offset_from = range.start().into();
        self.token.offset_to = range.end().into();
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// Separator between the key and the shown value in the facet column; a control character, which no value contains.
pub(super) const BETWEEN: char = '\u{1f}';

/// The entries of a document in the facet column.
fn facet_values(document: &Document) -> impl Iterator<Item = String> {
    facets::entries(document).into_iter().map(|FacetEntry { facet, key, shown }| {
        let number = facet as u8;
        format!("{number}{key}{BETWEEN}{shown}")
    })
}
