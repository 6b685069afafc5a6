/** Language and theme. */
import { currentLanguage, localize, setLanguage } from './i18n.js';
import { recall, remember } from './preferences.js';

const THEMES = ['auto', 'light', 'dark'];

/**
 * Applies language and theme to a page or component, and binds the selects if present.
 * @param root Document or ShadowRoot; host the element with data-theme
 */
export function initAppearance(root = document, host = document.documentElement) {
  setTheme(host, recall('theme'));
  localize(root);
  const language = root.getElementById('language');
  const theme = root.getElementById('theme');
  if (language) {
    language.value = currentLanguage();
    language.addEventListener('change', () => setLanguage(language.value));
  }
  if (theme) {
    theme.value = host.dataset.theme;
    theme.addEventListener('change', () => {
      remember('theme', theme.value);
      setTheme(host, theme.value);
    });
  }
}

function setTheme(host, theme) {
  host.dataset.theme = THEMES.includes(theme) ? theme : 'auto';
}
