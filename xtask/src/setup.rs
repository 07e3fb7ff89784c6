//! What the other commands need on the machine: compile targets, cargo's components, a browser with its driver. What is
//! missing is installed where that can be done unasked; otherwise the error names what to install.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

/// Names under which systems know the browser that the tests drive.
const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const DRIVER: &str = "chromedriver";
/// Where Vulkan drivers leave word of themselves.
const VULKAN_DRIVERS: [&str; 2] = ["/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d"];
/// Debian's packages of the two.
const PACKAGES: [&str; 2] = ["chromium", "chromium-driver"];

/// A browser and the WebDriver server that drives it.
#[derive(Clone, Debug)]
pub struct Browser {
    /// Chromium, or a browser made from it.
    pub chromium: PathBuf,
    /// Its chromedriver.
    pub chromedriver: PathBuf,
}

/// Makes sure that rustc can compile for a target.
pub fn target(triple: &str) -> Result<()> {
    let answer = Command::new("rustc").args(["--print", "target-libdir", "--target", triple]).output();
    let answer = answer.context("rustc cannot be run; install Rust with rustup")?;
    let folder = String::from_utf8_lossy(&answer.stdout);
    if answer.status.success() && Path::new(folder.trim()).is_dir() {
        return Ok(());
    }
    install(Command::new("rustup").args(["target", "add", triple]))
        .with_context(|| format!("the Rust target {triple} is missing; install it with: rustup target add {triple}"))
}

/// Makes sure that one of the toolchain's own tools is there: `rustfmt` or `clippy`.
pub fn component(name: &str) -> Result<()> {
    let program = if name == "clippy" { "cargo-clippy" } else { name };
    if succeeds(Command::new(program).arg("--version")) {
        return Ok(());
    }
    install(Command::new("rustup").args(["component", "add", name]))
        .with_context(|| format!("{name} is missing; install it with: rustup component add {name}"))
}

/// Finds Chromium and its driver, and installs Debian's when there are none and we may.
pub fn browser() -> Result<Browser> {
    if let Some(browser) = installed_browser() {
        return Ok(browser);
    }
    packages(&PACKAGES).context("the browser tests need Chromium and chromedriver on the PATH")?;
    installed_browser().context("Chromium and chromedriver are installed, but not on the PATH; add their folder to it")
}

/// Makes sure that there is a Vulkan driver: that of a GPU, or Mesa's, which computes on the processor.
pub fn vulkan() -> Result<()> {
    if VULKAN_DRIVERS.iter().any(|folder| Path::new(folder).read_dir().is_ok_and(|mut files| files.next().is_some())) {
        return Ok(());
    }
    packages(&["mesa-vulkan-drivers"]).context("the GPU tests need a Vulkan driver")
}

/// Installs Debian's packages, if this is Debian and we may.
fn packages(names: &[&str]) -> Result<()> {
    ensure!(
        on_path("apt-get").is_some() && is_root(),
        "install what is missing, on Debian with: sudo apt-get install {}",
        names.join(" ")
    );
    install(apt_get().arg("update"))?;
    install(apt_get().args(["install", "-y", "--no-install-recommends"]).args(names))
}

fn installed_browser() -> Option<Browser> {
    let chromium = BROWSERS.iter().find_map(|name| on_path(name))?;
    Some(Browser { chromium, chromedriver: on_path(DRIVER)? })
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive");
    command
}

/// Runs an installing command in sight, after saying which.
fn install(command: &mut Command) -> Result<()> {
    println!("setup: {}", shown(command));
    let status = command.status().with_context(|| format!("`{}` cannot be run", shown(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status}); see its messages above", shown(command));
    }
    Ok(())
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

fn succeeds(command: &mut Command) -> bool {
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

fn on_path(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|file| file.is_file())
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_installed_is_found_without_installing() {
        assert!(target("x86_64-unknown-linux-gnu").is_ok() || !cfg!(all(target_arch = "x86_64", target_os = "linux")));
        assert!(on_path("cargo").is_some());
        assert!(on_path("no-such-program-anywhere").is_none());
    }

    #[test]
    fn a_failed_install_says_which_command_failed() {
        let error = install(Command::new("false").arg("x")).expect_err("`false` always fails");
        assert!(error.to_string().contains("`false x` failed"), "{error}");
        let error = install(&mut Command::new("no-such-program-anywhere")).expect_err("there is no such program");
        assert!(error.to_string().contains("`no-such-program-anywhere` cannot be run"), "{error}");
    }
}
