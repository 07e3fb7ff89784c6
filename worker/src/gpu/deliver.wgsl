// Adds the weight of every synapse of the neurons that fired in this step to the input of its target. One workgroup takes
// a spike, its threads share the spike's synapses. Sums are integers, so the order does not matter.

@group(0) @binding(0) var<uniform> step: Step;
@group(0) @binding(1) var<uniform> batch: Batch;
@group(0) @binding(2) var<uniform> chunk: Chunk;
@group(0) @binding(3) var<storage, read> routes: array<Route>;
@group(0) @binding(4) var<storage, read> offsets: array<u32>;
@group(0) @binding(5) var<storage, read> targets: array<u32>;
@group(0) @binding(6) var<storage, read> spikes: array<u32>;
@group(0) @binding(7) var<storage, read_write> ring: array<atomic<i32>>;
@group(0) @binding(8) var<storage, read_write> marks: array<atomic<u32>>;

@compute @workgroup_size(WORKGROUP)
fn deliver(
    @builtin(workgroup_id) group: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) lane: u32,
) {
    let base = atomicLoad(&marks[BASES + step.index]);
    // Where the update did nothing, there are no spikes, and the next base is this one: nothing more is done.
    let count = atomicLoad(&marks[COUNTS + step.index]);
    if chunk.index == 0u && group.x == 0u && lane == 0u {
        atomicStore(&marks[BASES + step.index + 1u], base + count);
    }
    for (var i = group.x; i < count; i += groups.x) {
        let neuron = spikes[base + i];
        for (var r = 0u; r < chunk.routes; r++) {
            let route = routes[r];
            // Below the first neuron this wraps around to a large number.
            let source = neuron - route.first_neuron;
            if source < route.neurons {
                let step_there = (batch.first_row + step.index + 1u + route.delay) % batch.rows;
                let row = (step_there * batch.sums + route.sum) * batch.slots;
                let end = offsets[route.offsets + source + 1u];
                for (var j = offsets[route.offsets + source] + lane; j < end; j += WORKGROUP) {
                    atomicAdd(&ring[row + targets[j]], route.weight);
                }
            }
        }
    }
}
