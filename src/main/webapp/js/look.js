/** Language and colours, remembered. */
import { currentLanguage, reword, speak } from './i18n.js';
import { recall, remember } from './preferences.js';

const THEMES = ['auto', 'light', 'dark'];

/** Words the page and puts on its colours; the selects are absent on pages that offer no choice. */
export function dress() {
  wear(recall('theme'));
  reword(document);
  const language = document.getElementById('language');
  const theme = document.getElementById('theme');
  if (language) {
    language.value = currentLanguage();
    language.addEventListener('change', () => speak(language.value));
  }
  if (theme) {
    theme.value = document.documentElement.dataset.theme;
    theme.addEventListener('change', () => {
      remember('theme', theme.value);
      wear(theme.value);
    });
  }
}

function wear(theme) {
  document.documentElement.dataset.theme = THEMES.includes(theme) ? theme : 'auto';
}
