//! Orders to the server: the smallest HTTP client that does, so that it costs nothing.

use std::io::{Read, Write};
use std::net::TcpStream;

use crate::failure::Failure;

/// Gives an order and returns the answer.
pub(crate) fn order(server: &str, order: &str) -> Result<String, Failure> {
    let address = server.strip_prefix("http://").unwrap_or(server);
    let mut socket = TcpStream::connect(address)?;
    write!(
        socket,
        "GET /script/{order} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    )?;
    let mut reply = String::new();
    socket.read_to_string(&mut reply)?;
    let body = reply
        .split_once("\r\n\r\n")
        .map(|(_, body)| body.to_owned());
    body.ok_or_else(|| format!("the server does not answer `{order}`").into())
}
