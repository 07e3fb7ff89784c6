//! The command line: a table of commands, each a function of the module that does the work.

use std::ffi::OsString;
use std::process::ExitCode;

use xtask::{bench, bundle, decode, export, fmt, map, recordings, run, serve, test};

struct Command {
    name: &'static str,
    usage: &'static str,
    doc: &'static str,
    run: fn(lexopt::Parser) -> anyhow::Result<ExitCode>,
}

const COMMANDS: &[Command] = &[
    Command { name: "serve", usage: serve::USAGE, doc: serve::DOC, run: serve::command },
    Command { name: "build", usage: bundle::USAGE, doc: bundle::DOC, run: bundle::command },
    Command { name: "test", usage: test::USAGE, doc: test::DOC, run: test::command },
    Command { name: "fmt", usage: fmt::USAGE, doc: fmt::DOC, run: fmt::command },
    Command { name: "run", usage: run::USAGE, doc: run::DOC, run: run::command },
    Command { name: "export", usage: export::USAGE, doc: export::DOC, run: export::command },
    Command { name: "recordings", usage: recordings::USAGE, doc: recordings::DOC, run: recordings::command },
    Command { name: "decode", usage: decode::USAGE, doc: decode::DOC, run: decode::command },
    Command { name: "map", usage: map::USAGE, doc: map::DOC, run: map::command },
    Command { name: "bench", usage: bench::USAGE, doc: bench::DOC, run: bench::command },
];

/// The exit status of a command line that cannot be understood, as most tools have it.
const BAD_USAGE: u8 = 2;

fn main() -> ExitCode {
    let mut args = std::env::args_os().skip(1);
    let name = args.next().unwrap_or_else(|| "help".into());
    let args: Vec<OsString> = args.collect();
    if ["help", "-h", "--help"].iter().any(|word| name == *word) {
        print_help();
        return ExitCode::SUCCESS;
    }
    let Some(command) = COMMANDS.iter().find(|command| name == command.name) else {
        eprintln!("error: there is no command `{}`; `cargo xtask help` lists them", name.display());
        return ExitCode::from(BAD_USAGE);
    };
    if args.iter().any(|arg| arg == "-h" || arg == "--help") {
        println!("{}\n\nUsage: cargo xtask {}", command.doc, usage_line(command));
        return ExitCode::SUCCESS;
    }
    match (command.run)(lexopt::Parser::from_args(args)) {
        Ok(code) => code,
        Err(error) if error.is::<lexopt::Error>() => {
            eprintln!("error: {error}\nUsage: cargo xtask {}", usage_line(command));
            ExitCode::from(BAD_USAGE)
        }
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn usage_line(command: &Command) -> String {
    format!("{} {}", command.name, command.usage).trim_end().to_string()
}

fn print_help() {
    println!("Usage: cargo xtask COMMAND\n");
    let lines: Vec<_> = COMMANDS.iter().map(|command| (usage_line(command), command.doc)).collect();
    let width = lines.iter().map(|(usage, _)| usage.len()).max().unwrap_or_default();
    for (usage, doc) in lines {
        println!("  {usage:width$}  {doc}");
    }
}
