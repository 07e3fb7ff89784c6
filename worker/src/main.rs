//! The program that a Web Worker loads: it answers messages until the worker is terminated.

fn main() {
    #[cfg(target_arch = "wasm32")]
    spikeground_worker::scope::start();
    #[cfg(not(target_arch = "wasm32"))]
    eprintln!("This program runs in a Web Worker: build it with `cargo xtask build`.");
}
