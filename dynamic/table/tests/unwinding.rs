//! Panics in the code of users, and texts that turn out wrong: nothing is left behind.
//!
//! A table calls what users wrote for leaves, open enums and unions. Those here count how many
//! leaves live, and panic on demand: at the first, second, … last call of each of their methods.
//! CI runs this under Miri, AddressSanitizer and valgrind as well, which see what counting does
//! not.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic is the failure report of a test"
)]

use std::borrow::Cow;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};

use kubewright_table::abi::Record;
use kubewright_table::{
    Datum, Either, Empty, Leaf, LeafError, Map, OpenEnum, either, from_json, leaf, open_enum,
    record, to_json,
};
use serde_json::Value;

/// Code of users that a table calls.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Act {
    Read,
    Copy,
    Show,
    Compare,
    Drop,
    /// The text of an open enum.
    Spell,
    /// What a union is, and its turning into an object or a list.
    Look,
    Turn,
}

thread_local! {
    static ALIVE: Cell<usize> = const { Cell::new(0) };
    /// The act that panics, and how often it goes well before.
    static FUSE: Cell<Option<(Act, usize)>> = const { Cell::new(None) };
}

/// Panics if it is time to; quietly, since thousands of them are meant.
fn burn(act: Act) {
    match FUSE.get() {
        Some((armed, 0)) if armed == act => {
            FUSE.set(None);
            resume_unwind(Box::new("as told"));
        }
        Some((armed, left)) if armed == act => FUSE.set(Some((act, left - 1))),
        _ => {}
    }
}

/// A text that is counted while it lives; on the heap, so that a second drop is seen.
struct Counted(Option<Box<str>>);

impl Counted {
    fn new(text: String) -> Self {
        ALIVE.set(ALIVE.get() + 1);
        Self(Some(text.into()))
    }

    fn text(&self) -> &str {
        self.0.as_ref().map_or("", |text| text)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        if self.0.is_some() {
            ALIVE.set(ALIVE.get() - 1);
            burn(Act::Drop);
        }
    }
}

impl Empty for Counted {
    const EMPTY: Self = Self(None);
}

impl Clone for Counted {
    fn clone(&self) -> Self {
        burn(Act::Copy);
        match self.0 {
            Some(_) => Self::new(self.text().to_owned()),
            None => Self(None),
        }
    }
}

impl PartialEq for Counted {
    fn eq(&self, other: &Self) -> bool {
        burn(Act::Compare);
        self.text() == other.text()
    }
}

impl std::fmt::Debug for Counted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        burn(Act::Show);
        f.write_str(self.text())
    }
}

impl Leaf for Counted {
    const EXPECTED: &'static str = "a string";

    fn read(datum: Datum<'_>) -> Result<Self, LeafError> {
        burn(Act::Read);
        match datum {
            Datum::Text(text) => Ok(Self::new(text.into_owned())),
            _ => Err(LeafError::Type),
        }
    }

    fn show(&self) -> Datum<'_> {
        burn(Act::Show);
        Datum::Text(self.text().into())
    }
}

leaf!(Counted);

/// An open enum, which is set where a leaf is read or copied. The value of the text `""` is not
/// its empty value, and holds memory: where one is emptied, it must not be set to that.
enum Colour {
    Red,
    Other(Counted),
}

impl Empty for Colour {
    const EMPTY: Self = Self::Other(Counted::EMPTY);
}

impl std::fmt::Debug for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        burn(Act::Show);
        f.write_str(self.text())
    }
}

impl OpenEnum for Colour {
    fn text(&self) -> &str {
        burn(Act::Spell);
        match self {
            Self::Red => "Red",
            Self::Other(text) => text.text(),
        }
    }

    fn set(&mut self, text: Cow<'_, str>) {
        *self = match &*text {
            "Red" => Self::Red,
            _ => {
                burn(Act::Read);
                burn(Act::Copy);
                Self::Other(Counted::new(text.into_owned()))
            }
        };
    }
}

open_enum!(Colour);

/// An object or a list of leaves.
enum Union<T> {
    Object(Box<T>),
    Many(Vec<Counted>),
}

impl<T> Empty for Union<T> {
    const EMPTY: Self = Self::Many(Vec::new());
}

impl<T: Record> Either for Union<T> {
    type Object = T;
    type Other = Vec<Counted>;

    fn get(&self) -> Result<&T, &Vec<Counted>> {
        burn(Act::Look);
        match self {
            Self::Object(object) => Ok(object),
            Self::Many(leaves) => Err(leaves),
        }
    }

    fn object(&mut self) -> &mut T {
        if let Self::Many(_) = self {
            *self = Self::Object(Box::new(T::EMPTY));
        }
        burn(Act::Turn);
        match self {
            Self::Object(object) => object,
            Self::Many(_) => unreachable!("it was made an object"),
        }
    }

    fn other(&mut self) -> &mut Vec<Counted> {
        if let Self::Object(_) = self {
            *self = Self::EMPTY;
        }
        burn(Act::Turn);
        match self {
            Self::Many(leaves) => leaves,
            Self::Object(_) => unreachable!("it was made a list"),
        }
    }
}

either!(Union);

struct Small {
    leaf: Counted,
    colour: Option<Colour>,
}

record! { Small { "leaf" leaf [always], "colour" colour } }

/// Nothing, in a place of its own.
#[repr(align(32))]
struct Nothing {}

record! { Nothing {} }

/// Leaves in every shape that there is.
struct All {
    leaf: Counted,
    colour: Colour,
    option: Option<Counted>,
    text: Option<String>,
    inline: Small,
    perhaps: Option<Small>,
    boxed: Option<Box<All>>,
    nothing: Option<Box<Nothing>>,
    nothings: Vec<Nothing>,
    list: Vec<Counted>,
    lists: Vec<Vec<Counted>>,
    holes: Vec<Option<Counted>>,
    some: Option<Vec<Counted>>,
    map: Map<Counted>,
    maps: Map<Vec<Counted>>,
    gaps: Map<Option<Counted>>,
    fields: Vec<Small>,
    by_name: Map<Small>,
    union: Option<Union<Small>>,
    unions: Vec<Union<All>>,
    secret: Map<Counted>,
    rest: Map<Counted>,
}

record! {
    All {
        "leaf" leaf, "colour" colour, "option" option, "text" text, "inline" inline, "perhaps" perhaps,
        "boxed" boxed, "nothing" nothing, "nothings" nothings, "list" list, "lists" lists, "holes" holes,
        "some" some, "map" map, "maps" maps, "gaps" gaps, "fields" fields, "byName" by_name, "union" union,
        "unions" unions, "secret" secret [secret], .. rest except "apiVersion" "kind"
    }
}

const TEXT: &str = r#"{"kind":"All","leaf":"a","colour":"b","option":"c","text":"t","inline":{"leaf":"d","colour":"Red"},
    "perhaps":{"leaf":"e","colour":"f"},"boxed":{"leaf":"g","boxed":{"list":["h"],"unknown":"\u0068"},"nothing":null},
    "nothing":{},"nothings":[{},null,{"a":1}],"list":["i","j",null],"lists":[["k"],[],["l","m"]],"holes":["n",null,"o"],
    "some":["p","q"],"map":{"b":"r","a":"s"},"maps":{"x":["t"],"w":[]},"gaps":{"g":null,"h":"u"},
    "fields":[{"leaf":"v"},null,{"colour":"w"}],"byName":{"z":{"leaf":"x"},"y":{"colour":"Red"}},"union":{"leaf":"y"},
    "unions":[{"list":["z"]},["1","2"],{"union":["3"]}],"secret":{"s":"4"},"unknown":"5","another":"6"}"#;
/// The leaves of that text.
const LEAVES: usize = 33;
/// The open enums of that text.
const COLOURS: usize = 5;
/// The unions of that text.
const UNIONS: usize = 5;

type Task = (&'static str, &'static [Act], fn(&All));
type Reader = (&'static str, fn(&str) -> Option<All>);

/// Ways to make a value of a text.
const READERS: [Reader; 3] = [
    ("own", |text| from_json(text).ok()),
    ("serde", |text| serde_json::from_str(text).ok()),
    ("tree", |text| {
        serde_json::from_value(serde_json::from_str(text).ok()?).ok()
    }),
];

/// What can be done with a value, and which code of users that calls.
const TASKS: [Task; 5] = [
    (
        "clone and drop",
        &[Act::Copy, Act::Drop, Act::Spell, Act::Look, Act::Turn],
        |all| drop(all.clone()),
    ),
    ("write", &[Act::Show, Act::Spell, Act::Look], |all| {
        drop(to_json(all));
    }),
    ("serialize", &[Act::Show, Act::Spell, Act::Look], |all| {
        drop(serde_json::to_value(all));
    }),
    ("show", &[Act::Show, Act::Spell, Act::Look], |all| {
        drop(format!("{all:?}"));
    }),
    ("compare", &[Act::Compare, Act::Spell, Act::Look], |all| {
        assert!(PartialEq::eq(all, all));
    }),
];

/// Miri is a hundred times slower, and needs to see each place but not each leaf.
const STEP: usize = if cfg!(miri) { 31 } else { 1 };

/// Does it again and again, with a panic one act later each time; how many acts there are.
fn at_every_act(act: Act, what: &str, work: impl Fn()) -> usize {
    FUSE.set(Some((act, usize::MAX)));
    work();
    let acts = FUSE.take().map_or(0, |(_, left)| usize::MAX - left);
    for count in (0..acts).step_by(STEP) {
        let before = ALIVE.get();
        FUSE.set(Some((act, count)));
        let outcome = catch_unwind(AssertUnwindSafe(&work));
        assert!(outcome.is_err() && FUSE.get().is_none(), "{what}: {count}");
        assert_eq!(ALIVE.get(), before, "{what}: a panic at {act:?} {count}");
    }
    acts
}

#[test]
fn a_panic_while_reading_leaves_nothing_behind() {
    for (name, read) in READERS {
        let panics = at_every_act(Act::Read, name, || drop(read(TEXT)));
        assert_eq!(panics, LEAVES, "{name}");
        assert_eq!(at_every_act(Act::Drop, name, || drop(read(TEXT))), LEAVES);
        let turns = at_every_act(Act::Turn, name, || drop(read(TEXT)));
        assert_eq!(turns, UNIONS, "{name}");
    }
}

#[test]
fn a_panic_at_work_leaves_nothing_behind_and_the_value_whole() {
    let all = from_json::<All>(TEXT).unwrap();
    let written = to_json(&all);
    for (name, acts, task) in TASKS {
        for act in acts {
            let panics = at_every_act(*act, name, || task(&all));
            let expected = match act {
                Act::Spell => COLOURS,
                Act::Look | Act::Turn => UNIONS,
                _ => LEAVES / 2,
            };
            assert!(panics >= expected, "{name}: {panics} times {act:?}");
            assert_eq!(to_json(&all), written, "after {name}");
        }
    }
    assert_eq!(ALIVE.get(), LEAVES);
    drop(all);
    assert_eq!(ALIVE.get(), 0);
}

/// The same members twice, so that what the first ones made is given back.
fn twice() -> String {
    let members = TEXT.trim_end_matches('}').trim_start_matches('{');
    format!("{{{members},{members}}}")
}

#[test]
fn what_is_overwritten_is_given_back_also_by_a_panic() {
    for (name, read) in &READERS[..2] {
        let all = read(&twice()).unwrap();
        assert_eq!(ALIVE.get(), LEAVES, "{name}");
        drop(all);
        assert_eq!(ALIVE.get(), 0, "{name}");
        for act in [Act::Read, Act::Drop] {
            let panics = at_every_act(act, name, || drop(read(&twice())));
            assert_eq!(panics, 2 * LEAVES, "{name}");
        }
    }
}

#[test]
fn an_error_leaves_nothing_behind() {
    for (name, read) in READERS {
        for end in (0..TEXT.len()).step_by(STEP * STEP) {
            assert!(read(&TEXT[..end]).is_none(), "{name}: {}", &TEXT[..end]);
            assert_eq!(ALIVE.get(), 0, "{name}: {}", &TEXT[..end]);
        }
    }
}

#[test]
fn a_value_of_the_wrong_type_leaves_nothing_behind() {
    let tree: Value = serde_json::from_str(TEXT).unwrap();
    for (key, right) in tree.as_object().unwrap().iter().step_by(STEP) {
        for wrong in [
            Value::from(1),
            "text".into(),
            true.into(),
            vec![1].into(),
            tree.clone(),
        ] {
            let mut tree = tree.clone();
            tree[key] = wrong;
            let text = tree.to_string();
            let outcomes = READERS.map(|(_, read)| read(&text).map(|all| to_json(&all)));
            assert_eq!(outcomes[0], outcomes[1], "{key}, which was {right}");
            assert_eq!(outcomes[0], outcomes[2], "{key}, which was {right}");
            assert_eq!(ALIVE.get(), 0, "{key}, which was {right}");
        }
    }
}
