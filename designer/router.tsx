import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { queryClient } from './api/query-client.ts';
import { whenSignedOut } from './api/request.ts';
import { may, sessionQuery } from './api/session.ts';
import { readCaseSearch } from './case-list/case-search.ts';
import { readPlaygroundSearch } from './expressions/playground-search.ts';
import { Frame } from './frame/frame.tsx';
import { CrashScreen, MissingScreen, RootScreen } from './frame/root-screen.tsx';
import { readCaseTab } from './case/case-tab.ts';
import { readRegisterSearch } from './registers/register-search.ts';
import { readTaskSearch } from './work-list/task-search.ts';

const rootRoute = createRootRoute({
  component: RootScreen,
  notFoundComponent: MissingScreen,
  errorComponent: CrashScreen,
});

const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/login',
  validateSearch: (search: Record<string, unknown>): { from?: string; expired?: true } => ({
    // Only a path of our own: a link with a foreign address must not send a person away after signing in.
    ...(typeof search.from === 'string' && /^\/(?![/\\])/.test(search.from) ? { from: search.from } : {}),
    ...(search.expired === true ? { expired: true as const } : {}),
  }),
  component: lazyRouteComponent(() => import('./login/login-screen.tsx'), 'LoginScreen'),
});

const startRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/start/$startKey',
  component: lazyRouteComponent(() => import('./start/start-screen.tsx'), 'StartScreen'),
});

const followRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/follow',
  component: lazyRouteComponent(() => import('./start/follow-screen.tsx'), 'FollowScreen'),
});

const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'app',
  component: Frame,
  beforeLoad: async ({ location }) => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    if (session === null)
      throw redirect({ to: '/login', search: location.href === '/' ? {} : { from: location.href } });
  },
});

const homeRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/',
  beforeLoad: async () => {
    const session = await queryClient.ensureQueryData(sessionQuery);
    throw redirect({ to: may(session, 'portal') ? '/portal' : '/tasks' });
  },
});

const portalRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/portal',
  component: lazyRouteComponent(() => import('./portal/portal-screen.tsx'), 'PortalScreen'),
});

const newRequestRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/portal/new',
  component: lazyRouteComponent(() => import('./portal/new-request-screen.tsx'), 'NewRequestScreen'),
});

const requestRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/portal/new/$startKey',
  component: lazyRouteComponent(() => import('./portal/request-screen.tsx'), 'RequestScreen'),
});

const portalCasesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/portal/cases',
  component: lazyRouteComponent(() => import('./portal/portal-cases-screen.tsx'), 'PortalCasesScreen'),
});

const portalCaseRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/portal/cases/$caseKey',
  component: lazyRouteComponent(() => import('./portal/portal-case-screen.tsx'), 'PortalCaseScreen'),
});

const tasksRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/tasks',
  validateSearch: readTaskSearch,
  component: lazyRouteComponent(() => import('./work-list/work-list-screen.tsx'), 'WorkListScreen'),
});

const taskRoute = createRoute({
  getParentRoute: () => tasksRoute,
  path: '$userTaskKey',
  component: lazyRouteComponent(() => import('./task/task-screen.tsx'), 'TaskScreen'),
});

const casesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/cases',
  validateSearch: readCaseSearch,
  component: lazyRouteComponent(() => import('./case-list/case-list-screen.tsx'), 'CaseListScreen'),
});

const caseRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/cases/$caseKey',
  validateSearch: readCaseTab,
  component: lazyRouteComponent(() => import('./case/case-screen.tsx'), 'CaseScreen'),
});

const registersRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/registers',
  component: lazyRouteComponent(() => import('./registers/register-list-screen.tsx'), 'RegisterListScreen'),
});

const registerRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/registers/$registerKey',
  validateSearch: readRegisterSearch,
  component: lazyRouteComponent(() => import('./registers/register-screen.tsx'), 'RegisterScreen'),
});

const processesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/processes',
  component: lazyRouteComponent(() => import('./process-forms/process-list-screen.tsx'), 'ProcessListScreen'),
});

const processRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/processes/$processId',
  validateSearch: (search: Record<string, unknown>): { step?: string } =>
    typeof search.step === 'string' ? { step: search.step } : {},
  component: lazyRouteComponent(() => import('./process-forms/process-screen.tsx'), 'ProcessScreen'),
});

const publishRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/publish',
  component: lazyRouteComponent(() => import('./publish/publish-screen.tsx'), 'PublishScreen'),
});

const formsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/forms',
  component: lazyRouteComponent(() => import('./form-editor/form-list-screen.tsx'), 'FormListScreen'),
});

const formRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/forms/$formId',
  component: lazyRouteComponent(() => import('./form-editor/form-editor-screen.tsx'), 'FormEditorScreen'),
});

const expressionsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/expressions',
  validateSearch: readPlaygroundSearch,
  component: lazyRouteComponent(() => import('./expressions/expressions-screen.tsx'), 'ExpressionsScreen'),
});

const routeTree = rootRoute.addChildren([
  loginRoute,
  startRoute,
  followRoute,
  appRoute.addChildren([
    homeRoute,
    portalRoute,
    newRequestRoute,
    requestRoute,
    portalCasesRoute,
    portalCaseRoute,
    tasksRoute.addChildren([taskRoute]),
    casesRoute,
    caseRoute,
    registersRoute,
    registerRoute,
    processesRoute,
    processRoute,
    publishRoute,
    formsRoute,
    formRoute,
    expressionsRoute,
  ]),
]);

export const router = createRouter({
  routeTree,
  defaultPreload: 'intent',
  defaultPreloadStaleTime: 0,
  scrollRestoration: false,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}

whenSignedOut(() => {
  if (router.state.location.pathname === '/login') return;
  queryClient.setQueryData(sessionQuery.queryKey, null);
  void router.navigate({ to: '/login', search: { from: router.state.location.href, expired: true } });
});
