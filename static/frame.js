// The page of an iframe: one <spikeground-network> that fills it, with the attributes that the address names.
import { SpikegroundNetwork } from "./embed.js";

const asked = new URLSearchParams(location.search);
document.documentElement.lang = asked.get("lang") ?? navigator.language;
const network = document.createElement("spikeground-network");
network.setAttribute("height", "100vh");
for (const name of SpikegroundNetwork.observedAttributes) {
  if (asked.has(name)) network.setAttribute(name, asked.get(name));
}
document.body.append(network);
