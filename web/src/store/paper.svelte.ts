// Whether the page is being printed: paper is light, and holds what a screen shows by scrolling.
import { flushSync } from 'svelte';

export const paper = $state({ on: false });

// At once: the browser takes the page as it is when this returns.
window.addEventListener('beforeprint', () => flushSync(() => (paper.on = true)));
window.addEventListener('afterprint', () => (paper.on = false));
