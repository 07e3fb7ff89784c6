//! The gallery: networks that open in one click, each with what to look at and what to turn.
//!
//! Adding one costs its JSON file beside this one and its entry in [`GALLERY`].

use crate::{
    spec::NetworkSpec,
    text::{Text, text},
};

/// A network of the gallery.
pub struct Entry {
    /// Its name in links and on the command line.
    pub id: &'static str,
    /// Its name for people.
    pub title: Text,
    /// A few words.
    pub hint: Text,
    /// What to look at and what to turn.
    pub about: Text,
    /// Where it was published.
    pub source: &'static str,
    /// Its specification.
    pub json: &'static str,
}

impl Entry {
    /// Its specification.
    pub fn spec(&self) -> NetworkSpec {
        NetworkSpec::from_json(self.json).expect("a test reads every network of the gallery")
    }
}

/// The entry called `id`.
pub fn find(id: &str) -> Option<&'static Entry> {
    GALLERY.iter().find(|e| e.id == id)
}

/// Every network, in the order the page shows them; the first opens with the page.
pub static GALLERY: &[Entry] = &[
    Entry {
        id: "cuba",
        title: text("CUBA", "CUBA 平衡网络"),
        hint: text("balanced and irregular", "平衡而不规则"),
        about: text(
            "4,000 neurons that excite and inhibit each other. Without inhibition they would fire as fast as they can; with \
             it, excitation and inhibition nearly cancel, and each neuron fires irregularly, about five times a second. \
             Weaken the inhibitory weight and watch the balance break; click the raster to jolt some neurons.",
            "4000 个神经元相互兴奋和抑制。没有抑制，它们会以最快速度发放；有了抑制，兴奋与抑制几乎抵消，\
             每个神经元每秒不规则地发放约五次。减弱抑制权重，看平衡如何被打破；点击栅格图，刺激一组神经元。",
        ),
        source: "Vogels & Abbott (2005), doi:10.1523/JNEUROSCI.3508-05.2005; Brette et al. (2007), benchmark 2, doi:10.1007/s10827-007-0038-6",
        json: include_str!("cuba.json"),
    },
    Entry {
        id: "coba",
        title: text("COBA", "COBA 电导网络"),
        hint: text("the same with conductances", "换成电导突触"),
        about: text(
            "The conductance form of the same network. A synapse opens a channel, and its current depends on the membrane: \
             inhibition holds the neurons tighter than in CUBA, and nothing drives them but each other, so the activity \
             keeps itself going. Pull the excitatory weight down and it dies out.",
            "同一网络的电导形式。突触打开通道，电流取决于膜电位：抑制比 CUBA 更强地约束神经元；除了彼此之外没有外部驱动，\
             活动自我维持。调低兴奋权重，活动就会熄灭。",
        ),
        source: "Vogels & Abbott (2005), doi:10.1523/JNEUROSCI.3508-05.2005; Brette et al. (2007), benchmark 1, doi:10.1007/s10827-007-0038-6",
        json: include_str!("coba.json"),
    },
    Entry {
        id: "one-neuron",
        title: text("One neuron", "单个神经元"),
        hint: text("noise in, spikes out", "噪声输入，脉冲输出"),
        about: text(
            "One leaky integrate-and-fire neuron under random excitatory and inhibitory spikes. Its membrane potential \
             drifts up and down; whenever it reaches the threshold, the neuron fires and starts again from the reset. Turn \
             the excitatory rate and see how the spikes thin out or crowd.",
            "一个漏积分发放神经元，接收随机的兴奋和抑制脉冲。膜电位起伏不定，一到阈值就发放脉冲并复位。\
             调节兴奋输入的频率，看脉冲变稀或变密。",
        ),
        source: "Stein (1965), doi:10.1016/S0006-3495(65)86709-1",
        json: include_str!("one-neuron.json"),
    },
    Entry {
        id: "zoo",
        title: text("Model zoo", "模型动物园"),
        hint: text("eight models, one noise", "八种模型，同一噪声"),
        about: text(
            "Twenty neurons of each model, all under the same kind of random spikes. Click one and compare: the three current \
             models differ only in how an input spreads in time, conductances quieten the membrane, AdEx tires, Izhikevich's \
             neuron rebounds, and Hodgkin and Huxley's spike is no reset but the play of its channels. Turn the rate up until \
             each fires at its limit.",
            "每种模型二十个神经元，接收同类随机脉冲。点选比较：三种电流型模型只在输入的时间展开上不同，电导使膜电位更平静，\
             AdEx 会疲劳，Izhikevich 神经元会反弹，而霍奇金-赫胥黎的脉冲不是复位，而是离子通道的作用。\
             提高输入频率，直到各自达到发放极限。",
        ),
        source: "the sources of the models, under their parameters",
        json: include_str!("zoo.json"),
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{engine, network::Network};

    /// Every network of the gallery is written as this program writes it, and runs.
    #[test]
    fn every_network_reads_writes_and_runs() {
        for entry in GALLERY {
            let spec = NetworkSpec::from_json(entry.json).unwrap_or_else(|e| panic!("{}: {}", entry.id, e[0]));
            let again = NetworkSpec::from_json(&spec.to_json()).expect("what is written can be read");
            assert_eq!(spec, again);
            let network = Network::new(spec, 1e9).unwrap_or_else(|e| panic!("{}: {}", entry.id, e[0]));
            let mut run = engine::Simulation::new(network, engine::ENGINES[0]).expect("there is memory");
            run.advance(3000).expect("the gallery is stable");
            assert!(run.recorder().totals()[0] > 0, "{} is silent", entry.id);
            assert!(!entry.about.zh.is_empty());
        }
    }
}
