//! Programs that must not compile without unsafe code; the names of the files say why not.

#[test]
fn what_would_be_unsound_does_not_compile() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/*.rs");
    // The features add implementations, and so words to what the compiler says of these.
    #[cfg(not(any(feature = "schemars", feature = "arbitrary")))]
    cases.compile_fail("tests/ui/plain/*.rs");
}
