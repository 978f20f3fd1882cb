//! The kinds that this repository defines, which are those of the examples.

use kubewright::crd::CustomResourceDefinition;

#[path = "../../examples/custom_resource/widget.rs"]
#[allow(dead_code, reason = "the definition is all that is asked of it")]
mod widget;

/// The definition of each.
pub(crate) fn all() -> [CustomResourceDefinition; 1] {
    [widget::Widget::crd()]
}

#[cfg(test)]
mod tests {
    use kubewright::crd::{ManifestError, check_manifests};

    const MANIFESTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/custom_resource");

    #[test]
    fn the_manifests_of_the_examples_are_fresh() -> Result<(), ManifestError> {
        check_manifests(MANIFESTS, &super::all())
    }
}
