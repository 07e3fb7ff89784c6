//! A static web server for this machine alone: it serves one folder as a hosted page would see it, with or without
//! cross-origin isolation, at the root or below a path. It reads files and nothing else, and never leaves its folder.

mod path;

use std::fs;
use std::io;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use std::future::IntoFuture;

use anyhow::{Context, Result, anyhow};
use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    response::Response,
};
use lexopt::ValueExt;
use tokio::sync::oneshot;

use crate::bundle;

/// The command's arguments.
pub const USAGE: &str = "[--port N]";
/// What the command does, in a line.
pub const DOC: &str = "builds the page in release and serves it on this machine (port 8080, or the next free one)";

const DEFAULT_PORT: u16 = 8080;
/// How many ports after a taken one are tried.
const PORTS_TRIED: u16 = 100;

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
    /// The Content-Security-Policy of every answer; empty for none.
    pub policy: String,
}

/// A running server; it stops when dropped.
pub struct Server {
    address: SocketAddr,
    prefix: String,
    thread: Option<JoinHandle<()>>,
    stop: Option<oneshot::Sender<()>>,
}

impl Server {
    /// Starts to serve a folder.
    pub fn start(folder: &Path, options: Options) -> io::Result<Server> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port))?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let prefix = format!("/{}/", options.prefix.trim_matches('/')).replace("//", "/");
        let policy = match options.policy.as_str() {
            "" => None,
            policy => Some(HeaderValue::from_str(policy).map_err(io::Error::other)?),
        };
        let folder = folder.to_path_buf();
        let site = Arc::new(Site { folder, prefix: prefix.clone(), isolated: options.isolated, policy });
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let (stop, stopped) = oneshot::channel();
        let thread = thread::spawn(move || {
            runtime.block_on(async {
                let app = Router::new().fallback(move |request: Request| async move { site.answer(&request) });
                let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
                // Either ends the other: connections that browsers keep open end with the runtime.
                tokio::select! {
                    _ = axum::serve(listener, app).into_future() => {}
                    _ = stopped => {}
                }
            });
        });
        Ok(Server { address, prefix, thread: Some(thread), stop: Some(stop) })
    }

    /// The address of the served folder's top; it ends in `/`.
    pub fn url(&self) -> String {
        format!("http://{}{}", self.address, self.prefix)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
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
    policy: Option<HeaderValue>,
}

impl Site {
    fn answer(&self, request: &Request) -> Response {
        if request.method() != Method::GET && request.method() != Method::HEAD {
            let allow = (header::ALLOW, HeaderValue::from_static("GET, HEAD"));
            return self.response(StatusCode::METHOD_NOT_ALLOWED, path::TEXT, [allow], "405: files can only be read\n");
        }
        let url = request.uri().path_and_query().map_or("/", |url| url.as_str());
        match self.find(url) {
            Found::File(bytes, mime) => self.response(StatusCode::OK, mime, [], bytes),
            Found::Folder(url) => match HeaderValue::from_str(&url) {
                Ok(url) => {
                    self.response(StatusCode::PERMANENT_REDIRECT, path::TEXT, [(header::LOCATION, url)], "moved\n")
                }
                Err(_) => self.response(StatusCode::NOT_FOUND, path::TEXT, [], NO_FILE),
            },
            Found::Nothing => self.response(StatusCode::NOT_FOUND, path::TEXT, [], NO_FILE),
        }
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
        fs::read(&file).map_or(Found::Nothing, |bytes| Found::File(bytes, path::mime(&file)))
    }

    fn response<const N: usize>(
        &self,
        status: StatusCode,
        mime: &'static str,
        more: [(HeaderName, HeaderValue); N],
        body: impl Into<Body>,
    ) -> Response {
        let mut response = Response::new(body.into());
        *response.status_mut() = status;
        let always = [
            (header::CONTENT_TYPE, mime),
            (header::CACHE_CONTROL, "no-cache"),
            (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
            // A page of any origin may embed a widget.
            (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        ];
        let headers = response.headers_mut();
        headers.extend(always.map(|(name, value)| (name, HeaderValue::from_static(value))));
        if self.isolated {
            let isolation = ISOLATION.map(|(name, value)| (HeaderName::from_static(name), value));
            headers.extend(isolation.map(|(name, value)| (name, HeaderValue::from_static(value))));
        }
        if let Some(policy) = &self.policy {
            headers.insert(header::CONTENT_SECURITY_POLICY, policy.clone());
        }
        headers.extend(more);
        response
    }
}

const NO_FILE: &str = "404: there is no such file\n";

/// What a server must send for a page to be cross-origin isolated. Files may still be used by any page: a widget's are.
const ISOLATION: [(&str, &str); 3] = [
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-embedder-policy", "require-corp"),
    ("cross-origin-resource-policy", "cross-origin"),
];

enum Found {
    File(Vec<u8>, &'static str),
    /// A folder asked for without the closing `/`; with it, the page's relative links work.
    Folder(String),
    Nothing,
}

#[cfg(test)]
mod tests;
