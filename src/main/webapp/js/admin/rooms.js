/** The rooms with their members and message rates. */
import { Table } from './table.js';

export class Rooms {
  #before = new Map();
  #at = null;
  #table;

  constructor() {
    this.#table = new Table(document.getElementById('rooms'), ({ room }) => room, [
      (_, { room }) => room,
      (_, { members }) => members,
      (_, { rate }) => rate,
      (_, { position }) => position,
      (_, { last }) => (last ? new Date(last.at) : null),
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
