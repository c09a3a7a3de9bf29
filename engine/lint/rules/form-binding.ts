import { bindingProblems, type BindingProblem } from '../../forms/task-binding.ts';
import type { LintTexts } from '../lint-finding.ts';
import { titleOf, type LintRule } from '../lint-rule.ts';

interface Words {
  readonly message: (at: string, name: string, form: string) => LintTexts;
  readonly remedy: LintTexts;
}

const WORDS: Readonly<Record<BindingProblem['kind'], Words>> = {
  unknown: {
    message: (at, name, form) => ({
      ru: `${at} называет поле «${name}», но в форме «${form}» такого нет.`,
      en: `${at} names the field "${name}", but the form "${form}" has none.`,
    }),
    remedy: {
      ru: 'Уберите имя из reglament:formBinding или верните поле в форму.',
      en: 'Remove the name from reglament:formBinding, or bring the field back.',
    },
  },
  computed: {
    message: (at, name, form) => ({
      ru: `${at} разрешает менять поле «${name}», но в форме «${form}» оно вычисляется.`,
      en: `${at} lets the field "${name}" be changed, but the form "${form}" computes it.`,
    }),
    remedy: { ru: 'Уберите его из writable.', en: 'Remove it from writable.' },
  },
  notWritable: {
    message: (at, name) => ({
      ru: `${at} требует заполнить поле «${name}», но менять его здесь нельзя.`,
      en: `${at} requires the field "${name}", but it cannot be changed there.`,
    }),
    remedy: {
      ru: 'Добавьте его в writable или уберите из required.',
      en: 'Add it to writable, or remove it from required.',
    },
  },
};

/** A step that asks of its form what the form does not have or nobody can fill (`reglament:formBinding`). */
export const formBinding: LintRule = {
  name: 'form-binding',
  check: ({ process, surroundings }) =>
    [...process.nodes.values()].flatMap((node) => {
      if (!('form' in node) || node.form?.binding === undefined || !node.form.id.static) return [];
      const form = surroundings.formOf?.(node.form.id.text);
      if (form === undefined) return [];
      const told = new Set<string>();
      return bindingProblems(form, node.form.binding).flatMap(({ kind, name }) => {
        if (told.has(`${kind} ${name}`)) return [];
        told.add(`${kind} ${name}`);
        const { message, remedy } = WORDS[kind];
        return [{ at: node, severity: 'warning' as const, message: message(titleOf(node), name, form.key), remedy }];
      });
    }),
};
