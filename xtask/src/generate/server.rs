//! Documents from a live server.

use std::path::PathBuf;

use futures::stream::{self, StreamExt, TryStreamExt};
use kubewright_codegen::Spec;
use kubewright_dynamic::{Client, Config, Source};
use serde_json::Value;

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
    /// The server's configuration; `None` when no server is asked for.
    pub(super) fn config(&self) -> Option<kubewright_dynamic::Result<Config>> {
        let source = || Source {
            kubeconfig: self.kubeconfig.clone(),
            context: self.context.clone(),
        };
        self.server.as_ref().map(|url| match url {
            Some(url) => Config::new(url),
            None => Config::load(&source()),
        })
    }
}

/// Documents asked for at once.
const AT_ONCE: usize = 8;

/// Reads every document that a server's `/openapi/v3` lists; a server without it is asked
/// for `/openapi/v2`.
///
/// # Errors
/// When the server cannot be asked, or lists something that is no document.
pub(crate) async fn fetch(client: &Client) -> kubewright_dynamic::Result<Vec<Spec>> {
    let index = match client.text("/openapi/v3").await {
        Err(error) if error.is_not_found() => return Ok(vec![swagger(client).await?]),
        index => index?,
    };
    let documents = stream::iter(paths(&index)).map(|(path, url)| async move {
        let text = client.text(&url).await?;
        Ok(Spec::new(format!("/openapi/v3/{path}"), text))
    });
    documents.buffered(AT_ONCE).try_collect().await
}

async fn swagger(client: &Client) -> kubewright_dynamic::Result<Spec> {
    const PATH: &str = "/openapi/v2";
    Ok(Spec::new(PATH, client.text(PATH).await?))
}

/// The index's paths with their URLs, which hold a hash of the content. The paths of no
/// group-version (`version`, `logs`) come along: what they are is the generator's to tell.
fn paths(index: &str) -> Vec<(String, String)> {
    let index: Value = serde_json::from_str(index).unwrap_or_default();
    let paths = index["paths"].as_object().into_iter().flatten();
    let url = |entry: &Value| Some(entry["serverRelativeURL"].as_str()?.to_owned());
    paths
        .filter_map(|(path, entry)| Some((path.clone(), url(entry)?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_index_lists_paths_with_their_urls() {
        let index =
            r#"{"paths":{"api/v1":{"serverRelativeURL":"/openapi/v3/api/v1?hash=A"},"odd":{}}}"#;
        assert_eq!(
            paths(index),
            [("api/v1".to_owned(), "/openapi/v3/api/v1?hash=A".to_owned())]
        );
        assert!(paths("no JSON").is_empty());
    }
}
