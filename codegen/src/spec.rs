//! The documents to generate from.

use std::fmt;

use openapiv3::OpenAPI;

/// One input document, or a file that holds several.
///
/// A text says by its content what it is (Swagger 2.0, OpenAPI v3, an object of v3 documents,
/// CustomResourceDefinitions), and whether it is JSON or YAML. A program that already holds an
/// OpenAPI v3 document passes [the value itself](Self::openapi).
#[derive(Clone)]
pub struct Spec {
    name: String,
    content: Content,
    reading: Reading,
}

/// The document itself.
#[derive(Clone)]
pub(crate) enum Content {
    /// JSON or YAML.
    Text(Vec<u8>),
    /// An OpenAPI v3 document that the caller has read or built.
    OpenApi(Box<OpenAPI>),
}

/// What a document may be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reading {
    /// A description of an API, and nothing else.
    Exact,
    /// That or something else, which is passed over.
    Found,
    /// CustomResourceDefinitions, and something else that is passed over.
    Manifests,
}

impl Spec {
    /// A document and the name that errors call it by, usually its path.
    #[must_use]
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            name: name.into(),
            content: Content::Text(bytes.into()),
            reading: Reading::Exact,
        }
    }

    /// An OpenAPI v3 document as a value of the `openapiv3` crate, which is
    /// [re-exported](crate::openapiv3), and the name that errors call it by.
    ///
    /// ```
    /// use kubewright_codegen::openapiv3::OpenAPI;
    /// use kubewright_codegen::{Options, Spec, generate};
    ///
    /// let document: OpenAPI = serde_json::from_str(r#"{
    ///     "openapi": "3.0.0",
    ///     "info": {"title": "Tiny", "version": "v1"},
    ///     "paths": {},
    ///     "components": {"schemas": {"com.example.v1.Size": {
    ///         "type": "object",
    ///         "required": ["width"],
    ///         "properties": {"width": {"type": "integer", "format": "int32"}}
    ///     }}}
    /// }"#)?;
    /// let output = generate(&[Spec::openapi("tiny", document)], &Options::default())?;
    /// assert!(output.files["src/example_v1/types.rs"].contains("pub width: i32,"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn openapi(name: impl Into<String>, document: OpenAPI) -> Self {
        Self {
            name: name.into(),
            content: Content::OpenApi(Box::new(document)),
            reading: Reading::Exact,
        }
    }

    /// A file that was found, in a folder, and not named: where it describes no API it is
    /// passed over and counted in [`Summary::skipped`](crate::Summary::skipped).
    #[must_use]
    pub fn found(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            reading: Reading::Found,
            ..Self::new(name, bytes)
        }
    }

    /// A file of manifests: its CustomResourceDefinitions are read, what else it holds is
    /// passed over and counted in [`Summary::skipped`](crate::Summary::skipped).
    ///
    /// ```
    /// use kubewright_codegen::{Options, Spec, generate};
    ///
    /// let manifests = Spec::manifests("widgets.yaml", "
    /// apiVersion: v1
    /// kind: Namespace
    /// metadata: {name: widgets}
    /// ---
    /// apiVersion: apiextensions.k8s.io/v1
    /// kind: CustomResourceDefinition
    /// metadata: {name: widgets.example.com}
    /// spec:
    ///   group: example.com
    ///   names: {kind: Widget, plural: widgets}
    ///   scope: Namespaced
    ///   versions:
    ///     - name: v1
    ///       served: true
    ///       storage: true
    ///       schema:
    ///         openAPIV3Schema:
    ///           type: object
    ///           properties:
    ///             spec:
    ///               type: object
    ///               properties:
    ///                 size: {type: integer, format: int32}
    /// ");
    /// let output = generate(&[manifests], &Options::default())?;
    /// assert!(output.files["src/example_com_v1/types.rs"].contains("pub size: Option<i32>,"));
    /// assert_eq!(output.summary.skipped, 1);
    /// # Ok::<(), kubewright_codegen::Error>(())
    /// ```
    #[must_use]
    pub fn manifests(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self {
            reading: Reading::Manifests,
            ..Self::new(name, bytes)
        }
    }

    /// The name that errors call it by.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn reading(&self) -> Reading {
        self.reading
    }

    pub(crate) fn content(&self) -> &Content {
        &self.content
    }
}

impl fmt::Debug for Spec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Spec")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// The document, called by its title.
impl From<OpenAPI> for Spec {
    fn from(document: OpenAPI) -> Self {
        Self::openapi(document.info.title.clone(), document)
    }
}
