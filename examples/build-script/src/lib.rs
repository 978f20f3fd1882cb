//! A crate whose types and clients come from `crds/`, made by its build script.

/// The API of the definitions: types, clients, informers.
pub mod api {
    include!(concat!(env!("OUT_DIR"), "/api.rs"));
}

use api::example_com_v1::{CronTab, CronTabSpec};

/// A cron tab that runs `image` every hour, with every default of the definition.
///
/// ```
/// let hourly = build_script_example::hourly("sweep", "example.com/sweep:1");
/// assert_eq!(hourly.spec.replicas, Some(1));
/// ```
#[must_use]
pub fn hourly(name: &str, image: &str) -> CronTab {
    let spec = CronTabSpec {
        schedule: "0 * * * *".to_owned(),
        image: image.to_owned(),
        ..CronTabSpec::default()
    };
    CronTab {
        spec,
        ..CronTab::new(name)
    }
    .with_defaults()
}
