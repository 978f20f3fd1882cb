//! Parses a quantity by the rules of apimachinery's `resource.ParseQuantity`.
//!
//! No allocation and one pass over the digits, however many there are. Stricter in one
//! thing: at least one digit is asked for, where Go reads `k` or `-` as zero.

use super::number::Number;
use super::{BINARY_LIMIT, NANOS_PER_UNIT, QuantityError, QuantityFormat};

pub(super) fn parse(text: &str) -> Result<Number, QuantityError> {
    let parts = Parts::split(text.trim()).ok_or_else(|| QuantityError::syntax(text))?;
    let suffix = Suffix::read(parts.suffix).ok_or_else(|| QuantityError::suffix(text))?;
    let (magnitude, format) = match suffix {
        Suffix::Decimal(exponent, format) => (parts.decimal(exponent), format),
        Suffix::Binary(exponent) => binary(parts.binary(exponent)),
    };
    let magnitude = magnitude.ok_or_else(|| QuantityError::out_of_range(text))?;
    let nanos = if parts.negative {
        -magnitude
    } else {
        magnitude
    };
    Ok(Number { nanos, format })
}

/// Below one unit binary suffixes have nothing to say.
fn binary(magnitude: i128) -> (Option<i128>, QuantityFormat) {
    let format = if 0 < magnitude && magnitude < NANOS_PER_UNIT {
        QuantityFormat::DecimalSi
    } else {
        QuantityFormat::BinarySi
    };
    (Some(magnitude), format)
}

/// A quantity's text, split into its parts; `whole` and `fraction` are digits alone.
struct Parts<'a> {
    negative: bool,
    whole: &'a str,
    fraction: &'a str,
    suffix: &'a str,
}

impl<'a> Parts<'a> {
    fn split(text: &'a str) -> Option<Self> {
        let (negative, rest) = match text.as_bytes().first()? {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text),
        };
        let (whole, rest) = split_digits(rest);
        let (fraction, suffix) = rest.strip_prefix('.').map_or(("", rest), split_digits);
        let has_digits = !(whole.is_empty() && fraction.is_empty());
        has_digits.then_some(Self {
            negative,
            whole,
            fraction,
            suffix,
        })
    }

    /// Nano-units of the number times ten to the `exponent`.
    fn decimal(&self, exponent: i64) -> Option<i128> {
        let digits = self.whole.len() as i64 + self.fraction.len() as i64;
        let shift = exponent.saturating_add(9 - self.fraction.len() as i64);
        // Digits before this position count nano-units, those behind it round up.
        let kept = digits.saturating_add(shift);
        let mut nanos = 0_i128;
        let mut remainder = false;
        for (position, digit) in (0..).zip(self.digits()) {
            if position < kept {
                nanos = nanos.checked_mul(10)?.checked_add(digit)?;
            } else {
                remainder |= digit != 0;
            }
        }
        if nanos != 0 && shift > 0 {
            let power = 10_i128.checked_pow(u32::try_from(shift).ok()?)?;
            nanos = nanos.checked_mul(power)?;
        }
        nanos.checked_add(i128::from(remainder))
    }

    /// Nano-units of the number times two to the `exponent`, at most [`BINARY_LIMIT`].
    fn binary(&self, exponent: u32) -> i128 {
        let factor = NANOS_PER_UNIT << exponent;
        let mut whole = 0_i128;
        for digit in digits(self.whole) {
            // Beyond the limit already: more digits change nothing and could overflow.
            whole = (whole * 10 + digit).min(BINARY_LIMIT);
        }
        // Horner from the last digit; cutting each step down cuts the end down alike.
        let mut fraction = 0_i128;
        let mut remainder = false;
        for digit in digits(self.fraction).rev() {
            fraction += digit * factor;
            remainder |= fraction % 10 != 0;
            fraction /= 10;
        }
        whole
            .saturating_mul(factor)
            .saturating_add(fraction + i128::from(remainder))
            .min(BINARY_LIMIT)
    }

    fn digits(&self) -> impl Iterator<Item = i128> {
        digits(self.whole).chain(digits(self.fraction))
    }
}

fn split_digits(text: &str) -> (&str, &str) {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    text.split_at(end)
}

fn digits(text: &str) -> impl DoubleEndedIterator<Item = i128> {
    text.bytes().map(|byte| i128::from(byte - b'0'))
}

/// The factor of a suffix.
enum Suffix {
    /// A power of ten.
    Decimal(i64, QuantityFormat),
    /// A power of two.
    Binary(u32),
}

impl Suffix {
    fn read(text: &str) -> Option<Self> {
        let letter = match text {
            "n" => Self::Decimal(-9, QuantityFormat::DecimalSi),
            "u" => Self::Decimal(-6, QuantityFormat::DecimalSi),
            "m" => Self::Decimal(-3, QuantityFormat::DecimalSi),
            "" => Self::Decimal(0, QuantityFormat::DecimalSi),
            "k" => Self::Decimal(3, QuantityFormat::DecimalSi),
            "M" => Self::Decimal(6, QuantityFormat::DecimalSi),
            "G" => Self::Decimal(9, QuantityFormat::DecimalSi),
            "T" => Self::Decimal(12, QuantityFormat::DecimalSi),
            "P" => Self::Decimal(15, QuantityFormat::DecimalSi),
            "E" => Self::Decimal(18, QuantityFormat::DecimalSi),
            "Ki" => Self::Binary(10),
            "Mi" => Self::Binary(20),
            "Gi" => Self::Binary(30),
            "Ti" => Self::Binary(40),
            "Pi" => Self::Binary(50),
            "Ei" => Self::Binary(60),
            _ => return Self::exponent(text),
        };
        Some(letter)
    }

    fn exponent(text: &str) -> Option<Self> {
        let exponent = text.strip_prefix(['e', 'E'])?.parse().ok()?;
        Some(Self::Decimal(exponent, QuantityFormat::DecimalExponent))
    }
}
