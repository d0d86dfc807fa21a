//! Walks a parsed tree of HTML or XML. It keeps no stack and does not recurse, so that deep nesting is harmless.

/// A node of a parsed tree.
pub(super) trait TreeNode<'a>: Copy + PartialEq {
    /// An element as the parser represents it.
    type Element: Copy;

    fn as_element(self) -> Option<Self::Element>;
    fn as_text(self) -> Option<&'a str>;
    fn first_child(self) -> Option<Self>;
    fn next_sibling(self) -> Option<Self>;
    fn parent(self) -> Option<Self>;
}

/// A step of a walk.
#[derive(Clone, Copy)]
pub(super) enum TreeStep<'a, E> {
    Text(&'a str),
    /// The start of an element.
    Enter(E),
    /// The end of an element that was entered.
    Leave(E),
}

/// Visits `root` and its descendants in document order. The visitor returns whether to enter each element.
pub(super) fn walk<'a, N: TreeNode<'a>>(root: N, visit: &mut dyn FnMut(TreeStep<'a, N::Element>) -> bool) {
    let mut node = root;
    loop {
        if let Some(text) = node.as_text() {
            visit(TreeStep::Text(text));
        }
        let entered = node.as_element().filter(|element| visit(TreeStep::Enter(*element)));
        if entered.is_some()
            && let Some(child) = node.first_child()
        {
            node = child;
            continue;
        }
        if let Some(element) = entered {
            visit(TreeStep::Leave(element));
        }
        loop {
            if node == root {
                return;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else { return };
            node = parent;
            if let Some(element) = node.as_element() {
                visit(TreeStep::Leave(element));
            }
        }
    }
}
