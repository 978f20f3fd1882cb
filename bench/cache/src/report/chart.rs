//! The figures as a picture: bars of each program, a panel for each question.

use std::path::Path;

use plotters::coord::Shift;
use plotters::prelude::{
    Color, DrawingArea, IntoDrawingArea, IntoFont, RGBColor, Rectangle, SVGBackend, Text,
};

use super::{Report, thousands};
use crate::failure::Failure;
use crate::measure::{Figures, Runtime};
use crate::subject::Name;
use crate::task::Task;

const SIZE: (u32, u32) = (960, 420);
const OURS: RGBColor = RGBColor(0x2f, 0x6f, 0xde);
const THEIRS: RGBColor = RGBColor(0x9a, 0xa3, 0xad);
const INK: RGBColor = RGBColor(0x24, 0x29, 0x2f);
const PAPER: RGBColor = RGBColor(0xff, 0xff, 0xff);
/// Those whose bars stand in each panel, from above.
const SHOWN: [Name; 4] = [
    Name::KubewrightDynamic,
    Name::KubeRsDynamic,
    Name::KubewrightTyped,
    Name::KubeRsTyped,
];

/// A question, and how a figure answers it.
struct Panel {
    title: &'static str,
    figure: fn(&Figures) -> f64,
    show: fn(f64) -> String,
}

const PANELS: [Panel; 6] = [
    Panel {
        title: "Memory at rest, MiB",
        figure: |figures| figures.resting,
        show: whole,
    },
    Panel {
        title: "Highest memory, MiB",
        figure: Figures::highest_peak,
        show: whole,
    },
    Panel {
        title: "CPU to sync, s",
        figure: |figures| figures.sync_cpu,
        show: hundredths,
    },
    Panel {
        title: "CPU of a relist, s",
        figure: |figures| figures.relist_cpu,
        show: hundredths,
    },
    Panel {
        title: "Events a CPU second (more is better)",
        figure: Figures::events_per_cpu_second,
        show: thousands,
    },
    Panel {
        title: "Lists of a namespace a CPU second (more is better)",
        figure: |figures| figures.namespace_lists_per_second,
        show: thousands,
    },
];

type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// Draws the largest number of objects on the multi-thread runtime.
pub(crate) fn draw(report: &Report, path: &Path) -> Result<(), Failure> {
    let most = report.json_mib.iter().max_by_key(|(objects, _)| *objects);
    let Some(&(objects, json)) = most else {
        return Err("there are no figures to draw".into());
    };
    let root = SVGBackend::new(path, SIZE).into_drawing_area();
    root.fill(&PAPER)?;
    let (head, body) = root.split_vertically(40);
    let title = format!("{objects} pods, {json:.0} MiB of JSON, multi-thread runtime");
    head.draw(&Text::new(
        title,
        (14, 12),
        ("sans-serif", 18).into_font().color(&INK),
    ))?;
    for (panel, area) in PANELS.iter().zip(body.split_evenly((3, 2))) {
        bars(panel, report, objects, &area)?;
    }
    root.present()?;
    Ok(())
}

fn bars(panel: &Panel, report: &Report, objects: usize, area: &Area<'_>) -> Result<(), Failure> {
    const NAMES: i32 = 140;
    const ROW: i32 = 20;
    let font = |size: i32| ("sans-serif", size).into_font().color(&INK);
    area.draw(&Text::new(panel.title, (14, 6), font(14)))?;
    let figure = |name| {
        report
            .find(Task::full(name, Runtime::Multi, objects))
            .map(panel.figure)
    };
    let longest = SHOWN
        .iter()
        .filter_map(|&name| figure(name))
        .fold(0.0, f64::max);
    let (width, _) = area.dim_in_pixel();
    // Behind a bar there is room for its figure.
    let room = f64::from(width) - f64::from(NAMES) - 80.0;
    for (row, name) in (0..).zip(SHOWN) {
        let (top, Some(value)) = (28 + ROW * row, figure(name)) else {
            continue;
        };
        #[allow(clippy::cast_possible_truncation, reason = "pixels of a small picture")]
        let end = NAMES + (room * value / longest).max(1.0) as i32;
        let color = if name.is_ours() { OURS } else { THEIRS };
        area.draw(&Text::new(name.title(), (14, top), font(12)))?;
        area.draw(&Rectangle::new(
            [(NAMES, top), (end, top + 13)],
            color.filled(),
        ))?;
        area.draw(&Text::new((panel.show)(value), (end + 6, top), font(12)))?;
    }
    Ok(())
}

fn whole(number: f64) -> String {
    format!("{number:.0}")
}

fn hundredths(number: f64) -> String {
    format!("{number:.2}")
}
