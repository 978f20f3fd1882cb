#![no_main]

#[path = "../generator.rs"]
#[allow(dead_code, reason = "each target holds one of them")]
mod generator;

libfuzzer_sys::fuzz_target!(|data: &[u8]| generator::schema(data));
