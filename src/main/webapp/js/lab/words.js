/** Adds the lab's words to those that all pages share. */
import { dictionaries, learn } from '../i18n.js';
import en from './words/en.js';
import ru from './words/ru.js';

await learn('ru');
Object.assign(dictionaries.en, en);
Object.assign(dictionaries.ru, ru);
