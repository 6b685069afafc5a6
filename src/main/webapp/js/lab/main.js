/** The lab: one module per experiment. */
import './texts.js';
import { translate } from '../i18n.js';
import { initAppearance } from '../appearance.js';
import { buffer } from './buffer.js';
import { chat } from './chat.js';
import { closing } from './closing.js';
import { data } from './data.js';
import { greeting } from './greeting.js';
import { opening } from './opening.js';
import { states } from './states.js';
import { subprotocols } from './subprotocols.js';

function updateTitle() {
  document.title = `${translate('lab.title')} · ${translate('veche')}`;
}

document.addEventListener('languagechange', updateTitle);
initAppearance();
updateTitle();
for (const init of [opening, subprotocols, data, buffer, closing, states, greeting, chat]) init();
