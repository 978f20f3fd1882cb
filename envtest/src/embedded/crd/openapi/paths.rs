//! The paths of resources that definitions serve, with their operations.

use std::sync::Arc;

use openapiv3::{
    AnySchema, MediaType, Operation, Parameter, ParameterData, ParameterSchemaOrContent, PathItem,
    PathStyle, Paths, QueryStyle, ReferenceOr, RequestBody, Response, Responses, Schema,
    SchemaData, SchemaKind, StatusCode,
};
use serde_json::{Value, json};

use super::super::super::resource::{ResourceType, Subresource};
use super::{KIND, META, definition, kind_of, reference};

const SCALE: &str = "io.k8s.api.autoscaling.v1.Scale";

const PATCHES: [&str; 3] = [
    "application/apply-patch+yaml",
    "application/json-patch+json",
    "application/merge-patch+json",
];

const LIST_PARAMETERS: [(&str, &str); 10] = [
    ("allowWatchBookmarks", "boolean"),
    ("continue", "string"),
    ("fieldSelector", "string"),
    ("labelSelector", "string"),
    ("limit", "integer"),
    ("resourceVersion", "string"),
    ("resourceVersionMatch", "string"),
    ("sendInitialEvents", "boolean"),
    ("timeoutSeconds", "integer"),
    ("watch", "boolean"),
];

const WRITE_PARAMETERS: [(&str, &str); 3] = [
    ("dryRun", "string"),
    ("fieldManager", "string"),
    ("fieldValidation", "string"),
];

const PATCH_PARAMETERS: [(&str, &str); 4] = [
    ("dryRun", "string"),
    ("fieldManager", "string"),
    ("fieldValidation", "string"),
    ("force", "boolean"),
];

/// Every path of these resources.
pub(super) fn of(resources: &[Arc<ResourceType>]) -> Paths {
    let all = resources.iter().flat_map(|resource| of_resource(resource));
    Paths {
        paths: all
            .map(|(path, item)| (path, ReferenceOr::Item(item)))
            .collect(),
        ..Paths::default()
    }
}

fn of_resource(resource: &ResourceType) -> Vec<(String, PathItem)> {
    let base = format!("/apis/{}/{}", resource.group, resource.version);
    let mut paths = Vec::new();
    let collection = if resource.namespaced {
        let all = PathItem {
            get: Some(list(resource, "AllNamespaces")),
            ..PathItem::default()
        };
        paths.push((format!("{base}/{}", resource.plural), all));
        format!("{base}/namespaces/{{namespace}}/{}", resource.plural)
    } else {
        format!("{base}/{}", resource.plural)
    };
    let item = format!("{collection}/{{name}}");
    paths.push((collection, of_collection(resource)));
    for sub in &resource.subresources {
        paths.push((
            format!("{item}/{}", sub.name),
            of_subresource(resource, sub),
        ));
    }
    paths.push((item, of_object(resource)));
    paths
}

fn of_collection(resource: &ResourceType) -> PathItem {
    let own = definition(resource, &resource.kind);
    let create = Asked::new("create", "", "post", &[200, 201, 202]);
    let delete = Asked::new("delete", "Collection", "deletecollection", &[200]);
    let mut delete = delete.operation(resource, &format!("{META}.Status"));
    delete.parameters = query(&LIST_PARAMETERS);
    PathItem {
        get: Some(list(resource, "")),
        post: Some(with_body(create.operation(resource, &own), &own)),
        delete: Some(delete),
        parameters: of_path(resource, false),
        ..PathItem::default()
    }
}

fn of_object(resource: &ResourceType) -> PathItem {
    let own = definition(resource, &resource.kind);
    let delete = Asked::new("delete", "", "delete", &[200, 202]);
    let delete = delete.operation(resource, &format!("{META}.Status"));
    PathItem {
        delete: Some(with_body(delete, &format!("{META}.DeleteOptions"))),
        ..read_and_write(resource, "", &own)
    }
}

fn of_subresource(resource: &ResourceType, sub: &Subresource) -> PathItem {
    let schema = if sub.kind == resource.kind {
        definition(resource, &resource.kind)
    } else {
        SCALE.to_owned()
    };
    let mut path = read_and_write(resource, &capitalised(&sub.name), &schema);
    let kind = json!({"group": sub.group, "version": sub.version, "kind": sub.kind});
    for operation in [&mut path.get, &mut path.put, &mut path.patch] {
        let extensions = operation
            .iter_mut()
            .map(|operation| &mut operation.extensions);
        extensions.for_each(|extensions| {
            extensions.insert(KIND.to_owned(), kind.clone());
        });
    }
    path
}

/// What an object and each of its subresources have in common.
fn read_and_write(resource: &ResourceType, suffix: &str, schema: &str) -> PathItem {
    let read = Asked::new("read", suffix, "get", &[200]);
    let replace = Asked::new("replace", suffix, "put", &[200, 201]);
    let patch = Asked::new("patch", suffix, "patch", &[200]);
    PathItem {
        get: Some(read.operation(resource, schema)),
        put: Some(with_body(replace.operation(resource, schema), schema)),
        patch: Some(with_patch(patch.operation(resource, schema))),
        parameters: of_path(resource, true),
        ..PathItem::default()
    }
}

fn list(resource: &ResourceType, suffix: &str) -> Operation {
    let schema = definition(resource, &resource.list_kind);
    Operation {
        parameters: query(&LIST_PARAMETERS),
        ..Asked::new("list", suffix, "list", &[200]).operation(resource, &schema)
    }
}

/// What an operation does.
struct Asked<'a> {
    /// The first word of its identifier.
    verb: &'a str,
    /// The subresource, or how its identifier differs from that of the plain verb.
    suffix: &'a str,
    action: &'a str,
    codes: &'a [u16],
}

impl<'a> Asked<'a> {
    fn new(verb: &'a str, suffix: &'a str, action: &'a str, codes: &'a [u16]) -> Self {
        Self {
            verb,
            suffix,
            action,
            codes,
        }
    }

    /// The operation, which answers with an object of this schema.
    fn operation(&self, resource: &ResourceType, schema: &str) -> Operation {
        let codes = self.codes.iter();
        let responses = codes.map(|code| (StatusCode::Code(*code), response(*code, schema)));
        let kind = kind_of(resource, &resource.kind);
        let extensions = [
            ("x-kubernetes-action", Value::from(self.action)),
            (KIND, kind),
        ];
        Operation {
            operation_id: Some(self.identifier(resource)),
            responses: Responses {
                responses: responses.collect(),
                ..Responses::default()
            },
            extensions: extensions
                .into_iter()
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
            ..Operation::default()
        }
    }

    /// `readExampleComV1NamespacedWidgetStatus`.
    fn identifier(&self, resource: &ResourceType) -> String {
        let group: String = resource.group.split('.').map(capitalised).collect();
        let version = capitalised(&resource.version);
        let scope = if resource.namespaced && self.suffix != "AllNamespaces" {
            "Namespaced"
        } else {
            ""
        };
        let (before, after) = match self.suffix {
            "Collection" => ("Collection", ""),
            "AllNamespaces" => ("", "ForAllNamespaces"),
            suffix => ("", suffix),
        };
        let (verb, kind) = (self.verb, &resource.kind);
        format!("{verb}{group}{version}{before}{scope}{kind}{after}")
    }
}

fn response(code: u16, schema: &str) -> ReferenceOr<Response> {
    let description = match code {
        201 => "Created",
        202 => "Accepted",
        _ => "OK",
    };
    ReferenceOr::Item(Response {
        description: description.to_owned(),
        content: [("application/json".to_owned(), media(schema))].into(),
        ..Response::default()
    })
}

fn media(schema: &str) -> MediaType {
    MediaType {
        schema: Some(reference(schema)),
        ..MediaType::default()
    }
}

fn with_body(operation: Operation, schema: &str) -> Operation {
    let body = RequestBody {
        content: [("application/json".to_owned(), media(schema))].into(),
        ..RequestBody::default()
    };
    Operation {
        request_body: Some(ReferenceOr::Item(body)),
        parameters: query(&WRITE_PARAMETERS),
        ..operation
    }
}

fn with_patch(operation: Operation) -> Operation {
    let patch = media(&format!("{META}.Patch"));
    let content = PATCHES.map(|media| (media.to_owned(), patch.clone()));
    let body = RequestBody {
        content: content.into(),
        required: true,
        ..RequestBody::default()
    };
    Operation {
        request_body: Some(ReferenceOr::Item(body)),
        parameters: query(&PATCH_PARAMETERS),
        ..operation
    }
}

fn query(parameters: &[(&str, &str)]) -> Vec<ReferenceOr<Parameter>> {
    let parameters = parameters.iter().map(|(name, kind)| Parameter::Query {
        parameter_data: parameter(name, kind, false),
        allow_reserved: false,
        style: QueryStyle::default(),
        allow_empty_value: None,
    });
    parameters.map(ReferenceOr::Item).collect()
}

fn of_path(resource: &ResourceType, is_object: bool) -> Vec<ReferenceOr<Parameter>> {
    let names = [(is_object, "name"), (resource.namespaced, "namespace")];
    let names = names.into_iter().filter(|(is_there, _)| *is_there);
    let parameters = names.map(|(_, name)| Parameter::Path {
        parameter_data: parameter(name, "string", true),
        style: PathStyle::default(),
    });
    parameters.map(ReferenceOr::Item).collect()
}

fn parameter(name: &str, kind: &str, required: bool) -> ParameterData {
    let schema = Schema {
        schema_data: SchemaData::default(),
        schema_kind: SchemaKind::Any(AnySchema {
            typ: Some(kind.to_owned()),
            unique_items: Some(true),
            ..AnySchema::default()
        }),
    };
    ParameterData {
        name: name.to_owned(),
        description: None,
        required,
        deprecated: None,
        format: ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema)),
        example: None,
        examples: Default::default(),
        explode: None,
        extensions: Default::default(),
    }
}

fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}
