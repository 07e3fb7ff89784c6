//! The pages. Adding one costs its file beside this one and its line in [`PAGES`].

use leptos::prelude::*;

use crate::components::nav::Page;

mod build;
mod chip;
mod decode;
mod learn;
mod simulate;

/// Every page, in the order of the menu; the first one opens.
#[rustfmt::skip]
pub const PAGES: &[Page] = &[
    Page { name: "simulate", title: |t| t.simulate, view: || view! { <simulate::Simulate /> }.into_any() },
    Page { name: "build", title: |t| t.build, view: || view! { <build::Build /> }.into_any() },
    Page { name: "decode", title: |t| t.bci_decode, view: || view! { <decode::Decode /> }.into_any() },
    Page { name: "chip", title: |t| t.bpu, view: || view! { <chip::Chip /> }.into_any() },
    Page { name: "learn", title: |t| t.learn, view: || view! { <learn::Learn /> }.into_any() },
];
