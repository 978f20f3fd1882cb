#![no_main]

#[path = "../tables.rs"]
#[allow(dead_code, reason = "each target holds one of them")]
mod tables;

libfuzzer_sys::fuzz_target!(|data: &[u8]| tables::object(data));
