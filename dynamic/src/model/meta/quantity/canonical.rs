//! The canonical text of a number, as apimachinery's `Quantity.String` writes it.
//!
//! No fraction ever: the greatest suffix is taken that leaves a whole number.

use std::fmt;

use super::number::Number;
use super::{BINARY_LIMIT, NANOS_PER_UNIT, QuantityFormat};

/// Suffixes in steps of a thousand, from nano up.
const DECIMAL: [&str; 10] = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
/// Suffixes in steps of 1024, from one up.
const BINARY: [&str; 7] = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { nanos, format } = *self;
        if nanos == 0 {
            return f.write_str("0");
        }
        match format {
            QuantityFormat::BinarySi if suits_binary(nanos) => write_binary(nanos, f),
            QuantityFormat::BinarySi | QuantityFormat::DecimalSi => write_decimal(nanos, f),
            QuantityFormat::DecimalExponent => write_exponent(nanos, f),
        }
    }
}

/// Whether binary suffixes can say it: they would hide a fraction, below 1024 there is none
/// to use, and beyond their limit a reader would cut the number down.
fn suits_binary(nanos: i128) -> bool {
    nanos % NANOS_PER_UNIT == 0
        && (1024 * NANOS_PER_UNIT..=BINARY_LIMIT).contains(&nanos.saturating_abs())
}

fn write_binary(nanos: i128, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (number, steps) = divide(nanos / NANOS_PER_UNIT, 1024, BINARY.len() - 1);
    write!(f, "{number}{}", BINARY[steps])
}

fn write_decimal(nanos: i128, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let (number, steps) = divide(nanos, 1000, DECIMAL.len() - 1);
    write!(f, "{number}{}", DECIMAL[steps])
}

fn write_exponent(nanos: i128, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    // Nothing in 128 bits divides by a thousand this often.
    let (number, steps) = divide(nanos, 1000, usize::MAX);
    match steps * 3 {
        9 => write!(f, "{number}"),
        exponent => write!(f, "{number}e{}", exponent as i64 - 9),
    }
}

/// Divides as long as nothing remains, and counts how often, up to `most` times.
fn divide(mut number: i128, by: i128, most: usize) -> (i128, usize) {
    let mut steps = 0;
    while steps < most && number % by == 0 {
        number /= by;
        steps += 1;
    }
    (number, steps)
}
