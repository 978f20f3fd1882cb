//! A kubeconfig as JSON, secrets included: for writing it, and to see what has changed.

use std::path::PathBuf;

use secrecy::{ExposeSecret, SecretString};
use serde_json::{Map, Value};

use super::{
    AuthInfo, AuthProviderConfig, Cluster, Context, ExecConfig, Kubeconfig, NamedExtension,
    OtherKeys,
};

impl Kubeconfig {
    /// The document. Like kubectl, it states version and kind.
    pub(super) fn written(&self) -> Map<String, Value> {
        let Kubeconfig {
            clusters,
            users,
            contexts,
            current_context,
            extensions,
            other,
        } = self;
        let mut fields = Fields::of(other);
        fields.0.entry("apiVersion").or_insert("v1".into());
        fields.0.entry("kind").or_insert("Config".into());
        let clusters = clusters
            .iter()
            .map(|entry| named(&entry.name, "cluster", entry.cluster.written()));
        let users = users
            .iter()
            .map(|entry| named(&entry.name, "user", entry.user.written()));
        let contexts = contexts
            .iter()
            .map(|entry| named(&entry.name, "context", entry.context.written()));
        fields.set("clusters", Value::Array(clusters.collect()));
        fields.set("users", Value::Array(users.collect()));
        fields.set("contexts", Value::Array(contexts.collect()));
        fields.set(
            "current-context",
            current_context.clone().unwrap_or_default(),
        );
        fields.extensions(extensions);
        fields.0
    }
}

fn named(name: &str, key: &str, stanza: Map<String, Value>) -> Value {
    let mut entry = Map::new();
    entry.insert("name".to_owned(), name.into());
    entry.insert(key.to_owned(), stanza.into());
    Value::Object(entry)
}

impl Cluster {
    pub(super) fn written(&self) -> Map<String, Value> {
        let Cluster {
            server,
            certificate_authority,
            certificate_authority_data,
            insecure_skip_tls_verify,
            tls_server_name,
            proxy_url,
            disable_compression,
            extensions,
            other,
            origin: _,
        } = self;
        let mut fields = Fields::of(other);
        fields.text("server", server.as_deref());
        fields.path("certificate-authority", certificate_authority.as_ref());
        fields.text(
            "certificate-authority-data",
            certificate_authority_data.as_deref(),
        );
        fields.flag("insecure-skip-tls-verify", *insecure_skip_tls_verify);
        fields.text("tls-server-name", tls_server_name.as_deref());
        fields.text("proxy-url", proxy_url.as_deref());
        fields.flag("disable-compression", *disable_compression);
        fields.extensions(extensions);
        fields.0
    }
}

impl AuthInfo {
    pub(super) fn written(&self) -> Map<String, Value> {
        let AuthInfo {
            client_certificate,
            client_certificate_data,
            client_key,
            client_key_data,
            token,
            token_file,
            impersonate,
            impersonate_uid,
            impersonate_groups,
            impersonate_user_extra,
            username,
            password,
            exec,
            auth_provider,
            extensions,
            other,
            origin: _,
        } = self;
        let mut fields = Fields::of(other);
        fields.path("client-certificate", client_certificate.as_ref());
        fields.text(
            "client-certificate-data",
            client_certificate_data.as_deref(),
        );
        fields.path("client-key", client_key.as_ref());
        fields.secret("client-key-data", client_key_data.as_ref());
        fields.secret("token", token.as_ref());
        fields.path("tokenFile", token_file.as_ref());
        fields.text("as", impersonate.as_deref());
        fields.text("as-uid", impersonate_uid.as_deref());
        fields.list("as-groups", impersonate_groups);
        if !impersonate_user_extra.is_empty() {
            let extra = impersonate_user_extra.iter();
            let extra = extra.map(|(key, values)| (key.clone(), values.clone().into()));
            fields.set("as-user-extra", extra.collect::<Map<_, _>>());
        }
        fields.text("username", username.as_deref());
        fields.secret("password", password.as_ref());
        if let Some(exec) = exec {
            fields.set("exec", exec.written());
        }
        if let Some(AuthProviderConfig { name, other }) = auth_provider {
            let mut provider = Fields::of(other);
            provider.set("name", name.clone());
            fields.set("auth-provider", provider.0);
        }
        fields.extensions(extensions);
        fields.0
    }
}

impl ExecConfig {
    fn written(&self) -> Map<String, Value> {
        let ExecConfig {
            command,
            args,
            env,
            api_version,
            install_hint,
            provide_cluster_info,
            interactive_mode,
            other,
        } = self;
        let mut fields = Fields::of(other);
        fields.set("command", command.clone());
        fields.list("args", args);
        if !env.is_empty() {
            let env = env.iter().map(|variable| {
                let mut entry = Fields(Map::new());
                entry.set("name", variable.name.clone());
                entry.set("value", variable.value.expose_secret());
                Value::Object(entry.0)
            });
            fields.set("env", Value::Array(env.collect()));
        }
        fields.text("apiVersion", Some(api_version));
        fields.text("installHint", Some(install_hint));
        fields.flag("provideClusterInfo", *provide_cluster_info);
        fields.text("interactiveMode", interactive_mode.as_deref());
        fields.0
    }
}

impl Context {
    pub(super) fn written(&self) -> Map<String, Value> {
        let Context {
            cluster,
            user,
            namespace,
            extensions,
            other,
            origin: _,
        } = self;
        let mut fields = Fields::of(other);
        fields.set("cluster", cluster.clone());
        fields.set("user", user.clone());
        fields.text("namespace", namespace.as_deref());
        fields.extensions(extensions);
        fields.0
    }
}

/// The keys of a stanza. What is not set is not written.
struct Fields(Map<String, Value>);

impl Fields {
    fn of(other: &OtherKeys) -> Self {
        Fields(other.0.clone())
    }

    fn set(&mut self, key: &str, value: impl Into<Value>) {
        self.0.insert(key.to_owned(), value.into());
    }

    fn text(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            self.set(key, value);
        }
    }

    fn secret(&mut self, key: &str, value: Option<&SecretString>) {
        self.text(key, value.map(ExposeSecret::expose_secret));
    }

    fn path(&mut self, key: &str, value: Option<&PathBuf>) {
        let value = value.map(|path| path.to_string_lossy());
        self.text(key, value.as_deref());
    }

    fn flag(&mut self, key: &str, value: bool) {
        if value {
            self.set(key, true);
        }
    }

    fn list(&mut self, key: &str, values: &[String]) {
        if !values.is_empty() {
            self.set(key, values.to_vec());
        }
    }

    fn extensions(&mut self, extensions: &[NamedExtension]) {
        if !extensions.is_empty() {
            let entries = extensions.iter().map(|entry| {
                let mut fields = Fields(Map::new());
                fields.set("name", entry.name.clone());
                fields.set("extension", entry.extension.clone());
                Value::Object(fields.0)
            });
            self.set("extensions", Value::Array(entries.collect()));
        }
    }
}
