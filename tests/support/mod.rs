//! What the tests of behaviour share: the reader without a terminal, the program in one, and texts of our own.

pub mod brute;
pub mod dump;
pub mod pty;
pub mod world;
