import { fileURLToPath } from 'node:url';

/** Where a mail of the tests lies: the four claims are the demo mails of the pack, the others stand beside the parser. */
export function mailFile(name: string): string {
  const folder = name.startsWith('claim-') ? '../../../../processes/claim-intake/demo/' : '../test-mails/';
  return fileURLToPath(new URL(`${folder}${name}`, import.meta.url));
}
