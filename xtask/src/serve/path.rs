//! From the path in a URL to a file below the served folder, and from a file's ending to its MIME type.

use std::path::{Component, Path, PathBuf};

/// The type of a plain answer.
pub const TEXT: &str = "text/plain; charset=utf-8";

/// The file that a URL's path names, relative to the folder served below `prefix` (which starts and ends in `/`). `None`
/// when it lies outside, or when a part of it is anything but a plain name: `..`, a drive, an encoded `/`.
pub fn resolve(prefix: &str, url: &str) -> Option<PathBuf> {
    let path = url.split(['?', '#']).next()?;
    let inside = path.strip_prefix(prefix).or_else(|| (prefix.strip_suffix('/') == Some(path)).then_some(""))?;
    let mut file = PathBuf::new();
    for part in inside.split('/').filter(|part| !part.is_empty()) {
        let name = decoded(part)?;
        let mut components = Path::new(&name).components();
        let (Some(Component::Normal(plain)), None) = (components.next(), components.next()) else { return None };
        if plain != name.as_str() || name.contains(['\\', '\0']) {
            return None;
        }
        file.push(name);
    }
    Some(file)
}

/// Text with its `%41` read as `A`; `None` if it is malformed or not UTF-8.
fn decoded(part: &str) -> Option<String> {
    let mut bytes = part.bytes();
    let mut plain = Vec::with_capacity(part.len());
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let mut digit = || char::from(bytes.next()?).to_digit(16);
            let (high, low) = (digit()?, digit()?);
            plain.push(u8::try_from(high * 16 + low).ok()?);
        } else {
            plain.push(byte);
        }
    }
    String::from_utf8(plain).ok()
}

/// The MIME type of a file, by its ending.
pub fn mime(file: &Path) -> &'static str {
    match file.extension().and_then(|ending| ending.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "md" => "text/markdown; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "txt" | "ts" => TEXT,
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_lead_to_files() {
        for (prefix, url, file) in [
            ("/", "/", ""),
            ("/", "/index.html", "index.html"),
            ("/", "/pkg/a_bg.wasm?v=1#top", "pkg/a_bg.wasm"),
            ("/", "//pkg///a.js", "pkg/a.js"),
            ("/", "/%E8%84%89%20a.txt", "脉 a.txt"),
            ("/", "/a..b/..c", "a..b/..c"),
            ("/some/where/", "/some/where/", ""),
            ("/some/where/", "/some/where", ""),
            ("/some/where/", "/some/where/pkg/a.js", "pkg/a.js"),
        ] {
            assert_eq!(resolve(prefix, url), Some(PathBuf::from(file)), "{url} below {prefix}");
        }
    }

    #[test]
    fn no_url_leads_out_of_the_folder() {
        for (prefix, url) in [
            ("/", "/../secret"),
            ("/", "/a/../../secret"),
            ("/", "/%2e%2e/secret"),
            ("/", "/.%2E/secret"),
            ("/", "/a%2f..%2f..%2fsecret"),
            ("/", "/%2fetc/passwd"),
            ("/", "/..%5csecret"),
            ("/", "/."),
            ("/", "/a%00.html"),
            ("/", "/%zz"),
            ("/", "/%4"),
            ("/", "/%ff"),
            ("/", "index.html"),
            ("/some/where/", "/"),
            ("/some/where/", "/some/"),
            ("/some/where/", "/some/whereabouts"),
            ("/some/where/", "/some/where/../../secret"),
        ] {
            assert_eq!(resolve(prefix, url), None, "{url} below {prefix}");
        }
    }

    #[test]
    fn a_browser_gets_the_types_that_it_insists_on() {
        for (file, expected) in [
            ("index.html", "text/html; charset=utf-8"),
            ("embed.js", "text/javascript; charset=utf-8"),
            ("a.css", "text/css; charset=utf-8"),
            ("pkg/a_bg.wasm", "application/wasm"),
            ("app.webmanifest", "application/manifest+json"),
            ("icon.svg", "image/svg+xml"),
            ("embed.d.ts", TEXT),
            ("no-ending", "application/octet-stream"),
            ("a.bin", "application/octet-stream"),
        ] {
            assert_eq!(mime(Path::new(file)), expected, "{file}");
        }
    }
}
