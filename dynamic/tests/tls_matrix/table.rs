//! The verdicts as a file that people read.

use std::fmt;
use std::fmt::Write;
use std::path::PathBuf;

use crate::verdict::Verdict;

const HEAD: &str = "\
# What clients say of servers. Go is crypto/tls as client-go sets it up; kubewright is this
# library with its default features. A server that Go accepts and kubewright refuses has a
# reason for it; one that kubewright accepts and Go refuses there must not be.
#
# Written by UPDATE_GOLDEN=1 cargo test -p kubewright --test tls_matrix
";

pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) go: Verdict,
    pub(crate) ours: Verdict,
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
        writeln!(f, "  kubewright  {}", said(&self.ours))?;
        match &self.reason {
            Some(reason) => writeln!(f, "  reason      {reason}"),
            None => Ok(()),
        }
    }
}

pub(crate) struct Table {
    lines: Vec<Line>,
}

impl Table {
    pub(crate) fn read() -> Self {
        let text = std::fs::read_to_string(path()).unwrap_or_default();
        let text: Vec<_> = text.lines().filter(|line| !line.starts_with('#')).collect();
        let text = text.join("\n");
        let rows = text.split("\n\n").filter(|row| !row.trim().is_empty());
        Table {
            lines: rows.map(str::trim).map(line).collect(),
        }
    }

    pub(crate) fn write(version: &str, lines: &[Line]) {
        let both = |go: bool, ours: bool| {
            let is = |line: &&Line| line.go.is_ok() == go && line.ours.is_ok() == ours;
            lines.iter().filter(is).count()
        };
        let mut text = HEAD.to_owned();
        let _ = writeln!(
            text,
            "#\n# {version}; {} rows: {} accepted by both, {} refused by both, {} refused by kubewright\n# alone, {} accepted by kubewright alone.",
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

    /// What Go says may be worded otherwise by another version of it; the rest is the same.
    pub(crate) fn compare(&self, line: &Line) -> Result<(), String> {
        let recorded = self.find(&line.name)?;
        let is_same = recorded.go.is_ok() == line.go.is_ok()
            && recorded.ours == line.ours
            && recorded.reason == line.reason;
        match is_same {
            true => Ok(()),
            false => Err(format!("recorded:\n{recorded}\nseen:\n{line}")),
        }
    }
}

fn line(row: &str) -> Line {
    let mut lines = row.lines();
    let name = lines.next().unwrap().to_owned();
    let mut said = lines.map(|line| line.get(14..).unwrap_or_default());
    let verdict = |text: Option<&str>| match text.unwrap_or_default() {
        "accepted" => Ok(()),
        other => Err(other.trim_start_matches("refused: ").to_owned()),
    };
    let (go, ours) = (verdict(said.next()), verdict(said.next()));
    Line {
        name,
        go,
        ours,
        reason: said.next().map(str::to_owned),
    }
}

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/tls_matrix/matrix.txt")
}
