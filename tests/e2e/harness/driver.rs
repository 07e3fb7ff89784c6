//! The chromedriver process of one browser, and the commands that go to it past fantoccini's own.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use fantoccini::wd::WebDriverCompatibleCommand;
use serde_json::Value;
use tempfile::TempDir;
use url::Url;

/// How long chromedriver may take to stop.
const LIMIT: Duration = Duration::from_secs(20);
const PERIOD: Duration = Duration::from_millis(20);

/// A running chromedriver. Dropped, it closes its browser and ends.
pub struct Driver {
    child: Child,
    port: u16,
    /// The browser's process, once there is one.
    pub browser: Option<u64>,
    /// Open as long as chromedriver may write to it.
    _output: BufReader<ChildStdout>,
    /// Where the browser keeps its profile; it leaves things behind, so it goes with the driver.
    _folder: TempDir,
}

impl Driver {
    /// Starts chromedriver on a free port and waits until it listens.
    pub fn start(chromedriver: &Path) -> Result<Driver> {
        let folder = TempDir::new()?;
        let mut command = Command::new(chromedriver);
        command.arg("--port=0").env("TMPDIR", folder.path());
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().with_context(|| format!("{} cannot be run", chromedriver.display()))?;
        let mut output = BufReader::new(child.stdout.take().expect("stdout is piped"));
        match port(&mut output)? {
            Some(port) => Ok(Driver { child, port, browser: None, _output: output, _folder: folder }),
            None => bail!("{} ended before it listened ({})", chromedriver.display(), child.wait()?),
        }
    }

    /// Where WebDriver commands go.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Its own process.
    pub fn process_id(&self) -> u32 {
        self.child.id()
    }

    /// Asks chromedriver to close its browser, remove its profile and end.
    fn shut_down(&self) -> io::Result<()> {
        let mut socket = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        socket.set_read_timeout(Some(LIMIT))?;
        let host = Ipv4Addr::LOCALHOST;
        write!(socket, "GET /shutdown HTTP/1.1\r\nHost: {host}:{}\r\nConnection: close\r\n\r\n", self.port)?;
        socket.read_to_end(&mut Vec::new()).map(drop)
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let asked = self.shut_down();
        let start = Instant::now();
        while asked.is_ok() && start.elapsed() < LIMIT {
            if matches!(self.child.try_wait(), Ok(Some(_))) {
                return;
            }
            thread::sleep(PERIOD);
        }
        // It does not listen any more: no way is left but force, and a failure means that they have ended after all.
        let _ = self.child.kill();
        let _ = self.child.wait();
        if let Some(browser) = self.browser {
            let _ = Command::new("kill").args(["-KILL", &browser.to_string()]).status();
        }
    }
}

/// The port in chromedriver's "started successfully on port 1234."; `None` if it ends without one.
fn port(output: &mut impl BufRead) -> io::Result<Option<u16>> {
    let mut line = String::new();
    while output.read_line(&mut line)? > 0 {
        let number = line.rsplit_once("on port ").map(|(_, number)| number.trim_end().trim_end_matches('.'));
        if let Some(port) = number.and_then(|number| number.parse().ok()).filter(|port| *port > 0) {
            return Ok(Some(port));
        }
        line.clear();
    }
    Ok(None)
}

/// A WebDriver command that fantoccini has no method for: a POST below the session.
#[derive(Debug)]
pub struct Post {
    /// What follows `session/ID/`.
    pub path: &'static str,
    /// The parameters.
    pub body: Value,
}

impl WebDriverCompatibleCommand for Post {
    fn endpoint(&self, base: &Url, session: Option<&str>) -> Result<Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &Url) -> (http::Method, Option<String>) {
        (http::Method::POST, Some(self.body.to_string()))
    }
}
