//! The units of the product, as NEST uses them, and the conversion between milliseconds and steps.

/// A unit of a parameter or a state variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Membrane potential, mV.
    Millivolt,
    /// Time, ms.
    Millisecond,
    /// Current, pA.
    Picoampere,
    /// Capacitance, pF.
    Picofarad,
    /// Conductance, nS.
    Nanosiemens,
    /// Resistance, GΩ.
    Gigaohm,
    /// Rate, spikes per second.
    Hertz,
    /// Length, mm.
    Millimetre,
    /// An angle, degrees.
    Degree,
    /// A count of simulation steps.
    Step,
    /// A plain number, such as a probability.
    One,
    /// A whole number of things.
    Count,
}

impl Unit {
    /// The symbol as printed behind a number; empty for a plain number.
    pub const fn symbol(self) -> &'static str {
        match self {
            Unit::Millivolt => "mV",
            Unit::Millisecond => "ms",
            Unit::Picoampere => "pA",
            Unit::Picofarad => "pF",
            Unit::Nanosiemens => "nS",
            Unit::Gigaohm => "GΩ",
            Unit::Hertz => "Hz",
            Unit::Millimetre => "mm",
            Unit::Degree => "°",
            Unit::Step => "steps",
            Unit::One | Unit::Count => "",
        }
    }
}

/// The number of steps of `dt_ms` in `ms`, rounded to the nearest step as NEST rounds delays and refractory times.
pub fn steps_from_ms(ms: f64, dt_ms: f64) -> u64 {
    libm::round(ms / dt_ms) as u64
}

/// The time in ms at the end of step number `step`.
pub fn ms_from_steps(step: u64, dt_ms: f64) -> f64 {
    step as f64 * dt_ms
}
