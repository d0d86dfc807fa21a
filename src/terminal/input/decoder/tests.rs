//! Tests of the decoder: tables of terminals' input, and properties that hold for any splitting by the line.

use crossterm::event::{KeyEventKind, MouseButton, MouseEvent, MouseEventKind};
use proptest::prelude::*;

use super::*;

const NONE: KeyModifiers = KeyModifiers::NONE;
const SHIFT: KeyModifiers = KeyModifiers::SHIFT;
const ALT: KeyModifiers = KeyModifiers::ALT;
const CTRL: KeyModifiers = KeyModifiers::CONTROL;

fn pressed(code: KeyCode, modifiers: KeyModifiers) -> InputEvent {
    InputEvent::Terminal(Event::Key(KeyEvent::new(code, modifiers)))
}

fn typed(c: char) -> InputEvent {
    InputEvent::Terminal(Event::Key(sequence::typed_char(c).unwrap()))
}

fn pasted(text: &str) -> InputEvent {
    InputEvent::Terminal(Event::Paste(text.to_owned()))
}

fn decode(bytes: &[u8]) -> Vec<InputEvent> {
    let mut decoder = Decoder::default();
    decoder.push(bytes);
    let events = decoder.by_ref().collect();
    assert_eq!(decoder.pending(), None, "{bytes:?} leaves something pending");
    events
}

/// Keys with what terminals send for them; none is a lone ESC, and none begins another.
fn keys() -> Vec<(&'static [u8], KeyCode, KeyModifiers)> {
    use KeyCode::{BackTab, Backspace, Char, Delete, Down, End, Enter, Esc, F, Home, Insert, KeypadBegin, Left};
    use KeyCode::{PageDown, PageUp, Right, Tab, Up};
    vec![
        (b"j", Char('j'), NONE),
        (b"J", Char('J'), SHIFT),
        ("é".as_bytes(), Char('é'), NONE),
        ("É".as_bytes(), Char('É'), SHIFT),
        ("…".as_bytes(), Char('…'), NONE),
        ("🏛".as_bytes(), Char('🏛'), NONE),
        (b"\r", Enter, NONE),
        (b"\t", Tab, NONE),
        (b"\x7f", Backspace, NONE),
        (b"\x08", Char('h'), CTRL),
        (b"\0", Char(' '), CTRL),
        (b"\x04", Char('d'), CTRL),
        (b"\n", Char('j'), CTRL),
        (b"\x1f", Char('7'), CTRL),
        (b"\x1bj", Char('j'), ALT),
        (b"\x1b\r", Enter, ALT),
        (b"\x1b\x7f", Backspace, ALT),
        ("\x1bé".as_bytes(), Char('é'), ALT),
        (b"\x1b[A", Up, NONE),
        (b"\x1bOB", Down, NONE),
        (b"\x1b[1;5C", Right, CTRL),
        (b"\x1b[1;3D", Left, ALT),
        (b"\x1b[1;9D", Left, ALT),
        (b"\x1b\x1b[A", Up, ALT),
        (b"\x1b[a", Up, SHIFT),
        (b"\x1bOd", Left, CTRL),
        (b"\x1b[Z", BackTab, SHIFT),
        (b"\x1b[H", Home, NONE),
        (b"\x1bOF", End, NONE),
        (b"\x1b[1~", Home, NONE),
        (b"\x1b[7~", Home, NONE),
        (b"\x1b[8~", End, NONE),
        (b"\x1b[2~", Insert, NONE),
        (b"\x1b[3;2~", Delete, SHIFT),
        (b"\x1b[5~", PageUp, NONE),
        (b"\x1b[5^", PageUp, CTRL),
        (b"\x1b[6$", PageDown, SHIFT),
        (b"\x1b[6@", PageDown, CTRL.union(SHIFT)),
        (b"\x1bOP", F(1), NONE),
        (b"\x1b[1;2P", F(1), SHIFT),
        (b"\x1bO5Q", F(2), CTRL),
        (b"\x1b[1;5R", F(3), CTRL),
        (b"\x1b[15~", F(5), NONE),
        (b"\x1b[17~", F(6), NONE),
        (b"\x1b[24;2~", F(12), SHIFT),
        (b"\x1b[34~", F(20), NONE),
        (b"\x1b[[A", F(1), NONE),
        (b"\x1b[[E", F(5), NONE),
        (b"\x1b[G", KeypadBegin, NONE),
        (b"\x1bOM", Enter, NONE),
        (b"\x1bOp", Char('0'), NONE),
        (b"\x1bOk", Char('+'), NONE),
        (b"\x1b[97;5u", Char('a'), CTRL),
        (b"\x1b[97:65;2u", Char('A'), SHIFT),
        (b"\x1b[27u", Esc, NONE),
        (b"\x1b[9;2u", BackTab, SHIFT),
        (b"\x1b[57399u", Char('0'), NONE),
        (b"\x1b[57414u", Enter, NONE),
        (b"\x1b[57421u", PageUp, NONE),
        (b"\x1b[57376u", F(13), NONE),
        (b"\x1b[27;5;105~", Char('i'), CTRL),
        (b"\x1b[27;2;13~", Enter, SHIFT),
    ]
}

fn replies() -> Vec<(&'static [u8], TerminalReply)> {
    let string = |kind, body: &[u8]| TerminalReply::ControlString { kind, body: body.to_vec() };
    vec![
        (b"\x1b[?62;1;22c", TerminalReply::PrimaryAttributes(vec![62, 1, 22])),
        (b"\x1b[>41;354;0c", TerminalReply::SecondaryAttributes(vec![41, 354, 0])),
        (b"\x1b[?69;2$y", TerminalReply::Mode { private: true, mode: 69, state: 2 }),
        (b"\x1b[4;1$y", TerminalReply::Mode { private: false, mode: 4, state: 1 }),
        (b"\x1b[?12;40R", TerminalReply::Position { row: 12, column: 40 }),
        (b"\x1b[0n", TerminalReply::Status(0)),
        (b"\x1b[?1u", TerminalReply::KeyboardFlags(1)),
        (b"\x1b[8;24;80t", TerminalReply::Window(vec![8, 24, 80])),
        (b"\x1b]11;rgb:0000/0000/0000\x1b\\", string(StringKind::Osc, b"11;rgb:0000/0000/0000")),
        (b"\x1b]10;rgb:ffff/ffff/ffff\x07", string(StringKind::Osc, b"10;rgb:ffff/ffff/ffff")),
        (b"\x1bP>|XTerm(390)\x1b\\", string(StringKind::Dcs, b">|XTerm(390)")),
        (b"\x1b_Gi=31;OK\x1b\\", string(StringKind::Apc, b"Gi=31;OK")),
    ]
}

#[test]
fn every_terminal_s_form_of_a_key_is_that_key() {
    for (bytes, code, modifiers) in keys() {
        assert_eq!(decode(bytes), [pressed(code, modifiers)], "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn every_reply_is_taken_out_and_understood() {
    for (bytes, reply) in replies() {
        assert_eq!(decode(bytes), [InputEvent::Reply(reply)], "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn the_keys_that_crossterm_held_back_behind_a_mode_report_all_arrive() {
    let keys: Vec<InputEvent> =
        decode(b"jjj\x1b[?69;2$yncjj").into_iter().filter(|event| !matches!(event, InputEvent::Reply(_))).collect();
    assert_eq!(keys, "jjjncjj".chars().map(typed).collect::<Vec<_>>());
}

#[test]
fn a_repeated_or_released_key_says_so() {
    for (bytes, kind) in [(&b"\x1b[1;1:3A"[..], KeyEventKind::Release), (b"\x1b[97;1:2u", KeyEventKind::Repeat)] {
        let [InputEvent::Terminal(Event::Key(key))] = decode(bytes)[..] else { panic!("{bytes:?}") };
        assert_eq!(key.kind, kind);
    }
}

#[test]
fn the_backspace_key_is_what_the_terminal_line_says() {
    let mut decoder = Decoder::new(0x08);
    decoder.push(b"\x08\x7f");
    assert_eq!(decoder.collect::<Vec<_>>(), [pressed(KeyCode::Backspace, NONE), pressed(KeyCode::Backspace, NONE)]);
}

#[test]
fn sequences_nobody_knows_are_swallowed_whole() {
    let unknown: &[&[u8]] = &[
        b"\x1b[?1;2;3z",
        b"\x1b[>4;1m",
        b"\x1b[999~",
        b"\x1b[57441u",
        b"\x1b[1;2;3;4;5;6;7q",
        b"\x1b[12;40R",
        b"\x1bOz",
        b"\x1b[[Z",
        b"\x1b[<999;1;1M",
        b"\x1b[0 q",
    ];
    for bytes in unknown {
        assert_eq!(decode(&[bytes, &b"x"[..]].concat()), [typed('x')], "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn a_cursor_report_counts_only_when_it_was_asked_for() {
    let mut decoder = Decoder::default();
    decoder.expect_position();
    decoder.push(b"\x1b[1;2R\x1b[1;2R");
    let position = InputEvent::Reply(TerminalReply::Position { row: 1, column: 2 });
    assert_eq!(decoder.collect::<Vec<_>>(), [position, pressed(KeyCode::F(3), SHIFT)]);
}

#[test]
fn the_mouse_presses_drags_scrolls_and_lets_go() {
    let mouse =
        |kind, column, row, modifiers| InputEvent::Terminal(Event::Mouse(MouseEvent { kind, column, row, modifiers }));
    let table = [
        (&b"\x1b[<0;10;20M"[..], mouse(MouseEventKind::Down(MouseButton::Left), 9, 19, NONE)),
        (b"\x1b[<0;10;20m", mouse(MouseEventKind::Up(MouseButton::Left), 9, 19, NONE)),
        (b"\x1b[<34;300;1M", mouse(MouseEventKind::Drag(MouseButton::Right), 299, 0, NONE)),
        (b"\x1b[<35;1;1M", mouse(MouseEventKind::Moved, 0, 0, NONE)),
        (b"\x1b[<64;1;1M", mouse(MouseEventKind::ScrollUp, 0, 0, NONE)),
        (b"\x1b[<81;1;1M", mouse(MouseEventKind::ScrollDown, 0, 0, CTRL)),
        (b"\x1b[M !!", mouse(MouseEventKind::Down(MouseButton::Left), 0, 0, NONE)),
        (b"\x1b[M#\xff!", mouse(MouseEventKind::Up(MouseButton::Left), 222, 0, NONE)),
        (b"\x1b[32;2;3M", mouse(MouseEventKind::Down(MouseButton::Left), 1, 2, NONE)),
    ];
    for (bytes, event) in table {
        assert_eq!(decode(bytes), [event], "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn a_paste_is_one_event_whatever_it_contains() {
    assert_eq!(decode(b"\x1b[200~a\x1b[A\r\x1b[201\x03~b\x1b[201~q"), [pasted("a\x1b[A\r\x1b[201\x03~b"), typed('q')]);
    assert_eq!(decode(b"\x1b[200~\x1b\x1b[201~"), [pasted("\x1b")]);
}

#[test]
fn a_huge_paste_is_cut_and_what_follows_is_typed() {
    let mut decoder = Decoder::default();
    decoder.push(b"\x1b[200~");
    for _ in 0..400 {
        decoder.push(&[b'x'; 8192]);
    }
    decoder.push(b"\x1b[201~q");
    let events: Vec<_> = decoder.collect();
    assert_eq!(events, [pasted(&"x".repeat(LONGEST_PASTE)), typed('q')]);
}

#[test]
fn a_paste_without_an_end_does_not_swallow_keys_for_ever() {
    let mut decoder = Decoder::default();
    decoder.push(b"\x1b[200~abc");
    assert_eq!(decoder.pending(), Some(Pending::Paste));
    decoder.timed_out();
    decoder.push(b"q");
    assert_eq!(decoder.collect::<Vec<_>>(), [pasted("abc"), typed('q')]);
}

#[test]
fn focus_is_told() {
    assert_eq!(
        decode(b"\x1b[I\x1b[O"),
        [InputEvent::Terminal(Event::FocusGained), InputEvent::Terminal(Event::FocusLost)]
    );
}

#[test]
fn a_lone_escape_waits_and_is_then_the_escape_key() {
    let mut decoder = Decoder::default();
    decoder.push(b"\x1b");
    assert_eq!((decoder.next(), decoder.pending()), (None, Some(Pending::Escape)));
    decoder.timed_out();
    assert_eq!((decoder.next(), decoder.pending()), (Some(pressed(KeyCode::Esc, NONE)), None));
}

#[test]
fn waiting_in_vain_decides_each_beginning() {
    let alt = |c| vec![pressed(KeyCode::Char(c), ALT)];
    let alt_capital = |c| vec![pressed(KeyCode::Char(c), ALT | SHIFT)];
    let escape = || pressed(KeyCode::Esc, NONE);
    let table: [(&[u8], Vec<InputEvent>); 8] = [
        (b"\x1b[", alt('[')),
        (b"\x1b]", alt(']')),
        (b"\x1bO", alt_capital('O')),
        (b"\x1bP", alt_capital('P')),
        (b"\x1b\x1b", vec![escape(), escape()]),
        (b"\x1b[1;5", vec![]),
        (b"\x1b]11;rgb:00", vec![]),
        (b"\xe2\x80", vec![typed(char::REPLACEMENT_CHARACTER)]),
    ];
    for (bytes, events) in table {
        let mut decoder = Decoder::default();
        decoder.push(bytes);
        assert_ne!(decoder.pending(), None);
        decoder.timed_out();
        assert_eq!(decoder.pending(), None);
        decoder.push(b"x");
        assert_eq!(decoder.collect::<Vec<_>>(), [events, vec![typed('x')]].concat(), "{bytes:?}");
    }
}

#[test]
fn the_rest_of_a_key_whose_escape_was_given_up_is_not_typed_text() {
    let mut decoder = Decoder::default();
    decoder.push(b"\x1b");
    decoder.timed_out();
    decoder.push(b"[Aj");
    assert!(decoder.take_late());
    let events: Vec<_> = decoder.collect();
    assert_eq!(events, [pressed(KeyCode::Esc, NONE), pressed(KeyCode::Up, NONE), typed('j')]);
}

#[test]
fn brackets_typed_after_escape_are_typed() {
    let mut decoder = Decoder::default();
    decoder.push(b"\x1b");
    decoder.timed_out();
    decoder.push(b"[");
    decoder.push(b"A");
    assert_eq!(decoder.collect::<Vec<_>>(), [pressed(KeyCode::Esc, NONE), typed('['), typed('A')]);
}

#[test]
fn a_torso_ends_at_the_next_escape_or_control_key() {
    assert_eq!(decode(b"\x1b[1;\x1b[A"), [pressed(KeyCode::Up, NONE)]);
    assert_eq!(decode(b"\x1b]11;rgb\x1b[A"), [pressed(KeyCode::Up, NONE)]);
    assert_eq!(decode(b"\x1b]11;rgb\x03x"), [pressed(KeyCode::Char('c'), CTRL), typed('x')]);
    assert_eq!(decode(b"\xe2\x80x"), [typed(char::REPLACEMENT_CHARACTER), typed('x')]);
}

/// Cuts `bytes` at the given places (taken modulo the length) and feeds the pieces.
fn decode_cut(bytes: &[u8], cuts: &[usize]) -> Vec<InputEvent> {
    let mut places: Vec<usize> = cuts.iter().map(|cut| cut % (bytes.len() + 1)).collect();
    places.extend([0, bytes.len()]);
    places.sort_unstable();
    let mut decoder = Decoder::default();
    for pair in places.windows(2) {
        decoder.push(&bytes[pair[0]..pair[1]]);
    }
    decoder.collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn keys_cut_anywhere_are_still_those_keys(
        chosen in prop::collection::vec(prop::sample::select(keys()), 1..20),
        cuts in prop::collection::vec(any::<usize>(), 0..20),
    ) {
        let bytes: Vec<u8> = chosen.iter().flat_map(|(bytes, ..)| bytes.iter().copied()).collect();
        let expected: Vec<_> = chosen.iter().map(|&(_, code, modifiers)| pressed(code, modifiers)).collect();
        prop_assert_eq!(decode_cut(&bytes, &cuts), expected);
    }

    #[test]
    fn replies_among_typed_keys_lose_none(
        chosen in prop::collection::vec(prop::sample::select(keys()), 1..20),
        answers in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(replies())), 1..5),
        cuts in prop::collection::vec(any::<usize>(), 0..10),
    ) {
        let mut pieces: Vec<&[u8]> = chosen.iter().map(|(bytes, ..)| *bytes).collect();
        for (place, (bytes, _)) in &answers {
            pieces.insert(place.index(pieces.len() + 1), bytes);
        }
        let (replies, keys): (Vec<_>, Vec<_>) =
            decode_cut(&pieces.concat(), &cuts).into_iter().partition(|event| matches!(event, InputEvent::Reply(_)));
        let expected: Vec<_> = chosen.iter().map(|&(_, code, modifiers)| pressed(code, modifiers)).collect();
        prop_assert_eq!(keys, expected);
        prop_assert_eq!(replies.len(), answers.len());
    }

    #[test]
    fn a_reply_right_after_the_escape_key_leaves_it_the_escape_key(
        (bytes, reply) in prop::sample::select(replies()),
        cut in any::<usize>(),
    ) {
        let expected = vec![pressed(KeyCode::Esc, NONE), InputEvent::Reply(reply)];
        prop_assert_eq!(decode_cut(&[b"\x1b", bytes].concat(), &[cut]), expected);
    }

    #[test]
    fn text_arrives_in_order_however_it_is_cut(
        text in "[ -~é’œ«»…🏛א]{0,60}",
        cuts in prop::collection::vec(any::<usize>(), 0..20),
    ) {
        prop_assert_eq!(decode_cut(text.as_bytes(), &cuts), text.chars().map(typed).collect::<Vec<_>>());
    }

    #[test]
    fn where_reads_end_has_no_meaning_for_any_bytes(
        bytes in prop::collection::vec(prop_oneof![any::<u8>(), prop::sample::select(b"\x1b[]O?;<$1Mu~PA\x07\\".to_vec())], 0..80),
        cuts in prop::collection::vec(any::<usize>(), 0..20),
    ) {
        prop_assert_eq!(decode_cut(&bytes, &cuts), decode_cut(&bytes, &[]));
    }

    #[test]
    fn after_any_bytes_and_a_few_time_outs_a_key_is_a_key(
        chunks in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..30), 0..10),
    ) {
        let mut decoder = Decoder::default();
        for chunk in chunks {
            decoder.push(&chunk);
            decoder.timed_out();
            prop_assert_eq!(decoder.pending(), None);
        }
        decoder.push(b"q");
        prop_assert_eq!(decoder.last(), Some(typed('q')));
    }
}
