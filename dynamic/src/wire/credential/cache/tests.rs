//! Providers that count, on a clock that jumps.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures::future::join_all;
use tokio::time::sleep;

use super::*;
use crate::wire::credential::{Credential, CredentialProvider, Given, ProviderError};

/// Takes a second for each token, and counts them.
#[derive(Default)]
struct Slow {
    begun: Arc<AtomicUsize>,
    dropped: Arc<AtomicUsize>,
    rejected: Arc<AtomicUsize>,
}

struct CountsDrop(Arc<AtomicUsize>);

impl Drop for CountsDrop {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

impl CredentialProvider for Slow {
    async fn credential(&self) -> Result<Credential, ProviderError> {
        let _at_work = CountsDrop(Arc::clone(&self.dropped));
        let number = self.begun.fetch_add(1, Ordering::Relaxed);
        sleep(Duration::from_secs(1)).await;
        Ok(Credential::token(format!("{number}")))
    }

    fn rejected(&self, _credential: &Credential) {
        self.rejected.fetch_add(1, Ordering::Relaxed);
    }
}

fn shown(held: &Held) -> &str {
    held.authorization().unwrap().to_str().unwrap()
}

#[tokio::test(start_paused = true)]
async fn the_provider_is_asked_once_however_many_wait() {
    let provider = Slow::default();
    let begun = Arc::clone(&provider.begun);
    let cache = CredentialCache::new(Given(provider));
    let waiting = join_all((0..100).map(|_| cache.current()));
    for held in waiting.await {
        assert_eq!(shown(&held.unwrap()), "Bearer 0");
    }
    assert_eq!(begun.load(Ordering::Relaxed), 1);
}

#[tokio::test(start_paused = true)]
async fn a_caller_that_gives_up_does_not_stop_the_provider_for_others() {
    let provider = Slow::default();
    let (begun, dropped) = (Arc::clone(&provider.begun), Arc::clone(&provider.dropped));
    let cache = CredentialCache::new(Given(provider));
    let impatient = tokio::time::timeout(Duration::from_millis(500), cache.current());
    let (gave_up, held) = tokio::join!(impatient, cache.current());
    assert!(gave_up.is_err());
    assert_eq!(shown(&held.unwrap()), "Bearer 0");
    assert_eq!(begun.load(Ordering::Relaxed), 1);
    assert_eq!(dropped.load(Ordering::Relaxed), 1);
}

#[tokio::test(start_paused = true)]
async fn the_provider_is_dropped_when_nobody_waits() {
    let provider = Slow::default();
    let (begun, dropped) = (Arc::clone(&provider.begun), Arc::clone(&provider.dropped));
    let cache = CredentialCache::new(Given(provider));
    let gave_up = tokio::time::timeout(Duration::from_millis(500), cache.current()).await;
    assert!(gave_up.is_err());
    assert_eq!(dropped.load(Ordering::Relaxed), 1);
    assert_eq!(shown(&cache.current().await.unwrap()), "Bearer 1");
    assert_eq!(begun.load(Ordering::Relaxed), 2);
}

#[tokio::test(start_paused = true)]
async fn a_rejection_is_heard_once_and_gives_everybody_the_next_credential() {
    // Rule C21
    let provider = Slow::default();
    let (begun, rejected) = (Arc::clone(&provider.begun), Arc::clone(&provider.rejected));
    let cache = CredentialCache::new(Given(provider));
    let used = cache.current().await.unwrap();
    let renewed = join_all((0..10).map(|_| cache.instead_of(&used)));
    let (renewed, fresh) = tokio::join!(renewed, cache.current());
    for held in renewed.into_iter().map(Option::unwrap) {
        assert_eq!(shown(&held), "Bearer 1");
    }
    assert_eq!(
        shown(&fresh.unwrap()),
        "Bearer 1",
        "nobody uses a rejected one"
    );
    assert_eq!(begun.load(Ordering::Relaxed), 2);
    assert_eq!(rejected.load(Ordering::Relaxed), 1);
    // Late news of the first one changes nothing.
    assert_eq!(shown(&cache.instead_of(&used).await.unwrap()), "Bearer 1");
    assert_eq!(begun.load(Ordering::Relaxed), 2);
}

/// Gives the same each time.
struct Same;

impl CredentialProvider for Same {
    async fn credential(&self) -> Result<Credential, ProviderError> {
        Ok(Credential::token("same"))
    }
}

#[tokio::test(start_paused = true)]
async fn the_same_credential_again_is_nothing_to_send_once_more() {
    let cache = CredentialCache::new(Given(Same));
    let used = cache.current().await.unwrap();
    assert!(cache.instead_of(&used).await.is_none());
    assert_eq!(shown(&cache.current().await.unwrap()), "Bearer same");
}
