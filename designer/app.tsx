import { MantineProvider } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useEffect } from 'react';
import { I18nextProvider, useTranslation } from 'react-i18next';
import { queryClient } from './api/query-client.ts';
import { router } from './router.tsx';
import { i18n } from './texts/i18n.ts';
import { cssVariablesResolver, theme } from './theme/theme.ts';
import { PHONE_WIDTH } from './theme/tokens.ts';

/** Everything that wraps the screens. Mantine injects no `<style>`: its variables are a static file, see theme.ts. */
export function App() {
  return (
    <I18nextProvider i18n={i18n}>
      <QueryClientProvider client={queryClient}>
        <MantineProvider
          theme={theme}
          cssVariablesResolver={cssVariablesResolver}
          defaultColorScheme="auto"
          withCssVariables={false}
          withGlobalClasses={false}
        >
          <DocumentLanguage />
          <Toasts />
          <RouterProvider router={router} />
        </MantineProvider>
      </QueryClientProvider>
    </I18nextProvider>
  );
}

/** On a phone the lower edge holds the primary action and the menu, so words come from above. */
function Toasts() {
  const phone = useMediaQuery(`(max-width: ${PHONE_WIDTH - 1}px)`, undefined, { getInitialValueInEffect: false });
  return <Notifications position={phone ? 'top-center' : 'bottom-right'} limit={3} />;
}

function DocumentLanguage() {
  const { language } = useTranslation().i18n;
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  return null;
}
