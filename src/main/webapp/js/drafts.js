/** Unsent draft of each room. */
import { forget, recall, remember } from './preferences.js';

export const draftOf = room => recall(`draft.${room}`) ?? '';

export function keepDraft(room, text) {
  if (text.trim() === '') forget(`draft.${room}`);
  else remember(`draft.${room}`, text);
}
