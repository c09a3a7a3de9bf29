import type { RenderFailureCode, Explanation, TemplateProblem } from './template-errors.ts';
import type { DocumentLocale } from './template-functions.ts';

/** Everything a rendering depends on: equal requests give equal bytes. */
export type RenderRequest = {
  /** Handlebars source in the HTML subset. */
  readonly template: string;
  /** JSON values; money as integer kopecks (bigint, safe integer or digits). Structured clone carries bigint. */
  readonly data: unknown;
  readonly locale: DocumentLocale;
  /** IANA zone in which instants are shown. */
  readonly timeZone: string;
  readonly title: string;
  /** ISO 8601 instant: the CreationDate of the PDF. */
  readonly createdAt: string;
  /** Left part of the PDF footer. */
  readonly footer?: string;
};

export type WorkerTask =
  | { readonly kind: 'check'; readonly template: string }
  | { readonly kind: 'preview'; readonly request: RenderRequest }
  | { readonly kind: 'document'; readonly request: RenderRequest };

/** `stage` moves the time limit from markup to PDF; `done` and `failed` end the task. */
export type WorkerAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'stage' }
  | { readonly kind: 'done'; readonly html: string; readonly pdf?: Uint8Array; readonly sha256?: string }
  | { readonly kind: 'refused'; readonly problems: readonly TemplateProblem[] }
  | {
      readonly kind: 'failed';
      readonly failure: {
        readonly code: RenderFailureCode;
        readonly ru: Explanation;
        readonly en: Explanation;
        readonly line?: number | undefined;
        readonly variable?: string | undefined;
      };
    }
  | { readonly kind: 'crashed'; readonly reason: string };
