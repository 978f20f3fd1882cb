//! One suite, two servers.
//!
//! Every case is run against the embedded server, over plain HTTP/1.1 and over TLS with
//! HTTP/2, and against the real kube-apiserver with etcd, so that the client is proven on the
//! real thing and the embedded server is trusted exactly as far as it agrees. Cases cite the rules of `docs/semantics.md` that they show.
//!
//! Without a built control plane its cases are reported as ignored, by name; with
//! `KUBEWRIGHT_REQUIRE_CONTROL_PLANE` set, that is a failure instead.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::needless_pass_by_value,
    reason = "a panic is how a case fails, and cases own what they are given"
)]

mod compression;
mod controllers;
mod crds;
mod definitions;
mod deletes;
mod discovery;
mod errors;
mod events;
mod informers;
mod lists;
mod patches;
mod release;
mod server;
mod sites;
mod subresources;
mod verbs;
mod watches;

use std::process::ExitCode;
use std::time::Duration;

use libtest_mimic::{Arguments, Failed, Trial};

use self::server::{Case, Server};

/// No case takes this long; one that hangs is a failure with a name.
const DEADLINE: Duration = Duration::from_secs(30);

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let cases = all_cases();
    let trials = Server::all()
        .into_iter()
        .flat_map(|server| cases.iter().map(move |&case| trial(server, case)))
        .collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn all_cases() -> Vec<Case> {
    [
        verbs::cases(),
        lists::cases(),
        watches::cases(),
        compression::cases(),
        patches::cases(),
        deletes::cases(),
        subresources::cases(),
        crds::cases(),
        definitions::cases(),
        discovery::cases(),
        errors::cases(),
        events::cases(),
        informers::cases(),
        controllers::cases(),
        sites::cases(),
    ]
    .concat()
}

fn trial(server: Server, case: Case) -> Trial {
    let ignored = !server.is_available() || !server.can_run(case);
    let name = format!(
        "{}::{}",
        server.name(),
        case.name.trim_start_matches("conformance::")
    );
    Trial::test(name, move || run(server, case)).with_ignored_flag(ignored)
}

fn run(server: Server, case: Case) -> Result<(), Failed> {
    server::runtime().block_on(async {
        let context = server.context(case).await?;
        match tokio::time::timeout(DEADLINE, (case.run)(context)).await {
            Ok(result) => result.map_err(|error| format!("{error:?}").into()),
            Err(_) => Err(format!("no end after {DEADLINE:?}").into()),
        }
    })
}
