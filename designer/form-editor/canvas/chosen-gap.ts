import { createContext } from 'react';

/** The gap chosen with the keyboard, or null while nothing is dragged by keyboard. */
export const ChosenGap = createContext<string | null>(null);
