/** The lab: each bench is furnished by a module of its own. */
import './words.js';
import { words } from '../i18n.js';
import { dress } from '../look.js';
import { buffer } from './buffer.js';
import { chat } from './chat.js';
import { closing } from './closing.js';
import { data } from './data.js';
import { greeting } from './greeting.js';
import { opening } from './opening.js';
import { states } from './states.js';
import { subprotocols } from './subprotocols.js';

function entitle() {
  document.title = `${words('lab.title')} · ${words('veche')}`;
}

document.addEventListener('reworded', entitle);
dress();
entitle();
for (const furnish of [opening, subprotocols, data, buffer, closing, states, greeting, chat]) furnish();
