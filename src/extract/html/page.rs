//! Decides which part of an HTML page is content: invisible elements, menus, the main part, data tables and layout
//! tables. It uses the page's own markup and the share of links in an element, not a list of known sites.

use std::ops::Deref;

use scraper::{ElementRef, Html, Node};

use crate::document::SetAside;
use crate::extract::sourced::one_line;
use crate::extract::walk::{TreeNode, TreeStep, walk};
use crate::text::TextSize;

/// Maximum number of bytes of menus that are set aside.
const MAX_SET_ASIDE_BYTES: usize = 16 << 10;

/// A step of a walk over a page.
pub(super) type HtmlStep<'a> = TreeStep<'a, ElementRef<'a>>;

/// A node of a page's tree.
#[derive(Clone, Copy, PartialEq)]
struct HtmlNode<'a>(<ElementRef<'a> as Deref>::Target);

impl<'a> TreeNode<'a> for HtmlNode<'a> {
    type Element = ElementRef<'a>;

    fn as_element(self) -> Option<ElementRef<'a>> {
        ElementRef::wrap(self.0)
    }

    fn as_text(self) -> Option<&'a str> {
        if let Node::Text(text) = self.0.value() { Some(text) } else { None }
    }

    fn first_child(self) -> Option<Self> {
        self.0.first_child().map(Self)
    }

    fn next_sibling(self) -> Option<Self> {
        self.0.next_sibling().map(Self)
    }

    fn parent(self) -> Option<Self> {
        self.0.parent().map(Self)
    }
}

/// Walks an element of a page; see [`walk`].
pub(super) fn walk_html<'a>(root: ElementRef<'a>, visit: &mut dyn FnMut(HtmlStep<'a>) -> bool) {
    walk(HtmlNode(*root), visit);
}

/// The content of a page and the text set aside.
pub(crate) struct PageContent<'a> {
    /// Root element of the content.
    pub root: ElementRef<'a>,
    /// Menus and text outside the main part.
    pub set_aside: Vec<SetAside>,
}

/// Finds the content: the main part if it has more than half of the prose, otherwise the whole page; menus are excluded
/// from both.
pub(crate) fn find_content(html: &Html) -> PageContent<'_> {
    let page = html.root_element();
    let main = main_part(page).filter(|main| prose(*main) * 2 > prose(page));
    let mut aside = String::new();
    let mut menus = 0_usize;
    walk_html(page, &mut |step| match step {
        TreeStep::Enter(element) if main.is_some_and(|main| main.id() == element.id()) => false,
        TreeStep::Enter(element) if is_invisible(element) => false,
        TreeStep::Enter(element) => {
            if main.is_none() && menus == 0 && is_menu(element) {
                menus = 1;
            } else if menus > 0 {
                menus += 1;
            }
            true
        }
        TreeStep::Leave(_) => {
            menus = menus.saturating_sub(1);
            true
        }
        TreeStep::Text(text) => {
            if (main.is_some() || menus > 0) && aside.len() < MAX_SET_ASIDE_BYTES {
                aside.push_str(text);
                aside.push(' ');
            }
            true
        }
    });
    let text = one_line(&aside);
    let set_aside = if text.is_empty() {
        Vec::new()
    } else {
        vec![SetAside { kind: "menu".to_owned(), text, at: TextSize::new(0), source: None }]
    };
    PageContent { root: main.unwrap_or(page), set_aside }
}

/// Finds the element marked as main: `main`, or the only `article`.
fn main_part(page: ElementRef) -> Option<ElementRef> {
    let mut main = None;
    let mut articles = Vec::new();
    walk_html(page, &mut |step| {
        if let TreeStep::Enter(element) = step {
            let is_main = element.value().name() == "main" || element.attr("role") == Some("main");
            if is_main && main.is_none() {
                main = Some(element);
            }
            if element.value().name() == "article" {
                articles.push(element);
            }
        }
        true
    });
    main.or(if let [only] = articles.as_slice() { Some(*only) } else { None })
}

/// Number of bytes of visible text outside links.
fn prose(root: ElementRef) -> usize {
    let (all, links, _) = count_text(root);
    all - links
}

/// Counts the bytes of visible text, those in links that leave the page, and the number of such links.
fn count_text(root: ElementRef) -> (usize, usize, usize) {
    let (mut all, mut linked, mut links, mut inside) = (0, 0, 0, 0_usize);
    walk_html(root, &mut |step| {
        match step {
            TreeStep::Enter(element) if is_invisible(element) => return false,
            TreeStep::Enter(element) if leads_off(element) => {
                links += 1;
                inside += 1;
            }
            TreeStep::Leave(element) if leads_off(element) => inside -= 1,
            TreeStep::Text(text) => {
                let length: usize = text.split_ascii_whitespace().map(str::len).sum();
                all += length;
                linked += if inside > 0 { length } else { 0 };
            }
            _ => {}
        }
        true
    });
    (all, linked, links)
}

fn leads_off(element: ElementRef) -> bool {
    element.value().name() == "a" && element.attr("href").is_some_and(|target| !target.trim().starts_with('#'))
}

/// Whether an element is not displayed or contains no text.
pub(crate) fn is_invisible(element: ElementRef) -> bool {
    let value = element.value();
    let no_text = matches!(
        value.name(),
        "head"
            | "script"
            | "style"
            | "template"
            | "noscript"
            | "title"
            | "svg"
            | "object"
            | "embed"
            | "iframe"
            | "select"
            | "option"
            | "button"
            | "input"
            | "textarea"
            | "canvas"
            | "video"
            | "audio"
            | "map"
            | "datalist"
    );
    let hides = |style: &str| style.contains("display:none") || style.contains("visibility:hidden");
    let style = || value.attr("style").is_some_and(|style| hides(&style.replace(' ', "").to_ascii_lowercase()));
    no_text
        || value.attr("hidden").is_some()
        || value.attr("aria-hidden") == Some("true")
        || value.classes().any(|class| matches!(class, "sr-only" | "visually-hidden"))
        || style()
}

/// Whether an element is a menu: marked as one, or named so and consisting mostly of links.
pub(crate) fn is_menu(element: ElementRef) -> bool {
    let value = element.value();
    let role = value.attr("role").unwrap_or("");
    if value.name() == "nav" || matches!(role, "navigation" | "search" | "menu" | "menubar" | "contentinfo" | "banner")
    {
        return true;
    }
    if value.classes().chain(value.id()).any(|name| name.to_ascii_lowercase().contains("breadcrumb")) {
        return true;
    }
    let named = matches!(value.name(), "header" | "footer" | "aside") || value.id().is_some_and(is_menu_name);
    if !(named || value.classes().any(is_menu_name)) {
        return false;
    }
    let (all, linked, links) = count_text(element);
    all < 4000 && links > 0 && linked * 2 >= all || links > 8 && linked * 3 >= all
}

fn is_menu_name(name: &str) -> bool {
    const NAMES: [&str; 14] = [
        "menu",
        "nav",
        "footer",
        "header",
        "banner",
        "sitemap",
        "social",
        "share",
        "cookie",
        "toolbar",
        "skip",
        "bandeau",
        "pied",
        "fil-ariane",
    ];
    let name = name.to_ascii_lowercase();
    NAMES.iter().any(|part| name.contains(part))
}

/// Whether an element starts and ends a line.
pub(crate) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "header"
            | "hgroup"
            | "html"
            | "legend"
            | "main"
            | "nav"
            | "p"
            | "section"
            | "summary"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
    )
}

/// Whether a table has data: at least two rows of two cells, short cells, and no nested table. Other tables set the
/// layout of a page, as do tables whose rows are a name with a colon and a value.
pub(crate) fn is_data_table(table: ElementRef) -> bool {
    let (mut nested, mut rows, mut cells, mut bytes, mut blocks, mut headed) = (false, 0, 0, 0, 0, false);
    let mut labels = 0;
    walk_html(table, &mut |step| {
        match step {
            _ if nested => return false,
            TreeStep::Enter(element) => match element.value().name() {
                "table" => nested = element.id() != table.id(),
                "tr" => rows += 1,
                "td" => cells += 1,
                "th" => (headed, cells) = (true, cells + 1),
                "p" | "div" | "li" | "h1" | "h2" | "h3" | "h4" => blocks += 1,
                _ => {}
            },
            TreeStep::Text(text) => {
                bytes += text.split_ascii_whitespace().map(|word| word.len() + 1).sum::<usize>();
                labels += usize::from(text.trim().ends_with(':'));
            }
            TreeStep::Leave(_) => {}
        }
        true
    });
    !nested
        && (headed || labels * 2 <= rows)
        && rows >= 2
        && cells >= rows * 2
        && bytes <= cells * 120
        && (headed || blocks <= cells * 2)
        && bytes > 0
        && (headed || rows >= 3)
}

/// Maximum length of the name and of the value of a fact, in bytes.
const MAX_FACT_BYTES: (usize, usize) = (48, 240);

/// Whether a cell is the name of a fact, « Rubrique : », and the next cell has its value. An emphasised name is the
/// title of a section.
pub(crate) fn names_fact(cell: ElementRef) -> bool {
    let mut is_emphasised = false;
    walk_html(cell, &mut |step| {
        is_emphasised |= matches!(step, TreeStep::Enter(inner) if matches!(inner.value().name(), "b" | "strong" | "u" | "h3" | "h4"));
        !is_emphasised
    });
    let name = one_line(&words(cell, MAX_FACT_BYTES.0));
    let value = || cell.next_siblings().find_map(ElementRef::wrap).map(|next| one_line(&words(next, MAX_FACT_BYTES.1)));
    !is_emphasised
        && (2..=MAX_FACT_BYTES.0).contains(&name.trim().len())
        && name.trim().ends_with(':')
        && value().is_some_and(|value| !value.trim().is_empty() && value.len() <= MAX_FACT_BYTES.1)
}

/// Returns the visible text of an element; stops once it is longer than twice `most`, which is enough to see that it is
/// too long.
fn words(element: ElementRef, most: usize) -> String {
    let mut text = String::new();
    walk_html(element, &mut |step| {
        match step {
            _ if text.len() > most * 2 => return false,
            TreeStep::Enter(inner) if is_invisible(inner) => return false,
            TreeStep::Text(words) => text.push_str(words),
            _ => {}
        }
        true
    });
    text
}
