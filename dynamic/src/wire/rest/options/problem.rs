//! Contradictions of list options: with each other, or with the call that they are given to.

use std::fmt;

use crate::model::error::{ErrorKind, Problem, samples};

/// Why a list, a watch or a deletion of a collection cannot be asked for with these options.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum OptionsProblem {
    #[error("`{option}` is an option of watches: leave it out of a {call}")]
    OnlyForWatches { option: &'static str, call: Call },
    #[error("`{option}` is an option of lists: leave it out of a watch")]
    OnlyForLists { option: &'static str },
    #[error("the token of `continue_from` stands for a version already: leave out `{option}`")]
    VersionOfAToken { option: &'static str },
    #[error(
        "`version_match` needs a version: set `resource_version`, or use `at_least` or `exactly`"
    )]
    MatchWithoutVersion,
    #[error("the version `0` is any version: `from_cache` cannot be matched exactly")]
    ExactlyAny,
    #[error("a watch begins after its `resource_version`: leave out `version_match`")]
    MatchOfAWatch,
    #[error(
        "a watch with `initial_events` takes a version as the oldest that will do: it cannot be matched exactly"
    )]
    ExactBeginning,
}

impl Problem for OptionsProblem {
    fn kind(&self) -> ErrorKind {
        ErrorKind::Request
    }
}

/// The call that the options are for, if it is not a watch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Call {
    List,
    DeleteCollection,
}

impl fmt::Display for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Call::List => "list",
            Call::DeleteCollection => "deletion of a collection",
        })
    }
}

samples!(OptionsProblem {
    OptionsProblem::OnlyForWatches { .. } => [
        OptionsProblem::OnlyForWatches {
            option: "initial_events",
            call: Call::List,
        },
        OptionsProblem::OnlyForWatches {
            option: "bookmarks",
            call: Call::DeleteCollection,
        },
    ],
    OptionsProblem::OnlyForLists { .. } => [OptionsProblem::OnlyForLists {
        option: "limit",
    }],
    OptionsProblem::VersionOfAToken { .. } => [OptionsProblem::VersionOfAToken {
        option: "resource_version",
    }],
    OptionsProblem::MatchWithoutVersion => [OptionsProblem::MatchWithoutVersion],
    OptionsProblem::ExactlyAny => [OptionsProblem::ExactlyAny],
    OptionsProblem::MatchOfAWatch => [OptionsProblem::MatchOfAWatch],
    OptionsProblem::ExactBeginning => [OptionsProblem::ExactBeginning],
});
