//! The phase plane of a model: two of its state variables against each other, with the curves on which either stands
//! still.

/// The value of a parameter by its name.
pub type Params<'a> = &'a dyn Fn(&str) -> f64;

/// The phase plane of a model whose other state variables, if there are any, are its input.
#[derive(Clone, Copy)]
pub struct Plane {
    /// Names of the state variables along x and along y.
    pub variables: [&'static str; 2],
    /// For each of them its nullcline: y where it stands still, by x. Input but the constant current is none.
    pub nullclines: [fn(Params, f64) -> f64; 2],
    /// Name of the parameter with the x at which a neuron fires.
    pub threshold: &'static str,
    /// From where to where x and y are of interest, whatever the trajectory.
    pub window: fn(Params) -> [(f64, f64); 2],
}
