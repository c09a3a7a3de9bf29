import { convertCssVariables, defaultCssVariablesResolver, DEFAULT_THEME, mergeMantineTheme } from '@mantine/core';
import type { Plugin } from 'vite';
import { cssVariablesResolver, theme } from './theme.ts';
import { SIZES } from './tokens.ts';

const NAME = 'virtual:theme-variables.css';

/** Build-time only: `import 'virtual:theme-variables.css'` becomes a static style sheet made from `theme.ts` and `tokens.ts`. */
export function mantineVariables(): Plugin {
  return {
    name: 'reglament-theme-variables',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load: (id) => (id === `\0${NAME}` ? themeVariables() : undefined),
  };
}

/** The style sheet: Mantine's variables of our theme, then our own, which win by standing later. */
export function themeVariables(): string {
  const merged = mergeMantineTheme(DEFAULT_THEME, theme);
  const base = defaultCssVariablesResolver(merged);
  const own = cssVariablesResolver(merged);
  const sizes = Object.fromEntries(Object.entries(SIZES).map(([name, value]) => [`--r-${kebab(name)}`, `${value}px`]));
  return convertCssVariables(
    {
      variables: { ...base.variables, ...own.variables, ...sizes },
      light: { ...base.light, ...own.light },
      dark: { ...base.dark, ...own.dark },
    },
    ':root',
  );
}

function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
