/** Awaiting export from the engine's door: `engine/index.ts` is being completed. Replace by '#engine' and delete. */
export type { DecisionModel } from '../../engine/decisions/decision-model.ts';
export { readDmn } from '../../engine/decisions/read-dmn.ts';
export { compileValidator } from '../../engine/forms/compile-validator.ts';
export { evaluateForm, type FormEvaluation } from '../../engine/forms/evaluate-form.ts';
export type { FormModel } from '../../engine/forms/form-definition.ts';
export { readForm } from '../../engine/forms/read-form.ts';
export { checkBinding } from '../../engine/forms/task-binding.ts';
export { buildCalendarSet, type CalendarSet } from '../../engine/time/build-calendar-set.ts';
export { parseInstant } from '../../engine/time/parse-instant.ts';
