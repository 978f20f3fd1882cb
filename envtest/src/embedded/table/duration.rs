//! The age of an object in words: two units at most.

use jiff::Timestamp;

/// The time from a moment until now; `<unknown>` when the moment cannot be read.
pub(super) fn since(moment: &str, now: Timestamp) -> String {
    match moment.parse::<Timestamp>() {
        Ok(moment) => human(now.as_second() - moment.as_second()),
        Err(_) => "<unknown>".into(),
    }
}

/// A duration in seconds; the future is `<invalid>`, but for the two seconds that clocks differ.
fn human(seconds: i64) -> String {
    const MINUTE: i64 = 60;
    const HOUR: i64 = 60 * MINUTE;
    const DAY: i64 = 24 * HOUR;
    const YEAR: i64 = 365 * DAY;
    let pair = |big: i64, big_name: &str, small: i64, small_name: &str| match seconds % big / small
    {
        0 => format!("{}{big_name}", seconds / big),
        rest => format!("{}{big_name}{rest}{small_name}", seconds / big),
    };
    match seconds {
        ..-1 => "<invalid>".into(),
        -1..0 => "0s".into(),
        0..120 => format!("{seconds}s"),
        120..600 => pair(MINUTE, "m", 1, "s"),
        600..10_800 => format!("{}m", seconds / MINUTE),
        10_800..28_800 => pair(HOUR, "h", MINUTE, "m"),
        28_800..172_800 => format!("{}h", seconds / HOUR),
        172_800..691_200 => pair(DAY, "d", HOUR, "h"),
        691_200..63_072_000 => format!("{}d", seconds / DAY),
        63_072_000..252_288_000 => pair(YEAR, "y", DAY, "d"),
        _ => format!("{}y", seconds / YEAR),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_units_at_most() {
        let cases = [
            (-5, "<invalid>"),
            (0, "0s"),
            (119, "119s"),
            (120, "2m"),
            (158, "2m38s"),
            (600, "10m"),
            (10_800, "3h"),
            (10_860, "3h1m"),
            (172_800, "2d"),
            (176_400, "2d1h"),
            (28_166_400, "326d"),
            (70_000_000, "2y80d"),
        ];
        for (seconds, wanted) in cases {
            assert_eq!(human(seconds), wanted);
        }
    }
}
