//! Documents from a live server.

use std::path::PathBuf;

use anstream::eprintln;
use futures::stream::{self, StreamExt, TryStreamExt};
use kubewright::{Client, Config, Source};
use kubewright_codegen::{Filter, Spec};
use serde_json::Value;

use super::Failure;
use crate::style::WARNING;

/// Which server, as kubectl's flags say it.
#[derive(clap::Args)]
pub(super) struct ServerArgs {
    /// Read the OpenAPI of a live server: this one, or the kubeconfig's.
    #[arg(long, value_name = "URL", num_args = 0..=1, conflicts_with = "openapi")]
    server: Option<Option<String>>,
    /// The kubeconfig to find the server in.
    #[arg(long, value_name = "FILE", requires = "server")]
    kubeconfig: Option<PathBuf>,
    /// The kubeconfig's context, instead of its current one.
    #[arg(long, value_name = "NAME", requires = "server")]
    context: Option<String>,
}

impl ServerArgs {
    pub(super) fn is_asked_for(&self) -> bool {
        self.server.is_some()
    }

    /// The server's configuration; `None` when no server is asked for.
    pub(super) fn config(&self) -> Option<kubewright::Result<Config>> {
        let source = || {
            Source::new()
                .kubeconfig(self.kubeconfig.clone())
                .context(self.context.clone())
        };
        self.server.as_ref().map(|url| match url {
            Some(url) => Config::new(url),
            None => Config::load(&source()),
        })
    }
}

/// Documents asked for at once.
const AT_ONCE: usize = 8;

/// Reads every document that a server's `/openapi/v3` lists, and its
/// CustomResourceDefinitions; a server without the first is asked for `/openapi/v2`.
///
/// # Errors
/// When the server cannot be asked, has no index of documents, or cannot give one of them.
pub async fn fetch(client: &Client) -> Result<Vec<Spec>, Failure> {
    fetch_except(client, &[]).await
}

/// As [`fetch`], without the documents of excluded group-versions: a dead aggregated API
/// can be left out, but is never silently missing.
///
/// # Errors
/// When the server cannot be asked, has no index of documents, or cannot give one of them.
pub(super) async fn fetch_except(
    client: &Client,
    excluded: &[Filter],
) -> Result<Vec<Spec>, Failure> {
    let (mut specs, definitions) =
        futures::try_join!(published(client, excluded), definitions(client))?;
    specs.extend(definitions);
    Ok(specs)
}

/// The CustomResourceDefinitions themselves, which say more than what is published for them:
/// nullability, unions, short names, columns. Who may not list them does without.
async fn definitions(client: &Client) -> Result<Option<Spec>, Failure> {
    const PATH: &str = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    match client.text(PATH).await {
        Ok(text) => Ok(Some(Spec::new(PATH, text))),
        Err(error) if error.is_not_found() => Ok(None),
        Err(error) if error.is_forbidden() => {
            eprintln!(
                "{WARNING}note{WARNING:#}: {error}; custom resources are generated from what the \
                 server publishes of them"
            );
            Ok(None)
        }
        Err(error) => Err(error.to_string()),
    }
}

/// What a server publishes as OpenAPI.
async fn published(client: &Client, excluded: &[Filter]) -> Result<Vec<Spec>, Failure> {
    let index = match client.text("/openapi/v3").await {
        Err(error) if error.is_not_found() => return Ok(vec![swagger(client).await?]),
        index => index.map_err(|error| error.to_string())?,
    };
    let wanted = paths(&index)?
        .into_iter()
        .filter(|(path, _)| !is_excluded(path, excluded));
    let documents = stream::iter(wanted).map(|(path, url)| document(client, path, url));
    documents.buffered(AT_ONCE).try_collect().await
}

async fn document(client: &Client, path: String, url: String) -> Result<Spec, Failure> {
    let text = match client.text(&url).await {
        // The document has changed since the index was read: the hash of the URL is an old one.
        Err(error) if error.code() == Some(MOVED) => client.text(without_hash(&url)).await,
        answer => answer,
    };
    let text = text.map_err(|error| match path.strip_prefix("apis/") {
        Some(api) => format!("{error} (--exclude {api} leaves it out)"),
        None => error.to_string(),
    })?;
    Ok(Spec::new(format!("/openapi/v3/{path}"), text))
}

const MOVED: u16 = 301;

/// The URL of a document as it is now.
fn without_hash(url: &str) -> &str {
    url.split_once('?').map_or(url, |(path, _)| path)
}

async fn swagger(client: &Client) -> Result<Spec, Failure> {
    const PATH: &str = "/openapi/v2";
    let text = client.text(PATH).await.map_err(|error| error.to_string())?;
    Ok(Spec::new(PATH, text))
}

fn is_excluded(path: &str, excluded: &[Filter]) -> bool {
    let (group, version) = match path.split('/').collect::<Vec<_>>()[..] {
        ["api", version] => ("", version),
        ["apis", group, version] => (group, version),
        _ => return false,
    };
    excluded
        .iter()
        .any(|filter| filter.matches_all_of(group, version))
}

/// The index's paths with their URLs, which hold a hash of the content. Paths without a
/// group-version (`version`, `logs`) are included: the generator decides about them.
fn paths(index: &str) -> Result<Vec<(String, String)>, Failure> {
    let index: Value =
        serde_json::from_str(index).map_err(|error| format!("/openapi/v3 is not JSON: {error}"))?;
    let paths = index["paths"].as_object().into_iter().flatten();
    let url = |entry: &Value| Some(entry["serverRelativeURL"].as_str()?.to_owned());
    let found: Vec<_> = paths
        .filter_map(|(path, entry)| Some((path.clone(), url(entry)?)))
        .collect();
    match found.is_empty() {
        true => Err("/openapi/v3 lists no documents".to_owned()),
        false => Ok(found),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_lists_paths_with_their_urls() {
        let index =
            r#"{"paths":{"api/v1":{"serverRelativeURL":"/openapi/v3/api/v1?hash=A"},"odd":{}}}"#;
        assert_eq!(
            paths(index).unwrap(),
            [("api/v1".to_owned(), "/openapi/v3/api/v1?hash=A".to_owned())]
        );
        assert!(paths("no JSON").unwrap_err().contains("is not JSON"));
        assert!(paths("{}").unwrap_err().contains("no documents"));
    }

    #[test]
    fn a_document_is_also_found_without_its_hash() {
        for (url, expected) in [
            ("/openapi/v3/api/v1?hash=A", "/openapi/v3/api/v1"),
            ("/openapi/v3/api/v1", "/openapi/v3/api/v1"),
        ] {
            assert_eq!(without_hash(url), expected);
        }
    }

    #[test]
    fn excluded_documents_are_not_asked_for() {
        let excluded = [
            "metrics.k8s.io/v1beta1".parse().unwrap(),
            "v1".parse().unwrap(),
        ];
        for (path, expected) in [
            ("apis/metrics.k8s.io/v1beta1", true),
            ("apis/metrics.k8s.io/v1", false),
            ("api/v1", true),
            ("version", false),
        ] {
            assert_eq!(is_excluded(path, &excluded), expected, "{path}");
        }
    }
}
