//! The compile error for each mistake; the names of the files are its specification.

#[test]
fn each_mistake_is_told_once_and_where_it_is() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
