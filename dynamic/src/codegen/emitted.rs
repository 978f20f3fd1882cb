//! The version of generated output, so that old output is recognised.
//!
//! Generated code and the macros here change together. Where they are of different times, the
//! compiler complains of a token in the middle of a thousand; this makes it say what to do first.

/// States for which macros a file was written: `emitted!(1);`. The number goes up, here and in
/// the generator, with every change after which older output means something else to the
/// macros or does not compile.
///
/// ```
/// kubewright::codegen::emitted!(1);
/// ```
/// ```compile_fail
/// kubewright::codegen::emitted!(0);
/// ```
#[doc(hidden)]
#[macro_export]
macro_rules! __emitted {
    (1) => {};
    ($other:literal) => {
        $crate::codegen::core::compile_error!(
            "this was written by a generator of another version than that of the \
             kubewright that it is compiled with: generate it again (`kubewright gen …`, \
             or the build script) with the generator beside that crate"
        );
    };
}
