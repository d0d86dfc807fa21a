//! The backend for ratatui: passes its requests to the [`Encoder`] and writes a frame at once. The size comes from this
//! process; the terminal is not queried. Requests that change nothing (hiding a hidden cursor) write no bytes.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::{Buffer, Cell, CellDiffOption};
use ratatui::layout::{Position, Rect, Size};

use super::frame_writer::FrameWriter;
use crate::terminal::encoder::{Capabilities, Deferral, Draft, Encoder};

/// The terminal type that ratatui draws on.
pub type Screen = ratatui::Terminal<TtyBackend>;

/// How frames are drawn until the policy is replaced.
#[derive(Clone, Debug, PartialEq)]
pub struct FramePolicy {
    /// Rectangles whose rows may have scrolled.
    pub panes: Vec<Rect>,
    /// Alternative lists of rectangles that may be deferred, from the fewest to the most: the first one with which the
    /// frame fits the budget is used.
    pub deferrals: Vec<Vec<Rect>>,
    /// Whether the surroundings of a scrolling pane may be deferred.
    pub beside_scrolled: bool,
    /// Bytes that the frame should not exceed.
    pub budget: u64,
    /// Whether a frame that exceeds the budget is skipped when, with the most rectangles deferred, no cell is left to
    /// draw.
    pub may_skip: bool,
}

impl FramePolicy {
    /// A rectangle that contains the whole screen.
    pub const EVERYTHING: Rect = Rect { x: 0, y: 0, width: u16::MAX, height: u16::MAX };
}

impl Default for FramePolicy {
    fn default() -> Self {
        Self {
            panes: Vec::new(),
            deferrals: vec![Vec::new()],
            beside_scrolled: false,
            budget: u64::MAX,
            may_skip: false,
        }
    }
}

/// ratatui's backend. `flush` sends nothing: frames are sent by [`FrameWriter::send`], with or without a status query
/// after them.
#[derive(Debug)]
pub struct TtyBackend {
    encoder: Encoder,
    writer: FrameWriter,
    policy: FramePolicy,
    bytes: Vec<u8>,
}

/// A backend that draws through `writer` on an empty screen of this size, on a terminal of this `TERM`.
pub fn backend(writer: FrameWriter, size: Size, term: &str) -> TtyBackend {
    let encoder = Encoder::on_empty_screen(Capabilities::of_term(term), size.width, size.height);
    TtyBackend { encoder, writer, policy: FramePolicy::default(), bytes: Vec::new() }
}

/// Makes ratatui pass all cells of a frame to the backend instead of those it considers changed. The [`Encoder`] finds
/// the changes: ratatui skips cells that it takes for the second half of a wide character by its own width table.
pub fn hand_over_all(buffer: &mut Buffer) {
    for cell in &mut buffer.content {
        cell.set_diff_option(CellDiffOption::AlwaysUpdate);
    }
}

impl TtyBackend {
    /// Sets the policy for the next frames.
    pub fn set_frame_policy(&mut self, policy: FramePolicy) {
        self.policy = policy;
    }

    /// The capabilities, to be updated by the terminal's replies.
    pub fn capabilities_mut(&mut self) -> &mut Capabilities {
        self.encoder.capabilities_mut()
    }

    /// Whether cells of a frame were deferred and are not yet drawn.
    pub fn is_behind(&self) -> bool {
        self.encoder.is_behind()
    }

    /// Encodes the frame with the fewest deferred cells that fits the budget.
    fn draft(&self) -> Draft {
        let FramePolicy { panes, deferrals, beside_scrolled, budget, may_skip } = &self.policy;
        let draft = |areas: &[Rect]| self.encoder.draft(panes, Deferral { areas, beside_scrolled: *beside_scrolled });
        let mut chosen: Option<Draft> = None;
        for areas in deferrals {
            let next = draft(areas);
            if next.bytes() == 0 && chosen.is_some() {
                // Only deferrable cells have changed: draw them although they exceed the budget, or skip the frame.
                chosen = if *may_skip { Some(next) } else { chosen };
                break;
            }
            let fits = next.bytes() as u64 <= *budget;
            chosen = Some(next);
            if fits {
                break;
            }
        }
        chosen.unwrap_or_else(|| draft(&[]))
    }

    fn write_pending(&mut self) -> io::Result<()> {
        let written = self.writer.write_all(&self.bytes);
        self.bytes.clear();
        written
    }

    fn show(&mut self, shown: bool) -> io::Result<()> {
        if self.writer.is_cursor_shown() == shown {
            return Ok(());
        }
        self.writer.set_cursor_shown(shown);
        self.writer.write_all(if shown { b"\x1b[?25h" } else { b"\x1b[?25l" })
    }
}

impl Backend for TtyBackend {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        for (x, y, cell) in content {
            self.encoder.put(x, y, cell);
        }
        let draft = self.draft();
        self.encoder.send(draft, &mut self.bytes);
        self.write_pending()
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.show(false)
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.show(true)
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.encoder.cursor().unwrap_or_default().into())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let position = position.into();
        self.encoder.move_cursor(position.x, position.y, &mut self.bytes);
        self.write_pending()
    }

    fn clear(&mut self) -> io::Result<()> {
        let size = crate::terminal::environment::size();
        self.encoder.clear(size.width, size.height, &mut self.bytes);
        self.write_pending()
    }

    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        self.clear()
    }

    fn size(&self) -> io::Result<Size> {
        Ok(crate::terminal::environment::size())
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: crate::terminal::environment::size(), pixels: Size::default() })
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use std::io::Read;

    use ratatui::layout::Rect;
    use ratatui::{TerminalOptions, Viewport};

    use super::*;

    fn screen() -> (Screen, FrameWriter, io::PipeReader) {
        let (reader, writer) = io::pipe().unwrap();
        let writer = FrameWriter::new(std::fs::File::from(std::os::fd::OwnedFd::from(writer)).into(), None);
        let viewport = Viewport::Fixed(Rect::new(0, 0, 20, 3));
        let screen =
            Screen::with_options(backend(writer.clone(), Size::new(20, 3), "xterm"), TerminalOptions { viewport })
                .unwrap();
        (screen, writer, reader)
    }

    #[test]
    fn a_frame_is_one_write_and_an_unchanged_one_none() {
        let (mut screen, writer, mut reader) = screen();
        for _ in 0..3 {
            screen.draw(|frame| frame.render_widget("considérant", frame.area())).unwrap();
            writer.send().unwrap();
        }
        let traffic = writer.traffic();
        assert_eq!((traffic.frames, traffic.bytes), (1, traffic.last));
        drop((screen, writer));
        let mut sent = String::new();
        reader.read_to_string(&mut sent).unwrap();
        assert!(sent.contains("considérant") && !sent.contains("\x1b[6n"), "{sent:?}");
    }

    #[test]
    fn the_cursor_is_shown_and_moved_only_when_that_changes_something() {
        let (mut screen, writer, _reader) = screen();
        for _ in 0..3 {
            screen.draw(|frame| frame.set_cursor_position((4, 1))).unwrap();
            writer.send().unwrap();
        }
        assert_eq!(writer.traffic().bytes, "\x1b[2;5H\x1b[?25h".len() as u64);
    }

    #[test]
    fn on_a_tight_budget_what_may_wait_waits_and_comes_when_nothing_is_urgent() {
        let (mut screen, writer, _reader) = screen();
        let urgent = Rect::new(0, 0, 20, 1);
        let rest = Rect::new(0, 1, 20, 2);
        let policy = FramePolicy { deferrals: vec![vec![], vec![rest]], budget: 20, ..FramePolicy::default() };
        screen.backend_mut().set_frame_policy(policy.clone());
        let mut draw = |typed: &str| {
            screen
                .draw(|frame| {
                    frame.render_widget(typed, urgent);
                    frame.render_widget("vingt lettres au moins et davantage", rest);
                })
                .unwrap();
            writer.send().unwrap();
            (writer.traffic().last, screen.backend().is_behind())
        };
        let (first, is_behind) = draw("tok");
        assert!(first < 20 && is_behind);
        let (second, is_behind) = draw("toka");
        assert!(second < 20 && is_behind);
        let (third, is_behind) = draw("toka");
        assert!(third > 20 && !is_behind);
    }

    #[test]
    fn a_frame_that_does_not_fit_may_be_left_out_and_the_newest_is_drawn_when_it_may() {
        let (mut screen, writer, mut reader) = screen();
        let mut draw = |policy: FramePolicy, words: &str| {
            screen.backend_mut().set_frame_policy(policy);
            screen.draw(|frame| frame.render_widget(words, frame.area())).unwrap();
            writer.send().unwrap();
            screen.backend().is_behind()
        };
        let deferrals = vec![vec![], vec![FramePolicy::EVERYTHING]];
        assert!(draw(FramePolicy { deferrals, budget: 5, may_skip: true, ..FramePolicy::default() }, "considérant A"));
        assert!(!draw(FramePolicy::default(), "considérant B"));
        drop((screen, writer));
        let mut sent = String::new();
        reader.read_to_string(&mut sent).unwrap();
        assert_eq!(sent, "\x1b[Hconsidérant B");
    }

    #[test]
    fn clearing_asks_the_terminal_nothing() {
        let (mut screen, writer, mut reader) = screen();
        screen.clear().unwrap();
        screen.draw(|_| {}).unwrap();
        writer.send().unwrap();
        drop((screen, writer));
        let mut sent = String::new();
        reader.read_to_string(&mut sent).unwrap();
        assert!(!sent.is_empty() && !sent.contains("\x1b[6n"), "{sent:?}");
    }
}
