//! Suggestions for a word that is misspelt.
//!
//! A few lines of our own: a derive stands in front of everything that uses it, and each
//! further dependency of it is waited for by all of that.

/// The candidate nearest to `word`, if one is near enough to be meant.
pub(crate) fn nearest<'a>(word: &str, candidates: &[&'a str]) -> Option<&'a str> {
    let near = word.len().max(3) / 3;
    candidates
        .iter()
        .map(|&candidate| (distance(word, candidate), candidate))
        .filter(|&(distance, _)| distance <= near)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Edits between two words: insertions, deletions and replacements (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.chars().enumerate() {
            let replaced = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[row.len() - 1]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_suggested_and_far_ones_are_not() {
        let words = ["group", "version", "deletecollection"];
        assert_eq!(nearest("grup", &words), Some("group"));
        assert_eq!(
            nearest("delete_collection", &words),
            Some("deletecollection")
        );
        assert_eq!(nearest("shortname", &words), None);
        assert_eq!(nearest("", &words), None);
    }
}
