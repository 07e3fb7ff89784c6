//! What the page has been told, kept for drawing: spikes, gaps, rates, one trace, one trajectory, pokes.
//!
//! Memory is bounded by `Limits`, time is in model milliseconds, and nothing here knows the browser.
//! What is no longer held is never passed off as silence: see `History::kept_from_ms` and `History::gaps`.

use std::collections::VecDeque;

/// Most gaps, and most pokes, that are remembered.
const MAX_MARKS: usize = 4_096;
/// Samples in one piece of the trace; the oldest piece is dropped whole.
const TRACE_PIECE: usize = 4_096;

/// Points of the trajectory in the phase plane that are held: half a second at 0.1 ms.
const PLANE_POINTS: usize = 5_000;

/// How much of the past is held.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// Most spikes held; 8 bytes each.
    pub max_spikes: usize,
    /// How far back anything is held, in ms of model time.
    pub keep_ms: f64,
}

impl Default for Limits {
    /// Two million spikes (16 MB), 21 s: the longest window shown is 20 s, and its end trails the newest time a little.
    fn default() -> Self {
        Self { max_spikes: 2_000_000, keep_ms: 21_000.0 }
    }
}

/// A stretch of model time, in ms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Where it begins, in ms.
    pub t0_ms: f64,
    /// Where it ends, in ms.
    pub t1_ms: f64,
}

impl Interval {
    fn meets(&self, t0_ms: f64, t1_ms: f64) -> bool {
        self.t0_ms <= t1_ms && self.t1_ms >= t0_ms
    }
}

/// A current that the visitor injected: when, and into which neurons.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Poke {
    /// While it lasted.
    pub when: Interval,
    /// Global index of the first neuron poked.
    pub first: u32,
    /// How many neurons, from `first` on.
    pub count: u32,
}

/// A piece of the trace with evenly spaced samples.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Samples<'a> {
    /// Time of the first value, in ms.
    pub t0_ms: f64,
    /// Time from one value to the next, in ms.
    pub dt_ms: f64,
    /// The values, in the unit of the recorded variable.
    pub values: &'a [f32],
    /// True when it carries on where the piece before it ended.
    pub joined: bool,
}

#[derive(Clone, Copy, Debug)]
struct Spike {
    /// Steps since `History::origin`.
    step: u32,
    neuron: u32,
}

#[derive(Debug)]
struct Piece {
    t0_ms: f64,
    dt_ms: f64,
    values: Vec<f32>,
    joined: bool,
}

impl Piece {
    fn end_ms(&self) -> f64 {
        self.t0_ms + self.dt_ms * self.values.len() as f64
    }
}

/// The bounded record of one run.
#[derive(Debug)]
pub struct History {
    limits: Limits,
    dt_ms: f64,
    now_ms: f64,
    kept_from_ms: f64,
    origin: u64,
    spikes: VecDeque<Spike>,
    gaps: VecDeque<Interval>,
    pokes: VecDeque<Poke>,
    bin_ms: f64,
    n_populations: usize,
    first_bin: u64,
    rates: VecDeque<f32>,
    trace: VecDeque<Piece>,
    trace_spikes: VecDeque<f64>,
    plane: VecDeque<(f32, f32)>,
    threshold: Option<f64>,
}

impl Default for History {
    fn default() -> Self {
        Self::new(Limits::default())
    }
}

impl History {
    /// An empty record: step 0.1 ms, no populations. Call `clear` when a run is known.
    pub fn new(limits: Limits) -> Self {
        Self {
            limits,
            dt_ms: 0.1,
            now_ms: 0.0,
            kept_from_ms: 0.0,
            origin: 0,
            spikes: VecDeque::new(),
            gaps: VecDeque::new(),
            pokes: VecDeque::new(),
            bin_ms: 1.0,
            n_populations: 0,
            first_bin: 0,
            rates: VecDeque::new(),
            trace: VecDeque::new(),
            trace_spikes: VecDeque::new(),
            plane: VecDeque::new(),
            threshold: None,
        }
    }

    /// Forgets everything and starts a run at 0 ms, with steps of `dt_ms` and, for each of `n_populations`, a rate
    /// every `bin_ms`.
    pub fn clear(&mut self, dt_ms: f64, n_populations: usize, bin_ms: f64) {
        *self = Self { dt_ms, n_populations, bin_ms, ..Self::new(self.limits) };
    }

    /// Moves the newest time told to `t_ms` and drops what is older than the limit. Earlier times change nothing.
    pub fn advance(&mut self, t_ms: f64) {
        if t_ms <= self.now_ms {
            return;
        }
        self.now_ms = t_ms;
        let oldest_ms = t_ms - self.limits.keep_ms;
        self.kept_from_ms = self.kept_from_ms.max(oldest_ms);
        let n_old = self.first_spike_at(oldest_ms);
        self.spikes.drain(..n_old);
        while self.gaps.front().is_some_and(|gap| gap.t1_ms < oldest_ms) {
            self.gaps.pop_front();
        }
        while self.pokes.front().is_some_and(|poke| poke.when.t1_ms < oldest_ms) {
            self.pokes.pop_front();
        }
        while self.trace.front().is_some_and(|piece| piece.end_ms() < oldest_ms) {
            self.trace.pop_front();
        }
        while self.trace_spikes.front().is_some_and(|&t| t < oldest_ms) {
            self.trace_spikes.pop_front();
        }
        self.drop_bins_before((oldest_ms / self.bin_ms).max(0.0) as u64);
    }

    /// The newest model time told, in ms.
    pub fn now_ms(&self) -> f64 {
        self.now_ms
    }

    /// Spikes before this time, in ms, are no longer all held.
    pub fn kept_from_ms(&self) -> f64 {
        self.kept_from_ms
    }

    /// Appends spikes as (step since the start of the run, global neuron index), oldest first. A few that come late are
    /// sorted in. Beyond `Limits::max_spikes` the oldest are dropped.
    pub fn push_spikes(&mut self, spikes: impl IntoIterator<Item = (u64, u32)>) {
        for (step, neuron) in spikes {
            let step = self.compact_step(step);
            self.spikes.push_back(Spike { step, neuron });
            let mut i = self.spikes.len() - 1;
            while i > 0 && self.spikes[i - 1].step > self.spikes[i].step {
                self.spikes.swap(i - 1, i);
                i -= 1;
            }
        }
        let excess = self.spikes.len().saturating_sub(self.limits.max_spikes);
        if excess > 0 {
            let dropped_ms = self.ms_from_step(self.spikes[excess - 1].step);
            self.kept_from_ms = self.kept_from_ms.max(dropped_ms + self.dt_ms);
            self.spikes.drain(..excess);
        }
    }

    /// Spikes with `t0_ms` <= t < `t1_ms` as (time in ms, global neuron index), oldest first.
    pub fn spikes(&self, t0_ms: f64, t1_ms: f64) -> impl Iterator<Item = (f64, u32)> + '_ {
        let first = self.first_spike_at(t0_ms);
        let last = self.first_spike_at(t1_ms).max(first);
        self.spikes.range(first..last).map(|spike| (self.ms_from_step(spike.step), spike.neuron))
    }

    /// How many spikes `spikes` would yield; O(log n).
    pub fn spike_count(&self, t0_ms: f64, t1_ms: f64) -> usize {
        self.first_spike_at(t1_ms).saturating_sub(self.first_spike_at(t0_ms))
    }

    /// Says that spikes of this stretch were lost on the way. Adjoining gaps become one.
    pub fn push_gap(&mut self, t0_ms: f64, t1_ms: f64) {
        match self.gaps.back_mut() {
            Some(last) if t0_ms <= last.t1_ms + 0.5 * self.dt_ms && t1_ms >= last.t0_ms => {
                last.t0_ms = last.t0_ms.min(t0_ms);
                last.t1_ms = last.t1_ms.max(t1_ms);
            }
            _ => self.gaps.push_back(Interval { t0_ms, t1_ms }),
        }
        if self.gaps.len() > MAX_MARKS
            && let Some(oldest) = self.gaps.pop_front()
        {
            self.kept_from_ms = self.kept_from_ms.max(oldest.t1_ms);
        }
    }

    /// The gaps that meet a window. What lies before `kept_from_ms` is reported as a gap too.
    pub fn gaps(&self, t0_ms: f64, t1_ms: f64) -> impl Iterator<Item = Interval> + '_ {
        let forgotten = (self.kept_from_ms > 0.0).then_some(Interval { t0_ms: 0.0, t1_ms: self.kept_from_ms });
        forgotten.into_iter().chain(self.gaps.iter().copied()).filter(move |gap| gap.meets(t0_ms, t1_ms))
    }

    /// Marks a poke.
    pub fn push_poke(&mut self, poke: Poke) {
        self.pokes.push_back(poke);
        if self.pokes.len() > MAX_MARKS {
            self.pokes.pop_front();
        }
    }

    /// The pokes that meet a window.
    pub fn pokes(&self, t0_ms: f64, t1_ms: f64) -> impl Iterator<Item = Poke> + '_ {
        self.pokes.iter().copied().filter(move |poke| poke.when.meets(t0_ms, t1_ms))
    }

    /// Width of a rate bin, in ms.
    pub fn bin_ms(&self) -> f64 {
        self.bin_ms
    }

    /// How many populations have a rate.
    pub fn n_populations(&self) -> usize {
        self.n_populations
    }

    /// Appends the rates, in Hz, of bin `bin`, which spans `bin * bin_ms .. (bin + 1) * bin_ms`: one value a
    /// population. Bins left out become NaN (drawn as a gap); a bin told before, or a wrong number of values, is
    /// ignored.
    pub fn push_rates(&mut self, bin: u64, rates_hz: &[f32]) {
        let n = self.n_populations;
        if n == 0 || rates_hz.len() != n || bin < self.next_bin() {
            return;
        }
        let n_kept = (self.limits.keep_ms / self.bin_ms) as u64 + 1;
        if bin - self.next_bin() > n_kept {
            self.rates.clear();
            self.first_bin = bin;
        }
        while self.next_bin() < bin {
            self.rates.extend(std::iter::repeat_n(f32::NAN, n));
        }
        self.rates.extend(rates_hz);
        self.drop_bins_before((bin + 1).saturating_sub(n_kept));
    }

    /// The rate bins that meet a window as (middle of the bin in ms, Hz per population), oldest first.
    pub fn rates(&self, t0_ms: f64, t1_ms: f64) -> impl Iterator<Item = (f64, impl Iterator<Item = f32> + '_)> + '_ {
        let n = self.n_populations;
        let next = self.next_bin();
        let first = ((t0_ms / self.bin_ms).floor().max(0.0) as u64).clamp(self.first_bin, next);
        let last = ((t1_ms / self.bin_ms).ceil().max(0.0) as u64).clamp(first, next);
        (first..last).map(move |bin| {
            let at = (bin - self.first_bin) as usize * n;
            ((bin as f64 + 0.5) * self.bin_ms, self.rates.range(at..at + n).copied())
        })
    }

    /// Forgets the trace and its spikes and threshold, as when another neuron is picked.
    pub fn clear_trace(&mut self) {
        self.trace.clear();
        self.trace_spikes.clear();
        self.threshold = None;
    }

    /// The level at which the traced neuron fires, in the unit of the trace, if it has one.
    pub fn set_threshold(&mut self, level: Option<f64>) {
        self.threshold = level;
    }

    /// The level set by `set_threshold`.
    pub fn threshold(&self) -> Option<f64> {
        self.threshold
    }

    /// Appends samples of the traced variable. A gap arises by itself where `t0_ms` does not continue the last call.
    pub fn push_trace(&mut self, t0_ms: f64, dt_ms: f64, values: &[f32]) {
        if dt_ms <= 0.0 {
            return;
        }
        for (i, &value) in values.iter().enumerate() {
            let t_ms = t0_ms + dt_ms * i as f64;
            let follows = |p: &Piece| (p.end_ms() - t_ms).abs() < 0.5 * dt_ms && (p.dt_ms - dt_ms).abs() < 1e-9;
            match self.trace.back_mut() {
                Some(last) if last.values.len() < TRACE_PIECE && follows(last) => last.values.push(value),
                last => {
                    let joined = last.is_some_and(|last| follows(last));
                    self.trace.push_back(Piece { t0_ms: t_ms, dt_ms, values: vec![value], joined });
                }
            }
        }
    }

    /// Appends points of the trajectory in the phase plane.
    pub fn push_plane(&mut self, xs: &[f32], ys: &[f32]) {
        self.plane.extend(xs.iter().copied().zip(ys.iter().copied()));
        self.plane.drain(..self.plane.len().saturating_sub(PLANE_POINTS));
    }

    /// Forgets the trajectory.
    pub fn clear_plane(&mut self) {
        self.plane.clear();
    }

    /// The trajectory in the phase plane, the present at its end.
    pub fn plane(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.plane.iter().map(|&(x, y)| (f64::from(x), f64::from(y)))
    }

    /// Appends a spike time of the traced neuron, in ms.
    pub fn push_trace_spike(&mut self, t_ms: f64) {
        self.trace_spikes.push_back(t_ms);
    }

    /// The pieces of the trace that meet a window, cut to it with one sample to spare on either side.
    pub fn trace(&self, t0_ms: f64, t1_ms: f64) -> impl Iterator<Item = Samples<'_>> + '_ {
        self.trace.iter().filter_map(move |piece| {
            let n = piece.values.len();
            let at = |t: f64| ((t - piece.t0_ms) / piece.dt_ms).clamp(-1.0, n as f64 + 1.0);
            let first = (at(t0_ms).floor().max(0.0) as usize).min(n);
            let last = ((at(t1_ms).ceil() + 1.0).max(0.0) as usize).min(n);
            (first < last).then(|| Samples {
                t0_ms: piece.t0_ms + piece.dt_ms * first as f64,
                dt_ms: piece.dt_ms,
                values: &piece.values[first..last],
                joined: piece.joined && first == 0,
            })
        })
    }

    /// Spike times of the traced neuron in a window, in ms.
    pub fn trace_spikes(&self, t0_ms: f64, t1_ms: f64) -> impl Iterator<Item = f64> + '_ {
        let first = self.trace_spikes.partition_point(|&t| t < t0_ms);
        self.trace_spikes.range(first..).copied().take_while(move |&t| t <= t1_ms)
    }

    fn ms_from_step(&self, step: u32) -> f64 {
        (self.origin + u64::from(step)) as f64 * self.dt_ms
    }

    /// Index of the first spike at or after `t_ms`; rounding in the product step * dt is forgiven.
    fn first_spike_at(&self, t_ms: f64) -> usize {
        let step = (t_ms / self.dt_ms - 1e-6).ceil() - self.origin as f64;
        self.spikes.partition_point(|spike| f64::from(spike.step) < step)
    }

    /// Steps since the origin, which moves up when they no longer fit (after 5 days at 0.1 ms).
    fn compact_step(&mut self, step: u64) -> u32 {
        if let Ok(compact) = u32::try_from(step.saturating_sub(self.origin)) {
            return compact;
        }
        let shift = self.spikes.front().map_or(u32::MAX, |first| first.step);
        self.spikes.iter_mut().for_each(|spike| spike.step -= shift);
        self.origin += u64::from(shift);
        u32::try_from(step - self.origin).unwrap_or_else(|_| {
            self.spikes.clear();
            self.origin = step;
            self.kept_from_ms = self.kept_from_ms.max(step as f64 * self.dt_ms);
            0
        })
    }

    fn next_bin(&self) -> u64 {
        self.first_bin + (self.rates.len() / self.n_populations.max(1)) as u64
    }

    fn drop_bins_before(&mut self, bin: u64) {
        let n_drop = bin.min(self.next_bin()).saturating_sub(self.first_bin);
        self.rates.drain(..n_drop as usize * self.n_populations);
        self.first_bin += n_drop;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> History {
        let mut history = History::new(Limits { max_spikes: 10, keep_ms: 100.0 });
        history.clear(0.1, 2, 5.0);
        history
    }

    #[test]
    fn a_window_of_spikes_is_half_open_and_exact_at_multiples_of_dt() {
        let mut history = History::default();
        history.push_spikes((0..1_000).map(|step| (step, step as u32)));
        for k in 0..99 {
            let (t0, t1) = (k as f64 * 0.1, (k + 3) as f64 * 0.1);
            let ids: Vec<u32> = history.spikes(t0, t1).map(|(_, neuron)| neuron).collect();
            assert_eq!(ids, [k, k + 1, k + 2], "at {t0}");
            assert_eq!(history.spike_count(t0, t1), 3);
        }
        assert_eq!(history.spikes(5.0, 4.0).count(), 0);
    }

    #[test]
    fn late_spikes_are_sorted_in() {
        let mut history = small();
        history.push_spikes([(3, 0), (1, 1), (2, 2), (2, 3)]);
        let ids: Vec<u32> = history.spikes(0.0, 1.0).map(|(_, neuron)| neuron).collect();
        assert_eq!(ids, [1, 2, 3, 0]);
    }

    #[test]
    fn the_count_limit_drops_the_oldest_and_says_so() {
        let mut history = small();
        history.push_spikes((0..15).map(|step| (step, 0)));
        assert_eq!(history.spike_count(0.0, 10.0), 10);
        assert!((history.kept_from_ms() - 0.5).abs() < 1e-9);
        assert_eq!(history.gaps(0.0, 10.0).count(), 1);
        assert_eq!(history.gaps(2.0, 10.0).count(), 0);
    }

    #[test]
    fn the_age_limit_drops_everything_old() {
        let mut history = small();
        history.push_spikes([(0, 1), (1_500, 2)]);
        history.push_gap(1.0, 2.0);
        history.push_poke(Poke { when: Interval { t0_ms: 1.0, t1_ms: 3.0 }, first: 0, count: 4 });
        history.push_trace(0.0, 1.0, &[0.0; 3]);
        history.push_trace_spike(2.0);
        history.push_rates(0, &[1.0, 2.0]);
        history.push_rates(15, &[2.0, 3.0]);
        history.push_rates(29, &[3.0, 4.0]);
        history.advance(150.0);
        assert_eq!(history.spikes(0.0, 1e6).collect::<Vec<_>>(), [(150.0, 2)]);
        assert_eq!(history.pokes(0.0, 1e6).count(), 0);
        assert_eq!(history.trace(0.0, 1e6).count(), 0);
        assert_eq!(history.trace_spikes(0.0, 1e6).count(), 0);
        assert_eq!(history.rates(0.0, 1e6).next().map(|(t, _)| t), Some(52.5));
        assert_eq!(history.gaps(0.0, 1e6).collect::<Vec<_>>(), [Interval { t0_ms: 0.0, t1_ms: 50.0 }]);
    }

    #[test]
    fn adjoining_gaps_become_one() {
        let mut history = small();
        history.push_gap(10.0, 20.0);
        history.push_gap(20.0, 30.0);
        history.push_gap(40.0, 50.0);
        let gaps: Vec<Interval> = history.gaps(0.0, 100.0).collect();
        assert_eq!(gaps, [Interval { t0_ms: 10.0, t1_ms: 30.0 }, Interval { t0_ms: 40.0, t1_ms: 50.0 }]);
    }

    #[test]
    fn rates_left_out_are_nan_and_doubles_are_ignored() {
        let mut history = small();
        history.push_rates(0, &[1.0, 2.0]);
        history.push_rates(2, &[3.0, 4.0]);
        history.push_rates(2, &[9.0, 9.0]);
        history.push_rates(3, &[9.0]);
        let rows: Vec<(f64, Vec<f32>)> = history.rates(0.0, 100.0).map(|(t, hz)| (t, hz.collect())).collect();
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[0], (2.5, vec![1.0, 2.0]));
        assert!(rows[1].1.iter().all(|hz| hz.is_nan()));
        assert_eq!(rows[2], (12.5, vec![3.0, 4.0]));
        history.push_rates(1_000_000, &[5.0, 6.0]);
        assert_eq!(history.rates(0.0, 1e9).count(), 1);
    }

    #[test]
    fn a_trace_breaks_only_where_time_does() {
        let mut history = small();
        let long = vec![1.0; TRACE_PIECE + 10];
        history.push_trace(0.0, 0.1, &long);
        history.push_trace(long.len() as f64 * 0.1, 0.1, &[2.0; 5]);
        history.push_trace(1_000.0, 0.1, &[3.0; 5]);
        let pieces: Vec<(bool, usize)> = history.trace(0.0, 2e3).map(|p| (p.joined, p.values.len())).collect();
        assert_eq!(pieces, [(false, TRACE_PIECE), (true, 15), (false, 5)]);
        let cut: Vec<Samples> = history.trace(10.0, 10.2).collect();
        assert_eq!(cut.len(), 1);
        assert!(cut[0].t0_ms <= 10.0 && cut[0].values.len() <= 5);
    }

    #[test]
    fn steps_beyond_32_bits_move_the_origin() {
        let mut history = History::default();
        let far = u64::from(u32::MAX) + 10;
        history.push_spikes([(far - 20, 1), (far, 2), (far + 5, 3)]);
        let spikes: Vec<(f64, u32)> = history.spikes(0.0, f64::MAX).collect();
        assert_eq!(spikes, [((far - 20) as f64 * 0.1, 1), (far as f64 * 0.1, 2), ((far + 5) as f64 * 0.1, 3)]);
        history.push_spikes([(far * 3, 4)]);
        assert_eq!(history.spikes(0.0, f64::MAX).count(), 1);
    }
}
