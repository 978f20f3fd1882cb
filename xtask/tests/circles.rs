//! No circles: in every folder, the modules beside each other have an order.
//!
//! A module and the modules inside it may name each other; that is what nesting means. Two
//! modules side by side may not, however long the way round: a reader must be able to begin
//! with one of them. Only names that a path spells out are seen, which is how this project
//! imports everything; tests may look anywhere.

#![allow(clippy::expect_used, reason = "a panic is how a test fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use syn::visit::Visit;

/// The crates whose modules are held in order.
const CRATES: [&str; 9] = [
    "dynamic",
    "dynamic/table",
    "derive",
    "codegen",
    "codegen/samples",
    "envtest",
    "xtask",
    "xtask/cli",
    "bench/cache",
];

/// A module by the segments of its path; the root of the crate has none.
type Module = Vec<String>;

#[test]
fn modules_beside_each_other_form_no_circle() {
    let found: Vec<String> = CRATES
        .iter()
        .flat_map(|name| circles(&root().join(name).join("src")))
        .collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

#[test]
fn a_circle_of_any_length_is_found_and_nesting_is_allowed() {
    let modules = |files: &[(&str, &str)]| {
        let parsed = files.iter().map(|(path, text)| {
            let module = path.split('/').filter(|part| !part.is_empty());
            let file = syn::parse_file(text).expect("Rust");
            (module.map(str::to_owned).collect(), file)
        });
        circles_of(&parsed.collect())
    };
    let circle = [
        ("", "mod a; mod b; mod c;"),
        ("a", "use crate::b::B; mod inner;"),
        ("a/inner", "fn f() { super::super::c::g() }"),
        ("b", "use super::{c::{self, C}};"),
        ("c", "pub use crate::a::inner::A;"),
    ];
    assert_eq!(modules(&circle), ["in : a -> b -> c -> a"]);
    // `c` names what `b` hands on from `d`, so it depends on `d` alone.
    let handed_on = [
        ("", "mod b; mod c; mod d; pub use b::D;"),
        ("b", "pub use crate::d::D; use crate::c::C;"),
        ("c", "use crate::b::D;"),
        ("d", ""),
    ];
    assert!(modules(&handed_on).is_empty());
    let nested = [
        ("", "mod a;"),
        ("a", "mod b; use self::b::B;"),
        (
            "a/b",
            "use super::A; #[cfg(test)] mod tests { use crate::c::C; }",
        ),
    ];
    assert!(modules(&nested).is_empty());
}

fn circles(source: &Path) -> Vec<String> {
    let mut files = BTreeMap::new();
    collect(source, &mut Vec::new(), &mut files);
    circles_of(&files)
}

fn circles_of(files: &BTreeMap<Module, syn::File>) -> Vec<String> {
    let uses: BTreeMap<_, _> = files
        .iter()
        .map(|(module, file)| (module, Uses::of(module, file)))
        .collect();
    // By folder: which of its modules names which other.
    let mut folders: BTreeMap<&[String], BTreeMap<&str, BTreeSet<&str>>> = BTreeMap::new();
    for (module, found) in &uses {
        for path in &found.paths {
            let target = home(path, &uses);
            let common = module
                .iter()
                .zip(target)
                .take_while(|(a, b)| a == b)
                .count();
            if let (Some(from), Some(to)) = (module.get(common), target.get(common)) {
                let folder = folders.entry(&module[..common]).or_default();
                folder.entry(from).or_default().insert(to);
            }
        }
    }
    folders
        .iter()
        .filter_map(|(folder, graph)| Some((folder, circle(graph)?)))
        .map(|(folder, circle)| format!("in {}: {}", folder.join("/"), circle.join(" -> ")))
        .collect()
}

/// The module that has what a path names: where the name is handed on, the one it comes from.
fn home<'a>(path: &'a [String], uses: &'a BTreeMap<&Module, Uses>) -> &'a [String] {
    let mut path = path;
    // As often as a name can sensibly be handed on.
    for _ in 0..8 {
        let (module, rest) = split(path, uses);
        let handed_on = uses.get(&module.to_vec()).zip(rest.first());
        match handed_on.and_then(|(uses, name)| uses.handed_on.get(name)) {
            Some(from) if from.as_slice() != path => path = from,
            _ => return module,
        }
    }
    split(path, uses).0
}

/// The longest beginning of a path that is a module, and what follows.
fn split<'a>(path: &'a [String], uses: &BTreeMap<&Module, Uses>) -> (&'a [String], &'a [String]) {
    let end = (0..=path.len())
        .rev()
        .find(|&end| uses.contains_key(&path[..end].to_vec()));
    path.split_at(end.unwrap_or_default())
}

/// A way from a module back to it, if there is one.
fn circle<'a>(graph: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> Option<Vec<&'a str>> {
    graph.keys().find_map(|start| {
        let mut way = vec![*start];
        let mut seen = BTreeSet::new();
        returns(start, graph, &mut way, &mut seen).then_some(way)
    })
}

/// Extends the way until it is back where it began.
fn returns<'a>(
    start: &'a str,
    graph: &BTreeMap<&'a str, BTreeSet<&'a str>>,
    way: &mut Vec<&'a str>,
    seen: &mut BTreeSet<&'a str>,
) -> bool {
    let here = way.last().copied().unwrap_or(start);
    for next in graph.get(here).into_iter().flatten() {
        way.push(next);
        if *next == start || (seen.insert(next) && returns(start, graph, way, seen)) {
            return true;
        }
        way.pop();
    }
    false
}

/// The paths within the crate that a file names, in full.
struct Uses {
    module: Module,
    children: BTreeSet<String>,
    paths: BTreeSet<Module>,
    /// Names that other modules find here, with the paths that they stand for.
    handed_on: BTreeMap<String, Module>,
}

impl Uses {
    fn of(module: &Module, file: &syn::File) -> Self {
        let children = file.items.iter().filter_map(|item| match item {
            syn::Item::Mod(child) => Some(child.ident.to_string()),
            _ => None,
        });
        let mut uses = Uses {
            module: module.clone(),
            children: children.collect(),
            paths: BTreeSet::new(),
            handed_on: BTreeMap::new(),
        };
        uses.visit_file(file);
        uses
    }

    /// The path from the root of the crate; `None` for one that leads out of it.
    fn in_full(&self, path: &[String]) -> Option<Module> {
        let (first, rest) = path.split_first()?;
        let mut full = match first.as_str() {
            "crate" => Vec::new(),
            "super" => self.module[..self.module.len().checked_sub(1)?].to_vec(),
            "self" => self.module.clone(),
            name if self.children.contains(name) => {
                let mut full = self.module.clone();
                full.push(name.to_owned());
                full
            }
            _ => return None,
        };
        for part in rest {
            match part.as_str() {
                "super" => drop(full.pop()),
                "self" => {}
                name => full.push(name.to_owned()),
            }
        }
        Some(full)
    }

    fn tree(&mut self, tree: &syn::UseTree, before: &mut Vec<String>, is_public: bool) {
        match tree {
            syn::UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.tree(&path.tree, before, is_public);
                before.pop();
            }
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.tree(tree, before, is_public);
                }
            }
            syn::UseTree::Name(name) => {
                self.leaf(&name.ident, &name.ident, before, is_public);
            }
            syn::UseTree::Rename(name) => {
                self.leaf(&name.ident, &name.rename, before, is_public);
            }
            syn::UseTree::Glob(_) => self.paths.extend(self.in_full(before)),
        }
    }

    fn leaf(
        &mut self,
        name: &syn::Ident,
        known_as: &syn::Ident,
        before: &[String],
        is_public: bool,
    ) {
        let path: Vec<String> = before.iter().cloned().chain([name.to_string()]).collect();
        let Some(full) = self.in_full(&path) else {
            return;
        };
        if is_public {
            self.handed_on.insert(known_as.to_string(), full.clone());
        }
        self.paths.insert(full);
    }
}

impl<'ast> Visit<'ast> for Uses {
    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        if !is_test(&item.attrs) {
            syn::visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        if !is_test(&item.attrs) {
            let is_public = !matches!(item.vis, syn::Visibility::Inherited);
            self.tree(&item.tree, &mut Vec::new(), is_public);
        }
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<_> = path
            .segments
            .iter()
            .map(|part| part.ident.to_string())
            .collect();
        if segments.len() > 1 {
            self.paths.extend(self.in_full(&segments));
        }
        syn::visit::visit_path(self, path);
    }
}

fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let list = attribute
            .path()
            .is_ident("cfg")
            .then(|| attribute.meta.require_list());
        matches!(list, Some(Ok(list)) if list.tokens.to_string().contains("test"))
    })
}

fn collect(path: &Path, module: &mut Module, files: &mut BTreeMap<Module, syn::File>) {
    let Ok(entries) = fs::read_dir(path) else {
        return;
    };
    for entry in entries {
        let path = entry.expect("an entry").path();
        let stem = path
            .file_stem()
            .and_then(|stem| stem.to_str())
            .unwrap_or_default();
        let is_root = module.is_empty() && matches!(stem, "lib" | "main");
        if stem == "tests" {
            continue;
        }
        let mut module = module.clone();
        if !is_root {
            module.push(stem.to_owned());
        }
        if path.is_dir() {
            collect(&path, &mut module, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path).expect("a readable file");
            let file = syn::parse_file(&text).expect("a file that compiles");
            files.insert(module, file);
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("a workspace")
}
