// The icons of land units in the numeric codes of APP-6D, and no others.
import { ms, numberlandunit } from 'milsymbol-parts';

ms.addIcons(numberlandunit);
export const Symbol = ms.Symbol;
