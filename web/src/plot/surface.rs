//! The canvas component under every view: it fills its parent, draws at most once per animation frame and only when
//! something changed, and turns pointers, wheel and keys into movements of the time axis.

use leptos::ev;
use leptos::html::Canvas;
use leptos::prelude::*;
use leptos::web_sys::Blob;

use super::animation;
use super::brush::{Brush, Stroke};
use super::exhibit::{Exhibit, Picture};
use super::frame::Frame;
use super::gesture::{Gesture, Pointers};
use super::pen::Pen;
use super::screen::Screen;
use super::table::Table;
use super::time_axis::TimeAxis;

/// Zoom per px of wheel: one notch of a mouse, 100 px, is a factor of 1.35.
const WHEEL_ZOOM: f64 = 0.003;
/// The same for a pinch on a trackpad, which the browser reports as a wheel with ctrl held.
const PINCH_ZOOM: f64 = 0.01;
/// Height of a line and of a page, in px, for wheels that count those.
const LINE_PX: f64 = 33.0;
const PAGE_PX: f64 = 800.0;

/// Provide this as a context: the plots read their colours anew whenever the signal fires, as when the theme changes.
#[derive(Clone, Copy, Debug)]
pub struct Restyle(
    /// Fires after, or in the same tick as, the change of the CSS properties.
    pub Signal<()>,
);

/// Provide this as a context where the plots are part of a longer page: a wheel then scrolls that page, and zooms a plot
/// only when the plot has the focus or the wheel is a pinch.
#[derive(Clone, Copy, Debug)]
pub struct ShyWheel;

/// A press and release on a plot.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tap {
    /// Where, in css px on the canvas.
    pub at: (f64, f64),
    /// Where the data lies on that canvas.
    pub frame: Frame,
}

/// A canvas with a scene on it. `scene` reads every signal that the picture depends on; `paint` draws what it returned.
#[component]
pub fn Surface<S, F, P, D>(
    /// What the plot shows, in a sentence, for those who do not see it.
    label: Signal<String>,
    /// Gathers what is drawn; tracked.
    scene: F,
    /// Draws it; not tracked.
    paint: P,
    /// The numbers in it.
    data: D,
    /// The axis that wheel, drag, pinch and keys move.
    #[prop(optional)]
    axis: Option<TimeAxis>,
    /// Set to where the pointer is, in css px on the canvas.
    pointer: RwSignal<Option<(f64, f64)>>,
    /// Told of taps.
    #[prop(optional)]
    on_tap: Option<Callback<Tap>>,
    /// A brush that the pointer may hold.
    #[prop(optional)]
    brush: Option<Brush<Stroke>>,
    /// Told of keys that move no axis; returns whether it was meant.
    #[prop(optional)]
    on_key: Option<Callback<String, bool>>,
) -> impl IntoView
where
    S: 'static,
    F: Fn() -> S + 'static,
    P: FnMut(&Pen, &S) + 'static,
    D: Fn(&S) -> Table + 'static,
{
    let node = NodeRef::<Canvas>::new();
    let screen = StoredValue::new_local(None::<Screen>);
    let latest = StoredValue::new_local(None::<S>);
    let paint = StoredValue::new_local(paint);
    let is_awaited = StoredValue::new(false);

    // Each of these may run after the component is gone; the `try_` forms then do nothing.
    let draw = move || {
        screen.try_update_value(|screen| {
            let Some(screen) = screen else { return };
            latest.try_with_value(|scene| {
                let Some(scene) = scene else { return };
                paint.try_update_value(|paint| screen.draw(animation::now_ms(), |pen| paint(pen, scene)));
            });
        });
    };
    let request = move || {
        if is_awaited.try_get_value() == Some(false) {
            is_awaited.set_value(true);
            animation::next_frame(move |_| {
                is_awaited.try_update_value(|is_awaited| *is_awaited = false);
                draw();
            });
        }
    };

    Effect::new(move |_| {
        if let Some(canvas) = node.get() {
            screen.set_value(Screen::new(canvas, move |size| {
                screen.try_update_value(|screen| screen.as_mut().map(|screen| screen.set_size(size)));
                // Within the same frame, so that the emptied canvas is never seen.
                draw();
            }));
        }
    });
    let exhibit: Option<Exhibit> = use_context();
    Effect::new(move |_| {
        // A view that stands still keeps its scene, but listens.
        let now = scene();
        if !exhibit.is_some_and(|exhibit| exhibit.is_paused.get()) {
            latest.set_value(Some(now));
            request();
        }
    });
    if let Some(exhibit) = exhibit {
        exhibit.offer_table(move || latest.try_with_value(|scene| scene.as_ref().map(&data)).flatten());
        exhibit.offer_picture(Shown { screen, latest, paint });
    }
    if let Some(Restyle(changed)) = use_context::<Restyle>() {
        Effect::new(move |_| {
            changed.track();
            screen.update_value(|screen| screen.as_mut().map(Screen::forget_palette).unwrap_or_default());
            request();
        });
    }

    let frame = move || screen.with_value(|screen| screen.as_ref().map(Screen::frame)).unwrap_or(Frame::of(0.0, 0.0));
    let point_at = move |at: Option<(f64, f64)>| {
        pointer.set(at);
        if let Some(axis) = axis {
            let frame = frame();
            axis.set_cursor_fraction(at.filter(|at| frame.contains(at.0, at.1)).map(|at| frame.fraction_from_px(at.0)));
        }
    };
    let pointers = StoredValue::new(Pointers::default());
    let obey = move |gesture: Gesture| {
        let frame = frame();
        match (gesture, axis) {
            (Gesture::Drag { dx_px }, Some(axis)) => axis.pan(-dx_px / frame.width().max(1.0)),
            (Gesture::Pinch { dx_px, factor, x_px }, Some(axis)) => {
                axis.pan(-dx_px / frame.width().max(1.0));
                axis.zoom(factor, frame.fraction_from_px(x_px));
            }
            (Gesture::DoubleTap, Some(axis)) => axis.reset(),
            (Gesture::Tap { x_px, y_px }, _) => {
                point_at(Some((x_px, y_px)));
                if let Some(on_tap) = on_tap {
                    on_tap.run(Tap { at: (x_px, y_px), frame });
                }
            }
            _ => {}
        }
    };

    // The pointer that holds the brush, and where it was last.
    let painting = StoredValue::new(None::<(i32, (f64, f64))>);
    let is_brush = move || brush.is_some_and(|brush| brush.is_held.get());
    let paint_to = move |id: i32, to: (f64, f64)| {
        if let (Some(brush), Some((_, from))) = (brush, painting.get_value().filter(|(own, _)| *own == id)) {
            painting.set_value(Some((id, to)));
            point_at(Some(to));
            brush.on_touch.run(Some(Stroke { from, to, frame: frame() }));
        }
    };
    let lift = move |id: i32| {
        if let (Some(brush), Some(_)) = (brush, painting.get_value().filter(|(own, _)| *own == id)) {
            painting.set_value(None);
            brush.on_touch.run(None);
        }
    };

    let on_down = move |event: ev::PointerEvent| {
        if event.button() != 0 {
            return;
        }
        screen.with_value(|screen| {
            // It fails only when the pointer has just gone.
            screen.as_ref().map(|screen| screen.canvas().set_pointer_capture(event.pointer_id()))
        });
        let (x, y) = position(&event);
        if untrack(is_brush) {
            if painting.get_value().is_none() {
                painting.set_value(Some((event.pointer_id(), (x, y))));
                paint_to(event.pointer_id(), (x, y));
            }
            return;
        }
        pointers.update_value(|all| all.press(event.pointer_id(), x, y, event.pointer_type() == "touch"));
    };
    let on_move = move |event: ev::PointerEvent| {
        let (x, y) = position(&event);
        paint_to(event.pointer_id(), (x, y));
        let gesture = pointers.try_update_value(|all| all.drag(event.pointer_id(), x, y));
        obey(gesture.unwrap_or(Gesture::Idle));
        if event.pointer_type() != "touch" {
            point_at(Some((x, y)));
        }
    };
    let on_up = move |event: ev::PointerEvent| {
        lift(event.pointer_id());
        let gesture = pointers.try_update_value(|all| all.release(event.pointer_id(), animation::now_ms()));
        obey(gesture.unwrap_or(Gesture::Idle));
    };
    let on_cancel = move |event: ev::PointerEvent| {
        lift(event.pointer_id());
        pointers.update_value(|all| all.cancel(event.pointer_id()));
    };
    let on_leave = move |event: ev::PointerEvent| {
        // A finger always leaves; what it tapped stays readable.
        if event.pointer_type() != "touch" {
            point_at(None);
        }
    };
    let is_shy = use_context::<ShyWheel>().is_some();
    let has_focus = move || node.get_untracked().is_some_and(|canvas| canvas.matches(":focus").unwrap_or(false));
    let on_wheel = move |event: ev::WheelEvent| {
        let Some(axis) = axis else { return };
        if is_shy && !event.ctrl_key() && !has_focus() {
            return;
        }
        event.prevent_default();
        let unit_px = [1.0, LINE_PX, PAGE_PX][(event.delta_mode() as usize).min(2)];
        let (dx, dy) = (event.delta_x() * unit_px, event.delta_y() * unit_px);
        let frame = frame();
        if dx.abs() > dy.abs() {
            axis.pan(dx / frame.width().max(1.0));
        } else {
            let rate = if event.ctrl_key() { PINCH_ZOOM } else { WHEEL_ZOOM };
            axis.zoom((dy.clamp(-300.0, 300.0) * rate).exp(), frame.fraction_from_px(f64::from(event.offset_x())));
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let is_chord = event.ctrl_key() || event.alt_key() || event.meta_key();
        let moves = || axis.is_some_and(|axis| axis.obey_key(&event.key()));
        if !is_chord && (moves() || on_key.is_some_and(|on_key| on_key.run(event.key()))) {
            event.prevent_default();
            event.stop_propagation();
        }
    };

    view! {
        <div class="plot" style:position="relative" style:width="100%" style:height="100%" style:min-height="0">
            <canvas
                node_ref=node
                role="img"
                tabindex="0"
                aria-label=move || label.get()
                style:position="absolute"
                style:inset="0"
                style:width="100%"
                style:height="100%"
                style:touch-action=move || if is_brush() { "none" } else { "pan-y" }
                style:cursor=move || if is_brush() { "crosshair" } else { "" }
                style:user-select="none"
                on:pointerdown=on_down
                on:pointermove=on_move
                on:pointerup=on_up
                on:pointercancel=on_cancel
                on:pointerleave=on_leave
                on:wheel=on_wheel
                on:keydown=on_key
            ></canvas>
        </div>
    }
}

/// What a surface shows, to be taken away.
struct Shown<S: 'static, P: 'static> {
    screen: StoredValue<Option<Screen>, LocalStorage>,
    latest: StoredValue<Option<S>, LocalStorage>,
    paint: StoredValue<P, LocalStorage>,
}

impl<S, P: FnMut(&Pen, &S)> Picture for Shown<S, P> {
    fn png(&self, take: Box<dyn FnOnce(Blob)>) {
        self.screen.with_value(|screen| screen.as_ref().map(|screen| screen.png(take)));
    }

    fn svg(&self) -> Option<String> {
        self.screen.with_value(|screen| {
            let screen = screen.as_ref()?;
            self.latest.with_value(|scene| {
                let scene = scene.as_ref()?;
                self.paint.try_update_value(|paint| screen.svg(animation::now_ms(), |pen| paint(pen, scene)))?
            })
        })
    }
}

fn position(event: &ev::PointerEvent) -> (f64, f64) {
    (f64::from(event.offset_x()), f64::from(event.offset_y()))
}
