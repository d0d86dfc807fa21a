//! The notices: messages in the last line of the screen, one at a time; others wait. Words and colours are not decided
//! here: a notice carries a message code, which `locale` words and `ui` draws.

use std::collections::VecDeque;
use std::time::Duration;

use crate::locale::Message;

/// How long the failure to store something that the person made stays on screen. Keys that were typed before it
/// appeared do not dismiss it.
const UNMISSABLE: Duration = Duration::from_millis(1500);

/// A message in the last line of the screen. The next key dismisses it.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    pub(crate) message: Message,
    /// Whether it reports an error.
    pub alert: bool,
    /// Time since the start until which no key dismisses it.
    pub(crate) stays_until: Duration,
}

impl Notice {
    /// A notice that is no error.
    pub(crate) fn new(message: Message) -> Self {
        Self { message, alert: false, stays_until: Duration::ZERO }
    }

    /// A notice that reports an error.
    pub(crate) fn alert(message: Message) -> Self {
        Self { alert: true, ..Self::new(message) }
    }
}

/// The notice on screen, those that wait, and the failures to repeat when the program ends.
#[derive(Debug, Default)]
pub struct Notices {
    /// The notice on screen.
    pub shown: Option<Notice>,
    /// Notices that arrived while a notice was on screen, oldest first.
    waiting: VecDeque<Notice>,
    /// Failures to store something that the person made, each once, to be repeated when the program ends.
    pub unkept: Vec<Message>,
}

impl Notices {
    /// Shows the answer to a command, in place of any notice.
    pub(crate) fn set(&mut self, message: Message) {
        self.shown = Some(Notice::new(message));
    }

    /// Shows an error, in place of any notice.
    pub(crate) fn alert(&mut self, message: Message) {
        self.shown = Some(Notice::alert(message));
    }

    /// Reports something that no key caused: an alert replaces a notice that is none, anything else waits behind the
    /// notice on screen. A message that is already shown or waiting is dropped.
    pub(crate) fn report(&mut self, notice: Notice) {
        match &self.shown {
            Some(shown) if shown.message == notice.message => {}
            _ if self.waiting.iter().any(|waiting| waiting.message == notice.message) => {}
            Some(shown) if shown.alert || !notice.alert => self.waiting.push_back(notice),
            _ => self.shown = Some(notice),
        }
    }

    /// Shows that something the person made could not be stored, and records it for the end of the program.
    pub(crate) fn report_unkept(&mut self, message: Message, now: Duration) {
        if !self.unkept.contains(&message) {
            self.unkept.push(message.clone());
        }
        let notice = Notice { stays_until: now + UNMISSABLE, ..Notice::alert(message) };
        if let Some(before) = self.shown.replace(notice.clone()).filter(|before| before.message != notice.message) {
            self.waiting.push_front(before);
        }
    }

    /// Dismisses the notice with this message code if it is shown.
    pub(crate) fn dismiss(&mut self, id: &str) {
        self.shown.take_if(|notice| notice.message.id == id);
    }

    /// Takes the notice off the screen before a key is handled. Pass it to [`Notices::end_key`] afterwards.
    pub(crate) fn begin_key(&mut self) -> Option<Notice> {
        self.shown.take()
    }

    /// Decides after a key which notice is shown: the key's own; else the former one if it must stay, or if the key
    /// concerned only the terminal, so that the person may not have read it; else the next that waits.
    pub(crate) fn end_key(&mut self, former: Option<Notice>, now: Duration, only_terminal: bool) {
        if let Some(staying) = former.as_ref().filter(|former| former.stays_until > now) {
            let answer = self.shown.replace(staying.clone());
            self.waiting.extend(answer.filter(|answer| answer != staying));
            return;
        }
        if self.shown.is_none() {
            self.shown = former.filter(|_| only_terminal).or_else(|| self.waiting.pop_front());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(notices: &Notices) -> Option<&str> {
        notices.shown.as_ref().map(|notice| &*notice.message.id)
    }

    #[test]
    fn an_alert_replaces_a_notice_and_other_reports_wait_for_a_key() {
        let mut notices = Notices::default();
        notices.set(Message::new("first"));
        notices.report(Notice::new(Message::new("second")));
        notices.report(Notice::new(Message::new("second")));
        assert_eq!(shown(&notices), Some("first"));
        notices.report(Notice::alert(Message::new("third")));
        assert_eq!(shown(&notices), Some("third"));
        for expected in [Some("second"), None] {
            let former = notices.begin_key();
            notices.end_key(former, Duration::ZERO, false);
            assert_eq!(shown(&notices), expected);
        }
    }

    #[test]
    fn a_failure_to_store_stays_over_keys_that_were_on_their_way_and_answers_wait() {
        let mut notices = Notices::default();
        notices.report_unkept(Message::new("unkept"), Duration::ZERO);
        let former = notices.begin_key();
        notices.set(Message::new("answer"));
        notices.end_key(former, UNMISSABLE / 2, false);
        assert_eq!(shown(&notices), Some("unkept"));
        let former = notices.begin_key();
        notices.end_key(former, UNMISSABLE, false);
        assert_eq!((shown(&notices), notices.unkept.len()), (Some("answer"), 1));
    }

    #[test]
    fn a_key_of_the_terminal_leaves_the_notice() {
        let mut notices = Notices::default();
        notices.set(Message::new("offer"));
        let former = notices.begin_key();
        notices.end_key(former, Duration::ZERO, true);
        assert_eq!(shown(&notices), Some("offer"));
    }
}
