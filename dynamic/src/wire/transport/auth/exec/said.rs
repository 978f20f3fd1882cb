//! The last lines that a plugin wrote to standard error, fit to be shown.

use std::collections::VecDeque;

/// As much of the end is kept.
const MOST_BYTES: usize = 4096;
const MOST_LINES: usize = 8;
const LONGEST_LINE: usize = 200;
/// A shorter value of a variable is a word such as `true`, and no secret.
const SHORTEST_SECRET: usize = 6;
const HIDDEN: &str = "[hidden]";

/// The end of a text that may be endless.
#[derive(Default)]
pub(super) struct Said(VecDeque<u8>);

impl Said {
    pub(super) fn push(&mut self, written: &[u8]) {
        let end = &written[written.len().saturating_sub(MOST_BYTES)..];
        self.0.extend(end);
        let surplus = self.0.len().saturating_sub(MOST_BYTES);
        self.0.drain(..surplus);
    }

    /// Its last lines, with control characters escaped, without these secrets and without
    /// whatever looks like one.
    pub(super) fn lines<'a>(self, secrets: impl Iterator<Item = &'a str>) -> Vec<String> {
        let bytes: Vec<u8> = self.0.into();
        let mut text = String::from_utf8_lossy(&bytes).into_owned();
        for secret in secrets.filter(|secret| secret.len() >= SHORTEST_SECRET) {
            text = text.replace(secret, HIDDEN);
        }
        let mut hiding = Hiding::default();
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let mut lines: Vec<String> = lines.filter_map(|line| hiding.line(line)).collect();
        let surplus = lines.len().saturating_sub(MOST_LINES);
        lines.drain(..surplus);
        lines
    }
}

/// A text of another program on one line, bounded and with control characters escaped.
pub(super) fn shown(text: &str) -> String {
    escaped(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Hides what looks like a secret: keys in PEM, and words such as tokens.
#[derive(Default)]
struct Hiding {
    is_in_pem: bool,
}

impl Hiding {
    /// A line as it may be shown; `None` within a key.
    fn line(&mut self, line: &str) -> Option<String> {
        let was_in_pem = self.is_in_pem;
        self.is_in_pem = (was_in_pem || line.contains("-----BEGIN")) && !line.contains("-----END");
        if was_in_pem {
            return None;
        }
        if line.contains("-----BEGIN") {
            return Some(HIDDEN.to_owned());
        }
        let words: Vec<_> = line.split(' ').map(hidden_word).collect();
        Some(escaped(&words.join(" ")))
    }
}

/// JSON web tokens, and runs of the characters of base64 that are as long as keys are.
fn hidden_word(word: &str) -> String {
    const LONGEST_WORD: usize = 40;
    let is_secret = |part: &&str| {
        let is_token = part.starts_with("eyJ") && part.contains('.');
        is_token || part.len() >= LONGEST_WORD && part.bytes().any(|byte| byte.is_ascii_digit())
    };
    let is_text = |c: char| !(c.is_ascii_alphanumeric() || "+-_.~".contains(c));
    let mut shown = word.to_owned();
    for secret in word.split(is_text).filter(is_secret) {
        shown = shown.replace(secret, HIDDEN);
    }
    shown
}

fn escaped(line: &str) -> String {
    let mut shown = String::new();
    for c in line.chars().take(LONGEST_LINE) {
        match c.is_control() {
            true => shown.extend(c.escape_default()),
            false => shown.push(c),
        }
    }
    if line.chars().nth(LONGEST_LINE).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, secrets: &[&str]) -> Vec<String> {
        let mut said = Said::default();
        // However it arrives.
        for part in text.as_bytes().chunks(7) {
            said.push(part);
        }
        said.lines(secrets.iter().copied())
    }

    #[test]
    fn the_last_lines_are_kept_and_control_characters_escaped() {
        let long = (0..10_000)
            .map(|n| format!("line {n}\n"))
            .collect::<String>();
        let lines = shown(&long, &[]);
        assert_eq!(lines.len(), MOST_LINES);
        assert_eq!(lines.last().unwrap(), "line 9999");
        assert_eq!(
            shown("\u{1b}[31mred\u{7}\r\n\n", &[]),
            ["\\u{1b}[31mred\\u{7}"]
        );
        assert_eq!(
            shown(&"ä".repeat(3_000), &[])[0].chars().count(),
            LONGEST_LINE + 1
        );
        assert!(shown("\n \n", &[]).is_empty());
    }

    #[test]
    fn secrets_are_hidden() {
        // Rule C24
        let token = format!("eyJhbGciOiJSUzI1NiJ9.{}.sig", "eyJpc3MiOiJr");
        for (text, expected) in [
            ("+ login --secret hunter2", "+ login --secret [hidden]"),
            (&format!("token={token}"), "token=[hidden]"),
            (
                &format!("{{\"token\":\"{token}\"}}"),
                "{\"token\":\"[hidden]\"}",
            ),
            (&format!("got {}", "a1b2c3d4e5".repeat(5)), "got [hidden]"),
            (
                "-----BEGIN EC PRIVATE KEY-----\nabc\n-----END EC PRIVATE KEY-----",
                "[hidden]",
            ),
            (
                "cannot reach sts.eu-central-1.amazonaws.com",
                "cannot reach sts.eu-central-1.amazonaws.com",
            ),
        ] {
            assert_eq!(shown(text, &["hunter2", "a"]), [expected]);
        }
    }
}
