import { join } from 'node:path';
import type { Express } from 'express';
import type { Logger } from 'pino';
import { createCaseDecisions } from './cases/case-decisions.ts';
import { createCaseDetails } from './cases/case-detail.ts';
import { createCaseDiagram } from './cases/case-diagram.ts';
import { createCaseList } from './cases/case-list.ts';
import { createCaseExplanation } from './cases/case-explanation.ts';
import { createCaseParts } from './cases/case-parts.ts';
import { caseRoutes } from './cases/case-routes.ts';
import { createCaseStory } from './cases/case-story.ts';
import { conditionalRoutes } from './conditionals/conditional-routes.ts';
import { createConditionals } from './conditionals/conditionals.ts';
import { jobHandlers } from './connectors/job-handlers.ts';
import { WEB_PORTS } from './connectors/http/check-target.ts';
import { createMailSender } from './connectors/mail/create-mail-sender.ts';
import type { Config } from './config.ts';
import { readerOf, type Database } from './database/connect.ts';
import { createKeySource } from './database/key-source.ts';
import type { DiskSpace } from './disk/disk-space.ts';
import { createDefinitionDeletion } from './deployments/definition-deletion.ts';
import { createDeployments, type Deployments } from './deployments/deployments.ts';
import { documentRoutes } from './documents/document-routes.ts';
import { createDocuments } from './documents/documents.ts';
import { createDocumentRenderer } from './documents/render/create-document-renderer.ts';
import { documentLinkRoutes } from './files/api/document-link-routes.ts';
import { createDocumentLinks } from './files/api/document-links.ts';
import { createApiFiles, type ApiFiles } from './files/api/api-files.ts';
import { createFileContent } from './files/content/create-file-content.ts';
import { defaultContentRules } from './files/content/inspect-content.ts';
import { fileRoutes } from './files/file-routes.ts';
import { createFiles, UNREFERENCED_QUOTA, type Files } from './files/files.ts';
import { createPartialUploads, type PartialUploads } from './files/partial-uploads.ts';
import { uploadRoutes } from './files/upload-routes.ts';
import { createFormDrafts } from './form-drafts/form-drafts.ts';
import { createFormPreviews } from './form-drafts/form-previews.ts';
import { formFragmentRoutes } from './form-fragments/form-fragment-routes.ts';
import { createFormFragments } from './form-fragments/form-fragments.ts';
import { formRoutes } from './form-drafts/form-routes.ts';
import { createHttpApp } from './http/create-http-app.ts';
import type { Route } from './http/route.ts';
import { systemRoutes } from './http/system-routes.ts';
import { createAuthorizations } from './identity/authorizations.ts';
import { createIdentity } from './identity/identity.ts';
import { createKnownPrincipals } from './identity/known-principals.ts';
import { sessionRoutes } from './identity/session-routes.ts';
import { tokenRoutes } from './identity/token-routes.ts';
import { createIntake, type Intake } from './intake/intake.ts';
import { intakeRoutes } from './intake/intake-routes.ts';
import { createMessages } from './messages/messages.ts';
import { deadlineNotice } from './notifications/deadline-notice.ts';
import { REPLY_NOTICE, replyNotice } from './notifications/reply-notice.ts';
import { notificationRoutes } from './notifications/notification-routes.ts';
import { lintRoutes } from './lint/lint-routes.ts';
import { migrationRoutes } from './operations/migration-routes.ts';
import { createBatches } from './operations/batches.ts';
import { createMigrations } from './operations/migrations.ts';
import { createDefinitionSuspension } from './operations/definition-suspension.ts';
import { suspensionRoutes } from './operations/suspension-routes.ts';
import { joinNodes, type Node } from './nodes/node.ts';
import { createNotifications } from './notifications/notifications.ts';
import { createContractorFiles } from './portal/contractor-files.ts';
import { createPortalCases } from './portal/portal-cases.ts';
import { portalRoutes } from './portal/portal-routes.ts';
import { createProcessDesigns } from './process-designs/process-designs.ts';
import { processRoutes } from './process-designs/process-routes.ts';
import { createRetention } from './retention/retention.ts';
import { retentionRoutes } from './retention/retention-routes.ts';
import { loadRows, type RowsToLoad } from './registers/load-rows.ts';
import { registerRoutes } from './registers/register-routes.ts';
import { createRegisters } from './registers/registers.ts';
import { createRegisterTransfers } from './registers/transfer/transfers.ts';
import type { Clock } from './runtime/clock.ts';
import { createDefinitions } from './runtime/definitions.ts';
import { createRunner, type Runner } from './runtime/runner.ts';
import { createSignals } from './signals/signals.ts';
import { createCaptcha } from './start-forms/captcha.ts';
import { createOpenStarts } from './start-forms/open-starts.ts';
import { PUBLIC_FORM_DEFAULTS } from './start-forms/public-form-settings.ts';
import { publicRoutes } from './start-forms/public-routes.ts';
import { publicUploadRoutes } from './start-forms/public-upload-routes.ts';
import { createStartSubmissions, type StartSubmissions } from './start-forms/start-submissions.ts';
import { BYTES_PER_SUBMISSION, createStartUploads, LARGEST_FILE } from './start-forms/start-uploads.ts';
import { databaseGauges, diskGauge } from './telemetry/database-gauges.ts';
import { measureJobs } from './telemetry/measure-jobs.ts';
import { nodeGauges } from './telemetry/node-gauges.ts';
import { createMetrics } from './telemetry/metrics.ts';
import { metricsRoutes } from './telemetry/metrics-routes.ts';
import { createFormValidators } from './user-tasks/form-validators.ts';
import { createTaskActions } from './user-tasks/task-actions.ts';
import { createTaskDetails } from './user-tasks/task-detail.ts';
import { createTaskList } from './user-tasks/task-list.ts';
import { taskRoutes } from './user-tasks/task-routes.ts';
import { accessRoutes } from './users/access-routes.ts';
import { createClients } from './users/clients.ts';
import { createGroups } from './users/groups.ts';
import { createOwnRoles } from './users/own-roles.ts';
import { createUserRoles } from './users/user-roles.ts';
import { createUsers, type Users } from './users/users.ts';
import { mountUnanswered } from './v2/unanswered-operations.ts';
import { v2Routes } from './v2/v2-routes.ts';
import { RightLost } from './nodes/rights.ts';
import { LateJobResult } from './worker/job-errors.ts';
import { freeClaims } from './worker/free-claims.ts';
import { createWorker, type Worker } from './worker/worker.ts';

export interface AppDeps {
  readonly config: Pick<Config, 'dataFolder' | 'publicUrl' | 'trustedProxies' | 'zone' | 'smtpUrl' | 'mailFrom'> &
    Partial<Pick<Config, 'httpAllow' | 'secrets' | 'database' | 'nodeLeaseMs' | 'publicForms' | 'authorizations'>>;
  /** Open and migrated. */
  readonly database: Database;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly version: string;
  readonly demo: boolean;
  /** Folder of the built designer. */
  readonly designerFolder: string;
  /** False once the server was asked to stop. */
  readonly accepting?: () => boolean;
  /** The disk under the data folder; without it nobody looks whether there is room. */
  readonly disk?: DiskSpace;
}

/** The application with the services that its host and the command line use. */
export interface App {
  readonly http: Express;
  readonly worker: Worker;
  readonly node: Node;
  readonly runner: Runner;
  readonly deployments: Deployments;
  readonly users: Users;
  readonly files: Files;
  readonly uploads: PartialUploads;
  /** Of people without an account. */
  readonly nobodysUploads: PartialUploads;
  readonly apiFiles: ApiFiles;
  readonly submissions: StartSubmissions;
  readonly intake: Intake;
  /** Fills registers that nobody has written to yet with rows to try things out with. */
  loadDemoRows(files: readonly RowsToLoad[]): Promise<number>;
  /** Stops the worker and what it works with. The database stays open: it is the host's. */
  close(): Promise<void>;
}

/**
 * The whole wiring, as long as the list of parts, so that each is made in one place and in an order that can be read. Nothing runs
 * yet: the host starts the worker and listens.
 */
export async function createApp(deps: AppDeps): Promise<App> {
  const { config, database, clock, logger, version, demo } = deps;
  const { zone, trustedProxies, mailFrom: from } = config;
  const now = (): number => clock.now();
  const secure = config.publicUrl?.protocol === 'https:';
  const metrics = createMetrics();
  const onError = (err: unknown, place: string): void => {
    if (err instanceof LateJobResult) metrics.leaseLost();
    // What it would have done, the node that has the bucket now does.
    if (err instanceof RightLost) logger.info({ place }, err.message);
    else logger.error({ err, place });
  };

  const node = await joinNodes({
    database,
    leaseMs: config.nodeLeaseMs,
    onError,
    onTake: (tx, buckets) => freeClaims(tx, buckets, now()),
  });
  const keys = createKeySource(database, node.buckets);
  const keySource = keys;
  const definitions = await createDefinitions({ database, zone });
  const deployments = createDeployments({ database, keys, definitions, clock, node });
  const definitionDeletion = createDefinitionDeletion({ database, keys, definitions, clock, node });
  const onLarge = (processInstanceKey: number, characters: number): void =>
    logger.warn({ processInstanceKey, characters }, 'variables of this instance grow towards the limit of 20 MB');
  const runner = createRunner({ database, keys, definitions, clock, onLarge });
  const messages = createMessages({ database, keys, runner, clock });
  const signals = createSignals({
    database,
    keys,
    runner,
    clock,
    onRefused: (err, place) => logger.warn({ err, place }, 'signal refused by its receiver'),
  });
  const conditionals = createConditionals({ database, keys, definitions, runner, clock });
  const walFile = config.database?.client === 'sqlite' ? `${config.database.file}-wal` : null;
  runner.onCommit(({ commands }) => metrics.batchCommitted(commands));
  for (const gauge of databaseGauges({ database, now, rights: node.rights, walFile })) metrics.add(gauge);
  for (const gauge of nodeGauges(node)) metrics.add(gauge);
  if (deps.disk !== undefined) metrics.add(diskGauge(deps.disk));
  const worker = createWorker({ database, runner, definitions, messages, signals, clock, node, onError });
  await node.hasRead(definitions.catalog.revision);

  const content = createFileContent({ root: join(config.dataFolder, 'files') });
  const renderer = createDocumentRenderer();
  const sender = createMailSender({
    smtpUrl: config.smtpUrl ?? undefined,
    outboxFolder: join(config.dataFolder, 'outbox'),
    from,
  });

  const known = createKnownPrincipals();
  const onChange = (): void => known.forget();
  const users = createUsers({ database, now, onChange });
  const groups = createGroups({ database, onChange });
  const userRoles = createUserRoles({ database, onChange });
  const ownRoles = createOwnRoles({ database, onChange });
  const clients = createClients({ database, now, onChange });
  const identity = createIdentity({
    database,
    now,
    secure,
    known,
    authorizations: config.authorizations ?? false,
  });
  const authorizations = createAuthorizations({ database, keys, onChange });
  const notifications = createNotifications({ database, keySource, now });
  const files = createFiles({ database, keySource, content, now });
  const uploads = createPartialUploads({
    root: join(config.dataFolder, 'files', 'arriving'),
    maxPerFile: defaultContentRules.maxBytes.video,
    maxPerOwner: UNREFERENCED_QUOTA,
    now,
  });
  const nobodysUploads = createPartialUploads({
    root: join(config.dataFolder, 'files', 'arriving-from-nobody'),
    maxPerFile: LARGEST_FILE,
    maxPerOwner: BYTES_PER_SUBMISSION,
    maxInAll: { bytes: files.roomForNobody, files: 5_000 },
    keepMs: 2 * 60 * 60_000,
    now,
  });
  const apiFiles = createApiFiles({ database, content, now });
  const documentLinks = createDocumentLinks({ database, apiFiles, now });
  const documents = createDocuments({ database, keySource, definitions, renderer, content, now });
  const intake = createIntake({ database, keySource, definitions, runner, content, now });

  const registers = createRegisters({ database, definitions, now });

  const taskList = createTaskList({ database, now, zone, calendars: () => definitions.calendars });
  const validators = createFormValidators({ definitions });
  const taskDetails = createTaskDetails({ database, definitions, validators, taskList, now });
  const taskActions = createTaskActions({ database, runner, definitions, files, uploads, taskList, now });
  const publicForms = config.publicForms ?? PUBLIC_FORM_DEFAULTS;
  const httpRules = { allow: config.httpAllow ?? [], ports: WEB_PORTS };
  const openStarts = createOpenStarts({ definitions });
  const submissions = createStartSubmissions({
    database,
    keySource,
    definitions,
    runner,
    openStarts,
    validators,
    captcha: createCaptcha(publicForms.captcha, { rules: httpRules }),
    settings: publicForms,
    now,
  });
  const startUploads = createStartUploads({
    database,
    files,
    openStarts,
    settings: publicForms,
    uploads,
    nobodysUploads,
    now,
  });
  const reader = readerOf(database);
  const contractorFiles = createContractorFiles({ reader, definitions });
  const portalCases = createPortalCases({ reader, definitions, files: contractorFiles });
  const formDrafts = createFormDrafts({ database, definitions, deployments, now });
  const formPreviews = createFormPreviews({ definitions, now });
  const processDesigns = createProcessDesigns({ database, definitions, deployments, publicUrl: config.publicUrl });
  const migrations = createMigrations({ runner, definitions });
  const batches = createBatches({ database, keys, runner, migrations, clock });
  const definitionSuspension = createDefinitionSuspension({ database, definitions, batches, clock, node });
  const retention = createRetention({ database, files, clock });
  worker.registerRound((rights) => batches.proceed(rights));
  worker.registerRound((rights) => retention.sweep(rights));
  const caseList = createCaseList({ database, definitions, now });
  const caseDetails = createCaseDetails({ database, definitions, caseList, now });
  const caseStory = createCaseStory({ database, definitions });
  const caseDiagram = createCaseDiagram({ database, definitions, now });
  const caseParts = createCaseParts({ database, definitions });
  const caseDecisions = createCaseDecisions({ database, definitions });
  const caseExplanation = createCaseExplanation({ database, definitions, now: () => clock.now() });

  const connectors = {
    database,
    keySource,
    definitions,
    documents,
    notifications,
    renderer,
    content,
    sender,
    from,
    logger,
    now,
    secrets: config.secrets ?? new Map(),
    httpRules,
  };
  for (const [type, handler] of jobHandlers(connectors)) {
    worker.registerJobType(type, measureJobs(metrics, { type, handler }));
  }
  worker.registerOutbox('notifyDeadline', deadlineNotice({ database, notifications }));
  worker.registerOutbox(REPLY_NOTICE, replyNotice({ database, notifications }));

  const routes: readonly Route[] = [
    ...systemRoutes({
      database,
      version,
      demo,
      accepting: deps.accepting ?? (() => true),
      workerLives: () => worker.lives(),
      diskLow: () => deps.disk?.low() ?? false,
    }),
    ...metricsRoutes(metrics),
    ...sessionRoutes({ database, identity, secure }),
    ...tokenRoutes({ identity }),
    ...accessRoutes({ database, ownRoles, clients }),
    ...taskRoutes({ taskList, taskDetails, taskActions, validators }),
    ...publicRoutes({ openStarts, submissions, validators }),
    ...publicUploadRoutes(startUploads),
    ...formRoutes({ formDrafts, formPreviews }),
    ...formFragmentRoutes({ formFragments: createFormFragments({ database, now }) }),
    ...processRoutes({ processDesigns }),
    ...caseRoutes({ caseList, caseDetails, caseStory, caseDiagram, caseParts, caseExplanation, caseDecisions }),
    ...fileRoutes({ database, files, maySeeFromOutside: contractorFiles.maySee }),
    ...uploadRoutes(uploads),
    ...portalRoutes({ openStarts, submissions, startUploads, portalCases }),
    ...documentRoutes({ database, content }),
    ...documentLinkRoutes({ apiFiles, documentLinks }),
    ...notificationRoutes({ database, notifications, now }),
    ...registerRoutes({ registers, transfers: createRegisterTransfers({ database, definitions, now }) }),
    ...intakeRoutes({ intake }),
    ...lintRoutes({ definitions }),
    ...conditionalRoutes({ conditionals }),
    ...suspensionRoutes({ runner, definitionSuspension }),
    ...migrationRoutes({ migrations }),
    ...retentionRoutes({ retention }),
    ...v2Routes({
      database,
      keys,
      definitions,
      deployments,
      definitionDeletion,
      runner,
      migrations,
      batches,
      jobs: worker.jobs,
      messages,
      signals,
      taskActions,
      apiFiles,
      documentLinks,
      publicUrl: config.publicUrl,
      users,
      groups,
      userRoles,
      ownRoles,
      authorizations,
      clock,
      version,
    }),
  ];
  const { designerFolder } = deps;
  const mountMore = (app: Express): void => mountUnanswered(app, routes, identity);
  const http = createHttpApp({
    routes,
    guards: {
      identify: (request) => identity.identify(request),
      diskLow: () => deps.disk?.low() ?? false,
      diskFull: () => void deps.disk?.full(),
    },
    metrics,
    mountMore,
    logger,
    secure,
    trustedProxies,
    version,
    designerFolder,
    publicRequestsPerMinute: publicForms.requestsPerMinute,
    frames: publicForms.captcha === null ? [] : [new URL(publicForms.captcha.frameUrl).origin],
  });

  const close = async (): Promise<void> => {
    await worker.stop();
    await node.close();
    metrics.stop();
    await renderer.close();
    sender.close();
  };
  const loadDemoRows = (files: readonly RowsToLoad[]): Promise<number> =>
    loadRows({ database, definitions, now: now() }, files, 'demo');
  return {
    http,
    worker,
    node,
    runner,
    deployments,
    users,
    files,
    uploads,
    nobodysUploads,
    apiFiles,
    submissions,
    intake,
    loadDemoRows,
    close,
  };
}
