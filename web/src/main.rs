//! The program that the page loads.

fn main() {
    #[cfg(target_arch = "wasm32")]
    {
        console_error_panic_hook::set_once();
        leptos::mount::mount_to_body(spikeground_web::app::App);
    }
    #[cfg(not(target_arch = "wasm32"))]
    eprintln!("This program runs in a browser: use `cargo xtask serve`.");
}
