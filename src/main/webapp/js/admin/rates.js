/** Rates per second between two samples of the server's counters. */
import { between, quantile } from './histogram.js';

export class Rates {
  #before = null;

  /** @param state a sample; returns null for the first one, after a restart, and for one of another node */
  take(state) {
    const before = this.#before;
    this.#before = state;
    if (before === null || state.node !== before.node || state.counters.deliveries < before.counters.deliveries) return null;
    const seconds = (Date.parse(state.at) - Date.parse(before.at)) / 1000;
    if (seconds <= 0) return null;
    const grown = name => (state.counters[name] - before.counters[name]) / seconds;
    const commit = between(before.commit, state.commit);
    const delivery = between(before.delivery, state.delivery);
    return {
      in: grown('messages'),
      out: grown('deliveries'),
      commit50: quantile(commit, 0.5),
      commit99: quantile(commit, 0.99),
      delivery50: quantile(delivery, 0.5),
      delivery99: quantile(delivery, 0.99),
    };
  }
}
