//! Names stay once they are given, whatever a later specification adds.
#![allow(
    clippy::unwrap_used,
    reason = "a panic is the failure report of a test"
)]

use std::collections::BTreeSet;

use kubewright_codegen::{Names, Options, Output, Spec, generate};

/// A definition whose spec has these properties.
fn mill(version: &str, properties: &str) -> Spec {
    let text = format!(
        "
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {{name: mills.example.com}}
spec:
  group: example.com
  names: {{kind: Mill, plural: mills}}
  scope: Namespaced
  versions:
    - name: {version}
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec: {{type: object, properties: {{{properties}}}}}
"
    );
    Spec::new(format!("mill-{version}.yaml"), text)
}

fn named(specs: &[Spec], lock: &str) -> Output {
    let mut options = Options::default();
    options.names = Names::read("names.lock", lock).unwrap();
    generate(specs, &options).unwrap()
}

fn lock(output: &Output) -> &str {
    &output.files[Names::FILE]
}

/// Every line of the lock but its head.
fn lines(output: &Output) -> BTreeSet<&str> {
    let lines = lock(output).lines();
    lines.filter(|line| !line.starts_with('#')).collect()
}

/// A change of the specification, and a name that it would take away.
const CHANGES: &[(&str, &str, &str, &str)] = &[
    (
        "a second type of the same property",
        "wheel: {type: object, properties: {size: {type: integer}}}",
        "wheel: {type: object, properties: {size: {type: integer}}}, \
         spare: {type: object, properties: {wheel: {type: object, properties: {own: {type: string}}}}}",
        "\"Wheel\"",
    ),
    (
        "a field that is spelled more naturally",
        "wheel: {type: object, properties: {proxyURL: {type: string}}}",
        "wheel: {type: object, properties: {proxyURL: {type: string}, proxyUrl: {type: string}}}",
        "\"proxyURL\" \"proxy_url\"",
    ),
    (
        "a value that is spelled like the variant",
        "pack: {type: object, properties: {with: {type: string, enum: [gzip, none]}}}",
        "pack: {type: object, properties: {with: {type: string, enum: [Gzip, gzip, none]}}}",
        "\"gzip\" \"Gzip\"",
    ),
    (
        "a place that names an equal type better",
        "a: {type: object, properties: {oil: {type: object, properties: {own: {type: string}}}}}",
        "a: {type: object, properties: {oil: {type: object, properties: {own: {type: string}}}}}, \
         grease: {type: object, properties: {own: {type: string}}}, \
         b: {type: object, properties: {grease: {type: object, properties: {own: {type: string}}}}}",
        "\"Oil\"",
    ),
    (
        "a type that has become equal to another",
        "a: {type: object, properties: {x: {type: string}}}, \
         b: {type: object, properties: {y: {type: string}}}",
        "a: {type: object, properties: {x: {type: string}}}, \
         b: {type: object, properties: {x: {type: string}}}",
        "\"B\"",
    ),
];

#[test]
fn a_lock_keeps_the_names_that_a_change_would_take_away() {
    for (what, before, after, name) in CHANGES {
        let first = generate(&[mill("v1", before)], &Options::default()).unwrap();
        assert!(lock(&first).contains(name), "{what}: {}", lock(&first));
        let after = [mill("v1", after)];
        let fresh = generate(&after, &Options::default()).unwrap();
        let lost: Vec<_> = lines(&first).difference(&lines(&fresh)).copied().collect();
        assert!(
            lost.iter().any(|line| line.contains(name)),
            "{what}: {lost:?}"
        );
        let again = named(&after, lock(&first));
        let lost: Vec<_> = lines(&first).difference(&lines(&again)).copied().collect();
        assert_eq!(lost, Vec::<&str>::new(), "{what}");
    }
}

#[test]
fn a_more_stable_version_takes_no_type_away() {
    let wheel = "wheel: {type: object, properties: {size: {type: integer}}}";
    let first = generate(&[mill("v1beta1", wheel)], &Options::default()).unwrap();
    let both = [mill("v1beta1", wheel), mill("v1", wheel)];
    let again = named(&both, lock(&first));
    let holds_wheel = |output: &Output, module: &str| {
        let mut files = output.files.iter();
        files.any(|(path, text)| path.starts_with(module) && text.contains("pub struct Wheel"))
    };
    assert!(holds_wheel(&again, "src/example_com_v1beta1/"));
    assert!(lines(&first).is_subset(&lines(&again)));
    let fresh = generate(&both, &Options::default()).unwrap();
    assert!(holds_wheel(&fresh, "src/example_com_v1/"));
}

#[test]
fn an_own_lock_changes_nothing_and_a_foreign_one_is_forgotten() {
    let specs = [mill(
        "v1",
        "wheel: {type: object, properties: {size: {type: integer}}}",
    )];
    let first = generate(&specs, &Options::default()).unwrap();
    assert_eq!(named(&specs, lock(&first)), first);
    let foreign =
        "type \"gone/spec/x\" \"example.com/v1\" \"Wheel\"\nmodule \"gone/v1\" \"gone_v1\"\n";
    assert_eq!(named(&specs, foreign), first);
}

#[test]
fn a_lock_may_be_edited_and_what_it_takes_goes_on_with_a_number() {
    let specs = [mill(
        "v1",
        "wheel: {type: object, properties: {size: {type: integer}}}",
    )];
    let first = generate(&specs, &Options::default()).unwrap();
    let edited = lock(&first)
        .replace("\"Wheel\"", "\"Disc\"")
        .replace("\"example_com_v1\"", "\"mills\"")
        .replace("\"mills\" \"mills\"", "\"mills\" \"grinders\"");
    let output = named(&specs, &edited);
    assert!(output.files["src/mills/types.rs"].contains("pub struct Disc"));
    assert!(output.files["src/mills/client.rs"].contains("pub fn grinders"));
    let taken = lock(&first).replace("\"Wheel\"", "\"MillSpec\"").replace(
        "type \"com.example.v1.Mill/spec\" \"example.com/v1\" \"MillSpec\"\n",
        "",
    );
    let output = named(&specs, &taken);
    let types = &output.files["src/example_com_v1/types.rs"];
    assert!(types.contains("pub struct MillSpec2 "), "{types}");
}
