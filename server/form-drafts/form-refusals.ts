import type { Language } from '#contract';
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
