//! From text to a tree.

use std::borrow::Cow;
use std::collections::HashMap;
use std::rc::Rc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, Span, Tag};

use super::problem::{YamlProblem, YamlWarning};
use super::{DEEPEST, Document, LARGEST_TEXT, MOST_NODES, Node, NodeValue, scalar};

/// Reads the first document of a text. Of a key that stands twice the last one counts.
pub(in super::super) fn compose(text: &str) -> Result<Document, YamlProblem> {
    if text.len() > LARGEST_TEXT {
        return Err(YamlProblem::TooLarge);
    }
    let mut options = granit_parser::options! {
        flow_nesting_limit: DEEPEST,
        block_nesting_limit: DEEPEST,
        // As the parser does that Go's is made of.
        bom_inside_document_as_content: true,
        block_scalar_eof_without_line_feed: true,
    };
    options.set_emit_comments(false);
    let mut composer = Composer::default();
    for next in Parser::new_from_str_with_options(text, options) {
        let (event, span) = match next {
            Ok(next) => next,
            // What follows the first document is not read, whatever it is.
            Err(_) if composer.root.is_some() => break,
            Err(error) => return Err(syntax(&error)),
        };
        if composer.take(event, span)? == Flow::Stop {
            break;
        }
    }
    Ok(composer.document())
}

fn syntax(error: &ScanError) -> YamlProblem {
    let at = error.marker();
    match error.kind() {
        ErrorKind::RecursionLimitExceeded => YamlProblem::TooDeep { line: at.line() },
        // The parser's words hold at most one character of the text.
        kind => YamlProblem::Syntax {
            line: at.line(),
            column: at.col() + 1,
            what: kind.to_string(),
        },
    }
}

#[derive(PartialEq, Eq)]
enum Flow {
    Continue,
    Stop,
}

#[derive(Default)]
struct Composer {
    open: Vec<Collection>,
    anchors: HashMap<usize, Rc<Node>>,
    root: Option<Rc<Node>>,
    nodes: usize,
    warnings: Vec<YamlWarning>,
}

/// A collection whose end is not reached.
struct Collection {
    line: usize,
    anchor: usize,
    content: Content,
}

enum Content {
    Sequence(Vec<Rc<Node>>),
    Mapping(Mapping),
}

#[derive(Default)]
struct Mapping {
    entries: Vec<(String, Rc<Node>)>,
    places: HashMap<String, usize>,
    /// The key whose value comes next.
    key: Option<Key>,
}

struct Key {
    text: String,
    line: usize,
    /// Whether it is a `<<`, which stands for the entries of its value.
    merges: bool,
}

impl Composer {
    fn document(self) -> Document {
        Document {
            root: self
                .root
                .unwrap_or_else(|| Rc::new(Node::new(1, NodeValue::Null))),
            warnings: self.warnings,
        }
    }

    fn take(&mut self, event: Event<'_>, span: Span) -> Result<Flow, YamlProblem> {
        let line = span.start.line();
        match event {
            Event::DocumentStart(..) if self.root.is_some() => {
                self.warnings.push(YamlWarning::SecondDocument { line });
                return Ok(Flow::Stop);
            }
            Event::Scalar(text, style, anchor, tag) => {
                self.scalar(line, text, style, anchor, tag.as_deref())?;
            }
            Event::SequenceStart(_, anchor, _) => {
                self.open(line, anchor, Content::Sequence(Vec::new()))?;
            }
            Event::MappingStart(_, anchor, _) => {
                self.open(line, anchor, Content::Mapping(Mapping::default()))?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close()?,
            Event::Alias(anchor) => {
                self.count()?;
                let node = self.anchors.get(&anchor).cloned();
                self.place(node.ok_or(YamlProblem::Cycle { line })?)?;
            }
            // The rest is not a node. There is one more variant where another crate asks for it.
            _ => {}
        }
        Ok(Flow::Continue)
    }

    fn count(&mut self) -> Result<(), YamlProblem> {
        self.nodes += 1;
        if self.nodes > MOST_NODES {
            return Err(YamlProblem::TooMany);
        }
        Ok(())
    }

    fn open(&mut self, line: usize, anchor: usize, content: Content) -> Result<(), YamlProblem> {
        self.count()?;
        if self.open.len() >= DEEPEST {
            return Err(YamlProblem::TooDeep { line });
        }
        if self.awaits_key() {
            return Err(YamlProblem::Key { line });
        }
        self.open.push(Collection {
            line,
            anchor,
            content,
        });
        Ok(())
    }

    fn close(&mut self) -> Result<(), YamlProblem> {
        let Some(collection) = self.open.pop() else {
            return Ok(());
        };
        let value = match collection.content {
            Content::Sequence(items) => NodeValue::Sequence(items),
            Content::Mapping(mapping) => NodeValue::Mapping(mapping.entries),
        };
        self.finish(collection.anchor, Node::new(collection.line, value))
    }

    fn scalar(
        &mut self,
        line: usize,
        text: Cow<'_, str>,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
    ) -> Result<(), YamlProblem> {
        self.count()?;
        let value = scalar_value(line, text, style, tag)?;
        let merges = style == ScalarStyle::Plain && tag.is_none();
        if self.awaits_key() {
            let text = key_text(line, &value)?;
            self.anchor(anchor, &Rc::new(Node::new(line, value)));
            self.key(Key {
                merges: merges && text == "<<",
                text,
                line,
            });
            return Ok(());
        }
        self.finish(anchor, Node::new(line, value))
    }

    fn anchor(&mut self, anchor: usize, node: &Rc<Node>) {
        if anchor > 0 {
            self.anchors.insert(anchor, Rc::clone(node));
        }
    }

    fn finish(&mut self, anchor: usize, node: Node) -> Result<(), YamlProblem> {
        let node = Rc::new(node);
        self.anchor(anchor, &node);
        self.place(node)
    }

    fn awaits_key(&self) -> bool {
        matches!(
            self.open.last(),
            Some(Collection { content: Content::Mapping(mapping), .. }) if mapping.key.is_none()
        )
    }

    fn key(&mut self, key: Key) {
        if let Some(Content::Mapping(mapping)) = self.open.last_mut().map(|open| &mut open.content)
        {
            mapping.key = Some(key);
        }
    }

    /// Puts a finished node where it belongs.
    fn place(&mut self, node: Rc<Node>) -> Result<(), YamlProblem> {
        if self.open.len() + node.height > DEEPEST {
            return Err(YamlProblem::TooDeep { line: node.line });
        }
        if self.awaits_key() {
            // Only an alias comes here as a key.
            let text = key_text(node.line, &node.value)?;
            let line = node.line;
            self.key(Key {
                text,
                line,
                merges: false,
            });
            return Ok(());
        }
        match self.open.last_mut().map(|open| &mut open.content) {
            None => self.root = Some(node),
            Some(Content::Sequence(items)) => items.push(node),
            Some(Content::Mapping(mapping)) => {
                let copied = mapping.value(node, &mut self.warnings)?;
                self.nodes += copied;
            }
        }
        if self.nodes > MOST_NODES {
            return Err(YamlProblem::TooMany);
        }
        Ok(())
    }
}

impl Mapping {
    /// The value of the last key; returns how many entries were copied for it.
    fn value(
        &mut self,
        node: Rc<Node>,
        warnings: &mut Vec<YamlWarning>,
    ) -> Result<usize, YamlProblem> {
        let Some(key) = self.key.take() else {
            return Ok(0);
        };
        if key.merges {
            return self.merge(&node);
        }
        let line = key.line;
        if let Some(key) = self.set(key.text, node) {
            warnings.push(YamlWarning::DuplicateKey { key, line });
        }
        Ok(0)
    }

    /// The last value of a key counts; returns the key if it is there twice.
    fn set(&mut self, key: String, node: Rc<Node>) -> Option<String> {
        let place = self.places.get(&key).copied();
        if let Some(entry) = place.and_then(|place| self.entries.get_mut(place)) {
            entry.1 = node;
            return Some(key);
        }
        self.places.insert(key.clone(), self.entries.len());
        self.entries.push((key, node));
        None
    }

    /// `<<` stands for the entries of one mapping, or of a list of them.
    fn merge(&mut self, node: &Rc<Node>) -> Result<usize, YamlProblem> {
        let sources = match &node.value {
            // The first of a list wins, so it comes last.
            NodeValue::Sequence(items) => items.iter().rev().collect(),
            _ => vec![node],
        };
        let mut copied = 0;
        for source in sources {
            let NodeValue::Mapping(entries) = &source.value else {
                return Err(YamlProblem::Merge { line: node.line });
            };
            copied += entries.len();
            if copied > MOST_NODES {
                return Err(YamlProblem::TooMany);
            }
            for (key, node) in entries {
                self.set(key.clone(), Rc::clone(node));
            }
        }
        Ok(copied)
    }
}

fn scalar_value(
    line: usize,
    text: Cow<'_, str>,
    style: ScalarStyle,
    tag: Option<&Tag>,
) -> Result<NodeValue, YamlProblem> {
    let Some(tag) = tag else {
        return Ok(match style {
            ScalarStyle::Plain => scalar::resolve(&text),
            _ => NodeValue::String(text.into_owned()),
        });
    };
    match tag.suffix_in_namespace("tag:yaml.org,2002:").as_deref() {
        Some("bool" | "int" | "float" | "null") => Ok(scalar::resolve(&text)),
        Some("binary") => binary(line, &text),
        // What has another tag is a string, whatever it looks like.
        _ => Ok(NodeValue::String(text.into_owned())),
    }
}

/// Bytes as Go puts them into JSON: what is not UTF-8 is replaced.
fn binary(line: usize, text: &str) -> Result<NodeValue, YamlProblem> {
    let text: String = text.split_ascii_whitespace().collect();
    let bytes = STANDARD
        .decode(text)
        .map_err(|_| YamlProblem::Binary { line })?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    Ok(NodeValue::String(text))
}

/// Keys of JSON are strings, and so are those that look like numbers or booleans.
fn key_text(line: usize, value: &NodeValue) -> Result<String, YamlProblem> {
    match value {
        NodeValue::String(text) => Ok(text.clone()),
        NodeValue::Bool(value) => Ok(value.to_string()),
        NodeValue::Number(number) => Ok(number.to_string()),
        NodeValue::Null | NodeValue::Sequence(_) | NodeValue::Mapping(_) => {
            Err(YamlProblem::Key { line })
        }
    }
}
