//! The package of the tests that span the crates. They stand beside this file: `tidy.rs` checks the tree's own rules,
//! `wasm/` runs in a browser's page and worker, `e2e/` drives the built page in a browser.
