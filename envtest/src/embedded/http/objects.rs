//! Requests about objects: the verb from method and path, its options from the query.

use std::sync::Arc;

use axum::response::Response;
use http::Method;

use super::super::cluster::{Call, Cluster, Reply};
use super::super::encode::Encoder;
use super::super::negotiate::Form;
use super::super::params::{DeleteParams, ListParams, Match, WatchParams, WriteParams};
use super::super::patch::PatchKind;
use super::super::route::Target;
use super::super::status::{Cause, Failure, Named};
use super::super::table::IncludeObject;
use super::super::{clock, decode};
use super::{Asked, Server, reply, watch};

/// What a method means at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verb {
    Get,
    List,
    Watch,
    Create,
    Update,
    Patch,
    Delete,
    DeleteCollection,
}

impl Verb {
    fn of(asked: &Asked, target: &Target) -> Option<Self> {
        let collection = target.name.is_empty();
        let watching = asked.query.flag("watch").unwrap_or(false);
        match (asked.parts.method.clone(), collection) {
            (Method::GET, _) if target.watch => Some(Self::Watch),
            (Method::GET, true) if watching => Some(Self::Watch),
            (Method::GET, true) => Some(Self::List),
            (Method::GET, false) => Some(Self::Get),
            (Method::POST, _) => Some(Self::Create),
            (Method::PUT, false) => Some(Self::Update),
            (Method::PATCH, false) => Some(Self::Patch),
            (Method::DELETE, true) => Some(Self::DeleteCollection),
            (Method::DELETE, false) => Some(Self::Delete),
            _ => None,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::List => "list",
            Self::Watch => "watch",
            Self::Create => "create",
            Self::Update => "update",
            Self::Patch => "patch",
            Self::Delete => "delete",
            Self::DeleteCollection => "deletecollection",
        }
    }
}

pub(super) async fn serve(
    server: &Arc<Server>,
    asked: Asked,
    target: Target,
) -> Result<Response, Failure> {
    let user = asked.user.clone();
    let call = server.with(|cluster| cluster.call(target, user, clock::now()))?;
    let verb = admitted_verb(&asked, &call)?;
    server.tally.asked(verb.name());
    let answer = serve_verb(server, &asked, call, verb).await;
    if answer.is_ok() {
        server.tally.done(verb.name());
    }
    answer
}

async fn serve_verb(
    server: &Arc<Server>,
    asked: &Asked,
    call: Call,
    verb: Verb,
) -> Result<Response, Failure> {
    let form = Form::negotiate(asked.accept())?;
    let include = include_object(asked)?;
    if verb == Verb::Watch {
        let params = WatchParams::parse(&asked.query, call.resource.fields())?;
        return watch::serve(server, call, params, form, include).await;
    }
    wait_for_freshness(server, asked, &call, verb).await?;
    let answer = server.with(|cluster| perform(cluster, asked, &call, verb))?;
    let encoder = Encoder {
        resource: &call.resource,
        form,
        include,
    };
    let (code, body) = encoder.reply(&answer)?;
    Ok(reply::warned(
        reply::bytes(code, reply::JSON, body.into()),
        &answer,
    ))
}

/// The verb, if the resource (or subresource) has it and the path is one where it can be used.
fn admitted_verb(asked: &Asked, call: &Call) -> Result<Verb, Failure> {
    let verb = Verb::of(asked, &call.target).ok_or_else(Failure::method_not_allowed)?;
    let target = &call.target;
    if !target.subresource.is_empty() {
        let found = call
            .resource
            .subresource(&target.subresource)
            .ok_or_else(|| no_subresource(call))?;
        return if found.allows(verb.name()) {
            Ok(verb)
        } else {
            Err(Failure::method_not_allowed())
        };
    }
    let across_namespaces = call.resource.namespaced && target.namespace.is_empty();
    let placed = match verb {
        Verb::Create => target.name.is_empty() && !across_namespaces,
        Verb::DeleteCollection => !across_namespaces,
        _ => true,
    };
    if placed && call.resource.allows(verb.name()) {
        Ok(verb)
    } else {
        Err(Failure::method_not_allowed())
    }
}

fn perform(
    cluster: &mut Cluster,
    asked: &Asked,
    call: &Call,
    verb: Verb,
) -> Result<Reply, Failure> {
    let query = &asked.query;
    match verb {
        Verb::Get => cluster.get_subresource(call),
        Verb::List | Verb::Watch => {
            let params = ListParams::parse(query, call.resource.fields())?;
            cluster.list(call, &params).map(Reply::List)
        }
        Verb::Create | Verb::Update | Verb::Patch => write(cluster, asked, call, verb),
        Verb::Delete => cluster.delete(call, &DeleteParams::parse(query, &asked.body)?),
        Verb::DeleteCollection => {
            let list = ListParams::parse(query, call.resource.fields())?;
            let params = DeleteParams::parse(query, &asked.body)?;
            cluster
                .delete_collection(call, &list, &params)
                .map(Reply::List)
        }
    }
}

fn write(cluster: &mut Cluster, asked: &Asked, call: &Call, verb: Verb) -> Result<Reply, Failure> {
    let agent = asked.header(http::header::USER_AGENT);
    let params = |options: &str| WriteParams::parse(&asked.query, options, agent);
    let body = || decode::sub(call, asked.media(), &asked.body);
    match verb {
        Verb::Patch => {
            let kind = PatchKind::from_content_type(asked.media()).ok_or_else(not_a_patch)?;
            cluster.patch_subresource(call, &params("PatchOptions")?, kind, &asked.body)
        }
        Verb::Update => cluster.replace_subresource(call, &params("UpdateOptions")?, body()?),
        _ if call.target.subresource.is_empty() => {
            cluster.create(call, &params("CreateOptions")?, body()?)
        }
        _ => cluster.create_subresource(call, &params("CreateOptions")?, &body()?),
    }
}

/// What a custom resource does not have is missing from the object, elsewhere from the server.
fn no_subresource(call: &Call) -> Failure {
    if call.resource.is_custom() {
        Failure::not_found(call.resource.named(), &call.target.name)
    } else {
        Failure::no_such_resource()
    }
}

fn not_a_patch() -> Failure {
    Failure::unsupported_media_type("415: Unsupported Media Type")
}

fn include_object(asked: &Asked) -> Result<IncludeObject, Failure> {
    IncludeObject::parse(asked.query.text("includeObject")).ok_or_else(|| {
        let supported = ["\"Metadata\"", "\"None\"", "\"Object\""].map(str::to_owned);
        let value = asked.query.text("includeObject").unwrap_or_default();
        let cause = Cause::unsupported("includeObject", &value.into(), &supported);
        Failure::invalid(
            Named {
                group: "meta.k8s.io",
                what: "TableOptions",
            },
            "",
            &[cause],
        )
    })
}

/// A read at a revision that is yet to come waits a little for it to be written.
async fn wait_for_freshness(
    server: &Server,
    asked: &Asked,
    call: &Call,
    verb: Verb,
) -> Result<(), Failure> {
    let wanted = match verb {
        Verb::Get => get_revision(asked)?,
        Verb::List => match ListParams::parse(&asked.query, call.resource.fields())?.moment {
            Match::NotOlderThan(revision) | Match::Exact(revision) => revision,
            Match::Any | Match::MostRecent => 0,
        },
        _ => 0,
    };
    server.reach(wanted).await
}

fn get_revision(asked: &Asked) -> Result<u64, Failure> {
    let text = asked.query.text("resourceVersion").unwrap_or("0");
    text.parse().map_err(|_| {
        let why = format!("resourceVersion: Invalid value: {text:?}: strconv.ParseUint: parsing {text:?}: invalid syntax");
        Failure::internal(why)
    })
}
