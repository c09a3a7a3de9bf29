import type { Database } from '../database/connect.ts';
import type { KeySource } from '../database/key-source.ts';
import type { DefinitionDeletion } from '../deployments/definition-deletion.ts';
import type { Deployments } from '../deployments/deployments.ts';
import type { ApiFiles } from '../files/api/api-files.ts';
import type { DocumentLinks } from '../files/api/document-links.ts';
import type { Route } from '../http/route.ts';
import type { Authorizations } from '../identity/authorizations.ts';
import type { Messages } from '../messages/messages.ts';
import type { Batches } from '../operations/batches.ts';
import type { Migrations } from '../operations/migrations.ts';
import type { Clock } from '../runtime/clock.ts';
import type { Definitions } from '../runtime/definitions.ts';
import type { Runner } from '../runtime/runner.ts';
import type { Signals } from '../signals/signals.ts';
import type { TaskActions } from '../user-tasks/task-actions.ts';
import type { Groups } from '../users/groups.ts';
import type { OwnRoles } from '../users/own-roles.ts';
import type { UserRoles } from '../users/user-roles.ts';
import type { Users } from '../users/users.ts';
import type { Jobs } from '../worker/jobs.ts';
import { batchRoutes } from './batch-routes.ts';
import { clockRoutes } from './clock-routes.ts';
import { clusterRoutes } from './cluster-routes.ts';
import { decisionEvaluationRoutes } from './decision-evaluation-routes.ts';
import { decisionInstanceRoutes } from './decision-instance-routes.ts';
import { definitionRoutes } from './definition-routes.ts';
import { deploymentRoutes } from './deployment-routes.ts';
import { documentRoutes } from './documents/document-routes.ts';
import { authorizationRoutes } from './identity/authorization-routes.ts';
import { groupRoutes } from './identity/group-routes.ts';
import { roleRoutes } from './identity/role-routes.ts';
import { tenantRoutes } from './identity/tenant-routes.ts';
import { userRoutes } from './identity/user-routes.ts';
import { instancePartRoutes } from './instance-part-routes.ts';
import { jobRoutes } from './job-routes.ts';
import { messageRoutes } from './message-routes.ts';
import { migrationRoutes } from './migration-routes.ts';
import { modificationRoutes } from './modification-routes.ts';
import { processInstanceRoutes } from './process-instance-routes.ts';
import { signalRoutes } from './signal-routes.ts';
import { startRoutes } from './start-routes.ts';
import { usageRoutes } from './usage-routes.ts';
import { userTaskRoutes } from './user-task-routes.ts';

export interface V2RoutesDeps {
  readonly database: Database;
  readonly keys: KeySource;
  readonly definitions: Definitions;
  readonly deployments: Deployments;
  readonly definitionDeletion: DefinitionDeletion;
  readonly runner: Runner;
  readonly migrations: Migrations;
  readonly batches: Batches;
  readonly jobs: Jobs;
  readonly messages: Messages;
  readonly signals: Signals;
  readonly taskActions: TaskActions;
  readonly apiFiles: ApiFiles;
  readonly documentLinks: DocumentLinks;
  readonly publicUrl: URL | null;
  readonly users: Users;
  readonly groups: Groups;
  readonly userRoles: UserRoles;
  readonly ownRoles: OwnRoles;
  readonly authorizations: Authorizations;
  readonly clock: Clock;
  readonly version: string;
}

/**
 * REST `/v2` in the shape of the Camunda 8 Orchestration Cluster API, whose contract is the official client
 * `@camunda8/orchestration-cluster-api` with strict validation. docs/guide/camunda-api.md says what is answered; for the rest
 * see `mountUnanswered`.
 */
export function v2Routes(deps: V2RoutesDeps): readonly Route[] {
  return [
    ...clusterRoutes(deps),
    ...usageRoutes(deps),
    ...deploymentRoutes(deps),
    ...definitionRoutes(deps),
    ...decisionEvaluationRoutes(deps),
    ...decisionInstanceRoutes(deps),
    ...startRoutes(deps),
    ...processInstanceRoutes(deps),
    ...modificationRoutes(deps),
    ...migrationRoutes(deps),
    ...batchRoutes(deps),
    ...clockRoutes(deps),
    ...instancePartRoutes(deps),
    ...jobRoutes(deps),
    ...userTaskRoutes(deps),
    ...messageRoutes(deps),
    ...signalRoutes(deps),
    ...documentRoutes(deps),
    ...userRoutes(deps),
    ...groupRoutes(deps),
    ...roleRoutes(deps),
    ...tenantRoutes(deps),
    ...authorizationRoutes(deps),
  ];
}
