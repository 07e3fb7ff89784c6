//! The graph of a network: how it is drawn, and the editor on which it is built.

pub mod canvas;
mod deeds;
pub mod editor;
pub mod figure;
mod hand;
mod layout;
mod minimap;
pub mod palette;
mod parts;
mod shortcuts;
pub mod tools;
mod typing;
