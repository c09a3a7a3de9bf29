import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { fileName } from './scripts/lint-rules/file-name.mjs';
import { noPackWords } from './scripts/lint-rules/no-pack-words.mjs';
import { noClock, noDefaultExports, noHiddenCode, noPatchedSql } from './scripts/lint-rules/restricted-syntax.mjs';

const TYPESCRIPT = ['**/*.ts', '**/*.tsx'];
const TESTS = ['**/*.test.ts', '**/*.test.tsx', '**/test/**', 'bench/**', 'scripts/**'];
const PRODUCT = ['engine/**/*.{ts,tsx}', 'server/**/*.{ts,tsx}', 'designer/**/*.{ts,tsx}'];

/** Of ESLint's own list, those that neither the compiler nor Prettier answers for. */
const coreRules = Object.fromEntries(
  [
    ...[
      'eqeqeq',
      'no-async-promise-executor',
      'no-cond-assign',
      'no-constant-binary-expression',
      'no-constant-condition',
    ],
    ...['no-debugger', 'no-dupe-else-if', 'no-empty', 'no-empty-character-class', 'no-empty-pattern', 'no-fallthrough'],
    ...['no-loss-of-precision', 'no-misleading-character-class', 'no-prototype-builtins', 'no-self-assign'],
    ...[
      'no-self-compare',
      'no-sparse-arrays',
      'no-template-curly-in-string',
      'no-unreachable-loop',
      'no-unsafe-finally',
    ],
    ...['no-unused-labels', 'no-useless-catch', 'no-useless-escape', 'require-yield', 'use-isnan', 'valid-typeof'],
  ].map((rule) => [rule, 'error']),
);

/** What we change of typescript-eslint's recommended list; 12 s for the whole check when the tree had 150 files. */
const ourTypeScriptRules = {
  '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', ignoreRestSiblings: true }],
  // Expected ways out, not bugs: the engine turns the first two into an incident or a rejection, the router the third into a page.
  '@typescript-eslint/only-throw-error': [
    'error',
    {
      allow: [
        { from: 'file', name: ['Stuck', 'Refusal'] },
        { from: 'package', package: '@tanstack/router-core', name: 'Redirect' },
      ],
      allowRethrowing: true,
    },
  ],
  // A .d.ts for a package without types has to be seen from every project that reads the file.
  '@typescript-eslint/triple-slash-reference': ['error', { path: 'always', types: 'never', lib: 'never' }],
  // A number in a message reads the same with and without String(); `any`, objects and null are still reported.
  '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
  // An async function without await keeps a signature that others share, and turns a throw into a rejection.
  '@typescript-eslint/require-await': 'off',
  // Our services are closures, not classes: taking `close` out of one loses nothing.
  '@typescript-eslint/unbound-method': 'off',
};

export default defineConfig(
  globalIgnores(['dist/', 'data/', '.cache/', 'coverage/', 'docs/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },

  {
    name: 'every file',
    plugins: { local: { rules: { 'file-name': fileName, 'no-pack-words': noPackWords } } },
    rules: { ...coreRules, 'local/file-name': 'error' },
  },
  {
    name: 'typescript',
    files: TYPESCRIPT,
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ['./tsconfig.json', './designer/tsconfig.json', './designer/test/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: ourTypeScriptRules,
  },
  {
    name: 'tests',
    files: TESTS,
    rules: {
      // `describe` and `it` of mocha, and what a test reads out of a response, are not worth a cast each.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      'no-template-curly-in-string': 'off',
    },
  },
  {
    name: 'product: no code from strings, no default exports, no SQL from strings',
    files: PRODUCT,
    ignores: [...TESTS, 'designer/vite.config.ts', '**/*.d.ts'],
    rules: {
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-restricted-syntax': ['error', ...noDefaultExports, ...noHiddenCode, ...noPatchedSql],
    },
  },
  {
    name: 'server/database: the one place that may put SQL together, from constants',
    files: ['server/database/**/*.ts'],
    ignores: TESTS,
    rules: { 'no-restricted-syntax': ['error', ...noDefaultExports, ...noHiddenCode] },
  },
  {
    name: 'engine: no clock, no chance, no words of the packs',
    files: ['engine/**/*.ts'],
    ignores: [...TESTS, '**/*.d.ts'],
    rules: {
      'local/no-pack-words': 'error',
      'no-restricted-properties': [
        'error',
        {
          object: 'Math',
          property: 'random',
          message: 'The same command must give the same answer. Take keys from the command.',
        },
      ],
      'no-restricted-globals': [
        'error',
        { name: 'Date', message: 'Only engine/time knows Date. Call a function of it, or pass the ISO 8601 text on.' },
      ],
      'no-restricted-syntax': ['error', ...noDefaultExports, ...noHiddenCode, ...noPatchedSql, ...noClock],
    },
  },
  { name: 'engine/time', files: ['engine/time/**/*.ts'], rules: { 'no-restricted-globals': 'off' } },

  {
    name: 'designer: hooks',
    files: ['designer/**/*.{ts,tsx}'],
    extends: [reactHooks.configs.flat.recommended],
  },
);
