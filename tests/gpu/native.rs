//! The engine on a GPU natively, through Vulkan: in CI on llvmpipe, which Debian's package mesa-vulkan-drivers brings.
#![cfg(not(target_arch = "wasm32"))]

mod conformance;

use std::sync::Arc;

use conformance::Later;
use spikeground_worker::gpu::Gpu;

struct Wait(Gpu);

impl Later for Wait {
    async fn pass(&self) {
        self.0.wait();
    }
}

#[test]
fn the_gpu_agrees_with_the_reference() {
    pollster::block_on(async {
        let gpu = Gpu::open(Arc::new(|| ())).await.expect("a Vulkan adapter");
        println!("on {:?}", gpu.adapter);
        conformance::all(&gpu, &Wait(gpu.clone())).await;
    });
}
