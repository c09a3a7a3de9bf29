import { dmnTable } from '../test/dmn-table.ts';
import { verifyFiles } from '../test/file-table.ts';

const status = { name: 'status', type: 'string', allowed: '"new", "open", "done"' };
const amount = { name: 'amount', type: 'number' };
const percent = { name: 'percent', type: 'number', allowed: '[0..100]' };
const day = { name: 'day', type: 'date' };
const flag = { name: 'flag', type: 'boolean' };
const free = { name: 'free', type: 'string' };
const first = { hitPolicy: 'FIRST' };
const allowed = (values: string, type = 'string') => ({
  ...first,
  output: `<output id="out" name="out" typeRef="${type}"><outputValues id="ov"><text>${values}</text></outputValues></output>`,
});
/** More rules than are compared with each other: the server would answer nobody meanwhile. */
const many = Array.from({ length: 1_001 }, (_, row) => [String(row), '1']);

verifyFiles('unmatchable-rule', {
  valid: {
    'values of the column': dmnTable(
      [status],
      [
        ['"new"', '1'],
        ['not("new")', '2'],
      ],
    ),
    'a range within the column': dmnTable(
      [percent],
      [
        ['>= 50', '1'],
        ['< 50', '2'],
      ],
    ),
    'texts of which nothing is declared': dmnTable(
      [free],
      [
        ['"anything"', '1'],
        ['-', '2'],
      ],
      first,
    ),
    'a condition on the input': dmnTable([amount], [['? > 5 and ? < 7', '1']]),
    'a date': dmnTable([day], [['> date("2026-01-01")', '1']]),
    'an empty input': dmnTable(
      [amount],
      [
        ['null', '1'],
        ['-', '2'],
      ],
      first,
    ),
    'a narrower rule before a wider one': dmnTable(
      [amount],
      [
        ['> 10', '1'],
        ['> 5', '2'],
      ],
      first,
    ),
    'a rule that an earlier one leaves something of': dmnTable(
      [amount],
      [
        ['> 10', '1'],
        ['-', '2'],
      ],
      first,
    ),
    'too many rules behind one that covers them': dmnTable([amount], [['-', '0'], ...many], first),
  },
  invalid: {
    'a misspelt value': {
      file: dmnTable(
        [status],
        [
          ['"opne"', '1'],
          ['-', '2'],
        ],
        first,
      ),
      finds: ['rule-1 unmatchable-rule'],
      says: /rule 1, column "status".*no value.*"new", "open", "done".*Perhaps "open" is meant/,
    },
    'one of several': {
      file: dmnTable(
        [status],
        [
          ['"new", "opne"', '1'],
          ['-', '2'],
        ],
        first,
      ),
      finds: ['rule-1 never-true'],
    },
    'a text in a column of numbers': {
      file: dmnTable(
        [amount],
        [
          ['"5"', '1'],
          ['-', '2'],
        ],
        first,
      ),
      finds: ['rule-1 unmatchable-rule'],
    },
    'a text in a column of dates': {
      file: dmnTable(
        [day],
        [
          ['"2026-01-01"', '1'],
          ['-', '2'],
        ],
        first,
      ),
      finds: ['rule-1 unmatchable-rule'],
    },
    'a range outside the allowed values': {
      file: dmnTable(
        [percent],
        [
          ['> 100', '1'],
          ['-', '2'],
        ],
        first,
      ),
      finds: ['rule-1 unmatchable-rule'],
      says: /number \[0\.\.100\]/,
    },
    'conditions that exclude each other': {
      file: dmnTable(
        [amount],
        [
          ['? > 5 and ? < 3', '1'],
          ['-', '2'],
        ],
        first,
      ),
      finds: ['rule-1 unmatchable-rule'],
    },
    'a rule behind one that covers it': {
      file: dmnTable(
        [amount, flag],
        [
          ['> 5', '-', '1'],
          ['> 10', 'true', '2'],
          ['-', '-', '3'],
        ],
        first,
      ),
      finds: ['rule-2 unreachable-rule'],
      says: /rule 2 never matches: rule 1 comes before it/,
    },
  },
});

verifyFiles('output-not-allowed', {
  valid: {
    'values of the list': dmnTable(
      [amount],
      [
        ['> 5', '"high"'],
        ['-', 'if amount > 2 then "low" else null'],
      ],
      allowed('"high", "low"'),
    ),
    'what nobody knows': dmnTable([free], [['-', 'free']], allowed('"high", "low"')),
    'a column without a type': dmnTable([amount], [['-', '[1, "a"]']], first),
  },
  invalid: {
    'a value that is not in the list': {
      file: dmnTable(
        [amount],
        [
          ['> 5', '"hihg"'],
          ['-', '"low"'],
        ],
        { ...allowed('"high", "low"'), hitPolicy: 'PRIORITY' },
      ),
      finds: ['rule-1 output-not-allowed'],
      says: /rule 1, column "out".*Perhaps "high" is meant/,
    },
    'a text where a number is declared': {
      file: dmnTable([amount], [['-', '"5"']], { ...first, output: '<output id="out" name="out" typeRef="number"/>' }),
      finds: ['rule-1 output-not-allowed'],
    },
  },
});

verifyFiles('overlapping-rules', {
  valid: {
    'rules that touch': dmnTable(
      [amount],
      [
        ['< 10', '1'],
        ['>= 10', '2'],
      ],
    ),
    'another hit policy': dmnTable(
      [amount],
      [
        ['< 10', '1'],
        ['< 20', '2'],
      ],
      first,
    ),
    'the same range of different values': dmnTable(
      [status, amount],
      [
        ['"new"', '> 5', '1'],
        ['"open"', '> 5', '2'],
      ],
    ),
    'cells that only evaluation can tell': dmnTable(
      [amount],
      [
        ['> today().day', '1'],
        ['< 20', '2'],
      ],
    ),
    'days next to each other': dmnTable(
      [day],
      [
        ['<= date("2026-01-31")', '1'],
        ['>= date("2026-02-01")', '2'],
      ],
    ),
  },
  invalid: {
    'ranges that overlap, with their numbers': {
      file: dmnTable(
        [amount, status],
        [
          ['< 10', '-', '1'],
          ['>= 20', '-', '2'],
          ['[5..25]', '"new", "open"', '3'],
        ],
      ),
      finds: ['d overlapping-rules', 'd overlapping-rules'],
      says: /rules 1 and 3 match together when: amount \[5\.\.10\); status "new", "open"[\s\S]*rules 2 and 3/,
    },
    'the same cell twice': {
      file: dmnTable(
        [free],
        [
          ['"a"', '1'],
          ['"b", "a"', '2'],
        ],
      ),
      finds: ['d overlapping-rules'],
      says: /free "a"/,
    },
    'a rule for everything': {
      file: dmnTable(
        [flag],
        [
          ['true', '1'],
          ['-', '2'],
        ],
      ),
      finds: ['d overlapping-rules'],
    },
  },
});

verifyFiles('missing-rules', {
  valid: {
    'ranges that cover everything': dmnTable(
      [amount],
      [
        ['< 10', '1'],
        ['>= 10', '2'],
      ],
    ),
    'every allowed value': dmnTable(
      [status, flag],
      [
        ['"new", "open"', '-', '1'],
        ['"done"', 'true', '2'],
        ['"done"', 'false', '3'],
      ],
    ),
    'a default output': dmnTable([amount], [['< 10', '1']], {
      output: '<output id="out" name="out"><defaultOutputEntry id="do"><text>0</text></defaultOutputEntry></output>',
    }),
    'texts without a list of values': dmnTable([free], [['"a"', '1']]),
    'a list of hits': dmnTable([amount], [['< 10', '1']], { hitPolicy: 'COLLECT' }),
    'a cell that only evaluation can tell': dmnTable(
      [amount],
      [
        ['< 10', '1'],
        ['>= count([1])', '2'],
      ],
      first,
    ),
    'days next to each other': dmnTable(
      [day],
      [
        ['<= date("2026-01-31")', '1'],
        ['>= date("2026-02-01")', '2'],
      ],
    ),
    'the whole of the allowed values': dmnTable(
      [percent],
      [
        ['[0..50)', '1'],
        ['[50..100]', '2'],
      ],
    ),
    'too many rules': dmnTable([amount], many, first),
  },
  invalid: {
    'a bound that nobody has': {
      file: dmnTable(
        [amount],
        [
          ['< 10', '1'],
          ['> 10', '2'],
        ],
      ),
      finds: ['d missing-rules'],
      says: /no rule matches when: amount 10\./,
    },
    'a combination': {
      file: dmnTable(
        [status, flag],
        [
          ['"new"', '-', '1'],
          ['"open", "done"', 'true', '2'],
        ],
      ),
      finds: ['d missing-rules'],
      says: /status "open", "done"; flag false/,
    },
    'the end of the allowed values': {
      file: dmnTable([percent], [['< 100', '1']]),
      finds: ['d missing-rules'],
      says: /percent 100/,
    },
  },
});
