//! The options of a control plane, and how it is started.

use std::ffi::OsString;
use std::net::{Ipv4Addr, TcpListener};
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout_at};

use super::http::Http;
use super::pki::Pki;
use super::process::{Process, Spawn};
use super::state::State;
use super::users::User;
use super::{Binaries, ControlPlane, Error, Progress};

/// A server is ready some seconds after its start; a loaded machine may take longer.
const DEADLINE: Duration = Duration::from_secs(60);
/// Between two looks at a server that is not ready.
const POLL: Duration = Duration::from_millis(50);
/// Free ports tried before we believe that there is none.
const PORTS: usize = 5;

/// The choices of a [`ControlPlane`]; made by [`ControlPlane::builder`].
#[derive(Debug)]
#[must_use = "a builder does nothing until it is started"]
pub struct Builder {
    binaries: Option<Binaries>,
    flags: Vec<OsString>,
    users: Vec<(String, Vec<String>)>,
    deadline: Duration,
}

impl Builder {
    pub(super) fn new() -> Self {
        Self {
            binaries: None,
            flags: Vec::new(),
            users: Vec::new(),
            deadline: DEADLINE,
        }
    }

    /// Uses these programs instead of those that
    /// [`Binaries::locate_or_build`] finds.
    pub fn binaries(mut self, binaries: Binaries) -> Self {
        self.binaries = Some(binaries);
        self
    }

    /// Gives kube-apiserver one more flag, such as `--runtime-config=api/alpha=true`.
    /// It comes after our own, so it prevails where a flag holds one value.
    pub fn flag(mut self, flag: impl Into<OsString>) -> Self {
        self.flags.push(flag.into());
        self
    }

    /// Adds a user known by a token, who may do what RBAC grants to the name and the
    /// groups: at first what every authenticated user may.
    ///
    /// See [`ControlPlane::user_token`] and [`ControlPlane::user_kubeconfig`].
    pub fn user(mut self, name: &str, groups: &[&str]) -> Self {
        let groups = groups.iter().map(|&group| group.to_owned()).collect();
        self.users.push((name.to_owned(), groups));
        self
    }

    /// How long the servers may take until they are ready; a minute by default.
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// Starts etcd and kube-apiserver and waits until `/readyz` says yes.
    ///
    /// # Errors
    ///
    /// [`Error::is_missing`] where there are no programs and none can be built. Where a
    /// server ends or is not ready in time, the error ends with the last lines of its log.
    pub async fn start(self) -> Result<ControlPlane, Error> {
        let binaries = match self.binaries {
            Some(binaries) => binaries,
            None => locate_or_build().await?,
        };
        let users = self
            .users
            .into_iter()
            .map(|(name, groups)| User::new(name, groups));
        let users = users.collect::<Result<Vec<_>, _>>()?;
        let pki = Pki::generate()?;
        let state = State::create(&pki, &users)?;
        let servers = Servers {
            binaries: &binaries,
            state: &state,
            pki: &pki,
            flags: &self.flags,
            deadline: self.deadline,
        };
        let mut etcd = servers.etcd()?;
        let (kube_apiserver, http) = servers.ready_kube_apiserver(&mut etcd).await?;
        ControlPlane::assemble(kube_apiserver, etcd, state, http, pki, users).await
    }
}

/// Building blocks for minutes, which a thread of the runtime must not.
async fn locate_or_build() -> Result<Binaries, Error> {
    let found = tokio::task::spawn_blocking(|| Binaries::locate_or_build(log));
    found.await.map_err(|error| {
        Error::failed("the build of the test servers was interrupted").because(error)
    })?
}

fn log(progress: Progress<'_>) {
    match progress {
        Progress::Compiling { done, total, .. } if done % 100 != 0 && done != total => {}
        progress => tracing::info!(?progress, "building kube-apiserver"),
    }
}

/// What it takes to start the two.
struct Servers<'a> {
    binaries: &'a Binaries,
    state: &'a State,
    pki: &'a Pki,
    flags: &'a [OsString],
    deadline: Duration,
}

impl Servers<'_> {
    fn etcd(&self) -> Result<Process, Error> {
        Process::spawn(Spawn {
            name: "etcd",
            program: &self.binaries.etcd(),
            args: self.state.etcd_flags(),
            log: self.state.path("etcd.log"),
            state: Some(self.state.folder()),
        })
    }

    fn kube_apiserver(&self, port: u16) -> Result<Process, Error> {
        let mut args = self.state.kube_apiserver_flags(port);
        args.extend_from_slice(self.flags);
        Process::spawn(Spawn {
            name: "kube-apiserver",
            program: &self.binaries.kube_apiserver(),
            args,
            log: self.state.path("kube-apiserver.log"),
            state: None,
        })
    }

    /// Between our look for a free port and the server's claim, somebody else may take
    /// it: then another one.
    async fn ready_kube_apiserver(&self, etcd: &mut Process) -> Result<(Process, Http), Error> {
        let mut others = 1..PORTS;
        loop {
            let port = free_port()?;
            let http = Http::new(format!("https://127.0.0.1:{port}"), self.pki)?;
            let mut server = self.kube_apiserver(port)?;
            let ready = self.ready(&mut server, etcd, &http).await;
            match (ready, others.next()) {
                (Ok(()), _) => return Ok((server, http)),
                (Err(_), Some(_)) if server.port_was_taken() => {}
                (Err(error), _) => return Err(error),
            }
        }
    }

    async fn ready(
        &self,
        server: &mut Process,
        etcd: &mut Process,
        http: &Http,
    ) -> Result<(), Error> {
        let deadline = Instant::now() + self.deadline;
        let mut last = None;
        loop {
            // The server gives up for want of etcd, so etcd's end explains more.
            if let Some(ended) = etcd.ended().or_else(|| server.ended()) {
                return Err(ended);
            }
            match timeout_at(deadline, http.get("/readyz?verbose", "*/*")).await {
                Ok(Ok(_)) => return Ok(()),
                Ok(Err(error)) => last = Some(error),
                Err(_) => {}
            }
            if Instant::now() >= deadline {
                return Err(self.late(server, last));
            }
            sleep(POLL).await;
        }
    }

    fn late(&self, server: &Process, last: Option<Error>) -> Error {
        let error = Error::failed(format!(
            "kube-apiserver was not ready within {:?}; its log ends with\n{}",
            self.deadline,
            server.log_tail()
        ));
        match last {
            Some(last) => error.because(last),
            None => error,
        }
    }
}

fn free_port() -> Result<u16, Error> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
    let address = listener.and_then(|listener| listener.local_addr());
    address
        .map(|address| address.port())
        .map_err(Error::at("find a free port"))
}
