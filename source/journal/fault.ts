/*
An error of the operating system as a fault of the store. Only what touches the store comes through here: whoever catches a
StoreFault knows that nothing was acknowledged.
*/
import {StoreFault} from '../cutover/ports.ts';
import {systemFault} from '../disk/fault.ts';

/** Any error of node:fs -> StoreFault; one that is a StoreFault already stays. `doing`: `The journal cannot be written`. */
export function faultOf(error: unknown, doing: string, path: string): StoreFault {
	if (error instanceof StoreFault) return error;
	const {kind, text, fix} = systemFault(error, path);
	return new StoreFault(kind, `${doing}. ${text}.`, fix);
}

/** Does something with files; whatever they throw becomes a StoreFault. */
export function guarded<T>(doing: string, path: string, work: () => T): T {
	try {
		return work();
	} catch (error) {
		throw faultOf(error, doing, path);
	}
}
