//! The matrix of servers, chains and client certificates: what Go says of each, and what
//! kubewright says (rule C13).
//!
//! Each row is a test. Certificates are made when the tests run. Where there is Go, both
//! clients meet the same server, so that Go's verdicts cannot go stale; without it the verdicts
//! that `matrix.txt` has are compared with. `UPDATE_GOLDEN=1` writes that file again, and
//! `KUBEWRIGHT_REQUIRE_GO=1` makes it a failure that there is no Go. `KUBEWRIGHT_KUBECTL` names
//! a kubectl to ask, too; without it what one said is what was recorded.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::expect_used,
    reason = "a panic is how a test fails, and what was left out is said"
)]

mod case;
mod der;
mod keys;
mod mutations;
mod oracle;
mod rows;
mod server;
mod table;
mod verdict;

use std::sync::{Arc, Mutex};

use libtest_mimic::{Arguments, Failed, Trial};

use self::case::{Row, World};
use self::oracle::Oracle;
use self::table::{Line, Table};

fn main() {
    let arguments = Arguments::from_args();
    let oracle = match Oracle::start() {
        Ok(oracle) => Some(Arc::new(oracle)),
        Err(reason) => {
            assert!(
                std::env::var_os("KUBEWRIGHT_REQUIRE_GO").is_none(),
                "{reason}"
            );
            eprintln!("{reason}; Go's verdicts are those that were recorded");
            None
        }
    };
    let version = oracle.as_ref().map(|oracle| oracle.version());
    let world = Arc::new(World::new(oracle));
    let recorded = Arc::new(Table::read());
    let known_kubectl = recorded.kubectl.clone();
    let seen = Arc::new(Mutex::new(Vec::new()));
    let mut trials = vec![Trial::test(
        "the_matrix_is_large_and_its_rows_are_distinct",
        size,
    )];
    for row in rows::all() {
        let (world, recorded, seen) =
            (Arc::clone(&world), Arc::clone(&recorded), Arc::clone(&seen));
        let is_left_out = row.needs_go && world.oracle.is_none();
        let trial = Trial::test(row.name, move || {
            let line = check(&row, &world, &recorded)?;
            seen.lock().unwrap().push(line);
            Ok(())
        });
        trials.push(trial.with_ignored_flag(is_left_out));
    }
    let is_left_out = world.oracle.is_none();
    let mutations = Trial::test("no_damage_is_accepted_that_go_refuses", move || {
        Ok(mutations::compare(&world)?)
    });
    trials.push(mutations.with_ignored_flag(is_left_out));
    let conclusion = libtest_mimic::run(&arguments, trials);
    if let (true, Some(version)) = (std::env::var_os("UPDATE_GOLDEN").is_some(), version) {
        let mut lines = std::mem::take(&mut *seen.lock().unwrap());
        let order: Vec<_> = rows::all().iter().map(|row| row.name).collect();
        lines.sort_by_key(|line| order.iter().position(|name| *name == line.name));
        let kubectl = kubectl().map(|program| verdict::kubectl_version(&program));
        Table::write(&version, &kubectl.unwrap_or(known_kubectl), &lines);
    }
    conclusion.exit();
}

fn kubectl() -> Option<std::ffi::OsString> {
    std::env::var_os("KUBEWRIGHT_KUBECTL")
}

fn size() -> Result<(), Failed> {
    let rows = rows::all();
    let names: std::collections::BTreeSet<_> = rows.iter().map(|row| row.name).collect();
    assert_eq!(names.len(), rows.len(), "two rows have the same name");
    assert!(rows.len() >= 120, "{} rows", rows.len());
    Ok(())
}

/// Lets both clients meet the server, and holds what they say against each other.
fn check(row: &Row, world: &World, recorded: &Table) -> Result<Line, Failed> {
    let case = (row.make)(world);
    let address = server::start(&case, world);
    let ours = verdict::ours(&case, address);
    let go = match &world.oracle {
        Some(oracle) => verdict::go(&case, address, oracle),
        None => recorded.go(row.name)?,
    };
    let kubectl = match kubectl() {
        Some(program) => Some(verdict::kubectl(&program, &case, address)),
        None => recorded.kubectl(row.name),
    };
    let line = Line {
        name: row.name.to_owned(),
        go,
        ours,
        kubectl,
        reason: row.refused_because.map(str::to_owned),
    };
    let failure = match (line.go.is_ok(), line.ours.is_ok(), row.refused_because) {
        (false, true, _) => Some("accepted here, and refused by Go"),
        (true, false, None) => Some("refused here for no stated reason, and accepted by Go"),
        (_, true, Some(_)) => Some("accepted here, although there is a reason to refuse it"),
        (false, false, Some(_)) => Some("refused by Go, too: the stated reason is not needed"),
        _ => None,
    };
    if let Some(failure) = failure {
        return Err(format!("{failure}\n{line}").into());
    }
    if std::env::var_os("UPDATE_GOLDEN").is_none() {
        recorded.compare(&line)?;
    }
    Ok(line)
}
