//! The outcome of each project: a row of figures, and its failures.

use std::time::Duration;

use comfy_table::{CellAlignment, Table, presets};
use kubewright_cli::parts::Failure;
use kubewright_codegen::Summary;

use super::generated::Generated;
use super::kopium::Measured;
use super::live::Stored;
use super::project::Project;

/// One project.
pub(super) struct Row {
    name: String,
    definitions: usize,
    summary: Summary,
    generation: Option<Duration>,
    /// Processor time of `cargo check`.
    pub(super) check: Option<Duration>,
    /// Objects that were read and written, and texts of which table and serde_json agree.
    pub(super) round_trips: Option<(usize, usize)>,
    pub(super) live: Option<Stored>,
    pub(super) kopium: Option<Measured>,
    troubles: Vec<String>,
}

impl Row {
    pub(super) fn new(project: &Project) -> Self {
        Self {
            name: project.name.clone(),
            definitions: project.definitions().count(),
            summary: Summary::default(),
            generation: None,
            check: None,
            round_trips: None,
            live: None,
            kopium: None,
            troubles: Vec::new(),
        }
    }

    /// What a step gave; a failure is kept with the name of the step.
    pub(super) fn step<T>(&mut self, name: &str, result: Result<T, Failure>) -> Option<T> {
        result
            .map_err(|error| self.troubles.push(format!("{name}: {error}")))
            .ok()
    }

    pub(super) fn generated(&mut self, generated: &Generated) {
        self.summary = generated.output.summary.clone();
        self.generation = Some(generated.took);
    }

    pub(super) fn is_good(&self) -> bool {
        self.troubles.is_empty()
    }

    pub(super) fn troubles(&self) -> String {
        self.troubles.join("\n")
    }

    /// The row as a line, shown while the others run.
    pub(super) fn line(&self) -> String {
        let summary = &self.summary;
        format!(
            "{}: {} kinds, {} types, {} lines; check {} s",
            self.name,
            summary.kinds,
            summary.structs + summary.enums,
            summary.lines,
            seconds(self.check)
        )
    }

    fn cells(&self) -> [String; 12] {
        let summary = &self.summary;
        let number =
            |number: Option<usize>| number.map_or("-".to_owned(), |number| number.to_string());
        let kopium = self.kopium.as_ref();
        [
            self.name.clone(),
            self.definitions.to_string(),
            summary.kinds.to_string(),
            (summary.structs + summary.enums).to_string(),
            summary.lines.to_string(),
            seconds(self.generation),
            seconds(self.check),
            number(self.round_trips.map(|(objects, _)| objects)),
            number(self.round_trips.map(|(_, texts)| texts)),
            self.live
                .as_ref()
                .map_or("-".to_owned(), ToString::to_string),
            number(kopium.map(|measured| measured.lines)),
            seconds(kopium.map(|measured| measured.check)),
        ]
    }
}

/// All rows, and what the columns mean.
pub(super) fn table(rows: &[Row]) {
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY);
    table.set_header([
        "project",
        "crds",
        "kinds",
        "types",
        "lines",
        "generate s",
        "check s",
        "objects",
        "texts",
        "stored",
        "kopium lines",
        "check s",
    ]);
    for row in rows {
        table.add_row(row.cells());
    }
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    anstream::println!("{table}");
    anstream::println!(
        "check: processor seconds of cargo check, dependencies left out; objects: made up, read and written without loss;\n\
         texts: of these objects and harmed ones, on which table and serde_json agree;\n\
         stored: kinds of which the real kube-apiserver took an object through its type, of all"
    );
    for row in rows {
        for refusal in row.live.iter().flat_map(|live| &live.refused) {
            anstream::println!("not accepted by the server: {refusal}");
        }
    }
}

fn seconds(duration: Option<Duration>) -> String {
    duration.map_or("-".to_owned(), |duration| {
        format!("{:.2}", duration.as_secs_f64())
    })
}
