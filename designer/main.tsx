import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import 'virtual:theme-variables.css';
import './theme/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { openWithoutConnection } from './offline/open-without-connection.ts';

const root = document.getElementById('root');
if (root === null) throw new Error('Expected an element #root in index.html.');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
openWithoutConnection();
