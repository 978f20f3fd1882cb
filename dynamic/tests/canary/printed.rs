//! All that a thread prints, by `tracing` and by `log`.

use std::collections::BTreeSet;
use std::fmt::{self, Write};
use std::sync::{Arc, Mutex, OnceLock};
use std::thread::{self, ThreadId};

use log::{Level, LevelFilter, Log, Record};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Metadata, Subscriber};

/// All that this thread prints until this is dropped.
pub(crate) struct Printed {
    heard: Arc<Mutex<Heard>>,
    _guard: DefaultGuard,
}

#[derive(Default)]
struct Heard {
    text: String,
    targets: BTreeSet<String>,
}

impl Printed {
    pub(crate) fn from_here_on() -> Self {
        let heard = Arc::new(Mutex::new(Heard::default()));
        let guard = tracing::subscriber::set_default(Traces(Arc::clone(&heard)));
        let logs = Logs {
            heard: Arc::clone(&heard),
            thread: thread::current().id(),
        };
        static LOGS: OnceLock<Logs> = OnceLock::new();
        log::set_logger(LOGS.get_or_init(|| logs)).unwrap();
        log::set_max_level(LevelFilter::Trace);
        Printed {
            heard,
            _guard: guard,
        }
    }

    pub(crate) fn text(&self) -> String {
        self.heard.lock().unwrap().text.clone()
    }

    /// Whether this crate, or a module of it, has printed anything.
    pub(crate) fn has_heard(&self, name: &str) -> bool {
        let heard = self.heard.lock().unwrap();
        heard
            .targets
            .iter()
            .any(|target| target.split("::").next() == Some(name))
    }
}

impl Heard {
    fn line(&mut self, target: &str, text: impl fmt::Display) {
        self.targets.insert(target.to_owned());
        writeln!(self.text, "{target}: {text}").unwrap();
    }
}

struct Traces(Arc<Mutex<Heard>>);

/// Fields as text, whatever they are.
#[derive(Default)]
struct Fields(String);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        write!(self.0, " {field}={value:?}").unwrap();
    }
}

impl Subscriber for Traces {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        let mut fields = Fields::default();
        span.record(&mut fields);
        let metadata = span.metadata();
        let line = format!("{} {}", metadata.name(), fields.0);
        self.0.lock().unwrap().line(metadata.target(), line);
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &tracing::span::Record<'_>) {
        let mut fields = Fields::default();
        values.record(&mut fields);
        self.0.lock().unwrap().line("a span", fields.0);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut fields = Fields::default();
        event.record(&mut fields);
        self.0
            .lock()
            .unwrap()
            .line(event.metadata().target(), fields.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

struct Logs {
    heard: Arc<Mutex<Heard>>,
    thread: ThreadId,
}

impl Log for Logs {
    fn enabled(&self, metadata: &log::Metadata<'_>) -> bool {
        metadata.level() <= Level::Trace
    }

    fn log(&self, record: &Record<'_>) {
        if thread::current().id() == self.thread {
            self.heard
                .lock()
                .unwrap()
                .line(record.target(), record.args());
        }
    }

    fn flush(&self) {}
}
