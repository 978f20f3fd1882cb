//! A correlator whose clock the test moves, and what it says in short.

use proptest::prelude::*;

use super::*;
use crate::model::unstructured::Unstructured;

struct Driven {
    correlator: Correlator,
    now: Instant,
    names: usize,
}

impl Driven {
    fn new() -> Self {
        Driven {
            correlator: Correlator::default(),
            now: Instant::now(),
            names: 0,
        }
    }

    fn later(&mut self, minutes: u64) -> &mut Self {
        self.now += Duration::from_secs(60 * minutes);
        self
    }

    fn say(&mut self, event: Event) -> String {
        self.names += 1;
        let name = format!("e{}", self.names);
        match self.correlator.on(event, name, self.now) {
            Fate::Written(write) => shown(&write),
            Fate::Counted => "counted".to_owned(),
            Fate::Dropped => "dropped".to_owned(),
        }
    }

    fn pass(&mut self) -> Vec<String> {
        let mut due: Vec<_> = self.correlator.pass(self.now).iter().map(shown).collect();
        due.sort();
        due
    }
}

fn shown(write: &Write) -> String {
    match write {
        Write::Create { name, event } => format!("{name}: {}", event.note),
        Write::Count { name, count, .. } => format!("{name} x{count}"),
    }
}

fn pod(name: &str) -> Unstructured {
    let metadata = serde_json::json!({"name": name, "namespace": "prod", "uid": name});
    let pod = serde_json::json!({"apiVersion": "v1", "kind": "Pod", "metadata": metadata});
    Unstructured::try_from(pod).unwrap()
}

fn said(note: &str) -> Event {
    Event::normal(&pod("web"), "Pulled", note)
}

#[test]
fn what_is_said_again_is_counted_in_one_object() {
    // Rules V2, V7: the second time at once, then each doubling
    let mut driven = Driven::new();
    let fates: Vec<_> = (0..9).map(|_| driven.say(said("a"))).collect();
    let counted = "counted";
    let expected = [
        "e1: a", "e1 x2", counted, "e1 x4", counted, counted, counted, "e1 x8", counted,
    ];
    assert_eq!(fates, expected);
    assert!(driven.later(5).pass().is_empty(), "it goes on");
    assert_eq!(driven.later(1).pass(), ["e1 x9"], "it is over");
    assert_eq!(driven.say(said("a")), "e10: a");
    assert!(driven.later(6).pass().is_empty(), "all of it is written");
}

#[test]
fn a_series_ends_when_it_is_quiet_and_not_when_it_is_old() {
    // Rule V7
    let mut driven = Driven::new();
    driven.say(said("a"));
    assert_eq!(driven.later(5).say(said("a")), "e1 x2");
    assert!(driven.later(5).pass().is_empty());
    assert_eq!(driven.say(said("a")), "counted");
    assert_eq!(driven.later(6).pass(), ["e1 x3"]);
    assert!(driven.correlator.groups.is_empty(), "nothing is left of it");
}

#[test]
fn what_goes_on_is_written_each_half_hour() {
    // Rule V7
    let mut driven = Driven::new();
    for _ in 0..3 {
        driven.say(said("a"));
    }
    for _ in 0..7 {
        assert!(driven.later(4).pass().is_empty());
        driven.say(said("b"));
        let group = driven.correlator.groups.values_mut().next().unwrap();
        group
            .series
            .values_mut()
            .for_each(|series| series.last = driven.now);
    }
    assert!(driven.later(1).pass().is_empty());
    assert_eq!(driven.later(1).pass(), ["e1 x3"]);
}

#[test]
fn events_that_differ_in_more_than_the_note_are_not_repetitions() {
    // Rule V2
    let mut driven = Driven::new();
    let other = pod("db");
    let events = [
        said("a"),
        said("b"),
        Event::warning(&pod("web"), "Pulled", "a"),
        Event::normal(&pod("web"), "Killed", "a"),
        Event::normal(&other, "Pulled", "a"),
        said("a").action("Pull"),
        said("a").related(&other),
        Event::normal(Reference::from(&pod("web")).field("spec"), "Pulled", "a"),
    ];
    for (number, event) in events.into_iter().enumerate() {
        let expected = format!("e{}: {}", number + 1, event.note);
        assert_eq!(driven.say(event), expected);
    }
}

#[test]
fn ever_other_words_are_combined() {
    // Rule V3
    let mut driven = Driven::new();
    for number in 1..=9 {
        let expected = format!("e{number}: took {number} ms");
        assert_eq!(driven.say(said(&format!("took {number} ms"))), expected);
    }
    let expected = "e10: (combined from similar events): took 10 ms";
    assert_eq!(driven.say(said("took 10 ms")), expected);
    assert_eq!(driven.say(said("took 11 ms")), "e10 x2");
    assert_eq!(
        driven.say(said("took 3 ms")),
        "e3 x2",
        "known words count for themselves"
    );
    let long = said(&"x".repeat(2000));
    driven.correlator.groups.clear();
    (0..9).for_each(|number| drop(driven.say(said(&number.to_string()))));
    let fate = driven.say(long);
    assert!(
        fate.ends_with('…') && fate.len() <= 1024 + "e22: ".len(),
        "{fate}"
    );
    // Quiet for ten minutes, all starts over.
    driven.later(10).pass();
    assert!(driven.say(said("took 12 ms")).ends_with(": took 12 ms"));
}

#[test]
fn of_one_object_only_so_much_is_written() {
    // Rule V4
    let mut driven = Driven::new();
    let event = |number: usize| Event::normal(&pod("web"), format!("R{number}"), "a");
    let fates: Vec<_> = (0..30).map(|number| driven.say(event(number))).collect();
    assert!(fates[..25].iter().all(|fate| fate.ends_with(": a")));
    assert!(fates[25..].iter().all(|fate| fate == "dropped"));
    let others = [
        Event::warning(&pod("web"), "R", "a"),
        Event::normal(&pod("db"), "R", "a"),
    ];
    assert!(
        others
            .into_iter()
            .all(|other| driven.say(other) != "dropped")
    );
    assert_eq!(
        driven.say(event(1)),
        "counted",
        "what is there is counted still"
    );
    driven.later(5).pass();
    assert!(driven.say(event(40)).ends_with(": a"));
    assert_eq!(driven.say(event(41)), "dropped");
    driven.later(1);
    assert_eq!(
        driven.pass(),
        ["e2 x2"],
        "the end of a series is always told"
    );
    driven.later(25 * 5);
    driven.pass();
    assert!(driven.correlator.buckets.is_empty());
}

#[test]
fn a_full_bucket_saves_nothing_up() {
    // Rule V4
    let mut driven = Driven::new();
    let mut say = |minutes, number: usize| {
        let event = Event::normal(&pod("web"), format!("R{number}"), "a");
        driven.later(minutes).say(event) != "dropped"
    };
    assert!(say(0, 0));
    assert!(say(60, 1));
    let written = (2..40).filter(|&number| say(0, number)).count();
    assert_eq!(written, 24, "one was written before");
    assert!(!say(4, 40), "the next token comes after five minutes");
    assert!(say(1, 41) && !say(0, 42));
}

#[test]
fn an_event_deleted_on_the_server_starts_a_new_series() {
    // Rule V2
    let mut driven = Driven::new();
    driven.say(said("a"));
    driven.say(said("b"));
    driven.correlator.forget("e1");
    assert_eq!(driven.say(said("a")), "e3: a");
    assert_eq!(driven.say(said("b")), "e2 x2", "the other is there still");
}

#[test]
fn the_end_of_a_series_reports_its_count() {
    let mut driven = Driven::new();
    for _ in 0..3 {
        driven.say(said("a"));
    }
    driven.say(said("b"));
    let end: Vec<_> = driven.correlator.end().iter().map(shown).collect();
    assert_eq!(end, ["e1 x3"]);
}

#[test]
fn only_so_much_is_remembered() {
    // Rule V4
    let mut driven = Driven::new();
    for number in 0..MOST + 10 {
        driven.now += Duration::from_millis(1);
        let object = pod(&number.to_string());
        driven.say(Event::normal(&object, "R", "a"));
        // The first is heard of again before there are too many.
        if number == MOST - 1 {
            driven.say(Event::normal(&pod("0"), "R", "a"));
        }
    }
    assert_eq!(driven.correlator.groups.len(), MOST);
    assert_eq!(driven.correlator.buckets.len(), MOST);
    let last = pod(&(MOST + 9).to_string());
    assert!(driven.say(Event::normal(&last, "R", "a")).ends_with("x2"));
    let fates = ["0", "1"].map(|name| driven.say(Event::normal(&pod(name), "R", "a")));
    assert!(
        fates[0] == "counted" && fates[1].ends_with(": a"),
        "{fates:?}"
    );
}

proptest! {
    /// Whatever is said, and when: each event is in a count that is written in the end, or was
    /// dropped; and no more is written than the buckets let through.
    #[test]
    fn nothing_is_lost_but_what_is_dropped(script in prop::collection::vec((0_u8..3, 0_u8..14, 0_u64..90), 0..200)) {
        let mut driven = Driven::new();
        let mut written: HashMap<String, u32> = HashMap::new();
        let (mut dropped, mut requests) = (0, 0);
        let mut note = |write: Write| match write {
            Write::Create { name, .. } => assert!(written.insert(name, 1).is_none(), "two of a name"),
            Write::Count { name, count, .. } => {
                let before = written.insert(name, count);
                assert!(before.is_some_and(|before| before < count));
            }
        };
        let begin = driven.now;
        for (number, (reason, words, seconds)) in script.iter().enumerate() {
            driven.now += Duration::from_secs(*seconds);
            let event = Event::normal(&pod("web"), format!("R{reason}"), words.to_string());
            match driven.correlator.on(event, number.to_string(), driven.now) {
                Fate::Written(write) => {
                    requests += 1;
                    note(write);
                }
                Fate::Counted => {}
                Fate::Dropped => dropped += 1,
            }
            driven.correlator.pass(driven.now).into_iter().for_each(&mut note);
        }
        driven.correlator.end().into_iter().for_each(&mut note);
        prop_assert_eq!(written.values().sum::<u32>() + dropped, script.len() as u32);
        let tokens = 25 + (driven.now - begin).as_secs() / 300 + 1;
        prop_assert!(requests <= tokens);
    }
}
