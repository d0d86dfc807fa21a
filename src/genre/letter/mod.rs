//! Recognises letters and open letters. A letter has a greeting near its start, and ends with a closing formula and a
//! signature or with a list of signatories; date, subject and addressee raise the confidence. E-mails and forms are
//! excluded: they share some of the words but not the structure.

mod head;
mod name;
mod shape;
mod signature;
mod vocabulary;

use self::head::LetterHead;
use self::shape::Letter;
use self::signature::Signature;
use super::Recognised;
use crate::document::{BlockKind, Document, Genre, Key, Metadata};

pub(super) fn recognise(document: &Document) -> Option<Recognised> {
    if document.format == "eml" {
        return None;
    }
    let letter = shape::locate_parts(document)?;
    let head = head::read_head(&letter);
    let signature = signature::read_signature(&letter);
    let mut recognised = Recognised::new(Genre::Letter, confidence(&head, &signature));
    recognised.kinds = kinds(&letter, &head);
    recognised.title.clone_from(&head.subject);
    recognised.date.clone_from(&head.dated);
    recognised.metadata = metadata(&letter, head, signature);
    Some(recognised)
}

/// Computes the confidence: the greeting and the ending, which are required, give less than 0.5; each further fact adds
/// a share.
fn confidence(head: &LetterHead, signature: &Signature) -> f32 {
    let share = |holds: bool, share: f32| if holds { share } else { 0.0 };
    0.4 + share(head.dated.is_some(), 0.15)
        + share(head.subject.is_some(), 0.15)
        + share(head.addressee.is_some(), 0.15)
        + share(!signature.signatories.is_empty(), 0.1)
}

fn kinds(letter: &Letter, head: &LetterHead) -> Vec<(usize, BlockKind)> {
    let prose =
        |block: &usize| letter.lines.iter().any(|line| line.block == *block && line.kind == BlockKind::Paragraph);
    let mut kinds: Vec<(usize, BlockKind)> = Vec::new();
    kinds.extend(head.masthead.iter().copied().filter(prose).map(|block| (block, BlockKind::Masthead)));
    kinds.extend(head.facts.iter().copied().filter(prose).map(|block| (block, BlockKind::KeyData)));
    kinds.extend(letter.salutation.map(|at| (letter.lines[at].block, BlockKind::Salutation)));
    kinds.extend(letter.closing.map(|at| (letter.lines[at].block, BlockKind::Closing)));
    let signed = letter.lines[letter.signature.clone()].iter();
    kinds
        .extend(signed.filter(|line| line.kind == BlockKind::Paragraph).map(|line| (line.block, BlockKind::Signature)));
    kinds
}

fn metadata(letter: &Letter, head: LetterHead, signature: Signature) -> Metadata {
    let only_signatory = || (signature.signatories.len() == 1).then(|| signature.signatories[0].clone());
    let sender = signature.organisation.clone().or_else(|| signature::on_behalf(letter)).or(head.letterhead);
    let sender = sender.or_else(only_signatory);
    let mut metadata = Metadata::default();
    let facts = [
        (Key::Addressee, head.addressee),
        (Key::Dated, head.dated),
        (Key::Place, head.place),
        (Key::Subject, head.subject),
        (Key::Sender, sender),
    ];
    for (key, value) in facts {
        metadata.set(key, value.unwrap_or_default());
    }
    metadata.set_all(Key::Signatories, signature.signatories);
    metadata
}
