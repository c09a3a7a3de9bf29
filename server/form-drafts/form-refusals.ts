import type { FormImpact, Language } from '#contract';
import { InvalidDeployment } from '../deployments/invalid-deployment.ts';
import { notFound, Refused } from '../http/refused.ts';

export function noSuchForm(): Refused {
  return notFound({ ru: 'Форма', en: 'Form' });
}

export function noSuchVersion(): Refused {
  return notFound({ ru: 'Версия формы', en: 'Version of the form' });
}

/** Somebody else has saved since: nothing was overwritten, and who it was is told. */
export function savedByAnother(name: string, at: string): Refused {
  return new Refused(
    'conflict',
    {
      ru: `Форму тем временем сохранил другой человек: ${name}. Ваши изменения остались у вас; посмотрите его версию и выберите.`,
      en: `Meanwhile somebody else saved the form: ${name}. Your changes are still with you; look at theirs and choose.`,
    },
    [{ path: '/revision', keyword: 'revision', params: { name, at }, message: name }],
  );
}

/** Names or values that others read would go: nothing was published. */
export function breaksOthers(
  changes: readonly FormImpact['changes'][number][],
  labelOf: (name: string) => string | undefined,
): Refused {
  const errors = changes.map(({ kind, field, formerly, what }) => {
    const name = formerly ?? field;
    const message = `«${labelOf(field) ?? name}»: ${BREAKING_WORDS[kind]?.(what ?? '') ?? kind}`;
    return {
      path: `/data/properties/${name}`,
      keyword: 'breaking',
      params: { kind, field, what: what ?? null },
      message,
    };
  });
  return new Refused(
    'conflict',
    {
      ru: `Изменений, от которых могут сломаться процессы, решения или шаблоны: ${errors.length}. Посмотрите, кто пользуется этими полями, и подтвердите публикацию.`,
      en: `Changes that may break processes, decisions or templates: ${errors.length}. See who uses these fields, and confirm the publication.`,
    },
    errors,
  );
}

const BREAKING_WORDS: Readonly<Record<string, (what: string) => string>> = {
  fieldRemoved: () => 'поля больше нет',
  fieldRenamed: () => 'поле называется иначе',
  kindChanged: () => 'значение другого вида',
  optionRemoved: (what) => `варианта «${what}» больше нет`,
  formChanged: () => 'у формы другой ключ',
};

const FIELD = /^\/data\/properties\/([^/]+)/;

/** What keeps a form from being published, each with the field it is about, as a 422. */
export function unpublishable(error: InvalidDeployment, labelOf: (name: string) => string | undefined): Refused {
  const errors = error.problems.map(({ path, code, message, remedy, russian }) => {
    const field = FIELD.exec(path ?? '')?.[1];
    const label = field === undefined ? undefined : (labelOf(field) ?? field);
    const words = { ru: `${russian?.message ?? message}. ${russian?.remedy ?? remedy}`, en: `${message}. ${remedy}` };
    const said = (language: Language): string =>
      label === undefined ? words[language] : `«${label}»: ${words[language]}`;
    return { path: path ?? '', keyword: code, params: { field: field ?? null, remedy }, message: said('ru') };
  });
  const [first] = errors;
  return new Refused(
    'form-unpublishable',
    {
      ru: `Замечаний: ${errors.length}. ${first?.message ?? ''}`,
      en: `Problems: ${errors.length}. ${first?.message ?? ''}`,
    },
    errors,
  );
}
