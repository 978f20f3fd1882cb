//! The extensions of a certificate that decide whether it may be used.
//!
//! Each extension that Go knows is read to its end, whether or not its contents are used here:
//! Go refuses a certificate in which one of them is malformed, so it must not pass here either.

use super::der::{self, OCTET_STRING, Reader, SEQUENCE, constructed, context};
use super::general_names::{Constraints, Names};
use super::problem::Malformed;

const ANY_PURPOSE: &[u8] = &[0x55, 0x1d, 0x25, 0];
const ANY_POLICY: &[u8] = &[0x55, 0x1d, 0x20, 0];
const SERVER_PURPOSE: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 3, 1];
const AUTHORITY_INFORMATION: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 1, 1];
/// `2.5.29`, below which the standard extensions are.
const STANDARD: &[u8] = &[0x55, 0x1d];

/// The bit `keyCertSign` of a key usage, as [`Extensions::key_usage`] counts them.
const CERTIFICATE_SIGNING: u16 = 1 << 5;

#[derive(Debug, Default)]
pub(crate) struct Extensions<'a> {
    /// The first bit of the extension is the lowest one here.
    key_usage: Option<u16>,
    pub(crate) basic: Option<BasicConstraints>,
    pub(crate) names: Option<Names<'a>>,
    purposes: Vec<&'a [u8]>,
    pub(crate) constrains_names: bool,
    /// Whether a path needs valid policies, or maps policies in a way that no path may.
    pub(crate) demands_policies: bool,
    /// A critical extension about policies.
    pub(crate) critical_policy: Option<&'a [u8]>,
    /// A critical extension that nobody here understands.
    pub(crate) unhandled: Option<&'a [u8]>,
}

/// Whether a certificate belongs to an authority, and how many more may follow it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct BasicConstraints {
    pub(crate) is_authority: bool,
    pub(crate) path_length: Option<u32>,
}

impl<'a> Extensions<'a> {
    /// Reads a list of extensions, none of which may be there twice.
    pub(super) fn read(mut list: Reader<'a>) -> Result<Self, Malformed> {
        let mut extensions = Extensions::default();
        let mut seen: Vec<&[u8]> = Vec::new();
        while !list.is_empty() {
            let (oid, is_critical, value) =
                extension(&mut list).ok_or(Malformed::Part("list of extensions"))?;
            if seen.contains(&oid) {
                return Err(Malformed::Duplicate {
                    oid: der::shown(oid),
                });
            }
            seen.push(oid);
            let is_handled =
                extensions
                    .take(oid, is_critical, value)
                    .ok_or_else(|| Malformed::Extension {
                        oid: der::shown(oid),
                    })?;
            if is_critical && !is_handled {
                extensions.unhandled.get_or_insert(oid);
            }
        }
        Ok(extensions)
    }

    /// Reads one extension, and returns whether it is understood. `None` if it is malformed.
    fn take(&mut self, oid: &'a [u8], is_critical: bool, value: &'a [u8]) -> Option<bool> {
        let number = match oid.strip_prefix(STANDARD) {
            Some([number]) => *number,
            _ if oid == AUTHORITY_INFORMATION && !is_critical => {
                return authority_information(value).map(|()| true);
            }
            _ => return (oid != AUTHORITY_INFORMATION).then_some(false),
        };
        if is_critical && matches!(number, 32 | 33 | 36 | 54) {
            self.critical_policy.get_or_insert(oid);
        }
        match number {
            14 if !is_critical => key_identifier(value)?,
            35 if !is_critical => authority_key_identifier(value)?,
            // RFC 5280 forbids that these are critical.
            14 | 35 => return None,
            15 => self.key_usage = Some(key_usage(value)?),
            17 => return self.take_names(value),
            19 => self.basic = Some(basic_constraints(value)?),
            30 => {
                self.constrains_names = true;
                return Some(Constraints::read(value)?.are_all_known);
            }
            31 => distribution_points(value)?,
            32 => policies(value)?,
            33 => self.demands_policies |= maps_any_policy(value)?,
            36 => self.demands_policies |= requires_policy(value)?,
            37 => self.purposes = purposes(value)?,
            54 => inhibit_any_policy(value)?,
            _ => return Some(false),
        }
        Some(true)
    }

    fn take_names(&mut self, value: &'a [u8]) -> Option<bool> {
        let names = self.names.insert(Names::read(value)?);
        Some(!names.is_empty())
    }

    /// Whether the key may sign certificates. Without the extension it may.
    pub(crate) fn allows_signing(&self) -> bool {
        let is_allowed = |usage: u16| usage == 0 || usage & CERTIFICATE_SIGNING != 0;
        self.key_usage.is_none_or(is_allowed)
    }

    /// Whether a server may show the certificate, or an authority of that purpose issue it.
    pub(crate) fn allows_serving(&self) -> bool {
        let is_allowed = |purpose: &&[u8]| [ANY_PURPOSE, SERVER_PURPOSE].contains(purpose);
        self.purposes.is_empty() || self.purposes.iter().any(is_allowed)
    }
}

fn extension<'a>(list: &mut Reader<'a>) -> Option<(&'a [u8], bool, &'a [u8])> {
    let mut extension = list.open(SEQUENCE)?;
    let oid = extension.oid()?;
    let is_critical = extension.has_next(der::BOOLEAN) && extension.boolean()?;
    let value = extension.read(OCTET_STRING)?;
    extension.end()?;
    Some((oid, is_critical, value))
}

fn key_usage(value: &[u8]) -> Option<u16> {
    let mut reader = Reader::new(value);
    let (bytes, _) = reader.bits()?;
    reader.end()?;
    let [first, second] = [0, 1].map(|at| bytes.get(at).copied().unwrap_or_default());
    // Bits that have no name count for nothing.
    Some(u16::from(first.reverse_bits()) | u16::from(second >> 7) << 8)
}

fn basic_constraints(value: &[u8]) -> Option<BasicConstraints> {
    let mut reader = der::only(value, SEQUENCE)?;
    let is_authority = reader.has_next(der::BOOLEAN) && reader.boolean()?;
    let path_length = match reader.is_empty() {
        true => None,
        false => Some(der::small(reader.integer()?)?),
    };
    reader.end()?;
    Some(BasicConstraints {
        is_authority,
        path_length,
    })
}

fn key_identifier(value: &[u8]) -> Option<()> {
    let mut reader = Reader::new(value);
    reader.read(OCTET_STRING)?;
    reader.end()
}

fn authority_key_identifier(value: &[u8]) -> Option<()> {
    let mut reader = der::only(value, SEQUENCE)?;
    reader.optional(context(0))?;
    // The issuer of the authority's certificate and its number, which nobody uses.
    reader.optional(constructed(1))?;
    reader.optional(context(2))?;
    reader.end()
}

/// Runs over a sequence of sequences.
fn each(value: &[u8], mut read: impl FnMut(Reader<'_>) -> Option<()>) -> Option<()> {
    let mut list = der::only(value, SEQUENCE)?;
    while !list.is_empty() {
        read(list.open(SEQUENCE)?)?;
    }
    Some(())
}

fn authority_information(value: &[u8]) -> Option<()> {
    each(value, |mut description| {
        description.oid()?;
        description.any()?;
        description.end()
    })
}

fn distribution_points(value: &[u8]) -> Option<()> {
    each(value, |mut point| {
        if let Some(name) = point.optional(constructed(0))? {
            let mut name = Reader::new(name);
            // Full names; Go does not read the other form.
            let mut names = name.open(constructed(0))?;
            name.end()?;
            while !names.is_empty() {
                names.any()?;
            }
        }
        point.optional(context(1))?;
        point.optional(constructed(2))?;
        point.end()
    })
}

fn policies(value: &[u8]) -> Option<()> {
    let mut list = der::only(value, SEQUENCE)?;
    let mut seen = Vec::new();
    while !list.is_empty() {
        let mut policy = list.open(SEQUENCE)?;
        let oid = policy.oid()?;
        if seen.contains(&oid) {
            return None;
        }
        seen.push(oid);
        policy.optional(SEQUENCE)?;
        policy.end()?;
    }
    Some(())
}

fn maps_any_policy(value: &[u8]) -> Option<bool> {
    let mut maps_any = false;
    each(value, |mut mapping| {
        let (from, to) = (mapping.oid()?, mapping.oid()?);
        maps_any |= [from, to].contains(&ANY_POLICY);
        mapping.end()
    })?;
    Some(maps_any)
}

fn requires_policy(value: &[u8]) -> Option<bool> {
    let mut reader = der::only(value, SEQUENCE)?;
    let number = |body: Option<&[u8]>| match body {
        Some(body) => der::is_integer(body).then(|| der::small(body))?.map(Some),
        None => Some(None),
    };
    let required = number(reader.optional(context(0))?)?;
    number(reader.optional(context(1))?)?;
    reader.end()?;
    Some(required.is_some())
}

fn inhibit_any_policy(value: &[u8]) -> Option<()> {
    let mut reader = Reader::new(value);
    der::small(reader.integer()?)?;
    reader.end()
}

fn purposes(value: &[u8]) -> Option<Vec<&[u8]>> {
    let mut list = der::only(value, SEQUENCE)?;
    let mut purposes = Vec::new();
    while !list.is_empty() {
        purposes.push(list.oid()?);
    }
    Some(purposes)
}
