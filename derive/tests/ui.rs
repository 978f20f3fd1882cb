//! The compile error for each mistake; the names of the files are its specification.

#[test]
fn each_mistake_is_reported_once_and_at_its_location() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
