//! The screen that ratatui draws on: its crossterm backend over one write a frame, without the bytes that change nothing
//! (a cursor hidden again, attributes reset for no cell). The size comes from us, and the cursor's place is remembered
//! instead of asked for. A backend that scrolls takes this place later; [`Screen`] is the seam.

use std::io;

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::layout::{Position, Size};

use super::frame::{Cursor, FrameWriter};

/// What is drawn on.
pub type Screen = ratatui::Terminal<TtyBackend>;

/// ratatui's way to the terminal.
#[derive(Debug)]
pub struct TtyBackend {
    inner: CrosstermBackend<FrameWriter>,
    writer: FrameWriter,
}

/// The backend that draws through `writer`.
pub fn backend(writer: FrameWriter) -> TtyBackend {
    TtyBackend { inner: CrosstermBackend::new(writer.clone()), writer }
}

impl TtyBackend {
    fn cursor_moved(&self) {
        self.writer.set_cursor(Cursor { at: None, ..self.writer.cursor() });
    }

    fn show(&mut self, shown: bool) -> io::Result<()> {
        let cursor = self.writer.cursor();
        if cursor.shown == shown {
            return Ok(());
        }
        self.writer.set_cursor(Cursor { shown, ..cursor });
        if shown { self.inner.show_cursor() } else { self.inner.hide_cursor() }
    }
}

impl Backend for TtyBackend {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut content = content.peekable();
        if content.peek().is_none() {
            return Ok(());
        }
        self.cursor_moved();
        self.inner.draw(content)
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        self.show(false)
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        self.show(true)
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        Ok(self.writer.cursor().at.unwrap_or_default())
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        let (position, cursor) = (position.into(), self.writer.cursor());
        if cursor.at == Some(position) {
            return Ok(());
        }
        self.writer.set_cursor(Cursor { at: Some(position), ..cursor });
        self.inner.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.inner.clear()
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.inner.clear_region(clear_type)
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
        let writer = FrameWriter::new(std::fs::File::from(std::os::fd::OwnedFd::from(writer)).into());
        let viewport = Viewport::Fixed(Rect::new(0, 0, 20, 3));
        let screen = Screen::with_options(backend(writer.clone()), TerminalOptions { viewport }).unwrap();
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
        assert_eq!(writer.traffic().bytes, "\x1b[?25h\x1b[2;5H".len() as u64);
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
