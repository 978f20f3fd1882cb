//! Quantities: read, compared, added and written as the API server does it.
//!
//! Two judges that share nothing with the code: a table made with apimachinery itself, and
//! an oracle on big integers.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a panic in a test's helper is the failure report"
)]

use std::collections::HashSet;

use kubewright::meta::{Quantity, QuantityFormat};
use num_bigint::BigInt;
use proptest::prelude::*;

fn quantity(text: &str) -> Quantity {
    text.parse().unwrap_or_else(|error| panic!("{error}"))
}

fn format_name(format: QuantityFormat) -> &'static str {
    match format {
        QuantityFormat::DecimalSi => "DecimalSI",
        QuantityFormat::BinarySi => "BinarySI",
        QuantityFormat::DecimalExponent => "DecimalExponent",
    }
}

fn check_parse(text: &str, expected: &[&str]) {
    let [canonical, nanos, format] = expected else {
        assert_eq!(expected, ["error"]);
        assert!(text.parse::<Quantity>().is_err(), "{text:?} was accepted");
        return;
    };
    let quantity = quantity(text);
    assert_eq!(quantity.as_str(), text);
    assert_eq!(
        quantity.to_string(),
        *canonical,
        "canonical form of {text:?}"
    );
    assert_eq!(
        quantity.nanos().unwrap().to_string(),
        *nanos,
        "nanos of {text:?}"
    );
    assert_eq!(
        format_name(quantity.format().unwrap()),
        *format,
        "format of {text:?}"
    );
    assert_eq!(
        self::quantity(canonical),
        quantity,
        "{canonical} is {text:?}"
    );
}

fn check_sum(a: &str, b: &str, expected: &[&str]) {
    let (x, y) = (quantity(a), quantity(b));
    let sum = x.try_add(&y).unwrap();
    let difference = x.try_sub(&y).unwrap();
    let order = x.cmp(&y) as i32;
    assert_eq!(
        [
            sum.as_str(),
            difference.as_str(),
            x.try_neg().unwrap().as_str(),
            &order.to_string()
        ],
        expected,
        "{a} and {b}",
    );
}

#[test]
fn agrees_with_apimachinery() {
    let table = include_str!("golden/quantity.tsv");
    let mut checked = 0;
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        match columns.as_slice() {
            ["parse", text, expected @ ..] => check_parse(text, expected),
            ["sum", a, b, expected @ ..] => check_sum(a, b, expected),
            _ => panic!("a line that says nothing: {line:?}"),
        }
        checked += 1;
    }
    assert!(checked > 400, "only {checked} lines");
}

/// Go reads a bare sign or suffix as zero.
#[test]
fn unlike_apimachinery_it_asks_for_a_digit() {
    for text in ["-", "+", ".", "-.", "k", "Ki"] {
        let error = text.parse::<Quantity>().unwrap_err();
        assert!(error.to_string().contains("expected a number"), "{error}");
    }
}

/// Go writes such a sum with a binary suffix, and reads it back as 2^63 - 1.
#[test]
fn unlike_apimachinery_a_binary_sum_beyond_its_limit_is_written_in_decimal() {
    let sum = quantity("1Mi").try_add(&quantity("10E")).unwrap();
    assert_eq!(sum.as_str(), "10000000000001048576");
}

/// Go prints `1000E` as `1`: it finds no suffix for ten to the 21st and drops it.
#[test]
fn unlike_apimachinery_it_keeps_the_greatest_suffix() {
    assert_eq!(quantity("1000E").to_string(), "1000E");
    assert_eq!(quantity("1000000000000000000000").to_string(), "1000E");
}

#[test]
fn what_is_beyond_128_bits_is_an_error_and_not_a_wrap() {
    for text in [
        "2e30",
        "1e1000000000",
        "-999999999999E",
        "9e9223372036854775807",
    ] {
        let error = text.parse::<Quantity>().unwrap_err();
        assert!(error.is_out_of_range(), "{text}: {error}");
    }
    let most = Quantity::from_nanos(i128::MAX, QuantityFormat::DecimalSi);
    let least = Quantity::from_nanos(i128::MIN + 1, QuantityFormat::DecimalSi);
    assert!(most.try_add(&1.into()).unwrap_err().is_out_of_range());
    assert!(least.try_sub(&1.into()).unwrap_err().is_out_of_range());
    assert!(most.value().unwrap_err().is_out_of_range());
}

#[test]
fn long_input_costs_one_pass_and_a_short_error() {
    let zeros = "0".repeat(1 << 20);
    assert_eq!(quantity(&format!("{zeros}1.5{zeros}")).to_string(), "1500m");
    assert_eq!(quantity(&format!("0.{zeros}1Ki")).to_string(), "1n");
    assert_eq!(quantity(&format!("1e-{zeros}3")).to_string(), "1e-3");
    let error = format!("{zeros}x").parse::<Quantity>().unwrap_err();
    assert!(error.to_string().len() < 300);
}

#[test]
fn equality_order_and_hash_go_by_value() {
    assert_eq!(quantity("1Gi"), quantity("1073741824"));
    assert!(quantity("999m") < quantity("1"));
    let set = HashSet::from([quantity("1000m"), quantity("1"), quantity("1e0")]);
    assert_eq!(set.len(), 1);
}

#[test]
fn values_round_away_from_zero() {
    assert_eq!(quantity("1001m").value(), Ok(2));
    assert_eq!(quantity("-1001m").value(), Ok(-2));
    assert_eq!(quantity("1.5").milli_value(), Ok(1500));
    assert_eq!(quantity("1u").milli_value(), Ok(1));
    assert_eq!(quantity("1500m").to_f64(), Ok(1.5));
    assert_eq!(i64::try_from(&quantity("2Ki")), Ok(2048));
    assert!(i64::try_from(&quantity("1500m")).is_err());
}

#[test]
fn json_keeps_the_text_and_takes_numbers() {
    let read = |json: &str| serde_json::from_str::<Quantity>(json).unwrap();
    assert_eq!(
        serde_json::to_string(&read(r#""1.50Gi""#)).unwrap(),
        r#""1.50Gi""#
    );
    assert_eq!(read("2").as_str(), "2");
    // What a custom resource has as a number stays one, what it has as text stays text.
    for json in [
        "2",
        r#""2""#,
        "-3",
        "0.5",
        "0",
        r#""1000m""#,
        r#""0.50""#,
        "18446744073709551615",
    ] {
        assert_eq!(serde_json::to_string(&read(json)).unwrap(), json);
        assert_eq!(serde_json::to_string(&read(json).clone()).unwrap(), json);
    }
    assert_eq!(read("2"), read(r#""2""#));
    assert_eq!(serde_json::to_string(&Quantity::from(2)).unwrap(), r#""2""#);
    assert_eq!(read("0.5"), quantity("500m"));
    assert_eq!(read("-3"), quantity("-3"));
    assert!(read("1e300").value().unwrap_err().is_out_of_range());
    assert_eq!(read("null"), quantity("0"));
    assert_eq!(read(r#"" 1 ""#), quantity("1"));
    assert!(serde_json::from_str::<Quantity>("[]").is_err());
}

#[test]
fn an_invalid_quantity_is_kept_and_equals_only_itself() {
    let odd: Quantity = serde_json::from_str(r#""many""#).unwrap();
    assert_eq!(odd, odd.clone());
    assert_ne!(odd, quantity("0"));
    assert!(odd < quantity("-1E"));
    assert_eq!(serde_json::to_string(&odd).unwrap(), r#""many""#);
    assert_eq!(odd.to_string(), "many");
    assert!(odd.try_add(&quantity("1")).is_err());
}

/// The value as a fraction of big integers: written from the format's definition.
struct Exact {
    numerator: BigInt,
    denominator: BigInt,
}

impl Exact {
    fn of(negative: bool, whole: &str, fraction: &str, suffix: &str) -> Self {
        let mut numerator: BigInt = format!("{whole}{fraction}").parse().unwrap();
        let mut denominator = BigInt::from(10).pow(fraction.len() as u32);
        let power_of = |base: u32, exponent: u32| BigInt::from(base).pow(exponent);
        match suffix {
            "n" | "u" | "m" => {
                let place = "mun".find(suffix).unwrap() as u32 + 1;
                denominator *= power_of(1000, place);
            }
            "k" | "M" | "G" | "T" | "P" | "E" => {
                let place = "kMGTPE".find(suffix).unwrap() as u32 + 1;
                numerator *= power_of(1000, place);
            }
            "Ki" | "Mi" | "Gi" | "Ti" | "Pi" | "Ei" => {
                let place = "KMGTPE".find(&suffix[..1]).unwrap() as u32 + 1;
                numerator *= power_of(1024, place);
            }
            "" => {}
            exponent => match exponent[1..].parse::<i32>().unwrap() {
                minus @ ..0 => denominator *= power_of(10, minus.unsigned_abs()),
                plus => numerator *= power_of(10, plus.unsigned_abs()),
            },
        }
        if negative {
            numerator = -numerator;
        }
        Self {
            numerator,
            denominator,
        }
    }

    /// Nano-units, rounded away from zero.
    fn nanos(&self) -> BigInt {
        let scaled = &self.numerator * 1_000_000_000_u32;
        let cut = &scaled / &self.denominator;
        let rest = &scaled % &self.denominator;
        match rest.sign() {
            num_bigint::Sign::Minus => cut - 1,
            num_bigint::Sign::NoSign => cut,
            num_bigint::Sign::Plus => cut + 1,
        }
    }
}

prop_compose! {
    /// A text and its exact value in nano-units, before any cap.
    fn texts()(
        sign in prop_oneof![Just(""), Just("-"), Just("+")],
        whole in "[0-9]{1,9}",
        fraction in prop_oneof![Just(String::new()), "[0-9]{1,24}"],
        suffix in prop_oneof![
            "(n|u|m|k|M|G|T|P|E)?", "[KMGTP]i", "[eE](0|[+-]?[1-9])",
        ],
    ) -> (String, BigInt) {
        let point = if fraction.is_empty() { "" } else { "." };
        let exact = Exact::of(sign == "-", &whole, &fraction, &suffix).nanos();
        (format!("{sign}{whole}{point}{fraction}{suffix}"), exact)
    }
}

fn nanos(quantity: &Quantity) -> BigInt {
    quantity.nanos().unwrap().into()
}

/// Where binary suffixes end: 2^63 - 1 units.
fn capped(text: &str, exact: BigInt) -> BigInt {
    let limit = BigInt::from(i64::MAX) * 1_000_000_000_u32;
    if text.ends_with('i') {
        return exact.clamp(-limit.clone(), limit);
    }
    exact
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parsing_is_exact((text, exact) in texts()) {
        prop_assert_eq!(nanos(&quantity(&text)), capped(&text, exact));
    }

    #[test]
    fn the_canonical_form_means_the_same_and_is_a_fixed_point((text, _) in texts()) {
        let original = quantity(&text);
        let canonical = quantity(&original.to_string());
        prop_assert_eq!(&canonical, &original);
        prop_assert_eq!(canonical.to_string(), canonical.as_str());
        prop_assert!(!canonical.as_str().contains('.'));
    }

    #[test]
    fn arithmetic_is_exact((a, x) in texts(), (b, y) in texts()) {
        let (x, y) = (capped(&a, x), capped(&b, y));
        let (a, b) = (quantity(&a), quantity(&b));
        prop_assert_eq!(nanos(&a.try_add(&b).unwrap()), &x + &y);
        prop_assert_eq!(nanos(&a.try_sub(&b).unwrap()), &x - &y);
        prop_assert_eq!(nanos(&a.try_neg().unwrap()), -&x);
        prop_assert_eq!(a.cmp(&b), x.cmp(&y));
    }

    #[test]
    fn no_text_panics(text in "[-+.0-9eEinumkKMGTPx ]{0,12}|\\PC{0,8}") {
        let _ = text.parse::<Quantity>();
    }
}
