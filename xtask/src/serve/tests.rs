//! The server's promises, asked over a real socket.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use tempfile::TempDir;

use super::*;

/// A folder of two pages; removed again when dropped.
fn folder() -> io::Result<TempDir> {
    let folder = TempDir::new()?;
    fs::create_dir(folder.path().join("sub"))?;
    fs::write(folder.path().join("index.html"), "top")?;
    fs::write(folder.path().join("sub/index.html"), "below")?;
    fs::write(folder.path().join("big.wasm"), vec![7; 100_000])?;
    Ok(folder)
}

fn ask(server: &Server, method: &str, path: &str) -> String {
    let mut socket = TcpStream::connect(server.address).expect("the server listens");
    let request = format!("{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    socket.write_all(request.as_bytes()).expect("the server reads");
    let mut answer = Vec::new();
    socket.read_to_end(&mut answer).expect("the server answers and closes");
    String::from_utf8(answer).expect("the test files are ASCII")
}

#[test]
fn files_and_folders_are_served_and_nothing_else() {
    let folder = folder().expect("the temporary folder can be written");
    let server = Server::start(folder.path(), Options::default()).expect("a free port can be opened");
    for (method, path, status, part) in [
        ("GET", "/", "200", "\r\n\r\ntop"),
        ("GET", "/index.html?x=1", "200", "\r\n\r\ntop"),
        ("GET", "/sub/", "200", "\r\n\r\nbelow"),
        ("GET", "/sub?x=1", "308", "location: /sub/?x=1\r\n"),
        ("GET", "//sub", "308", "location: /sub/\r\n"),
        ("GET", "/big.wasm", "200", "content-length: 100000\r\n"),
        ("HEAD", "/index.html", "200", "content-length: 3\r\n"),
        ("GET", "/none.html", "404", "content-type: text/plain"),
        ("GET", "/../Cargo.toml", "404", "no such file"),
        ("GET", "/%2e%2e/Cargo.toml", "404", "no such file"),
        ("POST", "/index.html", "405", "allow: GET, HEAD\r\n"),
    ] {
        let answer = ask(&server, method, path);
        assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "{method} {path}: {answer:.300}");
        assert!(answer.contains(part), "{method} {path}: {answer:.300}");
        assert!(answer.contains("cache-control: no-cache\r\n"), "{method} {path}: {answer:.300}");
        assert!(answer.contains("x-content-type-options: nosniff\r\n"), "{method} {path}: {answer:.300}");
        assert!(answer.contains("access-control-allow-origin: *\r\n"), "{method} {path}: {answer:.300}");
        assert!(!answer.contains("cross-origin-"), "{method} {path}: {answer:.300}");
        assert!(!answer.contains("content-security-policy"), "{method} {path}: {answer:.300}");
    }
    assert!(ask(&server, "HEAD", "/index.html").ends_with("\r\n\r\n"), "HEAD has no body");
}

#[test]
fn an_isolated_site_says_so_below_its_prefix() {
    let folder = folder().expect("the temporary folder can be written");
    let options = Options { port: 0, isolated: true, prefix: "some/where".to_string(), ..Options::default() };
    let server = Server::start(folder.path(), options).expect("a free port can be opened");
    assert!(server.url().ends_with("/some/where/"), "{}", server.url());
    let answer = ask(&server, "GET", "/some/where/");
    assert!(answer.ends_with("top"), "{answer}");
    for (name, value) in ISOLATION {
        assert!(answer.contains(&format!("{name}: {value}\r\n")), "{answer}");
    }
    assert!(ask(&server, "GET", "/some/where").contains("location: /some/where/\r\n"));
    assert!(ask(&server, "GET", "/").starts_with("HTTP/1.1 404"));
}

#[test]
fn a_policy_is_sent_with_every_answer() {
    let folder = folder().expect("the temporary folder can be written");
    let options = Options { policy: "default-src 'none'".to_string(), ..Options::default() };
    let server = Server::start(folder.path(), options).expect("a free port can be opened");
    for path in ["/", "/none.html"] {
        assert!(ask(&server, "GET", path).contains("content-security-policy: default-src 'none'\r\n"));
    }
    let broken = Options { policy: "a\nb".to_string(), ..Options::default() };
    assert!(Server::start(folder.path(), broken).is_err(), "no header has two lines");
}

#[test]
fn a_dropped_server_frees_its_port() {
    let folder = folder().expect("the temporary folder can be written");
    let server = Server::start(folder.path(), Options::default()).expect("a free port can be opened");
    let options = Options { port: server.address.port(), ..Options::default() };
    let taken = Server::start(folder.path(), options.clone());
    assert_eq!(taken.err().map(|error| error.kind()), Some(io::ErrorKind::AddrInUse));
    drop(server);
    // The accepting thread closes its socket on its own; a moment is enough.
    let freed = (0..100).any(|_| {
        thread::sleep(std::time::Duration::from_millis(20));
        Server::start(folder.path(), options.clone()).is_ok()
    });
    assert!(freed, "port {} is still taken", options.port);
}

#[test]
fn connections_that_stay_open_keep_no_other_waiting() {
    let folder = folder().expect("the temporary folder can be written");
    // Browsers open several connections at a time, keep them, and let some of them wait without a word.
    for round in 0..100 {
        let server = Server::start(folder.path(), Options::default()).expect("a free port can be opened");
        let open: Vec<_> = (0..12).map(|_| TcpStream::connect(server.address).expect("the server listens")).collect();
        for (number, mut socket) in open.iter().enumerate().skip(4) {
            socket.write_all(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").expect("the server reads");
            socket.set_read_timeout(Some(Duration::from_secs(5))).expect("a socket has timeouts");
            let mut start = [0; 12];
            let read = socket.read_exact(&mut start);
            assert!(read.is_ok() && start == *b"HTTP/1.1 200", "round {round}, connection {number}: {read:?}");
        }
    }
}
