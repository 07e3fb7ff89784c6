//! What a measured time depends on: the processor and the compiler.

use std::fs;
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// The machine that measured.
pub struct Machine {
    /// The processor's model name, as its maker gives it.
    pub cpu: String,
    /// `rustc --version`
    pub rustc: String,
}

impl Machine {
    /// This machine.
    pub fn of_this() -> Result<Machine> {
        let cpu = cpu().unwrap_or_else(|| format!("unnamed processor ({})", std::env::consts::ARCH));
        Ok(Machine { cpu, rustc: rustc()? })
    }
}

fn rustc() -> Result<String> {
    let output = Command::new("rustc").arg("--version").output().context("rustc cannot be run")?;
    ensure!(output.status.success(), "`rustc --version` failed");
    Ok(String::from_utf8_lossy(&output.stdout).trim().to_string())
}

/// Linux tells the name in a file, macOS by a program.
fn cpu() -> Option<String> {
    if let Ok(text) = fs::read_to_string("/proc/cpuinfo") {
        return model_name(&text);
    }
    let output = Command::new("sysctl").args(["-n", "machdep.cpu.brand_string"]).output().ok()?;
    let name = String::from_utf8(output.stdout).ok()?.trim().to_string();
    Some(name).filter(|name| !name.is_empty())
}

fn model_name(cpuinfo: &str) -> Option<String> {
    let line = cpuinfo.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_processors_name_is_read() {
        let text = "processor\t: 0\nmodel\t\t: 17\nmodel name\t: Some CPU @ 3 GHz\nmodel name\t: other\n";
        assert_eq!(model_name(text).as_deref(), Some("Some CPU @ 3 GHz"));
        assert_eq!(model_name("Features : fp asimd\n"), None);
    }
}
