/** Adds the lab's texts to the shared ones. */
import { dictionaries, loadLanguage } from '../i18n.js';
import en from './texts/en.js';
import ru from './texts/ru.js';

await loadLanguage('ru');
Object.assign(dictionaries.en, en);
Object.assign(dictionaries.ru, ru);
