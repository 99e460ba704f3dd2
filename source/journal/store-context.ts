import type {Path} from '../cutover/model/runbook.ts';
import type {Clock} from '../cutover/ports.ts';

/** What a catalog is opened with. `root`: folder of this host for what belongs to processes; `clock`: of this machine; `env`: where a password is looked up. */
export type StoreContext = {
	readonly root: Path;
	readonly clock: Clock;
	readonly env: Readonly<Record<string, string | undefined>>;
};
