// Types of embed.js, version 1 of its API. README.md explains them.

/** Version of what this file describes. It changes when a page would have to. */
export const API_VERSION: 1;

/** A panel of the network, as in `views="raster rate"`. */
export type View =
  | "network"
  | "trace"
  | "plane"
  | "raster"
  | "sheet"
  | "rate"
  | "interval"
  | "measures"
  | "spectrum"
  | "correlation"
  | "psth"
  | "weights"
  | "live"
  | "scan"
  | "curve";

/** A part that can be hidden, as in `hide="title speed"`. */
export type Part =
  | "title"
  | "link"
  | "sliders"
  | "transport"
  | "reset"
  | "run"
  | "step"
  | "time"
  | "speed"
  | "enlarge";

/** The attributes of `<spikeground-network>`. */
export interface SpikegroundAttributes {
  /** Id of a network of the gallery, address of a network's JSON file, or its JSON itself. */
  project?: string;
  /** Height: a number of pixels or a CSS length. */
  height?: string | number;
  /** Names of {@link View}s with spaces between. */
  views?: string;
  /** Names of {@link Part}s with spaces between. */
  hide?: string;
  /** Language; `auto` is that of the text around, or else the browser's. */
  language?: "auto" | "en" | "zh";
  /** Colours; `auto` are the system's. */
  theme?: "auto" | "light" | "dark";
  /** Whether it runs by itself as soon as it is seen; with reduced motion it never does. */
  autoplay?: "" | "on" | "off";
  /** What computes; `auto` chooses by size and GPU. */
  engine?: "auto" | "lanes" | "scalar" | "gpu";
}

/** A network has been wired; what was asked for before is done now. */
export interface ReadyDetail {
  neurons: number;
  synapses: number;
  /** Names of the populations. */
  populations: string[];
  /** Names of the controls, for {@link SpikegroundNetwork.set}. */
  controls: string[];
}

/** The network at a frame of the screen. */
export interface FrameDetail {
  /** Model time in ms. */
  time_ms: number;
  playing: boolean;
  /** Model time per time that is reached; 0 while it stands still. */
  speed: number;
  /** Mean rate of each population, in Hz, since a number of the network was changed last. */
  rates_hz: Record<string, number>;
  /** Spikes since t = 0. */
  spikes: number;
}

/** Something went wrong. */
export interface ErrorDetail {
  /** What, and what to do about it, in the element's language. */
  message: string;
  /** Whether nothing can run because of it. */
  fatal: boolean;
}

/** The events; none of them bubbles. */
export interface SpikegroundEvents {
  ready: CustomEvent<ReadyDetail>;
  frame: CustomEvent<FrameDetail>;
  error: CustomEvent<ErrorDetail>;
}

/**
 * The element `<spikeground-network>`. What is asked of it is done in order as soon as its network is ready; a promise
 * fails, as the event `error` says too, if that is not possible.
 */
export class SpikegroundNetwork extends HTMLElement {
  /** Runs. Out of sight it stands still, and runs when it is seen. */
  play(): Promise<void>;
  /** Stands still. */
  pause(): Promise<void>;
  /** Makes one step and stands still. */
  step(): Promise<void>;
  /** Goes back to t = 0. */
  reset(): Promise<void>;
  /** Sets a control by its name, such as `w_E`, or a number by its path, such as `projections[0].weight`. */
  set(name: string, value: number): Promise<void>;
  /** Injects a short current into a neuron and its neighbours; without a number, into the picked one. */
  poke(neuron?: number): Promise<void>;

  addEventListener<K extends keyof SpikegroundEvents>(
    type: K,
    listener: (this: SpikegroundNetwork, event: SpikegroundEvents[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "spikeground-network": SpikegroundNetwork;
  }
}
