import { createTheme, DEFAULT_THEME, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';
import { COLOURS } from './tokens.ts';

const FONT = "'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif";
const MONO = "'JetBrains Mono Variable', ui-monospace, Menlo, Consolas, monospace";

const ACCENT: MantineColorsTuple = [
  '#eef3fe',
  '#dbe5fc',
  '#b6c9f8',
  '#8fb0ff',
  '#6a92ee',
  '#4c77ea',
  '#2f5bd0',
  '#264db4',
  '#1e3f95',
  '#162f70',
];

const DARK: MantineColorsTuple = [
  '#e6e8eb',
  '#c4c9cf',
  '#9ea7b1',
  '#7b848e',
  '#3a4047',
  '#2e3339',
  '#22262b',
  '#1a1d21',
  '#15181b',
  '#101214',
];

/**
 * The only theme. Its CSS variables are written to a static file at build time (`mantine-variables.ts`), because the
 * `<style>` element that Mantine would inject is refused by `style-src 'self'`.
 */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: 6,
  colors: { accent: ACCENT, dark: DARK },
  fontFamily: FONT,
  fontFamilyMonospace: MONO,
  headings: { fontFamily: FONT, fontWeight: '600' },
  fontWeights: { regular: '400', medium: '500', bold: '600' },
  defaultRadius: 6,
  cursorType: 'pointer',
  respectReducedMotion: true,
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { ...DEFAULT_THEME.radius, sm: '4px', md: '6px' },
  components: {
    // react-remove-scroll adds a <style> element, which the CSP refuses; the page itself never scrolls (frame.module.css).
    Modal: { defaultProps: { lockScroll: false, centered: true, transitionProps: { duration: 120 } } },
    Drawer: { defaultProps: { lockScroll: false, transitionProps: { duration: 120 } } },
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } },
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } },
    Tooltip: { defaultProps: { openDelay: 400, transitionProps: { duration: 80 } } },
    Button: { defaultProps: { size: 'sm' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
  },
});

/** Mantine's semantic variables, told in our tokens; and the tokens themselves. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: { '--mantine-line-height': '1.4286', '--mantine-line-height-sm': '1.4286' },
  light: { ...tokenVariables(0), ...MAPPED },
  dark: { ...tokenVariables(1), ...MAPPED },
});

const MAPPED = {
  '--mantine-color-body': 'var(--r-surface)',
  '--mantine-color-text': 'var(--r-text)',
  '--mantine-color-bright': 'var(--r-text)',
  '--mantine-color-dimmed': 'var(--r-muted)',
  '--mantine-color-placeholder': 'var(--r-muted)',
  '--mantine-color-anchor': 'var(--r-accent-text)',
  '--mantine-color-error': 'var(--r-bad)',
  '--mantine-color-success': 'var(--r-ok)',
  '--mantine-color-default': 'var(--r-surface)',
  '--mantine-color-default-hover': 'var(--r-hover)',
  '--mantine-color-default-color': 'var(--r-text)',
  '--mantine-color-default-border': 'var(--r-border)',
  '--mantine-color-accent-filled': 'var(--r-accent)',
  '--mantine-color-accent-filled-hover': 'var(--r-accent-hover)',
  '--mantine-color-accent-text': 'var(--r-accent-text)',
  '--mantine-color-accent-light': 'var(--r-selected)',
  '--mantine-color-accent-light-hover': 'var(--r-selected)',
  '--mantine-color-accent-light-color': 'var(--r-accent-text)',
  '--mantine-color-gray-text': 'var(--r-muted)',
  '--mantine-color-gray-light-hover': 'var(--r-hover)',
  '--mantine-color-gray-light-color': 'var(--r-text)',
} as const;

function tokenVariables(scheme: 0 | 1): Record<string, string> {
  return Object.fromEntries(Object.entries(COLOURS).map(([name, values]) => [`--r-${name}`, values[scheme]]));
}
