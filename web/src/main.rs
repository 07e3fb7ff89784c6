//! The program that the page loads, and what JavaScript can call in it.

#[cfg(target_arch = "wasm32")]
mod exports {
    use leptos::prelude::*;
    use spikeground_web::app::App;
    use wasm_bindgen::prelude::wasm_bindgen;

    /// Makes the page, whose worker's script is at `worker_url`.
    #[wasm_bindgen]
    pub fn start_page(worker_url: String) {
        leptos::mount::mount_to_body(move || view! { <App worker_url /> });
    }
}

fn main() {
    #[cfg(target_arch = "wasm32")]
    console_error_panic_hook::set_once();
    #[cfg(not(target_arch = "wasm32"))]
    eprintln!("This program runs in a browser: use `cargo xtask serve`.");
}
