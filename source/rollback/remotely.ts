/* What the work on one dispatch is given. */

import type {RollbackPath} from '../cutover/model/runbook.ts';
import type {Work} from '../processes/work.ts';
import type {Access} from './github/request.ts';

export type Workflow = Extract<RollbackPath, {kind: 'workflow'}>;

/** `cancel`: a person cancelled the path. */
export type Remotely = {
	readonly job: Work;
	readonly access: Access;
	readonly path: Workflow;
	readonly cancel: AbortSignal;
};
