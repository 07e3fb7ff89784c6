//! The visitor's hand on the canvas: presses, drags, pinches and double clicks, told apart and turned into deeds of the
//! editor. While something is dragged only its preview moves; the network changes when it is let go.

use leptos::ev::{MouseEvent, PointerEvent, WheelEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{DomRect, Element};

use super::{
    editor::{Editor, Item},
    figure::NODE,
    layout::Camera,
};
use crate::state::sketch::Place;

/// Movement that turns a press into a drag, px; a finger is less steady.
const SLOP_PX: [f64; 2] = [4.0, 10.0];
/// Zoom per px of wheel: one notch of a mouse, 100 px, is a factor of 1.2.
const WHEEL_ZOOM: f64 = 0.0018;
/// The same for a pinch on a trackpad, which the browser reports as a wheel with ctrl held.
const PINCH_ZOOM: f64 = 0.01;
/// Height of a line in px, for wheels that count those.
const LINE_PX: f64 = 33.0;
/// How near to the middle of a node a connection must be let go.
const CATCH: f64 = NODE + 14.0;

/// What the hand does.
#[derive(Clone, Debug, PartialEq)]
enum Doing {
    Nothing,
    /// It presses a part, or the ground, and may drag it.
    Press {
        item: Option<Item>,
        many: bool,
        slop: f64,
    },
    /// It moves what is chosen.
    Move,
    /// It moves the ground.
    Pan(Camera),
    /// It draws a rectangle.
    Band {
        many: bool,
    },
    /// It draws a connection.
    Connect,
    /// Two fingers move and stretch the ground.
    Pinch(Camera, [Place; 2]),
}

/// The hand.
#[derive(Clone, Copy)]
pub struct Hand {
    editor: Editor,
    doing: StoredValue<Doing>,
    from: StoredValue<Place>,
    down: StoredValue<Vec<(i32, Place)>>,
    /// The corners of the rectangle that it draws, in the world.
    pub band: RwSignal<Option<[Place; 2]>>,
}

impl Hand {
    /// A hand that does nothing yet.
    pub fn new(editor: Editor) -> Hand {
        Hand {
            editor,
            doing: StoredValue::new(Doing::Nothing),
            from: StoredValue::new([0.0; 2]),
            down: StoredValue::new(Vec::new()),
            band: RwSignal::new(None),
        }
    }

    /// A pointer is pressed on the canvas.
    pub fn press(self, event: &PointerEvent, canvas: &Element) {
        if event.button() > 1 {
            return;
        }
        let editor = self.editor;
        let at = point(event, canvas);
        // Losing the pointer outside is all that can go wrong.
        let _ = canvas.set_pointer_capture(event.pointer_id());
        self.down.update_value(|down| {
            down.retain(|(id, _)| *id != event.pointer_id());
            down.push((event.pointer_id(), at));
        });
        if let [(_, a), (_, b)] = self.down.get_value()[..] {
            self.drop_previews();
            return self.doing.set_value(Doing::Pinch(editor.camera.get_untracked(), [a, b]));
        }
        self.from.set_value(at);
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let named = |attribute: &str| {
            let found = target.as_ref().and_then(|e| e.closest(&format!("[{attribute}]")).ok().flatten());
            found.and_then(|element| element.get_attribute(attribute))
        };
        if let Some(source) = named("data-handle").filter(|_| event.button() == 0) {
            editor.connect_from(source);
            return self.doing.set_value(Doing::Connect);
        }
        let index = |attribute: &str| named(attribute).and_then(|index| index.parse().ok());
        let item = named("data-node").map(Item::Node);
        let item = item.or_else(|| index("data-edge").map(Item::Projection));
        let item = item.or_else(|| index("data-note").map(Item::Note)).or_else(|| index("data-group").map(Item::Group));
        let item = item.filter(|_| event.button() == 0);
        let slop = SLOP_PX[usize::from(event.pointer_type() == "touch")];
        self.doing.set_value(Doing::Press {
            item,
            many: event.shift_key() || event.ctrl_key() || event.meta_key(),
            slop,
        });
    }

    /// A pointer moves.
    pub fn drag(self, event: &PointerEvent, canvas: &Element) {
        let at = point(event, canvas);
        let known = self.down.try_update_value(|down| {
            let slot = down.iter_mut().find(|(id, _)| *id == event.pointer_id());
            slot.map(|(_, place)| *place = at)
        });
        if known.flatten().is_none() {
            return;
        }
        let (editor, from) = (self.editor, self.from.get_value());
        let (dx, dy) = (at[0] - from[0], at[1] - from[1]);
        let camera = editor.camera.get_untracked();
        match self.doing.get_value() {
            Doing::Press { item, many, slop } if dx.hypot(dy) > slop => self.begin(item, many, event),
            Doing::Move => editor.moving.set([dx / camera.zoom, dy / camera.zoom]),
            Doing::Pan(before) => {
                editor.camera.set(Camera { shift: [before.shift[0] + dx, before.shift[1] + dy], ..before })
            }
            Doing::Band { .. } => self.band.set(Some([camera.world(from), camera.world(at)])),
            Doing::Connect => editor.loose_end.set(Some(camera.world(at))),
            Doing::Pinch(before, [a, b]) => {
                if let [(_, c), (_, d)] = self.down.get_value()[..] {
                    let length = |p: Place, q: Place| (p[0] - q[0]).hypot(p[1] - q[1]).max(20.0);
                    let middle = |p: Place, q: Place| [f64::midpoint(p[0], q[0]), f64::midpoint(p[1], q[1])];
                    let (was, is) = (middle(a, b), middle(c, d));
                    let zoomed = before.zoomed(length(c, d) / length(a, b), was);
                    let shift = [zoomed.shift[0] + is[0] - was[0], zoomed.shift[1] + is[1] - was[1]];
                    editor.camera.set(Camera { shift, ..zoomed });
                }
            }
            _ => {}
        }
    }

    /// A press becomes a drag.
    fn begin(self, item: Option<Item>, many: bool, event: &PointerEvent) {
        let editor = self.editor;
        let doing = match item {
            Some(Item::Group(i)) => {
                let members = editor.player.sketch.with_untracked(|s| s.groups.get(i).map(|g| g.members.clone()));
                editor.choose(members.unwrap_or_default().into_iter().map(Item::Node).collect());
                Doing::Move
            }
            Some(item @ (Item::Node(_) | Item::Note(_))) => {
                if !untrack(|| editor.is_chosen(&item)) {
                    editor.choose(vec![item]);
                }
                Doing::Move
            }
            _ if many && event.pointer_type() != "touch" => Doing::Band { many: event.ctrl_key() || event.meta_key() },
            _ => Doing::Pan(editor.camera.get_untracked()),
        };
        self.doing.set_value(doing);
    }

    /// A pointer is let go.
    pub fn release(self, event: &PointerEvent, canvas: &Element) {
        let (editor, at) = (self.editor, point(event, canvas));
        self.down.update_value(|down| down.retain(|(id, _)| *id != event.pointer_id()));
        let world = editor.camera.get_untracked().world(at);
        match self.doing.get_value() {
            Doing::Press { item, many, .. } => self.tap(item, many),
            Doing::Move => editor.shift(editor.moving.get_untracked()),
            Doing::Band { many } => self.choose_in_band(many),
            Doing::Connect => {
                let source = editor.source.get_untracked();
                // A tap on the handle waits for a tap on the target.
                if let Some(source) = source.filter(|_| editor.loose_end.get_untracked().is_some()) {
                    match self.node_at(world) {
                        Some(target) => editor.connect(&source, &target),
                        None => editor.give_up(),
                    }
                }
            }
            _ => {}
        }
        self.band.set(None);
        self.doing.set_value(Doing::Nothing);
    }

    /// The browser has taken the pointer away.
    pub fn cancel(self, event: &PointerEvent) {
        self.down.update_value(|down| down.retain(|(id, _)| *id != event.pointer_id()));
        self.drop_previews();
        self.doing.set_value(Doing::Nothing);
    }

    fn drop_previews(self) {
        self.editor.moving.set([0.0; 2]);
        self.editor.give_up();
        self.band.set(None);
    }

    /// A press and release in one place.
    fn tap(self, item: Option<Item>, many: bool) {
        let editor = self.editor;
        match (item, editor.source.get_untracked()) {
            (Some(Item::Node(target)), Some(source)) => editor.connect(&source, &target),
            (Some(item), _) if many => editor.toggle(item),
            (Some(item), _) => editor.choose(vec![item]),
            (None, _) => {
                editor.give_up();
                if !many {
                    editor.choose(Vec::new());
                }
            }
        }
    }

    fn choose_in_band(self, too: bool) {
        let Some([a, b]) = self.band.get_untracked() else { return };
        let is_inside = |p: &Place| (0..2).all(|axis| (a[axis].min(b[axis])..=a[axis].max(b[axis])).contains(&p[axis]));
        let mut items = if too { self.editor.chosen.get_untracked() } else { Vec::new() };
        self.editor.places.with_untracked(|places| {
            let mut inside: Vec<_> =
                places.iter().filter(|(_, place)| is_inside(place)).map(|(name, _)| name).collect();
            inside.sort();
            items.extend(inside.into_iter().map(|name| Item::Node(name.clone())));
        });
        self.editor.choose(items);
    }

    fn node_at(self, [x, y]: Place) -> Option<String> {
        self.editor.places.with_untracked(|places| {
            let far = places.iter().map(|(name, p)| ((p[0] - x).hypot(p[1] - y), name));
            far.filter(|(d, _)| *d < CATCH).min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, name)| name.clone())
        })
    }

    /// A double click writes: on a part its text, on the ground a new note.
    pub fn double(self, event: &MouseEvent, canvas: &Element) {
        let editor = self.editor;
        match untrack(|| editor.chosen.get()).as_slice() {
            [Item::Projection(_)] => {}
            [item] => editor.typing.set(Some(item.clone())),
            _ => editor.note(editor.camera.get_untracked().world(point(event, canvas))),
        }
    }

    /// The wheel zooms about the pointer.
    pub fn wheel(self, event: &WheelEvent, canvas: &Element) {
        event.prevent_default();
        let px = event.delta_y() * if event.delta_mode() == 0 { 1.0 } else { LINE_PX };
        let factor = (-px * if event.ctrl_key() { PINCH_ZOOM } else { WHEEL_ZOOM }).exp();
        let at = point(event, canvas);
        self.editor.camera.update(|camera| *camera = camera.zoomed(factor, at));
    }
}

/// Where a pointer is on the canvas, px.
pub fn point(event: &MouseEvent, canvas: &Element) -> Place {
    let rect: DomRect = canvas.get_bounding_client_rect();
    [f64::from(event.client_x()) - rect.left(), f64::from(event.client_y()) - rect.top()]
}
