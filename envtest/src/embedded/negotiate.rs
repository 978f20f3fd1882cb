//! The form of reply that an Accept header asks for.

use super::status::Failure;

/// The forms that objects and lists can take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Form {
    #[default]
    Plain,
    Table,
    Partial,
    PartialList,
}

impl Form {
    /// The first acceptable clause decides, in the order the client wrote them.
    pub(crate) fn negotiate(accept: &str) -> Result<Self, Failure> {
        let clauses = clauses(accept);
        if clauses.is_empty() {
            return Ok(Self::Plain);
        }
        clauses
            .iter()
            .find_map(Clause::form)
            .ok_or_else(not_acceptable)
    }
}

/// Whether aggregated discovery is wanted (and understood) rather than the legacy documents.
pub(crate) fn wants_aggregated(accept: &str) -> Result<bool, Failure> {
    let clauses = clauses(accept);
    let choice = clauses
        .iter()
        .find_map(|clause| match (clause.json(), clause.parameter("as")) {
            (false, _) => None,
            (true, None) => Some(false),
            (true, Some("APIGroupDiscoveryList")) => {
                let known = clause.parameter("g") == Some("apidiscovery.k8s.io")
                    && clause.parameter("v") == Some("v2");
                known.then_some(true)
            }
            (true, Some(_)) => None,
        });
    if clauses.is_empty() {
        Ok(false)
    } else {
        choice.ok_or_else(not_acceptable)
    }
}

fn not_acceptable() -> Failure {
    Failure::not_acceptable("only the following media types are accepted: application/json")
}

struct Clause<'a> {
    media: &'a str,
    parameters: Vec<(&'a str, &'a str)>,
}

fn clauses(accept: &str) -> Vec<Clause<'_>> {
    accept
        .split(',')
        .map(str::trim)
        .filter(|clause| !clause.is_empty())
        .map(Clause::parse)
        .collect()
}

impl<'a> Clause<'a> {
    fn parse(text: &'a str) -> Self {
        let mut parts = text.split(';').map(str::trim);
        let media = parts.next().unwrap_or_default();
        let parameters = parts
            .filter_map(|part| part.split_once('='))
            .map(|(k, v)| (k.trim(), v.trim()))
            .collect();
        Self { media, parameters }
    }

    fn json(&self) -> bool {
        matches!(self.media, "application/json" | "application/*" | "*/*")
    }

    fn parameter(&self, name: &str) -> Option<&'a str> {
        self.parameters
            .iter()
            .find(|(k, _)| *k == name)
            .map(|(_, v)| *v)
    }

    fn form(&self) -> Option<Form> {
        if !self.json() {
            return None;
        }
        let Some(form) = self.parameter("as") else {
            return Some(Form::Plain);
        };
        if self.parameter("g") != Some("meta.k8s.io") || self.parameter("v") != Some("v1") {
            return None;
        }
        match form {
            "Table" => Some(Form::Table),
            "PartialObjectMetadata" => Some(Form::Partial),
            "PartialObjectMetadataList" => Some(Form::PartialList),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_clause_that_can_be_served_wins() {
        let cases = [
            ("", Some(Form::Plain)),
            ("*/*", Some(Form::Plain)),
            (
                "application/vnd.kubernetes.protobuf, application/json",
                Some(Form::Plain),
            ),
            (
                "application/json;as=Table;v=v1;g=meta.k8s.io,application/json",
                Some(Form::Table),
            ),
            (
                "application/json;as=Table;v=v9;g=meta.k8s.io,application/json",
                Some(Form::Plain),
            ),
            (
                "application/json; g=meta.k8s.io; v=v1; as=PartialObjectMetadata",
                Some(Form::Partial),
            ),
            ("application/json;as=Nonsense;v=v1;g=meta.k8s.io", None),
            ("text/html", None),
        ];
        for (accept, wanted) in cases {
            assert_eq!(Form::negotiate(accept).ok(), wanted, "{accept}");
        }
    }

    // Rule M1
    #[test]
    fn discovery_is_aggregated_only_on_demand() {
        let v2 = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
        assert_eq!(
            wants_aggregated(&format!("{v2},application/json")).ok(),
            Some(true)
        );
        assert_eq!(wants_aggregated("application/json").ok(), Some(false));
        assert_eq!(wants_aggregated("").ok(), Some(false));
        assert_eq!(wants_aggregated("text/html").ok(), None);
    }
}
