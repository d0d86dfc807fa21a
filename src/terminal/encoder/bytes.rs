//! Byte strings on the stack, for control sequences while the shortest one is chosen.

/// At most `ROOM` bytes; more are dropped.
#[derive(Clone, Copy)]
pub(super) struct Bytes<const ROOM: usize> {
    bytes: [u8; ROOM],
    length: usize,
}

impl<const ROOM: usize> Bytes<ROOM> {
    /// An empty byte string.
    pub(super) fn new() -> Self {
        Self { bytes: [0; ROOM], length: 0 }
    }

    /// Number of bytes.
    pub(super) fn len(&self) -> usize {
        self.length
    }

    /// The bytes.
    pub(super) fn all(&self) -> &[u8] {
        &self.bytes[..self.length]
    }

    /// Appends a byte.
    pub(super) fn push(&mut self, byte: u8) {
        if let Some(place) = self.bytes.get_mut(self.length) {
            *place = byte;
            self.length += 1;
        }
    }

    /// Appends bytes.
    pub(super) fn extend(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.push(*byte);
        }
    }

    /// Removes the last byte if it equals `last`.
    pub(super) fn strip(&mut self, last: u8) {
        if self.all().last() == Some(&last) {
            self.length -= 1;
        }
    }

    /// Appends a number in decimal digits.
    pub(super) fn number(&mut self, number: u16) {
        let mut rest = number;
        let mut digits = [0; 5];
        let mut count = 0;
        loop {
            digits[count] = b'0' + (rest % 10) as u8;
            (rest, count) = (rest / 10, count + 1);
            if rest == 0 {
                break;
            }
        }
        for digit in digits[..count].iter().rev() {
            self.push(*digit);
        }
    }

    /// Appends a control sequence with one parameter: `CSI number end`.
    pub(super) fn control(&mut self, number: u16, end: u8) {
        self.extend(b"\x1b[");
        self.number(number);
        self.push(end);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_in_digits() {
        for number in [0, 7, 10, 999, 1000, u16::MAX] {
            let mut bytes = Bytes::<16>::new();
            bytes.control(number, b'C');
            assert_eq!(bytes.all(), format!("\x1b[{number}C").as_bytes());
        }
    }
}
