export * from './cases.ts';
export * from './common.ts';
export * from './conditionals.ts';
export * from './files.ts';
export * from './intake.ts';
export * from './notifications.ts';
export * from './session.ts';
export * from './tasks.ts';
