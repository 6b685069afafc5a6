/** The rooms with their members and message rates. */
import { translate } from '../i18n.js';
import { button, Table } from './table.js';

export class Rooms {
  #before = new Map();
  #at = null;
  #table;

  /** @param setMode (room) opens the dialog */
  constructor(setMode) {
    this.#table = new Table(document.getElementById('rooms'), ({ room }) => room, [
      (_, { room }) => room,
      (_, { members }) => members,
      (_, { rate }) => rate,
      (_, { position }) => position,
      (_, { last }) => (last ? new Date(last.at) : null),
      (_, { mode }) => modeText(mode),
      (cell, item) => button(cell, item, 'admin.mode.set', translate('admin.mode.title', { room: item.room }), setMode),
    ]);
  }

  /** @param list of veche.rooms(detail=true) */
  take(list) {
    const now = performance.now();
    const seconds = this.#at === null ? null : (now - this.#at) / 1000;
    const rated = list.map(room => {
      const before = this.#before.get(room.room);
      const known = seconds !== null && before?.epoch === room.epoch;
      return { ...room, rate: known ? Number(((room.position - before.position) / seconds).toPrecision(3)) : null };
    });
    this.#before = new Map(list.map(room => [room.room, room]));
    this.#at = now;
    this.#table.show(rated.sort((one, other) => (other.rate ?? 0) - (one.rate ?? 0) || other.members - one.members));
  }
}

function modeText(mode) {
  if (!mode) return { key: 'admin.mode.none' };
  return mode.action === 'slow' ? { key: 'admin.slow.of', interval: mode.interval } : { key: `admin.${mode.action}` };
}
