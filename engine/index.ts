/** The door of the engine. Everything outside `engine/` imports from here; `#engine/testing` holds what only tests need. */

// The interpreter and its four vocabularies.
export { advance, type Execution } from './advance.ts';
export { applyHistory } from './apply-history.ts';
export { explainJoins, type AwaitedToken, type JoinExplanation } from './explain/explain-joins.ts';
export { createInstance, type InstanceRows } from './create-instance.ts';
export { instanceRows } from './instance-rows.ts';
export { mappingById } from './mapping-by-id.ts';
export { planStart, type StartPlan, type StartPlanning } from './plan-start.ts';
export type * from './command.ts';
export type * from './effect.ts';
export type * from './history-event.ts';
export * from './instance.ts';
export type * from './outcome.ts';
export type * from './json.ts';
export * from './key.ts';
export { Table, type RowView } from './table.ts';
export { assertNever } from './assert-never.ts';

// Models played in memory, with a virtual clock.
export { Simulation, type SimulationOptions, type Told } from './simulation/simulation.ts';
export { CommandRefused, type RefusalCode } from './simulation/command-refused.ts';
export type { JobFilter, JobRow, UserTaskFilter, UserTaskRow } from './simulation/list-work.ts';
export type { Publication } from './simulation/message-delivery.ts';
export type { SimulatedInstance } from './simulation/simulated-instances.ts';
export type { DeployedModels } from './simulation/simulated-library.ts';
export type { ElementView, InstanceView } from './simulation/view-instance.ts';

// Why an instance does not go on.
export { explainInstance } from './explain/explain-instance.ts';
export type * from './explain/explanation.ts';

// Models.
export { readBpmn, type BpmnReading } from './bpmn/read-bpmn.ts';
export { InvalidBpmn, type BpmnProblem } from './bpmn/invalid-bpmn.ts';
export { NoSuchStep, rewriteForms, type StepForm } from './bpmn/rewrite-forms.ts';
export * from './model/process-model.ts';
export type * from './model/event-definition.ts';
export type * from './model/library.ts';

// Types of expressions.
export { inferTests, inferType, type TypedExpression, type TypedTests } from './expressions/analysis/infer-type.ts';
export { describeType } from './expressions/analysis/describe-type.ts';
export { excerptOf } from './expressions/analysis/excerpt-of.ts';
export type { FindingCode, TypeFinding } from './expressions/analysis/finding.ts';
export { membersOf } from './expressions/analysis/members-of.ts';
export { elementOf } from './expressions/analysis/element-of.ts';
export { sampleType } from './expressions/analysis/sample-type.ts';
export {
  BOOLEAN_TYPE,
  enumType,
  listType,
  NUMBER_TYPE,
  orderedType,
  STRING_TYPE,
  type Alternative,
  type StaticType,
} from './expressions/analysis/static-type.ts';
export type { VariableTypes } from './expressions/analysis/type-env.ts';

// Lint.
export { lintBpmn, lintFiles, type FileFinding, type LintFile } from './lint/lint-files.ts';
export { lintProcess } from './lint/lint-process.ts';
export { readerFinding } from './lint/reader-finding.ts';
export type * from './lint/lint-finding.ts';
export type { LintSurroundings, ReferencedKind } from './lint/lint-rule.ts';

export {
  checkExpression,
  type ExpressionCheck,
  type ExpressionProblem,
  type ExpressionSurroundings,
} from './lint/feel/check-expression.ts';

// FEEL.
export { treeOf } from './expressions/compile.ts';
export type { Node as FeelNode } from './expressions/syntax/syntax-tree.ts';
export { writeMember, writeName, writeText } from './expressions/syntax/write-feel.ts';
export * from './expressions/expression.ts';
export { ExpressionSyntaxError } from './expressions/expression-syntax-error.ts';
export {
  feelFunctions,
  signatureText,
  type FeelFunctionDescription,
  type FeelFunctionGroup,
  type FeelSignature,
} from './expressions/catalogue/feel-functions.ts';

// DMN.
export { readDmn, readDmnWithImports, type DmnReading } from './decisions/read-dmn.ts';
export { readDmnFiles, type DmnFileReading, type DmnText } from './decisions/read-dmn-files.ts';
export { InvalidDmn, type DmnProblem } from './decisions/invalid-dmn.ts';
export { evaluateDecision } from './decisions/evaluate-decision.ts';
export { recordTrace, tracesInOrder } from './decisions/record-trace.ts';
export type * from './decisions/decision-model.ts';
export type * from './decisions/decision-trace.ts';

// Forms.
export { diffForms } from './forms/diff/diff-forms.ts';
export type { FormChange, FormChangeKind } from './forms/diff/form-change.ts';
export { exportForm, type FormExport } from './forms/exchange/export-form.ts';
export type { ExchangeNote } from './forms/exchange/exchange-note.ts';
export { importForm, type FormFormat, type FormImport } from './forms/exchange/import-form.ts';
export { NotAForm } from './forms/exchange/not-a-form.ts';
export { nameProblem } from './forms/field-name.ts';
export { readForm } from './forms/read-form.ts';
export { InvalidForm, type FormProblem } from './forms/invalid-form.ts';
export { evaluateForm, type FormEvaluation, type FormEvaluationRequest } from './forms/evaluate-form.ts';
export { compileValidator } from './forms/compile-validator.ts';
export { standaloneValidator } from './forms/standalone-validator.ts';
export { contextNames } from './forms/context-names.ts';
export type { CellState, FieldState, RowState } from './forms/decided-field.ts';
export { enumOptions, type FieldOption } from './forms/field-options.ts';
export { fileReferenceOf, type FileReference } from './forms/file-reference.ts';
export * from './forms/form-definition.ts';
export type { FormError } from './forms/form-error.ts';
export { resolveNames, type RuleNames } from './forms/rule-names.ts';
export type { RuleMemory, RuleSurroundings } from './forms/form-rule-run.ts';
export { formatBytes, formatMoney, formatNumber, plural } from './forms/format-value.ts';
export {
  formatDateTime,
  formatDay,
  formatDuration,
  formatPeriod,
  formatTime,
  monthNames,
} from './forms/format-time.ts';
export { durationMinutes, durationOf } from './forms/kinds/duration.ts';
export { formatGeoPoint, geoPointOf, type GeoPoint } from './forms/kinds/geo-point.ts';
export { COMMON_KEYWORDS, FIELD_KINDS, kindOf } from './forms/kinds/field-kinds.ts';
export type { KeywordShape, KindDefinition } from './forms/kinds/kind-definition.ts';
export { normaliseValue } from './forms/normalise-value.ts';
export { formatPhone, isPhone, normalisePhone } from './forms/phone-number.ts';
export type { SchemaValidator } from './forms/schema-validator.ts';
export { compileLookupFilter, type LookupFilter } from './forms/lookup-filter.ts';
export { normaliseSerial } from './forms/serial-mask.ts';
export { forgetRules } from './forms/table-memory.ts';
export { ROW_ID } from './forms/align-rows.ts';
export { MAX_ROWS } from './forms/kinds/limits.ts';
export { anonymousLookup } from './forms/anonymous-lookup.ts';
export {
  accessTo,
  checkBinding,
  initialValues,
  newRow,
  projectStored,
  type FieldAccess,
  type TaskBinding,
} from './forms/task-binding.ts';
export { isIsoDate } from './forms/value-format.ts';

// Registers.
export { holdsOn, overlaps } from './registers/holds-on.ts';
export { InvalidRegister } from './registers/invalid-register.ts';
export { planFilter, type FilterPlan } from './registers/plan-filter.ts';
export { readRegister } from './registers/read-register.ts';
export type { RegisterModel } from './registers/register-definition.ts';
export { rowTexts, type RowTexts } from './registers/row-texts.ts';
export { foldText, sortText } from './registers/sort-text.ts';

// Time.
export { addDuration } from './time/add-duration.ts';
export { addWorking } from './time/add-working.ts';
export { buildCalendarSet, type CalendarSet, type CalendarSetFile } from './time/build-calendar-set.ts';
export { CalendarFileError } from './time/calendar-file-error.ts';
export { diffWorking } from './time/diff-working.ts';
export { formatInstant } from './time/format-instant.ts';
export { legalDeadline } from './time/legal-deadline.ts';
export { MissingCalendarYear } from './time/missing-calendar-year.ts';
export { nextDue, nextDueAfter } from './time/next-due.ts';
export { nthWorkingDay } from './time/nth-working-day.ts';
export { parseCycle } from './time/parse-cycle.ts';
export { parseDuration } from './time/parse-duration.ts';
export { parseInstant } from './time/parse-instant.ts';
export { parseWorkingDuration } from './time/parse-working-duration.ts';
export { TimeError } from './time/time-error.ts';
export { isMissed, nextFire, type MisfirePolicy, type TimerCycle } from './time/timer-cycle.ts';
export { UnknownCalendar } from './time/unknown-calendar.ts';
export type { WorkHours, WorkingInstant } from './time/work-hours.ts';
export { usesInDecision } from './uses/uses-in-decision.ts';
export { usesInForm } from './uses/uses-in-form.ts';
export { knownVariables, type KnownVariable } from './uses/known-variables.ts';
export { usesInProcess } from './uses/uses-in-process.ts';
export type { VariableUse } from './uses/variable-use.ts';
