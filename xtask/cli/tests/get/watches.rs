//! Following changes.

use crate::cases;
use crate::server::{Context, Outcome};

cases![
    a_table_goes_on_with_its_changes,
    one_object_is_followed,
    changes_alone_are_shown_on_request,
    every_form_goes_on,
    a_missing_object_is_an_error_at_once,
    an_interrupt_ends_it_as_shells_expect,
];

const MAPS: &str = "v1/configmaps";

fn a_table_goes_on_with_its_changes(context: &Context) -> Outcome {
    context.config_map("a", "web")?;
    let watch = context.start("cm --watch --output-watch-events");
    assert!(watch.line()?.starts_with("EVENT NAME"));
    assert!(watch.line()?.starts_with("ADDED a"));
    context.config_map("b", "web")?;
    assert!(watch.line()?.starts_with("ADDED b"));
    context.delete(MAPS, "a")?;
    assert!(watch.line()?.starts_with("DELETED a"));
    Ok(())
}

fn one_object_is_followed(context: &Context) -> Outcome {
    context.config_map("a", "web")?;
    context.config_map("b", "web")?;
    let watch = context.start("cm b -w --no-headers");
    assert!(watch.line()?.starts_with("b "));
    context.delete(MAPS, "a")?;
    context.delete(MAPS, "b")?;
    assert!(watch.line()?.starts_with("b "));
    Ok(())
}

fn changes_alone_are_shown_on_request(context: &Context) -> Outcome {
    context.config_map("a", "web")?;
    let watch = context.start("cm --watch-only -o name");
    // Whether the watch is open shows in no line: changes go on until one is seen.
    let (done, changing) = std::sync::mpsc::channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            while changing.try_recv().is_err() {
                context.config_map("b", "web").expect("created");
                context.delete(MAPS, "b").expect("deleted");
            }
        });
        let line = watch.line();
        done.send(()).expect("a maker of changes");
        assert_eq!(line?, "configmap/b");
        Ok(())
    })
}

fn every_form_goes_on(context: &Context) -> Outcome {
    context.config_map("a", "web")?;
    let path = context.start("cm -w -o path=.metadata.name");
    let json = context.start("cm -w -o json --output-watch-events");
    let yaml = context.start("cm -w -o yaml");
    assert_eq!(path.line()?, "a");
    json.until("\"type\": \"ADDED\"")?;
    yaml.until("name: a")?;
    context.config_map("b", "web")?;
    assert_eq!(path.line()?, "b");
    json.until("\"name\": \"b\"")?;
    yaml.until("---")?;
    yaml.until("name: b")?;
    context.delete(MAPS, "b")?;
    json.until("\"type\": \"DELETED\"")?;
    Ok(())
}

fn a_missing_object_is_an_error_at_once(context: &Context) -> Outcome {
    let error = context.get("cm nope --watch").failed(1)?;
    assert_eq!(
        error,
        "Error from server (NotFound): configmaps \"nope\" not found\n"
    );
    Ok(())
}

#[cfg(unix)]
#[allow(clippy::print_stderr, reason = "a case that is left out says so")]
fn an_interrupt_ends_it_as_shells_expect(context: &Context) -> Outcome {
    use std::os::unix::process::ExitStatusExt;
    if interrupts_are_ignored() {
        eprintln!("skipped: what a script starts in its background is deaf to interrupts");
        return Ok(());
    }
    context.config_map("a", "web")?;
    let watch = context.start("cm -w -o name");
    watch.line()?;
    assert_eq!(watch.interrupt()?.signal(), Some(2));
    Ok(())
}

/// A process inherits it, and nothing that is safe code changes it.
#[cfg(unix)]
fn interrupts_are_ignored() -> bool {
    const INTERRUPT: u64 = 1 << 1;
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    ignored.is_some_and(|mask| mask & INTERRUPT != 0)
}

#[cfg(not(unix))]
fn an_interrupt_ends_it_as_shells_expect(_: &Context) -> Outcome {
    Ok(())
}
