//! Equality of texts, decided while the program is compiled.

/// Whether two texts are the same.
pub(in crate::crd) const fn same_text(a: &str, b: &str) -> bool {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    if a.len() != b.len() {
        return false;
    }
    let mut at = 0;
    while at < a.len() {
        if a[at] != b[at] {
            return false;
        }
        at += 1;
    }
    true
}

/// Whether a text is among some.
pub(super) const fn contains(texts: &[&str], wanted: &str) -> bool {
    let mut at = 0;
    while at < texts.len() {
        if same_text(texts[at], wanted) {
            return true;
        }
        at += 1;
    }
    false
}

/// Whether two lists hold the same texts in the same order.
pub(super) const fn same_texts(a: &[&str], b: &[&str]) -> bool {
    let mut at = 0;
    let mut is_same = a.len() == b.len();
    while is_same && at < a.len() {
        is_same = same_text(a[at], b[at]);
        at += 1;
    }
    is_same
}
