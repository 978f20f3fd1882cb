//! A reader of DER that takes one element after the other off the front of a slice.
//!
//! It is as strict as X.690 asks: lengths and integers have their shortest form, a Boolean is 0
//! or 255, the unused bits of a bit string are 0. Nothing recurses, so hostile input cannot make
//! it deep.

pub(super) const BOOLEAN: u8 = 0x01;
pub(super) const INTEGER: u8 = 0x02;
pub(super) const BIT_STRING: u8 = 0x03;
pub(super) const OCTET_STRING: u8 = 0x04;
pub(super) const OID: u8 = 0x06;
pub(super) const UTC_TIME: u8 = 0x17;
pub(super) const GENERALIZED_TIME: u8 = 0x18;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;

/// The tag `[number]` of a primitive element.
pub(super) const fn context(number: u8) -> u8 {
    0x80 | number
}

/// The tag `[number]` of an element that holds others.
pub(super) const fn constructed(number: u8) -> u8 {
    0xa0 | number
}

/// One element: its tag, what it holds, and all of its bytes.
#[derive(Clone, Copy)]
pub(super) struct Element<'a> {
    pub(super) tag: u8,
    pub(super) body: &'a [u8],
    pub(super) whole: &'a [u8],
}

/// Elements that are still to be read. `None` means that they are not DER.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(rest: &'a [u8]) -> Self {
        Reader { rest }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// Succeeds if nothing is left.
    pub(super) fn end(&self) -> Option<()> {
        self.is_empty().then_some(())
    }

    pub(super) fn has_next(&self, tag: u8) -> bool {
        self.rest.first() == Some(&tag)
    }

    pub(super) fn any(&mut self) -> Option<Element<'a>> {
        let (&tag, after_tag) = self.rest.split_first()?;
        // Tags of several bytes have no place in a certificate.
        if tag & 0x1f == 0x1f {
            return None;
        }
        let (length, after_length) = length(after_tag)?;
        let (body, rest) = after_length.split_at_checked(length)?;
        let whole = &self.rest[..self.rest.len() - rest.len()];
        self.rest = rest;
        Some(Element { tag, body, whole })
    }

    pub(super) fn element(&mut self, tag: u8) -> Option<Element<'a>> {
        self.any().filter(|element| element.tag == tag)
    }

    /// What the next element holds, which must have this tag.
    pub(super) fn read(&mut self, tag: u8) -> Option<&'a [u8]> {
        self.element(tag).map(|element| element.body)
    }

    /// The same, as a reader of what it holds.
    pub(super) fn open(&mut self, tag: u8) -> Option<Reader<'a>> {
        self.read(tag).map(Reader::new)
    }

    /// The next element if it has this tag. The outer option is `None` if it is not DER.
    pub(super) fn optional(&mut self, tag: u8) -> Option<Option<&'a [u8]>> {
        match self.has_next(tag) {
            true => self.read(tag).map(Some),
            false => Some(None),
        }
    }

    pub(super) fn oid(&mut self) -> Option<&'a [u8]> {
        self.read(OID).filter(|body| is_oid(body))
    }

    pub(super) fn boolean(&mut self) -> Option<bool> {
        match self.read(BOOLEAN)? {
            [0] => Some(false),
            [0xff] => Some(true),
            _ => None,
        }
    }

    pub(super) fn integer(&mut self) -> Option<&'a [u8]> {
        self.read(INTEGER).filter(|body| is_integer(body))
    }

    /// The bytes of a bit string, and how many bits of the last one do not count.
    pub(super) fn bits(&mut self) -> Option<(&'a [u8], u8)> {
        let (&unused, bytes) = self.read(BIT_STRING)?.split_first()?;
        let mask = 1u8.checked_shl(unused.into())?.wrapping_sub(1);
        match bytes.last() {
            _ if unused > 7 => None,
            Some(last) => (last & mask == 0).then_some((bytes, unused)),
            None => (unused == 0).then_some((bytes, 0)),
        }
    }
}

/// The only element that these bytes are, opened.
pub(super) fn only(bytes: &[u8], tag: u8) -> Option<Reader<'_>> {
    let mut reader = Reader::new(bytes);
    let opened = reader.open(tag)?;
    reader.end().map(|()| opened)
}

fn length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (&first, rest) = bytes.split_first()?;
    if first < 0x80 {
        return Some((first.into(), rest));
    }
    let count = usize::from(first & 0x7f);
    if !(1..=4).contains(&count) {
        return None;
    }
    let (digits, rest) = rest.split_at_checked(count)?;
    let length = digits
        .iter()
        .fold(0u32, |length, digit| length << 8 | u32::from(*digit));
    let is_shortest = length >= 0x80 && digits[0] != 0;
    is_shortest.then_some((usize::try_from(length).ok()?, rest))
}

/// Whether an integer has its shortest form.
pub(super) fn is_integer(body: &[u8]) -> bool {
    match body {
        [] => false,
        [0, second, ..] => second & 0x80 != 0,
        [0xff, second, ..] => second & 0x80 == 0,
        _ => true,
    }
}

/// The digits of an integer that is not negative, without the zero that keeps it positive.
pub(super) fn unsigned(body: &[u8]) -> Option<&[u8]> {
    match body {
        [0] => Some(&[]),
        [0, digits @ ..] => Some(digits),
        [first, ..] if first & 0x80 == 0 => Some(body),
        _ => None,
    }
}

/// An integer that is not negative and has at most 31 bits.
pub(super) fn small(body: &[u8]) -> Option<u32> {
    let digits = unsigned(body).filter(|digits| digits.len() <= 4)?;
    let value = digits
        .iter()
        .fold(0u32, |value, digit| value << 8 | u32::from(*digit));
    (value <= i32::MAX.unsigned_abs()).then_some(value)
}

/// Whether the parts of an object identifier have their shortest form and at most 31 bits.
fn is_oid(body: &[u8]) -> bool {
    let mut part = 0u32;
    let mut begins = true;
    for byte in body {
        if begins && *byte == 0x80 || part >= 1 << 24 {
            return false;
        }
        part = part << 7 | u32::from(byte & 0x7f);
        begins = byte & 0x80 == 0;
        if begins {
            part = 0;
        }
    }
    begins && !body.is_empty()
}

/// An object identifier as people write it.
pub(super) fn shown(oid: &[u8]) -> String {
    let mut parts = Vec::new();
    let mut part = 0u64;
    for byte in oid {
        part = part << 7 | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            parts.push(part);
            part = 0;
        }
    }
    if let Some(first) = parts.first().copied() {
        let root = (first / 40).min(2);
        parts.splice(..1, [root, first - root * 40]);
    }
    let parts: Vec<_> = parts.iter().map(u64::to_string).collect();
    parts.join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_have_their_shortest_form() {
        let read = |bytes: &[u8]| Reader::new(bytes).read(4).map(<[u8]>::len);
        assert_eq!(read(&[4, 1, 9]), Some(1));
        let long = |length: &[u8], count: usize| [&[4], length, &vec![0; count]].concat();
        assert_eq!(read(&long(&[0x81, 0x80], 128)), Some(128));
        assert_eq!(read(&long(&[0x82, 1, 0], 256)), Some(256));
        for malformed in [
            long(&[0x81, 0x7f], 127),
            long(&[0x82, 0, 0x80], 128),
            long(&[0x80], 2),
            long(&[0x85, 0, 0, 0, 0, 1], 1),
            long(&[0x84, 0xff, 0xff, 0xff, 0xff], 8),
            long(&[2], 1),
            vec![4],
            vec![],
        ] {
            assert_eq!(read(&malformed), None, "{malformed:?}");
        }
    }

    #[test]
    fn values_have_their_only_form() {
        let reader = |bytes: &'static [u8]| Reader::new(bytes);
        assert_eq!(reader(&[1, 1, 0xff]).boolean(), Some(true));
        assert_eq!(reader(&[1, 1, 1]).boolean(), None);
        assert_eq!(reader(&[2, 2, 0, 0x80]).integer(), Some(&[0, 0x80][..]));
        assert_eq!(reader(&[2, 2, 0, 0x7f]).integer(), None);
        assert_eq!(reader(&[2, 2, 0xff, 0x80]).integer(), None);
        assert_eq!(reader(&[2, 0]).integer(), None);
        assert_eq!(reader(&[3, 2, 4, 0xf0]).bits(), Some((&[0xf0][..], 4)));
        assert_eq!(reader(&[3, 2, 4, 0xf8]).bits(), None);
        assert_eq!(reader(&[3, 1, 4]).bits(), None);
        assert_eq!(reader(&[3, 2, 8, 0]).bits(), None);
        assert_eq!(reader(&[3, 2, 255, 0]).bits(), None);
        assert_eq!(small(&[0x7f, 0xff, 0xff, 0xff]), Some(0x7fff_ffff));
        assert_eq!(small(&[0, 0x80, 0, 0, 0]), None);
        assert_eq!(small(&[0x80]), None);
    }

    #[test]
    fn object_identifiers_are_shown_as_numbers() {
        let read = |bytes: &'static [u8]| Reader::new(bytes).oid().map(shown);
        assert_eq!(
            read(&[6, 3, 0x55, 0x1d, 0x11]).as_deref(),
            Some("2.5.29.17")
        );
        assert_eq!(
            read(&[6, 6, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d]).as_deref(),
            Some("1.2.840.113549")
        );
        assert_eq!(read(&[6, 0]), None);
        assert_eq!(read(&[6, 2, 0x55, 0x9d]), None);
        assert_eq!(read(&[6, 3, 0x55, 0x80, 0x01]), None);
        assert_eq!(read(&[6, 6, 0x55, 0x90, 0x80, 0x80, 0x80, 0x00]), None);
    }
}
