//! The page: a Leptos application over the worker that simulates.
//!
//! `pages` and the `widget` are made of `components`, which show and ask; `state` holds what is known and does what is asked; `plot` draws.
//! Nothing here simulates, and nothing but `state` talks to the worker.
#![forbid(unsafe_code)]
#![deny(clippy::unwrap_used)]

pub mod app;
pub mod components;
pub mod i18n;
pub mod lessons;
pub mod pages;
pub mod plot;
pub mod state;
pub mod widget;
