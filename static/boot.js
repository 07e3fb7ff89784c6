// Starts the page. What goes wrong before the page can speak for itself is said here, in both languages.
import init, { start_page } from "./pkg/spikeground_web.js";

try {
  await init();
  start_page(new URL("./worker.js", import.meta.url).href);
} catch (error) {
  const text = document.createElement("p");
  text.className = "boot-error";
  text.textContent =
    `This page could not start (${error}). Reload it, or try a current version of your browser. ` +
    `页面无法启动。请刷新页面，或使用最新版本的浏览器。`;
  document.body.append(text);
  throw error;
}
