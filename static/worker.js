// The script of the Web Worker: loads the engine, which then answers messages.
import init from "./pkg/spikeground_worker.js";

await init();
