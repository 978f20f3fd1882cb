//! Certificates with random damage, which a server sends behind its own: what Go cannot read
//! must not be read here.

use crate::case::World;
use crate::der::{
    ANY, CERTIFICATES, Form, SERVER, basic, constraints, dns, extension, integer, ip, mail, oid,
    purposes, seq, tlv, uri, usage,
};
use crate::{server, verdict};

/// How many are tried, unless `KUBEWRIGHT_CASES` says so.
const CASES: u64 = 300;

/// Compares both clients. Fails at the first one that only this library accepts.
pub(crate) fn compare(world: &World) -> Result<(), String> {
    let cases = std::env::var("KUBEWRIGHT_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok());
    let seed = std::env::var("KUBEWRIGHT_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or_else(|| {
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        now.unwrap().as_secs()
    });
    let originals = originals(world);
    let (mut accepted, mut stricter) = (0, 0);
    for case in 0..cases.unwrap_or(CASES) {
        let mut random = Random(seed.wrapping_mul(1_000_003).wrapping_add(case) | 1);
        let original = &originals[random.below(originals.len())];
        let damaged = damage(original, &mut random);
        let case_text = format!("seed {seed}, case {case}: {damaged:02x?}");
        let case = world.chain(vec![world.leaf().signed(&world.root), damaged]);
        let address = server::start(&case, world);
        let go = verdict::go(&case, address, world.go());
        let ours = verdict::ours(&case, address);
        match (&go, &ours) {
            (Err(go), Ok(())) => return Err(format!("Go: {go}\n{case_text}")),
            (Ok(()), Ok(())) => accepted += 1,
            (Ok(()), Err(_)) => stricter += 1,
            (Err(_), Err(_)) => {}
        }
    }
    println!("{accepted} accepted by both, {stricter} by Go alone");
    Ok(())
}

/// Certificates that have all that can be damaged.
fn originals(w: &World) -> Vec<Vec<u8>> {
    let form = |name: &str| Form::new(name, &w.stranger, "nobody");
    let policy = seq(&[seq(&[
        oid("1.2.3"),
        seq(&[seq(&[oid("1.3.6.1.5.5.7.2.1"), tlv(0x16, b"a")])]),
    ])]);
    let point = seq(&[tlv(0xa0, &tlv(0xa0, &uri("http://a/crl")))]);
    let information = seq(&[seq(&[oid("1.3.6.1.5.5.7.48.1"), uri("http://a/")])]);
    let names = [
        dns("a.example"),
        ip(&[10, 0, 0, 1]),
        mail("a@b.example"),
        uri("spiffe://a/b"),
    ];
    let key = |id: &str, value: &[u8]| extension(id, false, value);
    [
        form("plain").of_version_1(),
        form("server").and(&[
            crate::der::names(&names),
            purposes(&[SERVER, ANY]),
            usage(&[CERTIFICATES]),
            basic(true, Some(3)),
        ]),
        form("authority").and(&[
            constraints(
                &[dns(".example"), ip(&[10, 0, 0, 0, 255, 0, 0, 0])],
                &[mail("a.example"), uri("b.example")],
            ),
            key("2.5.29.14", &tlv(4, b"own")),
            key("2.5.29.35", &seq(&[tlv(0x80, b"other")])),
        ]),
        form("policies").and(&[
            key("2.5.29.32", &policy),
            key("2.5.29.33", &seq(&[seq(&[oid("1.2.3"), oid("1.2.4")])])),
            key("2.5.29.36", &seq(&[tlv(0x80, &[1]), tlv(0x81, &[2])])),
            key("2.5.29.54", &integer(&[1])),
            key("2.5.29.31", &seq(&[point])),
            key("1.3.6.1.5.5.7.1.1", &information),
        ]),
    ]
    .map(|form| form.signed(&w.stranger))
    .to_vec()
}

/// Changes, removes or repeats a few bytes.
fn damage(original: &[u8], random: &mut Random) -> Vec<u8> {
    let mut damaged = original.to_vec();
    for _ in 0..=random.below(2) {
        let at = random.below(damaged.len());
        match random.below(6) {
            0 => damaged[at] ^= 1 << random.below(8),
            1 => damaged[at] = u8::try_from(random.below(256)).unwrap(),
            2 => damaged[at] = [0, 1, 0x7f, 0x80, 0xff][random.below(5)],
            3 => damaged[at] = damaged[at].wrapping_add(1),
            4 => swap_tags(&mut damaged, at, random),
            _ => damaged[at] = damaged[at].wrapping_sub(1),
        }
    }
    damaged
}

/// Gives an element another type, as the bytes that look like tags are.
fn swap_tags(damaged: &mut [u8], from: usize, random: &mut Random) {
    const TAGS: [u8; 12] = [1, 2, 3, 4, 5, 6, 0x0c, 0x13, 0x17, 0x18, 0x30, 0x31];
    let found = damaged[from..].iter().position(|byte| TAGS.contains(byte));
    if let Some(at) = found {
        damaged[from + at] = TAGS[random.below(TAGS.len())];
    }
}

/// A small generator of numbers, so that a seed is all that a failure needs.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 16).unwrap() % limit
    }
}
