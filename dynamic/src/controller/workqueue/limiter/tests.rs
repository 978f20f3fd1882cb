//! Each limiter by a table of what it says (rule K8).

use std::collections::BTreeSet;

use super::*;

const fn ms(millis: u64) -> Duration {
    Duration::from_millis(millis)
}

fn waits<T>(limiter: &mut impl RateLimiter<T>, items: &[T]) -> Vec<Duration> {
    let now = Instant::now();
    items.iter().map(|item| limiter.when(item, now)).collect()
}

#[test]
fn an_exponential_wait_doubles_for_each_item_by_itself() {
    let mut limiter = ExponentialBackoff::new(ms(1), Duration::from_secs(1));
    assert_eq!(waits(&mut limiter, &["a"; 4]), [1, 2, 4, 8].map(ms));
    assert_eq!(waits(&mut limiter, &["b"; 2]), [1, 2].map(ms));
    assert_eq!((limiter.requeues(&"a"), limiter.requeues(&"b")), (4, 2));
    limiter.forget(&"a");
    assert_eq!((limiter.requeues(&"a"), limiter.requeues(&"b")), (0, 2));
    assert_eq!(waits(&mut limiter, &["a", "b"]), [1, 4].map(ms));
}

#[test]
fn the_default_goes_from_five_milliseconds_to_a_thousand_seconds() {
    let mut limiter = ExponentialBackoff::default();
    let said = waits(&mut limiter, &["a"; 20]);
    assert_eq!(said[0], ms(5));
    assert_eq!(said[17], ms(5 << 17));
    assert_eq!(said[18..], [Duration::from_secs(1000); 2]);
}

#[test]
fn no_count_of_failures_overflows() {
    let bounds = [
        (Duration::from_nanos(1), Duration::from_secs(1000)),
        (Duration::from_secs(1), Duration::MAX),
        (Duration::MAX, Duration::MAX),
        (Duration::from_secs(60), ms(1)),
    ];
    for (base, longest) in bounds {
        let mut limiter = ExponentialBackoff::new(base, longest);
        let said = waits(&mut limiter, &["a"; 300]);
        assert!(said.is_sorted(), "{base:?} to {longest:?}");
        assert_eq!(said.last(), Some(&longest));
    }
    let mut never = ExponentialBackoff::new(Duration::ZERO, Duration::from_secs(1));
    assert_eq!(waits(&mut never, &["a"; 300]), [Duration::ZERO; 300]);
}

#[test]
fn jitter_adds_up_to_its_part_and_never_beyond_the_longest() {
    let fresh = || ExponentialBackoff::new(ms(1000), ms(4500)).jitter(0.5);
    let items: Vec<u32> = (0..100).collect();
    let mut limiter = fresh();
    let said = waits(&mut limiter, &items);
    assert!(said.iter().all(|wait| (ms(1000)..=ms(1500)).contains(wait)));
    let different: BTreeSet<_> = said.iter().collect();
    assert!(different.len() > 90, "{different:?}");
    assert!(**different.first().unwrap() < ms(1100), "{different:?}");
    assert!(**different.last().unwrap() > ms(1400), "{different:?}");
    waits(&mut limiter, &items);
    let said = waits(&mut limiter, &items);
    assert!(said.iter().all(|wait| (ms(4000)..=ms(4500)).contains(wait)));
    let mut odd = fresh().jitter(f64::NAN);
    assert_eq!(waits(&mut odd, &[0_u32]), [ms(1000)]);
}

#[test]
fn a_bucket_starts_full_and_then_gives_one_a_tick() {
    let mut limiter = Bucket::default();
    let said = waits(&mut limiter, &[(); 103]);
    assert!(said[..100].iter().all(Duration::is_zero));
    let after = [100, 200, 300].map(ms);
    assert_eq!(said[100..], after);
}

#[test]
fn a_bucket_fills_up_to_its_burst_and_no_further() {
    let mut limiter = Bucket::every(ms(10), 2);
    let now = Instant::now();
    let at = |limiter: &mut Bucket, after: u64| limiter.when(&(), now + ms(after));
    assert_eq!(
        [0, 0, 0].map(|after| at(&mut limiter, after)),
        [0, 0, 10].map(ms)
    );
    assert_eq!(at(&mut limiter, 5), ms(15), "two were promised before");
    assert_eq!(
        [500; 3].map(|after| at(&mut limiter, after)),
        [0, 0, 10].map(ms)
    );
}

#[test]
fn a_bucket_of_any_size_does_not_overflow() {
    assert_eq!(
        waits(&mut Bucket::every(Duration::ZERO, 0), &[(); 3]),
        [Duration::ZERO; 3]
    );
    assert_eq!(
        waits(&mut Bucket::every(ms(7), 0), &[(); 2]),
        [7, 14].map(ms)
    );
    assert_eq!(
        waits(&mut Bucket::every(Duration::MAX, u32::MAX), &[(); 2]),
        [Duration::ZERO; 2]
    );
    assert!(
        waits(&mut Bucket::every(Duration::MAX, 0), &[(); 2])
            .iter()
            .all(|wait| *wait > ms(1))
    );
}

#[test]
fn fast_tries_are_counted_for_each_item() {
    let mut limiter = FastSlow::new(ms(5), Duration::from_secs(10), 3);
    let slow = Duration::from_secs(10);
    assert_eq!(
        waits(&mut limiter, &["a"; 5]),
        [ms(5), ms(5), ms(5), slow, slow]
    );
    assert_eq!(waits(&mut limiter, &["b"]), [ms(5)]);
    assert_eq!(limiter.requeues(&"a"), 5);
    limiter.forget(&"a");
    assert_eq!(limiter.requeues(&"a"), 0);
    assert_eq!(waits(&mut limiter, &["a"]), [ms(5)]);
}

#[test]
fn the_longest_of_several_spends_from_all() {
    let mut limiter = MaxOf::new(FastSlow::new(ms(5), Duration::from_secs(3), 3))
        .and(ExponentialBackoff::new(ms(1), Duration::from_secs(1)));
    let said = [5, 5, 5, 3000].map(ms);
    assert_eq!(waits(&mut limiter, &["a"; 4]), said);
    assert_eq!(limiter.requeues(&"a"), 4);
    limiter.forget(&"a");
    assert_eq!(limiter.requeues(&"a"), 0);

    // The back-off is longer each time, and still the tokens go.
    let mut limiter = MaxOf::new(ExponentialBackoff::new(ms(50), Duration::from_secs(1)))
        .and(Bucket::every(ms(100), 2));
    assert_eq!(
        waits(&mut limiter, &["a", "a", "b"]),
        [50, 100, 100].map(ms)
    );
}

#[test]
fn a_limit_cuts_only_what_is_longer() {
    let inner = FastSlow::new(ms(5), Duration::from_secs(100), 1);
    let mut limiter = WithMaxWait::new(inner, Duration::from_secs(1));
    assert_eq!(
        waits(&mut limiter, &["a"; 2]),
        [ms(5), Duration::from_secs(1)]
    );
    assert_eq!(limiter.requeues(&"a"), 2);
    limiter.forget(&"a");
    assert_eq!(limiter.requeues(&"a"), 0);
}

#[test]
fn a_limiter_can_be_shared() {
    let shared = Arc::new(Mutex::new(ExponentialBackoff::new(
        ms(1),
        Duration::from_secs(1),
    )));
    let (mut one, mut other) = (Arc::clone(&shared), shared);
    assert_eq!(waits(&mut one, &["a"]), [ms(1)]);
    assert_eq!(waits(&mut other, &["a"]), [ms(2)]);
    assert_eq!(one.requeues(&"a"), 2);
    one.forget(&"a");
    assert_eq!(other.requeues(&"a"), 0);
}
