//! Chance that is the same for the same seed.

use super::model::{Asks, BROKEN, BUSY, EXPIRED, INVALID, Injected, TOO_LARGE, error_event};

/// A deletion that does not say of what.
const NOBODY: &str = r#"{"type":"DELETED","object":{"metadata":{"uid":"x"}}}"#;

/// Splitmix64: small, and the same everywhere.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Random(seed)
    }

    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % end
    }

    pub(crate) fn one_of<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len() as u64) as usize].clone()
    }

    pub(crate) fn fault(&mut self) -> (Asks, Injected) {
        let asks = self.one_of(&[Asks::List, Asks::NextPage, Asks::Stream, Asks::Watch]);
        let frames = self.below(5) as usize;
        let cut = Injected::After(frames, self.last_word());
        let status = self.one_of(&[EXPIRED, TOO_LARGE, BUSY, BROKEN, INVALID]);
        (
            asks,
            self.one_of(&[
                status,
                cut,
                Injected::Reset(frames),
                Injected::LateEnd,
                Injected::FalseBookmark,
                Injected::First(NOBODY.to_owned()),
            ]),
        )
    }

    pub(crate) fn last_word(&mut self) -> String {
        self.one_of(&[
            String::new(),
            r#"{"type":"MODIFIED","obj"#.to_owned(),
            "<html>".to_owned(),
            error_event(410, "Expired"),
            error_event(429, "TooManyRequests"),
            error_event(500, "InternalError"),
        ])
    }
}
