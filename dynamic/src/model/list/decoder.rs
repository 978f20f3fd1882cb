//! Decoder of lists that are arriving: it reads the items one by one, never the list as a whole.
//!
//! It holds the item that is arriving and what one network read brought behind it, however long
//! the list is. What surrounds the items is read wherever it is: lists of custom resources have
//! their version and token behind the items. There is no I/O here.
//!
//! A caller takes items checked and decides what to read ([`ListDecoder::read`], for caches), or
//! takes objects ([`ListDecoder::read_object`]), which are read in one pass where the type has a
//! table.

use super::problem::{ItemProblem, ListProblem, OfList};
use crate::model::error::{Error, Result};
use crate::model::json::{Checked, JsonError, Pieces, Scanner, TypePrefix};
use crate::model::meta::ListMeta;
use crate::model::object::problem::JsonProblem;
use crate::model::object::{Front, Object, from_json};

/// The longest text around the items, in total.
const LARGEST_ENVELOPE: usize = 1 << 20;
/// How deep items are in a list.
const DEPTH: u32 = 2;
/// An item that is longer is passed by: no API server stores one.
const LARGEST_ITEM: usize = 64 << 20;

/// One item, where it lies.
pub(crate) struct Item<'a> {
    /// Counted from 0.
    pub(crate) position: usize,
    /// The object, or why there is none.
    pub(crate) object: std::result::Result<Checked<'a>, ItemProblem>,
}

/// Splits the text of a list into items.
#[derive(Debug)]
pub(crate) struct ListDecoder {
    pieces: Pieces,
    state: ReadState,
    envelope: Envelope,
    /// The type of items that do not say one themselves.
    types: Option<TypePrefix>,
    position: usize,
    largest_item: usize,
}

/// The text around the items.
#[derive(Debug, Default)]
pub(crate) struct Envelope {
    pub(crate) api_version: Option<String>,
    pub(crate) kind: Option<String>,
    metadata: Option<String>,
}

impl Item<'_> {
    /// Reads the object; the error names the item by position and, where it can be read, by
    /// name.
    pub(crate) fn read<K: Object>(&self) -> Result<K> {
        let item = |object| OfList::Item {
            position: self.position,
            object,
        };
        let object = self
            .object
            .as_ref()
            .map_err(|&problem| Error::from(problem).while_doing(item(None)))?;
        K::from_checked(object).map_err(|error| {
            let name = object.field(|head| head.name);
            error.while_doing(item(name.map(|_| object.to_string())))
        })
    }
}

impl Envelope {
    /// The type that items have which do not say one themselves.
    pub(crate) fn item_type(&self) -> Option<(&str, &str)> {
        let kind = self.kind.as_deref()?.strip_suffix("List")?;
        Some((self.api_version.as_deref()?, kind))
    }

    pub(crate) fn metadata(&self) -> Result<ListMeta> {
        self.metadata.as_deref().map_or_else(
            || Ok(ListMeta::default()),
            |text| from_json(text).map_err(|error| error.while_doing(OfList::Metadata)),
        )
    }

    fn take(&mut self, key: &str, value: &str) {
        let text = || serde_json::from_str(value).ok();
        match key {
            "apiVersion" => self.api_version = text(),
            "kind" => self.kind = text(),
            "metadata" => self.metadata = (value != "null").then(|| value.to_owned()),
            _ => {}
        }
    }
}

/// The next thing in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Next {
    /// An item that begins as an object, and may be cut.
    Object,
    /// Another item, which may be cut.
    Other,
    /// The end of an item that is too large.
    TooLarge,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ReadState {
    /// Before the items; nothing was passed yet.
    Front,
    /// At an item, or at the end of the items where there is none.
    Item,
    /// In an item that is too large.
    TooLarge,
    /// Behind an item.
    Separator,
    /// Behind the items.
    Back,
    /// Behind the list.
    End,
}

impl Default for ListDecoder {
    fn default() -> Self {
        ListDecoder {
            pieces: Pieces::default(),
            state: ReadState::Front,
            envelope: Envelope::default(),
            types: None,
            position: 0,
            largest_item: LARGEST_ITEM,
        }
    }
}

impl ListDecoder {
    /// A decoder that knows the type of the items; what the list says of it in front of them
    /// counts more.
    pub(crate) fn of_type(types: Option<TypePrefix>) -> Self {
        ListDecoder {
            types,
            ..ListDecoder::default()
        }
    }

    /// Takes in what arrived.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.pieces.push(bytes);
    }

    /// The text, as long as no item came: an answer that is not a list may say why.
    pub(crate) fn without_items(&self) -> &str {
        match self.state {
            ReadState::Front => self.pieces.rest(),
            _ => "",
        }
    }

    /// Hands the next item to `take`, checked and not read; `None` when more bytes are needed,
    /// or at the end.
    ///
    /// # Errors
    /// When the text is not a list. Nothing can follow.
    #[cfg(any(feature = "cache", test))]
    pub(crate) fn read<R>(&mut self, take: impl FnOnce(Item<'_>) -> R) -> Result<Option<R>> {
        match self.advance()? {
            Some(next) => self.item(next, take),
            None => Ok(None),
        }
    }

    /// Reads the next item as a `K`: in one pass where the type can, and otherwise as
    /// [`Item::read`] does.
    ///
    /// # Errors
    /// When the text is not a list. Nothing can follow.
    pub(crate) fn read_object<K: Object>(&mut self) -> Result<Option<Result<K>>> {
        let Some(next) = self.advance()? else {
            return Ok(None);
        };
        if next == Next::Object && self.pieces.may_be_whole() {
            match K::read_front(self.pieces.rest(), DEPTH) {
                Front::Whole(object, end) => {
                    self.pieces.pass(end);
                    self.behind_item();
                    return Ok(Some(Ok(object)));
                }
                Front::Cut => {
                    self.pieces.is_cut();
                    return self.wait();
                }
                Front::Unread => {}
            }
        }
        self.item(next, |item| item.read())
    }

    /// Goes to the next item; `None` when more bytes are needed, or at the end.
    fn advance(&mut self) -> Result<Option<Next>> {
        loop {
            let Some(byte) = self.pieces.peek() else {
                return self.unless_broken();
            };
            let arrived = match (self.state, byte) {
                (ReadState::Front, _) => self.front()?,
                (ReadState::Item, b']') if self.position == 0 => self.pass_byte(ReadState::Back),
                (ReadState::Item, b'{') => return Ok(Some(Next::Object)),
                (ReadState::Item, _) => return Ok(Some(Next::Other)),
                (ReadState::TooLarge, _) => {
                    if self.pieces.discard() {
                        return Ok(Some(Next::TooLarge));
                    }
                    return self.unless_broken();
                }
                (ReadState::Separator, b',') => self.pass_byte(ReadState::Item),
                (ReadState::Separator, b']') => self.pass_byte(ReadState::Back),
                (ReadState::Separator, _) => {
                    return Err(ListProblem::NoSeparator {
                        position: self.position - 1,
                    }
                    .into());
                }
                (ReadState::Back, _) => self.back()?,
                (ReadState::End, _) => return Err(ListProblem::TextAfter.into()),
            };
            if !arrived {
                return self.unless_broken();
            }
        }
    }

    fn item<R>(&mut self, next: Next, take: impl FnOnce(Item<'_>) -> R) -> Result<Option<R>> {
        match next {
            Next::Object => self.object(take),
            Next::Other => self.odd_item(take),
            Next::TooLarge => Ok(Some(self.too_large(take))),
        }
    }

    /// Nothing more will come: what stood around the items.
    ///
    /// # Errors
    /// When the list is not whole, or is not a list.
    pub(crate) fn finish(mut self) -> Result<(Envelope, ListMeta)> {
        if self.state == ReadState::Front {
            return Err(self.no_list());
        }
        if self.state != ReadState::End || self.pieces.peek().is_some() || self.pieces.is_broken() {
            return Err(ListProblem::Cut {
                items: self.position,
            }
            .into());
        }
        let metadata = self.envelope.metadata()?;
        Ok((self.envelope, metadata))
    }

    /// Everything up to the items, again with each read until it is there: it is short.
    fn front(&mut self) -> Result<bool> {
        let mut envelope = Envelope::default();
        let front = self.pieces.rest();
        let found = scan_front(front, &mut envelope);
        let is_long = front.len() > LARGEST_ENVELOPE;
        match found {
            Ok(Some((end, at_items))) => {
                self.pieces.pass(end);
                if let Some((api_version, kind)) = envelope.item_type() {
                    self.types = TypePrefix::new(api_version, kind);
                }
                self.envelope = envelope;
                self.state = if at_items {
                    ReadState::Item
                } else {
                    ReadState::End
                };
                Ok(true)
            }
            Ok(None) => Err(self.no_list()),
            Err(error) if error.is_truncated() && !is_long => Ok(false),
            Err(error) => Err(not_a_list(error)),
        }
    }

    /// The text after the items.
    fn back(&mut self) -> Result<bool> {
        let back = self.pieces.rest();
        let envelope = &mut self.envelope;
        let is_long = back.len() > LARGEST_ENVELOPE;
        match scan_back(back, envelope) {
            Ok(end) => {
                self.pieces.pass(end);
                self.state = ReadState::End;
                Ok(true)
            }
            Err(error) if error.is_truncated() && !is_long => Ok(false),
            Err(error) => Err(not_a_list(error)),
        }
    }

    fn pass_byte(&mut self, state: ReadState) -> bool {
        self.pieces.pass(1);
        self.state = state;
        true
    }

    fn object<R>(&mut self, take: impl FnOnce(Item<'_>) -> R) -> Result<Option<R>> {
        if self.pieces.may_be_whole() {
            match Checked::scan_front(self.pieces.rest(), DEPTH) {
                Ok((object, end)) => {
                    let item = Item {
                        position: self.position,
                        object: Ok(object.with_type(self.types.as_ref())),
                    };
                    let taken = take(item);
                    self.pieces.pass(end);
                    self.behind_item();
                    return Ok(Some(taken));
                }
                Err(error) if error.is_truncated() => self.pieces.is_cut(),
                Err(error) => return Err(self.in_item(error)),
            }
        }
        self.wait()
    }

    /// More of the item must come, unless it is too large.
    fn wait<R>(&mut self) -> Result<Option<R>> {
        if self.pieces.rest().len() > self.largest_item {
            self.state = ReadState::TooLarge;
            self.pieces.discard();
        }
        self.unless_broken()
    }

    /// An item that is not an object: a number goes on for as long as nothing else follows.
    fn odd_item<R>(&mut self, take: impl FnOnce(Item<'_>) -> R) -> Result<Option<R>> {
        let rest = self.pieces.rest();
        let mut scanner = Scanner::new(rest);
        let end = match scanner.value() {
            Ok(range) if range.end < rest.len() => range.end,
            Err(error) if !error.is_truncated() => return Err(self.in_item(error)),
            _ if rest.len() <= LARGEST_ENVELOPE => return self.unless_broken(),
            _ => {
                return Err(ListProblem::EndlessItem {
                    position: self.position,
                }
                .into());
            }
        };
        self.pieces.pass(end);
        let taken = take(self.without_object(ItemProblem::NotAnObject));
        self.behind_item();
        Ok(Some(taken))
    }

    fn too_large<R>(&mut self, take: impl FnOnce(Item<'_>) -> R) -> R {
        let limit = self.largest_item;
        let item = self.without_object(ItemProblem::TooLarge { limit });
        let taken = take(item);
        self.behind_item();
        taken
    }

    fn without_object(&self, problem: ItemProblem) -> Item<'static> {
        Item {
            position: self.position,
            object: Err(problem),
        }
    }

    fn behind_item(&mut self) {
        self.state = ReadState::Separator;
        self.position += 1;
    }

    fn unless_broken<R>(&self) -> Result<Option<R>> {
        if self.pieces.is_broken() {
            return Err(ListProblem::NotUtf8.into());
        }
        Ok(None)
    }

    fn in_item(&self, source: JsonError) -> Error {
        ListProblem::ItemNotJson {
            position: self.position,
            source,
        }
        .into()
    }

    fn no_list(&self) -> Error {
        match self.pieces.rest() {
            "" => JsonProblem::Empty.into(),
            text => match scan_front(text, &mut Envelope::default()) {
                Err(error) => not_a_list(error),
                Ok(_) => ListProblem::NoItems.into(),
            },
        }
    }
}

/// Scans up to the first item, or over a list whose items are null: where that is, and
/// which of the two. `None` when there are no items.
fn scan_front(
    text: &str,
    envelope: &mut Envelope,
) -> std::result::Result<Option<(usize, bool)>, JsonError> {
    let mut scanner = Scanner::new(text);
    let (mut first_item, mut null) = (None, false);
    let scanned = scanner.object(|scanner, key| {
        let is_items = key.is("items");
        if is_items && scanner.peek() == Some(b'[') {
            first_item = Some(scanner.position() + 1);
            return Err(None);
        }
        let value = &text[scanner.value().map_err(Some)?];
        if is_items {
            null = value == "null";
        }
        envelope.take(&key.value(), value);
        Ok(())
    });
    match (scanned, first_item) {
        (_, Some(position)) => Ok(Some((position, true))),
        (Ok(()), None) => Ok(null.then_some((scanner.position(), false))),
        (Err(error), None) => Err(error.unwrap_or_else(|| scanner.error(&"expected items"))),
    }
}

/// Scans the members behind the items, up to the end of the list.
fn scan_back(text: &str, envelope: &mut Envelope) -> std::result::Result<usize, JsonError> {
    let mut scanner = Scanner::new(text);
    scanner.more_members(|scanner, key| {
        let value = &text[scanner.value()?];
        if key.is("items") {
            return Err(scanner.error(&"items twice"));
        }
        envelope.take(&key.value(), value);
        Ok(())
    })?;
    Ok(scanner.position())
}

fn not_a_list(source: JsonError) -> Error {
    ListProblem::NotJson { source }.into()
}

#[cfg(test)]
mod tests;
