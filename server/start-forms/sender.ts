import { NOBODYS } from '../files/file-owner.ts';

/** Who sends a form that starts a case. */
export type Sender =
  | { readonly audience: 'anyone'; readonly address: string }
  | { readonly audience: 'contractors'; readonly username: string; readonly organisation: string };

/** Whose its uploads are until it is sent: the submission's, so that nobody else can refer to them, of the same house neither. */
export function ownerOf(submissionId: string, sender: Sender): string {
  return sender.audience === 'anyone' ? `${NOBODYS}${submissionId}` : `${sender.username}:${submissionId}`;
}
