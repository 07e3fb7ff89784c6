// One step of every neuron of one model. The names in capitals are filled in from the model's body.
// Sums of input are read and cleared, spikes of the stimuli are added, and who fires is listed.

@group(0) @binding(0) var<uniform> step: Step;
@group(0) @binding(1) var<uniform> batch: Batch;
@group(0) @binding(2) var<uniform> model: Model;
@group(0) @binding(3) var<storage, read> populations: array<Population>;
@group(0) @binding(4) var<storage, read> drives: array<Drive>;
@group(0) @binding(5) var<storage, read> numbers: array<u32>;
@group(0) @binding(6) var<storage, read> currents: array<f32>;
@group(0) @binding(7) var<storage, read_write> variables: array<f32>;
@group(0) @binding(8) var<storage, read_write> ring: array<atomic<i32>>;
@group(0) @binding(9) var<storage, read_write> spikes: array<u32>;
@group(0) @binding(10) var<storage, read_write> marks: array<atomic<u32>>;

fn real(x: f32) -> f32 { return x; }
fn gt(a: f32, b: f32) -> bool { return a > b; }
fn ge(a: f32, b: f32) -> bool { return a >= b; }
fn inverse(x: f32) -> f32 { return 1.0 / x; }
fn pow2(x: f32) -> f32 { return bitcast<f32>(u32((i32(x) + 127) << 23u)); }

// A number whose exponent is all ones is infinite or no number. Comparisons may be optimised away; bits may not.
fn lost(x: f32) -> bool { return (bitcast<u32>(x) & 0x7f800000u) == 0x7f800000u; }

// Threefry-2x32 with 20 rounds, the first word, as in core's rng.rs.
fn threefry(key: vec2<u32>, counter: vec2<u32>) -> u32 {
    var k = array<u32, 3>(key.x, key.y, 0x1bd11bdau ^ key.x ^ key.y);
    var r = array<u32, 8>(13u, 15u, 26u, 6u, 17u, 29u, 16u, 24u);
    var x = counter + key;
    for (var group = 0u; group < 5u; group++) {
        for (var round = 0u; round < 4u; round++) {
            let by = r[(group % 2u) * 4u + round];
            x.x += x.y;
            x.y = ((x.y << by) | (x.y >> (32u - by))) ^ x.x;
        }
        x.x += k[(group + 1u) % 3u];
        x.y += k[(group + 2u) % 3u] + group + 1u;
    }
    return x.x;
}

// How many spikes a drive sends a neuron in this step.
fn count_of(drive: Drive, neuron: u32) -> i32 {
    if drive.kind == LISTED {
        return i32(numbers[drive.first + step.index]);
    }
    var first = drive.first;
    var most = drive.count;
    if drive.kind == VARIED {
        first += step.index * (drive.count + 1u) + 1u;
        most = numbers[first - 1u];
    }
    let word = threefry(vec2(drive.seed, drive.stream), vec2(neuron, batch.first_step + step.index + 1u));
    var count = 0u;
    while count < most && word >= numbers[first + count] {
        count++;
    }
    return i32(count);
}

// A uniform random number in (0, 1) for a neuron in this step: rng.rs has inside_f32.
fn chance(population: Population, neuron: u32) -> f32 {
    let word = threefry(vec2(population.seed, population.stream), vec2(neuron, batch.first_step + step.index + 1u));
    return f32(word >> 9u) * 0.00000011920929 + 0.000000059604645;
}

// The row of the ring for input to a sum that arrives so many steps from the present one.
fn row(ahead: u32, sum: u32) -> u32 {
    return (((batch.first_row + step.index + 1u + ahead) % batch.rows) * batch.sums + sum) * batch.slots;
}

// A sum of input that arrives in this step; it is zero then.
fn take(population: Population, slot: u32, sum: u32) -> f32 {
    let at = row(0u, sum) + slot;
    let units = f32(atomicLoad(&ring[at]));
    atomicStore(&ring[at], 0i);
    return units * bitcast<f32>(numbers[population.units + sum]);
}

@compute @workgroup_size(WORKGROUP)
fn update(@builtin(global_invocation_id) id: vec3<u32>) {
    let base = atomicLoad(&marks[BASES + step.index]);
    if base + batch.neurons > batch.capacity || atomicLoad(&marks[HALTED]) < step.index || id.x >= model.threads {
        return;
    }
    var p = model.first_population;
    while p + 1u < model.end_population && id.x >= populations[p + 1u].first_thread {
        p++;
    }
    let population = populations[p];
    let neuron = id.x - population.first_thread;
    if neuron >= population.neurons {
        return;
    }
    let slot = population.first_slot + neuron;
    let at = population.variables + (neuron / LANES) * (N_STATE * LANES) + neuron % LANES;

TAKE_SUMS
    for (var d = population.first_drive; d < population.end_drive; d++) {
        let drive = drives[d];
        let count = count_of(drive, neuron);
        if count != 0i {
            atomicAdd(&ring[row(drive.delay, drive.sum) + slot], count * drive.weight);
        }
    }
    var injected = 0.0;
    if population.has_current != 0u {
        injected = currents[slot];
    }
    if population.shared_current != NO_CURRENT {
        injected += bitcast<f32>(numbers[population.shared_current + step.index]);
    }
    let INPUT_CURRENT = injected;
TAKE_CHANCE
LOAD_CONSTANTS
LOAD_STATE
    for (var part = 0u; part < TIMES; part++) {
REPEAT
    }
    {
UPDATE
    }
    if (THRESHOLD) {
        {
RESET
        }
        spikes[base + atomicAdd(&marks[COUNTS + step.index], 1u)] = population.first_neuron + neuron;
    }
STORE_STATE
}
