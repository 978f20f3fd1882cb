//! The length of functions, by the layout that rustfmt gives them: what begins at an indent
//! ends with a brace at the same one.

use super::texts;

/// A longer function does more than one thing.
const MOST_LINES: usize = 70;

#[test]
fn no_function_is_longer_than_a_screen() {
    let mut long = Vec::new();
    for (path, text) in texts(&["rs"]) {
        for (name, lines) in functions(&text) {
            if lines > MOST_LINES {
                long.push(format!("{}: {name} has {lines} lines", path.display()));
            }
        }
    }
    assert_eq!(long, Vec::<String>::new());
}

#[test]
fn lengths_are_measured_from_the_head_to_the_brace() {
    let text = "\
fn short() {}

impl X {
    pub(crate) async fn long(
        self,
    ) -> u8 {
        if true {
            1
        }
    }
}

trait Y {
    fn declared(
        &self,
    ) -> u8;
    fn given(&self) -> u8 {
        2
    }
}
";
    assert_eq!(functions(text), [("short", 1), ("long", 7), ("given", 3)]);
}

/// The functions of a source that have a body, with their lines.
fn functions(text: &str) -> Vec<(&str, usize)> {
    let lines: Vec<_> = text.lines().collect();
    let bodies = lines.iter().enumerate().filter_map(|(at, line)| {
        let name = name_of(line)?;
        Some((name, length(&lines[at..])?))
    });
    bodies.collect()
}

/// The name in the head of a function.
fn name_of(line: &str) -> Option<&str> {
    const BEFORE: [&str; 4] = ["const", "async", "unsafe", "extern"];
    let mut words = line.split_whitespace();
    loop {
        let word = words.next()?;
        match word {
            "fn" => break,
            _ if BEFORE.contains(&word) || word.starts_with("pub") || word == "\"C\"" => {}
            _ => return None,
        }
    }
    let name = words.next()?;
    let end = name.find(|c: char| !c.is_alphanumeric() && c != '_')?;
    Some(&name[..end])
}

/// How long the function at the first line is; `None` for one without a body.
fn length(lines: &[&str]) -> Option<usize> {
    let indent = &lines[0][..lines[0].len() - lines[0].trim_start().len()];
    for (at, line) in lines.iter().enumerate() {
        let here = line.strip_prefix(indent).unwrap_or_default();
        match here {
            _ if at == 0 && here.ends_with('}') => return Some(1),
            _ if here.ends_with(';') && (at == 0 || here.starts_with(')')) => return None,
            "}" => return Some(at + 1),
            _ => {}
        }
    }
    None
}
