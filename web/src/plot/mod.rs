//! The plots of the page on canvases; those over time are linked through one time axis.
//!
//! Only this folder touches a raw canvas. Plain arithmetic (scales, windows, gestures, pixels) stands in files of its
//! own and is tested natively; `surface` and `screen` talk to the browser; a view gathers a scene from signals and
//! paints it.
//!
//! | file | what it owns |
//! |---|---|
//! | `scale`, `format`, `calm`, `thin` | pixels and ticks; numbers as text; steady ranges; fewer points |
//! | `time_window`, `follow`, `time_axis` | what stretch of time is shown; even scrolling; both as signals |
//! | `gesture`, `brush` | drags, pinches and taps from pointers; strokes over neurons |
//! | `colour`, `palette`, `band` | colours; the theme's; populations and theirs |
//! | `frame`, `axes`, `pen` | where the data lies; ticks and cursor; lines, text and marks |
//! | `stamp`, `dots`, `raster_image` | one dot; many dots; the dots of a raster; all in memory |
//! | `ink`, `svg` | what a pen draws with: a canvas, or SVG |
//! | `screen`, `surface` | the canvas; the component on it |
//! | `exhibit`, `table`, `npz` | what a view gives away: its picture and its numbers, as files |
//! | `animation`, `source` | frames and clock; the record and its signal |
//! | `raster`, `rate`, `trace` | the views over time |
//! | `histogram`, `curves`, `heat`, `plane`, `course`, `matrix`, `sheet`, `cores` | the others |
//! | `activity`, `decoded`, `cursor`, `court` | what is decoded of a recording |
//! | `camera` | no view: what a camera sees |

mod activity;
mod animation;
mod axes;
mod band;
mod brush;
mod calm;
mod camera;
mod colour;
mod cores;
mod course;
mod court;
mod cursor;
mod curves;
mod decoded;
mod dots;
mod exhibit;
mod follow;
/// Numbers as people read them.
pub mod format;
mod frame;
mod gesture;
mod heat;
mod histogram;
mod ink;
mod matrix;
mod npz;
mod palette;
mod pen;
mod plane;
mod raster;
mod raster_image;
mod rate;
/// Data to pixels and back, and ticks.
pub mod scale;
mod screen;
mod sheet;
mod source;
mod stamp;
mod surface;
mod svg;
mod table;
mod thin;
mod time_axis;
mod time_window;
mod trace;

pub use activity::{ActivityView, Strip};
pub use band::{Band, Kind};
pub use brush::Brush;
pub use camera::Camera;
pub use cores::{Cores, CoresView};
pub use course::{Course, CourseView};
pub use court::CourtView;
pub use cursor::CursorView;
pub use curves::{Axis, Curves, CurvesView};
pub use decoded::DecodedView;
pub use exhibit::{Exhibit, Picture};
pub use heat::{Heat, HeatView};
pub use histogram::{Bins, HistogramView};
pub use matrix::{Matrix, MatrixView, MatrixWords};
pub use plane::{PlaneScene, PlaneView};
pub use raster::RasterView;
pub use rate::{RateLegend, RateView};
pub use scale::Spread;
pub use sheet::{FADE_MS, Places, SheetView};
pub use source::Source;
pub use surface::{Restyle, ShyWheel};
pub use table::{Table, named};
pub use time_axis::TimeAxis;
pub use trace::TraceView;
