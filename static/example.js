// What the buttons of example.html do: everything through the methods and events of <spikeground-network>.
const byId = (id) => document.getElementById(id);
const network = byId("balance");

for (const button of document.querySelectorAll("[data-w]")) {
  button.addEventListener("click", () => network.set("w_I", Number(button.dataset.w)));
}

byId("jolt").addEventListener("click", async () => {
  await network.play();
  await network.poke(1600);
});

let toldAt = 0;
network.addEventListener("frame", ({ detail, timeStamp }) => {
  // As often as an eye can read a number.
  if (timeStamp - toldAt < 250 || !("E" in detail.rates_hz)) return;
  toldAt = timeStamp;
  byId("heard").textContent = `Excitatory neurons fire at ${detail.rates_hz.E.toFixed(1)} Hz.`;
});

const address = new URL("./embed.js", location.href).href;
const snippet = `<script type="module" src="${address}"></script>
<spikeground-network project="cuba" height="400"></spikeground-network>`;
byId("snippet").textContent = snippet;
byId("copy").addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(snippet);
    byId("copied").textContent = "Copied.";
  } catch {
    getSelection().selectAllChildren(byId("snippet"));
    byId("copied").textContent = "Selected: copy it with your keyboard.";
  }
});
