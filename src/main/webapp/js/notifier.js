/** Notifies an inactive user: unread count in the title, sound and desktop notification on mentions. */
import { cut } from './clusters.js';
import { short, translate } from './i18n.js';
import { recall, remember } from './preferences.js';

const PARTIALS = [[1, 0.5, 1.6], [2.76, 0.25, 0.9], [5.4, 0.12, 0.5]]; // of a bell: ratio, loudness, seconds
const STRIKE_HZ = 587;
const LOUDNESS = 0.16;
const BODY_CHARACTERS = 140;

export class Notifier {
  #unseen = 0;
  #title;
  #elsewhere;
  #audio = null;

  /**
   * @param title () => the page's title, or null if it must not be set; elsewhere () => number of unread messages in
   *   other rooms; signal removes the listeners
   */
  constructor(root, { title, elsewhere }, signal) {
    this.#title = title;
    this.#elsewhere = elsewhere;
    const sound = root.getElementById('sound');
    const note = root.getElementById('notify');
    sound.checked = recall('sound') !== 'off';
    sound.addEventListener('change', () => remember('sound', sound.checked ? 'on' : 'off'));
    note.closest('label').hidden = !('Notification' in globalThis);
    note.checked = this.#mayNote();
    note.addEventListener('change', () => this.#switch(note));
    document.addEventListener('visibilitychange', () => document.hidden || this.seen(), { signal });
    document.addEventListener('languagechange', () => this.updateTitle(), { signal });
  }

  /** A message of another user. @param concerned whether it mentions or answers the user; counted whether elsewhere() includes it */
  received({ author, text, concerned, room, open, counted = false }) {
    if (!document.hidden && document.hasFocus() && !concerned) return;
    if (document.hidden && !counted) {
      this.#unseen++;
      this.updateTitle();
    }
    if (!concerned) return;
    if (recall('sound') !== 'off') this.#ring();
    if (document.hidden && this.#mayNote()) this.#note({ author, text, room, open });
  }

  seen() {
    this.#unseen = 0;
    this.updateTitle();
  }

  updateTitle() {
    const title = this.#title();
    const count = this.#unseen + this.#elsewhere();
    if (title !== null) document.title = count > 0 ? translate('title.unread', { count: short(count), title }) : title;
  }

  #mayNote() {
    return recall('notify') === 'on' && globalThis.Notification?.permission === 'granted';
  }

  async #switch(box) {
    if (box.checked && (await Notification.requestPermission()) !== 'granted') box.checked = false;
    remember('notify', box.checked ? 'on' : 'off');
  }

  #note({ author, text, room, open }) {
    const note = new Notification(translate('notify.title', { name: author, room }), { body: cut(text, BODY_CHARACTERS), tag: `veche.${room}` });
    note.onclick = () => {
      focus();
      note.close();
      open();
    };
  }

  /** Synthesizes a bell from its partials. */
  #ring() {
    this.#audio ??= new AudioContext();
    const audio = this.#audio;
    if (audio.state === 'suspended') return; // no user activation yet
    const now = audio.currentTime;
    for (const [ratio, loudness, seconds] of PARTIALS) {
      const tone = new OscillatorNode(audio, { frequency: STRIKE_HZ * ratio });
      const fading = new GainNode(audio, { gain: loudness * LOUDNESS });
      fading.gain.exponentialRampToValueAtTime(0.0001, now + seconds);
      tone.connect(fading).connect(audio.destination);
      tone.start(now);
      tone.stop(now + seconds);
    }
  }
}
