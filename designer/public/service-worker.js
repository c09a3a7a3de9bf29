/*
 * Without a connection the screens open as they were last seen: the page, its scripts, and what the server said of tasks and forms.
 * The network always comes first where an answer can change, so nobody works with old data while there is a connection.
 * Nothing is sent from here: drafts and files wait in the page, which knows what they are.
 */
const PAGE = 'page-1';
const ASSETS = 'assets-1';
const ANSWERS = 'answers-1';

/** Their names carry a hash of what is in them. */
const UNCHANGING = /^\/(?:assets\/|api\/forms\/[^/]+\/validator\/|api\/public\/starts\/[^/]+\/validator\/)/;
/** What a screen needs to open again: a task with its case, the lists, a form. Files are too much for a phone. */
const KEPT =
  /^\/api\/(?:session|system|tasks(?:\/\d+)?|cases\/\d+(?:\/(?:mails|story))?|portal(?:\/[\w-]+)*|public\/starts\/[^/]+)$/;
/** Beside the page. */
const PAGE_FILE = /^\/[\w-]+\.(?:js|svg|webmanifest)$/;
const DOORS = /^\/(?:api|v2|oauth)(?:\/|$)/;
/** Of each kind; the oldest go first. An old form keeps its scripts while a draft of it may still be open. */
const MOST = 300;

self.addEventListener('install', () => self.skipWaiting());

self.addEventListener('activate', (event) => {
  event.waitUntil(Promise.all([self.clients.claim(), forgetOtherVersions()]));
});

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== self.location.origin) return;
  if (url.pathname === '/api/session' && request.method !== 'GET') event.respondWith(anotherPerson(request));
  if (request.method !== 'GET') return;
  if (UNCHANGING.test(url.pathname)) event.respondWith(keptFirst(request));
  else if (KEPT.test(url.pathname)) event.respondWith(networkFirst(request, { name: ANSWERS, key: request.url }));
  // One page for every address of a screen.
  else if (request.mode === 'navigate' && !DOORS.test(url.pathname))
    event.respondWith(networkFirst(request, { name: PAGE, key: '/' }));
  else if (PAGE_FILE.test(url.pathname)) event.respondWith(networkFirst(request, { name: PAGE, key: url.pathname }));
});

/** What the page has loaded before there was a worker to see it. */
self.addEventListener('message', (event) => {
  if (event.data?.kind !== 'loaded') return;
  event.waitUntil(
    Promise.all([
      networkFirst(new Request('/'), { name: PAGE, key: '/' }),
      ...event.data.urls.map((url) => {
        const { origin, pathname } = new URL(url);
        if (origin !== self.location.origin) return undefined;
        if (UNCHANGING.test(pathname)) return keptFirst(new Request(url));
        if (PAGE_FILE.test(pathname)) return networkFirst(new Request(url), { name: PAGE, key: pathname });
        return KEPT.test(pathname) ? networkFirst(new Request(url), { name: ANSWERS, key: url }) : undefined;
      }),
    ]).catch(() => undefined),
  );
});

let person = 0;

/** Whoever signs in or out next must not read what the last person read, nor what was still on its way to them. */
async function anotherPerson(request) {
  const forget = () => {
    person += 1;
    return caches.delete(ANSWERS);
  };
  await forget();
  try {
    return await fetch(request);
  } finally {
    await forget();
  }
}

async function keptFirst(request) {
  const cache = await caches.open(ASSETS);
  const known = await cache.match(request, { ignoreVary: true });
  if (known !== undefined) return known;
  const answer = await fetch(request);
  if (answer.ok) await keep(cache, request.url, answer.clone());
  return answer;
}

async function networkFirst(request, { name, key }) {
  const asking = person;
  try {
    const answer = await fetch(request);
    // A file opened in a tab is no page of ours (`/openapi.json`).
    const isPage = key !== '/' || answer.headers.get('content-type')?.startsWith('text/html');
    if (answer.ok && !answer.redirected && isPage && asking === person)
      await keep(await caches.open(name), key, answer.clone());
    return answer;
  } catch (error) {
    const known = await (await caches.open(name)).match(key, { ignoreVary: true });
    if (known === undefined) throw error;
    return known;
  }
}

async function keep(cache, key, answer) {
  // A full disk keeps nothing; the answer is given all the same.
  await cache.put(key, answer).catch(() => undefined);
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST)).map((old) => cache.delete(old)));
}

async function forgetOtherVersions() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => ![PAGE, ASSETS, ANSWERS].includes(name)).map((name) => caches.delete(name)));
}
