// Light or dark: as the system, unless the reader says otherwise; on paper light.
import { paper } from './paper.svelte';

const KEY = 'amberway-theme';
const system = matchMedia('(prefers-color-scheme: dark)');
const kept = localStorage.getItem(KEY);

class Theme {
  wanted = $state(kept ? kept === 'dark' : system.matches);
  dark = $derived(this.wanted && !paper.on);
}
export const theme = new Theme();

$effect.root(() => {
  $effect.pre(() => {
    document.documentElement.dataset.theme = theme.dark ? 'dark' : 'light';
  });
});
system.addEventListener('change', (event) => {
  if (!localStorage.getItem(KEY)) set(event.matches, false);
});

export function set(dark: boolean, keep = true) {
  theme.wanted = dark;
  if (keep) localStorage.setItem(KEY, dark ? 'dark' : 'light');
}
