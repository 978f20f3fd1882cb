//! Orders to the server, over the smallest HTTP client that can send them, so that it costs
//! nothing.

use std::io::{Read, Write};
use std::net::TcpStream;

use crate::failure::Failure;
use crate::wire::Endpoint;

/// Gives an order and returns the answer.
pub(crate) fn order(server: &Endpoint, order: &str) -> Result<String, Failure> {
    let address = &server.orders;
    let mut socket = TcpStream::connect(address)?;
    write!(
        socket,
        "GET /{order} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n"
    )?;
    let mut reply = String::new();
    socket.read_to_string(&mut reply)?;
    let body = reply
        .split_once("\r\n\r\n")
        .map(|(_, body)| body.to_owned());
    body.ok_or_else(|| format!("the server does not answer `{order}`").into())
}
