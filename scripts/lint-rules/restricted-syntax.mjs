// Selectors for ESLint's no-restricted-syntax. A later block of the configuration replaces the list of an earlier one,
// so each block names all the lists it wants.

export const noDefaultExports = [
  {
    selector: 'ExportDefaultDeclaration, ExportSpecifier[exported.name="default"]',
    message: 'Named exports only: a name that the importer cannot change can be searched for.',
  },
];

const HIDDEN_CODE = '/^(node:)?(vm|child_process)$/';

export const noHiddenCode = [
  {
    selector: `ImportDeclaration[source.value=${HIDDEN_CODE}], ImportExpression[source.value=${HIDDEN_CODE}]`,
    message: 'vm is no sandbox and child processes are an attack surface. Use FEEL, a worker thread or a connector.',
  },
  {
    selector: 'NewExpression[callee.property.name="Function"], CallExpression[callee.property.name="eval"]',
    message: 'No code from strings, under any name. Use FEEL (engine/expressions).',
  },
];

const RAW = 'CallExpression[callee.property.name=/(^raw|Raw)$/]';

export const noPatchedSql = [
  {
    selector: `${RAW} > TemplateLiteral.arguments[expressions.length>0], ${RAW} > BinaryExpression.arguments[operator="+"]`,
    message:
      'SQL put together from strings is an injection waiting for its input. Bind values with ? and names with ??, or write the statement in server/database.',
  },
];

export const noClock = [
  {
    selector: 'CallExpression[callee.object.name="Date"][callee.property.name="now"]',
    message: 'The engine has no clock: `now` comes with the command.',
  },
  {
    selector: 'NewExpression[callee.name="Date"][arguments.length=0], CallExpression[callee.name="Date"]',
    message: 'The engine has no clock: give Date the instant, which comes with the command.',
  },
  {
    selector:
      'CallExpression[callee.property.name=/^[gs]et(Year|FullYear|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds|TimezoneOffset)$/]',
    message: 'It reads the zone of the machine. Use the UTC form, and engine/time for zones.',
  },
  {
    selector: 'MemberExpression[object.name="Temporal"][property.name="Now"]',
    message: 'The engine has no clock: `now` comes with the command.',
  },
];
