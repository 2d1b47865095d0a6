declare module 'milsymbol-parts' {
  export const ms: { addIcons(icons: unknown): void; Symbol: unknown };
  export const numberlandunit: unknown;
}
