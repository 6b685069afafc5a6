/** The user's identity and permissions. */
const ACTIONS = ['kick', 'ban', 'mute'];
const MODERATION = [...ACTIONS, 'delete', 'mode', 'audit'];

export class Identity {
  id = '';
  name = '';
  may = []; // moderation in all rooms
  writes = true;
  mutes = [];
  expires = null; // of the token, RFC 3339
  #room = null;
  #granted = []; // privileges in the room

  /** Permitted moderation actions in the room. */
  get moderates() {
    return ACTIONS.filter(each => this.#has(each));
  }

  /** Those permitted in all rooms. */
  get moderatesAll() {
    return ACTIONS.filter(each => this.may.includes(each));
  }

  /** Whether the modes of the room do not restrict the user. */
  get isExempt() {
    return MODERATION.some(each => this.#has(each));
  }

  /** Whether messages of others may be deleted in the room. */
  get removes() {
    return this.#has('delete');
  }

  #has(privilege) {
    return this.#granted.includes(privilege);
  }

  /** From WELCOME, then from veche.whoami if available. */
  async load(session, welcome, name, room) {
    this.id = welcome.authid ?? '';
    this.name = name;
    const answer = await this.#ask(session, room);
    if (answer === null) return;
    this.id = answer.author.id;
    this.name = answer.author.name;
    this.may = answer.may;
    this.writes = answer.writes !== false;
    this.mutes = answer.mutes;
    this.expires = answer.expires ?? null;
  }

  /** Loads the privileges in the room, unless they are known. */
  async enter(session, room) {
    if (room !== this.#room) await this.#ask(session, room);
  }

  async #ask(session, room) {
    this.#room = room;
    this.#granted = [];
    const answer = await session.call('veche.whoami', { room }).catch(() => null);
    if (answer === null) return null;
    this.#granted = answer.grant?.may ?? answer.may;
    return answer;
  }
}
