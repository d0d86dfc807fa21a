//! Lutrin's entry point.

fn main() {}
