/** What the webhook has not delivered; hidden without a webhook. */
import { setText } from '../i18n.js';
import { Table } from './table.js';

export class Webhook {
  #section = document.getElementById('webhook');
  #total = document.getElementById('webhook-total');
  #table = new Table(document.getElementById('dead-letters'), ({ number }) => number, [
    (_, { number }) => String(number),
    (_, { room }) => room || '–',
    (_, { at }) => new Date(at),
    (_, { attempts }) => attempts,
    (_, { reason }) => reason,
  ]);

  take({ webhook }) {
    this.#section.hidden = !webhook;
    if (!webhook) return;
    const { pending, dead, delivered, failed, letters } = webhook;
    setText(this.#total, 'admin.webhook.total', { pending, dead, delivered, failed });
    this.#table.show(letters);
  }
}
