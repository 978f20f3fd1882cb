//! The definition of a kind that uses everything is a golden file.

mod specimen;

use kubewright::crd::{CustomResourceDefinition, ManifestError, check_manifests};
use kubewright::{Object, Resource};

use self::specimen::Specimen;

const MANIFESTS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/definition");

#[test]
fn everything_has_its_place_in_the_manifest() -> Result<(), ManifestError> {
    check_manifests(MANIFESTS, &[Specimen::crd()])
}

#[test]
fn a_definition_survives_its_manifest() -> Result<(), Box<dyn std::error::Error>> {
    let definition = Specimen::crd();
    let json = definition.to_json(&CustomResourceDefinition::api_resource())?;
    assert_eq!(CustomResourceDefinition::from_json(&json)?, definition);
    Ok(())
}

#[test]
fn a_stale_manifest_says_where_and_what_to_do() -> Result<(), Box<dyn std::error::Error>> {
    let mut definition = Specimen::crd();
    definition.spec.versions[0].served = false;
    // An update of golden files would update this one too.
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        return Ok(());
    }
    let error = check_manifests(MANIFESTS, &[definition]).map_err(|error| error.to_string());
    let error = error.err().ok_or("it passed")?;
    for part in [
        "specimina.museum.example.com.yaml is stale",
        "served: true\nand should be\n      served: false",
        "UPDATE_GOLDEN=1",
    ] {
        assert!(error.contains(part), "{error}");
    }
    Ok(())
}
