//! Recognises labels: short texts that only number the text after them.

/// Whether the text of a cell is only a label for the next cell: « (1) », « a) », « — ».
pub(super) fn is_label(text: &str) -> bool {
    let text = text.trim();
    let bullet = ["–", "—", "•", "-", "·"].contains(&text);
    bullet || text.len() <= 8 && text.ends_with([')', '.', '°']) && text.chars().any(char::is_alphanumeric)
}
