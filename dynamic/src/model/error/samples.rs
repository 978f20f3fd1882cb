//! Samples of problems and activities, from which the list of all messages is made.

#[cfg(test)]
use std::fmt;

/// A type whose values are part of messages.
#[allow(dead_code, reason = "the list is made where all features are")]
#[cfg(test)]
pub(crate) trait Samples: fmt::Debug + fmt::Display + Sized {
    /// One value of each variant, or more where the text has several forms.
    fn samples() -> Vec<Self>;
}

/// Gives each variant its samples. The match has no wildcard: a new variant does not compile
/// until it has one.
macro_rules! samples {
    ($problem:ty { $($variant:pat => [$($sample:expr),+ $(,)?]),+ $(,)? }) => {
        #[cfg(test)]
        impl $crate::model::error::Samples for $problem {
            fn samples() -> Vec<Self> {
                let mut samples: Vec<$problem> = Vec::new();
                $($(
                    let sample: $problem = $sample;
                    assert!(matches!(&sample, $variant), "{sample:?} is not of its variant");
                    samples.push(sample);
                )+)+
                for sample in &samples {
                    match sample { $($variant => {})+ }
                }
                samples
            }
        }
    };
}

pub(crate) use samples;
