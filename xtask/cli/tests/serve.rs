//! `kubewright serve` as a process.

#![cfg(unix)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a panic is how a test fails"
)]

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use kubewright::Config;

/// A server that ends with the test, also with one that fails.
struct Serving {
    child: Child,
    said: String,
}

impl Serving {
    /// Starts and waits for the first line of standard output.
    fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kubewright"));
        command.arg("serve").args(["--port", "0"]).args(arguments);
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut said = String::new();
        let output = child.stdout.take().unwrap();
        BufReader::new(output).read_line(&mut said).unwrap();
        Serving { child, said }
    }

    /// Ends it as a service manager does.
    fn end(mut self) {
        let pid = self.child.id().to_string();
        let asked = Command::new("kill").arg(pid).status().unwrap();
        assert!(asked.success() && self.child.wait().unwrap().success());
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn over_plain_http_it_prints_its_url() {
    let server = Serving::start(&[]);
    let config = Config::new(server.said.trim()).unwrap();
    config.connect().await.unwrap().version().await.unwrap();
    server.end();
}

#[tokio::test]
async fn over_tls_it_writes_a_kubeconfig_that_goes_with_it() {
    let server = Serving::start(&["--tls", "--goaway-chance", "0.5"]);
    let file = server.said.trim().strip_prefix("export KUBECONFIG=");
    let file = Path::new(file.expect("a line for a shell")).to_owned();
    let config = Config::from_kubeconfig_file(&file).unwrap();
    assert!(config.server().starts_with("https://127.0.0.1:"));
    config.connect().await.unwrap().version().await.unwrap();
    server.end();
    assert!(!file.exists());
}
