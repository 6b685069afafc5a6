/** Active mutes of the user. Event 'change' after one was added, expired or was revoked. */
const AGAIN_MS = 5_000;

export class Mutes extends EventTarget {
  #all = [];
  #ask;
  #timer = null;

  /** @param ask () => a promise of the active mutes, as in veche.whoami */
  constructor(ask, signal) {
    super();
    this.#ask = ask;
    signal.addEventListener('abort', () => clearTimeout(this.#timer));
  }

  /** The mute {action, room, until, reason} active in a room, or undefined. */
  in(room) {
    return this.#all.find(mute => (mute.room === null || mute.room === room) && !(Date.parse(mute.until) <= Date.now()));
  }

  /** Replaces all mutes. */
  take(all) {
    clearTimeout(this.#timer);
    this.#all = all;
    if (all.length > 0) this.#timer = setTimeout(() => this.#again(), Math.min(AGAIN_MS, ...all.map(({ until }) => (until ? Math.max(0, Date.parse(until) - Date.now()) : AGAIN_MS))));
    this.dispatchEvent(new Event('change'));
  }

  /** Adds the mute reported with a refused request. */
  add(mute) {
    this.take([...this.#all.filter(({ room }) => room !== mute.room), mute]);
  }

  async #again() {
    this.take(await this.#ask().catch(() => this.#all));
  }
}
