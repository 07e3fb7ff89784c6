//! The files of the repository: where its root is, and which files count as its sources.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Folders that hold no sources, for a tree without git to ask.
const NOT_SOURCES: &[&str] = &[".git", "target", "dist", "node_modules"];

/// The folder that holds the workspace's Cargo.toml.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask is a folder of the workspace's root")
}

/// The repository's files with one of these endings (no dot), relative to the root, sorted. Files that git ignores are
/// left out, new files that it does not know yet are not. A tree without git is walked instead.
pub fn sources(endings: &[&str]) -> io::Result<Vec<PathBuf>> {
    let mut files = match listed_by_git() {
        Some(files) => files,
        None => walked(root())?,
    };
    files.retain(|file| {
        let ending = file.extension().and_then(|ending| ending.to_str());
        ending.is_some_and(|ending| endings.contains(&ending)) && root().join(file).is_file()
    });
    files.sort();
    files.dedup();
    Ok(files)
}

fn listed_by_git() -> Option<Vec<PathBuf>> {
    let args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard"];
    let output = Command::new("git").args(args).current_dir(root()).output().ok()?;
    if !output.status.success() {
        return None;
    }
    let names = String::from_utf8(output.stdout).ok()?;
    Some(names.split_terminator('\0').map(PathBuf::from).collect())
}

fn walked(top: &Path) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![top.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let (path, kind) = (entry.path(), entry.file_type()?);
            if kind.is_dir() && !NOT_SOURCES.iter().any(|name| entry.file_name() == *name) {
                folders.push(path);
            } else if kind.is_file() {
                files.push(path.strip_prefix(top).expect("a walk stays below its top").to_path_buf());
            }
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sources_hold_this_file() {
        let files = sources(&["rs"]).expect("the tree can be listed");
        assert!(files.contains(&PathBuf::from("xtask/src/tree.rs")), "{files:?}");
        assert!(files.iter().all(|file| file.extension().is_some_and(|ending| ending == "rs")));
    }

    #[test]
    fn a_walk_finds_what_git_lists_and_no_build_output() {
        let files = walked(root()).expect("the tree can be walked");
        assert!(files.contains(&PathBuf::from("xtask/src/tree.rs")));
        assert!(!files.iter().any(|file| file.starts_with("target") || file.starts_with(".git")), "{files:?}");
    }
}
