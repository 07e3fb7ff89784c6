//! The project of the page: written and read, undone and redone, packed into a link, kept on a shelf.

mod dice;
mod difference;
mod document;
mod link;
mod shelf;
mod undo;
