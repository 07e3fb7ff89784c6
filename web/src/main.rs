//! The program that the page and the widgets load, and what JavaScript can call in it.

#[cfg(target_arch = "wasm32")]
mod exports;

fn main() {
    #[cfg(target_arch = "wasm32")]
    console_error_panic_hook::set_once();
    #[cfg(not(target_arch = "wasm32"))]
    eprintln!("This program runs in a browser: use `cargo xtask serve`.");
}
