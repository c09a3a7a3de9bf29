import { InvalidDeployment } from '../deployments/invalid-deployment.ts';
import { notFound, Refused } from '../http/refused.ts';

export function noSuchProcess(): Refused {
  return notFound({ ru: 'Процесс', en: 'Process' });
}

/** Somebody has deployed the process since it was opened: nothing was published over it. */
export function deployedMeanwhile({ version, at }: { readonly version: number; readonly at: string }): Refused {
  return new Refused(
    'conflict',
    {
      ru: `Пока вы правили процесс, опубликовали его версию ${version}. Ничего не потеряно: перенесите свои изменения на неё и опубликуйте снова.`,
      en: `While you were editing, version ${version} of the process was deployed. Nothing is lost: carry your changes over to it and publish again.`,
    },
    [{ path: '/processDefinitionKey', keyword: 'version', params: { version, at }, message: String(version) }],
  );
}

export function noSuchStep(elementId: string): Refused {
  const ru = `В процессе нет шага «${elementId}», на который можно поставить форму.`;
  const en = `The process has no step "${elementId}" that can have a form.`;
  return new Refused('invalid-request', { ru, en }, [
    { path: '/steps', keyword: 'elementId', params: { elementId }, message: ru },
  ]);
}

export function onlyStartsOpen(elementId: string): Refused {
  const ru = `Открыть можно только форму, с которой процесс начинают, а «${elementId}» — задача.`;
  const en = `Only the form that starts a process can be open to others, but "${elementId}" is a task.`;
  return new Refused('invalid-request', { ru, en }, [
    { path: '/steps', keyword: 'openTo', params: { elementId }, message: ru },
  ]);
}

/** Why the process with these forms cannot be deployed, each problem with the element it is about. */
export function undeployable({ problems }: InvalidDeployment): Refused {
  const errors = problems.map(({ resource, code, elementId, elementName, message, remedy, russian }) => ({
    path: elementId ?? resource,
    keyword: code,
    params: { resource, elementId, elementName },
    message: `${russian?.message ?? message} ${russian?.remedy ?? remedy}`,
  }));
  const [first] = problems;
  return new Refused(
    'invalid-model',
    {
      ru: `Замечаний: ${problems.length}. ${errors[0]?.message ?? ''}`,
      en: `Problems: ${problems.length}. ${first?.message ?? ''} ${first?.remedy ?? ''}`,
    },
    errors,
  );
}
