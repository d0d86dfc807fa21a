//! The screen that ratatui draws on: what it asks for goes through the [`Encoder`], and a frame is one write. The size comes
//! from us, and nothing is asked of the terminal. What changes nothing (a cursor hidden again) has no bytes.

use std::io::{self, Write};

use ratatui::backend::{Backend, ClearType, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Rect, Size};

use super::frame::FrameWriter;
use crate::runtime::screen::{Capabilities, Encoder};

/// What is drawn on.
pub type Screen = ratatui::Terminal<TtyBackend>;

/// ratatui's way to the terminal.
#[derive(Debug)]
pub struct TtyBackend {
    encoder: Encoder,
    writer: FrameWriter,
    panes: Vec<Rect>,
    bytes: Vec<u8>,
}

/// The backend that draws through `writer` on an empty screen of this size, on a terminal of that `TERM`.
pub fn backend(writer: FrameWriter, size: Size, term: &str) -> TtyBackend {
    let encoder = Encoder::on_empty_screen(Capabilities::of_term(term), size.width, size.height);
    TtyBackend { encoder, writer, panes: Vec::new(), bytes: Vec::new() }
}

impl TtyBackend {
    /// Names the rectangles whose rows may have scrolled when the next frame is drawn.
    pub fn set_panes(&mut self, panes: Vec<Rect>) {
        self.panes = panes;
    }

    /// The terminal has said that columns scroll.
    pub fn scroll_columns(&mut self) {
        self.encoder.capabilities_mut().scrolls_columns = true;
    }

    fn hand_on(&mut self) -> io::Result<()> {
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
        self.encoder.encode(&self.panes, &mut self.bytes);
        self.hand_on()
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
        self.hand_on()
    }

    fn clear(&mut self) -> io::Result<()> {
        let size = super::size();
        self.encoder.clear(size.width, size.height, &mut self.bytes);
        self.hand_on()
    }

    fn clear_region(&mut self, _: ClearType) -> io::Result<()> {
        self.clear()
    }

    fn size(&self) -> io::Result<Size> {
        Ok(super::size())
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        Ok(WindowSize { columns_rows: super::size(), pixels: Size::default() })
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.send()
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
        }
        assert_eq!(writer.traffic().bytes, "\x1b[2;5H\x1b[?25h".len() as u64);
    }

    #[test]
    fn clearing_asks_the_terminal_nothing() {
        let (mut screen, writer, mut reader) = screen();
        screen.clear().unwrap();
        screen.draw(|_| {}).unwrap();
        drop((screen, writer));
        let mut sent = String::new();
        reader.read_to_string(&mut sent).unwrap();
        assert!(!sent.is_empty() && !sent.contains("\x1b[6n"), "{sent:?}");
    }
}
