//! Kinds that are never stored: a POST of them is a question, and the reply is the answer.

use serde_json::{Value, json};

use super::super::cluster::{Call, Cluster, Reply};
use super::super::object::{self, Object};
use super::super::params::WriteParams;
use super::super::status::Failure;

impl Cluster {
    /// Answers a POST that stores nothing; `None` when this resource is an ordinary one.
    ///
    /// All users may do everything here.
    pub(super) fn answer(
        &mut self,
        call: &Call,
        params: &WriteParams,
        body: &Object,
    ) -> Option<Result<Reply, Failure>> {
        let allowed = json!({"allowed": true});
        let user = call.user.to_json();
        let everything = json!({
            "resourceRules": [{"verbs": ["*"], "apiGroups": ["*"], "resources": ["*"]}],
            "nonResourceRules": [{"verbs": ["*"], "nonResourceURLs": ["*"]}],
            "incomplete": false,
        });
        let status = match (call.resource.group.as_str(), call.resource.plural.as_str()) {
            ("", "bindings") => {
                let pods = self.registry.find("", "v1", "pods")?.clone();
                let mut pod = Call {
                    resource: pods,
                    ..call.under("binding")
                };
                pod.target.name = object::name(body).to_owned();
                return Some(self.bind(&pod, params, body));
            }
            ("authorization.k8s.io", "selfsubjectrulesreviews") => everything,
            ("authorization.k8s.io", _) => allowed,
            ("authentication.k8s.io", "selfsubjectreviews") => json!({"userInfo": user}),
            ("authentication.k8s.io", "tokenreviews") => {
                json!({"authenticated": true, "user": user})
            }
            _ => return None,
        };
        let mut review = body.clone();
        review.insert("status".into(), status);
        Some(Ok(Reply::Json {
            code: 201,
            body: Value::Object(review),
        }))
    }
}
