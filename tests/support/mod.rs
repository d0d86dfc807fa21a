//! What the tests of behaviour share: the reader without a terminal, the program in one, and texts of our own.

pub(crate) mod brute;
pub(crate) mod dump;
pub(crate) mod pty;
pub(crate) mod world;
