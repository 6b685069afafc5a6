/** The chat page; the room is in its address. */
import { Chat } from './chat.js';
import { initAppearance } from './appearance.js';
import { addressOf, addressedRoom, LOBBY } from './place.js';
import { SignIn } from './sign-in.js';

initAppearance();
let chat = null;
const signIn = new SignIn(token => chat?.signIn(token));
chat = new Chat(document, {
  room: addressedRoom(),
  base: document.baseURI,
  token: signIn.token,
  ownsTitle: true,
  moved: room => history.pushState(null, '', addressOf(room)),
  refused: () => signIn.forget(),
});
if (addressedRoom() !== '' && addressedRoom() !== chat.room) history.replaceState(history.state, '', addressOf(chat.room));
addEventListener('popstate', () => chat.room !== (addressedRoom() || LOBBY) && chat.visit(addressedRoom()));
