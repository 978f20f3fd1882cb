//! The headers of impersonation.

use http::{HeaderMap, HeaderName, HeaderValue};

use super::problem::TransportProblem;
use crate::wire::config::Impersonation;

const USER: HeaderName = HeaderName::from_static("impersonate-user");
const UID: HeaderName = HeaderName::from_static("impersonate-uid");
const GROUP: HeaderName = HeaderName::from_static("impersonate-group");
const EXTRA: &str = "impersonate-extra-";

/// What each request of somebody else has more.
pub(super) struct Acting(HeaderMap);

impl Acting {
    /// # Errors
    /// When there is no user, or a value is not valid in a header.
    pub(super) fn new(who: &Impersonation) -> Result<Self, TransportProblem> {
        let Impersonation {
            user,
            uid,
            groups,
            extra,
        } = who;
        if user.is_empty() {
            return Err(TransportProblem::NobodyToActAs);
        }
        let mut headers = HeaderMap::new();
        headers.append(USER, value("user", user)?);
        if let Some(uid) = uid {
            headers.append(UID, value("uid", uid)?);
        }
        for group in groups {
            headers.append(GROUP, value("group", group)?);
        }
        for (key, values) in extra {
            let name = extra_name(key)?;
            for text in values {
                headers.append(&name, value("extra", text)?);
            }
        }
        Ok(Acting(headers))
    }

    /// Adds the headers, unless the caller says who to act as
    /// ([rule C16](crate::semantics#c16)).
    pub(super) fn add_to(&self, headers: &mut HeaderMap) {
        if !headers.contains_key(USER) {
            headers.extend(self.0.clone());
        }
    }
}

fn value(field: &'static str, text: &str) -> Result<HeaderValue, TransportProblem> {
    HeaderValue::from_bytes(text.as_bytes()).map_err(|_| TransportProblem::NotActable { field })
}

/// Each byte that no name of a header may have is written as `%XX`, and so is `%`
/// ([rule C17](crate::semantics#c17)).
fn extra_name(key: &str) -> Result<HeaderName, TransportProblem> {
    let mut name = EXTRA.to_owned();
    for byte in key.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => name.push(char::from(byte)),
            b'!' | b'#' | b'$' | b'&' | b'\'' | b'*' | b'+' | b'-' | b'.' | b'^' | b'_' | b'`'
            | b'|' | b'~' => name.push(char::from(byte)),
            _ => name.push_str(&format!("%{byte:02X}")),
        }
    }
    name.parse()
        .map_err(|_| TransportProblem::NotActable { field: "extra" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(who: &Impersonation) -> Vec<String> {
        let headers = Acting::new(who).unwrap().0;
        let lines = headers.iter().map(|(name, value)| {
            let value = String::from_utf8(value.as_bytes().to_vec()).unwrap();
            format!("{name}: {value}")
        });
        let mut lines: Vec<_> = lines.collect();
        lines.sort();
        lines
    }

    #[test]
    fn each_part_has_its_header() {
        // Rule C17
        let jane = Impersonation::user("jané")
            .uid("7")
            .group("devs")
            .group("system:authenticated")
            .extra("scopes", "view")
            .extra("scopes", "edit");
        let expected = [
            "impersonate-extra-scopes: edit",
            "impersonate-extra-scopes: view",
            "impersonate-group: devs",
            "impersonate-group: system:authenticated",
            "impersonate-uid: 7",
            "impersonate-user: jané",
        ];
        assert_eq!(shown(&jane), expected);
        assert_eq!(
            shown(&Impersonation::user("jane")),
            ["impersonate-user: jane"]
        );
    }

    #[test]
    fn keys_are_escaped() {
        // Rule C17
        for (key, expected) in [
            ("example.com/a b", "example.com%2fa%20b"),
            ("100%", "100%25"),
            ("ü:", "%c3%bc%3a"),
            ("a-b_c~!", "a-b_c~!"),
        ] {
            let name = extra_name(key).unwrap();
            assert_eq!(name.as_str(), format!("{EXTRA}{expected}"));
        }
    }

    #[test]
    fn values_that_no_header_holds_are_refused() {
        for (who, field) in [
            (Impersonation::user("a\nb"), "user"),
            (Impersonation::user("a").uid("\r"), "uid"),
            (Impersonation::user("a").group("\0"), "group"),
            (Impersonation::user("a").extra("k", "\n"), "extra"),
            (Impersonation::user(""), "user"),
        ] {
            let problem = Acting::new(&who).map(drop).unwrap_err();
            assert!(problem.to_string().contains(field), "{problem}");
        }
    }

    #[test]
    fn a_user_that_the_caller_names_stays_alone() {
        // Rule C16
        let acting = Acting::new(&Impersonation::user("jane").group("devs")).unwrap();
        let mut headers = HeaderMap::new();
        headers.insert(USER, HeaderValue::from_static("joe"));
        acting.add_to(&mut headers);
        assert_eq!(headers.len(), 1);
        assert_eq!(headers[USER], "joe");
    }
}
