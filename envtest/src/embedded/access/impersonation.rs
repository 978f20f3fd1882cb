//! Impersonation: the headers by which a user acts as another one.

use std::collections::BTreeMap;

use http::HeaderMap;
use percent_encoding::percent_decode_str;

use super::super::status::Failure;
use super::super::user::User;

const USER: &str = "impersonate-user";
const UID: &str = "impersonate-uid";
const GROUP: &str = "impersonate-group";
const EXTRA: &str = "impersonate-extra-";

/// The user whom a request wants to act as, if it does. Everybody may act as everybody here.
pub(super) fn requested(headers: &HeaderMap) -> Result<Option<User>, Failure> {
    let name = headers.get(USER).map(text).unwrap_or_default();
    let groups: Vec<_> = headers.get_all(GROUP).iter().map(text).collect();
    let uid = headers.get(UID).map(text).unwrap_or_default();
    let extra = extra(headers);
    if !name.is_empty() {
        let user = User::impersonated(&name, groups);
        return Ok(Some(User { uid, extra, ..user }));
    }
    if groups.is_empty() && uid.is_empty() && extra.is_empty() {
        return Ok(None);
    }
    Err(Failure::internal(
        "Internal Server Error: requested groups, a uid or extra without impersonating a user",
    ))
}

fn text(value: &http::HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).into_owned()
}

/// Keys are in lower case, and escaped where a header's name cannot have them.
fn extra(headers: &HeaderMap) -> BTreeMap<String, Vec<String>> {
    let mut extra = BTreeMap::<String, Vec<String>>::new();
    for (name, value) in headers {
        if let Some(key) = name.as_str().strip_prefix(EXTRA) {
            let key = percent_decode_str(key).decode_utf8_lossy().into_owned();
            extra.entry(key).or_default().push(text(value));
        }
    }
    extra
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        let pairs = pairs.iter().map(|(name, value)| {
            let name = http::HeaderName::from_static(name);
            (name, http::HeaderValue::from_static(value))
        });
        // Collecting keeps the last of a name; extending keeps all.
        let mut headers = HeaderMap::new();
        pairs.for_each(|(name, value)| {
            headers.append(name, value);
        });
        headers
    }

    #[test]
    fn the_headers_name_a_user_with_everything() {
        let user = requested(&headers(&[
            (USER, "jane"),
            (UID, "7"),
            (GROUP, "devs"),
            (GROUP, "ops"),
            ("impersonate-extra-acme.com%2fproject", "one"),
            ("impersonate-extra-acme.com%2fproject", "two"),
        ]));
        let user = user.unwrap().unwrap();
        assert_eq!((&user.name[..], &user.uid[..]), ("jane", "7"));
        assert_eq!(user.groups, ["devs", "ops", "system:authenticated"]);
        assert_eq!(user.extra["acme.com/project"], ["one", "two"]);
    }

    #[test]
    fn a_service_account_is_in_the_groups_of_its_kind() {
        let user = requested(&headers(&[(USER, "system:serviceaccount:prod:robot")]));
        let groups = user.unwrap().unwrap().groups;
        let expected = [
            "system:serviceaccounts",
            "system:serviceaccounts:prod",
            "system:authenticated",
        ];
        assert_eq!(groups, expected);
    }

    #[test]
    fn nobody_acts_as_a_group_alone() {
        assert_eq!(requested(&headers(&[("accept", "*/*")])), Ok(None));
        assert_eq!(
            requested(&headers(&[(GROUP, "devs")])).unwrap_err().code(),
            500
        );
    }
}
