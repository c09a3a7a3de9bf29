import { StyleModule } from 'style-mod';

let adopted = false;

/**
 * Lets CodeMirror style itself under `style-src 'self'`. Into a document it writes a `<style>` element, which the policy refuses;
 * into a root without a head it writes a constructed sheet, which the policy has nothing against. The first root it meets decides,
 * so it meets the document without its head. Rejected: a nonce (the page is a static file), a shadow root for each editor (keys
 * pressed in it look to the rest of the page as pressed in a plain element, and shortcuts fire while somebody types).
 */
export function adoptEditorStyles(): void {
  if (adopted) return;
  adopted = true;
  const headless = new Proxy(document, {
    get: (target, key) => (key === 'head' ? undefined : (Reflect.get(target, key) as unknown)),
    set: (target, key, value) => Reflect.set(target, key, value),
  });
  StyleModule.mount(headless, []);
}
