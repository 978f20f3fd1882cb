//! Golden exchanges: a request as it must be sent, and the answer that it is given.
//!
//! A `.http` file holds `#` comments, then pairs of a request and an answer, each closed by
//! a line of its own: `--- answer` between the two, `--- request` before the next pair.
//! Line ends are `\n` in the file and `\r\n` on the wire; `content-length` of answers is
//! counted here, and the server's address is written `server`. `UPDATE_GOLDEN=1` writes the
//! requests again.

use std::path::PathBuf;
use std::time::Duration;

use kubewright::{Client, Config};
use tokio::io::AsyncWriteExt;
use tokio::net::TcpListener;

use super::server::{answer, read_request};

const ANSWER: &str = "\n--- answer\n";
const REQUEST: &str = "\n--- request\n";

struct Golden {
    path: PathBuf,
    comment: String,
    exchanges: Vec<Exchange>,
}

struct Exchange {
    request: String,
    answer: String,
}

/// Plays the file `name`.http to what `ask` does with a client of the server at `prefix`.
pub(crate) async fn exchange_below(name: &str, prefix: &str, ask: impl AsyncFnOnce(Client)) {
    let mut golden = Golden::read(name);
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let config = Config::new(&format!("http://{address}{prefix}")).unwrap();
    let client = Client::new(&config.with_user_agent("test")).unwrap();
    let answers: Vec<_> = golden.exchanges.iter().map(Exchange::answer).collect();
    let server = tokio::spawn(serve(listener, answers));
    ask(client).await;
    let requests = tokio::time::timeout(Duration::from_secs(20), server).await;
    let requests = requests.expect("a request to each answer").unwrap();
    let as_written = |request: String| request.replace(&address, "server").replace("\r\n", "\n");
    golden.judge(requests.into_iter().map(as_written).collect());
}

/// As [`exchange_below`], with a server that has no prefix.
pub(crate) async fn exchange(name: &str, ask: impl AsyncFnOnce(Client)) {
    exchange_below(name, "", ask).await;
}

/// Gives each answer to one request, each on a connection of its own.
async fn serve(listener: TcpListener, answers: Vec<Vec<u8>>) -> Vec<String> {
    let mut requests = Vec::new();
    for answer in answers {
        let (mut stream, _) = listener.accept().await.unwrap();
        requests.push(read_request(&mut stream).await.unwrap());
        stream.write_all(&answer).await.unwrap();
    }
    requests
}

impl Golden {
    fn read(name: &str) -> Self {
        let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/wire"));
        let path = folder.join(format!("{name}.http"));
        let text = std::fs::read_to_string(&path).unwrap();
        let comment_ends = text
            .split_inclusive('\n')
            .take_while(|line| line.starts_with('#'))
            .map(str::len)
            .sum();
        let (comment, pairs) = text.split_at(comment_ends);
        let exchange = |pair: &str| {
            let (request, answer) = pair.split_once(ANSWER).expect("an answer to each request");
            Exchange {
                request: request.to_owned(),
                answer: answer.to_owned(),
            }
        };
        Golden {
            comment: comment.to_owned(),
            exchanges: pairs
                .trim_end_matches('\n')
                .split(REQUEST)
                .map(exchange)
                .collect(),
            path,
        }
    }

    /// Compares, or writes where that is asked for.
    fn judge(&mut self, requests: Vec<String>) {
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            return self.write(requests);
        }
        let file = self.path.display();
        for (exchange, request) in self.exchanges.iter().zip(&requests) {
            let expected = &exchange.request;
            assert_eq!(
                request, expected,
                "{file}: sent and expected\n{request}\n!=\n{expected}\nUPDATE_GOLDEN=1 writes it again"
            );
        }
    }

    fn write(&self, requests: Vec<String>) {
        let pairs: Vec<_> = requests
            .into_iter()
            .zip(&self.exchanges)
            .map(|(request, exchange)| format!("{request}{ANSWER}{}", exchange.answer))
            .collect();
        let text = format!("{}{}\n", self.comment, pairs.join(REQUEST));
        std::fs::write(&self.path, text).unwrap();
    }
}

impl Exchange {
    fn answer(&self) -> Vec<u8> {
        let (head, body) = self.answer.split_once("\n\n").unwrap_or((&self.answer, ""));
        let mut lines = head.lines();
        let status = lines.next().unwrap().strip_prefix("HTTP/1.1 ").unwrap();
        let headers: Vec<_> = lines.collect();
        answer(status, &headers, body)
    }
}
