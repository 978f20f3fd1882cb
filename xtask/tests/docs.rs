//! Every link in the pages leads somewhere, and the guide's table of contents is complete.
//!
//! Links to other places than this repository are not followed: a test needs no network.

#![allow(clippy::expect_used, reason = "a panic is how a test fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

/// The table of contents of the book.
const SUMMARY: &str = "docs/SUMMARY.md";

/// What a page offers and asks for.
struct Page {
    anchors: BTreeSet<String>,
    links: Vec<String>,
}

#[test]
fn links_lead_to_files_and_anchors_that_exist() {
    let pages = pages();
    let mut broken = Vec::new();
    for (path, page) in &pages {
        for link in page.links.iter().filter(|link| !link.contains("://")) {
            if let Some(problem) = problem_of(path, link, &pages) {
                broken.push(format!("{}: {link}: {problem}", path.display()));
            }
        }
    }
    assert!(broken.is_empty(), "\n{}", broken.join("\n"));
}

#[test]
fn the_summary_names_every_page_once() {
    let pages = pages();
    let summary = Path::new(SUMMARY);
    let mut named: Vec<_> = pages[summary]
        .links
        .iter()
        .map(|link| join(summary, link))
        .collect();
    named.sort();
    let there = pages
        .keys()
        .filter(|path| path.starts_with("docs") && *path != summary);
    assert_eq!(named, there.cloned().collect::<Vec<_>>());
}

/// The doc tests of `examples` compile what they name.
#[test]
fn every_page_with_code_is_a_doc_test() {
    let tested = fs::read_to_string(root().join("examples/src/lib.rs")).expect("a text");
    let mut pages = texts(&root().join("docs"), "md");
    let readmes = texts(&root(), "md").into_iter();
    pages.extend(readmes.filter(|(path, _)| path.ends_with("README.md")));
    for (path, text) in pages {
        let path = path.to_string_lossy();
        let is_tested = tested.contains(&format!("\"{path}\""));
        assert!(
            is_tested || !text.contains("```rust"),
            "{path} is not tested"
        );
    }
}

#[test]
fn pictures_are_described() {
    for (path, text) in texts(&root().join("docs"), "svg") {
        assert!(text.contains("<title"), "{} has no <title>", path.display());
    }
}

#[test]
fn anchors_are_those_that_people_link_to() {
    let page = read(
        "# Why is a `POST` not repeated?\n## C++, twice\n## C++, twice\n<a id=\"W3\"></a>\n[x](y.md#z)",
    );
    let expected = ["why-is-a-post-not-repeated", "c-twice", "c-twice-1", "W3"];
    assert_eq!(page.anchors, expected.map(str::to_owned).into());
    assert_eq!(page.links, ["y.md#z"]);
}

#[test]
fn a_broken_link_is_found() {
    let pages = BTreeMap::from([(PathBuf::from("README.md"), read("# Here"))]);
    let problem = |link| problem_of(Path::new("README.md"), link, &pages);
    assert_eq!(problem("#here"), None);
    assert_eq!(problem("xtask/Cargo.toml"), None);
    assert_eq!(problem("#there"), Some("there is no such heading"));
    assert_eq!(problem("nowhere.md"), Some("there is no such file"));
    assert_eq!(
        problem("../outside.md"),
        Some("it leads out of the repository")
    );
}

fn problem_of(page: &Path, link: &str, pages: &BTreeMap<PathBuf, Page>) -> Option<&'static str> {
    let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
    let target = if file.is_empty() {
        page.to_owned()
    } else {
        join(page, file)
    };
    if target.starts_with("..") {
        return Some("it leads out of the repository");
    }
    let Some(found) = pages.get(&target) else {
        return (!root().join(&target).exists()).then_some("there is no such file");
    };
    (!anchor.is_empty() && !found.anchors.contains(anchor)).then_some("there is no such heading")
}

/// A link of a page as a path from the root of the repository.
fn join(page: &Path, link: &str) -> PathBuf {
    let folder = page.parent().expect("a file is in a folder");
    let mut path = PathBuf::new();
    for part in folder.join(link).components() {
        match part {
            Component::ParentDir if path.pop() => {}
            Component::CurDir => {}
            part => path.push(part),
        }
    }
    path
}

fn read(text: &str) -> Page {
    let mut page = Page {
        anchors: BTreeSet::new(),
        links: Vec::new(),
    };
    let mut heading: Option<String> = None;
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::Heading { .. }) => heading = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => {
                let heading = heading.take().expect("a heading that began");
                page.anchors.insert(fresh(&slug(&heading), &page.anchors));
            }
            Event::Text(text) | Event::Code(text) => {
                if let Some(heading) = &mut heading {
                    heading.push_str(&text);
                }
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                page.links.push(dest_url.into_string());
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                let ids = html
                    .split("id=\"")
                    .skip(1)
                    .filter_map(|rest| rest.split('"').next());
                page.anchors.extend(ids.map(str::to_owned));
            }
            _ => {}
        }
    }
    page
}

/// A heading as GitHub and mdBook make an anchor of it.
fn slug(heading: &str) -> String {
    let kept = heading
        .trim()
        .chars()
        .filter(|c| c.is_alphanumeric() || " -_".contains(*c));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

/// The second heading of one text gets a number.
fn fresh(slug: &str, known: &BTreeSet<String>) -> String {
    let numbered = (1..).map(|number| format!("{slug}-{number}"));
    let mut names = std::iter::once(slug.to_owned()).chain(numbered);
    names
        .find(|name| !known.contains(name))
        .expect("numbers do not end")
}

/// Every page of the repository, by its path.
fn pages() -> BTreeMap<PathBuf, Page> {
    let found = texts(&root(), "md").into_iter();
    found.map(|(path, text)| (path, read(&text))).collect()
}

/// The files of an extension below a folder, without links, hidden folders and `target`.
fn texts(folder: &Path, extension: &str) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let is_left_out = |name: &str| name == "target" || name.starts_with('.');
        let name = path.file_name().and_then(|name| name.to_str());
        if path.is_symlink() || name.is_some_and(is_left_out) {
            continue;
        }
        if path.is_dir() {
            found.extend(texts(&path, extension));
        } else if path.extension().is_some_and(|found| found == extension) {
            let text = fs::read_to_string(&path).expect("a text");
            let path = path.strip_prefix(root()).expect("a path of ours");
            found.insert(path.to_owned(), text);
        }
    }
    found
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("a workspace")
        .to_owned()
}
