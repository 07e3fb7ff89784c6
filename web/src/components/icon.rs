//! The icons: one set of strokes on a grid of 24.

use leptos::prelude::*;

/// An icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the names say what they show")]
pub enum Icon {
    Play,
    Pause,
    Step,
    Reset,
    Sound,
    Mute,
    Enlarge,
    Shrink,
    Theme,
    Help,
    Close,
    Open,
    Save,
    Export,
    Sliders,
    Grid,
    Dice,
    Now,
    Poke,
    Destroy,
    Heal,
    Panels,
    More,
    Check,
    Undo,
    Redo,
    Share,
    New,
    Plus,
    Minus,
    Fit,
    Layout,
    Note,
    Connect,
    Group,
    Duplicate,
    Remove,
    AlignLeft,
    AlignCentre,
    AlignTop,
    Across,
    Down,
}

impl Icon {
    fn path(self) -> &'static str {
        match self {
            Icon::Play => "M7 4.5 L19.5 12 L7 19.5 Z",
            Icon::Pause => "M8 5 V19 M16 5 V19",
            Icon::Step => "M5 5 L14 12 L5 19 Z M18.5 5 V19",
            Icon::Reset => "M4.5 12 A7.5 7.5 0 1 0 7.5 6 M7.8 2.4 L7.2 6.4 L11.2 7",
            Icon::Sound => {
                "M4 9.5 H7.5 L12 5.5 V18.5 L7.5 14.5 H4 Z M15.5 9 A4.5 4.5 0 0 1 15.5 15 M18 6.5 A8 8 0 0 1 18 17.5"
            }
            Icon::Mute => "M4 9.5 H7.5 L12 5.5 V18.5 L7.5 14.5 H4 Z M16 9.5 L21 14.5 M21 9.5 L16 14.5",
            Icon::Enlarge => "M14 4 H20 V10 M20 4 L13.5 10.5 M10 20 H4 V14 M4 20 L10.5 13.5",
            Icon::Shrink => "M20 10 H14 V4 M14 10 L20.5 3.5 M4 14 H10 V20 M10 14 L3.5 20.5",
            Icon::Theme => {
                "M12 3.5 A8.5 8.5 0 1 0 12 20.5 A8.5 8.5 0 1 0 12 3.5 M12 3.5 V20.5 M12 8 H18.5 M12 12 H20.5 M12 16 H18.5"
            }
            Icon::Help => {
                "M12 3.5 A8.5 8.5 0 1 0 12 20.5 A8.5 8.5 0 1 0 12 3.5 M9.5 9.5 A2.6 2.6 0 1 1 12 12.5 V14 M12 16.8 V17"
            }
            Icon::Close => "M6 6 L18 18 M18 6 L6 18",
            Icon::Open => "M3.5 18.5 V5.5 H9 L11 8 H20.5 V18.5 Z",
            Icon::Save => "M12 4 V15 M7.5 10.5 L12 15 L16.5 10.5 M4.5 19.5 H19.5",
            Icon::Export => "M12 15 V4 M7.5 8.5 L12 4 L16.5 8.5 M4.5 13 V19.5 H19.5 V13",
            Icon::Sliders => "M4 7 H13 M17 7 H20 M15 5 V9 M4 17 H7 M11 17 H20 M9 15 V19",
            Icon::Grid => "M4 4 H10 V10 H4 Z M14 4 H20 V10 H14 Z M4 14 H10 V20 H4 Z M14 14 H20 V20 H14 Z",
            Icon::Dice => {
                "M4.5 4.5 H19.5 V19.5 H4.5 Z M8.5 8.5 V8.6 M15.5 8.5 V8.6 M12 12 V12.1 M8.5 15.5 V15.6 M15.5 15.5 V15.6"
            }
            Icon::Now => "M4 12 H15 M10.5 7 L15.5 12 L10.5 17 M19.5 5 V19",
            Icon::Undo => "M9 5 L4 10 L9 15 M4 10 H14.5 A5 5 0 0 1 14.5 20 H9",
            Icon::Redo => "M15 5 L20 10 L15 15 M20 10 H9.5 A5 5 0 0 0 9.5 20 H15",
            Icon::Share => {
                "M15.5 5.5 A2.5 2.5 0 1 0 20.5 5.5 A2.5 2.5 0 1 0 15.5 5.5 M3.5 12 A2.5 2.5 0 1 0 8.5 12 A2.5 2.5 0 1 0 3.5 12 M15.5 18.5 A2.5 2.5 0 1 0 20.5 18.5 A2.5 2.5 0 1 0 15.5 18.5 M8.2 10.8 L15.8 6.7 M8.2 13.2 L15.8 17.3"
            }
            Icon::Panels => "M4 4.5 H20 V19.5 H4 Z M4 13 H20 M11 13 V19.5",
            Icon::More => "M5.5 12 V12.1 M12 12 V12.1 M18.5 12 V12.1",
            Icon::Check => "M5 12.5 L10 17.5 L19.5 7",
            Icon::New => "M6 3.5 H14 L18.5 8 V20.5 H6 Z M14 3.5 V8 H18.5 M12.2 11.5 V17.5 M9.2 14.5 H15.2",
            Icon::Plus => "M12 5 V19 M5 12 H19",
            Icon::Minus => "M5 12 H19",
            Icon::Fit => "M4 9 V4 H9 M15 4 H20 V9 M20 15 V20 H15 M9 20 H4 V15",
            Icon::Layout => {
                "M3.5 10 H7.5 V14 H3.5 Z M16.5 4 H20.5 V8 H16.5 Z M16.5 16 H20.5 V20 H16.5 Z M7.5 12 H12 M12 6 V18 M12 6 H16.5 M12 18 H16.5"
            }
            Icon::Note => "M4 5 H20 V15 L15 20 H4 Z M15 20 V15 H20 M8 9.5 H16 M8 13 H12",
            Icon::Connect => "M3.5 12 A3 3 0 1 0 9.5 12 A3 3 0 1 0 3.5 12 M9.5 12 H20 M16 8 L20 12 L16 16",
            Icon::Group => {
                "M4 4 H8 M12 4 H16 M20 4 V8 M20 12 V16 M20 20 H16 M12 20 H8 M4 20 V16 M4 12 V8 M8.5 8.5 H15.5 V15.5 H8.5 Z"
            }
            Icon::Duplicate => "M8.5 8.5 H20 V20 H8.5 Z M15.5 8.5 V4 H4 V15.5 H8.5",
            Icon::Remove => {
                "M4.5 6.5 H19.5 M9 6.5 V4 H15 V6.5 M6.5 6.5 L7.5 20 H16.5 L17.5 6.5 M10.2 10 V16.5 M13.8 10 V16.5"
            }
            Icon::AlignLeft => "M4 3.5 V20.5 M7.5 6 H19.5 V10 H7.5 Z M7.5 14 H14.5 V18 H7.5 Z",
            Icon::AlignCentre => "M12 3 V6 M12 10 V14 M12 18 V21 M5.5 6 H18.5 V10 H5.5 Z M8.5 14 H15.5 V18 H8.5 Z",
            Icon::AlignTop => "M3.5 4 H20.5 M6 7.5 H10 V19.5 H6 Z M14 7.5 H18 V14.5 H14 Z",
            Icon::Across => "M3.5 4 V20 M20.5 4 V20 M9.5 7 H14.5 V17 H9.5 Z",
            Icon::Down => "M4 3.5 H20 M4 20.5 H20 M7 9.5 H17 V14.5 H7 Z",
            Icon::Destroy => "M12 4 A8 8 0 1 0 12 20 A8 8 0 1 0 12 4 M9 9 L15 15 M15 9 L9 15",
            Icon::Heal => "M12 4 A8 8 0 1 0 12 20 A8 8 0 1 0 12 4 M12 8.5 V15.5 M8.5 12 H15.5",
            Icon::Poke => "M13 3 L6 13.5 H11.5 L10.5 21 L18 10 H12.5 Z",
        }
    }
}

/// Draws an icon in the colour of the text around it. It says nothing: the control that holds it has the label.
#[component]
pub fn Glyph(
    /// The icon.
    #[prop(into)]
    icon: Signal<Icon>,
) -> impl IntoView {
    view! {
        <svg class="glyph" viewBox="0 0 24 24" aria-hidden="true">
            <path d=move || icon.get().path() />
        </svg>
    }
}

/// The mark of the product.
#[component]
pub fn Logo() -> impl IntoView {
    view! {
        <svg class="logo" viewBox="0 0 32 24" aria-hidden="true">
            <path d="M1 14 H8 L11 17 L16 2 L21 22 L24 14 H31" />
        </svg>
    }
}

/// A button that is only an icon; its label is read aloud and shown on hover.
#[component]
pub fn IconButton(
    /// The icon.
    #[prop(into)]
    icon: Signal<Icon>,
    /// What it does.
    #[prop(into)]
    label: Signal<&'static str>,
    /// Told of a press.
    on_press: impl Fn() + 'static,
    /// Whether it is on, for a button that stays on.
    #[prop(into, optional)]
    pressed: Option<Signal<bool>>,
    /// Whether there is nothing for it to do.
    #[prop(into, optional)]
    disabled: Signal<bool>,
    /// A further class.
    #[prop(optional)]
    class: &'static str,
    /// A name for tests and styles.
    #[prop(optional)]
    id: Option<&'static str>,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class=format!("icon-button {class}")
            id=id
            title=move || label.get()
            aria-label=move || label.get()
            disabled=disabled
            aria-pressed=move || pressed.map(|p| p.get().to_string())
            on:click=move |_| on_press()
        >
            <Glyph icon />
        </button>
    }
}
