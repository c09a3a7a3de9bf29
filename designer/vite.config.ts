import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { mantineVariables } from './theme/mantine-variables.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const server = process.env.REGLAMENT_URL ?? 'http://127.0.0.1:8080';

/** `vite` serves the designer in front of a running server (REGLAMENT_URL); `vite build` writes what that server serves. */
export default defineConfig({
  root: here('.'),
  plugins: [react(), mantineVariables()],
  resolve: { conditions: ['source', 'module', 'browser', 'development|production'] },
  // A data: font or image would need a wider CSP than 'self'.
  build: { outDir: here('../dist/designer'), emptyOutDir: true, assetsInlineLimit: 0, target: 'es2022' },
  server: { proxy: { '/api': server, '/v2': server } },
});
