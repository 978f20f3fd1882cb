//! A model of an API server with one collection: its answers to LIST and WATCH, and the faults
//! that a test injects. It carries no bytes: sockets and scripts do.

use super::collection::{Collection, Pod};

/// What a request asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asks {
    List,
    NextPage,
    /// A watch that begins with what is there.
    Stream,
    Watch,
}

/// What happens to one request.
#[derive(Clone, Debug)]
pub(crate) enum Injected {
    /// An answer that is not a success: code, reason, cause.
    Status(u16, &'static str, &'static str),
    /// As 429, with a `Retry-After` of one second.
    InASecond,
    /// The connection ends before the answer.
    Close,
    /// After so many frames these bytes come, and the end.
    After(usize, String),
    /// After so many frames the connection breaks.
    Reset(usize),
    /// These bytes come before everything else.
    First(String),
    /// The objects that are there come, their end does not.
    NoBookmark,
    /// The objects that are there come, their end only behind the next change.
    LateEnd,
    /// A list begins with this item.
    Item(String),
    /// These bytes come in place of a list.
    Body(String),
    /// The list comes compressed; half of it, where so.
    Gzip(bool),
    /// The request is taken and never answered.
    Silence,
    /// The answer stops after so many bytes, and the connection stays.
    Stall(usize),
    /// A bookmark comes first that says the beginning is not over.
    FalseBookmark,
}

pub(crate) const EXPIRED: Injected = Injected::Status(410, "Expired", "");
pub(crate) const TOO_LARGE: Injected = Injected::Status(504, "Timeout", "ResourceVersionTooLarge");
pub(crate) const INVALID: Injected = Injected::Status(422, "Invalid", "");
pub(crate) const BUSY: Injected = Injected::Status(429, "TooManyRequests", "");
pub(crate) const BROKEN: Injected = Injected::Status(500, "InternalError", "");

/// An ERROR event.
pub(crate) fn error_event(code: u16, reason: &str) -> String {
    format!(
        r#"{{"type":"ERROR","object":{}}}"#,
        status(code, reason, "")
    )
}

pub(crate) type OnRequest = Box<dyn Fn(&mut Collection) + Send>;

#[derive(Default)]
pub(crate) struct State {
    pub(crate) collection: Collection,
    /// Each applies to the first request of its kind, once.
    pub(crate) faults: Vec<(Asks, Injected)>,
    /// All requests so far, in short; those that the client waited before are marked `~`.
    pub(crate) requests: Vec<String>,
    /// Objects a page; without it lists come in one piece.
    pub(crate) page: Option<usize>,
    /// Happens to the collection when a request arrives, before it is answered.
    pub(crate) on_request: Option<OnRequest>,
    /// Whether an expired version is reported as an event.
    pub(crate) late_expiry: bool,
    /// Open watches.
    pub(crate) watches: usize,
    /// Connections that are being served.
    pub(crate) connections: usize,
    pub(crate) bookmarks: usize,
    /// Open watches bring nothing, and do not end.
    pub(crate) is_deaf: bool,
    /// The client has waited since the last request.
    pub(crate) waited: bool,
    /// How often open watches were cut, and what they say last.
    pub(crate) cuts: (usize, String),
}

/// What an open watch does next.
pub(crate) enum Said {
    Frames(String),
    /// These bytes, and the end.
    Last(String),
    /// The connection breaks.
    Reset,
    /// Nothing before something changes.
    Nothing,
}

/// A watch that is being answered.
pub(crate) struct Watching {
    open: Open,
    fault: Option<Injected>,
    /// What it brings first, until it has been said.
    first: Vec<String>,
    /// So many frames come before its end.
    left: usize,
}

impl Watching {
    /// An open watch, or the refusal of one: code and body.
    pub(crate) fn begin(
        state: &State,
        query: &Query,
        fault: Option<Injected>,
    ) -> Result<Self, (u16, String)> {
        let (mut open, mut first) = state.begin_watch(query)?;
        match &fault {
            Some(Injected::First(text)) => first.insert(0, text.clone()),
            Some(Injected::FalseBookmark) => first.insert(0, bookmark(open.version, Some("false"))),
            Some(Injected::NoBookmark) => drop(first.pop()),
            Some(Injected::LateEnd) => open.unended = first.pop().is_some(),
            _ => {}
        }
        let left = match fault {
            Some(Injected::After(frames, _) | Injected::Reset(frames)) => frames,
            _ => usize::MAX,
        };
        Ok(Watching {
            open,
            fault,
            first,
            left,
        })
    }

    pub(crate) fn next(&mut self, state: &State) -> Said {
        if self.left == 0 {
            return match &self.fault {
                Some(Injected::After(_, last)) => Said::Last(last.clone()),
                _ => Said::Reset,
            };
        }
        let mut frames = std::mem::take(&mut self.first);
        if frames.is_empty() {
            frames = match state.go_on(&mut self.open) {
                Ok(more) => more,
                Err(last) => return Said::Last(last),
            };
        }
        if frames.is_empty() {
            return Said::Nothing;
        }
        frames.truncate(self.left);
        self.left -= frames.len();
        Said::Frames(frames.concat())
    }
}

/// How far an open watch has come.
struct Open {
    version: u64,
    bookmarks: usize,
    cuts: usize,
    /// The beginning waits for a change.
    unended: bool,
}

impl State {
    /// Records a request and takes the fault that applies to it.
    pub(crate) fn note(&mut self, query: &Query) -> Option<Injected> {
        if let Some(act) = &self.on_request {
            act(&mut self.collection);
        }
        let wait = if std::mem::take(&mut self.waited) {
            "~ "
        } else {
            ""
        };
        self.requests.push(format!("{wait}{}", query.short));
        let mut faults = self.faults.iter();
        let place = faults.position(|(asks, _)| *asks == query.asks)?;
        Some(self.faults.remove(place).1)
    }

    /// The body of a list, or the refusal of one: code and body.
    pub(crate) fn list(
        &mut self,
        query: &Query,
        fault: Option<&Injected>,
    ) -> Result<String, (u16, String)> {
        if let Some(Injected::Body(body)) = fault {
            return Ok(body.clone());
        }
        let odd = match fault {
            Some(Injected::Item(odd)) => Some(odd.clone()),
            _ => None,
        };
        self.refuse_future(query)?;
        let most = self.page.filter(|_| query.limited).unwrap_or(usize::MAX);
        let (version, from) = query.page.unwrap_or((self.collection.version, 0));
        let Some((pods, rest)) = self.collection.page(version, from, most) else {
            return Err((410, status(410, "Expired", "")));
        };
        let token = match rest {
            0 => String::new(),
            _ => format!("{version}-{}", from + pods.len()),
        };
        let items: Vec<_> = odd.into_iter().chain(pods.iter().map(Pod::json)).collect();
        Ok(format!(
            r#"{{"kind":"PodList","apiVersion":"v1","metadata":{{"resourceVersion":"{version}","continue":"{token}"}},"items":[{}]}}"#,
            items.join(",")
        ))
    }

    /// Where a watch stands, and what it brings first.
    fn begin_watch(&self, query: &Query) -> Result<(Open, Vec<String>), (u16, String)> {
        self.refuse_future(query)?;
        let mut open = Open {
            version: query.version,
            bookmarks: self.bookmarks,
            cuts: self.cuts.0,
            unended: false,
        };
        if query.asks == Asks::Stream {
            open.version = self.collection.version;
            let mut frames: Vec<_> = self
                .collection
                .pods()
                .map(|pod| frame("ADDED", pod))
                .collect();
            frames.push(bookmark(open.version, Some("true")));
            return Ok((open, frames));
        }
        if self.collection.since(query.version).is_none() && !self.late_expiry {
            return Err((410, status(410, "Expired", "")));
        }
        Ok((open, Vec::new()))
    }

    /// What an open watch brings next; the error is its last word.
    fn go_on(&self, open: &mut Open) -> Result<Vec<String>, String> {
        if self.is_deaf {
            return Ok(Vec::new());
        }
        if self.cuts.0 != open.cuts {
            return Err(self.cuts.1.clone());
        }
        let Some(changes) = self.collection.since(open.version) else {
            return Err(error_event(410, "Expired"));
        };
        let mut frames: Vec<_> = changes
            .map(|change| frame(change.kind, &change.pod))
            .collect();
        let changed = open.version != self.collection.version;
        open.version = self.collection.version;
        if open.unended && changed {
            open.unended = false;
            frames.push(bookmark(open.version, Some("true")));
        }
        if self.bookmarks != open.bookmarks {
            open.bookmarks = self.bookmarks;
            frames.push(bookmark(open.version, None));
        }
        Ok(frames)
    }

    fn refuse_future(&self, query: &Query) -> Result<(), (u16, String)> {
        if query.version <= self.collection.version {
            return Ok(());
        }
        Err((504, status(504, "Timeout", "ResourceVersionTooLarge")))
    }
}

/// What a request asks for, as far as the model reads it.
pub(crate) struct Query {
    pub(crate) asks: Asks,
    version: u64,
    limited: bool,
    /// Version and first object.
    page: Option<(u64, usize)>,
    /// The request in a few words.
    pub(crate) short: String,
}

impl Query {
    /// Reads the target of a request: path and query.
    pub(crate) fn of(target: &str) -> Self {
        let query = target.split_once('?').map_or("", |(_, query)| query);
        let pairs: Vec<_> = query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .collect();
        let value = |key: &str| pairs.iter().find(|pair| pair.0 == key).map(|pair| pair.1);
        let asks = match (
            value("watch"),
            value("sendInitialEvents"),
            value("continue"),
        ) {
            (Some(_), Some(_), _) => Asks::Stream,
            (Some(_), None, _) => Asks::Watch,
            (None, _, Some(_)) => Asks::NextPage,
            (None, _, None) => Asks::List,
        };
        Query {
            asks,
            version: value("resourceVersion").map_or(0, |text| text.parse().unwrap()),
            limited: value("limit").is_some(),
            page: value("continue").map(|token| {
                let (version, from) = token.split_once('-').unwrap();
                (version.parse().unwrap(), from.parse().unwrap())
            }),
            short: short(asks, &pairs),
        }
    }
}

/// What differs between requests of one kind.
fn short(asks: Asks, pairs: &[(&str, &str)]) -> String {
    let value = |key: &str| pairs.iter().find(|pair| pair.0 == key).map(|pair| pair.1);
    let words = [
        value("resourceVersion").map(str::to_owned),
        value("limit").map(|limit| format!("limit={limit}")),
        value("continue").map(|token| format!("continue={token}")),
    ];
    let verb = match asks {
        Asks::List | Asks::NextPage => "list",
        Asks::Stream => "stream",
        Asks::Watch => "watch",
    };
    let words = words.into_iter().flatten();
    [verb.to_owned()]
        .into_iter()
        .chain(words)
        .collect::<Vec<_>>()
        .join(" ")
}

pub(crate) fn status(code: u16, reason: &str, cause: &str) -> String {
    let causes = match cause {
        "" => String::new(),
        cause => format!(r#","details":{{"causes":[{{"reason":"{cause}","message":"as told"}}]}}"#),
    };
    format!(
        r#"{{"kind":"Status","apiVersion":"v1","metadata":{{}},"status":"Failure","message":"as told","reason":"{reason}","code":{code}{causes}}}"#
    )
}

fn frame(kind: &str, pod: &Pod) -> String {
    format!(r#"{{"type":"{kind}","object":{}}}"#, pod.json()) + "\n"
}

fn bookmark(version: u64, end: Option<&str>) -> String {
    let annotations = end.map_or(String::new(), |end| {
        format!(r#","annotations":{{"k8s.io/initial-events-end":"{end}"}}"#)
    });
    format!(
        r#"{{"type":"BOOKMARK","object":{{"kind":"Pod","apiVersion":"v1","metadata":{{"resourceVersion":"{version}"{annotations}}}}}}}"#
    ) + "\n"
}
