import { createHash } from 'node:crypto';
import { compileTemplate, type CompiledTemplate } from './compile-template.ts';
import { htmlPage } from './html-page.ts';
import { parseMarkup } from './parse-markup.ts';
import type { RenderRequest, WorkerAnswer, WorkerTask } from './render-protocol.ts';
import { RenderFailed, TemplateRefused } from './template-errors.ts';
import { writePdf } from './write-pdf.ts';

/** Compiled templates by source; compiling costs ten renderings (performance.md). Oldest out first. */
const compiled = new Map<string, CompiledTemplate>();
const MAX_COMPILED = 100;

function compiledTemplate(source: string): CompiledTemplate {
  let template = compiled.get(source);
  if (template === undefined) {
    template = compileTemplate(source);
    if (compiled.size >= MAX_COMPILED) compiled.delete(compiled.keys().next().value!);
    compiled.set(source, template);
  }
  return template;
}

/** One task, run inside a worker thread: typed failures become answers, since error classes do not survive a clone. */
export async function runTask(task: WorkerTask, onStage: () => void): Promise<WorkerAnswer> {
  try {
    if (task.kind === 'check') {
      compiledTemplate(task.template);
      return { kind: 'done', html: '' };
    }
    const { request } = task;
    const markup = compiledTemplate(request.template).render(request.data, request);
    const html = htmlPage(markup, request);
    onStage();
    if (task.kind === 'preview') return { kind: 'done', html };
    const pdf = await writePdf(parseMarkup(markup), { ...pdfOptions(request), createdAt: new Date(request.createdAt) });
    return { kind: 'done', html, pdf, sha256: createHash('sha256').update(pdf).digest('hex') };
  } catch (error) {
    if (error instanceof TemplateRefused) return { kind: 'refused', problems: error.problems };
    if (error instanceof RenderFailed) {
      const { code, texts, line, variable } = error;
      return { kind: 'failed', failure: { code, ...texts, line, variable } };
    }
    return { kind: 'crashed', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

function pdfOptions({ title, locale, footer }: RenderRequest) {
  return { title, locale, ...(footer === undefined ? {} : { footer }) };
}
