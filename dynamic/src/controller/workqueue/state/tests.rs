//! The state against a naive model, along scripts that chance writes (rule P4).

use std::cmp::Reverse;

use proptest::prelude::*;

use super::*;

type Key = u8;

#[derive(Clone, Debug)]
enum Op {
    Add {
        item: Key,
        delay: u64,
        priority: i32,
    },
    Get,
    Done(usize),
    Pass(u64),
    Close,
}

/// Milliseconds since the script began.
type Time = u64;

/// A list of everything pending, sorted out again at each question.
#[derive(Default)]
struct Model {
    now: Time,
    next: u64,
    closed: bool,
    pending: Vec<Wanted>,
    held: Vec<Key>,
}

#[derive(Clone, Debug)]
struct Wanted {
    item: Key,
    priority: i32,
    ready_at: Time,
    /// When it could be handed out, were it not for others; equal times by order of events.
    since: (Time, u64),
}

impl Model {
    fn add(&mut self, item: Key, delay: Time, priority: i32) -> bool {
        if self.closed {
            return false;
        }
        self.next += 1;
        let ready_at = self.now + delay;
        let since = (ready_at, self.next);
        let Some(known) = self.pending.iter_mut().find(|known| known.item == item) else {
            self.pending.push(Wanted {
                item,
                priority,
                ready_at,
                since,
            });
            return true;
        };
        let earlier = ready_at < known.ready_at;
        if earlier || priority > known.priority {
            known.ready_at = known.ready_at.min(ready_at);
            known.priority = known.priority.max(priority);
            known.since = (known.ready_at.max(self.now), self.next);
        }
        true
    }

    fn get(&mut self) -> Option<(Key, i32)> {
        let next = self.pending.iter().enumerate();
        let next = next.filter(|(_, known)| self.may_go(known));
        let (place, _) = next.min_by_key(|(_, known)| (Reverse(known.priority), known.since))?;
        let known = self.pending.remove(place);
        self.held.push(known.item);
        Some((known.item, known.priority))
    }

    fn may_go(&self, known: &Wanted) -> bool {
        known.ready_at <= self.now && !self.held.contains(&known.item)
    }

    fn done(&mut self, item: Key) {
        self.held.retain(|held| *held != item);
        self.next += 1;
        let since = (self.now, self.next);
        for known in &mut self.pending {
            if known.item == item && known.ready_at <= self.now {
                known.since = since;
            }
        }
    }

    /// The delayed items at the end, in order of time.
    fn close(&mut self) -> Vec<Key> {
        self.closed = true;
        let mut late: Vec<_> = self.pending.clone();
        late.retain(|known| known.ready_at > self.now);
        self.pending.retain(|known| known.ready_at <= self.now);
        late.sort_by_key(|known| known.since);
        late.into_iter().map(|known| known.item).collect()
    }

    fn is_over(&self) -> bool {
        self.closed && self.pending.is_empty()
    }

    fn depth(&self) -> usize {
        self.pending
            .iter()
            .filter(|known| self.may_go(known))
            .count()
    }
}

/// Both at once, and what must hold of any queue whatever its order.
struct Pair {
    state: State<Key>,
    model: Model,
    begin: Instant,
    /// Items added since they were last handed out: each must come.
    owed: Vec<Key>,
}

impl Pair {
    fn new() -> Self {
        Self {
            state: State::new(),
            model: Model::default(),
            begin: Instant::now(),
            owed: Vec::new(),
        }
    }

    fn at(&self, time: Time) -> Instant {
        self.begin + Duration::from_millis(time)
    }

    fn now(&self) -> Instant {
        self.at(self.model.now)
    }

    fn apply(&mut self, op: &Op) {
        let now = self.now();
        match *op {
            Op::Add {
                item,
                delay,
                priority,
            } => {
                let ready_at = self.at(self.model.now + delay);
                let added = self.state.add(Arc::new(item), ready_at, priority, now);
                assert_eq!(added.is_some(), self.model.add(item, delay, priority));
                if added.is_some() {
                    self.owed.push(item);
                }
            }
            Op::Get => {
                self.get();
            }
            Op::Done(which) if !self.model.held.is_empty() => {
                let item = self.model.held[which % self.model.held.len()];
                self.state.done(&item, now);
                self.model.done(item);
            }
            Op::Done(_) => {}
            Op::Pass(time) => self.model.now += time,
            Op::Close => self.close(),
        }
        let stats = self.state.stats(self.now());
        assert_eq!(stats.waiting, self.model.depth());
        assert_eq!(stats.processing, self.model.held.len());
    }

    fn get(&mut self) -> bool {
        let held = self.model.held.clone();
        let got = match self.state.get(self.now()) {
            Next::Work(work) => Some((*work.item, work.priority)),
            Next::Wait(_) => None,
            Next::Closed => {
                assert!(self.model.is_over(), "closed before its end");
                None
            }
        };
        assert_eq!(got, self.model.get());
        if let Some((item, _)) = got {
            assert!(!held.contains(&item), "{item} is held by two");
            self.owed.retain(|owed| *owed != item);
        }
        got.is_some()
    }

    fn close(&mut self) {
        self.state.close(Phase::Closed, self.now());
        let late: Vec<Key> = self
            .state
            .take_delayed()
            .iter()
            .map(|item| **item)
            .collect();
        if !self.model.closed {
            assert_eq!(late, self.model.close());
        }
        self.owed.retain(|owed| !late.contains(owed));
    }

    /// Lets workers go on until nothing is left.
    fn finish(mut self) {
        self.apply(&Op::Pass(1_000));
        while self.get() || !self.model.held.is_empty() {
            self.apply(&Op::Done(0));
        }
        assert_eq!(self.owed, Vec::<Key>::new(), "added and never handed out");
        assert_eq!(self.state.stats(self.now()), Stats::default());
        assert!(self.state.pending.is_empty() && self.state.parked == 0);
        self.apply(&Op::Close);
        assert_eq!(self.state.get(self.now()), Next::Closed);
    }
}

fn ops() -> impl Strategy<Value = Vec<Op>> {
    let delay = prop_oneof![3 => Just(0), 2 => 0..30_u64];
    let priority = prop_oneof![3 => Just(0), 1 => -2..3_i32];
    let add = (0..6_u8, delay, priority).prop_map(|(item, delay, priority)| Op::Add {
        item,
        delay,
        priority,
    });
    let op = prop_oneof![
        80 => add,
        60 => Just(Op::Get),
        40 => any::<usize>().prop_map(Op::Done),
        30 => (0..20_u64).prop_map(Op::Pass),
        1 => Just(Op::Close),
    ];
    prop::collection::vec(op, 0..200)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, ..ProptestConfig::default() })]

    // Rules P4, K1, K2, K3, K6, CR1
    #[test]
    fn the_state_does_as_the_model(ops in ops()) {
        let mut pair = Pair::new();
        for op in &ops {
            pair.apply(op);
        }
        pair.finish();
    }
}

/// A state whose items are ready in alphabetical order.
fn with(items: &[&'static str], now: Instant) -> State<&'static str> {
    let mut state = State::new();
    for item in items {
        state.add(Arc::new(*item), now, 0, now);
    }
    state
}

fn take(state: &mut State<&'static str>, now: Instant) -> Option<&'static str> {
    match state.get(now) {
        Next::Work(work) => Some(*work.item),
        Next::Wait(_) | Next::Closed => None,
    }
}

#[test]
fn each_step_wakes_those_whom_it_concerns() {
    let now = Instant::now();
    let later = now + Duration::from_secs(1);
    let soon = now + Duration::from_millis(1);
    let mut state = with(&[], now);
    let steps = [
        ("a", later, Wake::All),
        ("b", soon, Wake::All),
        ("c", later, Wake::Nobody),
        ("d", now, Wake::One),
        ("d", now, Wake::Nobody),
        ("d", later, Wake::Nobody),
        ("c", now, Wake::One),
    ];
    for (item, at, wake) in steps {
        assert_eq!(state.add(Arc::new(item), at, 0, now), Some(wake), "{item}");
    }
    assert_eq!(take(&mut state, now), Some("d"));
    assert_eq!(state.add(Arc::new("d"), now, 0, now), Some(Wake::Nobody));
    assert_eq!(state.done(&"d", now).1, Wake::One);
    assert_eq!(state.done(&"d", now).1, Wake::Nobody);
}

#[test]
fn a_getter_looks_again_when_the_first_delay_ends() {
    let now = Instant::now();
    let later = now + Duration::from_secs(1);
    let mut state = with(&[], now);
    assert_eq!(state.get(now), Next::Wait(None));
    state.add(Arc::new("a"), later, 0, now);
    assert_eq!(state.get(now), Next::Wait(Some(later)));
    let waited = Duration::from_secs(2);
    let work = Work {
        item: Arc::new("a"),
        priority: 0,
        waited,
    };
    assert_eq!(state.get(later + waited), Next::Work(work));
}

// Rule CR1
#[test]
fn a_delayed_item_is_ordered_by_its_time_not_by_when_a_getter_asked() {
    let now = Instant::now();
    let mut state = with(&["a"], now);
    state.add(Arc::new("late"), now + Duration::from_millis(10), 0, now);
    let after = now + Duration::from_millis(20);
    state.add(Arc::new("b"), after, 0, after);
    let order: Vec<_> = std::iter::from_fn(|| take(&mut state, after)).collect();
    assert_eq!(order, ["a", "late", "b"]);
}

// Rule K9
#[test]
fn adds_count_items_that_became_ready_and_not_those_that_were() {
    let now = Instant::now();
    let later = now + Duration::from_secs(1);
    let mut state = with(&["a", "a", "b"], now);
    assert_eq!(state.adds(), 2);
    state.add(Arc::new("a"), now, 5, now);
    assert_eq!(state.adds(), 2, "a higher priority is no second item");
    state.add(Arc::new("c"), later, 0, now);
    assert_eq!(state.adds(), 2, "its time has not come");
    state.stats(later);
    assert_eq!(state.adds(), 3);
    take(&mut state, later);
    state.add(Arc::new("a"), later, 0, later);
    state.add(Arc::new("a"), later, 1, later);
    state.done(&"a", later);
    assert_eq!(state.adds(), 4);
}

// Rule K5
#[test]
fn a_burst_that_is_over_leaves_no_memory_behind() {
    let now = Instant::now();
    let mut state = State::new();
    for item in 0..100_000_u32 {
        state.add(Arc::new(item), now, 0, now);
    }
    while let Next::Work(work) = state.get(now) {
        state.done(&work.item, now);
        assert_eq!(Arc::strong_count(&work.item), 1, "still held");
    }
    assert!(state.pending.capacity() <= 4 * SMALL);
}

#[test]
fn ages_are_of_the_items_held() {
    let now = Instant::now();
    let mut state = with(&["a", "b", "c"], now);
    take(&mut state, now);
    take(&mut state, now + Duration::from_secs(1));
    let stats = state.stats(now + Duration::from_secs(3));
    assert_eq!(stats.unfinished, Duration::from_secs(5));
    assert_eq!(stats.longest_running, Duration::from_secs(3));
    assert_eq!((stats.waiting, stats.processing), (1, 2));
}
