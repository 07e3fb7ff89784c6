//! The nervous system of C. elegans, wired as it was traced: a touch moves it forwards or backwards.

use super::{Entry, Theme};
use crate::text::text;

pub(super) static ENTRY: Entry = Entry {
    id: "c-elegans",
    title: text("C. elegans", "秀丽隐杆线虫"),
    theme: Theme::Anatomy,
    hint: text("a worm flees a touch", "线虫躲避触碰"),
    about: text(
        "The nervous system of a worm, 300 neurons, every contact as it was traced under the electron microscope. Its tail is being \
         touched: the command cells `forward` fire and drive the motor neurons B. Turn `tail` to 0 and `head` to 200, and \
         `backward` and the motor neurons A take over. Where the synapses are is measured; how strong they are is not, and \
         neither is most of their signs: command cells of the two ways inhibit each other by assumption, gap junctions are \
         pairs of excitatory synapses, and real neurons of the worm hardly spike.",
        "一条线虫的神经系统，300 个神经元，每一处接触都来自电子显微镜下的逐一追踪。它的尾部正被触碰：指令神经元 forward 发放，\
         驱动运动神经元 B。把 tail 调到 0、head 调到 200，backward 与运动神经元 A 就接管。突触在哪里是测得的；它们有多强、\
         大多是兴奋还是抑制，却没有测得：两个方向的指令神经元相互抑制是一种假设，缝隙连接用一对兴奋性突触代替，\
         而真实线虫的神经元几乎不发放脉冲。",
    ),
    source: "White, Southgate, Thomson & Brenner (1986), doi:10.1098/rstb.1986.0056; Chalfie et al. (1985), \
             doi:10.1523/JNEUROSCI.05-04-00956.1985",
    json: include_str!("c-elegans.json"),
    changes: &[],
};
