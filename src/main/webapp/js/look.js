/** Language and colours, remembered. */
import { currentLanguage, reword, speak } from './i18n.js';
import { recall, remember } from './preferences.js';

const THEMES = ['auto', 'light', 'dark'];

/**
 * Words a page or component and puts on its colours; the selects are absent where there is no choice.
 * @param root Document or ShadowRoot; dressed the element that bears data-theme
 */
export function dress(root = document, dressed = document.documentElement) {
  wear(dressed, recall('theme'));
  reword(root);
  const language = root.getElementById('language');
  const theme = root.getElementById('theme');
  if (language) {
    language.value = currentLanguage();
    language.addEventListener('change', () => speak(language.value));
  }
  if (theme) {
    theme.value = dressed.dataset.theme;
    theme.addEventListener('change', () => {
      remember('theme', theme.value);
      wear(dressed, theme.value);
    });
  }
}

function wear(dressed, theme) {
  dressed.dataset.theme = THEMES.includes(theme) ? theme : 'auto';
}
