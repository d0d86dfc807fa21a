//! Sentences that the screen and the command line share, worded from codes and numbers. Everything that is only shown in
//! one of the two is worded there.

use super::{Catalogue, Message};

impl Catalogue {
    /// « sans « torture » : 3 documents »: the result of a less strict query. `code` names the relaxation.
    pub fn zero_advice(&self, code: &str, text: &str, documents: usize) -> Message {
        let found = self.say(&Message::new("documents").with("documents", documents));
        Message::new(format!("zero-{code}")).with("text", text.to_owned()).with("found", found)
    }

    /// « index du 21 nov. 2026 14:32 · 2 fichiers non lus »: how far an empty result can be trusted. `updated` is a local
    /// date and time; `dot` separates the pieces.
    pub fn freshness(&self, updated: Option<&str>, not_read: usize, dot: &str) -> String {
        let updated = updated.map(|iso| Message::new("index-updated").with("moment", self.moment(iso)));
        let not_read = (not_read > 0).then(|| Message::new("files-not-read").with("files", not_read));
        let pieces: Vec<String> = [updated, not_read].iter().flatten().map(|message| self.say(message)).collect();
        pieces.join(dot)
    }
}
