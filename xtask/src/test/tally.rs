//! Counting: how many tests a command ran, read from what it prints while a person reads it too.

use std::fmt;
use std::io::{self, Read, Write};
use std::iter::Sum;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

/// Numbers of tests, and of checks, that passed and failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: usize,
    pub failed: usize,
}

impl Tally {
    /// One check that passed.
    pub const PASSED: Tally = Tally { passed: 1, failed: 0 };
    /// One check that failed.
    pub const FAILED: Tally = Tally { passed: 0, failed: 1 };
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} passed, {} failed", self.passed, self.failed)
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Tally>>(tallies: I) -> Tally {
        tallies.fold(Tally::default(), |sum, next| Tally {
            passed: sum.passed + next.passed,
            failed: sum.failed + next.failed,
        })
    }
}

/// Runs a command that is one check: it passes if the command succeeds.
pub fn check(command: &mut Command) -> Result<Tally> {
    let status = command.status().with_context(|| format!("{:?} cannot be run", command.get_program()))?;
    Ok(if status.success() { Tally::PASSED } else { Tally::FAILED })
}

/// Runs a command that runs tests, and counts them. A command that fails without a failed test (it does not compile, it
/// crashes) is one failure, and so is one that runs no test at all.
pub fn tests(command: &mut Command) -> Result<Tally> {
    command.stdout(Stdio::piped());
    let mut child = command.spawn().with_context(|| format!("{:?} cannot be run", command.get_program()))?;
    let output = child.stdout.take().expect("stdout is piped");
    let counted = pass_on(output, io::stdout()).context("the tests' output cannot be passed on")?;
    Ok(judged(counted, child.wait()?.success()))
}

fn judged(counted: Tally, success: bool) -> Tally {
    if success && counted == Tally::default() {
        println!("no test was run: are there tests, and are they chosen by a name that exists?");
        return Tally::FAILED;
    }
    if !success && counted.failed == 0 { Tally { failed: 1, ..counted } } else { counted }
}

/// Copies the output of tests as it comes, and sums up its `test result:` lines.
fn pass_on(mut from: impl Read, mut to: impl Write) -> io::Result<Tally> {
    let mut tallies = Vec::new();
    let mut line = Vec::new();
    let mut chunk = [0; 4096];
    loop {
        let length = from.read(&mut chunk)?;
        if length == 0 {
            tallies.extend(result(&line));
            return Ok(tallies.into_iter().sum());
        }
        to.write_all(&chunk[..length])?;
        to.flush()?;
        for &byte in &chunk[..length] {
            if byte == b'\n' {
                tallies.extend(result(&line));
                line.clear();
            } else {
                line.push(byte);
            }
        }
    }
}

/// The numbers in `test result: ok. 3 passed; 0 failed; 0 ignored; ...`, which libtest and wasm-bindgen-test both print.
fn result(line: &[u8]) -> Option<Tally> {
    let line = std::str::from_utf8(line).ok()?;
    let (_, numbers) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let number = |word: &str| {
        let part = numbers.split("; ").find_map(|part| part.strip_suffix(word))?;
        part.trim().parse().ok()
    };
    Some(Tally { passed: number("passed")?, failed: number("failed")? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_are_summed_and_the_output_is_passed_on_unchanged() {
        let output = "running 2 tests\ntest a ... ok\n\n\
            test result: ok. 2 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s\n\
            test result: FAILED. 3 passed; 4 failed; 1 ignored; 0 filtered out\n\
            a line that is no test result: ok. 9 passed; 9 failed;\n\
            test result: ok. 5 passed; 0 failed; 0 ignored";
        let mut seen = Vec::new();
        let counted = pass_on(output.as_bytes(), &mut seen).expect("memory can be read and written");
        assert_eq!(counted, Tally { passed: 10, failed: 4 });
        assert_eq!(seen, output.as_bytes());
    }

    #[test]
    fn what_did_not_test_has_not_passed() {
        let some = Tally { passed: 3, failed: 0 };
        assert_eq!(judged(some, true), some);
        assert_eq!(judged(some, false), Tally { passed: 3, failed: 1 });
        assert_eq!(judged(Tally { passed: 3, failed: 2 }, false), Tally { passed: 3, failed: 2 });
        assert_eq!(judged(Tally::default(), false), Tally::FAILED);
        assert_eq!(judged(Tally::default(), true), Tally::FAILED);
    }

    #[test]
    fn the_sum_is_the_line_that_ci_reads() {
        assert_eq!(Tally { passed: 12, failed: 0 }.to_string(), "12 passed, 0 failed");
    }
}
