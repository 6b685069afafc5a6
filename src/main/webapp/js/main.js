/** The chat as a page of its own: the room is in the address. */
import { Chat } from './chat.js';
import { dress } from './look.js';
import { addressOf, currentRoom } from './place.js';
import { SignIn } from './sign-in.js';

dress();
let chat = null;
const signIn = new SignIn(token => chat?.signIn(token));
chat = new Chat(document, {
  room: currentRoom(),
  base: document.baseURI,
  token: signIn.token,
  entitled: true,
  moved: room => history.pushState(null, '', addressOf(room)),
  refused: () => signIn.forget(),
});
addEventListener('popstate', () => chat.room !== currentRoom() && chat.go(currentRoom()));
