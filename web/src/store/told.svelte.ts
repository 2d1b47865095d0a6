// What went wrong or was done, told once at the foot of the page.
export const told: { text: string; bad: boolean } = $state({ text: '', bad: false });

let timer = 0;

export function tell(text: string, bad = false) {
  told.text = text;
  told.bad = bad;
  clearTimeout(timer);
  timer = window.setTimeout(() => (told.text = ''), bad ? 12000 : 5000);
}

/** Awaits what is asked and tells a refusal; null then. */
export async function attempt<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (failure) {
    tell(failure instanceof Error ? failure.message : String(failure), true);
    return null;
  }
}
