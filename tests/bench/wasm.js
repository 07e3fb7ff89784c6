// Times the published worker in a page that does nothing else. The worker sends a frame only when one is asked for,
// and tells in it whether it has arrived: few are asked for on the way, more towards the end, to see it at once.
async (script, json, engine, discardMs, modelMs) => {
  const PERIOD_MS = 20;
  const BYTES_PER_SPIKE = 8;
  const worker = new Worker(script, { type: "module" });
  const { port1: port, port2 } = new MessageChannel();
  const post = (message) => port.postMessage(message);
  let heard = () => {};
  let report;
  let gpu;
  const failed = new Promise((_, reject) => {
    worker.onerror = (event) => reject(new Error(event.message ?? "the worker cannot be loaded"));
    worker.onmessage = () => worker.postMessage(null, [port2]);
    port.onmessage = ({ data }) => {
      if (data.Refused ?? data.Rejected ?? data.Halted) reject(new Error(JSON.stringify(data)));
      report = data.Engine ?? report;
      gpu = data.Frame?.measures?.gpu ?? gpu;
      heard(data);
    };
  });
  const message = (kind) => new Promise((resolve) => (heard = (data) => data[kind] && resolve(data[kind])));

  const runTo = (fromMs, toMs) => new Promise((resolve) => {
    const startMs = performance.now();
    let frames = 0, spikes = 0;
    heard = ({ Frame: frame }) => {
      if (!frame) return;
      const spentMs = performance.now() - startMs;
      const madeMs = frame.step * frame.dt_ms - fromMs;
      const leftMs = toMs - fromMs - madeMs;
      frames += 1;
      spikes += frame.spikes.byteLength / BYTES_PER_SPIKE;
      if (!frame.playing && leftMs < frame.dt_ms / 2) {
        resolve({ loop_s: spentMs / 1000, frames, spikes });
        return;
      }
      // The engine may still be getting faster: look again at half the time that is left.
      const waitMs = madeMs > 0 ? Math.min(PERIOD_MS, (spentMs / madeMs) * leftMs / 2) : 0;
      if (waitMs < 1) post("Drawn");
      else setTimeout(post, waitMs, "Drawn");
    };
    post({ RunTo: { time_ms: toMs } });
    post("Drawn");
  });

  const run = async () => {
    await message("Ready");
    post({ Hello: { version: 1 } });
    post({ Speed: { factor: null } });
    const loaded = message("Loaded");
    post({ Load: { json, id: 1, restart: true } });
    const { size } = await loaded;
    post({ Engine: { name: engine } });
    while (report?.choice !== engine || report.reason === "Opening") await message("Engine");
    if (report.engine !== engine) throw new Error(JSON.stringify(report.reason));
    await runTo(0, discardMs);
    const { loop_s, frames, spikes } = await runTo(discardMs, discardMs + modelMs);
    return {
      simulator: "Chromium",
      version: navigator.userAgent.match(/Chrome\/(\d+)/)?.[1] ?? "of unknown version",
      neurons: size.neurons,
      synapses: size.synapses,
      model_ms: modelMs,
      loop_s,
      rate_hz: spikes / size.neurons / (modelMs / 1000),
      frames,
      adapter: report.adapter,
      gpu_bytes: report.gpu_bytes,
      gpu,
    };
  };
  try {
    return await Promise.race([run(), failed]);
  } finally {
    worker.terminate();
  }
}
