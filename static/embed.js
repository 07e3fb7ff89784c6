// <spikeground-network>: a live network in any page. README.md tells how to use it, embed.d.ts its types.
//
// This file decides when to load and whether the element is seen, and forwards what the host's page asks for; the rest
// is the same program as the page's. Until an element comes near the viewport, nothing but this file is loaded.

export const API_VERSION = 1;

/** Attributes that the program obeys as they are. */
const FORWARDED = ["views", "hide", "language", "theme", "autoplay", "engine"];
const STYLES = ["tokens", "page", "inspector", "widget"];
/** How near to the viewport an element is loaded. */
const NEAR = "200px";
const DEFAULT_PROJECT = "cuba";
const DEFAULT_HEIGHT = "400";

/** What is said before the program can speak for itself. */
const WORDS = {
  en: {
    loading: "Loading …",
    failed: (cause) => `This network could not be loaded (${cause}). Reload the page, or try a current version of your browser.`,
    again: "Try again",
  },
  zh: {
    loading: "正在加载……",
    failed: (cause) => `无法加载此网络（${cause}）。请刷新页面，或使用最新版本的浏览器。`,
    again: "重试",
  },
};

/** What holds before the styles are there. Nothing of the host's page is inherited but whether it is there to be seen. */
const BASE = `
  :host { display: block; }
  :host([hidden]) { display: none !important; }
  .box {
    all: initial;
    display: block;
    box-sizing: border-box;
    width: 100%;
    overflow: hidden;
    visibility: inherit;
    pointer-events: inherit;
    direction: ltr;
    unicode-bidi: isolate;
    contain: content;
    font: 13px / 1.45 system-ui, sans-serif;
  }
  .said {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 12px;
    box-sizing: border-box;
    height: 100%;
    padding: 16px;
    border: 1px solid rgb(128 128 128 / 40%);
    border-radius: 8px;
    background: Canvas;
    color: CanvasText;
    text-align: center;
  }
  .said p { max-width: 56ch; margin: 0; }
  .said button { font: inherit; }
`;

const here = (path) => new URL(path, import.meta.url).href;

/** The program and the styles, loaded once for all elements of the page. */
let program;

function load() {
  program ??= (async () => {
    const [{ default: init, Widget }, ...styles] = await Promise.all([import("./pkg/spikeground_web.js"), ...STYLES.map(style)]);
    await init();
    return { Widget, styles };
  })();
  // After a failure, the next element tries again.
  program.catch(() => (program = undefined));
  return program;
}

async function style(name) {
  const response = await fetch(here(`./css/${name}.css`));
  if (!response.ok) throw new Error(`${name}.css: ${response.status}`);
  return sheet(await response.text());
}

function sheet(text) {
  const made = new CSSStyleSheet();
  made.replaceSync(text);
  return made;
}

/** A promise and what settles it; nobody has to listen for its failure. */
function deferred() {
  const made = { settled: false };
  made.promise = new Promise((resolve, reject) => {
    made.resolve = () => { made.settled = true; resolve(); };
    made.reject = (error) => { made.settled = true; reject(error); };
  });
  made.promise.catch(() => {});
  return made;
}

export class SpikegroundNetwork extends HTMLElement {
  static observedAttributes = ["project", "height", ...FORWARDED];

  #box = document.createElement("div");
  #widget;
  #started = false;
  /** Raised whenever what is being loaded is not wanted any more. */
  #turn = 0;
  #near;
  #sight;
  #inSight = false;
  #ready = deferred();

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet(BASE)];
    this.#box.className = "box";
    root.append(this.#box);
  }

  connectedCallback() {
    // Moved within the page, it goes on as it is.
    if (this.#near) return;
    this.#setHeight();
    this.#say(this.#words.loading);
    this.#near = new IntersectionObserver((entries) => {
      if (!entries.at(-1).isIntersecting) return;
      this.#near.disconnect();
      this.#load();
    }, { rootMargin: NEAR });
    this.#near.observe(this.#box);
    this.#sight = new IntersectionObserver((entries) => {
      this.#inSight = entries.at(-1).isIntersecting;
      this.#look();
    });
    this.#sight.observe(this.#box);
    document.addEventListener("visibilitychange", this.#look);
  }

  disconnectedCallback() {
    queueMicrotask(() => this.isConnected || this.#giveBack());
  }

  attributeChangedCallback(name, before, after) {
    if (before === after || !this.#widget) return;
    if (name === "project") {
      if (this.#ready.settled) this.#ready = deferred();
      this.#open();
    } else if (name === "height") {
      this.#setHeight();
    } else if (FORWARDED.includes(name)) {
      this.#widget.follow(name, after ?? undefined);
    }
  }

  /** Runs. */
  play() { return this.#ask((widget) => widget.play()); }

  /** Stands still. */
  pause() { return this.#ask((widget) => widget.pause()); }

  /** Makes one step and stands still. */
  step() { return this.#ask((widget) => widget.step()); }

  /** Goes back to t = 0. */
  reset() { return this.#ask((widget) => widget.reset()); }

  /** Sets a control of the network by its name, or a number of its specification by its path. */
  set(name, value) { return this.#ask((widget) => widget.set(String(name), Number(value))); }

  /** Injects a short current into a neuron and its neighbours; without a number, into the picked one. */
  poke(neuron) { return this.#ask((widget) => widget.poke(neuron === undefined ? undefined : Number(neuron))); }

  /** Does what is asked as soon as the network is ready. */
  async #ask(act) {
    await this.#ready.promise;
    try {
      if (this.#widget) act(this.#widget);
    } catch (error) {
      const message = String(error?.message ?? error);
      this.#emit("error", { message, fatal: false });
      throw new Error(message);
    }
  }

  async #load() {
    const turn = ++this.#turn;
    try {
      const { Widget, styles } = await load();
      if (turn !== this.#turn) return;
      this.shadowRoot.adoptedStyleSheets = [this.shadowRoot.adoptedStyleSheets[0], ...styles];
      this.#box.replaceChildren();
      this.#widget = new Widget(this.#box, this.#surroundings, here("./"), this.#hear);
    } catch (error) {
      if (turn === this.#turn) this.#fail(error);
      return;
    }
    for (const name of FORWARDED) this.#widget.follow(name, this.getAttribute(name) ?? undefined);
    this.#setHeight();
    this.#look();
    await this.#open();
  }

  async #open() {
    const turn = ++this.#turn;
    let project = (this.getAttribute("project") ?? DEFAULT_PROJECT).trim();
    if (!project.startsWith("{") && /[./:]/.test(project)) {
      let url = project;
      try {
        url = new URL(project, document.baseURI).href;
        const response = await fetch(url);
        if (!response.ok) throw new Error(`${response.status} ${response.statusText}`.trim());
        project = await response.text();
        // Whatever came is a network or a mistake in one, and no name.
        if (!project.trimStart().startsWith("{")) project = `{${project}`;
      } catch (error) {
        if (turn === this.#turn) this.#widget.unreachable(url, error.message);
        return;
      }
      if (turn !== this.#turn) return;
    }
    if (!this.#widget.open(project)) return;
    if (!this.#started) {
      this.#started = true;
      this.#widget.start(here("./worker.js"));
    }
  }

  #giveBack() {
    if (!this.#near) return;
    this.#turn += 1;
    this.#near.disconnect();
    this.#sight.disconnect();
    this.#near = this.#sight = undefined;
    this.#inSight = this.#started = false;
    document.removeEventListener("visibilitychange", this.#look);
    this.#widget?.free();
    this.#widget = undefined;
    this.#box.replaceChildren();
    if (this.#ready.settled) this.#ready = deferred();
  }

  #look = () => this.#widget?.set_seen(this.#inSight && !document.hidden);

  #hear = (name, detail) => {
    if (name === "ready") this.#ready.resolve();
    if (detail.fatal) this.#ready.reject(new Error(detail.message));
    // Later, because a listener may take the element away, and the program is still busy with it.
    queueMicrotask(() => this.#emit(name, detail));
  };

  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }

  #fail(error) {
    const message = this.#words.failed(error?.message ?? error);
    const again = document.createElement("button");
    again.type = "button";
    again.textContent = this.#words.again;
    again.onclick = () => {
      this.#say(this.#words.loading);
      this.#ready = deferred();
      this.#load();
    };
    this.#say(message, again);
    this.#ready.reject(new Error(message));
    this.#emit("error", { message, fatal: true });
  }

  #say(text, ...more) {
    const frame = document.createElement("div");
    const line = document.createElement("p");
    frame.className = "said";
    line.textContent = text;
    frame.append(line, ...more);
    this.#box.replaceChildren(frame);
  }

  #setHeight() {
    const asked = (this.getAttribute("height") ?? DEFAULT_HEIGHT).trim();
    const height = /^\d+(\.\d+)?$/.test(asked) ? `${asked}px` : asked;
    if (CSS.supports("height", height)) this.#box.style.height = height;
    else {
      this.#box.style.height = `${DEFAULT_HEIGHT}px`;
      this.#widget?.refuse("height", asked, "400, 60vh, 24rem, …");
    }
  }

  /** The language of the text around the element, or the browser's. */
  get #surroundings() {
    return this.closest("[lang]")?.lang || navigator.language;
  }

  get #words() {
    const asked = this.getAttribute("language");
    const language = WORDS[asked] ? asked : this.#surroundings;
    return language.startsWith("zh") ? WORDS.zh : WORDS.en;
  }
}

// The file may be loaded from two addresses; the element is defined once.
if (!customElements.get("spikeground-network")) customElements.define("spikeground-network", SpikegroundNetwork);
