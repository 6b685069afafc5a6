/** The nodes of the cluster with what they last reported. */
import { bytes, clearText, setText } from '../i18n.js';
import { Table } from './table.js';

const CARRIERS = { none: '–', postgresql: 'PostgreSQL', redis: 'Redis' };

export class Nodes {
  #total = document.getElementById('nodes-total');
  #table = new Table(document.getElementById('nodes'), ({ incarnation }) => incarnation ?? 'self', [
    (_, { name, self }) => (self ? { key: 'admin.node.self', name } : name),
    (_, { version }) => version || '–',
    (_, { started }) => ({ key: 'admin.node.started', at: { moment: started } }),
    (cell, { state }) => {
      cell.classList.toggle('slow', state === 'draining');
      return { key: `admin.node.${state}` };
    },
    (_, { figures }) => figures.connections,
    (_, { figures }) => figures.rooms,
    (_, { figures: { heapBytes, maxHeapBytes } }) => (heapBytes === undefined ? null : { key: 'admin.node.heap.of', used: bytes(heapBytes), max: bytes(maxHeapBytes) }),
    (_, { figures: { feedAgeMs } }) => (feedAgeMs === undefined ? null : { key: 'admin.node.age', seconds: feedAgeMs / 1000 }),
    (_, { figures }) => backbone(figures),
  ].map(defined));

  /** @param nodes this one first */
  take({ nodes }) {
    this.#table.show(nodes);
    if (nodes.length === 1) {
      clearText(this.#total);
      return;
    }
    setText(this.#total, 'admin.nodes.total', {
      connections: { key: 'admin.nodes.connections', count: nodes.reduce((sum, { figures }) => sum + (figures.connections ?? 0), 0) },
      nodes: { key: 'admin.nodes.count', count: nodes.length },
      name: nodes[0].name,
    });
  }
}

/** A node of an earlier version reports no figures; undefined would leave the cell as it is. */
function defined(column) {
  return (cell, node) => column(cell, node) ?? null;
}

function backbone({ carrier, signals }) {
  if (carrier === undefined) return null;
  const shown = CARRIERS[carrier] ?? carrier;
  return signals === undefined ? shown : { key: signals ? 'admin.node.signals' : 'admin.node.polling', carrier: shown };
}
