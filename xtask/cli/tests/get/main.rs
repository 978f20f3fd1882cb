//! `kubewright get` as its users see it: the program is run, and its output is compared.
//!
//! Every case is run on the embedded server and on the real control plane, and expects the
//! same of both; only the columns of tables are each server's own. Without a built control
//! plane its cases are reported as ignored, by name; with `KUBEWRIGHT_REQUIRE_CONTROL_PLANE`
//! set, that is a failure instead.

#![allow(clippy::expect_used, reason = "a panic is how a test fails")]

mod failures;
mod forms;
mod restarts;
mod server;
mod tables;
mod watches;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

use self::server::{Case, Server};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let cases = [tables::CASES, forms::CASES, watches::CASES, failures::CASES].concat();
    let on_servers = Server::all()
        .into_iter()
        .flat_map(|server| cases.iter().map(move |&case| trial(server, case)));
    let trials = on_servers.chain(restarts::trials()).collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn trial(server: Server, case: Case) -> Trial {
    let (name, run) = case;
    let title = format!("{}::{name}", server.name());
    let test = move || run(&server.context(name)?).map_err(|error| Failed::from(error.to_string()));
    Trial::test(title, test).with_ignored_flag(!server.is_available())
}
