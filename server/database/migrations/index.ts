import { keysAndCommands } from './0001-keys-and-commands.ts';
import { definitions } from './0002-definitions.ts';
import { instances } from './0003-instances.ts';
import { messages } from './0004-messages.ts';
import { identity } from './0010-identity.ts';
import { casesAndMail } from './0011-cases-and-mail.ts';
import { eventsAndScopes } from './0012-events-and-scopes.ts';
import { conversations } from './0013-conversations.ts';
import { operations } from './0021-operations.ts';
import { camundaApi } from './0022-camunda-api.ts';
import { decisionInstances } from './0023-decision-instances.ts';
import { filesAndSearch } from './0024-files-and-search.ts';
import { nodes } from './0025-nodes.ts';
import { registers } from './0029-registers.ts';
import { formDrafts } from './0031-form-drafts.ts';
import { retention } from './0034-retention.ts';
import { definitionSuspension } from './0035-definition-suspension.ts';
import { publicStarts } from './0036-public-starts.ts';
import { caseParties } from './0037-case-parties.ts';
import { formFragments } from './0039-form-fragments.ts';
import { ownRoles } from './0042-roles.ts';
import { authorizations } from './0043-authorizations.ts';
import { linksAndDeletion } from './0044-links-and-deletion.ts';
import { contentAndOpenTasks } from './0045-content-and-open-tasks.ts';
import { documentsForOutsiders } from './0046-documents-for-outsiders.ts';
import { usageOfDeleted } from './0047-usage-of-deleted.ts';
import type { Migration } from './schema-editor.ts';

/** In order. Runtime takes 0001–0009; other rooms append theirs from 0010 on. */
export const migrations: readonly Migration[] = [
  keysAndCommands,
  definitions,
  instances,
  messages,
  identity,
  casesAndMail,
  eventsAndScopes,
  conversations,
  operations,
  camundaApi,
  decisionInstances,
  filesAndSearch,
  nodes,
  registers,
  formDrafts,
  retention,
  definitionSuspension,
  publicStarts,
  caseParties,
  formFragments,
  ownRoles,
  authorizations,
  linksAndDeletion,
  contentAndOpenTasks,
  documentsForOutsiders,
  usageOfDeleted,
];
