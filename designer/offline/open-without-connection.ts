/**
 * Lets the screens that were open open again without a connection (`public/service-worker.js`). Browsers have it on https and
 * localhost only; without it everything works as long as there is a connection.
 */
export function openWithoutConnection(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const { serviceWorker } = navigator;
  if (serviceWorker.controller === null)
    serviceWorker.addEventListener('controllerchange', tellWhatWasLoaded, { once: true });
  // A private window, or a disk that is full: then only with a connection.
  serviceWorker.register('/service-worker.js').catch(() => undefined);
}

/** On the first visit the worker begins behind the page: what was asked for before, it has not seen. */
function tellWhatWasLoaded(): void {
  const seenFrom = performance.now();
  const observer = new PerformanceObserver((list) => {
    const urls = list.getEntries().flatMap(({ startTime, name }) => (startTime < seenFrom ? [name] : []));
    if (urls.length > 0) navigator.serviceWorker.controller?.postMessage({ kind: 'loaded', urls });
  });
  observer.observe({ type: 'resource', buffered: true });
}
