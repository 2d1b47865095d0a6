// Light or dark: as the system, unless the reader says otherwise.
const KEY = 'amberway-theme';
const system = matchMedia('(prefers-color-scheme: dark)');
const kept = localStorage.getItem(KEY);

export const theme = $state({ dark: kept ? kept === 'dark' : system.matches });
apply();
system.addEventListener('change', (event) => {
  if (!localStorage.getItem(KEY)) set(event.matches, false);
});

function apply() {
  document.documentElement.dataset.theme = theme.dark ? 'dark' : 'light';
}

export function set(dark: boolean, keep = true) {
  theme.dark = dark;
  if (keep) localStorage.setItem(KEY, dark ? 'dark' : 'light');
  apply();
}
