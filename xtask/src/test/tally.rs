//! Counting tests by what their programs print.

/// What was seen so far.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) programs: u32,
    pub(super) passed: u32,
    pub(super) failed: u32,
    pub(super) ignored: u32,
    /// Cases of the suites that run on both servers, passed on the embedded one over plain HTTP.
    pub(super) embedded: u32,
    /// The same, over TLS.
    pub(super) embedded_tls: u32,
    /// The same, passed on the real one.
    pub(super) control_plane: u32,
}

impl Tally {
    /// Takes in one line of output.
    pub(super) fn see(&mut self, line: &str) {
        let line = without_colour(line);
        if let Some(counts) = line.strip_prefix("test result:") {
            self.programs += 1;
            self.passed += count(counts, "passed");
            self.failed += count(counts, "failed");
            self.ignored += count(counts, "ignored");
        } else if let Some(name) = line
            .strip_prefix("test ")
            .filter(|line| line.ends_with("... ok"))
        {
            self.embedded += u32::from(name.starts_with("on_embedded::"));
            self.embedded_tls += u32::from(name.starts_with("on_embedded_tls::"));
            self.control_plane += u32::from(name.starts_with("on_control_plane::"));
        }
    }

    pub(super) fn verdict(&self) -> String {
        let ignored = if self.ignored > 0 {
            format!(", {} ignored", self.ignored)
        } else {
            String::new()
        };
        format!(
            "{} tests passed, {} failed{ignored}",
            self.passed, self.failed
        )
    }
}

/// The number in front of a word: `12 passed;`.
fn count(counts: &str, word: &str) -> u32 {
    let before = counts
        .split(word)
        .next()
        .filter(|before| before.len() < counts.len());
    before
        .and_then(|before| before.split_whitespace().last()?.parse().ok())
        .unwrap_or(0)
}

fn without_colour(line: &str) -> String {
    anstream::adapter::strip_str(line)
        .to_string()
        .trim_end()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_of_all_programs_are_added_up() {
        let mut tally = Tally::default();
        for line in [
            "test on_embedded::verbs::one ... ok",
            "test on_embedded_tls::verbs::one ... ok",
            "test on_control_plane::verbs::one     ... \u{1b}[32mok\u{1b}[0m",
            "test on_control_plane::verbs::two ... FAILED",
            "test result: FAILED. 2 passed; 1 failed; 3 ignored; 0 measured; 0 filtered out; finished in 1.0s",
            "test something ... ok",
            "test result: \u{1b}[32mok\u{1b}[0m. 40 passed; 0 failed; 0 ignored; 0 measured",
        ] {
            tally.see(line);
        }
        let expected = Tally {
            programs: 2,
            passed: 42,
            failed: 1,
            ignored: 3,
            embedded: 1,
            embedded_tls: 1,
            control_plane: 1,
        };
        assert_eq!(tally, expected);
        assert_eq!(tally.verdict(), "42 tests passed, 1 failed, 3 ignored");
    }
}
