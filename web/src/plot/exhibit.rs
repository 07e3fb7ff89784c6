//! What the view of a panel gives away: its picture and its numbers. And whether it stands still.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::web_sys::Blob;

use super::table::Table;

/// A handle to what one panel shows; provided as a context by the panel, filled by its view.
#[derive(Clone, Copy)]
pub struct Exhibit {
    /// Whether the view stands still while the run goes on.
    pub is_paused: RwSignal<bool>,
    picture: RwSignal<Option<Rc<dyn Picture>>, LocalStorage>,
    table: RwSignal<Option<TableOf>, LocalStorage>,
}

type TableOf = Rc<dyn Fn() -> Option<Table>>;

/// Something that can be seen.
pub trait Picture {
    /// As pixels, in a PNG file.
    fn png(&self, take: Box<dyn FnOnce(Blob)>);
    /// As shapes.
    fn svg(&self) -> Option<String>;
}

impl Default for Exhibit {
    fn default() -> Exhibit {
        Exhibit {
            is_paused: RwSignal::new(false),
            picture: RwSignal::new_local(None),
            table: RwSignal::new_local(None),
        }
    }
}

impl Exhibit {
    /// Offers a picture until the present owner is gone.
    pub fn offer_picture(self, picture: impl Picture + 'static) {
        self.picture.set(Some(Rc::new(picture)));
        on_cleanup(move || {
            self.picture.try_set(None);
        });
    }

    /// Offers numbers until the present owner is gone.
    pub fn offer_table(self, table: impl Fn() -> Option<Table> + 'static) {
        self.table.set(Some(Rc::new(table)));
        on_cleanup(move || {
            self.table.try_set(None);
        });
    }

    /// Whether there is a picture. Tracked.
    pub fn has_picture(self) -> bool {
        self.picture.with(Option::is_some)
    }

    /// Whether there are numbers. Tracked.
    pub fn has_table(self) -> bool {
        self.table.with(Option::is_some)
    }

    /// The picture.
    pub fn picture(self) -> Option<Rc<dyn Picture>> {
        self.picture.get_untracked()
    }

    /// The numbers.
    pub fn table(self) -> Option<Table> {
        self.table.get_untracked().and_then(|table| table())
    }
}
