/* What the work on one dispatch is given. */

import type {Path} from '../cutover/model/runbook.ts';
import type {Work} from '../processes/work.ts';
import type {Access} from './github/request.ts';

export type Workflow = {readonly workflow: Path; readonly inputs: Readonly<Record<string, string>>};

/** `cancel`: a person cancelled the path. */
export type Remotely = {
	readonly job: Work;
	readonly access: Access;
	readonly path: Workflow;
	readonly cancel: AbortSignal;
};
