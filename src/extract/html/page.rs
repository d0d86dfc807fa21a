//! What of an HTML page is content: elements nobody sees, menus, the main part, tables that hold data and tables that only
//! lay out. Judged from the page's own marks and from how much of a part is links; no list of sites.

use scraper::{ElementRef, Html, Node};

use crate::document::SetAside;
use crate::extract::sourced::one_line;
use crate::text::TextSize;

/// The most of a page's menus that is kept aside, in bytes.
const MOST_ASIDE: usize = 16 << 10;

/// One step of a walk over a page's tree.
#[derive(Clone, Copy)]
pub enum Step<'a> {
    /// Text.
    Text(&'a str),
    /// An element starts.
    Enter(ElementRef<'a>),
    /// An element that was entered ends.
    Leave(ElementRef<'a>),
}

/// Walks a tree without recursion. The visitor says of each element whether to go into it.
pub fn steps<'a>(root: ElementRef<'a>, visit: &mut dyn FnMut(Step<'a>) -> bool) {
    let mut node = *root;
    loop {
        let inside = match node.value() {
            Node::Text(text) => {
                visit(Step::Text(text));
                false
            }
            Node::Element(_) => ElementRef::wrap(node).is_some_and(|element| visit(Step::Enter(element))),
            _ => false,
        };
        if inside && let Some(child) = node.first_child() {
            node = child;
            continue;
        }
        if inside && let Some(element) = ElementRef::wrap(node) {
            visit(Step::Leave(element));
        }
        loop {
            if node.id() == root.id() {
                return;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else { return };
            node = parent;
            if let Some(element) = ElementRef::wrap(node) {
                visit(Step::Leave(element));
            }
        }
    }
}

/// The part of a page to read, and what was left out.
pub struct Content<'a> {
    /// What to read.
    pub root: ElementRef<'a>,
    /// Menus and what stands round the main part.
    pub set_aside: Vec<SetAside>,
}

/// Finds the content: the main part where it holds most of the text, else the whole page; menus are left out of both.
pub fn content(html: &Html) -> Content<'_> {
    let page = html.root_element();
    let main = main_part(page).filter(|main| prose(*main) * 2 > prose(page));
    let mut aside = String::new();
    let mut menus = 0_usize;
    steps(page, &mut |step| match step {
        Step::Enter(element) if main.is_some_and(|main| main.id() == element.id()) => false,
        Step::Enter(element) if is_invisible(element) => false,
        Step::Enter(element) => {
            if main.is_none() && menus == 0 && is_menu(element) {
                menus = 1;
            } else if menus > 0 {
                menus += 1;
            }
            true
        }
        Step::Leave(_) => {
            menus = menus.saturating_sub(1);
            true
        }
        Step::Text(text) => {
            if (main.is_some() || menus > 0) && aside.len() < MOST_ASIDE {
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
    Content { root: main.unwrap_or(page), set_aside }
}

/// The element a page calls its main part: `main`, or the only `article`.
fn main_part(page: ElementRef) -> Option<ElementRef> {
    let mut main = None;
    let mut articles = Vec::new();
    steps(page, &mut |step| {
        if let Step::Enter(element) = step {
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

/// Bytes of visible text that are not links.
fn prose(root: ElementRef) -> usize {
    let (all, links, _) = weigh(root);
    all - links
}

/// Bytes of visible text, how many of them are links that lead off the page, and how many such links there are.
fn weigh(root: ElementRef) -> (usize, usize, usize) {
    let (mut all, mut linked, mut links, mut inside) = (0, 0, 0, 0_usize);
    steps(root, &mut |step| {
        match step {
            Step::Enter(element) if is_invisible(element) => return false,
            Step::Enter(element) if leads_off(element) => {
                links += 1;
                inside += 1;
            }
            Step::Leave(element) if leads_off(element) => inside -= 1,
            Step::Text(text) => {
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

/// Elements whose text nobody sees, or that are no text.
pub fn is_invisible(element: ElementRef) -> bool {
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

/// Menus: marked as such, or named so and made mostly of links.
pub fn is_menu(element: ElementRef) -> bool {
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
    let (all, linked, links) = weigh(element);
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

/// Whether an element begins and ends a line.
pub fn is_block(name: &str) -> bool {
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

/// A table of data has two rows of two cells or more, short cells, and no table inside; others only lay a page out, as do
/// those whose rows are a fact's name with a colon and its value.
pub fn is_data_table(table: ElementRef) -> bool {
    let (mut nested, mut rows, mut cells, mut bytes, mut blocks, mut headed) = (false, 0, 0, 0, 0, false);
    let mut labels = 0;
    steps(table, &mut |step| {
        match step {
            _ if nested => return false,
            Step::Enter(element) => match element.value().name() {
                "table" => nested = element.id() != table.id(),
                "tr" => rows += 1,
                "td" => cells += 1,
                "th" => (headed, cells) = (true, cells + 1),
                "p" | "div" | "li" | "h1" | "h2" | "h3" | "h4" => blocks += 1,
                _ => {}
            },
            Step::Text(text) => {
                bytes += text.split_ascii_whitespace().map(|word| word.len() + 1).sum::<usize>();
                labels += usize::from(text.trim().ends_with(':'));
            }
            Step::Leave(_) => {}
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

/// The longest name of a fact and the longest value, in bytes.
const FACT: (usize, usize) = (48, 240);

/// Whether a cell is the name of a fact, « Rubrique : », and the cell behind it holds its value. A name that is stressed is
/// a section's title.
pub fn names_fact(cell: ElementRef) -> bool {
    let mut stressed = false;
    steps(cell, &mut |step| {
        stressed |=
            matches!(step, Step::Enter(inner) if matches!(inner.value().name(), "b" | "strong" | "u" | "h3" | "h4"));
        !stressed
    });
    let name = one_line(&words(cell, FACT.0));
    let value = || cell.next_siblings().find_map(ElementRef::wrap).map(|next| one_line(&words(next, FACT.1)));
    !stressed
        && (2..=FACT.0).contains(&name.trim().len())
        && name.trim().ends_with(':')
        && value().is_some_and(|value| !value.trim().is_empty() && value.len() <= FACT.1)
}

/// The visible words of an element, no more of them than show that they are too many.
fn words(element: ElementRef, most: usize) -> String {
    let mut text = String::new();
    steps(element, &mut |step| {
        match step {
            _ if text.len() > most * 2 => return false,
            Step::Enter(inner) if is_invisible(inner) => return false,
            Step::Text(words) => text.push_str(words),
            _ => {}
        }
        true
    });
    text
}

/// What a cell holds that only labels the next: « (1) », « a) », « — ».
pub fn is_label(text: &str) -> bool {
    let text = text.trim();
    let bullet = ["–", "—", "•", "-", "·"].contains(&text);
    bullet || text.len() <= 8 && text.ends_with([')', '.', '°']) && text.chars().any(char::is_alphanumeric)
}
