//! Parses well-formed XML to a tree. roxmltree fetches no external resources, limits the expansion of entities, and
//! stores the tree in one vector, so that depth does not use the stack. Ill-formed XML is not repaired here;
//! [`super::untyped`] reads it.

use roxmltree::{Document, Node, ParsingOptions};

use crate::extract::walk::{TreeNode, TreeStep, walk};

/// Maximum number of nodes; no real document has more.
const MAX_NODES: u32 = 20_000_000;

/// Parses a document; `None` if it is ill-formed or has too many nodes.
pub(crate) fn parse(text: &str) -> Option<Document<'_>> {
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MAX_NODES, ..ParsingOptions::default() };
    Document::parse_with_options(text.trim_start_matches('\u{feff}').trim_start(), options).ok()
}

impl<'a> TreeNode<'a> for Node<'a, '_> {
    type Element = Self;

    fn as_element(self) -> Option<Self> {
        self.is_element().then_some(self)
    }

    fn as_text(self) -> Option<&'a str> {
        self.text().filter(|_| self.is_text())
    }

    fn first_child(self) -> Option<Self> {
        Self::first_child(&self)
    }

    fn next_sibling(self) -> Option<Self> {
        Self::next_sibling(&self)
    }

    fn parent(self) -> Option<Self> {
        Self::parent(&self)
    }
}

/// Returns the first element with this name at or below a node.
pub(crate) fn find_element<'a, 'input>(node: Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    node.descendants().find(|node| node.tag_name().name() == name)
}

/// Returns the words of an element with normalised white space; elements selected by `parts` are separated by a space.
pub(crate) fn words(node: Node, is_left_out: fn(&str) -> bool, parts: fn(&str) -> bool) -> String {
    let mut words = String::new();
    walk(node, &mut |step| {
        match step {
            TreeStep::Text(text) => words.push_str(text),
            TreeStep::Enter(element) if is_left_out(element.tag_name().name()) => return false,
            TreeStep::Enter(element) | TreeStep::Leave(element) if parts(element.tag_name().name()) => words.push(' '),
            _ => {}
        }
        true
    });
    crate::extract::sourced::one_line(&words)
}

/// Returns the first non-empty text at a path; elements may be repeated.
pub(crate) fn first_text(node: Node, path: &[&str]) -> String {
    let Some((name, rest)) = path.split_first() else { return all_text(node) };
    let children = node.children().filter(|child| child.tag_name().name() == *name);
    children.map(|child| first_text(child, rest)).find(|words| !words.is_empty()).unwrap_or_default()
}

/// Returns the first child with this name, in any namespace.
pub(crate) fn child<'a, 'input>(node: Node<'a, 'input>, name: &str) -> Option<Node<'a, 'input>> {
    node.children().find(|child| child.tag_name().name() == name)
}

/// Returns all text of an element, trimmed.
pub(crate) fn all_text(node: Node) -> String {
    let text: String = node.descendants().filter(Node::is_text).filter_map(|text| text.text()).collect();
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_walk_enters_and_leaves_in_the_order_of_the_source() {
        let tree = parse("\u{feff}<?xml version='1.0'?><a>1<b><!-- x -->2</b><c/>3</a>").unwrap();
        let mut seen = String::new();
        walk(tree.root_element(), &mut |step| {
            match step {
                TreeStep::Text(text) => seen.push_str(text),
                TreeStep::Enter(node) => seen.extend(["<", node.tag_name().name()]),
                TreeStep::Leave(_) => seen.push('>'),
            }
            true
        });
        assert_eq!(seen, "<a1<b2><c>3>");
    }

    #[test]
    fn hostile_sources_are_refused_or_read_without_a_deep_stack() {
        let deep = format!("{}x{}", "<a>".repeat(200_000), "</a>".repeat(200_000));
        if let Some(tree) = parse(&deep) {
            let mut text = 0;
            walk(tree.root_element(), &mut |step| {
                text += usize::from(matches!(step, TreeStep::Text(_)));
                true
            });
            assert_eq!(text, 1);
        }
        let entity = |n: usize| format!("<!ENTITY e{n} '{}'>", format!("&e{};", n - 1).repeat(4));
        let entities: String = (1..30).map(entity).collect();
        let bomb = format!("<!DOCTYPE a [<!ENTITY e0 'x'>{entities}]><a>&e29;</a>");
        assert!(parse(&bomb).is_none());
        assert!(parse("<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a>b</a>").is_some());
        assert!(parse("<a><b></a>").is_none());
    }
}
