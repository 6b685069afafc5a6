/** The chat as a page of its own: the room is in the address. */
import { Chat } from './chat.js';
import { dress } from './look.js';
import { addressOf, currentRoom, tokenInHash } from './place.js';

dress();
const chat = new Chat(document, {
  room: currentRoom(),
  base: document.baseURI,
  token: tokenInHash(),
  entitled: true,
  moved: room => history.pushState(null, '', addressOf(room)),
});
addEventListener('popstate', () => chat.room !== currentRoom() && chat.go(currentRoom()));
