//! Carriers that are counted, and files that change under them.

use std::path::PathBuf;
use std::time::SystemTime;

use futures::future::{BoxFuture, poll_fn};
use tempfile::TempDir;
use tokio::time::advance;

use super::*;
use crate::wire::credential::{
    Credential, CredentialCache, CredentialProvider, Given, IdentityFiles, ProviderError,
};
use crate::wire::transport::carrier::{Head, Lifetime};
use crate::wire::transport::problem::TransportProblem;

/// Carries nothing, and remembers what it was made of.
struct Idle;

impl Carrier for Idle {
    fn carry(&self, _: http::Request<bytes::Bytes>, _: Lifetime) -> BoxFuture<'_, Result<Head>> {
        unimplemented!("nothing is sent")
    }
}

/// Generations whose carriers are made of readable text, and a list of what they were made of.
struct Bench {
    folder: TempDir,
    generations: Generations,
    made: Arc<Mutex<Vec<String>>>,
}

fn shown(tls: &TlsOptions) -> String {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let authority = tls.ca.as_deref().map_or_else(String::new, text);
    let identity = tls.identity.as_ref();
    let certificate = identity.map_or_else(String::new, |identity| text(&identity.certificate));
    format!("{authority} {certificate}")
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| -> PathBuf { folder.path().join(name) };
        let mut config = Config::new("https://k").unwrap();
        config.tls.ca = Some(b"ca1".to_vec());
        config.tls.ca_file = Some(file("ca"));
        let mut identity = Identity::new(b"cert1".to_vec(), "key1".into());
        identity.files = Some(IdentityFiles {
            certificate: file("cert"),
            key: file("key"),
        });
        config.tls.identity = Some(identity);
        let made = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&made);
        let generations = Generations::new(&config, move |config| {
            let made = shown(&config.tls);
            if made.contains("bad") {
                return Err(TransportProblem::NoKey.into());
            }
            log.lock().push(made);
            Ok(Arc::new(Idle))
        });
        let bench = Bench {
            generations: generations.unwrap(),
            made,
            folder,
        };
        bench
            .write("ca", "ca1")
            .write("cert", "cert1")
            .write("key", "key1");
        bench
    }

    fn write(&self, name: &str, content: &str) -> &Self {
        std::fs::write(self.folder.path().join(name), content).unwrap();
        self
    }

    fn made(&self) -> Vec<String> {
        self.made.lock().clone()
    }

    /// What was made last, after a request without a credential.
    fn present(&self) -> String {
        self.generations.present(None).unwrap();
        self.made().pop().unwrap()
    }
}

#[tokio::test(start_paused = true)]
async fn changed_files_bring_a_new_generation_and_the_first_load_does_not() {
    // Rule C14
    let bench = Bench::new();
    assert_eq!(bench.present(), "ca1 cert1");
    assert_eq!(bench.made().len(), 1);
    bench.write("ca", "ca2");
    assert_eq!(bench.present(), "ca1 cert1", "read a moment ago");
    advance(PERIOD).await;
    assert_eq!(bench.present(), "ca2 cert1");
    bench.write("cert", "cert2").write("key", "key2");
    advance(PERIOD).await;
    assert_eq!(bench.present(), "ca2 cert2");
    advance(PERIOD).await;
    bench.present();
    assert_eq!(bench.made().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn unreadable_empty_and_bad_files_leave_what_is_in_use() {
    // Rule C14
    let bench = Bench::new();
    bench.write("ca", "").write("cert", "bad");
    assert_eq!(bench.present(), "ca1 cert1");
    std::fs::remove_file(bench.folder.path().join("ca")).unwrap();
    advance(SHORT_PERIOD).await;
    assert_eq!(bench.present(), "ca1 cert1");
    // Written to the end, they are used a second later.
    bench.write("cert", "cert2").write("key", "key2");
    advance(SHORT_PERIOD).await;
    assert_eq!(bench.present(), "ca1 cert2");
}

#[tokio::test(start_paused = true)]
async fn a_refusal_makes_the_files_be_read_at_once_but_not_each_time() {
    let bench = Bench::new();
    bench.present();
    bench.write("ca", "ca2");
    bench.generations.look_again();
    assert_eq!(bench.made().len(), 1, "read within the last second");
    advance(SHORT_PERIOD).await;
    bench.generations.look_again();
    assert_eq!(bench.made().pop().unwrap(), "ca2 cert1");
}

#[tokio::test(start_paused = true)]
async fn watches_end_with_their_generation_and_only_then() {
    let bench = Bench::new();
    let generation = bench.generations.present(None).unwrap();
    let mut tenure = bench.generations.tenure(&generation);
    // Nothing but the watch looks at the files.
    bench.write("ca", "ca2");
    let begun = Instant::now();
    poll_fn(|context| tenure.poll_end(context)).await;
    assert_eq!(begun.elapsed(), WATCH_PERIOD);
    assert!(!Arc::ptr_eq(
        &generation,
        &bench.generations.present(None).unwrap()
    ));

    let generation = bench.generations.present(None).unwrap();
    let mut tenure = bench.generations.tenure(&generation);
    drop(bench);
    let end = poll_fn(|context| tenure.poll_end(context));
    let waited = tokio::time::timeout(Duration::from_secs(3600), end).await;
    assert!(waited.is_err(), "a client that is dropped ends no watch");
}

/// Gives certificates with rising numbers, and one token with all of them.
struct Certificates(Mutex<u32>);

impl CredentialProvider for Certificates {
    async fn credential(&self) -> Result<Credential, ProviderError> {
        let mut number = self.0.lock();
        *number += 1;
        let certificate = format!("given{}", *number / 2);
        let until = SystemTime::now() + Duration::from_secs(100);
        Ok(Credential::token(format!("{number}"))
            .with_certificate(certificate, "key")
            .expires_at(until))
    }
}

#[tokio::test(start_paused = true)]
async fn a_given_certificate_has_connections_of_its_own_and_never_goes_back() {
    let bench = Bench::new();
    let cache = CredentialCache::new(Given(Certificates(Mutex::new(0))));
    let mut held: Vec<Arc<Held>> = Vec::new();
    for _ in 0..3 {
        let now = match held.last() {
            None => cache.current().await.unwrap(),
            Some(last) => cache.instead_of(last).await.unwrap(),
        };
        advance(SHORT_PERIOD * 4).await;
        bench.generations.present(Some(&now)).unwrap();
        held.push(now);
    }
    // The second and the third have the same certificate.
    assert_eq!(bench.made(), ["ca1 cert1", "ca1 given0", "ca1 given1"]);
    bench.generations.present(Some(&held[0])).unwrap();
    bench.generations.present(None).unwrap();
    assert_eq!(bench.made().len(), 3);
    // The authority changes below it.
    bench.write("ca", "ca2");
    advance(PERIOD).await;
    assert_eq!(bench.present(), "ca2 given1");
}
