import { condition, split } from '../../bpmn/test/bpmn-text.ts';
import { verify } from '../test/rule-table.ts';
import { conditionOnDefault } from './condition-on-default.ts';

verify(conditionOnDefault, {
  valid: {
    'a default flow without a condition': { xml: split(condition('=a'), '', 'default="F2"') },
    'conditions without a default flow': { xml: split(condition('=a'), condition('=b')) },
  },
  invalid: {
    'a condition that nobody looks at': {
      xml: split(condition('=a'), condition('=b'), 'default="F2"'),
      finds: ['F2 warning'],
      says: /«Which\?» \(G\)/,
    },
  },
});
