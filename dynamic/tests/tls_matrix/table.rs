//! The verdicts as a file that people read.

use std::fmt;
use std::fmt::Write;
use std::path::PathBuf;

use crate::verdict::Verdict;

const HEAD: &str = "\
# What clients say of servers. Go is crypto/tls as client-go sets it up, of the newest version;
# kubectl is a released one, made with an older Go; kubewright is this library with its default
# features. A server that Go accepts and kubewright refuses has a reason for it; one that
# kubewright accepts and Go refuses there must not be.
#
# Written by UPDATE_GOLDEN=1 cargo test -p kubewright --test tls_matrix
";

pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) go: Verdict,
    pub(crate) ours: Verdict,
    /// Of a kubectl, which was made with another version of Go.
    pub(crate) kubectl: Option<Verdict>,
    pub(crate) reason: Option<String>,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = |verdict: &Verdict| match verdict {
            Ok(()) => "accepted".to_owned(),
            Err(why) => format!("refused: {why}"),
        };
        writeln!(f, "{}", self.name)?;
        writeln!(f, "  Go          {}", said(&self.go))?;
        if let Some(kubectl) = &self.kubectl {
            writeln!(f, "  kubectl     {}", said(kubectl))?;
        }
        writeln!(f, "  kubewright  {}", said(&self.ours))?;
        match &self.reason {
            Some(reason) => writeln!(f, "  reason      {reason}"),
            None => Ok(()),
        }
    }
}

pub(crate) struct Table {
    lines: Vec<Line>,
    /// Which kubectl it was.
    pub(crate) kubectl: String,
}

/// What the line of the head that names the kubectl begins with.
const KUBECTL: &str = "# kubectl is ";

impl Table {
    pub(crate) fn read() -> Self {
        let text = std::fs::read_to_string(path()).unwrap_or_default();
        let kubectl = text.lines().find_map(|line| line.strip_prefix(KUBECTL));
        let kubectl = kubectl.unwrap_or("none").to_owned();
        let text: Vec<_> = text.lines().filter(|line| !line.starts_with('#')).collect();
        let text = text.join("\n");
        let rows = text.split("\n\n").filter(|row| !row.trim().is_empty());
        Table {
            lines: rows.map(str::trim).map(line).collect(),
            kubectl,
        }
    }

    pub(crate) fn write(version: &str, kubectl: &str, lines: &[Line]) {
        let both = |go: bool, ours: bool| {
            let is = |line: &&Line| line.go.is_ok() == go && line.ours.is_ok() == ours;
            lines.iter().filter(is).count()
        };
        let mut text = HEAD.to_owned();
        let other = |line: &&Line| {
            line.kubectl
                .as_ref()
                .is_some_and(|it| it.is_ok() != line.go.is_ok())
        };
        let others = lines.iter().filter(other).count();
        let _ = writeln!(text, "#\n# Go is {version}\n{KUBECTL}{kubectl}\n#");
        let _ = writeln!(
            text,
            "# {} rows: {} accepted by both Go and kubewright, {} refused by both, {} refused by\n# kubewright alone, {} accepted by kubewright alone. kubectl differs from Go in {others}.",
            lines.len(),
            both(true, true),
            both(false, false),
            both(true, false),
            both(false, true),
        );
        for line in lines {
            let _ = write!(text, "\n{line}");
        }
        std::fs::write(path(), text).unwrap();
    }

    fn find(&self, name: &str) -> Result<&Line, String> {
        let found = self.lines.iter().find(|line| line.name == name);
        found
            .ok_or_else(|| "the row is not in matrix.txt: write it with UPDATE_GOLDEN=1".to_owned())
    }

    pub(crate) fn go(&self, name: &str) -> Result<Verdict, String> {
        self.find(name).map(|line| line.go.clone())
    }

    pub(crate) fn kubectl(&self, name: &str) -> Option<Verdict> {
        self.find(name).ok()?.kubectl.clone()
    }

    /// What Go says may be worded otherwise by another version of it; the rest is the same.
    pub(crate) fn compare(&self, line: &Line) -> Result<(), String> {
        let recorded = self.find(&line.name)?;
        let is_same = recorded.go.is_ok() == line.go.is_ok()
            && recorded.ours == line.ours
            && recorded.kubectl.as_ref().map(Result::is_ok)
                == line.kubectl.as_ref().map(Result::is_ok)
            && recorded.reason == line.reason;
        match is_same {
            true => Ok(()),
            false => Err(format!("recorded:\n{recorded}\nseen:\n{line}")),
        }
    }
}

fn line(row: &str) -> Line {
    let (name, rest) = row.split_once('\n').unwrap_or((row, ""));
    let said = |who: &str| {
        let mut lines = rest
            .lines()
            .filter_map(|line| line.trim().strip_prefix(who));
        lines.next().map(|said| said.trim().to_owned())
    };
    let verdict = |text: String| match text.strip_prefix("refused: ") {
        Some(why) => Err(why.to_owned()),
        None => Ok(()),
    };
    Line {
        name: name.to_owned(),
        go: said("Go ").map_or(Ok(()), verdict),
        ours: said("kubewright ").map_or(Ok(()), verdict),
        kubectl: said("kubectl ").map(verdict),
        reason: said("reason "),
    }
}

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/tls_matrix/matrix.txt")
}
