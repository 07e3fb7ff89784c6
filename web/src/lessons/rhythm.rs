//! Two neurons that inhibit each other and tire take turns: the smallest circuit with a rhythm.

use spikeground_core::text::text;

use super::{Act, Gauge, Lesson, Seen, Step};

/// How long is looked back, ms: several turns.
const LOOK_MS: f64 = 4000.0;
/// Fewest spikes of one neuron in a row that are a turn.
const LEAST_SPIKES: usize = 3;

/// When the turns of the two neurons began, ms; each is of another neuron than the one before.
fn turns(seen: &Seen) -> Option<Vec<f64>> {
    let of = |neuron| Some(seen.times(neuron, LOOK_MS)?.into_iter().map(move |t_ms| (t_ms, neuron)));
    let mut spikes: Vec<(f64, u32)> = of(0)?.chain(of(1)?).collect();
    spikes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let rows = spikes.chunk_by(|a, b| a.1 == b.1).filter(|row| row.len() >= LEAST_SPIKES).map(|row| row[0]);
    let mut starts: Vec<(f64, u32)> = rows.collect();
    starts.dedup_by_key(|start| start.1);
    Some(starts.into_iter().map(|(t_ms, _)| t_ms).collect())
}

/// Mean length of a turn, ms, of at least three that were seen to their end.
fn turn_ms(seen: &Seen) -> Option<f64> {
    let starts = turns(seen)?;
    let n = starts.len().checked_sub(1).filter(|n| *n >= 3)?;
    Some((starts[n] - starts[1]) / (n - 1) as f64)
}

/// Whether one neuron fires and the other does not.
fn has_winner(seen: &Seen) -> bool {
    let counts = [0, 1].map(|neuron| seen.spikes(neuron, LOOK_MS).unwrap_or(0));
    counts.contains(&0) && counts.iter().any(|n| *n >= 20)
}

const TURN: Option<Gauge> =
    Some(Gauge { name: text("length of a turn", "每轮时长"), unit: "ms", decimals: 0, value: turn_ms });

pub(super) static LESSON: Lesson = Lesson {
    id: "rhythm",
    title: text("A rhythm", "节律"),
    goal: text("How two neurons can walk: left, right, left.", "两个神经元怎样走路：左、右、左。"),
    json: include_str!("rhythm.json"),
    views: &["trace", "raster"],
    speed: 1.0,
    picked: 0,
    steps: &[
        Step {
            task: text(
                "Two neurons get the same current, and both fire all the time. Let them inhibit each other: turn `w` below \
                 zero until they take turns.",
                "两个神经元接收相同的电流，都在不停发放。让它们相互抑制：把 `w` 调到零以下，直到它们轮流发放。",
            ),
            hint: text("Try −15 nS, and wait a few turns.", "试试 −15 nS，等上几轮。"),
            told: text(
                "The one that fires silences the other. But each spike tires it, which is called *adaptation*; when it has \
                 slowed down enough, the other breaks free. Such a pair is a *half-centre*: with it Brown explained in 1911 \
                 how a spinal cord walks.",
                "发放的一方使另一方沉默。但每次发放都使它疲劳，这叫*适应*；等它慢到一定程度，另一方便挣脱出来。\
                 这样的一对叫*半中心*，布朗（Brown）在 1911 年用它解释脊髓怎样产生步行。",
            ),
            lit: &["w", "raster"],
            gauge: TURN,
            done: |seen| turn_ms(seen).is_some(),
            solution: &[Act::Set("w", -15.0)],
        },
        Step {
            task: text("Slow the walk down: turns of 300 ms or longer.", "把步子放慢：每轮 300 ms 或更长。"),
            hint: text("The stronger the inhibition, the longer a turn lasts: −30 nS.", "抑制越强，每轮越长：−30 nS。"),
            told: text(
                "Under stronger inhibition the active one has to tire more before the other can break free. No neuron here \
                 keeps time by itself: the rhythm is made by the pair.",
                "抑制越强，活动的一方要疲劳得更厉害，另一方才能挣脱。这里没有哪个神经元自己打拍子：节律是两者共同产生的。",
            ),
            lit: &["w"],
            gauge: TURN,
            done: |seen| turn_ms(seen).is_some_and(|ms| ms >= 300.0),
            solution: &[Act::Set("w", -35.0)],
        },
        Step {
            task: text(
                "Too much of it: stop the rhythm, so that one fires for ever.",
                "过犹不及：让节律停下来，只剩一个不停地发放。",
            ),
            hint: text("Turn `w` all the way to −80 nS.", "把 `w` 一直调到 −80 nS。"),
            told: text(
                "*Winner takes all*: even tired, the winner fires fast enough to keep the other silent. That is no failure \
                 everywhere; where a brain has to decide, it is wanted.",
                "这叫*赢者通吃*：胜者即使疲劳，发放仍快得足以压住对方。这并非总是坏事：大脑要作决定时，正需要如此。",
            ),
            lit: &["w", "raster"],
            gauge: None,
            done: has_winner,
            solution: &[Act::Set("w", -80.0)],
        },
        Step {
            task: text(
                "Bring the rhythm back without touching `w`. `tau_w` says how long tiredness lasts.",
                "不动 `w`，让节律恢复。`tau_w` 表示疲劳持续多久。",
            ),
            hint: text("Longer: 600 ms and more.", "调长：600 ms 以上。"),
            told: text(
                "Tiredness that lasts adds up over more spikes, until the winner has to let go. Three things make this \
                 rhythm: a drive, mutual inhibition, and something slow that builds up. You will find them in many others, \
                 from breathing to swimming.",
                "持续得更久的疲劳在更多脉冲上累积，胜者终究要放手。构成这种节律的有三样：驱动、相互抑制，和缓慢累积的某种东西。\
                 从呼吸到游泳，许多节律里都能找到它们。",
            ),
            lit: &["tau_w"],
            gauge: TURN,
            done: |seen| seen.control("w") <= -65.0 && turn_ms(seen).is_some(),
            solution: &[Act::Set("tau_w", 800.0)],
        },
    ],
};
