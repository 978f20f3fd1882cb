//! Further users: those whom the API server knows by a token from a file.

use std::fmt::Write;

use rustls::crypto::ring;

use super::Error;

/// A user that is not the admin.
pub(super) struct User {
    pub(super) name: String,
    pub(super) groups: Vec<String>,
    pub(super) token: String,
}

impl User {
    /// A user with a fresh token.
    pub(super) fn new(name: String, groups: Vec<String>) -> Result<Self, Error> {
        check(&name, &groups)?;
        let mut random = [0; 24];
        let filled = ring::default_provider().secure_random.fill(&mut random);
        filled.map_err(|_| Error::failed("cannot get random bytes for a token from the system"))?;
        let token = random.iter().fold(String::new(), |mut token, byte| {
            let _ = write!(token, "{byte:02x}");
            token
        });
        Ok(Self {
            name,
            groups,
            token,
        })
    }
}

/// The file that `--token-auth-file` reads: token, name, uid, groups.
pub(super) fn token_file(users: &[User]) -> String {
    let lines = users.iter().map(|user| {
        let groups = user.groups.join(",");
        [&user.token, &user.name, &user.name, &groups]
            .map(|field| quoted(field))
            .join(",")
            + "\n"
    });
    lines.collect()
}

fn quoted(field: &str) -> String {
    format!("\"{}\"", field.replace('"', "\"\""))
}

/// The file has no way to write a comma inside of a group, nor would a name with a line
/// break be anything but a mistake.
fn check(name: &str, groups: &[String]) -> Result<(), Error> {
    let control = |text: &str| text.chars().any(char::is_control);
    if name.is_empty() || control(name) {
        return Err(Error::failed(format!(
            "the user name {name:?} cannot be used: it is empty or has control characters"
        )));
    }
    match groups
        .iter()
        .find(|group| group.is_empty() || group.contains(',') || control(group))
    {
        None => Ok(()),
        Some(group) => Err(Error::failed(format!(
            "the group {group:?} of user {name:?} cannot be used: \
             it is empty or has a comma or control characters"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::{User, token_file};

    fn user(name: &str, groups: &[&str]) -> Result<User, super::Error> {
        User::new(
            name.to_owned(),
            groups.iter().map(ToString::to_string).collect(),
        )
    }

    #[test]
    fn a_line_names_token_user_and_groups() {
        let mut alice = user("al\"ice", &["devs", "ops"]).unwrap();
        alice.token = "secret".to_owned();
        assert_eq!(
            token_file(&[alice]),
            "\"secret\",\"al\"\"ice\",\"al\"\"ice\",\"devs,ops\"\n"
        );
    }

    #[test]
    fn tokens_differ_and_are_long() {
        let (one, other) = (user("a", &[]).unwrap(), user("a", &[]).unwrap());
        assert_ne!(one.token, other.token);
        assert_eq!(one.token.len(), 48);
    }

    #[test]
    fn what_the_file_cannot_say_is_refused() {
        for (name, groups) in [
            ("", vec![]),
            ("a\nb", vec![]),
            ("a", vec!["x,y"]),
            ("a", vec![""]),
        ] {
            assert!(user(name, &groups).is_err(), "{name:?} {groups:?}");
        }
    }
}
