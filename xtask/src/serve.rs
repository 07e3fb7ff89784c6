//! A static web server for this machine alone: it serves one folder as a hosted page would see it, with or without
//! cross-origin isolation, at the root or below a path. It reads files and nothing else, and never leaves its folder.

mod path;

use std::fs::File;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use anyhow::{Context, Result, anyhow};
use lexopt::ValueExt;
use tiny_http::{Header, Method, Request, Response};

use crate::bundle;

/// The command's arguments.
pub const USAGE: &str = "[--port N]";
/// What the command does, in a line.
pub const DOC: &str = "builds the page in release and serves it on this machine (port 8080, or the next free one)";

const DEFAULT_PORT: u16 = 8080;
/// How many ports after a taken one are tried.
const PORTS_TRIED: u16 = 100;
/// Enough for a page, its worker and their files at once.
const THREADS: usize = 4;

/// `cargo xtask serve`
pub fn command(mut args: lexopt::Parser) -> Result<ExitCode> {
    let mut port = DEFAULT_PORT;
    while let Some(arg) = args.next()? {
        match arg {
            lexopt::Arg::Long("port") => port = args.value()?.parse()?,
            _ => return Err(arg.unexpected().into()),
        }
    }
    bundle::bundle(&bundle::RELEASE, &bundle::dist())?;
    let server = start_near(port)?;
    println!("Serving dist/ until Ctrl-C:\n{}", server.url());
    loop {
        thread::park();
    }
}

fn start_near(port: u16) -> Result<Server> {
    let ports = port..=port.saturating_add(PORTS_TRIED);
    for candidate in ports.clone() {
        let options = Options { port: candidate, isolated: true, ..Options::default() };
        match Server::start(&bundle::dist(), options) {
            Ok(server) if candidate == port => return Ok(server),
            Ok(server) => {
                println!("Port {port} is taken.");
                return Ok(server);
            }
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => {}
            Err(error) => return Err(error).with_context(|| format!("port {candidate} cannot be opened; try --port")),
        }
    }
    Err(anyhow!("ports {port} to {} are all taken; name another with --port", ports.end()))
}

/// How a folder is served.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The port on 127.0.0.1; 0 takes any free one.
    pub port: u16,
    /// Whether pages are cross-origin isolated, which shared memory needs.
    pub isolated: bool,
    /// The path below which the files appear, such as `/some/where/`; empty for the root.
    pub prefix: String,
}

/// A running server; it stops when dropped.
pub struct Server {
    http: Arc<tiny_http::Server>,
    address: SocketAddr,
    prefix: String,
    threads: Vec<JoinHandle<()>>,
}

impl Server {
    /// Starts to serve a folder.
    pub fn start(folder: &Path, options: Options) -> io::Result<Server> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))?;
        let address = listener.local_addr()?;
        let http = Arc::new(tiny_http::Server::from_listener(listener, None).map_err(io::Error::other)?);
        let prefix = format!("/{}/", options.prefix.trim_matches('/')).replace("//", "/");
        let site = Arc::new(Site { folder: folder.to_path_buf(), prefix: prefix.clone(), isolated: options.isolated });
        let threads = (0..THREADS).map(|_| {
            let (http, site) = (Arc::clone(&http), Arc::clone(&site));
            thread::spawn(move || http.incoming_requests().for_each(|request| site.answer(request)))
        });
        Ok(Server { threads: threads.collect(), http, address, prefix })
    }

    /// The address of the served folder's top; it ends in `/`.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.prefix)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        for _ in &self.threads {
            self.http.unblock();
        }
        for thread in self.threads.drain(..) {
            // A thread that panicked has said so on stderr; there is nobody left to tell.
            let _ = thread.join();
        }
    }
}

/// What is served, and how.
struct Site {
    folder: PathBuf,
    prefix: String,
    isolated: bool,
}

impl Site {
    fn answer(&self, request: Request) {
        // A browser that goes away before it has read everything is no error of ours.
        let _ = match request.method() {
            Method::Get | Method::Head => match self.find(request.url()) {
                Found::File(file, mime) => request.respond(self.with_headers(Response::from_file(file), mime)),
                Found::Folder(url) => {
                    let response = Response::from_string("moved\n").with_status_code(308);
                    let response = response.with_header(header("Location", &url));
                    request.respond(self.with_headers(response, path::TEXT))
                }
                Found::Nothing => {
                    let response = Response::from_string("404: there is no such file\n").with_status_code(404);
                    request.respond(self.with_headers(response, path::TEXT))
                }
            },
            _ => {
                let response = Response::from_string("405: files can only be read\n").with_status_code(405);
                let response = response.with_header(header("Allow", "GET, HEAD"));
                request.respond(self.with_headers(response, path::TEXT))
            }
        };
    }

    fn find(&self, url: &str) -> Found {
        let Some(relative) = path::resolve(&self.prefix, url) else { return Found::Nothing };
        let mut file = self.folder.join(relative);
        if file.is_dir() {
            let (path, query) = url.split_at(url.find('?').unwrap_or(url.len()));
            if !path.ends_with('/') {
                // One `/` in front: two would name another host.
                return Found::Folder(format!("/{}/{query}", path.trim_start_matches('/')));
            }
            file.push("index.html");
        }
        match File::open(&file) {
            Ok(opened) if file.is_file() => Found::File(opened, path::mime(&file)),
            _ => Found::Nothing,
        }
    }

    fn with_headers<R: io::Read>(&self, response: Response<R>, mime: &str) -> Response<R> {
        let always = [("Content-Type", mime), ("Cache-Control", "no-cache"), ("X-Content-Type-Options", "nosniff")];
        let isolation: &[_] = if self.isolated { &ISOLATION } else { &[] };
        // The length of every answer is known: no need to send it in chunks.
        let response = response.with_chunked_threshold(usize::MAX);
        always
            .iter()
            .chain(isolation)
            .fold(response, |response, (name, value)| response.with_header(header(name, value)))
    }
}

/// What a server must send for a page to be cross-origin isolated. Files may still be used by any page: a widget's are.
const ISOLATION: [(&str, &str); 3] = [
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Embedder-Policy", "require-corp"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
];

enum Found {
    File(File, &'static str),
    /// A folder asked for without the closing `/`; with it, the page's relative links work.
    Folder(String),
    Nothing,
}

fn header(name: &str, value: &str) -> Header {
    Header::from_bytes(name, value)
        .expect("names and values are ASCII: constants, or a URL that came in a request line")
}

#[cfg(test)]
mod tests;
